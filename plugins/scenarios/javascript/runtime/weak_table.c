/* weak_table.c - EphemeronHashTable: what WeakMap and WeakSet hold (V8 src/objects/hash-table.h, objects.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/number.h"
#include "runtime/table.h"
#include "runtime/dictionary.h"

#define INITIAL_CAPACITY 4
#define N_HEADER_SLOTS 3
enum
{
  SLOT_ELEMENTS,
  SLOT_DELETED,
  SLOT_CAPACITY
};

void
js_ephemeron_table_define (JsVm *vm)
{
  static const char *const names[] = { "elements", "deleted", "capacity", NULL };

  js_define_internal_kind (vm, JS_KIND_EPHEMERON_TABLE, 0, names, HP_TAIL_SLOTS, HP_REFERENCES_EPHEMERONS);
}

static HpRef
new_table (JsVm *vm, guint32 capacity)
{
  guint32 n = N_HEADER_SLOTS + 2 * capacity;
  g_autofree JsValue *values = g_new (JsValue, n);

  values[SLOT_ELEMENTS] = values[SLOT_DELETED] = js_smi (0);
  values[SLOT_CAPACITY] = js_smi ((gint32) capacity);
  for (guint32 i = N_HEADER_SLOTS; i < n; i++)
    values[i] = JS_UNDEFINED;
  return hp_machine_allocate_with (vm->machine, vm->kinds[JS_KIND_EPHEMERON_TABLE]->shape, 2 * capacity, values, n);
}

gboolean
js_weak_table_create (JsVm *vm, HpRef owner)
{
  HpRef table = new_table (vm, INITIAL_CAPACITY);
  if (table != HP_REF_NONE)
    js_set_own_slot (vm, owner, JS_COLLECTION_SLOT_TABLE, js_ref (table));
  return table != HP_REF_NONE;
}

static HpRef
table_of (JsVm *vm, HpRef owner)
{
  return js_get_own_slot (vm, owner, JS_COLLECTION_SLOT_TABLE).payload;
}

static guint32
read_number (JsVm *vm, HpRef table, guint32 slot)
{
  return hp_machine_read (vm->machine, table, slot).payload;
}

/* The slot of @key, or with @insert the first free or deleted one, or 0. V8 probes by triangular numbers. */
static guint32
probe (JsVm *vm, HpRef table, JsValue key, gboolean insert)
{
  guint32 capacity = read_number (vm, table, SLOT_CAPACITY);
  guint32 place = js_value_hash (vm, key);

  for (guint32 i = 1; i <= capacity; place += i++)
    {
      guint32 slot = N_HEADER_SLOTS + 2 * (place & (capacity - 1));
      JsValue found = hp_machine_read (vm->machine, table, slot);
      if (insert ? !js_is_ref (found) : js_is_identical (found, key))
        return slot;
      if (js_is_undefined (found))
        return 0;
    }
  return 0;
}

JsValue
js_weak_table_get (JsVm *vm, HpRef owner, JsValue key)
{
  HpRef table = table_of (vm, owner);
  guint32 slot = probe (vm, table, key, FALSE);
  return slot != 0 ? hp_machine_read (vm->machine, table, slot + 1) : JS_HOLE;
}

static void
insert (JsVm *vm, HpRef table, JsValue key, JsValue value)
{
  guint32 slot = probe (vm, table, key, TRUE);
  if (slot == 0)
    return;
  hp_machine_write (vm->machine, table, slot, key);
  hp_machine_write (vm->machine, table, slot + 1, value);
}

/* The collector takes entries away without counting, so they are counted when room is short. */
static guint32
count (JsVm *vm, HpRef table)
{
  guint32 n = 0;
  for (guint32 i = 0, capacity = read_number (vm, table, SLOT_CAPACITY); i < capacity; i++)
    if (js_is_ref (hp_machine_read (vm->machine, table, N_HEADER_SLOTS + 2 * i)))
      n++;
  return n;
}

/* HashTable::HasSufficientCapacityToAdd */
static gboolean
has_room (guint32 capacity, guint32 n_elements, guint32 n_deleted)
{
  return n_elements < capacity && n_deleted <= (capacity - n_elements) / 2 && n_elements + n_elements / 2 <= capacity;
}

static guint32
capacity_for (guint32 n)
{
  guint32 capacity = INITIAL_CAPACITY;
  while (capacity < n + n / 2)
    capacity *= 2;
  return capacity;
}

static gboolean
rehash (JsVm *vm, HpRef owner, HpRef from, guint32 n_elements)
{
  HpRef to;

  if (capacity_for (n_elements) > JS_LEAST_OLD_CAPACITY)
    hp_machine_place_beside (vm->machine, from);
  to = new_table (vm, capacity_for (n_elements));
  if (to == HP_REF_NONE)
    return FALSE;
  JsHandles handles = js_handles_open (vm);
  js_hold (vm, js_ref (to));
  for (guint32 i = 0, capacity = read_number (vm, from, SLOT_CAPACITY); i < capacity; i++)
    {
      JsValue key = hp_machine_read (vm->machine, from, N_HEADER_SLOTS + 2 * i);
      if (js_is_ref (key))
        insert (vm, to, key, hp_machine_read (vm->machine, from, N_HEADER_SLOTS + 2 * i + 1));
      if (!js_vm_tick (vm))
        break;
    }
  js_set_own_slot (vm, owner, JS_COLLECTION_SLOT_TABLE, js_ref (to));
  js_handles_close (vm, handles);
  return !vm->is_over;
}

gboolean
js_weak_table_put (JsVm *vm, HpRef owner, JsValue key, JsValue value)
{
  HpRef table = table_of (vm, owner);
  guint32 slot = probe (vm, table, key, FALSE);
  if (slot != 0)
    {
      hp_machine_write (vm->machine, table, slot + 1, value);
      return TRUE;
    }
  guint32 n_elements = read_number (vm, table, SLOT_ELEMENTS) + 1, n_deleted = read_number (vm, table, SLOT_DELETED);
  if (!has_room (read_number (vm, table, SLOT_CAPACITY), n_elements, n_deleted))
    {
      n_elements = count (vm, table) + 1;
      if (!rehash (vm, owner, table, n_elements))
        return FALSE;
      table = table_of (vm, owner);
      hp_machine_write (vm->machine, table, SLOT_DELETED, js_smi (0));
    }
  insert (vm, table, key, value);
  hp_machine_write (vm->machine, table, SLOT_ELEMENTS, js_smi ((gint32) n_elements));
  return hp_machine_is_running (vm->machine);
}

gboolean
js_weak_table_delete (JsVm *vm, HpRef owner, JsValue key)
{
  HpRef table = table_of (vm, owner);
  guint32 slot = probe (vm, table, key, FALSE);
  if (slot == 0)
    return FALSE;
  hp_machine_write (vm->machine, table, slot, JS_HOLE);
  hp_machine_write (vm->machine, table, slot + 1, JS_HOLE);
  guint32 n_elements = read_number (vm, table, SLOT_ELEMENTS), n_deleted = read_number (vm, table, SLOT_DELETED);
  hp_machine_write (vm->machine, table, SLOT_ELEMENTS, js_smi (n_elements > 0 ? (gint32) n_elements - 1 : 0));
  hp_machine_write (vm->machine, table, SLOT_DELETED, js_smi ((gint32) n_deleted + 1));
  return TRUE;
}
