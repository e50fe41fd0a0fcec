/* painter.c - tests of the painter: pixels of known boxes and cells, arrows left out, the overlay
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/painter.h"

#include <math.h>
#include <string.h>

#define OBJECT(id) HP_TARGET (HP_TARGET_OBJECT, (id))

typedef struct
{
  cairo_surface_t *surface;
  const HpTheme *theme;
} Picture;

/* @scale pixels per scene unit, the scene shifted by (@dx, @dy) units. */
static Picture
paint (const HpScene *scene, int width, int height, double scale, double dx, double dy)
{
  Picture picture = { cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height), hp_theme_find ("light", NULL) };
  g_autoptr (HpPainter) painter = hp_painter_new (picture.theme);
  cairo_t *cr = cairo_create (picture.surface);

  cairo_scale (cr, scale, scale);
  cairo_translate (cr, dx, dy);
  hp_painter_paint (painter, cr, scene);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (picture.surface);
  return picture;
}

static guint32
pixel (const Picture *picture, int x, int y)
{
  const guint8 *bytes = cairo_image_surface_get_data (picture->surface);
  guint32 argb;

  memcpy (&argb, bytes + y * cairo_image_surface_get_stride (picture->surface) + 4 * x, 4);
  return argb;
}

static guint32
argb (HpColor color)
{
  return (guint32) lround (color.a * 255) << 24 | (guint32) lround (color.r * 255) << 16
         | (guint32) lround (color.g * 255) << 8 | (guint32) lround (color.b * 255);
}

static guint32
fill_of (const Picture *picture, HpRole role)
{
  return argb (hp_theme_paint (picture->theme, role)->fill);
}

static void
free_picture (Picture *picture)
{
  cairo_surface_destroy (picture->surface);
}

static guint
count_drawn (const Picture *picture)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (picture->surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (picture->surface); x++)
      n += pixel (picture, x, y) != 0;
  return n;
}

static void
test_box (void)
{
  g_autoptr (HpScene) scene = hp_scene_new ();
  Picture picture;

  hp_scene_set_size (scene, 60, 40);
  hp_scene_add_box (scene, (HpRect){ 10, 10, 20, 10 }, 0, HP_ROLE_OBJECT, OBJECT (1), NULL);
  picture = paint (scene, 60, 40, 1, 0, 0);
  g_assert_cmphex (pixel (&picture, 20, 15), ==, fill_of (&picture, HP_ROLE_OBJECT));
  g_assert_cmphex (pixel (&picture, 10, 15), ==, argb (hp_theme_paint (picture.theme, HP_ROLE_OBJECT)->line));
  g_assert_cmphex (pixel (&picture, 29, 19), ==, argb (hp_theme_paint (picture.theme, HP_ROLE_OBJECT)->line));
  g_assert_cmphex (pixel (&picture, 9, 15), ==, 0);
  g_assert_cmphex (pixel (&picture, 30, 15), ==, 0);
  g_assert_cmpuint (count_drawn (&picture), ==, 200);
  free_picture (&picture);
}

/* Garbage is hatched, so that it differs from what lives without colour too. */
static void
test_pattern (void)
{
  g_autoptr (HpScene) scene = hp_scene_new ();
  Picture picture;
  guint plain = 0, other = 0;

  hp_scene_add_box (scene, (HpRect){ 0, 0, 60, 60 }, 0, HP_ROLE_OBJECT_DEAD, OBJECT (1), NULL);
  picture = paint (scene, 60, 60, 1, 0, 0);
  for (int y = 4; y < 56; y++)
    for (int x = 4; x < 56; x++)
      if (pixel (&picture, x, y) == fill_of (&picture, HP_ROLE_OBJECT_DEAD))
        plain++;
      else
        other++;
  g_assert_cmpuint (plain, >, 1000);
  g_assert_cmpuint (other, >, 500);
  free_picture (&picture);
}

static void
test_text (void)
{
  g_autoptr (HpScene) scene = hp_scene_new ();
  Picture picture;
  guint drawn;

  hp_scene_add_text (scene, (HpRect){ 10, 10, 60, 20 }, "Hello", HP_TEXT_NORMAL, HP_ALIGN_START, HP_ROLE_TEXT);
  picture = paint (scene, 80, 40, 1, 0, 0);
  drawn = count_drawn (&picture);
  g_assert_cmpuint (drawn, >, 60);
  for (int x = 0; x < 80; x++)
    {
      g_assert_cmphex (pixel (&picture, x, 9), ==, 0);
      g_assert_cmphex (pixel (&picture, x, 31), ==, 0);
    }
  free_picture (&picture);

  picture = paint (scene, 80, 40, 0.25, 0, 0);
  g_assert_cmpuint (count_drawn (&picture), ==, 0);
  free_picture (&picture);
}

static void
add_map (HpScene *scene, double size, guint side, gsize rare)
{
  g_autofree guint8 *roles = g_malloc ((gsize) side * side);

  memset (roles, HP_ROLE_PAGE_RESIDENT, (gsize) side * side);
  roles[rare] = HP_ROLE_FAULT;
  hp_scene_add_cells (scene, (HpRect){ 0, 0, size, size }, side, roles, (gsize) side * side, HP_TARGET_PAGE, 1, NULL);
}

static guint
count_pixels (const Picture *picture, guint32 color)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (picture->surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (picture->surface); x++)
      n += pixel (picture, x, y) == color;
  return n;
}

/* 1,000 x 1,000 cells on 100 x 100 pixels: a single fault still has its pixel, at the right place. */
static void
test_rare_cells_win (void)
{
  g_autoptr (HpScene) scene = hp_scene_new ();
  Picture picture;

  add_map (scene, 100, 1000, 505 * 1000 + 123);
  picture = paint (scene, 100, 100, 1, 0, 0);
  g_assert_cmpuint (count_pixels (&picture, fill_of (&picture, HP_ROLE_PAGE_RESIDENT)), ==, 9999);
  g_assert_cmphex (pixel (&picture, 12, 50), ==, fill_of (&picture, HP_ROLE_FAULT));
  free_picture (&picture);
}

/* 64 x 64 cells on windows of 96 pixels, anywhere in the map and at any zoom below 6: each pixel is the one of the
 * whole picture. */
static void
test_cells_pan (void)
{
  g_autoptr (HpScene) scene = hp_scene_new ();
  Picture all, part;

  add_map (scene, 256, 64, 20 * 64 + 20);
  all = paint (scene, 256, 256, 1, 0, 0);
  for (int shift = 0; shift < 160; shift += 37)
    {
      part = paint (scene, 96, 96, 1, -shift, -shift);
      for (int y = 0; y < 96; y++)
        for (int x = 0; x < 96; x++)
          g_assert_cmphex (pixel (&part, x, y), ==, pixel (&all, x + shift, y + shift));
      free_picture (&part);
    }
  g_assert_cmpuint (count_pixels (&all, fill_of (&all, HP_ROLE_FAULT)), ==, 16);
  free_picture (&all);
}

static void
test_large_cells (void)
{
  g_autoptr (HpScene) scene = hp_scene_new ();
  Picture picture;

  add_map (scene, 80, 4, 5);
  picture = paint (scene, 80, 80, 1, 0, 0);
  g_assert_cmphex (pixel (&picture, 10, 10), ==, fill_of (&picture, HP_ROLE_PAGE_RESIDENT));
  g_assert_cmphex (pixel (&picture, 30, 30), ==, fill_of (&picture, HP_ROLE_FAULT));
  free_picture (&picture);
}

/* The last row of a map may be short; nothing is drawn for cells that are not there. */
static void
test_short_row (void)
{
  g_autoptr (HpScene) scene = hp_scene_new ();
  guint8 roles[7];
  Picture picture;

  memset (roles, HP_ROLE_PAGE_DIRTY, sizeof roles);
  hp_scene_add_cells (scene, (HpRect){ 0, 0, 10, 4 }, 5, roles, 7, HP_TARGET_PAGE, 1, NULL);
  picture = paint (scene, 20, 8, 2, 0, 0);
  g_assert_cmpuint (count_drawn (&picture), ==, 20 * 4 + 8 * 4);
  free_picture (&picture);
}

static void
test_most_arrows (void)
{
  g_autoptr (HpScene) scene = hp_scene_new ();
  Picture picture;
  guint drawn = 0;

  for (int i = 0; i < 400; i++)
    hp_scene_add_arrow (scene,
                        (HpArrowEnd){ 0, 20 * i + 10, HP_SIDE_ANY, OBJECT (1) },
                        (HpArrowEnd){ 40, 20 * i + 10, HP_SIDE_ANY, OBJECT (2) },
                        HP_ROLE_ARROW,
                        i % 2,
                        NULL);
  picture = paint (scene, 40, 8000, 1, 0, 0);
  for (int i = 0; i < 400; i++)
    {
      gboolean is_drawn = pixel (&picture, 10, 20 * i + 10) != 0;

      drawn += is_drawn;
      g_assert_true (!is_drawn || i % 2 == 1);
    }
  g_assert_cmpuint (drawn, ==, 150);
  free_picture (&picture);

  picture = paint (scene, 40, 200, 1, 0, 0);
  for (int i = 0; i < 10; i++)
    g_assert_cmphex (pixel (&picture, 10, 20 * i + 10), !=, 0);
  free_picture (&picture);
}

static void
test_overlay (void)
{
  g_autoptr (HpScene) scene = hp_scene_new ();
  const HpTheme *theme = hp_theme_find ("light", NULL);
  g_autoptr (HpPainter) painter = hp_painter_new (theme);
  Picture picture = { cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 200, 100), theme };
  cairo_t *cr = cairo_create (picture.surface);
  guint32 line = argb (hp_theme_paint (theme, HP_ROLE_SELECTION)->line);

  hp_scene_add_box (scene, (HpRect){ 20, 20, 30, 20 }, 0, HP_ROLE_OBJECT, OBJECT (1), NULL);
  hp_scene_add_box (scene, (HpRect){ 120, 20, 30, 20 }, 0, HP_ROLE_OBJECT, OBJECT (2), NULL);
  hp_scene_add_arrow (scene,
                      (HpArrowEnd){ 50, 30, HP_SIDE_RIGHT, { HP_TARGET_SLOT, 1, 0 } },
                      (HpArrowEnd){ 120, 30, HP_SIDE_LEFT, OBJECT (2) },
                      HP_ROLE_ARROW,
                      0,
                      NULL);

  hp_painter_paint_overlay (painter, cr, scene, HP_TARGET_NOTHING, HP_TARGET_NOTHING, TRUE);
  cairo_surface_flush (picture.surface);
  g_assert_cmpuint (count_drawn (&picture), ==, 0);

  hp_painter_paint_overlay (painter, cr, scene, OBJECT (1), OBJECT (1), FALSE);
  cairo_surface_flush (picture.surface);
  g_assert_cmphex (pixel (&picture, 19, 30), ==, line);
  g_assert_cmphex (pixel (&picture, 130, 30), ==, 0);
  g_assert_cmphex (pixel (&picture, 80, 30), ==, argb (hp_theme_paint (theme, HP_ROLE_ARROW_ACTIVE)->line));
  cairo_destroy (cr);
  free_picture (&picture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/painter/box", test_box);
  g_test_add_func ("/painter/pattern", test_pattern);
  g_test_add_func ("/painter/text", test_text);
  g_test_add_func ("/painter/rare-cells-win", test_rare_cells_win);
  g_test_add_func ("/painter/cells-pan", test_cells_pan);
  g_test_add_func ("/painter/large-cells", test_large_cells);
  g_test_add_func ("/painter/short-row", test_short_row);
  g_test_add_func ("/painter/most-arrows", test_most_arrows);
  g_test_add_func ("/painter/overlay", test_overlay);
  return g_test_run ();
}
