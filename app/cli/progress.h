/* progress.h - how far a long run is, for a person at a terminal
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Nothing is shown in the first half second, nor where standard error is no terminal. */
typedef struct
{
  gboolean is_terminal;
  gint64 next; /* monotonic: when to show again */
  gboolean shown;
} CliProgress;

CliProgress cli_progress_begin (void);
/** @user_data: the CliProgress; as HpRunOptions wants it. */
void cli_progress_show (gpointer user_data, double fraction);
/** The same where only how much was done is known. */
void cli_progress_count (CliProgress *self, guint64 n_lines);
/** Takes away what was shown. */
void cli_progress_end (CliProgress *self);

G_END_DECLS
