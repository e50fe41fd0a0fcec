/* call.h - calling JavaScript and native functions
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

G_BEGIN_DECLS

/* What a native function is called with. Receiver, arguments and callee are held by the caller. */
typedef struct
{
  HpRef callee;
  JsValue receiver;
  const JsValue *arguments;
  guint n;
  JsValue new_target; /* undefined: called without new */
} JsCall;

/** Returns its result, which nothing holds yet; %JS_THROWN with vm->exception. */
typedef JsValue (*JsNative) (JsVm *vm, const JsCall *call);

static inline JsValue
js_argument (const JsCall *call, guint i)
{
  return i < call->n ? call->arguments[i] : JS_UNDEFINED;
}

typedef enum
{
  JS_NATIVE_METHOD, /* writable, not enumerable */
  JS_NATIVE_GETTER,
  JS_NATIVE_SETTER,    /* directly after the GETTER of its name */
  JS_NATIVE_NUMBER,    /* not writable: Math.PI */
  JS_NATIVE_STRING,    /* not writable: Symbol.toStringTag */
  JS_NATIVE_TEXT,      /* the same, writable: Error.prototype.name */
  JS_NATIVE_UNDEFINED, /* not writable: undefined, a property of the global object */
  JS_NATIVE_ALIAS,     /* the same function as the row @text: Array.prototype[Symbol.iterator] is values */
  JS_NATIVE_OBJECT,    /* another object of the library: @create makes it at first use */
  JS_NATIVE_GLOBAL,    /* the global object */
  JS_NATIVE_CLASS,     /* the constructor of the library's class @text */
} JsNativeKind;

/**
 * JsNativeRow: one property of an object of the library
 * @name: "slice"; "@@iterator" is a well-known symbol
 */
struct _JsNativeRow
{
  const char *name;
  JsNative function;
  guint8 length; /* the function's property */
  guint8 kind;   /* JsNativeKind */
  double number;
  const char *text;
  JsValue (*create) (JsVm *vm);
};

#define JS_METHOD(name, function, length)                   \
  {                                                         \
    name, function, length, JS_NATIVE_METHOD, 0, NULL, NULL \
  }
#define JS_GETTER(name, function)                      \
  {                                                    \
    name, function, 0, JS_NATIVE_GETTER, 0, NULL, NULL \
  }
#define JS_SETTER(name, function)                      \
  {                                                    \
    name, function, 1, JS_NATIVE_SETTER, 0, NULL, NULL \
  }
#define JS_NUMBER(name, number)                         \
  {                                                     \
    name, NULL, 0, JS_NATIVE_NUMBER, number, NULL, NULL \
  }
#define JS_STRING(name, text)                      \
  {                                                \
    name, NULL, 0, JS_NATIVE_STRING, 0, text, NULL \
  }
/* Text that can be assigned, not enumerable: a prototype's name. */
#define JS_TEXT(name, text)                      \
  {                                              \
    name, NULL, 0, JS_NATIVE_TEXT, 0, text, NULL \
  }
#define JS_ALIAS(name, other)                      \
  {                                                \
    name, NULL, 0, JS_NATIVE_ALIAS, 0, other, NULL \
  }
#define JS_OBJECT(name, create)                      \
  {                                                  \
    name, NULL, 0, JS_NATIVE_OBJECT, 0, NULL, create \
  }

/** Call @callee; it and the arguments need to be held only until the call begins. TypeError where it is no function. */
JsValue js_call (JsVm *vm, JsValue callee, JsValue receiver, const JsValue *arguments, guint n);
/** `new`: @new_target is @constructor itself where the caller has no other. */
JsValue js_construct (JsVm *vm, JsValue constructor, const JsValue *arguments, guint n, JsValue new_target);
/** object[atom] (arguments) */
JsValue js_invoke (JsVm *vm, JsValue object, JsAtom *name, const JsValue *arguments, guint n);
/** The method, or undefined where it is undefined or null; TypeError where it is no function. */
JsValue js_get_method (JsVm *vm, JsValue object, JsKey key);

/** instanceof. FALSE: thrown. */
gboolean js_instance_of (JsVm *vm, JsValue object, JsValue constructor, gboolean *result);
/** The same without asking Symbol.hasInstance. */
gboolean js_has_instance (JsVm *vm, JsValue constructor, JsValue object, gboolean *result);

/** A function of C as a value. In old space where the library makes it; @name as the property `name` has it. */
JsValue js_new_native (JsVm *vm, const JsNativeRow *row);
/** One that carries a value, as resolving functions of promises do: js_native_data () in it. In new space. */
JsValue js_new_native_with (JsVm *vm, const JsNativeRow *row, JsValue data);
JsValue js_native_data (JsVm *vm, const JsCall *call);

/** Resume a generator (mode 0: next, 1: throw, 2: return). The result is what it yields or returns; *done tells;
 * with vm->yielded_result (yield*) it is a result object already. An async generator settles its requests itself:
 * runtime/generator.h. */
JsValue js_generator_resume (JsVm *vm, HpRef generator, guint mode, JsValue value, gboolean *done);

G_END_DECLS
