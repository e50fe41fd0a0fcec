/* churn.c - the scenarios list-churn and binary-trees allocate exactly what their JavaScript allocates
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/run.h"

/* Perform @scenario with the @settings, pairs of name and value. */
static HpCounters
perform (const char *scenario, const char *const *settings)
{
  const char *folders[] = { g_getenv ("HEAPARIUM_PLUGIN_PATH"), NULL };
  HpHost *host = hp_host_new (folders);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpRun) run = hp_run_new (host, scenario, &error);
  HpMachine *machine;
  HpCounters counters;

  g_assert_no_error (error);
  for (; settings[0] != NULL; settings += 2)
    {
      hp_run_set (run, settings[0], settings[1], &error);
      g_assert_no_error (error);
    }
  machine = hp_run_perform (run, NULL, &(HpRunOptions){ .verify = FALSE }, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_COMPLETED);
  counters = *hp_machine_counters (machine);
  hp_machine_free (machine);
  hp_host_free (host);
  return counters;
}

/* Nodes of a full tree. */
static guint64
count_nodes (guint depth)
{
  return (2ull << depth) - 1;
}

/* Nodes of all trees that the scenario makes. */
static guint64
count_all_nodes (guint max)
{
  guint64 n = count_nodes (max + 1) + count_nodes (max);

  for (guint depth = 4; depth <= max; depth += 2)
    n += (1ull << (max - depth + 4)) * count_nodes (depth);
  return n;
}

static void
check_trees (const char *preset, const char *depth_text, guint depth)
{
  const char *const settings[] = { "preset", preset, "depth", depth_text, NULL };
  HpCounters counters = perform ("binary-trees", settings);

  g_assert_cmpuint (counters.objects, ==, count_all_nodes (depth));
  g_assert_cmpuint (counters.allocated_bytes, ==, 40 * count_all_nodes (depth));
}

static void
test_trees (void)
{
  check_trees ("classroom", "0", 0);
  check_trees ("classroom", "5", 5);
  check_trees ("node-20", "4", 4);
  check_trees ("node-20", "11", 11);
  /* What the JavaScript counts at the depth that runs are compared at. */
  g_assert_cmpuint (count_all_nodes (18), ==, 68332206);
}

/* The sum 0 + 1 + … + 65,536 = 2,147,516,416 of the dropped values is the first that is no Smi. */
#define FIRST_BOXED_DROP 65536

static void
check_churn (const char *nodes_text, guint64 nodes, const char *window_text, guint64 window)
{
  const char *const settings[] = { "preset", "node-20", "nodes", nodes_text, "window", window_text, NULL };
  HpCounters counters = perform ("list-churn", settings);
  guint64 drops = nodes > window ? nodes - window : 0;
  guint64 boxes = drops > FIRST_BOXED_DROP ? drops - FIRST_BOXED_DROP : 0;

  g_assert_cmpuint (counters.objects, ==, nodes + boxes);
  g_assert_cmpuint (counters.allocated_bytes, ==, 40 * nodes + 16 * boxes);
}

static void
test_churn (void)
{
  check_churn ("1", 1, "1", 1);
  check_churn ("1000", 1000, "2000", 2000);
  check_churn ("65546", 65546, "10", 10);
  check_churn ("65547", 65547, "10", 10);
  check_churn ("200000", 200000, "60000", 60000);
}

/* A window below half of new space is copied and never promoted; one above it is promoted whole, again and again. */
static void
test_window (void)
{
  const char *const small[] = { "preset", "node-20", "nodes", "200000", "window", "2000", NULL };
  const char *const large[] = { "preset", "node-20", "nodes", "200000", "window", "60000", "max-semi-space-size",
                                "1M",     NULL };

  g_assert_cmpuint (perform ("list-churn", small).promoted_bytes, <, 200 * 40);
  g_assert_cmpuint (perform ("list-churn", large).promoted_bytes, >, 100000 * 40);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/churn/trees", test_trees);
  g_test_add_func ("/churn/list", test_churn);
  g_test_add_func ("/churn/window", test_window);
  return g_test_run ();
}
