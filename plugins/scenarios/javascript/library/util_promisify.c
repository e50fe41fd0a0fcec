/* util_promisify.c - util.promisify, and the promises of timers/promises (Node: lib/internal/util.js,
 * lib/timers/promises.js)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/node_error.h"
#include "library/util.h"
#include "runtime/function.h"

/* ---- callbacks --------------------------------------------------------------------------------------------------- */

/* The callback that settles a promisified call: (error, value). */
static JsValue
promisified_done (JsVm *vm, const JsCall *call)
{
  HpRef promise = js_native_data (vm, call).payload;
  gboolean failed = js_to_boolean (vm, js_argument (call, 0));

  if (failed ? !js_promise_reject (vm, promise, call->arguments[0])
             : !js_promise_resolve (vm, promise, js_argument (call, 1)))
    return JS_THROWN;
  return JS_UNDEFINED;
}

/* What is thrown at once rejects the promise, too. */
static JsValue
reject_with_exception (JsVm *vm, JsValue promise)
{
  JsValue exception;

  if (vm->is_over || js_is_hole (vm->exception))
    return JS_THROWN;
  exception = js_hold (vm, js_catch (vm));
  return js_promise_reject (vm, promise.payload, exception) ? promise : JS_THROWN;
}

static JsValue
promisified (JsVm *vm, const JsCall *call)
{
  static const JsNativeRow DONE = JS_METHOD ("", promisified_done, 2);
  g_autofree JsValue *arguments = g_new (JsValue, call->n + 1);
  JsValue promise = js_hold (vm, js_promise_new (vm)), result;

  if (js_is_hole (promise))
    return promise;
  for (guint i = 0; i < call->n; i++)
    arguments[i] = call->arguments[i];
  arguments[call->n] = js_hold (vm, js_new_native_with (vm, &DONE, promise));
  if (js_is_hole (arguments[call->n]))
    return JS_THROWN;
  result = js_call (vm, js_native_data (vm, call), call->receiver, arguments, call->n + 1);
  return js_is_hole (result) ? reject_with_exception (vm, promise) : promise;
}

/* ---- timers ------------------------------------------------------------------------------------------------------ */

/* A timer's callback: its argument is the value. */
static JsValue
timer_done (JsVm *vm, const JsCall *call)
{
  return js_promise_resolve (vm, js_native_data (vm, call).payload, js_argument (call, 0)) ? JS_UNDEFINED : JS_THROWN;
}

/* The global function @name called with (callback, …): @n arguments, of which the first is made here. */
static JsValue
wait_for (JsVm *vm, const char *name, JsValue *arguments, guint n)
{
  static const JsNativeRow DONE = JS_METHOD ("", timer_done, 1);
  JsValue promise = js_hold (vm, js_promise_new (vm)), global = js_intrinsic (vm, JS_INTRINSIC_GLOBAL);

  if (js_is_hole (promise))
    return promise;
  arguments[0] = js_hold (vm, js_new_native_with (vm, &DONE, promise));
  if (js_is_hole (arguments[0]) || js_is_hole (js_invoke (vm, global, js_atom (vm, name, -1), arguments, n)))
    return JS_THROWN;
  return promise;
}

static JsValue
wait_timeout (JsVm *vm, const JsCall *call)
{
  JsValue arguments[] = { JS_UNDEFINED, js_argument (call, 0), js_argument (call, 1) };

  if (js_is_undefined (arguments[1]))
    arguments[1] = js_smi (1);
  return wait_for (vm, "setTimeout", arguments, 3);
}

static JsValue
wait_immediate (JsVm *vm, const JsCall *call)
{
  JsValue arguments[] = { JS_UNDEFINED, js_argument (call, 0) };

  return wait_for (vm, "setImmediate", arguments, 2);
}

static const JsNativeRow TIMER_PROMISES[] = { JS_METHOD ("setTimeout", wait_timeout, 2),
                                              JS_METHOD ("setImmediate", wait_immediate, 1) };

JsValue
js_create_timer_promises (JsVm *vm)
{
  return js_library_namespace (vm, JS_ROWS (TIMER_PROMISES));
}

/* ---- promisify --------------------------------------------------------------------------------------------------- */

/* Symbol.for ("nodejs.util.promisify.custom"); held. */
static JsValue
custom_symbol (JsVm *vm)
{
  JsValue name = js_hold (vm, js_string (vm, "nodejs.util.promisify.custom", -1));

  if (js_is_hole (name))
    return name;
  return js_hold (vm, js_invoke (vm, js_library_constructor (vm, "Symbol"), js_atom (vm, "for", -1), &name, 1));
}

/* Node's timers have promisified forms of their own: undefined where @function is none of them. */
static JsValue
timer_form (JsVm *vm, JsValue function)
{
  const JsNativeRow *row = js_is_kind (vm, function, JS_KIND_FUNCTION) ? js_function_native (vm, function.payload)
                                                                       : NULL;

  for (guint i = 0; row != NULL && i < G_N_ELEMENTS (TIMER_PROMISES); i++)
    if (strcmp (row->name, TIMER_PROMISES[i].name) == 0)
      return js_new_native (vm, &TIMER_PROMISES[i]);
  return JS_UNDEFINED;
}

static gboolean
copy_property (JsVm *vm, JsValue from, JsValue to, JsAtom *name)
{
  JsValue value = js_hold (vm, js_get_named (vm, from, name));

  return !js_is_hole (value) && js_define (vm, to.payload, js_key_atom (name), value, JS_CONFIGURABLE);
}

static JsValue
promisify (JsVm *vm, const JsCall *call)
{
  static const JsNativeRow PROMISIFIED = JS_METHOD ("promisified", promisified, 0);
  JsValue original = js_argument (call, 0), symbol, form, function;

  if (!js_is_callable (vm, original))
    return js_throw_argument_type (vm, "\"original\" argument", "of type function", original);
  symbol = custom_symbol (vm);
  form = js_is_hole (symbol) ? symbol : js_hold (vm, js_get_value (vm, original, symbol));
  if (js_is_hole (form) || js_is_callable (vm, form))
    return form;
  form = js_hold (vm, timer_form (vm, original));
  if (!js_is_undefined (form))
    return form;
  function = js_hold (vm, js_new_native_with (vm, &PROMISIFIED, original));
  return !js_is_hole (function) && copy_property (vm, original, function, JS_NAME (vm, NAME))
                 && copy_property (vm, original, function, JS_NAME (vm, LENGTH))
             ? function
             : JS_THROWN;
}

JsValue
js_create_promisify (JsVm *vm)
{
  static const JsNativeRow PROMISIFY = JS_METHOD ("promisify", promisify, 1);
  JsValue function = js_hold (vm, js_new_native (vm, &PROMISIFY)), symbol;

  symbol = js_is_hole (function) ? function : custom_symbol (vm);
  return !js_is_hole (symbol)
                 && js_define (
                     vm, function.payload, js_key_atom (js_atom (vm, "custom", -1)), symbol, JS_HIDDEN_ATTRIBUTES)
             ? function
             : JS_THROWN;
}
