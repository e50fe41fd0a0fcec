/* old_space.c - allocation in the old generation
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/heap.h"

void
hp_old_space_close_area (HpHeap *heap)
{
  HpOldSpace *self = &heap->old;

  if (self->limit > self->top && self->next_area == NULL)
    hp_free_list_add (heap, &self->free_list, self->top, self->limit - self->top);
  self->top = self->limit = 0;
}

static void
open_area (HpHeap *heap, HpAddress address, guint32 words)
{
  heap->old.top = address;
  heap->old.limit = address + words;
  *hp_heap_words (heap, address) = hp_filler_word (words);
}

static guint64
usable_page_bytes (const HpHeap *heap)
{
  return (guint64) (heap->config.page_words - heap->config.header_words) * HP_WORD_BYTES;
}

HpHeapPage *
hp_old_space_add_page (HpHeap *heap)
{
  guint32 usable = heap->config.page_words - heap->config.header_words;
  gboolean allowed = hp_heap_can_expand_old (heap, usable_page_bytes (heap));
  HpHeapPage *page;

  if (!allowed && !heap->always_allocate)
    return NULL;
  heap->passed_maximum |= !allowed;
  page = hp_heap_add_page (heap, HP_SPACE_OLD, heap->config.page_words, usable);
  page->top = hp_heap_page_end (page);
  g_ptr_array_add (heap->old.pages, page);
  return page;
}

static gboolean
add_page (HpHeap *heap)
{
  HpHeapPage *page = hp_old_space_add_page (heap);

  if (page == NULL)
    return FALSE;
  open_area (heap, hp_heap_page_start (page), page->usable_words);
  return TRUE;
}

static gboolean
take_next_area (HpHeap *heap, guint32 words)
{
  HpAddress address;
  guint32 found;

  if (!heap->old.next_area (heap->old.sweep_data, words, &address, &found))
    return FALSE;
  open_area (heap, address, found);
  return TRUE;
}

typedef HpAddress (*TakeBlock) (HpHeap *heap, HpFreeList *list, guint32 words, guint32 *found);

static gboolean
take_block (HpHeap *heap, guint32 words, TakeBlock take)
{
  guint32 found;
  HpAddress block = take (heap, &heap->old.free_list, words, &found);

  if (block == 0)
    return FALSE;
  open_area (heap, block, found);
  return TRUE;
}

static gboolean
sweep (HpHeap *heap, guint n_pages)
{
  return heap->old.unswept->len > 0 && heap->old.sweep (heap->old.sweep_data, n_pages);
}

/* V8: PagedSpaceBase::RawRefillLabMain (src/heap/paged-spaces.cc). */
static gboolean
refill_area (HpHeap *heap, guint32 words, TakeBlock take)
{
  hp_old_space_close_area (heap);
  if (heap->old.next_area != NULL)
    return take_next_area (heap, words) || add_page (heap);
  if (take_block (heap, words, take))
    return TRUE;
  if (sweep (heap, 1) && take_block (heap, words, take))
    return TRUE;
  if (hp_heap_can_expand_old (heap, usable_page_bytes (heap)) && add_page (heap))
    return TRUE;
  if (sweep (heap, G_MAXUINT) && take_block (heap, words, take))
    return TRUE;
  return add_page (heap);
}

static inline G_ALWAYS_INLINE HpAddress
allocate (HpHeap *heap, guint32 words, TakeBlock take)
{
  HpOldSpace *self = &heap->old;
  HpAddress address;

  if (self->limit - self->top < words && !refill_area (heap, words, take))
    return 0;
  address = self->top;
  self->top += words;
  if (self->top < self->limit)
    *hp_heap_words (heap, self->top) = hp_filler_word (self->limit - self->top);
  return address;
}

HpAddress
hp_old_space_allocate (HpHeap *heap, guint32 words)
{
  return allocate (heap, words, hp_free_list_take);
}

HpAddress
hp_old_space_allocate_for_program (HpHeap *heap, guint32 words)
{
  return allocate (heap, words, hp_free_list_take_fast);
}

void
hp_old_space_remove_page (HpHeap *heap, HpHeapPage *page)
{
  g_ptr_array_remove (heap->old.pages, page);
  hp_heap_remove_page (heap, page);
}
