/* bench-old.c - how fast the old generation is marked and swept: 10^7 objects of 48 bytes with two references
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "bench.h"
#include "gc/phases.h"
#include "machine/machine_private.h"

#define N_OBJECTS 10000000

static HpMachine *
make_machine (void)
{
  const char *const settings[] = { "max-semi-space-size", "512M", "min-semi-space-size", "512M" };
  g_autoptr (HpSettings) all = hp_machine_settings_new ("node-20", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i += 2)
    hp_settings_set (all, settings[i], settings[i + 1], NULL);
  return hp_machine_new (all, NULL, NULL, NULL);
}

/* A list of all objects, held by a root. */
static guint32
fill (HpMachine *machine)
{
  guint32 shape = hp_machine_define_shape (machine, &(HpShape){ .name = "Object", .header_words = 4, .n_slots = 2 });
  guint32 root = hp_machine_define_root (machine, "all");

  for (guint32 i = 1; i <= N_OBJECTS; i++)
    {
      HpValue values[2] = { hp_value_ref (i - 1), HP_VALUE_NOTHING };

      hp_machine_set_root (machine, root, hp_value_ref (hp_machine_allocate_with (machine, shape, 0, values, 2)));
    }
  return root;
}

/* The objects become a binary tree: where each of them lies in it, chance decides or their age. */
static void
tangle (HpMachine *machine, guint32 root, gboolean at_random)
{
  g_autofree HpRef *order = g_new (HpRef, N_OBJECTS + 1);
  HpRandom random;

  hp_random_seed (&random, 1);
  for (guint32 i = 1; i <= N_OBJECTS; i++)
    {
      guint32 j = at_random ? 1 + hp_random_below (&random, i) : i;

      order[i] = order[j];
      order[j] = i;
    }
  for (guint32 i = 1; i <= N_OBJECTS; i++)
    for (guint32 slot = 0; slot < 2; slot++)
      hp_machine_write (
          machine, order[i], slot, 2 * i + slot <= N_OBJECTS ? hp_value_ref (order[2 * i + slot]) : HP_VALUE_NOTHING);
  hp_machine_set_root (machine, root, hp_value_ref (order[1]));
}

static void
print_rate (const char *name, const char *what, double rate, const char *unit)
{
  g_autofree char *row = g_strdup_printf ("%s-%s", what, name);

  bench_print (row, rate, unit);
}

static void
bench_layout (const char *name, gboolean at_random)
{
  g_autoptr (HpMachine) machine = make_machine ();
  HpCollector *collector;
  guint32 root;
  double start;

  root = fill (machine);
  collector = machine->collector;
  hp_machine_collect (machine, HP_COLLECTION_FULL);
  tangle (machine, root, at_random);
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
