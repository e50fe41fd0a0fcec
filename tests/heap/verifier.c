/* verifier.c - each rule names the damage it is there for, the place, and the way there from a root
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/machine_private.h"

static const char *const NEXT_AND_DATA[] = { "next", "data" };
static const char *const LOCALS[] = { "a" };

typedef struct
{
  HpMachine *machine;
  HpHeap *heap;
  guint32 pair, root, other, function;
  HpRef old, young, nephew; /* root → old; other → young → nephew */
} Fixture;

static void
init (Fixture *self)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("classroom", NULL);
  const HpShape pair = { .name = "Pair", .header_words = 1, .n_slots = 2, .slot_names = NEXT_AND_DATA };
  const HpFunction function = { .name = "main", .overhead_words = 4, .n_locals = 1, .local_names = LOCALS };

  self->machine = hp_machine_new (settings, NULL, NULL, NULL);
  self->heap = self->machine->heap;
  self->pair = hp_machine_define_shape (self->machine, &pair);
  self->function = hp_machine_define_function (self->machine, &function);
  self->root = hp_machine_define_root (self->machine, "root");
  self->other = hp_machine_define_root (self->machine, "other");
  self->old = hp_machine_allocate (self->machine, self->pair, 0);
  hp_machine_set_root (self->machine, self->root, hp_value_ref (self->old));
  hp_machine_collect (self->machine, HP_COLLECTION_FULL);
  self->young = hp_machine_allocate (self->machine, self->pair, 0);
  hp_machine_set_root (self->machine, self->other, hp_value_ref (self->young));
  self->nephew = hp_machine_allocate (self->machine, self->pair, 0);
  hp_machine_write (self->machine, self->young, 1, hp_value_ref (self->nephew));
  self->heap->roots.accumulator = 0;
}

static HpAddress
address_of (Fixture *self, HpRef ref)
{
  return hp_heap_address_of (self->heap, ref);
}

static guint64 *
words_of (Fixture *self, HpRef ref)
{
  return hp_heap_words (self->heap, address_of (self, ref));
}

static HpViolation *
check (Fixture *self)
{
  HpViolation *violation = hp_verifier_check (self->heap, NULL, NULL);

  g_assert_nonnull (violation);
  return violation;
}

/* @sentence: its beginning; @path: (nullable) */
static void
expect (Fixture *self, const char *rule, HpRef object, const char *sentence, const char *path)
{
  g_autoptr (HpViolation) violation = check (self);
  g_autofree char *way = hp_violation_path_text (violation);
  g_autofree char *begin = g_strndup (violation->sentence, strlen (sentence));

  g_assert_cmpstr (hp_rule_id (violation->rule), ==, rule);
  g_assert_cmpuint (violation->object, ==, object);
  g_assert_cmpstr (begin, ==, sentence);
  g_assert_cmpstr (way, ==, path);
  hp_machine_free (self->machine);
}

/* ---- nothing is wrong -------------------------------------------------------------------------------------------- */

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
test_rules_have_names (void)
{
  for (HpRule rule = HP_RULE_NONE + 1; rule < HP_N_RULES; rule++)
    {
      g_assert_cmpint (hp_rule_find (hp_rule_id (rule)), ==, rule);
      g_assert_true (g_str_has_suffix (hp_rule_sentence (rule), "."));
    }
  g_assert_null (hp_rule_id (HP_RULE_NONE));
  g_assert_cmpint (hp_rule_find ("no-such-rule"), ==, HP_RULE_NONE);
}

static void
test_text (void)
{
  Fixture self;
  g_autofree char *text = NULL;

  init (&self);
  words_of (&self, self.nephew)[0] = hp_map_with_colour (words_of (&self, self.nephew)[0], HP_COLOUR_GREY);
  text = hp_machine_verify (self.machine);
  g_assert_cmpstr (text,
                   ==,
                   "object 3 is still marked although no collection is under way [colours]; "
                   "reached by root “other” → Pair #2.data → Pair #3");
  hp_machine_free (self.machine);
}

/* ---- references -------------------------------------------------------------------------------------------------- */

static void
test_dangling_slot (void)
{
  Fixture self;

  init (&self);
  words_of (&self, self.young)[1] = hp_word_from_ref_address (address_of (&self, self.old) + 1);
  expect (&self, "nothing-lost", self.young, "Pair #2.next points to free memory at ", "root “other” → Pair #2.next");
}

/* Nobody can reach the holder: then it is not lost, but wrong all the same. */
static void
test_dangling_slot_of_garbage (void)
{
  Fixture self;

  init (&self);
  words_of (&self, self.nephew)[1] = hp_word_from_ref_address (12);
  self.heap->roots.words[self.other] = 0;
  expect (&self, "no-dangling-slot", self.nephew, "slot 0 of object 3 points to free memory at 0xc", NULL);
}

static void
test_dangling_root (void)
{
  Fixture self;

  init (&self);
  self.heap->roots.words[self.root] = hp_word_from_ref_address (12);
  expect (&self, "nothing-lost", HP_REF_NONE, "root “root” points to free memory at 0xc", "root “root”");
}

static void
test_dangling_local (void)
{
  Fixture self;

  init (&self);
  hp_machine_call (self.machine, self.function);
  *hp_stack_local (&self.machine->stack, 0, FALSE) = hp_word_from_ref_address (G_MAXUINT32);
  expect (
      &self, "nothing-lost", HP_REF_NONE, "local “a” of main points to free memory at 0xffffffff", "local “a” of main");
}

/* The shortest of two ways is told. */
static void
test_shortest_path (void)
{
  Fixture self;

  init (&self);
  hp_machine_write (self.machine, self.old, 0, hp_value_ref (self.nephew));
  hp_machine_set_root (self.machine, self.root, hp_value_ref (self.young));
  hp_machine_set_root (self.machine, self.other, hp_value_ref (self.old));
  hp_machine_call (self.machine, self.function);
  hp_machine_set_local (self.machine, 0, hp_value_ref (self.nephew));
  words_of (&self, self.nephew)[2] = hp_word_from_ref_address (12);
  expect (&self,
          "nothing-lost",
          self.nephew,
          "Pair #3.data points to free memory at 0xc",
          "local “a” of main → Pair #3.data");
}

static void
test_forgotten_slot (void)
{
  Fixture self;

  init (&self);
  words_of (&self, self.old)[2] = hp_word_from_ref_address (address_of (&self, self.young));
  expect (&self,
          "remembered-set",
          self.old,
          "slot 1 of object 1 points from old to young, but is not remembered",
          "root “root” → Pair #1");
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

static void
test_lost_ref (void)
{
  Fixture self;

  init (&self);
  hp_ref_table_move (&self.heap->refs, self.young, address_of (&self, self.old));
  expect (&self, "known-place", self.young, "object 2 at ", NULL);
}

/* One bit of the map word's ref flips. */
static void
test_flipped_bit (void)
{
  Fixture self;

  init (&self);
  words_of (&self, self.young)[0] ^= 1;
  expect (&self, "known-place", self.nephew, "object 3 at ", NULL);
}

static void
test_missing_object (void)
{
  Fixture self;

  init (&self);
  hp_machine_set_root (self.machine, self.other, HP_VALUE_NOTHING);
  words_of (&self, self.nephew)[0] = hp_filler_word (3);
  words_of (&self, self.young)[2] = 0;
  expect (&self, "bytes", HP_REF_NONE, "semi-space-b holds 24 bytes of objects, but 48 are accounted", NULL);
}

static void
test_old_copy_left_behind (void)
{
  Fixture self;

  init (&self);
  words_of (&self, self.nephew)[0] = hp_map_forwarded_to (words_of (&self, self.nephew)[0], 77);
  expect (&self, "known-place", HP_REF_NONE, "a moved object's old copy at ", NULL);
}

static void
test_overlap (void)
{
  Fixture self;

  init (&self);
  words_of (&self, self.old)[3] = hp_filler_word (10000);
  expect (&self, "no-overlap", HP_REF_NONE, "objects overlap: the one at ", NULL);
}

/* An object of the wrong length reaches into its neighbour: what follows it is no object any more. */
static void
test_grown_object (void)
{
  Fixture self;
  const HpShape array = { .name = "Array", .header_words = 2, .tail = HP_TAIL_SLOTS };
  guint32 shape;
  HpRef ref;

  init (&self);
  shape = hp_machine_define_shape (self.machine, &array);
  ref = hp_machine_allocate (self.machine, shape, 1);
  hp_machine_set_root (self.machine, self.other, hp_value_ref (ref));
  hp_machine_allocate (self.machine, self.pair, 0);
  words_of (&self, ref)[1]++;
  expect (&self, "no-overlap", HP_REF_NONE, "objects overlap: what begins at ", NULL);
}

static void
test_endless_object (void)
{
  Fixture self;
  const HpShape array = { .name = "Array", .header_words = 2, .tail = HP_TAIL_SLOTS };
  HpRef ref;

  init (&self);
  ref = hp_machine_allocate (self.machine, hp_machine_define_shape (self.machine, &array), 1);
  words_of (&self, ref)[1] = G_MAXUINT32; /* + 2 words: 1 in 32 bits */
  expect (&self, "no-overlap", ref, "objects overlap: the one at ", NULL);
}

static void
test_object_in_from_space (void)
{
  Fixture self;

  init (&self);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  hp_new_space_flip (self.heap);
  expect (&self, "from-space-empty", self.young, "object 2 is in from-space", NULL);
}

/* ---- colours ----------------------------------------------------------------------------------------------------- */

/* Marking is on: what the roots refer to is grey, and nothing is black yet. */
static void
init_marking (Fixture *self)
{
  g_autofree char *violation = NULL;

  init (self);
  hp_incremental_start (self->machine->collector);
  g_assert_cmpint (hp_map_colour (words_of (self, self->old)[0]), ==, HP_COLOUR_GREY);
  violation = hp_machine_verify (self->machine);
  g_assert_cmpstr (violation, ==, NULL);
}

static void
paint (Fixture *self, HpRef ref, HpColour colour)
{
  words_of (self, ref)[0] = hp_map_with_colour (words_of (self, ref)[0], colour);
}

static void
test_white_behind_black (void)
{
  Fixture self;

  init_marking (&self);
  paint (&self, self.young, HP_COLOUR_BLACK);
  expect (&self,
          "three-colours",
          self.young,
          "object 2 is black, but its slot 1 leads to the white object 3",
          "root “other” → Pair #2");
}

static void
test_grey_and_forgotten (void)
{
  Fixture self;

  init_marking (&self);
  paint (&self, self.nephew, HP_COLOUR_GREY);
  expect (&self,
          "three-colours",
          self.nephew,
          "object 3 is grey, but not on the marking list",
          "root “other” → Pair #2.data → Pair #3");
}

static void
test_list_leads_nowhere (void)
{
  Fixture self;

  init_marking (&self);
  hp_worklist_push (&self.machine->collector->marking, address_of (&self, self.old) + 1);
  expect (&self, "three-colours", HP_REF_NONE, "the marking list leads to ", NULL);
}

static void
test_left_over_mark (void)
{
  Fixture self;

  init (&self);
  paint (&self, self.old, HP_COLOUR_BLACK);
  expect (&self,
          "colours",
          self.old,
          "object 1 is still marked although no collection is under way",
          "root “root” → Pair #1");
}

/* ---- accounts ---------------------------------------------------------------------------------------------------- */

static void
test_wrong_account (void)
{
  Fixture self;

  init (&self);
  self.machine->counters.used_bytes[HP_SPACE_OLD] += 8;
  expect (&self, "bytes", HP_REF_NONE, "old holds 24 bytes of objects, but 32 are accounted", NULL);
}

static void
test_wrong_sum (void)
{
  Fixture self;

  init (&self);
  self.machine->counters.freed_bytes += 8;
  expect (&self, "bytes", HP_REF_NONE, "allocated minus freed bytes are not what the spaces hold", NULL);
}

static void
test_wrong_page_account (void)
{
  Fixture self;

  init (&self);
  hp_heap_page_of (self.heap, address_of (&self, self.old))->used_words--;
  expect (&self, "bytes", HP_REF_NONE, "the heap page at ", NULL);
}

static void
test_used_block_on_free_list (void)
{
  Fixture self;

  init (&self);
  self.heap->old.free_list.heads[0] = address_of (&self, self.old);
  expect (&self, "free-lists", HP_REF_NONE, "the free list leads to ", NULL);
}

/* A free block of @words on the list of @category, linked to @next. */
static HpAddress
make_block (Fixture *self, guint category, HpAddress next)
{
  HpAddress block;

  hp_old_space_close_area (self->heap);
  for (guint i = 0; i < HP_FREE_CATEGORIES; i++)
    if (self->heap->old.free_list.heads[i] != 0)
      {
        block = self->heap->old.free_list.heads[i];
        hp_heap_words (self->heap, block)[1] = next != 0 ? block : 0;
        self->heap->old.free_list.heads[i] = 0;
        self->heap->old.free_list.heads[category == HP_FREE_CATEGORIES ? i : category] = block;
        return block;
      }
  g_assert_not_reached ();
}

static void
test_wrong_category (void)
{
  Fixture self;

  init (&self);
  make_block (&self, 0, 0);
  expect (&self, "free-lists", HP_REF_NONE, "the free block at ", NULL);
}

static void
test_circular_free_list (void)
{
  Fixture self;

  init (&self);
  make_block (&self, HP_FREE_CATEGORIES, 1);
  expect (&self, "free-lists", HP_REF_NONE, "the free lists hold ", NULL);
}

static void
test_lost_block (void)
{
  Fixture self;

  init (&self);
  make_block (&self, HP_FREE_CATEGORIES, 0);
  memset (self.heap->old.free_list.heads, 0, sizeof self.heap->old.free_list.heads);
  expect (&self, "free-lists", HP_REF_NONE, "the free lists hold ", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heap/verifier/sound", test_sound);
  g_test_add_func ("/heap/verifier/rules-have-names", test_rules_have_names);
  g_test_add_func ("/heap/verifier/text", test_text);
  g_test_add_func ("/heap/verifier/dangling-slot", test_dangling_slot);
  g_test_add_func ("/heap/verifier/dangling-slot-of-garbage", test_dangling_slot_of_garbage);
  g_test_add_func ("/heap/verifier/dangling-root", test_dangling_root);
  g_test_add_func ("/heap/verifier/dangling-local", test_dangling_local);
  g_test_add_func ("/heap/verifier/shortest-path", test_shortest_path);
  g_test_add_func ("/heap/verifier/forgotten-slot", test_forgotten_slot);
  g_test_add_func ("/heap/verifier/lost-ref", test_lost_ref);
  g_test_add_func ("/heap/verifier/flipped-bit", test_flipped_bit);
  g_test_add_func ("/heap/verifier/missing-object", test_missing_object);
  g_test_add_func ("/heap/verifier/old-copy-left-behind", test_old_copy_left_behind);
  g_test_add_func ("/heap/verifier/overlap", test_overlap);
  g_test_add_func ("/heap/verifier/grown-object", test_grown_object);
  g_test_add_func ("/heap/verifier/endless-object", test_endless_object);
  g_test_add_func ("/heap/verifier/object-in-from-space", test_object_in_from_space);
  g_test_add_func ("/heap/verifier/white-behind-black", test_white_behind_black);
  g_test_add_func ("/heap/verifier/grey-and-forgotten", test_grey_and_forgotten);
  g_test_add_func ("/heap/verifier/list-leads-nowhere", test_list_leads_nowhere);
  g_test_add_func ("/heap/verifier/left-over-mark", test_left_over_mark);
  g_test_add_func ("/heap/verifier/wrong-account", test_wrong_account);
  g_test_add_func ("/heap/verifier/wrong-sum", test_wrong_sum);
  g_test_add_func ("/heap/verifier/wrong-page-account", test_wrong_page_account);
  g_test_add_func ("/heap/verifier/used-block-on-free-list", test_used_block_on_free_list);
  g_test_add_func ("/heap/verifier/wrong-category", test_wrong_category);
  g_test_add_func ("/heap/verifier/circular-free-list", test_circular_free_list);
  g_test_add_func ("/heap/verifier/lost-block", test_lost_block);
  return g_test_run ();
}
