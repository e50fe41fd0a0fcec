/* incremental.c - marking in steps: when it starts, what it tells, how it ends
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

static const char *const SETTINGS[] = {
  "incremental-marking", "true", "max-old-space-size", "64K", "initial-old-limit", "4K", NULL
};

static void
keep_pairs (Fixture *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      HpRef ref = hp_machine_allocate (self->machine, self->pair, 0);

      hp_machine_write (self->machine, ref, 0, hp_machine_get_root (self->machine, self->root));
      hp_machine_set_root (self->machine, self->root, hp_value_ref (ref));
    }
}

/* Off, active, complete, off; and the full collection begins in between and says why. */
static void
test_states (void)
{
  static const guint32 EXPECTED[] = { HP_MARKING_ACTIVE | HP_MARKING_OFF << 8,
                                      HP_MARKING_COMPLETE | HP_MARKING_ACTIVE << 8,
                                      HP_MARKING_OFF | HP_MARKING_COMPLETE << 8 };
  Fixture self;
  guint n = 0;

  fixture_init (&self, "classroom", NULL, SETTINGS);
  while (self.machine->counters.mark_compacts == 0)
    keep_pairs (&self, 1);
  hp_machine_flush (self.machine);
  for (guint i = 0; i < self.events->len; i++)
    {
      const HpEvent *event = &g_array_index (self.events, HpEvent, i);

      if (hp_event_type (event) == HP_EVENT_COLLECTION_BEGIN && hp_event_detail (event) == HP_COLLECTION_FULL)
        g_assert_cmpstr (hp_definitions_string (hp_machine_definitions (self.machine), event->y),
                         ==,
                         "finalize incremental marking via stack guard");
      if (hp_event_type (event) == HP_EVENT_MARKING)
        g_assert_cmpuint (hp_event_detail (event), ==, EXPECTED[n++ % 3]);
    }
  g_assert_cmpuint (n, ==, 3);
  fixture_clear (&self);
}

/* With an event loop, the end of a job finishes what is complete. */
static void
test_task (void)
{
  Fixture self;
  gboolean was_active = FALSE;

  fixture_init (&self, "classroom", NULL, SETTINGS);
  hp_machine_end_job (self.machine);
  while (self.machine->counters.mark_compacts == 0)
    {
      keep_pairs (&self, 1);
      was_active |= self.machine->heap->marking;
      hp_machine_end_job (self.machine);
    }
  g_assert_true (was_active);
  g_assert_false (self.machine->heap->marking);
  fixture_clear (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gc/incremental/states", test_states);
  g_test_add_func ("/gc/incremental/task", test_task);
  return g_test_run ();
}
