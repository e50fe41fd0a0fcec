/* bench-pager.c - references a second through the pager under each policy, and lines of trace a second
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#include "base/random.h"
#include "bench.h"
#include "memory/lackey.h"

#define N_REFERENCES (1u << 20)
#define ROUNDS 16
#define N_PAGES 1024
#define N_LINES 1000000

/* A third of the references go to the page of the one before; nine of ten others to a sixteenth of the pages. */
static guint64 *
make_references (void)
{
  guint64 *references = g_new (guint64, N_REFERENCES);
  HpRandom random;
  guint32 page = 0;

  hp_random_seed (&random, 1);
  for (guint i = 0; i < N_REFERENCES; i++)
    {
      guint32 choice = hp_random_below (&random, 30);

      if (choice >= 10)
        page = hp_random_below (&random, choice >= 12 ? N_PAGES / 16 : N_PAGES);
      references[i] = (guint64) page * PAGE_BYTES + choice;
    }
  return references;
}

static void
measure_policy (const guint64 *references, const char *policy, guint32 n_frames, const char *kind)
{
  g_autofree char *name = g_strdup_printf ("pager-%s-%s", policy, kind);
  Fixture f;
  double begin;

  fixture_init (&f, n_frames, hp_replacement_policy_find (policy), NULL);
  begin = bench_seconds ();
  for (guint round = 0; round < ROUNDS; round++)
    for (guint i = 0; i < N_REFERENCES; i++)
      hp_pager_touch (f.pager, references[i], (references[i] & 3) == 0);
  bench_print (name, N_REFERENCES * (double) ROUNDS / (bench_seconds () - begin) / 1e6, "M references/s");
  fixture_clear (&f);
}

static void
count (gpointer user_data, const HpLackeyReference *references, gsize n)
{
  *(guint64 *) user_data += n;
}

static void
measure_lackey (const guint64 *references)
{
  GString *text = g_string_new (NULL);
  guint64 n = 0;
  double begin;

  for (guint i = 0; i < N_LINES; i++)
    g_string_append_printf (text,
                            "%s %08" G_GINT64_MODIFIER "x,%u\n",
                            i % 3 ? "I " : " L",
                            references[i] + G_GUINT64_CONSTANT (0x1fff000000),
                            i % 8 + 1);
  begin = bench_seconds ();
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (HpLackeyReader) reader = hp_lackey_reader_new ("bench", count, &n);

      hp_lackey_reader_feed (reader, (const guint8 *) text->str, text->len, NULL);
    }
  bench_print ("lackey-reader", (double) n / (bench_seconds () - begin) / 1e6, "M lines/s");
  g_string_free (text, TRUE);
}

int
main (void)
{
  static const char *const POLICIES[] = { "fifo", "lru", "clock0", "clock1" };
  g_autofree guint64 *references = make_references ();

  for (gsize p = 0; p < G_N_ELEMENTS (POLICIES); p++)
    {
      measure_policy (references, POLICIES[p], N_PAGES, "hits");
      measure_policy (references, POLICIES[p], N_PAGES / 32, "misses");
    }
  measure_lackey (references);
  return 0;
}
