/* verifier.c - one function for each rule that holds between collections
 *
 * First all pages are walked and the start of each object is noted; the rules then ask these notes. Each rule returns
 * TRUE, or writes what is wrong and returns FALSE.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/verifier.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  HpHeap *heap;
  GHashTable *starts; /* HpHeapPage -> HpSlotSet of the words where objects start */
  guint64 bytes[HP_N_SPACES];
  guint64 n_objects;
  char *violation;
} Verifier;

typedef gboolean (*ObjectRule) (Verifier *self, HpHeapPage *page, HpAddress address, guint32 words);

static gboolean broken (Verifier *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
broken (Verifier *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (self->violation == NULL)
    self->violation = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return FALSE;
}

/* ---- walking ----------------------------------------------------------------------------------------------------- */

static gboolean
walk_page (Verifier *self, HpHeapPage *page, ObjectRule rule)
{
  HpAddress end = hp_heap_page_top (self->heap, page);
  HpAddress at = hp_heap_page_start (page);

  while (at < end)
    {
      const guint64 *object = hp_heap_words (self->heap, at);
      guint32 words = hp_heap_size_words (self->heap, object);

      if (words == 0 || words > end - at)
        return broken (self, _ ("objects overlap: the one at %#x reaches over the end of its page"), at);
      if ((object[0] & HP_MAP_FILLER) == 0 && !rule (self, page, at, words))
        return FALSE;
      at += words;
    }
  return TRUE;
}

static gboolean
walk_pages (Verifier *self, GPtrArray *pages, ObjectRule rule)
{
  for (guint i = 0; i < pages->len; i++)
    if (!walk_page (self, g_ptr_array_index (pages, i), rule))
      return FALSE;
  return TRUE;
}

static gboolean
walk_heap (Verifier *self, ObjectRule rule)
{
  HpHeap *heap = self->heap;

  return walk_pages (self, heap->young.pages[0], rule) && walk_pages (self, heap->young.pages[1], rule)
         && walk_pages (self, heap->old.pages, rule) && walk_pages (self, heap->large.pages, rule)
         && walk_pages (self, heap->young_large.pages, rule);
}

static gboolean
is_object (const Verifier *self, HpAddress address)
{
  HpHeapPage *page;
  const HpSlotSet *starts;

  if (address >> self->heap->page_shift >= self->heap->n_entries)
    return FALSE;
  page = hp_heap_page_of (self->heap, address);
  starts = page != NULL ? g_hash_table_lookup (self->starts, page) : NULL;
  return starts != NULL && hp_slot_set_contains (starts, address - page->address);
}

/* ---- rules for each object --------------------------------------------------------------------------------------- */

static gboolean
note_object (Verifier *self, HpHeapPage *page, HpAddress address, guint32 words)
{
  HpSlotSet *starts = g_hash_table_lookup (self->starts, page);

  if (starts == NULL)
    {
      starts = g_new0 (HpSlotSet, 1);
      g_hash_table_insert (self->starts, page, starts);
    }
  hp_slot_set_insert (starts, page->size_words, address - page->address);
  self->bytes[page->space] += (guint64) words * HP_WORD_BYTES;
  self->n_objects++;
  return TRUE;
}

static gboolean
is_known_by_its_ref (Verifier *self, HpHeapPage *page, HpAddress address, guint32 words)
{
  guint64 map = *hp_heap_words (self->heap, address);

  if (map & HP_MAP_FORWARDED)
    return broken (self, _ ("a moved object's old copy at %#x is not free"), address);
  if (hp_heap_address_of (self->heap, hp_map_low (map)) != address)
    return broken (self, _ ("object %u at %#x is not where its ref says"), hp_map_low (map), address);
  return TRUE;
}

static gboolean
is_white (Verifier *self, HpHeapPage *page, HpAddress address, guint32 words)
{
  guint64 map = *hp_heap_words (self->heap, address);

  if (hp_map_colour (map) != HP_COLOUR_WHITE && (page->flags & HP_HEAP_PAGE_TO_SWEEP) == 0)
    return broken (self, _ ("object %u is still marked although no collection is under way"), hp_map_low (map));
  return TRUE;
}

static gboolean
is_outside_from_space (Verifier *self, HpHeapPage *page, HpAddress address, guint32 words)
{
  if (page->space == hp_new_space_from (&self->heap->young))
    return broken (self, _ ("object %u is in from-space"), hp_heap_ref_at (self->heap, address));
  return TRUE;
}

static gboolean
points_to_objects (Verifier *self, HpHeapPage *page, HpAddress address, guint32 words)
{
  const guint64 *object = hp_heap_words (self->heap, address);
  guint32 first = hp_heap_layout (self->heap, object[0])->first_slot;
  guint32 n = hp_heap_count_slots (self->heap, object);

  if (hp_heap_is_unswept (self->heap, address))
    return TRUE;
  for (guint32 i = 0; i < n; i++)
    if (hp_word_is_ref (object[first + i]) && !is_object (self, hp_word_address (object[first + i])))
      return broken (self,
                     _ ("slot %u of object %u points to free memory at %#x"),
                     i,
                     hp_map_low (object[0]),
                     hp_word_address (object[first + i]));
  return TRUE;
}

static gboolean
remembers_young_targets (Verifier *self, HpHeapPage *page, HpAddress address, guint32 words)
{
  const guint64 *object = hp_heap_words (self->heap, address);
  guint32 first = hp_heap_layout (self->heap, object[0])->first_slot;
  guint32 n = hp_heap_count_slots (self->heap, object);

  if (hp_space_is_young (page->space) || hp_heap_is_unswept (self->heap, address))
    return TRUE;
  for (guint32 i = first; i < first + n; i++)
    if (hp_word_is_ref (object[i]) && hp_space_is_young (hp_heap_space_of (self->heap, hp_word_address (object[i])))
        && !hp_slot_set_contains (hp_heap_remembered_set (self->heap, page, address, address + i),
                                  address + i - page->address))
      return broken (self,
                     _ ("slot %u of object %u points from old to young, but is not remembered"),
                     i - first,
                     hp_map_low (object[0]));
  return TRUE;
}

/* ---- rules for the whole ----------------------------------------------------------------------------------------- */

static gboolean
bytes_add_up (Verifier *self)
{
  const HpCounters *counters = self->heap->counters;
  guint64 sum = 0;

  for (HpSpace space = HP_SPACE_NONE; space < HP_N_SPACES; space++)
    {
      if (self->bytes[space] != counters->used_bytes[space])
        return broken (self,
                       _ ("%s holds %.0f bytes of objects, but %.0f are accounted"),
                       hp_space_name (space),
                       (double) self->bytes[space],
                       (double) counters->used_bytes[space]);
      sum += self->bytes[space];
    }
  if (sum != counters->live_bytes || counters->allocated_bytes - counters->freed_bytes != sum)
    return broken (self, _ ("allocated minus freed bytes are not what the spaces hold"));
  return TRUE;
}

static gboolean
refs_add_up (Verifier *self)
{
  const HpRefTable *refs = &self->heap->refs;
  guint64 n = 0;

  for (guint32 i = 0; i < refs->n_chunks; i++)
    if (refs->chunks[i] != NULL)
      n += refs->chunks[i]->n_live;
  if (n != self->n_objects)
    return broken (
        self, _ ("%.0f refs are alive, but the heap holds %.0f objects"), (double) n, (double) self->n_objects);
  return TRUE;
}

static gboolean
pages_add_up (Verifier *self)
{
  GHashTableIter iter;
  HpHeapPage *page;

  /* The order of the table does not show: any page that fails is reported by the rule below as the lowest one. */
  HpHeapPage *worst = NULL;
  g_hash_table_iter_init (&iter, self->starts);
  while (g_hash_table_iter_next (&iter, (gpointer *) &page, NULL))
    if (page->used_words > page->usable_words && (worst == NULL || page->address < worst->address))
      worst = page;
  return worst == NULL || broken (self, _ ("the heap page at %#x holds more than it can"), worst->address);
}

static gboolean
is_free_block (Verifier *self, HpAddress block, guint category)
{
  guint64 map;

  if (block >> self->heap->page_shift >= self->heap->n_entries || hp_heap_page_of (self->heap, block) == NULL)
    return broken (self, _ ("the free list leads to %#x, which is no memory"), block);
  map = *hp_heap_words (self->heap, block);
  if ((map & HP_MAP_FILLER) == 0 || hp_heap_space_of (self->heap, block) != HP_SPACE_OLD)
    return broken (self, _ ("the free list leads to %#x, which is not free"), block);
  if (hp_free_list_category (hp_map_low (map)) != category)
    return broken (self, _ ("the free block at %#x is in the wrong category"), block);
  return TRUE;
}

static gboolean
free_lists_hold_free_memory (Verifier *self)
{
  const HpFreeList *list = &self->heap->old.free_list;
  guint64 words = 0;

  for (guint category = 0; category < HP_FREE_CATEGORIES; category++)
    for (HpAddress block = list->heads[category]; block != 0;)
      {
        if (!is_free_block (self, block, category))
          return FALSE;
        words += hp_map_low (*hp_heap_words (self->heap, block));
        block = (HpAddress) hp_heap_words (self->heap, block)[1];
      }
  return words == list->free_words || broken (self, _ ("the free lists hold other than the accounted words"));
}

static void
verify_root (gpointer data, HpVisit kind, guint32 holder, guint64 *slot)
{
  Verifier *self = data;

  if (hp_word_is_ref (*slot) && !is_object (self, hp_word_address (*slot)))
    broken (self,
            kind == HP_VISIT_STACK ? _ ("stack slot %u points to free memory at %#x")
                                   : _ ("root %u points to free memory at %#x"),
            holder,
            hp_word_address (*slot));
}

static gboolean
roots_point_to_objects (Verifier *self)
{
  hp_heap_visit_roots_quietly (self->heap, verify_root, self);
  return self->violation == NULL;
}

static void
free_starts (gpointer data)
{
  hp_slot_set_clear (data);
  g_free (data);
}

char *
hp_verifier_run (HpHeap *heap)
{
  Verifier self = { .heap = heap };

  self.starts = g_hash_table_new_full (NULL, NULL, NULL, free_starts);
  (void) (walk_heap (&self, note_object) && walk_heap (&self, is_known_by_its_ref) && walk_heap (&self, is_white)
          && walk_heap (&self, is_outside_from_space) && roots_point_to_objects (&self)
          && walk_heap (&self, points_to_objects) && walk_heap (&self, remembers_young_targets) && bytes_add_up (&self)
          && refs_add_up (&self) && pages_add_up (&self) && free_lists_hold_free_memory (&self));
  g_hash_table_unref (self.starts);
  return self.violation;
}
