/* util.h - the parts of the module util
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "library/library.h"

G_BEGIN_DECLS

/* Makers of objects, for JS_OBJECT (). */
JsValue js_create_util (JsVm *vm);
JsValue js_create_util_types (JsVm *vm);
JsValue js_create_promisify (JsVm *vm);
JsValue js_create_timer_promises (JsVm *vm);

G_END_DECLS
