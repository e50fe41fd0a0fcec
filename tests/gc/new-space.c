/* new-space.c - V8's rules of new space: tails of pages, capacities, growing and shrinking
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#define PAGE_BYTES 257720 /* usable of 256 KB */

static const char *const FIXED[] = {
  "min-semi-space-size", "1M", "max-semi-space-size", "1M", "runtime-garbage", "0", "runtime-heap", "0", NULL
};

static guint64
count_scavenges (Fixture *self)
{
  return hp_machine_counters (self->machine)->scavenges;
}

/* Make garbage of 40 bytes until new space is full; the object that did not fit is not counted. */
static guint
fill (Fixture *self)
{
  guint64 before = count_scavenges (self);
  guint n = 0;

  while (hp_machine_allocate (self->machine, self->pair, 0) != HP_REF_NONE && count_scavenges (self) == before)
    n++;
  return n;
}

/* Half a page and a word does not fit twice: three tails are parked, and used when the last page is full. */
static void
test_parked_tails (void)
{
  const guint tail = PAGE_BYTES - 131072;
  Fixture self;

  fixture_init (&self, "node-20", NULL, FIXED);
  for (guint i = 0; i < 4; i++)
    hp_machine_allocate (self.machine, self.array, (131072 - 16) / 8);
  g_assert_cmpuint (count_scavenges (&self), ==, 0);
  g_assert_cmpuint (fill (&self), ==, 4 * (tail / 40));
  fixture_clear (&self);
}

/* Tails below 4 KB are lost. */
static void
test_lost_tails (void)
{
  const guint first = PAGE_BYTES - 131072 - 4088;
  Fixture self;

  fixture_init (&self, "node-20", NULL, FIXED);
  for (guint i = 0; i < 4; i++)
    {
      hp_machine_allocate (self.machine, self.array, (first - 16) / 8);
      hp_machine_allocate (self.machine, self.array, (131072 - 16) / 8);
    }
  g_assert_cmpuint (count_scavenges (&self), ==, 0);
  g_assert_cmpuint (fill (&self), ==, 4088 / 40); /* of the last page */
  fixture_clear (&self);
}

/* Survivors fill buffers of 32 KB, and what such do not fill of a page is lost: 28,344 bytes of an otherwise empty one,
 * as measured on Node 20. */
static void
test_lost_buffers (void)
{
  const guint n = 229376 / 48 + 1; /* a byte array of 48 bytes each: one more than a page's buffers hold */
  Fixture self;
  HpRef array;

  fixture_init (&self, "node-20", NULL, FIXED);
  array = hp_machine_allocate (self.machine, self.array, n);
  hp_machine_set_root (self.machine, self.root, hp_value_ref (array));
  for (guint i = 0; i < n; i++)
    hp_machine_write (self.machine, array, i, hp_value_ref (hp_machine_allocate (self.machine, self.bytes, 32)));
  g_assert_cmpuint (count_scavenges (&self), ==, 0);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpuint (hp_machine_counters (self.machine)->copied_bytes, ==, 16 + 8 * n + 48 * n);
  /* The accumulator comes first and opens a buffer, for 682 objects. The array does without one and lies behind it.
   * Then five buffers in a row fit into the page, for 3,413 objects. */
  g_assert_cmpuint (self.machine->heap->young.current, ==, 1);
  g_assert_cmpuint (hp_new_space_filled_bytes (self.machine->heap), ==, PAGE_BYTES + 48 * (n - 682 - 3413));
  fixture_clear (&self);
}

/* From-space has no pages before the first collection needs them. */
static void
test_from_space_is_committed_late (void)
{
  Fixture self;

  fixture_init (&self, "node-20", NULL, FIXED);
  g_assert_cmpuint (self.machine->heap->young.pages[0]->len, ==, 4);
  g_assert_cmpuint (self.machine->heap->young.pages[1]->len, ==, 0);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpuint (self.machine->heap->young.pages[1]->len, ==, 4);
  fixture_clear (&self);
}

/* Young large objects: as many bytes as regular ones, 1,030,880; but the first one may have any size. */
static void
test_large_capacity (void)
{
  Fixture self;

  fixture_init (&self, "node-20", NULL, FIXED);
  hp_machine_allocate (self.machine, self.bytes, 515440 - 16);
  hp_machine_allocate (self.machine, self.bytes, 515440 - 16);
  g_assert_cmpuint (count_scavenges (&self), ==, 0);
  hp_machine_allocate (self.machine, self.bytes, 515440 - 16);
  g_assert_cmpuint (count_scavenges (&self), ==, 1);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  hp_machine_allocate (self.machine, self.bytes, 3000000);
  g_assert_cmpuint (count_scavenges (&self), ==, 3);
  hp_machine_allocate (self.machine, self.bytes, 200000);
  g_assert_cmpuint (count_scavenges (&self), ==, 4);
  fixture_clear (&self);
}

/* ---- growing and shrinking --------------------------------------------------------------------------------------- */

static const char *const GROWING[] = { "min-semi-space-size", "1M", "max-semi-space-size", "16M", NULL };

/* An array in the root that takes @bytes with its header, in pieces of 1,000 bytes. */
static void
keep (Fixture *self, guint bytes)
{
  guint n = bytes / 1008;
  HpRef array = hp_machine_allocate (self->machine, self->array, n);

  hp_machine_set_root (self->machine, self->root, hp_value_ref (array));
  for (guint i = 0; i < n; i++)
    hp_machine_write (self->machine,
                      hp_value_get_ref (hp_machine_get_root (self->machine, self->root)),
                      i,
                      hp_value_ref (hp_machine_allocate (self->machine, self->bytes, 1000 - 16)));
}

static guint
pages_of_half (Fixture *self)
{
  return self->machine->heap->young.n_pages;
}

/* 700,000 bytes survive twice: more than 1 MB. After ten quiet seconds new space shrinks again. */
static void
test_grow_and_shrink (void)
{
  Fixture self;

  fixture_init (&self, "node-20", NULL, GROWING);
  keep (&self, 700000);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpuint (pages_of_half (&self), ==, 4);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpuint (pages_of_half (&self), ==, 8);
  g_assert_cmpuint (self.machine->collector->survived_bytes, ==, 0);
  keep (&self, 700000);
  hp_machine_wait (self.machine, G_GUINT64_CONSTANT (10000000000));
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  /* 70 bytes/ms: twice what lives, 1.4 MB in whole pages. */
  g_assert_cmpuint (pages_of_half (&self), ==, 6);
  hp_machine_wait (self.machine, G_GUINT64_CONSTANT (10000000000));
  hp_machine_allocate (self.machine, self.pair, 0);
  hp_machine_set_root (self.machine, self.root, hp_value_undefined ());
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpuint (pages_of_half (&self), ==, 4); /* never below the initial size */
  fixture_clear (&self);
}

/* Reason to grow and reason to shrink at once: nothing happens, and survivors are counted anew. */
static void
test_grow_against_shrink (void)
{
  Fixture self;

  fixture_init (&self, "node-20", NULL, GROWING);
  keep (&self, 700000);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  hp_machine_wait (self.machine, G_GUINT64_CONSTANT (10000000000));
  hp_machine_allocate (self.machine, self.pair, 0);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpuint (pages_of_half (&self), ==, 4);
  g_assert_cmpuint (self.machine->collector->survived_bytes, ==, 0);
  fixture_clear (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gc/new-space/parked-tails", test_parked_tails);
  g_test_add_func ("/gc/new-space/lost-tails", test_lost_tails);
  g_test_add_func ("/gc/new-space/lost-buffers", test_lost_buffers);
  g_test_add_func ("/gc/new-space/from-space-is-committed-late", test_from_space_is_committed_late);
  g_test_add_func ("/gc/new-space/large-capacity", test_large_capacity);
  g_test_add_func ("/gc/new-space/grow-and-shrink", test_grow_and_shrink);
  g_test_add_func ("/gc/new-space/grow-against-shrink", test_grow_against_shrink);
  return g_test_run ();
}
