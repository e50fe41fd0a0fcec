/* memory_reducer.h - full collections that give memory back while the program is idle (V8: src/heap/memory-reducer.h)
 *
 *   DONE --full collection that left more memory taken--> WAIT, 8 s
 *   WAIT --time is up, the program allocates little, or nothing was collected for 100 s--> RUN
 *   RUN  --the collection is over--> WAIT, 0.5 s, while another is likely to gain more; else DONE
 *
 * At most three collections in a row. They reduce memory: evacuate more pages, copy every young page, shrink new space
 * and let the old generation grow by the smallest factor.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HpCollector HpCollector;

typedef enum
{
  HP_REDUCER_DONE,
  HP_REDUCER_WAIT,
  HP_REDUCER_RUN,
} HpReducerState;

typedef struct
{
  HpReducerState state;
  guint n_started;
  guint64 next_ns;                 /* WAIT: when the next collection is due */
  guint64 last_full_ns;            /* 0: there was none */
  guint64 committed_bytes;         /* when it was last done */
  guint64 sample_ns, sample_bytes; /* the clock and what was allocated ever, when the wait began */
} HpMemoryReducer;

/** A full collection is over, and its line in the trace written. */
void hp_memory_reducer_after_full (HpCollector *collector);
/** The program is idle for @ns; collections that fall into this time are part of it, or prolong it. */
void hp_memory_reducer_idle (HpCollector *collector, guint64 ns);

G_END_DECLS
