/* pager_policies.c - built-in policies first, then files, then plugins by id
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "pager_policies.h"

#include "plugin/suggest.h"

#include <glib/gi18n.h>
#include <string.h>

static void
policy_free (gpointer data)
{
  CliPagerPolicy *self = data;

  hp_settings_free (self->settings);
  g_free (self);
}

void
cli_pager_policies_init (CliPagerPolicies *self)
{
  self->policies = g_ptr_array_new_with_free_func (policy_free);
  self->hosts = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_host_free);
}

void
cli_pager_policies_clear (CliPagerPolicies *self)
{
  g_clear_pointer (&self->policies, g_ptr_array_unref);
  g_clear_pointer (&self->hosts, g_ptr_array_unref);
}

static gboolean
is_path (const char *name)
{
  return strchr (name, G_DIR_SEPARATOR) != NULL || g_str_has_suffix (name, ".so") || g_str_has_suffix (name, ".plugin");
}

/* @name is no policy: what is close to it. */
static gboolean
refuse_name (const char *name, GError **error)
{
  gsize n;
  const HpReplacementPolicy *const *policies = hp_replacement_policies (&n);
  g_autofree const char **ids = g_new0 (const char *, n + 1);
  const char *meant;

  for (gsize i = 0; i < n; i++)
    ids[i] = policies[i]->id;
  meant = hp_suggest (name, ids);
  if (meant != NULL)
    g_set_error (
        error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("no page-replacement policy “%s”; did you mean “%s”?"), name, meant);
  else
    g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("no page-replacement policy “%s”"), name);
  return FALSE;
}

/* A plugin that was refused says why. */
static HpHost *
open_host (const char *name, const HpManifest **manifest, GError **error)
{
  g_autoptr (GError) unknown = NULL;
  HpHost *host;

  if (is_path (name))
    {
      /* Without a slash, a module is looked for in the system's folders. */
      g_autofree char *absolute = g_canonicalize_filename (name, NULL);

      return hp_host_new_with (absolute, manifest, error);
    }
  host = hp_host_new (NULL);
  *manifest = hp_host_find (host, HP_PLUGIN_POLICY, name, &unknown);
  if (*manifest != NULL)
    return host;
  hp_host_free (host);
  if (g_error_matches (unknown, HP_ERROR, HP_ERROR_NOT_FOUND))
    refuse_name (name, error);
  else
    g_propagate_error (error, g_steal_pointer (&unknown));
  return NULL;
}

static gboolean
add_plugin (CliPagerPolicies *self, const char *name, GError **error)
{
  const HpManifest *manifest = NULL;
  HpHost *host = open_host (name, &manifest, error);
  const HpPlugin *plugin;
  CliPagerPolicy *policy;

  if (host == NULL)
    return FALSE;
  g_ptr_array_add (self->hosts, host);
  plugin = hp_host_load (host, manifest, error);
  if (plugin == NULL)
    return FALSE;
  if (plugin->replacement == NULL)
    {
      g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("“%s” does not replace pages"), name);
      return FALSE;
    }
  policy = g_new0 (CliPagerPolicy, 1);
  *policy = (CliPagerPolicy){ manifest->id, plugin->replacement, hp_manifest_settings_new (manifest) };
  g_ptr_array_add (self->policies, policy);
  return TRUE;
}

gboolean
cli_pager_policies_add (CliPagerPolicies *self, const char *names, GError **error)
{
  g_auto (GStrv) split = g_strsplit (names, ",", -1);

  if (*split == NULL)
    return refuse_name (names, error);
  for (char **name = split; *name != NULL; name++)
    {
      const HpReplacementPolicy *built_in = hp_replacement_policy_find (*name);
      CliPagerPolicy *policy;

      if (built_in == NULL)
        {
          if (!add_plugin (self, *name, error))
            return FALSE;
          continue;
        }
      policy = g_new0 (CliPagerPolicy, 1);
      *policy = (CliPagerPolicy){ built_in->id, built_in, NULL };
      g_ptr_array_add (self->policies, policy);
    }
  return TRUE;
}

gboolean
cli_pager_policies_set (CliPagerPolicies *self, const char *key, const char *value, GError **error)
{
  gboolean found = FALSE;

  for (guint i = 0; i < self->policies->len; i++)
    {
      HpSettings *settings = ((CliPagerPolicy *) g_ptr_array_index (self->policies, i))->settings;

      if (settings == NULL || hp_settings_find (settings, key) == NULL)
        continue;
      if (!hp_settings_set (settings, key, value, error))
        return FALSE;
      found = TRUE;
    }
  if (!found)
    g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("no policy has a setting “%s”"), key);
  return found;
}
