/* literal.c - numbers, strings, templates and regular expressions
 *
 * Rules: ECMAScript 2022, 12.9; the old octal forms of its annex B are noted on the token for the parser, which knows
 * whether the code is strict. Messages: Node 20's.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "lexer.h"

#include <string.h>

#define LARGEST_EXACT 9007199254740992.0

static gboolean
is_digit (char c, guint radix)
{
  return g_ascii_isxdigit (c) && (guint) g_ascii_xdigit_value (c) < radix;
}

/* Digits and separators into the buffer, without the separators. */
static void
read_digits (JsLexer *self, guint radix)
{
  const char *text = self->source->text;
  guint32 start = self->at;

  for (;; self->at++)
    {
      char c = text[self->at];

      if (is_digit (c, radix))
        {
          g_string_append_c (self->buffer, c);
          continue;
        }
      if (c != '_' || self->at == start)
        break;
      if (text[self->at + 1] == '_')
        js_lexer_fail (self, self->at + 1, self->at + 2, "Only one underscore is allowed as numeric separator");
      else if (!is_digit (text[self->at + 1], radix))
        js_lexer_fail (
            self, self->at + 1, self->at + 2, "Numeric separators are not allowed at the end of numeric literals");
    }
}

/* The value of digits in a radix that is a power of two, rounded once: through a hexadecimal number when it is long. */
static double
power_radix_value (const char *digits, guint radix)
{
  guint bits = radix == 16 ? 4 : radix == 8 ? 3 : 1;
  gsize n = strlen (digits) * bits;
  g_autoptr (GString) hex = NULL;
  double value = 0;
  guint nibble = 0;

  for (const char *digit = digits; *digit != 0; digit++)
    value = value * radix + g_ascii_xdigit_value (*digit);
  if (value < LARGEST_EXACT)
    return value;
  hex = g_string_new ("0x");
  for (gsize i = 0; i < n; i++)
    {
      guint digit = (guint) g_ascii_xdigit_value (digits[i / bits]);

      nibble = nibble * 2 + (digit >> (bits - 1 - i % bits) & 1);
      if ((n - 1 - i) % 4 == 0)
        {
          g_string_append_c (hex, "0123456789abcdef"[nibble]);
          nibble = 0;
        }
    }
  return g_ascii_strtod (hex->str, NULL);
}

static void
radix_number (JsLexer *self, JsToken *token, guint radix)
{
  self->at += 2;
  read_digits (self, radix);
  if (self->buffer->len == 0)
    js_lexer_fail (self, token->start, self->at, "Invalid or unexpected token");
  if (self->source->text[self->at] != 'n')
    token->number = power_radix_value (self->buffer->str, radix);
}

/* 017 is octal, 019 decimal; both only in sloppy code. */
static void
leading_zero (JsLexer *self, JsToken *token)
{
  gboolean octal = TRUE;

  read_digits (self, 10);
  for (const char *digit = self->buffer->str; *digit != 0; digit++)
    octal = octal && *digit < '8';
  token->octal = token->start + 1;
  if (strchr (self->source->text + token->start, '_') == self->source->text + token->start + 1)
    js_lexer_fail (self, token->start + 1, token->start + 2, "Numeric separator can not be used after leading 0.");
  if (octal)
    token->number = power_radix_value (self->buffer->str, 8);
  else
    token->number = g_ascii_strtod (self->buffer->str, NULL);
}

static void
exponent (JsLexer *self, const JsToken *token)
{
  const char *text = self->source->text;
  gsize before;

  if (text[self->at] != 'e' && text[self->at] != 'E')
    return;
  g_string_append_c (self->buffer, 'e');
  self->at++;
  if (text[self->at] == '+' || text[self->at] == '-')
    g_string_append_c (self->buffer, text[self->at++]);
  before = self->buffer->len;
  read_digits (self, 10);
  if (self->buffer->len == before)
    js_lexer_fail (self, token->start, self->at, "Invalid or unexpected token");
}

static void
decimal_number (JsLexer *self, JsToken *token)
{
  const char *text = self->source->text;

  read_digits (self, 10);
  if (text[self->at] == 'n')
    return;
  if (text[self->at] == '.')
    {
      g_string_append_c (self->buffer, '.');
      self->at++;
      read_digits (self, 10);
    }
  exponent (self, token);
  token->number = g_ascii_strtod (self->buffer->str, NULL);
}

static void
end_number (JsLexer *self, JsToken *token)
{
  const char *text = self->source->text;

  token->kind = JS_TOKEN_NUMBER;
  if (text[self->at] == 'n' && token->octal == 0 && strpbrk (self->buffer->str, ".") == NULL)
    {
      const char *prefix = text + token->start;
      gboolean radix = prefix[0] == '0' && g_ascii_isalpha (prefix[1]) && prefix[1] != 'n';

      self->at++;
      token->kind = JS_TOKEN_BIGINT;
      if (radix)
        g_string_prepend_len (self->buffer, prefix, 2);
      token->text = js_arena_string (self->arena, self->buffer->str);
    }
  if (text[self->at] == '\\' || js_lexer_is_name_part (g_utf8_get_char (text + self->at)))
    js_lexer_fail (self, token->start, self->at, "Invalid or unexpected token");
}

void
js_lexer_number (JsLexer *self, JsToken *token)
{
  const char *here = self->source->text + self->at;
  char letter = here[0] == '0' ? g_ascii_tolower (here[1]) : 0;

  g_string_truncate (self->buffer, 0);
  if (letter == 'x')
    radix_number (self, token, 16);
  else if (letter == 'o')
    radix_number (self, token, 8);
  else if (letter == 'b')
    radix_number (self, token, 2);
  else if (g_ascii_isdigit (letter) || letter == '_')
    leading_zero (self, token);
  else
    decimal_number (self, token);
  end_number (self, token);
}

/* As UTF-8, a surrogate too; a low one joins the high one it follows. */
static void
append_unit (GString *buffer, gunichar c)
{
  const guchar *end = (const guchar *) buffer->str + buffer->len;

  if (c >= 0xdc00 && c <= 0xdfff && buffer->len >= 3 && end[-3] == 0xed && end[-2] >= 0xa0 && end[-2] <= 0xaf)
    {
      gunichar high = 0xd000 | (gunichar) (end[-2] & 0x3f) << 6 | (end[-1] & 0x3f);

      g_string_truncate (buffer, buffer->len - 3);
      c = 0x10000 + ((high - 0xd800) << 10) + (c - 0xdc00);
    }
  g_string_append_unichar (buffer, c);
}

static void
octal_escape (JsLexer *self, JsToken *token)
{
  const char *text = self->source->text;
  guint value = 0, most = text[self->at] <= '3' ? 3 : 2;

  if (text[self->at] != '0' || g_ascii_isdigit (text[self->at + 1]))
    token->octal = self->at;
  for (guint i = 0; i < most && is_digit (text[self->at], 8); i++)
    value = value * 8 + (guint) (text[self->at++] - '0');
  append_unit (self->buffer, value);
}

static void
hex_escape (JsLexer *self, JsWrong *wrong)
{
  const char *here = self->source->text + self->at;

  if (!g_ascii_isxdigit (here[1]) || !g_ascii_isxdigit (here[2]))
    {
      *wrong = (JsWrong){ self->at - 1, self->at + 3, "Invalid hexadecimal escape sequence" };
      return;
    }
  self->at += 3;
  append_unit (self->buffer, (gunichar) (g_ascii_xdigit_value (here[1]) * 16 + g_ascii_xdigit_value (here[2])));
}

static void
unicode_escape (JsLexer *self, JsWrong *wrong)
{
  guint32 at = self->at + 1;
  gunichar c;

  if (!js_lexer_unicode_escape (self, &at, &c, wrong))
    return;
  self->at = at;
  append_unit (self->buffer, c);
}

/* The character after a backslash. */
static void
escape (JsLexer *self, JsToken *token, JsWrong *wrong)
{
  static const char FROM[] = "nrtbvf", TO[] = "\n\r\t\b\v\f";
  const char *here = self->source->text + self->at, *simple, *next;
  guint line = js_line_terminator (here);

  token->escaped = TRUE;
  if (line > 0)
    self->at += line;
  else if (*here == 'u')
    unicode_escape (self, wrong);
  else if (*here == 'x')
    hex_escape (self, wrong);
  else if (is_digit (*here, 8))
    octal_escape (self, token);
  else if (*here != 0)
    {
      if (*here == '8' || *here == '9')
        token->octal = self->at;
      simple = strchr (FROM, *here);
      next = g_utf8_next_char (here);
      if (simple != NULL)
        g_string_append_c (self->buffer, TO[simple - FROM]);
      else
        g_string_append_len (self->buffer, here, next - here);
      self->at += (guint32) (next - here);
    }
}

void
js_lexer_string (JsLexer *self, JsToken *token)
{
  const char *text = self->source->text;
  char quote = text[self->at++];

  g_string_truncate (self->buffer, 0);
  while (text[self->at] != quote)
    {
      char c = text[self->at];
      JsWrong wrong = { 0 };

      if (c == 0 || c == '\n' || c == '\r')
        {
          js_lexer_fail (self, token->start, self->at, "Invalid or unexpected token");
          return;
        }
      self->at++;
      if (c == '\\')
        escape (self, token, &wrong);
      else
        g_string_append_c (self->buffer, c);
      if (wrong.message != NULL)
        js_lexer_fail (self, wrong.start, wrong.end, "%s", wrong.message);
    }
  self->at++;
  token->kind = JS_TOKEN_STRING;
  token->text = js_arena_text (self->arena, self->buffer->str, self->buffer->len);
}

/* The raw text has LF for each line's end. */
static const JsText *
raw_text (JsLexer *self, guint32 from, guint32 to)
{
  const char *text = self->source->text;

  g_string_truncate (self->buffer, 0);
  for (guint32 i = from; i < to; i++)
    {
      if (text[i] != '\r')
        g_string_append_c (self->buffer, text[i]);
      else if (text[i + 1] != '\n')
        g_string_append_c (self->buffer, '\n');
    }
  return js_arena_text (self->arena, self->buffer->str, self->buffer->len);
}

static void
template_escape (JsLexer *self, JsToken *token)
{
  guint32 octal = token->octal;
  const char *here = self->source->text + self->at;
  JsWrong wrong = { self->at, self->at + 1, NULL };

  escape (self, token, &wrong);
  if (token->octal != octal)
    wrong.message = *here >= '8' ? "\\8 and \\9 are not allowed in template strings."
                                 : "Octal escape sequences are not allowed in template strings.";
  token->octal = octal;
  if (token->complaint != NULL)
    return;
  token->complaint = wrong.message;
  token->wrong_start = wrong.start;
  token->wrong_end = wrong.end;
}

/* The end of a piece of a template: a backtick or ${. */
static void
end_template (JsLexer *self, JsToken *token, guint32 from)
{
  guint32 to = self->at;

  token->tail = self->source->text[to] == '`';
  if (token->complaint == NULL)
    token->text = js_arena_text (self->arena, self->buffer->str, self->buffer->len);
  token->raw = raw_text (self, from, to);
  token->kind = JS_TOKEN_TEMPLATE;
  self->at = to + (token->tail ? 1 : 2);
}

/* A piece of a template from the backtick, or the brace of ${…}, that @token starts with. */
void
js_lexer_template (JsLexer *self, JsToken *token)
{
  const char *text = self->source->text;
  guint32 from = token->start + 1;

  g_string_truncate (self->buffer, 0);
  for (self->at = from; text[self->at] != '`' && (text[self->at] != '$' || text[self->at + 1] != '{');)
    {
      char c = text[self->at];

      if (c == 0)
        {
          js_lexer_fail (self, self->at, self->at, "Unexpected end of input");
          token->kind = JS_TOKEN_END;
          return;
        }
      self->at++;
      if (c == '\\')
        template_escape (self, token);
      else if (c != '\r')
        g_string_append_c (self->buffer, c);
      else if (text[self->at] != '\n')
        g_string_append_c (self->buffer, '\n');
    }
  end_template (self, token, from);
  token->end = self->at;
}

static void
regex_flags (JsLexer *self, JsToken *token)
{
  const char *text = self->source->text;
  guint32 start = self->at;

  while (text[self->at] == '\\' || js_lexer_is_name_part (g_utf8_get_char (text + self->at)))
    {
      const char *flag = text + self->at;

      if (*flag == 'v')
        js_lexer_fail (self, token->start, token->start + 1, "The flag v of regular expressions is not supported");
      else if (*flag == '\\' || strchr ("dgimsuy", *flag) == NULL
               || memchr (text + start, *flag, self->at - start) != NULL)
        js_lexer_fail (self, token->start, token->start + 1, "Invalid regular expression flags");
      self->at += (guint32) (g_utf8_next_char (flag) - flag);
    }
  token->raw = js_arena_text (self->arena, text + start, self->at - start);
}

/* Reads the slash (or slash and equals sign) that @token is as a regular expression. */
void
js_lexer_regex (JsLexer *self, JsToken *token)
{
  const char *text = self->source->text;
  gboolean in_class = FALSE;

  for (self->at = token->start + 1; text[self->at] != '/' || in_class; self->at++)
    {
      gboolean escaped = text[self->at] == '\\';

      self->at += escaped;
      if (text[self->at] == 0 || js_line_terminator (text + self->at) > 0)
        {
          js_lexer_fail (self, token->start, token->start + 1, "Invalid regular expression: missing /");
          token->kind = JS_TOKEN_END;
          return;
        }
      if (!escaped && text[self->at] == '[')
        in_class = TRUE;
      else if (!escaped && text[self->at] == ']')
        in_class = FALSE;
    }
  token->text = js_arena_text (self->arena, text + token->start + 1, self->at - token->start - 1);
  self->at++;
  regex_flags (self, token);
  token->kind = JS_TOKEN_REGEX;
  token->end = self->at;
}
