/* allocation.c - where a new object goes, and the collections that make room for it
 *
 * The policy is asked first: whether to collect, and for which generation the object is. V8: HeapAllocator::AllocateRaw
 * and its slow paths (src/heap/heap-allocator.cc).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/phases.h"

#include <glib/gi18n-lib.h>

/** One allocation on its way. */
typedef struct
{
  const HpShape *shape;
  guint32 words;
  gboolean is_large;
  gboolean is_old;          /* for the old generation at once */
  gboolean may_not_collect; /* the policy forbids it */
} Allocation;

/* ---- asking the policy ------------------------------------------------------------------------------------------- */

static gboolean
space_is_full (const HpCollector *self, const Allocation *allocation)
{
  if (allocation->is_large)
    return !hp_large_space_has_room (self->heap, allocation->words);
  return !hp_new_space_has_room (self->heap, allocation->words);
}

static HpAllocationRequest
make_request (const HpCollector *self, const Allocation *allocation)
{
  HpSpace young = allocation->is_large ? HP_SPACE_NEW_LARGE : hp_new_space_to (&self->heap->young);

  return (HpAllocationRequest){ .shape = allocation->shape,
                                .bytes = (guint64) allocation->words * HP_WORD_BYTES,
                                .space = allocation->is_old ? HP_SPACE_OLD : young,
                                .space_full = space_is_full (self, allocation) };
}

static void
ask_where_to_place (HpCollector *self, Allocation *allocation)
{
  HpAllocationRequest request;
  HpPlacement placement;

  if (self->policy.place == NULL)
    return;
  request = make_request (self, allocation);
  placement = self->policy.place (self->policy_self, &self->context, &request);
  if ((guint) placement >= HP_N_PLACEMENTS)
    hp_collector_blame (self, _ ("place answered %d: expected a placement, 0 to 2"), (int) placement);
  else if (placement != HP_PLACEMENT_DEFAULT)
    allocation->is_old = placement == HP_PLACEMENT_OLD;
}

static void
ask_whether_to_collect (HpCollector *self, Allocation *allocation)
{
  HpAllocationRequest request;
  HpCollectNow answer;

  if (self->policy.collect_now == NULL)
    return;
  request = make_request (self, allocation);
  answer = self->policy.collect_now (self->policy_self, &self->context, &request);
  if ((guint) answer >= HP_N_COLLECT_NOW)
    hp_collector_blame (self, _ ("collect_now answered %d: expected an answer, 0 to 4"), (int) answer);
  else if (answer == HP_COLLECT_YOUNG || answer == HP_COLLECT_FULL)
    hp_collector_collect (self, answer == HP_COLLECT_FULL ? HP_COLLECTION_FULL : HP_COLLECTION_YOUNG, "policy");
  else if (answer == HP_COLLECT_START_MARKING && self->incremental.state == HP_MARKING_OFF
           && self->policy.collect == NULL)
    hp_incremental_start (self);
  allocation->may_not_collect = answer == HP_COLLECT_NOTHING;
}

/* ---- finding room ------------------------------------------------------------------------------------------------ */

static HpAddress
reserve_large (HpHeap *heap, HpSpace space, guint32 words)
{
  HpHeapPage *page = hp_large_space_add (heap, space, words);

  return page != NULL ? hp_heap_page_start (page) : 0;
}

static HpAddress
reserve_young (HpHeap *heap, const Allocation *allocation)
{
  if (!allocation->is_large)
    return hp_heap_reserve_young (heap, allocation->words);
  return hp_large_space_has_room (heap, allocation->words) ? reserve_large (heap, HP_SPACE_NEW_LARGE, allocation->words)
                                                           : 0;
}

static HpAddress
reserve_old (HpHeap *heap, const Allocation *allocation)
{
  guint64 bytes = (guint64) allocation->words * HP_WORD_BYTES;

  if (!allocation->is_large)
    return hp_old_space_allocate_for_program (heap, allocation->words);
  return hp_heap_can_expand_old (heap, bytes) ? reserve_large (heap, HP_SPACE_LARGE, allocation->words) : 0;
}

/* 0: a collection must come first. */
static HpAddress
reserve (HpCollector *self, const Allocation *allocation)
{
  guint64 bytes = (guint64) allocation->words * HP_WORD_BYTES;
  HpAddress address = 0;

  if (!allocation->is_old)
    address = reserve_young (self->heap, allocation);
  else if (allocation->may_not_collect || hp_heap_old_bytes (self->heap) + bytes <= self->old_limit
           || hp_incremental_may_pass_limit (self))
    return reserve_old (self->heap, allocation);
  if (address == 0 && allocation->may_not_collect)
    address = reserve_old (self->heap, allocation);
  return address;
}

/* V8: Heap::CollectAllAvailableGarbage reduces memory. */
static void
collect_as_last_resort (HpCollector *self)
{
  self->reduces_memory = TRUE;
  hp_collector_collect (self, HP_COLLECTION_FULL, "last resort");
}

/* V8: two attempts after collections, a last-resort full one, and then the end. The old limit no longer counts for the
 * last attempt. */
static HpAddress
reserve_after_collecting (HpCollector *self, Allocation *allocation)
{
  HpAddress address = 0;

  for (guint attempt = 0; address == 0 && attempt < 3 && self->fatal == NULL; attempt++)
    {
      if (attempt == 2)
        collect_as_last_resort (self);
      else if (allocation->is_old)
        hp_collector_collect (self, HP_COLLECTION_FULL, "allocation limit");
      else
        hp_collector_collect_for_room (self, "allocation failure");
      if (self->fatal == NULL)
        address = attempt == 2 && allocation->is_old ? reserve_old (self->heap, allocation)
                                                     : reserve (self, allocation);
    }
  return address;
}

static HpAddress
find_room (HpCollector *self, Allocation *allocation)
{
  HpAddress address = reserve (self, allocation);

  if (address == 0 && !allocation->may_not_collect)
    address = reserve_after_collecting (self, allocation);
  if (address == 0 && self->fatal == NULL)
    self->fatal = "CALL_AND_RETRY_LAST";
  return address;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

HpRef
hp_collector_allocate (HpCollector *self, const HpShape *shape, guint32 length)
{
  HpHeap *heap = self->heap;
  guint64 words = hp_layout_size_words (&heap->layouts[shape->id], length);
  Allocation allocation = { .shape = shape,
                            .words = (guint32) words,
                            .is_old = self->places_old || hp_pretenuring_is_tenured (self) };
  gboolean has_memento;
  HpAddress address;
  HpRef ref;

  if (words > HP_MAX_OBJECT_WORDS)
    {
      self->fatal = "invalid array length";
      return HP_REF_NONE;
    }
  allocation.is_large = words > heap->config.max_regular_words;
  ask_where_to_place (self, &allocation);
  ask_whether_to_collect (self, &allocation);
  has_memento = !allocation.is_old && hp_pretenuring_wants_memento (self, allocation.words);
  if (has_memento)
    allocation.words += HP_MEMENTO_WORDS;
  address = self->fatal == NULL ? find_room (self, &allocation) : 0;
  if (address != 0 && self->fatal != NULL)
    *hp_heap_words (heap, address) = hp_filler_word (allocation.words); /* a marking step on the way ended the run */
  if (address == 0 || self->fatal != NULL)
    return HP_REF_NONE;
  ref = hp_heap_create_object (heap, address, shape->id, length, (guint32) words);
  if (has_memento)
    hp_pretenuring_put_memento (self, address + (guint32) words);
  if (self->policy.allocated != NULL)
    self->policy.allocated (self->policy_self, &self->context, ref);
  if (!hp_space_is_young (hp_heap_space_of (heap, address)))
    hp_incremental_count_old (self, words * HP_WORD_BYTES);
  return ref;
}
