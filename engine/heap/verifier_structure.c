/* verifier_structure.c - the rules of memory itself: pages, refs, accounts and free lists
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/verifier_private.h"

#include <glib/gi18n-lib.h>

/* ---- walking ----------------------------------------------------------------------------------------------------- */

/* no-overlap: from the first usable word of a page to its top, each object or filler ends where the next one begins. */
static gboolean
ends_inside_page (HpVerification *self, const HpHeapPage *page, HpAddress address, guint64 words, HpAddress end)
{
  const guint64 *object = hp_heap_words (self->heap, address);
  HpRef ref = object[0] & HP_MAP_FILLER ? HP_REF_NONE : hp_map_low (object[0]);

  if (words >= 1 && words <= end - address)
    return TRUE;
  return hp_verification_break (self,
                                HP_RULE_NO_OVERLAP,
                                ref,
                                HP_NO_SLOT,
                                HP_REF_NONE,
                                _ ("objects overlap: the one at %#x reaches over the end of its heap page at %#x"),
                                address,
                                page->address);
}

/* The same: an object has a shape that was defined; anything else is not the beginning of an object. */
static gboolean
has_shape (HpVerification *self, HpAddress address)
{
  guint64 map = *hp_heap_words (self->heap, address);

  if ((map & HP_MAP_FILLER) != 0 || hp_definitions_shape (self->heap->emitter->definitions, hp_map_shape (map)) != NULL)
    return TRUE;
  return hp_verification_break (self,
                                HP_RULE_NO_OVERLAP,
                                HP_REF_NONE,
                                HP_NO_SLOT,
                                HP_REF_NONE,
                                _ ("objects overlap: what begins at %#x is no object"),
                                address);
}

/* In 64 bits, since a damaged length may be anything. */
static guint64
measure (const HpHeap *heap, const guint64 *object)
{
  const HpLayout *layout;

  if (object[0] & HP_MAP_FILLER)
    return hp_map_low (object[0]);
  layout = hp_heap_layout (heap, object[0]);
  return hp_layout_size_words (layout, layout->tail == HP_TAIL_NONE ? 0 : (guint32) object[1]);
}

static HpWalked
look_at (const HpVerification *self, HpHeapPage *page, HpAddress address, guint32 words)
{
  const guint64 *object = hp_heap_words (self->heap, address);

  return (HpWalked){ page,
                     address,
                     object,
                     hp_heap_layout (self->heap, object[0]),
                     words,
                     hp_heap_count_slots (self->heap, object),
                     hp_heap_is_unswept (self->heap, address) };
}

static gboolean
apply_rules (HpVerification *self, const HpWalked *walked, const HpObjectRule *rules, guint n_rules)
{
  for (guint i = 0; i < n_rules; i++)
    if (!rules[i](self, walked))
      return FALSE;
  return TRUE;
}

static gboolean
walk_page (HpVerification *self, HpHeapPage *page, const HpObjectRule *rules, guint n_rules)
{
  HpAddress end = hp_heap_page_top (self->heap, page);
  HpAddress at = hp_heap_page_start (page);

  while (at < end)
    {
      const guint64 *object = hp_heap_words (self->heap, at);
      guint64 words;

      if (!has_shape (self, at))
        return FALSE;
      words = measure (self->heap, object);
      if (!ends_inside_page (self, page, at, words, end))
        return FALSE;
      if ((object[0] & HP_MAP_FILLER) != 0)
        hp_address_set_add (&self->fillers, at);
      else
        {
          HpWalked walked = look_at (self, page, at, (guint32) words);

          if (!apply_rules (self, &walked, rules, n_rules))
            return FALSE;
        }
      at += (guint32) words;
    }
  return TRUE;
}

static gboolean
walk_pages (HpVerification *self, const GPtrArray *pages, const HpObjectRule *rules, guint n_rules)
{
  for (guint i = 0; i < pages->len; i++)
    if (!walk_page (self, g_ptr_array_index (pages, i), rules, n_rules))
      return FALSE;
  return TRUE;
}

gboolean
hp_verification_walk (HpVerification *self, const HpObjectRule *rules, guint n_rules)
{
  HpHeap *heap = self->heap;

  return walk_pages (self, heap->young.pages[0], rules, n_rules)
         && walk_pages (self, heap->young.pages[1], rules, n_rules)
         && walk_pages (self, heap->old.pages, rules, n_rules) && walk_pages (self, heap->large.pages, rules, n_rules)
         && walk_pages (self, heap->young_large.pages, rules, n_rules);
}

/* ---- objects and their places ------------------------------------------------------------------------------------ */

static gboolean
note_object (HpVerification *self, const HpWalked *walked)
{
  if (walked->is_doomed)
    self->doomed_bytes += (guint64) walked->words * HP_WORD_BYTES;
  else
    hp_address_set_add (&self->objects, walked->address);
  self->bytes[walked->page->space] += (guint64) walked->words * HP_WORD_BYTES;
  self->n_objects++;
  return TRUE;
}

/* known-place: the object is the one that its ref names. */
static gboolean
is_known_by_its_ref (HpVerification *self, const HpWalked *walked)
{
  HpRef ref = hp_map_low (walked->object[0]);

  if (walked->object[0] & HP_MAP_FORWARDED)
    return hp_verification_break (self,
                                  HP_RULE_KNOWN_PLACE,
                                  HP_REF_NONE,
                                  HP_NO_SLOT,
                                  HP_REF_NONE,
                                  _ ("a moved object's old copy at %#x is not free"),
                                  walked->address);
  if (hp_heap_address_of (self->heap, ref) == walked->address)
    return TRUE;
  return hp_verification_break (self,
                                HP_RULE_KNOWN_PLACE,
                                ref,
                                HP_NO_SLOT,
                                HP_REF_NONE,
                                _ ("object %u at %#x is not where its ref says"),
                                ref,
                                walked->address);
}

/* from-space-empty */
static gboolean
is_outside_from_space (HpVerification *self, const HpWalked *walked)
{
  HpRef ref = hp_map_low (walked->object[0]);

  if (walked->page->space != hp_new_space_from (&self->heap->young))
    return TRUE;
  return hp_verification_break (
      self, HP_RULE_FROM_SPACE, ref, HP_NO_SLOT, HP_REF_NONE, _ ("object %u is in from-space"), ref);
}

gboolean
hp_verification_check_pages (HpVerification *self)
{
  static const HpObjectRule RULES[] = { is_known_by_its_ref, is_outside_from_space, note_object };

  return hp_verification_walk (self, RULES, G_N_ELEMENTS (RULES));
}

/* ---- accounts ---------------------------------------------------------------------------------------------------- */

G_GNUC_PRINTF (3, 4)
static gboolean
break_account (HpVerification *self, HpRule rule, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return hp_verification_break (self, rule, HP_REF_NONE, HP_NO_SLOT, HP_REF_NONE, "%s", sentence);
}

/* bytes: what the spaces hold is what was accounted, and together what was allocated and not yet freed. */
static gboolean
bytes_add_up (HpVerification *self)
{
  const HpCounters *counters = self->heap->counters;
  guint64 sum = 0;

  for (HpSpace space = HP_SPACE_NONE; space < HP_N_SPACES; space++)
    {
      if (self->bytes[space] != counters->used_bytes[space])
        return break_account (self,
                              HP_RULE_BYTES,
                              _ ("%s holds %.0f bytes of objects, but %.0f are accounted"),
                              hp_space_name (space),
                              (double) self->bytes[space],
                              (double) counters->used_bytes[space]);
      sum += self->bytes[space];
    }
  if (sum != counters->live_bytes || counters->allocated_bytes - counters->freed_bytes != sum)
    return break_account (self, HP_RULE_BYTES, _ ("allocated minus freed bytes are not what the spaces hold"));
  return self->doomed_bytes == self->heap->old.unswept_dead_bytes
         || break_account (self,
                           HP_RULE_BYTES,
                           _ ("%.0f bytes of dead objects wait to be swept, but %.0f are accounted"),
                           (double) self->doomed_bytes,
                           (double) self->heap->old.unswept_dead_bytes);
}

/* known-place, the other way round: each living ref names one of the objects that were found. */
static gboolean
refs_add_up (HpVerification *self)
{
  guint64 n = hp_ref_table_count (&self->heap->refs);

  return n == self->n_objects
         || break_account (self,
                           HP_RULE_KNOWN_PLACE,
                           _ ("%.0f refs are alive, but the heap holds %.0f objects"),
                           (double) n,
                           (double) self->n_objects);
}

static guint32
count_used_words (const HpHeap *heap, const HpHeapPage *page)
{
  HpAddress end = hp_heap_page_top (heap, page);
  guint32 sum = 0;

  for (HpAddress at = hp_heap_page_start (page); at < end;)
    {
      const guint64 *object = hp_heap_words (heap, at);
      guint32 words = hp_heap_size_words (heap, object);

      if ((object[0] & HP_MAP_FILLER) == 0)
        sum += words;
      at += words;
    }
  return sum;
}

/* bytes, page by page. */
static gboolean
pages_add_up (HpVerification *self, const GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++)
    {
      const HpHeapPage *page = g_ptr_array_index (pages, i);
      guint32 words = count_used_words (self->heap, page);

      if (words != page->used_words || words > page->usable_words)
        return break_account (self,
                              HP_RULE_BYTES,
                              _ ("the heap page at %#x holds %u words of objects, but %u of %u are accounted"),
                              page->address,
                              words,
                              page->used_words,
                              page->usable_words);
    }
  return TRUE;
}

/* ---- free lists -------------------------------------------------------------------------------------------------- */

static gboolean
is_free_block (HpVerification *self, HpAddress block, guint category)
{
  guint32 words;

  if (!hp_address_set_contains (&self->fillers, block) || hp_heap_space_of (self->heap, block) != HP_SPACE_OLD)
    return break_account (self, HP_RULE_FREE_LISTS, _ ("the free list leads to %#x, which is not free"), block);
  words = hp_map_low (*hp_heap_words (self->heap, block));
  if (words < HP_FREE_MIN_WORDS || hp_free_list_category (words) != category)
    return break_account (
        self, HP_RULE_FREE_LISTS, _ ("the free block at %#x of %u words is in the wrong category"), block, words);
  return TRUE;
}

/* free-lists: every block is a filler of its category, none is there twice, and their words are those accounted. */
static gboolean
free_lists_hold_free_memory (HpVerification *self)
{
  const HpFreeList *list = &self->heap->old.free_list;
  guint64 words = 0;

  for (guint category = 0; category < HP_FREE_CATEGORIES; category++)
    for (HpAddress block = list->heads[category]; block != 0; block = (HpAddress) hp_heap_words (self->heap, block)[1])
      {
        if (!is_free_block (self, block, category))
          return FALSE;
        words += hp_map_low (*hp_heap_words (self->heap, block));
        if (words > list->free_words) /* also ends a list that bites its tail */
          break;
      }
  return words == list->free_words
         || break_account (self,
                           HP_RULE_FREE_LISTS,
                           _ ("the free lists hold %.0f words, but %.0f are accounted"),
                           (double) words,
                           (double) list->free_words);
}

gboolean
hp_verification_check_accounts (HpVerification *self)
{
  HpHeap *heap = self->heap;

  return bytes_add_up (self) && refs_add_up (self) && pages_add_up (self, heap->young.pages[0])
         && pages_add_up (self, heap->young.pages[1]) && pages_add_up (self, heap->old.pages)
         && pages_add_up (self, heap->large.pages) && pages_add_up (self, heap->young_large.pages)
         && free_lists_hold_free_memory (self);
}
