/* recognise.c - which scenario can run a file, by its first bytes
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plugin/recognise.h"

#include "base/input.h"

#include <string.h>

#define HEAD_BYTES 4096

/* What standard input is taken to begin with: it cannot be read twice. */
static const char LACKEY_HEAD[] = "I  04016910,3\n S 1ffefffd08,8\n L 1ffefffd08,8\n";

static gboolean
read_head (const char *path, guint8 *head, gsize *n, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) reason = NULL;

  if (strcmp (path, "-") == 0)
    {
      *n = strlen (LACKEY_HEAD);
      memcpy (head, LACKEY_HEAD, *n);
      return TRUE;
    }
  stream = hp_input_open (path, &reason);
  /* A file that is damaged further on has a head all the same; its scenario tells where the damage is. */
  if (stream == NULL || (!g_input_stream_read_all (stream, head, HEAD_BYTES, n, NULL, &reason) && *n == 0))
    {
      g_set_error_literal (error, HP_ERROR, HP_ERROR_INPUT, reason->message);
      return FALSE;
    }
  return TRUE;
}

/* The beginning of the first line, as far as it can be shown. */
static char *
show_head (const guint8 *head, gsize n)
{
  gsize end = 0;
  g_autofree char *line = NULL;

  while (end < MIN (n, 40) && head[end] >= 0x20 && head[end] < 0x7f)
    end++;
  if (end == 0 && n > 0 && head[0] != '\n')
    return g_strdup_printf ("the byte 0x%02x", head[0]);
  line = g_strndup ((const char *) head, end);
  return g_strdup_printf ("“%s%s”", line, end < n && head[end] != '\n' ? "…" : "");
}

static void
explain_unknown (const char *path, const guint8 *head, gsize n, GPtrArray *asked, GError **error)
{
  g_autofree char *found = n > 0 ? show_head (head, n) : g_strdup ("the end of the file");
  g_autofree char *names = NULL;

  if (asked->len == 0)
    {
      g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, "%s: no scenario that reads files was found", path);
      return;
    }
  g_ptr_array_add (asked, NULL);
  names = g_strjoinv (", ", (char **) asked->pdata);
  g_set_error (error,
               HP_ERROR,
               HP_ERROR_INPUT,
               "%s: line 1: found %s, expected a recording or a file that one of these scenarios reads: %s",
               path,
               found,
               names);
}

const HpManifest *
hp_recognise (HpHost *host, const char *path, GError **error)
{
  guint8 head[HEAD_BYTES];
  gsize n = 0;
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();

  if (!read_head (path, head, &n, error))
    return NULL;
  for (guint i = 0; i < hp_host_n_entries (host); i++)
    {
      HpPluginEntry entry = hp_host_entry (host, i);
      const HpPlugin *plugin;

      if (entry.refusal != NULL || entry.manifest->kind != HP_PLUGIN_SCENARIO || !hp_manifest_has_file (entry.manifest))
        continue;
      plugin = hp_host_load (host, entry.manifest, NULL);
      if (plugin == NULL || plugin->scenario->recognises == NULL)
        continue;
      if (plugin->scenario->recognises (head, n))
        return entry.manifest;
      g_ptr_array_add (asked, entry.manifest->id);
    }
  explain_unknown (path, head, n, asked, error);
  return NULL;
}
