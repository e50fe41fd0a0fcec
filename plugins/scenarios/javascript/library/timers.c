/* timers.c - setTimeout and its like, queueMicrotask, performance
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/node_error.h"
#include "runtime/jobs.h"
#include "runtime/message.h"

static JsValue
add (JsVm *vm, const JsCall *call, gboolean repeats)
{
  double delay = 1;

  if (call->n > 1 && !js_to_number (vm, call->arguments[1], &delay))
    return JS_THROWN;
  return js_add_timer (vm, js_argument (call, 0), delay, repeats, call->arguments + 2, call->n > 2 ? call->n - 2 : 0);
}

static JsValue
set_timeout (JsVm *vm, const JsCall *call)
{
  return add (vm, call, FALSE);
}

static JsValue
set_interval (JsVm *vm, const JsCall *call)
{
  return add (vm, call, TRUE);
}

static JsValue
set_immediate (JsVm *vm, const JsCall *call)
{
  return js_add_immediate (vm, js_argument (call, 0), call->arguments + 1, call->n > 1 ? call->n - 1 : 0);
}

static JsValue
clear (JsVm *vm, const JsCall *call)
{
  JsValue timer = js_argument (call, 0);

  if (js_is_ref (timer) || js_is_smi (timer))
    js_remove_timer (vm, timer);
  return JS_UNDEFINED;
}

static JsValue
queue_microtask (JsVm *vm, const JsCall *call)
{
  if (!js_is_callable (vm, js_argument (call, 0)))
    return js_throw_argument_type (vm, "\"callback\" argument", "of type function", js_argument (call, 0));
  return js_enqueue_microtask (vm, call->arguments[0], JS_HOLE) ? JS_UNDEFINED : JS_THROWN;
}

static JsValue
performance_now (JsVm *vm, const JsCall *call)
{
  (void) call;
  return js_number (vm, js_clock_ms (vm));
}

static JsValue
timer_unref (JsVm *vm, const JsCall *call)
{
  if (js_is_ref (call->receiver))
    js_timer_set_waited (vm, call->receiver.payload, FALSE);
  return call->receiver;
}

static JsValue
timer_ref (JsVm *vm, const JsCall *call)
{
  if (js_is_ref (call->receiver))
    js_timer_set_waited (vm, call->receiver.payload, TRUE);
  return call->receiver;
}

static JsValue
timer_has_ref (JsVm *vm, const JsCall *call)
{
  return js_boolean (js_is_ref (call->receiver) && js_timer_is_waited (vm, call->receiver.payload));
}

static JsValue
timer_to_primitive (JsVm *vm, const JsCall *call)
{
  if (!js_is_kind (vm, call->receiver, JS_KIND_TIMEOUT) && !js_is_kind (vm, call->receiver, JS_KIND_IMMEDIATE))
    return js_throw_incompatible (vm, "Timeout", call->receiver);
  return js_smi (js_timer_id (vm, call->receiver.payload));
}

static const JsNativeRow TIMER[] = {
  JS_METHOD ("ref", timer_ref, 0),
  JS_METHOD ("unref", timer_unref, 0),
  JS_METHOD ("hasRef", timer_has_ref, 0),
  JS_METHOD ("@@toPrimitive", timer_to_primitive, 0),
};

static JsValue
construct (JsVm *vm, const JsCall *call)
{
  (void) call;
  return js_throw_type (vm, "Illegal constructor");
}

static const JsLibraryClass CLASSES[] = {
  { .name = "Timeout",
    .construct = construct,
    .prototype = JS_INTRINSIC_TIMEOUT_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = TIMER,
    .n_members = G_N_ELEMENTS (TIMER),
    .is_hidden = TRUE },
  { .name = "Immediate",
    .construct = construct,
    .prototype = JS_INTRINSIC_IMMEDIATE_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = TIMER,
    .n_members = 3,
    .is_hidden = TRUE },
};

static const JsNativeRow PERFORMANCE[] = { JS_METHOD ("now", performance_now, 0),
                                           JS_NUMBER ("timeOrigin", JS_EPOCH_MS) };

static JsValue
create_performance (JsVm *vm)
{
  return js_library_namespace (vm, JS_ROWS (PERFORMANCE));
}

static const JsNativeRow GLOBALS[] = {
  JS_METHOD ("setTimeout", set_timeout, 1),
  JS_METHOD ("setInterval", set_interval, 1),
  JS_METHOD ("setImmediate", set_immediate, 1),
  JS_METHOD ("clearTimeout", clear, 1),
  JS_METHOD ("clearInterval", clear, 1),
  JS_METHOD ("clearImmediate", clear, 1),
  JS_METHOD ("queueMicrotask", queue_microtask, 1),
  JS_OBJECT ("performance", create_performance),
};

const JsLibrary js_library_timers = {
  .classes = CLASSES, .n_classes = G_N_ELEMENTS (CLASSES), .globals = GLOBALS, .n_globals = G_N_ELEMENTS (GLOBALS)
};
