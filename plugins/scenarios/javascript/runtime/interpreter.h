/* interpreter.h - running bytecode
 *
 * js_interpret () runs the newest frame until the frame that C called returns. What is frequent and simple it does
 * itself; for the rest there is one function for each bytecode, in the files run_*.c.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/call.h"

G_BEGIN_DECLS

/* What the interpreter works with, and hands to the functions of bytecodes. */
typedef struct
{
  JsVm *vm;
  HpMachine *machine;
  JsFrame *frame; /* the newest; its pc is at the instruction */
  JsCode *code;
  JsValue *registers;
  guint64 *locals;   /* the same on the machine: runtime/quick.h */
  const guint32 *pc; /* of the next instruction */
  JsValue a;         /* the accumulator */
  gboolean is_done;  /* the frame that C called has ended: a is its result */
} JsRun;

/** @op: the instruction's words. FALSE: thrown, or run->is_done. */
typedef gboolean (*JsHandlerFunction) (JsRun *run, const guint32 *op);

#define JS_OPERAND_A(op) ((op)[0] >> 8)
#define JS_OPERAND_A_SMI(op) ((gint32) (op)[0] >> 8)
#define JS_OPERAND_B(op) ((op)[1])
#define JS_OPERAND_C(op) ((op)[2])

#define JS_DECLARE_HANDLER(name, operands) gboolean js_run_##name (JsRun *run, const guint32 *op);
JS_BYTECODES (JS_DECLARE_HANDLER)
#undef JS_DECLARE_HANDLER

static inline void
js_set_register (JsRun *run, guint32 i, JsValue value)
{
  run->registers[i] = value;
  hp_machine_set_local (run->machine, i, value);
}

/* runtime/run_create.c: an anonymous function or class gets the name of what it is assigned to. FALSE: thrown. */
gboolean js_name_function (JsVm *vm, JsValue function, JsKey key, const char *prefix);

/** A := value; FALSE where it is the hole, thrown. */
static inline gboolean
js_run_result (JsRun *run, JsValue value)
{
  run->a = value;
  return !js_is_hole (value);
}

static inline JsKey
js_constant_key (const JsRun *run, guint32 k)
{
  JsAtom *atom = run->code->constants[k].atom;

  return run->code->constants[k].value == 0 ? js_key_atom (atom) : js_key (atom);
}

/** Words of an instruction by its bytecode: the first holds that and the first operand. */
extern guint8 js_instruction_lengths[JS_N_BYTECODES];

void js_interpreter_init (JsVm *vm);

/** Call a closure from C: its result, or JS_THROWN. */
JsValue js_run_closure (JsVm *vm, const JsCall *call, gboolean is_construct);
/** Call a function of C. */
JsValue js_run_native (JsVm *vm, const JsNativeRow *row, const JsCall *call);
/** @start: what the accumulator begins with. A pending exception is thrown where the frame is. */
JsValue js_interpret (JsVm *vm, JsValue start);

/** Push a frame for a closure of JavaScript, which runs @code. FALSE: thrown. */
gboolean js_push_frame (JsVm *vm, JsCode *code, const JsCall *call, gboolean is_entry, gboolean is_construct);
/** Let the interpreter go on with the newest frame. @is_resumed: behind the instruction it is at. */
void js_run_load (JsRun *run, gboolean is_resumed);
/** The newest frame ends with run->a. FALSE: js_interpret () ends. */
gboolean js_run_leave (JsRun *run);
/** Call or construct from bytecode; the result is in A, perhaps only when a new frame returns. */
/** The operation is an expression that somebody who watches may step to: a call, a literal. */
void js_run_tell_expression (JsRun *run);
gboolean js_run_call (JsRun *run, JsValue callee, JsValue receiver, const JsValue *arguments, guint n);
gboolean js_run_construct (JsRun *run, JsValue callee, const JsValue *arguments, guint n, JsValue new_target);

/** The machine's function for a native one's frames. */
guint32 js_native_frame_function (JsVm *vm, const JsNativeRow *row);
/** Before a code's first call: what the runtime keeps with it. */
void js_prepare_code (JsVm *vm, JsCode *code);
/** The machine's function of the frames that `new` makes. */
guint32 js_constructor_frame (JsVm *vm, JsCode *code);

/** Async functions: resolve or reject the promise of the newest frame with run->a, or vm->exception. A is the promise,
 * where the frame was called and not resumed. */
gboolean js_async_return (JsRun *run);
gboolean js_async_throw (JsRun *run);
/** Whether the frame is of an async function or async generator that has its generator object. */
gboolean js_is_async_frame (const JsRun *run);

G_END_DECLS
