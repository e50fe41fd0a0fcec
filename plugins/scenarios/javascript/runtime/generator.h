/* generator.h - functions that stop and go on: generators, async functions, async generators
 *
 * Their registers are in a FixedArray while they stand still (V8: JSGeneratorObject, 80 bytes and the register file).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/interpreter.h"

G_BEGIN_DECLS

enum
{
  JS_GENERATOR_SLOT_FUNCTION,
  JS_GENERATOR_SLOT_CONTEXT,
  JS_GENERATOR_SLOT_RECEIVER,
  JS_GENERATOR_SLOT_INPUT,        /* a Smi: JsGeneratorState */
  JS_GENERATOR_SLOT_RESUME_MODE,  /* a Smi: the register that gets how it was resumed, or -1 */
  JS_GENERATOR_SLOT_CONTINUATION, /* a Smi: where to go on in the code */
  JS_GENERATOR_SLOT_REGISTERS,
  JS_N_GENERATOR_SLOTS,
  JS_ASYNC_SLOT_PROMISE = JS_N_GENERATOR_SLOTS, /* of an async function */
  JS_ASYNC_SLOT_QUEUE = JS_N_GENERATOR_SLOTS,   /* of an async generator: its oldest request, or the hole */
};

typedef enum
{
  JS_GENERATOR_AT_START,
  JS_GENERATOR_AT_YIELD,
  JS_GENERATOR_AT_AWAIT,
  JS_GENERATOR_RUNNING,
  JS_GENERATOR_COMPLETED,
} JsGeneratorState;

typedef enum
{
  JS_RESUME_NEXT,
  JS_RESUME_THROW,
  JS_RESUME_RETURN,
} JsResumeMode;

void js_generators_init (JsVm *vm);
JsGeneratorState js_generator_state (JsVm *vm, HpRef generator);
void js_generator_set_state (JsVm *vm, HpRef generator, JsGeneratorState state);
/** A request to an async generator: its promise, or JS_THROWN. */
JsValue js_async_generator_enqueue (JsVm *vm, HpRef generator, guint mode, JsValue value);
/** An async generator stands still or has ended: its requests are answered as far as can be. @value: what it yielded or
 * returned; the hole: vm->exception. */
gboolean js_async_generator_settle (JsVm *vm, HpRef generator, JsValue value);

/** The promise of its oldest request; the hole: there is none. */
JsValue js_async_generator_promise (JsVm *vm, HpRef generator);

G_END_DECLS
