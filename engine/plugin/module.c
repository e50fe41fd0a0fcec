/* module.c - opens the module of one plugin and checks what it exports
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plugin/module.h"

#include <gmodule.h>
#include <string.h>

/* HpView belongs to a higher room. Its first version, which the ABI number vouches for, is a size and three functions
 * of which the last, build, is a must. */
#define VIEW_BYTES (4 * sizeof (gpointer))
#define VIEW_BUILD (3 * sizeof (gpointer))

/* One row for each pointer of HpPlugin. All vtables begin with their size in bytes, a gsize. */
static const struct
{
  const char *name;
  HpPluginKind kind;
  gsize offset;   /* of the pointer in HpPlugin */
  gsize bytes;    /* of the vtable as this engine knows it */
  gsize required; /* offset of the function that must be there; 0: none */
} VTABLES[] = {
  { "scenario",
    HP_PLUGIN_SCENARIO,
    G_STRUCT_OFFSET (HpPlugin, scenario),
    sizeof (HpScenario),
    G_STRUCT_OFFSET (HpScenario, run) },
  { "policy", HP_PLUGIN_POLICY, G_STRUCT_OFFSET (HpPlugin, policy), sizeof (HpGcPolicy), 0 },
  { "replacement",
    HP_PLUGIN_POLICY,
    G_STRUCT_OFFSET (HpPlugin, replacement),
    sizeof (HpReplacementPolicy),
    G_STRUCT_OFFSET (HpReplacementPolicy, victim) },
  { "view", HP_PLUGIN_VIEW, G_STRUCT_OFFSET (HpPlugin, view), VIEW_BYTES, VIEW_BUILD },
};

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error, g_error_new_valist (HP_ERROR, HP_ERROR_PLUGIN, format, arguments));
  va_end (arguments);
  return FALSE;
}

gboolean
hp_module_check_numbers (guint32 abi, guint32 api, GError **error)
{
  if (abi != HP_PLUGIN_ABI)
    return refuse (error, "it is built for plugin ABI %u; this Heaparium has ABI %d", abi, HP_PLUGIN_ABI);
  if (api > HP_PLUGIN_API)
    return refuse (error, "it needs plugin API %u; this Heaparium has API %d", api, HP_PLUGIN_API);
  return TRUE;
}

/* The pointer of row @i in @plugin. */
static gpointer *
vtable_of (HpPlugin *plugin, gsize i)
{
  return G_STRUCT_MEMBER_P (plugin, VTABLES[i].offset);
}

static gboolean
check_vtable (gconstpointer vtable, gsize i, GError **error)
{
  gsize bytes = *(const gsize *) vtable;
  gsize required = VTABLES[i].required;

  if (bytes < sizeof bytes || bytes > VTABLES[i].bytes || bytes % sizeof (gpointer) != 0)
    return refuse (error,
                   "the struct_size of its %s is %" G_GSIZE_FORMAT ", expected %" G_GSIZE_FORMAT " or less",
                   VTABLES[i].name,
                   bytes,
                   VTABLES[i].bytes);
  if (required != 0 && (required >= bytes || G_STRUCT_MEMBER (gpointer, vtable, required) == NULL))
    return refuse (error, "its %s lacks a function that every %s needs", VTABLES[i].name, VTABLES[i].name);
  return TRUE;
}

/* Exactly the pointers of the kind are set, at least one. */
static gboolean
check_vtables (HpPlugin *plugin, GError **error)
{
  guint n_set = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (VTABLES); i++)
    {
      gconstpointer vtable = *vtable_of (plugin, i);

      if (vtable == NULL)
        continue;
      if (VTABLES[i].kind != plugin->kind)
        return refuse (
            error, "it says it is a %s and exports a %s", hp_plugin_kind_name (plugin->kind), VTABLES[i].name);
      if (!check_vtable (vtable, i, error))
        return FALSE;
      n_set++;
    }
  return n_set > 0 ? TRUE : refuse (error, "it says it is a %s and exports none", hp_plugin_kind_name (plugin->kind));
}

static gboolean
check_identity (const HpPlugin *plugin, const HpManifest *manifest, GError **error)
{
  const char *kind = hp_plugin_kind_name (plugin->kind);
  const char *id = manifest->of != NULL ? manifest->of : manifest->id;

  if (g_strcmp0 (plugin->id, id) != 0)
    return refuse (error, "its module calls itself “%s” and its manifest “%s”", plugin->id ? plugin->id : "", id);
  if (plugin->kind != manifest->kind)
    return refuse (error,
                   "its module says it is a %s and its manifest a %s",
                   kind ? kind : "thing of an unknown kind",
                   hp_plugin_kind_name (manifest->kind));
  return TRUE;
}

/* What @exported tells, in structs of our size, once it is known to be sound. */
static HpPlugin *
adopt (const HpPlugin *exported, const HpManifest *manifest, GError **error)
{
  HpPlugin plugin;

  if (exported->struct_size < G_STRUCT_OFFSET (HpPlugin, api) + sizeof exported->api)
    return refuse (error, "the struct_size of its entry is %" G_GSIZE_FORMAT, exported->struct_size), NULL;
  if (!hp_module_check_numbers (exported->abi, exported->api, error))
    return NULL;
  if (exported->struct_size != sizeof plugin)
    return refuse (error,
                   "the struct_size of its entry is %" G_GSIZE_FORMAT ", expected %" G_GSIZE_FORMAT,
                   exported->struct_size,
                   sizeof plugin),
           NULL;
  plugin = *exported;
  if (!check_identity (&plugin, manifest, error) || !check_vtables (&plugin, error))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (VTABLES); i++)
    {
      gpointer *vtable = vtable_of (&plugin, i);
      gconstpointer theirs = *vtable;

      if (theirs != NULL)
        *vtable = memcpy (g_malloc0 (VTABLES[i].bytes), theirs, *(const gsize *) theirs);
    }
  return g_memdup2 (&plugin, sizeof plugin);
}

HpPlugin *
hp_module_load (const HpManifest *manifest, GError **error)
{
  g_autofree char *path = g_build_filename (manifest->folder, manifest->module, NULL);
  gpointer exported;
  GModule *module;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return refuse (error, "its module %s is missing", path), NULL;
  module = g_module_open (path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  if (module == NULL)
    return refuse (error, "its module cannot be loaded: %s", g_module_error ()), NULL;
  g_module_make_resident (module);
  if (!g_module_symbol (module, HP_PLUGIN_SYMBOL, &exported) || exported == NULL)
    return refuse (error, "its module %s has no symbol %s", path, HP_PLUGIN_SYMBOL), NULL;
  return adopt (exported, manifest, error);
}

void
hp_module_plugin_free (HpPlugin *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (VTABLES); i++)
    g_free (*vtable_of (self, i));
  g_free (self);
}
