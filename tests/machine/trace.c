/* trace.c - tests of a machine that replays accesses: many at once are the same as one by one, heard or not
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/error.h"
#include "base/random.h"
#include "machine/machine.h"

#define N_REFERENCES 20000u
#define N_EXPLAINED 100u /* after so many faults the program says something, which takes its own time */

static guint64 references[N_REFERENCES];

static void
make_references (void)
{
  HpRandom random;

  hp_random_seed (&random, 3);
  for (guint i = 0; i < N_REFERENCES; i++)
    references[i] = hp_reference ((guint64) hp_random_below (&random, i % 7 == 0 ? 500 : 40) << 12, i % 11 == 0);
}

static HpMachine *
make_machine (const char *pager, const HpReplacementPolicy *policy, const HpListener *listener, GError **error)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("node-20", NULL);

  g_assert_true (hp_settings_set (settings, "ram", "200K", NULL));
  g_assert_true (hp_settings_set (settings, "pager", pager, NULL));
  return hp_machine_new (settings, &(HpPolicies){ .replacement = policy }, listener, error);
}

static guint64
count_faults (HpMachine *machine)
{
  const HpCounters *counters = hp_machine_counters (machine);

  return counters->minor_faults + counters->major_faults;
}

static void
touch_one_by_one (HpMachine *machine)
{
  guint64 next = N_EXPLAINED;

  for (guint i = 0; i < N_REFERENCES; i++)
    {
      hp_machine_touch (machine, references[i], hp_reference_writes (references[i]));
      if (count_faults (machine) < next)
        continue;
      hp_machine_explain (machine, "so many");
      next += N_EXPLAINED;
    }
}

static void
touch_many (HpMachine *machine)
{
  guint64 next = N_EXPLAINED;

  for (guint i = 0; i < N_REFERENCES;)
    {
      i += (guint) hp_machine_touch_many (
          machine, references + i, MIN (N_REFERENCES - i, 3333), next - count_faults (machine));
      if (count_faults (machine) < next)
        continue;
      hp_machine_explain (machine, "so many");
      next += N_EXPLAINED;
    }
}

static void
keep (gpointer events, const HpEvent *heard, gsize n)
{
  g_array_append_vals (events, heard, (guint) n);
}

static void
test_many (void)
{
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (HpEvent));
  g_autoptr (GArray) more_events = g_array_new (FALSE, FALSE, sizeof (HpEvent));
  g_autoptr (HpMachine) one = make_machine ("false", NULL, &(HpListener){ NULL, keep, events }, NULL);
  g_autoptr (HpMachine) many = make_machine ("false", NULL, &(HpListener){ NULL, keep, more_events }, NULL);
  g_autoptr (HpMachine) unheard = make_machine ("false", NULL, NULL, NULL);

  touch_one_by_one (one);
  touch_many (many);
  touch_many (unheard);
  hp_machine_finish (one);
  hp_machine_finish (many);
  hp_machine_finish (unheard);
  g_assert_cmpmem (hp_machine_counters (one), sizeof (HpCounters), hp_machine_counters (many), sizeof (HpCounters));
  g_assert_cmpmem (hp_machine_counters (one), sizeof (HpCounters), hp_machine_counters (unheard), sizeof (HpCounters));
  g_assert_cmpmem (
      events->data, events->len * sizeof (HpEvent), more_events->data, more_events->len * sizeof (HpEvent));
  g_assert_cmpuint (count_faults (one), >, 10 * N_EXPLAINED);
  g_assert_cmpuint (hp_machine_counters (one)->operations, ==, N_REFERENCES + count_faults (one) / N_EXPLAINED);
}

static void
test_cancelled (void)
{
  g_autoptr (HpMachine) machine = make_machine ("false", NULL, NULL, NULL);

  hp_machine_cancel (machine);
  g_assert_cmpuint (hp_machine_touch_many (machine, references, N_REFERENCES, G_MAXUINT64), ==, 0);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_CANCELLED);
  g_assert_cmpuint (hp_machine_counters (machine)->operations, ==, 0);
}

/* ---- devices and read-ahead -------------------------------------------------------------------------------------- */

/* 2 pages in 1 frame, in turn and written to: 2 minor faults, 8 major ones, 9 pages written back. */
static guint64
measure (const char *setting, const char *value)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("node-20", NULL);
  g_autoptr (HpMachine) machine = NULL;

  g_assert_true (hp_settings_set (settings, "ram", "4K", NULL));
  g_assert_true (hp_settings_set (settings, setting, value, NULL));
  machine = hp_machine_new (settings, NULL, NULL, NULL);
  for (guint i = 0; i < 10; i++)
    hp_machine_touch (machine, i % 2 << 12, TRUE);
  hp_machine_finish (machine);
  g_assert_cmpuint (hp_machine_counters (machine)->major_faults, ==, 8);
  g_assert_cmpuint (hp_machine_counters (machine)->dirty_evictions, ==, 9);
  return hp_machine_counters (machine)->time_ns;
}

static void
test_devices (void)
{
  const guint64 rest = 10 * 100 + 2 * 1000;

  g_assert_cmpuint (measure ("swap-device", "ssd"), ==, rest + (8 + 9) * 100000);
  g_assert_cmpuint (measure ("swap-device", "disk"), ==, rest + (8 + 9) * G_GUINT64_CONSTANT (10000000));
  g_assert_cmpuint (measure ("cost-major-fault", "7"), ==, rest + 8 * 7 + 9 * 100000);
  g_assert_cmpuint (measure ("cost-write-back", "7"), ==, rest + 8 * 100000 + 9 * 7);
}

/* 40 pages in 20 frames, twice: without read-ahead each reference is a fault, with 8 pages one in eight of the later.
 */
#define FAR_AWAY G_GUINT64_CONSTANT (0x7f0000000)

static guint64
count_major_faults (const char *read_ahead, const char *pager)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("node-20", NULL);
  g_autoptr (HpMachine) machine = NULL;

  g_assert_true (hp_settings_set (settings, "ram", "80K", NULL));
  g_assert_true (hp_settings_set (settings, "pager", pager, NULL));
  g_assert_true (hp_settings_set (settings, "read-ahead", read_ahead, NULL));
  machine = hp_machine_new (settings, NULL, NULL, NULL);
  for (guint i = 0; i < 80; i++)
    hp_machine_touch (machine, (FAR_AWAY + i % 40) << 12, FALSE);
  return hp_machine_counters (machine)->major_faults;
}

static void
test_read_ahead (void)
{
  g_assert_cmpuint (count_major_faults ("1", "false"), ==, 40);
  g_assert_cmpuint (count_major_faults ("8", "false"), ==, 5);
  g_assert_cmpuint (count_major_faults ("0", "false"), ==, 40);
  g_assert_cmpuint (count_major_faults ("0", "true"), ==, 5);
}

static void
test_bad_read_ahead (void)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("node-20", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (hp_settings_set (settings, "read-ahead", "6", NULL));
  g_assert_null (hp_machine_new (settings, NULL, NULL, &error));
  g_assert_cmpstr (error->message, ==, "read-ahead: found 6, expected a power of two");
}

/* ---- the future -------------------------------------------------------------------------------------------------- */

static guint32 first_use;

static guint32
take_first (gpointer self, HpReplacementContext *context, guint32 page)
{
  return 0;
}

static void
look (gpointer self, HpReplacementContext *context, const guint32 *frames, gsize n)
{
  first_use = hp_replacement_next_uses (context)[0];
}

static const HpReplacementPolicy FORTUNE_TELLER = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "fortune-teller",
  .needs_future = TRUE,
  .hits = look,
  .victim = take_first,
};

static void
test_future (void)
{
  static const guint32 NEXT_USES[] = { 1, 17, HP_NEVER_USED_AGAIN };
  const guint64 same[] = { 4096, 4100, 8192 };
  g_autoptr (HpMachine) machine = make_machine ("false", &FORTUNE_TELLER, NULL, NULL);

  g_assert_true (hp_machine_needs_future (machine));
  g_assert_cmpuint (hp_machine_page_bytes (machine), ==, 4096);
  hp_machine_set_future (machine, NEXT_USES, 3);
  g_assert_cmpuint (hp_machine_touch_many (machine, same, 3, G_MAXUINT64), ==, 3);
  g_assert_cmpuint (first_use, ==, 17);
  hp_machine_finish (machine);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_COMPLETED);
}

static void
test_no_future (void)
{
  g_autoptr (HpMachine) machine = make_machine ("false", &FORTUNE_TELLER, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (hp_machine_touch_many (machine, references, 10, G_MAXUINT64), ==, 0);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_SCENARIO_ERROR);
  g_assert_cmpstr (hp_machine_ending_message (machine),
                   ==,
                   "replacement policy “fortune-teller” needs to know the future of the trace");
  g_assert_null (make_machine ("true", &FORTUNE_TELLER, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
  g_assert_cmpstr (error->message,
                   ==,
                   "replacement: found “fortune-teller”, which needs to know the future: it runs on traces alone, with "
                   "pager=false and without read-ahead");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  make_references ();
  g_test_add_func ("/machine-trace/many", test_many);
  g_test_add_func ("/machine-trace/cancelled", test_cancelled);
  g_test_add_func ("/machine-trace/devices", test_devices);
  g_test_add_func ("/machine-trace/read-ahead", test_read_ahead);
  g_test_add_func ("/machine-trace/bad-read-ahead", test_bad_read_ahead);
  g_test_add_func ("/machine-trace/future", test_future);
  g_test_add_func ("/machine-trace/no-future", test_no_future);
  return g_test_run ();
}
