/* store.h - where elements stand: FixedArrays of values and FixedDoubleArrays of numbers without boxes
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/elements.h"

G_BEGIN_DECLS

/** How many elements it has room for. */
guint32 js_store_length (JsVm *vm, HpRef store, JsElementsKind kind);
/** The hole also where @index is too large. A double that is no Smi is a new HeapNumber; not held. */
JsValue js_store_get (JsVm *vm, HpRef store, JsElementsKind kind, guint32 index);
gboolean js_store_has (JsVm *vm, HpRef store, JsElementsKind kind, guint32 index);
/** @value is of a kind that fits, or the hole. */
void js_store_set (JsVm *vm, HpRef store, JsElementsKind kind, guint32 index, JsValue value);
/** A store of holes. HP_REF_NONE: the run is over. */
HpRef js_store_new (JsVm *vm, JsElementsKind kind, guint32 capacity);
/** One of another kind or capacity with the same elements. @store: held, or none. */
HpRef js_store_copy (JsVm *vm, HpRef store, JsElementsKind from, JsElementsKind to, guint32 capacity);
/** V8: JSObject::NewElementsCapacity */
static inline guint32
js_store_grown (guint32 needed)
{
  return needed + needed / 2 + 16;
}

G_END_DECLS
