/* shard.h - the file that holds a part of a sweep, to be joined with the others
 *
 * Lines of JSON: the first describes the sweep and the part, each other one is a cell.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "cell.h"
#include "grid.h"

G_BEGIN_DECLS

/**
 * CliSweep: a grid, what is the same for all of its cells, and their results
 * @facts: (transfer full): of "KEY=VALUE": all but the grid on which the results depend
 * @cells: of CliCell, by index; NULL where a cell is none of ours
 */
typedef struct
{
  CliGrid *grid;
  GStrv facts;
  GPtrArray *cells;
} CliSweep;

/** Takes @grid and @facts. */
CliSweep *cli_sweep_new (CliGrid *grid, GStrv facts);
void cli_sweep_free (CliSweep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliSweep, cli_sweep_free)

/** The finished cells as a shard's file. (transfer full) */
char *cli_shard_format (const CliSweep *self);

/**
 * Joins the shards in the files @paths to a sweep with all of its cells. NULL with @error (%HP_ERROR_INPUT) naming the
 * file and the cell where they overlap, leave cells out, or are of different sweeps.
 */
CliSweep *cli_shards_merge (GStrv paths, GError **error);

G_END_DECLS
