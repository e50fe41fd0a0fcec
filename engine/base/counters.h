/* counters.h - what a run adds up to
 *
 * Kept by the machine as it goes, and by a moment from events alone; a test holds the two against each other.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/event.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 operations;
  guint64 objects;         /* ever allocated */
  guint64 allocated_bytes; /* ever */
  guint64 scavenges;
  guint64 mark_compacts;
  guint64 copied_bytes;    /* survivors copied inside new space */
  guint64 promoted_bytes;  /* copied or relinked from new space to the old generation by scavenges */
  guint64 evacuated_bytes; /* the same by full collections, which empty new space */
  guint64 compacted_bytes; /* moved inside the old generation */
  guint64 freed_bytes;
  guint64 minor_faults;
  guint64 major_faults;
  guint64 evictions;
  guint64 dirty_evictions; /* written back to disk first */
  guint64 read_ahead;      /* pages read from disk beside one that was asked for: major_faults + read_ahead were read */
  guint64 unused_read_ahead; /* of these, evicted before they were used */
  guint64 time_ns;
  guint64 pause_ns;                /* all collections */
  guint64 longest_pause_ns;        /* not folded backwards: see moment.h */
  guint64 used_bytes[HP_N_SPACES]; /* objects in each space now, dead ones not yet freed included */
  guint64 live_bytes;              /* the sum of used_bytes: allocated - freed */
  guint64 external_bytes;          /* outside of the heap, that objects hold */
  guint64 resident_pages;
  guint64 swapped_pages; /* not resident, content on disk */
  guint64 waiting_ns;    /* of time_ns: reading pages from disk and writing them back */
} HpCounters;

/** What FAULT events of @kind count. */
static inline HpCount
hp_count_of_fault (HpFault kind)
{
  return kind == HP_FAULT_AHEAD   ? HP_COUNT_READ_AHEAD
         : kind == HP_FAULT_MAJOR ? HP_COUNT_MAJOR_FAULTS
                                  : HP_COUNT_MINOR_FAULTS;
}

/** The counter that COUNT events of @count add to. */
static inline guint64 *
hp_counters_find (HpCounters *self, HpCount count)
{
  switch (count)
    {
    case HP_COUNT_MINOR_FAULTS:
      return &self->minor_faults;
    case HP_COUNT_MAJOR_FAULTS:
      return &self->major_faults;
    case HP_COUNT_EVICTIONS:
      return &self->evictions;
    case HP_COUNT_DIRTY_EVICTIONS:
      return &self->dirty_evictions;
    case HP_COUNT_READ_AHEAD:
      return &self->read_ahead;
    case HP_COUNT_UNUSED_READ_AHEAD:
      return &self->unused_read_ahead;
    case HP_COUNT_OPERATIONS:
      return &self->operations;
    default:
      g_return_val_if_reached (NULL);
    }
}

G_END_DECLS
