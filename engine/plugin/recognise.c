/* recognise.c - which scenario can run a file, by its first bytes
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plugin/recognise.h"

#include "base/input.h"

#include <string.h>

#define HEAD_BYTES 4096

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

/* Whether the file is called as files of @manifest are. */
static gboolean
is_named (const HpManifest *manifest, const char *path)
{
  for (char **ending = manifest->files; ending != NULL && *ending != NULL; ending++)
    if (g_str_has_suffix (path, *ending))
      return TRUE;
  return FALSE;
}

/* What the scenarios say of a file. */
typedef struct
{
  const char *path;
  guint8 head[HEAD_BYTES];
  gsize n;
  GPtrArray *asked;          /* ids of scenarios that did not know it */
  const HpManifest *certain; /* its form is unmistakable */
  const HpManifest *named;   /* it has the name for it */
  const HpManifest *likely;  /* it looks like it, and names are usual */
} Answers;

static void
ask (Answers *self, HpHost *host, const HpManifest *manifest)
{
  const HpPlugin *plugin = hp_host_load (host, manifest, NULL);
  const HpManifest **answer = manifest->files != NULL ? &self->likely : &self->certain;

  if (plugin == NULL)
    return;
  if (self->named == NULL && is_named (manifest, self->path))
    self->named = manifest;
  if (plugin->scenario->recognises == NULL)
    return;
  if (*answer == NULL && plugin->scenario->recognises (self->head, self->n))
    *answer = manifest;
  else
    g_ptr_array_add (self->asked, manifest->id);
}

/* What nobody knows on standard input has always been a trace. */
static const HpManifest *
find_trace (HpHost *host)
{
  return hp_host_find (host, HP_PLUGIN_SCENARIO, "memory-trace", NULL);
}

const HpManifest *
hp_recognise (HpHost *host, const char *path, GError **error)
{
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  Answers answers = { .path = path, .asked = asked, .n = HEAD_BYTES };
  const HpManifest *answer;
  g_autoptr (GError) reason = NULL;

  if (!hp_input_peek (path, answers.head, &answers.n, &reason))
    {
      g_set_error_literal (error, HP_ERROR, HP_ERROR_INPUT, reason->message);
      return NULL;
    }
  for (guint i = 0; i < hp_host_n_entries (host) && answers.certain == NULL; i++)
    {
      HpPluginEntry entry = hp_host_entry (host, i);

      if (entry.refusal == NULL && entry.manifest->kind == HP_PLUGIN_SCENARIO && entry.manifest->of == NULL
          && hp_manifest_has_file (entry.manifest))
        ask (&answers, host, entry.manifest);
    }
  answer = answers.certain ? answers.certain : answers.named ? answers.named : answers.likely;
  if (answer == NULL && strcmp (path, "-") == 0)
    answer = find_trace (host);
  if (answer == NULL)
    explain_unknown (path, answers.head, answers.n, asked, error);
  return answer;
}
