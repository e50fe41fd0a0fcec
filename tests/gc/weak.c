/* weak.c - tests of weak slots, ephemerons and finalizers: each row of V8's rules, in scavenges and full collections
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "weak_fixture.h"

/* ---- weak slots -------------------------------------------------------------------------------------------------- */

/* Scavenges never clear a weak reference, however often; the next full collection does. */
static void
test_weak_ref (void)
{
  Weak self;
  HpRef weak, target;

  weak_init (&self, NULL);
  weak = new_weak (&self, 0, self.weak_ref, &target);
  for (guint i = 0; i < 4; i++)
    {
      collect (&self, HP_COLLECTION_YOUNG);
      g_assert_cmpint (is_young (&self, target), ==, i == 0);
      assert_slot (&self, weak, 0, HP_VALUE_REF, target);
    }
  collect (&self, HP_COLLECTION_FULL);
  g_assert_false (lives (&self, target));
  assert_slot (&self, weak, 0, HP_VALUE_UNDEFINED, 0);
  g_assert_cmpuint (hp_machine_deref (self.machine, weak).kind, ==, HP_VALUE_UNDEFINED);
  g_assert_cmpuint (hp_machine_take_finalized (self.machine), ==, HP_REF_NONE);
  weak_clear (&self);
}

/* Of a young weak reference, and where the target is held elsewhere. */
static void
test_weak_ref_young (void)
{
  Weak self;
  HpRef dying, living, weak[2];

  weak_init (&self, NULL);
  weak[0] = new_weak (&self, 0, self.weak_ref, &dying);
  weak[1] = new_weak (&self, 1, self.weak_ref, &living);
  hp_machine_set_root (self.machine, self.roots[2], hp_value_ref (living));
  collect (&self, HP_COLLECTION_FULL);
  assert_slot (&self, weak[0], 0, HP_VALUE_UNDEFINED, 0);
  assert_slot (&self, weak[1], 0, HP_VALUE_REF, living);
  g_assert_false (lives (&self, dying));
  g_assert_false (is_young (&self, weak[0]));
  weak_clear (&self);
}

/* An old weak reference to a young object is in the remembered set, which keeps the object through scavenges. */
static void
test_weak_ref_old_to_young (void)
{
  Weak self;
  HpRef weak, target;

  weak_init (&self, NULL);
  weak = new_in (&self, 0, self.weak_ref, 0);
  collect (&self, HP_COLLECTION_FULL);
  g_assert_false (is_young (&self, weak));
  target = new_in (&self, 3, self.base.pair, 0);
  hp_machine_write (self.machine, weak, 0, hp_value_ref (target));
  drop (&self, 3);
  collect (&self, HP_COLLECTION_YOUNG);
  g_assert_true (is_young (&self, target));
  collect (&self, HP_COLLECTION_FULL);
  g_assert_false (lives (&self, target));
  assert_slot (&self, weak, 0, HP_VALUE_UNDEFINED, 0);
  weak_clear (&self);
}

/* ---- jobs -------------------------------------------------------------------------------------------------------- */

/* Both the new weak reference and deref keep the target until the job ends. */
static void
test_kept_during_job (void)
{
  Weak self;
  HpRef weak, target;

  weak_init (&self, NULL);
  weak = new_weak (&self, 0, self.weak_ref, &target);
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  g_assert_true (lives (&self, target));
  hp_machine_end_job (self.machine);
  g_assert_cmpuint (hp_value_get_ref (hp_machine_deref (self.machine, weak)), ==, target);
  g_assert_cmpuint (hp_value_get_ref (hp_machine_deref (self.machine, weak)), ==, target);
  hp_machine_read (self.machine, weak, 0);
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  g_assert_true (lives (&self, target));
  collect (&self, HP_COLLECTION_FULL);
  g_assert_false (lives (&self, target));
  weak_clear (&self);
}

/* A registry's cell keeps its target no moment longer. */
static void
test_cells_keep_nothing (void)
{
  Weak self;
  HpRef target;

  weak_init (&self, NULL);
  new_weak (&self, 0, self.cell, &target);
  self.machine->heap->roots.accumulator = 0;
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  g_assert_false (lives (&self, target));
  weak_clear (&self);
}

/* Cells come only in a later job, each once, and live on by themselves until then. */
static void
test_finalizers (void)
{
  Weak self;
  HpRef cells[2], targets[2];

  weak_init (&self, NULL);
  for (guint i = 0; i < 2; i++)
    cells[i] = new_weak (&self, i, self.cell, &targets[i]);
  collect (&self, HP_COLLECTION_YOUNG);
  hp_machine_end_job (self.machine);
  g_assert_cmpuint (hp_machine_take_finalized (self.machine), ==, HP_REF_NONE);
  collect (&self, HP_COLLECTION_FULL);
  g_assert_cmpuint (hp_machine_take_finalized (self.machine), ==, HP_REF_NONE);
  for (guint i = 0; i < 2; i++)
    drop (&self, i);
  collect (&self, HP_COLLECTION_FULL);
  for (guint i = 0; i < 2; i++)
    {
      assert_slot (&self, cells[i], 0, HP_VALUE_UNDEFINED, 0);
      g_assert_cmpuint (hp_machine_take_finalized (self.machine), ==, cells[i]);
    }
  g_assert_cmpuint (hp_machine_take_finalized (self.machine), ==, HP_REF_NONE);
  collect (&self, HP_COLLECTION_FULL);
  g_assert_false (lives (&self, cells[0]));
  g_assert_false (lives (&self, cells[1]));
  weak_clear (&self);
}

/* A cell that died with its target is not queued. */
static void
test_dead_cells (void)
{
  Weak self;
  HpRef cell, target;

  weak_init (&self, NULL);
  cell = new_weak (&self, 0, self.cell, &target);
  drop (&self, 0);
  collect (&self, HP_COLLECTION_FULL);
  g_assert_false (lives (&self, cell));
  hp_machine_end_job (self.machine);
  g_assert_cmpuint (hp_machine_take_finalized (self.machine), ==, HP_REF_NONE);
  weak_clear (&self);
}

/* 1 KB of new space: 820 bytes or more make the task scavenge, 819 do not. */
static void
test_task (void)
{
  for (guint filled = 816; filled <= 824; filled += 8)
    {
      Weak self;

      weak_init (&self, NULL);
      new_in (&self, 0, self.base.bytes, 240);
      new_in (&self, 0, self.base.bytes, 240);
      new_in (&self, 0, self.base.bytes, 240);
      new_in (&self, 0, self.base.bytes, filled - 3 * 256 - 16);
      hp_machine_end_job (self.machine);
      g_assert_cmpuint (hp_machine_counters (self.machine)->scavenges, ==, filled >= 820);
      weak_clear (&self);
    }
}

static void
test_wait (void)
{
  Weak self;
  guint64 before;

  weak_init (&self, NULL);
  hp_machine_wait (self.machine, 0);
  before = hp_machine_counters (self.machine)->time_ns;
  hp_machine_wait (self.machine, 10000000000);
  g_assert_cmpuint (hp_machine_counters (self.machine)->time_ns - before, ==, 10000000005);
  hp_machine_wait (self.machine, G_MAXUINT64);
  g_assert_cmpint (hp_machine_ending (self.machine), ==, HP_ENDING_SCENARIO_ERROR);
  fixture_clear (&self.base);
}

static void
test_deref_of_others (void)
{
  Weak self;
  HpRef pair;

  weak_init (&self, NULL);
  pair = new_in (&self, 0, self.base.pair, 0);
  g_assert_cmpuint (hp_machine_deref (self.machine, pair).kind, ==, HP_VALUE_EMPTY);
  g_assert_cmpstr (hp_machine_ending_message (self.machine), ==, "deref: object 1 has no weak slot");
  fixture_clear (&self.base);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/weak/ref", test_weak_ref);
  g_test_add_func ("/weak/ref-young", test_weak_ref_young);
  g_test_add_func ("/weak/ref-old-to-young", test_weak_ref_old_to_young);
  g_test_add_func ("/weak/kept-during-job", test_kept_during_job);
  g_test_add_func ("/weak/cells-keep-nothing", test_cells_keep_nothing);
  g_test_add_func ("/weak/finalizers", test_finalizers);
  g_test_add_func ("/weak/dead-cells", test_dead_cells);
  g_test_add_func ("/weak/task", test_task);
  g_test_add_func ("/weak/wait", test_wait);
  g_test_add_func ("/weak/deref-of-others", test_deref_of_others);
  return g_test_run ();
}
