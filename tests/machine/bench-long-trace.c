/* bench-long-trace.c - 50 million references at random over a million pages, recorded: time, events, peak memory
 *
 * The worst case for memory: nearly each reference changes two pages, and each keyframe differs everywhere.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/random.h"
#include "bench.h"
#include "machine/machine.h"
#include "recording/recording.h"

#include <sys/resource.h>

#define N_REFERENCES 50000000u
#define N_PAGES 1000000u
#define RAM "400000K" /* 100,000 page frames */
#define EVENT_LIMIT 10000000
#define PIECE 4096

static HpMachine *
make_machine (HpRecording *recording)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("node-20", NULL);
  HpListener listener = hp_recording_listener (recording);
  HpMachine *machine;

  g_assert_true (hp_settings_set (settings, "ram", RAM, NULL));
  machine = hp_machine_new (settings, NULL, &listener, NULL);
  hp_machine_set_event_limit (machine, EVENT_LIMIT);
  return machine;
}

static void
replay (HpMachine *machine)
{
  HpRandom random;

  hp_random_seed (&random, 1);
  for (guint i = 0; i < N_REFERENCES; i += PIECE)
    {
      guint64 references[PIECE];

      for (guint k = 0; k < PIECE; k++)
        references[k] = hp_reference ((guint64) hp_random_below (&random, N_PAGES) << 12, k % 4 == 0);
      hp_machine_touch_many (machine, references, MIN (PIECE, N_REFERENCES - i), G_MAXUINT64);
    }
  hp_machine_finish (machine);
}

/* Through the whole recording, part by part. */
static void
walk (const HpRecording *recording, HpMoment *moment)
{
  for (guint i = 0; i <= 100; i++)
    hp_recording_seek (recording, moment, hp_recording_length (recording) * (i * 37 % 101) / 100);
}

int
main (void)
{
  g_autoptr (HpRecording) recording = hp_recording_new ();
  g_autoptr (HpMachine) machine = make_machine (recording);
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));
  struct rusage usage;
  double begin = bench_seconds ();

  replay (machine);
  bench_print ("long-trace-recorded", N_REFERENCES / (bench_seconds () - begin) / 1e6, "M references/s");
  begin = bench_seconds ();
  walk (recording, moment);
  bench_print ("long-trace-seek", (bench_seconds () - begin) / 101 * 1e3, "ms");
  getrusage (RUSAGE_SELF, &usage);
  bench_print ("long-trace-events", (double) hp_recording_length (recording) / 1e6, "M");
  bench_print ("long-trace-peak-memory", (double) usage.ru_maxrss / 1024, "MiB");
  return 0;
}
