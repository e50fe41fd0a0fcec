/* message.c - values as error messages name them (V8: Object::NoSideEffectsToString)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/message.h"
#include "runtime/bigint.h"
#include "runtime/call.h"
#include "runtime/error.h"
#include "runtime/function.h"
#include "runtime/number.h"
#include "runtime/property.h"
#include "runtime/string.h"

const char *
js_builtin_tag (JsVm *vm, JsValue value)
{
  if (!js_is_ref (value))
    return js_is_smi (value) ? "Number" : js_is_boolean (value) ? "Boolean" : js_is_null (value) ? "Null" : "Undefined";
  switch (js_class_of (vm, value.payload)->kind)
    {
    case JS_KIND_ARRAY:
      return "Array";
    case JS_KIND_ARGUMENTS:
      return "Arguments";
    case JS_KIND_ERROR:
      return "Error";
    case JS_KIND_DATE:
      return "Date";
    case JS_KIND_REGEXP:
      return "RegExp";
    case JS_KIND_HEAP_NUMBER:
      return "Number";
    case JS_KIND_WRAPPER:
      return js_builtin_tag (vm, js_get_own_slot (vm, value.payload, 0));
    default:
      return js_is_string (vm, value) ? "String" : js_is_callable (vm, value) ? "Function" : "Object";
    }
}

/* The value of a data property of @object or its prototypes; the hole where there is none, or an accessor. */
static JsValue
look_up (JsVm *vm, JsValue object, JsKey key)
{
  for (; js_is_object (vm, object); object = js_get_prototype (vm, object))
    {
      JsDescriptor own;
      if (js_get_own (vm, object.payload, key, &own) == JS_PRESENT)
        return own.is_accessor ? JS_HOLE : own.value;
    }
  return JS_HOLE;
}

static char *
look_up_text (JsVm *vm, JsValue object, JsAtom *name, const char *otherwise)
{
  JsValue value = look_up (vm, object, js_key_atom (name));
  return js_is_string (vm, value) ? js_string_to_utf8 (vm, value.payload, NULL) : g_strdup (otherwise);
}

char *
js_error_header (JsVm *vm, JsValue error)
{
  g_autofree char *name = look_up_text (vm, error, JS_NAME (vm, NAME), "Error");
  g_autofree char *message = look_up_text (vm, error, JS_NAME (vm, MESSAGE), "");
  if (*name == 0 || *message == 0)
    return g_strdup (*name ? name : message);
  return g_strdup_printf ("%s: %s", name, message);
}

/* Whether @object's toString is the one of Object.prototype. */
static gboolean
has_plain_to_string (JsVm *vm, JsValue object)
{
  JsValue mine = look_up (vm, object, js_key_atom (JS_NAME (vm, TO_STRING)));
  JsValue plain = look_up (vm, js_intrinsic (vm, JS_INTRINSIC_OBJECT_PROTOTYPE), js_key_atom (JS_NAME (vm, TO_STRING)));
  return !js_is_hole (mine) && js_is_identical (mine, plain);
}

static char *
object_text (JsVm *vm, JsValue object)
{
  if (js_is_kind (vm, object, JS_KIND_ERROR))
    return js_error_header (vm, object);
  if (has_plain_to_string (vm, object))
    {
      g_autofree char *constructor = js_constructor_name (vm, object.payload);
      if (constructor != NULL && *constructor != 0)
        return g_strdup_printf ("#<%s>", constructor);
    }
  g_autofree char *tag = js_is_kind (vm, object, JS_KIND_TYPED_ARRAY) ? js_constructor_name (vm, object.payload) : NULL;

  if (tag == NULL)
    tag = look_up_text (vm, object, JS_SYMBOL (vm, TO_STRING_TAG), js_builtin_tag (vm, object));
  else if (strcmp (tag, "Buffer") == 0)
    return g_strdup ("[object Uint8Array]");
  return g_strdup_printf ("[object %s]", tag);
}

char *
js_function_text (JsVm *vm, HpRef function)
{
  const JsCode *code = js_function_code (vm, function);
  g_autofree char *name = NULL;

  if (code != NULL)
    return g_strndup (vm->source->text + code->start, code->end - code->start);
  name = look_up_text (vm, js_ref (function), JS_NAME (vm, NAME), "");
  return g_strdup_printf ("function %s() { [native code] }", name);
}

char *
js_message_text (JsVm *vm, JsValue value)
{
  JsKey key;
  if (js_is_symbol (vm, value) && js_to_key (vm, value, &key))
    return g_strdup_printf ("Symbol(%s)", key.atom->has_description ? key.atom->text : "");
  if (js_is_callable (vm, value))
    return js_function_text (vm, value.payload);
  if (!js_is_object (vm, value))
    return js_to_utf8 (vm, value);
  JsHandles handles = js_handles_open (vm);
  js_hold (vm, value);
  char *text = object_text (vm, value);
  js_handles_close (vm, handles);
  return text;
}

/* V8: BuildDefaultCallSite (). */
char *
js_call_site_text (JsVm *vm, JsValue value)
{
  const char *type = js_typeof (vm, value)->text;
  g_autofree char *text = NULL;

  if (js_is_undefined (value) || (js_is_ref (value) && !js_is_string (vm, value) && !js_is_number (vm, value)))
    return g_strdup (type);
  text = js_message_text (vm, value);
  return js_is_string (vm, value) ? g_strdup_printf ("%s \"%s\"", type, text) : g_strdup_printf ("%s %s", type, text);
}

gboolean
js_check_callable (JsVm *vm, JsValue value)
{
  if (js_is_callable (vm, value))
    return TRUE;
  g_autofree char *text = js_message_text (vm, value);
  js_throw_type (vm, "%s is not a function", text);
  return FALSE;
}

JsValue
js_throw_incompatible (JsVm *vm, const char *method, JsValue receiver)
{
  g_autofree char *text = js_message_text (vm, receiver);
  return js_throw_type (vm, "Method %s called on incompatible receiver %s", method, text);
}
