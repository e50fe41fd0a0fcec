/* fold_collector.c - events of collections, limits and heap pages
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/fold.h"

/* ---- collections ------------------------------------------------------------------------------------------------- */

static gboolean
check_collection_kind (const HpMoment *self, const HpEvent *event, GError **error)
{
  guint32 kind = hp_event_detail (event);

  return (kind > HP_COLLECTION_NONE && kind < HP_N_COLLECTION_KINDS)
         || hp_fold_refuse (self, event, error, "there is no collection of kind %u", kind);
}

static gboolean
apply_collection_begin (HpMoment *self, const HpEvent *event, GError **error)
{
  if (!check_collection_kind (self, event, error))
    return FALSE;
  if (self->collection != HP_COLLECTION_NONE)
    return hp_fold_refuse (self, event, error, "collection %u is still under way", self->collection_ordinal);
  if (event->x != self->collection_ordinal + 1)
    return hp_fold_refuse (self, event, error, "collection %u, expected %u", event->x, self->collection_ordinal + 1);
  if (event->y != 0 && hp_definitions_string (self->definitions, event->y) == NULL)
    return hp_fold_refuse (self, event, error, "string %u is not defined", event->y);
  self->collection = (guint8) hp_event_detail (event);
  self->collection_ordinal = event->x;
  return TRUE;
}

static void
revert_collection_begin (HpMoment *self, const HpEvent *event)
{
  self->collection = HP_COLLECTION_NONE;
  self->collection_ordinal--;
}

const HpFold hp_fold_collection_begin = { apply_collection_begin, revert_collection_begin };

static guint64 *
collection_counter (HpMoment *self, const HpEvent *event)
{
  return hp_event_detail (event) == HP_COLLECTION_FULL ? &self->counters.mark_compacts : &self->counters.scavenges;
}

static gboolean
apply_collection_end (HpMoment *self, const HpEvent *event, GError **error)
{
  if (!check_collection_kind (self, event, error))
    return FALSE;
  if (self->collection != hp_event_detail (event) || event->x != self->collection_ordinal)
    return hp_fold_refuse (self, event, error, "collection %u of that kind is not under way", event->x);
  self->collection = HP_COLLECTION_NONE;
  self->counters.pause_ns += event->y;
  ++*collection_counter (self, event);
  return TRUE;
}

static void
revert_collection_end (HpMoment *self, const HpEvent *event)
{
  self->collection = (guint8) hp_event_detail (event);
  self->counters.pause_ns -= event->y;
  --*collection_counter (self, event);
}

const HpFold hp_fold_collection_end = { apply_collection_end, revert_collection_end };

static gboolean
apply_phase (HpMoment *self, const HpEvent *event, GError **error)
{
  guint32 detail = hp_event_detail (event);

  if ((detail & 0xff) >= HP_N_PHASES || detail >> 8 != self->phase)
    return hp_fold_refuse (
        self, event, error, "from %u to %u, but the phase is %u", detail >> 8, detail & 0xff, self->phase);
  self->phase = detail & 0xff;
  return TRUE;
}

static void
revert_phase (HpMoment *self, const HpEvent *event)
{
  self->phase = (guint8) (hp_event_detail (event) >> 8);
}

const HpFold hp_fold_phase = { apply_phase, revert_phase };

static void
flip (HpMoment *self, const HpEvent *event)
{
  self->to_space = self->to_space == HP_SPACE_SEMI_A ? HP_SPACE_SEMI_B : HP_SPACE_SEMI_A;
}

static gboolean
apply_flip (HpMoment *self, const HpEvent *event, GError **error)
{
  flip (self, event);
  return TRUE;
}

const HpFold hp_fold_flip = { apply_flip, flip };

static gboolean
apply_age_mark (HpMoment *self, const HpEvent *event, GError **error)
{
  if (event->x != self->age_mark)
    return hp_fold_refuse (self, event, error, "the age mark was %u, not %u", self->age_mark, event->x);
  self->age_mark = event->y;
  return TRUE;
}

static void
revert_age_mark (HpMoment *self, const HpEvent *event)
{
  self->age_mark = event->x;
}

const HpFold hp_fold_age_mark = { apply_age_mark, revert_age_mark };

static gboolean
apply_limit (HpMoment *self, const HpEvent *event, GError **error)
{
  guint32 limit = hp_event_detail (event);

  if (limit >= HP_N_LIMITS || event->x != self->limits[limit])
    return hp_fold_refuse (self, event, error, "limit %u was not %u words", limit, event->x);
  self->limits[limit] = event->y;
  return TRUE;
}

static void
revert_limit (HpMoment *self, const HpEvent *event)
{
  self->limits[hp_event_detail (event)] = event->x;
}

const HpFold hp_fold_limit = { apply_limit, revert_limit };

static gboolean
apply_marking (HpMoment *self, const HpEvent *event, GError **error)
{
  guint32 detail = hp_event_detail (event);

  if ((detail & 0xff) >= HP_N_MARKINGS || detail >> 8 != self->marking)
    return hp_fold_refuse (
        self, event, error, "from %u to %u, but marking is %u", detail >> 8, detail & 0xff, self->marking);
  self->marking = detail & 0xff;
  return TRUE;
}

static void
revert_marking (HpMoment *self, const HpEvent *event)
{
  self->marking = (guint8) (hp_event_detail (event) >> 8);
}

const HpFold hp_fold_marking = { apply_marking, revert_marking };

static gboolean
apply_pretenure (HpMoment *self, const HpEvent *event, GError **error)
{
  guint32 detail = hp_event_detail (event);
  HpPretenure decision = hp_moment_pretenure (self, event->x);

  if (hp_definitions_string (self->definitions, event->x) == NULL)
    return hp_fold_refuse (self, event, error, "string %u is not defined", event->x);
  if (event->z > event->y)
    return hp_fold_refuse (self, event, error, "%u objects found of %u created", event->z, event->y);
  if ((detail & 0xff) >= HP_N_PRETENURES || detail >> 8 != decision)
    return hp_fold_refuse (
        self, event, error, "from %u to %u, but the decision is %u", detail >> 8, detail & 0xff, decision);
  *(guint8 *) hp_column_write (&self->pretenures, event->x) = detail & 0xff;
  return TRUE;
}

static void
revert_pretenure (HpMoment *self, const HpEvent *event)
{
  *(guint8 *) hp_column_write (&self->pretenures, event->x) = (guint8) (hp_event_detail (event) >> 8);
}

const HpFold hp_fold_pretenure = { apply_pretenure, revert_pretenure };

/* ---- heap pages -------------------------------------------------------------------------------------------------- */

static gboolean
check_new_page (const HpMoment *self, const HpEvent *event, guint index, GError **error)
{
  guint32 space = hp_event_detail (event);
  guint64 end = (guint64) event->x + event->y;

  if (space == HP_SPACE_NONE || space >= HP_N_SPACES)
    return hp_fold_refuse (self, event, error, "there is no space %u", space);
  if (event->x == 0 || event->y == 0 || end > G_MAXUINT32 || event->z > event->y)
    return hp_fold_refuse (
        self, event, error, "%u words at %u, %u of them usable, are no page", event->y, event->x, event->z);
  if (index > 0)
    {
      const HpHeapPageState *before = hp_moment_heap_page (self, index - 1);

      if ((guint64) before->address + before->size_words > event->x)
        return hp_fold_refuse (self, event, error, "overlaps the page at %u", before->address);
    }
  if (index < self->heap_pages->len && end > hp_moment_heap_page (self, index)->address)
    return hp_fold_refuse (self, event, error, "overlaps the page at %u", hp_moment_heap_page (self, index)->address);
  return TRUE;
}

static void
insert_page (HpMoment *self, const HpEvent *event, guint index)
{
  HpHeapPageState page = { event->x, event->y, event->z, (guint8) hp_event_detail (event), HP_HEAP_PAGE_PLAIN };

  g_array_insert_val (self->heap_pages, index, page);
}

static gboolean
apply_heap_page_add (HpMoment *self, const HpEvent *event, GError **error)
{
  gboolean found;
  guint index = hp_moment_heap_page_index (self, event->x, &found);

  if (!check_new_page (self, event, index, error))
    return FALSE;
  if (self->heap_pages->len == HP_MOMENT_MAX_HEAP_PAGES)
    return hp_fold_refuse (self, event, error, "more than %u heap pages", HP_MOMENT_MAX_HEAP_PAGES);
  insert_page (self, event, index);
  return TRUE;
}

static void
revert_heap_page_add (HpMoment *self, const HpEvent *event)
{
  gboolean found;

  g_array_remove_index (self->heap_pages, hp_moment_heap_page_index (self, event->x, &found));
}

const HpFold hp_fold_heap_page_add = { apply_heap_page_add, revert_heap_page_add };

static gboolean
apply_heap_page_remove (HpMoment *self, const HpEvent *event, GError **error)
{
  const HpHeapPageState *page = hp_fold_find_heap_page (self, event->x);

  if (page == NULL || page->space != hp_event_detail (event) || page->size_words != event->y
      || page->usable_words != event->z || page->flags != HP_HEAP_PAGE_PLAIN)
    return hp_fold_refuse (self, event, error, "no such plain page at %u", event->x);
  if (hp_moment_next_object (self, event->x, event->x + event->y) != HP_REF_NONE)
    return hp_fold_refuse (self, event, error, "the page at %u still holds an object", event->x);
  revert_heap_page_add (self, event);
  return TRUE;
}

static void
revert_heap_page_remove (HpMoment *self, const HpEvent *event)
{
  gboolean found;

  insert_page (self, event, hp_moment_heap_page_index (self, event->x, &found));
}

const HpFold hp_fold_heap_page_remove = { apply_heap_page_remove, revert_heap_page_remove };

static gboolean
apply_heap_page_state (HpMoment *self, const HpEvent *event, GError **error)
{
  HpHeapPageState *page = hp_fold_find_heap_page (self, event->x);
  guint32 detail = hp_event_detail (event);

  if (page == NULL || page->flags != detail >> 8
      || (detail & 0xff & ~(guint32) (HP_HEAP_PAGE_CANDIDATE | HP_HEAP_PAGE_TO_SWEEP)) != 0)
    return hp_fold_refuse (self, event, error, "no page at %u in that state", event->x);
  page->flags = detail & 0xff;
  return TRUE;
}

static void
revert_heap_page_state (HpMoment *self, const HpEvent *event)
{
  hp_fold_find_heap_page (self, event->x)->flags = (guint8) (hp_event_detail (event) >> 8);
}

const HpFold hp_fold_heap_page_state = { apply_heap_page_state, revert_heap_page_state };

static gboolean
apply_heap_page_space (HpMoment *self, const HpEvent *event, GError **error)
{
  HpHeapPageState *page = hp_fold_find_heap_page (self, event->x);
  guint32 detail = hp_event_detail (event), space = detail & 0xff;

  if (page == NULL || page->space != detail >> 8 || space == HP_SPACE_NONE || space >= HP_N_SPACES)
    return hp_fold_refuse (self, event, error, "no page at %u in space %u", event->x, detail >> 8);
  page->space = (guint8) space;
  return TRUE;
}

static void
revert_heap_page_space (HpMoment *self, const HpEvent *event)
{
  hp_fold_find_heap_page (self, event->x)->space = (guint8) (hp_event_detail (event) >> 8);
}

const HpFold hp_fold_heap_page_space = { apply_heap_page_space, revert_heap_page_space };
