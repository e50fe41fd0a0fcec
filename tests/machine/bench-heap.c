/* bench-heap.c - how fast the machine is: beside Node on the same programs, told in full, and with many objects
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "bench.h"
#include "machine/machine.h"
#include "objects.h"

#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#define N_ROUNDS 3

static void
print_two (const char *what, const char *name, double value, const char *unit)
{
  g_autofree char *row = g_strdup_printf ("%s-%s", name, what);

  bench_print (row, value, unit);
}

/* ---- beside Node ------------------------------------------------------------------------------------------------- */

static double
seconds_of_children (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* Processor time of a program, or a negative number where it cannot be started. */
static double
time_program (const char *const *arguments)
{
  double start = seconds_of_children ();
  int status = 0;

  if (!g_spawn_sync (NULL,
                     (char **) arguments,
                     NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
                     NULL,
                     NULL,
                     NULL,
                     NULL,
                     &status,
                     NULL))
    return -1;
  g_assert_cmpint (status, ==, 0);
  return seconds_of_children () - start;
}

/* The best of some rounds, in turns, so that both have the same luck with the computer. */
static void
compare (const char *name, const char *const *ours, const char *const *nodes)
{
  double best = G_MAXDOUBLE, best_of_node = G_MAXDOUBLE;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      best_of_node = MIN (best_of_node, time_program (nodes));
      best = MIN (best, time_program (ours));
    }
  bench_print (name, best, "s");
  if (best_of_node < 0)
    return;
  print_two ("in-node", name, best_of_node, "s");
  print_two ("ratio", name, best / best_of_node, "of Node's time");
}

static void
bench_beside_node (const char *build)
{
  g_autofree char *cli = g_build_filename (build, "app", "cli", "heaparium-cli", NULL);
  g_autofree char *trees = g_build_filename (build, "..", "tests", "machine", "binary-trees.js", NULL);
  g_autofree char *churn = g_build_filename (build, "..", "tests", "machine", "list-churn.js", NULL);
  const char *const our_trees[] = { cli, "run", "binary-trees", "--set", "depth=18", "--set", "preset=node-20", NULL };
  const char *const node_trees[] = { "node", "--single-threaded-gc", trees, "18", NULL };
  const char *const our_churn[] = { cli,     "run",          "list-churn", "--set",          "nodes=40000000",
                                    "--set", "window=60000", "--set",      "preset=node-20", NULL };
  const char *const node_churn[] = { "node", "--single-threaded-gc", churn, "40000000", "60000", NULL };

  compare ("binary-trees-18", our_trees, node_trees);
  compare ("list-churn", our_churn, node_churn);
}

/* ---- told in full ------------------------------------------------------------------------------------------------ */

typedef struct
{
  HpMachine *machine;
  guint32 shape, make;
} Trees;

static HpRef
make_tree (const Trees *self, guint depth)
{
  HpValue children[2] = { HP_VALUE_NOTHING, HP_VALUE_NOTHING };
  HpRef node;

  if (depth == 0)
    return hp_machine_allocate (self->machine, self->shape, 0);
  hp_machine_call (self->machine, self->make);
  children[0] = hp_value_ref (make_tree (self, depth - 1));
  hp_machine_set_local (self->machine, 0, children[0]);
  children[1] = hp_value_ref (make_tree (self, depth - 1));
  node = hp_machine_allocate_with (self->machine, self->shape, 0, children, 2);
  hp_machine_return (self->machine);
  return node;
}

static void
ignore_events (gpointer data, const HpEvent *events, gsize n)
{
}

static void
bench_told (void)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("node-20", NULL);
  g_autoptr (HpMachine) machine = hp_machine_new (settings, NULL, &(HpListener){ NULL, ignore_events, NULL }, NULL);
  HpShape shape = { .name = "T", .header_words = 3, .n_slots = 2 };
  HpFunction make = { .name = "make", .overhead_words = 6, .n_locals = 1 };
  Trees trees = { machine, hp_machine_define_shape (machine, &shape), hp_machine_define_function (machine, &make) };
  double start = bench_seconds ();

  for (guint i = 0; i < 4000; i++)
    make_tree (&trees, 10);
  hp_machine_flush (machine);
  bench_print (
      "told-operations", (double) hp_machine_counters (machine)->operations / (bench_seconds () - start) / 1e6, "M/s");
}

/* ---- many objects ------------------------------------------------------------------------------------------------ */

static double
resident_bytes (void)
{
  g_autofree char *text = NULL;
  unsigned long total = 0, resident = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%lu %lu", &total, &resident);
  return (double) resident * (double) sysconf (_SC_PAGESIZE);
}

/* Short-lived pairs, each filled, kept in a local, looked at, and put into an old object; beside @n living objects. */
static void
work_beside (HpMachine *machine, guint32 n)
{
  guint32 shape = hp_machine_define_shape (machine, &(HpShape){ .name = "Pair", .header_words = 3, .n_slots = 2 });
  guint32 main = hp_machine_define_function (machine, &(HpFunction){ .name = "main", .n_locals = 1 });
  guint64 before;
  double start;

  hp_machine_call (machine, main);
  before = hp_machine_counters (machine)->operations;
  start = bench_seconds ();
  for (guint32 i = 0; i < N_OBJECTS; i++)
    {
      HpValue values[2] = { hp_value_integer ((gint32) i), hp_value_ref (1 + i % 1000) };
      HpRef pair = hp_machine_allocate_with (machine, shape, 0, values, 2);

      hp_machine_set_local (machine, 0, hp_value_ref (pair));
      hp_machine_read (machine, pair, 1);
      hp_machine_write (machine, 1 + i % 1000, 1, hp_value_ref (pair));
    }
  g_assert_cmpint (hp_machine_is_running (machine), ==, TRUE);
  {
    g_autofree char *name = g_strdup_printf ("operation-beside-%u-objects", n);

    bench_print (
        name, (bench_seconds () - start) * 1e9 / (double) (hp_machine_counters (machine)->operations - before), "ns");
  }
}

static void
bench_beside (guint32 n)
{
  static const char *const SETTINGS[] = { NULL };
  double before = resident_bytes ();
  g_autoptr (HpMachine) machine = objects_machine (SETTINGS);

  objects_fill (machine, n);
  hp_machine_collect (machine, HP_COLLECTION_FULL);
  if (n == N_OBJECTS)
    bench_print ("bookkeeping", (resident_bytes () - before) / n - 48, "bytes a living object");
  work_beside (machine, n);
}

/* ---- traces ------------------------------------------------------------------------------------------------------ */

static void
bench_touches (const char *name, const HpListener *listener)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("node-20", NULL);
  g_autoptr (HpMachine) machine = hp_machine_new (settings, NULL, listener, NULL);
  guint n = 20000000;
  double start = bench_seconds ();

  for (guint i = 0; i < n; i++)
    hp_machine_touch (machine, (guint64) (i >> 3 & 31) << 12, FALSE);
  bench_print (name, (double) n / (bench_seconds () - start) / 1e6, "M/s");
}

int
main (int argc, char **argv)
{
  g_autofree char *tests = g_path_get_dirname (argv[0]);
  g_autofree char *build = g_path_get_dirname (tests);

  bench_beside_node (build);
  bench_told ();
  for (guint32 n = 1000; n <= N_OBJECTS; n *= 100)
    bench_beside (n);
  bench_touches ("touches", NULL);
  bench_touches ("touches-told", &(HpListener){ NULL, ignore_events, NULL });
  return 0;
}
