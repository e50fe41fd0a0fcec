/* recorder.h - writes what a machine reports to a file or to standard output
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plugin/run.h"

G_BEGIN_DECLS

typedef struct _CliRecorder CliRecorder;

/**
 * cli_recorder_new:
 * @path: "-" is standard output
 * @live: somebody reads along: what was recorded leaves after about 100 ms at the latest
 *
 * Returns: (transfer full): a recorder with the description of @run written, or NULL with @error
 */
CliRecorder *cli_recorder_new (const char *path, gboolean live, const HpRun *run, GError **error);
HpListener cli_recorder_listener (CliRecorder *self);
/** Lets out what a live recording holds back, at most every 100 ms; as HpRunOptions calls it. @user_data: the recorder.
 */
void cli_recorder_beat (gpointer user_data, double fraction);
/** Writes what is left and closes. FALSE with @error where any of it could not be written. */
/** Write out what is not yet written, from a signal handler: nothing is allocated. For crashes. */
void cli_recorder_rescue (void);
gboolean cli_recorder_close (CliRecorder *self, GError **error);

G_END_DECLS
