/* date_time.h - days, hours and their texts: the arithmetic under JavaScript's Date, all in UTC
 *
 * A time is milliseconds since 1970-01-01T00:00Z as a double, NaN where it is invalid (ECMA-262, 21.4.1). Local time is
 * UTC on this machine.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define JS_MS_PER_DAY 86400000.0

typedef struct
{
  gint32 year;
  gint32 month; /* 0 is January */
  gint32 day;   /* of the month, from 1 */
  gint32 weekday;
  gint32 hour, minute, second, millisecond;
} JsDateTime;

typedef enum
{
  JS_DATE_TEXT_FULL,
  JS_DATE_TEXT_DATE,
  JS_DATE_TEXT_TIME,
  JS_DATE_TEXT_ISO,
  JS_DATE_TEXT_UTC,
  JS_DATE_TEXT_LOCALE,
  JS_DATE_TEXT_LOCALE_DATE,
  JS_DATE_TEXT_LOCALE_TIME,
} JsDateText;

/** Days since 1970-01-01 of a month that may lie outside 0…11: MakeDay without its day. */
double js_date_time_make_day (double year, double month, double day);
double js_date_time_make_time (double hour, double minute, double second, double millisecond);
/** The time of @day and @time_in_day, NaN when it is out of the range of times. */
double js_date_time_make (double day, double time_in_day);
/** TimeClip. */
double js_date_time_clip (double time);
/** @time is finite. */
void js_date_time_split (double time, JsDateTime *parts);
/** The time that @text (UTF-8) says, in ISO form or a form that V8 understands besides; else NaN. */
double js_date_time_parse (const char *text);
/** @time as text, "Invalid Date" for NaN. (transfer full) */
char *js_date_time_format (double time, JsDateText text);
extern const char *const js_date_time_months[12];
extern const char *const js_date_time_weekdays[7];

G_END_DECLS
