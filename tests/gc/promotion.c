/* promotion.c - which pages of new space a full collection relinks into old space, and what is true of them afterwards
 *
 * Heap pages of 1,024 bytes hold 25 pairs of 40 bytes, and 24 bytes are left. 70 % are 89 words: 18 pairs are more, 17
 * are not.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#define PAIRS_PER_PAGE 25
#define LIVING_ENOUGH 18
#define LIVING_TOO_FEW 17

static const char *const ROOMY[] = { "min-semi-space-size",
                                     "8K",
                                     "max-semi-space-size",
                                     "8K",
                                     "max-old-space-size",
                                     "64K",
                                     "initial-old-limit",
                                     "64K",
                                     NULL };

typedef struct
{
  Fixture fixture;
  HpRef arrays[2];                                     /* old: what they hold lives */
  HpRef first[PAIRS_PER_PAGE], second[PAIRS_PER_PAGE]; /* pairs of two young pages */
  HpAddress addresses[LIVING_ENOUGH];                  /* of the first */
  guint64 evacuated_before;
} TwoPages;

static HpAddress
address_of (TwoPages *self, HpRef ref)
{
  return hp_heap_address_of (self->fixture.machine->heap, ref);
}

static void
fill_page (TwoPages *self, HpRef *refs, guint n_living, HpRef array)
{
  HpMachine *machine = self->fixture.machine;

  for (guint i = 0; i < PAIRS_PER_PAGE; i++)
    {
      refs[i] = hp_machine_allocate (machine, self->fixture.pair, 0);
      if (i < n_living)
        hp_machine_write (machine, array, i, hp_value_ref (refs[i]));
    }
}

static HpRef
array_in (Fixture *self, guint32 root)
{
  HpRef array = hp_machine_allocate (self->machine, self->array, LIVING_ENOUGH);

  hp_machine_set_root (self->machine, root, hp_value_ref (array));
  return array;
}

/* Two full pages, of which enough and too little is alive; the first pair of each refers to that of the other. */
static void
two_pages_init (TwoPages *self, const char *const *more)
{
  HpMachine *machine;
  g_autoptr (GPtrArray) settings = g_ptr_array_new ();

  for (gsize i = 0; ROOMY[i] != NULL; i++)
    g_ptr_array_add (settings, (gpointer) ROOMY[i]);
  for (gsize i = 0; more != NULL && more[i] != NULL; i++)
    g_ptr_array_add (settings, (gpointer) more[i]);
  g_ptr_array_add (settings, NULL);
  fixture_init (&self->fixture, "classroom", NULL, (const char *const *) settings->pdata);
  machine = self->fixture.machine;
  self->arrays[0] = array_in (&self->fixture, self->fixture.root);
  self->arrays[1] = array_in (&self->fixture, self->fixture.other_root);
  hp_machine_collect (machine, HP_COLLECTION_FULL);
  self->evacuated_before = hp_machine_counters (machine)->evacuated_bytes;
  fill_page (self, self->first, LIVING_ENOUGH, self->arrays[0]);
  fill_page (self, self->second, LIVING_TOO_FEW, self->arrays[1]);
  hp_machine_write (machine, self->first[0], 0, hp_value_ref (self->second[0]));
  hp_machine_write (machine, self->second[0], 0, hp_value_ref (self->first[0]));
  hp_machine_read (machine, self->first[0], 0); /* else the newest object would be the program's latest value */
  for (guint i = 0; i < LIVING_ENOUGH; i++)
    self->addresses[i] = address_of (self, self->first[i]);
}

static guint
count_relinked_objects (Fixture *self)
{
  guint n = 0;

  hp_machine_flush (self->machine);
  for (guint i = 0; i < self->events->len; i++)
    {
      const HpEvent *event = &g_array_index (self->events, HpEvent, i);

      n += hp_event_type (event) == HP_EVENT_MOVE && event->y == event->z;
    }
  return n;
}

static void
test_relinked_above_threshold (void)
{
  TwoPages self;
  HpMachine *machine;

  two_pages_init (&self, NULL);
  machine = self.fixture.machine;
  hp_machine_collect (machine, HP_COLLECTION_FULL);
  for (guint i = 0; i < LIVING_ENOUGH; i++)
    {
      g_assert_cmpuint (address_of (&self, self.first[i]), ==, self.addresses[i]);
      g_assert_cmpint (fixture_space_of (&self.fixture, self.first[i]), ==, HP_SPACE_OLD);
    }
  for (guint i = 0; i < LIVING_TOO_FEW; i++)
    g_assert_cmpint (fixture_space_of (&self.fixture, self.second[i]), ==, HP_SPACE_OLD);
  g_assert_cmpint (fixture_space_of (&self.fixture, self.first[LIVING_ENOUGH]), ==, HP_SPACE_NONE);
  g_assert_cmpuint (fixture_count (&self.fixture, HP_EVENT_HEAP_PAGE_SPACE), ==, 1);
  g_assert_cmpuint (count_relinked_objects (&self.fixture), ==, LIVING_ENOUGH);
  g_assert_cmpuint (hp_machine_counters (machine)->evacuated_bytes - self.evacuated_before,
                    ==,
                    (LIVING_ENOUGH + LIVING_TOO_FEW) * 40);
  g_assert_cmpuint (machine->collector->relinked_bytes, ==, LIVING_ENOUGH * 40);
  g_assert_cmpuint (hp_value_get_ref (hp_machine_read (machine, self.first[0], 0)), ==, self.second[0]);
  g_assert_cmpuint (hp_value_get_ref (hp_machine_read (machine, self.second[0], 0)), ==, self.first[0]);
  fixture_clear (&self.fixture);
}

/* 7 dead pairs and the end of the page: one free block of 38 words. New space has as many pages as before. */
static void
test_holes_and_fresh_pages (void)
{
  TwoPages self;
  HpHeap *heap;

  two_pages_init (&self, NULL);
  heap = self.fixture.machine->heap;
  hp_machine_collect (self.fixture.machine, HP_COLLECTION_FULL);
  g_assert_cmpuint (heap->young.pages[0]->len, ==, 8);
  g_assert_cmpuint (heap->young.pages[1]->len, ==, 8);
  hp_machine_collect (self.fixture.machine, HP_COLLECTION_FULL); /* all pages are swept before it marks */
  g_assert_cmpuint (hp_heap_words (heap, self.addresses[LIVING_ENOUGH - 1] + 5)[0], ==, hp_filler_word (38));
  g_assert_cmpuint (address_of (&self, self.first[0]), ==, self.addresses[0]);
  fixture_clear (&self.fixture);
}

static void
test_threshold_is_a_setting (void)
{
  const char *never[] = { "page-promotion-threshold", "100", NULL };
  const char *lower[] = { "page-promotion-threshold", "66", NULL }; /* 84 words: 17 pairs are more */
  TwoPages self;

  two_pages_init (&self, never);
  hp_machine_collect (self.fixture.machine, HP_COLLECTION_FULL);
  g_assert_cmpuint (fixture_count (&self.fixture, HP_EVENT_HEAP_PAGE_SPACE), ==, 0);
  g_assert_cmpuint (address_of (&self, self.first[0]), !=, self.addresses[0]);
  fixture_clear (&self.fixture);

  two_pages_init (&self, lower);
  hp_machine_collect (self.fixture.machine, HP_COLLECTION_FULL);
  g_assert_cmpuint (count_relinked_objects (&self.fixture), ==, LIVING_ENOUGH + LIVING_TOO_FEW);
  fixture_clear (&self.fixture);
}

/* Marking and moving 35 pairs and the two arrays, sweeping, and the collection itself: 18 pairs cost no move. */
static guint64
pause_with (const char *threshold)
{
  const char *settings[] = { "page-promotion-threshold",
                             threshold,
                             "cost-mark",
                             "0",
                             "cost-sweep-mb",
                             "0",
                             "cost-collection",
                             "0",
                             "cost-move-mb",
                             "104857600", /* 100 ns each byte */
                             "pager",
                             "false",
                             NULL };
  TwoPages self;
  guint64 before, after;

  two_pages_init (&self, settings);
  before = hp_machine_counters (self.fixture.machine)->pause_ns;
  hp_machine_collect (self.fixture.machine, HP_COLLECTION_FULL);
  after = hp_machine_counters (self.fixture.machine)->pause_ns;
  fixture_clear (&self.fixture);
  return after - before;
}

static void
test_relinking_costs_no_move (void)
{
  g_assert_cmpuint (pause_with ("100"), ==, (LIVING_ENOUGH + LIVING_TOO_FEW) * 40 * 100);
  g_assert_cmpuint (pause_with ("70"), ==, LIVING_TOO_FEW * 40 * 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gc/promotion/relinked-above-threshold", test_relinked_above_threshold);
  g_test_add_func ("/gc/promotion/holes-and-fresh-pages", test_holes_and_fresh_pages);
  g_test_add_func ("/gc/promotion/threshold-is-a-setting", test_threshold_is_a_setting);
  g_test_add_func ("/gc/promotion/relinking-costs-no-move", test_relinking_costs_no_move);
  return g_test_run ();
}
