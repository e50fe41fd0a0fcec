/* number.h - numbers, and conversions between primitive values
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

#include <math.h>

G_BEGIN_DECLS

void js_numbers_init (JsVm *vm);
void js_wrappers_init (JsVm *vm);

/** Whether it is an integer of 32 bits and not -0. */
static inline gboolean
js_fits_smi (double number)
{
  return number >= G_MININT32 && number <= G_MAXINT32 && number == (gint32) number
         && !(number == 0 && signbit (number));
}

/** A Smi where it is an integer of 32 bits and not -0, else a new HeapNumber of 16 bytes. */
JsValue js_number (JsVm *vm, double number);
/** What a person sees of a HeapNumber. */
void js_label_number (JsVm *vm, HpRef ref, double number);
static inline gboolean
js_is_number (JsVm *vm, JsValue value)
{
  return js_is_smi (value) || js_is_kind (vm, value, JS_KIND_HEAP_NUMBER);
}
static inline double
js_heap_number (JsVm *vm, HpRef ref)
{
  double number = 0; /* of what is none, because the run is over */
  guint32 n;
  const guint8 *bytes = hp_machine_bytes (vm->machine, ref, &n);

  if (n >= sizeof number)
    memcpy (&number, bytes, sizeof number);
  return number;
}
/** Of a number. */
static inline double
js_as_double (JsVm *vm, JsValue value)
{
  return js_is_smi (value) ? js_as_smi (value) : js_heap_number (vm, value.payload);
}

/* ---- conversions of the language; each may call JavaScript. FALSE or JS_THROWN: thrown -------------------------- */

gboolean js_to_boolean (JsVm *vm, JsValue value);
gboolean js_to_number (JsVm *vm, JsValue value, double *number);
/** ToIntegerOrInfinity */
gboolean js_to_integer (JsVm *vm, JsValue value, double *integer);
gboolean js_to_int32 (JsVm *vm, JsValue value, gint32 *number);
gboolean js_to_uint32 (JsVm *vm, JsValue value, guint32 *number);
/** ToLength */
gboolean js_to_length (JsVm *vm, JsValue value, gint64 *length);
/** A relative index as slice () has them: negative from the end; clamped to 0 … length. @undefined: what that means. */
gboolean js_to_relative (JsVm *vm, JsValue value, gint64 length, gint64 undefined, gint64 *index);
/** Number or BigInt. */
JsValue js_to_numeric (JsVm *vm, JsValue value);
/** A string. Not held. */
JsValue js_to_string (JsVm *vm, JsValue value);
/** In C memory. (transfer full), NULL: thrown */
char *js_to_utf8 (JsVm *vm, JsValue value);
typedef enum
{
  JS_HINT_DEFAULT,
  JS_HINT_NUMBER,
  JS_HINT_STRING,
} JsHint;
JsValue js_to_primitive (JsVm *vm, JsValue value, JsHint hint);
/** OrdinaryToPrimitive: by the methods valueOf and toString of @object, in the order that @hint wants. */
JsValue js_ordinary_to_primitive (JsVm *vm, JsValue object, JsHint hint);
/** ToObject: TypeError of undefined and null. */
JsValue js_to_object (JsVm *vm, JsValue value);
/** Give the new @wrapper, of JS_KIND_WRAPPER, its primitive value. Returns @wrapper, which may be HP_REF_NONE. */
HpRef js_wrap (JsVm *vm, HpRef wrapper, JsValue value);

gint32 js_double_to_int32 (double number);
/** As Number.prototype.toString (radix) has it. (transfer full) */
char *js_double_to_text (double number, int radix);
/** ToNumber of a string's text. */
double js_text_to_double (const char *text, gsize length);
double js_string_to_double (JsVm *vm, HpRef string);

gboolean js_same_value (JsVm *vm, JsValue a, JsValue b);
gboolean js_same_value_zero (JsVm *vm, JsValue a, JsValue b);
gboolean js_strictly_equal (JsVm *vm, JsValue a, JsValue b);
/** ==. FALSE with *result unset: thrown. */
gboolean js_loosely_equal (JsVm *vm, JsValue a, JsValue b, gboolean *result);
/** a < b: *result is 1, 0, or -1 where undefined (NaN). FALSE: thrown. @left_first: order of conversions. */
gboolean js_less (JsVm *vm, JsValue a, JsValue b, gboolean left_first, int *result);
/** An operator on any values: @op is the bytecode: ADD, SUB, … INC, DEC, NEGATE, BIT_NOT (@b is not used there). */
JsValue js_arithmetic (JsVm *vm, JsBytecode op, JsValue a, JsValue b);
/** "number", "object" …: an atom */
JsAtom *js_typeof (JsVm *vm, JsValue value);

G_END_DECLS
