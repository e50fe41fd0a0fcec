/* brush.h - how boxes and maps of cells are put on a Cairo surface. Not installed: the painter's own parts.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "scene/scene.h"
#include <cairo.h>

G_BEGIN_DECLS

/* Patterns are anchored at the scene's origin, so that those of neighbours join. */
#define HP_PATTERN_SPACING 6.0
#define HP_PATTERN_DOT 1.4
#define HP_DASH_ON 4.0
#define HP_DASH_OFF 3.0
#define HP_DOT_ON 2.0
#define HP_DOT_OFF 3.0

/** What stands for @paint where it is too small for patterns and outlines. */
HpColor hp_paint_mean (const HpPaint *paint);

void hp_brush_set_source (cairo_t *cr, const HpColor *color);
/** Strokes the path of @cr in the line of @paint, dashed where that is its pattern. */
void hp_brush_stroke (cairo_t *cr, const HpPaint *paint);
void hp_brush_box (cairo_t *cr, const HpRect *rect, double radius, const HpPaint *paint, const HpRect *clip);

/** A surface that is kept from paint to paint. All bits 0 is the empty one. */
typedef struct
{
  cairo_surface_t *surface;
  int width, height;
} HpRaster;

void hp_raster_clear (HpRaster *self);
void hp_brush_cells (cairo_t *cr, const HpItem *item, const HpTheme *theme, const HpRect *clip, HpRaster *raster);

G_END_DECLS
