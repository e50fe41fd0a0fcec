/* watch_view.c - draws the chart of a watcher's history
 *
 * The scene is made anew when there is a sample, when the cursor moves or when the size changes, and painted by the
 * painter of every other picture.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "watch_view.h"

#include "picture.h"
#include "scene/painter.h"
#include "scene/process_chart.h"

#include <glib/gi18n.h>

struct _HpWatchView
{
  GtkWidget parent_instance;

  HpWatcher *watcher; /* owned */
  HpScene *scene;
  gboolean scene_is_stale;
  HpPainter *painter;
  const HpTheme *theme;
  double cursor; /* seconds since the first sample; below 0: none, the last sample is read out */
};

G_DEFINE_FINAL_TYPE (HpWatchView, hp_watch_view, GTK_TYPE_WIDGET)

/* ---- the cursor ------------------------------------------------------------------------------------------------- */

/* The entry that stands for the time of the cursor. A time, since entries are joined as time goes by. */
static gsize
entry_at_cursor (HpWatchView *self)
{
  const HpProcessHistory *history = hp_watcher_history (self->watcher);
  guint n = hp_process_history_n_entries (history);

  if (self->cursor < 0 || n == 0)
    return G_MAXSIZE;
  for (guint i = 0; i < n; i++)
    if (hp_process_history_seconds (history, &hp_process_history_entry (history, i)->last) >= self->cursor)
      return i;
  return n - 1;
}

static char *
title_of (HpWatchView *self)
{
  return g_strdup_printf (_ ("%s, process %u"), hp_watcher_name (self->watcher), hp_watcher_pid (self->watcher));
}

static const char *
subtitle_of (HpWatchView *self)
{
  HpWatcherState state = hp_watcher_state (self->watcher);

  if (state == HP_WATCHER_ENDED)
    return _ ("The process has ended.");
  return state == HP_WATCHER_PAUSED ? _ ("Paused") : "";
}

static void
build (HpWatchView *self, gsize cursor, double width, double height, HpScene *scene)
{
  g_autofree char *title = title_of (self);

  hp_process_chart_build (hp_watcher_history (self->watcher), title, subtitle_of (self), cursor, width, height, scene);
}

static void
ensure_scene (HpWatchView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (self->scene_is_stale)
    build (self, entry_at_cursor (self), gtk_widget_get_width (widget), gtk_widget_get_height (widget), self->scene);
  self->scene_is_stale = FALSE;
}

/* Who cannot see the chart hears the entry at the cursor, or else the last one. */
static void
update_description (HpWatchView *self)
{
  g_autofree char *sentence = NULL;

  if (self->watcher)
    sentence = hp_process_chart_describe (hp_watcher_history (self->watcher), entry_at_cursor (self));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence ? sentence : "", -1);
}

static void
invalidate (HpWatchView *self)
{
  self->scene_is_stale = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_cursor (HpWatchView *self, gsize entry)
{
  const HpProcessHistory *history = hp_watcher_history (self->watcher);

  if (entry < hp_process_history_n_entries (history))
    self->cursor = hp_process_history_seconds (history, &hp_process_history_entry (history, (guint) entry)->last);
  else
    self->cursor = -1;
  update_description (self);
  invalidate (self);
}

/* ---- input ------------------------------------------------------------------------------------------------------ */

static void
on_motion (HpWatchView *self, double x, double y)
{
  if (self->watcher)
    set_cursor (
        self,
        hp_process_chart_entry_at (hp_watcher_history (self->watcher), gtk_widget_get_width (GTK_WIDGET (self)), x));
}

static void
on_leave (HpWatchView *self)
{
  if (self->watcher)
    set_cursor (self, G_MAXSIZE);
}

static void
on_pressed (HpWatchView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* Without a cursor the last entry is read out, so from there it goes. FALSE: the key is somebody else's. */
static gboolean
move_cursor (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  HpWatchView *self = HP_WATCH_VIEW (widget);
  int by = g_variant_get_int32 (arguments);
  gint64 n, entry;

  if (!self->watcher || hp_process_history_n_entries (hp_watcher_history (self->watcher)) == 0)
    return FALSE;
  n = hp_process_history_n_entries (hp_watcher_history (self->watcher));
  entry = (gint64) MIN (entry_at_cursor (self), (gsize) n - 1) + by;
  set_cursor (self, (gsize) CLAMP (entry, 0, n - 1));
  return TRUE;
}

static gboolean
clear_cursor (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  HpWatchView *self = HP_WATCH_VIEW (widget);

  if (self->cursor < 0)
    return FALSE;
  set_cursor (self, G_MAXSIZE);
  return TRUE;
}

static void
add_keys (GtkWidgetClass *class)
{
  static const struct
  {
    guint key;
    int by;
  } keys[] = {
    { GDK_KEY_Left, -1 },     { GDK_KEY_KP_Left, -1 },   { GDK_KEY_Right, 1 },        { GDK_KEY_KP_Right, 1 },
    { GDK_KEY_Page_Up, -10 }, { GDK_KEY_Page_Down, 10 }, { GDK_KEY_Home, -G_MAXINT }, { GDK_KEY_End, G_MAXINT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (class, keys[i].key, 0, move_cursor, "i", keys[i].by);
  gtk_widget_class_add_binding (class, GDK_KEY_Escape, 0, clear_cursor, NULL);
}

static void
add_pointer (HpWatchView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/* ---- drawing ---------------------------------------------------------------------------------------------------- */

static void
hp_watch_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HpWatchView *self = HP_WATCH_VIEW (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  const HpColor *background;
  cairo_t *cr;

  if (!self->theme || !self->watcher)
    return;
  ensure_scene (self);
  background = &hp_theme_paint (self->theme, HP_ROLE_BACKGROUND)->fill;
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_set_source_rgb (cr, background->r, background->g, background->b);
  cairo_paint (cr);
  hp_painter_paint (self->painter, cr, self->scene);
  cairo_destroy (cr);
}

static void
hp_watch_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HP_WATCH_VIEW (widget)->scene_is_stale = TRUE;
}

static void
hp_watch_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 480 : 320;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 960 : 600;
}

/* ---- for who has one -------------------------------------------------------------------------------------------- */

static void
on_sampled (HpWatchView *self)
{
  invalidate (self);
  if (self->cursor < 0)
    update_description (self);
}

void
hp_watch_view_set_watcher (HpWatchView *self, HpWatcher *watcher)
{
  g_return_if_fail (HP_IS_WATCH_VIEW (self));

  if (self->watcher)
    g_signal_handlers_disconnect_by_data (self->watcher, self);
  g_set_object (&self->watcher, watcher);
  self->cursor = -1;
  if (watcher)
    {
      g_autofree char *title = title_of (self);

      g_signal_connect_swapped (watcher, "sampled", G_CALLBACK (on_sampled), self);
      g_signal_connect_swapped (watcher, "changed", G_CALLBACK (invalidate), self);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
    }
  update_description (self);
  invalidate (self);
}

void
hp_watch_view_set_theme (HpWatchView *self, const HpTheme *theme)
{
  g_return_if_fail (HP_IS_WATCH_VIEW (self));

  self->theme = theme;
  if (self->painter)
    hp_painter_set_theme (self->painter, theme);
  else
    self->painter = hp_painter_new (theme);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

HpScene *
hp_watch_view_picture (HpWatchView *self)
{
  HpScene *scene = hp_scene_new ();

  g_return_val_if_fail (HP_IS_WATCH_VIEW (self) && self->watcher, scene);

  build (self, entry_at_cursor (self), HP_PICTURE_WIDTH, HP_PICTURE_HEIGHT, scene);
  return scene;
}

/* ---- the widget ------------------------------------------------------------------------------------------------- */

static void
hp_watch_view_dispose (GObject *object)
{
  HpWatchView *self = HP_WATCH_VIEW (object);

  if (self->watcher)
    g_signal_handlers_disconnect_by_data (self->watcher, self);
  g_clear_object (&self->watcher);
  g_clear_pointer (&self->painter, hp_painter_free);
  g_clear_pointer (&self->scene, hp_scene_free);
  G_OBJECT_CLASS (hp_watch_view_parent_class)->dispose (object);
}

static void
hp_watch_view_class_init (HpWatchViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hp_watch_view_dispose;
  widget_class->snapshot = hp_watch_view_snapshot;
  widget_class->measure = hp_watch_view_measure;
  widget_class->size_allocate = hp_watch_view_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  add_keys (widget_class);
}

static void
hp_watch_view_init (HpWatchView *self)
{
  self->scene = hp_scene_new ();
  self->scene_is_stale = TRUE;
  self->cursor = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Chart"), -1);
  add_pointer (self);
}
