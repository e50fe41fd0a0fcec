/* check_policy.c - `heaparium-cli check-policy`: a policy on trial
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check_report.h"
#include "guard.h"
#include "input.h"
#include "progress.h"

#include <string.h>

static struct
{
  gint64 programs;
  gint64 steps;
  gint64 seed;
  gint64 cpu_limit; /* for one run: who needs more loops */
  gboolean allow_wrong_answers;
  gboolean json;
  char **sets;
  char **names;
} options = { .programs = 2000, .steps = 400, .seed = 1, .cpu_limit = 20 };

static const GOptionEntry ENTRIES[] = {
  { "programs", 'n', 0, G_OPTION_ARG_INT64, &options.programs, N_ ("How many random programs to run (2000)"), "N" },
  { "steps", 0, 0, G_OPTION_ARG_INT64, &options.steps, N_ ("How many steps each has (400)"), "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &options.seed, N_ ("The seed of the first one (1)"), "S" },
  { "cpu-limit",
    0,
    0,
    G_OPTION_ARG_INT64,
    &options.cpu_limit,
    N_ ("The most processor time one run may use (20)"),
    N_ ("SECONDS") },
  { "allow-wrong-answers",
    0,
    0,
    G_OPTION_ARG_NONE,
    &options.allow_wrong_answers,
    N_ ("Count wrong answers that were put right, and go on"),
    NULL },
  { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print what was found as one JSON object"), NULL },
  { "set",
    's',
    0,
    G_OPTION_ARG_FILENAME_ARRAY,
    &options.sets,
    N_ ("A setting of the policy; may be repeated"),
    N_ ("KEY=VALUE") },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.names, NULL, NULL },
  { NULL },
};

/* The policy on trial, and what its runs show. */
typedef struct
{
  HpHost *host;
  const HpManifest *manifest;
  HpSettings *settings;
  const HpPlugin *plugin;
  char *folder; /* where it was found by path, or NULL */
  CliProgress progress;
} Check;

static void
check_clear (Check *self)
{
  hp_settings_free (self->settings);
  g_clear_pointer (&self->host, hp_host_free);
  g_free (self->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

/* ---- what is on trial -------------------------------------------------------------------------------------------- */

static gboolean
is_path (const char *name)
{
  return strchr (name, G_DIR_SEPARATOR) != NULL || g_str_has_suffix (name, ".plugin") || g_str_has_suffix (name, ".so");
}

static gboolean
find_policy (Check *self, const char *name, GError **error)
{
  if (is_path (name))
    {
      g_autofree char *absolute = g_canonicalize_filename (name, NULL);

      self->folder = g_path_get_dirname (absolute);
      self->host = hp_host_new_with (absolute, &self->manifest, error);
    }
  else
    {
      self->host = hp_host_new (NULL);
      self->manifest = hp_host_find (self->host, HP_PLUGIN_POLICY, name, error);
    }
  if (self->host == NULL || self->manifest == NULL)
    return FALSE;
  if (self->manifest->kind == HP_PLUGIN_POLICY)
    return TRUE;
  g_set_error (error,
               HP_ERROR,
               HP_ERROR_NOT_FOUND,
               _ ("%s: found a %s, expected a policy"),
               name,
               hp_plugin_kind_name (self->manifest->kind));
  return FALSE;
}

static gboolean
load_policy (Check *self, GError **error)
{
  cli_guard_begin (_ ("none"), self->manifest->id);
  cli_guard_allow ((guint) options.cpu_limit);
  self->plugin = hp_host_load (self->host, self->manifest, error);
  cli_guard_end ();
  if (self->plugin == NULL)
    return FALSE;
  if (self->plugin->policy != NULL)
    return TRUE;
  g_set_error (error,
               HP_ERROR,
               HP_ERROR_NOT_FOUND,
               _ ("the policy “%s” rules the pager only: there is no collector to check"),
               self->manifest->id);
  return FALSE;
}

static gboolean
apply_sets (Check *self, const CliCommand *command, GError **error)
{
  self->settings = hp_manifest_settings_new (self->manifest);
  for (char **set = options.sets; set != NULL && *set != NULL; set++)
    {
      g_autofree char *key = NULL;
      const char *value;

      if (!cli_split_setting (command, *set, &key, &value) || !hp_settings_set (self->settings, key, value, error))
        return FALSE;
    }
  return TRUE;
}

/* FALSE may leave @error unset: then the complaint was made. */
static gboolean
open_check (Check *self, const CliCommand *command, GError **error)
{
  if (options.names == NULL || options.names[1] != NULL)
    {
      cli_complain_usage (
          command->name, "%s", options.names == NULL ? _ ("which policy?") : _ ("one policy at a time"));
      return FALSE;
    }
  if (options.programs < 0 || options.programs > G_MAXINT32 || options.steps < 1 || options.steps > HP_PROGRAM_MAX_STEPS
      || options.seed < 0 || options.cpu_limit < 1 || options.cpu_limit > G_MAXINT32)
    {
      cli_complain_usage (command->name, "%s", _ ("--programs, --steps, --seed or --cpu-limit is out of range"));
      return FALSE;
    }
  return find_policy (self, options.names[0], error) && apply_sets (self, command, error) && load_policy (self, error);
}

/* ---- the trial --------------------------------------------------------------------------------------------------- */

/* Who is to blame if the run crashes, and how to make that run again. */
static void
on_run (gpointer user_data, const char *description)
{
  Check *self = user_data;

  cli_guard_name (_ ("the policy “%s”, in “run --policy %s %s”,"), self->manifest->id, self->manifest->id, description);
  cli_guard_allow ((guint) options.cpu_limit);
}

static gboolean
on_progress (gpointer user_data, double fraction)
{
  Check *self = user_data;

  cli_progress_show (&self->progress, fraction);
  cli_guard_allow ((guint) options.cpu_limit);
  return !cli_guard_is_stopped ();
}

static HpTrialResult
perform (Check *self)
{
  HpTrial trial = { .policy = self->plugin->policy,
                    .policy_settings = self->settings,
                    .host = self->host,
                    .policy_id = self->manifest->id,
                    .n_programs = (guint) options.programs,
                    .n_steps = (guint) options.steps,
                    .seed = (guint64) options.seed,
                    .allow_faults = options.allow_wrong_answers,
                    .before = on_run,
                    .progress = on_progress,
                    .user_data = self,
                    .started = &cli_guard_machine };
  HpTrialResult result;

  self->progress = cli_progress_begin ();
  cli_guard_begin (_ ("none"), self->manifest->id);
  result = hp_trial_run (&trial);
  cli_guard_end ();
  cli_progress_end (&self->progress);
  return result;
}

static CliExit
report (const Check *self, const HpTrialResult *result)
{
  CliCheckReport report = { self->manifest->id, self->folder, (const char *const *) options.sets, result };
  g_autofree char *text = options.json ? cli_check_report_json (&report) : cli_check_report_text (&report);
  CliExit printed = cli_print (text);

  if (printed != CLI_DONE)
    return printed;
  if (result->failure != NULL)
    return CLI_RULE;
  return result->is_cancelled ? CLI_ENDED : CLI_DONE;
}

CliExit
cli_check_policy (const CliCommand *self, int argc, char **argv)
{
  g_auto (Check) check = { 0 };
  g_auto (HpTrialResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  if (!cli_parse (self, &argc, &argv, "POLICY|FILE", ENTRIES, NULL))
    return CLI_USAGE;
  if (!open_check (&check, self, &error))
    return error != NULL ? cli_complain_error (error, check.manifest == NULL ? CLI_INPUT : CLI_USAGE) : CLI_USAGE;
  result = perform (&check);
  return report (&check, &result);
}
