/* draft.c - the person's own text of a program, kept in the data folder while it is edited
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "draft.h"

#include <string.h>

#define UNNAMED "program.js"

GFile *
hp_draft_file (GFile *file)
{
  g_autofree char *name = file ? g_file_get_basename (file) : g_strdup (UNNAMED);
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "heaparium", name, NULL);

  return g_file_new_for_path (path);
}

static gint64
time_of (GFile *file)
{
  g_autoptr (GFileInfo) info = g_file_query_info (
      file, G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GDateTime) time = info ? g_file_info_get_modification_date_time (info) : NULL;

  return time ? g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time) : 0;
}

gboolean
hp_draft_is_newer (GFile *draft, GFile *file)
{
  return time_of (draft) > time_of (file);
}

gboolean
hp_draft_write (GFile *draft, const char *text, gboolean backup, GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (draft);
  g_autofree char *path = g_file_get_path (folder);

  g_mkdir_with_parents (path, 0700);
  return g_file_replace_contents (draft, text, strlen (text), NULL, backup, G_FILE_CREATE_PRIVATE, NULL, NULL, error);
}
