/* async_stack.c - who waits for the microtask under way: "at async f" (V8: CaptureAsyncStackTrace, isolate.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/function.h"
#include "runtime/generator.h"
#include "runtime/number.h"
#include "runtime/promise_reaction.h"
#include "runtime/stack.h"

static gboolean
is_generator (JsVm *vm, JsValue value)
{
  return js_is_kind (vm, value, JS_KIND_ASYNC_FUNCTION) || js_is_kind (vm, value, JS_KIND_ASYNC_GENERATOR);
}

/* The promise of an async function; of an async generator that of its oldest request. */
static JsValue
promise_of_generator (JsVm *vm, HpRef generator)
{
  if (js_class_of (vm, generator)->kind == JS_KIND_ASYNC_GENERATOR)
    return js_async_generator_promise (vm, generator);
  return js_get_own_slot (vm, generator, JS_ASYNC_SLOT_PROMISE);
}

static void
append_generator (JsVm *vm, HpRef generator, GString *out)
{
  HpRef function = js_get_own_slot (vm, generator, JS_GENERATOR_SLOT_FUNCTION).payload;
  gint32 next = js_as_smi (js_get_own_slot (vm, generator, JS_GENERATOR_SLOT_CONTINUATION));
  JsCallSite site = { .code = js_function_code (vm, function),
                      .function = function,
                      .receiver = js_get_own_slot (vm, generator, JS_GENERATOR_SLOT_RECEIVER),
                      .pc = (guint32) MAX (0, next - 1),
                      .is_async = TRUE };

  js_append_call_site (vm, &site, out);
}

/* Beyond @reaction, the only one to a promise: the promise that it settles; the hole: the end. *limit lines are left.
 */
static JsValue
follow (JsVm *vm, const JsReaction *reaction, guint *limit, GString *out)
{
  const char *combinator;
  guint index;
  JsValue promise = JS_HOLE;

  if (is_generator (vm, reaction->target))
    {
      append_generator (vm, reaction->target.payload, out);
      --*limit;
      return promise_of_generator (vm, reaction->target.payload);
    }
  if (js_promise_is_element (vm, reaction->fulfilled, reaction->rejected, &combinator, &index, &promise))
    {
      if (combinator == NULL)
        return promise;
      g_string_append_printf (out, "%s    at async Promise.%s (index %u)", out->len > 0 ? "\n" : "", combinator, index);
      --*limit;
      return promise;
    }
  promise = js_promise_of_function (vm, reaction->fulfilled);
  return js_is_hole (promise) ? reaction->target : promise;
}

void
js_append_async_frames (JsVm *vm, guint limit, GString *out)
{
  JsReaction reaction;
  JsValue promise;

  if (vm->reaction == HP_REF_NONE)
    return;
  js_reaction_look (vm, vm->reaction, &reaction);
  promise = reaction.target;
  if (is_generator (vm, promise))
    promise = js_generator_state (vm, promise.payload) == JS_GENERATOR_RUNNING
                  ? promise_of_generator (vm, promise.payload)
                  : JS_HOLE;
  while (limit > 0 && js_is_kind (vm, promise, JS_KIND_PROMISE)
         && js_promise_only_reaction (vm, promise.payload, &reaction))
    promise = follow (vm, &reaction, &limit, out);
}
