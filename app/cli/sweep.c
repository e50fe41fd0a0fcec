/* sweep.c - `heaparium-cli sweep`: a scenario over a grid of settings, on all processors or spread over many machines
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"
#include "shard.h"
#include "table.h"
#include "workload.h"

#include <stdio.h>
#include <string.h>

static struct
{
  char **axes;
  gboolean json;
  gboolean csv;
  char *output;
  char *shard;
  gboolean merge;
} options;

static const GOptionEntry ENTRIES[] = {
  { "vary",
    'v',
    0,
    G_OPTION_ARG_FILENAME_ARRAY,
    &options.axes,
    N_ ("A setting and its values: A,B,C or 1..64*2 or 1..9+2; may be repeated"),
    N_ ("KEY=VALUES") },
  { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print the rows as JSON"), NULL },
  { "csv", 0, 0, G_OPTION_ARG_NONE, &options.csv, N_ ("Print the rows as CSV"), NULL },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_ ("Write to a file"), N_ ("FILE") },
  { "shard",
    0,
    0,
    G_OPTION_ARG_STRING,
    &options.shard,
    N_ ("Compute part I (from 1) of N, in a form that --merge joins"),
    N_ ("I/N") },
  { "merge", 0, 0, G_OPTION_ARG_NONE, &options.merge, N_ ("Join the parts in FILES to the whole"), NULL },
  { NULL },
};

static CliTableForm
chosen_form (void)
{
  return options.json ? CLI_TABLE_JSON : options.csv ? CLI_TABLE_CSV : CLI_TABLE_TEXT;
}

/* Which part of how many; all of it without --shard. */
static gboolean
parse_shard (guint *index, guint *n)
{
  char rest;

  *index = *n = 1;
  if (options.shard == NULL)
    return TRUE;
  return sscanf (options.shard, "%9u/%9u%c", index, n, &rest) == 2 && *index >= 1 && *index <= *n;
}

/* ---- the grid ---------------------------------------------------------------------------------------------------- */

static CliGrid *
read_grid (CliWorkload *workload, GError **error)
{
  g_autoptr (CliGrid) grid = cli_grid_new ();

  g_ptr_array_add (workload->policies, NULL);
  if (!cli_grid_add (grid, "policy", (GStrv) workload->policies->pdata, error))
    return NULL;
  g_ptr_array_remove_index (workload->policies, workload->policies->len - 1);
  for (char **axis = options.axes; axis != NULL && *axis != NULL; axis++)
    if (!cli_grid_add_text (grid, *axis, error))
      return NULL;
  return g_steal_pointer (&grid);
}

/* Machines may have the file in different places: what counts is what it says. */
static void
add_costs (GStrvBuilder *builder, const char *path)
{
  g_autofree char *text = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *fact = NULL;
  gsize n;

  if (path == NULL || !g_file_get_contents (path, &text, &n, NULL))
    return;
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, n);
  fact = g_strconcat ("costs=", sum, NULL);
  g_strv_builder_add (builder, fact);
}

/* What results depend on besides the grid: parts that differ in it cannot be joined. */
static GStrv
read_facts (const CliWorkload *workload)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *scenario = g_strconcat ("scenario=", workload->scenario, NULL);

  g_strv_builder_add (builder, "version=" HP_VERSION);
  g_strv_builder_add (builder, scenario);
  for (GStrv set = workload->sets; set != NULL && *set != NULL; set++)
    g_strv_builder_add (builder, *set);
  add_costs (builder, workload->costs);
  return g_strv_builder_end (builder);
}

/* A setting that nobody has is wrong usage; a value that cannot be is the cell's own trouble. */
static CliCell *
new_cell (CliWorkload *workload, const CliGrid *grid, guint index, GError **error)
{
  g_auto (GStrv) values = cli_grid_values (grid, index);
  g_autoptr (GStrvBuilder) sets = g_strv_builder_new ();
  g_auto (GStrv) more = NULL;
  g_autoptr (GError) wrong = NULL;
  CliCell *cell;

  for (guint i = 1; i < grid->axes->len; i++)
    {
      const CliAxis *axis = g_ptr_array_index (grid->axes, i);
      g_autofree char *set = g_strdup_printf ("%s=%s", axis->name, values[i]);

      g_strv_builder_add (sets, set);
    }
  more = g_strv_builder_end (sets);
  cell = cli_cell_new (cli_workload_arguments (workload, values[0], more, &wrong));
  if (wrong == NULL)
    return cell;
  cell->reason = g_strdup (wrong->message);
  if (!g_error_matches (wrong, HP_ERROR, HP_ERROR_NOT_FOUND))
    return cell;
  cli_cell_free (cell);
  g_propagate_error (error, g_steal_pointer (&wrong));
  return NULL;
}

/* A sweep with the cells that are this part's. */
static CliSweep *
plan (CliWorkload *workload, guint shard, guint n_shards, GError **error)
{
  CliGrid *grid = read_grid (workload, error);
  g_autoptr (CliSweep) sweep = grid != NULL ? cli_sweep_new (grid, read_facts (workload)) : NULL;

  if (sweep == NULL)
    return NULL;
  for (guint i = 0; i < workload->policies->len; i++)
    {
      g_auto (GStrv)
          arguments = cli_workload_arguments (workload, g_ptr_array_index (workload->policies, i), NULL, error);

      if (arguments == NULL)
        return NULL;
    }
  for (guint i = shard - 1; i < sweep->cells->len; i += n_shards)
    {
      CliCell *cell = new_cell (workload, sweep->grid, i, error);

      if (cell == NULL)
        return NULL;
      g_ptr_array_index (sweep->cells, i) = cell;
    }
  return g_steal_pointer (&sweep);
}

/* ---- running and writing ----------------------------------------------------------------------------------------- */

/* The cells that are ours, borrowed, in their order; with @labels for each. */
static GPtrArray *
own_cells (const CliSweep *sweep, GPtrArray *labels)
{
  GPtrArray *own = g_ptr_array_new ();

  for (guint i = 0; i < sweep->cells->len; i++)
    if (g_ptr_array_index (sweep->cells, i) != NULL)
      {
        g_ptr_array_add (own, g_ptr_array_index (sweep->cells, i));
        g_ptr_array_add (labels, cli_grid_values (sweep->grid, i));
      }
  return own;
}

static CliExit
write_text (const char *text)
{
  g_autoptr (GError) error = NULL;

  if (options.output == NULL || strcmp (options.output, "-") == 0)
    return cli_print (text);
  if (g_file_set_contents (options.output, text, -1, &error))
    return CLI_DONE;
  return cli_complain (CLI_OUTPUT, "%s", error->message);
}

static CliExit
tell_outcome (const CliTable *table, gboolean complete)
{
  guint n_finished = 0, n_failed = cli_table_count_failed (table);

  for (guint i = 0; i < table->cells->len; i++)
    n_finished += cli_cell_is_finished (g_ptr_array_index (table->cells, i));
  if (!complete)
    return cli_complain (
        CLI_ENDED, _ ("stopped: %u of %u cells were finished and are kept"), n_finished, table->cells->len);
  if (n_failed > 0)
    return cli_complain (CLI_ENDED, _ ("%u of %u cells did not complete"), n_failed, table->cells->len);
  return CLI_DONE;
}

/* Writes the sweep as a table, or as a part for --merge. */
static CliExit
write_sweep (const CliSweep *sweep, gboolean run)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GPtrArray) cells = own_cells (sweep, labels);
  g_auto (GStrv) names = cli_grid_names (sweep->grid);
  CliTable table = { names, labels, cells };
  gboolean complete = !run || cli_cells_run (cells, cli_workload_jobs ());
  g_autofree char *text = options.shard != NULL ? cli_shard_format (sweep) : cli_table_format (&table, chosen_form ());
  CliExit written = write_text (text);

  return written != CLI_DONE ? written : tell_outcome (&table, complete);
}

static CliExit
merge_parts (const CliCommand *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CliSweep) sweep = NULL;
  GStrv names = cli_workload_names ();

  if (names == NULL)
    return cli_complain_usage (self->name, "%s", _ ("--merge: which files?"));
  if (options.axes != NULL || options.shard != NULL)
    return cli_complain_usage (self->name, "%s", _ ("--merge takes files only: they say what was varied"));
  sweep = cli_shards_merge (names, &error);
  return sweep != NULL ? write_sweep (sweep, FALSE) : cli_complain (CLI_INPUT, "%s", error->message);
}

static CliExit
sweep_all (const CliCommand *self, guint shard, guint n_shards)
{
  g_auto (CliWorkload) workload = { 0 };
  g_autoptr (CliSweep) sweep = NULL;
  g_autoptr (GError) error = NULL;
  CliExit exit;

  if (!cli_workload_open (&workload, self, &exit))
    return exit;
  sweep = plan (&workload, shard, n_shards, &error);
  return sweep != NULL ? write_sweep (sweep, TRUE) : cli_complain_error (error, CLI_USAGE);
}

CliExit
cli_sweep (const CliCommand *self, int argc, char **argv)
{
  guint shard, n_shards;

  if (!cli_parse (self, &argc, &argv, "SCENARIO|FILE", ENTRIES, CLI_WORKLOAD_ENTRIES))
    return CLI_USAGE;
  if (options.json && options.csv)
    return cli_complain_usage (self->name, "%s", _ ("--json or --csv, not both"));
  if (!parse_shard (&shard, &n_shards))
    return cli_complain_usage (self->name, _ ("--shard %s: expected I/N with I from 1 to N"), options.shard);
  if (options.merge)
    return merge_parts (self);
  if (options.axes == NULL)
    return cli_complain_usage (self->name, "%s", _ ("--vary: which settings?"));
  return sweep_all (self, shard, n_shards);
}
