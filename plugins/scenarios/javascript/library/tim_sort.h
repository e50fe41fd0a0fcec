/* tim_sort.h - the stable sort of Array.prototype.sort, comparing in V8's order
 *
 * The rules are V8's (third_party/v8/builtins/array-sort.tq): programs see them, since their comparison function is
 * called. Runs that are ordered already are found, short ones made longer by binary insertion, and merged.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/value.h"

G_BEGIN_DECLS

/** Below 0 where @a comes before @b. *@failed is set to stop: the order does not matter then. */
typedef double (*JsOrder) (gpointer data, JsValue a, JsValue b, gboolean *failed);

/** Sorts @values in place; FALSE: @order failed, and @values are in some order. */
gboolean js_tim_sort (JsValue *values, gsize n, JsOrder order, gpointer data);

G_END_DECLS
