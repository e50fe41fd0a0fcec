/* window_view.c - which view draws the picture
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "window-private.h"

/* Show in the list what is drawn, without choosing it again. */
static void
select_in_list (HpWindow *self, const char *id)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      const HpManifest *manifest = g_ptr_array_index (self->views, i);
      if (strcmp (manifest->id, id) == 0)
        gtk_drop_down_set_selected (self->view, i);
    }
}

void
hp_window_choose_view (HpWindow *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  HpViewer *viewer = hp_viewer_new (self->host, id, &error);

  if (!viewer && id)
    {
      g_clear_error (&error);
      viewer = hp_viewer_new (self->host, NULL, &error);
    }
  if (!viewer)
    hp_window_toast (self, error->message);
  hp_canvas_set_viewer (self->canvas, viewer);
  if (viewer)
    select_in_list (self, hp_viewer_manifest (viewer)->id);
  hp_window_update_actions (self);
}

static void
on_selected (HpWindow *self)
{
  guint selected = gtk_drop_down_get_selected (self->view);
  HpViewer *viewer = hp_canvas_viewer (self->canvas);
  const HpManifest *manifest;

  if (selected >= self->views->len)
    return;
  manifest = g_ptr_array_index (self->views, selected);
  if (!viewer || hp_viewer_manifest (viewer) != manifest)
    hp_window_choose_view (self, manifest->id);
}

void
hp_window_fill_views (HpWindow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < hp_host_n_entries (self->host); i++)
    {
      HpPluginEntry entry = hp_host_entry (self->host, i);

      if (!entry.manifest || entry.refusal || entry.manifest->kind != HP_PLUGIN_VIEW)
        continue;
      g_ptr_array_add (self->views, (gpointer) entry.manifest);
      gtk_string_list_append (names, entry.manifest->name);
    }
  gtk_drop_down_set_model (self->view, G_LIST_MODEL (names));
  g_signal_connect_swapped (self->view, "notify::selected", G_CALLBACK (on_selected), self);
}
