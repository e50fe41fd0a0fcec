/* options.c - the options of util.inspect and console.dir
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "console/inspect.h"

#include <math.h>

/* A number; null and Infinity: as much as there is. FALSE: thrown. */
static gboolean
read_number (JsVm *vm, JsValue options, const char *name, double *number)
{
  JsValue value = js_get_named (vm, options, js_atom (vm, name, -1));

  if (js_is_null (value))
    *number = G_MAXINT;
  else if (js_is_number (vm, value))
    *number = CLAMP (js_as_double (vm, value), -1, G_MAXINT);
  else if (js_is_boolean (value))
    *number = value.payload ? 3 : 0;
  return !js_is_hole (value);
}

gboolean
js_inspect_options (JsInspect *self, JsValue options)
{
  double depth = self->depth, length = self->break_length, compact = self->compact, most = self->most_elements;
  double characters = self->most_characters, hidden = self->show_hidden, sorted = self->sorted;

  if (!js_is_object (self->vm, options))
    return TRUE;
  if (!read_number (self->vm, options, "depth", &depth) || !read_number (self->vm, options, "breakLength", &length)
      || !read_number (self->vm, options, "compact", &compact)
      || !read_number (self->vm, options, "maxArrayLength", &most)
      || !read_number (self->vm, options, "maxStringLength", &characters)
      || !read_number (self->vm, options, "showHidden", &hidden)
      || !read_number (self->vm, options, "sorted", &sorted))
    return FALSE;
  self->depth = (gint) depth;
  self->break_length = (guint) length;
  self->compact = (guint) compact;
  self->most_elements = (guint) most;
  self->most_characters = (guint) characters;
  self->show_hidden = hidden != 0;
  self->sorted = sorted != 0;
  return TRUE;
}
