/* pager-limits.c - tests of the pager at its ends: page sizes, more frames than pages, more pages than there are ids
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#define MOST_PAGES ((1u << 24) - 1)

static void
init (Fixture *self, guint32 page_bytes, guint32 n_frames, const char *policy)
{
  memset (self, 0, sizeof *self);
  self->clock.emitter = hp_emitter_new (NULL);
  self->clock.counters = &self->counters;
  self->pager = hp_pager_new (&self->clock,
                              &(HpPagerConfig){ .page_bytes = page_bytes,
                                                .n_frames = n_frames,
                                                .policy = hp_replacement_policy_find (policy),
                                                .costs = COSTS });
}

/* ---- page sizes -------------------------------------------------------------------------------------------------- */

static guint64
count_faults (const Fixture *self)
{
  return self->counters.minor_faults + self->counters.major_faults;
}

/* Two pages side by side, of any size: the last byte of one and the first of the next differ, all others do not. */
static void
test_page_size (gconstpointer data)
{
  guint32 bytes = GPOINTER_TO_UINT (data);
  guint64 first = G_GUINT64_CONSTANT (0x7fff00000000), next = first + bytes;
  const guint64 references[] = { hp_reference (first, FALSE),
                                 hp_reference (first + bytes / 2, TRUE),
                                 hp_reference (next - 1, FALSE),
                                 hp_reference (next, FALSE),
                                 hp_reference (next + bytes - 1, TRUE) };
  Fixture f;

  init (&f, bytes, 2, "lru");
  g_assert_cmpuint (hp_pager_page_bytes (f.pager), ==, bytes);
  g_assert_cmpuint (hp_pager_replay (f.pager, references, G_N_ELEMENTS (references), G_MAXUINT64), ==, 5);
  g_assert_cmpuint (count_faults (&f), ==, 2);
  g_assert_true (hp_pager_touch_range (f.pager, next - 1, 2, FALSE));
  g_assert_cmpuint (count_faults (&f), ==, 2);
  g_assert_true (hp_pager_touch_range (f.pager, next - 1, bytes + 2, FALSE)); /* the byte after both: a third page */
  g_assert_cmpuint (count_faults (&f), ==, 3);
  g_assert_cmpuint (f.counters.dirty_evictions, ==, 1);
  g_assert_true (hp_pager_touch (f.pager, G_MAXUINT64, TRUE)); /* the last page there can be */
  g_assert_cmpuint (hp_definitions_page (f.clock.emitter->definitions, 4)->number, ==, G_MAXUINT64 / bytes);
  fixture_clear (&f);
}

/* ---- frames ------------------------------------------------------------------------------------------------------ */

/* With a frame for each page and more there is no victim, whatever the policy. */
static void
test_more_frames_than_pages (void)
{
  gsize n;
  const HpReplacementPolicy *const *policies = hp_replacement_policies (&n);

  for (gsize p = 0; p < n; p++)
    for (guint32 n_frames = 100; n_frames <= 100000; n_frames *= 10)
      {
        Fixture f;

        init (&f, PAGE_BYTES, n_frames, policies[p]->id);
        for (guint i = 0; i < 1000; i++)
          hp_pager_touch (f.pager, i * 37 % 100 * PAGE_BYTES, i % 3 == 0);
        g_assert_cmpuint (f.counters.minor_faults, ==, 100);
        g_assert_cmpuint (f.counters.resident_pages, ==, 100);
        g_assert_cmpuint (f.counters.evictions, ==, 0);
        fixture_clear (&f);
      }
}

/* The only frame is given to each page in turn. */
static void
test_one_frame (void)
{
  gsize n;
  const HpReplacementPolicy *const *policies = hp_replacement_policies (&n);

  for (gsize p = 0; p < n; p++)
    {
      Fixture f;

      init (&f, PAGE_BYTES, 1, policies[p]->id);
      for (guint i = 0; i < 300; i++)
        hp_pager_touch (f.pager, i / 2 % 3 * PAGE_BYTES, TRUE);
      g_assert_cmpuint (count_faults (&f), ==, 150);
      g_assert_cmpuint (f.counters.dirty_evictions, ==, 149);
      fixture_clear (&f);
    }
}

/* ---- pages ------------------------------------------------------------------------------------------------------- */

/* All ids are given out; a page more is refused and changes nothing, and those that are known go on. */
static void
test_most_pages (void)
{
  guint64 references[256];
  HpCounters before;
  Fixture f;

  init (&f, 64, 1000, "fifo");
  for (guint page = 0; page < MOST_PAGES; page += 255)
    {
      for (guint i = 0; i < 255; i++)
        references[i] = hp_reference ((guint64) (page + i) * 64, FALSE);
      g_assert_cmpuint (hp_pager_replay (f.pager, references, 255, G_MAXUINT64), ==, 255);
    }
  g_assert_cmpuint (hp_pager_n_pages (f.pager), ==, MOST_PAGES);
  before = f.counters;
  g_assert_false (hp_pager_touch (f.pager, (guint64) MOST_PAGES * 64, TRUE));
  g_assert_cmpmem (&f.counters, sizeof before, &before, sizeof before);
  g_assert_cmpuint (f.clock.pending_ns, ==, 0);
  references[0] = hp_reference (0, TRUE);
  references[1] = hp_reference ((guint64) MOST_PAGES * 64, TRUE);
  g_assert_cmpuint (hp_pager_replay (f.pager, references, 3, G_MAXUINT64), ==, 1);
  g_assert_cmpuint (f.counters.minor_faults, ==, MOST_PAGES);
  g_assert_cmpuint (f.counters.major_faults, ==, 1);
  fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint32 bytes = 64; bytes <= 2u << 20; bytes *= 2)
    {
      g_autofree char *name = g_strdup_printf ("/pager-limits/page-size/%u", bytes);

      g_test_add_data_func (name, GUINT_TO_POINTER (bytes), test_page_size);
    }
  g_test_add_func ("/pager-limits/more-frames-than-pages", test_more_frames_than_pages);
  g_test_add_func ("/pager-limits/one-frame", test_one_frame);
  g_test_add_func ("/pager-limits/most-pages", test_most_pages);
  return g_test_run ();
}
