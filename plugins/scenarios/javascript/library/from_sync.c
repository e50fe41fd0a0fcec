/* from_sync.c - synchronous iterators as asynchronous ones, for for-await (ECMA-262, 27.1.4)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"
#include "runtime/promise_reaction.h"

enum
{
  SLOT_ITERATOR,
  SLOT_NEXT,
  N_SLOTS
};

static JsValue
wrap (JsVm *vm, const JsCall *call, gboolean done)
{
  return js_iterator_result (vm, js_argument (call, 0), done);
}

static JsValue
wrap_value (JsVm *vm, const JsCall *call)
{
  return wrap (vm, call, FALSE);
}

static JsValue
wrap_last (JsVm *vm, const JsCall *call)
{
  return wrap (vm, call, TRUE);
}

/* The promise of a result whose value was waited for. FALSE: thrown. */
static gboolean
settle (JsVm *vm, HpRef promise, JsValue result)
{
  static const JsNativeRow WRAP = JS_METHOD ("", wrap_value, 1), LAST = JS_METHOD ("", wrap_last, 1);
  JsValue done, value, function;

  if (js_is_hole (result))
    return FALSE;
  if (!js_is_object (vm, result))
    {
      js_throw_type (vm, "Iterator result is not an object");
      return FALSE;
    }
  done = js_get_named (vm, result, JS_NAME (vm, DONE));
  value = js_is_hole (done) ? done : js_hold (vm, js_get_named (vm, result, JS_NAME (vm, VALUE)));
  value = js_is_hole (value) ? value : js_hold (vm, js_promise_for (vm, value));
  if (js_is_hole (value))
    return FALSE;
  function = js_hold (vm, js_new_native_with (vm, js_to_boolean (vm, done) ? &LAST : &WRAP, JS_UNDEFINED));
  return !js_is_hole (function) && js_promise_then (vm, value.payload, function, JS_UNDEFINED, js_ref (promise));
}

static JsValue
answer (JsVm *vm, JsValue promise, JsValue result)
{
  if (!settle (vm, promise.payload, js_hold (vm, result))
      && (vm->is_over || !js_promise_reject (vm, promise.payload, js_hold (vm, js_catch (vm)))))
    return JS_THROWN;
  return promise;
}

static JsValue
next (JsVm *vm, const JsCall *call)
{
  HpRef wrapper = call->receiver.payload;
  JsValue promise = js_hold (vm, js_promise_new (vm));

  if (js_is_hole (promise))
    return promise;
  return answer (vm,
                 promise,
                 js_call (vm,
                          js_get_own_slot (vm, wrapper, SLOT_NEXT),
                          js_get_own_slot (vm, wrapper, SLOT_ITERATOR),
                          call->arguments,
                          MIN (call->n, 1)));
}

static JsValue
finish (JsVm *vm, const JsCall *call)
{
  JsValue iterator = js_get_own_slot (vm, call->receiver.payload, SLOT_ITERATOR);
  JsValue promise = js_hold (vm, js_promise_new (vm)), method;

  if (js_is_hole (promise))
    return promise;
  js_hold (vm, iterator);
  method = js_get_method (vm, iterator, js_key_atom (JS_NAME (vm, RETURN)));
  if (js_is_undefined (method))
    return answer (vm, promise, js_iterator_result (vm, js_argument (call, 0), TRUE));
  return answer (
      vm, promise, js_is_hole (method) ? method : js_call (vm, method, iterator, call->arguments, MIN (call->n, 1)));
}

static void
init (JsVm *vm)
{
  static const char *const NAMES[] = { "iterator", "next" };

  js_define_kind (vm,
                  &(JsClassTemplate){ .kind = JS_KIND_FROM_SYNC_ITERATOR,
                                      .n_own = N_SLOTS,
                                      .own_names = NAMES,
                                      .intrinsic_prototype = JS_INTRINSIC_FROM_SYNC_ITERATOR_PROTOTYPE + 1 });
}

static const JsNativeRow MEMBERS[] = {
  JS_METHOD ("next", next, 1),
  JS_METHOD ("return", finish, 1),
};

static const JsLibraryClass CLASSES[] = {
  { .prototype = JS_INTRINSIC_FROM_SYNC_ITERATOR_PROTOTYPE,
    .parent = JS_INTRINSIC_ASYNC_ITERATOR_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = MEMBERS,
    .n_members = G_N_ELEMENTS (MEMBERS) },
};

const JsLibrary js_library_from_sync = { .init = init, .classes = CLASSES, .n_classes = G_N_ELEMENTS (CLASSES) };
