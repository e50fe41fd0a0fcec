/* costs.c - reads a key file of costs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "costs.h"

#include <glib/gi18n.h>

static gboolean
apply (HpRun *run, GKeyFile *file, const char *path, const char *key, GError **error)
{
  g_autofree char *value = g_key_file_get_string (file, CLI_COSTS_GROUP, key, error);
  g_autofree char *name = g_strconcat ("machine.", key, NULL);
  g_autoptr (GError) reason = NULL;

  if (value == NULL)
    return FALSE;
  if (g_str_has_prefix (key, "cost-") && hp_run_set (run, name, value, &reason))
    return TRUE;
  if (reason != NULL)
    g_set_error (error, HP_ERROR, HP_ERROR_INPUT, "%s: %s", path, reason->message);
  else
    g_set_error (
        error, HP_ERROR, HP_ERROR_INPUT, _ ("%s: found “%s”, expected a setting that begins with “cost-”"), path, key);
  return FALSE;
}

gboolean
cli_costs_apply (HpRun *run, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) reason = NULL;
  g_auto (GStrv) keys = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &reason))
    keys = g_key_file_get_keys (file, CLI_COSTS_GROUP, NULL, &reason);
  if (reason != NULL)
    {
      g_set_error (error, HP_ERROR, HP_ERROR_INPUT, "%s: %s", path, reason->message);
      return FALSE;
    }
  for (char **key = keys; *key != NULL; key++)
    if (!apply (run, file, path, *key, error))
      return FALSE;
  return TRUE;
}
