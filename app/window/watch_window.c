/* watch_window.c - the window of a live process: its chart, pause, how often, export
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "watch_window.h"

#include "export_dialog.h"
#include "picture.h"
#include "style.h"
#include "watch_view.h"

#include <glib/gi18n.h>

#define TOAST_SECONDS 3

struct _HpWatchWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkButton *pause;
  GtkDropDown *interval;
  GtkRevealer *banner;
  GtkLabel *banner_label;
  HpWatchView *view;

  HpWatcher *watcher; /* owned */
};

G_DEFINE_FINAL_TYPE (HpWatchWindow, hp_watch_window, ADW_TYPE_APPLICATION_WINDOW)

/* As in the list of the template. */
static const guint intervals[] = { 100, 250, 500, 1000, 10000 };

/* ---- following the watcher -------------------------------------------------------------------------------------- */

static void
update_title (HpWatchWindow *self)
{
  const char *name = hp_watcher_name (self->watcher);
  g_autofree char *subtitle = g_strdup_printf (_ ("Process %u"), hp_watcher_pid (self->watcher));

  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, subtitle);
  if (g_strcmp0 (gtk_window_get_title (GTK_WINDOW (self)), name) != 0)
    gtk_window_set_title (GTK_WINDOW (self), name);
}

static void
show_end (HpWatchWindow *self, const char *sentence)
{
  gtk_label_set_text (self->banner_label, sentence);
  gtk_revealer_set_reveal_child (self->banner, TRUE);
}

static void
update_pause (HpWatchWindow *self, HpWatcherState state)
{
  const char *name = state == HP_WATCHER_PAUSED ? _ ("Resume") : _ ("Pause");
  gboolean lives = state == HP_WATCHER_WATCHING || state == HP_WATCHER_PAUSED;

  gtk_button_set_icon_name (self->pause, state == HP_WATCHER_PAUSED ? "hp-play-symbolic" : "hp-pause-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pause), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pause), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.pause", lives);
  gtk_widget_set_sensitive (GTK_WIDGET (self->interval), lives);
}

static void
on_changed (HpWatchWindow *self)
{
  HpWatcherState state = hp_watcher_state (self->watcher);

  update_pause (self, state);
  if (state == HP_WATCHER_ENDED)
    show_end (self, _ ("The process has ended. The chart shows it up to its end."));
  else if (state == HP_WATCHER_FAILED)
    show_end (self, hp_watcher_message (self->watcher));
}

static void
on_interval (HpWatchWindow *self)
{
  guint selected = gtk_drop_down_get_selected (self->interval);

  if (selected < G_N_ELEMENTS (intervals))
    hp_watcher_set_interval (self->watcher, intervals[selected]);
}

static void
show_interval (HpWatchWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (intervals); i++)
    if (intervals[i] == hp_watcher_interval (self->watcher))
      gtk_drop_down_set_selected (self->interval, i);
  g_signal_connect_object (self->interval, "notify::selected", G_CALLBACK (on_interval), self, G_CONNECT_SWAPPED);
}

static void
on_style (HpWatchWindow *self)
{
  hp_watch_view_set_theme (self->view, hp_style_theme ());
}

/* ---- actions ---------------------------------------------------------------------------------------------------- */

static void
toggle_pause (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HpWatcher *watcher = HP_WATCH_WINDOW (widget)->watcher;

  hp_watcher_set_paused (watcher, hp_watcher_state (watcher) == HP_WATCHER_WATCHING);
}

static void
say (HpWatchWindow *self, const char *sentence)
{
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_timeout (toast, TOAST_SECONDS);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_saved (HpWatchWindow *self, const char *sentence)
{
  say (self, sentence);
  gtk_window_present (GTK_WINDOW (self));
}

static void
export_chart (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HpWatchWindow *self = HP_WATCH_WINDOW (widget);
  g_autofree char *what = g_strdup_printf ("%s-%u", hp_watcher_name (self->watcher), hp_watcher_pid (self->watcher));
  HpExportDialog *dialog = hp_export_dialog_new (
      GTK_WINDOW (self), hp_watch_view_picture (self->view), HP_TARGET_NOTHING, what, hp_style_theme ());

  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
copy_chart (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HpWatchWindow *self = HP_WATCH_WINDOW (widget);
  HpExportOptions options = { .theme = hp_style_theme (), .scale = 2 };
  g_autoptr (HpScene) scene = hp_watch_view_picture (self->view);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = hp_picture_new (scene, &options, &error);

  if (texture)
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
  say (self, texture ? _ ("Picture copied") : error->message);
}

/* In the bubble phase: a focused button has its space bar first. */
static void
add_shortcuts (HpWatchWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("space"), gtk_named_action_new ("win.pause")));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* ---- the widget ------------------------------------------------------------------------------------------------- */

static void
hp_watch_window_dispose (GObject *object)
{
  HpWatchWindow *self = HP_WATCH_WINDOW (object);

  if (self->watcher)
    {
      g_signal_handlers_disconnect_by_data (self->watcher, self);
      hp_watcher_stop (self->watcher);
    }
  g_clear_object (&self->watcher);
  gtk_widget_dispose_template (GTK_WIDGET (self), HP_TYPE_WATCH_WINDOW);
  G_OBJECT_CLASS (hp_watch_window_parent_class)->dispose (object);
}

static void
hp_watch_window_class_init (HpWatchWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hp_watch_window_dispose;
  g_type_ensure (HP_TYPE_WATCH_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/heaparium/Heaparium/ui/watch.ui");
  gtk_widget_class_bind_template_child (widget_class, HpWatchWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, HpWatchWindow, title);
  gtk_widget_class_bind_template_child (widget_class, HpWatchWindow, pause);
  gtk_widget_class_bind_template_child (widget_class, HpWatchWindow, interval);
  gtk_widget_class_bind_template_child (widget_class, HpWatchWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, HpWatchWindow, banner_label);
  gtk_widget_class_bind_template_child (widget_class, HpWatchWindow, view);
  gtk_widget_class_install_action (widget_class, "win.pause", NULL, toggle_pause);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export_chart);
  gtk_widget_class_install_action (widget_class, "win.copy-picture", NULL, copy_chart);
}

static void
hp_watch_window_init (HpWatchWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_shortcuts (self);
  hp_style_follow (self, G_CALLBACK (on_style));
  on_style (self);
}

GtkWindow *
hp_watch_window_new (GtkApplication *application, HpProcess *process)
{
  HpWatchWindow *self = g_object_new (HP_TYPE_WATCH_WINDOW, "application", application, NULL);

  self->watcher = hp_watcher_new (process);
  g_signal_connect_swapped (self->watcher, "sampled", G_CALLBACK (update_title), self);
  g_signal_connect_swapped (self->watcher, "changed", G_CALLBACK (on_changed), self);
  hp_watch_view_set_watcher (self->view, self->watcher);
  update_title (self);
  show_interval (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  return GTK_WINDOW (self);
}
