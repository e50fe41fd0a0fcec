/* brush-cells.c - maps of cells: one raster at device resolution where they are small, rectangles where large
 *
 * One fill per cell costs 0.7 us and more: a million of them, most of a second. So cells below 6 device pixels become
 * pixels of an image that is as large as what is visible, never as large as the map. Each pixel stands for the cells
 * that begin in it (or the one that covers it): their mean colour, or that of the highest rare role among them.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/brush.h"

#include <math.h>
#include <string.h>

#define SMALLEST_RECTANGLE 6.0 /* device pixels */
#define MOST_SMALL_PIXELS (128 * 128)
#define SMALLEST_PATTERN 12.0 /* scene units */

void
hp_raster_clear (HpRaster *self)
{
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  self->width = self->height = 0;
}

/** Make room for @width x @height pixels; grows, never shrinks. */
static gboolean
raster_reserve (HpRaster *self, int width, int height)
{
  if (self->surface != NULL && self->width >= width && self->height >= height)
    return TRUE;
  width = MAX (width, self->width);
  height = MAX (height, self->height);
  hp_raster_clear (self);
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  if (cairo_surface_status (self->surface) != CAIRO_STATUS_SUCCESS)
    {
      hp_raster_clear (self);
      return FALSE;
    }
  self->width = width;
  self->height = height;
  return TRUE;
}

/* ---- as pixels -------------------------------------------------------------------------------------------------- */

/** A window of @width x @height pixels at (@x, @y) of a map drawn @full_width x @full_height pixels large. */
typedef struct
{
  int x, y, width, height;
  int full_width, full_height;
  gsize rows;
  guint64 packed[HP_N_ROLES]; /* premultiplied b, g, r, a in 16 bits each, so that 256 of them can be added */
  guint8 rank[HP_N_ROLES];    /* 0: ordinary */
} HpRasterPlan;

static void
plan_colors (HpRasterPlan *plan, const HpTheme *theme)
{
  for (guint role = 0; role < HP_N_ROLES; role++)
    {
      HpColor color = hp_paint_mean (hp_theme_paint (theme, role));
      double a = color.a * 255;

      plan->packed[role] = (guint64) lround (color.b * a) | (guint64) lround (color.g * a) << 16
                           | (guint64) lround (color.r * a) << 32 | (guint64) lround (a) << 48;
      plan->rank[role] = hp_role_is_rare (role) ? (guint8) (role + 1) : 0;
    }
}

static guint32
pixel_of (guint64 packed)
{
  return (guint32) ((packed & 0xffu) | (packed >> 16 & 0xffu) << 8 | (packed >> 32 & 0xffu) << 16
                    | (packed >> 48 & 0xffu) << 24);
}

typedef struct
{
  guint32 b, g, r, a, n;
} HpPixelSum;

static void
sum_add (HpPixelSum *sum, guint64 packed, guint n)
{
  sum->b += packed & 0xffffu;
  sum->g += packed >> 16 & 0xffffu;
  sum->r += packed >> 32 & 0xffffu;
  sum->a += (guint32) (packed >> 48);
  sum->n += n;
}

static guint32
sum_mean (const HpPixelSum *sum)
{
  guint32 half = sum->n / 2;

  if (sum->n == 0)
    return 0;
  return (sum->b + half) / sum->n | (sum->g + half) / sum->n << 8 | (sum->r + half) / sum->n << 16
         | (sum->a + half) / sum->n << 24;
}

/** The pixel that stands for the cells of @rows x @columns (first, end); cells past the last one are nothing. */
static guint32
pixel_for (const HpRasterPlan *plan, const HpItem *item, const gsize rows[2], const gsize columns[2])
{
  HpPixelSum sum = { 0 };
  guint8 best = 0;

  for (gsize row = rows[0]; row < rows[1]; row++)
    {
      gsize first = row * item->columns + columns[0];
      gsize end = MIN (row * item->columns + columns[1], item->n_cells);

      while (first < end)
        {
          gsize stop = MIN (end, first + 256);
          guint64 packed = 0;

          for (gsize i = first; i < stop; i++)
            {
              packed += plan->packed[item->cells[i]];
              best = MAX (best, plan->rank[item->cells[i]]);
            }
          sum_add (&sum, packed, (guint) (stop - first));
          first = stop;
        }
    }
  return best > 0 ? pixel_of (plan->packed[best - 1]) : sum_mean (&sum);
}

/** The cells (first, end) of @n that pixel @i of @size stands for: all pixels together cover each cell. */
static void
cells_at (int i, int size, gsize n, gsize range[2])
{
  range[0] = (gsize) ((guint64) i * n / (guint64) size);
  range[1] = MAX ((gsize) ((guint64) (i + 1) * n / (guint64) size), range[0] + 1);
}

static void
fill_raster (const HpRasterPlan *plan, const HpItem *item, HpRaster *raster)
{
  guint8 *bytes = cairo_image_surface_get_data (raster->surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (raster->surface);
  g_autofree gsize *columns = g_new (gsize, 2 * (gsize) plan->width);
  gsize rows[2], last[2] = { 0, 0 };

  for (int x = 0; x < plan->width; x++)
    cells_at (plan->x + x, plan->full_width, item->columns, columns + 2 * x);
  for (int y = 0; y < plan->height; y++)
    {
      guint32 *line = (guint32 *) (gpointer) (bytes + stride * (gsize) y);

      cells_at (plan->y + y, plan->full_height, plan->rows, rows);
      if (y > 0 && rows[0] == last[0] && rows[1] == last[1])
        memcpy (line, bytes + stride * (gsize) (y - 1), (gsize) plan->width * 4);
      else
        for (int x = 0; x < plan->width; x++)
          line[x] = pixel_for (plan, item, rows, columns + 2 * x);
      last[0] = rows[0];
      last[1] = rows[1];
    }
}

/** Where the map lies in device pixels and which part of it is to be drawn. FALSE: none. */
static gboolean
plan_window (HpRasterPlan *plan, cairo_t *cr, const HpItem *item, double left, double top, double right, double bottom)
{
  double clip_left, clip_top, clip_right, clip_bottom;
  int x = (int) lround (left), y = (int) lround (top);

  plan->full_width = MAX ((int) lround (right) - x, 1);
  plan->full_height = MAX ((int) lround (bottom) - y, 1);
  plan->rows = (item->n_cells + item->columns - 1) / item->columns;
  cairo_clip_extents (cr, &clip_left, &clip_top, &clip_right, &clip_bottom);
  plan->x = (int) MAX (floor (clip_left) - x, 0);
  plan->y = (int) MAX (floor (clip_top) - y, 0);
  plan->width = (int) MIN (ceil (clip_right) - x, plan->full_width) - plan->x;
  plan->height = (int) MIN (ceil (clip_bottom) - y, plan->full_height) - plan->y;
  return plan->width > 0 && plan->height > 0;
}

static void
paint_plan (cairo_t *cr, const HpRasterPlan *plan, const HpItem *item, double x, double y, HpRaster *raster)
{
  if (!raster_reserve (raster, plan->width, plan->height))
    return;
  cairo_surface_flush (raster->surface);
  fill_raster (plan, item, raster);
  cairo_surface_mark_dirty (raster->surface);
  cairo_set_source_surface (cr, raster->surface, x, y);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_rectangle (cr, x, y, plan->width, plan->height);
  cairo_fill (cr);
}

/**
 * A small map has a raster of its own: a target that records (GTK's) copies the whole source when it changes, so that
 * many small maps in one large raster would cost more than they are worth.
 */
static void
paint_pixels (cairo_t *cr, const HpItem *item, const HpTheme *theme, HpRaster *raster)
{
  double left = item->rect.x, top = item->rect.y;
  double right = left + item->rect.width, bottom = top + item->rect.height;
  double scale_x, scale_y;
  HpRaster small = { NULL, 0, 0 };
  HpRasterPlan plan;

  cairo_user_to_device (cr, &left, &top);
  cairo_user_to_device (cr, &right, &bottom);
  cairo_surface_get_device_scale (cairo_get_group_target (cr), &scale_x, &scale_y);
  cairo_save (cr);
  cairo_identity_matrix (cr);
  cairo_scale (cr, 1 / scale_x, 1 / scale_y);
  if (plan_window (&plan, cr, item, left * scale_x, top * scale_y, right * scale_x, bottom * scale_y))
    {
      gboolean is_small = plan.width * plan.height <= MOST_SMALL_PIXELS;

      plan_colors (&plan, theme);
      paint_plan (
          cr, &plan, item, round (left * scale_x) + plan.x, round (top * scale_y) + plan.y, is_small ? &small : raster);
    }
  cairo_restore (cr);
  hp_raster_clear (&small);
}

/* ---- as rectangles ---------------------------------------------------------------------------------------------- */

typedef struct
{
  double width, height; /* of a cell */
  gsize row, end_row, column, end_column;
} HpCellGrid;

static void
cull_grid (HpCellGrid *grid, const HpItem *item, const HpRect *clip)
{
  gsize rows = (item->n_cells + item->columns - 1) / item->columns;

  grid->width = item->rect.width / item->columns;
  grid->height = item->rect.height / (double) rows;
  grid->row = (gsize) CLAMP (floor ((clip->y - item->rect.y) / grid->height), 0, (double) rows);
  grid->end_row = (gsize) CLAMP (ceil ((clip->y + clip->height - item->rect.y) / grid->height), 0, (double) rows);
  grid->column = (gsize) CLAMP (floor ((clip->x - item->rect.x) / grid->width), 0, (double) item->columns);
  grid->end_column = (gsize) CLAMP (
      ceil ((clip->x + clip->width - item->rect.x) / grid->width), 0, (double) item->columns);
}

/** Trace the cells of @role, those side by side as one when @gap is 0. */
static gboolean
trace_role (cairo_t *cr, const HpItem *item, const HpCellGrid *grid, guint8 role, double gap)
{
  gboolean any = FALSE;

  for (gsize row = grid->row; row < grid->end_row; row++)
    for (gsize column = grid->column; column < grid->end_column; column++)
      {
        gsize run = 0;

        while (column + run < grid->end_column && row * item->columns + column + run < item->n_cells
               && item->cells[row * item->columns + column + run] == role && (run == 0 || gap == 0))
          run++;
        if (run == 0)
          continue;
        cairo_rectangle (cr,
                         item->rect.x + grid->width * (double) column + gap / 2,
                         item->rect.y + grid->height * (double) row + gap / 2,
                         grid->width * (double) run - gap,
                         grid->height - gap);
        any = TRUE;
        column += run - 1;
      }
  return any;
}

static void
paint_patterned (cairo_t *cr, const HpItem *item, const HpTheme *theme, const HpRect *clip, const HpCellGrid *grid)
{
  for (gsize row = grid->row; row < grid->end_row; row++)
    for (gsize column = grid->column; column < grid->end_column; column++)
      {
        gsize i = row * item->columns + column;
        HpRect rect = { item->rect.x + grid->width * (double) column + 0.5,
                        item->rect.y + grid->height * (double) row + 0.5,
                        grid->width - 1,
                        grid->height - 1 };

        if (i < item->n_cells && item->cells[i] != HP_ROLE_NONE)
          hp_brush_box (cr, &rect, 1.5, hp_theme_paint (theme, item->cells[i]), clip);
      }
}

static void
paint_rectangles (cairo_t *cr, const HpItem *item, const HpTheme *theme, const HpRect *clip, double gap)
{
  HpCellGrid grid;

  cull_grid (&grid, item, clip);
  if (gap > 0 && MIN (grid.width, grid.height) >= SMALLEST_PATTERN)
    {
      paint_patterned (cr, item, theme, clip, &grid);
      return;
    }
  for (guint8 role = HP_ROLE_NONE + 1; role < HP_N_ROLES; role++)
    if (trace_role (cr, item, &grid, role, gap))
      {
        HpColor color = hp_paint_mean (hp_theme_paint (theme, role));

        hp_brush_set_source (cr, &color);
        cairo_fill (cr);
      }
}

/** Whether @cr draws pixels with its axes along the scene's, as a raster needs. */
static gboolean
can_raster (cairo_t *cr)
{
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_group_target (cr));
  cairo_matrix_t matrix;

  cairo_get_matrix (cr, &matrix);
  return type != CAIRO_SURFACE_TYPE_PDF && type != CAIRO_SURFACE_TYPE_SVG && type != CAIRO_SURFACE_TYPE_PS
         && matrix.xy == 0 && matrix.yx == 0 && matrix.xx > 0 && matrix.yy > 0;
}

void
hp_brush_cells (cairo_t *cr, const HpItem *item, const HpTheme *theme, const HpRect *clip, HpRaster *raster)
{
  gsize rows = (item->n_cells + item->columns - 1) / item->columns;
  double width = item->rect.width / item->columns;
  double height = item->rect.height / (double) rows;
  gboolean is_small;

  if (width <= 0 || height <= 0)
    return;
  is_small = MIN (width, height) < SMALLEST_RECTANGLE;
  if (can_raster (cr))
    {
      cairo_user_to_device_distance (cr, &width, &height);
      if (MIN (width, height) < SMALLEST_RECTANGLE)
        {
          paint_pixels (cr, item, theme, raster);
          return;
        }
    }
  paint_rectangles (cr, item, theme, clip, is_small ? 0 : 1);
}
