/* window.c - one window: the gallery, and the player of one session
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "window-private.h"

#include "base/input.h"
#include "settings.h"
#include "style.h"
#include "text.h"

#include <glib/gi18n.h>

#define EVENT_LIMIT 0 /* the worker's own */
#define HEAD_BYTES 64
#define TOAST_SECONDS 3

G_DEFINE_FINAL_TYPE (HpWindow, hp_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- messages --------------------------------------------------------------------------------------------------- */

void
hp_window_toast (HpWindow *self, const char *sentence)
{
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);
  AdwToast *toast = adw_toast_new (escaped);

  /* It covers the player's buttons: not for longer than it takes to read. */
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
show_banner (HpWindow *self, const char *sentence, gboolean asks)
{
  gtk_label_set_text (self->banner_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->wait_button), asks);
  gtk_widget_set_visible (GTK_WIDGET (self->stop_button), asks);
  gtk_widget_set_visible (GTK_WIDGET (self->dismiss_button), !asks);
  gtk_widget_set_visible (GTK_WIDGET (self->edit_button), !asks && strstr (sentence, ".js:") != NULL);
  gtk_revealer_set_reveal_child (self->banner, TRUE);
}

static void
show_silence (HpWindow *self)
{
  g_autofree char *sentence = g_strdup_printf (_ ("“%s” is not responding."), hp_session_title (self->session));

  show_banner (self, sentence, TRUE);
}

/* Back into the editor, or to the statement that failed. */
static void
lead_to_error (HpWindow *self, const char *message)
{
  if (strstr (message, ": SyntaxError: ") != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-program", NULL);
  else
    {
      hp_session_seek (self->session, hp_session_length (self->session));
      hp_session_previous (self->session, HP_GRAIN_STATEMENT);
    }
}

static void
show_failure (HpWindow *self)
{
  const char *message = hp_session_message (self->session);
  g_autofree char *sentence = NULL;

  if (hp_session_length (self->session) == 0)
    {
      g_autofree char *escaped = g_markup_escape_text (message, -1);
      adw_status_page_set_description (self->nothing, escaped);
      return;
    }
  sentence = g_strdup_printf (
      _ ("%s%s What was recorded until then is shown."), message, g_str_has_suffix (message, ".") ? "" : ".");
  show_banner (self, sentence, FALSE);
  if (self->edits)
    lead_to_error (self, message);
  self->edits = FALSE;
}

/* ---- following the session -------------------------------------------------------------------------------------- */

static void
update_picture_page (HpWindow *self)
{
  const char *page = "canvas";

  if (hp_session_length (self->session) == 0)
    page = hp_session_is_running (self->session) ? "waiting" : "nothing";
  gtk_stack_set_visible_child_name (self->picture_pages, page);
}

static char *
policy_name (HpWindow *self, HpRecording *recording)
{
  const char *id = recording ? hp_recording_get_fact (recording, "policy") : NULL;
  const HpManifest *manifest = hp_host_find (self->host, HP_PLUGIN_POLICY, id && *id ? id : "default", NULL);

  return g_strdup (manifest ? manifest->name : id);
}

/* The collector's policy; the pager's beside it where it is not the usual one, and alone where a trace is replayed. */
static char *
describe_policies (HpWindow *self)
{
  HpRecording *recording = hp_session_recording (self->session);
  const char *replacement = recording ? hp_recording_get_fact (recording, "replacement") : NULL;
  g_autofree char *policy = policy_name (self, recording);

  if (replacement && g_strcmp0 (hp_recording_get_fact (recording, "scenario"), "memory-trace") == 0)
    return g_strdup_printf (_ ("Page replacement: %s"), replacement);
  if (policy && replacement && strcmp (replacement, "lru") != 0)
    return g_strdup_printf (_ ("Policy: %s · page replacement: %s"), policy, replacement);
  return policy ? g_strdup_printf (_ ("Policy: %s"), policy) : NULL;
}

static void
update_title (HpWindow *self)
{
  const char *title = hp_session_title (self->session);
  g_autofree char *events = hp_text_of_count (hp_session_length (self->session));
  g_autofree char *subtitle = NULL;

  if (title && hp_session_is_running (self->session))
    subtitle = g_strdup_printf (_ ("Running… %s events"), events);
  else if (title)
    subtitle = describe_policies (self);
  adw_window_title_set_title (self->title, title ? title : _ ("Heaparium"));
  adw_window_title_set_subtitle (self->title, subtitle ? subtitle : "");
}

static void
on_state (HpWindow *self)
{
  HpSessionState state = hp_session_state (self->session);

  if (state == HP_SESSION_SILENT)
    show_silence (self);
  else if (state == HP_SESSION_FAILED)
    show_failure (self);
  else
    gtk_revealer_set_reveal_child (self->banner, FALSE);
  if (state == HP_SESSION_ENDED && hp_session_length (self->session) == 0)
    adw_status_page_set_description (self->nothing, _ ("The run ended without a single event."));
  update_picture_page (self);
  update_title (self);
  hp_window_update_actions (self);
}

/* The worker knows which scenario runs a file, and says so before the first event. */
static void
learn_scenario (HpWindow *self)
{
  HpRecording *recording = hp_session_recording (self->session);
  const HpPlan *plan = hp_session_plan (self->session);
  const char *id = recording && plan ? hp_recording_get_fact (recording, "scenario") : NULL;
  const HpManifest *manifest = id && !hp_run_popover_scenario (self->run_popover)
                                   ? hp_host_find (self->host, HP_PLUGIN_SCENARIO, id, NULL)
                                   : NULL;

  if (manifest)
    hp_run_popover_set_plan (self->run_popover, self->host, manifest, plan);
}

static void
on_length (HpWindow *self)
{
  learn_scenario (self);
  update_picture_page (self);
  update_title (self);
  hp_window_update_actions (self);
}

static void
on_opened (HpWindow *self)
{
  gtk_revealer_set_reveal_child (self->banner, FALSE);
  on_state (self);
}

static void
connect_session (HpWindow *self)
{
  HpSession *session = self->session;

  g_signal_connect_object (session, "opened", G_CALLBACK (on_opened), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::title", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::length", G_CALLBACK (on_length), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::step", G_CALLBACK (hp_window_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      session, "notify::can-select-back", G_CALLBACK (hp_window_update_actions), self, G_CONNECT_SWAPPED);
  hp_canvas_set_session (self->canvas, session);
  hp_explanation_set_session (self->explanation, session);
  hp_inspector_set_session (self->inspector, session);
  hp_player_set_session (self->player, session);
}

/* ---- opening ---------------------------------------------------------------------------------------------------- */

static HpWorkerLimits
limits (void)
{
  GSettings *settings = hp_settings_of_program ();

  return (HpWorkerLimits){ settings ? g_settings_get_uint (settings, "worker-memory") : 2048, EVENT_LIMIT };
}

static void
show_player (HpWindow *self)
{
  gtk_stack_set_visible_child_name (self->pages, "player");
  gtk_widget_set_visible (GTK_WIDGET (self->back_button), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->view), self->views->len > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->run_button), hp_session_plan (self->session) != NULL);
  hp_window_update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

void
hp_window_open_plan (HpWindow *self, const HpPlan *plan, const char *title)
{
  const HpManifest *manifest = hp_host_find (self->host, HP_PLUGIN_SCENARIO, hp_plan_scenario (plan), NULL);
  HpWorkerLimits most = limits ();

  self->edits = FALSE;
  hp_window_choose_view (self, manifest ? manifest->view : NULL);
  hp_session_run (self->session, plan, title, &most);
  hp_run_popover_set_plan (self->run_popover, self->host, manifest, plan);
  show_player (self);
}

void
hp_window_open_scenario (HpWindow *self, const HpManifest *manifest)
{
  g_autoptr (HpPlan) plan = hp_plan_new (manifest->id);

  hp_window_open_plan (self, plan, manifest->name);
}

/* A recording is read here; whatever else it is, the worker knows, or says that it does not. */
static gboolean
is_recording (const char *path, GError **error)
{
  g_autoptr (GInputStream) stream = hp_input_open (path, error);
  guint8 head[HEAD_BYTES];
  gsize n = 0;

  return stream && g_input_stream_read_all (stream, head, sizeof head, &n, NULL, error)
         && hp_recording_recognises (head, n);
}

/* Of Node 20 it has the stack, so that recursion goes as deep. */
static void
make_small (HpPlan *plan)
{
  static const char *const SETTINGS[][2] = {
    { "machine.preset", "classroom" },       { "machine.pager", "false" },
    { "machine.stack-size", "984K" },        { "machine.heap-page-size", "2K" },
    { "machine.min-semi-space-size", "2K" }, { "machine.max-semi-space-size", "16K" },
    { "machine.initial-old-limit", "128K" }, { "machine.max-old-space-size", "16M" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (SETTINGS); i++)
    hp_plan_set (plan, SETTINGS[i][0], SETTINGS[i][1]);
}

void
hp_window_open_program (HpWindow *self, GFile *file, gboolean small)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (HpPlan) plan = hp_plan_new (g_file_peek_path (file));

  if (small)
    make_small (plan);
  hp_window_open_plan (self, plan, name);
}

void
hp_window_open_file (HpWindow *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GError) error = NULL;
  gboolean recording = path && is_recording (path, &error);

  if (!path)
    hp_window_toast (self, _ ("Only files on this computer can be opened."));
  else if (error)
    hp_window_toast (self, error->message);
  else if (recording)
    {
      hp_window_choose_view (self, NULL);
      hp_session_load (self->session, path, name);
      show_player (self);
    }
  else
    hp_window_open_program (self, file, g_str_has_suffix (name, "js"));
}

void
hp_window_show_gallery (HpWindow *self)
{
  hp_session_close (self->session);
  gtk_stack_set_visible_child_name (self->pages, "gallery");
  gtk_widget_set_visible (GTK_WIDGET (self->back_button), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->view), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->run_button), FALSE);
  hp_window_update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->gallery));
}

static void
on_run_again (HpWindow *self, const HpPlan *plan)
{
  HpWorkerLimits most = limits ();

  hp_session_rerun (self->session, plan, &most);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

void
hp_window_run_again (HpWindow *self, const HpPlan *plan)
{
  const HpManifest *manifest = hp_host_find (self->host, HP_PLUGIN_SCENARIO, hp_plan_scenario (plan), NULL);

  on_run_again (self, plan);
  hp_run_popover_set_plan (self->run_popover, self->host, manifest, plan);
}

static gboolean
on_drop (HpWindow *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);

  if (!files)
    return FALSE;
  hp_window_open_file (self, files->data);
  return TRUE;
}

static void
accept_drops (HpWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* ---- style ------------------------------------------------------------------------------------------------------ */

static void
on_style (HpWindow *self)
{
  self->theme = hp_style_theme ();
  hp_canvas_set_theme (self->canvas, self->theme);
  hp_gallery_set_theme (self->gallery, self->theme);
  hp_player_set_theme (self->player, self->theme);
  hp_explanation_set_dark (self->explanation, adw_style_manager_get_dark (adw_style_manager_get_default ()));
}

/* ---- what is remembered ----------------------------------------------------------------------------------------- */

static void
restore (HpWindow *self)
{
  GSettings *settings = hp_settings_of_program ();

  if (!settings)
    return;
  gtk_window_set_default_size (
      GTK_WINDOW (self), g_settings_get_int (settings, "window-width"), g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  g_settings_bind (settings, "sidebar", self->flap, "reveal-flap", G_SETTINGS_BIND_DEFAULT);
  hp_session_set_grain (self->session, (HpGrain) g_settings_get_enum (settings, "grain"));
  hp_session_set_speed (self->session, g_settings_get_double (settings, "speed"));
}

static void
remember (HpWindow *self)
{
  GSettings *settings = hp_settings_of_program ();
  int width, height;

  if (!settings)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
  g_settings_set_boolean (settings, "maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_enum (settings, "grain", (int) hp_session_grain (self->session));
  g_settings_set_double (settings, "speed", hp_session_speed (self->session));
}

/* ---- the widget ------------------------------------------------------------------------------------------------- */

static gboolean
hp_window_close_request (GtkWindow *window)
{
  remember (HP_WINDOW (window));
  hp_session_close (HP_WINDOW (window)->session);
  return GTK_WINDOW_CLASS (hp_window_parent_class)->close_request (window);
}

static void
hp_window_dispose (GObject *object)
{
  HpWindow *self = HP_WINDOW (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), HP_TYPE_WINDOW);
  G_OBJECT_CLASS (hp_window_parent_class)->dispose (object);
}

static void
hp_window_finalize (GObject *object)
{
  g_ptr_array_unref (HP_WINDOW (object)->views);
  G_OBJECT_CLASS (hp_window_parent_class)->finalize (object);
}

static void
ensure_types (void)
{
  g_type_ensure (HP_TYPE_CANVAS);
  g_type_ensure (HP_TYPE_EXPLANATION);
  g_type_ensure (HP_TYPE_GALLERY);
  g_type_ensure (HP_TYPE_INSPECTOR);
  g_type_ensure (HP_TYPE_PLAYER);
  g_type_ensure (HP_TYPE_RUN_POPOVER);
}

static void
bind_children (GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_child (class, HpWindow, toasts);
  gtk_widget_class_bind_template_child (class, HpWindow, title);
  gtk_widget_class_bind_template_child (class, HpWindow, back_button);
  gtk_widget_class_bind_template_child (class, HpWindow, view);
  gtk_widget_class_bind_template_child (class, HpWindow, run_button);
  gtk_widget_class_bind_template_child (class, HpWindow, run_popover);
  gtk_widget_class_bind_template_child (class, HpWindow, pages);
  gtk_widget_class_bind_template_child (class, HpWindow, gallery);
  gtk_widget_class_bind_template_child (class, HpWindow, banner);
  gtk_widget_class_bind_template_child (class, HpWindow, banner_label);
  gtk_widget_class_bind_template_child (class, HpWindow, wait_button);
  gtk_widget_class_bind_template_child (class, HpWindow, stop_button);
  gtk_widget_class_bind_template_child (class, HpWindow, edit_button);
  gtk_widget_class_bind_template_child (class, HpWindow, halt_button);
  gtk_widget_class_bind_template_child (class, HpWindow, dismiss_button);
  gtk_widget_class_bind_template_child (class, HpWindow, flap);
  gtk_widget_class_bind_template_child (class, HpWindow, picture_pages);
  gtk_widget_class_bind_template_child (class, HpWindow, nothing);
  gtk_widget_class_bind_template_child (class, HpWindow, canvas);
  gtk_widget_class_bind_template_child (class, HpWindow, explanation);
  gtk_widget_class_bind_template_child (class, HpWindow, inspector);
  gtk_widget_class_bind_template_child (class, HpWindow, player);
}

static void
hp_window_class_init (HpWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hp_window_dispose;
  G_OBJECT_CLASS (class)->finalize = hp_window_finalize;
  GTK_WINDOW_CLASS (class)->close_request = hp_window_close_request;
  ensure_types ();
  gtk_widget_class_set_template_from_resource (widget_class, "/org/heaparium/Heaparium/ui/window.ui");
  bind_children (widget_class);
  hp_window_install_actions (widget_class);
}

static void
hp_window_init (HpWindow *self)
{
  self->session = hp_session_new ();
  self->views = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_size (GTK_WINDOW (self), 1280, 800);
  hp_window_add_shortcuts (self);
  connect_session (self);
  hp_style_follow (self, G_CALLBACK (on_style));
  on_style (self);
  accept_drops (self);
  g_signal_connect_swapped (self->gallery, "chosen", G_CALLBACK (hp_window_open_scenario), self);
  g_signal_connect_swapped (self->run_popover, "run", G_CALLBACK (on_run_again), self);
  restore (self);
  hp_window_update_actions (self);
}

HpWindow *
hp_window_new (GtkApplication *application, HpHost *host)
{
  HpWindow *self = g_object_new (HP_TYPE_WINDOW, "application", application, NULL);

  self->host = host;
  hp_window_fill_views (self);
  hp_gallery_fill (self->gallery, host);
  hp_gallery_set_theme (self->gallery, self->theme);
  gtk_widget_grab_focus (GTK_WIDGET (self->gallery));
  return self;
}
