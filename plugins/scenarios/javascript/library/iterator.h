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

G_END_DECLS
