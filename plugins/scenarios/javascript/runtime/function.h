/* function.h - function objects: closures of JavaScript, functions of C, what constructors give to their instances
 *
 * A JSFunction has 56 bytes, 64 with a prototype slot (V8: src/objects/js-function.tq). Slot CODE is a Smi: the id of a
 * JsCode, or below 0 the complement of a native row's number.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/call.h"

G_BEGIN_DECLS

enum
{
  JS_FUNCTION_SLOT_SHARED,
  JS_FUNCTION_SLOT_CONTEXT, /* of a native function: what js_new_native_with () gave it */
  JS_FUNCTION_SLOT_FEEDBACK,
  JS_FUNCTION_SLOT_CODE,
  JS_N_FUNCTION_SLOTS,
  JS_FUNCTION_SLOT_PROTOTYPE = JS_N_FUNCTION_SLOTS, /* the hole until somebody asks; then its initial value */
};

enum
{
  JS_BOUND_SLOT_TARGET,
  JS_BOUND_SLOT_THIS,
  JS_BOUND_SLOT_ARGUMENTS, /* a FixedArray, or the hole */
  JS_N_BOUND_SLOTS
};

/* What the instances of a constructor look like: V8's initial map with its slack tracking. */
typedef struct
{
  JsClass *initial;
  guint n_expected; /* in-object slots that the source suggests */
  guint n_used;     /* the most properties that an instance had while it was looked at */
  GArray *tracked;  /* refs of the instances made so far; NULL: tracking has ended */
} JsConstructor;

typedef enum
{
  JS_FUNCTION_SLOPPY,
  JS_FUNCTION_STRICT,
  JS_FUNCTION_METHOD, /* and arrow */
  JS_FUNCTION_CLASS,
  JS_FUNCTION_ASYNC,
  JS_FUNCTION_GENERATOR,
  JS_FUNCTION_ASYNC_GENERATOR,
  JS_FUNCTION_NATIVE,
  JS_FUNCTION_NATIVE_CONSTRUCTOR,
  JS_N_FUNCTION_KINDS
} JsFunctionKind;

typedef struct _JsFunctions
{
  JsClass *classes[JS_N_FUNCTION_KINDS];
  JsClass *mapped_arguments;  /* of arguments that share the parameters */
  JsClass *bound_constructor; /* of bound functions whose target is a constructor */
  JsAtom *fields;             /* the private name under which a class keeps the function that sets up its instances */
  GPtrArray *natives;         /* of JsNativeRow, borrowed */
  GPtrArray *rows;            /* of JsNativeRow, owned: those that are in no table */
  GHashTable *native_ids;     /* row -> its place + 1 */
  GHashTable *native_frames;  /* row -> the machine's function */
  GHashTable *constructors;   /* ref -> JsConstructor */
} JsFunctions;

void js_functions_init (JsVm *vm);
void js_functions_clear (JsVm *vm);

/** A closure of @code in @context. Its home object and fields come later. HP_REF_NONE: the run is over. */
HpRef js_new_closure (JsVm *vm, JsCode *code, JsValue context);
/** The code of a closure; NULL of other functions. */
JsCode *js_function_code (JsVm *vm, HpRef function);
/** The row of a native function, or NULL. */
const JsNativeRow *js_function_native (JsVm *vm, HpRef function);
/** Slots of a closure that are read at each call: no more than that. */
static inline JsValue
js_function_slot (JsVm *vm, HpRef function, guint slot)
{
  return hp_direct_read_slot (vm->machine, function, JS_N_OBJECT_SLOTS + slot);
}

/** The class of what `new` makes, whose prototype is new_target.prototype. NULL: thrown. */
JsClass *js_instance_class (JsVm *vm, HpRef new_target, JsKind kind);
/** An instance for a constructor of JavaScript. */
JsValue js_new_instance (JsVm *vm, HpRef new_target);

/** Whether a row is a getter or setter. */
gboolean js_native_row_is_accessor (const JsNativeRow *row);
/** What a property of the library is: made now. @object: which it is on. */
JsValue js_native_row_value (JsVm *vm, HpRef object, const JsNativeRow *row);
/** A row that was made at run time lives as long as the virtual machine. (transfer full) */
void js_keep_row (JsVm *vm, JsNativeRow *row);
/** The atom of a row's name. */
JsAtom *js_native_row_atom (JsVm *vm, const char *name);

/** A new object of JS_KIND_FUNCTION, Function.prototype, has code: @row. */
void js_become_native (JsVm *vm, HpRef function, const JsNativeRow *row);
/** A constructor of the library, in old space; its prototype slot is @prototype. */
JsValue js_new_native_constructor (JsVm *vm, const JsNativeRow *row, JsValue prototype);
/** A bound function; name and length are the caller's to define. */
JsValue js_new_bound_function (JsVm *vm, JsValue target, JsValue receiver, const JsValue *arguments, guint n);

/** The name as errors and pictures show it; "" where it has none. (transfer full) */
char *js_function_name (JsVm *vm, HpRef function);

G_END_DECLS
