/* number_text.c - numbers as text and back (ECMA-262, 6.1.6.1.20, 7.1.4.1)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/number.h"
#include "runtime/string.h"

/* The fewest digits (15 are always safe, but for the smallest numbers) that read back as @number, and the power of ten
 * behind the point of 0.DIGITS. */
static void
shortest_digits (double number, char digits[32], int *point)
{
  char text[40];
  char *exponent;
  guint n = 0;

  for (int precision = number < 2.3e-308 ? 1 : 15; precision <= 17; precision++)
    {
      char format[8];
      g_snprintf (format, sizeof format, "%%.%de", precision - 1);
      g_ascii_formatd (text, sizeof text, format, number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  exponent = strchr (text, 'e');
  *point = atoi (exponent + 1) + 1;
  for (const char *at = text; at < exponent; at++)
    if (g_ascii_isdigit (*at))
      digits[n++] = *at;
  while (n > 1 && digits[n - 1] == '0')
    n--;
  digits[n] = '\0';
}

static char *
decimal_text (double number)
{
  char digits[32];
  int point, n;
  GString *out = g_string_new (number < 0 ? "-" : "");

  shortest_digits (fabs (number), digits, &point);
  n = (int) strlen (digits);
  if (n <= point && point <= 21)
    {
      g_string_append (out, digits);
      for (int i = n; i < point; i++)
        g_string_append_c (out, '0');
    }
  else if (0 < point && point <= 21)
    g_string_append_printf (out, "%.*s.%s", point, digits, digits + point);
  else if (-6 < point && point <= 0)
    {
      g_string_append (out, "0.");
      for (int i = point; i < 0; i++)
        g_string_append_c (out, '0');
      g_string_append (out, digits);
    }
  else
    g_string_append_printf (
        out, "%c%s%se%c%d", digits[0], n > 1 ? "." : "", digits + 1, point > 0 ? '+' : '-', ABS (point - 1));
  return g_string_free (out, FALSE);
}

static char
digit_of (int digit)
{
  return (char) (digit < 10 ? '0' + digit : 'a' + digit - 10);
}

/* The fraction's digits until they tell @fraction from its neighbours, as V8's DoubleToRadixCString. */
static void
append_fraction (GString *out, double fraction, double delta, int radix)
{
  g_string_append_c (out, '.');
  do
    {
      int digit;

      fraction *= radix;
      delta *= radix;
      digit = (int) fraction;
      fraction -= digit;
      if ((fraction > 0.5 || (fraction == 0.5 && (digit & 1))) && fraction + delta > 1)
        {
          digit++;
          fraction = 0;
        }
      g_string_append_c (out, digit_of (digit));
    }
  while (fraction >= delta);
}

static char *
radix_text (double number, int radix)
{
  double whole = trunc (fabs (number)), fraction = fabs (number) - whole;
  double delta = MAX (0.5 * (nextafter (fabs (number), INFINITY) - fabs (number)), nextafter (0, 1));
  GString *out = g_string_new (NULL);

  do
    {
      g_string_prepend_c (out, digit_of ((int) fmod (whole, radix)));
      whole = trunc (whole / radix);
    }
  while (whole > 0);
  if (number < 0)
    g_string_prepend_c (out, '-');
  if (fraction >= delta)
    append_fraction (out, fraction, delta, radix);
  return g_string_free (out, FALSE);
}

char *
js_double_to_text (double number, int radix)
{
  if (isnan (number))
    return g_strdup ("NaN");
  if (isinf (number))
    return g_strdup (number < 0 ? "-Infinity" : "Infinity");
  if (number == 0)
    return g_strdup ("0");
  if (js_fits_smi (number) && radix == 10)
    return g_strdup_printf ("%d", (gint32) number);
  return radix == 10 ? decimal_text (number) : radix_text (number, radix);
}

/* ---- from text --------------------------------------------------------------------------------------------------- */

/* Digits of a radix that is a power of two: exact up to what a double holds. */
static double
parse_digits (const char *text, gsize length, int radix)
{
  double number = 0;

  for (gsize i = 0; i < length; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);
      if (digit < 0 || digit >= radix)
        return NAN;
      number = number * radix + digit;
    }
  return length > 0 ? number : NAN;
}

/* Only what JavaScript's grammar has: no hexadecimal floats, no "inf". */
static gboolean
is_decimal (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]) && strchr (".eE+-", text[i]) == NULL)
      return FALSE;
  return TRUE;
}

double
js_text_to_double (const char *text, gsize length)
{
  g_autofree char *copy = NULL;
  char *end;
  double number;
  gsize sign = length > 0 && (text[0] == '+' || text[0] == '-');

  if (length == 0)
    return 0;
  if (length > 2 && text[0] == '0' && !g_ascii_isdigit (text[1]) && strchr ("xXoObB", text[1]) != NULL)
    return parse_digits (text + 2, length - 2, (text[1] | 32) == 'x' ? 16 : (text[1] | 32) == 'o' ? 8 : 2);
  if (length - sign == 8 && memcmp (text + sign, "Infinity", 8) == 0)
    return text[0] == '-' ? -INFINITY : INFINITY;
  if (!is_decimal (text, length))
    return NAN;
  copy = g_strndup (text, length);
  number = g_ascii_strtod (copy, &end);
  return end == copy + length && end != copy ? number : NAN;
}

static gboolean
is_blank (gunichar2 c)
{
  return (c >= 9 && c <= 13) || c == ' ' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028
         || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000 || c == 0xfeff;
}

double
js_string_to_double (JsVm *vm, HpRef string)
{
  JsHandles handles = js_handles_open (vm);
  g_autoptr (GString) text = g_string_new (NULL);
  guint32 start = 0, end;
  JsChars chars;
  gboolean odd = FALSE;

  js_hold (vm, js_ref (string));
  if (js_string_chars (vm, string, &chars))
    {
      end = chars.length;
      while (start < end && is_blank (js_chars_at (&chars, start)))
        start++;
      while (end > start && is_blank (js_chars_at (&chars, end - 1)))
        end--;
      for (guint32 i = start; i < end && !odd; i++)
        {
          odd = js_chars_at (&chars, i) > 0x7f || js_chars_at (&chars, i) == 0;
          g_string_append_c (text, (char) js_chars_at (&chars, i));
        }
    }
  js_handles_close (vm, handles);
  return odd ? NAN : js_text_to_double (text->str, text->len);
}
