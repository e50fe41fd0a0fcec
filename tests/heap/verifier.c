/* verifier.c - each rule names the damage it is there for
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/machine_private.h"

typedef struct
{
  HpMachine *machine;
  HpHeap *heap;
  HpRef old, young;
} Fixture;

/* An old pair and a young one. */
static void
init (Fixture *self)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("classroom", NULL);
  guint32 shape, root, other;

  self->machine = hp_machine_new (settings, NULL, NULL, NULL);
  self->heap = self->machine->heap;
  shape = hp_machine_define_shape (self->machine, &(HpShape){ .name = "Pair", .header_words = 1, .n_slots = 2 });
  root = hp_machine_define_root (self->machine, "root");
  other = hp_machine_define_root (self->machine, "other");
  self->old = hp_machine_allocate (self->machine, shape, 0);
  hp_machine_set_root (self->machine, root, hp_value_ref (self->old));
  hp_machine_collect (self->machine, HP_COLLECTION_FULL);
  self->young = hp_machine_allocate (self->machine, shape, 0);
  hp_machine_set_root (self->machine, other, hp_value_ref (self->young));
}

static guint64 *
words_of (Fixture *self, HpRef ref)
{
  return hp_heap_words (self->heap, hp_heap_address_of (self->heap, ref));
}

static void
expect (Fixture *self, const char *rule)
{
  g_autofree char *violation = hp_machine_verify (self->machine);

  g_assert_nonnull (violation);
  g_assert_nonnull (g_strstr_len (violation, -1, rule));
  hp_machine_free (self->machine);
}

static void
test_sound (void)
{
  Fixture self;
  g_autofree char *violation = NULL;

  init (&self);
  hp_machine_write (self.machine, self.old, 0, hp_value_ref (self.young));
  violation = hp_machine_verify (self.machine);
  g_assert_cmpstr (violation, ==, NULL);
  hp_machine_free (self.machine);
}

static void
test_dangling_slot (void)
{
  Fixture self;

  init (&self);
  words_of (&self, self.young)[1] = hp_word_from_ref_address (hp_heap_address_of (self.heap, self.old) + 1);
  expect (&self, "slot 0 of object 2 points to free memory");
}

static void
test_dangling_root (void)
{
  Fixture self;

  init (&self);
  self.heap->roots.words[1] = hp_word_from_ref_address (12);
  expect (&self, "root 1 points to free memory");
}

static void
test_forgotten_slot (void)
{
  Fixture self;

  init (&self);
  words_of (&self, self.old)[2] = hp_word_from_ref_address (hp_heap_address_of (self.heap, self.young));
  expect (&self, "slot 1 of object 1 points from old to young, but is not remembered");
}

static void
test_left_over_mark (void)
{
  Fixture self;

  init (&self);
  words_of (&self, self.old)[0] = hp_map_with_colour (words_of (&self, self.old)[0], HP_COLOUR_BLACK);
  expect (&self, "object 1 is still marked");
}

static void
test_wrong_account (void)
{
  Fixture self;

  init (&self);
  self.machine->counters.used_bytes[HP_SPACE_OLD] += 8;
  expect (&self, "old holds 24 bytes of objects, but 32 are accounted");
}

static void
test_lost_ref (void)
{
  Fixture self;

  init (&self);
  hp_ref_table_move (&self.heap->refs, self.young, hp_heap_address_of (self.heap, self.old));
  expect (&self, "object 2 at");
}

static void
test_used_block_on_free_list (void)
{
  Fixture self;

  init (&self);
  self.heap->old.free_list.heads[0] = hp_heap_address_of (self.heap, self.old);
  expect (&self, "the free list leads to");
}

static void
test_overlap (void)
{
  Fixture self;

  init (&self);
  words_of (&self, self.old)[3] = hp_filler_word (10000);
  expect (&self, "objects overlap");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heap/verifier/sound", test_sound);
  g_test_add_func ("/heap/verifier/dangling-slot", test_dangling_slot);
  g_test_add_func ("/heap/verifier/dangling-root", test_dangling_root);
  g_test_add_func ("/heap/verifier/forgotten-slot", test_forgotten_slot);
  g_test_add_func ("/heap/verifier/left-over-mark", test_left_over_mark);
  g_test_add_func ("/heap/verifier/wrong-account", test_wrong_account);
  g_test_add_func ("/heap/verifier/lost-ref", test_lost_ref);
  g_test_add_func ("/heap/verifier/used-block-on-free-list", test_used_block_on_free_list);
  g_test_add_func ("/heap/verifier/overlap", test_overlap);
  return g_test_run ();
}
