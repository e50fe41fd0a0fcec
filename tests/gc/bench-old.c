/* bench-old.c - how fast the old generation is marked and swept: 10^7 objects of 48 bytes with two references
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "bench.h"
#include "gc/phases.h"
#include "machine/machine_private.h"
#include "objects.h"

static void
print_rate (const char *name, const char *what, double rate, const char *unit)
{
  g_autofree char *row = g_strdup_printf ("%s-%s", what, name);

  bench_print (row, rate, unit);
}

static void
bench_layout (const char *name, gboolean at_random)
{
  static const char *const SETTINGS[] = { "max-semi-space-size", "512M", "min-semi-space-size", "512M", NULL };
  g_autoptr (HpMachine) machine = objects_machine (SETTINGS);
  HpCollector *collector;
  guint32 root;
  double start;

  root = objects_fill (machine, N_OBJECTS);
  collector = machine->collector;
  hp_machine_collect (machine, HP_COLLECTION_FULL);
  objects_tangle (machine, root, 1, at_random);
  hp_sweeper_sweep (collector, G_MAXUINT);
  start = bench_seconds ();
  hp_marker_begin (collector);
  hp_marker_finish (collector);
  print_rate (name, "marked", (double) collector->n_marked / (bench_seconds () - start) / 1e6, "M objects/s");
  hp_weak_clear_dead (collector);
  hp_sweeper_run (collector);
  start = bench_seconds ();
  hp_sweeper_sweep (collector, G_MAXUINT);
  print_rate (name, "swept", (double) N_OBJECTS * 48 / (bench_seconds () - start) / 1e9, "GB/s");
}

int
main (int argc, char **argv)
{
  bench_layout ("random", TRUE);
  bench_layout ("sequential", FALSE);
  return 0;
}
