/* incremental.h - marking in steps between the program's operations
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/event.h"

G_BEGIN_DECLS

typedef struct _HpCollector HpCollector;

/** The numbers of incremental marking; rows of the machine's settings. Bytes, as everywhere. */
typedef struct
{
  gboolean is_on;
  guint64 least_old_bytes; /* the old generation below this size is not marked in steps */
  guint64 young_step;      /* a step each time so much was allocated in new space */
  guint64 old_step;        /* or in the old generation by the program itself */
  guint64 min_step, max_step;
  guint64 lag; /* steps on allocation may be so far behind the schedule */
} HpIncrementalConfig;

/**
 * HpIncremental: the marking under way
 *
 * marked_bytes runs after scheduled_bytes; the marking list and the colours are the state of marking itself.
 */
typedef struct
{
  HpMarking state;
  guint64 start_ns;
  guint64 initial_old_bytes;
  guint64 scheduled_bytes, marked_bytes;
  guint64 counted_bytes; /* of what was promoted and allocated old, ever: in the schedule */
  guint64 runtime_bytes; /* of the runtime's own objects, still to be marked */
  guint64 old_since_step;
  guint64 step_ns, step_bytes; /* of all steps since it began */
  guint64 longest_step_ns;
  guint n_steps;
  guint64 deadline_ns; /* complete: a task may finish until then */
  guint64 last_task_ns;
  guint64 n_tasks;     /* that the program ran, ever: it has an event loop */
  guint64 old_bytes;   /* allocated old by the program itself, ever */
  gboolean is_planned; /* a task will start it */
} HpIncremental;

/** Begin marking; sweeping is completed first. */
void hp_incremental_start (HpCollector *self);
/** After a scavenge, and after old allocations: begin if the old generation's limit says so, now or in a task. */
void hp_incremental_start_at_limit (HpCollector *self);
/** An HpNewSpaceStep: so much was allocated that a step is due. May end with the final pause. */
void hp_incremental_step (gpointer collector);
/** The program allocated @bytes in the old generation. */
void hp_incremental_count_old (HpCollector *self, guint64 bytes);
/** The program's event loop has a moment: begin, mark a little, or finish. Returns whether it collected. */
gboolean hp_incremental_run_task (HpCollector *self);
/** Marking is over, or about to be in the pause under way. */
void hp_incremental_end (HpCollector *self);
/** Whether the program may allocate in the old generation although its limit is reached: marking sees to it. */
gboolean hp_incremental_may_pass_limit (const HpCollector *self);
/** Whether marking is complete and the limit left far behind: the next collection must be the final pause. */
gboolean hp_incremental_must_finish (const HpCollector *self);

/* ---- the scavenger, while marking is on -------------------------------------------------------------------------- */

/** A scavenge found @bytes of new space dead: what was marked of them, as if it were all, was marked in vain. */
void hp_incremental_forget_dead (HpCollector *self, guint64 bytes);

/** A survivor now lies at @to, its colour with it. */
void hp_incremental_object_moved (HpCollector *self, HpAddress to, guint32 words);
/** The object at @host is old now, and its slots were redirected. */
void hp_incremental_object_promoted (HpCollector *self, HpAddress host);
/** All that survives was copied; from-space is still there. */
void hp_incremental_after_copying (HpCollector *self);

G_END_DECLS
