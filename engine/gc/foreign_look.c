/* foreign_look.c - what a policy that collects can see, and colours
 *
 * Visitors may do anything to any object, so nothing is held across their calls but refs.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/foreign.h"

#include <glib/gi18n-lib.h>

/* ---- one object -------------------------------------------------------------------------------------------------- */

gboolean
hp_gc_describe (HpGc *self, HpRef ref, HpGcObject *description)
{
  HpAddress address = hp_heap_address_of (self->heap, ref);
  const guint64 *object;

  if (address == 0)
    return FALSE;
  object = hp_heap_words (self->heap, address);
  *description = (HpGcObject){
    .shape = hp_definitions_shape (self->heap->emitter->definitions, hp_map_shape (object[0])),
    .address = address,
    .space = hp_heap_space_of (self->heap, address),
    .words = hp_heap_size_words (self->heap, object),
    .n_slots = hp_heap_count_slots (self->heap, object),
    .age = hp_map_age (object[0]),
    .colour = hp_map_colour (object[0]),
  };
  return TRUE;
}

HpSpace
hp_gc_space (HpGc *self, HpRef ref)
{
  HpAddress address = hp_heap_address_of (self->heap, ref);

  return address != 0 ? hp_heap_space_of (self->heap, address) : HP_SPACE_NONE;
}

HpSpace
hp_gc_to_space (const HpGc *self)
{
  return hp_new_space_to (&self->heap->young);
}

HpSpace
hp_gc_from_space (const HpGc *self)
{
  return hp_new_space_from (&self->heap->young);
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  HpGc *gc;
  HpGcVisit visit;
  gpointer data;
} Visiting;

static void
visit_root (gpointer data, HpVisit kind, guint32 holder, guint64 *slot)
{
  Visiting *self = data;
  HpRef target = hp_foreign_target (*slot);
  gboolean is_accumulator = kind == HP_VISIT_ROOT && holder == 0;

  if (target == HP_REF_NONE)
    return;
  if (!is_accumulator)
    hp_emit (self->gc->heap->emitter, HP_EVENT_VISIT, kind, holder, target, 0);
  self->visit (self->data, self->gc, kind, HP_REF_NONE, holder, target);
}

void
hp_gc_visit_roots (HpGc *self, HpGcVisit visit, gpointer data)
{
  Visiting visiting = { self, visit, data };

  hp_heap_visit_roots (self->heap, visit_root, &visiting);
}

/* The slot @slot of @host, if the host is alive and the slot refers to something. */
static HpRef
look_at_slot (HpGc *self, HpVisit kind, HpRef host, guint32 slot)
{
  HpAddress address = hp_heap_address_of (self->heap, host);
  HpRef target;
  const guint64 *word;

  if (address == 0)
    return HP_REF_NONE;
  word = hp_foreign_slot (self, address, slot);
  hp_heap_touch (self->heap, (HpAddress) (word - self->heap->memory.words), 1, FALSE);
  target = hp_foreign_target (*word);
  if (target != HP_REF_NONE)
    hp_emit_slot (self->heap->emitter, HP_EVENT_VISIT, kind, slot, host, target, 0);
  return target;
}

void
hp_gc_visit_remembered (HpGc *self, HpGcVisit visit, gpointer data)
{
  for (guint i = 0; i < self->remembered->len; i++)
    {
      HpGcSlot at = g_array_index (self->remembered, HpGcSlot, i);
      HpRef target = look_at_slot (self, HP_VISIT_REMEMBERED, at.host, at.slot);

      if (target != HP_REF_NONE && hp_space_is_young (hp_gc_space (self, target)))
        visit (data, self, HP_VISIT_REMEMBERED, at.host, at.slot, target);
    }
}

/* The strong slots of the object at @address, from *@first up to @end. */
static void
find_strong_slots (const HpGc *self, HpAddress address, guint32 *first, guint32 *end)
{
  const guint64 *object = hp_heap_words (self->heap, address);
  const HpLayout *layout = hp_heap_layout (self->heap, object[0]);

  *first = layout->references == HP_REFERENCES_WEAK || layout->references == HP_REFERENCES_FINALIZED;
  *end = layout->references == HP_REFERENCES_EPHEMERONS ? layout->n_slots : hp_heap_count_slots (self->heap, object);
}

void
hp_gc_visit_slots (HpGc *self, HpRef host, HpGcVisit visit, gpointer data)
{
  HpAddress address = hp_heap_address_of (self->heap, host);
  guint32 slot = 0, end = 0;

  if (address != 0)
    find_strong_slots (self, address, &slot, &end);
  for (; slot < end; slot++)
    {
      HpRef target = look_at_slot (self, HP_VISIT_SLOT, host, slot);

      if (target != HP_REF_NONE)
        visit (data, self, HP_VISIT_SLOT, host, slot, target);
    }
}

/* ---- ephemerons -------------------------------------------------------------------------------------------------- */

static gboolean
visit_table (HpGc *self, HpRef table, HpGcIsLive is_live, const Visiting *visiting)
{
  HpAddress address = hp_heap_address_of (self->heap, table);
  const HpLayout *layout = hp_heap_layout (self->heap, *hp_heap_words (self->heap, address));
  guint32 n = hp_heap_count_slots (self->heap, hp_heap_words (self->heap, address));
  gboolean found = FALSE;

  for (guint32 key = layout->n_slots; key + 1 < n; key += 2)
    {
      HpAddress now = hp_heap_address_of (self->heap, table);
      HpRef value = now != 0 ? hp_foreign_target (*hp_foreign_slot (self, now, key + 1)) : HP_REF_NONE;
      HpRef key_ref = now != 0 ? hp_foreign_target (*hp_foreign_slot (self, now, key)) : HP_REF_NONE;

      if (value == HP_REF_NONE || is_live (visiting->data, self, value)
          || (key_ref != HP_REF_NONE && !is_live (visiting->data, self, key_ref)))
        continue;
      look_at_slot (self, HP_VISIT_SLOT, table, key + 1);
      visiting->visit (visiting->data, self, HP_VISIT_SLOT, table, key + 1, value);
      found = TRUE;
    }
  return found;
}

void
hp_gc_visit_values (HpGc *self, HpRef table, HpGcVisit visit, gpointer data)
{
  HpAddress address = hp_heap_address_of (self->heap, table);
  const HpLayout *layout = address != 0 ? hp_heap_layout (self->heap, *hp_heap_words (self->heap, address)) : NULL;
  guint32 n;

  if (layout == NULL || layout->references != HP_REFERENCES_EPHEMERONS)
    return;
  n = hp_heap_count_slots (self->heap, hp_heap_words (self->heap, address));
  for (guint32 slot = layout->n_slots + 1; slot < n; slot += 2)
    {
      HpRef value = look_at_slot (self, HP_VISIT_SLOT, table, slot);

      if (value != HP_REF_NONE)
        visit (data, self, HP_VISIT_SLOT, table, slot, value);
    }
}

gboolean
hp_gc_visit_ephemerons (HpGc *self, HpGcIsLive is_live, HpGcVisit visit, gpointer data)
{
  Visiting visiting = { self, visit, data };
  gboolean found = FALSE;

  for (guint i = 0; i < self->tables->len; i++)
    {
      HpRef table = g_array_index (self->tables, HpRef, i);

      if (hp_heap_address_of (self->heap, table) != 0 && is_live (data, self, table))
        found |= visit_table (self, table, is_live, &visiting);
    }
  return found;
}

/* ---- spaces ------------------------------------------------------------------------------------------------------ */

void
hp_gc_visit_objects (HpGc *self, HpSpace space, HpGcVisitObject visit, gpointer data)
{
  GPtrArray *pages = hp_foreign_pages (self, space);

  for (guint i = 0; pages != NULL && i < pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (pages, i);
      HpAddress at = hp_foreign_next (page, hp_heap_page_start (page));

      self->walked_words += space == HP_SPACE_OLD ? page->size_words : 0;
      for (; at != 0; at = at + 1 < hp_heap_page_end (page) ? hp_foreign_next (page, at + 1) : 0)
        {
          hp_heap_touch (self->heap, at, 1, FALSE);
          visit (data, self, hp_heap_ref_at (self->heap, at));
        }
      /* A large object that moved to another space took its page with it. */
      i -= i < pages->len && g_ptr_array_index (pages, i) == page ? 0 : 1;
    }
}

void
hp_gc_visit_pages (HpGc *self, HpGcVisitPage visit, gpointer data)
{
  GPtrArray *pages = self->heap->old.pages;

  for (guint i = 0; i < pages->len; i++)
    {
      const HpHeapPage *page = g_ptr_array_index (pages, i);
      HpGcPage description = { hp_heap_page_start (page), hp_heap_page_end (page), page->used_words };

      visit (data, self, &description);
    }
}

/* ---- colours ----------------------------------------------------------------------------------------------------- */

HpColour
hp_gc_colour (HpGc *self, HpRef ref)
{
  HpAddress address = hp_heap_address_of (self->heap, ref);

  return address != 0 ? hp_map_colour (*hp_heap_words (self->heap, address)) : HP_COLOUR_WHITE;
}

static void
set_colour (HpGc *self, HpRef ref, HpColour colour)
{
  HpAddress address = hp_heap_address_of (self->heap, ref);

  hp_heap_touch (self->heap, address, 1, TRUE);
  hp_heap_set_colour (self->heap, hp_heap_words (self->heap, address), colour);
}

gboolean
hp_gc_mark (HpGc *self, HpRef ref)
{
  if (hp_gc_colour (self, ref) != HP_COLOUR_WHITE)
    return FALSE;
  if (hp_heap_address_of (self->heap, ref) == 0)
    {
      hp_collector_blame (self->collector, _ ("mark: object %u is not alive"), ref);
      return FALSE;
    }
  set_colour (self, ref, HP_COLOUR_GREY);
  self->n_marked++;
  return TRUE;
}

void
hp_gc_blacken (HpGc *self, HpRef ref)
{
  if (hp_gc_colour (self, ref) == HP_COLOUR_GREY)
    set_colour (self, ref, HP_COLOUR_BLACK);
  else
    hp_collector_blame (self->collector, _ ("blacken: object %u is not grey"), ref);
}

static void
mark_target (gpointer data, HpGc *gc, HpVisit kind, HpRef host, guint32 slot, HpRef target)
{
  GArray *work = data;

  if (hp_gc_mark (gc, target))
    g_array_append_val (work, target);
}

static gboolean
is_marked (gpointer data, HpGc *gc, HpRef object)
{
  return hp_gc_colour (gc, object) != HP_COLOUR_WHITE;
}

static void
drain (HpGc *self, GArray *work)
{
  while (work->len > 0)
    {
      HpRef object = g_array_index (work, HpRef, work->len - 1);

      g_array_set_size (work, work->len - 1);
      hp_gc_visit_slots (self, object, mark_target, work);
      hp_gc_blacken (self, object);
    }
}

void
hp_gc_mark_reachable (HpGc *self)
{
  g_autoptr (GArray) work = g_array_new (FALSE, FALSE, sizeof (HpRef));

  hp_gc_enter_phase (self, HP_PHASE_ROOTS);
  hp_gc_visit_roots (self, mark_target, work);
  hp_gc_enter_phase (self, HP_PHASE_MARK);
  do
    drain (self, work);
  while (hp_gc_visit_ephemerons (self, is_marked, mark_target, work));
}

void
hp_gc_clear_weak (HpGc *self)
{
  hp_gc_enter_phase (self, HP_PHASE_WEAK);
  hp_foreign_clear_weak (self, TRUE);
}
