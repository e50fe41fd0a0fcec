/* heap.h - the heap: its spaces and pages, and what can be done to one object
 *
 * For the rooms gc and machine. Addresses find their heap page through a table with an entry for each heap page of
 * address space; a large object fills several entries. Invariants, which verifier.c checks:
 *
 *   counters->used_bytes[s] = bytes of the objects in space s, dead ones not yet freed included
 *   a slot outside young space that points to a young object is in its page's old_to_new set, or in young_keys if it
 *   is the key of an ephemeron
 *   between collections from-space holds no object, and every object is white unless its page is to be swept: there the
 *   living are black, and the dead keep their memory, their refs and their last values
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/clock.h"
#include "heap/external.h"
#include "heap/host_memory.h"
#include "heap/large_space.h"
#include "heap/layout.h"
#include "heap/new_space.h"
#include "heap/object.h"
#include "heap/old_space.h"
#include "heap/ref_table.h"
#include "heap/roots.h"
#include "memory/address_space.h"
#include "memory/pager.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 page_words;   /* of a heap page: a power of two */
  guint32 header_words; /* of its header */
  guint32 max_regular_words;
  guint32 commit_words; /* chunks of large objects are rounded up to this */
  guint32 semi_pages;   /* heap pages of one half at the start */
  guint64 max_old_bytes;
  guint64 runtime_garbage_bytes; /* in new space at the start */
  guint64 runtime_bytes; /* live objects of the runtime itself: not simulated, but part of the old generation's size */
} HpHeapConfig;

struct _HpHeap
{
  HpNewSpace young;
  guint page_shift; /* log2 of page_words */
  guint32 page_mask;
  HpHostMemory memory;
  guint8 *spaces;     /* by address >> page_shift: HpSpace */
  HpHeapPage **pages; /* by the same */
  guint32 n_entries;
  HpLayout *layouts;           /* by shape id */
  guint32 n_layouts;           /* room for them */
  guint32 n_shapes;            /* the newest id */
  gboolean asks_at_allocation; /* the policy has a say in each one, so none is quick (HpLayout.young_words) */
  HpRefTable refs;
  HpRoots roots;
  HpOldSpace old;
  HpLargeSpace large, young_large;
  HpExternal external;
  HpHeapConfig config;
  guint64 old_usable_bytes; /* usable bytes of the old generation's pages and chunks */
  gboolean marking; /* incremental marking is on: old objects are made black, and stores are told to the barrier */
  void (*marking_barrier) (gpointer data, HpAddress host, HpAddress slot, HpAddress target);
  /* What is on the marking list, in no particular order. */
  void (*visit_marking_list) (gpointer data, void (*visit) (gpointer user_data, HpAddress address), gpointer user_data);
  gpointer marking_data;
  gboolean always_allocate; /* the old generation may pass its maximum: a collection must be able to end */
  gboolean passed_maximum;  /* it did so */
  HpEmitter *emitter;       /* borrowed, as the next three */
  HpCounters *counters;
  HpAddressSpace *address_space;
  HpPager *pager; /* NULL: no paging */
};

/** NULL with @error where the host has no room. */
HpHeap *hp_heap_new (const HpHeapConfig *config,
                     HpEmitter *emitter,
                     HpCounters *counters,
                     HpAddressSpace *address_space,
                     HpPager *pager,
                     GError **error);
void hp_heap_free (HpHeap *self);

/** @shape with its id. */
void hp_heap_define_shape (HpHeap *self, const HpShape *shape);

/* ---- memory ------------------------------------------------------------------------------------------------------ */

static inline guint64 *
hp_heap_words (const HpHeap *self, HpAddress address)
{
  return self->memory.words + address;
}

static inline HpHeapPage *
hp_heap_page_of (const HpHeap *self, HpAddress address)
{
  return self->pages[address >> self->page_shift];
}

static inline HpSpace
hp_heap_space_of (const HpHeap *self, HpAddress address)
{
  return (HpSpace) self->spaces[address >> self->page_shift];
}

/** Every access to simulated memory, by program and collector, is told here. */
static inline void
hp_heap_touch (HpHeap *self, HpAddress address, guint32 words, gboolean write)
{
  if (G_UNLIKELY (self->pager != NULL))
    hp_pager_touch_range (self->pager, (guint64) address * HP_WORD_BYTES, (guint64) words * HP_WORD_BYTES, write);
}

/** The layout of an object, given its map word. */
static inline const HpLayout *
hp_heap_layout (const HpHeap *self, guint64 map)
{
  return &self->layouts[hp_map_shape (map)];
}

/** Words of the object or filler at @object. */
static inline guint32
hp_heap_size_words (const HpHeap *self, const guint64 *object)
{
  const HpLayout *layout;

  if (object[0] & HP_MAP_FILLER)
    return hp_map_low (object[0]);
  layout = hp_heap_layout (self, object[0]);
  return (guint32) hp_layout_size_words (layout, layout->tail == HP_TAIL_NONE ? 0 : (guint32) object[1]);
}

static inline guint32
hp_heap_count_slots (const HpHeap *self, const guint64 *object)
{
  const HpLayout *layout = hp_heap_layout (self, object[0]);

  return hp_layout_count_slots (layout, layout->tail == HP_TAIL_NONE ? 0 : (guint32) object[1]);
}

/** Where the objects of @page end. */
static inline HpAddress
hp_heap_page_top (const HpHeap *self, const HpHeapPage *page)
{
  const HpNewSpace *young = &self->young;

  return page == g_ptr_array_index (young->pages[young->to], young->current) ? young->top : page->top;
}

/** NULL only where a large object's chunk is more than the host has. */
HpHeapPage *hp_heap_add_page (HpHeap *self, HpSpace space, guint32 size_words, guint32 usable_words);
void hp_heap_remove_page (HpHeap *self, HpHeapPage *page);
/** Relink @page into another space. */
void hp_heap_set_page_space (HpHeap *self, HpHeapPage *page, HpSpace space);
void hp_heap_set_page_flags (HpHeap *self, HpHeapPage *page, guint32 flags);

/* ---- objects ----------------------------------------------------------------------------------------------------- */

/** Room for a regular object in to-space, or 0 when it is full. */
static inline HpAddress
hp_heap_reserve_young (HpHeap *self, guint32 words)
{
  HpAddress top = self->young.top;

  if (G_LIKELY (self->young.limit - top >= words))
    {
      self->young.top = top + words;
      return top;
    }
  return hp_new_space_allocate_slowly (self, words);
}

/** Make the room at @address an object with empty slots. */
static inline HpRef
hp_heap_create_object (HpHeap *self, HpAddress address, guint32 shape, guint32 length, guint32 words)
{
  const HpLayout *layout = &self->layouts[shape];
  volatile guint64 *object = hp_heap_words (self, address); /* volatile: a call of memset() would cost more */
  HpHeapPage *page = hp_heap_page_of (self, address);
  HpRef ref = hp_ref_table_add (&self->refs, address);
  guint32 end = layout->first_slot + hp_layout_count_slots (layout, length);
  guint64 bytes = (guint64) words * HP_WORD_BYTES;
  gboolean is_black = G_UNLIKELY (self->marking) && !hp_space_is_young (page->space);

  hp_heap_touch (self, address, words, TRUE);
  object[0] = hp_map_with_colour (hp_map_word (ref, shape), is_black ? HP_COLOUR_BLACK : HP_COLOUR_WHITE);
  if (G_UNLIKELY (is_black))
    page->live_words += words;
  if (layout->tail != HP_TAIL_NONE)
    object[1] = length;
  for (guint32 i = layout->first_slot; i < end; i++)
    object[i] = 0;
  page->used_words += words;
  self->counters->objects++;
  self->counters->allocated_bytes += bytes;
  self->counters->live_bytes += bytes;
  self->counters->used_bytes[page->space] += bytes;
  hp_emit (self->emitter, HP_EVENT_ALLOCATE, shape, ref, address, HP_PLACE (words, page->space, is_black));
  return ref;
}

/** Tell the counters of the objects that were made without (HpNewSpace.uncounted_words). */
void hp_heap_count_new_objects (HpHeap *self);

/** Copy an object to the room at @to and leave the forwarding address behind. */
void hp_heap_move_object (HpHeap *self, HpAddress from, HpAddress to, guint32 words);
/** The object's page was relinked from @from, which is in new space, into the old generation, and the object with it.
 */
void hp_heap_promote_in_place (HpHeap *self, HpAddress address, guint32 words, HpSpace from);
/** Copy an object to @to, which may overlap its old place. Nothing is left behind. */
void hp_heap_relocate_object (HpHeap *self, HpAddress from, HpAddress to, guint32 words);
/** The object's memory is free again; what becomes of the memory is the caller's business. */
void hp_heap_free_object (HpHeap *self, HpAddress address, guint32 words);
void hp_heap_set_colour (HpHeap *self, guint64 *object, HpColour colour);

/** The index of the slot at the address @slot in the object at @host. */
guint32 hp_heap_slot_index (const HpHeap *self, HpAddress host, HpAddress slot);
/** Record the slot at @slot (an address) when it points from old to young. @host: the object that has it. */
void hp_heap_remember (HpHeap *self, HpAddress host, HpAddress slot, HpAddress target);
/** The slot set of @page that remembers the slot at @slot of @host when it points from old to young. */
HpSlotSet *hp_heap_remembered_set (const HpHeap *self, HpHeapPage *page, HpAddress host, HpAddress slot);
/** Tell that the slot at @slot left the remembered set. */
void hp_heap_tell_forgotten (HpHeap *self, HpAddress host, HpAddress slot);
void hp_heap_tell_store (HpHeap *self, HpAddress host, guint32 index, guint64 old_word, guint64 word);

/** Store @word in slot @index of the object at @host; incremental marking does not learn of it. */
static inline void
hp_heap_initialize_slot (HpHeap *self, HpAddress host, guint32 index, guint64 word)
{
  guint64 *object = hp_heap_words (self, host);
  guint32 offset = hp_heap_layout (self, object[0])->first_slot + index;

  hp_heap_touch (self, host + offset, 1, TRUE);
  if (G_UNLIKELY (self->emitter->listening))
    hp_heap_tell_store (self, host, index, object[offset], word);
  object[offset] = word;
  if (hp_word_is_ref (word) && !hp_space_is_young (hp_heap_space_of (self, host))
      && hp_space_is_young (hp_heap_space_of (self, hp_word_address (word))))
    hp_heap_remember (self, host, host + offset, hp_word_address (word));
}

/** The same through the whole write barrier. */
static inline void
hp_heap_write_slot (HpHeap *self, HpAddress host, guint32 index, guint64 word)
{
  hp_heap_initialize_slot (self, host, index, word);
  if (G_UNLIKELY (self->marking) && hp_word_is_ref (word))
    self->marking_barrier (self->marking_data,
                           host,
                           host + hp_heap_layout (self, *hp_heap_words (self, host))->first_slot + index,
                           hp_word_address (word));
}

/** The object at @address becomes one of @shape, which its own can become. */
static inline void
hp_heap_reshape (HpHeap *self, HpAddress address, guint32 shape)
{
  guint64 *object = hp_heap_words (self, address);

  hp_heap_touch (self, address, 1, TRUE);
  hp_emit (self->emitter, HP_EVENT_SHAPE, shape, hp_map_low (object[0]), hp_map_shape (object[0]), 0);
  object[0] = hp_map_with_shape (object[0], shape);
}

/** Take all slots of an object out of the remembered set. */
void hp_heap_forget_object (HpHeap *self, HpAddress host, guint32 words);

/** The address of @ref, or 0 when it names no living object. */
static inline HpAddress
hp_heap_address_of (const HpHeap *self, HpRef ref)
{
  return hp_ref_table_get (&self->refs, ref);
}

static inline HpRef
hp_heap_ref_at (const HpHeap *self, HpAddress address)
{
  return hp_map_low (*hp_heap_words (self, address));
}

/** The ref of what is or was at @target, which may have moved (then it is looked up there) or been freed (none). */
HpRef hp_heap_target_ref (const HpHeap *self, HpAddress target);

/** The same of a slot's word; none where it holds no reference. */
static inline HpRef
hp_heap_word_ref (const HpHeap *self, guint64 word)
{
  return hp_word_is_ref (word) ? hp_heap_target_ref (self, hp_word_address (word)) : HP_REF_NONE;
}

/** A slot's word as a value that names objects by ref. */
static inline HpValue
hp_heap_value_of_word (const HpHeap *self, guint64 word)
{
  if (hp_word_is_ref (word))
    return (HpValue){ HP_VALUE_REF, hp_heap_ref_at (self, hp_word_address (word)) };
  return (HpValue){ (guint32) hp_word_kind (word), (guint32) word };
}

/**
 * The object of @page that contains @address; @cursor is an object or filler of the page at or below it (or the page's
 * start), and moves to the answer. Walking upwards with one cursor visits each object once.
 */
HpAddress hp_heap_find_holder (const HpHeap *self, HpAddress *cursor, HpAddress address);

/* ---- roots ------------------------------------------------------------------------------------------------------- */

/** Visit the stack, newest frame first, then the accumulator, then the roots. */
void hp_heap_visit_roots (HpHeap *self, HpRootVisit visit, gpointer data);
/** The same without telling the pager: for who only looks. */
void hp_heap_visit_roots_quietly (HpHeap *self, HpRootVisit visit, gpointer data);

/** Whether the object at @address died in the last full collection, and only waits to be swept. */
static inline gboolean
hp_heap_is_unswept (const HpHeap *self, HpAddress address)
{
  return self->old.unswept_dead_bytes > 0 && (hp_heap_page_of (self, address)->flags & HP_HEAP_PAGE_TO_SWEEP) != 0
         && hp_map_colour (*hp_heap_words (self, address)) == HP_COLOUR_WHITE;
}

/** The old generation's size: objects, without the dead ones that wait to be swept, and what the runtime itself has. */
static inline guint64
hp_heap_old_bytes (const HpHeap *self)
{
  return self->counters->used_bytes[HP_SPACE_OLD] + self->counters->used_bytes[HP_SPACE_LARGE]
         - self->old.unswept_dead_bytes + self->config.runtime_bytes;
}

/** Bytes of young objects. */
static inline guint64
hp_heap_young_bytes (const HpHeap *self)
{
  return self->counters->used_bytes[HP_SPACE_SEMI_A] + self->counters->used_bytes[HP_SPACE_SEMI_B]
         + self->counters->used_bytes[HP_SPACE_NEW_LARGE];
}

/** Whether @bytes more of pages and chunks keep the old generation below its maximum. */
static inline gboolean
hp_heap_can_expand_old (const HpHeap *self, guint64 bytes)
{
  return self->old_usable_bytes + self->config.runtime_bytes + bytes <= self->config.max_old_bytes;
}

G_END_DECLS
