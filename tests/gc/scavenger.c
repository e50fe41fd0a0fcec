/* scavenger.c - who is copied where, in which order, and what becomes of the remembered set
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

static void
test_promotion_at_second_survival (void)
{
  Fixture self;
  HpRef ref;

  fixture_init (&self, "classroom", NULL, NULL);
  ref = fixture_pair_in (&self, self.root);
  g_assert_cmpint (fixture_space_of (&self, ref), ==, HP_SPACE_SEMI_A);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpint (fixture_space_of (&self, ref), ==, HP_SPACE_SEMI_B);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpint (fixture_space_of (&self, ref), ==, HP_SPACE_OLD);
  g_assert_cmpuint (hp_machine_counters (self.machine)->copied_bytes, ==, 40);
  g_assert_cmpuint (hp_machine_counters (self.machine)->promoted_bytes, ==, 40);
  fixture_clear (&self);
}

static void
test_dead_objects_are_freed (void)
{
  Fixture self;

  fixture_init (&self, "classroom", NULL, NULL);
  for (guint i = 0; i < 3; i++)
    hp_machine_allocate (self.machine, self.pair, 0);
  fixture_pair_in (&self, self.root);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpuint (hp_machine_counters (self.machine)->freed_bytes, ==, 120);
  g_assert_cmpuint (hp_machine_counters (self.machine)->live_bytes, ==, 40);
  g_assert_cmpuint (fixture_count (&self, HP_EVENT_FREE), ==, 3);
  fixture_clear (&self);
}

/* ---- the order of copies, measured on Node 20 with a binary tree under one old slot
 * ---------------------------------- */

static HpRef
make_tree (Fixture *self, const char *name, guint depth, char **names)
{
  HpRef ref = hp_machine_allocate (self->machine, self->pair, 0);
  g_autofree char *left = g_strconcat (name, "l", NULL);
  g_autofree char *right = g_strconcat (name, "r", NULL);

  names[ref] = g_strdup (name);
  hp_machine_write (self->machine, 1, 0, hp_value_ref (ref)); /* alive while its children are made */
  if (depth == 0)
    return ref;
  /* The room is large enough for no collection to happen here. */
  hp_machine_write (self->machine, ref, 0, hp_value_ref (make_tree (self, left, depth - 1, names)));
  hp_machine_write (self->machine, ref, 1, hp_value_ref (make_tree (self, right, depth - 1, names)));
  return ref;
}

static char *
copy_order (const char *order)
{
  const char *settings[] = { "scavenger-order", order, NULL };
  GString *text = g_string_new (NULL);
  g_auto (GStrv) names = g_new0 (char *, 64);
  Fixture self;

  fixture_init (&self, "node-20", NULL, settings);
  fixture_pair_in (&self, self.root); /* ref 1 */
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpint (fixture_space_of (&self, 1), ==, HP_SPACE_OLD);
  names[0] = g_strdup ("-");
  names[1] = g_strdup ("-");
  hp_machine_write (self.machine, 1, 0, hp_value_ref (make_tree (&self, "R", 3, names)));
  hp_machine_allocate (self.machine, self.pair, 0); /* the accumulator holds nothing of the tree */
  hp_machine_flush (self.machine);
  g_array_set_size (self.events, 0);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  hp_machine_flush (self.machine);
  for (guint i = 0; i < self.events->len; i++)
    {
      const HpEvent *event = &g_array_index (self.events, HpEvent, i);

      if (hp_event_type (event) == HP_EVENT_MOVE && event->x < 17)
        g_string_append_printf (text, "%s ", names[event->x]);
    }
  fixture_clear (&self);
  return g_string_free (text, FALSE);
}

static void
test_order (void)
{
  g_autofree char *v8 = copy_order ("v8");
  g_autofree char *cheney = copy_order ("cheney");

  g_assert_cmpstr (v8, ==, "R Rl Rr Rrl Rrr Rll Rlr Rlrl Rlrr Rlll Rllr Rrrl Rrrr Rrll Rrlr ");
  g_assert_cmpstr (cheney, ==, "R Rl Rr Rll Rlr Rrl Rrr Rlll Rllr Rlrl Rlrr Rrll Rrlr Rrrl Rrrr ");
}

/* ---- the remembered set
 * ------------------------------------------------------------------------------------------------ */

static void
test_remembered_set (void)
{
  Fixture self;
  HpRef old, young;

  fixture_init (&self, "classroom", NULL, NULL);
  old = fixture_pair_in (&self, self.root);
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  g_assert_cmpint (fixture_space_of (&self, old), ==, HP_SPACE_OLD); /* a full collection empties new space */
  young = hp_machine_allocate (self.machine, self.pair, 0);
  hp_machine_write (self.machine, young, 0, hp_value_ref (old));
  g_assert_cmpuint (fixture_count (&self, HP_EVENT_REMEMBER), ==, 0);
  hp_machine_write (self.machine, old, 1, hp_value_ref (young));
  hp_machine_write (self.machine, old, 1, hp_value_ref (young));
  g_assert_cmpuint (fixture_count (&self, HP_EVENT_REMEMBER), ==, 1);
  hp_machine_allocate (self.machine, self.pair, 0);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_true (hp_space_is_young (fixture_space_of (&self, young)));
  g_assert_cmpuint (fixture_count (&self, HP_EVENT_FORGET), ==, 0);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpint (fixture_space_of (&self, young), ==, HP_SPACE_OLD);
  g_assert_cmpuint (fixture_count (&self, HP_EVENT_FORGET), ==, 1);
  fixture_clear (&self);
}

/* A dead old object keeps young ones alive until the next full collection. */
static void
test_nepotism (void)
{
  Fixture self;
  HpRef old, young;

  fixture_init (&self, "classroom", NULL, NULL);
  old = fixture_pair_in (&self, self.root);
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  young = hp_machine_allocate (self.machine, self.pair, 0);
  hp_machine_write (self.machine, old, 0, hp_value_ref (young));
  hp_machine_set_root (self.machine, self.root, hp_value_undefined ());
  hp_machine_allocate (self.machine, self.pair, 0);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpint (fixture_space_of (&self, young), !=, HP_SPACE_NONE);
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  g_assert_cmpint (fixture_space_of (&self, young), ==, HP_SPACE_NONE);
  g_assert_cmpint (fixture_space_of (&self, old), ==, HP_SPACE_NONE);
  fixture_clear (&self);
}

/* ---- sizes
 * ------------------------------------------------------------------------------------------------------------- */

/* 1 MB holds 1,030,880 bytes in four pages. It grows when more than 1,048,576 bytes survived since the last growth. */
static void
test_growth (void)
{
  Fixture self;
  HpRef array;

  fixture_init (&self, "node-20", NULL, NULL);
  array = hp_machine_allocate (self.machine, self.array, 6);
  hp_machine_set_root (self.machine, self.root, hp_value_ref (array));
  for (guint i = 0; i < 6; i++)
    hp_machine_write (self.machine, array, i, hp_value_ref (hp_machine_allocate (self.machine, self.bytes, 100000)));
  g_assert_cmpuint (hp_new_space_usable_bytes (self.machine->heap), ==, 1030880);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpuint (self.machine->collector->survived_bytes, ==, 6 * 100016 + 64);
  g_assert_cmpuint (self.machine->heap->young.n_pages, ==, 4);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpuint (hp_machine_counters (self.machine)->promoted_bytes, ==, 6 * 100016 + 64);
  g_assert_cmpuint (self.machine->heap->young.n_pages, ==, 8);
  g_assert_cmpuint (self.machine->collector->survived_bytes, ==, 0);
  fixture_clear (&self);
}

/* Objects above 131,072 bytes get a chunk; one survival promotes them where they are. */
static void
test_large_objects (void)
{
  Fixture self;
  HpRef regular, large;
  HpAddress address;

  fixture_init (&self, "node-20", NULL, NULL);
  regular = hp_machine_allocate (self.machine, self.array, 16382);
  g_assert_cmpint (fixture_space_of (&self, regular), ==, HP_SPACE_SEMI_A);
  large = hp_machine_allocate (self.machine, self.array, 16383);
  hp_machine_set_root (self.machine, self.root, hp_value_ref (large));
  g_assert_cmpint (fixture_space_of (&self, large), ==, HP_SPACE_NEW_LARGE);
  address = hp_heap_address_of (self.machine->heap, large);
  fixture_pair_in (&self, self.other_root);
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpint (fixture_space_of (&self, large), ==, HP_SPACE_LARGE);
  g_assert_cmpuint (hp_heap_address_of (self.machine->heap, large), ==, address);
  g_assert_cmpuint (hp_machine_counters (self.machine)->promoted_bytes, ==, 131080);
  hp_machine_set_root (self.machine, self.root, hp_value_undefined ());
  hp_machine_collect (self.machine, HP_COLLECTION_FULL);
  g_assert_cmpint (fixture_space_of (&self, large), ==, HP_SPACE_NONE);
  g_assert_cmpuint (hp_machine_counters (self.machine)->used_bytes[HP_SPACE_LARGE], ==, 0);
  fixture_clear (&self);
}

/* The young large-object space takes as much as one half of new space, then a scavenge is due. */
static void
test_large_object_capacity (void)
{
  Fixture self;

  fixture_init (&self, "node-20", NULL, NULL);
  for (guint i = 0; i < 5; i++)
    hp_machine_allocate (self.machine, self.bytes, 200000);
  g_assert_cmpuint (hp_machine_counters (self.machine)->scavenges, ==, 0);
  hp_machine_allocate (self.machine, self.bytes, 200000);
  g_assert_cmpuint (hp_machine_counters (self.machine)->scavenges, ==, 1);
  g_assert_cmpuint (hp_machine_counters (self.machine)->used_bytes[HP_SPACE_NEW_LARGE], ==, 200016);
  fixture_clear (&self);
}

/* ---- policies
 * ---------------------------------------------------------------------------------------------------------- */

static HpFate
keep (gpointer self, HpGcContext *context, const HpSurvivor *survivor)
{
  return survivor->age < 3 ? HP_FATE_KEEP : HP_FATE_PROMOTE;
}

static HpBytes
too_much (gpointer self, HpGcContext *context)
{
  return 1u << 30;
}

static const HpGcPolicy POLICY = { .struct_size = sizeof (HpGcPolicy),
                                   .survivor_fate = keep,
                                   .semi_space_bytes = too_much };

static void
test_policy_is_asked_and_clamped (void)
{
  Fixture self;
  HpRef ref;

  fixture_init (&self, "classroom", &POLICY, NULL);
  ref = fixture_pair_in (&self, self.root);
  for (guint i = 0; i < 3; i++)
    {
      hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
      g_assert_true (hp_space_is_young (fixture_space_of (&self, ref)));
    }
  hp_machine_collect (self.machine, HP_COLLECTION_YOUNG);
  g_assert_cmpint (fixture_space_of (&self, ref), ==, HP_SPACE_OLD);
  g_assert_cmpuint (fixture_count (&self, HP_EVENT_POLICY_FAULT), ==, 4);
  g_assert_cmpuint (self.machine->heap->young.n_pages, ==, 2); /* the most there may be */
  fixture_clear (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gc/scavenger/promotion-at-second-survival", test_promotion_at_second_survival);
  g_test_add_func ("/gc/scavenger/dead-objects-are-freed", test_dead_objects_are_freed);
  g_test_add_func ("/gc/scavenger/order", test_order);
  g_test_add_func ("/gc/scavenger/remembered-set", test_remembered_set);
  g_test_add_func ("/gc/scavenger/nepotism", test_nepotism);
  g_test_add_func ("/gc/scavenger/growth", test_growth);
  g_test_add_func ("/gc/scavenger/large-objects", test_large_objects);
  g_test_add_func ("/gc/scavenger/large-object-capacity", test_large_object_capacity);
  g_test_add_func ("/gc/scavenger/policy", test_policy_is_asked_and_clamped);
  return g_test_run ();
}
