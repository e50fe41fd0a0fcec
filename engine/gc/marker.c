/* marker.c - three-colour marking from the roots
 *
 * White: not reached. Grey: reached, on the work list, its slots not yet looked at. Black: its slots were looked at, so
 * it points to no white object. When the list is empty, what is white is dead. Young objects are marked too.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/phases.h"

static void
mark_object (HpCollector *self, HpAddress address)
{
  guint64 *object = hp_heap_words (self->heap, address);

  hp_heap_touch (self->heap, address, 1, FALSE);
  if (hp_map_colour (object[0]) != HP_COLOUR_WHITE)
    return;
  hp_heap_set_colour (self->heap, object, HP_COLOUR_GREY);
  hp_worklist_push (&self->marking, address);
  self->n_marked++;
}

static void
mark_root (gpointer data, HpVisit kind, guint32 holder, guint64 *slot)
{
  HpCollector *self = data;

  if (!hp_word_is_ref (*slot))
    return;
  hp_collector_visit_root (self, kind, holder, hp_word_address (*slot));
  mark_object (self, hp_word_address (*slot));
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

static inline void
visit_slot (HpCollector *self, HpAddress host, HpAddress slot, guint64 word)
{
  HpAddress target = hp_word_address (word);

  if (self->heap->emitter->listening)
    hp_collector_visit_slot (self, HP_VISIT_SLOT, host, slot, target);
  hp_marker_record_slot (self, host, slot, target);
  mark_object (self, target);
}

void
hp_marker_visit_slot (HpCollector *self, HpAddress host, HpAddress slot)
{
  visit_slot (self, host, slot, *hp_heap_words (self->heap, slot));
}

void
hp_marker_scan_object (HpCollector *self, HpAddress host)
{
  guint64 *object = hp_heap_words (self->heap, host);
  const HpLayout *layout = hp_heap_layout (self->heap, object[0]);
  guint32 first = layout->first_slot;
  guint32 end = first + hp_heap_count_slots (self->heap, object);

  hp_heap_set_colour (self->heap, object, HP_COLOUR_BLACK);
  hp_heap_touch (self->heap, host, MAX (end, 1), FALSE);
  if (G_UNLIKELY (layout->references != HP_REFERENCES_STRONG))
    hp_weak_discover (self, host, &first, &end);
  for (guint32 i = first; i < end; i++)
    if (hp_word_is_ref (object[i]))
      visit_slot (self, host, host + i, object[i]);
}

void
hp_marker_drain (HpCollector *self)
{
  HpAddress host;

  while (hp_worklist_pop (&self->marking, &host))
    hp_marker_scan_object (self, host);
}

void
hp_marker_run (HpCollector *self)
{
  self->n_marked = 0;
  hp_collector_enter_phase (self, HP_PHASE_ROOTS);
  hp_heap_visit_roots (self->heap, mark_root, self);
  hp_collector_enter_phase (self, HP_PHASE_MARK);
  hp_marker_drain (self);
  hp_weak_mark_ephemerons (self);
  hp_clock_advance (self->clock, self->n_marked * self->config.costs.mark_ns);
}
