/* chart_scale.c - how a chart writes values and times, and where it puts its ticks
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LOWEST_BYTES 4096.0 /* a page */

/* @digits: behind the point, of what is not whole bytes or kilobytes */
static char *
text_of_bytes (double bytes, int digits)
{
  static const char *const UNITS[] = { "B", "KB", "MB", "GB", "TB" };
  guint unit = 0;

  while (fabs (bytes) >= 1024 && unit + 1 < G_N_ELEMENTS (UNITS))
    {
      bytes /= 1024;
      unit++;
    }
  return g_strdup_printf ("%.*f %s", unit < 2 || fabs (bytes) >= 1000 ? 0 : digits, bytes, UNITS[unit]);
}

char *
hp_chart_text (HpChartUnit unit, double value)
{
  if (isnan (value))
    return g_strdup ("–");
  if (unit == HP_CHART_BYTES)
    return text_of_bytes (value, 1);
  if (unit == HP_CHART_LOGARITHM)
    return hp_chart_tick (unit, value);
  return g_strdup_printf (value > 0 && value < 10 ? "%.1f/s" : "%'.0f/s", value);
}

char *
hp_chart_tick (HpChartUnit unit, double value)
{
  if (unit == HP_CHART_BYTES)
    return text_of_bytes (value, 0);
  return unit == HP_CHART_LOGARITHM ? g_strdup_printf ("%'.0f", pow (10, value)) : g_strdup_printf ("%'.0f/s", value);
}

char *
hp_chart_time (double seconds)
{
  guint64 whole = (guint64) MAX (seconds, 0);

  if (seconds < 60)
    return g_strdup_printf (seconds == floor (seconds) ? _ ("%.0f s") : _ ("%.1f s"), seconds);
  if (seconds < 3600)
    return g_strdup_printf ("%u:%02u", (guint) (whole / 60), (guint) (whole % 60));
  return g_strdup_printf (
      "%" G_GUINT64_FORMAT ":%02u:%02u", whole / 3600, (guint) (whole / 60 % 60), (guint) (whole % 60));
}

/* The smallest of 1, 2, 5, 10 … times a power of ten that is at least @least. */
static double
round_number (double least)
{
  double power = pow (10, floor (log10 (least)));

  for (guint i = 0; i < 3; i++)
    {
      static const double DIGITS[] = { 1, 2, 5 };
      if (DIGITS[i] * power >= least * (1 - 1e-9))
        return DIGITS[i] * power;
    }
  return 10 * power;
}

double
hp_chart_step (HpChartUnit unit, double highest, guint most)
{
  double least = highest / MAX (most, 1u);
  double scale = 1, steps;

  if (unit != HP_CHART_BYTES)
    return round_number (MAX (least, 1));
  least = MAX (least, LOWEST_BYTES);
  while (least >= 1024 * scale)
    scale *= 1024;
  steps = round_number (least / scale);
  return (steps >= 1000 ? 1024 : steps) * scale; /* after 500 MB comes 1 GB */
}
