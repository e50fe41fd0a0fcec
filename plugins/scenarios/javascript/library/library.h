/* library.h - the objects of the library: tables of what there is, made when first used
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/bigint.h"
#include "runtime/call.h"
#include "runtime/elements.h"
#include "runtime/error.h"
#include "runtime/number.h"
#include "runtime/promise.h"
#include "runtime/property.h"
#include "runtime/string.h"

G_BEGIN_DECLS

/**
 * JsLibraryClass: a constructor and its prototype
 * @name: of the constructor, which is a property of the global object; NULL: it has none (iterators)
 * @construct: called as function and by new (call->new_target tells)
 * @prototype: which intrinsic the prototype is; @parent: its prototype (JS_INTRINSIC_OBJECT_PROTOTYPE, usually)
 * @parent_class: the constructor's prototype: name of another class, or NULL: Function.prototype
 * @is_hidden: the constructor is no property of the global object
 * @kind: of the prototype object itself: JS_KIND_OBJECT, but Array.prototype is an array
 */
typedef struct
{
  const char *name;
  JsNative construct;
  guint length;
  JsIntrinsic prototype, parent;
  const char *parent_class;
  JsKind kind;
  const JsNativeRow *members; /* of the prototype */
  gsize n_members;
  const JsNativeRow *statics; /* of the constructor */
  gsize n_statics;
  gboolean is_hidden;
} JsLibraryClass;

#define JS_ROWS(rows) rows, G_N_ELEMENTS (rows)

/* What each file of the library provides. */
typedef struct
{
  void (*init) (JsVm *vm);       /* nullable: defines kinds (js_define_kind ()) */
  const JsLibraryClass *classes; /* n_classes */
  gsize n_classes;
  const JsNativeRow *globals; /* properties of the global object: functions, Math (JS_OBJECT) */
  gsize n_globals;
  void (*clear) (JsVm *vm); /* nullable: frees what init made */
} JsLibrary;

/* Each is defined in the file of its name, js_library_NAME, and listed here when it is there. */
#define JS_LIBRARIES(X) \
  X (array)             \
  X (array_buffer)      \
  X (bigint)            \
  X (boolean)           \
  X (buffer)            \
  X (console)           \
  X (data_view)         \
  X (date)              \
  X (dom_exception)     \
  X (error)             \
  X (events)            \
  X (from_sync)         \
  X (function)          \
  X (generator)         \
  X (global)            \
  X (iterator)          \
  X (json)              \
  X (map)               \
  X (math)              \
  X (number)            \
  X (object)            \
  X (process)           \
  X (promise)           \
  X (reflect)           \
  X (regexp)            \
  X (string)            \
  X (structured_clone)  \
  X (symbol)            \
  X (text_encoder)      \
  X (timers)            \
  X (typed_array)       \
  X (weak)

#define JS_DECLARE_LIBRARY(name) extern const JsLibrary js_library_##name;
JS_LIBRARIES (JS_DECLARE_LIBRARY)
#undef JS_DECLARE_LIBRARY

/** Define all kinds; the global object's and intrinsics' properties are made lazily from the tables. */
void js_library_init (JsVm *vm);
void js_library_clear (JsVm *vm);
/** Make an intrinsic object: for js_intrinsic (). */
HpRef js_library_make (JsVm *vm, JsIntrinsic intrinsic);
/** The constructor of a class of the library by name, made where it was not. */
JsValue js_library_constructor (JsVm *vm, const char *name);
/** The function require, for modules that the module @main, which is held, needs. */
JsValue js_library_require (JsVm *vm, JsValue main);
/** require (@module)[@name] */
JsValue js_library_module_member (JsVm *vm, const char *module, const char *name);
/** @value as console.log shows it. (transfer full) */
char *js_inspect_text (JsVm *vm, JsValue value);
/** As reports of what nobody caught show it: deeper, and nothing says itself what it looks like. (transfer full) */
char *js_inspect_uncaught (JsVm *vm, JsValue value);
/** What is wrong with a regular expression, in V8's words, or NULL. (transfer full) */
char *js_regexp_check (JsVm *vm, const char *source, const char *flags);
/** A plain object with the rows: Math, JSON, console. */
JsValue js_library_namespace (JsVm *vm, const JsNativeRow *rows, gsize n);

G_END_DECLS
