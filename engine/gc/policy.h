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

G_BEGIN_DECLS

/** Read-only facts a policy may ask for. It grows by accessors, never by arguments. Valid during the callback. */
typedef struct _HpGcContext HpGcContext;

/** The policy's own settings, as its manifest declares them. */
const HpSettings *hp_gc_context_settings (const HpGcContext *context);
const HpCounters *hp_gc_context_counters (const HpGcContext *context);
/** Bytes used by objects in @space. */
guint64 hp_gc_context_used_bytes (const HpGcContext *context, HpSpace space);
/** Usable bytes of one half of new space now, and the most it may grow to. */
guint64 hp_gc_context_semi_space_bytes (const HpGcContext *context);
guint64 hp_gc_context_semi_space_max_bytes (const HpGcContext *context);
/** Old-generation bytes at which V8's rule would start a full collection, and the maximum. */
guint64 hp_gc_context_old_limit_bytes (const HpGcContext *context);
guint64 hp_gc_context_old_max_bytes (const HpGcContext *context);
/** Bytes that survived since new space last grew (promoted and copied). */
guint64 hp_gc_context_survived_bytes (const HpGcContext *context);
/** A seeded random number below @bound. */
guint32 hp_gc_context_random (HpGcContext *context, guint32 bound);

/** What is to be allocated. */
typedef struct
{
  const HpShape *shape;
  guint64 bytes;
  HpSpace space;       /* where it would go */
  gboolean space_full; /* it does not fit there without a collection or growth */
} HpAllocationRequest;

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

/**
 * HpGcPolicy:
 * @struct_size: sizeof (HpGcPolicy) as the plugin was compiled
 * @create: makes the instance that is handed to every call as @self; may return NULL
 * @destroy: frees it
 * @collect_now: asked before each allocation. %HP_COLLECTION_NONE is the default: V8 collects when the space is full or
 *   the old limit is reached, which the engine sees to itself.
 * @survivor_fate: asked for each survivor of a scavenge.
 * @semi_space_bytes: asked after each collection: the wanted capacity of one half, in bytes; clamped to what the run's
 *   settings allow and to whole heap pages.
 * @old_limit_bytes: asked after each full collection: at what size the next one starts.
 * @evacuate_page: asked for each page of old space when a full collection starts: whether to evacuate it.
 */
typedef struct
{
  gsize struct_size;
  gpointer (*create) (HpGcContext *context);
  void (*destroy) (gpointer self);
  HpCollectionKind (*collect_now) (gpointer self, HpGcContext *context, const HpAllocationRequest *request);
  HpFate (*survivor_fate) (gpointer self, HpGcContext *context, const HpSurvivor *survivor);
  HpBytes (*semi_space_bytes) (gpointer self, HpGcContext *context);
  HpBytes (*old_limit_bytes) (gpointer self, HpGcContext *context);
  gboolean (*evacuate_page) (gpointer self, HpGcContext *context, const HpEvacuationChoice *choice);
} HpGcPolicy;

G_END_DECLS
