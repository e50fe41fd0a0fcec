/* export_dialog.c - saves a picture as PNG, SVG or PDF
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "export_dialog.h"

#include "picture.h"
#include "settings.h"

#include <glib/gi18n.h>

#define PREVIEW_SCALE 0.5

struct _HpExportDialog
{
  AdwWindow parent_instance;

  GtkButton *save_button;
  GtkPicture *preview;
  GtkLabel *size;
  AdwComboRow *format;
  AdwComboRow *theme;
  GtkSpinButton *scale;
  GtkSwitch *transparent;
  GtkSwitch *selection;
  GtkSwitch *outlines;
  AdwActionRow *selection_row;
  AdwActionRow *outlines_row;

  HpScene *scene;
  HpTarget selected;
  char *basename; /* what the file chooser proposes, without ending */
  GtkNativeDialog *chooser;
};

G_DEFINE_FINAL_TYPE (HpExportDialog, hp_export_dialog, ADW_TYPE_WINDOW)

enum
{
  SAVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const char *const endings[HP_N_EXPORTS] = { "png", "svg", "pdf" };

/* ---- what is chosen --------------------------------------------------------------------------------------------- */

static HpExportOptions
chosen (HpExportDialog *self)
{
  const char *const *themes = hp_theme_names ();

  return (HpExportOptions){
    .format = (HpExportFormat) adw_combo_row_get_selected (self->format),
    .theme = hp_theme_find (themes[adw_combo_row_get_selected (self->theme)], NULL),
    .scale = gtk_spin_button_get_value (self->scale),
    .transparent = gtk_switch_get_active (self->transparent),
    .text_as_outlines = gtk_switch_get_active (self->outlines),
    .selection = gtk_switch_get_active (self->selection) ? self->selected : HP_TARGET_NOTHING,
  };
}

static void
show_size (HpExportDialog *self, const HpExportOptions *options)
{
  int width = (int) (hp_scene_width (self->scene) * options->scale + 0.5);
  int height = (int) (hp_scene_height (self->scene) * options->scale + 0.5);
  g_autofree char *text = options->format == HP_EXPORT_PDF ? g_strdup_printf (_ ("%d × %d points"), width, height)
                                                           : g_strdup_printf (_ ("%d × %d pixels"), width, height);

  gtk_label_set_text (self->size, text);
}

static void
update (HpExportDialog *self)
{
  HpExportOptions options = chosen (self);
  g_autoptr (GdkTexture) texture = NULL;

  show_size (self, &options);
  gtk_widget_set_sensitive (GTK_WIDGET (self->outlines_row), options.format == HP_EXPORT_SVG);
  options.scale = PREVIEW_SCALE;
  texture = hp_picture_new (self->scene, &options, NULL);
  gtk_picture_set_paintable (self->preview, GDK_PAINTABLE (texture));
}

/* ---- saving ----------------------------------------------------------------------------------------------------- */

static void
complain (HpExportDialog *self, const char *sentence)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("The picture was not saved"), sentence);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
remember (GFile *file, double scale)
{
  GSettings *settings = hp_settings_of_program ();
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *path = folder ? g_file_get_path (folder) : NULL;

  if (!settings)
    return;
  g_settings_set_string (settings, "export-folder", path ? path : "");
  g_settings_set_double (settings, "export-scale", scale);
}

/* The ending typed by the person decides the format; without one, the dialog's. */
static char *
path_with_ending (const char *path, HpExportOptions *options)
{
  HpExportFormat format;

  if (!hp_export_format_from_path (path, &format, NULL))
    return g_strdup_printf ("%s.%s", path, endings[options->format]);
  options->format = format;
  return g_strdup (path);
}

static void
save (HpExportDialog *self, GFile *file)
{
  HpExportOptions options = chosen (self);
  g_autofree char *typed = g_file_get_path (file);
  g_autofree char *path = typed ? path_with_ending (typed, &options) : NULL;
  g_autoptr (GError) error = NULL;

  if (!path)
    complain (self, _ ("Only a folder on this computer can take it."));
  else if (!hp_export_to_file (self->scene, &options, path, &error))
    complain (self, error->message);
  else
    {
      g_autofree char *name = g_path_get_basename (path);
      g_autofree char *sentence = g_strdup_printf (_ ("Saved as %s"), name);

      remember (file, options.scale);
      g_object_ref (self);
      gtk_window_close (GTK_WINDOW (self));
      g_signal_emit (self, signals[SAVED], 0, sentence);
      g_object_unref (self);
    }
}

static void
on_chosen (HpExportDialog *self, int response)
{
  g_autoptr (GtkNativeDialog) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file)
    save (self, file);
}

static void
on_save (HpExportDialog *self)
{
  HpExportOptions options = chosen (self);
  g_autofree char *name = g_strdup_printf ("%s.%s", self->basename, endings[options.format]);
  g_autoptr (GFile) folder = hp_settings_export_folder ();
  GtkFileChooserNative *chooser;

  if (self->chooser)
    return;
  chooser = gtk_file_chooser_native_new (
      _ ("Save the Picture"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  self->chooser = GTK_NATIVE_DIALOG (chooser);
  if (folder)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->chooser);
}

/* ---- the widget ------------------------------------------------------------------------------------------------- */

static void
hp_export_dialog_dispose (GObject *object)
{
  HpExportDialog *self = HP_EXPORT_DIALOG (object);

  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (self), HP_TYPE_EXPORT_DIALOG);
  G_OBJECT_CLASS (hp_export_dialog_parent_class)->dispose (object);
}

static void
hp_export_dialog_finalize (GObject *object)
{
  HpExportDialog *self = HP_EXPORT_DIALOG (object);

  g_clear_pointer (&self->scene, hp_scene_free);
  g_free (self->basename);
  G_OBJECT_CLASS (hp_export_dialog_parent_class)->finalize (object);
}

static void
hp_export_dialog_class_init (HpExportDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hp_export_dialog_dispose;
  G_OBJECT_CLASS (class)->finalize = hp_export_dialog_finalize;
  signals[SAVED] = g_signal_new (
      "saved", HP_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/heaparium/Heaparium/ui/export.ui");
  gtk_widget_class_bind_template_child (widget_class, HpExportDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, HpExportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, HpExportDialog, size);
  gtk_widget_class_bind_template_child (widget_class, HpExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, HpExportDialog, theme);
  gtk_widget_class_bind_template_child (widget_class, HpExportDialog, scale);
  gtk_widget_class_bind_template_child (widget_class, HpExportDialog, transparent);
  gtk_widget_class_bind_template_child (widget_class, HpExportDialog, selection);
  gtk_widget_class_bind_template_child (widget_class, HpExportDialog, selection_row);
  gtk_widget_class_bind_template_child (widget_class, HpExportDialog, outlines);
  gtk_widget_class_bind_template_child (widget_class, HpExportDialog, outlines_row);
}

/* Names of themes as people say them; the list itself is hp_theme_names(). */
static const char *
theme_title (const char *name)
{
  if (strcmp (name, "light") == 0)
    return _ ("Light");
  if (strcmp (name, "dark") == 0)
    return _ ("Dark");
  if (strcmp (name, "high-contrast") == 0)
    return _ ("High contrast");
  if (strcmp (name, "print") == 0)
    return _ ("Print");
  return name;
}

static void
fill_themes (HpExportDialog *self, const HpTheme *theme)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  const char *const *names = hp_theme_names ();
  guint selected = 0;

  for (guint i = 0; names[i]; i++)
    {
      gtk_string_list_append (titles, theme_title (names[i]));
      if (strcmp (names[i], hp_theme_name (theme)) == 0)
        selected = i;
    }
  adw_combo_row_set_model (self->theme, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (self->theme, selected);
}

static void
follow_choices (HpExportDialog *self)
{
  g_signal_connect_swapped (self->format, "notify::selected", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->theme, "notify::selected", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->scale, "value-changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->transparent, "notify::active", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->selection, "notify::active", G_CALLBACK (update), self);
}

static void
hp_export_dialog_init (HpExportDialog *self)
{
  GSettings *settings = hp_settings_of_program ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->save_button));
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (on_save), self);
  if (settings)
    gtk_spin_button_set_value (self->scale, g_settings_get_double (settings, "export-scale"));
}

/* "first-steps-40": letters and digits that every file system takes. */
static char *
propose_name (const char *name)
{
  g_autofree char *last = g_path_get_basename (*name ? name : "heaparium");

  g_strcanon (last, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_", '-');
  return g_steal_pointer (&last);
}

HpExportDialog *
hp_export_dialog_new (GtkWindow *parent, HpScene *scene, HpTarget selected, const char *name, const HpTheme *theme)
{
  HpExportDialog *self = g_object_new (HP_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);

  self->scene = scene;
  self->selected = selected;
  self->basename = propose_name (name);
  gtk_widget_set_visible (GTK_WIDGET (self->selection_row), selected.kind != HP_TARGET_NONE);
  fill_themes (self, theme);
  follow_choices (self);
  update (self);
  return self;
}
