/* date.c - Date, on the simulated clock and in UTC (ECMA-262, 21.4; V8: src/builtins/builtins-date.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/date.h"

#include "library/date_time.h"
#include "runtime/jobs.h"
#include "runtime/message.h"
#include "runtime/object.h"

#include <math.h>

static double
now (JsVm *vm)
{
  return JS_EPOCH_MS + floor (js_clock_ms (vm));
}

gboolean
js_date_receiver (JsVm *vm, const JsCall *call, double *time)
{
  if (!js_is_kind (vm, call->receiver, JS_KIND_DATE))
    {
      js_throw_type (vm, "this is not a Date object.");
      return FALSE;
    }
  *time = js_as_double (vm, js_get_own_slot (vm, call->receiver.payload, JS_DATE_SLOT_TIME));
  return TRUE;
}

/* ---- making one -------------------------------------------------------------------------------------------------- */

/* Year, month … as arguments. FALSE: thrown. */
static gboolean
time_of_fields (JsVm *vm, const JsCall *call, double *time)
{
  double fields[JS_N_DATE_FIELDS] = { NAN, 0, 1 };

  if (!js_date_arguments (vm, call, JS_N_DATE_FIELDS, fields))
    return FALSE;
  if (fields[JS_DATE_YEAR] >= 0 && fields[JS_DATE_YEAR] <= 99)
    fields[JS_DATE_YEAR] += 1900;
  *time = js_date_time_clip (js_date_compose (fields));
  return TRUE;
}

static double
parse (JsVm *vm, JsValue string)
{
  g_autofree char *text = js_string_to_utf8 (vm, string.payload, NULL);

  return js_date_time_parse (text);
}

static gboolean
time_of_value (JsVm *vm, JsValue value, double *time)
{
  if (js_is_kind (vm, value, JS_KIND_DATE))
    value = js_get_own_slot (vm, value.payload, JS_DATE_SLOT_TIME);
  value = js_to_primitive (vm, value, JS_HINT_DEFAULT);
  if (js_is_hole (value))
    return FALSE;
  if (js_is_string (vm, value))
    *time = parse (vm, value);
  else if (!js_to_number (vm, value, time))
    return FALSE;
  *time = js_date_time_clip (*time);
  return TRUE;
}

static JsValue
text_of (JsVm *vm, double time, JsDateText kind)
{
  g_autofree char *text = js_date_time_format (time, kind);

  return js_string (vm, text, -1);
}

static JsValue
date_construct (JsVm *vm, const JsCall *call)
{
  double time = now (vm);
  HpRef date;

  if (js_is_undefined (call->new_target))
    return text_of (vm, time, JS_DATE_TEXT_FULL);
  if (call->n == 1 && !time_of_value (vm, call->arguments[0], &time))
    return JS_THROWN;
  if (call->n > 1 && !time_of_fields (vm, call, &time))
    return JS_THROWN;
  date = js_new_object_for (vm, JS_KIND_DATE, call->new_target);
  if (date == HP_REF_NONE)
    return JS_THROWN;
  js_hold (vm, js_ref (date));
  return js_is_hole (js_date_set (vm, js_ref (date), time)) ? JS_THROWN : js_ref (date);
}

static JsValue
date_now (JsVm *vm, const JsCall *call)
{
  (void) call;
  return js_number (vm, now (vm));
}

static JsValue
date_utc (JsVm *vm, const JsCall *call)
{
  double time;

  return time_of_fields (vm, call, &time) ? js_number (vm, time) : JS_THROWN;
}

static JsValue
date_parse (JsVm *vm, const JsCall *call)
{
  JsValue text = js_to_string (vm, js_argument (call, 0));

  return js_is_hole (text) ? text : js_number (vm, parse (vm, js_hold (vm, text)));
}

/* ---- looking at it ----------------------------------------------------------------------------------------------- */

static JsValue
get_time (JsVm *vm, const JsCall *call)
{
  double time;

  return js_date_receiver (vm, call, &time) ? js_number (vm, time) : JS_THROWN;
}

static JsValue
get_time_zone_offset (JsVm *vm, const JsCall *call)
{
  double time;

  return js_date_receiver (vm, call, &time) ? js_number (vm, isnan (time) ? NAN : 0) : JS_THROWN;
}

#define GETTERS(X)                \
  X (full_year, "FullYear", year) \
  X (month, "Month", month)       \
  X (date, "Date", day)           \
  X (day, "Day", weekday)         \
  X (hours, "Hours", hour)        \
  X (minutes, "Minutes", minute)  \
  X (seconds, "Seconds", second)  \
  X (milliseconds, "Milliseconds", millisecond)

#define DEFINE(id, name, field)                          \
  static JsValue get_##id (JsVm *vm, const JsCall *call) \
  {                                                      \
    JsDateTime parts;                                    \
    double time;                                         \
                                                         \
    if (!js_date_receiver (vm, call, &time))             \
      return JS_THROWN;                                  \
    if (isnan (time))                                    \
      return js_number (vm, time);                       \
    js_date_time_split (time, &parts);                   \
    return js_smi (parts.field);                         \
  }
GETTERS (DEFINE)
#undef DEFINE

static JsValue
get_year (JsVm *vm, const JsCall *call)
{
  JsValue year = get_full_year (vm, call);

  return js_is_smi (year) ? js_smi (js_as_smi (year) - 1900) : year;
}

/* ---- texts ------------------------------------------------------------------------------------------------------- */

#define TEXTS(X)                                     \
  X (string, "toString", FULL)                       \
  X (date_string, "toDateString", DATE)              \
  X (time_string, "toTimeString", TIME)              \
  X (utc_string, "toUTCString", UTC)                 \
  X (locale_string, "toLocaleString", LOCALE)        \
  X (locale_date, "toLocaleDateString", LOCALE_DATE) \
  X (locale_time, "toLocaleTimeString", LOCALE_TIME)

#define DEFINE(id, name, kind)                                                                       \
  static JsValue to_##id (JsVm *vm, const JsCall *call)                                              \
  {                                                                                                  \
    double time;                                                                                     \
                                                                                                     \
    return js_date_receiver (vm, call, &time) ? text_of (vm, time, JS_DATE_TEXT_##kind) : JS_THROWN; \
  }
TEXTS (DEFINE)
#undef DEFINE

static JsValue
to_iso_string (JsVm *vm, const JsCall *call)
{
  double time;

  if (!js_date_receiver (vm, call, &time))
    return JS_THROWN;
  return isnan (time) ? js_throw_range (vm, "Invalid time value") : text_of (vm, time, JS_DATE_TEXT_ISO);
}

/* Of any object that has toISOString. */
static JsValue
to_json (JsVm *vm, const JsCall *call)
{
  JsValue object = js_to_object (vm, call->receiver), value;

  if (js_is_hole (object))
    return object;
  js_hold (vm, object);
  value = js_to_primitive (vm, object, JS_HINT_NUMBER);
  if (js_is_hole (value))
    return value;
  if (js_is_number (vm, value) && !isfinite (js_as_double (vm, value)))
    return JS_NULL;
  return js_invoke (vm, object, js_atom (vm, "toISOString", -1), NULL, 0);
}

static JsValue
to_primitive (JsVm *vm, const JsCall *call)
{
  JsValue hint = js_argument (call, 0);
  g_autofree char *text = js_is_string (vm, hint) ? js_string_to_utf8 (vm, hint.payload, NULL) : NULL;

  if (!js_is_object (vm, call->receiver))
    return js_throw_incompatible (vm, "Date.prototype [ @@toPrimitive ]", call->receiver);
  if (g_strcmp0 (text, "number") == 0)
    return js_ordinary_to_primitive (vm, call->receiver, JS_HINT_NUMBER);
  if (g_strcmp0 (text, "string") == 0 || g_strcmp0 (text, "default") == 0)
    return js_ordinary_to_primitive (vm, call->receiver, JS_HINT_STRING);
  return js_throw_type (vm, "Invalid hint: %s", text != NULL ? text : "undefined");
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

static void
init (JsVm *vm)
{
  static const char *const NAMES[] = { "time", "year", "month", "day", "weekday", "hour", "minute", "second", "stamp" };

  js_define_kind (vm,
                  &(JsClassTemplate){ .kind = JS_KIND_DATE,
                                      .n_own = JS_N_DATE_SLOTS,
                                      .own_names = NAMES,
                                      .intrinsic_prototype = JS_INTRINSIC_DATE_PROTOTYPE + 1 });
}

#define GETTER(id, name, field) JS_METHOD ("get" name, get_##id, 0), JS_METHOD ("getUTC" name, get_##id, 0),
#define SETTER(id, name, first, n) \
  JS_METHOD ("set" name, js_date_set_##id, n), JS_METHOD ("setUTC" name, js_date_set_##id, n),
#define TEXT(id, name, kind) JS_METHOD (name, to_##id, 0),
static const JsNativeRow members[] = {
  GETTERS (GETTER) JS_DATE_SETTERS (SETTER) TEXTS (TEXT) JS_METHOD ("getTime", get_time, 0),
  JS_METHOD ("valueOf", get_time, 0),
  JS_METHOD ("getTimezoneOffset", get_time_zone_offset, 0),
  JS_METHOD ("setTime", js_date_set_time, 1),
  JS_METHOD ("getYear", get_year, 0),
  JS_METHOD ("setYear", js_date_set_year, 1),
  JS_METHOD ("toISOString", to_iso_string, 0),
  JS_METHOD ("toJSON", to_json, 1),
  JS_ALIAS ("toGMTString", "toUTCString"),
  JS_METHOD ("@@toPrimitive", to_primitive, 1),
};
#undef GETTER
#undef SETTER
#undef TEXT
static const JsNativeRow statics[] = {
  JS_METHOD ("now", date_now, 0),
  JS_METHOD ("parse", date_parse, 1),
  JS_METHOD ("UTC", date_utc, 7),
};

static const JsLibraryClass classes[] = {
  { .name = "Date",
    .construct = date_construct,
    .length = 7,
    .prototype = JS_INTRINSIC_DATE_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = members,
    .n_members = G_N_ELEMENTS (members),
    .statics = statics,
    .n_statics = G_N_ELEMENTS (statics) },
};

const JsLibrary js_library_date = { .init = init, .classes = classes, .n_classes = G_N_ELEMENTS (classes) };
