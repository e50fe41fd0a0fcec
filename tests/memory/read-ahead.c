/* read-ahead.c - tests of what a major fault reads besides its own page, with exact counts, times and events
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#include "base/random.h"

static guint64
address (guint page)
{
  return (guint64) page * PAGE_BYTES;
}

static void
touch (Fixture *f, guint first, guint n, gboolean write)
{
  for (guint page = first; page < first + n; page++)
    g_assert_true (hp_pager_touch (f->pager, address (page), write));
}

static void
assert_counts (const Fixture *f, guint64 minor, guint64 major, guint64 ahead, guint64 unused)
{
  g_assert_cmpuint (f->counters.minor_faults, ==, minor);
  g_assert_cmpuint (f->counters.major_faults, ==, major);
  g_assert_cmpuint (f->counters.read_ahead, ==, ahead);
  g_assert_cmpuint (f->counters.unused_read_ahead, ==, unused);
}

static gboolean
is_resident (const Fixture *f, guint page)
{
  return hp_pager_page_frame (f->pager, page + 1) != HP_NO_FRAME; /* ids are in order of addresses here */
}

/* 32 pages of a program, all written, in 16 frames: 0 … 15 are in swap, 16 … 31 resident. */
static void
fill (Fixture *f, const char *policy, guint32 cluster, const HpListener *listener)
{
  fixture_init_reading (f, 16, cluster, hp_replacement_policy_find (policy), listener);
  hp_pager_map (f->pager, HP_REGION_OLD, 0, address (32));
  touch (f, 0, 32, TRUE);
  assert_counts (f, 32, 0, 0, 0);
  g_assert_cmpuint (f->counters.dirty_evictions, ==, 16);
}

/* Page 3 brings 0 … 7; they are then hits. Page 8 brings 8 … 15. */
static void
test_cluster (void)
{
  Fixture f;

  fill (&f, "lru", 8, NULL);
  touch (&f, 3, 1, FALSE);
  assert_counts (&f, 32, 1, 7, 0);
  g_assert_cmpuint (f.counters.dirty_evictions, ==, 24);
  g_assert_cmpuint (f.counters.resident_pages, ==, 16);
  g_assert_cmpuint (f.counters.swapped_pages, ==, 16);
  for (guint page = 0; page < 8; page++)
    g_assert_cmpuint (hp_pager_page_flags (f.pager, page + 1),
                      ==,
                      page == 3 ? HP_PAGE_REFERENCED | HP_PAGE_ON_DISK : HP_PAGE_ON_DISK | HP_PAGE_AHEAD);
  touch (&f, 0, 8, FALSE);
  assert_counts (&f, 32, 1, 7, 0);
  g_assert_cmpuint (hp_pager_page_flags (f.pager, 1), ==, HP_PAGE_REFERENCED | HP_PAGE_ON_DISK);
  touch (&f, 8, 8, FALSE);
  assert_counts (&f, 32, 2, 14, 0);
  fixture_clear (&f);
}

/* 4 of the 7 pages read ahead are used, and the other 3 leave like the rest when 16 … 31 come back. */
static void
test_unused (void)
{
  Fixture f;

  fill (&f, "fifo", 8, NULL);
  touch (&f, 3, 5, FALSE);
  assert_counts (&f, 32, 1, 7, 0);
  touch (&f, 16, 16, FALSE); /* 16 brings 17 … 23, which push out 24 … 31; and 24 those, which push out 0 … 7 */
  assert_counts (&f, 32, 3, 21, 3);
  g_assert_cmpuint (f.counters.evictions, ==, 16 + 3 * 8);
  fixture_clear (&f);
}

/* The reading takes as long as its first page and a little for each other; victims are written before. */
static void
test_time (void)
{
  Fixture f;
  guint64 before;

  fill (&f, "lru", 8, NULL);
  before = f.counters.time_ns;
  touch (&f, 5, 1, FALSE);
  g_assert_cmpuint (f.counters.time_ns - before,
                    ==,
                    COSTS.access_ns + COSTS.major_fault_ns + 7 * COSTS.read_ahead_ns + 8 * COSTS.write_back_ns);
  fixture_clear (&f);
}

/* Only what was written to disk can be read: pages never touched, clean ones, unmapped ones and other regions are not.
 */
static void
test_what_is_there (void)
{
  Fixture f;

  fixture_init_reading (&f, 16, 8, NULL, NULL);
  hp_pager_map (f.pager, HP_REGION_OLD, 0, address (6));
  hp_pager_map (f.pager, HP_REGION_NEW, address (6), address (34));
  touch (&f, 0, 1, TRUE);
  touch (&f, 1, 1, FALSE);
  touch (&f, 2, 3, TRUE);
  touch (&f, 6, 2, TRUE);
  touch (&f, 8, 24, TRUE); /* all others leave */
  hp_pager_unmap (f.pager, address (2), PAGE_BYTES);
  touch (&f, 4, 1, FALSE);
  g_assert_cmpuint (f.counters.read_ahead, ==, 2);
  g_assert_true (is_resident (&f, 0));
  g_assert_true (is_resident (&f, 3));
  g_assert_false (is_resident (&f, 1));
  g_assert_false (is_resident (&f, 2));
  g_assert_false (is_resident (&f, 5));
  g_assert_false (is_resident (&f, 6));
  fixture_clear (&f);
}

/* A minor fault reads nothing; and a group never takes more than half of RAM. */
static void
test_small_ram (void)
{
  Fixture f;

  fixture_init_reading (&f, 4, 64, NULL, NULL);
  touch (&f, 0, 16, FALSE); /* pages of a trace: read from their file */
  assert_counts (&f, 16, 0, 0, 0);
  touch (&f, 1, 1, FALSE);
  assert_counts (&f, 16, 1, 1, 0);
  fixture_clear (&f);
  fixture_init_reading (&f, 1, 8, NULL, NULL);
  touch (&f, 0, 4, FALSE);
  touch (&f, 0, 4, FALSE);
  assert_counts (&f, 4, 4, 0, 0);
  fixture_clear (&f);
}

static void
hear (gpointer events, const HpEvent *heard, gsize n)
{
  g_array_append_vals (events, heard, (guint) n);
}

/* The neighbour's event comes before that of the fault that brought it. */
static void
test_events (void)
{
  enum
  {
    READ = HP_PAGE_ON_DISK | HP_PAGE_AHEAD,
    USED = HP_PAGE_ON_DISK | HP_PAGE_REFERENCED
  };
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (HpEvent));
  const HpEvent expected[] = {
    hp_event (HP_EVENT_EVICT, HP_PAGE_ON_DISK | USED << 8, 3, 2, 0),
    hp_event (HP_EVENT_FAULT, HP_FAULT_AHEAD | READ << 8 | HP_PAGE_ON_DISK << 16, 2, 2, 0),
    hp_event (HP_EVENT_EVICT, HP_PAGE_ON_DISK | USED << 8, 4, 3, 0),
    hp_event (HP_EVENT_FAULT, HP_FAULT_MAJOR | USED << 8 | HP_PAGE_ON_DISK << 16, 1, 3, 0),
    hp_event (HP_EVENT_TIME,
              0,
              (guint32) (COSTS.access_ns + COSTS.major_fault_ns + COSTS.read_ahead_ns),
              (guint32) (COSTS.major_fault_ns + COSTS.read_ahead_ns),
              0),
    hp_event (HP_EVENT_ACCESS, USED | READ << 8, 2, 0, 0),
  };
  Fixture f;

  fixture_init_reading (&f, 4, 2, NULL, &(HpListener){ NULL, hear, events });
  touch (&f, 0, 6, FALSE);
  touch (&f, 4, 2, FALSE);
  hp_clock_flush (&f.clock);
  hp_emitter_flush (f.clock.emitter);
  g_array_set_size (events, 0);
  touch (&f, 0, 2, FALSE);
  hp_emitter_flush (f.clock.emitter);
  g_assert_cmpmem (events->data, events->len * sizeof (HpEvent), expected, sizeof expected);
  fixture_clear (&f);
}

/* ---- against a model --------------------------------------------------------------------------------------------- */

#define MODEL_PAGES 100

/* LRU in the plainest way: the time at which each page came in or was used last; 0 for pages not in RAM. */
typedef struct
{
  guint64 times[MODEL_PAGES], now;
  gboolean dirty[MODEL_PAGES], on_disk[MODEL_PAGES], unused[MODEL_PAGES];
  guint n_frames, cluster;
  HpCounters counters;
} Model;

static void
model_make_room (Model *self)
{
  guint n = 0, oldest = 0;

  for (guint page = 0; page < MODEL_PAGES; page++)
    if (self->times[page] > 0 && (n++ == 0 || self->times[page] < self->times[oldest]))
      oldest = page;
  if (n < self->n_frames)
    return;
  self->counters.evictions++;
  self->counters.dirty_evictions += self->dirty[oldest];
  self->counters.unused_read_ahead += self->unused[oldest];
  self->on_disk[oldest] |= self->dirty[oldest];
  self->times[oldest] = self->dirty[oldest] = self->unused[oldest] = 0;
}

static void
model_read_ahead (Model *self, guint page)
{
  for (guint other = page / self->cluster * self->cluster; other / self->cluster == page / self->cluster; other++)
    if (other < MODEL_PAGES && other != page && self->on_disk[other] && self->times[other] == 0)
      {
        model_make_room (self);
        self->times[other] = ++self->now;
        self->unused[other] = TRUE;
        self->counters.read_ahead++;
      }
}

static void
model_touch (Model *self, guint page, gboolean write)
{
  if (self->times[page] == 0)
    {
      ++*(self->on_disk[page] ? &self->counters.major_faults : &self->counters.minor_faults);
      if (self->on_disk[page])
        model_read_ahead (self, page);
      model_make_room (self);
    }
  self->times[page] = ++self->now;
  self->dirty[page] |= write;
  self->unused[page] = FALSE;
}

static void
assert_same (const HpCounters *counters, const HpCounters *expected)
{
  g_assert_cmpuint (counters->minor_faults, ==, expected->minor_faults);
  g_assert_cmpuint (counters->major_faults, ==, expected->major_faults);
  g_assert_cmpuint (counters->evictions, ==, expected->evictions);
  g_assert_cmpuint (counters->dirty_evictions, ==, expected->dirty_evictions);
  g_assert_cmpuint (counters->read_ahead, ==, expected->read_ahead);
  g_assert_cmpuint (counters->unused_read_ahead, ==, expected->unused_read_ahead);
}

/* Runs of pages side by side, from anywhere; the counts agree after each access. */
static void
test_model (void)
{
  for (guint64 seed = 1; seed <= 30; seed++)
    {
      Model model = { .n_frames = 4 + (guint) seed * 2, .cluster = 2u << seed % 4 };
      HpRandom random;
      Fixture f;
      guint page = 0;

      hp_random_seed (&random, seed);
      fixture_init_reading (&f, model.n_frames, model.cluster, hp_replacement_policy_find ("lru"), NULL);
      while (model.cluster > model.n_frames / 2)
        model.cluster /= 2;
      hp_pager_map (f.pager, HP_REGION_OLD, 0, address (MODEL_PAGES));
      for (guint i = 0; i < 2000; i++)
        {
          gboolean write = hp_random_below (&random, 3) == 0;

          page = hp_random_below (&random, 5) == 0 ? hp_random_below (&random, MODEL_PAGES) : (page + 1) % MODEL_PAGES;
          touch (&f, page, 1, write);
          model_touch (&model, page, write);
          assert_same (&f.counters, &model.counters);
        }
      g_assert_cmpuint (f.counters.unused_read_ahead, >, 0);
      fixture_clear (&f);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/read-ahead/cluster", test_cluster);
  g_test_add_func ("/read-ahead/unused", test_unused);
  g_test_add_func ("/read-ahead/time", test_time);
  g_test_add_func ("/read-ahead/what-is-there", test_what_is_there);
  g_test_add_func ("/read-ahead/small-ram", test_small_ram);
  g_test_add_func ("/read-ahead/events", test_events);
  g_test_add_func ("/read-ahead/model", test_model);
  return g_test_run ();
}
