/* scavenger.c - collecting new space: flip the halves, copy what lives, promote what survives for the second time
 *
 * Copied and promoted objects wait on two work lists; popping them batch by batch, newest first, is what gives V8 its
 * order of copies (src/heap/scavenger.cc, Scavenger::Process). With the setting scavenger-order=cheney, to-space itself
 * is the queue of copied objects, as Cheney (1970) has it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/phases.h"

#include <glib/gi18n-lib.h>

#define SEGMENT_OF_PROMOTED 256 /* with half of it pushed, promoted objects go first */

typedef struct
{
  HpCollector *collector;
  HpHeap *heap;
  HpSpace from;
  /* Cheney's scan pointer */
  guint scan_page;
  HpAddress scan;
} Scavenger;

/* ---- one object -------------------------------------------------------------------------------------------------- */

static gboolean
wants_promotion (Scavenger *self, HpAddress address, const guint64 *object, guint32 words)
{
  const HpGcPolicy *policy = &self->collector->policy;
  gboolean below_age_mark = address < hp_heap_page_of (self->heap, address)->age_limit;
  HpSurvivor survivor;
  HpFate fate;

  if (G_LIKELY (policy->survivor_fate == NULL))
    return below_age_mark;
  survivor = (HpSurvivor){ hp_definitions_shape (self->heap->emitter->definitions, hp_map_shape (object[0])),
                           (guint64) words * HP_WORD_BYTES,
                           hp_map_age (object[0]),
                           below_age_mark };
  fate = policy->survivor_fate (self->collector->policy_self, &self->collector->context, &survivor);
  if ((guint) fate > HP_FATE_PROMOTE)
    hp_collector_blame (self->collector, _ ("survivor_fate answered %d: expected a fate, 0 to 2"), (int) fate);
  return fate == HP_FATE_PROMOTE || (fate != HP_FATE_KEEP && below_age_mark);
}

/* Room in the wanted space, in the other one, or in the last resort above the maximum: then the run is over. */
static HpAddress
find_room (Scavenger *self, guint32 words, gboolean promote)
{
  HpAddress to = promote ? hp_old_space_allocate (self->heap, words) : hp_heap_reserve_young (self->heap, words);

  if (to == 0)
    to = promote ? hp_heap_reserve_young (self->heap, words) : hp_old_space_allocate (self->heap, words);
  if (to == 0)
    {
      self->collector->fatal = "Scavenger: semi-space copy";
      self->heap->always_allocate = TRUE;
      to = hp_old_space_allocate (self->heap, words);
    }
  return to;
}

static HpAddress
evacuate (Scavenger *self, HpAddress from, const guint64 *object)
{
  guint32 words = hp_heap_size_words (self->heap, object);
  HpAddress to = find_room (self, words, wants_promotion (self, from, object, words));

  hp_heap_move_object (self->heap, from, to, words);
  if (!hp_space_is_young (hp_heap_space_of (self->heap, to)))
    hp_worklist_push (&self->collector->promoted, to);
  else if (!self->collector->config.cheney_order)
    hp_worklist_push (&self->collector->copied, to);
  return to;
}

/* Bring the target of a slot to safety and redirect the slot. Returns whether the target is young afterwards. */
static gboolean
scavenge_slot (Scavenger *self, guint64 *slot)
{
  HpAddress address = hp_word_address (*slot);
  HpSpace space = hp_heap_space_of (self->heap, address);
  const guint64 *object;

  if (space == HP_SPACE_NEW_LARGE)
    {
      hp_large_space_promote (self->heap, hp_heap_page_of (self->heap, address));
      hp_worklist_push (&self->collector->promoted, address);
      return FALSE;
    }
  if (space != self->from)
    return hp_space_is_young (space);
  object = hp_heap_words (self->heap, address);
  address = object[0] & HP_MAP_FORWARDED ? hp_map_low (object[0]) : evacuate (self, address, object);
  *slot = hp_word_from_ref_address (address);
  return hp_space_is_young (hp_heap_space_of (self->heap, address));
}

static void
announce_update (Scavenger *self, HpAddress host, HpAddress slot, HpAddress target)
{
  hp_emit_slot (self->heap->emitter,
                HP_EVENT_UPDATE,
                0,
                hp_heap_slot_index (self->heap, host, slot),
                hp_heap_ref_at (self->heap, host),
                hp_heap_ref_at (self->heap, target),
                0);
}

/* As scavenge_slot(), for the slot of an object, and telling the listener. */
static gboolean
scavenge_slot_of (Scavenger *self, HpVisit kind, HpAddress host, HpAddress slot, guint64 *word)
{
  HpAddress before = hp_word_address (*word);
  gboolean listening = self->heap->emitter->listening;
  gboolean young;

  if (listening)
    hp_collector_visit_slot (self->collector, kind, host, slot, before);
  young = scavenge_slot (self, word);
  if (listening && hp_word_address (*word) != before)
    announce_update (self, host, slot, hp_word_address (*word));
  return young;
}

/* Every @step-th slot of a survivor. One that is old now remembers its slots that point to young objects. */
static inline void
scan_slots (Scavenger *self, HpAddress host, guint32 first, guint32 end, guint32 step, gboolean is_old)
{
  guint64 *object = hp_heap_words (self->heap, host);

  for (guint32 i = first; i < end; i += step)
    if (hp_word_is_ref (object[i]) && scavenge_slot_of (self, HP_VISIT_SLOT, host, host + i, &object[i]) && is_old)
      hp_heap_remember (self->heap, host, host + i, hp_word_address (object[i]));
}

/* Scan a survivor in its new place. Weak slots are strong here, and so are the values of ephemerons. */
static void
scan_object (Scavenger *self, HpAddress host, gboolean is_old)
{
  guint64 *object = hp_heap_words (self->heap, host);
  const HpLayout *layout = hp_heap_layout (self->heap, object[0]);
  guint32 end = layout->first_slot + hp_heap_count_slots (self->heap, object);

  hp_heap_touch (self->heap, host, MAX (end, 1), TRUE);
  if (G_LIKELY (layout->references != HP_REFERENCES_EPHEMERONS))
    {
      scan_slots (self, host, layout->first_slot, end, 1, is_old);
      return;
    }
  hp_weak_table_survived (self->collector, host);
  scan_slots (self, host, layout->first_slot, layout->fixed_words, 1, is_old);
  scan_slots (self, host, layout->fixed_words + 1, end, 2, is_old);
}

/* ---- roots ------------------------------------------------------------------------------------------------------- */

static void
scavenge_root (gpointer data, HpVisit kind, guint32 holder, guint64 *slot)
{
  Scavenger *self = data;

  if (!hp_word_is_ref (*slot))
    return;
  hp_collector_visit_root (self->collector, kind, holder, hp_word_address (*slot));
  scavenge_slot (self, slot);
}

typedef struct
{
  Scavenger *scavenger;
  HpHeapPage *page;
  HpAddress cursor;
} RememberedSlots;

/* A slot stays remembered as long as it points to new space. */
static gboolean
scavenge_remembered (gpointer data, guint32 index)
{
  RememberedSlots *self = data;
  Scavenger *scavenger = self->scavenger;
  HpHeap *heap = scavenger->heap;
  HpAddress slot = self->page->address + index;
  guint64 *word = hp_heap_words (heap, slot);
  gboolean listening = heap->emitter->listening;
  HpAddress host = listening ? hp_heap_find_holder (heap, &self->cursor, slot) : 0;
  gboolean young = FALSE;

  hp_heap_touch (heap, slot, 1, TRUE);
  if (hp_word_is_ref (*word))
    young = scavenge_slot_of (scavenger, HP_VISIT_REMEMBERED, host, slot, word);
  if (!young && listening)
    hp_emit_slot (heap->emitter,
                  HP_EVENT_FORGET,
                  0,
                  hp_heap_slot_index (heap, host, slot),
                  hp_heap_ref_at (heap, host),
                  hp_heap_word_ref (heap, *word),
                  0);
  return young;
}

static void
scavenge_remembered_slots (Scavenger *self, GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (pages, i);
      RememberedSlots slots = { self, page, hp_heap_page_start (page) };

      hp_slot_set_filter (&page->old_to_new, 0, page->size_words, scavenge_remembered, &slots);
    }
}

/* ---- the work lists ---------------------------------------------------------------------------------------------- */

/* The next copied object in Cheney's order: to-space in the order of its addresses. */
static gboolean
next_in_to_space (Scavenger *self, HpAddress *host)
{
  const HpNewSpace *young = &self->heap->young;
  GPtrArray *pages = young->pages[young->to];

  while (self->scan_page <= young->current)
    {
      HpAddress end = hp_heap_page_top (self->heap, g_ptr_array_index (pages, self->scan_page));
      const guint64 *object;

      if (self->scan == 0)
        self->scan = hp_heap_page_start (g_ptr_array_index (pages, self->scan_page));
      if (self->scan == end && self->scan_page == young->current)
        return FALSE;
      object = hp_heap_words (self->heap, self->scan);
      if (self->scan == end || (object[0] & HP_MAP_FILLER))
        {
          self->scan_page++;
          self->scan = 0;
          continue;
        }
      *host = self->scan;
      self->scan += hp_heap_size_words (self->heap, object);
      return TRUE;
    }
  return FALSE;
}

static gboolean
next_copied (Scavenger *self, HpAddress *host)
{
  return self->collector->config.cheney_order ? next_in_to_space (self, host)
                                              : hp_worklist_pop (&self->collector->copied, host);
}

static void
process_work_lists (Scavenger *self)
{
  HpWorklist *promoted = &self->collector->promoted;
  gboolean done;
  HpAddress host;

  do
    {
      done = TRUE;
      while (hp_worklist_pushed (promoted) < SEGMENT_OF_PROMOTED / 2 && next_copied (self, &host))
        {
          scan_object (self, host, FALSE);
          done = FALSE;
        }
      while (hp_worklist_pop (promoted, &host))
        {
          scan_object (self, host, TRUE);
          done = FALSE;
        }
    }
  while (!done);
}

/* ---- what is left ------------------------------------------------------------------------------------------------ */

static void
free_from_page (HpHeap *heap, HpHeapPage *page)
{
  HpAddress at = hp_heap_page_start (page);

  while (at < page->top)
    {
      const guint64 *object = hp_heap_words (heap, at);
      guint32 words = hp_heap_size_words (heap, object);

      if ((object[0] & (HP_MAP_FORWARDED | HP_MAP_FILLER)) == 0)
        hp_heap_free_object (heap, at, words);
      at += words;
    }
  g_assert (page->used_words == 0);
  page->top = page->age_limit = hp_heap_page_start (page);
}

static void
free_large_objects (HpHeap *heap)
{
  GPtrArray *pages = heap->young_large.pages;

  for (guint i = 0; i < pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (pages, i);

      if (page->space == HP_SPACE_NEW_LARGE)
        hp_large_space_release (heap, page);
    }
  g_ptr_array_set_size (pages, 0);
}

static void
free_the_dead (Scavenger *self)
{
  HpNewSpace *young = &self->heap->young;
  GPtrArray *from = young->pages[!young->to];

  for (guint i = 0; i < from->len; i++)
    free_from_page (self->heap, g_ptr_array_index (from, i));
  free_large_objects (self->heap);
}

void
hp_scavenger_run (HpCollector *self)
{
  Scavenger scavenger = { .collector = self, .heap = self->heap };

  hp_collector_enter_phase (self, HP_PHASE_FLIP);
  hp_new_space_flip (self->heap);
  scavenger.from = hp_new_space_from (&self->heap->young);

  hp_collector_enter_phase (self, HP_PHASE_ROOTS);
  hp_heap_visit_roots (self->heap, scavenge_root, &scavenger);
  scavenge_remembered_slots (&scavenger, self->heap->old.pages);
  scavenge_remembered_slots (&scavenger, self->heap->large.pages);

  hp_collector_enter_phase (self, HP_PHASE_COPY);
  process_work_lists (&scavenger);
  hp_weak_after_copying (self);

  hp_collector_enter_phase (self, HP_PHASE_FINISH);
  free_the_dead (&scavenger);
  hp_new_space_set_age_mark (self->heap);
}
