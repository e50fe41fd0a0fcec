/* recording_private.h - what a recording is made of
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "recording/series.h"

G_BEGIN_DECLS

struct _HpRecording
{
  HpDefinitions *definitions;
  GPtrArray *fact_keys; /* in order; owned by facts */
  GHashTable *facts;    /* key -> value */

  HpEvent *events; /* one array, so that an event can look at the one before it */
  guint64 n, size;

  HpMoment *head;
  GPtrArray *keyframes;    /* element i: HpMoment at step i * keyframe_events */
  guint64 keyframe_events; /* doubled, and every other keyframe dropped, whenever there are too many */

  /* Steps at which a unit of a grain begins (before its first event), rising. */
  GArray *operations, *statements, *expressions; /* guint64; statements are expressions, too */
  GArray *collections;                           /* HpCollectionRecord */
  GArray *places;                                /* HpPlace */
  GArray *summaries;                             /* HpSummary; the last one's end is G_MAXUINT64 while it is open */
  HpSeriesLog series;
  guint64 longest_pause_ns;
};

/** Whether event @i begins a stretch of references. */
static inline gboolean
hp_recording_begins_stretch (const HpRecording *self, guint64 i)
{
  return hp_event_type (&self->events[i]) == HP_EVENT_OPERATION
         && hp_event_detail (&self->events[i]) == HP_OPERATION_STRETCH;
}

G_END_DECLS
