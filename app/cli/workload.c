/* workload.c - what `compare` and `sweep` run
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "workload.h"

#include "costs.h"

#include <string.h>

static struct
{
  char **policies;
  char **sets;
  char *costs;
  char **names;
  int jobs;
  char *memory_limit;
  gint64 cpu_limit;
} given;

const GOptionEntry CLI_WORKLOAD_ENTRIES[] = {
  { "policy",
    'p',
    0,
    G_OPTION_ARG_STRING_ARRAY,
    &given.policies,
    N_ ("A policy of the collector or the pager; may be repeated"),
    N_ ("ID") },
  { "set",
    's',
    0,
    G_OPTION_ARG_FILENAME_ARRAY,
    &given.sets,
    N_ ("A setting for all runs; may be repeated"),
    N_ ("KEY=VALUE") },
  { "costs", 0, 0, G_OPTION_ARG_FILENAME, &given.costs, N_ ("A key file of costs to reckon with"), N_ ("FILE") },
  { "jobs", 'J', 0, G_OPTION_ARG_INT, &given.jobs, N_ ("So many runs at a time; usually one per processor"), N_ ("N") },
  { "memory-limit",
    0,
    0,
    G_OPTION_ARG_STRING,
    &given.memory_limit,
    N_ ("The most memory one run may use: 512M, 2G"),
    N_ ("BYTES") },
  { "cpu-limit",
    0,
    0,
    G_OPTION_ARG_INT64,
    &given.cpu_limit,
    N_ ("The most processor time one run may use"),
    N_ ("SECONDS") },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given.names, NULL, NULL },
  { NULL },
};

GStrv
cli_workload_names (void)
{
  return given.names;
}

guint
cli_workload_jobs (void)
{
  return (guint) MAX (given.jobs, 0);
}

/* A run under @policy with nothing set. The default is a plugin like any other to the host, but need not be there. */
static HpRun *
new_run (CliWorkload *self, const char *policy, GError **error)
{
  g_autoptr (HpRun) run = hp_run_new (self->host, self->scenario, error);

  if (run == NULL || !hp_run_set_policy (run, policy, error))
    return NULL;
  return g_steal_pointer (&run);
}

/* Sets what the run has. FALSE with @error where the value is wrong or, with %HP_ERROR_NOT_FOUND, the name. */
static gboolean
set (HpRun *run, const char *text, GError **error)
{
  const char *equals = strchr (text, '=');
  g_autofree char *key = NULL;

  if (equals == NULL || equals == text)
    {
      g_set_error (error, HP_ERROR, HP_ERROR_INPUT, _ ("--set %s: expected KEY=VALUE"), text);
      return FALSE;
    }
  key = g_strndup (text, (gsize) (equals - text));
  return hp_run_set (run, key, equals + 1, error);
}

/* Whether a policy among those to be run knows a setting that another one does not. */
static gboolean
others_have (CliWorkload *self, const char *text)
{
  for (guint i = 0; i < self->policies->len; i++)
    {
      g_autoptr (HpRun) run = new_run (self, g_ptr_array_index (self->policies, i), NULL);

      if (run != NULL && set (run, text, NULL))
        return TRUE;
    }
  return FALSE;
}

static gboolean
add_sets (CliWorkload *self, HpRun *run, GStrv sets, GPtrArray *arguments, GError **error)
{
  for (GStrv text = sets; text != NULL && *text != NULL; text++)
    {
      g_autoptr (GError) wrong = NULL;

      if (set (run, *text, &wrong))
        {
          g_ptr_array_add (arguments, g_strdup ("--set"));
          g_ptr_array_add (arguments, g_strdup (*text));
        }
      else if (!g_error_matches (wrong, HP_ERROR, HP_ERROR_NOT_FOUND) || !others_have (self, *text))
        {
          g_propagate_error (error, g_steal_pointer (&wrong));
          return FALSE;
        }
    }
  return TRUE;
}

static void
add_limits (GPtrArray *arguments)
{
  if (given.memory_limit != NULL)
    g_ptr_array_add (arguments, g_strdup_printf ("--memory-limit=%s", given.memory_limit));
  if (given.cpu_limit > 0)
    g_ptr_array_add (arguments, g_strdup_printf ("--cpu-limit=%" G_GINT64_FORMAT, given.cpu_limit));
}

GStrv
cli_workload_arguments (CliWorkload *self, const char *policy, GStrv more, GError **error)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HpRun) run = new_run (self, policy, error);

  if (run == NULL)
    return NULL;
  add_limits (arguments);
  if (given.costs != NULL)
    g_ptr_array_add (arguments, g_strdup_printf ("--costs=%s", given.costs));
  g_ptr_array_add (arguments, g_strdup_printf ("--policy=%s", policy));
  if (!add_sets (self, run, self->sets, arguments, error) || !add_sets (self, run, more, arguments, error))
    return NULL;
  g_ptr_array_add (arguments, g_strdup ("--"));
  g_ptr_array_add (arguments, g_strdup (self->scenario));
  g_ptr_array_add (arguments, NULL);
  g_ptr_array_set_free_func (arguments, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&arguments), FALSE);
}

/* ---- from the command line --------------------------------------------------------------------------------------- */

static gboolean
check_names (const CliCommand *command)
{
  if (given.names == NULL)
    cli_complain_usage (command->name, "%s", _ ("which scenario or file?"));
  else if (given.names[1] != NULL)
    cli_complain_usage (
        command->name, _ ("one scenario or file at a time; found “%s” after “%s”"), given.names[1], given.names[0]);
  else if (strcmp (given.names[0], "-") == 0)
    cli_complain_usage (command->name, "%s", _ ("standard input can be read once only: give a file"));
  else
    return TRUE;
  return FALSE;
}

static void
choose_policies (CliWorkload *self)
{
  self->policies = g_ptr_array_new ();
  for (char **policy = given.policies; policy != NULL && *policy != NULL; policy++)
    g_ptr_array_add (self->policies, *policy);
  if (given.policies == NULL)
    g_ptr_array_add (self->policies, (gpointer) "default");
}

gboolean
cli_workload_open (CliWorkload *self, const CliCommand *command, CliExit *exit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpRun) run = NULL;

  *exit = CLI_USAGE;
  if (!check_names (command))
    return FALSE;
  self->scenario = given.names[0];
  self->host = hp_host_new (NULL);
  self->sets = given.sets;
  self->costs = given.costs;
  choose_policies (self);
  run = hp_run_new (self->host, self->scenario, &error);
  if (run == NULL || (given.costs != NULL && !cli_costs_apply (run, given.costs, &error)))
    return *exit = cli_complain_error (error, CLI_INPUT), FALSE;
  for (guint i = 0; i < self->policies->len; i++)
    if (!hp_run_set_policy (run, g_ptr_array_index (self->policies, i), &error))
      return *exit = cli_complain_error (error, CLI_USAGE), FALSE;
  return TRUE;
}

void
cli_workload_clear (CliWorkload *self)
{
  g_clear_pointer (&self->policies, g_ptr_array_unref);
  g_clear_pointer (&self->host, hp_host_free);
}
