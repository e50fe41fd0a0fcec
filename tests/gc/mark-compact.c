/* mark-compact.c - colours, free lists, evacuation, released pages, and the two ends of memory
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

/* @n pairs in a list under the root, all in old space. */
static void
fill_old_space (Fixture *self, HpRef *refs, guint n)
{
  HpRef array = hp_machine_allocate (self->machine, self->array, n);

  hp_machine_set_root (self->machine, self->root, hp_value_ref (array));
  for (guint i = 0; i < n; i++)
    {
      refs[i] = hp_machine_allocate (self->machine, self->pair, 0);
      hp_machine_write (self->machine, array, i, hp_value_ref (refs[i]));
    }
  hp_machine_collect (self->machine, HP_COLLECTION_FULL);
}

static HpRef
array_of (Fixture *self)
{
  return hp_value_get_ref (hp_machine_get_root (self->machine, self->root));
}

static void
test_colours (void)
{
  Fixture self;
  HpRef refs[4];
  guint n_grey = 0, n_black = 0, n_white = 0;

  fixture_init (&self, "classroom", NULL, NULL);
  fill_old_space (&self, refs, 4);
  hp_machine_flush (self.machine);
  for (guint i = 0; i < self.events->len; i++)
    {
      const HpEvent *event = &g_array_index (self.events, HpEvent, i);

      if (hp_event_type (event) != HP_EVENT_COLOUR)
        continue;
      n_grey += hp_event_detail (event) == (HP_COLOUR_GREY | HP_COLOUR_WHITE << 8);
      n_black += hp_event_detail (event) == (HP_COLOUR_BLACK | HP_COLOUR_GREY << 8);
      n_white += hp_event_detail (event) == (HP_COLOUR_WHITE | HP_COLOUR_BLACK << 8);
    }
  g_assert_cmpuint (n_grey, ==, 5);
  g_assert_cmpuint (n_black, ==, 5);
  g_assert_cmpuint (n_white, ==, 5);
  g_assert_cmpuint (fixture_count (&self, HP_EVENT_COLOUR), ==, 15);
  fixture_clear (&self);
}

/* Two neighbours die: one free block of 80 bytes, which the next promoted object of that size takes. */
static void
test_free_blocks_are_reused (void)
{
  const char *settings[] = { "compaction", "false", NULL };
  HpRef refs[20];
  HpAddress hole;
  Fixture self;
  HpRef bytes;

  fixture_init (&self, "classroom", NULL, settings);
  fill_old_space (&self, refs, 20);
  hole = hp_heap_address_of (self.machine->heap, refs[3]);
  hp_machine_write (self.machine, array_of (&self), 3, hp_value_undefined ());
  hp_machine_write (self.machine, array_of (&self), 4, hp_value_undefined ());
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  g_assert_cmpuint (self.machine->heap->old.free_list.heads[hp_free_list_category (10)], ==, hole);
  bytes = hp_machine_allocate (self.machine, self.bytes, 64);
  hp_machine_set_root (self.machine, self.other_root, hp_value_ref (bytes));
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpuint (hp_heap_address_of (self.machine->heap, bytes), ==, hole);
  fixture_clear (&self);
}

/* Of every page all but one pair dies: the pages are emptied into one and released. */
static void
test_compaction (void)
{
  const char *settings[] = { "max-semi-space-size",
                             "8K",
                             "min-semi-space-size",
                             "8K",
                             "max-old-space-size",
                             "64K",
                             "initial-old-limit",
                             "64K",
                             "max-regular-object-size",
                             "1K",
                             NULL };
  HpRef refs[100];
  Fixture self;

  fixture_init (&self, "classroom", NULL, settings);
  fill_old_space (&self, refs, 100);
  g_assert_cmpuint (self.machine->heap->old.pages->len, ==, 5); /* 816 + 100 x 40 bytes in pages of 1,024 */
  for (guint i = 0; i < 100; i++)
    if (i % 20 != 0)
      hp_machine_write (self.machine, array_of (&self), i, hp_value_undefined ());
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  g_assert_cmpuint (self.machine->heap->old.pages->len, <=, 3);
  g_assert_cmpuint (hp_machine_counters (self.machine)->compacted_bytes, >=, 3 * 40);
  g_assert_cmpuint (fixture_count (&self, HP_EVENT_UPDATE), >=, 3);
  for (guint i = 0; i < 100; i += 20)
    g_assert_cmpuint (hp_value_get_ref (hp_machine_read (self.machine, array_of (&self), i)), ==, refs[i]);
  fixture_clear (&self);
}

/* ---- the end of memory
 * ------------------------------------------------------------------------------------------------- */

static void
leak (Fixture *self)
{
  while (hp_machine_is_running (self->machine))
    {
      HpRef ref = hp_machine_allocate (self->machine, self->pair, 0);

      hp_machine_write (self->machine, ref, 0, hp_machine_get_root (self->machine, self->root));
      hp_machine_set_root (self->machine, self->root, hp_value_ref (ref));
    }
}

static void
test_heap_limit (void)
{
  const char *settings[] = { "cost-operation", "1000000", NULL };
  g_autofree char *violation = NULL;
  Fixture self;

  fixture_init (&self, "classroom", NULL, settings);
  leak (&self);
  g_assert_cmpint (hp_machine_ending (self.machine), ==, HP_ENDING_OUT_OF_MEMORY);
  g_assert_cmpstr (hp_machine_ending_message (self.machine),
                   ==,
                   "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory");
  violation = hp_machine_verify (self.machine);
  g_assert_cmpstr (violation, ==, NULL);
  fixture_clear (&self);
}

/* The program hardly runs between collections that free hardly anything. */
static void
test_ineffective_collections (void)
{
  const char *settings[] = { "cost-mark",
                             "1000000",
                             "max-old-space-size",
                             "256K",
                             "heap-page-size",
                             "4K",
                             "min-semi-space-size",
                             "4K",
                             "max-semi-space-size",
                             "4K",
                             NULL };
  Fixture self;

  fixture_init (&self, "classroom", NULL, settings);
  leak (&self);
  g_assert_cmpstr (
      hp_machine_ending_message (self.machine),
      ==,
      "FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory");
  fixture_clear (&self);
}

/* The list is held by a local, which steps of marking do not look at; so they soon find nothing left to do. */
static void
leak_in_local (Fixture *self)
{
  guint32 function = hp_machine_define_function (self->machine,
                                                 &(HpFunction){ .name = "main", .overhead_words = 5, .n_locals = 1 });

  hp_machine_call (self->machine, function);
  while (hp_machine_is_running (self->machine))
    {
      const HpValue slots[] = { hp_value_integer (1), hp_machine_get_local (self->machine, 0) };

      hp_machine_set_local (
          self->machine, 0, hp_value_ref (hp_machine_allocate_with (self->machine, self->pair, 0, slots, 2)));
    }
}

/* A list that only grows, as in: node --max-old-space-size=64 --min-semi-space-size=4 --max-semi-space-size=4
 * --single-threaded-gc -e 'function N (n) { this.v = 1; this.next = n } let a = null; while (true) a = new N (a)' */
static void
test_out_of_memory_like_node (void)
{
  const char *settings[] = { "max-old-space-size", "64", "min-semi-space-size", "4", "max-semi-space-size", "4", NULL };
  Fixture self;
  const HpCounters *counters;

  fixture_init (&self, "node-20", NULL, settings);
  hp_machine_set_verify (self.machine, FALSE);
  leak_in_local (&self);
  counters = hp_machine_counters (self.machine);
  g_test_message ("%" G_GUINT64_FORMAT " scavenges, %" G_GUINT64_FORMAT " full collections, %" G_GUINT64_FORMAT
                  " bytes",
                  counters->scavenges,
                  counters->mark_compacts,
                  counters->live_bytes);
  g_assert_cmpint (hp_machine_ending (self.machine), ==, HP_ENDING_OUT_OF_MEMORY);
  g_assert_cmpstr (hp_machine_ending_message (self.machine),
                   ==,
                   "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory");
  /* Node 20 ends after 30 scavenges and 6 full collections with 66.4 MB, of which 2.6 MB are its own. */
  g_assert_cmpuint (counters->scavenges, >=, 28);
  g_assert_cmpuint (counters->scavenges, <=, 32);
  g_assert_cmpuint (counters->mark_compacts, >=, 5);
  g_assert_cmpuint (counters->mark_compacts, <=, 7);
  g_assert_cmpuint (counters->live_bytes >> 20, >=, 62);
  g_assert_cmpuint (counters->live_bytes >> 20, <=, 66);
  fixture_clear (&self);
}

static void
test_impossible_length (void)
{
  Fixture self;

  fixture_init (&self, "node-20", NULL, NULL);
  g_assert_cmpuint (hp_machine_allocate (self.machine, self.array, G_MAXUINT32), ==, HP_REF_NONE);
  g_assert_cmpstr (hp_machine_ending_message (self.machine),
                   ==,
                   "FATAL ERROR: invalid array length Allocation failed - JavaScript heap out of memory");
  fixture_clear (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gc/mark-compact/colours", test_colours);
  g_test_add_func ("/gc/mark-compact/free-blocks-are-reused", test_free_blocks_are_reused);
  g_test_add_func ("/gc/mark-compact/compaction", test_compaction);
  g_test_add_func ("/gc/mark-compact/out-of-memory-like-node", test_out_of_memory_like_node);
  g_test_add_func ("/gc/mark-compact/heap-limit", test_heap_limit);
  g_test_add_func ("/gc/mark-compact/ineffective-collections", test_ineffective_collections);
  g_test_add_func ("/gc/mark-compact/impossible-length", test_impossible_length);
  return g_test_run ();
}
