/* statistics.h - what a run adds up to, found in its events as they pass
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "recording/pauses.h"
#include "recording/pressure.h"
#include "recording/recording.h"

G_BEGIN_DECLS

/**
 * HpStatistics: folds events and keeps none of them
 *
 * Listens to a machine, or is given the events of a recording: both come to the same. Of objects it keeps four bytes
 * for each that is not freed, rounded up to groups of 4,096 that were allocated one after another.
 */
typedef struct _HpStatistics HpStatistics;

/**
 * HpStatisticsReport:
 * @collections: begun, by kind
 * @pauses: all pauses. A pause is virtual time that passes without a break while a collection runs or the phase is
 *   another one than %HP_PHASE_MUTATOR; a step of incremental marking is one too
 * @pauses_of: the same by kind of the collection; of %HP_COLLECTION_NONE: those that were no collection
 * @copied_bytes, @promoted_bytes, @evacuated_bytes, @compacted_bytes: moved inside new space, from it to the old
 *   generation by scavenges and by full collections, and inside the old generation
 * @utilisation: the share of the time that the program had: 1 - pauses / time; 1 where no time passed
 * @waiting_ns: of @time_ns: reading pages from disk and writing them back; @waiting: its share, 0 where no time passed
 * @longest_thrashing_ns: the longest time in which it waited in each window (HpPressure)
 * @live_bytes: objects not freed at the end, dead ones included; @peak_live_bytes at most
 * @committed_bytes: heap pages at the end, their headers included; @peak_committed_bytes at most
 * @old_committed_bytes, @old_used_bytes: of these what old space could hold at the end, and what objects took of it
 * @worst_fragmentation: the greatest share of old space that no object used, at the end of a full collection and of the
 *   sweeping that belongs to it
 * @ending: %HP_ENDING_CRASHED where no end was told; @message then 0, else the id of a string
 */
typedef struct
{
  guint64 operations;
  guint64 objects;
  guint64 collections[HP_N_COLLECTION_KINDS];
  guint64 allocated_bytes, freed_bytes;
  guint64 copied_bytes, promoted_bytes, evacuated_bytes, compacted_bytes;
  guint64 time_ns;
  HpPauses pauses;
  HpPauses pauses_of[HP_N_COLLECTION_KINDS];
  double utilisation;
  guint64 waiting_ns;
  double waiting;
  guint64 longest_thrashing_ns;
  guint64 live_bytes, peak_live_bytes;
  guint64 committed_bytes, peak_committed_bytes;
  guint64 old_committed_bytes, old_used_bytes;
  double worst_fragmentation;
  guint64 minor_faults, major_faults;
  guint64 evictions, dirty_evictions;
  guint64 read_ahead, unused_read_ahead;
  guint64 policy_faults;
  HpEnding ending;
  guint32 message;
} HpStatisticsReport;

HpStatistics *hp_statistics_new (void);
void hp_statistics_free (HpStatistics *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpStatistics, hp_statistics_free)

void hp_statistics_add (HpStatistics *self, const HpEvent *events, gsize n);
HpListener hp_statistics_listener (HpStatistics *self);
HpStatisticsReport hp_statistics_report (const HpStatistics *self);

/** The share of old space that no object uses, 0 where there is none: at the end of the run. */
double hp_statistics_report_fragmentation (const HpStatisticsReport *self);

G_END_DECLS
