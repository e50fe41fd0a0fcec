/* bigint.h - integers of any size (GMP), 16 + 8 bytes for each 64-bit digit
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

G_BEGIN_DECLS

void js_bigints_init (JsVm *vm);
/** Text as in the source: decimal, 0x…, 0o…, 0b…. JS_THROWN with a SyntaxError where it is none. */
JsValue js_bigint_from_text (JsVm *vm, const char *text);
/** RangeError where it is no integer. */
JsValue js_bigint_from_double (JsVm *vm, double number);
JsValue js_bigint_from_int64 (JsVm *vm, gint64 number);
JsValue js_bigint_from_uint64 (JsVm *vm, guint64 number);
/** ToBigInt */
JsValue js_to_bigint (JsVm *vm, JsValue value);
guint64 js_bigint_low_word (JsVm *vm, HpRef bigint);
double js_bigint_to_double (JsVm *vm, HpRef bigint);
/** (transfer full) */
char *js_bigint_to_text (JsVm *vm, HpRef bigint, int radix);
/** Both are bigints; INC, DEC, NEGATE, BIT_NOT have one. RangeError: division by zero, too large. */
JsValue js_bigint_arithmetic (JsVm *vm, JsBytecode op, JsValue a, JsValue b);
int js_bigint_compare (JsVm *vm, HpRef a, HpRef b);
/** With a number that is not NaN. */
int js_bigint_compare_double (JsVm *vm, HpRef a, double b);
gboolean js_bigint_is_zero (JsVm *vm, HpRef bigint);

G_END_DECLS
