/* table.h - results of many runs, a row each: aligned for people, CSV or JSON for programs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "cell.h"

G_BEGIN_DECLS

typedef enum
{
  CLI_TABLE_TEXT,
  CLI_TABLE_CSV,
  CLI_TABLE_JSON,
} CliTableForm;

/**
 * CliTable:
 * @names: of what tells the rows apart: "policy", then settings
 * @labels: of GStrv: for each row the values of @names
 * @cells: of CliCell: for each row its run; rows of runs that are not finished are left out
 */
typedef struct
{
  GStrv names;
  GPtrArray *labels;
  GPtrArray *cells;
} CliTable;

/** (transfer full): with a newline at its end. The same results give the same bytes. */
char *cli_table_format (const CliTable *self, CliTableForm form);

/** How many finished runs did not complete. */
guint cli_table_count_failed (const CliTable *self);

G_END_DECLS
