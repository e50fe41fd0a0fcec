/* memory-reducer.c - when an idle program's memory is collected, and what such a collection does otherwise
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#include "gc/phases.h"

#include <string.h>

#define MS G_GUINT64_CONSTANT (1000000)
#define MIB (G_GUINT64_CONSTANT (1) << 20)
#define N_BUFFERS 16

/* 16 MB of large objects live when a full collection ends: 8 seconds later the reducer may begin. */
static void
hold_much (Fixture *self, const char *const *settings)
{
  HpRef array;

  fixture_init (self, "node-20", NULL, settings);
  array = hp_machine_allocate (self->machine, self->array, N_BUFFERS);
  hp_machine_set_root (self->machine, self->root, hp_value_ref (array));
  for (guint i = 0; i < N_BUFFERS; i++)
    hp_machine_write (self->machine, array, i, hp_value_ref (hp_machine_allocate (self->machine, self->bytes, MIB)));
  hp_machine_collect (self->machine, HP_COLLECTION_FULL);
}

static guint64
count_full (const Fixture *self)
{
  return hp_machine_counters (self->machine)->mark_compacts;
}

/* After 8 s, and once more 0.5 s after the first; the second gained nothing, and that is all. */
static void
test_times (void)
{
  Fixture self;
  guint64 n;

  hold_much (&self, NULL);
  n = count_full (&self);
  hp_machine_wait (self.machine, 7999 * MS);
  g_assert_cmpuint (count_full (&self), ==, n);
  hp_machine_wait (self.machine, 2 * MS);
  g_assert_cmpuint (count_full (&self), ==, n + 1);
  hp_machine_wait (self.machine, 490 * MS);
  g_assert_cmpuint (count_full (&self), ==, n + 1);
  hp_machine_wait (self.machine, 11 * MS);
  g_assert_cmpuint (count_full (&self), ==, n + 2);
  hp_machine_wait (self.machine, 3600 * 1000 * MS);
  g_assert_cmpuint (count_full (&self), ==, n + 2);
  fixture_clear (&self);
}

/* One long wait is the same as many short ones, and takes as long as was asked for. */
static void
test_one_wait (void)
{
  Fixture self;
  guint64 n, start;

  hold_much (&self, NULL);
  n = count_full (&self);
  start = hp_machine_counters (self.machine)->time_ns;
  hp_machine_wait (self.machine, 60000 * MS);
  g_assert_cmpuint (count_full (&self), ==, n + 2);
  g_assert_cmpuint ((hp_machine_counters (self.machine)->time_ns - start) / (60000 * MS), ==, 1);
  fixture_clear (&self);
}

static void
test_off (void)
{
  const char *off[] = { "memory-reducer", "false", NULL };
  Fixture self;
  guint64 n;

  hold_much (&self, off);
  n = count_full (&self);
  hp_machine_wait (self.machine, 60000 * MS);
  g_assert_cmpuint (count_full (&self), ==, n);
  fixture_clear (&self);
}

/* The limit is that of the smallest factor, new space is small again, and the trace says so. */
static void
test_reduces (void)
{
  const char *large[] = { "min-semi-space-size", "1M", NULL };
  Fixture self;
  HpCollector *collector;
  guint64 live;

  hold_much (&self, large);
  collector = self.machine->collector;
  g_assert_null (strstr (collector->trace.lines->str, "(reduce)"));
  hp_machine_wait (self.machine, 60000 * MS);
  live = hp_heap_old_bytes (self.machine->heap);
  g_assert_cmpuint (
      collector->old_limit / 8, ==, hp_limits_next_old_limit (live, 1.1, 8 * MIB, MIB, 0, 4096 * MIB) / 8);
  g_assert_cmpuint (hp_sizing_semi_bytes (collector), ==, MIB);
  g_assert_nonnull (strstr (collector->trace.lines->str, "ms: Mark-Compact (reduce) "));
  g_assert_false (collector->reduces_memory);
  fixture_clear (&self);
}

/* A page is relinked by an ordinary full collection and copied by a reducing one. */
static void
test_no_page_is_relinked (void)
{
  for (guint reduces = 0; reduces < 2; reduces++)
    {
      const char *settings[] = { "page-promotion-threshold", "1", "max-old-space-size", "64K", NULL };
      Fixture self;

      fixture_init (&self, "classroom", NULL, settings);
      for (guint i = 0; i < 10; i++)
        {
          HpRef pair = hp_machine_allocate (self.machine, self.pair, 0);

          hp_machine_write (self.machine, pair, 0, hp_machine_get_root (self.machine, self.root));
          hp_machine_set_root (self.machine, self.root, hp_value_ref (pair));
        }
      self.machine->collector->reduces_memory = reduces == 1;
      hp_machine_collect (self.machine, HP_COLLECTION_FULL);
      g_assert_cmpuint (self.machine->collector->relinked_bytes, ==, reduces == 1 ? 0 : 400);
      g_assert_cmpuint (hp_machine_counters (self.machine)->evacuated_bytes, ==, 400);
      fixture_clear (&self);
    }
}

/* 20,000 bytes per ms beside a collector of 200,000: 10 parts in 11; what is not allocated counts as a byte. */
static void
test_utilisation (void)
{
  g_assert_cmpfloat_with_epsilon (hp_limits_utilisation (0, 20000), 10.0 / 11, 1e-12);
  g_assert_cmpfloat_with_epsilon (hp_limits_utilisation (99, 0), 0.99, 1e-12);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gc/memory-reducer/times", test_times);
  g_test_add_func ("/gc/memory-reducer/one-wait", test_one_wait);
  g_test_add_func ("/gc/memory-reducer/off", test_off);
  g_test_add_func ("/gc/memory-reducer/reduces", test_reduces);
  g_test_add_func ("/gc/memory-reducer/no-page-is-relinked", test_no_page_is_relinked);
  g_test_add_func ("/gc/memory-reducer/utilisation", test_utilisation);
  return g_test_run ();
}
