/* curve_chart.c - faults by page frames, both on logarithmic scales: a working set that fits shows as a cliff
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "curve_chart.h"

#include "scene/chart.h"

#include <glib/gi18n.h>
#include <math.h>

#define WIDTH 1280
#define HEIGHT 800
/* Sizes that are drawn of each decade: more would not be seen. */
#define A_DECADE 400

/* Of a count, which is not drawn where it is 0. */
static double
logarithm (guint64 count)
{
  return count > 0 ? log10 ((double) count) : NAN;
}

static GArray *
choose_sizes (guint32 n_pages)
{
  GArray *sizes = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 last = 0;

  for (guint i = 0; last < n_pages; i++)
    {
      guint32 c = (guint32) MIN (pow (10, (double) i / A_DECADE), (double) n_pages);

      if (c > last)
        g_array_append_val (sizes, c);
      last = c;
    }
  return sizes;
}

/* (nullable) (transfer full): a value for each size */
static double *
pick (const guint64 *counts, const GArray *sizes)
{
  double *values = counts != NULL ? g_new (double, sizes->len) : NULL;

  for (guint i = 0; values != NULL && i < sizes->len; i++)
    values[i] = logarithm (counts[g_array_index (sizes, guint32, i)]);
  return values;
}

static void
add_series (GArray *series, const char *title, HpRole role, const double *values)
{
  HpChartSeries one = { title, role, values };

  if (values != NULL)
    g_array_append_val (series, one);
}

void
cli_curve_chart_build (const CliContest *contest, const char *name, HpScene *scene)
{
  const HpMissCurve *lru = contest->lru_curve, *opt = contest->opt_curve;
  g_autoptr (GArray) sizes = choose_sizes (contest->n_pages);
  g_autofree double *places = g_new (double, sizes->len);
  g_autofree double *lru_faults = pick (lru ? lru->faults : NULL, sizes);
  g_autofree double *lru_dirty = pick (lru ? lru->dirty_evictions : NULL, sizes);
  g_autofree double *opt_faults = pick (opt ? opt->faults : NULL, sizes);
  g_autofree char *title = g_strdup_printf (_ ("Page faults of %s with every size of RAM"), name);
  g_autofree char *subtitle = g_strdup_printf (
      _ ("References: %.0f. Pages: %u. Below: page frames."), (double) contest->n_references, contest->n_pages);
  g_autoptr (GArray) series = g_array_new (FALSE, FALSE, sizeof (HpChartSeries));
  HpChartPanel panel = { "faults", _ ("Page faults, on logarithmic scales"), HP_CHART_LOGARITHM, 1, NULL, 0, { NULL } };
  HpChart chart = {
    title, subtitle, places, sizes->len, .logarithmic = TRUE, .panels = &panel, .n_panels = 1, .cursor = G_MAXSIZE,
  };

  for (guint i = 0; i < sizes->len; i++)
    places[i] = logarithm (g_array_index (sizes, guint32, i));
  add_series (series, _ ("LRU"), HP_ROLE_SERIES_1, lru_faults);
  add_series (series, _ ("OPT"), HP_ROLE_SERIES_2, opt_faults);
  add_series (series, _ ("LRU, dirty"), HP_ROLE_SERIES_3, lru_dirty);
  panel.series = (const HpChartSeries *) series->data;
  panel.n_series = series->len;
  hp_chart_build (&chart, WIDTH, HEIGHT, scene);
  hp_scene_set_description (scene, title);
}
