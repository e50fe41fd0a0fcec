/* program_dialog.c - an editor for a JavaScript program: paste it, run it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "program_dialog.h"

#include "draft.h"
#include "scroll.h"

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>

#define LONGEST_PROGRAM (16 << 20) /* bytes: more is for the command line */
#define KEEP_AFTER_MS 1000

struct _HpProgramDialog
{
  AdwWindow parent_instance;

  GtkButton *run_button;
  GtkRevealer *banner;
  GtkLabel *banner_label;
  GtkSourceView *source;
  GtkCheckButton *small;
  GtkSourceBuffer *buffer;

  GtkTextTag *wrong, *culprit; /* owned by the buffer */

  GFile *draft;             /* owned: where what is typed is kept, and what is run */
  gboolean changed;         /* since it was kept */
  gboolean kept;            /* the draft was written, and what it was before lies beside it */
  guint keeping;            /* when it is kept next, or 0 */
  GtkNativeDialog *chooser; /* owned: while it is open */
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
text_of (HpProgramDialog *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, TRUE);
}

static void
show_text (HpProgramDialog *self, const char *text, gsize n)
{
  if (n > LONGEST_PROGRAM || !g_utf8_validate (text, (gssize) n, NULL) || memchr (text, 0, n) != NULL)
    complain (self, _ ("The program is no text that can be edited here."));
  else
    gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), text, (int) n);
}

static gboolean
show_file (HpProgramDialog *self, GFile *file, GError **error)
{
  g_autofree char *text = NULL;
  gsize n;

  if (!g_file_load_contents (file, NULL, &text, &n, NULL, error))
    return FALSE;
  show_text (self, text, n);
  return TRUE;
}

static void
show_changes (HpProgramDialog *self)
{
  g_autofree char *before = text_of (self);
  g_autofree char *after = NULL;

  if (show_file (self, self->draft, NULL))
    after = text_of (self);
  if (after && strcmp (before, after) != 0)
    complain (self, _ ("These are your changes. Undo (Ctrl+Z) shows the program as it was."));
}

/* No program yet: the editor is empty. What was changed in the editor before is shown as a change, which can be undone.
 */
static void
load (HpProgramDialog *self, GFile *file)
{
  g_autoptr (GError) error = NULL;

  gtk_text_buffer_begin_irreversible_action (GTK_TEXT_BUFFER (self->buffer));
  if (!show_file (self, file ? file : self->draft, &error) && file)
    complain (self, error->message);
  gtk_text_buffer_end_irreversible_action (GTK_TEXT_BUFFER (self->buffer));
  if (file && !g_file_equal (file, self->draft) && hp_draft_is_newer (self->draft, file))
    show_changes (self);
}

/* Nothing that was typed is lost, however the editor is left; and the version before this editing is kept, too. */
static gboolean
keep (HpProgramDialog *self, GError **error)
{
  g_autofree char *text = NULL;

  g_clear_handle_id (&self->keeping, g_source_remove);
  if (!self->changed)
    return TRUE;
  text = text_of (self);
  if (!hp_draft_write (self->draft, text, !self->kept, error))
    return FALSE;
  self->kept = TRUE;
  self->changed = FALSE;
  return TRUE;
}

static void
keep_and_tell (HpProgramDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (!keep (self, &error))
    complain (self, error->message);
}

static gboolean
on_time_to_keep (gpointer data)
{
  HpProgramDialog *self = data;

  self->keeping = 0;
  keep_and_tell (self);
  return G_SOURCE_REMOVE;
}

static void
run (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HpProgramDialog *self = HP_PROGRAM_DIALOG (widget);
  g_autoptr (GError) error = NULL;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->run_button)))
    return;
  /* A draft that is older than its file, and not what the editor shows. */
  self->changed = TRUE;
  if (!keep (self, &error))
    {
      complain (self, error->message);
      return;
    }
  g_object_ref (self);
  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, signals[RUN], 0, self->draft, gtk_check_button_get_active (self->small));
  g_object_unref (self);
}

/* ---- a file of one's own ---------------------------------------------------------------------------------------- */

static void
on_name_chosen (HpProgramDialog *self, int response)
{
  g_autoptr (GtkNativeDialog) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = text_of (self);

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (!g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error))
    complain (self, error->message);
}

static void
save_as (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HpProgramDialog *self = HP_PROGRAM_DIALOG (widget);
  g_autofree char *proposed = g_file_get_basename (self->draft);
  GtkFileChooserNative *chooser;

  if (self->chooser)
    return;
  chooser = gtk_file_chooser_native_new (
      _ ("Save the Program"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), proposed);
  self->chooser = GTK_NATIVE_DIALOG (chooser);
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_name_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->chooser);
}

static void
on_changed (HpProgramDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->run_button),
                            gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (self->buffer)) > 0);
  self->changed = TRUE;
  if (self->keeping == 0)
    self->keeping = g_timeout_add (KEEP_AFTER_MS, on_time_to_keep, self);
}

/* ---- what was wrong --------------------------------------------------------------------------------------------- */

/* Where the message says it is: "program.js:3" or "program.js:3:12". */
static int
place_of (const char *message, int *column)
{
  const char *place = strstr (message, ".js:");
  char *rest = NULL;
  guint64 line = place ? g_ascii_strtoull (place + strlen (".js:"), &rest, 10) : 0;
  guint64 number = rest && *rest == ':' ? g_ascii_strtoull (rest + 1, NULL, 10) : 0;

  *column = (int) MIN (number, G_MAXINT);
  return (int) MIN (line, G_MAXINT);
}

/* The line is red, what is wrong in it underlined, and the cursor there. */
static void
mark_place (HpProgramDialog *self, int line, int column)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter start, end, place;

  if (line < 1 || line > gtk_text_buffer_get_line_count (buffer))
    return;
  gtk_text_buffer_get_iter_at_line (buffer, &start, line - 1);
  place = end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_apply_tag (buffer, self->wrong, &start, &end);
  gtk_text_iter_forward_chars (&place, CLAMP (column - 1, 0, gtk_text_iter_get_line_offset (&end)));
  gtk_text_buffer_place_cursor (buffer, &place);
  end = place;
  if (column > 0 && gtk_text_iter_forward_char (&end))
    gtk_text_buffer_apply_tag (buffer, self->culprit, &place, &end);
  hp_scroll_to_cursor (GTK_TEXT_VIEW (self->source));
}

/* ---- the widget ------------------------------------------------------------------------------------------------- */

static gboolean
hp_program_dialog_close_request (GtkWindow *window)
{
  keep_and_tell (HP_PROGRAM_DIALOG (window));
  return GTK_WINDOW_CLASS (hp_program_dialog_parent_class)->close_request (window);
}

static void
hp_program_dialog_dispose (GObject *object)
{
  HpProgramDialog *self = HP_PROGRAM_DIALOG (object);

  if (self->keeping != 0)
    keep_and_tell (self);
  g_clear_object (&self->draft);
  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (object), HP_TYPE_PROGRAM_DIALOG);
  G_OBJECT_CLASS (hp_program_dialog_parent_class)->dispose (object);
}

static void
hp_program_dialog_class_init (HpProgramDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (GTK_SOURCE_TYPE_BUFFER);
  GTK_WINDOW_CLASS (class)->close_request = hp_program_dialog_close_request;
  G_OBJECT_CLASS (class)->dispose = hp_program_dialog_dispose;
  signals[RUN] = g_signal_new ("run",
                               HP_TYPE_PROGRAM_DIALOG,
                               G_SIGNAL_RUN_LAST,
                               0,
                               NULL,
                               NULL,
                               NULL,
                               G_TYPE_NONE,
                               2,
                               G_TYPE_FILE,
                               G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/heaparium/Heaparium/ui/program.ui");
  gtk_widget_class_bind_template_child (widget_class, HpProgramDialog, run_button);
  gtk_widget_class_bind_template_child (widget_class, HpProgramDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, HpProgramDialog, banner_label);
  gtk_widget_class_bind_template_child (widget_class, HpProgramDialog, source);
  gtk_widget_class_bind_template_child (widget_class, HpProgramDialog, small);
  gtk_widget_class_bind_template_child (widget_class, HpProgramDialog, buffer);
  gtk_widget_class_install_action (widget_class, "program.run", NULL, run);
  gtk_widget_class_install_action (widget_class, "program.save-as", NULL, save_as);
}

static void
hp_program_dialog_init (HpProgramDialog *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  gtk_widget_init_template (GTK_WIDGET (self));
  self->wrong = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self->buffer), "wrong", NULL);
  self->culprit = gtk_text_buffer_create_tag (
      GTK_TEXT_BUFFER (self->buffer), "culprit", "underline", PANGO_UNDERLINE_ERROR, "weight", PANGO_WEIGHT_BOLD, NULL);
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
  int line, column;

  self->draft = hp_draft_file (file);
  load (self, file);
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self->buffer), &start);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &start);
  if (message)
    {
      complain (self, message);
      line = place_of (message, &column);
      mark_place (self, line, column);
    }
  /* Loading was no change. */
  g_clear_handle_id (&self->keeping, g_source_remove);
  self->changed = FALSE;
  return self;
}
