/* iterator.h - iterators of the library
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "library/library.h"

G_BEGIN_DECLS

JsValue js_array_keys (JsVm *vm, const JsCall *call);
JsValue js_array_values (JsVm *vm, const JsCall *call);
JsValue js_array_entries (JsVm *vm, const JsCall *call);
/** String.prototype[Symbol.iterator] */
JsValue js_string_iterate (JsVm *vm, const JsCall *call);
/** next () of iterators of @kind by their step; @name: for the message where it is another's. */
JsValue js_iterator_next (JsVm *vm, const JsCall *call, JsKind kind, const char *name);

G_END_DECLS
