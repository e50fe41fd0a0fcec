/* painter.c - draws scenes with Cairo and Pango
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/painter.h"

#include "scene/arrow.h"
#include "scene/brush.h"
#include "scene/overlay.h"
#include "scene/typesetter.h"

#include <math.h>

#define SMALLEST_TEXT 3.5 /* device pixels: what is smaller cannot be read and is left out */

struct _HpPainter
{
  const HpTheme *theme; /* borrowed: themes live for ever */
  HpTypesetter *typesetter;
  HpRaster raster;
};

HpPainter *
hp_painter_new (const HpTheme *theme)
{
  HpPainter *self;

  g_return_val_if_fail (theme != NULL, NULL);

  self = g_new0 (HpPainter, 1);
  self->theme = theme;
  self->typesetter = hp_typesetter_new ();
  return self;
}

void
hp_painter_set_theme (HpPainter *self, const HpTheme *theme)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (theme != NULL);

  self->theme = theme;
}

void
hp_painter_free (HpPainter *self)
{
  if (self == NULL)
    return;
  hp_raster_clear (&self->raster);
  hp_typesetter_free (self->typesetter);
  g_free (self);
}

static void
paint_text (HpPainter *self, cairo_t *cr, const HpItem *item)
{
  const HpPaint *paint = hp_theme_paint (self->theme, item->role);
  PangoLayout *layout;
  HpRect plate;
  double across = hp_text_style_size (item->style), along = across;
  double x, baseline;

  cairo_user_to_device_distance (cr, &across, &along);
  if (fabs (along) < SMALLEST_TEXT)
    return;
  hp_typesetter_place (self->typesetter, item, &x, &baseline);
  layout = hp_typesetter_layout (self->typesetter, item->text, item->style);
  if (hp_typesetter_plate (self->typesetter, item, &plate) && paint->fill.a >= 1)
    {
      hp_brush_set_source (cr, &paint->fill);
      cairo_rectangle (cr, plate.x, plate.y, plate.width, plate.height);
      cairo_fill (cr);
    }
  hp_brush_set_source (cr, &paint->text);
  cairo_move_to (cr, x, baseline);
  pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (layout, 0));
}

static void
paint_arrow (HpPainter *self, cairo_t *cr, const HpItem *item)
{
  const HpPaint *paint = hp_theme_paint (self->theme, item->role);
  HpArrowShape shape;

  hp_arrow_shape (item, paint->width, &shape);
  cairo_move_to (cr, shape.x[0], shape.y[0]);
  cairo_curve_to (cr, shape.x[1], shape.y[1], shape.x[2], shape.y[2], shape.x[3], shape.y[3]);
  hp_brush_stroke (cr, paint);
  cairo_move_to (cr, shape.head_x[0], shape.head_y[0]);
  cairo_line_to (cr, shape.head_x[1], shape.head_y[1]);
  cairo_line_to (cr, shape.head_x[2], shape.head_y[2]);
  cairo_close_path (cr);
  cairo_new_sub_path (cr);
  cairo_arc (cr, shape.x[0], shape.y[0], shape.dot, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
paint_line (HpPainter *self, cairo_t *cr, const HpItem *item)
{
  for (gsize i = 0; i < item->n_points; i++)
    cairo_line_to (cr, item->points[2 * i], item->points[2 * i + 1]);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  hp_brush_stroke (cr, hp_theme_paint (self->theme, item->role));
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
}

static void
paint_item (HpPainter *self, cairo_t *cr, const HpItem *item, const HpRect *clip)
{
  cairo_new_path (cr);
  switch (item->kind)
    {
    case HP_ITEM_BOX:
      hp_brush_box (cr, &item->rect, item->radius, hp_theme_paint (self->theme, item->role), clip);
      break;
    case HP_ITEM_TEXT:
      paint_text (self, cr, item);
      break;
    case HP_ITEM_ARROW:
      paint_arrow (self, cr, item);
      break;
    case HP_ITEM_CELLS:
      hp_brush_cells (cr, item, self->theme, clip, &self->raster);
      break;
    case HP_ITEM_LINE:
      paint_line (self, cr, item);
      break;
    default:
      g_assert_not_reached ();
    }
}

static HpRect
clip_of (cairo_t *cr)
{
  const double margin = 4; /* outlines reach over bounds */
  double left, top, right, bottom;

  cairo_clip_extents (cr, &left, &top, &right, &bottom);
  return (HpRect){ left - margin, top - margin, right - left + 2 * margin, bottom - top + 2 * margin };
}

void
hp_painter_paint (HpPainter *self, cairo_t *cr, const HpScene *scene)
{
  HpRect clip;
  HpArrowFilter filter;

  g_return_if_fail (self != NULL);
  g_return_if_fail (cr != NULL);
  g_return_if_fail (scene != NULL);

  clip = clip_of (cr);
  hp_arrow_filter_init (&filter, scene, &clip);
  cairo_save (cr);
  for (gsize i = 0; i < hp_scene_n_items (scene); i++)
    {
      const HpItem *item = hp_scene_item (scene, i);

      if (!hp_rect_touches (&item->rect, &clip))
        continue;
      if (item->kind == HP_ITEM_ARROW && !hp_arrow_filter_takes (&filter, item))
        continue;
      paint_item (self, cr, item, &clip);
    }
  cairo_restore (cr);
}

void
hp_painter_paint_overlay (
    HpPainter *self, cairo_t *cr, const HpScene *scene, HpTarget selection, HpTarget hover, gboolean focused)
{
  g_autoptr (GArray) items = NULL;
  HpRect clip;

  g_return_if_fail (self != NULL);
  g_return_if_fail (cr != NULL);
  g_return_if_fail (scene != NULL);

  clip = clip_of (cr);
  items = hp_overlay_items (scene, selection, hover, focused);
  cairo_save (cr);
  for (guint i = 0; i < items->len; i++)
    {
      const HpItem *item = &g_array_index (items, HpItem, i);

      if (hp_rect_touches (&item->rect, &clip))
        paint_item (self, cr, item, &clip);
    }
  cairo_restore (cr);
}
