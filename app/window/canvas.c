/* canvas.c - draws the scene of the session's moment
 *
 * Three layers, each made only when what it depends on changed: the scene (step, size, view), its picture (scene, zoom,
 * place, theme), and above it what lights up (selection, hover, focus).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "canvas-private.h"

#include <glib/gi18n.h>

#define SPREAD_STEP 1.1
#define MOST_SPREAD 1.7
#define PROBES 8

G_DEFINE_FINAL_TYPE (HpCanvas, hp_canvas, GTK_TYPE_WIDGET)

/* ---- the scene -------------------------------------------------------------------------------------------------- */

static gboolean
has_picture (HpCanvas *self)
{
  return self->viewer && self->session && hp_session_recording (self->session);
}

/* A view asks for the height it needs. Rather than shrink a tall narrow picture, offer it more room on both sides, so
 * that it can flow: the width that is seen then stays in use. What was once needed is kept, or the picture would jump
 * from step to step. */
static void
build_at (HpCanvas *self, HpMoment *moment)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  const HpRecording *recording = hp_session_recording (self->session);

  for (;;)
    {
      hp_viewer_build (self->viewer, recording, moment, width * self->spread, height * self->spread, self->scene);
      if (hp_scene_height (self->scene) <= height * self->spread + 1 || self->spread >= MOST_SPREAD)
        break;
      self->spread *= SPREAD_STEP;
    }
}

/* How much room the whole run needs, by looking at a few of its steps once it is over. */
static void
probe_spread (HpCanvas *self)
{
  HpRecording *recording = hp_session_recording (self->session);
  guint64 length = hp_recording_length (recording);
  g_autoptr (HpMoment) moment = NULL;

  if (self->probed || hp_session_is_running (self->session))
    return;
  self->probed = TRUE;
  moment = hp_moment_new (hp_recording_definitions (recording));
  for (guint i = 1; i <= PROBES; i++)
    {
      hp_recording_seek (recording, moment, length * i / PROBES);
      build_at (self, moment);
    }
}

static void
reset_spread (HpCanvas *self)
{
  self->spread = 1;
  self->probed = FALSE;
}

gboolean
hp_canvas_ensure_scene (HpCanvas *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  if (!has_picture (self) || width < 1 || height < 1)
    return FALSE;
  if (self->scene_is_stale)
    {
      probe_spread (self);
      build_at (self, hp_session_moment (self->session));
      self->scene_is_stale = FALSE;
      self->picture_is_stale = TRUE;
    }
  hp_viewport_resize (&self->viewport, width, height, hp_scene_width (self->scene), hp_scene_height (self->scene));
  return TRUE;
}

static const char *
title_of_selection (HpCanvas *self)
{
  const char *title = NULL;

  hp_scene_find (self->scene, hp_session_selection (self->session), NULL, &title);
  return title;
}

/* Who cannot see the picture hears the selected item, or else what the picture is of. */
static void
update_description (HpCanvas *self)
{
  const char *description = NULL;

  if (hp_canvas_ensure_scene (self))
    {
      description = title_of_selection (self);
      if (!description)
        description = hp_scene_description (self->scene);
    }
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description ? description : "", -1);
}

static void
invalidate_scene (HpCanvas *self)
{
  self->scene_is_stale = TRUE;
  self->hover = HP_TARGET_NOTHING;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
hp_canvas_repaint (HpCanvas *self)
{
  self->picture_is_stale = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

HpTarget
hp_canvas_pick (HpCanvas *self, double x, double y, HpRect *bounds, const char **title)
{
  if (!hp_canvas_ensure_scene (self))
    return HP_TARGET_NOTHING;
  hp_viewport_to_scene (&self->viewport, x, y, &x, &y);
  return hp_scene_pick (self->scene, x, y, bounds, title);
}

const HpScene *
hp_canvas_scene (HpCanvas *self)
{
  return hp_canvas_ensure_scene (self) ? self->scene : NULL;
}

/* ---- painting --------------------------------------------------------------------------------------------------- */

static void
apply_viewport (HpCanvas *self, cairo_t *cr)
{
  cairo_translate (cr, self->viewport.x, self->viewport.y);
  cairo_scale (cr, self->viewport.zoom, self->viewport.zoom);
}

static void
ensure_surface (HpCanvas *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int width = gtk_widget_get_width (GTK_WIDGET (self)) * scale;
  int height = gtk_widget_get_height (GTK_WIDGET (self)) * scale;

  if (self->picture && cairo_image_surface_get_width (self->picture) == width
      && cairo_image_surface_get_height (self->picture) == height)
    return;
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  self->picture = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_surface_set_device_scale (self->picture, scale, scale);
  self->picture_is_stale = TRUE;
}

static void
ensure_picture (HpCanvas *self)
{
  const HpColor *background = &hp_theme_paint (self->theme, HP_ROLE_BACKGROUND)->fill;
  cairo_t *cr;

  ensure_surface (self);
  if (!self->picture_is_stale)
    return;
  cr = cairo_create (self->picture);
  cairo_set_source_rgb (cr, background->r, background->g, background->b);
  cairo_paint (cr);
  apply_viewport (self, cr);
  hp_painter_paint (self->painter, cr, self->scene);
  cairo_destroy (cr);
  self->picture_is_stale = FALSE;
}

static void
append_picture (HpCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, bounds);

  cairo_set_source_surface (cr, self->picture, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static void
append_overlay (HpCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, bounds);

  apply_viewport (self, cr);
  hp_painter_paint_overlay (self->painter,
                            cr,
                            self->scene,
                            hp_session_selection (self->session),
                            self->hover,
                            gtk_widget_has_visible_focus (GTK_WIDGET (self)));
  cairo_destroy (cr);
}

static void
hp_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HpCanvas *self = HP_CANVAS (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  if (!self->theme || !hp_canvas_ensure_scene (self))
    return;
  ensure_picture (self);
  append_picture (self, snapshot, &bounds);
  append_overlay (self, snapshot, &bounds);
}

static void
hp_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HpCanvas *self = HP_CANVAS (widget);

  self->scene_is_stale = TRUE;
  reset_spread (self);
}

static void
hp_canvas_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 160;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 900 : 560;
}

/* ---- following the session -------------------------------------------------------------------------------------- */

static void
on_opened (HpCanvas *self)
{
  hp_viewport_init (&self->viewport);
  reset_spread (self);
  invalidate_scene (self);
  update_description (self);
}

static void
on_step (HpCanvas *self)
{
  invalidate_scene (self);
  update_description (self);
}

/* A run that is over may be looked at whole. */
static void
on_state (HpCanvas *self)
{
  if (!self->probed)
    invalidate_scene (self);
}

static void
on_selected (HpCanvas *self)
{
  HpRect bounds;

  if (hp_canvas_ensure_scene (self) && hp_scene_find (self->scene, hp_session_selection (self->session), &bounds, NULL)
      && hp_viewport_reveal (&self->viewport, &bounds))
    self->picture_is_stale = TRUE;
  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
hp_canvas_set_session (HpCanvas *self, HpSession *session)
{
  g_return_if_fail (HP_IS_CANVAS (self));

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session)
    {
      g_signal_connect_swapped (session, "opened", G_CALLBACK (on_opened), self);
      g_signal_connect_swapped (session, "notify::step", G_CALLBACK (on_step), self);
      g_signal_connect_swapped (session, "notify::state", G_CALLBACK (on_state), self);
      g_signal_connect_swapped (session, "selected", G_CALLBACK (on_selected), self);
    }
  on_opened (self);
}

void
hp_canvas_set_viewer (HpCanvas *self, HpViewer *viewer)
{
  g_return_if_fail (HP_IS_CANVAS (self));

  g_clear_pointer (&self->viewer, hp_viewer_free);
  self->viewer = viewer;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  viewer ? hp_viewer_manifest (viewer)->name : _ ("Picture"),
                                  -1);
  on_opened (self);
}

HpViewer *
hp_canvas_viewer (HpCanvas *self)
{
  return self->viewer;
}

void
hp_canvas_set_theme (HpCanvas *self, const HpTheme *theme)
{
  g_return_if_fail (HP_IS_CANVAS (self));

  if (self->theme == theme)
    return;
  self->theme = theme;
  if (self->painter)
    hp_painter_set_theme (self->painter, theme);
  else
    self->painter = hp_painter_new (theme);
  hp_canvas_repaint (self);
}

/* ---- the widget ------------------------------------------------------------------------------------------------- */

static void
hp_canvas_dispose (GObject *object)
{
  HpCanvas *self = HP_CANVAS (object);

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->viewer, hp_viewer_free);
  g_clear_pointer (&self->painter, hp_painter_free);
  g_clear_pointer (&self->scene, hp_scene_free);
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  G_OBJECT_CLASS (hp_canvas_parent_class)->dispose (object);
}

static void
hp_canvas_class_init (HpCanvasClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hp_canvas_dispose;
  widget_class->snapshot = hp_canvas_snapshot;
  widget_class->measure = hp_canvas_measure;
  widget_class->size_allocate = hp_canvas_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  hp_canvas_class_init_input (widget_class);
}

static void
hp_canvas_init (HpCanvas *self)
{
  self->scene = hp_scene_new ();
  self->scene_is_stale = TRUE;
  reset_spread (self);
  hp_viewport_init (&self->viewport);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Picture"), -1);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  hp_canvas_init_input (self);
}

GtkWidget *
hp_canvas_new (void)
{
  return g_object_new (HP_TYPE_CANVAS, NULL);
}
