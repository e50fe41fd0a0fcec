/* cost_fit.c - least relative deviations, by least squares that are weighted again and again
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "cost_fit.h"

#include <math.h>

#define MB (1024.0 * 1024)
#define NS_PER_MS 1e6
#define ROUNDS 200
/* A pause that is met better than this counts no more than one that is met so well. */
#define LEAST_DEVIATION 1e-4

/* One pause: y = a + b x. */
typedef struct
{
  double x, y;
} Point;

static double
moved_mb (const HpGcLogEvent *event)
{
  return (double) (event->promoted_bytes + event->survived_bytes) / MB;
}

static double
deviation (const Point *point, double a, double b)
{
  return fabs (point->y - a - b * point->x) / point->y;
}

/* Weighted least squares with a >= 0 and b >= 0. */
static void
solve (const Point *points, guint n, const double *weights, double *a, double *b)
{
  double s = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, determinant;

  for (guint i = 0; i < n; i++)
    {
      s += weights[i];
      sx += weights[i] * points[i].x;
      sy += weights[i] * points[i].y;
      sxx += weights[i] * points[i].x * points[i].x;
      sxy += weights[i] * points[i].x * points[i].y;
    }
  determinant = s * sxx - sx * sx;
  *b = determinant > 1e-12 * s * sxx ? (s * sxy - sx * sy) / determinant : 0;
  *a = (sy - *b * sx) / s;
  if (*b < 0)
    {
      *b = 0;
      *a = sy / s;
    }
  if (*a < 0)
    {
      *a = 0;
      *b = sxx > 0 ? sxy / sxx : 0;
    }
}

/* With weights 1 / (y^2 d), d being the relative deviation so far, squares become relative deviations. */
static void
fit_line (const Point *points, guint n, double *a, double *b)
{
  g_autofree double *weights = g_new (double, n);

  for (guint i = 0; i < n; i++)
    weights[i] = 1 / (points[i].y * points[i].y);
  for (guint round = 0; round < ROUNDS; round++)
    {
      solve (points, n, weights, a, b);
      for (guint i = 0; i < n; i++)
        weights[i] = 1 / (points[i].y * points[i].y * fmax (deviation (&points[i], *a, *b), LEAST_DEVIATION));
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static CliFitError
measure (GArray *errors)
{
  guint n = errors->len;

  g_array_sort (errors, compare);
  if (n == 0)
    return (CliFitError){ 0, 0, 0 };
  return (CliFitError){ n,
                        g_array_index (errors, double, (n * 50 + 99) / 100 - 1),
                        g_array_index (errors, double, (n * 90 + 99) / 100 - 1) };
}

/* A pause that was too short to be measured has no relative error. */
static GArray *
scavenge_points (const GArray *events)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (Point));

  for (guint i = 0; i < events->len; i++)
    {
      const HpGcLogEvent *event = &g_array_index (events, HpGcLogEvent, i);
      Point point = { moved_mb (event), event->pause_ms * NS_PER_MS };

      if (event->kind == HP_COLLECTION_YOUNG && event->pause_ms > 0)
        g_array_append_val (points, point);
    }
  return points;
}

CliFitError
cli_cost_fit_measure (const GArray *events, double collection_ns, double move_mb_ns)
{
  g_autoptr (GArray) points = scavenge_points (events);
  g_autoptr (GArray) errors = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < points->len; i++)
    {
      double error = deviation (&g_array_index (points, Point, i), collection_ns, move_mb_ns);

      g_array_append_val (errors, error);
    }
  return measure (errors);
}

static gboolean
fit_scavenges (const GArray *events, CliCostFit *fit)
{
  g_autoptr (GArray) points = scavenge_points (events);

  if (points->len < 2)
    return FALSE;
  fit_line ((const Point *) points->data, points->len, &fit->collection_ns, &fit->move_mb_ns);
  fit->scavenges = cli_cost_fit_measure (events, fit->collection_ns, fit->move_mb_ns);
  return TRUE;
}

/* What marking took of a mark-compact, in ns for each object that was left. */
static double
mark_ns_of (const HpGcLogEvent *event, double object_bytes, const CliCostFit *fit)
{
  double ns = event->pause_ms * NS_PER_MS - fit->collection_ns - fit->move_mb_ns * moved_mb (event);

  return fmax (ns, 0) * object_bytes / (double) event->after_bytes;
}

static void
fit_mark_compacts (const GArray *events, double object_bytes, CliCostFit *fit)
{
  g_autoptr (GArray) each = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) errors = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < events->len; i++)
    {
      const HpGcLogEvent *event = &g_array_index (events, HpGcLogEvent, i);
      double ns = event->after_bytes > 0 ? mark_ns_of (event, object_bytes, fit) : 0;

      if (event->kind == HP_COLLECTION_FULL && event->after_bytes > 0 && event->pause_ms > 0)
        g_array_append_val (each, ns);
    }
  fit->mark_ns = measure (each).median;
  for (guint i = 0; i < events->len; i++)
    {
      const HpGcLogEvent *event = &g_array_index (events, HpGcLogEvent, i);
      double pause = event->pause_ms * NS_PER_MS;
      double error = fabs (fit->collection_ns + fit->move_mb_ns * moved_mb (event)
                           + fit->mark_ns * (double) event->after_bytes / object_bytes - pause)
                     / pause;

      if (event->kind == HP_COLLECTION_FULL && event->after_bytes > 0 && event->pause_ms > 0)
        g_array_append_val (errors, error);
    }
  fit->mark_compacts = measure (errors);
}

gboolean
cli_cost_fit (const GArray *events, double object_bytes, CliCostFit *fit)
{
  *fit = (CliCostFit){ 0 };
  if (!fit_scavenges (events, fit))
    return FALSE;
  fit_mark_compacts (events, object_bytes, fit);
  return TRUE;
}
