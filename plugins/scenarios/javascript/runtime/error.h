/* error.h - throwing
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

G_BEGIN_DECLS

enum
{
  JS_ERROR_SLOT_STACK,  /* its text; the hole until somebody asks, as V8 formats it then */
  JS_ERROR_SLOT_FRAMES, /* the lines of the calls as they were when it was made */
  JS_N_ERROR_SLOTS
};

void js_errors_init (JsVm *vm);

/** Throw a new Error of @prototype with a message (printf-style, WTF-8, in V8's words). Returns JS_THROWN. */
JsValue js_throw_error (JsVm *vm, JsIntrinsic prototype, const char *format, ...) G_GNUC_PRINTF (3, 4);
#define js_throw_type(vm, ...) js_throw_error (vm, JS_INTRINSIC_TYPE_ERROR_PROTOTYPE, __VA_ARGS__)
#define js_throw_range(vm, ...) js_throw_error (vm, JS_INTRINSIC_RANGE_ERROR_PROTOTYPE, __VA_ARGS__)
#define js_throw_reference(vm, ...) js_throw_error (vm, JS_INTRINSIC_REFERENCE_ERROR_PROTOTYPE, __VA_ARGS__)
#define js_throw_syntax(vm, ...) js_throw_error (vm, JS_INTRINSIC_SYNTAX_ERROR_PROTOTYPE, __VA_ARGS__)
/** Throw @value. Returns JS_THROWN. */
JsValue js_throw (JsVm *vm, JsValue value);
/** The pending exception, which is pending no longer; not held. */
JsValue js_catch (JsVm *vm);
/** A new Error that is not thrown, with its stack captured. @message: a string or undefined. */
JsValue js_new_error (JsVm *vm, JsIntrinsic prototype, JsValue message);
/** Give @error its stack as it is now: the innermost @skip frames left out, and all above the function @above. */
gboolean js_capture_stack (JsVm *vm, HpRef error, guint skip, HpRef above);

G_END_DECLS
