/* history.c - tests of the bounded list of samples
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "process/process_history.h"

static HpProcessSample
sample_at (gint64 seconds, guint64 resident, guint64 faults)
{
  HpProcessSample sample = { .time_us = seconds * 1000000, .minor_faults = faults, .major_faults = faults / 10 };

  hp_process_sample_set (&sample, HP_PROCESS_RESIDENT, resident);
  hp_process_sample_set (&sample, HP_PROCESS_HEAP_TOUCHED, resident / 2);
  return sample;
}

static void
add (HpProcessHistory *history, gint64 seconds, guint64 resident, guint64 faults)
{
  HpProcessSample sample = sample_at (seconds, resident, faults);

  hp_process_history_add (history, &sample);
}

static void
assert_entry (HpProcessHistory *history, guint i, gint64 seconds, guint64 last, guint64 most)
{
  const HpProcessEntry *entry = hp_process_history_entry (history, i);

  g_assert_cmpint (entry->last.time_us, ==, seconds * 1000000);
  g_assert_cmpuint (entry->last.bytes[HP_PROCESS_RESIDENT], ==, last);
  g_assert_cmpuint (entry->most[HP_PROCESS_RESIDENT], ==, most);
}

/* Five samples into four places: pairs are joined, peaks stay, the fifth begins a pair of its own. */
static void
test_halves (void)
{
  static const guint64 RESIDENT[] = { 10, 50, 20, 30, 5 };
  g_autoptr (HpProcessHistory) history = hp_process_history_new (4);

  for (guint i = 0; i < 4; i++)
    add (history, i, RESIDENT[i], i);
  g_assert_cmpuint (hp_process_history_stride (history), ==, 1);
  g_assert_cmpuint (hp_process_history_n_entries (history), ==, 4);
  add (history, 4, RESIDENT[4], 4);
  g_assert_cmpuint (hp_process_history_stride (history), ==, 2);
  g_assert_cmpuint (hp_process_history_n_entries (history), ==, 3);
  assert_entry (history, 0, 1, 50, 50);
  assert_entry (history, 1, 3, 30, 30);
  assert_entry (history, 2, 4, 5, 5);
  add (history, 5, 1, 5);
  g_assert_cmpuint (hp_process_history_n_entries (history), ==, 3);
  assert_entry (history, 2, 5, 1, 5);
  g_assert_cmpuint (hp_process_history_peak (history, HP_PROCESS_RESIDENT), ==, 50);
  g_assert_cmpint (hp_process_history_first (history)->time_us, ==, 0);
}

static void
test_rates (void)
{
  g_autoptr (HpProcessHistory) history = hp_process_history_new (8);
  HpProcessRates rates;

  add (history, 10, 1000, 100);
  add (history, 12, 3000, 500);
  add (history, 12, 9000, 900);
  add (history, 16, 1000, 400);
  g_assert_cmpfloat (hp_process_history_rates (history, 0).minor_faults, ==, 0);
  rates = hp_process_history_rates (history, 1);
  g_assert_cmpfloat (rates.minor_faults, ==, 200);
  g_assert_cmpfloat (rates.major_faults, ==, 20);
  g_assert_cmpfloat (rates.growth, ==, 500);
  g_assert_cmpfloat (hp_process_history_rates (history, 2).minor_faults, ==, 0);
  rates = hp_process_history_rates (history, 3);
  g_assert_cmpfloat (rates.minor_faults, ==, 0);
  g_assert_cmpfloat (rates.growth, ==, -1000);
  g_assert_cmpfloat (hp_process_history_seconds (history, hp_process_history_last (history)), ==, 6);
}

static void
test_time_does_not_go_back (void)
{
  g_autoptr (HpProcessHistory) history = hp_process_history_new (2);

  add (history, 5, 1, 0);
  add (history, 3, 2, 0);
  g_assert_cmpint (hp_process_history_last (history)->time_us, ==, 5000000);
}

/* However many samples: the bound holds, no fault is lost, no peak is lost. */
static void
test_any_length (void)
{
  g_autoptr (HpProcessHistory) history = hp_process_history_new (16);
  guint64 random = 42, peak = 0, faults = 0, largest = 0;

  g_assert_null (hp_process_history_last (history));
  for (guint n = 1; n <= 5000; n++)
    {
      guint64 resident = (random = random * 6364136223846793005u + 1442695040888963407u) >> 40;
      guint64 stride;

      faults += resident % 7;
      peak = MAX (peak, resident);
      add (history, n, resident, faults);
      stride = hp_process_history_stride (history);
      g_assert_cmpuint (hp_process_history_n_samples (history), ==, n);
      g_assert_cmpuint (hp_process_history_n_entries (history), ==, (n + stride - 1) / stride);
      largest = MAX (largest, hp_process_history_n_entries (history));
      g_assert_cmpuint (hp_process_history_peak (history, HP_PROCESS_RESIDENT), ==, peak);
      g_assert_cmpuint (hp_process_history_last (history)->minor_faults, ==, faults);
    }
  g_assert_cmpuint (largest, ==, 16);
  g_assert_cmpuint (hp_process_history_stride (history), ==, 512);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/process-history/halves", test_halves);
  g_test_add_func ("/process-history/rates", test_rates);
  g_test_add_func ("/process-history/time", test_time_does_not_go_back);
  g_test_add_func ("/process-history/any-length", test_any_length);
  return g_test_run ();
}
