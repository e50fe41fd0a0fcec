/* describe.h - expressions as V8's messages have them: "user.name is not a function"
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

G_BEGIN_DECLS

/** What the newest frame calls, constructs or iterates over at @pc. (transfer full) */
char *js_describe_callee (JsVm *vm, guint32 pc);
/** The same of the newest frame that runs JavaScript. */
char *js_describe_newest_call (JsVm *vm);
/** The expression whose value is at fault at @pc; NULL where no expression gave it. (transfer full) */
char *js_describe_value (JsVm *vm, guint32 pc);
/** Why @value cannot be spread by the ... at @pc, as a whole message. (transfer full) */
char *js_describe_spread (JsVm *vm, guint32 pc, JsValue value);

/** Why null or undefined cannot be taken apart, as a whole message. (transfer full) */
char *js_describe_destructuring (JsVm *vm, guint32 pc, JsValue value);

G_END_DECLS
