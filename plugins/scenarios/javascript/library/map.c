/* map.c - Map and Set, and their iterators (V8: src/builtins/builtins-collections-gen.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/map.h"

#include "library/collection.h"
#include "library/iterator.h"
#include "runtime/elements.h"
#include "runtime/function.h"
#include "runtime/message.h"
#include "runtime/table.h"

enum
{
  SLOT_TABLE, /* undefined when it is over */
  SLOT_INDEX,
  SLOT_WHICH,
};

enum
{
  KEYS,
  VALUES,
  ENTRIES,
};

static gboolean
check (JsVm *vm, const JsCall *call, JsKind kind)
{
  return js_check_receiver (vm, call, kind, kind == JS_KIND_MAP ? "Map" : "Set");
}

/* -0 is kept as 0. */
static JsValue
normal_key (JsVm *vm, JsValue key)
{
  return js_is_kind (vm, key, JS_KIND_HEAP_NUMBER) && js_heap_number (vm, key.payload) == 0 ? js_smi (0) : key;
}

/* ---- what both have ---------------------------------------------------------------------------------------------- */

static gboolean
put (JsVm *vm, HpRef self, JsValue key, JsValue value)
{
  return js_table_put (vm, self, normal_key (vm, key), value);
}

static JsValue
has (JsVm *vm, const JsCall *call, JsKind kind)
{
  if (!check (vm, call, kind))
    return JS_THROWN;
  return js_boolean (js_table_has (vm, call->receiver.payload, js_argument (call, 0)));
}

static JsValue
delete_key (JsVm *vm, const JsCall *call, JsKind kind)
{
  if (!check (vm, call, kind))
    return JS_THROWN;
  return js_boolean (js_table_delete (vm, call->receiver.payload, js_argument (call, 0)));
}

static JsValue
clear (JsVm *vm, const JsCall *call, JsKind kind)
{
  if (!check (vm, call, kind))
    return JS_THROWN;
  js_table_clear (vm, call->receiver.payload);
  return JS_UNDEFINED;
}

static JsValue
size (JsVm *vm, const JsCall *call, JsKind kind)
{
  if (!check (vm, call, kind))
    return JS_THROWN;
  return js_smi ((gint32) js_table_size (vm, call->receiver.payload));
}

static JsValue
for_each (JsVm *vm, const JsCall *call, JsKind kind)
{
  guint32 index = 0;
  JsValue callback = js_argument (call, 0);
  guint table = js_handle_new (vm, JS_HOLE);
  HpRef now;

  if (!check (vm, call, kind))
    return JS_THROWN;
  if (!js_is_callable (vm, callback))
    {
      g_autofree char *text = js_call_site_text (vm, callback);
      return js_throw_type (vm, "%s is not a function", text);
    }
  now = js_get_own_slot (vm, call->receiver.payload, JS_COLLECTION_SLOT_TABLE).payload;
  while (js_vm_tick (vm))
    {
      JsValue key, value;

      js_handle_set (vm, table, js_ref (now));
      now = js_table_follow (vm, now, &index);
      js_handle_set (vm, table, js_ref (now));
      key = js_table_next (vm, now, &index, &value);
      if (js_is_hole (key))
        return JS_UNDEFINED;
      if (js_is_hole (js_call (vm, callback, js_argument (call, 1), (JsValue[]){ value, key, call->receiver }, 3)))
        return JS_THROWN;
    }
  return JS_THROWN;
}

/* ---- Map --------------------------------------------------------------------------------------------------------- */

static JsValue
map_get (JsVm *vm, const JsCall *call)
{
  if (!check (vm, call, JS_KIND_MAP))
    return JS_THROWN;
  return js_table_get (vm, call->receiver.payload, js_argument (call, 0));
}

static JsValue
map_set (JsVm *vm, const JsCall *call)
{
  if (!check (vm, call, JS_KIND_MAP) || !put (vm, call->receiver.payload, js_argument (call, 0), js_argument (call, 1)))
    return JS_THROWN;
  return call->receiver;
}

static JsValue
map_has (JsVm *vm, const JsCall *call)
{
  return has (vm, call, JS_KIND_MAP);
}

static JsValue
map_delete (JsVm *vm, const JsCall *call)
{
  return delete_key (vm, call, JS_KIND_MAP);
}

static JsValue
map_clear (JsVm *vm, const JsCall *call)
{
  return clear (vm, call, JS_KIND_MAP);
}

static JsValue
map_size (JsVm *vm, const JsCall *call)
{
  return size (vm, call, JS_KIND_MAP);
}

static JsValue
map_for_each (JsVm *vm, const JsCall *call)
{
  return for_each (vm, call, JS_KIND_MAP);
}

/* ---- Set --------------------------------------------------------------------------------------------------------- */

static JsValue
set_add (JsVm *vm, const JsCall *call)
{
  if (!check (vm, call, JS_KIND_SET) || !put (vm, call->receiver.payload, js_argument (call, 0), JS_HOLE))
    return JS_THROWN;
  return call->receiver;
}

static JsValue
set_has (JsVm *vm, const JsCall *call)
{
  return has (vm, call, JS_KIND_SET);
}

static JsValue
set_delete (JsVm *vm, const JsCall *call)
{
  return delete_key (vm, call, JS_KIND_SET);
}

static JsValue
set_clear (JsVm *vm, const JsCall *call)
{
  return clear (vm, call, JS_KIND_SET);
}

static JsValue
set_size (JsVm *vm, const JsCall *call)
{
  return size (vm, call, JS_KIND_SET);
}

static JsValue
set_for_each (JsVm *vm, const JsCall *call)
{
  return for_each (vm, call, JS_KIND_SET);
}

/* ---- iterators --------------------------------------------------------------------------------------------------- */

static JsValue
new_iterator (JsVm *vm, HpRef owner, JsKind kind, int which)
{
  HpRef iterator = js_new_object_of_kind (vm, kind);

  if (iterator == HP_REF_NONE)
    return JS_THROWN;
  js_set_own_slot (vm, iterator, SLOT_TABLE, js_get_own_slot (vm, owner, JS_COLLECTION_SLOT_TABLE));
  js_set_own_slot (vm, iterator, SLOT_INDEX, js_smi (0));
  js_set_own_slot (vm, iterator, SLOT_WHICH, js_smi (which));
  return js_ref (iterator);
}

static JsValue
map_keys (JsVm *vm, const JsCall *call)
{
  return check (vm, call, JS_KIND_MAP) ? new_iterator (vm, call->receiver.payload, JS_KIND_MAP_ITERATOR, KEYS)
                                       : JS_THROWN;
}

static JsValue
map_values (JsVm *vm, const JsCall *call)
{
  return check (vm, call, JS_KIND_MAP) ? new_iterator (vm, call->receiver.payload, JS_KIND_MAP_ITERATOR, VALUES)
                                       : JS_THROWN;
}

static JsValue
map_entries (JsVm *vm, const JsCall *call)
{
  return check (vm, call, JS_KIND_MAP) ? new_iterator (vm, call->receiver.payload, JS_KIND_MAP_ITERATOR, ENTRIES)
                                       : JS_THROWN;
}

static JsValue
set_values (JsVm *vm, const JsCall *call)
{
  return check (vm, call, JS_KIND_SET) ? new_iterator (vm, call->receiver.payload, JS_KIND_SET_ITERATOR, VALUES)
                                       : JS_THROWN;
}

static JsValue
set_entries (JsVm *vm, const JsCall *call)
{
  return check (vm, call, JS_KIND_SET) ? new_iterator (vm, call->receiver.payload, JS_KIND_SET_ITERATOR, ENTRIES)
                                       : JS_THROWN;
}

static JsValue
pair_of (JsVm *vm, JsValue key, JsValue value)
{
  JsHandles handles = js_handles_open (vm);
  JsValue pair;

  js_hold (vm, key);
  js_hold (vm, value);
  pair = js_ref (js_new_array_of (vm, (const JsValue[]){ key, value }, 2));
  js_handles_close (vm, handles);
  return pair;
}

/* A live iterator follows its table, which may have been replaced since. */
static JsValue
step (JsVm *vm, HpRef iterator, gboolean *done)
{
  JsValue table = js_get_own_slot (vm, iterator, SLOT_TABLE), key, value;
  guint32 index;
  HpRef now;

  *done = !js_is_ref (table);
  if (*done)
    return JS_HOLE;
  index = (guint32) js_as_smi (js_get_own_slot (vm, iterator, SLOT_INDEX));
  now = js_table_follow (vm, table.payload, &index);
  key = js_table_next (vm, now, &index, &value);
  js_set_own_slot (vm, iterator, SLOT_TABLE, js_is_hole (key) ? JS_UNDEFINED : js_ref (now));
  js_set_own_slot (vm, iterator, SLOT_INDEX, js_smi ((gint32) index));
  *done = js_is_hole (key);
  if (*done)
    return JS_HOLE;
  switch (js_as_smi (js_get_own_slot (vm, iterator, SLOT_WHICH)))
    {
    case KEYS:
      return key;
    case ENTRIES:
      return pair_of (vm, key, value);
    default:
      return value;
    }
}

gboolean
js_collection_gives_entries (JsVm *vm, HpRef iterator)
{
  return js_as_smi (js_get_own_slot (vm, iterator, SLOT_WHICH)) == ENTRIES;
}

JsValue
js_collection_rest (JsVm *vm, HpRef iterator)
{
  HpRef copy = js_new_object_of_kind (vm, (JsKind) js_class_of (vm, iterator)->kind);

  if (copy == HP_REF_NONE)
    return JS_THROWN;
  js_hold (vm, js_ref (copy));
  for (guint slot = SLOT_TABLE; slot <= SLOT_WHICH; slot++)
    js_set_own_slot (vm, copy, slot, js_get_own_slot (vm, iterator, slot));
  return js_array_from_iterable (vm, js_ref (copy));
}

static JsValue
map_next (JsVm *vm, const JsCall *call)
{
  return js_iterator_next (vm, call, JS_KIND_MAP_ITERATOR, "Map Iterator.prototype.next");
}

static JsValue
set_next (JsVm *vm, const JsCall *call)
{
  return js_iterator_next (vm, call, JS_KIND_SET_ITERATOR, "Set Iterator.prototype.next");
}

/* ---- constructors ------------------------------------------------------------------------------------------------ */

static gboolean
create_map (JsVm *vm, HpRef self)
{
  return js_table_create (vm, self, JS_KIND_ORDERED_MAP);
}

static gboolean
create_set (JsVm *vm, HpRef self)
{
  return js_table_create (vm, self, JS_KIND_ORDERED_SET);
}

static JsValue
construct_map (JsVm *vm, const JsCall *call)
{
  static const JsCollection MAP = { "Map", JS_KIND_MAP, TRUE, create_map, put, map_set };

  return js_collection_construct (vm, call, &MAP);
}

static JsValue
construct_set (JsVm *vm, const JsCall *call)
{
  static const JsCollection SET = { "Set", JS_KIND_SET, FALSE, create_set, put, set_add };

  return js_collection_construct (vm, call, &SET);
}

static JsValue
get_species (JsVm *vm, const JsCall *call)
{
  (void) vm;
  return call->receiver;
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

static void
init (JsVm *vm)
{
  static const char *const TABLE[] = { "table" };
  static const char *const ITERATOR[] = { "table", "index", "kind" };
  static const struct
  {
    JsKind kind;
    JsIntrinsic prototype;
  } KINDS[] = { { JS_KIND_MAP, JS_INTRINSIC_MAP_PROTOTYPE },
                { JS_KIND_SET, JS_INTRINSIC_SET_PROTOTYPE },
                { JS_KIND_MAP_ITERATOR, JS_INTRINSIC_MAP_ITERATOR_PROTOTYPE },
                { JS_KIND_SET_ITERATOR, JS_INTRINSIC_SET_ITERATOR_PROTOTYPE } };

  js_ordered_table_define (vm, JS_KIND_ORDERED_MAP);
  js_ordered_table_define (vm, JS_KIND_ORDERED_SET);
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    js_define_kind (vm,
                    &(JsClassTemplate){ .kind = KINDS[i].kind,
                                        .n_own = i < 2 ? JS_N_COLLECTION_SLOTS : 3,
                                        .own_names = i < 2 ? TABLE : ITERATOR,
                                        .intrinsic_prototype = KINDS[i].prototype + 1 });
  vm->step[JS_KIND_MAP_ITERATOR] = vm->step[JS_KIND_SET_ITERATOR] = step;
}

static const JsNativeRow map_members[] = {
  JS_METHOD ("get", map_get, 1),          JS_METHOD ("set", map_set, 2),      JS_METHOD ("has", map_has, 1),
  JS_METHOD ("delete", map_delete, 1),    JS_METHOD ("clear", map_clear, 0),  JS_METHOD ("entries", map_entries, 0),
  JS_METHOD ("forEach", map_for_each, 1), JS_METHOD ("keys", map_keys, 0),    JS_GETTER ("size", map_size),
  JS_METHOD ("values", map_values, 0),    JS_STRING ("@@toStringTag", "Map"), JS_ALIAS ("@@iterator", "entries"),
};
static const JsNativeRow set_members[] = {
  JS_METHOD ("has", set_has, 1),      JS_METHOD ("add", set_add, 1),         JS_METHOD ("delete", set_delete, 1),
  JS_METHOD ("clear", set_clear, 0),  JS_METHOD ("entries", set_entries, 0), JS_METHOD ("forEach", set_for_each, 1),
  JS_GETTER ("size", set_size),       JS_METHOD ("values", set_values, 0),   JS_ALIAS ("keys", "values"),
  JS_STRING ("@@toStringTag", "Set"), JS_ALIAS ("@@iterator", "values"),
};
static const JsNativeRow statics[] = { JS_GETTER ("@@species", get_species) };
static const JsNativeRow map_iterator_members[] = { JS_METHOD ("next", map_next, 0),
                                                    JS_STRING ("@@toStringTag", "Map Iterator") };
static const JsNativeRow set_iterator_members[] = { JS_METHOD ("next", set_next, 0),
                                                    JS_STRING ("@@toStringTag", "Set Iterator") };

static const JsLibraryClass classes[] = {
  { .name = "Map",
    .construct = construct_map,
    .prototype = JS_INTRINSIC_MAP_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = map_members,
    .n_members = G_N_ELEMENTS (map_members),
    .statics = statics,
    .n_statics = G_N_ELEMENTS (statics) },
  { .name = "Set",
    .construct = construct_set,
    .prototype = JS_INTRINSIC_SET_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = set_members,
    .n_members = G_N_ELEMENTS (set_members),
    .statics = statics,
    .n_statics = G_N_ELEMENTS (statics) },
  { .prototype = JS_INTRINSIC_MAP_ITERATOR_PROTOTYPE,
    .parent = JS_INTRINSIC_ITERATOR_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = map_iterator_members,
    .n_members = G_N_ELEMENTS (map_iterator_members) },
  { .prototype = JS_INTRINSIC_SET_ITERATOR_PROTOTYPE,
    .parent = JS_INTRINSIC_ITERATOR_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = set_iterator_members,
    .n_members = G_N_ELEMENTS (set_iterator_members) },
};

const JsLibrary js_library_map = { .init = init, .classes = classes, .n_classes = G_N_ELEMENTS (classes) };
