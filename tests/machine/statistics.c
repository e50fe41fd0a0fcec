/* statistics.c - statistics of a live machine, of its recording, and the machine's own counters are the same
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "random_machine.h"

#include "recording/statistics.h"

#include <string.h>

#define SEEDS 24
#define STEPS 3000

typedef struct
{
  HpListener recording, statistics;
} Both;

static void
on_define (gpointer user_data, const HpDefinitions *definitions, HpDefinitionKind kind, guint32 id)
{
  Both *both = user_data;

  both->recording.define (both->recording.self, definitions, kind, id);
}

static void
on_events (gpointer user_data, const HpEvent *events, gsize n)
{
  Both *both = user_data;

  both->recording.events (both->recording.self, events, n);
  both->statistics.events (both->statistics.self, events, n);
}

static void
compare_with_counters (const HpStatisticsReport *report, const HpCounters *counters)
{
  g_assert_cmpuint (report->operations, ==, counters->operations);
  g_assert_cmpuint (report->objects, ==, counters->objects);
  g_assert_cmpuint (report->collections[HP_COLLECTION_YOUNG], ==, counters->scavenges);
  g_assert_cmpuint (report->collections[HP_COLLECTION_FULL], ==, counters->mark_compacts);
  g_assert_cmpuint (report->allocated_bytes, ==, counters->allocated_bytes);
  g_assert_cmpuint (report->copied_bytes, ==, counters->copied_bytes);
  g_assert_cmpuint (report->promoted_bytes, ==, counters->promoted_bytes);
  g_assert_cmpuint (report->evacuated_bytes, ==, counters->evacuated_bytes);
  g_assert_cmpuint (report->compacted_bytes, ==, counters->compacted_bytes);
  g_assert_cmpuint (report->freed_bytes, ==, counters->freed_bytes);
  g_assert_cmpuint (report->live_bytes, ==, counters->live_bytes);
  g_assert_cmpuint (report->old_used_bytes, ==, counters->used_bytes[HP_SPACE_OLD]);
  g_assert_cmpuint (report->old_committed_bytes, >=, report->old_used_bytes);
  g_assert_cmpuint (report->minor_faults, ==, counters->minor_faults);
  g_assert_cmpuint (report->major_faults, ==, counters->major_faults);
  g_assert_cmpuint (report->evictions, ==, counters->evictions);
  g_assert_cmpuint (report->dirty_evictions, ==, counters->dirty_evictions);
  g_assert_cmpuint (report->read_ahead, ==, counters->read_ahead);
  g_assert_cmpuint (report->unused_read_ahead, ==, counters->unused_read_ahead);
  g_assert_cmpuint (report->time_ns, ==, counters->time_ns);
  g_assert_cmpuint (report->waiting_ns, ==, counters->waiting_ns);
}

static void
compare_pauses (const HpStatisticsReport *report, const HpCounters *counters)
{
  const HpPauses *young = &report->pauses_of[HP_COLLECTION_YOUNG], *full = &report->pauses_of[HP_COLLECTION_FULL];

  g_assert_cmpuint (young->total_ns + full->total_ns, ==, counters->pause_ns);
  g_assert_cmpuint (MAX (young->longest_ns, full->longest_ns), ==, counters->longest_pause_ns);
  g_assert_cmpuint (young->n, ==, counters->scavenges);
  g_assert_cmpuint (full->n, ==, counters->mark_compacts);
  g_assert_cmpuint (report->pauses.n, ==, young->n + full->n + report->pauses_of[HP_COLLECTION_NONE].n);
}

static void
test_seed (guint64 seed)
{
  g_autoptr (HpRecording) recording = hp_recording_new ();
  g_autoptr (HpStatistics) live = hp_statistics_new ();
  g_autoptr (HpStatistics) later = hp_statistics_new ();
  g_autoptr (HpSettings) settings = random_settings_new (seed);
  Both both = { hp_recording_listener (recording), hp_statistics_listener (live) };
  HpListener listener = { on_define, on_events, &both };
  HpPolicies policies = { .gc = random_policy (seed) };
  g_autoptr (HpMachine) machine = hp_machine_new (settings, &policies, &listener, NULL);
  HpStatisticsReport a, b;

  random_machine_run (machine, seed, STEPS);
  hp_machine_finish (machine);
  hp_statistics_add (later, hp_recording_event (recording, 0), hp_recording_length (recording));
  a = hp_statistics_report (live);
  b = hp_statistics_report (later);
  g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
  compare_with_counters (&a, hp_machine_counters (machine));
  compare_pauses (&a, hp_machine_counters (machine));
  g_assert_cmpint (a.ending, ==, hp_machine_ending (machine));
  g_assert_cmpuint (a.policy_faults, ==, hp_machine_count_policy_faults (machine));
}

static void
test_random_programs (void)
{
  for (guint64 seed = 1; seed <= SEEDS; seed++)
    test_seed (seed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statistics/random-programs", test_random_programs);
  return g_test_run ();
}
