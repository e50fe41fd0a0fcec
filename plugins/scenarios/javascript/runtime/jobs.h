/* jobs.h - what happens later: microtasks, process.nextTick, timers, immediates, and the simulated clock
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/promise.h"

G_BEGIN_DECLS

typedef enum
{
  JS_JOB_CALL,     /* function, argument, -: js_enqueue_microtask () */
  JS_JOB_REACTION, /* reaction, argument, true: fulfilled */
  JS_JOB_THENABLE, /* promise, thenable, its then */
} JsJobKind;

void js_jobs_init (JsVm *vm);
void js_jobs_clear (JsVm *vm);
/** Queue a microtask. The values need not be held. FALSE: the run is over. */
gboolean js_enqueue_job (JsVm *vm, JsJobKind kind, JsValue a, JsValue b, JsValue c);
/** process.nextTick. */
gboolean js_enqueue_tick (JsVm *vm, JsValue function, const JsValue *arguments, guint n);
/** A promise was rejected and nobody handles it yet, or somebody does now. */
void js_jobs_note_rejection (JsVm *vm, HpRef promise);
/** Perform a reaction; see promise.c. */
gboolean js_promise_react (JsVm *vm, HpRef reaction, JsValue argument, gboolean fulfilled);
gboolean js_promise_is_handled (JsVm *vm, HpRef promise);
gboolean js_promise_follow (JsVm *vm, HpRef promise, JsValue thenable, JsValue then);

/** setTimeout, setInterval; @delay in milliseconds. The Timeout object. */
JsValue js_add_timer (JsVm *vm, JsValue function, double delay, gboolean repeats, const JsValue *arguments, guint n);
JsValue js_add_immediate (JsVm *vm, JsValue function, const JsValue *arguments, guint n);
/** A Timeout or Immediate, or the number of one. */
void js_remove_timer (JsVm *vm, JsValue timer);
/** unref () and ref (): whether the program waits for it. */
void js_timer_set_waited (JsVm *vm, HpRef timer, gboolean waited);
gboolean js_timer_is_waited (JsVm *vm, HpRef timer);
gint32 js_timer_id (JsVm *vm, HpRef timer);

/* Every program begins at 2024-01-01T00:00:00Z. */
#define JS_EPOCH_MS 1704067200000.0

/** Milliseconds since the program's start: what it waited, and 20 ns for each operation of the machine. */
double js_clock_ms (JsVm *vm);

/** Its function, as long as it was not cleared; undefined then. */
JsValue js_timer_callback (JsVm *vm, HpRef timer);

/** What process.on ('uncaughtException' …) and others do: FALSE where nobody listens. In the library. @second: of an
 * uncaught exception where it came from, of a rejection the promise, else the hole. */
gboolean js_process_emit (JsVm *vm, const char *event, JsValue argument, JsValue second);
/** The callback of a FinalizationRegistry for an object that died. FALSE: there is none left. In the library. */
gboolean js_finalize_next (JsVm *vm, gboolean *thrown);

G_END_DECLS
