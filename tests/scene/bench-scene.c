/* bench-scene.c - how long painting and exporting take
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "bench.h"

#include "scene/export.h"
#include "scene/painter.h"

#include <math.h>

#define WIDTH 1280
#define HEIGHT 800
#define OBJECT(id) HP_TARGET (HP_TARGET_OBJECT, (id))

typedef struct
{
  HpScene *scene;
  cairo_surface_t *surface;
  HpPainter *painter;
} Bench;

static Bench
bench_new (void)
{
  Bench self = { hp_scene_new (),
                 cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT),
                 hp_painter_new (hp_theme_find ("light", NULL)) };

  hp_scene_set_size (self.scene, WIDTH, HEIGHT);
  return self;
}

static void
bench_free (Bench *self)
{
  hp_painter_free (self->painter);
  cairo_surface_destroy (self->surface);
  hp_scene_free (self->scene);
}

/* Milliseconds of one paint, the first one (which fills caches) left out. */
static double
time_paint (Bench *self, double scale)
{
  const guint n = 20;
  double start = 0;

  for (guint i = 0; i <= n; i++)
    {
      cairo_t *cr = cairo_create (self->surface);

      if (i == 1)
        start = bench_seconds ();
      cairo_scale (cr, scale, scale);
      hp_painter_paint (self->painter, cr, self->scene);
      cairo_destroy (cr);
      cairo_surface_flush (self->surface);
    }
  return (bench_seconds () - start) / n * 1000;
}

static void
add_cells (HpScene *scene, gsize n)
{
  static const guint8 ROLES[] = { HP_ROLE_FREE, HP_ROLE_OBJECT, HP_ROLE_OBJECT_DEAD, HP_ROLE_PAGE_DIRTY };
  g_autofree guint8 *roles = g_malloc (n);

  for (gsize i = 0; i < n; i++)
    roles[i] = ROLES[(i * 2654435761u >> 7) % G_N_ELEMENTS (ROLES)];
  hp_scene_add_cells (scene,
                      (HpRect){ 0, 0, WIDTH, HEIGHT },
                      (guint) sqrt ((double) n * WIDTH / HEIGHT),
                      roles,
                      n,
                      HP_TARGET_PAGE,
                      1,
                      NULL);
}

static void
bench_cells (void)
{
  for (gsize n = 1000; n <= 1000000; n *= 10)
    {
      g_autofree char *name = g_strdup_printf ("paint-%" G_GSIZE_FORMAT "-cells", n);
      Bench bench = bench_new ();

      add_cells (bench.scene, n);
      bench_print (name, time_paint (&bench, 1), "ms");
      bench_free (&bench);
    }
}

static void
add_arrows (HpScene *scene, guint n)
{
  for (guint i = 0; i < n; i++)
    hp_scene_add_arrow (scene,
                        (HpArrowEnd){ 10, i * 97 % HEIGHT, HP_SIDE_RIGHT, OBJECT (i + 1) },
                        (HpArrowEnd){ 200 + i * 53 % 1000, i * 71 % HEIGHT, HP_SIDE_TOP, OBJECT (i + 2) },
                        HP_ROLE_ARROW,
                        0,
                        NULL);
}

static void
bench_arrows (void)
{
  for (guint n = 150; n <= 15000; n *= 100)
    {
      g_autofree char *name = g_strdup_printf ("paint-%u-arrows", n);
      Bench bench = bench_new ();

      add_arrows (bench.scene, n);
      bench_print (name, time_paint (&bench, 1), "ms");
      bench_free (&bench);
    }
}

static void
add_boxes (HpScene *scene, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      HpRect rect = { i % 25 * 51.0, i / 25 * 20.0, 50, 19 };
      g_autofree char *name = g_strdup_printf ("User #%u", i);

      hp_scene_add_box (scene, rect, 3, i % 5 == 0 ? HP_ROLE_OBJECT_DEAD : HP_ROLE_OBJECT, OBJECT (i + 1), name);
      hp_scene_add_text (scene, rect, name, HP_TEXT_SMALL, HP_ALIGN_CENTRE, HP_ROLE_OBJECT);
    }
}

static void
bench_boxes (void)
{
  Bench bench = bench_new ();
  double start = bench_seconds ();

  add_boxes (bench.scene, 1000);
  bench_print ("build-1000-labelled-boxes", (bench_seconds () - start) * 1000, "ms");
  bench_print ("paint-1000-labelled-boxes", time_paint (&bench, 1), "ms");
  bench_free (&bench);
}

static void
bench_exports (void)
{
  static const char *const NAMES[HP_N_EXPORTS] = { "export-png", "export-svg", "export-pdf" };
  Bench bench = bench_new ();

  add_cells (bench.scene, 10000);
  add_arrows (bench.scene, 150);
  add_boxes (bench.scene, 500);
  for (guint format = 0; format < HP_N_EXPORTS; format++)
    {
      HpExportOptions options = { .format = format, .theme = hp_theme_find ("light", NULL), .scale = 1 };
      double start = bench_seconds ();
      g_autoptr (GBytes) bytes = hp_export_to_bytes (bench.scene, &options, NULL);
      g_autofree char *size = g_strconcat (NAMES[format], "-size", NULL);

      bench_print (NAMES[format], (bench_seconds () - start) * 1000, "ms");
      bench_print (size, (double) g_bytes_get_size (bytes) / 1024, "KB");
    }
  bench_free (&bench);
}

int
main (void)
{
  bench_cells ();
  bench_arrows ();
  bench_boxes ();
  bench_exports ();
  return 0;
}
