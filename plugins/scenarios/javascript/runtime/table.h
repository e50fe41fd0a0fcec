/* table.h - the hash tables behind Map, Set, WeakMap and WeakSet
 *
 * An OrderedHashMap or OrderedHashSet (V8 src/objects/ordered-hash-table.h) keeps its entries in the order of
 * insertion:
 *
 *   0, 1, 2        number of elements, of deleted entries, of buckets; capacity is two for each bucket
 *   3 …            the newest entry of each bucket, or -1
 *   then           entries: key, value (of a map), the next entry of the bucket
 *
 * A deleted entry keeps its place, with holes. A table that was replaced says by which in slot 0, and in slots 3 …
 * which entries it left out: iterators follow it.
 *
 * An EphemeronHashTable (src/objects/hash-table.h) holds pairs by open addressing; a free key is undefined, a deleted
 * or collected one the hole.
 *
 * Here an *owner* is an object whose own slot 0 has the table: a Map, a Set, a WeakMap, a WeakSet.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

G_BEGIN_DECLS

enum
{
  JS_COLLECTION_SLOT_TABLE,
  JS_N_COLLECTION_SLOTS
};

enum
{
  JS_TABLE_SLOT_ELEMENTS,
  JS_TABLE_SLOT_DELETED,
  JS_TABLE_SLOT_BUCKETS,
  JS_TABLE_FIRST
};

/** Kinds of tables; each once. */
void js_ordered_table_define (JsVm *vm, JsKind kind);
void js_ephemeron_table_define (JsVm *vm);

/** A hash of any value that is the same for the same value, as Map compares. */
guint32 js_value_hash (JsVm *vm, JsValue value);

/** Give @owner a new, empty table of @kind. FALSE: the run is over. */
gboolean js_table_create (JsVm *vm, HpRef owner, JsKind kind);
guint32 js_table_size (JsVm *vm, HpRef owner);
gboolean js_table_has (JsVm *vm, HpRef owner, JsValue key);
/** The value of @key; undefined without. */
JsValue js_table_get (JsVm *vm, HpRef owner, JsValue key);
/** Add or change; @value is not looked at in a set. Both are held by the caller. FALSE: thrown. */
gboolean js_table_put (JsVm *vm, HpRef owner, JsValue key, JsValue value);
/** Whether there was one. */
gboolean js_table_delete (JsVm *vm, HpRef owner, JsValue key);
void js_table_clear (JsVm *vm, HpRef owner);

/**
 * The next entry of @table at or behind *index, which is moved behind it: its key, or the hole at the end. @value,
 * where it is not NULL: the map's. What is returned is not held.
 */
JsValue js_table_next (JsVm *vm, HpRef table, guint32 *index, JsValue *value);
/** The table that iterators of @table should use now, with *index moved to the same place in it. */
HpRef js_table_follow (JsVm *vm, HpRef table, guint32 *index);

/* ---- weak ones --------------------------------------------------------------------------------------------------- */

gboolean js_weak_table_create (JsVm *vm, HpRef owner);
/** The hole where there is none. */
JsValue js_weak_table_get (JsVm *vm, HpRef owner, JsValue key);
/** Key and value are held by the caller. FALSE: the run is over. */
gboolean js_weak_table_put (JsVm *vm, HpRef owner, JsValue key, JsValue value);
gboolean js_weak_table_delete (JsVm *vm, HpRef owner, JsValue key);

G_END_DECLS
