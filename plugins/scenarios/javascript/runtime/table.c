/* table.c - hash tables that keep the order of insertion (V8 src/objects/ordered-hash-table.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/table.h"
#include "runtime/bigint.h"
#include "runtime/error.h"
#include "runtime/number.h"
#include "runtime/string.h"

#define INITIAL_CAPACITY 4
#define LOAD_FACTOR 2
/* OrderedHashMap::MaxCapacity (): 2^24, rounded down to what fits in a FixedArray */
#define MAX_CAPACITY (1u << 24)
#define NOT_FOUND (-1)
#define CLEARED (-1) /* the number of deleted elements of a table that clear () replaced */

void
js_ordered_table_define (JsVm *vm, JsKind kind)
{
  static const char *const names[] = { "elements", "deleted", "buckets", NULL };

  js_define_internal_kind (vm, kind, 0, names, HP_TAIL_SLOTS, HP_REFERENCES_STRONG);
}

/* ---- hashes ------------------------------------------------------------------------------------------------------ */

/* V8 src/base/hashing.h: ComputeUnseededHash () */
static guint32
mix (guint32 key)
{
  guint32 hash = ~key + (key << 15);
  hash ^= hash >> 12;
  hash += hash << 2;
  hash ^= hash >> 4;
  hash *= 2057;
  hash ^= hash >> 16;
  return hash & 0x3fffffff;
}

static guint32
hash_double (double number)
{
  guint64 bits;

  if (number == 0)
    return mix (0);
  if (isnan (number))
    return mix (0x7ff80000);
  memcpy (&bits, &number, sizeof bits);
  return mix ((guint32) bits ^ (guint32) (bits >> 32));
}

guint32
js_value_hash (JsVm *vm, JsValue value)
{
  if (!js_is_ref (value))
    return mix (js_is_smi (value) ? value.payload : value.kind * 2 + value.payload);
  JsKind kind = (JsKind) js_class_of (vm, value.payload)->kind;
  if (js_kind_is_string (kind))
    return js_string_hash (vm, value.payload);
  if (kind == JS_KIND_HEAP_NUMBER)
    return hash_double (js_heap_number (vm, value.payload));
  if (kind == JS_KIND_BIGINT)
    return mix ((guint32) js_bigint_low_word (vm, value.payload));
  return mix (value.payload);
}

/* ---- the layout -------------------------------------------------------------------------------------------------- */

/* A table under the eyes: what its header says. */
typedef struct
{
  JsVm *vm;
  HpRef ref;
  guint32 n_elements, n_deleted, n_buckets;
  guint entry_slots; /* with the chain */
} Table;

static guint32
read_number (JsVm *vm, HpRef table, guint32 slot)
{
  return hp_machine_read (vm->machine, table, slot).payload;
}

static void
write_number (Table *self, guint32 slot, guint32 number)
{
  hp_machine_write (self->vm->machine, self->ref, slot, js_smi ((gint32) number));
}

static guint
entry_slots (JsKind kind)
{
  return kind == JS_KIND_ORDERED_MAP ? 3 : 2;
}

static Table
look_at (JsVm *vm, HpRef ref)
{
  return (Table){ .vm = vm,
                  .ref = ref,
                  .n_elements = read_number (vm, ref, JS_TABLE_SLOT_ELEMENTS),
                  .n_deleted = read_number (vm, ref, JS_TABLE_SLOT_DELETED),
                  .n_buckets = read_number (vm, ref, JS_TABLE_SLOT_BUCKETS),
                  .entry_slots = entry_slots ((JsKind) js_class_of (vm, ref)->kind) };
}

static HpRef
table_of (JsVm *vm, HpRef owner)
{
  return js_get_own_slot (vm, owner, JS_COLLECTION_SLOT_TABLE).payload;
}

static guint32
capacity_of (const Table *self)
{
  return self->n_buckets * LOAD_FACTOR;
}

static guint32
entry_slot (const Table *self, guint32 entry)
{
  return JS_TABLE_FIRST + self->n_buckets + entry * self->entry_slots;
}

/* The slots of a table for @capacity entries, by name. */
static char **
name_slots (JsKind kind, guint32 capacity)
{
  GPtrArray *names = g_ptr_array_new ();
  const char *const *parts = kind == JS_KIND_ORDERED_MAP ? (const char *const[]){ "key %u", "value %u", "next %u" }
                                                         : (const char *const[]){ "item %u", "next %u" };

  g_ptr_array_add (names, g_strdup ("elements"));
  g_ptr_array_add (names, g_strdup ("deleted"));
  g_ptr_array_add (names, g_strdup ("buckets"));
  for (guint i = 0; i < capacity / LOAD_FACTOR; i++)
    g_ptr_array_add (names, g_strdup_printf ("bucket %u", i));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  for (guint entry = 0; entry < capacity; entry++)
    for (guint i = 0; i < entry_slots (kind); i++)
      g_ptr_array_add (names, g_strdup_printf (parts[i], entry));
#pragma GCC diagnostic pop
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

/* Small tables have a shape for each size, which names what is in the slots; NULL for a large one. */
static const JsClass *
small_table (JsVm *vm, JsKind kind, guint32 capacity)
{
  guint i = (guint) g_bit_storage (capacity) - (guint) g_bit_storage (INITIAL_CAPACITY);
  JsClass **class;

  if (i >= JS_N_SMALL_TABLES)
    return NULL;
  class = &vm->small_tables[kind == JS_KIND_ORDERED_SET][i];
  if (*class == NULL)
    {
      g_auto (GStrv) names = name_slots (kind, capacity);
      /* The length of the FixedArray that it is has a word, too. */
      *class = js_class_new_internal (
          vm, kind, NULL, 1, (const char *const *) names, HP_TAIL_NONE, HP_REFERENCES_STRONG);
    }
  return *class;
}

static HpRef
new_table (JsVm *vm, JsKind kind, guint32 capacity)
{
  capacity = MAX (capacity, INITIAL_CAPACITY);
  if (capacity > MAX_CAPACITY)
    {
      js_throw_range (vm, "%s maximum size exceeded", kind == JS_KIND_ORDERED_MAP ? "Map" : "Set");
      return HP_REF_NONE;
    }
  guint32 n_buckets = capacity / LOAD_FACTOR, n = JS_TABLE_FIRST + n_buckets;
  g_autofree JsValue *values = g_new (JsValue, n);
  values[JS_TABLE_SLOT_ELEMENTS] = values[JS_TABLE_SLOT_DELETED] = js_smi (0);
  values[JS_TABLE_SLOT_BUCKETS] = js_smi ((gint32) n_buckets);
  for (guint32 i = JS_TABLE_FIRST; i < n; i++)
    values[i] = js_smi (NOT_FOUND);
  const JsClass *small = small_table (vm, kind, capacity);
  guint32 length = n_buckets + capacity * entry_slots (kind);
  if (small != NULL)
    return hp_machine_allocate_with (vm->machine, small->shape, 0, values, n);
  return hp_machine_allocate_with (vm->machine, vm->kinds[kind]->shape, length, values, n);
}

gboolean
js_table_create (JsVm *vm, HpRef owner, JsKind kind)
{
  HpRef table = new_table (vm, kind, INITIAL_CAPACITY);
  if (table != HP_REF_NONE)
    js_set_own_slot (vm, owner, JS_COLLECTION_SLOT_TABLE, js_ref (table));
  return table != HP_REF_NONE;
}

guint32
js_table_size (JsVm *vm, HpRef owner)
{
  return read_number (vm, table_of (vm, owner), JS_TABLE_SLOT_ELEMENTS);
}

/* ---- looking up -------------------------------------------------------------------------------------------------- */

/* The slot of the entry's key, or 0. */
static guint32
find (const Table *self, JsValue key)
{
  HpMachine *machine = self->vm->machine;
  guint32 bucket = js_value_hash (self->vm, key) & (self->n_buckets - 1);
  gint32 entry = js_as_smi (hp_machine_read (machine, self->ref, JS_TABLE_FIRST + bucket));

  while (entry != NOT_FOUND)
    {
      guint32 slot = entry_slot (self, (guint32) entry);
      JsValue candidate = hp_machine_read (machine, self->ref, slot);
      if (js_is_identical (candidate, key)
          || (!js_is_hole (candidate) && js_same_value_zero (self->vm, candidate, key)))
        return slot;
      JsValue next = hp_machine_read (machine, self->ref, slot + self->entry_slots - 1);
      if (!js_is_smi (next)) /* the run is over */
        return 0;
      entry = js_as_smi (next);
    }
  return 0;
}

gboolean
js_table_has (JsVm *vm, HpRef owner, JsValue key)
{
  Table table = look_at (vm, table_of (vm, owner));
  return table.n_buckets != 0 && find (&table, key) != 0;
}

JsValue
js_table_get (JsVm *vm, HpRef owner, JsValue key)
{
  Table table = look_at (vm, table_of (vm, owner));
  guint32 slot = table.n_buckets != 0 ? find (&table, key) : 0;
  return slot != 0 ? hp_machine_read (vm->machine, table.ref, slot + 1) : JS_UNDEFINED;
}

/* ---- adding ------------------------------------------------------------------------------------------------------ */

static void
append (Table *self, JsValue key, JsValue value)
{
  HpMachine *machine = self->vm->machine;
  guint32 bucket = JS_TABLE_FIRST + (js_value_hash (self->vm, key) & (self->n_buckets - 1));
  guint32 entry = self->n_elements + self->n_deleted, slot = entry_slot (self, entry);
  JsValue previous = hp_machine_read (machine, self->ref, bucket);

  hp_machine_write (machine, self->ref, slot, key);
  if (self->entry_slots == 3)
    hp_machine_write (machine, self->ref, slot + 1, value);
  hp_machine_write (machine, self->ref, slot + self->entry_slots - 1, previous);
  hp_machine_write (machine, self->ref, bucket, js_smi ((gint32) entry));
  write_number (self, JS_TABLE_SLOT_ELEMENTS, ++self->n_elements);
}

/* Copies the entries to @to; the old table says which were left out. */
static gboolean
copy_entries (Table *from, Table *to)
{
  HpMachine *machine = from->vm->machine;
  guint32 n_removed = 0;

  for (guint32 entry = 0, n = from->n_elements + from->n_deleted; entry < n; entry++)
    {
      guint32 slot = entry_slot (from, entry);
      JsValue key = hp_machine_read (machine, from->ref, slot);
      if (js_is_hole (key))
        write_number (from, JS_TABLE_FIRST + n_removed++, entry);
      else
        append (to, key, from->entry_slots == 3 ? hp_machine_read (machine, from->ref, slot + 1) : JS_HOLE);
      if (!js_vm_tick (from->vm))
        return FALSE;
    }
  return TRUE;
}

/* OrderedHashTable::Rehash. FALSE: thrown. */
static gboolean
rehash (Table *self, HpRef owner, guint32 capacity)
{
  JsVm *vm = self->vm;
  HpRef ref;

  hp_machine_place_beside (vm->machine, self->ref);
  ref = new_table (vm, (JsKind) js_class_of (vm, self->ref)->kind, capacity);
  if (ref == HP_REF_NONE)
    return FALSE;
  JsHandles handles = js_handles_open (vm);
  js_hold (vm, js_ref (ref));
  Table to = look_at (vm, ref);
  gboolean copied = copy_entries (self, &to);
  if (copied)
    {
      hp_machine_write (vm->machine, self->ref, JS_TABLE_SLOT_ELEMENTS, js_ref (ref));
      js_set_own_slot (vm, owner, JS_COLLECTION_SLOT_TABLE, js_ref (ref));
      *self = to;
    }
  js_handles_close (vm, handles);
  return copied;
}

gboolean
js_table_put (JsVm *vm, HpRef owner, JsValue key, JsValue value)
{
  Table table = look_at (vm, table_of (vm, owner));
  if (table.n_buckets == 0)
    return FALSE;
  guint32 slot = find (&table, key), capacity = capacity_of (&table);
  if (slot != 0)
    {
      if (table.entry_slots == 3)
        hp_machine_write (vm->machine, table.ref, slot + 1, value);
      return TRUE;
    }
  if (table.n_elements + table.n_deleted >= capacity
      && !rehash (&table, owner, table.n_deleted >= capacity / 2 ? capacity : capacity * 2))
    return FALSE;
  append (&table, key, value);
  return hp_machine_is_running (vm->machine);
}

/* ---- taking away ------------------------------------------------------------------------------------------------- */

gboolean
js_table_delete (JsVm *vm, HpRef owner, JsValue key)
{
  Table table = look_at (vm, table_of (vm, owner));
  guint32 slot = table.n_buckets != 0 ? find (&table, key) : 0;

  if (slot == 0)
    return FALSE;
  for (guint i = 0; i + 1 < table.entry_slots; i++)
    hp_machine_write (vm->machine, table.ref, slot + i, JS_HOLE);
  write_number (&table, JS_TABLE_SLOT_ELEMENTS, --table.n_elements);
  write_number (&table, JS_TABLE_SLOT_DELETED, ++table.n_deleted);
  if (table.n_elements < capacity_of (&table) / 4)
    rehash (&table, owner, capacity_of (&table) / 2);
  return TRUE;
}

void
js_table_clear (JsVm *vm, HpRef owner)
{
  HpRef old = table_of (vm, owner);
  HpRef table = new_table (vm, (JsKind) js_class_of (vm, old)->kind, INITIAL_CAPACITY);

  if (table == HP_REF_NONE)
    return;
  hp_machine_write (vm->machine, old, JS_TABLE_SLOT_ELEMENTS, js_ref (table));
  hp_machine_write (vm->machine, old, JS_TABLE_SLOT_DELETED, js_smi (CLEARED));
  js_set_own_slot (vm, owner, JS_COLLECTION_SLOT_TABLE, js_ref (table));
}

/* ---- iterating --------------------------------------------------------------------------------------------------- */

/* OrderedHashTableIterator::Transition, one table on. */
static void
move_index (JsVm *vm, HpRef table, guint32 *index)
{
  gint32 n_deleted = js_as_smi (hp_machine_read (vm->machine, table, JS_TABLE_SLOT_DELETED));
  guint32 n_before = 0;

  if (n_deleted == CLEARED)
    *index = 0;
  for (gint32 i = 0; i < n_deleted; i++)
    if (read_number (vm, table, JS_TABLE_FIRST + (guint32) i) >= *index)
      break;
    else
      n_before++;
  *index -= n_before;
}

HpRef
js_table_follow (JsVm *vm, HpRef table, guint32 *index)
{
  for (;;)
    {
      JsValue next = hp_machine_read (vm->machine, table, JS_TABLE_SLOT_ELEMENTS);
      if (!js_is_ref (next))
        return table;
      move_index (vm, table, index);
      table = next.payload;
    }
}

JsValue
js_table_next (JsVm *vm, HpRef ref, guint32 *index, JsValue *value)
{
  Table table = look_at (vm, ref);
  guint32 n = table.n_elements + table.n_deleted;

  for (; *index < n; ++*index)
    {
      guint32 slot = entry_slot (&table, *index);
      JsValue key = hp_machine_read (vm->machine, ref, slot);
      if (js_is_hole (key))
        continue;
      ++*index;
      if (value != NULL)
        *value = table.entry_slots == 3 ? hp_machine_read (vm->machine, ref, slot + 1) : key;
      return key;
    }
  return JS_HOLE;
}
