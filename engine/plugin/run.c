/* run.c - the description of one run, and performing it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plugin/run.h"
#include "plugin/recognise.h"
#include "plugin/suggest.h"

#include "machine/scenario.h"

#include <string.h>

/* Whose a setting is, in the order in which an unqualified key is looked for. */
typedef enum
{
  SCOPE_SCENARIO,
  SCOPE_POLICY,
  SCOPE_MACHINE,
  N_SCOPES
} Scope;

static const char *const SCOPE_NAMES[N_SCOPES] = { "scenario", "policy", "machine" };

/* One `--set`; the last one of a scope and name holds. */
typedef struct
{
  Scope scope;
  char *name;
  char *value;
} Assignment;

struct _HpRun
{
  HpHost *host; /* borrowed */
  const HpManifest *scenario;
  const HpManifest *policy;       /* nullable */
  HpSettings *settings[N_SCOPES]; /* that of the policy is NULL without one */
  char **arguments;               /* of the program */
  GPtrArray *assignments;         /* of Assignment, in the order they were first made; the preset is not among them */
};

struct _HpScenarioContext
{
  HpMachine *machine;
  const HpSettings *settings;
  const char *folder;
  const char *const *arguments;
  const HpRunOptions *options; /* nullable */
};

/* ---- what a scenario is handed ---------------------------------------------------------------------------------- */

HpMachine *
hp_scenario_context_machine (HpScenarioContext *context)
{
  return context->machine;
}

const HpSettings *
hp_scenario_context_settings (const HpScenarioContext *context)
{
  return context->settings;
}

const char *
hp_scenario_context_folder (const HpScenarioContext *context)
{
  return context->folder;
}

const char *const *
hp_scenario_context_arguments (const HpScenarioContext *context)
{
  return context->arguments;
}

void
hp_scenario_context_progress (HpScenarioContext *context, double fraction)
{
  if (context->options != NULL && context->options->progress != NULL && fraction >= 0)
    context->options->progress (context->options->user_data, MIN (fraction, 1));
}

/* ---- the description -------------------------------------------------------------------------------------------- */

static void
assignment_free (Assignment *assignment)
{
  g_free (assignment->name);
  g_free (assignment->value);
  g_free (assignment);
}

/* Whether @name means a file where it is no scenario's id. */
static gboolean
looks_like_file (const char *name)
{
  return strcmp (name, "-") == 0 || strpbrk (name, "./") != NULL || g_file_test (name, G_FILE_TEST_EXISTS);
}

static const HpManifest *
find_scenario (HpHost *host, const char *name, gboolean *is_file, GError **error)
{
  g_autoptr (GError) reason = NULL;
  const HpManifest *scenario = hp_host_find (host, HP_PLUGIN_SCENARIO, name, &reason);

  *is_file = FALSE;
  if (scenario != NULL)
    return scenario;
  if (g_error_matches (reason, HP_ERROR, HP_ERROR_NOT_FOUND) && looks_like_file (name))
    {
      *is_file = TRUE;
      return hp_recognise (host, name, error);
    }
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

HpRun *
hp_run_new (HpHost *host, const char *scenario, GError **error)
{
  g_autoptr (HpRun) self = NULL;
  const HpManifest *manifest;
  gboolean is_file;

  g_return_val_if_fail (host != NULL && scenario != NULL, NULL);

  manifest = find_scenario (host, scenario, &is_file, error);
  if (manifest == NULL)
    return NULL;
  self = g_new0 (HpRun, 1);
  self->host = host;
  self->scenario = manifest;
  self->arguments = g_new0 (char *, 1);
  self->assignments = g_ptr_array_new_with_free_func ((GDestroyNotify) assignment_free);
  self->settings[SCOPE_SCENARIO] = hp_manifest_settings_new (manifest);
  self->settings[SCOPE_MACHINE] = hp_manifest_machine_settings_new (manifest, NULL, error);
  if (self->settings[SCOPE_MACHINE] == NULL)
    {
      g_prefix_error (error, "the scenario “%s”: ", manifest->id);
      return NULL;
    }
  if (is_file && !hp_run_set (self, "scenario.file", scenario, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
hp_run_free (HpRun *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < N_SCOPES; i++)
    hp_settings_free (self->settings[i]);
  g_strfreev (self->arguments);
  g_ptr_array_unref (self->assignments);
  g_free (self);
}

gboolean
hp_run_set_policy (HpRun *self, const char *id, GError **error)
{
  const HpManifest *policy;

  g_return_val_if_fail (self != NULL && id != NULL, FALSE);

  policy = hp_host_find (self->host, HP_PLUGIN_POLICY, id, error);
  if (policy == NULL)
    return FALSE;
  self->policy = policy;
  g_clear_pointer (&self->settings[SCOPE_POLICY], hp_settings_free);
  self->settings[SCOPE_POLICY] = hp_manifest_settings_new (policy);
  return TRUE;
}

void
hp_run_set_arguments (HpRun *self, const char *const *arguments)
{
  g_strfreev (self->arguments);
  self->arguments = g_strdupv ((char **) arguments);
}

/* ---- settings --------------------------------------------------------------------------------------------------- */

static gboolean
scope_has (const HpRun *self, Scope scope, const char *name)
{
  return self->settings[scope] != NULL && hp_settings_find (self->settings[scope], name) != NULL;
}

/* Splits @key into its scope and name; FALSE when no setting is meant by it. */
static gboolean
resolve (const HpRun *self, const char *key, Scope *scope, const char **name)
{
  const char *dot = strchr (key, '.');

  *name = dot != NULL ? dot + 1 : key;
  for (*scope = 0; *scope < N_SCOPES; ++*scope)
    {
      gsize n = strlen (SCOPE_NAMES[*scope]);
      gboolean meant = dot == NULL || ((gsize) (dot - key) == n && strncmp (key, SCOPE_NAMES[*scope], n) == 0);

      if (meant && scope_has (self, *scope, *name))
        return TRUE;
    }
  return FALSE;
}

static gboolean
refuse_key (const HpRun *self, const char *key, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *dot = strrchr (key, '.');
  const char *meant;

  for (Scope scope = 0; scope < N_SCOPES; scope++)
    for (gsize i = 0; self->settings[scope] != NULL && i < hp_settings_count (self->settings[scope]); i++)
      g_ptr_array_add (names, (gpointer) hp_settings_parameter (self->settings[scope], i)->name);
  g_ptr_array_add (names, NULL);
  meant = hp_suggest (dot ? dot + 1 : key, (const char *const *) names->pdata);
  if (meant != NULL)
    g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, "no setting “%s”; did you mean “%s”?", key, meant);
  else
    g_set_error (error,
                 HP_ERROR,
                 HP_ERROR_NOT_FOUND,
                 "no setting “%s” of the scenario “%s”, %s or the machine",
                 key,
                 self->scenario->id,
                 self->policy ? "the policy" : "a policy");
  return FALSE;
}

static void
remember (HpRun *self, Scope scope, const char *name, const char *value)
{
  Assignment *assignment;

  for (guint i = 0; i < self->assignments->len; i++)
    {
      assignment = g_ptr_array_index (self->assignments, i);
      if (assignment->scope != scope || strcmp (assignment->name, name) != 0)
        continue;
      g_free (assignment->value);
      assignment->value = g_strdup (value);
      return;
    }
  assignment = g_new (Assignment, 1);
  *assignment = (Assignment){ scope, g_strdup (name), g_strdup (value) };
  g_ptr_array_add (self->assignments, assignment);
}

/* A preset brings its own defaults; what was set for the machine before is set again over them. */
static gboolean
set_preset (HpRun *self, const char *preset, GError **error)
{
  g_autoptr (HpSettings) settings = hp_manifest_machine_settings_new (self->scenario, preset, error);

  if (settings == NULL)
    return FALSE;
  for (guint i = 0; i < self->assignments->len; i++)
    {
      const Assignment *assignment = g_ptr_array_index (self->assignments, i);

      if (assignment->scope == SCOPE_MACHINE && !hp_settings_set (settings, assignment->name, assignment->value, error))
        return FALSE;
    }
  hp_settings_free (self->settings[SCOPE_MACHINE]);
  self->settings[SCOPE_MACHINE] = g_steal_pointer (&settings);
  return TRUE;
}

static gboolean
set_for_file (gpointer self, const char *key, const char *value, GError **error)
{
  return hp_run_set (self, key, value, error);
}

/* A file may ask for settings of its own. */
static gboolean
ask_file (HpRun *self, const char *path, GError **error)
{
  const HpPlugin *plugin = hp_host_load (self->host, self->scenario, NULL);

  return plugin == NULL || plugin->scenario->set == NULL || plugin->scenario->set (path, set_for_file, self, error);
}

gboolean
hp_run_set (HpRun *self, const char *key, const char *value, GError **error)
{
  Scope scope;
  const char *name;

  g_return_val_if_fail (self != NULL && key != NULL && value != NULL, FALSE);

  if (strcmp (key, "preset") == 0 || strcmp (key, "machine.preset") == 0)
    return set_preset (self, value, error);
  if (!resolve (self, key, &scope, &name))
    return refuse_key (self, key, error);
  if (!hp_settings_set (self->settings[scope], name, value, error))
    return FALSE;
  remember (self, scope, name, value);
  return scope != SCOPE_SCENARIO || strcmp (name, "file") != 0 || ask_file (self, value, error);
}

const HpManifest *
hp_run_scenario (const HpRun *self)
{
  return self->scenario;
}

const HpManifest *
hp_run_policy (const HpRun *self)
{
  return self->policy;
}

const HpSettings *
hp_run_machine_settings (const HpRun *self)
{
  return self->settings[SCOPE_MACHINE];
}

const HpSettings *
hp_run_scenario_settings (const HpRun *self)
{
  return self->settings[SCOPE_SCENARIO];
}

const HpSettings *
hp_run_policy_settings (const HpRun *self)
{
  return self->settings[SCOPE_POLICY];
}

const char *
hp_run_file (const HpRun *self)
{
  const char *file = NULL;

  if (hp_manifest_has_file (self->scenario))
    file = hp_settings_get_text (self->settings[SCOPE_SCENARIO], "file");
  return file != NULL && *file != '\0' ? file : NULL;
}

/* The id of the page-replacement policy: the policy plugin's own, or that of the setting. */
static const char *
replacement_of (const HpRun *self)
{
  const HpPlugin *plugin = self->policy != NULL ? hp_host_load (self->host, self->policy, NULL) : NULL;

  return plugin != NULL && plugin->replacement != NULL
             ? plugin->replacement->id
             : hp_settings_get_text (self->settings[SCOPE_MACHINE], "replacement");
}

void
hp_run_describe (const HpRun *self,
                 void (*fact) (gpointer user_data, const char *key, const char *value),
                 gpointer user_data)
{
  fact (user_data, "scenario", self->scenario->id);
  if (self->policy != NULL)
    fact (user_data, "policy", self->policy->id);
  if (hp_manifest_has_file (self->scenario) || hp_settings_get_boolean (self->settings[SCOPE_MACHINE], "pager"))
    fact (user_data, "replacement", replacement_of (self));
  fact (user_data, "set.machine.preset", hp_settings_get_text (self->settings[SCOPE_MACHINE], "preset"));
  for (guint i = 0; i < self->assignments->len; i++)
    {
      const Assignment *assignment = g_ptr_array_index (self->assignments, i);
      g_autofree char *key = g_strdup_printf ("set.%s.%s", SCOPE_NAMES[assignment->scope], assignment->name);

      if (scope_has (self, assignment->scope, assignment->name))
        fact (user_data, key, assignment->value);
    }
  for (guint i = 0; self->arguments[i] != NULL; i++)
    {
      g_autofree char *key = g_strdup_printf ("argument.%u", i + 1);
      g_autofree char *valid = g_utf8_make_valid (self->arguments[i], -1);

      fact (user_data, key, valid);
    }
}

/* ---- performing ------------------------------------------------------------------------------------------------- */

/* The rules of the run's policy; those it does not bring stay as they are. */
static gboolean
load_policy (HpRun *self, HpPolicies *policies, GError **error)
{
  const HpPlugin *plugin;

  if (self->policy == NULL)
    return TRUE;
  plugin = hp_host_load (self->host, self->policy, error);
  if (plugin == NULL)
    return FALSE;
  *policies = (HpPolicies){ plugin->policy, plugin->replacement, self->settings[SCOPE_POLICY] };
  return TRUE;
}

HpMachine *
hp_run_perform (
    HpRun *self, const HpListener *listener, const HpRunOptions *options, HpMachine *volatile *started, GError **error)
{
  const HpPlugin *scenario;
  HpPolicies policies = { NULL, NULL, NULL };
  HpMachine *machine;
  HpScenarioContext context;

  g_return_val_if_fail (self != NULL, NULL);

  scenario = hp_host_load (self->host, self->scenario, error);
  if (scenario == NULL || !load_policy (self, &policies, error))
    return NULL;
  machine = hp_machine_new (self->settings[SCOPE_MACHINE], &policies, listener, error);
  if (machine == NULL)
    return NULL;
  if (options != NULL)
    {
      hp_machine_set_event_limit (machine, options->event_limit);
      hp_machine_set_verify (machine, options->verify);
      hp_machine_set_output (machine, options->output, options->output_data);
      hp_machine_set_trace_output (machine, options->trace_output, options->trace_data);
    }
  if (started != NULL)
    *started = machine;
  context = (HpScenarioContext){
    machine, self->settings[SCOPE_SCENARIO], self->scenario->folder, (const char *const *) self->arguments, options
  };
  scenario->scenario->run (&context);
  hp_machine_finish (machine);
  return machine;
}
