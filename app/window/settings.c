/* settings.c - what the program remembers between two runs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "settings.h"

#include "config.h"

/* Also where the program was installed, which need not be among the folders of the system. */
static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *usual = g_settings_schema_source_get_default ();
  GSettingsSchema *schema = usual ? g_settings_schema_source_lookup (usual, HP_APP_ID, TRUE) : NULL;
  g_autoptr (GSettingsSchemaSource) own = NULL;

  if (schema)
    return schema;
  own = g_settings_schema_source_new_from_directory (HP_DATA_DIR "/glib-2.0/schemas", usual, TRUE, NULL);
  return own ? g_settings_schema_source_lookup (own, HP_APP_ID, FALSE) : NULL;
}

GSettings *
hp_settings_of_program (void)
{
  static GSettings *settings = NULL;
  static gsize looked = 0;

  if (g_once_init_enter (&looked))
    {
      g_autoptr (GSettingsSchema) schema = find_schema ();

      if (schema)
        settings = g_settings_new_full (schema, NULL, NULL);
      g_once_init_leave (&looked, 1);
    }
  return settings;
}

GFile *
hp_settings_export_folder (void)
{
  GSettings *settings = hp_settings_of_program ();
  g_autofree char *path = settings ? g_settings_get_string (settings, "export-folder") : NULL;

  return path && g_file_test (path, G_FILE_TEST_IS_DIR) ? g_file_new_for_path (path) : NULL;
}
