/* at.c - the step that `--at` names
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "at.h"

#include "cli.h"
#include "plugin/suggest.h"

#include <inttypes.h>
#include <string.h>

static gboolean
find_place (HpRecording *recording, const char *name, guint64 *step, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *meant;

  for (guint i = 0; i < hp_recording_n_places (recording); i++)
    {
      const HpPlace *place = hp_recording_place (recording, i);
      const char *text = hp_definitions_string (hp_recording_definitions (recording), place->text);

      if (text == NULL)
        continue;
      *step = place->step;
      if (strcmp (text, name) == 0)
        return TRUE;
      g_ptr_array_add (names, (gpointer) text);
    }
  g_ptr_array_add (names, NULL);
  meant = hp_suggest (name, (const char *const *) names->pdata);
  if (meant != NULL)
    g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("no mark or chapter “%s”; did you mean “%s”?"), name, meant);
  else if (names->len > 1)
    {
      g_autofree char *listed = g_strjoinv ("”, “", (char **) names->pdata);

      g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("no mark or chapter “%s”; there are “%s”"), name, listed);
    }
  else
    g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("--at: found “%s”, expected a step, start or end"), name);
  return FALSE;
}

gboolean
cli_at (HpRecording *recording, const char *at, guint64 *step, GError **error)
{
  guint64 length = hp_recording_length (recording);

  *step = at == NULL || strcmp (at, "end") == 0 ? length : 0;
  if (at == NULL || strcmp (at, "end") == 0 || strcmp (at, "start") == 0)
    return TRUE;
  if (strspn (at, "0123456789") != strlen (at) || *at == '\0')
    return find_place (recording, at, step, error);
  if (g_ascii_string_to_unsigned (at, 10, 0, length, step, NULL))
    return TRUE;
  g_set_error (
      error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("--at: found step %s, expected 0 to %" PRIu64 ", the end"), at, length);
  return FALSE;
}
