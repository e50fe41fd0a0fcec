/* node_collections.c - the preset node-20 collects as often as Node 20 itself, and moves as much
 *
 * tests/data/node-20-collections.txt has what was observed, and how.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/run.h"

#include <stdio.h>
#include <string.h>

/* What the first scavenges of Node find alive of its own modules; it is not simulated. */
#define RUNTIME_YOUNG_BYTES 970088

typedef struct
{
  char scenario[32];
  gint size, semi_mb, scavenges, full;
  gint64 copied, promoted;
} Row;

static HpCounters
perform (const Row *row)
{
  const char *folders[] = { g_getenv ("HEAPARIUM_PLUGIN_PATH"), NULL };
  HpHost *host = hp_host_new (folders);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpRun) run = hp_run_new (host, row->scenario, &error);
  g_autofree char *size = g_strdup_printf ("%d", row->size), *semi = g_strdup_printf ("%d", row->semi_mb);
  const char *settings[][2] = { { "preset", "node-20" },
                                { "min-semi-space-size", semi },
                                { "max-semi-space-size", semi },
                                { strcmp (row->scenario, "list-churn") == 0 ? "nodes" : "depth", size },
                                { "window", "60000" } };
  gsize n_settings = strcmp (row->scenario, "list-churn") == 0 ? 5 : 4;
  HpMachine *machine;
  HpCounters counters;

  for (gsize i = 0; i < n_settings; i++)
    {
      hp_run_set (run, settings[i][0], settings[i][1], &error);
      g_assert_no_error (error);
    }
  machine = hp_run_perform (run, NULL, &(HpRunOptions){ .verify = FALSE }, NULL, &error);
  g_assert_no_error (error);
  counters = *hp_machine_counters (machine);
  hp_machine_free (machine);
  hp_host_free (host);
  return counters;
}

/* @simulated is within @percent of @observed, give or take @slack. */
static void
assert_near (const Row *row, const char *what, double simulated, double observed, double percent, double slack)
{
  g_test_message ("%s, %d MB: %s %.0f, in Node %.0f", row->scenario, row->semi_mb, what, simulated, observed);
  g_assert_cmpfloat (ABS (simulated - observed), <=, observed * percent / 100 + slack);
}

static void
check_row (const Row *row)
{
  HpCounters counters = perform (row);

  assert_near (row, "scavenges", (double) counters.scavenges, row->scavenges, 3, 1);
  assert_near (row, "full collections", (double) counters.mark_compacts, row->full, 0, 0);
  assert_near (row, "copied", (double) counters.copied_bytes, (double) row->copied, 3, 5e6);
  assert_near (row, "promoted", (double) counters.promoted_bytes, (double) row->promoted, 5, RUNTIME_YOUNG_BYTES);
}

static void
test_as_observed (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "node-20-collections.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      Row row = { 0 };

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      g_assert_cmpint (sscanf (lines[i],
                               "%31s %d %d %d %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                               row.scenario,
                               &row.size,
                               &row.semi_mb,
                               &row.scavenges,
                               &row.full,
                               &row.copied,
                               &row.promoted),
                       ==,
                       7);
      check_row (&row);
      n++;
    }
  g_assert_cmpuint (n, ==, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/node-collections/as-observed", test_as_observed);
  return g_test_run ();
}
