/* watch_line.h - one sample of a live process as a line: aligned for people, CSV or JSON for programs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "process/process_history.h"

G_BEGIN_DECLS

typedef enum
{
  CLI_WATCH_TEXT,
  CLI_WATCH_CSV,
  CLI_WATCH_JSON,
} CliWatchForm;

/** What stands above the columns, with a newline; empty for JSON. (transfer full) */
char *cli_watch_heading (CliWatchForm form);

/** The last sample of @history, with what changed since @before (nullable: nothing yet). With a newline. (transfer
 * full) */
char *cli_watch_line (CliWatchForm form, guint pid, const HpProcessHistory *history, const HpProcessSample *before);

G_END_DECLS
