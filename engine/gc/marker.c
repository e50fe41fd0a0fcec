/* marker.c - three-colour marking from the roots
 *
 * White: not reached. Grey: reached, on the work list, its slots not yet looked at. Black: its slots were looked at, so
 * it points to no white object. When the list is empty, what is white is dead. Young objects are marked too.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/phases.h"

/* ---- one object -------------------------------------------------------------------------------------------------- */

void
hp_marker_mark (HpCollector *self, HpAddress address)
{
  guint64 *object = hp_heap_words (self->heap, address);

  hp_heap_touch (self->heap, address, 1, FALSE);
  if (hp_map_colour (object[0]) != HP_COLOUR_WHITE)
    return;
  hp_heap_set_colour (self->heap, object, HP_COLOUR_GREY);
  hp_worklist_push (&self->marking, address);
  self->n_marked++;
}

/* Slots into pages that will be evacuated must be found again. Hosts that will move themselves are updated anyway. */
void
hp_marker_record_slot (HpCollector *self, HpAddress host, HpAddress slot, HpAddress target)
{
  HpHeapPage *page;

  if ((hp_heap_page_of (self->heap, target)->flags & HP_HEAP_PAGE_CANDIDATE) == 0)
    return;
  page = hp_heap_page_of (self->heap, host);
  if (hp_space_is_young (page->space) || (page->flags & HP_HEAP_PAGE_CANDIDATE) != 0)
    return;
  hp_slot_set_insert (&page->old_to_old, page->size_words, slot - page->address);
}

static void
visit_slot (HpCollector *self, HpAddress host, HpAddress slot, guint64 word)
{
  HpAddress target = hp_word_address (word);

  if (self->heap->emitter->listening)
    hp_collector_visit_slot (self, HP_VISIT_SLOT, host, slot, target);
  hp_marker_record_slot (self, host, slot, target);
  hp_marker_mark (self, target);
}

void
hp_marker_visit_slot (HpCollector *self, HpAddress host, HpAddress slot)
{
  visit_slot (self, host, slot, *hp_heap_words (self->heap, slot));
}

guint32
hp_marker_scan_object (HpCollector *self, HpAddress host)
{
  HpHeap *heap = self->heap;
  guint64 *object = hp_heap_words (heap, host);
  const HpLayout *layout = hp_heap_layout (heap, object[0]);
  guint32 words = hp_heap_size_words (heap, object);
  guint32 first = layout->first_slot;
  guint32 end = first + hp_heap_count_slots (heap, object);

  hp_heap_set_colour (heap, object, HP_COLOUR_BLACK);
  hp_heap_page_of (heap, host)->live_words += words;
  hp_heap_touch (heap, host, MAX (end, 1), FALSE);
  if (G_UNLIKELY (layout->references != HP_REFERENCES_STRONG))
    hp_weak_discover (self, host, &first, &end);
  for (guint32 i = first; i < end; i++)
    if (hp_word_is_ref (object[i]))
      visit_slot (self, host, host + i, object[i]);
  return words;
}

/* ---- many, with nobody watching ---------------------------------------------------------------------------------- */

/* References on their way into the cache: each is looked at only after so many others. In random order almost every
 * object is a miss, and this more than doubles the speed. A power of two. */
#define QUEUE_LENGTH 16
/* The slots of most objects end about here, often in the host's next cache line. */
#define FIRST_SLOTS_WORDS 5

typedef struct
{
  HpCollector *collector;
  HpHeap *heap;
  guint32 n_in, n_out; /* ever */
  HpAddress queue[QUEUE_LENGTH];
} FastMarker;

static inline void
mark_next (FastMarker *self)
{
  HpAddress address = self->queue[self->n_out++ % QUEUE_LENGTH];
  guint64 *object = hp_heap_words (self->heap, address);

  if (hp_map_colour (object[0]) != HP_COLOUR_WHITE)
    return;
  object[0] = hp_map_with_colour (object[0], HP_COLOUR_GREY);
  hp_worklist_push (&self->collector->marking, address);
  self->collector->n_marked++;
}

static inline void
queue_target (FastMarker *self, HpAddress target)
{
  __builtin_prefetch (hp_heap_words (self->heap, target), 1);
  __builtin_prefetch (hp_heap_words (self->heap, target) + FIRST_SLOTS_WORDS);
  if (self->n_in - self->n_out == QUEUE_LENGTH)
    mark_next (self);
  self->queue[self->n_in++ % QUEUE_LENGTH] = target;
}

/* As hp_marker_scan_object(). */
static inline void
scan_fast (FastMarker *self, HpAddress host)
{
  HpHeap *heap = self->heap;
  guint64 *object = hp_heap_words (heap, host);
  const HpLayout *layout = hp_heap_layout (heap, object[0]);
  guint32 first = layout->first_slot;
  guint32 end = first + hp_heap_count_slots (heap, object);

  object[0] = hp_map_with_colour (object[0], HP_COLOUR_BLACK);
  hp_heap_page_of (heap, host)->live_words += hp_heap_size_words (heap, object);
  if (G_UNLIKELY (layout->references != HP_REFERENCES_STRONG))
    hp_weak_discover (self->collector, host, &first, &end);
  for (guint32 i = first; i < end; i++)
    if (hp_word_is_ref (object[i]))
      {
        if (G_UNLIKELY (self->collector->has_candidates))
          hp_marker_record_slot (self->collector, host, host + i, hp_word_address (object[i]));
        queue_target (self, hp_word_address (object[i]));
      }
}

static void
drain_fast (HpCollector *collector)
{
  FastMarker self = { .collector = collector, .heap = collector->heap };
  HpAddress host;

  do
    {
      while (hp_worklist_pop (&collector->marking, &host))
        scan_fast (&self, host);
      if (self.n_in != self.n_out)
        mark_next (&self);
    }
  while (self.n_in != self.n_out || !hp_worklist_is_empty (&collector->marking));
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

guint64
hp_marker_advance (HpCollector *self, guint64 bytes)
{
  guint64 marked = 0;
  HpAddress host;

  while (marked < bytes && hp_worklist_pop (&self->marking, &host))
    marked += (guint64) hp_marker_scan_object (self, host) * HP_WORD_BYTES;
  return marked;
}

void
hp_marker_drain (HpCollector *self)
{
  if (self->heap->emitter->listening || self->heap->pager != NULL)
    hp_marker_advance (self, G_MAXUINT64);
  else
    drain_fast (self);
}

typedef struct
{
  HpCollector *collector;
  gboolean stack_too;
} RootMarker;

static void
mark_root (gpointer data, HpVisit kind, guint32 holder, guint64 *slot)
{
  RootMarker *self = data;
  gboolean is_register = kind == HP_VISIT_STACK || holder == 0;

  if (!hp_word_is_ref (*slot) || (is_register && !self->stack_too))
    return;
  hp_collector_visit_root (self->collector, kind, holder, hp_word_address (*slot));
  hp_marker_mark (self->collector, hp_word_address (*slot));
}

void
hp_marker_mark_roots (HpCollector *self, gboolean stack_too)
{
  RootMarker marker = { self, stack_too };

  hp_collector_enter_phase (self, HP_PHASE_ROOTS);
  hp_heap_visit_roots (self->heap, mark_root, &marker);
}

static void
forget_live_words (GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++)
    ((HpHeapPage *) g_ptr_array_index (pages, i))->live_words = 0;
}

void
hp_marker_begin (HpCollector *self)
{
  HpHeap *heap = self->heap;

  forget_live_words (heap->young.pages[0]);
  forget_live_words (heap->young.pages[1]);
  forget_live_words (heap->young_large.pages);
  forget_live_words (heap->old.pages);
  forget_live_words (heap->large.pages);
}

void
hp_marker_finish (HpCollector *self)
{
  self->n_marked = 0;
  hp_marker_mark_roots (self, TRUE);
  hp_collector_enter_phase (self, HP_PHASE_MARK);
  hp_marker_drain (self);
  hp_weak_mark_ephemerons (self);
  hp_clock_advance (self->clock, self->n_marked * self->config.costs.mark_ns);
}
