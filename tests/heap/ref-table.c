/* ref-table.c - refs are dense, and memory follows what lives
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/ref_table.h"

static guint
count_chunks (const HpRefTable *table)
{
  guint n = 0;

  for (guint32 i = 0; i <= (table->last + 1) / HP_REFS_PER_CHUNK; i++)
    n += table->chunks[i] != HP_NO_REFS;
  return n;
}

static void
test_lookup (void)
{
  HpRefTable table;

  hp_ref_table_init (&table);
  g_assert_cmpuint (hp_ref_table_get (&table, 1), ==, 0);
  for (guint32 i = 1; i <= 10000; i++)
    g_assert_cmpuint (hp_ref_table_add (&table, i * 10), ==, i);
  g_assert_cmpuint (hp_ref_table_get (&table, 9999), ==, 99990);
  g_assert_cmpuint (hp_ref_table_get (&table, 10001), ==, 0);
  g_assert_cmpuint (hp_ref_table_get (&table, G_MAXUINT32), ==, 0);
  hp_ref_table_move (&table, 9999, 7);
  g_assert_cmpuint (hp_ref_table_get (&table, 9999), ==, 7);
  hp_ref_table_remove (&table, 9999);
  g_assert_cmpuint (hp_ref_table_get (&table, 9999), ==, 0);
  hp_ref_table_clear (&table);
}

/* A hundred objects live at a time among a million: the table holds one chunk, or two where they straddle. */
static void
test_chunks_go_away (void)
{
  HpRefTable table;

  hp_ref_table_init (&table);
  for (guint32 i = 1; i <= 1000000; i++)
    {
      hp_ref_table_add (&table, i);
      if (i > 100)
        hp_ref_table_remove (&table, i - 100);
      if (i % 1000 == 0)
        {
          g_assert_cmpuint (count_chunks (&table), <=, 2);
          g_assert_cmpuint (hp_ref_table_count (&table), ==, 100);
        }
    }
  g_assert_true (table.chunks[0] == HP_NO_REFS);
  hp_ref_table_clear (&table);
}

/* The chunk of the newest ref stays even when all its objects are dead: more are to come. */
static void
test_newest_chunk_stays (void)
{
  HpRefTable table;

  hp_ref_table_init (&table);
  for (guint32 i = 1; i < 3 * HP_REFS_PER_CHUNK; i++)
    {
      hp_ref_table_add (&table, 1);
      hp_ref_table_remove (&table, i);
      g_assert_cmpuint (count_chunks (&table), ==, 1);
    }
  hp_ref_table_clear (&table);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heap/ref-table/lookup", test_lookup);
  g_test_add_func ("/heap/ref-table/chunks-go-away", test_chunks_go_away);
  g_test_add_func ("/heap/ref-table/newest-chunk-stays", test_newest_chunk_stays);
  return g_test_run ();
}
