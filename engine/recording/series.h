/* series.h - how a few numbers went over a whole recording, so that a picture of millions of steps is made at once
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "recording/recording.h"

G_BEGIN_DECLS

#define HP_SERIES_SHIFT 6 /* steps in a block, and blocks in a block of the next level: 64 */
#define HP_SERIES_LEVELS 3

typedef struct
{
  guint64 values[HP_N_SERIES];
} HpSeriesValues;

/**
 * HpSeriesLog: the values at every 64th step, and the bounds of what lies between
 *
 *   block b of level l holds the bounds of steps b x 64^(l + 1) … (b + 1) x 64^(l + 1) - 1
 *
 * and exists when the last of these steps is over. Within a block values are found from the events themselves: each
 * changes them by an amount that never depends on when one asks.
 */
typedef struct
{
  HpSeriesValues now;
  HpSeriesValues lowest, highest;     /* of the block that is not over */
  GArray *starts;                     /* HpSeriesValues at steps 0, 64, 128 … */
  GArray *lowests[HP_SERIES_LEVELS];  /* HpSeriesValues by block */
  GArray *highests[HP_SERIES_LEVELS]; /* the same */
} HpSeriesLog;

void hp_series_log_init (HpSeriesLog *self);
void hp_series_log_clear (HpSeriesLog *self);

/** @event leads to @step, and @head is the moment there. */
void hp_series_log_add (HpSeriesLog *self, const HpMoment *head, const HpEvent *event, guint64 step);

/**
 * The bounds of @series at steps @first … @last, which are over. @events are all of the recording's, @head its last
 * moment.
 */
void hp_series_log_find_bounds (const HpSeriesLog *self,
                                const HpMoment *head,
                                const HpEvent *events,
                                HpSeries series,
                                guint64 first,
                                guint64 last,
                                guint64 *lowest,
                                guint64 *highest);

G_END_DECLS
