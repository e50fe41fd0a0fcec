/* pager.c - tests of faults, write-back, costs and policies, each with its exact events
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#include "memory/future.h"

static void
hear (gpointer self, const HpEvent *events, gsize n)
{
  g_array_append_vals (self, events, (guint) n);
}

#define LISTENER(events) (&(HpListener){ NULL, hear, (events) })

static void
assert_event (GArray *events, guint *i, HpEventType type, guint32 detail, guint32 x, guint32 y)
{
  HpEvent expected = hp_event (type, detail, x, y, 0);

  g_assert_cmpuint (*i, <, events->len);
  g_assert_cmpstr (
      hp_event_type_name (hp_event_type (&g_array_index (events, HpEvent, *i))), ==, hp_event_type_name (type));
  g_assert_cmpmem (&g_array_index (events, HpEvent, *i), sizeof expected, &expected, sizeof expected);
  ++*i;
}

enum
{
  R = HP_PAGE_REFERENCED,
  D = HP_PAGE_DIRTY,
  DISK = HP_PAGE_ON_DISK,
};

/* One frame, two anonymous pages: zeroed, written, swapped out, read back, dropped clean, unmapped. */
static void
test_events (void)
{
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (HpEvent));
  Fixture f;
  guint i = 0;

  fixture_init (&f, 1, hp_replacement_policy_find ("fifo"), LISTENER (events));
  hp_pager_map (f.pager, HP_REGION_OLD, 0x10000, 2 * PAGE_BYTES);
  hp_pager_touch (f.pager, 0x10008, FALSE); /* first touch of page 1 */
  hp_pager_touch (f.pager, 0x10010, FALSE); /* nothing changes */
  hp_pager_touch (f.pager, 0x10fff, TRUE);
  hp_pager_touch (f.pager, 0x11000, FALSE); /* page 2 takes its frame */
  hp_pager_touch (f.pager, 0x10000, FALSE); /* page 1 from swap; page 2, clean, has no copy anywhere */
  hp_pager_touch (f.pager, 0x11000, FALSE); /* so its next fault is minor again; page 1 is clean, and its copy valid */
  hp_pager_unmap (f.pager, 0x10000, 2 * PAGE_BYTES);
  hp_emitter_flush (f.clock.emitter);

  assert_event (events, &i, HP_EVENT_MAP, HP_REGION_OLD, 1, 0);
  assert_event (events, &i, HP_EVENT_MAP, HP_REGION_OLD, 2, 0);
  assert_event (events, &i, HP_EVENT_FAULT, HP_FAULT_MINOR | R << 8, 1, 0);
  assert_event (events, &i, HP_EVENT_TIME, 0, 1100, 0);
  assert_event (events, &i, HP_EVENT_ACCESS, (R | D) | R << 8, 1, 0);
  assert_event (events, &i, HP_EVENT_EVICT, DISK | (R | D) << 8, 1, 0);
  assert_event (events, &i, HP_EVENT_FAULT, HP_FAULT_MINOR | R << 8, 2, 0);
  assert_event (events, &i, HP_EVENT_TIME, 0, 300 + 50000 + 1000, 50000);
  assert_event (events, &i, HP_EVENT_EVICT, R << 8, 2, 0);
  assert_event (events, &i, HP_EVENT_FAULT, HP_FAULT_MAJOR | (R | DISK) << 8 | DISK << 16, 1, 0);
  assert_event (events, &i, HP_EVENT_TIME, 0, 100 + 100000, 100000);
  assert_event (events, &i, HP_EVENT_EVICT, DISK | (R | DISK) << 8, 1, 0);
  assert_event (events, &i, HP_EVENT_FAULT, HP_FAULT_MINOR | R << 8, 2, 0);
  assert_event (events, &i, HP_EVENT_TIME, 0, 1100, 0);
  assert_event (events, &i, HP_EVENT_UNMAP, DISK | HP_REGION_OLD << 8, 1, HP_NO_FRAME);
  assert_event (events, &i, HP_EVENT_UNMAP, R | HP_REGION_OLD << 8, 2, 0);
  g_assert_cmpuint (i, ==, events->len);

  g_assert_cmpuint (f.counters.minor_faults, ==, 3);
  g_assert_cmpuint (f.counters.major_faults, ==, 1);
  g_assert_cmpuint (f.counters.evictions, ==, 3);
  g_assert_cmpuint (f.counters.dirty_evictions, ==, 1);
  g_assert_cmpuint (f.counters.resident_pages, ==, 0);
  g_assert_cmpuint (f.counters.swapped_pages, ==, 0);
  g_assert_cmpuint (f.counters.time_ns, ==, 1100 + 51300 + 100100 + 1100);
  g_assert_cmpuint (f.counters.waiting_ns, ==, 50000 + 100000);
  fixture_clear (&f);
}

/* A trace's pages are mapped by their first touch and have a copy on disk from then on. */
static void
test_trace_pages (void)
{
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (HpEvent));
  Fixture f;
  guint i = 0;

  fixture_init (&f, 1, NULL, LISTENER (events));
  hp_pager_touch (f.pager, G_MAXUINT64, FALSE);
  hp_pager_touch (f.pager, 0, TRUE);
  hp_pager_touch (f.pager, G_MAXUINT64 - 4095, FALSE);
  hp_emitter_flush (f.clock.emitter);

  assert_event (events, &i, HP_EVENT_MAP, HP_REGION_TRACE, 1, 0);
  assert_event (events, &i, HP_EVENT_FAULT, HP_FAULT_MINOR | (R | DISK) << 8, 1, 0);
  assert_event (events, &i, HP_EVENT_TIME, 0, 1100, 0);
  assert_event (events, &i, HP_EVENT_MAP, HP_REGION_TRACE, 2, 0);
  assert_event (events, &i, HP_EVENT_EVICT, DISK | (R | DISK) << 8, 1, 0);
  assert_event (events, &i, HP_EVENT_FAULT, HP_FAULT_MINOR | (R | D | DISK) << 8, 2, 0);
  assert_event (events, &i, HP_EVENT_TIME, 0, 1100, 0);
  assert_event (events, &i, HP_EVENT_EVICT, DISK | (R | D | DISK) << 8, 2, 0);
  assert_event (events, &i, HP_EVENT_FAULT, HP_FAULT_MAJOR | (R | DISK) << 8 | DISK << 16, 1, 0);
  assert_event (events, &i, HP_EVENT_TIME, 0, 150100, 150000);
  g_assert_cmpuint (i, ==, events->len);
  g_assert_cmpuint (f.counters.swapped_pages, ==, 1);
  g_assert_cmpuint (hp_definitions_page (f.clock.emitter->definitions, 1)->number, ==, G_MAXUINT64 >> 12);
  g_assert_cmpint (hp_definitions_page (f.clock.emitter->definitions, 1)->region, ==, HP_REGION_TRACE);
  g_assert_null (hp_definitions_page (f.clock.emitter->definitions, 3));
  fixture_clear (&f);
}

/* What the hand of CLOCK and a load under clock0 clear is told too. */
static void
test_clock_bits (void)
{
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (HpEvent));
  Fixture f;
  guint i = 0;

  fixture_init (&f, 1, hp_replacement_policy_find ("clock0"), LISTENER (events));
  hp_pager_touch (f.pager, 0x1000, FALSE);
  hp_pager_touch (f.pager, 0x1000, FALSE);
  hp_pager_touch (f.pager, 0x2000, FALSE);
  hp_emitter_flush (f.clock.emitter);

  assert_event (events, &i, HP_EVENT_MAP, HP_REGION_TRACE, 1, 0);
  assert_event (events, &i, HP_EVENT_FAULT, HP_FAULT_MINOR | (R | DISK) << 8, 1, 0);
  assert_event (events, &i, HP_EVENT_TIME, 0, 1100, 0);
  assert_event (events, &i, HP_EVENT_ACCESS, DISK | (R | DISK) << 8, 1, 0);
  assert_event (events, &i, HP_EVENT_ACCESS, (R | DISK) | DISK << 8, 1, 0);
  assert_event (events, &i, HP_EVENT_MAP, HP_REGION_TRACE, 2, 0);
  assert_event (events, &i, HP_EVENT_ACCESS, DISK | (R | DISK) << 8, 1, 0);
  assert_event (events, &i, HP_EVENT_EVICT, DISK | DISK << 8, 1, 0);
  assert_event (events, &i, HP_EVENT_FAULT, HP_FAULT_MINOR | (R | DISK) << 8, 2, 0);
  assert_event (events, &i, HP_EVENT_TIME, 0, 1200, 0);
  assert_event (events, &i, HP_EVENT_ACCESS, DISK | (R | DISK) << 8, 2, 0);
  g_assert_cmpuint (i, ==, events->len);
  fixture_clear (&f);
}

static void
test_touch_range (void)
{
  Fixture f;

  fixture_init (&f, 16, NULL, NULL);
  g_assert_true (hp_pager_touch_range (f.pager, 0x10ff8, 0, TRUE));
  g_assert_cmpuint (hp_pager_n_pages (f.pager), ==, 0);
  g_assert_true (hp_pager_touch_range (f.pager, 0x10ff8, 8, TRUE));
  g_assert_cmpuint (hp_pager_n_pages (f.pager), ==, 1);
  g_assert_true (hp_pager_touch_range (f.pager, 0x10ff8, 9, FALSE));
  g_assert_cmpuint (hp_pager_n_pages (f.pager), ==, 2);
  g_assert_true (hp_pager_touch_range (f.pager, 0x11fff, 2 * PAGE_BYTES + 2, FALSE));
  g_assert_cmpuint (hp_pager_n_pages (f.pager), ==, 5);
  g_assert_cmpuint (hp_pager_page_flags (f.pager, 1), ==, R | D | DISK);
  g_assert_cmpuint (hp_pager_page_flags (f.pager, 2), ==, R | DISK);
  fixture_clear (&f);
}

/* Frames given back by unmapping are used before anything is evicted, and the queue has forgotten them. */
static void
test_freed_frames (gconstpointer policy)
{
  Fixture f;

  fixture_init (&f, 4, policy, NULL);
  hp_pager_map (f.pager, HP_REGION_NEW, 0x10000, 8 * PAGE_BYTES);
  hp_pager_touch_range (f.pager, 0x10000, 4 * PAGE_BYTES, TRUE);
  hp_pager_unmap (f.pager, 0x11000, 2 * PAGE_BYTES);
  g_assert_false (hp_pager_page_is_mapped (f.pager, 2));
  g_assert_cmpuint (f.counters.resident_pages, ==, 2);
  hp_pager_touch_range (f.pager, 0x14000, 2 * PAGE_BYTES, TRUE);
  g_assert_cmpuint (f.counters.evictions, ==, 0);
  hp_pager_touch_range (f.pager, 0x16000, PAGE_BYTES, TRUE);
  g_assert_cmpuint (f.counters.evictions, ==, 1);
  g_assert_cmpuint (hp_pager_page_frame (f.pager, 1), ==, HP_NO_FRAME);
  g_assert_cmpuint (f.counters.swapped_pages, ==, 1);
  fixture_clear (&f);
}

static guint32
no_frame_at_all (gpointer self, HpReplacementContext *context, guint32 page)
{
  hp_replacement_clear_referenced (context, 77);
  g_assert_false (hp_replacement_is_referenced (context, 77));
  g_assert_false (hp_replacement_is_dirty (context, G_MAXUINT32));
  return hp_replacement_n_frames (context);
}

/* A policy with nothing but a wrong answer: reported each time, and the first frame goes. */
static void
test_wrong_victim (void)
{
  static const HpReplacementPolicy WRONG = { .struct_size = sizeof (HpReplacementPolicy),
                                             .id = "wrong",
                                             .victim = no_frame_at_all };
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (HpEvent));
  Fixture f;
  guint n_reports = 0;

  fixture_init (&f, 2, &WRONG, LISTENER (events));
  for (guint64 page = 1; page <= 4; page++)
    hp_pager_touch (f.pager, page * PAGE_BYTES, FALSE);
  hp_emitter_flush (f.clock.emitter);
  for (guint i = 0; i < events->len; i++)
    n_reports += hp_event_type (&g_array_index (events, HpEvent, i)) == HP_EVENT_POLICY_FAULT;
  g_assert_cmpuint (n_reports, ==, 2);
  g_assert_cmpuint (hp_definitions_count (f.clock.emitter->definitions, HP_DEFINITION_STRING), ==, 1);
  g_assert_cmpuint (hp_pager_page_frame (f.pager, 2), ==, 1);
  g_assert_cmpuint (hp_pager_page_frame (f.pager, 4), ==, 0);
  fixture_clear (&f);
}

/* The strings that textbooks work by hand; the numbers are those of the published table of expected faults. */
static const char *const WORKED[] = { "fifo", "clock0", "clock1", "lru", "lfu", "arc", "opt", "sieve", "two-list" };

static const struct
{
  const char *pages;
  guint32 n_frames;
  guint faults[G_N_ELEMENTS (WORKED)];
} TEXTBOOK[] = {
  { "123412512345", 3, { 9, 10, 9, 10, 10, 10, 7, 10, 10 } },
  { "123412512345", 4, { 10, 8, 10, 8, 8, 7, 6, 8, 8 } },
  { "70120304230321201701", 3, { 15, 11, 14, 12, 11, 13, 9, 11, 14 } },
  { "70120304230321201701", 4, { 10, 8, 9, 8, 9, 9, 8, 8, 8 } },
  { "012340123401234012340123401234", 4, { 30, 30, 30, 30, 30, 30, 11, 30, 30 } },
};

static void
check_textbook (const char *pages, guint32 n_frames, const char *policy, guint expected)
{
  g_autoptr (HpFuture) future = hp_future_new (PAGE_BYTES);
  const guint32 *next_uses;
  gsize n = strlen (pages);
  Fixture f;

  for (gsize i = 0; i < n; i++)
    hp_future_add (future, &(guint64){ hp_reference ((guint64) pages[i] * PAGE_BYTES, FALSE) }, 1);
  next_uses = hp_future_finish (future, &n);
  fixture_init (&f, n_frames, hp_replacement_policy_find (policy), NULL);
  hp_pager_set_future (f.pager, next_uses, n);
  for (const char *c = pages; *c != '\0'; c++)
    hp_pager_touch (f.pager, (guint64) *c * PAGE_BYTES, FALSE);
  g_assert_cmpuint (f.counters.minor_faults + f.counters.major_faults, ==, expected);
  fixture_clear (&f);
}

static void
test_textbook (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (TEXTBOOK); i++)
    for (gsize p = 0; p < G_N_ELEMENTS (WORKED); p++)
      check_textbook (TEXTBOOK[i].pages, TEXTBOOK[i].n_frames, WORKED[p], TEXTBOOK[i].faults[p]);
}

/* More RAM than pages have ids costs no more than it can use. */
static void
test_endless_ram (void)
{
  Fixture f;

  fixture_init (&f, G_MAXUINT32, NULL, NULL);
  g_assert_cmpuint (hp_pager_n_frames (f.pager), ==, HP_PAGER_MAX_FRAMES);
  hp_pager_touch (f.pager, 0, TRUE);
  g_assert_cmpuint (f.counters.resident_pages, ==, 1);
  fixture_clear (&f);
}

static void
test_find_policy (void)
{
  gsize n;
  const HpReplacementPolicy *const *policies = hp_replacement_policies (&n);

  g_assert_cmpuint (n, ==, 12);
  for (gsize p = 0; p < n; p++)
    g_assert_true (hp_replacement_policy_find (policies[p]->id) == policies[p]);
  g_assert_null (hp_replacement_policy_find ("best"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pager/events", test_events);
  g_test_add_func ("/pager/trace-pages", test_trace_pages);
  g_test_add_func ("/pager/clock-bits", test_clock_bits);
  g_test_add_func ("/pager/touch-range", test_touch_range);
  g_test_add_data_func ("/pager/freed-frames/fifo", hp_replacement_policy_find ("fifo"), test_freed_frames);
  g_test_add_data_func ("/pager/freed-frames/lru", hp_replacement_policy_find ("lru"), test_freed_frames);
  g_test_add_func ("/pager/wrong-victim", test_wrong_victim);
  g_test_add_func ("/pager/textbook", test_textbook);
  g_test_add_func ("/pager/endless-ram", test_endless_ram);
  g_test_add_func ("/pager/find-policy", test_find_policy);
  return g_test_run ();
}
