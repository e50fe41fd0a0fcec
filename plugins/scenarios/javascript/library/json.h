/* json.h - JSON.stringify and JSON.parse
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "library/library.h"

G_BEGIN_DECLS

JsValue js_json_stringify (JsVm *vm, const JsCall *call);

G_END_DECLS
