/* list.c - `heaparium-cli list`: every plugin with its settings, and what was refused
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "cli.h"

#include "machine/machine.h"
#include "plugin/host.h"

#include <json-glib/json-glib.h>

static struct
{
  gboolean json;
  gboolean machine;
} options;

static const GOptionEntry ENTRIES[] = {
  { "machine", 'm', 0, G_OPTION_ARG_NONE, &options.machine, N_ ("List the settings of the machine too"), NULL },
  { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print all of it as one JSON object"), NULL },
  { NULL },
};

static gboolean
is_number (const HpParameter *row)
{
  return row->type == HP_PARAMETER_INTEGER || row->type == HP_PARAMETER_BYTES || row->type == HP_PARAMETER_NUMBER;
}

/* ---- for people ------------------------------------------------------------------------------------------------- */

static void
append_setting (GString *text, const HpSettings *settings, const HpParameter *row)
{
  g_autofree char *fallback = hp_settings_dup_text (settings, row->name);
  g_autofree char *key = g_strdup_printf ("%s=%s", row->name, fallback);

  g_string_append_printf (text, "        %-28s", key);
  if (row->help != NULL && *row->help != '\0')
    g_string_append_printf (text, " %s", g_dgettext (GETTEXT_PACKAGE, row->help));
  if (row->choices != NULL)
    g_string_append_printf (text, " (%s)", row->choices);
  else if (is_number (row))
    g_string_append_printf (text, row->unit ? " (%.15g…%.15g %s)" : " (%.15g…%.15g)", row->min, row->max, row->unit);
  while (text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  g_string_append_c (text, '\n');
}

static void
append_settings (GString *text, const HpSettings *settings)
{
  for (gsize i = 0; i < hp_settings_count (settings); i++)
    append_setting (text, settings, hp_settings_parameter (settings, i));
}

static void
append_kind (GString *text, HpHost *host, HpPluginKind kind, const char *title)
{
  g_string_append_printf (text, "%s\n", title);
  for (guint i = 0; i < hp_host_n_entries (host); i++)
    {
      HpPluginEntry entry = hp_host_entry (host, i);
      g_autoptr (HpSettings) settings = NULL;

      if (entry.refusal != NULL || entry.manifest->kind != kind)
        continue;
      settings = hp_manifest_settings_new (entry.manifest);
      g_string_append_printf (text, "  %-16s %s\n", entry.manifest->id, entry.manifest->name);
      if (*entry.manifest->description != '\0')
        g_string_append_printf (text, "      %s\n", entry.manifest->description);
      append_settings (text, settings);
    }
  g_string_append_c (text, '\n');
}

static void
append_refused (GString *text, HpHost *host)
{
  gboolean any = FALSE;

  for (guint i = 0; i < hp_host_n_entries (host); i++)
    {
      HpPluginEntry entry = hp_host_entry (host, i);

      if (entry.refusal == NULL)
        continue;
      if (!any)
        g_string_append (text, _ ("Refused\n"));
      any = TRUE;
      if (entry.manifest != NULL)
        g_string_append_printf (text, "  %s: %s\n", entry.path, entry.refusal);
      else /* the reason names the file itself */
        g_string_append_printf (text, "  %s\n", entry.refusal);
    }
  if (any)
    g_string_append_c (text, '\n');
}

static char *
list_text (HpHost *host, const HpSettings *machine)
{
  GString *text = g_string_new (NULL);

  append_kind (text, host, HP_PLUGIN_SCENARIO, _ ("Scenarios"));
  append_kind (text, host, HP_PLUGIN_POLICY, _ ("Policies"));
  append_kind (text, host, HP_PLUGIN_VIEW, _ ("Views"));
  append_refused (text, host);
  if (options.machine)
    {
      g_string_append (text, _ ("The machine of every run\n"));
      append_settings (text, machine);
    }
  else
    g_string_append (text, _ ("The machine has settings too: heaparium-cli list --machine\n"));
  return g_string_free (text, FALSE);
}

/* ---- for programs ----------------------------------------------------------------------------------------------- */

static void
add_text (JsonBuilder *builder, const char *key, const char *value)
{
  g_autofree char *valid = value ? g_utf8_make_valid (value, -1) : NULL;

  if (value == NULL)
    return;
  json_builder_set_member_name (builder, key);
  json_builder_add_string_value (builder, valid);
}

static void
add_number (JsonBuilder *builder, const char *key, HpParameterType type, double value)
{
  json_builder_set_member_name (builder, key);
  if (type == HP_PARAMETER_NUMBER)
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_int_value (builder, (gint64) value);
}

static void
add_setting (JsonBuilder *builder, const HpSettings *settings, const HpParameter *row)
{
  g_autofree char *fallback = hp_settings_dup_text (settings, row->name);

  json_builder_begin_object (builder);
  add_text (builder, "name", row->name);
  add_text (builder, "type", hp_parameter_type_name (row->type));
  add_text (builder, "default", fallback);
  add_text (builder, "unit", row->unit);
  add_text (builder, "choices", row->choices);
  if (is_number (row))
    {
      add_number (builder, "min", row->type, row->min);
      add_number (builder, "max", row->type, row->max);
    }
  add_text (builder, "help", row->help ? g_dgettext (GETTEXT_PACKAGE, row->help) : NULL);
  json_builder_end_object (builder);
}

static void
add_settings (JsonBuilder *builder, const char *key, const HpSettings *settings)
{
  json_builder_set_member_name (builder, key);
  json_builder_begin_array (builder);
  for (gsize i = 0; i < hp_settings_count (settings); i++)
    add_setting (builder, settings, hp_settings_parameter (settings, i));
  json_builder_end_array (builder);
}

static void
add_manifest (JsonBuilder *builder, const HpManifest *manifest)
{
  add_text (builder, "kind", hp_plugin_kind_name (manifest->kind));
  add_text (builder, "id", manifest->id);
  add_text (builder, "name", manifest->name);
  add_text (builder, "description", manifest->description);
  add_text (builder, "preset", manifest->preset);
  add_text (builder, "view", manifest->view);
  json_builder_set_member_name (builder, "authors");
  json_builder_begin_array (builder);
  for (char **author = manifest->authors; *author != NULL; author++)
    json_builder_add_string_value (builder, *author);
  json_builder_end_array (builder);
}

static void
add_entries (JsonBuilder *builder, HpHost *host, const char *key, gboolean refused)
{
  json_builder_set_member_name (builder, key);
  json_builder_begin_array (builder);
  for (guint i = 0; i < hp_host_n_entries (host); i++)
    {
      HpPluginEntry entry = hp_host_entry (host, i);
      g_autoptr (HpSettings) settings = entry.manifest ? hp_manifest_settings_new (entry.manifest) : NULL;

      if ((entry.refusal != NULL) != refused)
        continue;
      json_builder_begin_object (builder);
      add_text (builder, "path", entry.path);
      add_text (builder, "reason", entry.refusal);
      if (entry.manifest != NULL)
        {
          add_manifest (builder, entry.manifest);
          add_settings (builder, "settings", settings);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static char *
list_json (HpHost *host, const HpSettings *machine)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_entries (builder, host, "plugins", FALSE);
  add_entries (builder, host, "refused", TRUE);
  add_settings (builder, "machine", machine);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}

CliExit
cli_list (const CliCommand *self, int argc, char **argv)
{
  g_autoptr (HpHost) host = NULL;
  g_autoptr (HpSettings) machine = NULL;
  g_autofree char *text = NULL;
  const HpParameter *rows;
  gsize n;

  if (!cli_parse (self, &argc, &argv, NULL, ENTRIES, NULL))
    return CLI_USAGE;
  if (argc > 1)
    return cli_complain_usage (self->name, _ ("found “%s”, expected no argument"), argv[1]);
  host = hp_host_new (NULL);
  rows = hp_machine_parameters (&n);
  machine = hp_settings_new (rows, n);
  text = options.json ? list_json (host, machine) : list_text (host, machine);
  return cli_print (text);
}
