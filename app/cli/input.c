/* input.c - from SCENARIO|FILE, --policy and --set to a run, and to its recording
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "input.h"

#include "base/input.h"
#include "costs.h"
#include "guard.h"
#include "progress.h"

#include <string.h>

static struct
{
  char *policy;
  char **sets;
  char *costs;
  char **names;
  guint n_last; /* of them stand after "--" and may be arguments of a program */
} given;

const GOptionEntry CLI_INPUT_ENTRIES[] = {
  { "policy", 'p', 0, G_OPTION_ARG_STRING, &given.policy, N_ ("The policy of the collector or the pager"), N_ ("ID") },
  { "set",
    's',
    0,
    G_OPTION_ARG_FILENAME_ARRAY,
    &given.sets,
    N_ ("A setting of the scenario, the policy or the machine; may be repeated"),
    N_ ("KEY=VALUE") },
  { "costs", 0, 0, G_OPTION_ARG_FILENAME, &given.costs, N_ ("A key file of costs to reckon with"), N_ ("FILE") },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given.names, NULL, NULL },
  { NULL },
};

gboolean
cli_split_setting (const CliCommand *command, const char *text, char **key, const char **value)
{
  const char *equals = strchr (text, '=');

  if (equals == NULL || equals == text)
    {
      cli_complain_usage (command->name, _ ("--set %s: expected KEY=VALUE"), text);
      return FALSE;
    }
  *key = g_strndup (text, (gsize) (equals - text));
  *value = equals + 1;
  return TRUE;
}

static gboolean
is_recording (const CliInput *self)
{
  guint8 head[64];
  gsize n = 0;
  g_autoptr (GInputStream) stream = NULL;

  if (hp_host_find (self->host, HP_PLUGIN_SCENARIO, self->name, NULL) != NULL
      || !g_file_test (self->name, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  stream = hp_input_open (self->name, NULL);
  if (stream == NULL)
    return FALSE;
  g_input_stream_read_all (stream, head, sizeof head, &n, NULL, NULL);
  return hp_recording_recognises (head, n);
}

static gboolean
apply_sets (CliInput *self, const CliCommand *command, GError **error)
{
  for (char **set = given.sets; set != NULL && *set != NULL; set++)
    {
      g_autofree char *key = NULL;
      const char *value;

      if (!cli_split_setting (command, *set, &key, &value))
        return FALSE;
      if (self->for_view && g_str_has_prefix (key, "view."))
        g_ptr_array_add (self->view_sets, *set + strlen ("view."));
      else if (self->run == NULL)
        g_set_error (error,
                     HP_ERROR,
                     HP_ERROR_NOT_FOUND,
                     _ ("%s is a recording: its run is over, nothing can be set"),
                     self->name);
      else
        hp_run_set (self->run, key, value, error);
      if (*error != NULL)
        return FALSE;
    }
  return TRUE;
}

/* Makes the run, and sets what was given. FALSE may leave @error unset: then the complaint was made. */
static gboolean
refuse_for_recording (const CliInput *self, GError **error)
{
  if (given.policy != NULL)
    g_set_error (
        error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("%s is a recording: its run is over, it takes no policy"), self->name);
  else if (given.costs != NULL)
    g_set_error (
        error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("%s is a recording: its run is over, nothing can be set"), self->name);
  return given.policy == NULL && given.costs == NULL;
}

static gboolean
build_run (CliInput *self, const CliCommand *command, GError **error)
{
  if (is_recording (self))
    return refuse_for_recording (self, error) && apply_sets (self, command, error);
  self->run = hp_run_new (self->host, self->name, error);
  if (self->run == NULL || (given.policy != NULL && !hp_run_set_policy (self->run, given.policy, error))
      || (given.costs != NULL && !cli_costs_apply (self->run, given.costs, error)))
    return FALSE;
  self->files_are_read = TRUE;
  return apply_sets (self, command, error);
}

void
cli_input_allow_arguments (int argc, char **argv)
{
  int i = 1;

  while (i < argc && strcmp (argv[i], "--") != 0)
    i++;
  given.n_last = i < argc ? (guint) (argc - i - 1) : 0;
}

/* The arguments of the program among the names, or NULL: what stands after "--", unless the scenario stands there. */
static char **
find_arguments (void)
{
  guint n = g_strv_length (given.names);

  if (given.n_last == 0)
    return NULL;
  if (n > given.n_last)
    return given.names + n - given.n_last;
  return n > 1 && strcmp (given.names[1], "--") == 0 ? given.names + 2 : NULL;
}

static gboolean
check_names (const CliCommand *command)
{
  if (given.names == NULL)
    cli_complain_usage (command->name, "%s", _ ("which scenario or file?"));
  else if (given.names[1] != NULL && find_arguments () != given.names + 1 && find_arguments () != given.names + 2)
    cli_complain_usage (
        command->name, _ ("one scenario or file at a time; found “%s” after “%s”"), given.names[1], given.names[0]);
  else
    return TRUE;
  return FALSE;
}

static gboolean
pass_arguments (CliInput *self, GError **error)
{
  char **arguments = find_arguments ();

  if (arguments == NULL)
    return TRUE;
  if (self->run != NULL && hp_run_scenario (self->run)->is_program)
    {
      hp_run_set_arguments (self->run, (const char *const *) arguments);
      return TRUE;
    }
  g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("%s is no program: it takes no arguments"), self->name);
  return FALSE;
}

gboolean
cli_input_open (CliInput *self, const CliCommand *command, CliExit *exit)
{
  g_autoptr (GError) error = NULL;

  *exit = CLI_USAGE;
  if (!check_names (command))
    return FALSE;
  self->name = given.names[0];
  self->host = hp_host_new (NULL);
  self->view_sets = g_ptr_array_new ();
  if (build_run (self, command, &error) && pass_arguments (self, &error))
    return TRUE;
  if (error != NULL)
    *exit = cli_complain_error (error, self->files_are_read ? CLI_USAGE : CLI_INPUT);
  return FALSE;
}

void
cli_input_clear (CliInput *self)
{
  g_clear_pointer (&self->run, hp_run_free);
  g_clear_pointer (&self->host, hp_host_free);
  g_clear_pointer (&self->view_sets, g_ptr_array_unref);
}

/* Progress is shown here, and told to the caller too. */
typedef struct
{
  CliProgress shown;
  const HpRunOptions *asked;
} Progress;

static void
on_progress (gpointer user_data, double fraction)
{
  Progress *progress = user_data;

  cli_progress_show (&progress->shown, fraction);
  if (progress->asked->progress != NULL)
    progress->asked->progress (progress->asked->user_data, fraction);
}

HpMachine *
cli_input_perform (CliInput *self, const HpListener *listener, HpRunOptions options, CliExit *exit)
{
  const HpManifest *policy = hp_run_policy (self->run);
  g_autoptr (GError) error = NULL;
  Progress progress = { cli_progress_begin (), &options };
  HpRunOptions inner = options;
  HpMachine *machine;

  inner.progress = on_progress;
  inner.user_data = &progress;
  cli_guard_begin (hp_run_scenario (self->run)->id, policy ? policy->id : NULL);
  machine = hp_run_perform (self->run, listener, &inner, &cli_guard_machine, &error);
  cli_guard_end ();
  cli_progress_end (&progress.shown);
  if (machine == NULL)
    *exit = cli_complain_error (error, CLI_USAGE);
  return machine;
}

static void
add_fact (gpointer user_data, const char *key, const char *value)
{
  hp_recording_set_fact (user_data, key, value);
}

HpRecording *
cli_input_record (CliInput *self, HpRunOptions options, HpMachine **machine, CliExit *exit)
{
  g_autoptr (HpRecording) recording = NULL;
  g_autoptr (GError) error = NULL;
  HpListener listener;

  *machine = NULL;
  if (self->run == NULL)
    {
      recording = hp_recording_load (self->name, &error);
      if (recording == NULL)
        *exit = cli_complain_error (error, CLI_INPUT);
      return g_steal_pointer (&recording);
    }
  recording = hp_recording_new ();
  listener = hp_recording_listener (recording);
  hp_run_describe (self->run, add_fact, recording);
  options.event_limit = CLI_EVENT_LIMIT;
  *machine = cli_input_perform (self, &listener, options, exit);
  return *machine != NULL ? g_steal_pointer (&recording) : NULL;
}
