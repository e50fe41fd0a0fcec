/* chart.c - lays out panels, grids, lines and legends
 *
 *   title
 *   ┌──────────────┬────────────┐
 *   │ panel        │ legend     │   one of these for each panel
 *   └──────────────┴────────────┘
 *   0 s      10 s      20 s
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/chart.h"

#include <math.h>

#define MARGIN 16.0
#define HEADER 44.0
#define AXIS 64.0    /* numbers to the left of a panel */
#define LEGEND 196.0 /* to the right of it */
#define TITLE 24.0   /* of a panel, above its plot */
#define FOOTER 22.0  /* times below the last plot */
#define ROW 18.0
#define TICK_APART 40.0
#define TIME_APART 90.0

typedef struct
{
  const HpChart *chart;
  HpScene *scene;
  double left, width;   /* of all plots */
  double first, length; /* seconds */
  gsize shown;          /* the point that legends tell */
} Layout;

/* ---- places ----------------------------------------------------------------------------------------------------- */

static Layout
lay_out (const HpChart *chart, double width)
{
  Layout layout = { .chart = chart, .left = MARGIN + AXIS, .width = MAX (width - 2 * MARGIN - AXIS - LEGEND, 1) };

  if (chart->n > 0)
    {
      layout.first = chart->seconds[0];
      layout.length = MAX (chart->seconds[chart->n - 1] - layout.first, 1);
      layout.shown = chart->cursor < chart->n ? chart->cursor : chart->n - 1;
    }
  else
    layout.length = 1;
  return layout;
}

static double
x_of (const Layout *layout, double seconds)
{
  return layout->left + (seconds - layout->first) / layout->length * layout->width;
}

gsize
hp_chart_point_at (const HpChart *self, double width, double x)
{
  Layout layout;
  gsize nearest = G_MAXSIZE;

  g_return_val_if_fail (self != NULL, G_MAXSIZE);

  layout = lay_out (self, width);
  if (x < layout.left || x > layout.left + layout.width)
    return G_MAXSIZE;
  for (gsize i = 0; i < self->n; i++)
    if (nearest == G_MAXSIZE
        || fabs (x_of (&layout, self->seconds[i]) - x) < fabs (x_of (&layout, self->seconds[nearest]) - x))
      nearest = i;
  return nearest;
}

/* ---- grid ------------------------------------------------------------------------------------------------------- */

static void
add_rule (const Layout *layout, double x1, double y1, double x2, double y2, HpRole role)
{
  hp_scene_add_line (layout->scene, (const double[]){ x1, y1, x2, y2 }, 2, role, NULL);
}

static char *
text_of_place (const HpChart *chart, double place)
{
  return chart->logarithmic ? hp_chart_tick (HP_CHART_LOGARITHM, place) : hp_chart_time (place);
}

/* The step of the axis of time: as clocks go. One to ten of a count is 1 too. */
static double
time_step (const Layout *layout)
{
  static const double STEPS[] = { 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200 };
  double least = layout->length * TIME_APART / layout->width;

  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++)
    if (STEPS[i] >= least)
      return STEPS[i];
  return ceil (least / 86400) * 86400;
}

/* Lines through the plot; with @labels, their times below it. */
static void
add_times (const Layout *layout, double top, double bottom, gboolean labels)
{
  double step = time_step (layout);

  for (double t = ceil (layout->first / step) * step; t <= layout->first + layout->length; t += step)
    {
      g_autofree char *text = text_of_place (layout->chart, t);
      double x = x_of (layout, t);

      add_rule (layout, x, top, x, bottom, HP_ROLE_FREE);
      if (labels)
        hp_scene_add_text (layout->scene,
                           (HpRect){ x - TIME_APART / 2, bottom + 2, TIME_APART, FOOTER - 4 },
                           text,
                           HP_TEXT_SMALL,
                           HP_ALIGN_CENTRE,
                           HP_ROLE_TEXT_DIM);
    }
}

static double
highest_of (const HpChart *chart, const HpChartPanel *panel)
{
  double highest = 0;

  for (guint s = 0; s < panel->n_series; s++)
    for (gsize i = 0; i < chart->n; i++)
      if (panel->series[s].values[i] > highest)
        highest = panel->series[s].values[i];
  return highest;
}

/* Numbers and lines across. Returns the value at the top of the plot. */
static double
add_values (const Layout *layout, const HpChartPanel *panel, double top, double bottom)
{
  guint most = (guint) CLAMP ((bottom - top) / TICK_APART, 1, 12);
  double highest = highest_of (layout->chart, panel);
  double step = hp_chart_step (panel->unit, highest, most);
  double ceiling = MAX (ceil (highest / step - 1e-9), 1) * step;

  for (double value = 0; value <= ceiling + step / 2; value += step)
    {
      g_autofree char *text = hp_chart_tick (panel->unit, value);
      double y = bottom - value / ceiling * (bottom - top);

      if (value > 0 && value < ceiling)
        add_rule (layout, layout->left, y, layout->left + layout->width, y, HP_ROLE_FREE);
      hp_scene_add_text (
          layout->scene, (HpRect){ MARGIN, y - 8, AXIS - 8, 16 }, text, HP_TEXT_SMALL, HP_ALIGN_END, HP_ROLE_TEXT_DIM);
    }
  return ceiling;
}

/* ---- series ----------------------------------------------------------------------------------------------------- */

/* Points of one line as they come. */
typedef struct
{
  double *points;
  gsize n;
} Stroke;

static void
stroke_to (Stroke *self, double x, double y)
{
  self->points[2 * self->n] = x;
  self->points[2 * self->n + 1] = y;
  self->n++;
}

/* A line for each stretch of known values. A rate holds since the point before, so it goes in steps. */
static void
add_series (const Layout *layout,
            const HpChartPanel *panel,
            const HpChartSeries *series,
            double ceiling,
            double top,
            double bottom)
{
  const HpChart *chart = layout->chart;
  g_autofree double *points = g_new (double, 4 * chart->n + 2);
  Stroke stroke = { points, 0 };

  for (gsize i = 0; i <= chart->n; i++)
    {
      if (i < chart->n && !isnan (series->values[i]))
        {
          double y = bottom - CLAMP (series->values[i] / ceiling, 0, 1) * (bottom - top);

          if (panel->unit == HP_CHART_PER_SECOND && i > 0)
            stroke_to (&stroke, x_of (layout, chart->seconds[i - 1]), y);
          stroke_to (&stroke, x_of (layout, chart->seconds[i]), y);
          continue;
        }
      if (stroke.n >= 2)
        hp_scene_add_line (layout->scene, points, stroke.n, series->role, series->title);
      stroke.n = 0;
    }
}

static void
add_legend_row (const Layout *layout, const HpChartPanel *panel, const HpChartSeries *series, double y)
{
  double left = layout->left + layout->width + 12;
  double right = left + LEGEND - 12;
  double value = layout->chart->n > 0 ? series->values[layout->shown] : NAN;
  g_autofree char *text = hp_chart_text (panel->unit, value);

  add_rule (layout, left, y + ROW / 2, left + 22, y + ROW / 2, series->role);
  hp_scene_add_text (layout->scene,
                     (HpRect){ left + 28, y, right - left - 104, ROW },
                     series->title,
                     HP_TEXT_NORMAL,
                     HP_ALIGN_START,
                     HP_ROLE_BACKGROUND);
  hp_scene_add_text (
      layout->scene, (HpRect){ right - 76, y, 76, ROW }, text, HP_TEXT_STRONG, HP_ALIGN_END, HP_ROLE_BACKGROUND);
}

static void
add_legend (const Layout *layout, const HpChartPanel *panel, double top)
{
  double left = layout->left + layout->width + 12;

  for (guint s = 0; s < panel->n_series; s++)
    add_legend_row (layout, panel, &panel->series[s], top + s * ROW);
  top += panel->n_series * ROW + 4;
  for (guint i = 0; i < G_N_ELEMENTS (panel->notes) && panel->notes[i] != NULL; i++)
    hp_scene_add_text (layout->scene,
                       (HpRect){ left, top + i * ROW, LEGEND - 12, ROW },
                       panel->notes[i],
                       HP_TEXT_NORMAL,
                       HP_ALIGN_START,
                       HP_ROLE_TEXT_DIM);
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

static void
add_cursor (const Layout *layout, double top, double bottom)
{
  double x;

  if (layout->chart->cursor >= layout->chart->n)
    return;
  x = x_of (layout, layout->chart->seconds[layout->shown]);
  add_rule (layout, x, top, x, bottom, HP_ROLE_FOCUS);
}

static void
add_panel (const Layout *layout, const HpChartPanel *panel, double top, double height, gboolean is_last)
{
  double plot = top + TITLE, bottom = top + height;
  double ceiling;

  hp_scene_begin_group (layout->scene, panel->id, panel->title, HP_TARGET_NOTHING);
  hp_scene_add_text (layout->scene,
                     (HpRect){ layout->left, top, layout->width, TITLE },
                     panel->title,
                     HP_TEXT_STRONG,
                     HP_ALIGN_START,
                     HP_ROLE_BACKGROUND);
  hp_scene_add_box (layout->scene,
                    (HpRect){ layout->left, plot, layout->width, MAX (bottom - plot, 0) },
                    0,
                    HP_ROLE_PANEL,
                    HP_TARGET_NOTHING,
                    panel->title);
  add_times (layout, plot, bottom, is_last);
  ceiling = add_values (layout, panel, plot, bottom);
  for (guint s = panel->n_series; s-- > 0;) /* the first on top */
    add_series (layout, panel, &panel->series[s], ceiling, plot, bottom);
  add_cursor (layout, plot, bottom);
  add_legend (layout, panel, plot);
  hp_scene_end_group (layout->scene);
}

static void
add_header (const Layout *layout, double width)
{
  const HpChart *chart = layout->chart;
  g_autofree char *time = chart->n > 0 ? text_of_place (chart, chart->seconds[layout->shown]) : g_strdup ("");
  double right = layout->left + layout->width + 12;
  double room = MAX (width - 2 * MARGIN - LEGEND, 0);

  hp_scene_add_text (layout->scene,
                     (HpRect){ MARGIN, 10, room, 20 },
                     chart->title,
                     HP_TEXT_HEADING,
                     HP_ALIGN_START,
                     HP_ROLE_BACKGROUND);
  hp_scene_add_text (layout->scene,
                     (HpRect){ MARGIN, 29, room, 16 },
                     chart->subtitle,
                     HP_TEXT_NORMAL,
                     HP_ALIGN_START,
                     HP_ROLE_TEXT_DIM);
  hp_scene_add_text (
      layout->scene, (HpRect){ right, 10, LEGEND - 12, 20 }, time, HP_TEXT_STRONG, HP_ALIGN_END, HP_ROLE_BACKGROUND);
}

void
hp_chart_build (const HpChart *self, double width, double height, HpScene *scene)
{
  Layout layout;
  double top = HEADER, room, shares = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (scene != NULL);

  layout = lay_out (self, width);
  layout.scene = scene;
  hp_scene_set_size (scene, width, height);
  add_header (&layout, width);
  for (guint i = 0; i < self->n_panels; i++)
    shares += self->panels[i].share;
  room = MAX (height - HEADER - FOOTER - MARGIN / 2, 0);
  for (guint i = 0; i < self->n_panels; i++)
    {
      double part = room * self->panels[i].share / shares;

      add_panel (&layout, &self->panels[i], top, MAX (part - 4, TITLE), i + 1 == self->n_panels);
      top += part;
    }
}
