/* reflect.c - Reflect
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/descriptor.h"
#include "library/library.h"
#include "runtime/message.h"

/* The first argument as an object. FALSE: thrown. */
static gboolean
target_of (JsVm *vm, const JsCall *call, const char *method, JsValue *target)
{
  *target = js_argument (call, 0);
  if (js_is_object (vm, *target))
    return TRUE;
  js_throw_type (vm, "Reflect.%s called on non-object", method);
  return FALSE;
}

static JsValue
throw_not_callable (JsVm *vm, JsValue value)
{
  g_autofree char *text = js_message_text (vm, value);
  const char *type = js_typeof (vm, value)->text;

  return js_throw_type (vm,
                        "Function.prototype.apply was called on %s, which is %s %s and not a function",
                        text,
                        strcmp (type, "object") == 0 ? "an" : "a",
                        type);
}

static JsValue
reflect_apply (JsVm *vm, const JsCall *call)
{
  g_autofree JsValue *list = NULL;
  guint32 n;

  if (!js_is_callable (vm, js_argument (call, 0)))
    return throw_not_callable (vm, js_argument (call, 0));
  list = js_list_from_array_like (vm, js_argument (call, 2), &n);
  return list != NULL ? js_call (vm, call->arguments[0], js_argument (call, 1), list, n) : JS_THROWN;
}

static JsValue
reflect_construct (JsVm *vm, const JsCall *call)
{
  JsValue target = js_argument (call, 0), new_target = call->n > 2 ? call->arguments[2] : target;
  g_autofree JsValue *list = NULL;
  guint32 n;

  if (!js_is_constructor (vm, target) || !js_is_constructor (vm, new_target))
    {
      g_autofree char *text = js_message_text (vm, js_is_constructor (vm, target) ? new_target : target);
      return js_throw_type (vm, "%s is not a constructor", text);
    }
  list = js_list_from_array_like (vm, js_argument (call, 1), &n);
  return list != NULL ? js_construct (vm, target, list, n, new_target) : JS_THROWN;
}

static JsValue
reflect_define_property (JsVm *vm, const JsCall *call)
{
  JsValue target;
  JsKey key;
  JsDescriptor descriptor;
  gboolean defined;

  if (!target_of (vm, call, "defineProperty", &target) || !js_to_key (vm, js_argument (call, 1), &key)
      || !js_to_descriptor (vm, js_argument (call, 2), &descriptor)
      || !js_define_own (vm, target.payload, key, &descriptor, &defined))
    return JS_THROWN;
  return js_boolean (defined);
}

static JsValue
reflect_delete_property (JsVm *vm, const JsCall *call)
{
  JsValue target;
  JsKey key;
  gboolean deleted;

  if (!target_of (vm, call, "deleteProperty", &target) || !js_to_key (vm, js_argument (call, 1), &key)
      || !js_delete (vm, target.payload, key, &deleted))
    return JS_THROWN;
  return js_boolean (deleted);
}

static JsValue
reflect_get (JsVm *vm, const JsCall *call)
{
  JsValue target;
  JsKey key;

  if (!target_of (vm, call, "get", &target) || !js_to_key (vm, js_argument (call, 1), &key))
    return JS_THROWN;
  return js_get_for (vm, target, key, call->n > 2 ? call->arguments[2] : target);
}

static JsValue
reflect_set (JsVm *vm, const JsCall *call)
{
  JsValue target;
  JsKey key;

  if (!target_of (vm, call, "set", &target) || !js_to_key (vm, js_argument (call, 1), &key))
    return JS_THROWN;
  /* What cannot be set says so by an error here, which is no error there. */
  if (js_set_for (vm, target, key, js_argument (call, 2), call->n > 3 ? call->arguments[3] : target, TRUE))
    return JS_TRUE;
  if (vm->is_over || !js_is_kind (vm, vm->exception, JS_KIND_ERROR))
    return JS_THROWN;
  js_catch (vm);
  return JS_FALSE;
}

static JsValue
reflect_get_own_property_descriptor (JsVm *vm, const JsCall *call)
{
  JsValue target;
  JsKey key;
  JsDescriptor own;
  JsFound found;

  if (!target_of (vm, call, "getOwnPropertyDescriptor", &target) || !js_to_key (vm, js_argument (call, 1), &key))
    return JS_THROWN;
  found = js_get_own (vm, target.payload, key, &own);
  if (found != JS_PRESENT)
    return found == JS_FAILED ? JS_THROWN : JS_UNDEFINED;
  return js_from_descriptor (vm, &own);
}

static JsValue
reflect_get_prototype_of (JsVm *vm, const JsCall *call)
{
  JsValue target;

  return target_of (vm, call, "getPrototypeOf", &target) ? js_get_prototype (vm, target) : JS_THROWN;
}

static JsValue
reflect_set_prototype_of (JsVm *vm, const JsCall *call)
{
  JsValue target, prototype = js_argument (call, 1);
  gboolean set;

  if (!target_of (vm, call, "setPrototypeOf", &target))
    return JS_THROWN;
  if (!js_is_null (prototype) && !js_is_object (vm, prototype))
    {
      g_autofree char *text = js_message_text (vm, prototype);
      return js_throw_type (vm, "Object prototype may only be an Object or null: %s", text);
    }
  return js_set_prototype (vm, target.payload, prototype, &set) ? js_boolean (set) : JS_THROWN;
}

static JsValue
reflect_has (JsVm *vm, const JsCall *call)
{
  JsValue target;
  JsKey key;

  if (!target_of (vm, call, "has", &target) || !js_to_key (vm, js_argument (call, 1), &key))
    return JS_THROWN;
  return js_boolean (js_has (vm, target.payload, key) == JS_PRESENT);
}

static JsValue
reflect_is_extensible (JsVm *vm, const JsCall *call)
{
  JsValue target;

  return target_of (vm, call, "isExtensible", &target) ? js_boolean (js_is_extensible (vm, target.payload)) : JS_THROWN;
}

static JsValue
reflect_prevent_extensions (JsVm *vm, const JsCall *call)
{
  JsValue target;

  return target_of (vm, call, "preventExtensions", &target) && js_set_integrity (vm, target.payload, FALSE, FALSE)
             ? JS_TRUE
             : JS_THROWN;
}

static JsValue
reflect_own_keys (JsVm *vm, const JsCall *call)
{
  g_autoptr (GArray) keys = NULL;
  JsValue target, array;

  if (!target_of (vm, call, "ownKeys", &target))
    return JS_THROWN;
  keys = js_own_keys (vm, target.payload, JS_KEYS_STRINGS | JS_KEYS_SYMBOLS);
  array = js_hold (vm, js_ref (js_new_array (vm, keys->len)));
  for (guint i = 0; i < keys->len && !js_is_hole (array); i++)
    if (!js_array_push (vm, array.payload, js_key_value (vm, g_array_index (keys, JsKey, i))))
      return JS_THROWN;
  return array;
}

static const JsNativeRow REFLECT[] = {
  JS_METHOD ("apply", reflect_apply, 3),
  JS_METHOD ("construct", reflect_construct, 2),
  JS_METHOD ("defineProperty", reflect_define_property, 3),
  JS_METHOD ("deleteProperty", reflect_delete_property, 2),
  JS_METHOD ("get", reflect_get, 2),
  JS_METHOD ("getOwnPropertyDescriptor", reflect_get_own_property_descriptor, 2),
  JS_METHOD ("getPrototypeOf", reflect_get_prototype_of, 1),
  JS_METHOD ("has", reflect_has, 2),
  JS_METHOD ("isExtensible", reflect_is_extensible, 1),
  JS_METHOD ("ownKeys", reflect_own_keys, 1),
  JS_METHOD ("preventExtensions", reflect_prevent_extensions, 1),
  JS_METHOD ("set", reflect_set, 3),
  JS_METHOD ("setPrototypeOf", reflect_set_prototype_of, 2),
  JS_STRING ("@@toStringTag", "Reflect"),
};

static JsValue
create_reflect (JsVm *vm)
{
  return js_library_namespace (vm, JS_ROWS (REFLECT));
}

static const JsNativeRow GLOBALS[] = { JS_OBJECT ("Reflect", create_reflect) };

const JsLibrary js_library_reflect = { .globals = GLOBALS, .n_globals = G_N_ELEMENTS (GLOBALS) };
