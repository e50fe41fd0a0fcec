/* number.c - Number, and the global functions and constants of numbers
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"
#include "runtime/message.h"

#include <float.h>
#include <math.h>
#include <string.h>

static JsValue
number_construct (JsVm *vm, const JsCall *call)
{
  JsValue number = js_smi (0);

  if (call->n > 0)
    number = js_to_numeric (vm, call->arguments[0]);
  if (js_is_kind (vm, number, JS_KIND_BIGINT))
    number = js_number (vm, js_bigint_to_double (vm, number.payload));
  if (js_is_hole (number) || js_is_undefined (call->new_target))
    return number;
  js_hold (vm, number);
  return js_ref (js_wrap (vm, js_new_object_for (vm, JS_KIND_WRAPPER, call->new_target), number));
}

static gboolean
receiver (JsVm *vm, const JsCall *call, const char *method, double *number)
{
  JsValue value = call->receiver;

  if (js_is_kind (vm, value, JS_KIND_WRAPPER))
    value = js_get_own_slot (vm, value.payload, 0);
  if (js_is_number (vm, value))
    {
      *number = js_as_double (vm, value);
      return TRUE;
    }
  js_throw_incompatible (vm, method, call->receiver);
  return FALSE;
}

/* ---- as text ----------------------------------------------------------------------------------------------------- */

static JsValue
text_of (JsVm *vm, double number)
{
  g_autofree char *text = js_double_to_text (number, 10);

  return js_string (vm, text, -1);
}

static JsValue
number_to_string (JsVm *vm, const JsCall *call)
{
  double number, radix = 10;
  g_autofree char *text = NULL;

  if (!receiver (vm, call, "Number.prototype.toString", &number)
      || (!js_is_undefined (js_argument (call, 0)) && !js_to_integer (vm, js_argument (call, 0), &radix)))
    return JS_THROWN;
  if (radix < 2 || radix > 36)
    return js_throw_range (vm, "toString() radix argument must be between 2 and 36");
  text = js_double_to_text (number, (int) radix);
  return js_string (vm, text, -1);
}

static JsValue
number_value_of (JsVm *vm, const JsCall *call)
{
  double number;

  return receiver (vm, call, "Number.prototype.valueOf", &number) ? js_number (vm, number) : JS_THROWN;
}

/* The decimal digits of @number, exactly, with @digits behind the point; halves are rounded away from zero. */
static char *
fixed (double number, int digits)
{
  g_autofree char *exact = g_strdup_printf ("%.1100f", fabs (number));
  char *point = strchr (exact, '.'), *end = point + 1 + digits;
  gboolean up = *end >= '5';
  GString *text;

  *(digits == 0 ? point : end) = '\0';
  text = g_string_new (exact);
  for (gssize i = (gssize) text->len - 1; up && i >= 0; i--)
    {
      if (text->str[i] == '.')
        continue;
      up = text->str[i] == '9';
      text->str[i] = up ? '0' : (char) (text->str[i] + 1);
    }
  if (up)
    g_string_prepend_c (text, '1');
  if (number < 0)
    g_string_prepend_c (text, '-');
  return g_string_free (text, FALSE);
}

/* The argument as a number of digits. FALSE: thrown. */
static gboolean
digits_of (JsVm *vm, const JsCall *call, int least, const char *method, double *digits)
{
  *digits = 0;
  if (!js_to_integer (vm, js_argument (call, 0), digits))
    return FALSE;
  if (*digits >= least && *digits <= 100)
    return TRUE;
  js_throw_range (vm, "%s argument must be between %d and 100", method, least);
  return FALSE;
}

static JsValue
number_to_fixed (JsVm *vm, const JsCall *call)
{
  double number, digits;
  g_autofree char *text = NULL;

  if (!receiver (vm, call, "Number.prototype.toFixed", &number) || !js_to_integer (vm, js_argument (call, 0), &digits))
    return JS_THROWN;
  if (digits < 0 || digits > 100)
    return js_throw_range (vm, "toFixed() digits argument must be between 0 and 100");
  if (!isfinite (number) || fabs (number) >= 1e21)
    return text_of (vm, number);
  text = fixed (number, (int) digits);
  return js_string (vm, text, -1);
}

/* The first @n digits of @number, halves rounded up, and the exponent of the first of them. (transfer full) */
static char *
first_digits (double number, int n, int *exponent)
{
  g_autofree char *exact = g_strdup_printf ("%.1100e", fabs (number));
  gboolean up = exact[n + 1] >= '5' && exact[n + 1] <= '9';
  GString *digits = g_string_new_len (exact, 1);

  g_string_append_len (digits, exact + 2, n - 1);
  *exponent = atoi (strchr (exact, 'e') + 1);
  for (int i = n - 1; up && i >= 0; i--)
    {
      up = digits->str[i] == '9';
      digits->str[i] = up ? '0' : (char) (digits->str[i] + 1);
    }
  if (up)
    {
      digits->str[0] = '1';
      ++*exponent;
    }
  return g_string_free (digits, FALSE);
}

/* 1.5e+3 from the digits 15 */
static char *
exponential (double number, const char *digits, int exponent)
{
  return g_strdup_printf ("%s%c%s%s%s%d",
                          number < 0 ? "-" : "",
                          *digits,
                          digits[1] != '\0' ? "." : "",
                          digits + 1,
                          exponent < 0 ? "e" : "e+",
                          exponent);
}

/* As many digits as tell the number from all others. */
static char *
shortest_exponential (double number)
{
  char buffer[40];
  g_autofree char *digits = NULL;
  int n = 0, exponent;

  do
    g_snprintf (buffer, sizeof buffer, "%.*e", n++, number);
  while (n <= 17 && g_ascii_strtod (buffer, NULL) != number);
  digits = first_digits (number, n, &exponent);
  return exponential (number, digits, exponent);
}

/* 0.0015 from the digits 15, 1500 from 1500 */
static char *
positional (double number, const char *digits, int exponent)
{
  int n = (int) strlen (digits), whole = exponent + 1;
  const char *sign = number < 0 ? "-" : "";

  if (whole <= 0)
    return g_strdup_printf ("%s0.%.*s%s", sign, -whole, "000000", digits);
  if (whole == n)
    return g_strconcat (sign, digits, NULL);
  return g_strdup_printf ("%s%.*s.%s", sign, whole, digits, digits + whole);
}

static JsValue
number_to_exponential (JsVm *vm, const JsCall *call)
{
  double number, digits;
  g_autofree char *text = NULL, *first = NULL;
  int exponent;

  if (!receiver (vm, call, "Number.prototype.toExponential", &number))
    return JS_THROWN;
  if (!isfinite (number))
    return text_of (vm, number);
  if (!digits_of (vm, call, 0, "toExponential()", &digits))
    return JS_THROWN;
  if (js_is_undefined (js_argument (call, 0)))
    text = shortest_exponential (number);
  else
    {
      first = first_digits (number, (int) digits + 1, &exponent);
      text = exponential (number, first, exponent);
    }
  return js_string (vm, text, -1);
}

static JsValue
number_to_precision (JsVm *vm, const JsCall *call)
{
  double number, digits;
  g_autofree char *text = NULL, *first = NULL;
  int exponent;

  if (!receiver (vm, call, "Number.prototype.toPrecision", &number))
    return JS_THROWN;
  if (!isfinite (number) || js_is_undefined (js_argument (call, 0)))
    return text_of (vm, number);
  if (!digits_of (vm, call, 1, "toPrecision()", &digits))
    return JS_THROWN;
  first = first_digits (number, (int) digits, &exponent);
  text = exponent >= -6 && exponent < digits ? positional (number, first, exponent)
                                             : exponential (number, first, exponent);
  return js_string (vm, text, -1);
}

static JsValue
number_to_locale_string (JsVm *vm, const JsCall *call)
{
  double number;
  g_autofree char *text = NULL;
  GString *out;
  char *point;

  if (!receiver (vm, call, "Number.prototype.toLocaleString", &number))
    return JS_THROWN;
  if (isnan (number))
    return js_string (vm, "NaN", 3);
  if (isinf (number))
    return js_string (vm, number < 0 ? "-∞" : "∞", -1);
  text = fixed (number, 3);
  for (char *end = text + strlen (text) - 1; *end == '0' || *end == '.'; end--)
    {
      gboolean stop = *end == '.';
      *end = '\0';
      if (stop)
        break;
    }
  out = g_string_new (text);
  point = strchr (out->str, '.');
  for (gssize i = (point != NULL ? point - out->str : (gssize) out->len) - 3; i > (number < 0); i -= 3)
    g_string_insert_c (out, i, ',');
  g_free (text);
  text = g_string_free (out, FALSE);
  return js_string (vm, text, -1);
}

/* ---- from text --------------------------------------------------------------------------------------------------- */

static const char *
skip_blanks (const char *text)
{
  while (*text != '\0' && (g_unichar_isspace (g_utf8_get_char (text)) || g_utf8_get_char (text) == 0xfeff))
    text = g_utf8_next_char (text);
  return text;
}

static int
digit_value (char c)
{
  return g_ascii_isdigit (c) ? c - '0' : g_ascii_isalpha (c) ? g_ascii_tolower (c) - 'a' + 10 : 99;
}

static double
parse_digits (const char *text, int radix)
{
  const char *c = text;
  double number = 0;

  while (digit_value (*c) < radix)
    number = number * radix + digit_value (*c++);
  if (c == text)
    return NAN;
  if (radix == 10)
    {
      g_autofree char *digits = g_strndup (text, (gsize) (c - text));
      return g_ascii_strtod (digits, NULL);
    }
  return number;
}

static JsValue
parse_int (JsVm *vm, const JsCall *call)
{
  g_autofree char *text = js_to_utf8 (vm, js_argument (call, 0));
  const char *c = text != NULL ? skip_blanks (text) : NULL;
  gboolean negative;
  gint32 radix;
  double number;

  if (text == NULL || !js_to_int32 (vm, js_argument (call, 1), &radix))
    return JS_THROWN;
  negative = *c == '-';
  c += *c == '-' || *c == '+';
  if (radix != 0 && (radix < 2 || radix > 36))
    return js_number (vm, NAN);
  if ((radix == 0 || radix == 16) && c[0] == '0' && (c[1] == 'x' || c[1] == 'X'))
    {
      c += 2;
      radix = 16;
    }
  number = parse_digits (c, radix == 0 ? 10 : radix);
  return js_number (vm, negative ? -number : number);
}

static JsValue
parse_float (JsVm *vm, const JsCall *call)
{
  g_autofree char *text = js_to_utf8 (vm, js_argument (call, 0)), *number = NULL;
  const char *c, *start;

  if (text == NULL)
    return JS_THROWN;
  start = c = skip_blanks (text);
  c += *c == '-' || *c == '+';
  if (g_str_has_prefix (c, "Infinity"))
    return js_number (vm, *start == '-' ? -INFINITY : INFINITY);
  if (!g_ascii_isdigit (*c) && !(*c == '.' && g_ascii_isdigit (c[1])))
    return js_number (vm, NAN);
  while (g_ascii_isdigit (*c))
    c++;
  if (*c == '.')
    for (c++; g_ascii_isdigit (*c);)
      c++;
  if ((*c == 'e' || *c == 'E') && (g_ascii_isdigit (c[1]) || ((c[1] == '-' || c[1] == '+') && g_ascii_isdigit (c[2]))))
    for (c += 2; g_ascii_isdigit (*c);)
      c++;
  number = g_strndup (start, (gsize) (c - start));
  return js_number (vm, g_ascii_strtod (number, NULL));
}

/* ---- questions --------------------------------------------------------------------------------------------------- */

static JsValue
global_is_nan (JsVm *vm, const JsCall *call)
{
  double number;

  return js_to_number (vm, js_argument (call, 0), &number) ? js_boolean (isnan (number)) : JS_THROWN;
}

static JsValue
global_is_finite (JsVm *vm, const JsCall *call)
{
  double number;

  return js_to_number (vm, js_argument (call, 0), &number) ? js_boolean (isfinite (number)) : JS_THROWN;
}

/* NaN where the argument is no number. */
static double
number_or_nan (JsVm *vm, const JsCall *call)
{
  return js_is_number (vm, js_argument (call, 0)) ? js_as_double (vm, call->arguments[0]) : NAN;
}

static JsValue
number_is_nan (JsVm *vm, const JsCall *call)
{
  return js_boolean (js_is_number (vm, js_argument (call, 0)) && isnan (number_or_nan (vm, call)));
}

static JsValue
number_is_finite (JsVm *vm, const JsCall *call)
{
  return js_boolean (isfinite (number_or_nan (vm, call)));
}

static JsValue
number_is_integer (JsVm *vm, const JsCall *call)
{
  double number = number_or_nan (vm, call);

  return js_boolean (isfinite (number) && number == trunc (number));
}

static JsValue
number_is_safe_integer (JsVm *vm, const JsCall *call)
{
  double number = number_or_nan (vm, call);

  return js_boolean (fabs (number) <= 9007199254740991.0 && number == trunc (number));
}

static const JsNativeRow members[] = {
  JS_METHOD ("toString", number_to_string, 1),
  JS_METHOD ("toLocaleString", number_to_locale_string, 0),
  JS_METHOD ("valueOf", number_value_of, 0),
  JS_METHOD ("toFixed", number_to_fixed, 1),
  JS_METHOD ("toExponential", number_to_exponential, 1),
  JS_METHOD ("toPrecision", number_to_precision, 1),
};

static JsValue
share (JsVm *vm, const char *name)
{
  return js_get_named (vm, js_intrinsic (vm, JS_INTRINSIC_GLOBAL), js_atom (vm, name, -1));
}

/* Number.parseInt is the global function itself. */
static JsValue
share_parse_int (JsVm *vm)
{
  return share (vm, "parseInt");
}

static JsValue
share_parse_float (JsVm *vm)
{
  return share (vm, "parseFloat");
}

static const JsNativeRow statics[] = {
  JS_METHOD ("isFinite", number_is_finite, 1),
  JS_METHOD ("isInteger", number_is_integer, 1),
  JS_METHOD ("isNaN", number_is_nan, 1),
  JS_METHOD ("isSafeInteger", number_is_safe_integer, 1),
  JS_OBJECT ("parseFloat", share_parse_float),
  JS_OBJECT ("parseInt", share_parse_int),
  JS_NUMBER ("MAX_VALUE", DBL_MAX),
  JS_NUMBER ("MIN_VALUE", 4.9406564584124654e-324),
  JS_NUMBER ("NaN", NAN),
  JS_NUMBER ("NEGATIVE_INFINITY", -INFINITY),
  JS_NUMBER ("POSITIVE_INFINITY", INFINITY),
  JS_NUMBER ("MAX_SAFE_INTEGER", 9007199254740991.0),
  JS_NUMBER ("MIN_SAFE_INTEGER", -9007199254740991.0),
  JS_NUMBER ("EPSILON", DBL_EPSILON),
};

static const JsLibraryClass classes[] = {
  { .name = "Number",
    .construct = number_construct,
    .length = 1,
    .prototype = JS_INTRINSIC_NUMBER_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = members,
    .n_members = G_N_ELEMENTS (members),
    .statics = statics,
    .n_statics = G_N_ELEMENTS (statics) },
};

static const JsNativeRow GLOBALS[] = {
  JS_METHOD ("parseInt", parse_int, 2),
  JS_METHOD ("parseFloat", parse_float, 1),
  JS_METHOD ("isNaN", global_is_nan, 1),
  JS_METHOD ("isFinite", global_is_finite, 1),
  JS_NUMBER ("NaN", NAN),
  JS_NUMBER ("Infinity", INFINITY),
  { .name = "undefined", .kind = JS_NATIVE_UNDEFINED },
};

const JsLibrary js_library_number = {
  .classes = classes, .n_classes = G_N_ELEMENTS (classes), .globals = GLOBALS, .n_globals = G_N_ELEMENTS (GLOBALS)
};
