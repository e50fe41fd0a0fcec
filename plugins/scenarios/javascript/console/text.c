/* text.c - strings and other primitive values as inspect shows them; entries on one line, in columns, or one a line
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "console/inspect.h"

#include <math.h>
#include <string.h>

#define LEAST_SPLIT 16u
#define MOST_COLUMNS 15u

/* ---- strings ----------------------------------------------------------------------------------------------------- */

static void
append_escaped (GString *out, gunichar c)
{
  static const char *const NAMES[] = { ['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f", ['\r'] = "\\r" };

  if (c < G_N_ELEMENTS (NAMES) && NAMES[c] != NULL)
    g_string_append (out, NAMES[c]);
  else if (c == '\\')
    g_string_append (out, "\\\\");
  else if (c < 0x20 || (c > 0x7e && c < 0xa0))
    g_string_append_printf (out, "\\x%02X", c);
  else if (c >= 0xd800 && c <= 0xdfff)
    g_string_append_printf (out, "\\u%x", c);
  else
    g_string_append_unichar (out, c);
}

static char *
escape (const char *text, gsize length, gunichar quote)
{
  GString *out = g_string_sized_new (length + 2);

  if (quote != 0)
    g_string_append_c (out, (char) quote);
  for (const char *c = text; c < text + length; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character == quote && quote == '\'')
        g_string_append (out, "\\'");
      else
        append_escaped (out, character);
    }
  if (quote != 0)
    g_string_append_c (out, (char) quote);
  return g_string_free (out, FALSE);
}

char *
js_escape (const char *text, gsize length)
{
  return escape (text, length, 0);
}

static gboolean
has (const char *text, gsize length, const char *what)
{
  return g_strstr_len (text, (gssize) length, what) != NULL;
}

char *
js_quote (const char *text, gsize length)
{
  gunichar quote = '\'';

  if (memchr (text, '\'', length) != NULL)
    {
      if (memchr (text, '"', length) == NULL)
        quote = '"';
      else if (memchr (text, '`', length) == NULL && !has (text, length, "${"))
        quote = '`';
    }
  return escape (text, length, quote);
}

/* Behind the escape sequences that colour what follows. */
static const char *
skip_colors (const char *text)
{
  while (text[0] == '\033' && text[1] == '[')
    {
      gsize n = 2 + strspn (text + 2, "0123456789;");

      if (text[n] != 'm')
        break;
      text += n + 1;
    }
  return text;
}

guint
js_text_length (const char *text)
{
  guint n = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      c = skip_colors (c);
      if (*c == '\0')
        break;
      n += g_utf8_get_char (c) > 0xffff ? 2 : 1;
    }
  return n;
}

guint
js_text_width (const char *text)
{
  guint n = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character;

      c = skip_colors (c);
      if (*c == '\0')
        break;
      character = g_utf8_get_char (c);
      if (character >= 0x20 && character != 0x7f && !g_unichar_iszerowidth (character))
        n += g_unichar_iswide (character) ? 2 : 1;
    }
  return n;
}

/* A long string with line ends is shown in lines. */
static char *
show_string (JsInspect *self, const char *text, gsize length)
{
  GString *out;
  const char *start = text, *end = text + length;

  if (self->compact == 0 || self->compact == JS_COMPACT_ALWAYS || js_text_length (text) <= LEAST_SPLIT
      || js_text_length (text) + self->indentation + 4 <= self->break_length)
    return js_inspect_style (self, js_quote (text, length), JS_STYLE_STRING);
  out = g_string_new (NULL);
  while (start < end)
    {
      const char *newline = memchr (start, '\n', (gsize) (end - start));
      const char *next = newline != NULL ? newline + 1 : end;
      g_autofree char *line = js_inspect_style (self, js_quote (start, (gsize) (next - start)), JS_STYLE_STRING);

      if (start > text)
        g_string_append_printf (out, " +\n%*s", (int) self->indentation + 2, "");
      g_string_append (out, line);
      start = next;
    }
  return g_string_free (out, FALSE);
}

static char *
string_text (JsInspect *self, HpRef string)
{
  guint32 length = js_string_length (self->vm, string), more;
  gsize n;
  g_autofree char *text = NULL, *shown = NULL;

  if (length <= self->most_characters)
    {
      text = js_string_to_utf8 (self->vm, string, &n);
      return show_string (self, text, n);
    }
  more = length - self->most_characters;
  text = js_string_to_utf8 (self->vm, js_string_slice (self->vm, string, 0, self->most_characters).payload, &n);
  shown = show_string (self, text, n);
  return g_strdup_printf ("%s... %u more character%s", shown, more, more > 1 ? "s" : "");
}

static char *
digits_text (JsInspect *self, const char *digits)
{
  return self->separates_digits ? js_separate_digits (digits) : g_strdup (digits);
}

static char *
number_text (JsInspect *self, double number)
{
  g_autofree char *digits = js_double_to_text (number, 10);
  char *text = number == 0 && signbit (number) ? g_strdup ("-0") : digits_text (self, digits);

  return js_inspect_style (self, text, JS_STYLE_NUMBER);
}

static char *
bigint_text (JsInspect *self, JsValue value)
{
  g_autofree char *digits = js_bigint_to_text (self->vm, value.payload, 10), *text = digits_text (self, digits);

  return js_inspect_style (self, g_strconcat (text, "n", NULL), JS_STYLE_BIGINT);
}

char *
js_inspect_primitive (JsInspect *self, JsValue value)
{
  JsVm *vm = self->vm;

  if (js_is_string (vm, value))
    return string_text (self, value.payload);
  if (js_is_number (vm, value))
    return number_text (self, js_as_double (vm, value));
  if (js_is_symbol (vm, value))
    return js_inspect_style (
        self, g_strdup_printf ("Symbol(%s)", js_symbol_atom (vm, value.payload)->text), JS_STYLE_SYMBOL);
  if (js_is_ref (value))
    return bigint_text (self, value);
  return js_inspect_style (self,
                           js_to_utf8 (vm, value),
                           js_is_null (value)      ? JS_STYLE_NULL
                           : js_is_boolean (value) ? JS_STYLE_BOOLEAN
                                                   : JS_STYLE_UNDEFINED);
}

/* ---- columns ----------------------------------------------------------------------------------------------------- */

static guint
count_columns (const JsInspect *self, guint n, guint n_all, guint total, guint widest)
{
  double actual = widest + 2, bias = sqrt (actual - (double) total / n_all), biased = MAX (actual - 3 - bias, 1);
  double columns = floor (sqrt (2.5 * biased * n) / biased + 0.5);

  columns = MIN (columns, floor ((self->break_length - self->indentation) / actual));
  columns = MIN (columns, self->compact * 4);
  return (guint) MIN (columns, MOST_COLUMNS);
}

static void
append_padded (GString *line, const char *entry, const char *separator, guint width, gboolean right)
{
  guint own = js_text_width (entry) + (guint) strlen (separator), padding = width > own ? width - own : 0;

  g_string_append_printf (
      line, "%*s%s%s%*s", right ? (int) padding : 0, "", entry, separator, right ? 0 : (int) padding, "");
}

/* groupArrayElements: @n of the entries in lines of @columns. */
static GPtrArray *
group (GPtrArray *output, guint n, guint columns, gboolean right)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree guint *widths = g_new0 (guint, columns);

  for (guint i = 0; i < n; i++)
    widths[i % columns] = MAX (widths[i % columns], js_text_width (output->pdata[i]) + 2);
  for (guint i = 0; i < n; i += columns)
    {
      guint end = MIN (i + columns, n);
      GString *line = g_string_new (NULL);

      for (guint k = i; k < end - 1; k++)
        append_padded (line, output->pdata[k], ", ", widths[k - i], right);
      append_padded (line, output->pdata[end - 1], "", right ? widths[end - 1 - i] - 2 : 0, right);
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  if (n < output->len)
    g_ptr_array_add (lines, g_strdup (output->pdata[n]));
  return lines;
}

/* NULL: they stay as they are. */
static GPtrArray *
group_where_short (const JsInspect *self, GPtrArray *output, guint n_numbers)
{
  guint n = self->most_elements < output->len ? output->len - 1 : output->len, total = 0, widest = 0, columns;

  for (guint i = 0; i < n; i++)
    {
      guint width = js_text_width (output->pdata[i]);

      total += width + 2;
      widest = MAX (widest, width);
    }
  if ((widest + 2) * 3 + self->indentation >= self->break_length || (total <= 5 * (widest + 2) && widest > 6))
    return NULL;
  columns = count_columns (self, n, output->len, total, widest);
  return columns > 1 ? group (output, n, columns, n_numbers >= output->len) : NULL;
}

/* ---- joining ----------------------------------------------------------------------------------------------------- */

static gboolean
fits_line (const JsInspect *self, GPtrArray *output, guint start, const char *base)
{
  guint total = output->len + start;

  if (total + output->len > self->break_length)
    return FALSE;
  for (guint i = 0; i < output->len; i++)
    {
      if (strlen (output->pdata[i]) > 4 * (gsize) self->break_length) /* bytes: long before it is decoded */
        return FALSE;
      total += js_text_length (output->pdata[i]);
      if (total > self->break_length || strchr (output->pdata[i], '\n') != NULL)
        return FALSE;
    }
  return strchr (base, '\n') == NULL;
}

static char *
join (GPtrArray *output, const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < output->len; i++)
    {
      if (i > 0)
        g_string_append (text, separator);
      g_string_append (text, output->pdata[i]);
    }
  return g_string_free (text, FALSE);
}

/* compact: true */
static char *
join_always (const JsInspect *self, GPtrArray *output, const char *base, const char *open, const char *close)
{
  const char *space = *base != '\0' ? " " : "";
  g_autofree char *joined = NULL, *separator = NULL, *line = NULL;

  if (fits_line (self, output, 0, base))
    {
      joined = join (output, ", ");
      return g_strconcat (open, space, base, " ", joined, " ", close, NULL);
    }
  separator = g_strdup_printf (",\n%*s", (int) self->indentation + 2, "");
  joined = join (output, separator);
  line = *base == '\0' && strlen (open) == 1
             ? g_strdup (" ")
             : g_strdup_printf ("%s%s\n%*s", space, base, (int) self->indentation + 2, "");
  return g_strconcat (open, line, joined, " ", close, NULL);
}

char *
js_inspect_join (JsInspect *self,
                 GPtrArray *output,
                 const char *base,
                 const char *open,
                 const char *close,
                 JsExtras extras,
                 gint depth,
                 guint n_numbers)
{
  g_autoptr (GPtrArray) grouped = NULL;
  g_autofree char *joined = NULL, *separator = NULL;
  const char *space = *base != '\0' ? " " : "";

  if (self->compact == JS_COMPACT_ALWAYS)
    return join_always (self, output, base, open, close);
  if (self->compact > 0 && extras == JS_EXTRAS_ARRAY && output->len > 6)
    grouped = group_where_short (self, output, n_numbers);
  if (self->compact > 0 && grouped == NULL && self->current_depth - depth < (gint) self->compact
      && fits_line (
          self, output, output->len + self->indentation + js_text_length (open) + js_text_length (base) + 10, base))
    {
      joined = join (output, ", ");
      return g_strconcat (base, space, open, " ", joined, " ", close, NULL);
    }
  separator = g_strdup_printf (",\n%*s", (int) self->indentation + 2, "");
  joined = join (grouped != NULL ? grouped : output, separator);
  return g_strdup_printf ("%s%s%s\n%*s%s\n%*s%s",
                          base,
                          space,
                          open,
                          (int) self->indentation + 2,
                          "",
                          joined,
                          (int) self->indentation,
                          "",
                          close);
}
