/* suggest.c - tests of what a mistyped word is taken for
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plugin/suggest.h"

static const char *const KNOWN[] = { "first-steps", "memory-trace", "list", "fifo", "lru", NULL };

static void
test_close (void)
{
  g_assert_cmpstr (hp_suggest ("first-steps", KNOWN), ==, "first-steps");
  g_assert_cmpstr (hp_suggest ("first-step", KNOWN), ==, "first-steps");
  g_assert_cmpstr (hp_suggest ("firststeps", KNOWN), ==, "first-steps");
  g_assert_cmpstr (hp_suggest ("frist-setps", KNOWN), ==, "first-steps");
  g_assert_cmpstr (hp_suggest ("mem", KNOWN), ==, "memory-trace");
  g_assert_cmpstr (hp_suggest ("lsit", KNOWN), ==, "list");
  g_assert_cmpstr (hp_suggest ("lr", KNOWN), ==, "lru");
}

static void
test_far (void)
{
  g_autofree char *long_word = g_strnfill (1000, 'a');

  g_assert_null (hp_suggest ("quux", KNOWN));
  g_assert_null (hp_suggest ("xyz", KNOWN));
  g_assert_null (hp_suggest ("", KNOWN));
  g_assert_null (hp_suggest (long_word, KNOWN));
  g_assert_null (hp_suggest ("list", (const char *const[]){ NULL }));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suggest/close", test_close);
  g_test_add_func ("/suggest/far", test_far);
  return g_test_run ();
}
