/* promise.h - what the interpreter and others need of promises and jobs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/call.h"

G_BEGIN_DECLS

typedef enum
{
  JS_PROMISE_PENDING,
  JS_PROMISE_FULFILLED,
  JS_PROMISE_REJECTED,
} JsPromiseState;

/** A pending promise of 48 bytes. */
JsValue js_promise_new (JsVm *vm);
JsPromiseState js_promise_state (JsVm *vm, HpRef promise);
/** What it was fulfilled or rejected with. */
JsValue js_promise_result (JsVm *vm, HpRef promise);
/** The resolve function's work: thenables are followed. FALSE: the run is over. */
gboolean js_promise_resolve (JsVm *vm, HpRef promise, JsValue value);
gboolean js_promise_reject (JsVm *vm, HpRef promise, JsValue reason);
/** PromiseResolve (%Promise%, value). */
JsValue js_promise_for (JsVm *vm, JsValue value);
/**
 * Await: when @value (made a promise) is settled, a microtask resumes @generator, a suspended async function or async
 * generator, with its result by js_generator_resume (). FALSE: thrown.
 */
gboolean js_promise_await (JsVm *vm, HpRef generator, JsValue value);
/** Queue a job that calls @function with undefined and one argument. */
gboolean js_enqueue_microtask (JsVm *vm, JsValue function, JsValue argument);

/** Run what is queued until nothing is: nextTicks and microtasks after each macrotask, timers, immediates. */
void js_jobs_run (JsVm *vm);

G_END_DECLS
