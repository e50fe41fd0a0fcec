/* feed.h - bytes from a pipe or file into a recording, without ever blocking the main loop
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "recording/recording.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HpFeed: a thread reads pieces of 64 KiB; the main loop appends them to the recording in slices of a few milliseconds
 *
 * Reading waits while too many pieces lie in the queue, so a fast worker is held back by the pipe, not by our memory.
 */
typedef struct _HpFeed HpFeed;

typedef struct
{
  /** Bytes came and were appended. */
  void (*grew) (gpointer user_data);
  /** Nothing more will come. @error (nullable): why it ended too early. The last call. */
  void (*ended) (gpointer user_data, const GError *error);
} HpFeedCallbacks;

/** Callbacks come from the main loop. @recording is borrowed and must outlive hp_feed_stop() or the call to ended. */
HpFeed *
hp_feed_start (GInputStream *stream, HpRecording *recording, const HpFeedCallbacks *callbacks, gpointer user_data);
/** Stop reading and release; no callback comes any more. */
void hp_feed_stop (HpFeed *self);

G_END_DECLS
