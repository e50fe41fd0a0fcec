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
#define PREFETCH_DISTANCE 8
#define SMALL_OBJECT_WORDS 6
#define LAB_SHARE 4 /* objects above a fourth of a buffer do without one */

/**
 * Survivors are copied into *buffers* that are cut from to-space (V8: local allocation buffers of 32 KB,
 * src/heap/evacuation-allocator.h). A buffer does not cross pages, so a page keeps a tail that none fits into.
 */
typedef struct
{
  HpCollector *collector;
  HpHeap *heap;
  HpSpace from;
  gboolean cheney_order;
  gboolean has_sites;          /* the program allocates at sites */
  HpAddress start, top, limit; /* the buffer: objects not yet counted, and what is free */
  guint32 buffer_words;
  guint32 max_buffered_words;
  gboolean no_more_buffers;
  guint64 copied_words, promoted_words;
  /* Cheney's scan pointer */
  guint scan_page;
  HpAddress scan;
} Scavenger;

/* Where @told is a constant FALSE nobody looks on: no listener, no pager, no marking, no policy to ask. */

/* ---- room -------------------------------------------------------------------------------------------------------- */

/* Objects fill the buffer from @start to @top. */
static void
count_buffer (Scavenger *self)
{
  if (self->top > self->start)
    hp_heap_page_of (self->heap, self->start)->used_words += self->top - self->start;
  self->copied_words += self->top - self->start;
  self->start = self->top;
}

static void
close_buffer (Scavenger *self)
{
  count_buffer (self);
  if (self->top < self->limit)
    *hp_heap_words (self->heap, self->top) = hp_filler_word (self->limit - self->top);
}

/* A buffer that follows on the last one continues it. */
static gboolean
open_buffer (Scavenger *self)
{
  HpAddress start = self->no_more_buffers ? 0 : hp_heap_reserve_young (self->heap, self->buffer_words);

  self->no_more_buffers = start == 0;
  if (start == 0)
    return FALSE;
  if (start != self->limit)
    {
      close_buffer (self);
      self->start = self->top = start;
    }
  self->limit = start + self->buffer_words;
  return TRUE;
}

static HpAddress
reserve_without_buffer (Scavenger *self, guint32 words)
{
  HpAddress to = hp_heap_reserve_young (self->heap, words);

  if (to == 0)
    return 0;
  hp_heap_page_of (self->heap, to)->used_words += words;
  self->copied_words += words;
  return to;
}

static inline G_ALWAYS_INLINE gboolean
buffer_has_room (const Scavenger *self, guint32 words)
{
  return self->limit - self->top >= words && words <= self->max_buffered_words;
}

static HpAddress
reserve_in_new_space (Scavenger *self, guint32 words)
{
  if (words > self->max_buffered_words)
    return reserve_without_buffer (self, words);
  if (!buffer_has_room (self, words) && !open_buffer (self))
    return 0;
  self->top += words;
  return self->top - words;
}

static HpAddress
reserve_in_old_space (Scavenger *self, guint32 words)
{
  HpAddress to = hp_old_space_allocate (self->heap, words);

  if (to == 0)
    return 0;
  hp_heap_page_of (self->heap, to)->used_words += words;
  self->promoted_words += words;
  return to;
}

/* Give back what the last buffer has left, if nothing follows on it. */
static void
return_buffer (Scavenger *self)
{
  HpNewSpace *young = &self->heap->young;

  if (self->limit != 0 && self->limit == young->top)
    {
      count_buffer (self);
      young->top = self->top;
    }
  else
    close_buffer (self);
}

/* Room in the wanted space, in the other one, or in the last resort above the maximum: then the run is over. */
static HpAddress
find_room (Scavenger *self, guint32 words, gboolean promote)
{
  HpAddress to = promote ? reserve_in_old_space (self, words) : reserve_in_new_space (self, words);

  if (G_UNLIKELY (to == 0))
    to = promote ? reserve_in_new_space (self, words) : reserve_in_old_space (self, words);
  if (G_UNLIKELY (to == 0))
    {
      self->collector->fatal = "Scavenger: semi-space copy";
      self->heap->always_allocate = TRUE;
      to = reserve_in_old_space (self, words);
    }
  return to;
}

static inline G_ALWAYS_INLINE HpAddress
room (Scavenger *self, guint32 words, gboolean promote)
{
  HpAddress to = self->top;

  if (G_UNLIKELY (promote || !buffer_has_room (self, words)))
    return find_room (self, words, promote);
  self->top = to + words;
  return to;
}

/* ---- one object -------------------------------------------------------------------------------------------------- */

static gboolean
ask_for_promotion (Scavenger *self, const guint64 *object, guint32 words, gboolean below_age_mark)
{
  const HpGcPolicy *policy = &self->collector->policy;
  HpSurvivor survivor = { hp_definitions_shape (self->heap->emitter->definitions, hp_map_shape (object[0])),
                          (guint64) words * HP_WORD_BYTES,
                          hp_map_age (object[0]),
                          below_age_mark };
  HpFate fate = policy->survivor_fate (self->collector->policy_self, &self->collector->context, &survivor);

  if ((guint) fate > HP_FATE_PROMOTE)
    hp_collector_blame (self->collector, _ ("survivor_fate answered %d: expected a fate, 0 to 2"), (int) fate);
  return fate == HP_FATE_PROMOTE || (fate != HP_FATE_KEEP && below_age_mark);
}

static inline G_ALWAYS_INLINE gboolean
wants_promotion (Scavenger *self, HpAddress address, const guint64 *object, guint32 words, gboolean told)
{
  gboolean below_age_mark = address < hp_heap_page_of (self->heap, address)->age_limit;

  if (told && self->collector->policy.survivor_fate != NULL)
    return ask_for_promotion (self, object, words, below_age_mark);
  return below_age_mark;
}

static void
tell_move (Scavenger *self, HpAddress from, HpAddress to, guint32 words, HpRef ref)
{
  HpSpace space = hp_heap_space_of (self->heap, to);

  hp_heap_touch (self->heap, from, words, FALSE);
  hp_heap_touch (self->heap, to, words, TRUE);
  hp_emit (self->heap->emitter, HP_EVENT_MOVE, HP_MOVE_SPACES (self->from, space) | HP_MOVE_AGES, ref, from, to);
}

/* Copy the object, and leave the forwarding address behind. Bytes are added up when the scavenge is over. */
static inline G_ALWAYS_INLINE void
move (Scavenger *self, HpAddress from, guint64 *object, HpAddress to, guint32 words, gboolean told)
{
  guint64 *target = hp_heap_words (self->heap, to);
  guint64 map = object[0];

  hp_object_copy (target, object, words);
  target[0] = hp_map_older (map);
  object[0] = hp_map_forwarded_to (map, to);
  hp_ref_table_move (&self->heap->refs, hp_map_low (map), to);
  if (told)
    tell_move (self, from, to, words, hp_map_low (map));
  if (told && self->heap->marking)
    hp_incremental_object_moved (self->collector, to, words);
}

static inline G_ALWAYS_INLINE HpAddress
evacuate (Scavenger *self, HpAddress from, guint64 *object, gboolean told)
{
  const HpLayout *layout = hp_heap_layout (self->heap, object[0]);
  guint32 words = hp_heap_size_words (self->heap, object);
  HpAddress to = room (self, words, wants_promotion (self, from, object, words, told));

  if (G_UNLIKELY (self->has_sites))
    hp_pretenuring_find_memento (self->collector, from, words);

  move (self, from, object, to, words, told);
  if (!hp_layout_has_slots (layout))
    return to;
  if (!hp_space_is_young (hp_heap_space_of (self->heap, to)))
    hp_worklist_push (&self->collector->promoted, to);
  else if (!self->cheney_order)
    hp_worklist_push (&self->collector->copied, to);
  return to;
}

/* Bring the target of a slot to safety and redirect the slot. Returns whether the target is young afterwards. */
static inline G_ALWAYS_INLINE gboolean
scavenge_slot (Scavenger *self, guint64 *slot, gboolean told)
{
  HpAddress address = hp_word_address (*slot);
  HpSpace space = hp_heap_space_of (self->heap, address);
  guint64 *object;

  if (G_UNLIKELY (space == HP_SPACE_NEW_LARGE))
    {
      hp_large_space_promote (self->heap, hp_heap_page_of (self->heap, address));
      hp_worklist_push (&self->collector->promoted_large, address);
      return FALSE;
    }
  if (space != self->from)
    return hp_space_is_young (space);
  object = hp_heap_words (self->heap, address);
  address = object[0] & HP_MAP_FORWARDED ? hp_map_low (object[0]) : evacuate (self, address, object, told);
  *slot = hp_word_from_ref_address (address);
  return hp_space_is_young (hp_heap_space_of (self->heap, address));
}

static void
tell_update (Scavenger *self, HpAddress host, HpAddress slot, HpAddress target)
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
static inline G_ALWAYS_INLINE gboolean
scavenge_slot_of (Scavenger *self, HpVisit kind, HpAddress host, HpAddress slot, guint64 *word, gboolean told)
{
  HpAddress before = hp_word_address (*word);
  gboolean listening = told && self->heap->emitter->listening;
  gboolean young;

  if (listening)
    hp_collector_visit_slot (self->collector, kind, host, slot, before);
  young = scavenge_slot (self, word, told);
  if (listening && hp_word_address (*word) != before)
    tell_update (self, host, slot, hp_word_address (*word));
  return young;
}

/* Every @step-th slot of a survivor. One that is old now remembers its slots that point to young objects. */
static inline G_ALWAYS_INLINE void
scan_slots (Scavenger *self, HpAddress host, guint32 first, guint32 end, guint32 step, gboolean is_old, gboolean told)
{
  guint64 *object = hp_heap_words (self->heap, host);

  for (guint32 i = first; i < end; i += step)
    if (hp_word_is_ref (object[i]) && scavenge_slot_of (self, HP_VISIT_SLOT, host, host + i, &object[i], told)
        && is_old)
      hp_heap_remember (self->heap, host, host + i, hp_word_address (object[i]));
}

/* Weak slots are strong here, and so are the values of ephemerons. */
static void
scan_ephemeron_table (Scavenger *self, HpAddress host, const HpLayout *layout, guint32 end, gboolean is_old)
{
  hp_weak_table_survived (self->collector, host);
  scan_slots (self, host, layout->first_slot, layout->fixed_words, 1, is_old, TRUE);
  scan_slots (self, host, layout->fixed_words + 1, end, 2, is_old, TRUE);
}

/* Scan a survivor in its new place. */
static inline G_ALWAYS_INLINE void
scan_object (Scavenger *self, HpAddress host, gboolean is_old, gboolean told)
{
  guint64 *object = hp_heap_words (self->heap, host);
  const HpLayout *layout = hp_heap_layout (self->heap, object[0]);
  guint32 end = layout->first_slot + hp_heap_count_slots (self->heap, object);

  if (told)
    hp_heap_touch (self->heap, host, MAX (end, 1), TRUE);
  if (G_LIKELY (layout->references != HP_REFERENCES_EPHEMERONS))
    scan_slots (self, host, layout->first_slot, end, 1, is_old, told);
  else
    scan_ephemeron_table (self, host, layout, end, is_old);
  if (told && is_old && self->heap->marking)
    hp_incremental_object_promoted (self->collector, host);
}

/* ---- roots ------------------------------------------------------------------------------------------------------- */

static void
scavenge_root (gpointer data, HpVisit kind, guint32 holder, guint64 *slot)
{
  Scavenger *self = data;

  if (!hp_word_is_ref (*slot))
    return;
  hp_collector_visit_root (self->collector, kind, holder, hp_word_address (*slot));
  scavenge_slot (self, slot, TRUE);
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
    young = scavenge_slot_of (scavenger, HP_VISIT_REMEMBERED, host, slot, word, TRUE);
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
  return self->cheney_order ? next_in_to_space (self, host) : hp_worklist_pop (&self->collector->copied, host);
}

static inline gboolean
next_promoted (Scavenger *self, HpAddress *host)
{
  return hp_worklist_pop (&self->collector->promoted, host) || hp_worklist_pop (&self->collector->promoted_large, host);
}

/* The line an object begins in and the one in which a small one may end. */
static inline void
prefetch_object (const guint64 *object)
{
  __builtin_prefetch (object, 1);
  __builtin_prefetch (object + SMALL_OBJECT_WORDS - 1, 1);
}

/* Ask early for the memory of what comes soon: the next objects of the list, and what the nearer ones refer to. */
static inline G_ALWAYS_INLINE void
prefetch (Scavenger *self, const HpWorklist *list)
{
  HpAddress far = hp_worklist_peek (list, 2 * PREFETCH_DISTANCE);
  HpAddress near = hp_worklist_peek (list, PREFETCH_DISTANCE);
  const HpLayout *layout;
  const guint64 *object;
  guint32 end;

  if (far != 0)
    __builtin_prefetch (hp_heap_words (self->heap, far));
  if (near == 0)
    return;
  object = hp_heap_words (self->heap, near);
  layout = hp_heap_layout (self->heap, object[0]);
  end = MIN (layout->first_slot + 2, layout->fixed_words);
  for (guint32 i = layout->first_slot; i < end; i++)
    if (hp_word_is_ref (object[i]))
      prefetch_object (hp_heap_words (self->heap, hp_word_address (object[i])));
}

static inline G_ALWAYS_INLINE void
process_work_lists (Scavenger *self, gboolean told)
{
  HpWorklist *promoted = &self->collector->promoted;
  gboolean done;
  HpAddress host;

  do
    {
      done = TRUE;
      while (hp_worklist_pushed (promoted) < SEGMENT_OF_PROMOTED / 2 && next_copied (self, &host))
        {
          if (!told)
            prefetch (self, &self->collector->copied);
          scan_object (self, host, FALSE, told);
          done = FALSE;
        }
      while (next_promoted (self, &host))
        {
          if (!told)
            prefetch (self, promoted);
          scan_object (self, host, TRUE, told);
          done = FALSE;
        }
    }
  while (!done);
}

static void
process_quietly (Scavenger *self)
{
  process_work_lists (self, FALSE);
}

static void
process_telling (Scavenger *self)
{
  process_work_lists (self, TRUE);
}

static gboolean
is_told (const HpCollector *self)
{
  return self->heap->emitter->listening || self->heap->pager != NULL || self->heap->marking
         || self->policy.survivor_fate != NULL;
}

/* ---- what is left ------------------------------------------------------------------------------------------------ */

/* What the last collection left, in the order of addresses. */
static void
free_old_survivors (Scavenger *self, HpHeapPage *page)
{
  HpHeap *heap = self->heap;
  HpAddress at = hp_heap_page_start (page);

  while (at < page->age_limit)
    {
      const guint64 *object = hp_heap_words (heap, at);

      if ((object[0] & (HP_MAP_FORWARDED | HP_MAP_FILLER)) == 0)
        {
          hp_ref_table_remove (&heap->refs, hp_map_low (object[0]));
          hp_emit (heap->emitter, HP_EVENT_FREE, self->from, hp_map_low (object[0]), at, 0);
        }
      at += hp_heap_size_words (heap, object);
    }
}

static void
free_from_chunk (Scavenger *self, HpRefChunk *chunk, HpRef first, HpRef end)
{
  HpHeap *heap = self->heap;
  guint32 n = 0;

  for (HpRef ref = first; ref < end; ref++)
    {
      HpAddress *address = &chunk->addresses[ref % HP_REFS_PER_CHUNK];

      if (hp_heap_space_of (heap, *address) != self->from)
        continue;
      hp_emit (heap->emitter, HP_EVENT_FREE, self->from, ref, *address, 0);
      *address = 0;
      n++;
    }
  chunk->n_dead += n;
  if (chunk->n_dead == HP_REFS_PER_CHUNK)
    hp_ref_table_drop_chunk (&heap->refs, first / HP_REFS_PER_CHUNK);
}

/* The objects made since the last collection have refs in a row. Nobody moved those that still are in from-space. */
static void
free_new_objects (Scavenger *self)
{
  HpRefTable *refs = &self->heap->refs;
  HpRef end = refs->last + 1;

  for (HpRef ref = self->heap->young.first_ref; ref < end;)
    {
      guint32 chunk = ref / HP_REFS_PER_CHUNK;
      HpRef chunk_end = MIN (end, (chunk + 1) * HP_REFS_PER_CHUNK);

      if (refs->chunks[chunk] != HP_NO_REFS)
        free_from_chunk (self, refs->chunks[chunk], ref, chunk_end);
      ref = chunk_end;
    }
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
    free_old_survivors (self, g_ptr_array_index (from, i));
  free_new_objects (self);
  for (guint i = 0; i < from->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (from, i);

      page->top = page->age_limit = hp_heap_page_start (page);
      page->used_words = 0;
    }
  free_large_objects (self->heap);
}

/* From-space is empty: what was neither copied nor promoted was freed. */
static void
add_up (Scavenger *self)
{
  HpCounters *counters = self->heap->counters;
  HpSpace to = hp_new_space_to (&self->heap->young);
  guint64 copied = self->copied_words * HP_WORD_BYTES;
  guint64 promoted = self->promoted_words * HP_WORD_BYTES;
  guint64 freed = counters->used_bytes[self->from] - copied - promoted;

  counters->copied_bytes += copied;
  counters->promoted_bytes += promoted;
  counters->freed_bytes += freed;
  counters->live_bytes -= freed;
  counters->used_bytes[self->from] = 0;
  counters->used_bytes[to] += copied;
  counters->used_bytes[HP_SPACE_OLD] += promoted;
}

static gboolean
wants_cheney_order (HpCollector *self)
{
  HpCopyOrder order = HP_COPY_ORDER_DEFAULT;

  if (self->policy.copy_order != NULL)
    order = self->policy.copy_order (self->policy_self, &self->context);
  if ((guint) order > HP_COPY_ORDER_CHENEY)
    hp_collector_blame (self, _ ("copy_order answered %d: expected an order, 0 to 2"), (int) order);
  return order == HP_COPY_ORDER_CHENEY || (order != HP_COPY_ORDER_BATCHES && self->config.cheney_order);
}

void
hp_scavenger_run (HpCollector *self)
{
  const HpHeapConfig *config = &self->heap->config;
  Scavenger scavenger = { .collector = self, .heap = self->heap, .cheney_order = wants_cheney_order (self) };

  if (!scavenger.cheney_order)
    scavenger.buffer_words = MIN (self->config.buffer_words, config->page_words - config->header_words);
  scavenger.has_sites = self->sites->len > 0;
  scavenger.max_buffered_words = scavenger.buffer_words / LAB_SHARE;

  hp_collector_enter_phase (self, HP_PHASE_FLIP);
  hp_new_space_flip (self->heap);
  scavenger.from = hp_new_space_from (&self->heap->young);

  hp_collector_enter_phase (self, HP_PHASE_ROOTS);
  hp_heap_visit_roots (self->heap, scavenge_root, &scavenger);
  scavenge_remembered_slots (&scavenger, self->heap->old.pages);
  scavenge_remembered_slots (&scavenger, self->heap->large.pages);

  hp_collector_enter_phase (self, HP_PHASE_COPY);
  if (is_told (self))
    process_telling (&scavenger);
  else
    process_quietly (&scavenger);
  hp_weak_after_copying (self);
  if (self->heap->marking)
    hp_incremental_after_copying (self);
  return_buffer (&scavenger);

  hp_collector_enter_phase (self, HP_PHASE_FINISH);
  free_the_dead (&scavenger);
  add_up (&scavenger);
  hp_new_space_set_age_mark (self->heap);
}
