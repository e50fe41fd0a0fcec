/* foreign.c - a whole collection by a policy: before, during and after; what policies may call is in collection.h
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/foreign.h"

/* ---- before: slots name their targets by ref --------------------------------------------------------------------- */

static guint64
ref_of_address (const HpHeap *heap, guint64 word)
{
  return hp_word_is_ref (word) ? hp_word_from_ref_address (hp_heap_ref_at (heap, hp_word_address (word))) : word;
}

static void
note_weak_things (HpGc *self, HpAddress object)
{
  HpRef ref = hp_heap_ref_at (self->heap, object);

  switch ((HpReferences) hp_heap_layout (self->heap, *hp_heap_words (self->heap, object))->references)
    {
    case HP_REFERENCES_WEAK:
    case HP_REFERENCES_FINALIZED:
      g_array_append_val (self->weak, ref);
      break;
    case HP_REFERENCES_EPHEMERONS:
      g_array_append_val (self->tables, ref);
      break;
    default:
      break;
    }
}

static void
take_object (HpGc *self, HpHeapPage *page, HpAddress address)
{
  guint64 *object = hp_heap_words (self->heap, address);
  guint32 first = hp_heap_layout (self->heap, object[0])->first_slot;
  guint32 n = hp_heap_count_slots (self->heap, object);

  hp_foreign_add_start (page, address);
  note_weak_things (self, address);
  for (guint32 i = first; i < first + n; i++)
    object[i] = ref_of_address (self->heap, object[i]);
}

static gboolean
note_remembered (gpointer data, guint32 index)
{
  struct
  {
    HpGc *gc;
    HpHeapPage *page;
  } *at = data;
  HpHeap *heap = at->gc->heap;
  HpAddress host = hp_foreign_previous (at->page, at->page->address + index);
  HpGcSlot slot = { hp_heap_ref_at (heap, host), hp_heap_slot_index (heap, host, at->page->address + index) };

  g_array_append_val (at->gc->remembered, slot);
  return TRUE;
}

static void
take_page (HpGc *self, HpHeapPage *page)
{
  HpAddress end = hp_heap_page_top (self->heap, page);
  struct
  {
    HpGc *gc;
    HpHeapPage *page;
  } at = { self, page };

  for (HpAddress address = hp_heap_page_start (page); address < end;)
    {
      const guint64 *object = hp_heap_words (self->heap, address);
      guint32 words = hp_heap_size_words (self->heap, object);

      if ((object[0] & HP_MAP_FILLER) == 0)
        take_object (self, page, address);
      address += words;
    }
  if (page->old_to_new.buckets != NULL)
    hp_slot_set_filter (&page->old_to_new, 0, page->size_words, note_remembered, &at);
}

static void
take_root (gpointer data, HpVisit kind, guint32 holder, guint64 *slot)
{
  HpGc *self = data;

  if (!hp_word_is_ref (*slot))
    return;
  *slot = ref_of_address (self->heap, *slot);
  g_hash_table_add (self->rooted, GUINT_TO_POINTER (hp_foreign_target (*slot)));
}

GPtrArray *
hp_foreign_pages (const HpGc *self, HpSpace space)
{
  switch (space)
    {
    case HP_SPACE_SEMI_A:
      return self->heap->young.pages[0];
    case HP_SPACE_SEMI_B:
      return self->heap->young.pages[1];
    case HP_SPACE_OLD:
      return self->heap->old.pages;
    case HP_SPACE_LARGE:
      return self->heap->large.pages;
    case HP_SPACE_NEW_LARGE:
      return self->heap->young_large.pages;
    default:
      return NULL;
    }
}

/* Dead objects that wait to be swept are freed first: every slot then leads to an object. */
static void
begin (HpGc *self)
{
  HpHeap *heap = self->heap;

  hp_sweeper_sweep (self->collector, G_MAXUINT);
  hp_old_space_close_area (heap);
  self->to_page = heap->young.current;
  self->to_top = heap->young.top;
  for (HpSpace space = HP_SPACE_NONE + 1; space < HP_N_SPACES; space++)
    for (guint i = 0; i < hp_foreign_pages (self, space)->len; i++)
      take_page (self, g_ptr_array_index (hp_foreign_pages (self, space), i));
  hp_heap_visit_roots_quietly (heap, take_root, self);
}

/* ---- the collection ---------------------------------------------------------------------------------------------- */

void
hp_foreign_collect (HpCollector *collector, HpCollectionKind kind)
{
  HpGc self = { .collector = collector,
                .heap = collector->heap,
                .kind = kind,
                .remembered = g_array_new (FALSE, FALSE, sizeof (HpGcSlot)),
                .tables = g_array_new (FALSE, FALSE, sizeof (HpRef)),
                .weak = g_array_new (FALSE, FALSE, sizeof (HpRef)),
                .cleanup = g_array_new (FALSE, FALSE, sizeof (HpRef)),
                .rooted = g_hash_table_new (NULL, NULL) };

  begin (&self);
  collector->policy.collect (collector->policy_self, &self, kind);
  hp_gc_enter_phase (&self, HP_PHASE_FINISH);
  hp_foreign_settle (&self);
  g_array_unref (self.remembered);
  g_array_unref (self.tables);
  g_array_unref (self.weak);
  g_array_unref (self.cleanup);
  g_hash_table_unref (self.rooted);
}

HpGcContext *
hp_gc_context (HpGc *self)
{
  return &self->collector->context;
}

static void
charge (HpGc *self)
{
  const HpGcCosts *costs = &self->collector->config.costs;

  hp_clock_advance (self->collector->clock,
                    self->n_marked * costs->mark_ns
                        + self->walked_words * costs->sweep_mb_ns / (1024 * 1024 / HP_WORD_BYTES));
  self->n_marked = self->walked_words = 0;
}

void
hp_gc_enter_phase (HpGc *self, HpPhase phase)
{
  charge (self);
  if (phase > HP_PHASE_MUTATOR && phase < HP_N_PHASES && phase != self->collector->phase)
    hp_collector_enter_phase (self->collector, phase);
}

/* ---- slots ------------------------------------------------------------------------------------------------------- */

typedef struct
{
  HpGc *gc;
  HpHeapPage *page;
  HpAddress host;
} Forgetting;

static gboolean
forget_slot (gpointer data, guint32 index)
{
  Forgetting *self = data;
  HpHeap *heap = self->gc->heap;
  HpAddress slot = self->page->address + index;

  if (heap->emitter->listening)
    hp_emit_slot (heap->emitter,
                  HP_EVENT_FORGET,
                  0,
                  hp_heap_slot_index (heap, self->host, slot),
                  hp_heap_ref_at (heap, self->host),
                  hp_foreign_target (*hp_heap_words (heap, slot)),
                  0);
  return FALSE;
}

void
hp_foreign_forget (HpGc *self, HpAddress host, guint32 words)
{
  HpHeapPage *page = hp_heap_page_of (self->heap, host);
  Forgetting forgetting = { self, page, host };
  guint32 first = host - page->address;

  if (page->old_to_new.buckets != NULL)
    hp_slot_set_filter (&page->old_to_new, first, first + words, forget_slot, &forgetting);
  if (page->young_keys.buckets != NULL)
    hp_slot_set_filter (&page->young_keys, first, first + words, forget_slot, &forgetting);
}

void
hp_foreign_clear_slot (HpGc *self, HpRef host, guint32 slot, HpValue value)
{
  HpAddress address = hp_heap_address_of (self->heap, host);
  guint64 *word = hp_foreign_slot (self, address, slot);
  HpValue old = { (guint32) hp_word_kind (*word), (guint32) *word };

  hp_heap_touch (self->heap, (HpAddress) (word - self->heap->memory.words), 1, TRUE);
  hp_emit_slot (
      self->heap->emitter, HP_EVENT_SLOT, HP_KINDS (old.kind, value.kind), slot, host, old.payload, value.payload);
  *word = hp_word_from_plain (value);
}
