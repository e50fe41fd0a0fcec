/* ephemerons.c - tests of ephemeron tables: who keeps whom alive, by fixpoint and by the linear algorithm
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "weak_fixture.h"

static const char *const LINEAR[] = { "ephemeron-fixpoint-iterations", "0", NULL };
static const char *const ONE_ROUND[] = { "ephemeron-fixpoint-iterations", "1", NULL };
static const char *const *const ALGORITHMS[] = { NULL, LINEAR, ONE_ROUND };

/* A value dies with its key, at a full collection; so does the entry. Another entry stays. */
static void
test_full (gconstpointer data)
{
  Weak self;
  HpRef table, keys[2], values[2];

  weak_init (&self, *(const char *const *const *) data);
  table = new_in (&self, 0, self.table, 4);
  for (guint i = 0; i < 2; i++)
    {
      keys[i] = new_in (&self, 1 + i, self.base.pair, 0);
      values[i] = new_in (&self, 3, self.base.pair, 0);
      set_pair (&self, table, i, keys[i], values[i]);
    }
  drop (&self, 3);
  drop (&self, 1);
  collect (&self, HP_COLLECTION_FULL);
  g_assert_false (lives (&self, keys[0]));
  g_assert_false (lives (&self, values[0]));
  assert_slot (&self, table, 1, HP_VALUE_EMPTY, 0);
  assert_slot (&self, table, 2, HP_VALUE_EMPTY, 0);
  assert_slot (&self, table, 3, HP_VALUE_REF, keys[1]);
  assert_slot (&self, table, 4, HP_VALUE_REF, values[1]);
  weak_clear (&self);
}

/* In a scavenge the entry of a dead young key goes, but its value, treated as strong, is copied once more. */
static void
test_scavenge (void)
{
  Weak self;
  HpRef table, key, value, old_key;

  weak_init (&self, NULL);
  table = new_in (&self, 0, self.table, 4);
  old_key = new_in (&self, 1, self.base.pair, 0);
  collect (&self, HP_COLLECTION_FULL);
  drop (&self, 1);
  key = new_in (&self, 2, self.base.pair, 0);
  value = new_in (&self, 3, self.base.pair, 0);
  set_pair (&self, table, 0, key, value);
  hp_machine_write (self.machine, table, 3, hp_value_ref (old_key));
  drop (&self, 3);
  collect (&self, HP_COLLECTION_YOUNG);
  assert_slot (&self, table, 1, HP_VALUE_REF, key);
  drop (&self, 2);
  collect (&self, HP_COLLECTION_YOUNG);
  g_assert_false (lives (&self, key));
  g_assert_true (lives (&self, value));
  assert_slot (&self, table, 1, HP_VALUE_EMPTY, 0);
  assert_slot (&self, table, 2, HP_VALUE_EMPTY, 0);
  assert_slot (&self, table, 3, HP_VALUE_REF, old_key); /* an old key is none of a scavenge's business */
  collect (&self, HP_COLLECTION_FULL);
  g_assert_false (lives (&self, value));
  g_assert_false (lives (&self, old_key));
  weak_clear (&self);
}

/* The same where the table is young, and where it is promoted before its key. */
static void
test_scavenge_young_table (void)
{
  for (guint n_before = 0; n_before < 3; n_before++)
    {
      Weak self;
      HpRef table, keys[2];

      weak_init (&self, NULL);
      table = new_in (&self, 0, self.table, 4);
      for (guint i = 0; i < n_before; i++)
        collect (&self, HP_COLLECTION_YOUNG);
      for (guint i = 0; i < 2; i++)
        {
          keys[i] = new_in (&self, 1 + i, self.base.pair, 0);
          set_pair (&self, table, i, keys[i], keys[i]);
          hp_machine_write (self.machine, table, 2 + 2 * i, hp_value_integer (7));
        }
      drop (&self, 1);
      collect (&self, HP_COLLECTION_YOUNG);
      g_assert_cmpint (is_young (&self, table), ==, n_before == 0);
      g_assert_false (lives (&self, keys[0]));
      assert_slot (&self, table, 1, HP_VALUE_EMPTY, 0);
      assert_slot (&self, table, 2, HP_VALUE_EMPTY, 0);
      assert_slot (&self, table, 3, HP_VALUE_REF, keys[1]);
      assert_slot (&self, table, 4, HP_VALUE_INTEGER, 7);
      drop (&self, 2);
      collect (&self, HP_COLLECTION_YOUNG);
      g_assert_false (lives (&self, keys[1]));
      assert_slot (&self, table, 3, HP_VALUE_EMPTY, 0);
      weak_clear (&self);
    }
}

/* What is remembered of a key leaves the set when the key is promoted, and then keeps nothing in the next scavenge. */
static void
test_remembered_keys (void)
{
  Weak self;
  HpRef table, key;
  guint remembered, forgotten;

  weak_init (&self, NULL);
  table = new_in (&self, 0, self.table, 2);
  collect (&self, HP_COLLECTION_FULL);
  key = new_in (&self, 1, self.base.pair, 0);
  set_pair (&self, table, 0, key, HP_REF_NONE);
  remembered = fixture_count (&self.base, HP_EVENT_REMEMBER);
  g_assert_cmpuint (remembered, ==, 1);
  collect (&self, HP_COLLECTION_YOUNG);
  forgotten = fixture_count (&self.base, HP_EVENT_FORGET);
  g_assert_cmpuint (forgotten, ==, 0);
  collect (&self, HP_COLLECTION_YOUNG);
  g_assert_false (is_young (&self, key));
  g_assert_cmpuint (fixture_count (&self.base, HP_EVENT_REMEMBER), ==, 1);
  g_assert_cmpuint (fixture_count (&self.base, HP_EVENT_FORGET), ==, 1);
  weak_clear (&self);
}

/* Keys and values that form a chain through @n tables' entries: value i is key i + 1. Entries lie in the order that
 * makes a look at all of them find one more at a time. */
static void
make_chain (Weak *self, HpRef table, guint n, HpRef *links)
{
  links[0] = new_in (self, 1, self->base.pair, 0);
  for (guint i = 0; i < n; i++)
    {
      links[i + 1] = new_in (self, 2, self->base.pair, 0);
      set_pair (self, table, n - 1 - i, links[i], links[i + 1]);
    }
  drop (self, 2);
}

static void
test_chain (gconstpointer data)
{
  enum
  {
    N = 25
  };
  Weak self;
  HpRef table, links[N + 1];

  weak_init (&self, *(const char *const *const *) data);
  table = new_in (&self, 0, self.table, 2 * N);
  make_chain (&self, table, N, links);
  collect (&self, HP_COLLECTION_FULL);
  for (guint i = 0; i <= N; i++)
    g_assert_true (lives (&self, links[i]));
  drop (&self, 1);
  collect (&self, HP_COLLECTION_FULL);
  for (guint i = 0; i <= N; i++)
    g_assert_false (lives (&self, links[i]));
  for (guint i = 1; i <= 2 * N; i++)
    assert_slot (&self, table, i, HP_VALUE_EMPTY, 0);
  weak_clear (&self);
}

/* Each entry's value is the other one's key: nobody outside holds them, so they die. */
static void
test_ring (gconstpointer data)
{
  Weak self;
  HpRef table, a, b;

  weak_init (&self, *(const char *const *const *) data);
  table = new_in (&self, 0, self.table, 4);
  a = new_in (&self, 1, self.base.pair, 0);
  b = new_in (&self, 2, self.base.pair, 0);
  set_pair (&self, table, 0, a, b);
  set_pair (&self, table, 1, b, a);
  drop (&self, 1);
  collect (&self, HP_COLLECTION_FULL);
  g_assert_true (lives (&self, a));
  g_assert_true (lives (&self, b));
  drop (&self, 2);
  collect (&self, HP_COLLECTION_FULL);
  g_assert_false (lives (&self, a));
  g_assert_false (lives (&self, b));
  weak_clear (&self);
}

/* The value refers to its own key: a WeakMap, unlike a Map of weak references, collects it. */
static void
test_key_in_own_value (gconstpointer data)
{
  Weak self;
  HpRef table, key, value;

  weak_init (&self, *(const char *const *const *) data);
  table = new_in (&self, 0, self.table, 2);
  key = new_in (&self, 1, self.base.pair, 0);
  value = new_in (&self, 2, self.base.pair, 0);
  hp_machine_write (self.machine, value, 0, hp_value_ref (key));
  set_pair (&self, table, 0, key, value);
  drop (&self, 2);
  collect (&self, HP_COLLECTION_FULL);
  g_assert_true (lives (&self, value));
  drop (&self, 1);
  collect (&self, HP_COLLECTION_FULL);
  g_assert_false (lives (&self, key));
  g_assert_false (lives (&self, value));
  weak_clear (&self);
}

/* A table keeps values only while it lives itself; a second one, found through a value of the first, works too. */
static void
test_tables (gconstpointer data)
{
  Weak self;
  HpRef outer, inner, key, value;

  weak_init (&self, *(const char *const *const *) data);
  outer = new_in (&self, 0, self.table, 2);
  key = new_in (&self, 1, self.base.pair, 0);
  inner = new_in (&self, 2, self.table, 2);
  value = new_in (&self, 3, self.base.pair, 0);
  set_pair (&self, outer, 0, key, inner);
  set_pair (&self, inner, 0, key, value);
  drop (&self, 2);
  drop (&self, 3);
  collect (&self, HP_COLLECTION_FULL);
  g_assert_true (lives (&self, value));
  drop (&self, 0);
  collect (&self, HP_COLLECTION_FULL);
  g_assert_true (lives (&self, key));
  g_assert_false (lives (&self, outer));
  g_assert_false (lives (&self, inner));
  g_assert_false (lives (&self, value));
  weak_clear (&self);
}

/* The named slot is strong, a value whose key is no object too, and a key without a value is weak. */
static void
test_other_slots (void)
{
  Weak self;
  HpRef table, named, value, key;

  weak_init (&self, NULL);
  table = new_in (&self, 0, self.table, 3);
  named = new_in (&self, 1, self.base.pair, 0);
  value = new_in (&self, 2, self.base.pair, 0);
  key = new_in (&self, 3, self.base.pair, 0);
  hp_machine_write (self.machine, table, 0, hp_value_ref (named));
  hp_machine_write (self.machine, table, 1, hp_value_integer (1));
  hp_machine_write (self.machine, table, 2, hp_value_ref (value));
  hp_machine_write (self.machine, table, 3, hp_value_ref (key));
  for (guint i = 1; i < 4; i++)
    drop (&self, i);
  collect (&self, HP_COLLECTION_FULL);
  g_assert_true (lives (&self, named));
  g_assert_true (lives (&self, value));
  g_assert_false (lives (&self, key));
  assert_slot (&self, table, 3, HP_VALUE_EMPTY, 0);
  weak_clear (&self);
}

/* Both are large: a table that is promoted in place, and keys that are, or that die in new large-object space. */
static void
test_large (void)
{
  Weak self;
  HpRef table, dying, living;

  weak_init (&self, NULL);
  table = new_in (&self, 0, self.table, 40);
  dying = new_in (&self, 1, self.base.array, 40);
  living = new_in (&self, 2, self.base.array, 40);
  set_pair (&self, table, 0, dying, HP_REF_NONE);
  set_pair (&self, table, 19, living, HP_REF_NONE);
  drop (&self, 1);
  g_assert_cmpuint (fixture_space_of (&self.base, table), ==, HP_SPACE_NEW_LARGE);
  collect (&self, HP_COLLECTION_YOUNG);
  g_assert_cmpuint (fixture_space_of (&self.base, table), ==, HP_SPACE_LARGE);
  g_assert_false (lives (&self, dying));
  assert_slot (&self, table, 1, HP_VALUE_EMPTY, 0);
  assert_slot (&self, table, 39, HP_VALUE_REF, living);
  weak_clear (&self);
}

/* Many entries under a few keys, waiting in one list each: all values live, or all die. */
static void
test_many_values_of_a_key (gconstpointer data)
{
  Weak self;
  HpRef tables[3], values[3][4], key, gate;

  weak_init (&self, *(const char *const *const *) data);
  gate = new_in (&self, 1, self.base.pair, 0);
  key = new_in (&self, 2, self.base.pair, 0);
  for (guint t = 0; t < 3; t++)
    {
      tables[t] = new_in (&self, 3, self.table, 10);
      hp_machine_write (self.machine, tables[t], 0, hp_machine_get_root (self.machine, self.roots[0]));
      hp_machine_set_root (self.machine, self.roots[0], hp_value_ref (tables[t]));
      for (guint i = 0; i < 4; i++)
        {
          values[t][i] = new_in (&self, 3, self.base.pair, 0);
          set_pair (&self, tables[t], i, key, values[t][i]);
        }
    }
  set_pair (&self, tables[1], 4, gate, key);
  drop (&self, 2);
  drop (&self, 3);
  for (guint round = 0; round < 2; round++)
    {
      collect (&self, HP_COLLECTION_FULL);
      for (guint t = 0; t < 3; t++)
        for (guint i = 0; i < 4; i++)
          g_assert_cmpint (lives (&self, values[t][i]), ==, round == 0);
      drop (&self, 1);
    }
  weak_clear (&self);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    GTestDataFunc function;
  } TESTS[] = {
    { "full", test_full },     { "chain", test_chain },
    { "ring", test_ring },     { "key-in-own-value", test_key_in_own_value },
    { "tables", test_tables }, { "many-values-of-a-key", test_many_values_of_a_key },
  };
  static const char *const NAMES[] = { "fixpoint", "linear", "both" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    for (guint j = 0; j < G_N_ELEMENTS (ALGORITHMS); j++)
      {
        g_autofree char *path = g_strdup_printf ("/ephemerons/%s/%s", TESTS[i].name, NAMES[j]);

        g_test_add_data_func (path, &ALGORITHMS[j], TESTS[i].function);
      }
  g_test_add_func ("/ephemerons/scavenge", test_scavenge);
  g_test_add_func ("/ephemerons/scavenge-young-table", test_scavenge_young_table);
  g_test_add_func ("/ephemerons/remembered-keys", test_remembered_keys);
  g_test_add_func ("/ephemerons/other-slots", test_other_slots);
  g_test_add_func ("/ephemerons/large", test_large);
  return g_test_run ();
}
