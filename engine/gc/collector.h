/* collector.h - V8's generational collector: when to collect, and the order of the phases
 *
 * For the room machine. The collector asks a policy wherever V8 has a rule, clamps the answers, and does all the work
 * itself: scavenger.c, marker.c, sweeper.c and compactor.c.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "gc/incremental.h"
#include "gc/limits.h"
#include "gc/memory_reducer.h"
#include "gc/policy.h"
#include "gc/gc_trace.h"
#include "gc/weak.h"
#include "gc/worklist.h"
#include "heap/heap.h"
#include "heap/violation.h"

G_BEGIN_DECLS

/** What the collector's work costs, in nanoseconds; rows of the machine's settings. */
typedef struct
{
  guint64 collection_ns; /* each collection */
  guint64 move_mb_ns;    /* each MB moved */
  guint64 mark_ns;       /* each object marked */
  guint64 sweep_mb_ns;   /* each MB of pages swept */
} HpGcCosts;

typedef struct
{
  guint64 max_semi_bytes; /* of one half, in whole heap pages */
  guint semi_growth_factor;
  double low_allocation_throughput; /* bytes per ms; new space shrinks below it */
  guint64 initial_old_limit;
  guint64 old_limit_step; /* V8: 8 MB */
  guint64 external_limit; /* V8: kExternalAllocationSoftLimit, 64 MB */
  gboolean compact;
  gboolean lazy_sweeping;
  gboolean memory_reducer; /* collect while the program is idle */
  HpIncrementalConfig incremental;
  guint64 compaction_quota;     /* live bytes moved by one compaction at most */
  guint page_promotion_percent; /* of a young page alive: a full collection relinks it into old space */
  guint task_trigger_percent;   /* of new space in use: a task scavenges */
  guint ephemeron_iterations;   /* rounds of looking at all ephemerons again, before the linear algorithm */
  gboolean pretenuring;         /* sites whose objects survive allocate in old space */
  guint32 buffer_words;         /* pieces of to-space that survivors are copied into; 0: none */
  gboolean cheney_order;        /* scan to-space in address order, as in textbooks */
  guint64 seed;
  HpGcCosts costs;
} HpGcConfig;

/** How many scavenges V8 averages over. */
#define HP_SURVIVAL_EVENTS 10

/** Called before and after each collection. */
typedef void (*HpCollectorCheck) (gpointer data, gboolean is_after);

/** A place in the program that allocates (V8: AllocationSite). */
typedef struct
{
  guint32 name;               /* string id */
  guint32 n_created, n_found; /* mementos since the last decision */
  HpPretenure decision;
} HpAllocationSite;

/** Free memory of old space, after a collection by a policy. */
typedef struct
{
  HpAddress address;
  guint32 words;
} HpFreeArea;

struct _HpGcContext
{
  HpCollector *collector;
  const HpSettings *settings;
  HpRandom random;
};

struct _HpCollector
{
  HpHeap *heap;   /* borrowed */
  HpClock *clock; /* borrowed */
  HpGcConfig config;
  HpGcPolicy policy; /* functions the plugin does not know are NULL */
  gpointer policy_self;
  GArray *sites;       /* of HpAllocationSite: by id - 1 */
  guint32 site;        /* where the program is allocating now; 0: nowhere that is watched */
  gboolean places_old; /* the program is allocating in old space */
  HpGcContext context;
  HpWorklist copied, promoted, promoted_large, marking;
  gboolean has_candidates; /* pages were chosen for evacuation */
  guint64 n_marked;        /* by the marking under way */
  HpWeak weak;
  HpIncremental incremental;
  GArray *migrated;       /* of HpAddress: objects that a full collection moved or relinked, in their new places */
  GPtrArray *relinked;    /* of HpHeapPage: young pages that join old space when this full collection ends */
  guint64 relinked_bytes; /* of objects promoted so, ever: nobody moved them */
  GArray *gaps;           /* of HpFreeArea, by address: what a policy's next_area may give out; NULL: there is none */
  HpPhase phase;
  HpGcTrace trace;
  HpMemoryReducer reducer;
  gboolean reduces_memory; /* the full collection under way, or to come, gives back what it can */
  guint32 ordinal;         /* of the newest collection */

  guint64 old_limit;
  gboolean old_limit_configured; /* by a full collection, or scavenges stopped lowering it */
  guint64 survived_bytes;        /* since new space last grew: promoted and copied */
  double survival_percent[HP_SURVIVAL_EVENTS];
  guint n_survivals; /* ever; the ring holds the newest */

  /* Speeds, for the limits. Times are the virtual clock's. */
  guint64 last_full_end_ns;
  guint64 old_bytes_after_full;
  guint64 allocation_since_ns, allocation_since_bytes;
  HpSpeed allocation;    /* of the program, from collection to collection */
  HpSpeed mark_compacts; /* all in one pause */
  HpSpeed final_pauses;  /* of incremental ones */
  double marking_speed;  /* of incremental marking; bytes per ms, as the next; 0: unknown */
  double compaction_speed;
  double mutator_utilisation; /* running average */
  double current_utilisation; /* up to the last full collection */
  guint n_ineffective;        /* full collections in a row that did not help near the limit */

  HpCollectorCheck check; /* nullable */
  gpointer check_data;
  const char *fatal;  /* V8's words: the run must end out of memory */
  HpViolation *fault; /* the first one of the policy, or NULL */
  guint64 n_faults;
  guint64 fault_operation; /* the operation that the first fell into */
};

HpCollector *hp_collector_new (HpHeap *heap,
                               HpClock *clock,
                               const HpGcConfig *config,
                               const HpGcPolicy *policy /* nullable */,
                               const HpSettings *policy_settings /* nullable; borrowed */);
void hp_collector_free (HpCollector *self);

/**
 * hp_collector_allocate:
 *
 * Allocate, collecting first where a limit is reached.
 *
 * Returns: the new object's ref; or none, with self->fatal set: the run is out of memory
 */
HpRef hp_collector_allocate (HpCollector *self, const HpShape *shape, guint32 length);

void hp_collector_collect (HpCollector *self, HpCollectionKind kind, const char *reason);

/** For a policy that counts references: @word is about to be stored in slot @slot of @host. */
void hp_collector_tell_store (HpCollector *self, HpAddress host, guint32 slot, guint64 word);

/** Before @n bytes are allocated outside of the heap: new space is collected when its objects hold very much there. */
void hp_collector_make_external_room (HpCollector *self, guint32 n);
/** After it: a full collection, or a step towards one, when it grew too much (V8: Heap::ReportExternalMemoryPressure).
 */
void hp_collector_report_external (HpCollector *self);

/** The event loop has its turn: do what V8 does in tasks. */
void hp_collector_run_tasks (HpCollector *self);

/* ---- between the files of this room ------------------------------------------------------------------------------ */

void hp_collector_enter_phase (HpCollector *self, HpPhase phase);
/** The policy gave a wrong answer. Printf-style. */
void hp_collector_blame (HpCollector *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/**
 * The policy broke @rule: over @object, or its slot @slot (or %HP_NO_SLOT), which refers to @target; refs or none. What
 * it wanted was not done, or was repaired. Printf-style.
 */
void hp_collector_blame_rule (
    HpCollector *self, HpRule rule, HpRef object, guint32 slot, HpRef target, const char *format, ...)
    G_GNUC_PRINTF (6, 7);

/** Announce that the collector looks at slot @slot of @host, which refers to @target. */
void hp_collector_visit_slot (HpCollector *self, HpVisit kind, HpAddress host, HpAddress slot, HpAddress target);
void hp_collector_visit_root (HpCollector *self, HpVisit kind, guint32 holder, HpAddress target);

G_END_DECLS
