/* free-list.c - V8's 24 categories, and which block is taken
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/heap.h"

static void
test_categories (void)
{
  g_assert_cmpuint (hp_free_list_category (3), ==, 0);   /* 24 */
  g_assert_cmpuint (hp_free_list_category (4), ==, 1);   /* 32 */
  g_assert_cmpuint (hp_free_list_category (5), ==, 1);   /* 40 */
  g_assert_cmpuint (hp_free_list_category (6), ==, 2);   /* 48 */
  g_assert_cmpuint (hp_free_list_category (32), ==, 15); /* 256 */
  g_assert_cmpuint (hp_free_list_category (63), ==, 15); /* 504 */
  g_assert_cmpuint (hp_free_list_category (64), ==, 16); /* 512 */
  g_assert_cmpuint (hp_free_list_category (8192), ==, 23);
  g_assert_cmpuint (hp_free_list_category (32215), ==, 23);
}

/* 5 words are 40 bytes: with 1,920 to spare 1,960, so blocks from 2 KB (256 words) on come first. */
static void
test_take_fast (HpHeap *heap, HpFreeList *list, HpAddress start)
{
  guint32 found;

  hp_free_list_reset (list);
  hp_free_list_add (heap, list, start, 5);          /* 40 bytes: just fits */
  hp_free_list_add (heap, list, start + 100, 40);   /* 320 bytes: for tiny objects */
  hp_free_list_add (heap, list, start + 200, 300);  /* 2,400 bytes */
  hp_free_list_add (heap, list, start + 1000, 600); /* 4,800 bytes */
  g_assert_cmpuint (hp_free_list_take_fast (heap, list, 20, &found), ==, start + 1000); /* 160 + 1,920 > 2,048 */
  g_assert_cmpuint (hp_free_list_take_fast (heap, list, 5, &found), ==, start + 200);
  g_assert_cmpuint (hp_free_list_take_fast (heap, list, 20, &found), ==, start + 100); /* the exact ones last */
  hp_free_list_add (heap, list, start + 100, 40);
  g_assert_cmpuint (hp_free_list_take_fast (heap, list, 5, &found), ==, start + 100);
  g_assert_cmpuint (hp_free_list_take_fast (heap, list, 5, &found), ==, start);
  g_assert_cmpuint (list->free_words, ==, 0);
}

static void
test_take (void)
{
  HpHeapConfig config = {
    .page_words = 4096, .max_regular_words = 2048, .commit_words = 1, .semi_pages = 1, .max_old_bytes = 1 << 20
  };
  HpCounters counters = { 0 };
  HpEmitter *emitter = hp_emitter_new (NULL);
  g_autoptr (HpAddressSpace) space = hp_address_space_new (NULL);
  HpHeap *heap = hp_heap_new (&config, emitter, &counters, space, NULL, NULL);
  HpFreeList *list = &heap->old.free_list;
  HpAddress start = hp_old_space_allocate (heap, 4096);
  guint32 found = 0;

  hp_free_list_add (heap, list, start, 2); /* waste */
  g_assert_cmpuint (list->free_words, ==, 0);
  hp_free_list_add (heap, list, start + 100, 4);
  hp_free_list_add (heap, list, start + 200, 5);
  hp_free_list_add (heap, list, start + 300, 40);
  g_assert_cmpuint (list->free_words, ==, 49);
  g_assert_cmpuint (hp_free_list_take (heap, list, 4, &found), ==, start + 200); /* the first of its category */
  g_assert_cmpuint (found, ==, 5);
  g_assert_cmpuint (hp_free_list_take (heap, list, 5, &found), ==, start + 300); /* too small: a larger category */
  g_assert_cmpuint (found, ==, 40);
  g_assert_cmpuint (hp_free_list_take (heap, list, 5, &found), ==, 0);
  hp_free_list_add (heap, list, start + 400, 50); /* of one category only the first is looked at */
  hp_free_list_add (heap, list, start + 500, 40);
  g_assert_cmpuint (hp_free_list_take (heap, list, 45, &found), ==, 0);
  g_assert_cmpuint (hp_free_list_take (heap, list, 40, &found), ==, start + 500);
  g_assert_cmpuint (list->free_words, ==, 54);
  test_take_fast (heap, list, start);
  hp_heap_free (heap);
  hp_emitter_free (emitter);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heap/free-list/categories", test_categories);
  g_test_add_func ("/heap/free-list/take", test_take);
  return g_test_run ();
}
