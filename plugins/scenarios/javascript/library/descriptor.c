/* descriptor.c - property descriptors as objects: { value, writable, enumerable, configurable }
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/descriptor.h"
#include "runtime/message.h"

/* The field @name of the object @from: the hole where it has none. FALSE: thrown. */
static gboolean
read_field (JsVm *vm, JsValue from, JsAtom *name, JsValue *value)
{
  *value = JS_HOLE;
  JsFound found = js_has (vm, from.payload, js_key_atom (name));
  if (found != JS_PRESENT)
    return found == JS_ABSENT;
  *value = js_hold (vm, js_get_named (vm, from, name));
  return !js_is_hole (*value);
}

static gboolean
read_attribute (JsVm *vm, JsValue from, JsAtom *name, JsAttributes attribute, JsDescriptor *descriptor)
{
  JsValue value;
  if (!read_field (vm, from, name, &value))
    return FALSE;
  if (js_is_hole (value))
    return TRUE;
  descriptor->said |= attribute;
  if (js_to_boolean (vm, value))
    descriptor->attributes |= attribute;
  return TRUE;
}

static gboolean
read_accessor (JsVm *vm, JsValue from, JsAtom *name, const char *what, JsValue *value)
{
  if (!read_field (vm, from, name, value))
    return FALSE;
  if (js_is_hole (*value) || js_is_undefined (*value) || js_is_callable (vm, *value))
    return TRUE;
  g_autofree char *text = js_message_text (vm, *value);
  js_throw_type (vm, "%s must be a function: %s", what, text);
  return FALSE;
}

gboolean
js_to_descriptor (JsVm *vm, JsValue value, JsDescriptor *descriptor)
{
  *descriptor = (JsDescriptor){ .value = JS_HOLE, .getter = JS_HOLE, .setter = JS_HOLE };
  g_autofree char *text = NULL;
  if (!js_is_object (vm, value))
    {
      text = js_message_text (vm, value);
      js_throw_type (vm, "Property description must be an object: %s", text);
      return FALSE;
    }
  if (!read_attribute (vm, value, JS_NAME (vm, ENUMERABLE), JS_ENUMERABLE, descriptor)
      || !read_attribute (vm, value, JS_NAME (vm, CONFIGURABLE), JS_CONFIGURABLE, descriptor)
      || !read_field (vm, value, JS_NAME (vm, VALUE), &descriptor->value)
      || !read_attribute (vm, value, JS_NAME (vm, WRITABLE), JS_WRITABLE, descriptor)
      || !read_accessor (vm, value, JS_NAME (vm, GET), "Getter", &descriptor->getter)
      || !read_accessor (vm, value, JS_NAME (vm, SET), "Setter", &descriptor->setter))
    return FALSE;
  descriptor->is_accessor = !js_is_hole (descriptor->getter) || !js_is_hole (descriptor->setter);
  if (!descriptor->is_accessor || (js_is_hole (descriptor->value) && !(descriptor->said & JS_WRITABLE)))
    return TRUE;
  text = js_message_text (vm, value);
  js_throw_type (
      vm, "Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, %s", text);
  return FALSE;
}

JsValue
js_from_descriptor (JsVm *vm, const JsDescriptor *descriptor)
{
  JsHandles handles = js_handles_open (vm);
  JsValue first = js_hold (vm, descriptor->is_accessor ? descriptor->getter : descriptor->value);
  JsValue second = js_hold (vm, descriptor->is_accessor ? descriptor->setter : JS_UNDEFINED);
  JsValue object = js_hold (vm, js_ref (js_new_object (vm)));
  struct
  {
    JsAtom *name;
    JsValue value;
  } fields[] = {
    { descriptor->is_accessor ? JS_NAME (vm, GET) : JS_NAME (vm, VALUE), first },
    { descriptor->is_accessor ? JS_NAME (vm, SET) : JS_NAME (vm, WRITABLE),
      descriptor->is_accessor ? second : js_boolean (descriptor->attributes & JS_WRITABLE) },
    { JS_NAME (vm, ENUMERABLE), js_boolean (descriptor->attributes & JS_ENUMERABLE) },
    { JS_NAME (vm, CONFIGURABLE), js_boolean (descriptor->attributes & JS_CONFIGURABLE) },
  };
  for (guint i = 0; i < G_N_ELEMENTS (fields) && !js_is_hole (object); i++)
    if (!js_define (vm, object.payload, js_key_atom (fields[i].name), fields[i].value, JS_ALL_ATTRIBUTES))
      object = JS_THROWN;
  js_handles_close (vm, handles);
  return object;
}

JsValue
js_own_descriptor (JsVm *vm, HpRef object, JsKey key)
{
  JsDescriptor descriptor;
  JsFound found = js_get_own (vm, object, key, &descriptor);
  if (found != JS_PRESENT)
    return found == JS_ABSENT ? JS_UNDEFINED : JS_THROWN;
  return js_from_descriptor (vm, &descriptor);
}

gboolean
js_define_own_or_throw (JsVm *vm, HpRef object, JsKey key, const JsDescriptor *descriptor)
{
  gboolean defined;
  JsFound before = js_has_own (vm, object, key);
  if (before == JS_FAILED || !js_define_own (vm, object, key, descriptor, &defined))
    return FALSE;
  if (defined)
    return TRUE;
  g_autofree char *text = js_key_text (vm, key);
  if (before == JS_PRESENT)
    js_throw_type (vm, "Cannot redefine property: %s", text);
  else
    js_throw_type (vm, "Cannot define property %s, object is not extensible", text);
  return FALSE;
}
