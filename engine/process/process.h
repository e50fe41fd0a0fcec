/* process.h - one live process, looked at through /proc
 *
 * Nothing is attached and nothing is changed: files are read. Reading smaps_rollup and pagemap of a large process takes
 * milliseconds, so a window does it on a thread.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "process/process_sample.h"

G_BEGIN_DECLS

#define HP_PROCESS_FOLDER "/proc"

typedef struct _HpProcess HpProcess;

/**
 * hp_process_open:
 * @proc: where the kernel shows its processes: %HP_PROCESS_FOLDER
 * @user: who asks (geteuid()). Everyone but the superuser, 0, sees only processes of their own.
 *
 * Returns: (transfer full): the process that has the number @pid now; NULL with %HP_ERROR_NOT_FOUND where there is none
 * or it is over, with %HP_ERROR_INPUT where it is somebody else's or has no memory of its own
 */
HpProcess *hp_process_open (const char *proc, guint pid, guint64 user, GError **error);
/** Counted atomically: a thread may keep what it samples. */
HpProcess *hp_process_ref (HpProcess *self);
void hp_process_unref (HpProcess *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpProcess, hp_process_unref)

guint hp_process_pid (const HpProcess *self);
/** As it called itself when it was opened. */
const char *hp_process_name (const HpProcess *self);

typedef enum
{
  HP_PROCESS_LIVES,
  HP_PROCESS_OVER,   /* it ended, is a zombie, or its number belongs to another process by now */
  HP_PROCESS_FAILED, /* @error is set */
} HpProcessVerdict;

/**
 * hp_process_sample:
 * @time_us: becomes that of @sample
 * @sample: (out): valid where the process lives
 *
 * From one thread at a time.
 */
HpProcessVerdict hp_process_sample (HpProcess *self, gint64 time_us, HpProcessSample *sample, GError **error);

G_END_DECLS
