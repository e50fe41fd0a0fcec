#include "runtime/promise.h"
#include "runtime/error.h"
JsValue
js_promise_new (JsVm *vm)
{
  return js_throw_type (vm, "no promises yet");
}
gboolean
js_promise_resolve (JsVm *vm, HpRef promise, JsValue value)
{
  (void) promise;
  (void) value;
  js_promise_new (vm);
  return FALSE;
}
gboolean
js_promise_reject (JsVm *vm, HpRef promise, JsValue value)
{
  return js_promise_resolve (vm, promise, value);
}
gboolean
js_promise_await (JsVm *vm, HpRef promise, JsValue value)
{
  return js_promise_resolve (vm, promise, value);
}
void
js_jobs_run (JsVm *vm)
{
  (void) vm;
}
JsPromiseState
js_promise_state (JsVm *vm, HpRef promise)
{
  (void) vm;
  (void) promise;
  return JS_PROMISE_PENDING;
}
JsValue
js_promise_result (JsVm *vm, HpRef promise)
{
  (void) vm;
  (void) promise;
  return JS_UNDEFINED;
}
