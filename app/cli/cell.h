/* cell.h - one run of many, each in a process of its own
 *
 * A run that crashes, or takes more memory or time than it may, costs nobody else's result.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "cli.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * CliCell:
 * @arguments: (transfer full): what follows `heaparium-cli run --statistics --json`
 * @result: (nullable): what that printed; NULL before the run, and where it came to nothing
 * @reason: (nullable): why the run did not complete, in one line; there may be a @result all the same
 */
typedef struct
{
  GStrv arguments;
  JsonObject *result;
  char *reason;
} CliCell;

CliCell *cli_cell_new (GStrv arguments /* transfer full */);
void cli_cell_free (CliCell *self);

/** Whether its run is over, one way or the other. */
gboolean cli_cell_is_finished (const CliCell *self);

/**
 * cli_cells_run:
 * @cells: of CliCell
 * @jobs: at most so many at the same time; 0: as many as there are processors
 *
 * Runs them all, with progress on standard error. FALSE when SIGINT or SIGTERM came: then the cells that were running
 * are stopped and not finished.
 */
gboolean cli_cells_run (GPtrArray *cells, guint jobs);

G_END_DECLS
