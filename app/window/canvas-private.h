/* canvas-private.h - the canvas, shared by its drawing and its input
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "canvas.h"
#include "scene/painter.h"
#include "viewport.h"

G_BEGIN_DECLS

struct _HpCanvas
{
  GtkWidget parent_instance;

  HpSession *session; /* owned */
  HpViewer *viewer;   /* owned; NULL: nothing can be shown */
  const HpTheme *theme;

  /* The scene of the present step, made when somebody asks */
  HpScene *scene;
  gboolean scene_is_stale;
  gboolean probed; /* the spread is what the whole run needs */
  double spread;   /* at least 1: how much larger than the widget the view was asked to draw */
  HpViewport viewport;

  /* The picture of the scene, of the widget's size in device pixels whatever the zoom */
  HpPainter *painter;
  cairo_surface_t *picture;
  gboolean picture_is_stale;

  /* Input */
  HpTarget hover;
  double pointer_x, pointer_y;
  double drag_x, drag_y; /* how far the present drag went */
  double pinch;          /* scale of the present pinch so far */
};

/** Make the scene and the viewport fit the present step and size. FALSE: there is nothing to show. */
gboolean hp_canvas_ensure_scene (HpCanvas *self);
/** The viewport changed. */
void hp_canvas_repaint (HpCanvas *self);
HpTarget hp_canvas_pick (HpCanvas *self, double x, double y, HpRect *bounds, const char **title);

void hp_canvas_init_input (HpCanvas *self);
void hp_canvas_class_init_input (GtkWidgetClass *class);

G_END_DECLS
