/* contest_report.h - the results of a contest: a table for people, CSV or JSON for programs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "contest.h"
#include "table.h"

G_BEGIN_DECLS

/** What is complete of the entries. One is an object in JSON, several an array of objects. (transfer full) */
char *cli_contest_format (const CliContest *self, CliTableForm form);

/**
 * The curves.
 * @frames: (nullable): guint32: the sizes to tell; NULL: in a table some that show the curve, else each size that has
 * not the faults of the one before
 */
char *cli_contest_format_curves (const CliContest *self, const GArray *frames, CliTableForm form);

/** A row for each window of the working set; in JSON one object. (transfer full) */
char *cli_contest_format_working_set (const CliContest *self, CliTableForm form);

G_END_DECLS
