/* watcher.h - samples a live process again and again, on a thread
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "process/process.h"
#include "process/process_history.h"
#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  HP_WATCHER_WATCHING,
  HP_WATCHER_PAUSED,
  HP_WATCHER_ENDED,  /* the process is over */
  HP_WATCHER_FAILED, /* it cannot be read any more: see hp_watcher_message() */
} HpWatcherState;

#define HP_TYPE_WATCHER (hp_watcher_get_type ())
G_DECLARE_FINAL_TYPE (HpWatcher, hp_watcher, HP, WATCHER, GObject)

/**
 * HpWatcher:
 *
 * Signal "sampled": there is one more sample in the history.
 * Signal "changed": the state is another one. ENDED and FAILED are for ever.
 */
HpWatcher *hp_watcher_new (HpProcess *process);

HpWatcherState hp_watcher_state (HpWatcher *self);
/** Without effect once it has ended. */
void hp_watcher_set_paused (HpWatcher *self, gboolean paused);
/** Milliseconds from one sample to the next; 10 at least. */
guint hp_watcher_interval (HpWatcher *self);
void hp_watcher_set_interval (HpWatcher *self, guint milliseconds);
/** No more samples, no more signals. */
void hp_watcher_stop (HpWatcher *self);

const HpProcessHistory *hp_watcher_history (HpWatcher *self);
guint hp_watcher_pid (HpWatcher *self);
/** As the process called itself last. */
const char *hp_watcher_name (HpWatcher *self);
/** Why it failed; NULL where it did not. */
const char *hp_watcher_message (HpWatcher *self);

G_END_DECLS
