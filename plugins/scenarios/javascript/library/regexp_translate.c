/* regexp_translate.c - from ECMAScript's regular expressions to PCRE2's (ECMA-262, 22.2.1 and annex B.1.2)
 *
 * Most of both languages is the same. What PCRE2 would take for something of its own is escaped, refused or written
 * otherwise.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/regexp.h"

#define BLANKS                                                               \
  "\\u0009-\\u000d\\u0020\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f" \
  "\\u205f\\u3000\\ufeff"

typedef struct
{
  const gunichar2 *source;
  gsize n, at;
  gboolean unicode, in_class;
  gboolean after_set; /* in a class, behind one such as \\d: no range begins there */
  GArray *out;        /* of gunichar2 */
  const char *complaint;
} Translation;

static void
put (Translation *self, gunichar2 unit)
{
  g_array_append_val (self->out, unit);
}

static void
put_text (Translation *self, const char *ascii)
{
  for (; *ascii != '\0'; ascii++)
    put (self, (guchar) *ascii);
}

static gunichar2
peek (const Translation *self, gsize ahead)
{
  return self->at + ahead < self->n ? self->source[self->at + ahead] : 0;
}

static gboolean
is_one_of (gunichar2 unit, const char *set)
{
  return unit != 0 && unit < 0x80 && strchr (set, unit) != NULL;
}

/* \s and \S, which know more blanks than PCRE2's. Not in a class: a class. */
static void
translate_blank (Translation *self, gboolean negated)
{
  if (self->in_class && negated)
    {
      /* What is no blank, as ranges between them. */
      put_text (self,
                "\\u0000-\\u0008\\u000e-\\u001f\\u0021-\\u009f\\u00a1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027"
                "\\u202a-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\ufefe\\uff00-\\uffff");
      return;
    }
  put_text (self, self->in_class ? BLANKS : negated ? "[^" BLANKS "]" : "[" BLANKS "]");
}

/* \p{Letter} and its like: PCRE2 knows the short names of categories, and scripts alone. */
static void
translate_property (Translation *self, gboolean negated)
{
  static const char *const NAMES[][2] = {
    { "Letter", "L" },
    { "Lowercase_Letter", "Ll" },
    { "Uppercase_Letter", "Lu" },
    { "Number", "N" },
    { "Decimal_Number", "Nd" },
    { "Punctuation", "P" },
    { "Symbol", "S" },
    { "Separator", "Z" },
    { "Space_Separator", "Zs" },
    { "Mark", "M" },
    { "Other", "C" },
    { "Alphabetic", "Alphabetic" },
    { "Emoji_Presentation", "Emoji_Presentation" },
  };
  GString *name = g_string_new (NULL);
  const char *plain;
  gsize end = self->at;

  if (peek (self, 0) == '{')
    for (end++; end < self->n && self->source[end] != '}'; end++)
      g_string_append_c (name, self->source[end] < 0x80 ? (char) self->source[end] : '?');
  plain = strchr (name->str, '=') != NULL ? strchr (name->str, '=') + 1 : name->str;
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (strcmp (plain, NAMES[i][0]) == 0)
      plain = NAMES[i][1];
  if (end >= self->n || *plain == '\0')
    self->complaint = "Invalid property name";
  else
    {
      put_text (self, negated ? "\\P{" : "\\p{");
      put_text (self, plain);
      put (self, '}');
      self->at = end + 1;
    }
  g_string_free (name, TRUE);
}

static void
translate_unicode_escape (Translation *self)
{
  gsize digits = 0;

  if (peek (self, 0) == '{' && self->unicode)
    {
      put_text (self, "\\u");
      return;
    }
  while (digits < 4 && peek (self, digits) < 0x80 && g_ascii_isxdigit (peek (self, digits)))
    digits++;
  if (digits < 4)
    {
      put (self, 'u');
      return;
    }
  put_text (self, "\\u");
  for (gsize i = 0; i < 4; i++)
    put (self, self->source[self->at++]);
}

/* The letter behind a backslash; self->at is behind it. */
static void
translate_escape (Translation *self, gunichar2 letter)
{
  self->after_set = self->in_class && is_one_of (letter, "dDwWsS");
  if (is_one_of (letter, "dDwWbBnrtf"))
    {
      put (self, '\\');
      put (self, letter);
    }
  else if (letter == 's' || letter == 'S')
    translate_blank (self, letter == 'S');
  else if (letter == 'v')
    put_text (self, "\\u000b");
  else if (letter == 'u')
    translate_unicode_escape (self);
  else if ((letter == 'p' || letter == 'P') && self->unicode)
    translate_property (self, letter == 'P');
  else if (letter == '0' && !(peek (self, 0) >= '0' && peek (self, 0) <= '9'))
    put_text (self, "\\u0000");
  else if (is_one_of (letter, "123456789xck") || (letter < 0x80 && !g_ascii_isalnum (letter)))
    {
      put (self, '\\');
      put (self, letter);
    }
  else
    put (self, letter);
}

static void
translate_class (Translation *self, gunichar2 unit)
{
  if (unit == ']')
    self->in_class = FALSE;
  /* PCRE2 would look for names of classes behind it, or refuse a range that is none. */
  if (unit == '[' || (unit == '-' && self->after_set && peek (self, 0) != ']'))
    put (self, '\\');
  self->after_set = FALSE;
  put (self, unit);
}

/* A parenthesis: only ECMAScript's kinds of groups. */
static void
translate_group (Translation *self)
{
  gunichar2 first = peek (self, 0), second = peek (self, 1), third = peek (self, 2);

  put (self, '(');
  if (first == '*')
    self->complaint = "Nothing to repeat";
  else if (first == '?' && !is_one_of (second, ":=!") && second != '<')
    self->complaint = "Invalid group";
  else if (first == '?' && second == '<' && third != '=' && third != '!'
           && !(third < 0x80 && (g_ascii_isalpha (third) || third == '_')) && third != '$' && third < 0x80)
    self->complaint = "Invalid capture group name";
}

static gboolean
is_quantifier (gunichar2 unit)
{
  return unit == '*' || unit == '+' || unit == '?';
}

static void
translate_unit (Translation *self, gunichar2 unit)
{
  if (unit == '\\')
    {
      if (self->at == self->n)
        self->complaint = "\\ at end of pattern";
      else
        {
          self->at++;
          translate_escape (self, self->source[self->at - 1]);
        }
    }
  else if (self->in_class)
    translate_class (self, unit);
  else if (unit == '(')
    translate_group (self);
  else
    {
      self->in_class = unit == '[';
      put (self, unit);
      if (unit == '[' && peek (self, 0) == '^')
        put (self, self->source[self->at++]);
      /* a++ is no quantifier of ECMAScript, but one of PCRE2's. */
      if ((is_quantifier (unit) || unit == '}') && peek (self, 0) == '+' && unit != '}')
        self->complaint = "Nothing to repeat";
    }
}

gunichar2 *
js_regexp_translate (const gunichar2 *source, gsize n, gboolean unicode, gsize *length, const char **complaint)
{
  Translation self = {
    .source = source, .n = n, .unicode = unicode, .out = g_array_new (FALSE, FALSE, sizeof (gunichar2))
  };

  while (self.at < n && self.complaint == NULL)
    {
      self.at++;
      translate_unit (&self, source[self.at - 1]);
    }
  if (self.complaint == NULL && self.in_class)
    self.complaint = "Unterminated character class";
  *complaint = self.complaint;
  *length = self.out->len;
  put (&self, 0);
  return (gunichar2 *) g_array_free (self.out, FALSE);
}
