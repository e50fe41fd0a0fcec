/* lesson.c - scenarios that are another scenario with a file of their own: a program with a name, a card and a machine
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plugin/lesson.h"

#include <string.h>

static HpParameter
copy_parameter (const HpParameter *row)
{
  HpParameter copy = *row;

  copy.name = g_strdup (row->name);
  copy.unit = g_strdup (row->unit);
  copy.fallback = g_strdup (row->fallback);
  copy.choices = g_strdup (row->choices);
  copy.help = g_strdup (row->help);
  return copy;
}

static void
copy_parameters (HpManifest *self, const HpManifest *of)
{
  g_free (self->parameters);
  self->parameters = g_new0 (HpParameter, of->n_parameters);
  self->n_parameters = of->n_parameters;
  for (gsize i = 0; i < of->n_parameters; i++)
    {
      HpParameter *row = &self->parameters[i];

      *row = copy_parameter (&of->parameters[i]);
      if (row->type != HP_PARAMETER_FILE || strcmp (row->name, "file") != 0)
        continue;
      g_free ((gpointer) row->fallback);
      row->fallback = g_build_filename (self->folder, self->file, NULL);
    }
}

gboolean
hp_lesson_adopt (HpManifest *self, const HpManifest *of, GError **error)
{
  g_return_val_if_fail (self->of != NULL && self->n_parameters == 0, FALSE);

  if (of == NULL || of->of != NULL || !hp_manifest_has_file (of))
    {
      g_set_error (error,
                   HP_ERROR,
                   HP_ERROR_PLUGIN,
                   "it is of the scenario “%s”, and no scenario of that name reads files",
                   self->of);
      return FALSE;
    }
  copy_parameters (self, of);
  g_free (self->folder);
  self->folder = g_strdup (of->folder);
  g_free (self->module);
  self->module = g_strdup (of->module);
  self->abi = of->abi;
  self->api = of->api;
  self->is_program = of->is_program;
  if (self->preset == NULL)
    self->preset = g_strdup (of->preset);
  if (self->view == NULL)
    self->view = g_strdup (of->view);
  return TRUE;
}
