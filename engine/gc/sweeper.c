/* sweeper.c - white objects of the old generation become free blocks, black ones white again
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/phases.h"

/* One object of a page that is swept. Returns whether its memory is free afterwards. */
static gboolean
sweep_object (HpHeap *heap, HpAddress at, guint32 words)
{
  guint64 *object = hp_heap_words (heap, at);

  if (object[0] & (HP_MAP_FILLER | HP_MAP_FORWARDED))
    return TRUE;
  if (hp_map_colour (object[0]) == HP_COLOUR_WHITE)
    {
      hp_heap_forget_object (heap, at, words);
      hp_heap_free_object (heap, at, words);
      return TRUE;
    }
  hp_heap_set_colour (heap, object, HP_COLOUR_WHITE);
  return FALSE;
}

void
hp_sweeper_sweep_page (HpCollector *self, HpHeapPage *page)
{
  HpHeap *heap = self->heap;
  HpAddress free_from = hp_heap_page_start (page);
  HpAddress at = free_from;

  while (at < page->top)
    {
      guint32 words = hp_heap_size_words (heap, hp_heap_words (heap, at));

      hp_heap_touch (heap, at, 1, FALSE);
      if (!sweep_object (heap, at, words))
        {
          hp_free_list_add (heap, &heap->old.free_list, free_from, at - free_from);
          free_from = at + words;
        }
      at += words;
    }
  hp_heap_set_page_flags (heap, page, HP_HEAP_PAGE_PLAIN);
  hp_free_list_add (heap, &heap->old.free_list, free_from, at - free_from);
  hp_clock_advance (self->clock, page->size_words * self->config.costs.sweep_mb_ns / (1024 * 1024 / HP_WORD_BYTES));
}

static gboolean
has_black_object (HpHeap *heap, const HpHeapPage *page)
{
  HpAddress at = hp_heap_page_start (page);

  while (at < page->top)
    {
      const guint64 *object = hp_heap_words (heap, at);

      if ((object[0] & HP_MAP_FILLER) == 0 && hp_map_colour (object[0]) == HP_COLOUR_BLACK)
        return TRUE;
      at += hp_heap_size_words (heap, object);
    }
  return FALSE;
}

/* Free all objects of a page without live ones; its memory goes back with the page. */
static void
release_page (HpHeap *heap, HpHeapPage *page)
{
  for (HpAddress at = hp_heap_page_start (page); at < page->top;)
    {
      guint32 words = hp_heap_size_words (heap, hp_heap_words (heap, at));

      sweep_object (heap, at, words);
      at += words;
    }
  hp_old_space_remove_page (heap, page);
}

/* V8 keeps one page without live objects and releases all others. */
static void
sweep_old_space (HpCollector *self)
{
  HpHeap *heap = self->heap;
  g_autoptr (GPtrArray) pages = g_ptr_array_copy (heap->old.pages, NULL, NULL);
  gboolean kept_empty_page = FALSE;

  for (guint i = 0; i < pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (pages, i);

      if ((page->flags & HP_HEAP_PAGE_CANDIDATE) != 0)
        continue;
      if (has_black_object (heap, page))
        hp_sweeper_sweep_page (self, page);
      else if (!kept_empty_page)
        {
          kept_empty_page = TRUE;
          hp_sweeper_sweep_page (self, page);
        }
      else
        release_page (heap, page);
    }
}

/* Large objects are freed at once, or stay where they are; a young one joins the old generation. */
static void
sweep_large_objects (HpCollector *self, GPtrArray *pages)
{
  HpHeap *heap = self->heap;
  g_autoptr (GPtrArray) all = g_ptr_array_copy (pages, NULL, NULL);

  g_ptr_array_set_size (pages, 0);
  for (guint i = 0; i < all->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (all, i);
      HpAddress address = hp_heap_page_start (page);
      guint64 *object = hp_heap_words (heap, address);

      if (hp_map_colour (object[0]) == HP_COLOUR_WHITE)
        {
          hp_large_space_release (heap, page);
          continue;
        }
      hp_heap_set_colour (heap, object, HP_COLOUR_WHITE);
      if (page->space == HP_SPACE_NEW_LARGE)
        {
          hp_large_space_promote (heap, page);
          g_array_append_val (self->migrated, address); /* its slots were not recorded, since it was young */
        }
      else
        g_ptr_array_add (pages, page);
    }
}

void
hp_sweeper_run (HpCollector *self)
{
  HpHeap *heap = self->heap;

  hp_collector_enter_phase (self, HP_PHASE_SWEEP);
  hp_free_list_reset (&heap->old.free_list);
  for (guint i = 0; i < heap->old.pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (heap->old.pages, i);

      if ((page->flags & HP_HEAP_PAGE_CANDIDATE) == 0)
        hp_heap_set_page_flags (heap, page, HP_HEAP_PAGE_TO_SWEEP);
    }
  sweep_old_space (self);
  sweep_large_objects (self, heap->large.pages);
  sweep_large_objects (self, heap->young_large.pages);
}
