/* date.h - what a Date has in it, for the files of the library that read and change it
 *
 * A JSDate (V8: src/objects/js-objects.h) has its time, and the year, month … of it in local time, which V8 keeps for
 * the getters; here they stay empty.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "library/library.h"

G_BEGIN_DECLS

enum
{
  JS_DATE_SLOT_TIME,
  JS_N_DATE_SLOTS = 9
};

typedef enum
{
  JS_DATE_YEAR,
  JS_DATE_MONTH,
  JS_DATE_DAY,
  JS_DATE_HOUR,
  JS_DATE_MINUTE,
  JS_DATE_SECOND,
  JS_DATE_MS,
  JS_N_DATE_FIELDS
} JsDateField;

/** The receiver's time. FALSE: thrown, it is no Date. */
gboolean js_date_receiver (JsVm *vm, const JsCall *call, double *time);
/** Give the Date @date its time, clipped, which is the result. The hole: thrown. */
JsValue js_date_set (JsVm *vm, JsValue date, double time);
/** Numbers of up to @n arguments of @call, whole ones. FALSE: thrown. */
gboolean js_date_arguments (JsVm *vm, const JsCall *call, guint n, double *numbers);
/** The time of the fields, not clipped. */
double js_date_compose (const double fields[JS_N_DATE_FIELDS]);

/* The setters: name, the first field that they set, and how many they can. */
#define JS_DATE_SETTERS(X)                \
  X (milliseconds, "Milliseconds", MS, 1) \
  X (seconds, "Seconds", SECOND, 2)       \
  X (minutes, "Minutes", MINUTE, 3)       \
  X (hours, "Hours", HOUR, 4)             \
  X (date, "Date", DAY, 1)                \
  X (month, "Month", MONTH, 2)            \
  X (full_year, "FullYear", YEAR, 3)

#define JS_DECLARE_SETTER(name, text, first, n) JsValue js_date_set_##name (JsVm *vm, const JsCall *call);
JS_DATE_SETTERS (JS_DECLARE_SETTER)
#undef JS_DECLARE_SETTER
JsValue js_date_set_time (JsVm *vm, const JsCall *call);
JsValue js_date_set_year (JsVm *vm, const JsCall *call);

G_END_DECLS
