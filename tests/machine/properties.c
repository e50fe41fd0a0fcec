/* properties.c - what holds for every program under every policy
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "random_machine.h"

#include "machine/machine_private.h"

#include <string.h>

#define N_PROGRAMS 150

/* ---- around each collection -------------------------------------------------------------------------------------- */

typedef struct
{
  HpMachine *machine;
  HpSnapshot *before;
  guint64 n_full;
  gboolean was_marking; /* before the collection under way */
  guint n_while_marking;
} Watch;

/* Without those that are dead and wait to be swept. */
static guint64
count_living (const HpHeap *heap)
{
  guint64 n = 0;

  for (HpRef ref = 1; ref <= heap->refs.last; ref++)
    {
      HpAddress address = hp_heap_address_of (heap, ref);

      n += address != 0 && !hp_heap_is_unswept (heap, address);
    }
  return n;
}

static void
assert_no_violation (const HpViolation *violation)
{
  g_autofree char *text = violation != NULL ? hp_violation_text (violation) : NULL;

  g_assert_cmpstr (text, ==, NULL);
}

static void
watch (gpointer data, gboolean is_after)
{
  Watch *self = data;
  g_autoptr (HpSnapshot) now = NULL;
  g_autoptr (HpViolation) violation = hp_verifier_check (self->machine->heap, self->before, &now);

  assert_no_violation (violation);
  if (!is_after && self->machine->collector->ordinal % 5 == 4)
    self->machine->collector->reduces_memory = TRUE;
  self->n_while_marking += self->machine->heap->marking;
  /* A full collection leaves nothing but what can be reached; or could be, when marking was begun before it. */
  if (self->machine->counters.mark_compacts > self->n_full && !self->was_marking)
    g_assert_cmpuint (count_living (self->machine->heap), ==, hp_snapshot_count (now));
  self->was_marking = self->machine->heap->marking;
  self->n_full = self->machine->counters.mark_compacts;
  g_clear_pointer (&self->before, hp_snapshot_free);
  if (!is_after)
    self->before = g_steal_pointer (&now);
}

/* ---- runs -------------------------------------------------------------------------------------------------------- */

static HpMachine *
run_program (guint64 seed, guint n_steps, const HpListener *listener)
{
  g_autoptr (HpSettings) settings = random_settings_new (seed);
  HpMachine *machine = hp_machine_new (settings, &(HpPolicies){ .gc = random_policy (seed) }, listener, NULL);

  random_machine_run (machine, seed, n_steps);
  hp_machine_finish (machine);
  return machine;
}

static void
test_collections_lose_nothing (void)
{
  guint64 n_scavenges = 0, n_full = 0, n_oom = 0;
  guint64 compacted = 0, promoted = 0, copied = 0;
  guint64 relinked_bytes = 0;
  guint n_while_marking = 0;

  for (guint64 seed = 1; seed <= N_PROGRAMS; seed++)
    {
      g_autoptr (HpSettings) settings = random_settings_new (seed);
      g_autoptr (HpMachine)
          machine = hp_machine_new (settings, &(HpPolicies){ .gc = random_policy (seed) }, NULL, NULL);
      Watch self = { .machine = machine };

      machine->collector->check = watch;
      machine->collector->check_data = &self;
      random_machine_run (machine, seed, 4000);
      hp_machine_finish (machine);
      g_assert_cmpint (hp_machine_ending (machine), !=, HP_ENDING_SCENARIO_ERROR);
      n_while_marking += self.n_while_marking;
      relinked_bytes += self.machine->collector->relinked_bytes;
      n_oom += hp_machine_ending (machine) == HP_ENDING_OUT_OF_MEMORY;
      n_scavenges += hp_machine_counters (machine)->scavenges;
      n_full += hp_machine_counters (machine)->mark_compacts;
      compacted += hp_machine_counters (machine)->compacted_bytes;
      promoted += hp_machine_counters (machine)->promoted_bytes;
      copied += hp_machine_counters (machine)->copied_bytes;
    }
  g_test_message ("%" G_GUINT64_FORMAT " scavenges, %" G_GUINT64_FORMAT " full, %" G_GUINT64_FORMAT
                  " out of memory; bytes copied %" G_GUINT64_FORMAT ", promoted %" G_GUINT64_FORMAT
                  ", compacted %" G_GUINT64_FORMAT,
                  n_scavenges,
                  n_full,
                  n_oom,
                  copied,
                  promoted,
                  compacted);
  /* The programs must reach what is to be tested. */
  g_assert_cmpuint (n_scavenges, >, N_PROGRAMS * 4);
  g_assert_cmpuint (n_full, >, N_PROGRAMS * 4);
  g_assert_cmpuint (compacted, >, 100000);
  g_assert_cmpuint (n_while_marking, >, N_PROGRAMS);
  g_assert_cmpuint (relinked_bytes, >, N_PROGRAMS * 1024);
  g_assert_cmpuint (n_oom, >, 0);
  g_assert_cmpuint (n_oom, <, N_PROGRAMS / 2);
}

/* ---- events
 * ---------------------------------------------------------------------------------------------------------- */

static void
append_events (gpointer data, const HpEvent *events, gsize n)
{
  g_array_append_vals (data, events, (guint) n);
}

static void
test_runs_repeat (void)
{
  for (guint64 seed = 1; seed <= 40; seed++)
    {
      g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (HpEvent));
      g_autoptr (GArray) second = g_array_new (FALSE, FALSE, sizeof (HpEvent));
      g_autoptr (HpMachine) a = run_program (seed, 300, &(HpListener){ NULL, append_events, first });
      g_autoptr (HpMachine) b = run_program (seed, 300, &(HpListener){ NULL, append_events, second });

      g_assert_cmpuint (first->len, >, 300);
      g_assert_cmpmem (first->data, first->len * sizeof (HpEvent), second->data, second->len * sizeof (HpEvent));
    }
}

static void
ignore_events (gpointer data, const HpEvent *events, gsize n)
{
}

static void
test_headless_counts_the_same (void)
{
  for (guint64 seed = 1; seed <= 60; seed++)
    {
      g_autoptr (HpMachine) headless = run_program (seed, 400, NULL);
      g_autoptr (HpMachine) told = run_program (seed, 400, &(HpListener){ NULL, ignore_events, NULL });

      g_assert_cmpmem (
          hp_machine_counters (headless), sizeof (HpCounters), hp_machine_counters (told), sizeof (HpCounters));
      g_assert_cmpint (hp_machine_ending (headless), ==, hp_machine_ending (told));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/machine/properties/collections-lose-nothing", test_collections_lose_nothing);
  g_test_add_func ("/machine/properties/runs-repeat", test_runs_repeat);
  g_test_add_func ("/machine/properties/headless-counts-the-same", test_headless_counts_the_same);
  return g_test_run ();
}
