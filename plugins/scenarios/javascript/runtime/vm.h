/* vm.h - the virtual machine: a program, its classes and atoms, what it holds on the simulated machine
 *
 * Held objects: the collector knows only what the simulated machine refers to. A C function that needs an object across
 * an allocation, or a call of JavaScript, holds it in a handle:
 *
 *   JsHandles handles = js_handles_open (vm);
 *   js_hold (vm, value);
 *   …
 *   js_handles_close (vm, handles);
 *
 * unless a register of a caller's frame (receiver and arguments of a native function), another living object or the
 * accumulator (the newest object made or read) has it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "compiler/bytecode.h"
#include "machine/direct.h"
#include "runtime/class.h"
#include "syntax/parser.h"

G_BEGIN_DECLS

/* Objects of the library that the runtime knows: identifier, what the picture calls it. Each is made when first asked
 * for. */
#define JS_INTRINSICS(X)                                                     \
  X (OBJECT_PROTOTYPE, "Object.prototype")                                   \
  X (FUNCTION_PROTOTYPE, "Function.prototype")                               \
  X (ARRAY_PROTOTYPE, "Array.prototype")                                     \
  X (STRING_PROTOTYPE, "String.prototype")                                   \
  X (NUMBER_PROTOTYPE, "Number.prototype")                                   \
  X (BOOLEAN_PROTOTYPE, "Boolean.prototype")                                 \
  X (SYMBOL_PROTOTYPE, "Symbol.prototype")                                   \
  X (BIGINT_PROTOTYPE, "BigInt.prototype")                                   \
  X (ERROR_PROTOTYPE, "Error.prototype")                                     \
  X (TYPE_ERROR_PROTOTYPE, "TypeError.prototype")                            \
  X (RANGE_ERROR_PROTOTYPE, "RangeError.prototype")                          \
  X (REFERENCE_ERROR_PROTOTYPE, "ReferenceError.prototype")                  \
  X (SYNTAX_ERROR_PROTOTYPE, "SyntaxError.prototype")                        \
  X (URI_ERROR_PROTOTYPE, "URIError.prototype")                              \
  X (EVAL_ERROR_PROTOTYPE, "EvalError.prototype")                            \
  X (AGGREGATE_ERROR_PROTOTYPE, "AggregateError.prototype")                  \
  X (DOM_EXCEPTION_PROTOTYPE, "DOMException.prototype")                      \
  X (DATE_PROTOTYPE, "Date.prototype")                                       \
  X (REGEXP_PROTOTYPE, "RegExp.prototype")                                   \
  X (PROMISE_PROTOTYPE, "Promise.prototype")                                 \
  X (MAP_PROTOTYPE, "Map.prototype")                                         \
  X (SET_PROTOTYPE, "Set.prototype")                                         \
  X (WEAK_MAP_PROTOTYPE, "WeakMap.prototype")                                \
  X (WEAK_SET_PROTOTYPE, "WeakSet.prototype")                                \
  X (WEAK_REF_PROTOTYPE, "WeakRef.prototype")                                \
  X (FINALIZATION_REGISTRY_PROTOTYPE, "FinalizationRegistry.prototype")      \
  X (ARRAY_BUFFER_PROTOTYPE, "ArrayBuffer.prototype")                        \
  X (TYPED_ARRAY_PROTOTYPE, "TypedArray.prototype")                          \
  X (INT8_ARRAY_PROTOTYPE, "Int8Array.prototype")                            \
  X (UINT8_ARRAY_PROTOTYPE, "Uint8Array.prototype")                          \
  X (UINT8_CLAMPED_ARRAY_PROTOTYPE, "Uint8ClampedArray.prototype")           \
  X (INT16_ARRAY_PROTOTYPE, "Int16Array.prototype")                          \
  X (UINT16_ARRAY_PROTOTYPE, "Uint16Array.prototype")                        \
  X (INT32_ARRAY_PROTOTYPE, "Int32Array.prototype")                          \
  X (UINT32_ARRAY_PROTOTYPE, "Uint32Array.prototype")                        \
  X (FLOAT32_ARRAY_PROTOTYPE, "Float32Array.prototype")                      \
  X (FLOAT64_ARRAY_PROTOTYPE, "Float64Array.prototype")                      \
  X (BIGINT64_ARRAY_PROTOTYPE, "BigInt64Array.prototype")                    \
  X (BIGUINT64_ARRAY_PROTOTYPE, "BigUint64Array.prototype")                  \
  X (BUFFER_PROTOTYPE, "Buffer.prototype")                                   \
  X (DATA_VIEW_PROTOTYPE, "DataView.prototype")                              \
  X (ITERATOR_PROTOTYPE, "Iterator.prototype")                               \
  X (ASYNC_ITERATOR_PROTOTYPE, "AsyncIterator.prototype")                    \
  X (ARRAY_ITERATOR_PROTOTYPE, "Array Iterator.prototype")                   \
  X (STRING_ITERATOR_PROTOTYPE, "String Iterator.prototype")                 \
  X (MAP_ITERATOR_PROTOTYPE, "Map Iterator.prototype")                       \
  X (SET_ITERATOR_PROTOTYPE, "Set Iterator.prototype")                       \
  X (REGEXP_ITERATOR_PROTOTYPE, "RegExp String Iterator.prototype")          \
  X (FROM_SYNC_ITERATOR_PROTOTYPE, "Async-from-Sync Iterator.prototype")     \
  X (GENERATOR_FUNCTION_PROTOTYPE, "GeneratorFunction.prototype")            \
  X (GENERATOR_PROTOTYPE, "Generator.prototype")                             \
  X (ASYNC_GENERATOR_FUNCTION_PROTOTYPE, "AsyncGeneratorFunction.prototype") \
  X (ASYNC_GENERATOR_PROTOTYPE, "AsyncGenerator.prototype")                  \
  X (ASYNC_FUNCTION_PROTOTYPE, "AsyncFunction.prototype")                    \
  X (TEXT_ENCODER_PROTOTYPE, "TextEncoder.prototype")                        \
  X (TEXT_DECODER_PROTOTYPE, "TextDecoder.prototype")                        \
  X (TIMEOUT_PROTOTYPE, "Timeout.prototype")                                 \
  X (IMMEDIATE_PROTOTYPE, "Immediate.prototype")                             \
  X (EVENT_EMITTER_PROTOTYPE, "EventEmitter.prototype")                      \
  X (GLOBAL, "globalThis")

typedef enum
{
#define INTRINSIC_ENUM(name, text) JS_INTRINSIC_##name,
  JS_INTRINSICS (INTRINSIC_ENUM)
#undef INTRINSIC_ENUM
      JS_N_INTRINSICS
} JsIntrinsic;

/* A call of JavaScript that is under way, newest last; native functions have one, too. */
typedef struct
{
  const JsCode *code; /* NULL: a native function */
  const JsNativeRow *native;
  HpRef function;           /* the closure */
  JsValue receiver;         /* of a native one; else register 0 */
  JsValue new_target;       /* undefined: not called by new */
  const JsValue *arguments; /* as given; valid until the first instruction that could call */
  guint n_arguments;
  guint32 base;      /* its registers begin there in vm->registers */
  guint32 pc;        /* of the instruction it is at */
  gboolean on_stack; /* it has a frame on the simulated stack: a native one only when it calls back */
  gboolean is_entry; /* called from C: js_run() returns with it */
  gboolean is_construct;
  gboolean is_resumed; /* a generator or async function that goes on */
} JsFrame;

typedef struct
{
  guint n;
} JsHandles;

/* What the library's next () of an iterator does, without an object for the result: the next value, not held; the hole
 * at the end (*done) or when thrown (not *done). for-of and others take this way while nobody replaced next (). */
typedef JsValue (*JsStep) (JsVm *vm, HpRef iterator, gboolean *done);

/* How the array-indexed properties of an exotic kind are read and written: typed arrays, wrapped strings. */
typedef struct
{
  guint32 (*length) (JsVm *vm, HpRef object);
  JsValue (*get) (JsVm *vm, HpRef object, guint32 index);                 /* below length */
  gboolean (*set) (JsVm *vm, HpRef object, guint32 index, JsValue value); /* NULL: not writable. FALSE: thrown */
  JsAttributes attributes;
} JsIndexed;

typedef struct
{
  char *file;                   /* as error messages and stacks show it: an absolute path */
  const char *const *arguments; /* of process.argv, after the file; NULL-terminated */
  guint64 seed;                 /* of Math.random () */
} JsVmOptions;

/* The label of a string that is longer than its label. */
typedef struct
{
  HpRef string;
  char *text;
} JsLabel;

#define JS_N_LABELS 64

#define JS_THROWN_BY_RUNTIME G_MAXUINT32

/* Tables for 4, 8, 16, 32 and 64 entries. */
#define JS_N_SMALL_TABLES 5

struct _JsVm
{
  HpMachine *machine;
  JsVmOptions options;
  const JsSource *source;
  JsProgram *program;
  JsCompiled *compiled;
  guint32 source_id; /* the machine's */
  JsAtoms atoms;
  GPtrArray *classes;                   /* JsClass by shape id; 0: nothing */
  JsClass *kinds[JS_N_KINDS];           /* the root class of objects of a kind that have one */
  const JsIndexed *indexed[JS_N_KINDS]; /* of kinds whose array-indexed properties are elsewhere than in elements */
  JsStep step[JS_N_KINDS];              /* of iterators of the library: see JsStep */
  JsClass *iterator_result;             /* { value, done } */
  struct _JsFunctions *functions;       /* runtime/function.h */
  guint prototype_epoch;  /* grows when a property of a prototype changes: inline caches of inherited ones go stale */
  GHashTable *prototypes; /* refs of objects that are prototypes */

  JsValue *registers; /* of all frames, as the machine's locals: a copy, so that reading costs nothing */
  guint32 n_registers_used;
  guint32 most_registers;            /* more than the machine's stack has words */
  GArray *frames;                    /* of JsFrame */
  gsize c_stack_base, c_stack_limit; /* of the thread that runs: js_vm_enter () */

  HpRef reaction;        /* to a promise, that the microtask under way performs; or none */
  guint32 thrown_at;     /* offset in the source of the last throw */
  JsValue exception;     /* pending where a function returned JS_THROWN; held */
  HpRef modules;         /* what require () gives, once somebody asked; kept */
  HpRef process;         /* the object process, once somebody used it; kept */
  gboolean is_explained; /* what a comment said holds */
  gboolean is_exiting, has_exit_code;
  gboolean is_failing;     /* what nobody caught was reported */
  gboolean yielded_result; /* what a generator gave last is a result object already (yield*) */
  gboolean is_over;        /* the run ended (out of memory, cancelled, process.exit ()): unwind, catch nothing */
  int exit_code;

  GArray *handles; /* of guint32: the machine's roots */
  guint n_handles; /* in use */
  guint32 exception_root, kept_root, microtasks_root, timers_root;
  HpRef kept_table;                            /* the newest table of js_keep () */
  guint n_kept;                                /* used slots of it */
  JsClass *small_tables[2][JS_N_SMALL_TABLES]; /* runtime/table.c: of Maps and of Sets; NULL: not made yet */
  HpRef intrinsics[JS_N_INTRINSICS];           /* 0: not made yet; kept */
  guint64 random_state[2];
  GArray *joining;                            /* of HpRef: arrays that Array.prototype.join is at */
  HpRef inspect_defaults;                     /* util.inspect.defaultOptions, once somebody asked; kept */
  JsLabel long_labels[JS_N_LABELS];           /* runtime/string.c: by ref, the newest */
  gpointer regexps;                           /* library/regexp.c */
  gpointer library;                           /* of the library: what it keeps besides */
  gpointer jobs;                              /* runtime/jobs.h */
  guint32 buffer_pool_root, buffer_pool_used; /* library/buffer.c */
  gpointer console;                           /* console/console.h */
};

JsVm *js_vm_new (HpMachine *machine, const JsVmOptions *options);
void js_vm_free (JsVm *vm);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JsVm, js_vm_free)

/** Compile and run @source with its jobs and timers to the end. What went wrong was told to the machine. */
void js_vm_run (JsVm *vm, const JsSource *source);

/** In a long loop of C: FALSE, with vm->is_over, when the run was cancelled. */
gboolean js_vm_tick (JsVm *vm);
/** Around recursion in C: FALSE with a RangeError pending (Maximum call stack size exceeded). */
gboolean js_vm_enter (JsVm *vm);
void js_vm_leave (JsVm *vm);

/* ---- handles ----------------------------------------------------------------------------------------------------- */

JsHandles js_handles_open (JsVm *vm);
void js_handles_close (JsVm *vm, JsHandles handles);
/** Hold @value until the handles are closed. Returns @value. */
JsValue js_hold (JsVm *vm, JsValue value);
/** Another handle, whose value can be changed: js_handle_set (). */
guint js_handle_new (JsVm *vm, JsValue value);
void js_handle_set (JsVm *vm, guint handle, JsValue value);

/* ---- frames: there is room for all that the stacks of the machine and of C let there be
 * ------------------------------
 */

static inline JsFrame *
js_newest_frame (JsVm *vm)
{
  return &g_array_index (vm->frames, JsFrame, vm->frames->len - 1);
}

/** To be filled in. */
static inline JsFrame *
js_add_frame (JsVm *vm)
{
  return &g_array_index (vm->frames, JsFrame, vm->frames->len++);
}

static inline void
js_drop_frame (JsVm *vm)
{
  vm->frames->len--;
}

/* ---- what an object is ------------------------------------------------------------------------------------------- */

/** Of the object whose words these are: machine/direct.h. */
static inline JsClass *
js_class_of_words (JsVm *vm, const guint64 *object)
{
  return (JsClass *) g_ptr_array_index (vm->classes, hp_direct_shape (object));
}

static inline JsClass *
js_class_of (JsVm *vm, HpRef ref)
{
  return js_class_of_words (vm, hp_direct_object (vm->machine, ref));
}

static inline gboolean
js_is_kind (JsVm *vm, JsValue value, JsKind kind)
{
  return js_is_ref (value) && js_class_of (vm, value.payload)->kind == kind;
}

static inline gboolean
js_is_string (JsVm *vm, JsValue value)
{
  return js_is_ref (value) && js_kind_is_string ((JsKind) js_class_of (vm, value.payload)->kind);
}

static inline gboolean
js_is_symbol (JsVm *vm, JsValue value)
{
  return js_is_kind (vm, value, JS_KIND_SYMBOL);
}

/** What may have properties: not a primitive value. */
static inline gboolean
js_is_object (JsVm *vm, JsValue value)
{
  return js_is_ref (value) && js_kind_is_object ((JsKind) js_class_of (vm, value.payload)->kind);
}

static inline gboolean
js_is_callable (JsVm *vm, JsValue value)
{
  return js_is_ref (value) && js_class_of (vm, value.payload)->is_callable;
}

static inline gboolean
js_is_constructor (JsVm *vm, JsValue value)
{
  return js_is_ref (value) && js_class_of (vm, value.payload)->is_constructor;
}

/* ---- the library's objects ----------------------------------------------------------------------------------------
 */

JsValue js_intrinsic (JsVm *vm, JsIntrinsic intrinsic);
const char *js_intrinsic_name (JsIntrinsic intrinsic);
/** For who makes one: before anything else is allocated. */
void js_set_intrinsic (JsVm *vm, JsIntrinsic intrinsic, HpRef object);

/** An internal object (JS_KIND_FIXED_ARRAY …) of the root class of @kind, its slots holes. Held by nothing yet. */
HpRef js_new_internal (JsVm *vm, JsKind kind, guint32 length);
/** Define what objects of a kind look like, once: vm->kinds[kind]. */
void js_define_kind (JsVm *vm, const JsClassTemplate *template);
/** The same for what has no properties: header words besides the map word, named slots, a tail. */
void js_define_internal_kind (JsVm *vm,
                              JsKind kind,
                              guint header_words,
                              const char *const *slot_names,
                              HpShapeTail tail,
                              HpReferences references);
/** An object of the root class of @kind with its prototype; own slots are holes. */
HpRef js_new_object_of_kind (JsVm *vm, JsKind kind);
/** The same with the prototype that new_target.prototype says, as constructors of the library do. */
HpRef js_new_object_for (JsVm *vm, JsKind kind, JsValue new_target);

/* Slots of a kind's own: the first is 0. */
static inline JsValue
js_get_own_slot (JsVm *vm, HpRef object, guint slot)
{
  return hp_direct_read_slot (vm->machine, object, JS_N_OBJECT_SLOTS + slot);
}
static inline void
js_set_own_slot (JsVm *vm, HpRef object, guint slot, JsValue value)
{
  hp_direct_write_slot (vm->machine, object, JS_N_OBJECT_SLOTS + slot, value);
}

G_END_DECLS
