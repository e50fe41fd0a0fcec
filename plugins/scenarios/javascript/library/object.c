/* object.c - Object: its constructor and what hangs on it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/descriptor.h"
#include "library/object_prototype.h"
#include "runtime/message.h"

static JsValue
object_construct (JsVm *vm, const JsCall *call)
{
  JsValue value = js_argument (call, 0);
  if (!js_is_undefined (call->new_target) && call->new_target.payload != call->callee)
    return js_ref (js_new_object_for (vm, JS_KIND_OBJECT, call->new_target));
  return js_is_nullish (value) ? js_ref (js_new_object (vm)) : js_to_object (vm, value);
}

/* ---- copying and listing ----------------------------------------------------------------------------------------- */

/* The own property @key of @object where it is enumerable; JS_ABSENT else. @value is not held. */
static JsFound
get_enumerable (JsVm *vm, JsValue object, JsKey key, JsValue *value)
{
  JsDescriptor own;
  JsFound found = js_get_own (vm, object.payload, key, &own);
  if (found != JS_PRESENT)
    return found;
  if (!(own.attributes & JS_ENUMERABLE))
    return JS_ABSENT;
  *value = own.is_accessor ? js_get (vm, object, key) : own.value;
  return js_is_hole (*value) ? JS_FAILED : JS_PRESENT;
}

static gboolean
assign_from (JsVm *vm, JsValue target, JsValue source)
{
  g_autoptr (GArray) keys = js_own_keys (vm, source.payload, JS_KEYS_STRINGS | JS_KEYS_SYMBOLS);
  for (guint i = 0; i < keys->len; i++)
    {
      JsKey key = g_array_index (keys, JsKey, i);
      JsValue value;
      JsFound found = get_enumerable (vm, source, key, &value);
      if (found == JS_FAILED || !js_vm_tick (vm))
        return FALSE;
      if (found == JS_ABSENT)
        continue;
      JsHandles handles = js_handles_open (vm);
      gboolean set = js_set (vm, target, key, js_hold (vm, value), TRUE);
      js_handles_close (vm, handles);
      if (!set)
        return FALSE;
    }
  return TRUE;
}

static JsValue
object_assign (JsVm *vm, const JsCall *call)
{
  JsValue target = js_hold (vm, js_to_object (vm, js_argument (call, 0)));
  if (js_is_hole (target))
    return JS_THROWN;
  for (guint i = 1; i < call->n; i++)
    {
      JsValue source = call->arguments[i];
      if (js_is_nullish (source) || !js_is_ref (source))
        continue;
      source = js_hold (vm, js_to_object (vm, source));
      if (js_is_hole (source) || !assign_from (vm, target, source))
        return JS_THROWN;
    }
  return target;
}

typedef enum
{
  LIST_KEYS,
  LIST_VALUES,
  LIST_ENTRIES,
} ListKind;

/* FALSE: thrown. */
static gboolean
list_one (JsVm *vm, JsValue object, JsKey key, ListKind kind, JsValue list)
{
  if (kind == LIST_KEYS)
    return js_array_push (vm, list.payload, js_key_value (vm, key));
  JsValue pair[2];
  JsFound found = get_enumerable (vm, object, key, &pair[1]);
  if (found != JS_PRESENT)
    return found == JS_ABSENT;
  if (kind == LIST_VALUES)
    return js_array_push (vm, list.payload, pair[1]);
  JsHandles handles = js_handles_open (vm);
  js_hold (vm, pair[1]);
  pair[0] = js_key_value (vm, key);
  JsValue entry = js_is_hole (pair[0]) ? JS_THROWN : js_ref (js_new_array_of (vm, pair, 2));
  js_handles_close (vm, handles);
  return !js_is_hole (entry) && js_array_push (vm, list.payload, entry);
}

static JsValue
list_properties (JsVm *vm, const JsCall *call, JsKeysWanted wanted, ListKind kind)
{
  JsValue object = js_hold (vm, js_to_object (vm, js_argument (call, 0)));
  if (js_is_hole (object))
    return JS_THROWN;
  g_autoptr (GArray) keys = js_own_keys (vm, object.payload, wanted);
  JsValue list = js_hold (vm, js_ref (js_new_array (vm, keys->len)));
  if (js_is_hole (list))
    return JS_THROWN;
  for (guint i = 0; i < keys->len; i++)
    if (!js_vm_tick (vm) || !list_one (vm, object, g_array_index (keys, JsKey, i), kind, list))
      return JS_THROWN;
  return list;
}

static JsValue
object_keys (JsVm *vm, const JsCall *call)
{
  return list_properties (vm, call, JS_KEYS_STRINGS | JS_KEYS_ENUMERABLE, LIST_KEYS);
}

static JsValue
object_values (JsVm *vm, const JsCall *call)
{
  return list_properties (vm, call, JS_KEYS_STRINGS, LIST_VALUES);
}

static JsValue
object_entries (JsVm *vm, const JsCall *call)
{
  return list_properties (vm, call, JS_KEYS_STRINGS, LIST_ENTRIES);
}

static JsValue
object_get_own_property_names (JsVm *vm, const JsCall *call)
{
  return list_properties (vm, call, JS_KEYS_STRINGS, LIST_KEYS);
}

static JsValue
object_get_own_property_symbols (JsVm *vm, const JsCall *call)
{
  return list_properties (vm, call, JS_KEYS_SYMBOLS, LIST_KEYS);
}

/* FALSE: thrown. */
static gboolean
add_entry (JsVm *vm, JsValue object, JsValue entry)
{
  js_hold (vm, entry);
  if (!js_is_object (vm, entry))
    {
      g_autofree char *text = js_message_text (vm, entry);
      js_throw_type (vm, "Iterator value %s is not an entry object", text);
      return FALSE;
    }
  JsValue name = js_hold (vm, js_get_index (vm, entry, 0));
  JsValue value = js_is_hole (name) ? JS_THROWN : js_hold (vm, js_get_index (vm, entry, 1));
  JsKey key;
  return !js_is_hole (value) && js_to_key (vm, name, &key)
         && js_define (vm, object.payload, key, value, JS_ALL_ATTRIBUTES);
}

static JsValue
object_from_entries (JsVm *vm, const JsCall *call)
{
  JsValue iterable = js_argument (call, 0);
  if (js_is_nullish (iterable))
    return js_throw_type (vm, "undefined is not iterable");
  JsValue object = js_hold (vm, js_ref (js_new_object (vm)));
  JsIteration iteration;
  if (js_is_hole (object) || !js_iterate (vm, &iteration, iterable))
    return JS_THROWN;
  for (;;)
    {
      JsValue entry = js_iterate_next (vm, &iteration);
      if (js_is_hole (entry))
        return iteration.done ? object : JS_THROWN;
      JsHandles handles = js_handles_open (vm);
      gboolean added = add_entry (vm, object, entry);
      js_handles_close (vm, handles);
      if (!added || !js_vm_tick (vm))
        {
          js_iterate_close (vm, &iteration);
          return JS_THROWN;
        }
    }
}

/* ---- prototypes -------------------------------------------------------------------------------------------------- */

static gboolean
check_prototype (JsVm *vm, JsValue prototype)
{
  if (js_is_null (prototype) || js_is_object (vm, prototype))
    return TRUE;
  g_autofree char *text = js_message_text (vm, prototype);
  js_throw_type (vm, "Object prototype may only be an Object or null: %s", text);
  return FALSE;
}

static JsValue
object_get_prototype_of (JsVm *vm, const JsCall *call)
{
  JsValue value = js_argument (call, 0);
  if (js_is_nullish (value))
    return js_throw_type (vm, "Cannot convert undefined or null to object");
  return js_get_prototype (vm, value);
}

static JsValue
object_set_prototype_of (JsVm *vm, const JsCall *call)
{
  JsValue object = js_argument (call, 0), prototype = js_argument (call, 1);
  if (js_is_nullish (object))
    return js_throw_type (vm, "Object.setPrototypeOf called on null or undefined");
  if (!check_prototype (vm, prototype))
    return JS_THROWN;
  if (!js_is_object (vm, object))
    return object;
  return js_set_prototype_or_throw (vm, object, prototype) ? object : JS_THROWN;
}

static gboolean
define_all (JsVm *vm, JsValue object, JsValue descriptors)
{
  descriptors = js_hold (vm, js_to_object (vm, descriptors));
  if (js_is_hole (descriptors))
    return FALSE;
  g_autoptr (GArray)
      keys = js_own_keys (vm, descriptors.payload, JS_KEYS_STRINGS | JS_KEYS_SYMBOLS | JS_KEYS_ENUMERABLE);
  g_autofree JsDescriptor *list = g_new0 (JsDescriptor, keys->len);
  for (guint i = 0; i < keys->len; i++)
    {
      JsValue value = js_hold (vm, js_get (vm, descriptors, g_array_index (keys, JsKey, i)));
      if (js_is_hole (value) || !js_to_descriptor (vm, value, &list[i]))
        return FALSE;
    }
  for (guint i = 0; i < keys->len; i++)
    if (!js_define_own_or_throw (vm, object.payload, g_array_index (keys, JsKey, i), &list[i]))
      return FALSE;
  return TRUE;
}

static JsValue
object_create (JsVm *vm, const JsCall *call)
{
  if (!check_prototype (vm, js_argument (call, 0)))
    return JS_THROWN;
  JsValue object = js_hold (vm, js_ref (js_new_object_with_prototype (vm, call->arguments[0])));
  if (js_is_hole (object) || js_is_undefined (js_argument (call, 1)))
    return object;
  return define_all (vm, object, call->arguments[1]) ? object : JS_THROWN;
}

/* ---- single properties ------------------------------------------------------------------------------------------- */

static JsValue
object_define_property (JsVm *vm, const JsCall *call)
{
  JsValue object = js_argument (call, 0);
  JsKey key;
  JsDescriptor descriptor;
  if (!js_is_object (vm, object))
    return js_throw_type (vm, "Object.defineProperty called on non-object");
  if (!js_to_key (vm, js_argument (call, 1), &key) || !js_to_descriptor (vm, js_argument (call, 2), &descriptor)
      || !js_define_own_or_throw (vm, object.payload, key, &descriptor))
    return JS_THROWN;
  return object;
}

static JsValue
object_define_properties (JsVm *vm, const JsCall *call)
{
  JsValue object = js_argument (call, 0);
  if (!js_is_object (vm, object))
    return js_throw_type (vm, "Object.defineProperties called on non-object");
  return define_all (vm, object, js_argument (call, 1)) ? object : JS_THROWN;
}

static JsValue
object_get_own_property_descriptor (JsVm *vm, const JsCall *call)
{
  JsValue object = js_hold (vm, js_to_object (vm, js_argument (call, 0)));
  JsKey key;
  if (js_is_hole (object) || !js_to_key (vm, js_argument (call, 1), &key))
    return JS_THROWN;
  return js_own_descriptor (vm, object.payload, key);
}

static JsValue
object_get_own_property_descriptors (JsVm *vm, const JsCall *call)
{
  JsValue object = js_hold (vm, js_to_object (vm, js_argument (call, 0)));
  JsValue result = js_is_hole (object) ? JS_THROWN : js_hold (vm, js_ref (js_new_object (vm)));
  if (js_is_hole (result))
    return JS_THROWN;
  g_autoptr (GArray) keys = js_own_keys (vm, object.payload, JS_KEYS_STRINGS | JS_KEYS_SYMBOLS);
  for (guint i = 0; i < keys->len; i++)
    {
      JsKey key = g_array_index (keys, JsKey, i);
      JsHandles handles = js_handles_open (vm);
      JsValue descriptor = js_hold (vm, js_own_descriptor (vm, object.payload, key));
      gboolean defined = !js_is_hole (descriptor)
                         && (js_is_undefined (descriptor)
                             || js_define (vm, result.payload, key, descriptor, JS_ALL_ATTRIBUTES));
      js_handles_close (vm, handles);
      if (!defined)
        return JS_THROWN;
    }
  return result;
}

static JsValue
object_has_own (JsVm *vm, const JsCall *call)
{
  JsValue object = js_hold (vm, js_to_object (vm, js_argument (call, 0)));
  JsKey key;
  if (js_is_hole (object) || !js_to_key (vm, js_argument (call, 1), &key))
    return JS_THROWN;
  JsFound found = js_has_own (vm, object.payload, key);
  return found == JS_FAILED ? JS_THROWN : js_boolean (found == JS_PRESENT);
}

static JsValue
object_is (JsVm *vm, const JsCall *call)
{
  return js_boolean (js_same_value (vm, js_argument (call, 0), js_argument (call, 1)));
}

/* ---- integrity --------------------------------------------------------------------------------------------------- */

static JsValue
set_integrity (JsVm *vm, const JsCall *call, gboolean sealed, gboolean frozen)
{
  JsValue object = js_argument (call, 0);
  if (js_is_object (vm, object) && !js_set_integrity (vm, object.payload, sealed, frozen))
    return JS_THROWN;
  return object;
}

static JsValue
object_freeze (JsVm *vm, const JsCall *call)
{
  return set_integrity (vm, call, TRUE, TRUE);
}

static JsValue
object_seal (JsVm *vm, const JsCall *call)
{
  return set_integrity (vm, call, TRUE, FALSE);
}

static JsValue
object_prevent_extensions (JsVm *vm, const JsCall *call)
{
  return set_integrity (vm, call, FALSE, FALSE);
}

static JsValue
object_is_frozen (JsVm *vm, const JsCall *call)
{
  JsValue object = js_argument (call, 0);
  return js_boolean (!js_is_object (vm, object) || js_test_integrity (vm, object.payload, TRUE));
}

static JsValue
object_is_sealed (JsVm *vm, const JsCall *call)
{
  JsValue object = js_argument (call, 0);
  return js_boolean (!js_is_object (vm, object) || js_test_integrity (vm, object.payload, FALSE));
}

static JsValue
object_is_extensible (JsVm *vm, const JsCall *call)
{
  JsValue object = js_argument (call, 0);
  return js_boolean (js_is_object (vm, object) && js_is_extensible (vm, object.payload));
}

static const JsNativeRow statics[] = {
  JS_METHOD ("assign", object_assign, 2),
  JS_METHOD ("getOwnPropertyDescriptor", object_get_own_property_descriptor, 2),
  JS_METHOD ("getOwnPropertyDescriptors", object_get_own_property_descriptors, 1),
  JS_METHOD ("getOwnPropertyNames", object_get_own_property_names, 1),
  JS_METHOD ("getOwnPropertySymbols", object_get_own_property_symbols, 1),
  JS_METHOD ("hasOwn", object_has_own, 2),
  JS_METHOD ("is", object_is, 2),
  JS_METHOD ("preventExtensions", object_prevent_extensions, 1),
  JS_METHOD ("seal", object_seal, 1),
  JS_METHOD ("create", object_create, 2),
  JS_METHOD ("defineProperties", object_define_properties, 2),
  JS_METHOD ("defineProperty", object_define_property, 3),
  JS_METHOD ("freeze", object_freeze, 1),
  JS_METHOD ("getPrototypeOf", object_get_prototype_of, 1),
  JS_METHOD ("setPrototypeOf", object_set_prototype_of, 2),
  JS_METHOD ("isExtensible", object_is_extensible, 1),
  JS_METHOD ("isFrozen", object_is_frozen, 1),
  JS_METHOD ("isSealed", object_is_sealed, 1),
  JS_METHOD ("keys", object_keys, 1),
  JS_METHOD ("entries", object_entries, 1),
  JS_METHOD ("fromEntries", object_from_entries, 1),
  JS_METHOD ("values", object_values, 1),
};

static const JsLibraryClass classes[] = {
  { .name = "Object",
    .construct = object_construct,
    .length = 1,
    .prototype = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = js_object_prototype_rows,
    .n_members = JS_N_OBJECT_PROTOTYPE_ROWS,
    .statics = statics,
    .n_statics = G_N_ELEMENTS (statics) },
};

const JsLibrary js_library_object = { .classes = classes, .n_classes = 1 };
