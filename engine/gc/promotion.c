/* promotion.c - pages of new space that a full collection gives to the old generation whole
 *
 * Copying a page that is nearly full of living objects costs much and gains little: V8 relinks it into old space
 * instead (ShouldMovePage and EvacuateNewToOldSpacePageVisitor, src/heap/mark-compact.cc). Nothing moves, so no slot
 * that points there changes. What had died on the page is free memory once the page is swept.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/phases.h"

/* V8: Evacuator::NewSpacePageEvacuationThreshold; what is given away must fit below the old generation's maximum. */
static gboolean
should_be_relinked (const HpCollector *self, const HpHeapPage *page)
{
  guint64 threshold = (guint64) page->usable_words * self->config.page_promotion_percent / 100;

  return !self->reduces_memory && page->live_words > threshold
         && hp_heap_can_expand_old (self->heap, (guint64) page->live_words * HP_WORD_BYTES);
}

typedef void (*ObjectVisit) (HpCollector *self, HpAddress at, guint32 words);

static void
visit_objects (HpCollector *self, const HpHeapPage *page, ObjectVisit visit)
{
  HpHeap *heap = self->heap;

  for (HpAddress at = hp_heap_page_start (page); at < page->top;)
    {
      const guint64 *object = hp_heap_words (heap, at);
      guint32 words = hp_heap_size_words (heap, object);

      if ((object[0] & HP_MAP_FILLER) == 0)
        visit (self, at, words);
      at += words;
    }
}

static void
settle (HpCollector *self, HpAddress at, guint32 words)
{
  HpHeap *heap = self->heap;

  if (hp_map_colour (*hp_heap_words (heap, at)) == HP_COLOUR_WHITE)
    {
      hp_heap_free_object (heap, at, words);
      *hp_heap_words (heap, at) = hp_filler_word (words);
    }
  else if (self->sites->len > 0)
    hp_pretenuring_find_memento (self, at, words);
}

/* As long as it was young its slots were not recorded: they are looked at with those of what moved. */
static void
promote (HpCollector *self, HpAddress at, guint32 words)
{
  hp_heap_promote_in_place (self->heap, at, words, hp_new_space_from (&self->heap->young));
  g_array_append_val (self->migrated, at);
}

static void
relink (HpCollector *self, HpHeapPage *page)
{
  HpHeap *heap = self->heap;

  if (page->top < hp_heap_page_end (page))
    *hp_heap_words (heap, page->top) = hp_filler_word (hp_heap_page_end (page) - page->top);
  page->top = hp_heap_page_end (page);
  visit_objects (self, page, settle);
  hp_heap_set_page_space (heap, page, HP_SPACE_OLD);
  visit_objects (self, page, promote);
  self->relinked_bytes += (guint64) page->used_words * HP_WORD_BYTES;
  g_ptr_array_add (self->relinked, page);
}

void
hp_promotion_relink_pages (HpCollector *self)
{
  HpNewSpace *young = &self->heap->young;
  GPtrArray *from = young->pages[!young->to];
  guint n = 0;

  for (guint i = 0; i < from->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (from, i);

      if (should_be_relinked (self, page))
        relink (self, page);
      else
        from->pdata[n++] = page;
    }
  g_ptr_array_set_size (from, (gint) n);
}

/* Their objects are black, like those of the pages that wait already; V8 puts them at the end of that list as well. */
void
hp_promotion_finish (HpCollector *self)
{
  HpHeap *heap = self->heap;

  for (guint i = 0; i < self->relinked->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (self->relinked, i);

      g_ptr_array_add (heap->old.pages, page);
      if (self->config.lazy_sweeping)
        hp_sweeper_let_wait (heap, page);
      else
        hp_sweeper_sweep_page (self, page);
    }
  g_ptr_array_set_size (self->relinked, 0);
  hp_new_space_rebalance (heap);
}
