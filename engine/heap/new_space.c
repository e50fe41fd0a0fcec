/* new_space.c - filling to-space page by page, exchanging the halves, growing and shrinking
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/heap.h"

/* V8: kAllocationBufferParkingThreshold, 4 KB (src/heap/new-spaces.h). */
#define PARKED_WORDS (4096 / HP_WORD_BYTES)

static HpHeapPage *
page_at (const GPtrArray *pages, guint i)
{
  return g_ptr_array_index (pages, i);
}

/* Bring a half to @n_pages. Pages beyond the ones in use hold nothing. */
static void
set_half_pages (HpHeap *heap, guint half, HpSpace space, guint32 n_pages)
{
  GPtrArray *pages = heap->young.pages[half];
  guint32 usable = heap->config.page_words - heap->config.header_words;

  while (pages->len < n_pages)
    {
      HpHeapPage *page = hp_heap_add_page (heap, space, heap->config.page_words, usable);

      page->top = page->age_limit = hp_heap_page_start (page);
      g_ptr_array_add (pages, page);
    }
  while (pages->len > n_pages)
    hp_heap_remove_page (heap, g_ptr_array_steal_index (pages, pages->len - 1));
}

/* ---- steps ------------------------------------------------------------------------------------------------------- */

/* Lower the limit to where the next step is due, so that allocation costs nothing more until there. */
static void
set_limit (HpNewSpace *self)
{
  gboolean steps = self->step_words > 0 && !self->in_collection;

  self->step_from = self->top;
  self->limit = steps ? MIN (self->end, self->top + self->step_left) : self->end;
}

static void
count_towards_step (HpNewSpace *self)
{
  guint32 n = self->in_collection ? 0 : self->top - self->step_from;

  self->step_left -= MIN (n, self->step_left);
}

void
hp_new_space_set_step (HpHeap *heap, guint32 words)
{
  heap->young.step_words = heap->young.step_left = words;
  set_limit (&heap->young);
}

static void
take_step (HpNewSpace *self)
{
  self->step_left = self->step_words;
  set_limit (self);
  self->step (self->step_data);
}

/* ---- pages ------------------------------------------------------------------------------------------------------- */

static void
open_page (HpNewSpace *self, guint32 i)
{
  HpHeapPage *page = page_at (self->pages[self->to], i);

  self->current = i;
  self->top = hp_heap_page_start (page);
  self->end = hp_heap_page_end (page);
  set_limit (self);
}

/* What the runtime left behind when the program begins. */
static void
leave_garbage (HpHeap *heap)
{
  HpNewSpace *self = &heap->young;
  guint32 words = (guint32) MIN (heap->config.runtime_garbage_bytes / HP_WORD_BYTES, self->end - self->top);

  if (words > 0)
    *hp_heap_words (heap, self->top) = hp_filler_word (words);
  self->top += words;
}

void
hp_new_space_init (HpHeap *heap, guint32 n_pages)
{
  HpNewSpace *self = &heap->young;

  self->pages[0] = g_ptr_array_new ();
  self->pages[1] = g_ptr_array_new ();
  self->n_pages = n_pages;
  self->first_ref = 1;
  set_half_pages (heap, self->to, hp_new_space_to (self), n_pages);
  open_page (self, 0);
  leave_garbage (heap);
}

/* The rest of the current page becomes a filler: an object never crosses pages. */
static void
close_page (HpHeap *heap)
{
  HpNewSpace *self = &heap->young;

  hp_heap_count_new_objects (heap);
  count_towards_step (self);
  if (self->top < self->end)
    *hp_heap_words (heap, self->top) = hp_filler_word (self->end - self->top);
  page_at (self->pages[self->to], self->current)->top = self->end;
}

/* What the program leaves of a page is worth coming back to if it is long enough; a collection never does. */
static void
park_tail (HpNewSpace *self)
{
  if (!self->in_collection && self->end - self->top >= PARKED_WORDS)
    page_at (self->pages[self->to], self->current)->parked = self->top;
}

/* The first page with a parked tail of at least @words, or n_pages. */
static guint32
find_parked (const HpNewSpace *self, guint32 words)
{
  for (guint32 i = 0; i < self->n_pages && !self->in_collection; i++)
    {
      const HpHeapPage *page = page_at (self->pages[self->to], i);

      if (page->parked != 0 && hp_heap_page_end (page) - page->parked >= words)
        return i;
    }
  return self->n_pages;
}

/* Go on in the parked tail of page @i, which moves to the end: the last page is the one that is filled. */
static void
reopen_page (HpNewSpace *self, guint32 i)
{
  GPtrArray *pages = self->pages[self->to];
  HpHeapPage *page = g_ptr_array_steal_index (pages, i);

  g_ptr_array_add (pages, page);
  self->current = pages->len - 1;
  self->top = page->parked;
  self->end = hp_heap_page_end (page);
  page->parked = 0;
  set_limit (self);
}

static gboolean
find_fresh_room (HpHeap *heap, guint32 words)
{
  HpNewSpace *self = &heap->young;
  guint32 parked;

  if (self->current + 1 < self->n_pages)
    {
      park_tail (self);
      close_page (heap);
      open_page (self, self->current + 1);
      g_assert (words <= self->end - self->top);
      return TRUE;
    }
  parked = find_parked (self, words);
  if (parked == self->n_pages)
    return FALSE;
  close_page (heap);
  reopen_page (self, parked);
  return TRUE;
}

static void
forget_parked_tails (const GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++)
    page_at (pages, i)->parked = 0;
}

gboolean
hp_new_space_has_room (const HpHeap *heap, guint32 words)
{
  const HpNewSpace *self = &heap->young;

  return self->end - self->top >= words || self->current + 1 < self->n_pages
         || find_parked (self, words) < self->n_pages;
}

HpAddress
hp_new_space_allocate_slowly (HpHeap *heap, guint32 words)
{
  HpNewSpace *self = &heap->young;
  HpAddress address;

  if (self->end - self->top >= words)
    take_step (self); /* a collection may be part of it */
  if (self->end - self->top < words && !find_fresh_room (heap, words))
    return 0;
  address = self->top;
  self->top += words;
  if (self->top > self->limit) /* by an object larger than what is left until the next step */
    {
      count_towards_step (self);
      set_limit (self);
    }
  return address;
}

void
hp_new_space_flip (HpHeap *heap)
{
  HpNewSpace *self = &heap->young;
  GPtrArray *to;

  page_at (self->pages[self->to], self->current)->top = self->top;
  count_towards_step (self);
  self->in_collection = TRUE;
  forget_parked_tails (self->pages[self->to]);
  set_half_pages (heap, !self->to, hp_new_space_from (self), self->n_pages);
  hp_emit (heap->emitter, HP_EVENT_FLIP, 0, 0, 0, 0);
  self->to = !self->to;
  to = self->pages[self->to];
  for (guint i = 0; i < to->len; i++)
    page_at (to, i)->top = page_at (to, i)->age_limit = hp_heap_page_start (page_at (to, i));
  open_page (self, 0);
}

void
hp_new_space_rebalance (HpHeap *heap)
{
  set_half_pages (heap, !heap->young.to, hp_new_space_from (&heap->young), heap->young.n_pages);
}

HpAddress
hp_new_space_find_survivor (const HpHeap *heap, HpAddress address)
{
  HpSpace space = hp_heap_space_of (heap, address);
  guint64 map;

  if (space == HP_SPACE_NEW_LARGE)
    return 0; /* survivors were relinked */
  if (space != hp_new_space_from (&heap->young))
    return address;
  map = *hp_heap_words (heap, address);
  return map & HP_MAP_FORWARDED ? hp_map_low (map) : 0;
}

void
hp_new_space_set_age_mark (HpHeap *heap)
{
  HpNewSpace *self = &heap->young;
  GPtrArray *to = self->pages[self->to];

  for (guint i = 0; i < to->len; i++)
    {
      HpHeapPage *page = page_at (to, i);

      page->age_limit = i < self->current   ? hp_heap_page_end (page)
                        : i > self->current ? hp_heap_page_start (page)
                                            : self->top;
    }
  if (self->age_mark != self->top)
    hp_emit (heap->emitter, HP_EVENT_AGE_MARK, 0, self->age_mark, self->top, 0);
  self->age_mark = self->top;
  self->in_collection = FALSE;
  set_limit (self);
  self->first_ref = heap->refs.last + 1;
}

void
hp_new_space_resize (HpHeap *heap, guint32 n_pages)
{
  HpNewSpace *self = &heap->young;
  guint64 page_bytes = (guint64) heap->config.page_words * HP_WORD_BYTES;
  guint from = !self->to;

  n_pages = MAX (n_pages, self->current + 1);
  if (n_pages == self->n_pages)
    return;
  hp_emit (heap->emitter,
           HP_EVENT_LIMIT,
           HP_LIMIT_SEMI_SPACE,
           (guint32) (self->n_pages * page_bytes / 8),
           (guint32) (n_pages * page_bytes / 8),
           0);
  self->n_pages = n_pages;
  set_half_pages (heap, self->to, hp_new_space_to (self), n_pages);
  if (self->pages[from]->len > 0)
    set_half_pages (heap, from, hp_new_space_from (self), n_pages);
}

guint64
hp_new_space_usable_bytes (const HpHeap *heap)
{
  return (guint64) heap->young.n_pages * (heap->config.page_words - heap->config.header_words) * HP_WORD_BYTES;
}

guint64
hp_new_space_filled_bytes (const HpHeap *heap)
{
  const HpNewSpace *young = &heap->young;
  const HpHeapPage *page = g_ptr_array_index (young->pages[young->to], young->current);

  return young->current * hp_heap_page_usable_bytes (page)
         + (guint64) (young->top - hp_heap_page_start (page)) * HP_WORD_BYTES;
}
