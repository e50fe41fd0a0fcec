/* statistics.c - tests of statistics against lists of events made by hand, and of percentiles against sorted lists
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/random.h"
#include "recording/statistics.h"

#include <stdlib.h>

#define OLD_PAGE 100, 48 /* size and usable words */

static HpEvent
at_phase (HpPhase to, HpPhase from)
{
  return hp_event (HP_EVENT_PHASE, to | from << 8, 0, 0, 0);
}

static HpEvent
after (guint32 ns)
{
  return hp_event (HP_EVENT_TIME, 0, ns, 0, 0);
}

static HpEvent
begin (HpCollectionKind kind)
{
  return hp_event (HP_EVENT_COLLECTION_BEGIN, kind, 1, 0, 0);
}

static HpEvent
end (HpCollectionKind kind)
{
  return hp_event (HP_EVENT_COLLECTION_END, kind, 1, 0, 0);
}

static HpEvent
allocate (HpRef ref, guint32 words, HpSpace space)
{
  return hp_event (HP_EVENT_ALLOCATE, 1, ref, 0x1000 + ref, HP_PLACE (words, space, FALSE));
}

static HpEvent
move (HpRef ref, HpSpace from, HpSpace to)
{
  return hp_event (HP_EVENT_MOVE, HP_MOVE_SPACES (from, to), ref, 0x1000 + ref, 0x2000 + ref);
}

static HpEvent
release (HpRef ref, HpSpace space)
{
  return hp_event (HP_EVENT_FREE, space, ref, 0x1000 + ref, 0);
}

static HpEvent
page (HpEventType type, HpSpace space, guint32 size, guint32 usable)
{
  return hp_event (type, space, 0x1000, size, usable);
}

static HpEvent
page_state (HpHeapPageFlags to, HpHeapPageFlags from)
{
  return hp_event (HP_EVENT_HEAP_PAGE_STATE, to | from << 8, 0x1000, 0, 0);
}

/* The report, one event at a time. */
static HpStatisticsReport
fold (const HpEvent *events, gsize n)
{
  g_autoptr (HpStatistics) statistics = hp_statistics_new ();
  HpListener listener = hp_statistics_listener (statistics);

  for (gsize i = 0; i < n; i++)
    listener.events (listener.self, &events[i], 1);
  return hp_statistics_report (statistics);
}

#define FOLD(...) (fold ((const HpEvent[]){ __VA_ARGS__ }, G_N_ELEMENTS (((const HpEvent[]){ __VA_ARGS__ }))))

static void
test_nothing (void)
{
  HpStatisticsReport report = fold (NULL, 0);

  g_assert_cmpuint (report.pauses.n, ==, 0);
  g_assert_cmpuint (report.pauses.p99_ns, ==, 0);
  g_assert_cmpfloat (report.utilisation, ==, 1);
  g_assert_cmpfloat (hp_statistics_report_fragmentation (&report), ==, 0);
  g_assert_cmpint (report.ending, ==, HP_ENDING_CRASHED);
}

/* The time of a collection counts from its beginning, before the first phase; two in a row are two pauses. */
static void
test_pauses (void)
{
  HpStatisticsReport report = FOLD (after (1000),
                                    begin (HP_COLLECTION_YOUNG),
                                    after (40),
                                    at_phase (HP_PHASE_COPY, HP_PHASE_MUTATOR),
                                    after (60),
                                    at_phase (HP_PHASE_MUTATOR, HP_PHASE_COPY),
                                    end (HP_COLLECTION_YOUNG),
                                    begin (HP_COLLECTION_FULL),
                                    after (300),
                                    at_phase (HP_PHASE_MARK, HP_PHASE_MUTATOR),
                                    after (100),
                                    at_phase (HP_PHASE_MUTATOR, HP_PHASE_MARK),
                                    end (HP_COLLECTION_FULL),
                                    after (450),
                                    at_phase (HP_PHASE_MARK, HP_PHASE_MUTATOR),
                                    after (30),
                                    after (20),
                                    at_phase (HP_PHASE_MUTATOR, HP_PHASE_MARK),
                                    hp_event (HP_EVENT_END, HP_ENDING_COMPLETED, 7, 0, 0));

  g_assert_cmpuint (report.pauses.n, ==, 3);
  g_assert_cmpuint (report.pauses.total_ns, ==, 100 + 400 + 50);
  g_assert_cmpuint (report.pauses.p50_ns, ==, 100);
  g_assert_cmpuint (report.pauses.p99_ns, ==, 400);
  g_assert_cmpuint (report.pauses.longest_ns, ==, 400);
  g_assert_cmpuint (report.pauses_of[HP_COLLECTION_YOUNG].total_ns, ==, 100);
  g_assert_cmpuint (report.pauses_of[HP_COLLECTION_FULL].total_ns, ==, 400);
  g_assert_cmpuint (report.pauses_of[HP_COLLECTION_NONE].n, ==, 1);
  g_assert_cmpuint (report.pauses_of[HP_COLLECTION_NONE].total_ns, ==, 50);
  g_assert_cmpuint (report.collections[HP_COLLECTION_YOUNG], ==, 1);
  g_assert_cmpuint (report.collections[HP_COLLECTION_FULL], ==, 1);
  g_assert_cmpuint (report.time_ns, ==, 2000);
  g_assert_cmpfloat_with_epsilon (report.utilisation, 1450.0 / 2000, 1e-12);
  g_assert_cmpint (report.ending, ==, HP_ENDING_COMPLETED);
  g_assert_cmpuint (report.message, ==, 7);
}

static void
test_a_collection_without_time_is_a_pause (void)
{
  HpStatisticsReport report = FOLD (begin (HP_COLLECTION_YOUNG),
                                    end (HP_COLLECTION_YOUNG),
                                    at_phase (HP_PHASE_MARK, HP_PHASE_MUTATOR),
                                    at_phase (HP_PHASE_MUTATOR, HP_PHASE_MARK));

  g_assert_cmpuint (report.pauses.n, ==, 1);
  g_assert_cmpuint (report.pauses.longest_ns, ==, 0);
}

static HpEvent
waiting (guint32 ns, guint32 waiting_ns)
{
  return hp_event (HP_EVENT_TIME, 0, ns, waiting_ns, 0);
}

/* Windows of 10 ms: 6 of them waiting, 5, 6 and 10, then one that is not over. */
static void
test_waiting (void)
{
  HpStatisticsReport report = FOLD (after (4000000),
                                    waiting (6000000, 6000000),
                                    waiting (10000000, 5000000),
                                    waiting (5000000, 3000000),
                                    waiting (10000000, 10000000),
                                    after (0),
                                    waiting (9999998, 8000000));

  g_assert_cmpuint (report.time_ns, ==, 44999998);
  g_assert_cmpuint (report.waiting_ns, ==, 32000000);
  g_assert_cmpfloat_with_epsilon (report.waiting, 32000000.0 / 44999998, 1e-12);
  g_assert_cmpuint (report.longest_thrashing_ns, ==, 20000000);
}

/* 1 s of which exactly half is waiting does not thrash; with a nanosecond more in each window it does. */
static void
test_waiting_is_spread_evenly (void)
{
  HpStatisticsReport half = FOLD (waiting (1000000000, 500000000));
  HpStatisticsReport more = FOLD (waiting (1000000000, 500000100));
  HpStatisticsReport pieces = FOLD (
      waiting (1000000000, 400000000), waiting (20000000, 12000000), waiting (4000000000, 3999999999));

  g_assert_cmpuint (half.longest_thrashing_ns, ==, 0);
  g_assert_cmpuint (more.longest_thrashing_ns, ==, 1000000000);
  g_assert_cmpuint (pieces.longest_thrashing_ns, ==, 4020000000);
}

static void
test_bytes (void)
{
  HpStatisticsReport report = FOLD (allocate (1, 4, HP_SPACE_SEMI_A),
                                    allocate (2, 6, HP_SPACE_SEMI_A),
                                    allocate (3, 1000, HP_SPACE_NEW_LARGE),
                                    allocate (4, 10, HP_SPACE_OLD),
                                    move (1, HP_SPACE_SEMI_A, HP_SPACE_SEMI_B),
                                    move (2, HP_SPACE_SEMI_A, HP_SPACE_OLD),
                                    move (3, HP_SPACE_NEW_LARGE, HP_SPACE_LARGE),
                                    move (4, HP_SPACE_OLD, HP_SPACE_OLD),
                                    release (4, HP_SPACE_OLD),
                                    release (1, HP_SPACE_SEMI_B));

  g_assert_cmpuint (report.objects, ==, 4);
  g_assert_cmpuint (report.allocated_bytes, ==, 1020 * 8);
  g_assert_cmpuint (report.copied_bytes, ==, 4 * 8);
  g_assert_cmpuint (report.promoted_bytes, ==, 1006 * 8);
  g_assert_cmpuint (report.compacted_bytes, ==, 10 * 8);
  g_assert_cmpuint (report.freed_bytes, ==, 14 * 8);
  g_assert_cmpuint (report.live_bytes, ==, 1006 * 8);
  g_assert_cmpuint (report.peak_live_bytes, ==, 1020 * 8);
  g_assert_cmpuint (report.old_used_bytes, ==, 6 * 8);
}

/* A group of sizes is given back when its last object is freed; the objects beside it stay known. */
static void
test_sizes_of_many_objects (void)
{
  g_autoptr (HpStatistics) statistics = hp_statistics_new ();
  HpStatisticsReport report;

  for (HpRef ref = 1; ref <= 10000; ref++)
    hp_statistics_add (statistics, (HpEvent[]){ allocate (ref, 2 + ref % 5, HP_SPACE_SEMI_A) }, 1);
  for (HpRef ref = 2; ref <= 10000; ref++)
    hp_statistics_add (statistics, (HpEvent[]){ release (ref, HP_SPACE_SEMI_A) }, 1);
  hp_statistics_add (statistics, (HpEvent[]){ move (1, HP_SPACE_SEMI_A, HP_SPACE_OLD) }, 1);
  report = hp_statistics_report (statistics);
  g_assert_cmpuint (report.allocated_bytes, ==, 10000 * 4 * 8);
  g_assert_cmpuint (report.live_bytes, ==, 3 * 8);
  g_assert_cmpuint (report.promoted_bytes, ==, 3 * 8);
}

static void
test_pages (void)
{
  HpStatisticsReport report = FOLD (page (HP_EVENT_HEAP_PAGE_ADD, HP_SPACE_SEMI_A, 64, 60),
                                    page (HP_EVENT_HEAP_PAGE_ADD, HP_SPACE_OLD, OLD_PAGE),
                                    page (HP_EVENT_HEAP_PAGE_REMOVE, HP_SPACE_SEMI_A, 64, 60),
                                    allocate (1, 12, HP_SPACE_OLD));

  g_assert_cmpuint (report.peak_committed_bytes, ==, 164 * 8);
  g_assert_cmpuint (report.committed_bytes, ==, 100 * 8);
  g_assert_cmpuint (report.old_committed_bytes, ==, 48 * 8);
  g_assert_cmpfloat_with_epsilon (hp_statistics_report_fragmentation (&report), 0.75, 1e-12);
  g_assert_cmpfloat (report.worst_fragmentation, ==, 0);
}

/* With lazy sweeping the dead are found after the collection: fragmentation waits for the last page. */
static void
test_fragmentation_after_sweeping (void)
{
  HpStatisticsReport report = FOLD (page (HP_EVENT_HEAP_PAGE_ADD, HP_SPACE_OLD, OLD_PAGE),
                                    allocate (1, 12, HP_SPACE_OLD),
                                    allocate (2, 24, HP_SPACE_OLD),
                                    begin (HP_COLLECTION_FULL),
                                    page_state (HP_HEAP_PAGE_TO_SWEEP, 0),
                                    end (HP_COLLECTION_FULL),
                                    allocate (3, 12, HP_SPACE_OLD),
                                    release (2, HP_SPACE_OLD),
                                    page_state (0, HP_HEAP_PAGE_TO_SWEEP),
                                    release (3, HP_SPACE_OLD));

  g_assert_cmpfloat_with_epsilon (report.worst_fragmentation, 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (hp_statistics_report_fragmentation (&report), 0.75, 1e-12);
}

static void
test_faults (void)
{
  HpStatisticsReport report = FOLD (hp_event (HP_EVENT_FAULT, HP_FAULT_MINOR | 1 << 8, 1, 0, 0),
                                    hp_event (HP_EVENT_FAULT, HP_FAULT_MAJOR | 1 << 8, 1, 0, 0),
                                    hp_event (HP_EVENT_FAULT, HP_FAULT_MAJOR | 1 << 8, 2, 0, 0),
                                    hp_event (HP_EVENT_POLICY_FAULT, 0, 1, 0, 0),
                                    hp_event (HP_EVENT_OPERATION, 0, 4, 0, 0));

  g_assert_cmpuint (report.minor_faults, ==, 1);
  g_assert_cmpuint (report.major_faults, ==, 2);
  g_assert_cmpuint (report.policy_faults, ==, 1);
  g_assert_cmpuint (report.operations, ==, 5);
}

/* ---- percentiles ------------------------------------------------------------------------------------------------- */

static int
compare (const void *a, const void *b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

static void
assert_near (guint64 found, guint64 exact)
{
  g_assert_cmpuint (found, >=, exact);
  g_assert_cmpuint (found, <=, exact + exact / HP_PAUSES_CLASSES);
}

/* Lengths over the whole range of 64 bits. */
static void
test_percentiles (gsize n)
{
  g_autoptr (HpPauseLog) log = hp_pause_log_new ();
  g_autofree guint64 *lengths = g_new (guint64, n);
  HpRandom random;
  HpPauses pauses;

  hp_random_seed (&random, n);
  for (gsize i = 0; i < n; i++)
    {
      lengths[i] = (hp_random_next (&random) | (guint64) 1 << 63) >> hp_random_below (&random, 64);
      hp_pause_log_add (log, lengths[i]);
    }
  qsort (lengths, n, sizeof *lengths, compare);
  pauses = hp_pause_log_read (log);
  g_assert_cmpuint (pauses.n, ==, n);
  g_assert_cmpuint (pauses.longest_ns, ==, lengths[n - 1]);
  assert_near (pauses.p50_ns, lengths[(n * 50 + 99) / 100 - 1]);
  assert_near (pauses.p99_ns, lengths[(n * 99 + 99) / 100 - 1]);
  if (n <= HP_PAUSES_EXACT)
    {
      g_assert_cmpuint (pauses.p50_ns, ==, lengths[(n * 50 + 99) / 100 - 1]);
      g_assert_cmpuint (pauses.p99_ns, ==, lengths[(n * 99 + 99) / 100 - 1]);
    }
}

static void
test_percentiles_of_any_number (void)
{
  for (gsize n = 1; n < 200; n++)
    test_percentiles (n);
  test_percentiles (HP_PAUSES_EXACT);
  test_percentiles (HP_PAUSES_EXACT + 1);
  test_percentiles (300000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statistics/nothing", test_nothing);
  g_test_add_func ("/statistics/pauses", test_pauses);
  g_test_add_func ("/statistics/no-time", test_a_collection_without_time_is_a_pause);
  g_test_add_func ("/statistics/waiting", test_waiting);
  g_test_add_func ("/statistics/waiting-is-spread-evenly", test_waiting_is_spread_evenly);
  g_test_add_func ("/statistics/bytes", test_bytes);
  g_test_add_func ("/statistics/sizes", test_sizes_of_many_objects);
  g_test_add_func ("/statistics/pages", test_pages);
  g_test_add_func ("/statistics/fragmentation", test_fragmentation_after_sweeping);
  g_test_add_func ("/statistics/faults", test_faults);
  g_test_add_func ("/statistics/percentiles", test_percentiles_of_any_number);
  return g_test_run ();
}
