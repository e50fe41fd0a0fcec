/* async_generator.c - the queue of requests to an async generator (ECMA-262, 27.6.3)
 *
 * A request is an array of four: how to resume, the value, the promise of its answer, the next request.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/error.h"
#include "runtime/generator.h"
#include "runtime/number.h"
#include "runtime/promise.h"
#include "runtime/property.h"

enum
{
  REQUEST_MODE,
  REQUEST_VALUE,
  REQUEST_PROMISE,
  REQUEST_NEXT,
  N_REQUEST
};

static HpRef
first_request (JsVm *vm, HpRef generator)
{
  return hp_value_get_ref (js_get_own_slot (vm, generator, JS_ASYNC_SLOT_QUEUE));
}

static JsValue
request_slot (JsVm *vm, HpRef request, guint slot)
{
  return hp_machine_read (vm->machine, request, slot);
}

JsValue
js_async_generator_promise (JsVm *vm, HpRef generator)
{
  HpRef request = first_request (vm, generator);

  return request != HP_REF_NONE ? request_slot (vm, request, REQUEST_PROMISE) : JS_HOLE;
}

/* Answer the oldest request; @value: the hole: vm->exception. */
static gboolean
answer (JsVm *vm, HpRef generator, JsValue value, gboolean done)
{
  HpRef request = first_request (vm, generator);
  HpRef promise = js_hold (vm, request_slot (vm, request, REQUEST_PROMISE)).payload;
  JsValue result;

  js_set_own_slot (vm, generator, JS_ASYNC_SLOT_QUEUE, request_slot (vm, request, REQUEST_NEXT));
  if (js_is_hole (value))
    return js_promise_reject (vm, promise, js_hold (vm, js_catch (vm)));
  result = vm->yielded_result && !done ? value : js_hold (vm, js_iterator_result (vm, value, done));
  return !js_is_hole (result) && js_promise_resolve (vm, promise, result);
}

static gboolean
resume_for (JsVm *vm, HpRef generator, HpRef request)
{
  gboolean done;

  js_generator_resume (vm,
                       generator,
                       (guint) js_as_smi (request_slot (vm, request, REQUEST_MODE)),
                       request_slot (vm, request, REQUEST_VALUE),
                       &done);
  return !vm->is_over;
}

/* Whoever resumes settles and drains in turn: so this is not asked again while one is under way. */
static gboolean
drain (JsVm *vm, HpRef generator)
{
  JsGeneratorState state = js_generator_state (vm, generator);
  HpRef request = first_request (vm, generator);

  if (request == HP_REF_NONE || state == JS_GENERATOR_RUNNING || state == JS_GENERATOR_AT_AWAIT)
    return TRUE;
  return resume_for (vm, generator, request);
}

gboolean
js_async_generator_settle (JsVm *vm, HpRef generator, JsValue value)
{
  gboolean done = js_generator_state (vm, generator) == JS_GENERATOR_COMPLETED;

  return (first_request (vm, generator) == HP_REF_NONE || answer (vm, generator, value, done)) && drain (vm, generator);
}

static void
append (JsVm *vm, HpRef generator, HpRef request)
{
  HpRef at = first_request (vm, generator), next;

  if (at == HP_REF_NONE)
    {
      js_set_own_slot (vm, generator, JS_ASYNC_SLOT_QUEUE, js_ref (request));
      return;
    }
  while ((next = hp_value_get_ref (request_slot (vm, at, REQUEST_NEXT))) != HP_REF_NONE)
    at = next;
  hp_machine_write (vm->machine, at, REQUEST_NEXT, js_ref (request));
}

static JsValue
enqueue (JsVm *vm, HpRef generator, guint mode, JsValue value)
{
  JsValue promise = js_hold (vm, js_promise_new (vm));
  HpRef request = js_is_hole (promise) ? HP_REF_NONE : js_new_internal (vm, JS_KIND_INTERNAL, N_REQUEST);

  if (request == HP_REF_NONE)
    return JS_THROWN;
  hp_machine_write (vm->machine, request, REQUEST_MODE, js_smi ((gint32) mode));
  hp_machine_write (vm->machine, request, REQUEST_VALUE, value);
  hp_machine_write (vm->machine, request, REQUEST_PROMISE, promise);
  append (vm, generator, request);
  return drain (vm, generator) ? promise : JS_THROWN;
}

JsValue
js_async_generator_enqueue (JsVm *vm, HpRef generator, guint mode, JsValue value)
{
  JsHandles handles = js_handles_open (vm);
  JsValue promise;

  js_hold (vm, js_ref (generator));
  js_hold (vm, value);
  promise = enqueue (vm, generator, mode, value);
  js_handles_close (vm, handles);
  return promise;
}
