/* node_error.c - errors as Node's own library throws them, with a code (Node: lib/internal/errors.js)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/node_error.h"
#include "runtime/function.h"
#include "runtime/object.h"

#define LONGEST_RECEIVED 28

/* ---- throwing ---------------------------------------------------------------------------------------------------- */

/* The header of its stack names the code. */
static gboolean
set_stack (JsVm *vm, JsValue error, const char *code, const char *message)
{
  JsValue name = js_get_named (vm, error, JS_NAME (vm, NAME)), frames, stack;
  g_autofree char *first = js_is_string (vm, name) ? js_string_to_utf8 (vm, name.payload, NULL) : NULL, *lines = NULL;

  frames = js_get_own_slot (vm, error.payload, JS_ERROR_SLOT_FRAMES);
  if (first == NULL || !js_is_string (vm, frames))
    return !js_is_hole (name);
  lines = js_string_to_utf8 (vm, frames.payload, NULL);
  stack = js_string_printf (vm, "%s [%s]: %s%s%s", first, code, message, *lines != '\0' ? "\n" : "", lines);
  if (js_is_hole (stack))
    return FALSE;
  js_set_own_slot (vm, error.payload, JS_ERROR_SLOT_STACK, stack);
  return TRUE;
}

static JsValue
error_to_string (JsVm *vm, const JsCall *call)
{
  JsValue name = js_hold (vm, js_get_named (vm, call->receiver, JS_NAME (vm, NAME)));
  JsValue message = js_is_hole (name) ? name : js_hold (vm, js_get_named (vm, call->receiver, JS_NAME (vm, MESSAGE)));
  g_autofree char *first = js_is_hole (message) ? NULL : js_to_utf8 (vm, name), *second = NULL, *code = NULL;

  second = first != NULL ? js_to_utf8 (vm, message) : NULL;
  code = second != NULL ? js_to_utf8 (vm, js_native_data (vm, call)) : NULL;
  return code != NULL ? js_string_printf (vm, "%s [%s]: %s", first, code, second) : JS_THROWN;
}

/* Its properties code and toString. */
static gboolean
define_code (JsVm *vm, JsValue error, JsValue code)
{
  static const JsNativeRow TO_STRING = JS_METHOD ("toString", error_to_string, 0);
  JsValue function = js_hold (vm, js_new_native_with (vm, &TO_STRING, code));

  return !js_is_hole (function)
         && js_define (vm, error.payload, js_key_atom (JS_NAME (vm, TO_STRING)), function, JS_HIDDEN_ATTRIBUTES)
         && js_define (vm, error.payload, js_key_atom (JS_NAME (vm, CODE)), code, JS_ALL_ATTRIBUTES);
}

JsValue
js_throw_coded (JsVm *vm, JsIntrinsic prototype, const char *code, const char *format, ...)
{
  JsHandles handles = js_handles_open (vm);
  g_autofree char *text = NULL;
  JsValue message, error, value;
  va_list args;

  if (!js_vm_tick (vm))
    return JS_THROWN;
  vm->thrown_at = JS_THROWN_BY_RUNTIME;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  message = js_hold (vm, js_string (vm, text, -1));
  error = js_is_hole (message) ? message : js_hold (vm, js_new_error (vm, prototype, message));
  value = js_is_hole (error) ? error : js_hold (vm, js_string (vm, code, -1));
  if (js_is_hole (value) || !set_stack (vm, error, code, text) || !define_code (vm, error, value))
    return JS_THROWN;
  js_throw (vm, error);
  js_handles_close (vm, handles);
  return JS_THROWN;
}

/* ---- what was received ------------------------------------------------------------------------------------------- */

static char *
describe_object (JsVm *vm, JsValue value)
{
  g_autofree char *name = js_is_callable (vm, value) ? js_function_name (vm, value.payload) : NULL, *text = NULL;
  g_autofree char *class = NULL;

  if (name != NULL)
    return *name != '\0' ? g_strdup_printf ("function %s", name) : g_strdup ("function ");
  class = js_constructor_name (vm, value.payload);
  if (class != NULL)
    return g_strdup_printf ("an instance of %s", class);
  text = js_inspect_text (vm, value);
  return g_strdup (text != NULL ? text : "an object");
}

/* " Received …" without the word: determineSpecificType () */
static char *
describe_received (JsVm *vm, JsValue value)
{
  g_autofree char *text = NULL, *start = NULL;

  if (js_is_object (vm, value))
    return describe_object (vm, value);
  text = js_inspect_text (vm, value);
  if (text == NULL || js_is_nullish (value))
    return g_steal_pointer (&text);
  if (g_utf8_strlen (text, -1) > LONGEST_RECEIVED)
    {
      start = g_utf8_substring (text, 0, 25);
      return g_strdup_printf ("type %s (%s...)", js_typeof (vm, value)->text, start);
    }
  return g_strdup_printf ("type %s (%s)", js_typeof (vm, value)->text, text);
}

JsValue
js_throw_argument_type (JsVm *vm, const char *what, const char *wanted, JsValue value)
{
  g_autofree char *received = describe_received (vm, value);

  return js_throw_coded (vm,
                         JS_INTRINSIC_TYPE_ERROR_PROTOTYPE,
                         "ERR_INVALID_ARG_TYPE",
                         "The %s must be %s. Received %s",
                         what,
                         wanted,
                         received != NULL ? received : "it");
}

/* Digits in groups of three where it is above 2 ** 32. */
static char *
separate (const char *digits)
{
  GString *out = g_string_new (digits);
  gsize first = *digits == '-' ? 1 : 0;
  gsize end = first + strspn (digits + first, "0123456789");

  for (gsize i = end; i > first + 3;)
    {
      i -= 3;
      g_string_insert_c (out, (gssize) i, '_');
    }
  return g_string_free (out, FALSE);
}

static gboolean
is_long_number (JsVm *vm, JsValue value)
{
  double number;

  if (js_is_kind (vm, value, JS_KIND_BIGINT))
    return TRUE;
  number = js_is_number (vm, value) ? js_as_double (vm, value) : 0;
  return number == floor (number) && fabs (number) > 4294967296.0;
}

JsValue
js_throw_out_of_range (JsVm *vm, const char *name, const char *wanted, JsValue value)
{
  g_autofree char *plain = js_inspect_text (vm, value), *text = NULL;

  text = plain != NULL && is_long_number (vm, value) ? separate (plain) : g_strdup (plain);
  return js_throw_coded (vm,
                         JS_INTRINSIC_RANGE_ERROR_PROTOTYPE,
                         "ERR_OUT_OF_RANGE",
                         "The value of \"%s\" is out of range. It must be %s. Received %s",
                         name,
                         wanted,
                         text != NULL ? text : "it");
}

gboolean
js_check_integer (JsVm *vm, JsValue value, const char *name, double least, double most, double *number)
{
  g_autofree char *what = NULL, *wanted = NULL;

  if (js_is_undefined (value))
    return TRUE;
  if (!js_is_number (vm, value))
    {
      what = g_strdup_printf ("\"%s\" argument", name);
      js_throw_argument_type (vm, what, "of type number", value);
      return FALSE;
    }
  *number = js_as_double (vm, value);
  if (*number == floor (*number) && *number >= least && *number <= most)
    return TRUE;
  wanted = *number == floor (*number) ? g_strdup_printf (">= %.0f and <= %.0f", least, most) : g_strdup ("an integer");
  js_throw_out_of_range (vm, name, wanted, value);
  return FALSE;
}
