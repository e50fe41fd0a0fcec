/* recording_private.h - what a recording is made of
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "recording/recording.h"

G_BEGIN_DECLS

/* One sample of every series is kept for each so many events: the finest that a picture of the whole shows. */
#define HP_SAMPLE_EVENTS 64

typedef struct
{
  float values[HP_N_SERIES];
} HpSample;

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
  GArray *operations, *statements; /* guint64 */
  GArray *collections;             /* HpCollectionRecord */
  GArray *places;                  /* HpPlace */
  GArray *samples;                 /* HpSample: after events 1 x, 2 x … HP_SAMPLE_EVENTS */
  guint64 longest_pause_ns;
};

/** The sample of a moment. */
HpSample hp_recording_sample_of (const HpMoment *moment);

G_END_DECLS
