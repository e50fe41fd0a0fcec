/* options.c - what the window program understands on its command line besides files: a run or a process to open
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "options.h"

#include "process/process.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

static const GOptionEntry ENTRIES[] = {
  { "scenario", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Run a scenario in a new window"), N_ ("ID") },
  { "policy", 'p', 0, G_OPTION_ARG_STRING, NULL, N_ ("… under this policy"), N_ ("ID") },
  { "set", 's', 0, G_OPTION_ARG_STRING_ARRAY, NULL, N_ ("… with this setting; may be repeated"), N_ ("KEY=VALUE") },
  { "watch", 0, 0, G_OPTION_ARG_INT, NULL, N_ ("Watch a live process in a new window"), N_ ("PID") },
  { NULL },
};

void
hp_options_add (GApplication *application)
{
  g_application_add_main_option_entries (application, ENTRIES);
}

static gboolean
check_settings (char **settings, GError **error)
{
  for (char **setting = settings; setting != NULL && *setting != NULL; setting++)
    if (strchr (*setting, '=') == NULL || **setting == '=')
      {
        g_set_error (error, HP_ERROR, HP_ERROR_INPUT, _ ("--set %s: expected KEY=VALUE"), *setting);
        return FALSE;
      }
  return TRUE;
}

/* NULL where no run is asked for, or with @error where it makes no sense. */
static GVariant *
run_of (GVariantDict *options, GError **error)
{
  static const char *const NONE[] = { NULL };
  g_autofree char *scenario = NULL;
  g_autofree char *policy = NULL;
  g_auto (GStrv) settings = NULL;
  const char *policies[] = { NULL, NULL };

  g_variant_dict_lookup (options, "scenario", "s", &scenario);
  g_variant_dict_lookup (options, "policy", "s", &policy);
  g_variant_dict_lookup (options, "set", "^as", &settings);
  if (!check_settings (settings, error))
    return NULL;
  policies[0] = policy;
  if (scenario != NULL)
    return g_variant_new ("(s^as^as)", scenario, policies, settings != NULL ? (const char *const *) settings : NONE);
  if (policy != NULL || settings != NULL)
    g_set_error (error, HP_ERROR, HP_ERROR_INPUT, "%s", _ ("--policy and --set need --scenario"));
  return NULL;
}

/* The same for a process. */
static GVariant *
watch_of (GVariantDict *options, GError **error)
{
  g_autoptr (HpProcess) process = NULL;
  gint32 pid;

  if (!g_variant_dict_lookup (options, "watch", "i", &pid))
    return NULL;
  process = hp_process_open (HP_PROCESS_FOLDER, (guint) MAX (pid, 0), geteuid (), error);
  return process != NULL ? g_variant_new_uint32 (hp_process_pid (process)) : NULL;
}

GVariant *
hp_options_action (GVariantDict *options, const char **action, GError **error)
{
  if (g_variant_dict_contains (options, "watch"))
    {
      *action = "watch";
      return watch_of (options, error);
    }
  *action = "run";
  return run_of (options, error);
}

HpPlan *
hp_options_plan (GVariant *run)
{
  const char *scenario;
  g_autofree const char **policies = NULL;
  g_autofree const char **settings = NULL;
  HpPlan *plan;

  g_variant_get (run, "(&s^a&s^a&s)", &scenario, &policies, &settings);
  plan = hp_plan_new (scenario);
  if (policies[0] != NULL)
    hp_plan_set_policy (plan, policies[0]);
  for (const char **setting = settings; *setting != NULL; setting++)
    {
      const char *equals = strchr (*setting, '=');
      g_autofree char *key = g_strndup (*setting, equals != NULL ? (gsize) (equals - *setting) : 0);

      if (equals != NULL) /* others may activate the action too */
        hp_plan_set (plan, key, equals + 1);
    }
  return plan;
}
