/* elements.h - arrays, and the array-indexed properties of all objects
 *
 * A JSArray has 32 bytes: map, properties, elements, length. Its elements store grows to n + n/2 + 16 (V8:
 * JSObject::NewElementsCapacity); Smis and objects are in a FixedArray, other numbers in a FixedDoubleArray without
 * boxes; what is sparse, in a NumberDictionary.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/property.h"

G_BEGIN_DECLS

enum
{
  JS_ARRAY_SLOT_LENGTH, /* a Smi, or a HeapNumber */
  JS_N_ARRAY_SLOTS
};

/** An empty array with room for @capacity elements. */
HpRef js_new_array (JsVm *vm, guint32 capacity);
/** An array of @n values; they need not be held. */
HpRef js_new_array_of (JsVm *vm, const JsValue *values, guint32 n);
/** new Array (length): holes. FALSE length above 32 Mi elements: dictionary. */
HpRef js_new_array_of_length (JsVm *vm, guint32 length);

static inline gboolean
js_is_array (JsVm *vm, JsValue value)
{
  return js_is_kind (vm, value, JS_KIND_ARRAY);
}

void js_arrays_init (JsVm *vm);
guint32 js_array_length (JsVm *vm, HpRef array);
/** Only the number. */
void js_array_write_length (JsVm *vm, HpRef array, guint32 length);
/** Within open handles. FALSE: the run is over. */
gboolean js_elements_make_dictionary (JsVm *vm, HpRef object);
/** FALSE: thrown, or not writable. Shorter: elements go, and the store shrinks as V8's. */
gboolean js_array_set_length (JsVm *vm, HpRef array, guint32 length);
/** Append at the end. @value need not be held. FALSE: thrown. */
gboolean js_array_push (JsVm *vm, HpRef array, JsValue value);
/* An own property whose name is an index. */
typedef struct
{
  JsValue value; /* an AccessorPair where it is_accessor; not held */
  JsAttributes attributes;
  gboolean is_accessor;
} JsElement;

/** FALSE: there is none. */
gboolean js_find_element (JsVm *vm, HpRef object, guint32 index, JsElement *element);
/** With kind and attributes: those that are not the usual ones make the elements a dictionary. FALSE: thrown. */
gboolean js_define_element (JsVm *vm, HpRef object, guint32 index, const JsElement *element);
/** For js_set_integrity (), before the class changes: elements of a dictionary have attributes of their own. */
void js_restrict_elements (JsVm *vm, HpRef object, gboolean sealed, gboolean frozen);
/** The element itself, without prototypes: the hole where there is none. Of an object or array. */
JsValue js_element (JsVm *vm, HpRef object, guint32 index);
/** Put an element as a plain data property; grows. FALSE: thrown. */
gboolean js_set_element (JsVm *vm, HpRef object, guint32 index, JsValue value);
/** Take it away: a hole. */
void js_delete_element (JsVm *vm, HpRef object, guint32 index);
/** Whether @object is an array whose elements can be read from the store without asking prototypes. */
gboolean js_array_is_fast (JsVm *vm, HpRef object);
/** Own indices that have an element, in order, of guint32. (transfer full) */
GArray *js_element_indices (JsVm *vm, HpRef object);

/** The values of an array-like as C array, holes as undefined; held by the open handles. NULL: thrown. (transfer full)
 */
JsValue *js_list_from_array_like (JsVm *vm, JsValue object, guint32 *n);
/** LengthOfArrayLike: -1: thrown. */
gint64 js_length_of (JsVm *vm, JsValue object);
/** Everything @iterable iterates over, as a new array. */
JsValue js_array_from_iterable (JsVm *vm, JsValue iterable);

/* ---- iteration in C ---------------------------------------------------------------------------------------------- */

typedef struct
{
  JsValue iterator, next; /* held by handles that the caller opened */
  gboolean done;
} JsIteration;

JsValue js_throw_not_iterable (JsVm *vm, JsValue value);
/** Begin: holds the iterator in the open handles. FALSE: thrown. */
gboolean js_iterate (JsVm *vm, JsIteration *self, JsValue iterable);
/** The same with the iterator and its next method, once they are known. */
JsValue js_iterator_step (JsVm *vm, JsValue iterator, JsValue next, gboolean *done);
/** The next value, not held; the hole at the end (self->done) or when thrown (not done). */
JsValue js_iterate_next (JsVm *vm, JsIteration *self);
/** Leave early, for what was thrown, which is thrown on. */
void js_iterate_close (JsVm *vm, JsIteration *self);

G_END_DECLS
