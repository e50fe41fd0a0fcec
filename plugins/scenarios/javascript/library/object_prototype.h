/* object_prototype.h - Object.prototype
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "library/library.h"

G_BEGIN_DECLS

#define JS_N_OBJECT_PROTOTYPE_ROWS 12
extern const JsNativeRow js_object_prototype_rows[JS_N_OBJECT_PROTOTYPE_ROWS];

/** [[SetPrototypeOf]] with V8's TypeErrors where it is refused. FALSE: thrown. */
gboolean js_set_prototype_or_throw (JsVm *vm, JsValue object, JsValue prototype);

G_END_DECLS
