/* node_error.h - errors as Node's own library throws them, with a code
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "library/library.h"

G_BEGIN_DECLS

/** Throw a new error whose `code` is @code and whose stack begins "TypeError [CODE]: …". Returns JS_THROWN. */
JsValue js_throw_coded (JsVm *vm, JsIntrinsic prototype, const char *code, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
/** ERR_INVALID_ARG_TYPE: "The @what must be @wanted. Received …" of @value. Returns JS_THROWN. */
JsValue js_throw_argument_type (JsVm *vm, const char *what, const char *wanted, JsValue value);
/** ERR_OUT_OF_RANGE. Returns JS_THROWN. */
JsValue js_throw_out_of_range (JsVm *vm, const char *name, const char *wanted, JsValue value);
/** An integer from @least to @most, or the argument's absence: then *number stays. FALSE: thrown. */
gboolean js_check_integer (JsVm *vm, JsValue value, const char *name, double least, double most, double *number);

G_END_DECLS
