/* slot-set.c - insert, filter in order, ranges that end inside a cell
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/random.h"
#include "heap/slot_set.h"

#define N_SLOTS 5000

static void
test_insert (void)
{
  HpSlotSet set = { 0 };

  g_assert_false (hp_slot_set_contains (&set, 4999));
  g_assert_true (hp_slot_set_insert (&set, N_SLOTS, 4999));
  g_assert_false (hp_slot_set_insert (&set, N_SLOTS, 4999));
  g_assert_true (hp_slot_set_contains (&set, 4999));
  g_assert_null (set.buckets[0]); /* only the bucket that is used is there */
  g_assert_nonnull (set.buckets[4]);
  hp_slot_set_clear (&set);
}

typedef struct
{
  guint8 expected[N_SLOTS];
  guint32 last, n;
} Model;

static gboolean
drop_even (gpointer data, guint32 index)
{
  Model *self = data;

  g_assert_cmpuint (self->expected[index], ==, 1);
  g_assert_true (self->n == 0 || index > self->last);
  self->last = index;
  self->n++;
  self->expected[index] = (guint8) (index % 2);
  return index % 2;
}

/* Random sets and ranges against an array of bytes. */
static void
test_filter (void)
{
  HpRandom random;

  hp_random_seed (&random, 1);
  for (guint round = 0; round < 200; round++)
    {
      HpSlotSet set = { 0 };
      Model model = { 0 };
      guint32 first = hp_random_below (&random, N_SLOTS);
      guint32 end = first + hp_random_below (&random, N_SLOTS - first + 1);
      guint32 in_range = 0;

      for (guint i = 0; i < 300; i++)
        {
          guint32 index = hp_random_below (&random, N_SLOTS);

          hp_slot_set_insert (&set, N_SLOTS, index);
          model.expected[index] = 1;
        }
      for (guint32 i = first; i < end; i++)
        in_range += model.expected[i];
      hp_slot_set_filter (&set, first, end, drop_even, &model);
      g_assert_cmpuint (model.n, ==, in_range);
      for (guint32 i = 0; i < N_SLOTS; i++)
        g_assert_cmpuint (hp_slot_set_contains (&set, i), ==, model.expected[i]);
      hp_slot_set_clear (&set);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heap/slot-set/insert", test_insert);
  g_test_add_func ("/heap/slot-set/filter", test_filter);
  return g_test_run ();
}
