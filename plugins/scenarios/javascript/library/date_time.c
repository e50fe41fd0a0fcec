/* date_time.c - days, hours and their texts: the arithmetic under JavaScript's Date, all in UTC
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/date_time.h"

#include <math.h>

const char *const js_date_time_months[12] = { "January", "February", "March",     "April",   "May",      "June",
                                              "July",    "August",   "September", "October", "November", "December" };
const char *const js_date_time_weekdays[7] = { "Sunday",   "Monday", "Tuesday", "Wednesday",
                                               "Thursday", "Friday", "Saturday" };

/* In a calendar of eras of 400 years that begin in March, so that the leap day is the last of its year. */
static double
days_from_civil (double year, int month, double day)
{
  double y = month <= 1 ? year - 1 : year;
  double era = floor (y / 400);
  double year_of_era = y - era * 400;
  double month_from_march = (month + 10) % 12;
  double day_of_year = floor ((153 * month_from_march + 2) / 5) + day - 1;
  double day_of_era = year_of_era * 365 + floor (year_of_era / 4) - floor (year_of_era / 100) + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

double
js_date_time_make_day (double year, double month, double day)
{
  if (!isfinite (year) || !isfinite (month) || !isfinite (day))
    return NAN;
  double y = trunc (year), m = trunc (month);
  if (fabs (y) > 400000 || fabs (m) > 4800000)
    return NAN;
  y += floor (m / 12);
  m -= floor (m / 12) * 12;
  return days_from_civil (y, (int) m, 1) + trunc (day) - 1;
}

double
js_date_time_make_time (double hour, double minute, double second, double millisecond)
{
  if (!isfinite (hour) || !isfinite (minute) || !isfinite (second) || !isfinite (millisecond))
    return NAN;
  return trunc (hour) * 3600000 + trunc (minute) * 60000 + trunc (second) * 1000 + trunc (millisecond);
}

double
js_date_time_make (double day, double time_in_day)
{
  return js_date_time_clip (day * JS_MS_PER_DAY + time_in_day);
}

double
js_date_time_clip (double time)
{
  if (!isfinite (time) || fabs (time) > 8.64e15)
    return NAN;
  return trunc (time) + 0.0;
}

void
js_date_time_split (double time, JsDateTime *parts)
{
  double days = floor (time / JS_MS_PER_DAY);
  gint32 ms = (gint32) (time - days * JS_MS_PER_DAY);
  double z = days + 719468;
  double era = floor (z / 146097);
  gint32 day_of_era = (gint32) (z - era * 146097);
  gint32 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  gint32 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint32 month_from_march = (5 * day_of_year + 2) / 153;
  parts->day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  parts->month = (month_from_march + 2) % 12;
  parts->year = year_of_era + (gint32) era * 400 + (parts->month <= 1);
  parts->weekday = (gint32) (days + 4 - floor ((days + 4) / 7) * 7);
  parts->hour = ms / 3600000;
  parts->minute = ms / 60000 % 60;
  parts->second = ms / 1000 % 60;
  parts->millisecond = ms % 1000;
}

/* ---- texts ------------------------------------------------------------------------------------------------------ */

static char *
format_iso (const JsDateTime *d)
{
  const char *sign = d->year < 0 ? "-" : d->year > 9999 ? "+" : "";
  return g_strdup_printf ("%s%0*d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                          sign,
                          *sign ? 6 : 4,
                          ABS (d->year),
                          d->month + 1,
                          d->day,
                          d->hour,
                          d->minute,
                          d->second,
                          d->millisecond);
}

static char *
format_date (const JsDateTime *d)
{
  return g_strdup_printf ("%.3s %.3s %02d %s%04d",
                          js_date_time_weekdays[d->weekday],
                          js_date_time_months[d->month],
                          d->day,
                          d->year < 0 ? "-" : "",
                          ABS (d->year));
}

static char *
format_time (const JsDateTime *d)
{
  return g_strdup_printf ("%02d:%02d:%02d GMT+0000 (Coordinated Universal Time)", d->hour, d->minute, d->second);
}

static char *
format_locale_time (const JsDateTime *d)
{
  return g_strdup_printf ("%d:%02d:%02d %s", (d->hour + 11) % 12 + 1, d->minute, d->second, d->hour < 12 ? "AM" : "PM");
}

/* The year as people count it: the year 0 is 1 B.C. */
static char *
format_locale_date (const JsDateTime *d)
{
  return g_strdup_printf ("%d/%d/%d", d->month + 1, d->day, d->year > 0 ? d->year : 1 - d->year);
}

static char *
join (char *a, const char *between, char *b)
{
  char *joined = g_strconcat (a, between, b, NULL);
  g_free (a);
  g_free (b);
  return joined;
}

static char *
format_utc (const JsDateTime *d)
{
  return g_strdup_printf ("%.3s, %02d %.3s %s%04d %02d:%02d:%02d GMT",
                          js_date_time_weekdays[d->weekday],
                          d->day,
                          js_date_time_months[d->month],
                          d->year < 0 ? "-" : "",
                          ABS (d->year),
                          d->hour,
                          d->minute,
                          d->second);
}

char *
js_date_time_format (double time, JsDateText text)
{
  if (isnan (time))
    return g_strdup ("Invalid Date");
  JsDateTime d;
  js_date_time_split (time, &d);
  switch (text)
    {
    case JS_DATE_TEXT_FULL:
      return join (format_date (&d), " ", format_time (&d));
    case JS_DATE_TEXT_DATE:
      return format_date (&d);
    case JS_DATE_TEXT_TIME:
      return format_time (&d);
    case JS_DATE_TEXT_ISO:
      return format_iso (&d);
    case JS_DATE_TEXT_UTC:
      return format_utc (&d);
    case JS_DATE_TEXT_LOCALE:
      return join (format_locale_date (&d), ", ", format_locale_time (&d));
    case JS_DATE_TEXT_LOCALE_DATE:
      return format_locale_date (&d);
    case JS_DATE_TEXT_LOCALE_TIME:
      return format_locale_time (&d);
    }
  g_assert_not_reached ();
}
