/* window_actions.c - what can be done in the window, by which keys, and when
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "window-private.h"

#include "export_dialog.h"
#include "picture.h"
#include "plugins_dialog.h"
#include "program_dialog.h"

#include <glib/gi18n.h>

#define ZOOM_STEP 1.25

/* ---- moving through time ---------------------------------------------------------------------------------------- */

static void
play (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HpSession *session = HP_WINDOW (widget)->session;

  hp_session_set_playing (session, !hp_session_playing (session));
}

/* Who steps by hand has stopped watching it play. */
static HpSession *
by_hand (GtkWidget *widget)
{
  HpSession *session = HP_WINDOW (widget)->session;

  hp_session_set_playing (session, FALSE);
  return session;
}

static void
step_forward (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HpSession *session = by_hand (widget);

  hp_session_next (session, hp_session_grain (session));
}

static void
step_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HpSession *session = by_hand (widget);

  hp_session_previous (session, hp_session_grain (session));
}

static void
to_start (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hp_session_seek (by_hand (widget), 0);
}

static void
to_end (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HpSession *session = by_hand (widget);

  hp_session_seek (session, hp_session_length (session));
}

static void
next_collection (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hp_session_next (by_hand (widget), HP_GRAIN_COLLECTION);
}

static void
previous_collection (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hp_session_previous (by_hand (widget), HP_GRAIN_COLLECTION);
}

static void
next_chapter (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hp_session_next (by_hand (widget), HP_GRAIN_CHAPTER);
}

static void
previous_chapter (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hp_session_previous (by_hand (widget), HP_GRAIN_CHAPTER);
}

static void
next_fault (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hp_session_next (by_hand (widget), HP_GRAIN_FAULT);
}

static void
previous_fault (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hp_session_previous (by_hand (widget), HP_GRAIN_FAULT);
}

/* ---- detail ----------------------------------------------------------------------------------------------------- */

#define MOST_DETAIL_BEFORE 250000

/* Full detail begins so that the present place, which is the end of a stretch, has references before it and after it.
 */
static void
move_detail (HpPlan *plan, guint64 here, const char *length)
{
  guint64 n = length ? g_ascii_strtoull (length, NULL, 10) : G_MAXUINT64;
  guint64 before = MIN (n > 0 ? n / 2 : MOST_DETAIL_BEFORE / 2, MOST_DETAIL_BEFORE);
  g_autofree char *start = g_strdup_printf ("%" G_GUINT64_FORMAT, here - MIN (here, before));

  hp_plan_set (plan, "machine.detail-start", start);
  if (n == 0)
    hp_plan_set (plan, "machine.detail-length", G_STRINGIFY (MOST_DETAIL_BEFORE));
}

static void
show_every_step (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HpSession *session = by_hand (widget);
  g_autoptr (HpPlan) plan = hp_plan_copy (hp_session_plan (session));

  move_detail (plan,
               hp_moment_counters (hp_session_moment (session))->operations,
               hp_recording_get_fact (hp_session_recording (session), "set.machine.detail-length"));
  hp_window_run_again (HP_WINDOW (widget), plan);
}

/* ---- the picture ------------------------------------------------------------------------------------------------ */

static void
zoom_in (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hp_canvas_zoom (HP_WINDOW (widget)->canvas, ZOOM_STEP);
}

static void
zoom_out (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hp_canvas_zoom (HP_WINDOW (widget)->canvas, 1 / ZOOM_STEP);
}

static void
zoom_fit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hp_canvas_fit (HP_WINDOW (widget)->canvas);
}

static void
select_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hp_session_select_back (HP_WINDOW (widget)->session);
}

static void
toggle_sidebar (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwFlap *flap = HP_WINDOW (widget)->flap;

  adw_flap_set_reveal_flap (flap, !adw_flap_get_reveal_flap (flap));
}

/* Two windows closed at once: a window manager may not know where the focus belongs. */
static void
on_saved (HpWindow *self, const char *sentence)
{
  hp_window_toast (self, sentence);
  gtk_window_present (GTK_WINDOW (self));
}

/* The picture of the present step. (transfer full) */
static HpScene *
make_picture (HpWindow *self)
{
  HpScene *scene = hp_scene_new ();

  hp_viewer_build (hp_canvas_viewer (self->canvas),
                   hp_session_recording (self->session),
                   hp_session_moment (self->session),
                   HP_PICTURE_WIDTH,
                   HP_PICTURE_HEIGHT,
                   scene);
  return scene;
}

static void
export_picture (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HpWindow *self = HP_WINDOW (widget);
  const HpPlan *plan = hp_session_plan (self->session);
  const char *title = plan ? hp_plan_scenario (plan) : hp_session_title (self->session);
  g_autofree char *what = g_strdup_printf (
      "%s-%" G_GUINT64_FORMAT, title && *title ? title : "heaparium", hp_session_step (self->session));
  HpExportDialog *dialog = hp_export_dialog_new (
      GTK_WINDOW (self), make_picture (self), hp_session_selection (self->session), what, self->theme);

  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
copy_picture (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HpWindow *self = HP_WINDOW (widget);
  HpExportOptions options = { .theme = self->theme, .scale = 2 };
  g_autoptr (HpScene) scene = make_picture (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = hp_picture_new (scene, &options, &error);

  if (texture)
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
  hp_window_toast (self, texture ? _ ("Picture copied") : error->message);
}

/* ---- files, pages, messages ------------------------------------------------------------------------------------- */

static void
on_file_chosen (HpWindow *self, int response)
{
  g_autoptr (GtkNativeDialog) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file)
    hp_window_open_file (self, file);
}

static void
open_file (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HpWindow *self = HP_WINDOW (widget);
  GtkFileChooserNative *chooser;

  if (self->chooser)
    return;
  chooser = gtk_file_chooser_native_new (_ ("Open a Program, a Trace or a Recording"),
                                         GTK_WINDOW (self),
                                         GTK_FILE_CHOOSER_ACTION_OPEN,
                                         _ ("_Open"),
                                         _ ("_Cancel"));
  self->chooser = GTK_NATIVE_DIALOG (chooser);
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_file_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->chooser);
}

/* The setting of a scenario that is a program, such as a lesson: its file. NULL: it is none. (transfer full) */
static char *
file_of_scenario (HpWindow *self, const HpPlan *plan)
{
  const HpManifest *manifest = hp_host_find (self->host, HP_PLUGIN_SCENARIO, hp_plan_scenario (plan), NULL);
  const char *chosen = hp_plan_get (plan, "scenario.file");
  g_autoptr (HpSettings) settings = manifest && manifest->of ? hp_manifest_settings_new (manifest) : NULL;

  if (!settings)
    return NULL;
  return g_strdup (chosen ? chosen : hp_settings_get_text (settings, "file"));
}

/* The program that is open, where it is one of this computer's files. */
static GFile *
program_file (HpWindow *self)
{
  const HpPlan *plan = hp_session_plan (self->session);
  g_autofree char *path = plan ? file_of_scenario (self, plan) : NULL;

  if (plan && !path)
    path = g_strdup (hp_plan_scenario (plan));
  return path && g_str_has_suffix (path, ".js") ? g_file_new_for_path (path) : NULL;
}

/* A lesson that was changed runs on the lesson's machine. */
static void
on_run_program (HpWindow *self, GFile *file, gboolean small)
{
  const HpPlan *plan = hp_session_plan (self->session);
  g_autofree char *lesson = plan ? file_of_scenario (self, plan) : NULL;
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (HpPlan) changed = NULL;

  if (lesson)
    {
      changed = hp_plan_copy (plan);
      hp_plan_set (changed, "scenario.file", g_file_peek_path (file));
      hp_window_open_plan (self, changed, name);
    }
  else
    hp_window_open_program (self, file, small);
  self->edits = TRUE;
}

static void
edit_program (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HpWindow *self = HP_WINDOW (widget);
  g_autoptr (GFile) file = program_file (self);
  gboolean failed = file && hp_session_state (self->session) == HP_SESSION_FAILED;
  HpProgramDialog *dialog = hp_program_dialog_new (
      GTK_WINDOW (self), file, failed ? hp_session_message (self->session) : NULL);

  g_signal_connect_object (dialog, "run", G_CALLBACK (on_run_program), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
gallery (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hp_window_show_gallery (HP_WINDOW (widget));
}

static void
show_plugins (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_present (hp_plugins_dialog_new (GTK_WINDOW (widget), HP_WINDOW (widget)->host));
}

static void
wait_for_run (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hp_session_wait (HP_WINDOW (widget)->session);
}

static void
stop_run (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hp_session_stop (HP_WINDOW (widget)->session);
}

static void
dismiss (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_revealer_set_reveal_child (HP_WINDOW (widget)->banner, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (HP_WINDOW (widget)->canvas));
}

/* ---- when and by which keys ------------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  GtkWidgetActionActivateFunc activate;
  const char *keys; /* where nothing focused wants them; NULL: none. Ctrl and Alt keys are the application's. */
} HpWindowAction;

static const HpWindowAction actions[] = {
  { "win.play", play, "space" },
  { "win.step-forward", step_forward, "Right|KP_Right" },
  { "win.step-back", step_back, "Left|KP_Left" },
  { "win.to-start", to_start, "Home|KP_Home" },
  { "win.to-end", to_end, "End|KP_End" },
  { "win.next-collection", next_collection, "bracketright" },
  { "win.previous-collection", previous_collection, "bracketleft" },
  { "win.next-fault", next_fault, "f" },
  { "win.previous-fault", previous_fault, "<Shift>f" },
  { "win.next-chapter", next_chapter, "Page_Down|KP_Page_Down" },
  { "win.previous-chapter", previous_chapter, "Page_Up|KP_Page_Up" },
  { "win.show-every-step", show_every_step, "d" },
  { "win.zoom-in", zoom_in, "plus|equal|KP_Add" },
  { "win.zoom-out", zoom_out, "minus|KP_Subtract" },
  { "win.zoom-fit", zoom_fit, "0|KP_0" },
  { "win.select-back", select_back, "BackSpace" },
  { "win.toggle-sidebar", toggle_sidebar, NULL },
  { "win.export", export_picture, NULL },
  { "win.copy-picture", copy_picture, NULL },
  { "win.open", open_file, NULL },
  { "win.edit-program", edit_program, NULL },
  { "win.gallery", gallery, NULL },
  { "win.show-plugins", show_plugins, NULL },
  { "win.wait", wait_for_run, NULL },
  { "win.stop", stop_run, NULL },
  { "win.dismiss", dismiss, NULL },
};

void
hp_window_install_actions (GtkWidgetClass *class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (class, actions[i].name, NULL, actions[i].activate);
}

/* In the bubble phase, so that a focused button or entry has its keys first; added after the window's own controllers,
 * so that it comes before GtkWindow's moving of the focus by arrows. */
void
hp_window_add_shortcuts (HpWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (actions[i].keys)
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            gtk_shortcut_new (gtk_shortcut_trigger_parse_string (actions[i].keys),
                                                              gtk_named_action_new (actions[i].name)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
enable (HpWindow *self, gboolean enabled, const char *name)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), name, enabled);
}

void
hp_window_update_actions (HpWindow *self)
{
  gboolean playing_page = g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "player") == 0;
  guint64 step = hp_session_step (self->session);
  guint64 length = hp_session_length (self->session);
  gboolean any = playing_page && length > 0;
  gboolean picture = any && hp_canvas_viewer (self->canvas);

  for (guint i = 0; i < G_N_ELEMENTS (actions) && strcmp (actions[i].name, "win.open") != 0; i++)
    enable (self, any, actions[i].name);
  enable (self, any && step < length, "win.step-forward");
  enable (self, any && step < length, "win.to-end");
  enable (self, any && step < length, "win.next-collection");
  enable (self, any && step < length, "win.next-fault");
  enable (self, any && step < length, "win.next-chapter");
  enable (self, any && step > 0, "win.step-back");
  enable (self, any && step > 0, "win.to-start");
  enable (self, any && step > 0, "win.previous-collection");
  enable (self, any && step > 0, "win.previous-fault");
  enable (self, any && step > 0, "win.previous-chapter");
  enable (self, any && hp_session_is_summarised (self->session), "win.show-every-step");
  enable (self, picture, "win.export");
  enable (self, picture, "win.copy-picture");
  enable (self, any && hp_session_can_select_back (self->session), "win.select-back");
  enable (self, playing_page, "win.toggle-sidebar");
  enable (self, playing_page, "win.gallery");
  gtk_widget_set_visible (GTK_WIDGET (self->halt_button), playing_page && hp_session_is_running (self->session));
}
