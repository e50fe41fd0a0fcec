/* weak.c - random programs meet all that can happen to weak references, whoever watches
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "random_machine.h"

#include "machine/machine_private.h"
#include "recording/recording.h"

#define N_PROGRAMS 60

typedef struct
{
  HpCollectionKind collection;
  HpPhase phase;
  guint64 n_cleared[HP_N_COLLECTION_KINDS]; /* slots of entries */
  guint64 n_undefined[HP_N_COLLECTION_KINDS];
  guint64 n_queued, n_taken;
} Tally;

static void
hear_slot (Tally *self, const HpEvent *event)
{
  if (self->phase != HP_PHASE_WEAK)
    return;
  if (HP_KINDS_NEW (hp_event_detail (event)) == HP_VALUE_EMPTY)
    self->n_cleared[self->collection]++;
  else if (HP_KINDS_NEW (hp_event_detail (event)) == HP_VALUE_UNDEFINED)
    self->n_undefined[self->collection]++;
  else
    g_assert_not_reached ();
}

static void
hear (gpointer data, const HpEvent *events, gsize n)
{
  Tally *self = data;

  for (gsize i = 0; i < n; i++)
    switch (hp_event_type (&events[i]))
      {
      case HP_EVENT_COLLECTION_BEGIN:
        self->collection = hp_event_detail (&events[i]);
        break;
      case HP_EVENT_PHASE:
        self->phase = hp_event_detail (&events[i]) & 0xff;
        break;
      case HP_EVENT_SLOT:
        hear_slot (self, &events[i]);
        break;
      case HP_EVENT_ROOT:
        self->n_queued += self->phase == HP_PHASE_WEAK;
        break;
      default:
        break;
      }
}

static void
test_all_is_met (void)
{
  Tally tally = { 0 };

  for (guint64 seed = 1; seed <= N_PROGRAMS; seed++)
    {
      g_autoptr (HpSettings) settings = random_settings_new (seed);
      g_autoptr (HpMachine) machine = hp_machine_new (
          settings, &(HpPolicies){ .gc = random_policy (seed) }, &(HpListener){ NULL, hear, &tally }, NULL);

      random_machine_run (machine, seed, 4000);
      hp_machine_finish (machine);
    }
  g_test_message ("entries' slots cleared: %" G_GUINT64_FORMAT " by scavenges, %" G_GUINT64_FORMAT
                  " by full collections; weak slots %" G_GUINT64_FORMAT "; queued %" G_GUINT64_FORMAT,
                  tally.n_cleared[HP_COLLECTION_YOUNG],
                  tally.n_cleared[HP_COLLECTION_FULL],
                  tally.n_undefined[HP_COLLECTION_FULL],
                  tally.n_queued);
  g_assert_cmpuint (tally.n_cleared[HP_COLLECTION_YOUNG], >, N_PROGRAMS);
  g_assert_cmpuint (tally.n_cleared[HP_COLLECTION_FULL], >, N_PROGRAMS);
  g_assert_cmpuint (tally.n_undefined[HP_COLLECTION_YOUNG], ==, 0);
  g_assert_cmpuint (tally.n_undefined[HP_COLLECTION_FULL], >, N_PROGRAMS);
  g_assert_cmpuint (tally.n_queued, >, N_PROGRAMS / 2);
}

/* How ephemerons are marked is nobody's business but the collector's. */
static void
test_algorithms_agree (void)
{
  static const char *const ITERATIONS[] = { "0", "1", "2", "10" };

  for (guint64 seed = 1; seed <= N_PROGRAMS; seed++)
    {
      HpCounters first = { 0 };

      for (guint i = 0; i < G_N_ELEMENTS (ITERATIONS); i++)
        {
          g_autoptr (HpSettings) settings = random_settings_new (seed);
          g_autoptr (HpMachine) machine = NULL;

          hp_settings_set (settings, "ephemeron-fixpoint-iterations", ITERATIONS[i], NULL);
          machine = hp_machine_new (settings, &(HpPolicies){ .gc = random_policy (seed) }, NULL, NULL);
          random_machine_run (machine, seed, 2000);
          hp_machine_finish (machine);
          if (i == 0)
            first = *hp_machine_counters (machine);
          g_assert_cmpmem (&first, sizeof first, hp_machine_counters (machine), sizeof first);
        }
    }
}

/* What a moment takes for reachable is what a full collection leaves, but for what only the accumulator holds. */
static void
test_moments_know_what_lives (void)
{
  guint64 n_living = 0, n_dead = 0;

  for (guint64 seed = 1; seed <= N_PROGRAMS; seed++)
    {
      g_autoptr (HpRecording) recording = hp_recording_new ();
      HpListener listener = hp_recording_listener (recording);
      g_autoptr (HpSettings) settings = random_settings_new (seed);
      g_autoptr (HpMachine) machine = hp_machine_new (settings, NULL, &listener, NULL);
      g_autoptr (HpMoment) moment = NULL;
      const guint8 *reachable;

      random_machine_run (machine, seed, 1500);
      machine->heap->roots.accumulator = 0;
      hp_machine_flush (machine);
      moment = hp_moment_copy (hp_recording_head (recording));
      reachable = hp_moment_reachable (moment);
      hp_machine_collect (machine, HP_COLLECTION_FULL);
      if (hp_machine_ending (machine) != HP_ENDING_COMPLETED)
        continue;
      for (HpRef ref = 1; ref <= hp_moment_n_objects (moment); ref++)
        {
          HpAddress address = hp_heap_address_of (machine->heap, ref);
          gboolean lives = address != 0 && !hp_heap_is_unswept (machine->heap, address);

          if (hp_moment_marking (moment) == HP_MARKING_OFF)
            g_assert_cmpint (lives, ==, hp_reachable_has (reachable, ref));
          else /* what was marked before it died lives once more */
            g_assert_cmpint (lives, >=, hp_reachable_has (reachable, ref));
          n_living += lives;
          n_dead += !lives && hp_moment_object (moment, ref)->status == HP_OBJECT_ALLOCATED;
        }
    }
  g_assert_cmpuint (n_living, >, N_PROGRAMS);
  g_assert_cmpuint (n_dead, >, N_PROGRAMS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/machine/weak/all-is-met", test_all_is_met);
  g_test_add_func ("/machine/weak/algorithms-agree", test_algorithms_agree);
  g_test_add_func ("/machine/weak/moments-know-what-lives", test_moments_know_what_lives);
  return g_test_run ();
}
