/* weak-marking.c - tests of weak things that incremental marking came by, and that move or die before it is over
 *
 * Marking begins with the roots without the stack: so what only a local holds is still white when all else is marked.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "weak_fixture.h"

#include "gc/phases.h"

static void
marking_init (Weak *self)
{
  static const char *const SETTINGS[] = { "incremental-marking", "true", NULL };
  guint32 function;

  weak_init (self, SETTINGS);
  function = hp_machine_define_function (self->machine,
                                         &(HpFunction){ .name = "f", .overhead_words = 4, .n_locals = 2 });
  g_assert_true (hp_machine_call (self->machine, function));
}

static HpRef
new_in_local (Weak *self, guint32 local)
{
  HpRef ref = hp_machine_allocate (self->machine, self->base.pair, 0);

  hp_machine_set_local (self->machine, local, hp_value_ref (ref));
  return ref;
}

/* Everything that the roots lead to is black now. */
static void
mark_all (Weak *self)
{
  HpCollector *collector = self->machine->collector;

  hp_machine_end_job (self->machine);
  hp_incremental_start (collector);
  while (collector->incremental.state == HP_MARKING_ACTIVE)
    hp_incremental_step (collector);
}

static HpColour
colour_of (Weak *self, HpRef ref)
{
  HpHeap *heap = self->machine->heap;

  return hp_map_colour (*hp_heap_words (heap, hp_heap_address_of (heap, ref)));
}

/* How often the program is scavenged between the steps and the final pause: what was young is promoted. */
#define N_SCAVENGES 3

static void
scavenge (Weak *self, guint n)
{
  for (guint i = 0; i < n; i++)
    hp_machine_collect (self->machine, HP_COLLECTION_YOUNG);
}

/* ---- tests ------------------------------------------------------------------------------------------------------- */

/* The key is found only in the final pause, on the stack, or not at all. */
static void
test_entry (void)
{
  for (guint n = 0; n < N_SCAVENGES; n++)
    for (guint key_lives = 0; key_lives < 2; key_lives++)
      {
        Weak self;
        HpRef table, key, value;

        marking_init (&self);
        table = new_in (&self, 0, self.table, 2);
        key = new_in_local (&self, 0);
        value = new_in_local (&self, 1);
        set_pair (&self, table, 0, key, value);
        hp_machine_set_local (self.machine, 1, hp_value_undefined ());
        mark_all (&self);
        g_assert_cmpuint (colour_of (&self, table), ==, HP_COLOUR_BLACK);
        g_assert_cmpuint (colour_of (&self, key), ==, HP_COLOUR_WHITE);
        g_assert_cmpuint (colour_of (&self, value), ==, HP_COLOUR_WHITE);
        scavenge (&self, n);
        if (!key_lives)
          hp_machine_set_local (self.machine, 0, hp_value_undefined ());
        hp_machine_collect (self.machine, HP_COLLECTION_FULL);
        g_assert_cmpint (lives (&self, key), ==, key_lives);
        g_assert_cmpint (lives (&self, value), ==, key_lives);
        assert_slot (&self, table, 1, key_lives ? HP_VALUE_REF : HP_VALUE_EMPTY, key_lives ? key : 0);
        assert_slot (&self, table, 2, key_lives ? HP_VALUE_REF : HP_VALUE_EMPTY, key_lives ? value : 0);
        weak_clear (&self);
      }
}

/* The same for the target of a weak reference, and of a registry's cell. */
static void
test_target (void)
{
  for (guint n = 0; n < N_SCAVENGES; n++)
    for (guint target_lives = 0; target_lives < 2; target_lives++)
      {
        Weak self;
        HpRef ref, cell, target;

        marking_init (&self);
        ref = new_in (&self, 0, self.weak_ref, 0);
        cell = new_in (&self, 1, self.cell, 0);
        target = new_in_local (&self, 0);
        hp_machine_write (self.machine, ref, 0, hp_value_ref (target));
        hp_machine_write (self.machine, cell, 0, hp_value_ref (target));
        mark_all (&self);
        g_assert_cmpuint (colour_of (&self, target), ==, HP_COLOUR_WHITE);
        scavenge (&self, n);
        if (!target_lives)
          hp_machine_set_local (self.machine, 0, hp_value_undefined ());
        hp_machine_collect (self.machine, HP_COLLECTION_FULL);
        g_assert_cmpint (lives (&self, target), ==, target_lives);
        assert_slot (&self, ref, 0, target_lives ? HP_VALUE_REF : HP_VALUE_UNDEFINED, target_lives ? target : 0);
        hp_machine_end_job (self.machine);
        g_assert_cmpuint (hp_machine_take_finalized (self.machine), ==, target_lives ? HP_REF_NONE : cell);
        weak_clear (&self);
      }
}

/* Black tables and weak references that die young are forgotten by the marker. */
static void
test_die_young (void)
{
  Weak self;
  HpRef table, ref, key;

  marking_init (&self);
  table = new_in (&self, 0, self.table, 2);
  ref = new_in (&self, 1, self.weak_ref, 0);
  key = new_in_local (&self, 0);
  set_pair (&self, table, 0, key, new_in_local (&self, 1));
  hp_machine_write (self.machine, ref, 0, hp_value_ref (key));
  hp_machine_set_local (self.machine, 1, hp_value_undefined ());
  mark_all (&self);
  drop (&self, 0);
  drop (&self, 1);
  scavenge (&self, 1);
  g_assert_false (lives (&self, table));
  g_assert_false (lives (&self, ref));
  g_assert_cmpuint (self.machine->collector->weak.tables->len, ==, 0);
  g_assert_cmpuint (self.machine->collector->weak.objects->len, ==, 0);
  g_assert_cmpuint (self.machine->collector->weak.discovered->len, ==, 0);
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  g_assert_true (lives (&self, key));
  weak_clear (&self);
}

/* The write barrier marks what enters a black table. */
static void
test_new_entry (void)
{
  Weak self;
  HpRef table, key, value;

  marking_init (&self);
  table = new_in (&self, 0, self.table, 2);
  mark_all (&self);
  key = new_in_local (&self, 0);
  value = new_in_local (&self, 1);
  set_pair (&self, table, 0, key, value);
  hp_machine_set_local (self.machine, 1, hp_value_undefined ());
  g_assert_cmpuint (colour_of (&self, value), !=, HP_COLOUR_WHITE);
  hp_machine_end_job (self.machine);
  if (self.machine->collector->incremental.state != HP_MARKING_OFF)
    hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  g_assert_true (lives (&self, value));
  assert_slot (&self, table, 2, HP_VALUE_REF, value);
  weak_clear (&self);
}

/* What deref gives out after the marker passed by is kept to the end of the job, and so through the final pause. */
static void
test_deref (void)
{
  Weak self;
  HpRef ref, target;

  marking_init (&self);
  ref = new_in (&self, 0, self.weak_ref, 0);
  target = new_in_local (&self, 0);
  hp_machine_write (self.machine, ref, 0, hp_value_ref (target));
  mark_all (&self);
  hp_machine_set_local (self.machine, 0, hp_value_undefined ());
  g_assert_cmpuint (hp_value_get_ref (hp_machine_deref (self.machine, ref)), ==, target);
  self.machine->heap->roots.accumulator = 0;
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  g_assert_true (lives (&self, target));
  collect (&self, HP_COLLECTION_FULL);
  g_assert_false (lives (&self, target));
  weak_clear (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/weak-marking/entry", test_entry);
  g_test_add_func ("/weak-marking/target", test_target);
  g_test_add_func ("/weak-marking/die-young", test_die_young);
  g_test_add_func ("/weak-marking/new-entry", test_new_entry);
  g_test_add_func ("/weak-marking/deref", test_deref);
  return g_test_run ();
}
