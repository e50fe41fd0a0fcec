/* grid.h - the combinations of settings that a sweep runs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The most cells a grid may have. */
#define CLI_GRID_MAX_CELLS 1000000

/** One setting and its values. */
typedef struct
{
  char *name;
  GStrv values;
} CliAxis;

/**
 * CliGrid: an axis for each setting that varies
 *
 * The first axis is the policy. Cells are numbered from 0; the last axis turns fastest.
 */
typedef struct
{
  GPtrArray *axes; /* of CliAxis */
} CliGrid;

CliGrid *cli_grid_new (void);
void cli_grid_free (CliGrid *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliGrid, cli_grid_free)

/** @values: copied. FALSE with @error for a name that has an axis already, no values, or more than the most cells. */
gboolean cli_grid_add (CliGrid *self, const char *name, GStrv values, GError **error);

/**
 * cli_grid_add_text:
 * @text: "NAME=A,B,C", "NAME=FIRST..LAST" (in steps of 1), "NAME=FIRST..LAST+STEP" or "NAME=FIRST..LAST*FACTOR"
 *
 * Bounds are whole numbers that may end in K, M or G (times 1024), and LAST is reached or not passed. FALSE with
 * @error.
 */
gboolean cli_grid_add_text (CliGrid *self, const char *text, GError **error);

guint cli_grid_count (const CliGrid *self);
/** The value of each axis in cell @index, in order. (transfer full) */
GStrv cli_grid_values (const CliGrid *self, guint index);
/** The names of the axes. (transfer full) */
GStrv cli_grid_names (const CliGrid *self);
/** "policy=default, nodes=10": cell @index for people. (transfer full) */
char *cli_grid_describe (const CliGrid *self, guint index);
/** How @self differs from @other in words, or NULL. (transfer full) */
char *cli_grid_difference (const CliGrid *self, const CliGrid *other);

G_END_DECLS
