/* message.h - values as error messages name them
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

G_BEGIN_DECLS

/** @value as V8's messages have it, running no JavaScript: "#<Point>", "[object Array]". (transfer full) */
char *js_message_text (JsVm *vm, JsValue value);
/** @value in the words of V8's builtins, where no source names it: "number 5", "object". (transfer full) */
char *js_call_site_text (JsVm *vm, JsValue value);
/** "Name: message" of an error, as it begins its stack. (transfer full) */
char *js_error_header (JsVm *vm, JsValue error);
/** The source of a function, as its toString () has it. (transfer full) */
char *js_function_text (JsVm *vm, HpRef function);
/** TypeError "… is not a function" where it is none. FALSE: thrown. */
gboolean js_check_callable (JsVm *vm, JsValue value);
/** TypeError "Method … called on incompatible receiver …". Returns JS_THROWN. */
JsValue js_throw_incompatible (JsVm *vm, const char *method, JsValue receiver);
/** The class that `[object …]` names where there is no Symbol.toStringTag. */
const char *js_builtin_tag (JsVm *vm, JsValue value);

G_END_DECLS
