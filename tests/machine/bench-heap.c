/* bench-heap.c - how fast the machine is: operations, allocation, copying, marking, sweeping, accesses of a trace
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "bench.h"
#include "machine/machine_private.h"

#define N_OBJECTS 1000000

static HpMachine *
make_machine (const HpListener *listener, const char *semi_space)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("node-20", NULL);

  if (semi_space != NULL)
    {
      hp_settings_set (settings, "max-semi-space-size", semi_space, NULL);
      hp_settings_set (settings, "min-semi-space-size", semi_space, NULL);
    }
  return hp_machine_new (settings, NULL, listener, NULL);
}

static void
ignore_events (gpointer data, const HpEvent *events, gsize n)
{
}

/* ---- the classic: one long-lived tree, many short-lived ones ----------------------------------------------------- */

typedef struct
{
  HpMachine *machine;
  guint32 shape, make;
  guint64 n_nodes;
} Trees;

static HpRef
make_tree (Trees *self, guint depth)
{
  HpMachine *machine = self->machine;
  HpRef node;

  self->n_nodes++;
  if (depth == 0)
    return hp_machine_allocate (machine, self->shape, 0);
  hp_machine_call (machine, self->make);
  hp_machine_set_local (machine, 0, hp_value_ref (make_tree (self, depth - 1)));
  hp_machine_set_local (machine, 1, hp_value_ref (make_tree (self, depth - 1)));
  node = hp_machine_allocate (machine, self->shape, 0);
  hp_machine_write (machine, node, 0, hp_machine_get_local (machine, 0));
  hp_machine_write (machine, node, 1, hp_machine_get_local (machine, 1));
  hp_machine_return (machine);
  return node;
}

static void
bench_trees (const char *name, guint max_depth, const HpListener *listener)
{
  g_autoptr (HpMachine) machine = make_machine (listener, NULL);
  Trees trees = { .machine = machine };
  double start = bench_seconds ();
  double seconds;

  trees.shape = hp_machine_define_shape (machine, &(HpShape){ .name = "Node", .header_words = 3, .n_slots = 2 });
  trees.make = hp_machine_define_function (machine,
                                           &(HpFunction){ .name = "make", .overhead_words = 7, .n_locals = 2 });
  hp_machine_call (machine, trees.make);
  make_tree (&trees, max_depth + 1);
  hp_machine_set_local (machine, 0, hp_value_ref (make_tree (&trees, max_depth)));
  for (guint depth = 4; depth <= max_depth; depth += 2)
    for (guint i = 0; i < 1u << (max_depth - depth + 4); i++)
      make_tree (&trees, depth);
  hp_machine_finish (machine);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_COMPLETED);
  seconds = bench_seconds () - start;
  {
    g_autofree char *ns = g_strdup_printf ("%s-time-per-node", name);
    g_autofree char *rate = g_strdup_printf ("%s-operations", name);

    bench_print (ns, seconds / (double) trees.n_nodes * 1e9, "ns");
    bench_print (rate, (double) hp_machine_counters (machine)->operations / seconds / 1e6, "M/s");
  }
}

/* ---- collections ------------------------------------------------------------------------------------------------- */

/* @n objects of 48 bytes with two references, held by one root: each refers to an earlier one and a random one. */
static void
fill (HpMachine *machine, guint n)
{
  guint32 shape = hp_machine_define_shape (machine, &(HpShape){ .name = "Object", .header_words = 4, .n_slots = 2 });
  guint32 root = hp_machine_define_root (machine, "all");
  HpRandom random;

  hp_random_seed (&random, 1);
  for (guint i = 1; i <= n; i++)
    {
      HpRef ref = hp_machine_allocate (machine, shape, 0);

      if (i > 1)
        {
          hp_machine_write (machine, ref, 0, hp_machine_get_root (machine, root));
          hp_machine_write (machine, ref, 1, hp_value_ref (1 + hp_random_below (&random, i - 1)));
        }
      hp_machine_set_root (machine, root, hp_value_ref (ref));
    }
}

static void
bench_collections (void)
{
  g_autoptr (HpMachine) machine = make_machine (NULL, "128M");
  double start;

  fill (machine, N_OBJECTS);
  start = bench_seconds ();
  hp_machine_collect (machine, HP_COLLECTION_YOUNG);
  bench_print ("copied", N_OBJECTS / (bench_seconds () - start) / 1e6, "M objects/s");
  start = bench_seconds ();
  hp_machine_collect (machine, HP_COLLECTION_YOUNG);
  bench_print ("promoted", N_OBJECTS / (bench_seconds () - start) / 1e6, "M objects/s");
  start = bench_seconds ();
  hp_machine_collect (machine, HP_COLLECTION_FULL);
  bench_print ("marked-and-swept", N_OBJECTS / (bench_seconds () - start) / 1e6, "M objects/s");
}

/* ---- traces ------------------------------------------------------------------------------------------------------ */

static void
bench_touches (const char *name, const HpListener *listener)
{
  g_autoptr (HpMachine) machine = make_machine (listener, NULL);
  guint n = 20000000;
  double start = bench_seconds ();

  for (guint i = 0; i < n; i++)
    hp_machine_touch (machine, (guint64) (i >> 3 & 31) << 12, FALSE);
  bench_print (name, (double) n / (bench_seconds () - start) / 1e6, "M/s");
}

int
main (int argc, char **argv)
{
  HpListener listener = { NULL, ignore_events, NULL };

  bench_trees ("binary-trees-16", 16, NULL);
  bench_trees ("binary-trees-10-told", 10, &listener);
  bench_collections ();
  bench_touches ("touches", NULL);
  bench_touches ("touches-told", &listener);
  return 0;
}
