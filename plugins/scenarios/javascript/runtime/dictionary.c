/* dictionary.c - hash tables of properties (V8: src/objects/hash-table.h, dictionary.h)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/dictionary.h"
#include "runtime/string.h"

enum
{
  PREFIX_ELEMENTS,
  PREFIX_DELETED,
  PREFIX_CAPACITY,
  PREFIX_NEXT, /* the next entry's number in order of addition */
  N_PREFIX = 6,
  ENTRY_KEY = 0,
  ENTRY_VALUE,
  ENTRY_DETAILS,
  N_ENTRY
};

#define LEAST_CAPACITY 4

/* A place whose entry was deleted; the hole is one that never had any. */
#define DELETED JS_NULL

static guint32
prefix (JsVm *vm, HpRef self, guint slot)
{
  return (guint32) js_as_smi (hp_machine_read (vm->machine, self, slot));
}

static void
set_prefix (JsVm *vm, HpRef self, guint slot, guint32 value)
{
  hp_machine_write (vm->machine, self, slot, js_smi ((gint32) value));
}

static guint32
slot_of (gint entry, guint field)
{
  return N_PREFIX + (guint32) entry * N_ENTRY + field;
}

static guint32
hash_key (JsKey key)
{
  guint32 hash = key.atom != NULL ? key.atom->hash : key.index * 2654435761u;

  return hash ^ hash >> 15;
}

static guint32
capacity_for (guint n)
{
  guint32 capacity = LEAST_CAPACITY;

  while (capacity < n + n / 2)
    capacity *= 2;
  return capacity;
}

HpRef
js_dictionary_new (JsVm *vm, JsKind kind, guint n)
{
  guint32 capacity = capacity_for (n);
  HpRef self = js_new_internal (vm, kind, N_PREFIX + capacity * N_ENTRY);

  if (self == HP_REF_NONE)
    return HP_REF_NONE;
  set_prefix (vm, self, PREFIX_ELEMENTS, 0);
  set_prefix (vm, self, PREFIX_DELETED, 0);
  set_prefix (vm, self, PREFIX_CAPACITY, capacity);
  set_prefix (vm, self, PREFIX_NEXT, 0);
  return self;
}

guint32
js_dictionary_count (JsVm *vm, HpRef self)
{
  return prefix (vm, self, PREFIX_ELEMENTS);
}

/* A key as it stands in the table. An atom without a string is in no table. */
static JsValue
key_word (JsKey key)
{
  return key.atom != NULL ? js_ref (key.atom->ref) : js_smi ((gint32) key.index);
}

gint
js_dictionary_find (JsVm *vm, HpRef self, JsKey key)
{
  guint32 mask = prefix (vm, self, PREFIX_CAPACITY) - 1;
  guint32 at = hash_key (key) & mask;
  JsValue sought = key_word (key);

  if (js_is_hole (sought))
    return -1;
  for (guint32 step = 1; step <= mask + 1; at = (at + step++) & mask)
    {
      JsValue found = hp_machine_read (vm->machine, self, slot_of ((gint) at, ENTRY_KEY));

      if (js_is_hole (found))
        return -1;
      if (js_is_identical (found, sought))
        return (gint) at;
    }
  return -1;
}

JsValue
js_dictionary_get (JsVm *vm, HpRef self, gint entry)
{
  return hp_machine_read (vm->machine, self, slot_of (entry, ENTRY_VALUE));
}

void
js_dictionary_set (JsVm *vm, HpRef self, gint entry, JsValue value)
{
  hp_machine_write (vm->machine, self, slot_of (entry, ENTRY_VALUE), value);
}

/* Details: kind in 2 bits, attributes in 3, the number in order of addition. */
static guint32
details_word (JsVm *vm, HpRef self, gint entry)
{
  return (guint32) js_as_smi (hp_machine_read (vm->machine, self, slot_of (entry, ENTRY_DETAILS)));
}

JsDetails
js_dictionary_details (JsVm *vm, HpRef self, gint entry)
{
  guint32 word = details_word (vm, self, entry);

  return (JsDetails){ (JsPropertyKind) (word & 3), (JsAttributes) (word >> 2 & 7) };
}

static void
write_details (JsVm *vm, HpRef self, gint entry, JsDetails details, guint32 number)
{
  guint32 word = (guint32) details.kind | (guint32) details.attributes << 2 | number << 5;

  hp_machine_write (vm->machine, self, slot_of (entry, ENTRY_DETAILS), js_smi ((gint32) word));
}

void
js_dictionary_set_details (JsVm *vm, HpRef self, gint entry, JsDetails details)
{
  write_details (vm, self, entry, details, details_word (vm, self, entry) >> 5);
}

/* Put an entry where there is room. */
static void
insert (JsVm *vm, HpRef self, JsKey key, JsValue value, JsDetails details)
{
  guint32 mask = prefix (vm, self, PREFIX_CAPACITY) - 1;
  guint32 at = hash_key (key) & mask;
  guint32 number = prefix (vm, self, PREFIX_NEXT);
  JsValue found = hp_machine_read (vm->machine, self, slot_of ((gint) at, ENTRY_KEY));

  for (guint32 step = 1; !js_is_hole (found) && !js_is_null (found); step++)
    {
      at = (at + step) & mask;
      found = hp_machine_read (vm->machine, self, slot_of ((gint) at, ENTRY_KEY));
    }
  if (js_is_null (found))
    set_prefix (vm, self, PREFIX_DELETED, prefix (vm, self, PREFIX_DELETED) - 1);
  hp_machine_write (vm->machine, self, slot_of ((gint) at, ENTRY_KEY), key_word (key));
  hp_machine_write (vm->machine, self, slot_of ((gint) at, ENTRY_VALUE), value);
  write_details (vm, self, (gint) at, details, number);
  set_prefix (vm, self, PREFIX_NEXT, number + 1);
  set_prefix (vm, self, PREFIX_ELEMENTS, prefix (vm, self, PREFIX_ELEMENTS) + 1);
}

static JsKey
key_of_word (JsVm *vm, JsValue word)
{
  if (js_is_smi (word))
    return js_key_index (word.payload);
  if (js_is_symbol (vm, word))
    return js_key_atom (js_symbol_atom (vm, word.payload));
  return js_key_atom (js_string_atom (vm, word.payload));
}

typedef struct
{
  JsKey key;
  guint32 number; /* in order of addition, or the index */
  gint entry;
} Entry;

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  guint32 first = ((const Entry *) a)->number, second = ((const Entry *) b)->number;

  return first < second ? -1 : first > second;
}

static GArray *
sorted_entries (JsVm *vm, HpRef self)
{
  guint32 capacity = prefix (vm, self, PREFIX_CAPACITY);
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  for (gint i = 0; i < (gint) capacity; i++)
    {
      JsValue word = hp_machine_read (vm->machine, self, slot_of (i, ENTRY_KEY));

      if (!js_is_hole (word) && !js_is_null (word))
        {
          JsKey key = key_of_word (vm, word);
          Entry entry = { key, key.atom != NULL ? details_word (vm, self, i) >> 5 : key.index, i };
          g_array_append_val (entries, entry);
        }
    }
  g_array_sort (entries, compare_entries);
  return entries;
}

/* A table with the same entries and room for one more. */
static HpRef
grow (JsVm *vm, HpRef self)
{
  JsKind kind = (JsKind) js_class_of (vm, self)->kind;
  guint n = js_dictionary_count (vm, self) + 1;
  g_autoptr (GArray) entries = NULL;
  HpRef larger;

  if (capacity_for (n) > JS_LEAST_OLD_CAPACITY)
    hp_machine_place_beside (vm->machine, self);
  larger = js_dictionary_new (vm, kind, n);
  if (larger == HP_REF_NONE)
    return HP_REF_NONE;
  entries = sorted_entries (vm, self);
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      JsDetails details = js_dictionary_details (vm, self, entry->entry);
      insert (vm, larger, entry->key, js_dictionary_get (vm, self, entry->entry), details);
    }
  return larger;
}

/* V8: HashTable::HasSufficientCapacityToAdd */
static gboolean
has_room (JsVm *vm, HpRef self)
{
  guint32 capacity = prefix (vm, self, PREFIX_CAPACITY);
  guint32 n = js_dictionary_count (vm, self) + 1;

  return n < capacity && prefix (vm, self, PREFIX_DELETED) <= (capacity - n) / 2 && n + n / 2 <= capacity
         && prefix (vm, self, PREFIX_NEXT) < 1u << 26;
}

HpRef
js_dictionary_add (JsVm *vm, HpRef self, JsKey key, JsValue value, JsDetails details)
{
  JsHandles handles = js_handles_open (vm);

  js_hold (vm, js_ref (self));
  js_hold (vm, value);
  if (key.atom != NULL && js_is_hole (js_atom_value (vm, key.atom)))
    self = HP_REF_NONE;
  else if (!has_room (vm, self))
    self = grow (vm, self);
  if (self != HP_REF_NONE)
    insert (vm, self, key, value, details);
  js_handles_close (vm, handles);
  return self;
}

void
js_dictionary_remove (JsVm *vm, HpRef self, gint entry)
{
  hp_machine_write (vm->machine, self, slot_of (entry, ENTRY_KEY), DELETED);
  hp_machine_write (vm->machine, self, slot_of (entry, ENTRY_VALUE), JS_HOLE);
  hp_machine_write (vm->machine, self, slot_of (entry, ENTRY_DETAILS), JS_HOLE);
  set_prefix (vm, self, PREFIX_ELEMENTS, js_dictionary_count (vm, self) - 1);
  set_prefix (vm, self, PREFIX_DELETED, prefix (vm, self, PREFIX_DELETED) + 1);
}

GArray *
js_dictionary_keys (JsVm *vm, HpRef self)
{
  g_autoptr (GArray) entries = sorted_entries (vm, self);
  GArray *keys = g_array_sized_new (FALSE, FALSE, sizeof (JsKey), entries->len);

  for (guint i = 0; i < entries->len; i++)
    g_array_append_val (keys, g_array_index (entries, Entry, i).key);
  return keys;
}

void
js_dictionary_restrict (JsVm *vm, HpRef dictionary, gboolean sealed, gboolean frozen)
{
  g_autoptr (GArray) keys = js_dictionary_keys (vm, dictionary);

  for (guint i = 0; i < keys->len; i++)
    {
      gint entry = js_dictionary_find (vm, dictionary, g_array_index (keys, JsKey, i));
      JsDetails details = js_dictionary_details (vm, dictionary, entry);

      if (sealed || frozen)
        details.attributes &= (JsAttributes) ~JS_CONFIGURABLE;
      if (frozen && details.kind != JS_PROPERTY_ACCESSOR)
        details.attributes &= (JsAttributes) ~JS_WRITABLE;
      js_dictionary_set_details (vm, dictionary, entry, details);
    }
}
