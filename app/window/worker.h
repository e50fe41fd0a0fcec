/* worker.h - one run of heaparium-cli as a child, or one recording file, on its way into a recording
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plan.h"
#include "recording/recording.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define HP_TYPE_WORKER (hp_worker_get_type ())
G_DECLARE_FINAL_TYPE (HpWorker, hp_worker, HP, WORKER, GObject)

/**
 * HpWorker:
 *
 * Property "silent": nothing came for two seconds although the run goes on.
 * Signal "grew": the recording became longer.
 * Signal "ended" (char *message): the run is over; @message is NULL when all went well, else a sentence for the person.
 * What was recorded until then is kept. The last signal.
 */
HpWorker *hp_worker_new (HpRecording *recording /* borrowed; must outlive the worker */);

typedef struct
{
  guint64 memory_mib;  /* 0: no limit */
  guint64 event_limit; /* 0: none */
} HpWorkerLimits;

gboolean hp_worker_run (HpWorker *self, const HpPlan *plan, const HpWorkerLimits *limits, GError **error);
gboolean hp_worker_load (HpWorker *self, const char *path, GError **error);
/** End the child, without any further signal. */
void hp_worker_stop (HpWorker *self);
/** The person chose to wait: say "silent" again only after another while. */
void hp_worker_wait (HpWorker *self);
gboolean hp_worker_is_silent (HpWorker *self);
/** The child's process id, or 0. */
int hp_worker_pid (HpWorker *self);

/** The path of heaparium-cli: beside the running program, in the prefix, or in $PATH; NULL with @error. */
char *hp_worker_find_program (GError **error);

G_END_DECLS
