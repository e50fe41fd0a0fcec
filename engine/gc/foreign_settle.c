/* foreign_settle.c - after a collection by a policy: everything in order again, whatever it did
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/foreign.h"

#include <glib/gi18n-lib.h>

/* ---- every page, every object ------------------------------------------------------------------------------------ */

typedef void (*PageFunction) (HpGc *self, HpHeapPage *page);
typedef void (*ObjectFunction) (HpGc *self, HpAddress address);

static void
for_each_page (HpGc *self, PageFunction function)
{
  for (HpSpace space = HP_SPACE_NONE + 1; space < HP_N_SPACES; space++)
    for (guint i = 0; i < hp_foreign_pages (self, space)->len; i++)
      function (self, g_ptr_array_index (hp_foreign_pages (self, space), i));
}

static HpAddress
next_object (const HpHeapPage *page, HpAddress after)
{
  return after + 1 < hp_heap_page_end (page) ? hp_foreign_next (page, after + 1) : 0;
}

static void
for_each_object (HpGc *self, HpHeapPage *page, ObjectFunction function)
{
  for (HpAddress at = hp_foreign_next (page, hp_heap_page_start (page)); at != 0; at = next_object (page, at))
    function (self, at);
}

/* ---- what may not stay where it is ------------------------------------------------------------------------------- */

/* From-space must be empty, come what may: the old generation may pass its maximum here, and the run ends after. */
static void
empty_from_space (HpGc *self)
{
  HpHeap *heap = self->heap;
  GPtrArray *pages = hp_foreign_pages (self, hp_gc_from_space (self));
  gboolean is_blamed = FALSE;

  heap->always_allocate = TRUE;
  for (guint i = 0; i < pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (pages, i);
      HpAddress at;

      while ((at = hp_foreign_next (page, hp_heap_page_start (page))) != 0)
        {
          HpRef ref = hp_heap_ref_at (heap, at);

          if (!is_blamed)
            hp_collector_blame_rule (self->collector,
                                     HP_RULE_FROM_SPACE,
                                     ref,
                                     HP_NO_SLOT,
                                     HP_REF_NONE,
                                     _ ("object %u was left in from-space; it was promoted, as all that were"),
                                     ref);
          is_blamed = TRUE;
          hp_gc_copy (self, ref, HP_PLACEMENT_OLD);
        }
    }
  heap->always_allocate = FALSE;
}

/* Freed large objects take their chunk with them; young ones that stay join the old generation. */
static void
settle_large_objects (HpGc *self, HpSpace space)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_copy (hp_foreign_pages (self, space), NULL, NULL);

  for (guint i = 0; i < pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (pages, i);
      HpAddress object = hp_foreign_next (page, hp_heap_page_start (page));

      if (object == 0)
        {
          g_ptr_array_remove (hp_foreign_pages (self, space), page);
          hp_heap_remove_page (self->heap, page);
        }
      else if (space == HP_SPACE_NEW_LARGE)
        hp_gc_copy (self, hp_heap_ref_at (self->heap, object), HP_PLACEMENT_OLD);
    }
}

/* ---- weak slots and ephemerons ----------------------------------------------------------------------------------- */

static gboolean
is_dead (HpGc *self, HpRef ref, gboolean white_too)
{
  return hp_heap_address_of (self->heap, ref) == 0 || (white_too && hp_gc_colour (self, ref) == HP_COLOUR_WHITE);
}

static void
clear_value (HpGc *self, HpRef table, guint32 slot)
{
  const HpGcPolicy *policy = &self->collector->policy;
  guint64 word = *hp_foreign_slot (self, hp_heap_address_of (self->heap, table), slot);
  HpRef value = hp_foreign_target (word);

  if (word == 0)
    return;
  if (value != HP_REF_NONE && policy->stored != NULL)
    policy->stored (self->collector->policy_self, &self->collector->context, table, slot, value, HP_REF_NONE);
  hp_foreign_clear_slot (self, table, slot, HP_VALUE_NOTHING);
}

static void
clear_table (HpGc *self, HpRef table, gboolean white_too)
{
  HpAddress address = hp_heap_address_of (self->heap, table);
  const HpLayout *layout = hp_heap_layout (self->heap, *hp_heap_words (self->heap, address));
  guint32 n = hp_heap_count_slots (self->heap, hp_heap_words (self->heap, address));

  for (guint32 key = layout->n_slots; key < n; key += 2)
    {
      HpRef ref = hp_foreign_target (*hp_foreign_slot (self, address, key));

      if (ref == HP_REF_NONE || !is_dead (self, ref, white_too))
        continue;
      hp_foreign_clear_slot (self, table, key, HP_VALUE_NOTHING);
      if (key + 1 < n)
        clear_value (self, table, key + 1);
    }
}

static void
clear_weak_slot (HpGc *self, HpRef host, gboolean white_too)
{
  HpAddress address = hp_heap_address_of (self->heap, host);
  HpRef target = hp_foreign_target (*hp_foreign_slot (self, address, 0));

  if (target == HP_REF_NONE || !is_dead (self, target, white_too))
    return;
  hp_foreign_clear_slot (self, host, 0, hp_value_undefined ());
  if (hp_heap_layout (self->heap, *hp_heap_words (self->heap, address))->references == HP_REFERENCES_FINALIZED)
    g_array_append_val (self->cleanup, host);
}

void
hp_foreign_clear_weak (HpGc *self, gboolean white_too)
{
  for (guint i = 0; i < self->tables->len; i++)
    if (!is_dead (self, g_array_index (self->tables, HpRef, i), white_too))
      clear_table (self, g_array_index (self->tables, HpRef, i), white_too);
  for (guint i = 0; i < self->weak->len; i++)
    if (!is_dead (self, g_array_index (self->weak, HpRef, i), white_too))
      clear_weak_slot (self, g_array_index (self->weak, HpRef, i), white_too);
}

static void
queue_for_cleanup (HpGc *self)
{
  HpWeak *weak = &self->collector->weak;

  for (guint i = 0; i < self->cleanup->len; i++)
    {
      HpAddress address = hp_heap_address_of (self->heap, g_array_index (self->cleanup, HpRef, i));

      if (address != 0)
        g_queue_push_tail (weak->cleanup, GUINT_TO_POINTER (hp_root_pool_hold (&weak->roots, self->heap, address)));
    }
}

/* ---- slots name addresses again ---------------------------------------------------------------------------------- */

/* Which rule a policy breaks that frees what slot @slot of the object at @host refers to. */
static HpRule
rule_of_slot (const HpGc *self, HpAddress host, guint32 slot)
{
  const HpLayout *layout = hp_heap_layout (self->heap, *hp_heap_words (self->heap, host));

  if (layout->references == HP_REFERENCES_EPHEMERONS && slot >= layout->n_slots)
    return HP_RULE_EPHEMERONS;
  if (self->kind == HP_COLLECTION_YOUNG && !hp_space_is_young (hp_heap_space_of (self->heap, host)))
    return HP_RULE_REMEMBERED_SET;
  return HP_RULE_NO_DANGLING;
}

static void
clear_dangling_slot (HpGc *self, HpAddress host, guint32 slot, HpRef target)
{
  HpRef ref = hp_heap_ref_at (self->heap, host);

  hp_collector_blame_rule (self->collector,
                           rule_of_slot (self, host, slot),
                           ref,
                           slot,
                           target,
                           _ ("object %u was freed, but slot %u of object %u refers to it"),
                           target,
                           slot,
                           ref);
  hp_foreign_clear_slot (self, ref, slot, hp_value_undefined ());
}

static void
settle_slots (HpGc *self, HpAddress host)
{
  guint32 n = hp_heap_count_slots (self->heap, hp_heap_words (self->heap, host));

  for (guint32 slot = 0; slot < n; slot++)
    {
      guint64 *word = hp_foreign_slot (self, host, slot);
      HpRef target = hp_foreign_target (*word);
      HpAddress address = target != HP_REF_NONE ? hp_heap_address_of (self->heap, target) : 0;

      if (address != 0)
        *word = hp_word_from_ref_address (address);
      else if (target != HP_REF_NONE)
        clear_dangling_slot (self, host, slot, target);
    }
}

static void
settle_object (HpGc *self, HpAddress address)
{
  guint64 *object = hp_heap_words (self->heap, address);

  settle_slots (self, address);
  if (hp_map_colour (object[0]) != HP_COLOUR_WHITE)
    hp_heap_set_colour (self->heap, object, HP_COLOUR_WHITE);
}

static void
settle_objects (HpGc *self, HpHeapPage *page)
{
  for_each_object (self, page, settle_object);
}

static void
settle_root (gpointer data, HpVisit kind, guint32 holder, guint64 *slot)
{
  HpGc *self = data;
  HpRef target = hp_foreign_target (*slot);

  if (target != HP_REF_NONE)
    *slot = hp_word_from_ref_address (hp_heap_address_of (self->heap, target));
}

/* ---- pages can be walked again ----------------------------------------------------------------------------------- */

static void
fill (HpGc *self, const HpHeapPage *page, HpAddress from, HpAddress end)
{
  HpFreeArea area = { from, end - from };

  if (from == end)
    return;
  if (page->space == HP_SPACE_OLD && self->collector->gaps == NULL)
    {
      hp_free_list_add (self->heap, &self->heap->old.free_list, from, end - from);
      return;
    }
  *hp_heap_words (self->heap, from) = hp_filler_word (end - from);
  if (page->space == HP_SPACE_OLD)
    g_array_append_val (self->collector->gaps, area);
}

/* Fillers between the objects of @page, but not behind the last. Returns where that one ends. */
static HpAddress
fill_gaps (HpGc *self, HpHeapPage *page)
{
  HpAddress end = hp_heap_page_start (page);

  for (HpAddress at = hp_foreign_next (page, end); at != 0; at = next_object (page, at))
    {
      fill (self, page, end, at);
      end = at + hp_heap_size_words (self->heap, hp_heap_words (self->heap, at));
    }
  return end;
}

static gint
by_address (gconstpointer a, gconstpointer b)
{
  const HpFreeArea *x = a, *y = b;

  return x->address < y->address ? -1 : x->address > y->address;
}

/* As V8 does: one page without objects is kept, the others are released; all of them, if it is the policy that says
 * where to allocate, since it would have to know which one. */
static void
settle_old_space (HpGc *self)
{
  HpHeap *heap = self->heap;
  g_autoptr (GPtrArray) pages = g_ptr_array_copy (heap->old.pages, NULL, NULL);
  gboolean kept_empty_page = self->collector->gaps != NULL;

  hp_free_list_reset (&heap->old.free_list);
  if (self->collector->gaps != NULL)
    g_array_set_size (self->collector->gaps, 0);
  for (guint i = 0; i < pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (pages, i);

      if (page->used_words == 0 && kept_empty_page)
        {
          hp_old_space_remove_page (heap, page);
          continue;
        }
      kept_empty_page |= page->used_words == 0;
      fill (self, page, fill_gaps (self, page), hp_heap_page_end (page));
    }
  if (self->collector->gaps != NULL)
    g_array_sort (self->collector->gaps, by_address);
}

/* The page of to-space that allocation goes on in: the last one that holds an object. */
static guint
find_current_page (const GPtrArray *pages)
{
  guint i = pages->len;

  while (i-- > 1)
    if (((const HpHeapPage *) g_ptr_array_index (pages, i))->used_words > 0)
      return i;
  return 0;
}

static void
settle_new_space (HpGc *self)
{
  HpNewSpace *young = &self->heap->young;
  GPtrArray *pages = young->pages[young->to];

  young->current = find_current_page (pages);
  for (guint i = 0; i < pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (pages, i);

      page->parked = 0;
      page->top = fill_gaps (self, page);
      if (i < young->current)
        {
          fill (self, page, page->top, hp_heap_page_end (page));
          page->top = hp_heap_page_end (page);
        }
      else if (i == young->current)
        {
          young->top = page->top;
          young->limit = young->end = hp_heap_page_end (page); /* nobody marks in steps */
        }
    }
  for (guint i = 0; i < young->pages[!young->to]->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (young->pages[!young->to], i);

      page->top = hp_heap_page_start (page);
    }
}

/* ---- the remembered set ------------------------------------------------------------------------------------------ */

typedef struct
{
  HpGc *gc;
  HpHeapPage *page;
} PageSlots;

static gboolean
points_to_young (const HpHeap *heap, guint64 word)
{
  return hp_word_is_ref (word) && hp_space_is_young (hp_heap_space_of (heap, hp_word_address (word)));
}

static gboolean
keep_slot (gpointer data, guint32 index)
{
  PageSlots *self = data;
  HpHeap *heap = self->gc->heap;
  HpAddress slot = self->page->address + index;

  if (points_to_young (heap, *hp_heap_words (heap, slot)))
    return TRUE;
  hp_heap_tell_forgotten (heap, hp_foreign_previous (self->page, slot), slot);
  return FALSE;
}

static void
remember_slots (HpGc *self, HpAddress host)
{
  const guint64 *object = hp_heap_words (self->heap, host);
  guint32 first = hp_heap_layout (self->heap, object[0])->first_slot;
  guint32 n = hp_heap_count_slots (self->heap, object);

  for (guint32 i = first; i < first + n; i++)
    if (points_to_young (self->heap, object[i]))
      hp_heap_remember (self->heap, host, host + i, hp_word_address (object[i]));
}

static void
settle_remembered (HpGc *self, HpHeapPage *page)
{
  PageSlots slots = { self, page };

  if (hp_space_is_young (page->space))
    return;
  if (page->old_to_new.buckets != NULL)
    hp_slot_set_filter (&page->old_to_new, 0, page->size_words, keep_slot, &slots);
  if (page->young_keys.buckets != NULL)
    hp_slot_set_filter (&page->young_keys, 0, page->size_words, keep_slot, &slots);
  for_each_object (self, page, remember_slots);
}

static void
drop_starts (HpGc *self, HpHeapPage *page)
{
  g_clear_pointer (&page->starts, g_free);
}

/* ---- the order of it --------------------------------------------------------------------------------------------- */

void
hp_foreign_settle (HpGc *self)
{
  empty_from_space (self);
  settle_large_objects (self, HP_SPACE_NEW_LARGE);
  settle_large_objects (self, HP_SPACE_LARGE);
  hp_foreign_clear_weak (self, FALSE);
  for_each_page (self, settle_objects);
  hp_heap_visit_roots_quietly (self->heap, settle_root, self);
  settle_old_space (self);
  settle_new_space (self);
  for_each_page (self, settle_remembered);
  for_each_page (self, drop_starts);
  queue_for_cleanup (self);
  hp_new_space_set_age_mark (self->heap);
}
