/* object_prototype.c - Object.prototype
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/object_prototype.h"
#include "library/descriptor.h"
#include "runtime/message.h"

/* ---- questions about properties ---------------------------------------------------------------------------------- */

/* The key that the first argument is, and the receiver as a held object. FALSE: thrown. */
static gboolean
key_and_object (JsVm *vm, const JsCall *call, JsKey *key, JsValue *object)
{
  if (!js_to_key (vm, js_argument (call, 0), key))
    return FALSE;
  *object = js_hold (vm, js_to_object (vm, call->receiver));
  return !js_is_hole (*object);
}

static JsValue
has_own_property (JsVm *vm, const JsCall *call)
{
  JsKey key;
  JsValue object;
  if (!key_and_object (vm, call, &key, &object))
    return JS_THROWN;
  JsFound found = js_has_own (vm, object.payload, key);
  return found == JS_FAILED ? JS_THROWN : js_boolean (found == JS_PRESENT);
}

static JsValue
property_is_enumerable (JsVm *vm, const JsCall *call)
{
  JsKey key;
  JsValue object;
  JsDescriptor own;
  if (!key_and_object (vm, call, &key, &object))
    return JS_THROWN;
  JsFound found = js_get_own (vm, object.payload, key, &own);
  return found == JS_FAILED ? JS_THROWN : js_boolean (found == JS_PRESENT && (own.attributes & JS_ENUMERABLE));
}

static JsValue
is_prototype_of (JsVm *vm, const JsCall *call)
{
  JsValue object = js_argument (call, 0);
  if (!js_is_object (vm, object))
    return JS_FALSE;
  JsValue prototype = js_to_object (vm, call->receiver);
  if (js_is_hole (prototype))
    return JS_THROWN;
  do
    object = js_get_prototype (vm, object);
  while (js_is_ref (object) && !js_is_identical (object, prototype));
  return js_boolean (js_is_ref (object));
}

/* ---- conversions ------------------------------------------------------------------------------------------------- */

static JsValue
to_string (JsVm *vm, const JsCall *call)
{
  JsValue receiver = call->receiver;
  const char *builtin = js_builtin_tag (vm, receiver);
  if (js_is_nullish (receiver))
    return js_string_printf (vm, "[object %s]", builtin);
  JsValue tag = js_get_named (vm, receiver, JS_SYMBOL (vm, TO_STRING_TAG));
  if (js_is_hole (tag))
    return JS_THROWN;
  if (!js_is_string (vm, tag))
    return js_string_printf (vm, "[object %s]", builtin);
  g_autofree char *text = js_string_to_utf8 (vm, tag.payload, NULL);
  return js_string_printf (vm, "[object %s]", text);
}

static JsValue
to_locale_string (JsVm *vm, const JsCall *call)
{
  return js_invoke (vm, call->receiver, JS_NAME (vm, TO_STRING), NULL, 0);
}

static JsValue
value_of (JsVm *vm, const JsCall *call)
{
  return js_to_object (vm, call->receiver);
}

/* ---- __proto__ --------------------------------------------------------------------------------------------------- */

gboolean
js_set_prototype_or_throw (JsVm *vm, JsValue object, JsValue prototype)
{
  gboolean set;
  if (!js_set_prototype (vm, object.payload, prototype, &set))
    return FALSE;
  if (set)
    return TRUE;
  g_autofree char *text = js_message_text (vm, object);
  if (js_is_identical (object, js_intrinsic (vm, JS_INTRINSIC_OBJECT_PROTOTYPE)))
    js_throw_type (vm, "Immutable prototype object 'Object.prototype' cannot have their prototype set");
  else if (!js_is_extensible (vm, object.payload))
    js_throw_type (vm, "%s is not extensible", text);
  else
    js_throw_type (vm, "Cyclic __proto__ value");
  return FALSE;
}

static JsValue
get_proto (JsVm *vm, const JsCall *call)
{
  if (js_is_nullish (call->receiver))
    return js_throw_type (vm, "Cannot convert undefined or null to object");
  return js_get_prototype (vm, call->receiver);
}

static JsValue
set_proto (JsVm *vm, const JsCall *call)
{
  JsValue prototype = js_argument (call, 0);
  if (js_is_nullish (call->receiver))
    return js_throw_type (vm, "Object.prototype.__proto__ called on null or undefined");
  if (!js_is_object (vm, call->receiver) || !(js_is_null (prototype) || js_is_object (vm, prototype)))
    return JS_UNDEFINED;
  return js_set_prototype_or_throw (vm, call->receiver, prototype) ? JS_UNDEFINED : JS_THROWN;
}

/* ---- the accessors' old names ------------------------------------------------------------------------------------ */

static JsValue
define_accessor (JsVm *vm, const JsCall *call, gboolean is_getter)
{
  JsValue object = js_hold (vm, js_to_object (vm, call->receiver));
  JsValue function = js_argument (call, 1);
  JsKey key;
  if (js_is_hole (object))
    return JS_THROWN;
  if (!js_is_callable (vm, function))
    return js_throw_type (vm, "Object.prototype.__define%cetter__: Expecting function", is_getter ? 'G' : 'S');
  if (!js_to_key (vm, js_argument (call, 0), &key))
    return JS_THROWN;
  JsDescriptor descriptor = { .is_accessor = TRUE,
                              .value = JS_HOLE,
                              .getter = is_getter ? function : JS_HOLE,
                              .setter = is_getter ? JS_HOLE : function,
                              .attributes = JS_ENUMERABLE | JS_CONFIGURABLE,
                              .said = JS_ENUMERABLE | JS_CONFIGURABLE };
  return js_define_own_or_throw (vm, object.payload, key, &descriptor) ? JS_UNDEFINED : JS_THROWN;
}

static JsValue
look_up_accessor (JsVm *vm, const JsCall *call, gboolean is_getter)
{
  JsValue object = js_hold (vm, js_to_object (vm, call->receiver));
  JsKey key;
  if (js_is_hole (object) || !js_to_key (vm, js_argument (call, 0), &key))
    return JS_THROWN;
  for (; js_is_ref (object); object = js_get_prototype (vm, object))
    {
      JsDescriptor own;
      JsFound found = js_get_own (vm, object.payload, key, &own);
      if (found == JS_FAILED)
        return JS_THROWN;
      if (found == JS_PRESENT)
        return !own.is_accessor ? JS_UNDEFINED : is_getter ? own.getter : own.setter;
    }
  return JS_UNDEFINED;
}

static JsValue
define_getter (JsVm *vm, const JsCall *call)
{
  return define_accessor (vm, call, TRUE);
}

static JsValue
define_setter (JsVm *vm, const JsCall *call)
{
  return define_accessor (vm, call, FALSE);
}

static JsValue
look_up_getter (JsVm *vm, const JsCall *call)
{
  return look_up_accessor (vm, call, TRUE);
}

static JsValue
look_up_setter (JsVm *vm, const JsCall *call)
{
  return look_up_accessor (vm, call, FALSE);
}

const JsNativeRow js_object_prototype_rows[] = {
  JS_METHOD ("__defineGetter__", define_getter, 2),
  JS_METHOD ("__defineSetter__", define_setter, 2),
  JS_METHOD ("hasOwnProperty", has_own_property, 1),
  JS_METHOD ("__lookupGetter__", look_up_getter, 1),
  JS_METHOD ("__lookupSetter__", look_up_setter, 1),
  JS_METHOD ("isPrototypeOf", is_prototype_of, 1),
  JS_METHOD ("propertyIsEnumerable", property_is_enumerable, 1),
  JS_METHOD ("toString", to_string, 0),
  JS_METHOD ("valueOf", value_of, 0),
  JS_GETTER ("__proto__", get_proto),
  JS_SETTER ("__proto__", set_proto),
  JS_METHOD ("toLocaleString", to_locale_string, 0),
};
G_STATIC_ASSERT (G_N_ELEMENTS (js_object_prototype_rows) == JS_N_OBJECT_PROTOTYPE_ROWS);
