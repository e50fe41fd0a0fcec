/* class.h - hidden classes (V8: Map): what an object is, its layout, its properties, its prototype
 *
 * Each hidden class has a shape of the machine, and each object of the heap a shape: so its class is known from its map
 * word. Adding a property to an object moves it along a transition to another class (V8 src/objects/transitions.h), by
 * hp_machine_reshape(). Classes live in C, as long as the virtual machine; V8's are objects of 72 bytes.
 *
 * An object (JS_KIND_OBJECT and later) has these slots:
 *
 *   JS_SLOT_PROPERTIES   a PropertyArray with the properties that found no room in the object; in dictionary mode a
 *                        NameDictionary with all of them; the hole: none
 *   JS_SLOT_ELEMENTS     a FixedArray, FixedDoubleArray or NumberDictionary with the array-indexed properties
 *   … n_own slots of its kind (kind's header file), then n_in_object slots for properties
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/atom.h"

G_BEGIN_DECLS

/* identifier, name of the shape */
#define JS_KINDS(X)                                  \
  X (ONE_BYTE_STRING, "string")                      \
  X (TWO_BYTE_STRING, "two-byte string")             \
  X (CONS_STRING, "cons string")                     \
  X (SLICED_STRING, "sliced string")                 \
  X (HEAP_NUMBER, "number")                          \
  X (BIGINT, "bigint")                               \
  X (SYMBOL, "symbol")                               \
  X (FIXED_ARRAY, "FixedArray")                      \
  X (FIXED_DOUBLE_ARRAY, "FixedDoubleArray")         \
  X (PROPERTY_ARRAY, "PropertyArray")                \
  X (NAME_DICTIONARY, "NameDictionary")              \
  X (NUMBER_DICTIONARY, "NumberDictionary")          \
  X (CONTEXT, "Context")                             \
  X (SHARED_FUNCTION, "SharedFunctionInfo")          \
  X (FEEDBACK_CELL, "FeedbackCell")                  \
  X (ACCESSOR_PAIR, "AccessorPair")                  \
  X (ORDERED_MAP, "OrderedHashMap")                  \
  X (ORDERED_SET, "OrderedHashSet")                  \
  X (EPHEMERON_TABLE, "EphemeronHashTable")          \
  X (WEAK_CELL, "WeakCell")                          \
  X (WEAK_TARGET, "weak target")                     \
  X (REACTION, "PromiseReaction")                    \
  X (BYTE_ARRAY, "ByteArray")                        \
  X (INTERNAL, "internal")                           \
  X (OBJECT, "Object")                               \
  X (GLOBAL, "global")                               \
  X (ARRAY, "Array")                                 \
  X (FUNCTION, "Function")                           \
  X (BOUND_FUNCTION, "BoundFunction")                \
  X (ARGUMENTS, "Arguments")                         \
  X (ERROR, "Error")                                 \
  X (WRAPPER, "PrimitiveWrapper")                    \
  X (DATE, "Date")                                   \
  X (REGEXP, "RegExp")                               \
  X (PROMISE, "Promise")                             \
  X (MAP, "Map")                                     \
  X (SET, "Set")                                     \
  X (WEAK_MAP, "WeakMap")                            \
  X (WEAK_SET, "WeakSet")                            \
  X (WEAK_REF, "WeakRef")                            \
  X (FINALIZATION_REGISTRY, "FinalizationRegistry")  \
  X (ARRAY_BUFFER, "ArrayBuffer")                    \
  X (TYPED_ARRAY, "TypedArray")                      \
  X (DATA_VIEW, "DataView")                          \
  X (GENERATOR, "Generator")                         \
  X (ASYNC_GENERATOR, "AsyncGenerator")              \
  X (ASYNC_FUNCTION, "AsyncFunction")                \
  X (ARRAY_ITERATOR, "Array Iterator")               \
  X (STRING_ITERATOR, "String Iterator")             \
  X (MAP_ITERATOR, "Map Iterator")                   \
  X (SET_ITERATOR, "Set Iterator")                   \
  X (REGEXP_ITERATOR, "RegExp String Iterator")      \
  X (FROM_SYNC_ITERATOR, "Async-from-Sync Iterator") \
  X (TIMEOUT, "Timeout")                             \
  X (IMMEDIATE, "Immediate")

typedef enum
{
#define KIND_ENUM(name, text) JS_KIND_##name,
  JS_KINDS (KIND_ENUM)
#undef KIND_ENUM
      JS_N_KINDS
} JsKind;

static inline gboolean
js_kind_is_string (JsKind kind)
{
  return kind <= JS_KIND_SLICED_STRING;
}
/* What typeof calls "object" or "function". */
static inline gboolean
js_kind_is_object (JsKind kind)
{
  return kind >= JS_KIND_OBJECT;
}

enum
{
  JS_SLOT_PROPERTIES,
  JS_SLOT_ELEMENTS,
  JS_N_OBJECT_SLOTS
};

typedef enum
{
  JS_WRITABLE = 1 << 0,
  JS_ENUMERABLE = 1 << 1,
  JS_CONFIGURABLE = 1 << 2,
  JS_ALL_ATTRIBUTES = JS_WRITABLE | JS_ENUMERABLE | JS_CONFIGURABLE,
  JS_HIDDEN_ATTRIBUTES = JS_WRITABLE | JS_CONFIGURABLE, /* as methods have them */
} JsAttributes;

typedef enum
{
  JS_PROPERTY_DATA,
  JS_PROPERTY_ACCESSOR, /* the slot has an AccessorPair */
  JS_PROPERTY_LAZY,     /* no slot: of the library; native makes it at its first use, and then it is one of the above */
  JS_PROPERTY_VIRTUAL,  /* no slot: C functions read and write it, as V8's AccessorInfo: length, name … */
} JsPropertyKind;

typedef JsValue (*JsVirtualGet) (JsVm *vm, HpRef object);
/** FALSE: thrown. */
typedef gboolean (*JsVirtualSet) (JsVm *vm, HpRef object, JsValue value);
typedef struct
{
  JsVirtualGet get;
  JsVirtualSet set; /* NULL: read only whatever the attributes say */
} JsVirtual;

typedef struct _JsNativeRow JsNativeRow;

typedef struct
{
  JsAtom *atom;
  guint8 kind;       /* JsPropertyKind */
  guint8 attributes; /* JsAttributes */
  guint32 index;     /* of its slot among the properties: below n_in_object in the object, then in the PropertyArray */
  union
  {
    const JsNativeRow *native;         /* LAZY */
    const JsVirtual *virtual_property; /* VIRTUAL */
  };
} JsProperty;

typedef enum
{
  JS_ELEMENTS_SMI,        /* FixedArray of Smis and holes */
  JS_ELEMENTS_DOUBLE,     /* FixedDoubleArray */
  JS_ELEMENTS_OBJECT,     /* FixedArray */
  JS_ELEMENTS_DICTIONARY, /* NumberDictionary */
} JsElementsKind;

typedef struct _JsClass JsClass;
struct _JsClass
{
  guint32 shape;   /* of the machine, and its place in vm->classes */
  guint8 kind;     /* JsKind */
  guint8 elements; /* JsElementsKind */
  gboolean is_dictionary : 1;
  gboolean is_callable : 1;
  gboolean is_constructor : 1;
  gboolean is_class_constructor : 1;
  gboolean not_extensible : 1;
  gboolean is_frozen : 1, is_sealed : 1; /* elements, too */
  gboolean is_prototype : 1;             /* of one object, on which others depend: see js_class_as_prototype () */
  gboolean is_library : 1;               /* its PropertyArrays are in old space, as in V8's start-up snapshot */
  guint16 n_own;                         /* slots of its kind, behind properties and elements */
  guint16 n_in_object;                   /* slots for properties */
  guint16 n_slots;                       /* properties that have a slot, here or in the PropertyArray */
  guint16 n_properties;
  guint intrinsic_prototype; /* JsIntrinsic + 1: that one; 0: @prototype */
  JsValue prototype;         /* null or an object, held by a root */
  JsProperty *properties;    /* n_properties, in order of definition */
  GHashTable *by_atom;       /* JsAtom -> index + 1; made when there are many */
  JsClass *parent;           /* before the last property was added */
  GHashTable *transitions;
  const char *name;             /* of its constructor, as the picture shows it */
  const char *const *own_names; /* static: of the kind's own slots */
};

/** The property @atom of @self, or NULL. */
const JsProperty *js_class_find (const JsClass *self, const JsAtom *atom);

/** What an object without properties of a kind looks like: intrinsic_prototype, slots of the kind … */
typedef struct
{
  JsKind kind;
  const char *name;             /* of the shape; NULL: the kind's */
  guint n_own;                  /* slots of the kind */
  const char *const *own_names; /* n_own of them */
  guint n_in_object;
  JsElementsKind elements;
  JsValue prototype;         /* where intrinsic_prototype is 0 */
  guint intrinsic_prototype; /* JsIntrinsic + 1 */
  gboolean is_callable, is_constructor;
} JsClassTemplate;

/** A new root of transitions. */
JsClass *js_class_new (JsVm *vm, const JsClassTemplate *template);
/** Of what has no properties: header words besides the map word and a tail's length, NULL-terminated names of slots (or
 * NULL), a tail. */
JsClass *js_class_new_internal (JsVm *vm,
                                JsKind kind,
                                const char *name,
                                guint header_words,
                                const char *const *slot_names,
                                HpShapeTail tail,
                                HpReferences references);
/** The class of objects of @self that also have @property (its index is chosen here), or NULL: dictionary mode is due.
 */
JsClass *js_class_add (JsVm *vm, JsClass *self, const JsProperty *property);
/** Other changes, each cached as a transition. */
JsClass *js_class_with_prototype (JsVm *vm, JsClass *self, JsValue prototype);
JsClass *js_class_with_elements (JsVm *vm, JsClass *self, JsElementsKind elements);
JsClass *js_class_with_integrity (JsVm *vm, JsClass *self, gboolean sealed, gboolean frozen);
JsClass *js_class_as_dictionary (JsVm *vm, JsClass *self);
/** @property, already there, becomes another kind or gets other attributes; one that was VIRTUAL gets a slot. */
JsClass *js_class_redefine (JsVm *vm, JsClass *self, const JsProperty *property);
/** The same with another number of in-object slots (slack tracking). Only without properties. */
JsClass *js_class_with_slack (JsVm *vm, JsClass *self, guint n_in_object);

/**
 * A class of its own for an object that becomes a prototype (V8: JSObject::OptimizeAsPrototype). When an object of such
 * a class gets another, vm->prototype_epoch grows: what inline caches know of inherited properties is not true any
 * more.
 */
JsClass *js_class_as_prototype (JsVm *vm, JsClass *self);
/** @self without its last property: its parent, where it has one. */
JsClass *js_class_without_last (JsVm *vm, JsClass *self);
/** @self without @property, which is VIRTUAL. */
JsClass *js_class_without_virtual (JsVm *vm, JsClass *self, const JsProperty *property);
/** All @n properties at once, without classes in between: for the library. */
JsClass *js_class_add_all (JsVm *vm, JsClass *self, const JsProperty *properties, guint n);
void js_class_free (JsClass *self);

/** Its prototype: null or an object; makes an intrinsic one. */
JsValue js_class_prototype (JsVm *vm, JsClass *self);

G_END_DECLS
