/* plugins_dialog.c - which plugins there are, and which were refused and why
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugins_dialog.h"

#include <glib/gi18n.h>

struct _HpPluginsDialog
{
  AdwPreferencesWindow parent_instance;

  AdwPreferencesGroup *refused;
  AdwPreferencesGroup *scenarios;
  AdwPreferencesGroup *policies;
  AdwPreferencesGroup *views;
};

G_DEFINE_FINAL_TYPE (HpPluginsDialog, hp_plugins_dialog, ADW_TYPE_PREFERENCES_WINDOW)

static AdwPreferencesGroup *
group_of_kind (HpPluginsDialog *self, HpPluginKind kind)
{
  switch (kind)
    {
    case HP_PLUGIN_SCENARIO:
      return self->scenarios;
    case HP_PLUGIN_POLICY:
      return self->policies;
    default:
      return self->views;
    }
}

static void
add_row (AdwPreferencesGroup *group, const char *title, const char *subtitle, const char *path)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle ? subtitle : "");
  gtk_widget_set_tooltip_text (row, path);
  adw_preferences_group_add (group, row);
}

static void
add_entry (HpPluginsDialog *self, const HpPluginEntry *entry)
{
  g_autofree char *file = g_path_get_basename (entry->path);

  if (entry->refusal || !entry->manifest)
    {
      add_row (self->refused, entry->manifest ? entry->manifest->name : file, entry->refusal, entry->path);
      gtk_widget_set_visible (GTK_WIDGET (self->refused), TRUE);
    }
  else
    {
      AdwPreferencesGroup *group = group_of_kind (self, entry->manifest->kind);
      add_row (group, entry->manifest->name, entry->manifest->description, entry->path);
      gtk_widget_set_visible (GTK_WIDGET (group), TRUE);
    }
}

static void
hp_plugins_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HP_TYPE_PLUGINS_DIALOG);
  G_OBJECT_CLASS (hp_plugins_dialog_parent_class)->dispose (object);
}

static void
hp_plugins_dialog_class_init (HpPluginsDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hp_plugins_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/heaparium/Heaparium/ui/plugins.ui");
  gtk_widget_class_bind_template_child (widget_class, HpPluginsDialog, refused);
  gtk_widget_class_bind_template_child (widget_class, HpPluginsDialog, scenarios);
  gtk_widget_class_bind_template_child (widget_class, HpPluginsDialog, policies);
  gtk_widget_class_bind_template_child (widget_class, HpPluginsDialog, views);
}

static void
hp_plugins_dialog_init (HpPluginsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
hp_plugins_dialog_new (GtkWindow *parent, HpHost *host)
{
  HpPluginsDialog *self = g_object_new (HP_TYPE_PLUGINS_DIALOG, "transient-for", parent, NULL);

  for (guint i = 0; i < hp_host_n_entries (host); i++)
    {
      HpPluginEntry entry = hp_host_entry (host, i);
      add_entry (self, &entry);
    }
  return GTK_WINDOW (self);
}
