/* viewport.c - which part of a picture is seen, and how large; no drawing
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "viewport.h"

#include <math.h>

#define MARGIN 16.0

static double
place (double offset, double window, double picture)
{
  if (picture <= window)
    return round ((window - picture) / 2);
  return CLAMP (offset, window - picture, 0.0);
}

static void
keep_in_window (HpViewport *self)
{
  self->x = place (self->x, self->width, self->scene_width * self->zoom);
  self->y = place (self->y, self->height, self->scene_height * self->zoom);
}

void
hp_viewport_init (HpViewport *self)
{
  *self = (HpViewport){ .width = 1, .height = 1, .scene_width = 1, .scene_height = 1, .zoom = 1, .fitting = TRUE };
}

void
hp_viewport_fit (HpViewport *self)
{
  double across = self->width / self->scene_width;
  double down = self->height / self->scene_height;

  self->fitting = TRUE;
  self->zoom = CLAMP (MIN (across, down), HP_VIEWPORT_SMALLEST, 1.0);
  keep_in_window (self);
}

void
hp_viewport_resize (HpViewport *self, double width, double height, double scene_width, double scene_height)
{
  self->width = MAX (width, 1);
  self->height = MAX (height, 1);
  self->scene_width = MAX (scene_width, 1);
  self->scene_height = MAX (scene_height, 1);
  if (self->fitting)
    hp_viewport_fit (self);
  else
    keep_in_window (self);
}

void
hp_viewport_zoom_at (HpViewport *self, double factor, double x, double y)
{
  double zoom = CLAMP (self->zoom * factor, HP_VIEWPORT_SMALLEST, HP_VIEWPORT_LARGEST);
  double change = zoom / self->zoom;

  self->fitting = FALSE;
  self->x = x - (x - self->x) * change;
  self->y = y - (y - self->y) * change;
  self->zoom = zoom;
  keep_in_window (self);
}

void
hp_viewport_pan (HpViewport *self, double dx, double dy)
{
  self->x += dx;
  self->y += dy;
  keep_in_window (self);
}

/* How far to move so that start…start+size lies in 0…window; its start wins when it does not fit. */
static double
distance_into (double start, double size, double window)
{
  if (start < MARGIN)
    return MARGIN - start;
  if (start + size > window - MARGIN)
    return MAX (window - MARGIN - start - size, MARGIN - start);
  return 0;
}

gboolean
hp_viewport_reveal (HpViewport *self, const HpRect *rect)
{
  HpRect seen = hp_viewport_from_scene (self, rect);
  double x = self->x, y = self->y;

  hp_viewport_pan (
      self, distance_into (seen.x, seen.width, self->width), distance_into (seen.y, seen.height, self->height));
  return self->x != x || self->y != y;
}

void
hp_viewport_to_scene (const HpViewport *self, double x, double y, double *scene_x, double *scene_y)
{
  *scene_x = (x - self->x) / self->zoom;
  *scene_y = (y - self->y) / self->zoom;
}

HpRect
hp_viewport_from_scene (const HpViewport *self, const HpRect *rect)
{
  return (HpRect){
    rect->x * self->zoom + self->x, rect->y * self->zoom + self->y, rect->width * self->zoom, rect->height * self->zoom
  };
}
