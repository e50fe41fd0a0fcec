/* curves.c - tests: a whole miss-ratio curve has what replaying the trace with every size of RAM has
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#include "base/random.h"
#include "memory/future.h"
#include "memory/kept_trace.h"

/* Phases of a few busy pages each, loops, and the same page over and over; a quarter are writes. */
static GArray *
make_references (guint64 seed, guint n, guint n_pages)
{
  GArray *references = g_array_new (FALSE, FALSE, sizeof (guint64));
  HpRandom random;
  guint32 page = 0, base = 0;

  hp_random_seed (&random, seed);
  for (guint i = 0; i < n; i++)
    {
      guint32 choice = hp_random_below (&random, 16);
      guint64 reference;

      if (i % 512 == 0)
        base = hp_random_below (&random, n_pages);
      if (choice < 6)
        page = (base + hp_random_below (&random, 8)) % n_pages;
      else if (choice < 9)
        page = (page + 1) % n_pages;
      else if (choice < 10)
        page = hp_random_below (&random, n_pages);
      reference = hp_reference ((guint64) page * PAGE_BYTES + choice * 8, hp_random_below (&random, 4) == 0);
      g_array_append_val (references, reference);
    }
  return references;
}

static void
replay (GArray *references, const char *policy, guint32 n_frames, HpCounters *counters)
{
  const guint64 *data = (const guint64 *) references->data;
  g_autoptr (HpFuture) future = hp_future_new (PAGE_BYTES);
  const guint32 *next_uses;
  Fixture f;
  gsize n;

  hp_future_add (future, data, references->len);
  next_uses = hp_future_finish (future, &n);
  fixture_init (&f, n_frames, hp_replacement_policy_find (policy), NULL);
  hp_pager_set_future (f.pager, next_uses, n);
  g_assert_cmpuint (hp_pager_replay (f.pager, data, references->len, G_MAXUINT64), ==, references->len);
  *counters = f.counters;
  fixture_clear (&f);
}

static guint64
count_faults (const HpCounters *counters)
{
  return counters->minor_faults + counters->major_faults;
}

static HpMissCurve *
draw_lru (GArray *references, guint piece)
{
  g_autoptr (HpLruStack) stack = hp_lru_stack_new (PAGE_BYTES);

  for (guint i = 0; i < references->len; i += piece)
    g_assert_true (hp_lru_stack_add (stack, &g_array_index (references, guint64, i), MIN (piece, references->len - i)));
  return hp_lru_stack_finish (stack);
}

static HpKeptTrace *
keep (GArray *references)
{
  HpKeptTrace *trace = hp_kept_trace_new (PAGE_BYTES);

  for (guint i = 0; i < references->len; i += 100)
    g_assert_true (hp_kept_trace_add (trace, &g_array_index (references, guint64, i), MIN (100, references->len - i)));
  hp_kept_trace_finish (trace);
  return trace;
}

static void
check_lru (GArray *references)
{
  g_autoptr (HpMissCurve) curve = draw_lru (references, 77);

  g_assert_cmpuint (curve->faults[0], ==, references->len);
  g_assert_cmpuint (curve->faults[curve->n_pages], ==, curve->n_pages);
  g_assert_cmpuint (curve->dirty_evictions[curve->n_pages], ==, 0);
  for (guint32 c = 1; c <= curve->n_pages; c++)
    {
      HpCounters counters;

      replay (references, "lru", c, &counters);
      g_assert_cmpuint (curve->faults[c], ==, count_faults (&counters));
      g_assert_cmpuint (curve->dirty_evictions[c], ==, counters.dirty_evictions);
    }
}

/* The kept trace is shorter, and its replay has the same faults and dirty evictions as that of the whole. */
static void
check_opt (GArray *references)
{
  g_autoptr (HpKeptTrace) trace = keep (references);
  g_autoptr (HpMissCurve) curve = hp_kept_trace_opt_curve (trace, NULL, NULL);

  g_assert_cmpuint (curve->faults[0], <=, references->len);
  g_assert_cmpuint (curve->faults[curve->n_pages], ==, curve->n_pages);
  for (guint32 c = 1; c <= curve->n_pages; c++)
    {
      HpCounters counters;
      Fixture f;

      replay (references, "opt", c, &counters);
      fixture_init (&f, c, hp_replacement_policy_find ("opt"), NULL);
      g_assert_true (hp_kept_trace_replay (trace, f.pager, NULL, NULL));
      g_assert_cmpuint (count_faults (&f.counters), ==, count_faults (&counters));
      g_assert_cmpuint (f.counters.dirty_evictions, ==, counters.dirty_evictions);
      g_assert_cmpuint (curve->faults[c], ==, count_faults (&counters));
      fixture_clear (&f);
    }
}

static void
test_random_traces (void)
{
  static const struct
  {
    guint n, n_pages;
  } SIZES[] = { { 1, 1 }, { 50, 3 }, { 3000, 40 }, { 20000, 150 }, { 4000, 700 } };

  for (gsize i = 0; i < G_N_ELEMENTS (SIZES); i++)
    {
      g_autoptr (GArray) references = make_references (i, SIZES[i].n, SIZES[i].n_pages);

      check_lru (references);
      check_opt (references);
    }
}

/* More pages than slots at the beginning: marks move together again and again. Sizes here and there are compared. */
static void
test_many_pages (void)
{
  g_autoptr (GArray) references = make_references (9, 200000, 30000);
  g_autoptr (HpMissCurve) lru = draw_lru (references, 512);
  g_autoptr (HpKeptTrace) trace = keep (references);
  g_autoptr (HpMissCurve) opt = hp_kept_trace_opt_curve (trace, NULL, NULL);

  g_assert_cmpuint (lru->n_pages, >, 8192);
  g_assert_cmpuint (opt->n_pages, ==, lru->n_pages);
  for (guint32 c = 1; c <= lru->n_pages; c = c * 3 + 1)
    {
      HpCounters counters;

      replay (references, "lru", c, &counters);
      g_assert_cmpuint (lru->faults[c], ==, count_faults (&counters));
      g_assert_cmpuint (lru->dirty_evictions[c], ==, counters.dirty_evictions);
      replay (references, "opt", c, &counters);
      g_assert_cmpuint (opt->faults[c], ==, count_faults (&counters));
    }
}

/* The string on which FIFO gets worse with a frame more: what is known of LRU and OPT. */
static void
test_textbook (void)
{
  static const guint PAGES[] = { 7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1 };
  g_autoptr (GArray) references = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (HpMissCurve) lru = NULL;
  g_autoptr (HpMissCurve) opt = NULL;
  g_autoptr (HpKeptTrace) trace = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (PAGES); i++)
    {
      guint64 reference = (guint64) PAGES[i] * PAGE_BYTES;

      g_array_append_val (references, reference);
    }
  lru = draw_lru (references, 1);
  trace = keep (references);
  opt = hp_kept_trace_opt_curve (trace, NULL, NULL);
  g_assert_cmpuint (lru->faults[3], ==, 12);
  g_assert_cmpuint (opt->faults[3], ==, 9);
  g_assert_cmpuint (opt->faults[1], ==, 20);
  g_assert_cmpuint (lru->dirty_evictions[1], ==, 0);
}

static void
test_nothing (void)
{
  g_autoptr (GArray) references = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (HpMissCurve) lru = draw_lru (references, 1);
  g_autoptr (HpKeptTrace) trace = keep (references);
  g_autoptr (HpMissCurve) opt = hp_kept_trace_opt_curve (trace, NULL, NULL);

  g_assert_cmpuint (lru->n_pages, ==, 0);
  g_assert_cmpuint (lru->faults[0], ==, 0);
  g_assert_cmpuint (opt->faults[0], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/curves/random-traces", test_random_traces);
  g_test_add_func ("/curves/many-pages", test_many_pages);
  g_test_add_func ("/curves/textbook", test_textbook);
  g_test_add_func ("/curves/nothing", test_nothing);
  return g_test_run ();
}
