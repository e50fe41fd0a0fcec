/* golden.c - comparing pictures with goldens
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "golden.h"

#include <cairo.h>
#include <stdlib.h>
#include <string.h>

#define MOST_CHANNEL 48   /* of 255: an edge that is drawn a little softer */
#define MOST_PIXELS 0.002 /* of all */

static char *
golden_path (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".png", NULL);

  return g_build_filename (g_getenv ("G_TEST_SRCDIR"), "data", "golden", file, NULL);
}

static char *
build_path (const char *name, const char *what)
{
  g_autofree char *file = g_strdup_printf ("%s-%s.png", name, what);

  return g_build_filename (g_getenv ("G_TEST_BUILDDIR"), file, NULL);
}

static guint32
pixel (cairo_surface_t *surface, int x, int y)
{
  guint32 argb;

  memcpy (&argb,
          cairo_image_surface_get_data (surface) + (gsize) y * (gsize) cairo_image_surface_get_stride (surface)
              + 4 * (gsize) x,
          4);
  return argb;
}

static int
pixel_difference (guint32 a, guint32 b)
{
  int most = 0;

  for (guint shift = 0; shift < 24; shift += 8)
    most = MAX (most, abs ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)));
  return most;
}

/* The number of pixels that differ, each a red one in @difference. */
static guint
count_different (cairo_surface_t *actual, cairo_surface_t *golden, cairo_surface_t *difference)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (actual); y++)
    for (int x = 0; x < cairo_image_surface_get_width (actual); x++)
      if (pixel_difference (pixel (actual, x, y), pixel (golden, x, y)) > MOST_CHANNEL)
        {
          const guint32 red = 0xffff0000;

          memcpy (cairo_image_surface_get_data (difference)
                      + (gsize) y * (gsize) cairo_image_surface_get_stride (difference) + 4 * (gsize) x,
                  &red,
                  4);
          n++;
        }
  cairo_surface_mark_dirty (difference);
  return n;
}

static gboolean
is_alike (cairo_surface_t *actual, cairo_surface_t *golden, const char *name)
{
  int width = cairo_image_surface_get_width (actual), height = cairo_image_surface_get_height (actual);
  g_autofree char *path = build_path (name, "difference");
  cairo_surface_t *difference;
  guint n;

  if (cairo_image_surface_get_width (golden) != width || cairo_image_surface_get_height (golden) != height)
    {
      g_test_message ("%s: the picture is %d x %d now", name, width, height);
      return FALSE;
    }
  difference = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  n = count_different (actual, golden, difference);
  g_test_message ("%s: %u pixels of %d differ", name, n, width * height);
  if (n > MOST_PIXELS * width * height)
    cairo_surface_write_to_png (difference, path);
  cairo_surface_destroy (difference);
  return n <= MOST_PIXELS * width * height;
}

void
golden_compare (const HpScene *scene, const char *theme, const char *name)
{
  HpExportOptions options = { .format = HP_EXPORT_PNG, .theme = hp_theme_find (theme, NULL), .scale = 1 };
  g_autofree char *golden_file = golden_path (name);
  g_autofree char *actual_file = build_path (name, "actual");
  g_autoptr (GError) error = NULL;
  cairo_surface_t *golden, *actual;

  if (g_getenv ("HEAPARIUM_RENEW_GOLDEN") != NULL)
    hp_export_to_file (scene, &options, golden_file, &error);
  g_assert_no_error (error);
  hp_export_to_file (scene, &options, actual_file, &error);
  g_assert_no_error (error);
  golden = cairo_image_surface_create_from_png (golden_file);
  actual = cairo_image_surface_create_from_png (actual_file);
  if (cairo_surface_status (golden) != CAIRO_STATUS_SUCCESS)
    g_test_fail_printf ("%s cannot be read; golden.h says how goldens are made", golden_file);
  else if (!is_alike (actual, golden, name))
    g_test_fail_printf ("%s differs from %s", actual_file, golden_file);
  cairo_surface_destroy (actual);
  cairo_surface_destroy (golden);
}
