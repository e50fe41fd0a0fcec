/* format.c - console.log's arguments as text: %s, %d and so on, and what follows (util.format)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "console/inspect.h"
#include "runtime/function.h"

#include <string.h>

/* As util.inspect.defaultOptions says. */
#define USUAL_DEPTH G_MININT

static void
append_inspected (JsVm *vm, GString *out, JsValue value, gint depth, gboolean show_hidden, gboolean *failed)
{
  g_autofree char *text = NULL;
  JsInspect inspect;

  js_inspect_init (&inspect, vm);
  if (depth != USUAL_DEPTH)
    inspect.depth = depth;
  inspect.show_hidden = show_hidden;
  text = js_inspect_value (&inspect, value, 0);
  *failed = *failed || inspect.failed;
  if (text != NULL)
    g_string_append (out, text);
  js_inspect_clear (&inspect);
}

/* Whether `${object}` is what the library says, not the program: hasBuiltInToString. */
static gboolean
has_own_text (JsVm *vm, JsValue object)
{
  JsValue at = object;

  while (js_is_ref (at))
    {
      JsDescriptor own;

      if (js_has_own (vm, at.payload, js_key_atom (JS_NAME (vm, TO_STRING))) == JS_PRESENT
          || js_has_own (vm, at.payload, js_key_atom (JS_SYMBOL (vm, TO_PRIMITIVE))) == JS_PRESENT)
        {
          if (js_is_identical (at, object))
            return TRUE;
          if (js_get_own (vm, at.payload, js_key_atom (JS_NAME (vm, CONSTRUCTOR)), &own) != JS_PRESENT
              || !js_is_kind (vm, own.value, JS_KIND_FUNCTION))
            return TRUE;
          return js_function_code (vm, own.value.payload) != NULL;
        }
      at = js_get_prototype (vm, at);
    }
  return FALSE;
}

static gboolean
append_string (JsVm *vm, GString *out, JsValue value)
{
  g_autofree char *text = NULL;
  gboolean failed = FALSE;
  JsInspect inspect;

  if (js_is_number (vm, value) || js_is_kind (vm, value, JS_KIND_BIGINT) || js_is_symbol (vm, value))
    {
      js_inspect_init (&inspect, vm);
      text = js_inspect_primitive (&inspect, value);
      js_inspect_clear (&inspect);
      g_string_append (out, text);
      return TRUE;
    }
  if (js_is_object (vm, value) && !js_is_callable (vm, value) && !has_own_text (vm, value))
    {
      append_inspected (vm, out, value, 0, FALSE, &failed);
      return !failed;
    }
  text = js_to_utf8 (vm, value);
  g_string_append (out, text != NULL ? text : "");
  return text != NULL;
}

/* The number at the beginning of a text, as parseInt and parseFloat find it. */
static double
leading_number (JsVm *vm, JsValue value, gboolean whole, gboolean *failed)
{
  g_autofree char *text = js_to_utf8 (vm, value);
  const char *start = text;
  char *end;
  double number;

  *failed = text == NULL;
  if (*failed)
    return NAN;
  while (g_ascii_isspace (*start))
    start++;
  if (!g_ascii_isdigit (start[0]) && strchr ("+-.", start[0]) == NULL)
    return NAN;
  number = g_ascii_strtod (start, &end);
  if (end == start)
    return NAN;
  if (!whole)
    return number;
  number = 0;
  for (end = (char *) start + (*start == '-' || *start == '+'); g_ascii_isdigit (*end); end++)
    number = number * 10 + (*end - '0');
  return *start == '-' ? -number : number;
}

static gboolean
append_number (JsVm *vm, GString *out, JsValue value, char conversion)
{
  gboolean failed = FALSE;
  double number = NAN;
  g_autofree char *text = NULL;

  if (js_is_kind (vm, value, JS_KIND_BIGINT) && conversion != 'f')
    {
      text = js_bigint_to_text (vm, value.payload, 10);
      g_string_append_printf (out, "%sn", text);
      return TRUE;
    }
  if (js_is_symbol (vm, value) || (conversion == 'd' && js_is_object (vm, value)))
    failed = conversion == 'd' && js_is_object (vm, value) && !js_to_number (vm, value, &number);
  else if (conversion == 'd')
    failed = !js_to_number (vm, value, &number);
  else
    number = leading_number (vm, value, conversion == 'i', &failed);
  text = js_double_to_text (number, 10);
  g_string_append_printf (out, "%s%s", number == 0 && signbit (number) ? "-" : "", text);
  return !failed;
}

static gboolean
append_json (JsVm *vm, GString *out, JsValue value)
{
  JsValue json = js_get_named (vm, js_intrinsic (vm, JS_INTRINSIC_GLOBAL), js_atom (vm, "JSON", -1)), text;

  text = js_is_hole (json) ? json : js_invoke (vm, json, js_atom (vm, "stringify", -1), &value, 1);
  if (js_is_hole (text))
    {
      js_catch (vm);
      g_string_append (out, "[Circular]");
    }
  else if (js_is_string (vm, text))
    js_string_append_to (vm, text.payload, out);
  else
    g_string_append (out, "undefined");
  return TRUE;
}

/* One conversion; *taken: it took the argument. FALSE: thrown. */
static gboolean
convert (JsVm *vm, GString *out, char conversion, JsValue value, gboolean *taken)
{
  gboolean failed = FALSE;

  *taken = TRUE;
  switch (conversion)
    {
    case 's':
      return append_string (vm, out, value);
    case 'd':
    case 'i':
    case 'f':
      return append_number (vm, out, value, conversion);
    case 'j':
      return append_json (vm, out, value);
    case 'O':
      append_inspected (vm, out, value, USUAL_DEPTH, FALSE, &failed);
      return !failed;
    case 'o':
      append_inspected (vm, out, value, 4, TRUE, &failed);
      return !failed;
    case 'c':
      return TRUE;
    default:
      *taken = FALSE;
      return TRUE;
    }
}

/* The first argument with its conversions; *used: how many arguments that took. */
static gboolean
format_first (JsVm *vm, GString *out, const JsValue *arguments, guint n, guint *used)
{
  g_autofree char *format = js_string_to_utf8 (vm, arguments[0].payload, NULL);
  const char *c = format;

  for (*used = 1; *c != '\0'; c++)
    {
      gboolean taken = FALSE;

      if (*c == '%' && c[1] == '%' && n > 1)
        {
          g_string_append_c (out, *c++);
          continue;
        }
      if (*c == '%' && c[1] != '\0' && *used < n && !convert (vm, out, c[1], arguments[*used], &taken))
        return FALSE;
      if (taken)
        {
          ++*used;
          c++;
        }
      else
        g_string_append_c (out, *c);
    }
  return TRUE;
}

char *
js_format (JsVm *vm, const JsValue *arguments, guint n)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean failed = FALSE;
  guint used = 0;

  if (n > 0 && js_is_string (vm, arguments[0]) && !format_first (vm, out, arguments, n, &used))
    return NULL;
  for (guint i = used; i < n && !failed; i++)
    {
      if (i > 0)
        g_string_append_c (out, ' ');
      if (js_is_string (vm, arguments[i]))
        js_string_append_to (vm, arguments[i].payload, out);
      else
        append_inspected (vm, out, arguments[i], USUAL_DEPTH, FALSE, &failed);
    }
  return failed ? NULL : g_string_free (g_steal_pointer (&out), FALSE);
}
