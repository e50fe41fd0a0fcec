/* viewport.h - which part of a picture is seen, and how large; no drawing
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "scene/scene.h"

G_BEGIN_DECLS

#define HP_VIEWPORT_SMALLEST 0.05
#define HP_VIEWPORT_LARGEST 32.0

/**
 * HpViewport: window point = scene point * zoom + (x, y)
 *
 * While @fitting, zoom and place follow the sizes so that the whole picture is seen, never larger than 1:1. A picture
 * smaller than the window is centred; a larger one never leaves a gap at a side it could fill.
 */
typedef struct
{
  double width, height;             /* of the window */
  double scene_width, scene_height; /* at least 1 */
  double zoom;
  double x, y;
  gboolean fitting;
} HpViewport;

void hp_viewport_init (HpViewport *self);
void hp_viewport_resize (HpViewport *self, double width, double height, double scene_width, double scene_height);
void hp_viewport_fit (HpViewport *self);
/** The scene point under (@x, @y) stays there. */
void hp_viewport_zoom_at (HpViewport *self, double factor, double x, double y);
void hp_viewport_pan (HpViewport *self, double dx, double dy);
/** Move as little as needed to see @rect. TRUE when it moved. */
gboolean hp_viewport_reveal (HpViewport *self, const HpRect *rect);
void hp_viewport_to_scene (const HpViewport *self, double x, double y, double *scene_x, double *scene_y);
HpRect hp_viewport_from_scene (const HpViewport *self, const HpRect *rect);

G_END_DECLS
