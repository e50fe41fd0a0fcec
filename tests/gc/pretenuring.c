/* pretenuring.c - what allocation sites learn from the survival of their objects
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

static const char *const FIXED[] = { "min-semi-space-size", "1M", "max-semi-space-size", "1M", NULL };
static const char *const GROWING[] = { "min-semi-space-size", "1M", "max-semi-space-size", "16M", NULL };

/* Make @n pairs at @site, of which an array held by the root keeps @n_kept. */
static void
make (Fixture *self, guint32 site, guint n, guint n_kept)
{
  HpRef array = hp_machine_allocate (self->machine, self->array, n);

  hp_machine_set_root (self->machine, self->root, hp_value_ref (array));
  for (guint i = 0; i < n; i++)
    {
      HpRef ref = hp_machine_allocate_at (self->machine, self->pair, 0, site);

      if (i < n_kept)
        hp_machine_write (self->machine, array, i, hp_value_ref (ref));
    }
  hp_machine_allocate (self->machine, self->pair, 0); /* the accumulator holds none of them */
}

static HpPretenure
decision_of (Fixture *self, guint32 site)
{
  return g_array_index (self->machine->collector->sites, HpAllocationSite, site - 1).decision;
}

static HpPretenure
decide (const char *const *settings, guint n, guint n_kept)
{
  HpPretenure decision;
  Fixture self;
  guint32 site;

  fixture_init (&self, "node-20", NULL, settings);
  site = hp_machine_define_site (self.machine, "literal");
  make (&self, site, n, n_kept);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  decision = decision_of (&self, site);
  g_assert_cmpuint (fixture_count (&self, HP_EVENT_PRETENURE), ==, decision != HP_PRETENURE_UNDECIDED);
  fixture_clear (&self);
  return decision;
}

/* At least 100 objects, at least 85 in 100 of them alive, and new space as large as it may be. */
static void
test_decisions (void)
{
  g_assert_cmpint (decide (FIXED, 100, 85), ==, HP_PRETENURE_TENURE);
  g_assert_cmpint (decide (FIXED, 100, 84), ==, HP_PRETENURE_DONT_TENURE);
  g_assert_cmpint (decide (FIXED, 99, 99), ==, HP_PRETENURE_UNDECIDED);
  g_assert_cmpint (decide (FIXED, 100, 0), ==, HP_PRETENURE_UNDECIDED); /* V8 looks only at sites it found */
  g_assert_cmpint (decide (GROWING, 100, 85), ==, HP_PRETENURE_MAYBE_TENURE);
}

static void
test_event (void)
{
  Fixture self;
  guint32 site;
  HpEvent event = { 0 };

  fixture_init (&self, "node-20", NULL, FIXED);
  site = hp_machine_define_site (self.machine, "literal");
  g_assert_cmpuint (hp_machine_define_site (self.machine, "literal"), ==, site);
  make (&self, site, 200, 190);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  hp_machine_flush (self.machine);
  for (guint i = 0; i < self.events->len; i++)
    if (hp_event_type (&g_array_index (self.events, HpEvent, i)) == HP_EVENT_PRETENURE)
      event = g_array_index (self.events, HpEvent, i);
  g_assert_cmpuint (hp_event_type (&event), ==, HP_EVENT_PRETENURE);
  g_assert_cmpuint (hp_event_detail (&event), ==, HP_PRETENURE_TENURE | HP_PRETENURE_UNDECIDED << 8);
  g_assert_cmpuint (event.y, ==, 200);
  g_assert_cmpuint (event.z, ==, 190);
  fixture_clear (&self);
}

/* A memento takes 16 bytes, goes with the first copy, and is counted once. A tenured site makes none. */
static void
test_mementos (void)
{
  Fixture self;
  guint32 site;
  HpAddress top;
  HpRef ref;

  fixture_init (&self, "node-20", NULL, FIXED);
  site = hp_machine_define_site (self.machine, "literal");
  top = self.machine->heap->young.top;
  hp_machine_allocate_at (self.machine, self.pair, 0, site);
  g_assert_cmpuint (self.machine->heap->young.top - top, ==, 5 + 2);
  make (&self, site, 150, 150);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpuint (hp_machine_counters (self.machine)->copied_bytes, ==, 16 + 150 * 8 + 150 * 40 + 40);
  g_assert_cmpint (decision_of (&self, site), ==, HP_PRETENURE_TENURE); /* 150 of 151 */
  ref = hp_machine_allocate_at (self.machine, self.pair, 0, site);
  g_assert_cmpint (fixture_space_of (&self, ref), ==, HP_SPACE_OLD);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpuint (g_array_index (self.machine->collector->sites, HpAllocationSite, 0).n_found, ==, 0);
  fixture_clear (&self);
}

/* Fewer than a tenth of the old generation survive: what was tenured begins anew. */
static void
test_reset (void)
{
  static const char *const BARE[] = { "max-semi-space-size", "1M", "runtime-heap", "0", NULL };
  Fixture self;
  guint32 site;

  fixture_init (&self, "node-20", NULL, BARE);
  site = hp_machine_define_site (self.machine, "literal");
  make (&self, site, 1000, 1000);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpint (decision_of (&self, site), ==, HP_PRETENURE_TENURE);
  make (&self, site, 1000, 1000); /* in old space */
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  g_assert_cmpint (decision_of (&self, site), ==, HP_PRETENURE_TENURE);
  hp_machine_set_root (self.machine, self.root, hp_value_undefined ());
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  g_assert_cmpint (decision_of (&self, site), ==, HP_PRETENURE_UNDECIDED);
  fixture_clear (&self);
}

static void
test_off (void)
{
  static const char *const OFF[] = { "max-semi-space-size", "1M", "allocation-site-pretenuring", "false", NULL };

  g_assert_cmpint (decide (OFF, 200, 200), ==, HP_PRETENURE_UNDECIDED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gc/pretenuring/decisions", test_decisions);
  g_test_add_func ("/gc/pretenuring/event", test_event);
  g_test_add_func ("/gc/pretenuring/mementos", test_mementos);
  g_test_add_func ("/gc/pretenuring/reset", test_reset);
  g_test_add_func ("/gc/pretenuring/off", test_off);
  return g_test_run ();
}
