/* policy.h - what a GC policy is asked
 *
 * Plugins answer, the engine acts: a policy is asked questions and answers them; the collector does all the work on the
 * heap. Each function is optional: NULL means "no opinion" and V8's rule holds (src/heap of V8 11.3, see the
 * documentation of each). An answer outside the allowed range is clamped and reported as the policy's fault; it never
 * harms the heap.
 *
 * Called on the machine's thread only. A policy has no access to the heap but through its context; it must be a
 * function of its own state and the context (no clock, no chance but hp_gc_context_random()).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/counters.h"
#include "base/random.h"
#include "base/settings.h"
#include "gc/collection.h"

G_BEGIN_DECLS

/* ---- what a policy may ask: HpGcContext, valid during the callback; it grows by accessors, never by arguments ------
 */

/** The policy's own settings, as its manifest declares them. */
const HpSettings *hp_gc_context_settings (const HpGcContext *context);
const HpCounters *hp_gc_context_counters (const HpGcContext *context);
/** Bytes used by objects in @space. */
guint64 hp_gc_context_used_bytes (const HpGcContext *context, HpSpace space);
/**
 * Usable bytes of one half of new space now, and the most it may grow to: by the setting max-semi-space-size; for a
 * policy that collects itself, to the maximum of the old generation.
 */
guint64 hp_gc_context_semi_space_bytes (const HpGcContext *context);
guint64 hp_gc_context_semi_space_max_bytes (const HpGcContext *context);
/** Old-generation bytes at which V8's rule would start a full collection, and the maximum. */
guint64 hp_gc_context_old_limit_bytes (const HpGcContext *context);
guint64 hp_gc_context_old_max_bytes (const HpGcContext *context);
/** Bytes that survived since new space last grew (promoted and copied). */
guint64 hp_gc_context_survived_bytes (const HpGcContext *context);
/** A seeded random number below @bound. */
guint32 hp_gc_context_random (HpGcContext *context, guint32 bound);

/* ---- questions --------------------------------------------------------------------------------------------------- */

/** What is to be allocated. */
typedef struct
{
  const HpShape *shape;
  guint64 bytes;
  HpSpace space;       /* where it would go */
  gboolean space_full; /* it does not fit there without a collection or growth */
} HpAllocationRequest;

/**
 * HpCollectNow:
 * @HP_COLLECT_DEFAULT: V8's rules: a scavenge when new space is full, a full collection at the old limit
 * (src/heap/heap.cc, SelectGarbageCollector)
 * @HP_COLLECT_YOUNG: a scavenge now
 * @HP_COLLECT_FULL: a full collection now
 * @HP_COLLECT_NOTHING: nothing now, even though a space may be full: an object that does not fit into new space goes to
 *   the old generation, and when that is at its maximum the run ends out of memory
 * @HP_COLLECT_START_MARKING: incremental marking begins now, if it has not yet; then as @HP_COLLECT_DEFAULT
 */
typedef enum
{
  HP_COLLECT_DEFAULT,
  HP_COLLECT_YOUNG,
  HP_COLLECT_FULL,
  HP_COLLECT_NOTHING,
  HP_COLLECT_START_MARKING,
  HP_N_COLLECT_NOW
} HpCollectNow;

/**
 * HpCopyOrder: in what order a scavenge copies
 * @HP_COPY_ORDER_DEFAULT: what the setting scavenger-order says
 * @HP_COPY_ORDER_BATCHES: V8: work lists in segments, newest batch first (src/heap/scavenger.cc, Scavenger::Process)
 * @HP_COPY_ORDER_CHENEY: to-space is the queue: breadth first (Cheney 1970)
 */
typedef enum
{
  HP_COPY_ORDER_DEFAULT,
  HP_COPY_ORDER_BATCHES,
  HP_COPY_ORDER_CHENEY,
  HP_N_COPY_ORDERS
} HpCopyOrder;

/** An object that survived a scavenge and is about to be copied. */
typedef struct
{
  const HpShape *shape;
  guint64 bytes;
  guint32 age;             /* collections it survived before this one */
  gboolean below_age_mark; /* V8's test: it survived at least one (src/heap/new-spaces.cc, ShouldBePromoted) */
} HpSurvivor;

typedef enum
{
  HP_FATE_DEFAULT, /* V8: promote what is below the age mark */
  HP_FATE_KEEP,    /* copy to to-space; promoted all the same when it does not fit */
  HP_FATE_PROMOTE,
} HpFate;

/** A heap page of old space, at the start of a full collection. */
typedef struct
{
  HpAddress address;
  guint64 usable_bytes;
  guint64 used_bytes; /* by the last sweep's account */
  gboolean candidate_by_default;
} HpEvacuationChoice;

/** A new size; 0 is "no opinion". */
typedef guint64 HpBytes;

/** Free memory of old space: @words words from @address. */
typedef struct
{
  HpAddress address;
  guint32 words;
} HpArea;

/**
 * HpGcPolicy:
 * @struct_size: sizeof (HpGcPolicy) as the plugin was compiled
 * @create: makes the instance that is handed to every call as @self; may return NULL
 * @destroy: frees it
 *
 * Decisions. A wrong answer (an enum out of range, a size above the maximum) counts as no opinion or as the maximum and
 * is told as the policy's fault, with the step: HP_EVENT_POLICY_FAULT and hp_machine_policy_fault().
 *
 * @collect_now: asked before each allocation.
 * @survivor_fate: asked for each survivor of a scavenge.
 * @semi_space_bytes: asked after each collection: the wanted capacity of one half of new space; clamped to what the
 * run's settings allow (with @collect: to the heap's maximum) and to whole heap pages. V8: doubled when more survived
 * since the last growth than fits (src/heap/heap.cc, Heap::ShouldResizeNewSpace).
 * @old_limit_bytes: asked after each full collection: at what size of the old generation the next one starts; clamped
 * to its maximum. V8: src/heap/heap-controller.cc.
 * @evacuate_page: asked for each page of old space when marking starts: whether to evacuate it. V8: fragmented ones
 *   (src/heap/mark-compact.cc, CollectEvacuationCandidates).
 * @place: asked before each allocation: in which generation. An allocation in the old one collects at the old limit.
 * @copy_order: asked when a scavenge begins.
 * @marking_budget: asked at each step of incremental marking, with V8's schedule in bytes: how many bytes to mark in
 * this step (src/heap/incremental-marking.cc). Any number is allowed; the step ends when there is nothing left to mark.
 *
 * A collector of one's own
 *
 * @collect: performs the whole collection, with the primitives of gc/collection.h, which check everything; then
 *   incremental marking never starts, and @survivor_fate, @evacuate_page, @copy_order and @marking_budget are not
 * asked.
 *   @kind is what was asked for; a policy with one generation does the same for both. What it left unreachable is
 * simply not freed; what it freed while something still refers to it is taken from there and reported as its fault.
 * @next_area: with @collect only. Asked when the area of old space that objects are allocated in, one after the other,
 * is used up: put into @area a range of free memory of at least @wanted_bytes inside one heap page. What of the same
 * free block lies below the range is not asked for again before the next collection. FALSE: a new heap page, or a
 *   collection. With this function there are no free lists, and all heap pages
 *   that a collection leaves empty are released. A range that is not free is reported and counts as FALSE.
 *   NULL: free lists by size, as in V8 (src/heap/free-list.cc).
 * @allocated: told of each new object, when its slots are still empty.
 * @stored: told of each store into a slot of an object (not of locals and roots), with the references before and after,
 *   if any (%HP_REF_NONE): strong slots and the values of ephemerons, also when the engine clears such a value because
 *   its key died. For those who count references.
 */
typedef struct
{
  gsize struct_size;
  gpointer (*create) (HpGcContext *context);
  void (*destroy) (gpointer self);
  HpCollectNow (*collect_now) (gpointer self, HpGcContext *context, const HpAllocationRequest *request);
  HpFate (*survivor_fate) (gpointer self, HpGcContext *context, const HpSurvivor *survivor);
  HpBytes (*semi_space_bytes) (gpointer self, HpGcContext *context);
  HpBytes (*old_limit_bytes) (gpointer self, HpGcContext *context);
  gboolean (*evacuate_page) (gpointer self, HpGcContext *context, const HpEvacuationChoice *choice);
  HpPlacement (*place) (gpointer self, HpGcContext *context, const HpAllocationRequest *request);
  HpCopyOrder (*copy_order) (gpointer self, HpGcContext *context);
  HpBytes (*marking_budget) (gpointer self, HpGcContext *context, HpBytes by_default);
  void (*collect) (gpointer self, HpGc *gc, HpCollectionKind kind);
  gboolean (*next_area) (gpointer self, HpGcContext *context, HpBytes wanted_bytes, HpArea *area);
  void (*allocated) (gpointer self, HpGcContext *context, HpRef object);
  void (*stored) (gpointer self, HpGcContext *context, HpRef host, guint32 slot, HpRef before, HpRef after);
} HpGcPolicy;

G_END_DECLS
