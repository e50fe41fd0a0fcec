/* collection.h - what Map, Set, WeakMap and WeakSet have in common: how they are constructed, what their receivers are
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/call.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  JsKind kind;
  gboolean has_values; /* of pairs, not of keys alone */
  /** Gives a new collection its table. FALSE: the run is over. */
  gboolean (*create) (JsVm *vm, HpRef self);
  /** What its own `set` or `add` does, and the function that is called as such. */
  gboolean (*put) (JsVm *vm, HpRef self, JsValue key, JsValue value);
  JsValue (*adder) (JsVm *vm, const JsCall *call);
} JsCollection;

/** The receiver of a method of @class_name must be of @kind. FALSE: thrown, with the method's name. */
gboolean js_check_receiver (JsVm *vm, const JsCall *call, JsKind kind, const char *class_name);
/** `new Map (items)` and the like. */
JsValue js_collection_construct (JsVm *vm, const JsCall *call, const JsCollection *collection);

G_END_DECLS
