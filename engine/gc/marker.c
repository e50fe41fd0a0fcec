/* marker.c - three-colour marking from the roots
 *
 * White: not reached. Grey: reached, on the work list, its slots not yet looked at. Black: its slots were looked at, so
 * it points to no white object. When the list is empty, what is white is dead. Young objects are marked too.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/phases.h"

typedef struct
{
  HpCollector *collector;
  HpHeap *heap;
  guint64 n_marked;
} Marker;

static void
mark_object (Marker *self, HpAddress address)
{
  guint64 *object = hp_heap_words (self->heap, address);

  hp_heap_touch (self->heap, address, 1, FALSE);
  if (hp_map_colour (object[0]) != HP_COLOUR_WHITE)
    return;
  hp_heap_set_colour (self->heap, object, HP_COLOUR_GREY);
  hp_worklist_push (&self->collector->marking, address);
  self->n_marked++;
}

static void
mark_root (gpointer data, HpVisit kind, guint32 holder, guint64 *slot)
{
  Marker *self = data;

  if (!hp_word_is_ref (*slot))
    return;
  hp_collector_visit_root (self->collector, kind, holder, hp_word_address (*slot));
  mark_object (self, hp_word_address (*slot));
}

/* Slots into pages that will be evacuated must be found again. Hosts that will move themselves are updated anyway. */
static void
record_slot (Marker *self, HpHeapPage *host_page, HpAddress slot, HpAddress target)
{
  if ((hp_heap_page_of (self->heap, target)->flags & HP_HEAP_PAGE_CANDIDATE) == 0)
    return;
  if (hp_space_is_young (host_page->space) || (host_page->flags & HP_HEAP_PAGE_CANDIDATE) != 0)
    return;
  hp_slot_set_insert (&host_page->old_to_old, host_page->size_words, slot - host_page->address);
}

static void
scan_object (Marker *self, HpAddress host)
{
  guint64 *object = hp_heap_words (self->heap, host);
  HpHeapPage *page = hp_heap_page_of (self->heap, host);
  guint32 first = hp_heap_layout (self->heap, object[0])->first_slot;
  guint32 end = first + hp_heap_count_slots (self->heap, object);

  hp_heap_set_colour (self->heap, object, HP_COLOUR_BLACK);
  hp_heap_touch (self->heap, host, MAX (end, 1), FALSE);
  for (guint32 i = first; i < end; i++)
    if (hp_word_is_ref (object[i]))
      {
        HpAddress target = hp_word_address (object[i]);

        if (self->heap->emitter->listening)
          hp_collector_visit_slot (self->collector, HP_VISIT_SLOT, host, host + i, target);
        record_slot (self, page, host + i, target);
        mark_object (self, target);
      }
}

void
hp_marker_run (HpCollector *self)
{
  Marker marker = { .collector = self, .heap = self->heap };
  HpAddress host;

  hp_collector_enter_phase (self, HP_PHASE_ROOTS);
  hp_heap_visit_roots (self->heap, mark_root, &marker);
  hp_collector_enter_phase (self, HP_PHASE_MARK);
  while (hp_worklist_pop (&self->marking, &host))
    scan_object (&marker, host);
  hp_clock_advance (self->clock, marker.n_marked * self->config.costs.mark_ns);
}
