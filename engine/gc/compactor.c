/* compactor.c - moving what lives in new space and in fragmented pages, and redirecting the slots that point there
 *
 * Candidates are chosen when marking starts, from what the last sweep left (V8: CollectEvacuationCandidates).
 * Evacuation copies through the free list of the other pages; a candidate for which there is no room is *aborted*: what
 * moved stays moved, the rest stays, and the page is swept in the end.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/limits.h"
#include "gc/phases.h"

/* ---- choosing ---------------------------------------------------------------------------------------------------- */

static guint64
used_bytes (const HpHeapPage *page)
{
  return (guint64) page->used_words * HP_WORD_BYTES;
}

static gint
by_used_words (gconstpointer a, gconstpointer b)
{
  const HpHeapPage *x = *(HpHeapPage *const *) a;
  const HpHeapPage *y = *(HpHeapPage *const *) b;

  if (x->used_words != y->used_words)
    return x->used_words < y->used_words ? -1 : 1;
  return x->address < y->address ? -1 : x->address > y->address;
}

/* V8: ComputeEvacuationHeuristics; 4 MB, and 12 MB to reduce memory. */
static guint64
quota (const HpCollector *self)
{
  return self->config.compaction_quota * (self->reduces_memory ? 3 : 1);
}

static guint
fragmentation_percent (const HpCollector *self, guint64 usable)
{
  return self->reduces_memory ? HP_LIMITS_LEAST_FRAGMENTATION
                              : hp_limits_fragmentation_percent (usable, self->compaction_speed);
}

/* Pages with enough free memory, the emptiest first, as far as the quota reaches; none if no page would be gained. */
static GPtrArray *
choose_by_default (HpCollector *self, const HpHeapPage *area_page)
{
  GPtrArray *pages = self->heap->old.pages;
  GPtrArray *chosen = g_ptr_array_new ();
  guint64 sum = 0, usable = 0;
  guint n = 0;

  for (guint i = 0; i < pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (pages, i);

      usable = hp_heap_page_usable_bytes (page);
      if (page != area_page && (usable - used_bytes (page)) * 100 >= usable * fragmentation_percent (self, usable))
        g_ptr_array_add (chosen, page);
    }
  g_ptr_array_sort (chosen, by_used_words);
  while (n < chosen->len && sum + used_bytes (g_ptr_array_index (chosen, n)) <= quota (self))
    sum += used_bytes (g_ptr_array_index (chosen, n++));
  if (n == 0 || n == (sum + usable - 1) / usable)
    n = 0;
  g_ptr_array_set_size (chosen, (gint) n);
  return chosen;
}

static gboolean
is_wanted (HpCollector *self, const HpHeapPage *page, gboolean by_default)
{
  HpEvacuationChoice choice = { page->address, hp_heap_page_usable_bytes (page), used_bytes (page), by_default };

  if (self->policy.evacuate_page == NULL)
    return by_default;
  return self->policy.evacuate_page (self->policy_self, &self->context, &choice);
}

void
hp_compactor_select (HpCollector *self)
{
  HpHeap *heap = self->heap;
  const HpHeapPage *area_page = heap->old.limit > heap->old.top ? hp_heap_page_of (heap, heap->old.top) : NULL;
  g_autoptr (GPtrArray) chosen = NULL;

  hp_old_space_close_area (heap);
  if (!self->config.compact)
    return;
  chosen = choose_by_default (self, area_page);
  for (guint i = 0; i < heap->old.pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (heap->old.pages, i);

      if (page != area_page && is_wanted (self, page, g_ptr_array_find (chosen, page, NULL)))
        {
          hp_heap_set_page_flags (heap, page, HP_HEAP_PAGE_CANDIDATE);
          self->has_candidates = TRUE;
        }
    }
  if (self->has_candidates)
    hp_free_list_evict_candidates (heap, &heap->old.free_list);
}

/* ---- moving ------------------------------------------------------------------------------------------------------ */

/* Move the live object at @from into old space, and make it white there. FALSE: no room. */
static gboolean
migrate (HpCollector *self, HpAddress from, guint32 words)
{
  HpHeap *heap = self->heap;
  HpAddress to = hp_old_space_allocate (heap, words);

  if (to == 0)
    return FALSE;
  if (self->sites->len > 0)
    hp_pretenuring_find_memento (self, from, words);
  hp_heap_forget_object (heap, from, words);
  hp_heap_move_object (heap, from, to, words);
  hp_heap_set_colour (heap, hp_heap_words (heap, to), HP_COLOUR_WHITE);
  g_array_append_val (self->migrated, to);
  return TRUE;
}

/* Empty @page: live objects move, dead ones are freed. FALSE: stopped half-way for lack of room. */
static gboolean
evacuate_page (HpCollector *self, HpHeapPage *page)
{
  HpHeap *heap = self->heap;
  HpAddress at = hp_heap_page_start (page);

  while (at < page->top)
    {
      const guint64 *object = hp_heap_words (heap, at);
      guint32 words = hp_heap_size_words (heap, object);

      if ((object[0] & HP_MAP_FILLER) == 0)
        {
          if (hp_map_colour (object[0]) == HP_COLOUR_WHITE)
            {
              hp_heap_forget_object (heap, at, words);
              hp_heap_free_object (heap, at, words);
              hp_heap_words (heap, at)[0] = hp_filler_word (words);
            }
          else if (!migrate (self, at, words))
            return FALSE;
        }
      at += words;
    }
  return TRUE;
}

/* New space must be emptied, come what may: the old generation may pass its maximum here, and the run ends after. */
static void
evacuate_new_space (HpCollector *self)
{
  HpHeap *heap = self->heap;
  GPtrArray *from;

  hp_new_space_flip (heap);
  hp_promotion_relink_pages (self);
  from = heap->young.pages[!heap->young.to];
  heap->always_allocate = TRUE;
  for (guint i = 0; i < from->len; i++)
    {
      gboolean emptied = evacuate_page (self, g_ptr_array_index (from, i));

      g_assert (emptied);
    }
  heap->always_allocate = FALSE;
}

static void
evacuate_candidates (HpCollector *self)
{
  HpHeap *heap = self->heap;
  g_autoptr (GPtrArray) pages = g_ptr_array_copy (heap->old.pages, NULL, NULL);

  for (guint i = 0; i < pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (pages, i);

      if ((page->flags & HP_HEAP_PAGE_CANDIDATE) != 0)
        page->is_aborted = !evacuate_page (self, page);
    }
}

void
hp_compactor_evacuate (HpCollector *self)
{
  hp_collector_enter_phase (self, HP_PHASE_EVACUATE);
  evacuate_new_space (self);
  evacuate_candidates (self);
}

/* ---- redirecting slots ------------------------------------------------------------------------------------------- */

/* Follow the forwarding address of a moved target. Returns whether there was one. */
static gboolean
update_word (HpHeap *heap, guint64 *word)
{
  guint64 map;

  if (!hp_word_is_ref (*word))
    return FALSE;
  map = *hp_heap_words (heap, hp_word_address (*word));
  if ((map & HP_MAP_FORWARDED) == 0)
    return FALSE;
  *word = hp_word_from_ref_address (hp_map_low (map));
  return TRUE;
}

static void
update_root (gpointer data, HpVisit kind, guint32 holder, guint64 *slot)
{
  update_word (data, slot);
}

static void
update_slot (HpHeap *heap, HpAddress host, HpAddress slot)
{
  guint64 *word = hp_heap_words (heap, slot);

  hp_heap_touch (heap, slot, 1, TRUE);
  if (update_word (heap, word) && heap->emitter->listening)
    hp_emit_slot (heap->emitter,
                  HP_EVENT_UPDATE,
                  0,
                  hp_heap_slot_index (heap, host, slot),
                  hp_heap_ref_at (heap, host),
                  hp_heap_ref_at (heap, hp_word_address (*word)),
                  0);
}

static void
update_object (HpHeap *heap, HpAddress host)
{
  guint64 *object = hp_heap_words (heap, host);
  guint32 first = hp_heap_layout (heap, object[0])->first_slot;
  guint32 n = hp_heap_count_slots (heap, object);

  for (guint32 i = first; i < first + n; i++)
    if (hp_word_is_ref (object[i]))
      update_slot (heap, host, host + i);
}

typedef struct
{
  HpHeap *heap;
  HpHeapPage *page;
  HpAddress cursor;
} PageSlots;

static gboolean
update_old_to_old (gpointer data, guint32 index)
{
  PageSlots *self = data;
  HpAddress slot = self->page->address + index;
  HpAddress host = self->heap->emitter->listening ? hp_heap_find_holder (self->heap, &self->cursor, slot) : 0;

  update_slot (self->heap, host, slot);
  return FALSE;
}

/* No young object is left, so every slot leaves the remembered set. */
static gboolean
update_old_to_new (gpointer data, guint32 index)
{
  PageSlots *self = data;
  HpHeap *heap = self->heap;
  HpAddress slot = self->page->address + index;
  HpAddress host = heap->emitter->listening ? hp_heap_find_holder (heap, &self->cursor, slot) : 0;
  guint64 word;

  update_slot (heap, host, slot);
  word = *hp_heap_words (heap, slot);
  if (heap->emitter->listening)
    hp_emit_slot (heap->emitter,
                  HP_EVENT_FORGET,
                  0,
                  hp_heap_slot_index (heap, host, slot),
                  hp_heap_ref_at (heap, host),
                  hp_heap_word_ref (heap, word),
                  0);
  return FALSE;
}

static void
update_page_slots (HpHeap *heap, GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (pages, i);
      PageSlots slots = { heap, page, hp_heap_page_start (page) };

      hp_slot_set_filter (&page->old_to_new, 0, page->size_words, update_old_to_new, &slots);
      slots.cursor = hp_heap_page_start (page);
      hp_slot_set_filter (&page->young_keys, 0, page->size_words, update_old_to_new, &slots);
      slots.cursor = hp_heap_page_start (page);
      hp_slot_set_filter (&page->old_to_old, 0, page->size_words, update_old_to_old, &slots);
      hp_slot_set_clear (&page->old_to_new);
      hp_slot_set_clear (&page->young_keys);
      hp_slot_set_clear (&page->old_to_old);
    }
}

/* Slots of what stayed in an aborted page were not recorded: look at all of them. */
static void
update_aborted_page (HpHeap *heap, const HpHeapPage *page)
{
  HpAddress at = hp_heap_page_start (page);

  while (at < page->top)
    {
      const guint64 *object = hp_heap_words (heap, at);
      gboolean stayed = (object[0] & (HP_MAP_FILLER | HP_MAP_FORWARDED)) == 0;

      if (stayed && hp_map_colour (object[0]) == HP_COLOUR_BLACK)
        update_object (heap, at);
      at += hp_heap_size_words (heap, object);
    }
}

void
hp_compactor_update_slots (HpCollector *self)
{
  HpHeap *heap = self->heap;

  hp_collector_enter_phase (self, HP_PHASE_UPDATE);
  hp_heap_visit_roots (heap, update_root, heap);
  for (guint i = 0; i < self->migrated->len; i++)
    update_object (heap, g_array_index (self->migrated, HpAddress, i));
  for (guint i = 0; i < heap->old.pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (heap->old.pages, i);

      if (page->is_aborted)
        update_aborted_page (heap, page);
    }
  update_page_slots (heap, heap->old.pages);
  update_page_slots (heap, heap->large.pages);
}

/* ---- afterwards -------------------------------------------------------------------------------------------------- */

void
hp_compactor_finish (HpCollector *self)
{
  HpHeap *heap = self->heap;
  GPtrArray *from = heap->young.pages[!heap->young.to];
  g_autoptr (GPtrArray) pages = g_ptr_array_copy (heap->old.pages, NULL, NULL);

  g_array_set_size (self->migrated, 0);
  self->has_candidates = FALSE;
  for (guint i = 0; i < from->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (from, i);

      page->top = page->age_limit = hp_heap_page_start (page);
    }
  for (guint i = 0; i < pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (pages, i);

      if (page->is_aborted)
        {
          page->is_aborted = FALSE;
          hp_sweeper_sweep_page (self, page);
        }
      else if ((page->flags & HP_HEAP_PAGE_CANDIDATE) != 0)
        hp_old_space_remove_page (heap, page);
    }
  hp_promotion_finish (self);
}
