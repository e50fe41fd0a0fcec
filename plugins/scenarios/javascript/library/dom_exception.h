/* dom_exception.h - errors of the interfaces that Node has from the web
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "library/library.h"

G_BEGIN_DECLS

/** Throw a DOMException of @name, "DataCloneError". Returns JS_THROWN. */
JsValue js_throw_dom_exception (JsVm *vm, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
