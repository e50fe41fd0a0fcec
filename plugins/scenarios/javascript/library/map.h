/* map.h - a look into the iterators of Map and Set
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

G_BEGIN_DECLS

/* Of @iterator, which is of JS_KIND_MAP_ITERATOR or JS_KIND_SET_ITERATOR. */

/** Whether it gives pairs: it was made by entries (). */
gboolean js_collection_gives_entries (JsVm *vm, HpRef iterator);
/** What it has still to give, as an array; it stays where it is. The hole: thrown. */
JsValue js_collection_rest (JsVm *vm, HpRef iterator);

G_END_DECLS
