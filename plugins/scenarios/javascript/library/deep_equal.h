/* deep_equal.h - whether two values look the same all the way down
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "library/library.h"

G_BEGIN_DECLS

/** util.isDeepStrictEqual (); @strict: FALSE: as assert.deepEqual () compares. FALSE: thrown. */
gboolean js_deep_equal (JsVm *vm, JsValue a, JsValue b, gboolean strict, gboolean *equal);

G_END_DECLS
