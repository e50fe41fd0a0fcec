/* random_events.h - recordings of random events of every type, each of them valid where it stands
 *
 * No machine makes them, so they hold what no machine does: frees in the middle of a call, moves without a collection.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/random.h"
#include "recording/recording.h"

typedef struct
{
  HpRecording *recording;
  const HpMoment *head;
  HpRandom random;
} RandomEvents;

/** A recording with definitions and no events yet. */
HpRecording *random_events_new_recording (void);

/** Appends @n random events or a few more; no END. */
void random_events_append (HpRecording *recording, guint64 seed, guint64 n);

/** Both, and an END. */
HpRecording *random_events_new (guint64 seed, guint64 n);
