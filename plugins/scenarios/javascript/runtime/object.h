/* object.h - where the properties of objects stand: slots in the object, a PropertyArray, a dictionary
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/dictionary.h"
#include "runtime/property.h"

G_BEGIN_DECLS

/* Where an own property was found. */
typedef struct
{
  const JsProperty *property; /* of the class; NULL: an entry of the dictionary */
  gint entry;
  HpRef dictionary;
  JsPropertyKind kind;
  JsAttributes attributes;
} JsPlace;

/** FALSE: there is none. */
gboolean js_find_own (JsVm *vm, HpRef object, const JsClass *class, JsAtom *atom, JsPlace *place);
/** What stands there: the hole where it is LAZY and was not made yet. Not VIRTUAL. */
JsValue js_place_read (JsVm *vm, HpRef object, const JsPlace *place);
void js_place_write (JsVm *vm, HpRef object, const JsPlace *place, JsValue value);
/** The value of @place, an AccessorPair where it is an accessor; made where it is LAZY; of a VIRTUAL one computed. */
JsValue js_place_value (JsVm *vm, HpRef object, const JsPlace *place);
gboolean js_place_is_accessor (const JsPlace *place);

/** Add a property that is not there; @value need not be held. A dictionary where it is one too many. FALSE: the run is
 * over. */
gboolean
js_add_property (JsVm *vm, HpRef object, JsAtom *atom, JsPropertyKind kind, JsValue value, JsAttributes attributes);
/** Change kind or attributes of one that is there, and its value. */
gboolean js_redefine_property (JsVm *vm,
                               HpRef object,
                               const JsPlace *place,
                               JsAtom *atom,
                               JsPropertyKind kind,
                               JsValue value,
                               JsAttributes attributes);
gboolean js_remove_property (JsVm *vm, HpRef object, const JsPlace *place);
/** Make all its properties entries of a dictionary. FALSE: the run is over. */
gboolean js_make_dictionary (JsVm *vm, HpRef object);
/** Give @object another class. */
void js_set_class (JsVm *vm, HpRef object, JsClass *class);
/** Room for the properties of @class outside the object. FALSE: the run is over. */
gboolean js_reserve_properties (JsVm *vm, HpRef object, const JsClass *class);

/** What an inline cache may know of an own property of objects of @class; nothing where that cannot be said. */
/** What a cache may know after the property @name was set or defined, when the object was of class @before. */
void js_learn_set (JsVm *vm, JsCache *cache, const JsClass *before, HpRef object, JsAtom *name);
void js_cache_place (JsCache *cache, const JsClass *class, const JsPlace *place);

G_END_DECLS
