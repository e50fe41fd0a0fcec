/* chart.c - tests of charts: ticks, texts, where points lie, and what a watched process looks like
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/chart.h"
#include "scene/export.h"
#include "scene/process_chart.h"

#include <math.h>
#include <string.h>

#define MB (1024.0 * 1024)
#define WIDTH 1000
#define LEFT 80.0   /* of the plots */
#define RIGHT 788.0 /* WIDTH less margin and legend */

static void
test_steps (void)
{
  g_assert_cmpfloat (hp_chart_step (HP_CHART_BYTES, 0, 4), ==, 5 * 1024);
  g_assert_cmpfloat (hp_chart_step (HP_CHART_BYTES, 67 * MB, 4), ==, 20 * MB);
  g_assert_cmpfloat (hp_chart_step (HP_CHART_BYTES, 80 * MB, 4), ==, 20 * MB);
  g_assert_cmpfloat (hp_chart_step (HP_CHART_BYTES, 81 * MB, 4), ==, 50 * MB);
  g_assert_cmpfloat (hp_chart_step (HP_CHART_BYTES, 2100 * MB, 4), ==, 1024 * MB);
  g_assert_cmpfloat (hp_chart_step (HP_CHART_BYTES, 4100 * MB, 4), ==, 2048 * MB);
  g_assert_cmpfloat (hp_chart_step (HP_CHART_PER_SECOND, 0, 4), ==, 1);
  g_assert_cmpfloat (hp_chart_step (HP_CHART_PER_SECOND, 30635, 4), ==, 10000);
  /* Whatever the highest value, the ticks reach it and are not too many. */
  for (double highest = 1; highest < 1e15; highest *= 1.7)
    for (guint most = 1; most <= 8; most++)
      {
        g_assert_cmpfloat (hp_chart_step (HP_CHART_BYTES, highest, most) * most, >=, highest * 0.999999);
        g_assert_cmpfloat (hp_chart_step (HP_CHART_PER_SECOND, highest, most) * most, >=, highest * 0.999999);
      }
}

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_texts (void)
{
  assert_text (hp_chart_text (HP_CHART_BYTES, 1023), "1023 B");
  assert_text (hp_chart_text (HP_CHART_BYTES, 4096), "4 KB");
  assert_text (hp_chart_text (HP_CHART_BYTES, 43.34 * MB), "43.3 MB");
  assert_text (hp_chart_text (HP_CHART_BYTES, -2048 * MB), "-2.0 GB");
  assert_text (hp_chart_text (HP_CHART_BYTES, NAN), "–");
  assert_text (hp_chart_text (HP_CHART_PER_SECOND, 0), "0/s");
  assert_text (hp_chart_text (HP_CHART_PER_SECOND, 9.94), "9.9/s");
  assert_text (hp_chart_text (HP_CHART_PER_SECOND, 12345.4), "12345/s");
  assert_text (hp_chart_tick (HP_CHART_BYTES, 20 * MB), "20 MB");
  assert_text (hp_chart_tick (HP_CHART_LOGARITHM, 3), "1000");
  assert_text (hp_chart_text (HP_CHART_LOGARITHM, log10 (1234)), "1234");
  assert_text (hp_chart_time (7), "7 s");
  assert_text (hp_chart_time (7.25), "7.2 s");
  assert_text (hp_chart_time (61.9), "1:01");
  assert_text (hp_chart_time (3723), "1:02:03");
}

static const HpItem *
find_line (const HpScene *scene, HpRole role, gsize least_points)
{
  for (gsize i = 0; i < hp_scene_n_items (scene); i++)
    {
      const HpItem *item = hp_scene_item (scene, i);
      if (item->kind == HP_ITEM_LINE && item->role == role && item->n_points >= least_points)
        return item;
    }
  return NULL;
}

static gboolean
has_text (const HpScene *scene, const char *text)
{
  for (gsize i = 0; i < hp_scene_n_items (scene); i++)
    {
      const HpItem *item = hp_scene_item (scene, i);
      if (item->kind == HP_ITEM_TEXT && strcmp (item->text, text) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Ten seconds over the whole width; 20 MB lie on the tick at the top, half of it halfway. Not known: a gap. */
static void
test_places (void)
{
  const double seconds[] = { 0, 5, 10, 10, 10 };
  const double sizes[] = { 0, 10 * MB, 20 * MB, NAN, 7 * MB };
  const double rates[] = { 0, 4, 2, 2, 0 };
  const HpChartSeries size = { "Size", HP_ROLE_SERIES_1, sizes };
  const HpChartSeries rate = { "Rate", HP_ROLE_SERIES_2, rates };
  const HpChartPanel panels[] = { { "sizes", "Sizes", HP_CHART_BYTES, 1, &size, 1, { NULL } },
                                  { "rates", "Rates", HP_CHART_PER_SECOND, 1, &rate, 1, { "a note", "another" } } };
  const HpChart chart = { "Title", "Subtitle", seconds, 5, panels, 2, 1 };
  g_autoptr (HpScene) scene = hp_scene_new ();
  const HpItem *line;
  double top, bottom;

  hp_chart_build (&chart, WIDTH, 600, scene);
  line = find_line (scene, HP_ROLE_SERIES_1, 3);
  g_assert_nonnull (line);
  g_assert_cmpuint (line->n_points, ==, 3);
  g_assert_cmpfloat (line->points[0], ==, LEFT);
  g_assert_cmpfloat (line->points[2], ==, (LEFT + RIGHT) / 2);
  g_assert_cmpfloat (line->points[4], ==, RIGHT);
  bottom = line->points[1];
  top = line->points[5];
  g_assert_cmpfloat_with_epsilon (line->points[3], (bottom + top) / 2, 1e-9);

  line = find_line (scene, HP_ROLE_SERIES_2, 3); /* a rate goes in steps: two points for each, but the first */
  g_assert_nonnull (line);
  g_assert_cmpuint (line->n_points, ==, 9);
  g_assert_cmpfloat (line->points[2], ==, LEFT);
  g_assert_cmpfloat (line->points[3], ==, line->points[5]);
  g_assert_nonnull (find_line (scene, HP_ROLE_FOCUS, 2));
  g_assert_true (has_text (scene, "10.0 MB"));
  g_assert_true (has_text (scene, "4.0/s"));
  g_assert_true (has_text (scene, "a note") && has_text (scene, "another"));

  g_assert_cmpuint (hp_chart_point_at (&chart, WIDTH, LEFT + 10), ==, 0);
  g_assert_cmpuint (hp_chart_point_at (&chart, WIDTH, (LEFT + RIGHT) / 2 + 10), ==, 1);
  g_assert_cmpuint (hp_chart_point_at (&chart, WIDTH, RIGHT), ==, 2);
  g_assert_cmpuint (hp_chart_point_at (&chart, WIDTH, LEFT - 1), ==, G_MAXSIZE);
  g_assert_cmpuint (hp_chart_point_at (&chart, WIDTH, RIGHT + 1), ==, G_MAXSIZE);
}

/* ---- a watched process ------------------------------------------------------------------------------------------ */

static void
add (HpProcessHistory *history, gint64 seconds, double size, guint64 faults)
{
  HpProcessSample sample = { .time_us = seconds * 1000000, .minor_faults = faults };

  hp_process_sample_set (&sample, HP_PROCESS_RESIDENT, (guint64) (size * MB));
  hp_process_sample_set (&sample, HP_PROCESS_ANONYMOUS, (guint64) (size / 2 * MB));
  hp_process_sample_set (&sample, HP_PROCESS_FILE, (guint64) (size / 2 * MB));
  hp_process_sample_set (&sample, HP_PROCESS_SHARED, 0);
  hp_process_sample_set (&sample, HP_PROCESS_SWAP, 0);
  hp_process_sample_set (&sample, HP_PROCESS_HEAP, (guint64) (size * MB));
  hp_process_history_add (history, &sample);
}

static void
test_process (void)
{
  g_autoptr (HpProcessHistory) history = hp_process_history_new (8);
  g_autoptr (HpScene) scene = hp_scene_new ();
  HpExportOptions options = { .format = HP_EXPORT_SVG, .theme = hp_theme_find ("light", NULL), .scale = 1 };
  g_autoptr (GBytes) once = NULL;
  g_autoptr (GBytes) again = NULL;

  assert_text (hp_process_chart_describe (history, G_MAXSIZE), "Nothing was sampled yet.");
  hp_process_chart_build (history, "node, process 7", NULL, G_MAXSIZE, WIDTH, 600, scene);
  g_assert_cmpstr (hp_scene_description (scene), ==, "Nothing was sampled yet.");
  g_assert_null (find_line (scene, HP_ROLE_SERIES_1, 3));

  add (history, 20, 2, 100);
  add (history, 22, 6, 500);
  add (history, 24, 4, 500);
  assert_text (
      hp_process_chart_describe (history, 1),
      "After 2 s: resident 6.0 MB, anonymous 3.0 MB, file and shared 3.0 MB, swap 0 B; heap 6.0 MB, touched –, "
      "grows by 1.0 MB/s; minor faults 200/s, major faults 0/s.");
  hp_process_chart_build (history, "node, process 7", NULL, G_MAXSIZE, WIDTH, 600, scene);
  g_assert_true (g_str_has_prefix (hp_scene_description (scene), "After 4 s: resident 4.0 MB"));
  g_assert_true (has_text (scene, "shrinks by 512 KB/s"));
  g_assert_true (has_text (scene, "+1.0 MB since the start"));
  g_assert_cmpuint (find_line (scene, HP_ROLE_SERIES_1, 3)->n_points, ==, 3);
  g_assert_null (find_line (scene, HP_ROLE_FOCUS, 2));
  g_assert_cmpuint (hp_process_chart_entry_at (history, WIDTH, (LEFT + RIGHT) / 2), ==, 1);

  once = hp_export_to_bytes (scene, &options, NULL);
  hp_process_chart_build (history, "node, process 7", NULL, G_MAXSIZE, WIDTH, 600, scene);
  again = hp_export_to_bytes (scene, &options, NULL);
  g_assert_true (g_bytes_equal (once, again));
}

/* However small the room: something sane comes out, or nothing. */
static void
test_small (void)
{
  g_autoptr (HpProcessHistory) history = hp_process_history_new (8);
  g_autoptr (HpScene) scene = hp_scene_new ();

  add (history, 1, 2, 100);
  add (history, 2, 3, 100);
  for (double size = 1; size < 400; size *= 2)
    {
      hp_process_chart_build (history, "x", "y", 0, size, size, scene);
      g_assert_cmpuint (hp_scene_n_items (scene), >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/steps", test_steps);
  g_test_add_func ("/chart/texts", test_texts);
  g_test_add_func ("/chart/places", test_places);
  g_test_add_func ("/chart/process", test_process);
  g_test_add_func ("/chart/small", test_small);
  return g_test_run ();
}
