/* stack.c - frames, their slots and the limit
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "stack/stack.h"

static const HpFunction SIMPLE = { .id = 1, .name = "f", .overhead_words = 9 };
static const HpFunction WIDE = { .id = 2, .name = "g", .overhead_words = 9, .n_parameters = 8, .n_locals = 12 };

static guint
fill (guint32 size_words, const HpFunction *function)
{
  HpStack stack;
  guint n = 0;

  hp_stack_init (&stack, 65536, size_words, NULL);
  while (hp_stack_push (&stack, function, 0))
    n++;
  g_assert_cmpuint (hp_stack_count_frames (&stack), ==, n);
  hp_stack_clear (&stack);
  return n;
}

/* Node 20: about 13,960 frames of the simplest function in 984 KB, and twice as many in twice the size. */
static void
test_limit (void)
{
  g_assert_cmpuint (fill (984 * 1024 / 8, &SIMPLE), ==, 13994);
  g_assert_cmpuint (fill (2000 * 1024 / 8, &SIMPLE), ==, 28444);
  g_assert_cmpuint (fill (984 * 1024 / 8, &WIDE), ==, 5997);
  g_assert_cmpuint (fill (9, &SIMPLE), ==, 1);
  g_assert_cmpuint (fill (8, &SIMPLE), ==, 0);
}

static void
test_locals (void)
{
  HpStack stack;

  hp_stack_init (&stack, 65536, 100, NULL);
  g_assert_null (hp_stack_newest (&stack));
  g_assert_true (hp_stack_push (&stack, &WIDE, 7));
  *hp_stack_local (&stack, 11, TRUE) = 42;
  g_assert_true (hp_stack_push (&stack, &WIDE, 8));
  g_assert_cmpuint (hp_stack_newest (&stack)->first_slot, ==, 12);
  g_assert_cmpuint (hp_stack_newest (&stack)->call_location, ==, 8);
  g_assert_cmpuint (*hp_stack_local (&stack, 11, FALSE), ==, 0);
  *hp_stack_local (&stack, 0, TRUE) = 43;
  hp_stack_pop (&stack);
  g_assert_cmpuint (*hp_stack_local (&stack, 11, FALSE), ==, 42);
  g_assert_true (hp_stack_push (&stack, &WIDE, 9));
  g_assert_cmpuint (*hp_stack_local (&stack, 0, FALSE), ==, 0); /* a new frame is empty */
  hp_stack_clear (&stack);
}

static void
note_holder (gpointer data, HpVisit kind, guint32 holder, guint64 *slot)
{
  g_assert_cmpint (kind, ==, HP_VISIT_STACK);
  g_string_append_printf (data, "%u:%u ", holder, (guint) *slot);
}

static void
test_visit_newest_frame_first (void)
{
  static const HpFunction TWO = { .id = 3, .name = "h", .overhead_words = 1, .n_locals = 2 };
  g_autoptr (GString) seen = g_string_new (NULL);
  HpStack stack;

  hp_stack_init (&stack, 65536, 100, NULL);
  for (guint i = 0; i < 2; i++)
    {
      hp_stack_push (&stack, &TWO, 0);
      *hp_stack_local (&stack, 0, TRUE) = 10 + i;
      *hp_stack_local (&stack, 1, TRUE) = 20 + i;
    }
  hp_stack_visit (&stack, FALSE, note_holder, seen);
  g_assert_cmpstr (seen->str, ==, "2:11 3:21 0:10 1:20 ");
  hp_stack_clear (&stack);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stack/limit", test_limit);
  g_test_add_func ("/stack/locals", test_locals);
  g_test_add_func ("/stack/visit-newest-frame-first", test_visit_newest_frame_first);
  return g_test_run ();
}
