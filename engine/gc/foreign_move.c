/* foreign_move.c - moving and freeing objects as a policy that collects wants it, after looking whether it may
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/foreign.h"

#include <glib/gi18n-lib.h>

/* ---- what all of them ask ---------------------------------------------------------------------------------------- */

/* The address of @ref; 0, and the policy's fault, when it is not alive. */
static HpAddress
find_object (HpGc *self, const char *primitive, HpRef ref)
{
  HpAddress address = hp_heap_address_of (self->heap, ref);

  if (address == 0)
    hp_collector_blame (self->collector, _ ("%s: object %u is not alive"), primitive, ref);
  return address;
}

static guint32
words_of (const HpGc *self, HpAddress address)
{
  return hp_heap_size_words (self->heap, hp_heap_words (self->heap, address));
}

static gboolean
is_large (const HpHeapPage *page)
{
  return page->space == HP_SPACE_LARGE || page->space == HP_SPACE_NEW_LARGE;
}

static void
relocate (HpGc *self, HpAddress from, HpAddress to, guint32 words)
{
  hp_foreign_forget (self, from, words);
  hp_foreign_remove_start (hp_heap_page_of (self->heap, from), from);
  hp_heap_relocate_object (self->heap, from, to, words);
  hp_foreign_add_start (hp_heap_page_of (self->heap, to), to);
}

/* ---- flip -------------------------------------------------------------------------------------------------------- */

gboolean
hp_gc_flip (HpGc *self)
{
  HpHeap *heap = self->heap;

  if (heap->counters->used_bytes[hp_gc_from_space (self)] > 0)
    {
      hp_collector_blame (self->collector, _ ("flip: from-space, which would be to-space, is not empty"));
      return FALSE;
    }
  /* Only the page allocated in last has its top elsewhere; from here on, what is in a page is what its starts say. */
  hp_new_space_flip (heap);
  self->to_page = 0;
  self->to_top = hp_heap_page_start (g_ptr_array_index (heap->young.pages[heap->young.to], 0));
  return TRUE;
}

/* ---- copy -------------------------------------------------------------------------------------------------------- */

static HpAddress
room_in_to_space (HpGc *self, guint32 words)
{
  const GPtrArray *pages = hp_foreign_pages (self, hp_gc_to_space (self));

  for (; self->to_page < pages->len; self->to_page++, self->to_top = 0)
    {
      const HpHeapPage *page = g_ptr_array_index (pages, self->to_page);
      HpAddress from = MAX (self->to_top, hp_heap_page_start (page));
      HpAddress gap = hp_foreign_find_gap (self, page, from, words);

      if (gap != 0)
        {
          self->to_top = gap + words;
          return gap;
        }
      if (self->to_page + 1 == pages->len)
        break; /* a smaller object may fit yet */
    }
  return 0;
}

static HpAddress
room_in_old_space (HpGc *self, guint32 words)
{
  const GPtrArray *pages = self->heap->old.pages;

  for (;; self->old_page++, self->old_top = 0)
    {
      const HpHeapPage *page;
      HpAddress gap;

      if (self->old_page >= pages->len && hp_old_space_add_page (self->heap) == NULL)
        return 0;
      page = g_ptr_array_index (pages, self->old_page);
      gap = hp_foreign_find_gap (self, page, MAX (self->old_top, hp_heap_page_start (page)), words);
      if (gap != 0)
        {
          self->old_top = gap + words;
          return gap;
        }
    }
}

static gboolean
relink (HpGc *self, HpHeapPage *page)
{
  if (page->space == HP_SPACE_NEW_LARGE)
    {
      g_ptr_array_remove (self->heap->young_large.pages, page);
      hp_large_space_promote (self->heap, page);
    }
  return TRUE;
}

gboolean
hp_gc_copy (HpGc *self, HpRef ref, HpPlacement placement)
{
  HpAddress address = find_object (self, "copy", ref);
  guint32 words;
  HpAddress to = 0;

  if (address == 0)
    return FALSE;
  if (is_large (hp_heap_page_of (self->heap, address)))
    return relink (self, hp_heap_page_of (self->heap, address));
  words = words_of (self, address);
  if (placement != HP_PLACEMENT_OLD)
    to = room_in_to_space (self, words);
  if (to == 0)
    to = room_in_old_space (self, words);
  if (to == 0)
    return FALSE;
  relocate (self, address, to, words);
  return TRUE;
}

/* ---- move -------------------------------------------------------------------------------------------------------- */

static HpHeapPage *
find_page (const HpGc *self, HpAddress to, guint32 words)
{
  HpHeapPage *page = to >> self->heap->page_shift < self->heap->n_entries ? hp_heap_page_of (self->heap, to) : NULL;

  if (page == NULL || (page->space != HP_SPACE_OLD && page->space != hp_gc_to_space (self)))
    return NULL;
  return to >= hp_heap_page_start (page) && to <= hp_heap_page_end (page) && words <= hp_heap_page_end (page) - to
             ? page
             : NULL;
}

gboolean
hp_gc_move (HpGc *self, HpRef ref, HpAddress to)
{
  HpAddress from = find_object (self, "move", ref);
  HpHeapPage *page;

  if (from == 0 || from == to)
    return from != 0;
  page = is_large (hp_heap_page_of (self->heap, from)) ? NULL : find_page (self, to, words_of (self, from));
  if (page == NULL)
    {
      hp_collector_blame (self->collector, _ ("move: %#x is no place for object %u"), to, ref);
      return FALSE;
    }
  if (!hp_foreign_is_free (self, page, to, words_of (self, from), from))
    {
      hp_collector_blame_rule (self->collector,
                               HP_RULE_NO_OVERLAP,
                               ref,
                               HP_NO_SLOT,
                               HP_REF_NONE,
                               _ ("move: object %u would lie on another one at %#x"),
                               ref,
                               to);
      return FALSE;
    }
  relocate (self, from, to, words_of (self, from));
  return TRUE;
}

/* ---- free -------------------------------------------------------------------------------------------------------- */

static gboolean
may_be_freed (HpGc *self, HpRef ref)
{
  if (hp_gc_colour (self, ref) != HP_COLOUR_WHITE)
    hp_collector_blame_rule (
        self->collector, HP_RULE_MARKED_KEPT, ref, HP_NO_SLOT, HP_REF_NONE, _ ("free: object %u is marked"), ref);
  else if (g_hash_table_contains (self->rooted, GUINT_TO_POINTER (ref)))
    hp_collector_blame_rule (self->collector,
                             HP_RULE_NOTHING_LOST,
                             ref,
                             HP_NO_SLOT,
                             HP_REF_NONE,
                             _ ("free: a root refers to object %u"),
                             ref);
  else
    return TRUE;
  return FALSE;
}

gboolean
hp_gc_free (HpGc *self, HpRef ref)
{
  HpAddress address = find_object (self, "free", ref);
  guint32 words;

  if (address == 0 || !may_be_freed (self, ref))
    return FALSE;
  words = words_of (self, address);
  hp_foreign_forget (self, address, words);
  hp_foreign_remove_start (hp_heap_page_of (self->heap, address), address);
  hp_heap_free_object (self->heap, address, words);
  return TRUE;
}

static void
free_white (gpointer data, HpGc *gc, HpRef object)
{
  if (hp_gc_colour (gc, object) == HP_COLOUR_WHITE)
    hp_gc_free (gc, object);
}

void
hp_gc_free_unmarked (HpGc *self, HpSpace space)
{
  hp_gc_enter_phase (self, HP_PHASE_SWEEP);
  for (HpSpace each = HP_SPACE_NONE + 1; each < HP_N_SPACES; each++)
    if (space == HP_SPACE_NONE || space == each)
      hp_gc_visit_objects (self, each, free_white, NULL);
}
