/* working-set.c - tests: the working set is the distinct pages of the last N references, however it is counted
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/random.h"
#include "memory/working_set.h"

#define PAGE_BYTES 4096

static guint64
reference_to (guint64 page)
{
  return hp_reference (page * PAGE_BYTES + page % 7 * 8, page % 3 == 0);
}

/* Jumps between groups of busy pages, with some far away. */
static GArray *
make_references (guint64 seed, guint n, guint n_pages)
{
  GArray *references = g_array_new (FALSE, FALSE, sizeof (guint64));
  HpRandom random;
  guint32 base = 0;

  hp_random_seed (&random, seed);
  for (guint i = 0; i < n; i++)
    {
      guint64 reference;

      if (hp_random_below (&random, 50) == 0)
        base = hp_random_below (&random, n_pages);
      reference = reference_to (hp_random_below (&random, 8) == 0 ? hp_random_below (&random, n_pages)
                                                                  : (base + hp_random_below (&random, 5)) % n_pages);
      g_array_append_val (references, reference);
    }
  return references;
}

/* Each window's pages, one after the other. */
static guint32
count_naively (GArray *references, guint end, guint32 window)
{
  g_autoptr (GHashTable) pages = g_hash_table_new (NULL, NULL);

  for (guint i = end > window ? end - window : 0; i < end; i++)
    g_hash_table_add (pages, GSIZE_TO_POINTER (g_array_index (references, guint64, i) / PAGE_BYTES));
  return g_hash_table_size (pages);
}

static void
check_window (GArray *references, HpWorkingSetSize size)
{
  guint64 sum = 0;
  guint32 peak = 0, now = 0;

  for (guint end = 1; end <= references->len; end++)
    {
      now = count_naively (references, end, size.window);
      sum += now;
      peak = MAX (peak, now);
    }
  g_assert_cmpuint (size.now, ==, now);
  g_assert_cmpuint (size.peak, ==, peak);
  g_assert_cmpuint (size.sum, ==, sum);
}

/* Many windows at once, fed in pieces of odd sizes: each as if alone. */
static void
test_random_traces (void)
{
  static const guint32 WINDOWS[] = { 1, 2, 3, 7, 8, 64, 100, 5000 };
  static const guint SIZES[][2] = { { 0, 1 }, { 1, 1 }, { 40, 3 }, { 900, 20 }, { 1200, 300 } };

  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
    {
      g_autoptr (GArray) references = make_references (i, SIZES[i][0], SIZES[i][1]);
      g_autoptr (HpWorkingSet) set = hp_working_set_new (PAGE_BYTES, WINDOWS, G_N_ELEMENTS (WINDOWS));

      for (guint k = 0; k < references->len; k += 77)
        g_assert_true (
            hp_working_set_add (set, &g_array_index (references, guint64, k), MIN (77, references->len - k)));
      g_assert_cmpuint (hp_working_set_n_references (set), ==, references->len);
      g_assert_cmpuint (hp_working_set_n_pages (set), ==, count_naively (references, references->len, G_MAXUINT32));
      for (guint k = 0; k < G_N_ELEMENTS (WINDOWS); k++)
        {
          g_assert_cmpuint (hp_working_set_size (set, k).window, ==, WINDOWS[k]);
          check_window (references, hp_working_set_size (set, k));
        }
    }
}

/* A loop over 10 pages: the whole loop once the window holds it, else as many pages as references. Counted by hand:
 * (1 + … + 9) + 91 × 10 and (1 + … + 3) + 97 × 4. */
static void
test_loop (void)
{
  static const guint32 WINDOWS[] = { 4, 10, 11, 1 };
  g_autoptr (HpWorkingSet) set = hp_working_set_new (PAGE_BYTES, WINDOWS, G_N_ELEMENTS (WINDOWS));

  for (guint i = 0; i < 100; i++)
    {
      guint64 reference = reference_to (i % 10);

      g_assert_true (hp_working_set_add (set, &reference, 1));
    }
  g_assert_cmpuint (hp_working_set_size (set, 0).sum, ==, 6 + 97 * 4);
  g_assert_cmpuint (hp_working_set_size (set, 0).peak, ==, 4);
  g_assert_cmpuint (hp_working_set_size (set, 1).sum, ==, 45 + 91 * 10);
  g_assert_cmpuint (hp_working_set_size (set, 2).sum, ==, 45 + 91 * 10);
  g_assert_cmpuint (hp_working_set_size (set, 2).peak, ==, 10);
  g_assert_cmpuint (hp_working_set_size (set, 3).sum, ==, 100);
}

/* More pages than are looked for at once, each once, then one for long: they all leave again. */
static void
test_many_pages (void)
{
  static const guint32 WINDOWS[] = { 100000, 1 << 12 };
  const guint32 n_pages = 20000;
  g_autoptr (HpWorkingSet) set = hp_working_set_new (PAGE_BYTES, WINDOWS, G_N_ELEMENTS (WINDOWS));
  g_autofree guint64 *references = g_new (guint64, 8 * n_pages);

  for (guint i = 0; i < 8 * n_pages; i++)
    references[i] = reference_to (MIN (i, n_pages - 1) * G_GUINT64_CONSTANT (0x100001));
  g_assert_true (hp_working_set_add (set, references, 8 * n_pages));
  g_assert_cmpuint (hp_working_set_n_pages (set), ==, n_pages);
  g_assert_cmpuint (hp_working_set_size (set, 0).peak, ==, n_pages);
  g_assert_cmpuint (hp_working_set_size (set, 1).peak, ==, 1 << 12);
  g_assert_cmpuint (hp_working_set_size (set, 0).now, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/working-set/random-traces", test_random_traces);
  g_test_add_func ("/working-set/loop", test_loop);
  g_test_add_func ("/working-set/many-pages", test_many_pages);
  return g_test_run ();
}
