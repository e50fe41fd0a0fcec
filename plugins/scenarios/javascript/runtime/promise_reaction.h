/* promise_reaction.h - what Promise's own methods need of promises
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/promise.h"

G_BEGIN_DECLS

void js_promises_init (JsVm *vm);
/** A new object of JS_KIND_PROMISE becomes pending. */
void js_promise_prepare (JsVm *vm, HpRef promise);
/** Its resolve and reject, of which only the first call counts; held by the open handles. FALSE: the run is over. */
gboolean js_promise_functions (JsVm *vm, HpRef promise, JsValue functions[2]);
/** When @promise is settled, a microtask calls the handler that is a function, and settles @target with what it comes
 * to: a promise, a capability, undefined, or an async function or generator that goes on. FALSE: the run is over. */
gboolean js_promise_then (JsVm *vm, HpRef promise, JsValue fulfilled, JsValue rejected, JsValue target);
/** What settles *promise, a new one of @constructor: both held by the open handles. */
JsValue js_promise_capability (JsVm *vm, JsValue constructor, JsValue *promise);
/** FALSE: thrown. @value: the hole: the pending exception rejects it. */
gboolean js_capability_settle (JsVm *vm, JsValue capability, JsValue value, gboolean rejects);

/* ---- for stacks -------------------------------------------------------------------------------------------------- */

typedef struct
{
  JsValue fulfilled, rejected, target; /* target: of a capability its promise */
} JsReaction;

void js_reaction_look (JsVm *vm, HpRef reaction, JsReaction *look);
/** The reaction of a pending promise that has just one. FALSE: it has none, or several. */
gboolean js_promise_only_reaction (JsVm *vm, HpRef promise, JsReaction *look);
/** The promise that a resolve function settles; the hole: it is none. */
JsValue js_promise_of_function (JsVm *vm, JsValue function);
/** Whether the functions are those of an element of Promise.all () and its like: which, and what promise they settle.
 * *combinator: NULL: race (), whose elements V8 does not count. In the library. */
gboolean js_promise_is_element (
    JsVm *vm, JsValue fulfilled, JsValue rejected, const char **combinator, guint *index, JsValue *promise);

G_END_DECLS
