/* date_set.c - the setters of Date (ECMA-262, 21.4.4)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/date.h"

#include "library/date_time.h"

#include <math.h>

gboolean
js_date_arguments (JsVm *vm, const JsCall *call, guint n, double *numbers)
{
  for (guint i = 0; i < MIN (n, call->n); i++)
    {
      if (!js_to_number (vm, call->arguments[i], &numbers[i]))
        return FALSE;
      numbers[i] = trunc (numbers[i]);
    }
  return TRUE;
}

double
js_date_compose (const double fields[JS_N_DATE_FIELDS])
{
  return js_date_time_make (
      js_date_time_make_day (fields[JS_DATE_YEAR], fields[JS_DATE_MONTH], fields[JS_DATE_DAY]),
      js_date_time_make_time (
          fields[JS_DATE_HOUR], fields[JS_DATE_MINUTE], fields[JS_DATE_SECOND], fields[JS_DATE_MS]));
}

static void
decompose (double time, double fields[JS_N_DATE_FIELDS])
{
  JsDateTime parts;

  js_date_time_split (time, &parts);
  fields[JS_DATE_YEAR] = parts.year;
  fields[JS_DATE_MONTH] = parts.month;
  fields[JS_DATE_DAY] = parts.day;
  fields[JS_DATE_HOUR] = parts.hour;
  fields[JS_DATE_MINUTE] = parts.minute;
  fields[JS_DATE_SECOND] = parts.second;
  fields[JS_DATE_MS] = parts.millisecond;
}

JsValue
js_date_set (JsVm *vm, JsValue date, double time)
{
  JsValue value = js_number (vm, js_date_time_clip (time));

  if (!js_is_hole (value))
    js_set_own_slot (vm, date.payload, JS_DATE_SLOT_TIME, value);
  return value;
}

/* The arguments are fields from @first on; those without an argument stay. An invalid date can only get a year. */
static JsValue
set_fields (JsVm *vm, const JsCall *call, JsDateField first, guint n)
{
  double time, fields[JS_N_DATE_FIELDS];

  if (!js_date_receiver (vm, call, &time))
    return JS_THROWN;
  if (isnan (time))
    decompose (0, fields);
  else
    decompose (time, fields);
  if (call->n == 0)
    fields[first] = NAN;
  if (!js_date_arguments (vm, call, n, &fields[first]))
    return JS_THROWN;
  if (isnan (time) && first != JS_DATE_YEAR)
    return js_number (vm, NAN);
  return js_date_set (vm, call->receiver, js_date_compose (fields));
}

#define DEFINE(name, text, first, n)                        \
  JsValue js_date_set_##name (JsVm *vm, const JsCall *call) \
  {                                                         \
    return set_fields (vm, call, JS_DATE_##first, n);       \
  }
JS_DATE_SETTERS (DEFINE)
#undef DEFINE

JsValue
js_date_set_time (JsVm *vm, const JsCall *call)
{
  double time;

  if (!js_date_receiver (vm, call, &time) || !js_to_number (vm, js_argument (call, 0), &time))
    return JS_THROWN;
  return js_date_set (vm, call->receiver, time);
}

/* Of old: years of two digits are of the twentieth century. */
JsValue
js_date_set_year (JsVm *vm, const JsCall *call)
{
  double time, year, fields[JS_N_DATE_FIELDS];

  if (!js_date_receiver (vm, call, &time) || !js_to_number (vm, js_argument (call, 0), &year))
    return JS_THROWN;
  decompose (isnan (time) ? 0 : time, fields);
  year = trunc (year);
  fields[JS_DATE_YEAR] = year >= 0 && year <= 99 ? 1900 + year : year;
  return js_date_set (vm, call->receiver, js_date_compose (fields));
}
