/* snapshot.c - what a collection must not change: damage done between two checks is found, and named by the edge
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/machine_private.h"

/* global → holder → item; table: { key → value }, key held by a root; a weak reference to item. */
typedef struct
{
  HpMachine *machine;
  HpHeap *heap;
  guint32 global, keys, weak_root, table_root;
  HpRef holder, item, table, key, value, weak;
  HpSnapshot *before;
} Fixture;

static guint32
define_root (Fixture *self, const char *name, HpRef ref)
{
  guint32 root = hp_machine_define_root (self->machine, name);

  hp_machine_set_root (self->machine, root, hp_value_ref (ref));
  return root;
}

static HpRef
make (Fixture *self, const HpShape *shape, guint32 length, const char *root, guint32 *id)
{
  HpRef ref = hp_machine_allocate (self->machine, hp_machine_define_shape (self->machine, shape), length);

  *id = define_root (self, root, ref);
  return ref;
}

static void
init (Fixture *self)
{
  static const HpShape NODE = { .name = "Node", .header_words = 1, .n_slots = 2 };
  static const HpShape WEAK = { .name = "WeakRef", .header_words = 1, .n_slots = 1, .references = HP_REFERENCES_WEAK };
  static const HpShape TABLE = {
    .name = "Table", .header_words = 2, .tail = HP_TAIL_SLOTS, .references = HP_REFERENCES_EPHEMERONS
  };
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("classroom", NULL);
  guint32 root;

  self->machine = hp_machine_new (settings, NULL, NULL, NULL);
  self->heap = self->machine->heap;
  self->before = NULL;
  self->holder = make (self, &NODE, 0, "global", &self->global);
  self->item = make (self, &NODE, 0, "item", &root);
  hp_machine_write (self->machine, self->holder, 1, hp_value_ref (self->item));
  hp_machine_set_root (self->machine, root, hp_value_undefined ());
  self->key = make (self, &NODE, 0, "key", &self->keys);
  self->table = make (self, &TABLE, 4, "table", &self->table_root);
  self->value = make (self, &NODE, 0, "value", &root);
  hp_machine_write (self->machine, self->table, 2, hp_value_ref (self->key));
  hp_machine_write (self->machine, self->table, 3, hp_value_ref (self->value));
  hp_machine_set_root (self->machine, root, hp_value_undefined ());
  self->weak = make (self, &WEAK, 0, "weak", &self->weak_root);
  hp_machine_write (self->machine, self->weak, 0, hp_value_ref (self->item));
  hp_machine_end_job (self->machine); /* until then the item is kept */
  self->heap->roots.accumulator = 0;
}

static guint64 *
slot_of (Fixture *self, HpRef ref, guint32 slot)
{
  guint64 *object = hp_heap_words (self->heap, hp_heap_address_of (self->heap, ref));

  return &object[hp_heap_layout (self->heap, object[0])->first_slot + slot];
}

static void
take (Fixture *self)
{
  g_autoptr (HpViolation) violation = hp_verifier_check (self->heap, NULL, &self->before);

  g_assert_null (violation);
}

/* Frees @ref as a collector would, its slots included. */
static void
free_object (Fixture *self, HpRef ref)
{
  HpAddress address = hp_heap_address_of (self->heap, ref);
  guint64 *object = hp_heap_words (self->heap, address);
  guint32 words = hp_heap_size_words (self->heap, object);

  hp_heap_forget_object (self->heap, address, words);
  hp_heap_free_object (self->heap, address, words);
  object[0] = hp_filler_word (words);
}

static void
expect (Fixture *self, const char *rule, HpRef object, const char *sentence, const char *path)
{
  g_autoptr (HpViolation) violation = hp_verifier_check (self->heap, self->before, NULL);
  g_autofree char *way = violation != NULL ? hp_violation_path_text (violation) : NULL;

  g_assert_nonnull (violation);
  g_assert_cmpstr (hp_rule_id (violation->rule), ==, rule);
  g_assert_cmpuint (violation->object, ==, object);
  g_assert_cmpstr (violation->sentence, ==, sentence);
  g_assert_cmpstr (way, ==, path);
  hp_snapshot_free (self->before);
  hp_machine_free (self->machine);
}

/* ---- what may happen --------------------------------------------------------------------------------------------- */

static void
test_collections (void)
{
  for (HpCollectionKind kind = HP_COLLECTION_YOUNG; kind < HP_N_COLLECTION_KINDS; kind++)
    {
      Fixture self;
      g_autoptr (HpViolation) violation = NULL;

      init (&self);
      take (&self);
      g_assert_cmpuint (hp_snapshot_count (self.before), ==, 6);
      hp_machine_collect (self.machine, kind);
      violation = hp_verifier_check (self.heap, self.before, NULL);
      g_assert_null (violation);
      hp_snapshot_free (self.before);
      hp_machine_free (self.machine);
    }
}

/* Neither the weak slot nor the dead key's value keeps anything alive. */
static void
test_weak_ones_do_not_count (void)
{
  Fixture self;
  g_autoptr (HpViolation) violation = NULL;

  init (&self);
  hp_machine_set_root (self.machine, self.keys, hp_value_undefined ());
  hp_machine_write (self.machine, self.holder, 1, hp_value_undefined ());
  take (&self);
  g_assert_cmpuint (hp_snapshot_count (self.before), ==, 3);
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  g_assert_cmpuint (hp_heap_address_of (self.heap, self.item), ==, 0);
  g_assert_cmpuint (hp_heap_address_of (self.heap, self.value), ==, 0);
  g_assert_cmpint (hp_machine_read (self.machine, self.weak, 0).kind, ==, HP_VALUE_UNDEFINED);
  violation = hp_verifier_check (self.heap, self.before, NULL);
  g_assert_null (violation);
  hp_snapshot_free (self.before);
  hp_machine_free (self.machine);
}

/* ---- what may not ------------------------------------------------------------------------------------------------ */

static void
test_lost (void)
{
  Fixture self;

  init (&self);
  take (&self);
  *slot_of (&self, self.holder, 1) = 0;
  *slot_of (&self, self.weak, 0) = hp_word_from_plain (hp_value_undefined ());
  free_object (&self, self.item);
  expect (&self,
          "nothing-lost",
          self.item,
          "Node #2 could be reached before the collection and was freed by it",
          "root “global” → Node #1[1] → Node #2");
}

/* Its holder is lost as well, but nearer to the root. */
static void
test_lost_with_its_holder (void)
{
  Fixture self;

  init (&self);
  take (&self);
  self.heap->roots.words[self.global] = 0;
  *slot_of (&self, self.weak, 0) = hp_word_from_plain (hp_value_undefined ());
  free_object (&self, self.item);
  free_object (&self, self.holder);
  expect (&self,
          "nothing-lost",
          self.holder,
          "Node #1 could be reached before the collection and was freed by it",
          "root “global” → Node #1");
}

static void
test_lost_by_a_scavenge (void)
{
  Fixture self;

  init (&self);
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  self.item = hp_machine_allocate (self.machine, 1, 0);
  hp_machine_write (self.machine, self.holder, 1, hp_value_ref (self.item));
  self.heap->roots.accumulator = 0;
  take (&self);
  *slot_of (&self, self.holder, 1) = 0;
  free_object (&self, self.item);
  *slot_of (&self, self.holder, 1) = hp_word_from_ref_address (
      hp_heap_page_start (g_ptr_array_index (self.heap->young.pages[self.heap->young.to], 0)));
  self.machine->counters.scavenges++;
  {
    g_autoptr (HpViolation) violation = hp_verifier_check (self.heap, self.before, NULL);
    g_autofree char *way = hp_violation_path_text (violation);

    g_assert_cmpstr (hp_rule_id (violation->rule), ==, "remembered-set");
    g_assert_cmpstr (way, ==, "root “global” → Node #1[1]");
  }
  hp_snapshot_free (self.before);
  hp_machine_free (self.machine);
}

static void
test_lost_value (void)
{
  Fixture self;

  init (&self);
  take (&self);
  *slot_of (&self, self.table, 3) = 0;
  free_object (&self, self.value);
  expect (&self,
          "ephemerons",
          self.value,
          "Node #5 could be reached before the collection and was freed by it",
          "root “table” → Table #4[3] → Node #5");
}

static void
test_entry_cleared_too_early (void)
{
  Fixture self;

  init (&self);
  take (&self);
  *slot_of (&self, self.table, 2) = 0;
  *slot_of (&self, self.table, 3) = 0;
  expect (&self,
          "ephemerons",
          self.table,
          "the entry of object 4 with the key in slot 2 was changed by the collection",
          "root “table” → Table #4");
}

static void
test_dangling_value (void)
{
  Fixture self;

  init (&self);
  take (&self);
  free_object (&self, self.value);
  {
    g_autoptr (HpViolation) violation = hp_verifier_check (self.heap, self.before, NULL);
    g_autofree char *way = hp_violation_path_text (violation);

    g_assert_cmpstr (hp_rule_id (violation->rule), ==, "ephemerons");
    g_assert_cmpuint (violation->slot, ==, 3);
    g_assert_cmpstr (way, ==, "root “table” → Table #4[3]");
  }
  hp_snapshot_free (self.before);
  hp_machine_free (self.machine);
}

static void
test_weak_slot_cleared_too_early (void)
{
  Fixture self;

  init (&self);
  take (&self);
  *slot_of (&self, self.weak, 0) = hp_word_from_plain (hp_value_undefined ());
  expect (&self,
          "weak-slots",
          self.weak,
          "the weak slot of object 6 lost object 2, which can still be reached",
          "root “weak” → WeakRef #6");
}

static void
test_dangling_weak_slot (void)
{
  Fixture self;
  g_autofree char *sentence = NULL;

  init (&self);
  hp_machine_write (self.machine, self.holder, 1, hp_value_undefined ());
  take (&self);
  sentence = g_strdup_printf ("slot 0 of object 6 points to free memory at %#x",
                              hp_heap_address_of (self.heap, self.item));
  free_object (&self, self.item);
  expect (&self, "weak-slots", self.weak, sentence, "root “weak” → WeakRef #6");
}

static void
test_changed_root (void)
{
  Fixture self;

  init (&self);
  take (&self);
  self.heap->roots.words[self.keys] = hp_word_from_plain (hp_value_undefined ());
  expect (&self, "unchanged", self.key, "root “key” no longer holds object 3 after the collection", NULL);
}

static void
test_changed_number (void)
{
  Fixture self;

  init (&self);
  hp_machine_write (self.machine, self.item, 0, hp_value_integer (41));
  take (&self);
  *slot_of (&self, self.item, 0) += 1;
  expect (&self,
          "unchanged",
          self.item,
          "slot 0 of object 2 holds another value after the collection",
          "root “global” → Node #1[1] → Node #2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heap/snapshot/collections", test_collections);
  g_test_add_func ("/heap/snapshot/weak-ones-do-not-count", test_weak_ones_do_not_count);
  g_test_add_func ("/heap/snapshot/lost", test_lost);
  g_test_add_func ("/heap/snapshot/lost-with-its-holder", test_lost_with_its_holder);
  g_test_add_func ("/heap/snapshot/lost-by-a-scavenge", test_lost_by_a_scavenge);
  g_test_add_func ("/heap/snapshot/lost-value", test_lost_value);
  g_test_add_func ("/heap/snapshot/entry-cleared-too-early", test_entry_cleared_too_early);
  g_test_add_func ("/heap/snapshot/dangling-value", test_dangling_value);
  g_test_add_func ("/heap/snapshot/weak-slot-cleared-too-early", test_weak_slot_cleared_too_early);
  g_test_add_func ("/heap/snapshot/dangling-weak-slot", test_dangling_weak_slot);
  g_test_add_func ("/heap/snapshot/changed-root", test_changed_root);
  g_test_add_func ("/heap/snapshot/changed-number", test_changed_number);
  return g_test_run ();
}
