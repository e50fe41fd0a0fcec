/* large_space.c - chunks of large objects
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/heap.h"

gboolean
hp_large_space_has_room (const HpHeap *heap, guint32 words)
{
  guint64 capacity = hp_new_space_usable_bytes (heap);
  guint64 used = heap->counters->used_bytes[HP_SPACE_NEW_LARGE];
  guint64 bytes = (guint64) words * HP_WORD_BYTES;

  if (used > 0 && (used > capacity || bytes > capacity - used))
    return FALSE;
  return hp_heap_can_expand_old (heap, used);
}

HpHeapPage *
hp_large_space_add (HpHeap *heap, HpSpace space, guint32 words)
{
  guint32 commit = heap->config.commit_words;
  guint32 size = (heap->config.header_words + words + commit - 1) / commit * commit;
  HpHeapPage *page = hp_heap_add_page (heap, space, size, size - heap->config.header_words);

  if (page == NULL)
    return NULL;
  page->top = hp_heap_page_start (page) + words;
  g_ptr_array_add (space == HP_SPACE_LARGE ? heap->large.pages : heap->young_large.pages, page);
  return page;
}

void
hp_large_space_promote (HpHeap *heap, HpHeapPage *page)
{
  HpAddress address = hp_heap_page_start (page);

  hp_heap_set_page_space (heap, page, HP_SPACE_LARGE);
  hp_heap_promote_in_place (heap, address, page->top - address, HP_SPACE_NEW_LARGE);
  g_ptr_array_add (heap->large.pages, page);
}

void
hp_large_space_release (HpHeap *heap, HpHeapPage *page)
{
  HpAddress address = hp_heap_page_start (page);
  guint32 words = page->top - address;

  hp_heap_forget_object (heap, address, words);
  hp_heap_free_object (heap, address, words);
  hp_heap_remove_page (heap, page);
}
