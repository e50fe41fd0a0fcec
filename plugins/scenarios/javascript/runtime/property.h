/* property.h - reading, writing and defining properties, as the language's internal methods have them
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

G_BEGIN_DECLS

/** [[Get]]; of undefined and null: TypeError. Primitives have their prototype's properties. */
JsValue js_get (JsVm *vm, JsValue object, JsKey key);
JsValue js_get_named (JsVm *vm, JsValue object, JsAtom *name);
JsValue js_get_index (JsVm *vm, JsValue object, guint32 index);
/** object[key] with any value as key. */
JsValue js_get_value (JsVm *vm, JsValue object, JsValue key);
/** [[Get]] with another this for getters. */
JsValue js_get_for (JsVm *vm, JsValue object, JsKey key, JsValue receiver);

/** [[Set]]. @strict: TypeError where it cannot be set. FALSE: thrown. */
gboolean js_set (JsVm *vm, JsValue object, JsKey key, JsValue value, gboolean strict);
gboolean js_set_named (JsVm *vm, JsValue object, JsAtom *name, JsValue value);
gboolean js_set_index (JsVm *vm, JsValue object, guint32 index, JsValue value);
gboolean js_set_value (JsVm *vm, JsValue object, JsValue key, JsValue value, gboolean strict);
gboolean js_set_for (JsVm *vm, JsValue object, JsKey key, JsValue value, JsValue receiver, gboolean strict);

/** Define an own data property whatever is there (CreateDataProperty). FALSE: thrown. */
gboolean js_define (JsVm *vm, HpRef object, JsKey key, JsValue value, JsAttributes attributes);
/** @getter, @setter: functions, or undefined; a hole leaves what is there. */
gboolean
js_define_accessor (JsVm *vm, HpRef object, JsKey key, JsValue getter, JsValue setter, JsAttributes attributes);
/** The properties of @rows on an object of the library. */
void js_define_natives (JsVm *vm, HpRef object, const JsNativeRow *rows, gsize n);
/** FALSE: thrown. *deleted: FALSE where it is not configurable. */
gboolean js_delete (JsVm *vm, HpRef object, JsKey key, gboolean *deleted);

/* A property as Object.getOwnPropertyDescriptor () has it. */
typedef struct
{
  gboolean is_accessor;
  JsValue value, getter, setter; /* hole: not said (only where one is asked for) */
  guint8 attributes;             /* JsAttributes */
  guint8 said;                   /* JsAttributes that are said (only where one is asked for) */
} JsDescriptor;

typedef enum
{
  JS_ABSENT,
  JS_PRESENT,
  JS_FAILED, /* thrown */
} JsFound;

/** The own property; its values are not held. */
JsFound js_get_own (JsVm *vm, HpRef object, JsKey key, JsDescriptor *descriptor);
/** [[DefineOwnProperty]] with all its checks. *defined: FALSE where they refuse. FALSE: thrown. */
gboolean js_define_own (JsVm *vm, HpRef object, JsKey key, const JsDescriptor *descriptor, gboolean *defined);
JsFound js_has_own (JsVm *vm, HpRef object, JsKey key);
/** With the prototypes' (the operator in). */
JsFound js_has (JsVm *vm, HpRef object, JsKey key);

typedef enum
{
  JS_KEYS_STRINGS = 1 << 0,
  JS_KEYS_SYMBOLS = 1 << 1,
  JS_KEYS_ENUMERABLE = 1 << 2, /* only these */
} JsKeysWanted;

/** Own keys in the language's order: indices, strings, symbols. (transfer full): of JsKey */
GArray *js_own_keys (JsVm *vm, HpRef object, JsKeysWanted wanted);

/** null or an object. */
JsValue js_get_prototype (JsVm *vm, JsValue object);
/** FALSE: thrown. *set: FALSE where it would be a cycle, or is not extensible. */
gboolean js_set_prototype (JsVm *vm, HpRef object, JsValue prototype, gboolean *set);
gboolean js_is_extensible (JsVm *vm, HpRef object);
/** Make it not extensible; @sealed, @frozen: and its properties not configurable, not writable. FALSE: thrown. */
gboolean js_set_integrity (JsVm *vm, HpRef object, gboolean sealed, gboolean frozen);
gboolean js_test_integrity (JsVm *vm, HpRef object, gboolean frozen);

/* ---- making objects ---------------------------------------------------------------------------------------------- */

/** {}: 56 bytes. */
HpRef js_new_object (JsVm *vm);
/** An object with another prototype: null (a dictionary) or an object. */
HpRef js_new_object_with_prototype (JsVm *vm, JsValue prototype);
/** { value, done }. The value need not be held. */
JsValue js_iterator_result (JsVm *vm, JsValue value, gboolean done);

/** Its constructor's name as inspect shows it: the nearest own `constructor` up the prototypes, without side effects.
 * NULL: none. (transfer full) */
char *js_constructor_name (JsVm *vm, HpRef object);

G_END_DECLS
