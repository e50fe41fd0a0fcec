/* heap.c - the heap as a whole, and the life of one object: made, written, moved, freed
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/heap.h"

#include <string.h>

HpHeap *
hp_heap_new (const HpHeapConfig *config,
             HpEmitter *emitter,
             HpCounters *counters,
             HpAddressSpace *address_space,
             HpPager *pager,
             GError **error)
{
  HpHostMemory memory;
  HpHeap *self;

  if (!hp_host_memory_reserve (&memory, error))
    return NULL;
  self = g_new0 (HpHeap, 1);
  self->memory = memory;
  self->config = *config;
  self->page_shift = (guint) __builtin_ctz (config->page_words);
  self->page_mask = config->page_words - 1;
  self->emitter = emitter;
  self->counters = counters;
  self->address_space = address_space;
  self->pager = pager;
  hp_ref_table_init (&self->refs);
  self->old.pages = g_ptr_array_new ();
  self->old.unswept = g_ptr_array_new ();
  self->large.pages = g_ptr_array_new ();
  self->young_large.pages = g_ptr_array_new ();
  hp_new_space_init (self, config->semi_pages);
  return self;
}

static void
free_pages (GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++)
    hp_heap_page_free (g_ptr_array_index (pages, i));
  g_ptr_array_unref (pages);
}

void
hp_heap_free (HpHeap *self)
{
  if (self == NULL)
    return;
  free_pages (self->young.pages[0]);
  free_pages (self->young.pages[1]);
  free_pages (self->old.pages);
  g_ptr_array_unref (self->old.unswept);
  free_pages (self->large.pages);
  free_pages (self->young_large.pages);
  hp_ref_table_clear (&self->refs);
  hp_roots_clear (&self->roots);
  hp_external_clear (&self->external);
  g_free (self->layouts);
  g_free (self->spaces);
  g_free (self->pages);
  hp_host_memory_clear (&self->memory);
  g_free (self);
}

void
hp_heap_define_shape (HpHeap *self, const HpShape *shape)
{
  HpLayout layout;

  if (shape->id >= self->n_layouts)
    {
      self->n_layouts = MAX (64, shape->id * 2);
      self->layouts = g_renew (HpLayout, self->layouts, self->n_layouts);
    }
  layout = hp_layout_of_shape (shape);
  if (!self->asks_at_allocation && shape->tail == HP_TAIL_NONE && shape->references == HP_REFERENCES_STRONG
      && hp_layout_size_words (&layout, 0) <= self->config.max_regular_words)
    layout.young_words = (guint32) hp_layout_size_words (&layout, 0);
  self->layouts[shape->id] = layout;
  self->n_shapes = shape->id;
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

void
hp_heap_count_new_objects (HpHeap *self)
{
  HpNewSpace *young = &self->young;
  HpHeapPage *page = g_ptr_array_index (young->pages[young->to], young->current);
  guint64 bytes = (guint64) young->uncounted_words * HP_WORD_BYTES;

  page->used_words += young->uncounted_words;
  self->counters->objects = self->refs.last;
  self->counters->allocated_bytes += bytes;
  self->counters->live_bytes += bytes;
  self->counters->used_bytes[page->space] += bytes;
  young->uncounted_words = 0;
}

static void
count_move (HpCounters *counters, HpSpace from, HpSpace to, guint64 bytes)
{
  counters->used_bytes[from] -= bytes;
  counters->used_bytes[to] += bytes;
  if (!hp_space_is_young (from))
    counters->compacted_bytes += bytes;
  else if (hp_space_is_young (to))
    counters->copied_bytes += bytes;
  else
    counters->promoted_bytes += bytes;
}

/* The object with the map word @map is at @to now, and no longer at @from. */
static void
enter_new_place (HpHeap *self, guint64 map, HpAddress from, HpAddress to, guint32 words)
{
  HpHeapPage *source = hp_heap_page_of (self, from);
  HpHeapPage *target = hp_heap_page_of (self, to);
  gboolean ages = hp_space_is_young (source->space);

  *hp_heap_words (self, to) = ages ? hp_map_older (map) : map;
  hp_ref_table_move (&self->refs, hp_map_low (map), to);
  source->used_words -= words;
  target->used_words += words;
  count_move (self->counters, source->space, target->space, (guint64) words * HP_WORD_BYTES);
  hp_emit (self->emitter,
           HP_EVENT_MOVE,
           HP_MOVE_SPACES (source->space, target->space) | (ages ? HP_MOVE_AGES : 0),
           hp_map_low (map),
           from,
           to);
}

void
hp_heap_move_object (HpHeap *self, HpAddress from, HpAddress to, guint32 words)
{
  guint64 *source = hp_heap_words (self, from);
  guint64 *target = hp_heap_words (self, to);
  guint64 map = source[0];

  hp_heap_touch (self, from, words, FALSE);
  hp_heap_touch (self, to, words, TRUE);
  for (guint32 i = 1; i < words; i++)
    target[i] = source[i];
  source[0] = hp_map_forwarded_to (map, to);
  enter_new_place (self, map, from, to, words);
}

void
hp_heap_relocate_object (HpHeap *self, HpAddress from, HpAddress to, guint32 words)
{
  hp_heap_touch (self, from, words, FALSE);
  hp_heap_touch (self, to, words, TRUE);
  memmove (hp_heap_words (self, to), hp_heap_words (self, from), (gsize) words * HP_WORD_BYTES);
  enter_new_place (self, *hp_heap_words (self, to), from, to, words);
}

void
hp_heap_promote_in_place (HpHeap *self, HpAddress address, guint32 words, HpSpace from)
{
  guint64 *object = hp_heap_words (self, address);
  HpSpace to = hp_heap_space_of (self, address);

  object[0] = hp_map_older (object[0]);
  count_move (self->counters, from, to, (guint64) words * HP_WORD_BYTES);
  hp_emit (
      self->emitter, HP_EVENT_MOVE, HP_MOVE_SPACES (from, to) | HP_MOVE_AGES, hp_map_low (object[0]), address, address);
}

void
hp_heap_free_object (HpHeap *self, HpAddress address, guint32 words)
{
  HpHeapPage *page = hp_heap_page_of (self, address);
  HpRef ref = hp_heap_ref_at (self, address);
  guint64 bytes = (guint64) words * HP_WORD_BYTES;

  page->used_words -= words;
  self->counters->freed_bytes += bytes;
  self->counters->live_bytes -= bytes;
  self->counters->used_bytes[page->space] -= bytes;
  hp_ref_table_remove (&self->refs, ref);
  hp_emit (self->emitter, HP_EVENT_FREE, page->space, ref, address, 0);
}

void
hp_heap_set_colour (HpHeap *self, guint64 *object, HpColour colour)
{
  hp_emit (self->emitter,
           HP_EVENT_COLOUR,
           (guint32) colour | (guint32) hp_map_colour (object[0]) << 8,
           hp_map_low (object[0]),
           0,
           0);
  object[0] = hp_map_with_colour (object[0], colour);
}

/* ---- slots ------------------------------------------------------------------------------------------------------- */

HpRef
hp_heap_target_ref (const HpHeap *self, HpAddress target)
{
  guint64 map;

  if (hp_heap_page_of (self, target) == NULL)
    return HP_REF_NONE;
  map = *hp_heap_words (self, target);
  if (map & HP_MAP_FILLER)
    return HP_REF_NONE;
  return map & HP_MAP_FORWARDED ? hp_heap_ref_at (self, hp_map_low (map)) : hp_map_low (map);
}

guint32
hp_heap_slot_index (const HpHeap *self, HpAddress host, HpAddress slot)
{
  return slot - host - hp_heap_layout (self, *hp_heap_words (self, host))->first_slot;
}

static void
emit_slot_event (HpHeap *self, HpEventType type, HpAddress host, HpAddress slot, HpRef target)
{
  hp_emit_slot (self->emitter, type, 0, hp_heap_slot_index (self, host, slot), hp_heap_ref_at (self, host), target, 0);
}

HpSlotSet *
hp_heap_remembered_set (const HpHeap *self, HpHeapPage *page, HpAddress host, HpAddress slot)
{
  const HpLayout *layout = hp_heap_layout (self, *hp_heap_words (self, host));

  return hp_layout_is_key (layout, slot - host) ? &page->young_keys : &page->old_to_new;
}

void
hp_heap_tell_forgotten (HpHeap *self, HpAddress host, HpAddress slot)
{
  if (self->emitter->listening)
    emit_slot_event (self, HP_EVENT_FORGET, host, slot, hp_heap_word_ref (self, *hp_heap_words (self, slot)));
}

void
hp_heap_remember (HpHeap *self, HpAddress host, HpAddress slot, HpAddress target)
{
  HpHeapPage *page = hp_heap_page_of (self, slot);

  HpSlotSet *slots = hp_heap_remembered_set (self, page, host, slot);

  if (!hp_slot_set_insert (slots, page->size_words, slot - page->address) || !self->emitter->listening)
    return;
  emit_slot_event (self, HP_EVENT_REMEMBER, host, slot, hp_heap_ref_at (self, target));
}

void
hp_heap_tell_store (HpHeap *self, HpAddress host, guint32 index, guint64 old_word, guint64 word)
{
  HpValue old_value = hp_heap_value_of_word (self, old_word);
  HpValue value = hp_heap_value_of_word (self, word);

  hp_emit_slot (self->emitter,
                HP_EVENT_SLOT,
                HP_KINDS (old_value.kind, value.kind),
                index,
                hp_heap_ref_at (self, host),
                old_value.payload,
                value.payload);
}

typedef struct
{
  HpHeap *heap;
  HpHeapPage *page;
  HpAddress host;
} Forgetting;

static gboolean
forget_slot (gpointer data, guint32 index)
{
  Forgetting *self = data;

  hp_heap_tell_forgotten (self->heap, self->host, self->page->address + index);
  return FALSE;
}

void
hp_heap_forget_object (HpHeap *self, HpAddress host, guint32 words)
{
  HpHeapPage *page = hp_heap_page_of (self, host);
  Forgetting forgetting = { self, page, host };
  guint32 first = host - page->address;

  if (page->old_to_new.buckets != NULL)
    hp_slot_set_filter (&page->old_to_new, first, first + words, forget_slot, &forgetting);
  if (page->young_keys.buckets != NULL)
    hp_slot_set_filter (&page->young_keys, first, first + words, forget_slot, &forgetting);
}

HpAddress
hp_heap_find_holder (const HpHeap *self, HpAddress *cursor, HpAddress address)
{
  guint32 words = hp_heap_size_words (self, hp_heap_words (self, *cursor));

  while (*cursor + words <= address)
    {
      *cursor += words;
      words = hp_heap_size_words (self, hp_heap_words (self, *cursor));
    }
  return *cursor;
}

static void
visit_roots (HpHeap *self, gboolean quietly, HpRootVisit visit, gpointer data)
{
  if (self->roots.visit_stack != NULL)
    self->roots.visit_stack (self->roots.stack, quietly, visit, data);
  visit (data, HP_VISIT_ROOT, 0, &self->roots.accumulator);
  for (guint32 id = 1; id < self->roots.n; id++)
    visit (data, HP_VISIT_ROOT, id, &self->roots.words[id]);
}

void
hp_heap_visit_roots (HpHeap *self, HpRootVisit visit, gpointer data)
{
  visit_roots (self, FALSE, visit, data);
}

void
hp_heap_visit_roots_quietly (HpHeap *self, HpRootVisit visit, gpointer data)
{
  visit_roots (self, TRUE, visit, data);
}
