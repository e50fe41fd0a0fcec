/* process_history.h - what was sampled of a process, in bounded memory however long it is watched
 *
 * A history has at most `capacity` entries, and each stands for `stride` samples that followed each other (the last one
 * for those there are yet). When a sample finds no room, neighbours are joined in pairs and the stride doubles. So
 * n_entries = ceil (n_samples / stride), and the same samples give the same history.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "process/process_sample.h"

G_BEGIN_DECLS

typedef struct _HpProcessHistory HpProcessHistory;

/**
 * HpProcessEntry:
 * @last: the last of its samples
 * @most: of each amount the greatest value among its samples: so no peak is lost
 */
typedef struct
{
  HpProcessSample last;
  guint64 most[HP_N_PROCESS_AMOUNTS];
} HpProcessEntry;

/** What changed in a stretch of time, for each second of it. */
typedef struct
{
  double minor_faults, major_faults;
  double growth; /* bytes of hp_process_sample_in_use(); negative where it shrank */
} HpProcessRates;

/** @capacity: at least 2, and even */
HpProcessHistory *hp_process_history_new (guint capacity);
void hp_process_history_free (HpProcessHistory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpProcessHistory, hp_process_history_free)

/** Times must not go back: a sample before the last one is taken as of the last one's time. */
void hp_process_history_add (HpProcessHistory *self, const HpProcessSample *sample);

guint64 hp_process_history_n_samples (const HpProcessHistory *self);
guint64 hp_process_history_stride (const HpProcessHistory *self);
guint hp_process_history_n_entries (const HpProcessHistory *self);
/** (transfer none): good until the next sample */
const HpProcessEntry *hp_process_history_entry (const HpProcessHistory *self, guint i);
/** NULL while there is none. (transfer none): good until the next sample */
const HpProcessSample *hp_process_history_first (const HpProcessHistory *self);
const HpProcessSample *hp_process_history_last (const HpProcessHistory *self);

/** From @before to @after. All 0 where no time has passed. */
HpProcessRates hp_process_rates (const HpProcessSample *before, const HpProcessSample *after);
/** Of the stretch that entry @i stands for; of the first one, since the first sample. */
HpProcessRates hp_process_history_rates (const HpProcessHistory *self, guint i);
/** The greatest value that an amount ever had. */
guint64 hp_process_history_peak (const HpProcessHistory *self, HpProcessAmount amount);
/** Seconds since the first sample. */
double hp_process_history_seconds (const HpProcessHistory *self, const HpProcessSample *sample);

G_END_DECLS
