/* worklist.c - batches, newest first
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/worklist.h"

static char *
drain (HpWorklist *list)
{
  GString *order = g_string_new (NULL);
  HpAddress entry;

  while (hp_worklist_pop (list, &entry))
    g_string_append_printf (order, "%u ", entry);
  return g_string_free (order, FALSE);
}

/* Three to a segment: 1-3 and 4-6 are published, 7 is popped first, then the segments, the newest first. */
static void
test_segments (void)
{
  g_autofree char *order = NULL;
  HpWorklist list;

  hp_worklist_init (&list, 3);
  for (HpAddress i = 1; i <= 7; i++)
    hp_worklist_push (&list, i);
  g_assert_cmpuint (hp_worklist_pushed (&list), ==, 1);
  order = drain (&list);
  g_assert_cmpstr (order, ==, "7 6 5 4 3 2 1 ");
  hp_worklist_clear (&list);
}

/* What is pushed while a batch is popped waits for the batch to end. */
static void
test_batches (void)
{
  g_autofree char *order = NULL;
  HpWorklist list;
  HpAddress entry = 0;

  hp_worklist_init (&list, 16);
  hp_worklist_push (&list, 1);
  hp_worklist_push (&list, 2);
  g_assert_true (hp_worklist_pop (&list, &entry));
  g_assert_cmpuint (entry, ==, 2);
  hp_worklist_push (&list, 21);
  hp_worklist_push (&list, 22);
  order = drain (&list);
  g_assert_cmpstr (order, ==, "1 22 21 ");
  g_assert_false (hp_worklist_pop (&list, &entry));
  hp_worklist_clear (&list);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gc/worklist/segments", test_segments);
  g_test_add_func ("/gc/worklist/batches", test_batches);
  return g_test_run ();
}
