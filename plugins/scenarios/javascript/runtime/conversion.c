/* conversion.c - from one type to another (ECMA-262, 7.1)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/bigint.h"
#include "runtime/call.h"
#include "runtime/error.h"
#include "runtime/message.h"
#include "runtime/number.h"
#include "runtime/object.h"
#include "runtime/property.h"
#include "runtime/string.h"

/* ---- to primitives ----------------------------------------------------------------------------------------------- */

gboolean
js_to_boolean (JsVm *vm, JsValue value)
{
  if (js_is_boolean (value) || js_is_smi (value))
    return value.payload != 0;
  if (!js_is_ref (value))
    return FALSE;
  if (js_is_string (vm, value))
    return js_string_length (vm, value.payload) > 0;
  if (js_is_kind (vm, value, JS_KIND_HEAP_NUMBER))
    {
      double number = js_heap_number (vm, value.payload);
      return number != 0 && !isnan (number);
    }
  return !js_is_kind (vm, value, JS_KIND_BIGINT) || !js_bigint_is_zero (vm, value.payload);
}

/* By Symbol.toPrimitive. The hole, nothing thrown: the object has no such method. */
static JsValue
convert_by_symbol (JsVm *vm, JsValue object, JsHint hint, gboolean *absent)
{
  JsAtom *names[] = { JS_NAME (vm, DEFAULT), JS_NAME (vm, NUMBER), JS_NAME (vm, STRING) };
  JsValue method = js_get_method (vm, object, js_key_atom (JS_SYMBOL (vm, TO_PRIMITIVE))), argument, result;

  *absent = js_is_undefined (method);
  if (*absent || js_is_hole (method))
    return JS_HOLE;
  argument = js_atom_value (vm, names[hint]);
  result = js_call (vm, method, object, &argument, 1);
  if (js_is_object (vm, result))
    return js_throw_type (vm, "Cannot convert object to primitive value");
  return result;
}

JsValue
js_ordinary_to_primitive (JsVm *vm, JsValue object, JsHint hint)
{
  JsAtom *names[] = { JS_NAME (vm, VALUE_OF), JS_NAME (vm, TO_STRING) };

  for (guint i = 0; i < 2; i++)
    {
      JsValue method = js_get_named (vm, object, names[hint == JS_HINT_STRING ? 1 - i : i]), result;
      if (js_is_hole (method))
        return method;
      if (!js_is_callable (vm, method))
        continue;
      result = js_call (vm, method, object, NULL, 0);
      if (!js_is_object (vm, result))
        return result;
    }
  return js_throw_type (vm, "Cannot convert object to primitive value");
}

JsValue
js_to_primitive (JsVm *vm, JsValue value, JsHint hint)
{
  JsHandles handles;
  JsValue result;
  gboolean absent;

  if (!js_is_object (vm, value))
    return value;
  handles = js_handles_open (vm);
  js_hold (vm, value);
  result = convert_by_symbol (vm, value, hint, &absent);
  if (absent)
    result = js_ordinary_to_primitive (vm, value, hint);
  js_handles_close (vm, handles);
  return result;
}

/* ---- to numbers -------------------------------------------------------------------------------------------------- */

JsValue
js_to_numeric (JsVm *vm, JsValue value)
{
  double number;

  if (js_is_number (vm, value) || js_is_kind (vm, value, JS_KIND_BIGINT))
    return value;
  value = js_to_primitive (vm, value, JS_HINT_NUMBER);
  if (js_is_hole (value) || js_is_kind (vm, value, JS_KIND_BIGINT))
    return value;
  return js_to_number (vm, value, &number) ? js_number (vm, number) : JS_THROWN;
}

gboolean
js_to_number (JsVm *vm, JsValue value, double *number)
{
  value = js_to_primitive (vm, value, JS_HINT_NUMBER);
  if (js_is_hole (value))
    return FALSE;
  if (js_is_number (vm, value))
    *number = js_as_double (vm, value);
  else if (!js_is_ref (value))
    *number = js_is_undefined (value) ? NAN : value.payload;
  else if (js_is_string (vm, value))
    *number = js_string_to_double (vm, value.payload);
  else
    {
      js_throw_type (vm, "Cannot convert a %s value to a number", js_is_symbol (vm, value) ? "Symbol" : "BigInt");
      return FALSE;
    }
  return TRUE;
}

gboolean
js_to_integer (JsVm *vm, JsValue value, double *integer)
{
  if (!js_to_number (vm, value, integer))
    return FALSE;
  *integer = isnan (*integer) ? 0 : trunc (*integer) + 0.0;
  return TRUE;
}

gboolean
js_to_int32 (JsVm *vm, JsValue value, gint32 *number)
{
  double full;

  if (!js_to_number (vm, value, &full))
    return FALSE;
  *number = js_double_to_int32 (full);
  return TRUE;
}

gboolean
js_to_uint32 (JsVm *vm, JsValue value, guint32 *number)
{
  return js_to_int32 (vm, value, (gint32 *) number);
}

gboolean
js_to_length (JsVm *vm, JsValue value, gint64 *length)
{
  double number;

  if (!js_to_integer (vm, value, &number))
    return FALSE;
  *length = (gint64) CLAMP (number, 0, 9007199254740991.0);
  return TRUE;
}

gboolean
js_to_relative (JsVm *vm, JsValue value, gint64 length, gint64 undefined, gint64 *index)
{
  double number;

  if (js_is_undefined (value))
    {
      *index = undefined;
      return TRUE;
    }
  if (!js_to_integer (vm, value, &number))
    return FALSE;
  *index = (gint64) (number < 0 ? MAX (number + (double) length, 0) : MIN (number, (double) length));
  return TRUE;
}

/* ---- to strings and objects -------------------------------------------------------------------------------------- */

static JsValue
text_of_primitive (JsVm *vm, JsValue value)
{
  g_autofree char *text = NULL;

  if (js_is_boolean (value))
    return js_atom_value (vm, value.payload ? JS_NAME (vm, TRUE) : JS_NAME (vm, FALSE));
  if (js_is_nullish (value))
    return js_atom_value (vm, js_is_null (value) ? JS_NAME (vm, NULL) : JS_NAME (vm, UNDEFINED));
  if (js_is_symbol (vm, value))
    return js_throw_type (vm, "Cannot convert a Symbol value to a string");
  text = js_is_kind (vm, value, JS_KIND_BIGINT) ? js_bigint_to_text (vm, value.payload, 10)
                                                : js_double_to_text (js_as_double (vm, value), 10);
  return js_string (vm, text, -1);
}

JsValue
js_to_string (JsVm *vm, JsValue value)
{
  value = js_to_primitive (vm, value, JS_HINT_STRING);
  if (js_is_hole (value) || js_is_string (vm, value))
    return value;
  return text_of_primitive (vm, value);
}

char *
js_to_utf8 (JsVm *vm, JsValue value)
{
  value = js_to_string (vm, value);
  return js_is_hole (value) ? NULL : js_string_to_utf8 (vm, value.payload, NULL);
}

static JsIntrinsic
wrapper_prototype (JsVm *vm, JsValue value)
{
  return js_is_boolean (value)                    ? JS_INTRINSIC_BOOLEAN_PROTOTYPE
         : js_is_string (vm, value)               ? JS_INTRINSIC_STRING_PROTOTYPE
         : js_is_symbol (vm, value)               ? JS_INTRINSIC_SYMBOL_PROTOTYPE
         : js_is_kind (vm, value, JS_KIND_BIGINT) ? JS_INTRINSIC_BIGINT_PROTOTYPE
                                                  : JS_INTRINSIC_NUMBER_PROTOTYPE;
}

static JsValue
get_length (JsVm *vm, HpRef wrapper)
{
  return js_smi ((gint32) js_string_length (vm, js_get_own_slot (vm, wrapper, 0).payload));
}

HpRef
js_wrap (JsVm *vm, HpRef wrapper, JsValue value)
{
  static const JsVirtual length = { get_length, NULL };
  JsProperty length_of_string = { .atom = JS_NAME (vm, LENGTH),
                                  .kind = JS_PROPERTY_VIRTUAL,
                                  .virtual_property = &length };

  if (wrapper == HP_REF_NONE)
    return wrapper;
  js_set_own_slot (vm, wrapper, 0, value);
  if (js_is_string (vm, value))
    js_set_class (vm, wrapper, js_class_add (vm, js_class_of (vm, wrapper), &length_of_string));
  return wrapper;
}

JsValue
js_to_object (JsVm *vm, JsValue value)
{
  JsHandles handles;
  JsValue prototype, wrapper = JS_THROWN;

  if (js_is_hole (value) || js_is_object (vm, value))
    return value;
  if (js_is_nullish (value))
    return js_throw_type (vm, "Cannot convert undefined or null to object");
  handles = js_handles_open (vm);
  js_hold (vm, value);
  prototype = js_intrinsic (vm, wrapper_prototype (vm, value));
  if (!js_is_hole (prototype))
    {
      JsClass *class = js_class_with_prototype (vm, vm->kinds[JS_KIND_WRAPPER], prototype);
      wrapper = js_ref (js_wrap (vm, hp_machine_allocate (vm->machine, class->shape, 0), value));
    }
  js_handles_close (vm, handles);
  return wrapper;
}

/* ---- wrapped strings: their characters are properties -------------------------------------------------------------
 */

static guint32
wrapped_length (JsVm *vm, HpRef wrapper)
{
  JsValue value = js_get_own_slot (vm, wrapper, 0);

  return js_is_string (vm, value) ? js_string_length (vm, value.payload) : 0;
}

static JsValue
wrapped_character (JsVm *vm, HpRef wrapper, guint32 index)
{
  HpRef string = js_get_own_slot (vm, wrapper, 0).payload;

  return js_string_from_unit (vm, js_string_at (vm, string, index));
}

void
js_wrappers_init (JsVm *vm)
{
  static const JsIndexed CHARACTERS = { wrapped_length, wrapped_character, NULL, JS_ENUMERABLE };

  vm->indexed[JS_KIND_WRAPPER] = &CHARACTERS;
}
