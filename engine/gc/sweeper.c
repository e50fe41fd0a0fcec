/* sweeper.c - white objects of the old generation become free blocks, black ones white again
 *
 * After marking, pages wait to be swept: when old space needs memory it sweeps the next one, the emptiest first, and
 * all that are left before the next marking (V8: src/heap/sweeper.cc). Until then a page keeps its colours, and its
 * dead objects their memory and their refs. With the setting lazy-sweeping off, no page waits.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/phases.h"

/* ---- one page ---------------------------------------------------------------------------------------------------- */

/* A page under the broom; counters are brought up to date at its end. */
typedef struct
{
  HpHeap *heap;
  HpHeapPage *page;
  guint32 freed_words;
} Sweep;

static void
free_object (Sweep *self, HpAddress at, guint64 map, guint32 words)
{
  HpHeap *heap = self->heap;

  if (heap->emitter->listening)
    {
      hp_heap_forget_object (heap, at, words);
      hp_emit (heap->emitter, HP_EVENT_FREE, self->page->space, hp_map_low (map), at, 0);
    }
  hp_ref_table_remove (&heap->refs, hp_map_low (map));
  self->freed_words += words;
}

/* Memory that is free now: no slots in it any more, and a block of the free list. */
static void
free_range (Sweep *self, HpAddress from, HpAddress end)
{
  HpHeapPage *page = self->page;

  if (from == end)
    return;
  hp_slot_set_remove (&page->old_to_new, from - page->address, end - page->address);
  hp_slot_set_remove (&page->old_to_old, from - page->address, end - page->address);
  hp_slot_set_remove (&page->young_keys, from - page->address, end - page->address);
  hp_free_list_add (self->heap, &self->heap->old.free_list, from, end - from);
}

static void
count_freed (Sweep *self)
{
  HpCounters *counters = self->heap->counters;
  guint64 bytes = (guint64) self->freed_words * HP_WORD_BYTES;

  self->page->used_words -= self->freed_words;
  counters->freed_bytes += bytes;
  counters->live_bytes -= bytes;
  counters->used_bytes[self->page->space] -= bytes;
}

void
hp_sweeper_sweep_page (HpCollector *self, HpHeapPage *page)
{
  HpHeap *heap = self->heap;
  Sweep sweep = { heap, page, 0 };
  HpAddress free_from = hp_heap_page_start (page);
  HpAddress at = free_from;
  HpAddress end = page->top;

  while (at < end)
    {
      guint64 *object = hp_heap_words (heap, at);
      guint64 map = object[0];
      guint32 words = hp_heap_size_words (heap, object);

      hp_heap_touch (heap, at, 1, FALSE);
      if ((map & (HP_MAP_FILLER | HP_MAP_FORWARDED)) != 0)
        at += words;
      else if (hp_map_colour (map) == HP_COLOUR_WHITE)
        {
          free_object (&sweep, at, map, words);
          at += words;
        }
      else
        {
          if (G_UNLIKELY (heap->emitter->listening))
            hp_heap_set_colour (heap, object, HP_COLOUR_WHITE);
          object[0] = hp_map_with_colour (map, HP_COLOUR_WHITE);
          free_range (&sweep, free_from, at);
          at += words;
          free_from = at;
        }
    }
  count_freed (&sweep);
  hp_heap_set_page_flags (heap, page, HP_HEAP_PAGE_PLAIN);
  free_range (&sweep, free_from, end);
  hp_clock_advance (self->clock, page->size_words * self->config.costs.sweep_mb_ns / (1024 * 1024 / HP_WORD_BYTES));
}

/* ---- pages that wait --------------------------------------------------------------------------------------------- */

/* V8 takes pages from the end of its list, so that the emptiest is swept first. */
static gint
by_free_words (gconstpointer a, gconstpointer b)
{
  const HpHeapPage *x = *(HpHeapPage *const *) a;
  const HpHeapPage *y = *(HpHeapPage *const *) b;

  if (x->live_words != y->live_words)
    return x->live_words > y->live_words ? -1 : 1;
  return x->address > y->address ? -1 : x->address < y->address;
}

void
hp_sweeper_let_wait (HpHeap *heap, HpHeapPage *page)
{
  hp_heap_set_page_flags (heap, page, HP_HEAP_PAGE_TO_SWEEP);
  heap->old.unswept_dead_bytes += (guint64) (page->used_words - page->live_words) * HP_WORD_BYTES;
  g_ptr_array_add (heap->old.unswept, page);
}

static gboolean
sweep_next (HpCollector *self)
{
  HpOldSpace *old = &self->heap->old;
  HpHeapPage *page;

  if (old->unswept->len == 0)
    return FALSE;
  page = g_ptr_array_steal_index (old->unswept, old->unswept->len - 1);
  old->unswept_dead_bytes -= (guint64) (page->used_words - page->live_words) * HP_WORD_BYTES;
  hp_sweeper_sweep_page (self, page);
  return TRUE;
}

gboolean
hp_sweeper_sweep (gpointer data, guint n_pages)
{
  HpCollector *self = data;
  HpPhase phase = self->phase;
  gboolean swept = FALSE;

  if (self->heap->old.unswept->len == 0)
    return FALSE;
  if (phase != HP_PHASE_SWEEP)
    hp_collector_enter_phase (self, HP_PHASE_SWEEP);
  while (n_pages-- > 0 && sweep_next (self))
    swept = TRUE;
  if (phase != HP_PHASE_SWEEP)
    hp_collector_enter_phase (self, phase);
  return swept;
}

/* ---- after marking ----------------------------------------------------------------------------------------------- */

/* Free all objects of a page without live ones; its memory goes back with the page. */
static void
release_page (HpHeap *heap, HpHeapPage *page)
{
  Sweep sweep = { heap, page, 0 };

  for (HpAddress at = hp_heap_page_start (page); at < page->top;)
    {
      const guint64 *object = hp_heap_words (heap, at);
      guint32 words = hp_heap_size_words (heap, object);

      if ((object[0] & HP_MAP_FILLER) == 0)
        free_object (&sweep, at, object[0], words);
      at += words;
    }
  count_freed (&sweep);
  hp_old_space_remove_page (heap, page);
}

/* V8 keeps one page without live objects and releases all others (MarkCompactCollector::StartSweepSpace). */
static void
start_sweeping_old_space (HpHeap *heap)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_copy (heap->old.pages, NULL, NULL);
  gboolean kept_empty_page = FALSE;

  hp_old_space_close_area (heap); /* scavenges since marking began */
  hp_free_list_reset (&heap->old.free_list);
  for (guint i = 0; i < pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (pages, i);

      if ((page->flags & HP_HEAP_PAGE_CANDIDATE) != 0)
        continue;
      if (page->live_words == 0 && kept_empty_page)
        {
          release_page (heap, page);
          continue;
        }
      kept_empty_page |= page->live_words == 0;
      hp_sweeper_let_wait (heap, page);
    }
  g_ptr_array_sort (heap->old.unswept, by_free_words);
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
  start_sweeping_old_space (heap);
  sweep_large_objects (self, heap->large.pages);
  sweep_large_objects (self, heap->young_large.pages);
  if (!self->config.lazy_sweeping)
    hp_sweeper_sweep (self, G_MAXUINT);
}
