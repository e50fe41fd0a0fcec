/* weak.c - WeakMap, WeakSet, WeakRef and FinalizationRegistry (V8: src/objects/js-weak-refs.h)
 *
 * What a WeakRef or a registry refers to weakly is in slot 0 of a cell of its own: the machine's weak slot.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/collection.h"
#include "library/library.h"
#include "runtime/jobs.h"
#include "runtime/message.h"
#include "runtime/table.h"

enum
{
  CELL_TARGET, /* weak */
  CELL_REGISTRY,
  CELL_TOKEN, /* true: the target itself; a weak cell; or undefined */
  CELL_HOLDINGS,
  CELL_NEXT,
  CELL_PREVIOUS,
};

enum
{
  REGISTRY_CLEANUP,
  REGISTRY_CELLS, /* the newest of those that wait */
  N_REGISTRY = 7  /* as V8's; the others are empty here */
};

#define REF_SLOT_CELL 0

/* Objects, and symbols that are not in the registry of Symbol.for (). */
static gboolean
can_be_weak (JsVm *vm, JsValue value)
{
  return js_is_object (vm, value) || (js_is_symbol (vm, value) && !js_symbol_atom (vm, value.payload)->registered);
}

/* ---- WeakMap and WeakSet ----------------------------------------------------------------------------------------- */

static gboolean
put_entry (JsVm *vm, HpRef self, JsValue key, JsValue value)
{
  if (can_be_weak (vm, key))
    return js_weak_table_put (vm, self, key, value);
  js_throw_type (vm, "Invalid value used as weak map key");
  return FALSE;
}

static gboolean
put_member (JsVm *vm, HpRef self, JsValue key, JsValue value)
{
  (void) value;
  if (can_be_weak (vm, key))
    return js_weak_table_put (vm, self, key, JS_TRUE);
  js_throw_type (vm, "Invalid value used in weak set");
  return FALSE;
}

static JsValue
has (JsVm *vm, const JsCall *call)
{
  JsValue key = js_argument (call, 0);

  return js_boolean (js_is_ref (key) && !js_is_hole (js_weak_table_get (vm, call->receiver.payload, key)));
}

static JsValue
delete_key (JsVm *vm, const JsCall *call)
{
  JsValue key = js_argument (call, 0);

  return js_boolean (js_is_ref (key) && js_weak_table_delete (vm, call->receiver.payload, key));
}

static JsValue
map_get (JsVm *vm, const JsCall *call)
{
  JsValue key = js_argument (call, 0), value = JS_HOLE;

  if (!js_check_receiver (vm, call, JS_KIND_WEAK_MAP, "WeakMap"))
    return JS_THROWN;
  if (js_is_ref (key))
    value = js_weak_table_get (vm, call->receiver.payload, key);
  return js_is_hole (value) ? JS_UNDEFINED : value;
}

static JsValue
map_set (JsVm *vm, const JsCall *call)
{
  if (!js_check_receiver (vm, call, JS_KIND_WEAK_MAP, "WeakMap")
      || !put_entry (vm, call->receiver.payload, js_argument (call, 0), js_argument (call, 1)))
    return JS_THROWN;
  return call->receiver;
}

static JsValue
map_has (JsVm *vm, const JsCall *call)
{
  return js_check_receiver (vm, call, JS_KIND_WEAK_MAP, "WeakMap") ? has (vm, call) : JS_THROWN;
}

static JsValue
map_delete (JsVm *vm, const JsCall *call)
{
  return js_check_receiver (vm, call, JS_KIND_WEAK_MAP, "WeakMap") ? delete_key (vm, call) : JS_THROWN;
}

static JsValue
set_add (JsVm *vm, const JsCall *call)
{
  if (!js_check_receiver (vm, call, JS_KIND_WEAK_SET, "WeakSet")
      || !put_member (vm, call->receiver.payload, js_argument (call, 0), JS_HOLE))
    return JS_THROWN;
  return call->receiver;
}

static JsValue
set_has (JsVm *vm, const JsCall *call)
{
  return js_check_receiver (vm, call, JS_KIND_WEAK_SET, "WeakSet") ? has (vm, call) : JS_THROWN;
}

static JsValue
set_delete (JsVm *vm, const JsCall *call)
{
  return js_check_receiver (vm, call, JS_KIND_WEAK_SET, "WeakSet") ? delete_key (vm, call) : JS_THROWN;
}

static JsValue
construct_map (JsVm *vm, const JsCall *call)
{
  static const JsCollection MAP = { "WeakMap", JS_KIND_WEAK_MAP, TRUE, js_weak_table_create, put_entry, map_set };

  return js_collection_construct (vm, call, &MAP);
}

static JsValue
construct_set (JsVm *vm, const JsCall *call)
{
  static const JsCollection SET = { "WeakSet", JS_KIND_WEAK_SET, FALSE, js_weak_table_create, put_member, set_add };

  return js_collection_construct (vm, call, &SET);
}

/* ---- WeakRef ----------------------------------------------------------------------------------------------------- */

/* A cell that refers to @target weakly; held. */
static JsValue
new_weak_target (JsVm *vm, JsValue target)
{
  HpRef cell = js_new_internal (vm, JS_KIND_WEAK_TARGET, 0);

  if (cell != HP_REF_NONE)
    hp_machine_write (vm->machine, cell, CELL_TARGET, target);
  return js_hold (vm, js_ref (cell));
}

static JsValue
construct_ref (JsVm *vm, const JsCall *call)
{
  JsValue target = js_argument (call, 0), self, cell;

  if (js_is_undefined (call->new_target))
    return js_throw_type (vm, "Constructor WeakRef requires 'new'");
  if (!can_be_weak (vm, target))
    return js_throw_type (vm, "WeakRef: invalid target");
  self = js_hold (vm, js_ref (js_new_object_for (vm, JS_KIND_WEAK_REF, call->new_target)));
  cell = js_is_hole (self) ? JS_THROWN : new_weak_target (vm, target);
  if (js_is_hole (cell))
    return JS_THROWN;
  js_set_own_slot (vm, self.payload, REF_SLOT_CELL, cell);
  return self;
}

static JsValue
ref_deref (JsVm *vm, const JsCall *call)
{
  if (!js_check_receiver (vm, call, JS_KIND_WEAK_REF, "WeakRef"))
    return JS_THROWN;
  return hp_machine_deref (vm->machine, js_get_own_slot (vm, call->receiver.payload, REF_SLOT_CELL).payload);
}

/* ---- FinalizationRegistry ---------------------------------------------------------------------------------------- */

static JsValue
construct_registry (JsVm *vm, const JsCall *call)
{
  HpRef self;

  if (js_is_undefined (call->new_target))
    return js_throw_type (vm, "Constructor FinalizationRegistry requires 'new'");
  if (!js_is_callable (vm, js_argument (call, 0)))
    return js_throw_type (vm, "FinalizationRegistry: cleanup must be callable");
  self = js_new_object_for (vm, JS_KIND_FINALIZATION_REGISTRY, call->new_target);
  if (self != HP_REF_NONE)
    js_set_own_slot (vm, self, REGISTRY_CLEANUP, js_argument (call, 0));
  return js_ref (self);
}

static JsValue
cell_slot (JsVm *vm, HpRef cell, guint slot)
{
  return hp_machine_read (vm->machine, cell, slot);
}

static void
link_cell (JsVm *vm, HpRef registry, HpRef cell)
{
  JsValue first = js_get_own_slot (vm, registry, REGISTRY_CELLS);

  hp_machine_write (vm->machine, cell, CELL_NEXT, first);
  if (js_is_ref (first))
    hp_machine_write (vm->machine, first.payload, CELL_PREVIOUS, js_ref (cell));
  js_set_own_slot (vm, registry, REGISTRY_CELLS, js_ref (cell));
}

static void
unlink_cell (JsVm *vm, HpRef registry, HpRef cell)
{
  JsValue next = cell_slot (vm, cell, CELL_NEXT), previous = cell_slot (vm, cell, CELL_PREVIOUS);

  if (js_is_ref (next))
    hp_machine_write (vm->machine, next.payload, CELL_PREVIOUS, previous);
  if (js_is_ref (previous))
    hp_machine_write (vm->machine, previous.payload, CELL_NEXT, next);
  else
    js_set_own_slot (vm, registry, REGISTRY_CELLS, next);
  hp_machine_write (vm->machine, cell, CELL_REGISTRY, JS_UNDEFINED);
  hp_machine_write (vm->machine, cell, CELL_HOLDINGS, JS_UNDEFINED);
}

static JsValue
throw_token (JsVm *vm, JsValue token)
{
  g_autofree char *text = js_message_text (vm, token);

  return js_throw_type (vm, "Invalid unregisterToken ('%s')", text);
}

static JsValue
registry_register (JsVm *vm, const JsCall *call)
{
  JsValue target = js_argument (call, 0), holdings = js_argument (call, 1), token = js_argument (call, 2), mark, cell;

  if (!js_check_receiver (vm, call, JS_KIND_FINALIZATION_REGISTRY, "FinalizationRegistry"))
    return JS_THROWN;
  if (!can_be_weak (vm, target))
    return js_throw_type (vm, "FinalizationRegistry.prototype.register: invalid target");
  if (js_same_value (vm, target, holdings))
    return js_throw_type (vm, "FinalizationRegistry.prototype.register: target and holdings must not be same");
  if (!can_be_weak (vm, token) && !js_is_undefined (token))
    return throw_token (vm, token);
  mark = js_is_undefined (token)           ? JS_UNDEFINED
         : js_is_identical (token, target) ? JS_TRUE
                                           : new_weak_target (vm, token);
  cell = js_is_hole (mark) ? JS_THROWN : js_hold (vm, js_ref (js_new_internal (vm, JS_KIND_WEAK_CELL, 0)));
  if (js_is_hole (cell))
    return JS_THROWN;
  hp_machine_write (vm->machine, cell.payload, CELL_TARGET, target);
  hp_machine_write (vm->machine, cell.payload, CELL_REGISTRY, call->receiver);
  hp_machine_write (vm->machine, cell.payload, CELL_TOKEN, mark);
  hp_machine_write (vm->machine, cell.payload, CELL_HOLDINGS, holdings);
  link_cell (vm, call->receiver.payload, cell.payload);
  return JS_UNDEFINED;
}

static gboolean
has_token (JsVm *vm, HpRef cell, JsValue token)
{
  JsValue mark = cell_slot (vm, cell, CELL_TOKEN);

  if (js_is_boolean (mark))
    return js_is_identical (cell_slot (vm, cell, CELL_TARGET), token);
  return js_is_ref (mark) && js_is_identical (cell_slot (vm, mark.payload, CELL_TARGET), token);
}

static JsValue
registry_unregister (JsVm *vm, const JsCall *call)
{
  JsValue token = js_argument (call, 0), cell;
  gboolean removed = FALSE;

  if (!js_check_receiver (vm, call, JS_KIND_FINALIZATION_REGISTRY, "FinalizationRegistry"))
    return JS_THROWN;
  if (!can_be_weak (vm, token))
    return throw_token (vm, token);
  cell = js_get_own_slot (vm, call->receiver.payload, REGISTRY_CELLS);
  while (js_is_ref (cell) && js_vm_tick (vm))
    {
      JsValue next = cell_slot (vm, cell.payload, CELL_NEXT);
      if (has_token (vm, cell.payload, token))
        {
          unlink_cell (vm, call->receiver.payload, cell.payload);
          removed = TRUE;
        }
      cell = next;
    }
  return js_boolean (removed);
}

gboolean
js_finalize_next (JsVm *vm, gboolean *thrown)
{
  HpRef cell = hp_machine_take_finalized (vm->machine);
  JsHandles handles = js_handles_open (vm);
  JsValue registry, holdings, cleanup;

  *thrown = FALSE;
  if (cell == HP_REF_NONE)
    return FALSE;
  js_hold (vm, js_ref (cell));
  registry = js_hold (vm, cell_slot (vm, cell, CELL_REGISTRY));
  if (js_is_ref (registry))
    {
      holdings = js_hold (vm, cell_slot (vm, cell, CELL_HOLDINGS));
      cleanup = js_get_own_slot (vm, registry.payload, REGISTRY_CLEANUP);
      unlink_cell (vm, registry.payload, cell);
      *thrown = js_is_hole (js_call (vm, cleanup, JS_UNDEFINED, &holdings, 1));
    }
  js_handles_close (vm, handles);
  return TRUE;
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

static void
init (JsVm *vm)
{
  static const char *const TARGET[] = { "target", NULL };
  static const char *const CELL[] = { "target", "registry", "token", "holdings", "next", "previous", NULL };
  static const char *const TABLE[] = { "table" }, *const REF[] = { "cell" }, *const REGISTRY[] = { "cleanup",
                                                                                                   "cells",
                                                                                                   "native context",
                                                                                                   "cleared cells",
                                                                                                   "keys",
                                                                                                   "next",
                                                                                                   "flags" };
  static const struct
  {
    JsKind kind;
    JsIntrinsic prototype;
    guint n_own;
    const char *const *names;
  } KINDS[] = { { JS_KIND_WEAK_MAP, JS_INTRINSIC_WEAK_MAP_PROTOTYPE, JS_N_COLLECTION_SLOTS, TABLE },
                { JS_KIND_WEAK_SET, JS_INTRINSIC_WEAK_SET_PROTOTYPE, JS_N_COLLECTION_SLOTS, TABLE },
                { JS_KIND_WEAK_REF, JS_INTRINSIC_WEAK_REF_PROTOTYPE, 1, REF },
                { JS_KIND_FINALIZATION_REGISTRY, JS_INTRINSIC_FINALIZATION_REGISTRY_PROTOTYPE, N_REGISTRY, REGISTRY } };

  js_ephemeron_table_define (vm);
  js_define_internal_kind (vm, JS_KIND_WEAK_TARGET, 0, TARGET, HP_TAIL_NONE, HP_REFERENCES_WEAK);
  js_define_internal_kind (vm, JS_KIND_WEAK_CELL, 0, CELL, HP_TAIL_NONE, HP_REFERENCES_FINALIZED);
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    js_define_kind (vm,
                    &(JsClassTemplate){ .kind = KINDS[i].kind,
                                        .n_own = KINDS[i].n_own,
                                        .own_names = KINDS[i].names,
                                        .intrinsic_prototype = KINDS[i].prototype + 1 });
}

static const JsNativeRow map_members[] = {
  JS_METHOD ("delete", map_delete, 1), JS_METHOD ("get", map_get, 1),          JS_METHOD ("set", map_set, 2),
  JS_METHOD ("has", map_has, 1),       JS_STRING ("@@toStringTag", "WeakMap"),
};
static const JsNativeRow set_members[] = {
  JS_METHOD ("delete", set_delete, 1),
  JS_METHOD ("has", set_has, 1),
  JS_METHOD ("add", set_add, 1),
  JS_STRING ("@@toStringTag", "WeakSet"),
};
static const JsNativeRow ref_members[] = { JS_METHOD ("deref", ref_deref, 0), JS_STRING ("@@toStringTag", "WeakRef") };
static const JsNativeRow registry_members[] = {
  JS_METHOD ("register", registry_register, 2),
  JS_METHOD ("unregister", registry_unregister, 1),
  JS_STRING ("@@toStringTag", "FinalizationRegistry"),
};

#define WEAK_CLASS(id, text, function, n, rows)                                                                        \
  {                                                                                                                    \
    .name = text, .construct = function, .length = n, .prototype = JS_INTRINSIC_##id##_PROTOTYPE,                      \
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE, .kind = JS_KIND_OBJECT, .members = rows, .n_members = G_N_ELEMENTS (rows) \
  }

static const JsLibraryClass classes[] = {
  WEAK_CLASS (WEAK_MAP, "WeakMap", construct_map, 0, map_members),
  WEAK_CLASS (WEAK_SET, "WeakSet", construct_set, 0, set_members),
  WEAK_CLASS (WEAK_REF, "WeakRef", construct_ref, 1, ref_members),
  WEAK_CLASS (FINALIZATION_REGISTRY, "FinalizationRegistry", construct_registry, 1, registry_members),
};

const JsLibrary js_library_weak = { .init = init, .classes = classes, .n_classes = G_N_ELEMENTS (classes) };
