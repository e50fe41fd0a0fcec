/* program_dialog.c - an editor for a JavaScript program: paste it, run it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "program_dialog.h"

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>

#define PROGRAM_NAME "program.js"
#define LONGEST_PROGRAM (16 << 20) /* bytes: more is for the command line */

struct _HpProgramDialog
{
  AdwWindow parent_instance;

  GtkButton *run_button;
  GtkRevealer *banner;
  GtkLabel *banner_label;
  GtkSourceView *source;
  GtkSourceBuffer *buffer;

  GtkTextTag *wrong; /* owned by the buffer */
};

enum
{
  RUN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HpProgramDialog, hp_program_dialog, ADW_TYPE_WINDOW)

static void
complain (HpProgramDialog *self, const char *sentence)
{
  gtk_label_set_text (self->banner_label, sentence);
  gtk_revealer_set_reveal_child (self->banner, TRUE);
}

/* ---- the program ------------------------------------------------------------------------------------------------ */

static char *
own_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "heaparium", PROGRAM_NAME, NULL);
}

static void
show_text (HpProgramDialog *self, const char *text, gsize n)
{
  if (n > LONGEST_PROGRAM || !g_utf8_validate (text, (gssize) n, NULL) || memchr (text, 0, n) != NULL)
    complain (self, _ ("The program is no text that can be edited here."));
  else
    gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), text, (int) n);
}

/* No program yet: the editor is empty. */
static void
load (HpProgramDialog *self, GFile *file)
{
  g_autofree char *path = own_path ();
  g_autoptr (GFile) chosen = file ? g_object_ref (file) : g_file_new_for_path (path);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize n;

  gtk_text_buffer_begin_irreversible_action (GTK_TEXT_BUFFER (self->buffer));
  if (g_file_load_contents (chosen, NULL, &text, &n, NULL, &error))
    show_text (self, text, n);
  else if (file)
    complain (self, error->message);
  gtk_text_buffer_end_irreversible_action (GTK_TEXT_BUFFER (self->buffer));
}

static GFile *
save (HpProgramDialog *self, GError **error)
{
  g_autofree char *path = own_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  text = gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, TRUE);
  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents (path, text, -1, error) ? g_file_new_for_path (path) : NULL;
}

static void
run (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HpProgramDialog *self = HP_PROGRAM_DIALOG (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->run_button)))
    return;
  file = save (self, &error);
  if (!file)
    {
      complain (self, error->message);
      return;
    }
  g_object_ref (self);
  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, signals[RUN], 0, file);
  g_object_unref (self);
}

static void
on_changed (HpProgramDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->run_button),
                            gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (self->buffer)) > 0);
}

/* ---- what was wrong --------------------------------------------------------------------------------------------- */

/* The first line of the message that says where: "program.js:3". */
static int
line_of (const char *message)
{
  const char *place = strstr (message, ".js:");

  return place ? (int) MIN (g_ascii_strtoull (place + strlen (".js:"), NULL, 10), G_MAXINT) : 0;
}

static void
mark_line (HpProgramDialog *self, int line)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter start, end;

  if (line < 1 || line > gtk_text_buffer_get_line_count (buffer))
    return;
  gtk_text_buffer_get_iter_at_line (buffer, &start, line - 1);
  end = start;
  gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_apply_tag (buffer, self->wrong, &start, &end);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->source), gtk_text_buffer_get_insert (buffer), 0.2, FALSE, 0, 0.5);
}

/* ---- the widget ------------------------------------------------------------------------------------------------- */

static void
hp_program_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HP_TYPE_PROGRAM_DIALOG);
  G_OBJECT_CLASS (hp_program_dialog_parent_class)->dispose (object);
}

static void
hp_program_dialog_class_init (HpProgramDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (GTK_SOURCE_TYPE_BUFFER);
  G_OBJECT_CLASS (class)->dispose = hp_program_dialog_dispose;
  signals[RUN] = g_signal_new (
      "run", HP_TYPE_PROGRAM_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/heaparium/Heaparium/ui/program.ui");
  gtk_widget_class_bind_template_child (widget_class, HpProgramDialog, run_button);
  gtk_widget_class_bind_template_child (widget_class, HpProgramDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, HpProgramDialog, banner_label);
  gtk_widget_class_bind_template_child (widget_class, HpProgramDialog, source);
  gtk_widget_class_bind_template_child (widget_class, HpProgramDialog, buffer);
  gtk_widget_class_install_action (widget_class, "program.run", NULL, run);
}

static void
hp_program_dialog_init (HpProgramDialog *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  gtk_widget_init_template (GTK_WIDGET (self));
  self->wrong = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self->buffer), "wrong", NULL);
  g_object_set (self->wrong, "paragraph-background", dark ? "#5c2b2e" : "#fadcdc", NULL);
  gtk_source_buffer_set_language (
      self->buffer, gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (), "js"));
  gtk_source_buffer_set_style_scheme (
      self->buffer,
      gtk_source_style_scheme_manager_get_scheme (gtk_source_style_scheme_manager_get_default (),
                                                  dark ? "Adwaita-dark" : "Adwaita"));
  g_signal_connect_swapped (self->buffer, "changed", G_CALLBACK (on_changed), self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->source));
  on_changed (self);
}

HpProgramDialog *
hp_program_dialog_new (GtkWindow *parent, GFile *file, const char *message)
{
  HpProgramDialog *self = g_object_new (HP_TYPE_PROGRAM_DIALOG, "transient-for", parent, NULL);
  GtkTextIter start;

  load (self, file);
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self->buffer), &start);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &start);
  if (message)
    {
      complain (self, message);
      mark_line (self, line_of (message));
    }
  return self;
}
