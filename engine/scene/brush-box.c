/* brush-box.c - boxes: fill, pattern, outline
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/brush.h"

#include <math.h>

static double
mix (double a, double b, double part)
{
  return a + (b - a) * part;
}

HpColor
hp_paint_mean (const HpPaint *paint)
{
  double part = paint->pattern == HP_PATTERN_HATCH || paint->pattern == HP_PATTERN_CROSS ? 0.4 : 0;

  if (paint->fill.a <= 0)
    return paint->line;
  return (HpColor){ mix (paint->fill.r, paint->line.r, part),
                    mix (paint->fill.g, paint->line.g, part),
                    mix (paint->fill.b, paint->line.b, part),
                    paint->fill.a };
}

void
hp_brush_set_source (cairo_t *cr, const HpColor *color)
{
  cairo_set_source_rgba (cr, color->r, color->g, color->b, color->a);
}

static void
trace_box (cairo_t *cr, const HpRect *rect, double radius, double inset)
{
  double x = rect->x + inset, y = rect->y + inset;
  double width = MAX (rect->width - 2 * inset, 0), height = MAX (rect->height - 2 * inset, 0);
  double r = MIN (MAX (radius - inset, 0), MIN (width, height) / 2);

  if (r <= 0)
    {
      cairo_rectangle (cr, x, y, width, height);
      return;
    }
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - r, y + r, r, -G_PI_2, 0);
  cairo_arc (cr, x + width - r, y + height - r, r, 0, G_PI_2);
  cairo_arc (cr, x + r, y + height - r, r, G_PI_2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

/** The parts of the lines x + y = k * spacing inside @area. */
static void
trace_rising (cairo_t *cr, const HpRect *area)
{
  double right = area->x + area->width, bottom = area->y + area->height;
  double first = ceil ((area->x + area->y) / HP_PATTERN_SPACING) * HP_PATTERN_SPACING;

  for (double c = first; c < right + bottom; c += HP_PATTERN_SPACING)
    {
      double x1 = MAX (area->x, c - bottom), x2 = MIN (right, c - area->y);

      cairo_move_to (cr, x1, c - x1);
      cairo_line_to (cr, x2, c - x2);
    }
}

/** The same for x - y = k * spacing. */
static void
trace_falling (cairo_t *cr, const HpRect *area)
{
  double right = area->x + area->width, bottom = area->y + area->height;
  double first = ceil ((area->x - bottom) / HP_PATTERN_SPACING) * HP_PATTERN_SPACING;

  for (double c = first; c < right - area->y; c += HP_PATTERN_SPACING)
    {
      double x1 = MAX (area->x, c + area->y), x2 = MIN (right, c + bottom);

      cairo_move_to (cr, x1, x1 - c);
      cairo_line_to (cr, x2, x2 - c);
    }
}

static void
trace_dots (cairo_t *cr, const HpRect *area)
{
  const double half = HP_PATTERN_DOT / 2, middle = HP_PATTERN_SPACING / 2;
  double left = ceil ((area->x + half - middle) / HP_PATTERN_SPACING) * HP_PATTERN_SPACING + middle;
  double top = ceil ((area->y + half - middle) / HP_PATTERN_SPACING) * HP_PATTERN_SPACING + middle;

  for (double y = top; y + half <= area->y + area->height; y += HP_PATTERN_SPACING)
    for (double x = left; x + half <= area->x + area->width; x += HP_PATTERN_SPACING)
      cairo_rectangle (cr, x - half, y - half, HP_PATTERN_DOT, HP_PATTERN_DOT);
}

static gboolean
intersect (const HpRect *a, const HpRect *b, HpRect *both)
{
  double right = MIN (a->x + a->width, b->x + b->width);
  double bottom = MIN (a->y + a->height, b->y + b->height);

  both->x = MAX (a->x, b->x);
  both->y = MAX (a->y, b->y);
  both->width = right - both->x;
  both->height = bottom - both->y;
  return both->width > 0 && both->height > 0;
}

static void
fill_pattern (cairo_t *cr, const HpRect *rect, double radius, const HpPaint *paint, const HpRect *clip)
{
  double inset = MAX (paint->width, radius / 3);
  HpRect inner = { rect->x + inset, rect->y + inset, rect->width - 2 * inset, rect->height - 2 * inset };
  HpRect area;

  if (paint->pattern == HP_PATTERN_PLAIN || paint->pattern >= HP_PATTERN_DASHED || !intersect (&inner, clip, &area))
    return;
  hp_brush_set_source (cr, &paint->line);
  if (paint->pattern == HP_PATTERN_DOTS)
    {
      trace_dots (cr, &area);
      cairo_fill (cr);
      return;
    }
  trace_rising (cr, &area);
  if (paint->pattern == HP_PATTERN_CROSS)
    trace_falling (cr, &area);
  cairo_set_line_width (cr, 0.8);
  cairo_stroke (cr);
}

void
hp_brush_stroke (cairo_t *cr, const HpPaint *paint)
{
  const double dashes[] = { HP_DASH_ON, HP_DASH_OFF }, dots[] = { HP_DOT_ON, HP_DOT_OFF };

  hp_brush_set_source (cr, &paint->line);
  cairo_set_line_width (cr, paint->width);
  if (paint->pattern == HP_PATTERN_DASHED)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  else if (paint->pattern == HP_PATTERN_DOTTED)
    cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

void
hp_brush_box (cairo_t *cr, const HpRect *rect, double radius, const HpPaint *paint, const HpRect *clip)
{
  if (paint->fill.a > 0)
    {
      trace_box (cr, rect, radius, 0);
      hp_brush_set_source (cr, &paint->fill);
      cairo_fill (cr);
    }
  fill_pattern (cr, rect, radius, paint, clip);
  if (paint->width <= 0 || paint->line.a <= 0)
    return;
  trace_box (cr, rect, radius, paint->width / 2);
  hp_brush_stroke (cr, paint);
}
