/* dictionary.h - hash tables of properties (V8: NameDictionary and NumberDictionary, src/objects/dictionary.h)
 *
 * An array of the simulated heap: six words about the table, then key, value and details of each entry. The capacity is
 * a power of two, at least half as much again as there are entries.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

G_BEGIN_DECLS

/* A larger table in the place of an old one is allocated in old space (V8: HashTable::EnsureCapacity,
 * kMinCapacityForPretenure). */
#define JS_LEAST_OLD_CAPACITY 256

/* What an entry says of its property. */
typedef struct
{
  JsPropertyKind kind;
  JsAttributes attributes;
} JsDetails;

/** An empty table for @n entries. HP_REF_NONE: the run is over. */
HpRef js_dictionary_new (JsVm *vm, JsKind kind, guint n);
guint32 js_dictionary_count (JsVm *vm, HpRef dictionary);
/** The entry of @key, or -1. */
gint js_dictionary_find (JsVm *vm, HpRef dictionary, JsKey key);
JsValue js_dictionary_get (JsVm *vm, HpRef dictionary, gint entry);
JsDetails js_dictionary_details (JsVm *vm, HpRef dictionary, gint entry);
void js_dictionary_set (JsVm *vm, HpRef dictionary, gint entry, JsValue value);
void js_dictionary_set_details (JsVm *vm, HpRef dictionary, gint entry, JsDetails details);
/** Add @key, which is not there; @dictionary and @value need not be held. The table, a new one when it grew, or
 * HP_REF_NONE. */
HpRef js_dictionary_add (JsVm *vm, HpRef dictionary, JsKey key, JsValue value, JsDetails details);
/** Every property: none can be configured any more, when @frozen none written either. */
void js_dictionary_restrict (JsVm *vm, HpRef dictionary, gboolean sealed, gboolean frozen);
void js_dictionary_remove (JsVm *vm, HpRef dictionary, gint entry);
/** The keys in order of their addition; of a NumberDictionary in order of index. (transfer full): of JsKey */
GArray *js_dictionary_keys (JsVm *vm, HpRef dictionary);

G_END_DECLS
