/* compare.c - `heaparium-cli compare`: the same operations under several policies, a row each
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "table.h"
#include "workload.h"

static struct
{
  gboolean json;
  gboolean csv;
} options;

static const GOptionEntry ENTRIES[] = {
  { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print the rows as JSON"), NULL },
  { "csv", 0, 0, G_OPTION_ARG_NONE, &options.csv, N_ ("Print the rows as CSV"), NULL },
  { NULL },
};

static CliTableForm
chosen_form (void)
{
  return options.json ? CLI_TABLE_JSON : options.csv ? CLI_TABLE_CSV : CLI_TABLE_TEXT;
}

static gboolean
add_rows (CliTable *table, CliWorkload *workload, GError **error)
{
  for (guint i = 0; i < workload->policies->len; i++)
    {
      const char *policy = g_ptr_array_index (workload->policies, i);
      const char *labels[] = { policy, NULL };
      GStrv arguments = cli_workload_arguments (workload, policy, NULL, error);

      if (arguments == NULL)
        return FALSE;
      g_ptr_array_add (table->labels, g_strdupv ((GStrv) labels));
      g_ptr_array_add (table->cells, cli_cell_new (arguments));
    }
  return TRUE;
}

static CliExit
run_and_print (CliTable *table)
{
  gboolean complete = cli_cells_run (table->cells, cli_workload_jobs ());
  g_autofree char *text = cli_table_format (table, chosen_form ());
  CliExit printed = cli_print (text);

  if (printed != CLI_DONE)
    return printed;
  if (!complete)
    return cli_complain (CLI_ENDED, "%s", _ ("stopped: rows that were not finished are missing"));
  return cli_table_count_failed (table) > 0 ? CLI_ENDED : CLI_DONE;
}

CliExit
cli_compare (const CliCommand *self, int argc, char **argv)
{
  const char *names[] = { "policy", NULL };
  g_auto (CliWorkload) workload = { 0 };
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func ((GDestroyNotify) cli_cell_free);
  CliTable table = { (GStrv) names, labels, cells };
  g_autoptr (GError) error = NULL;
  CliExit exit;

  if (!cli_parse (self, &argc, &argv, "SCENARIO|FILE", ENTRIES, CLI_WORKLOAD_ENTRIES))
    return CLI_USAGE;
  if (options.json && options.csv)
    return cli_complain_usage (self->name, "%s", _ ("--json or --csv, not both"));
  if (!cli_workload_open (&workload, self, &exit))
    return exit;
  if (!add_rows (&table, &workload, &error))
    return cli_complain_error (error, CLI_USAGE);
  return run_and_print (&table);
}
