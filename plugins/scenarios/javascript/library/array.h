/* array.h - what the files of Array share
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "library/library.h"

G_BEGIN_DECLS

/* Methods of Array.prototype: identifier, name, length */
#define JS_ARRAY_ITERATION(X)             \
  X (for_each, "forEach", 1)              \
  X (map, "map", 1)                       \
  X (filter, "filter", 1)                 \
  X (some, "some", 1)                     \
  X (every, "every", 1)                   \
  X (find, "find", 1)                     \
  X (find_index, "findIndex", 1)          \
  X (find_last, "findLast", 1)            \
  X (find_last_index, "findLastIndex", 1) \
  X (reduce, "reduce", 1)                 \
  X (reduce_right, "reduceRight", 1)      \
  X (flat, "flat", 0)                     \
  X (flat_map, "flatMap", 1)

#define JS_ARRAY_CHANGES(X)        \
  X (push, "push", 1)              \
  X (pop, "pop", 0)                \
  X (shift, "shift", 0)            \
  X (unshift, "unshift", 1)        \
  X (splice, "splice", 2)          \
  X (reverse, "reverse", 0)        \
  X (fill, "fill", 1)              \
  X (copy_within, "copyWithin", 2) \
  X (sort, "sort", 1)

#define JS_ARRAY_COPIES(X)            \
  X (slice, "slice", 2)               \
  X (concat, "concat", 1)             \
  X (with, "with", 2)                 \
  X (to_reversed, "toReversed", 0)    \
  X (to_sorted, "toSorted", 1)        \
  X (to_spliced, "toSpliced", 2)      \
  X (at, "at", 1)                     \
  X (includes, "includes", 1)         \
  X (index_of, "indexOf", 1)          \
  X (last_index_of, "lastIndexOf", 1) \
  X (join, "join", 1)                 \
  X (to_string, "toString", 0)        \
  X (to_locale_string, "toLocaleString", 0)

#define DECLARE_METHOD(name, text, length) JsValue js_array_method_##name (JsVm *vm, const JsCall *call);
JS_ARRAY_ITERATION (DECLARE_METHOD)
JS_ARRAY_CHANGES (DECLARE_METHOD)
JS_ARRAY_COPIES (DECLARE_METHOD)
#undef DECLARE_METHOD

/** this as an object, held, and its length. FALSE: thrown. */
gboolean js_array_receiver (JsVm *vm, const JsCall *call, JsValue *object, gint64 *length);
/** A new array, held, as map and others make it: species of the receiver asked. */
JsValue js_array_species (JsVm *vm, JsValue original, gint64 length);
/** Put @value, which need not be held, at @index of @array as CreateDataProperty does. FALSE: thrown. */
gboolean js_array_put (JsVm *vm, JsValue array, gint64 index, JsValue value);
/** Whether there is an element at @index, and which, held by nothing. */
JsFound js_array_find (JsVm *vm, JsValue object, gint64 index, JsValue *value);
JsKey js_array_key (JsVm *vm, gint64 index);

G_END_DECLS
