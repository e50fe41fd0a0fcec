/* chart.h - values over time as a scene: panels below each other on one axis of time, each with its legend
 *
 * Not a view: it shows no moment of a run. The scene it fills is like any other, so the same painter and the same
 * exports draw it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "scene/scene.h"

G_BEGIN_DECLS

typedef enum
{
  HP_CHART_BYTES,
  HP_CHART_PER_SECOND, /* events in a second, from the point before up to this one */
  HP_CHART_LOGARITHM,  /* to the base of ten, of the count that is shown */
} HpChartUnit;

/**
 * HpChartSeries:
 * @values: one for each point in time; NAN where it is not known
 */
typedef struct
{
  const char *title;
  HpRole role;
  const double *values;
} HpChartSeries;

/**
 * HpChartPanel:
 * @id: ASCII name, unique in the chart
 * @share: of the height, relative to the other panels'
 * @notes: (nullable): lines below the legend
 */
typedef struct
{
  const char *id;
  const char *title;
  HpChartUnit unit;
  double share;
  const HpChartSeries *series;
  guint n_series;
  const char *notes[2];
} HpChartPanel;

/**
 * HpChart:
 * @seconds: @n points in time, ascending
 * @cursor: the point whose values the legends tell, with a line through all panels; G_MAXSIZE: the last one, no line
 * @logarithmic: the points are no times, but decimal logarithms of counts
 */
typedef struct
{
  const char *title;
  const char *subtitle;
  const double *seconds;
  gsize n;
  const HpChartPanel *panels;
  guint n_panels;
  gsize cursor;
  gboolean logarithmic;
} HpChart;

/** Fills @scene, which is empty. The description is the caller's. */
void hp_chart_build (const HpChart *self, double width, double height, HpScene *scene);

/** The point that is nearest to @x in a chart of that width: for the pointer. G_MAXSIZE where there is none. */
gsize hp_chart_point_at (const HpChart *self, double width, double x);

/** "12.3 MB", "1,234 /s" (transfer full) */
char *hp_chart_text (HpChartUnit unit, double value);
/** The same for the numbers of an axis: "20 MB" */
char *hp_chart_tick (HpChartUnit unit, double value);
/** "1:02:03", "12.3 s" (transfer full) */
char *hp_chart_time (double seconds);
/** What a tick stands for, so that there are at most @most of them up to @highest: 1, 2 or 5 of a decimal or binary
 * unit. */
double hp_chart_step (HpChartUnit unit, double highest, guint most);

G_END_DECLS
