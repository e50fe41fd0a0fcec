/* promise.c - promises (ECMA-262, 27.2; V8: src/builtins/promise-*.tq)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/promise.h"
#include "runtime/error.h"
#include "runtime/function.h"
#include "runtime/jobs.h"
#include "runtime/promise_reaction.h"
#include "runtime/property.h"

enum
{
  SLOT_RESULT, /* pending: the newest reaction, or the hole */
  SLOT_FLAGS,  /* state, and HANDLED */
  SLOT_EMBEDDER,
  N_SLOTS
};

#define STATE_MASK 3
#define HANDLED 4

/* The reaction to an await or a then. */
enum
{
  REACTION_NEXT,
  REACTION_FULFILLED,
  REACTION_REJECTED,
  REACTION_TARGET, /* a promise, a generator, a capability, or undefined */
};

/* What a constructor that is not Promise gave: promise, resolve, reject. */
enum
{
  CAPABILITY_PROMISE,
  CAPABILITY_RESOLVE,
  CAPABILITY_REJECT,
  N_CAPABILITY
};

void
js_promises_init (JsVm *vm)
{
  static const char *const NAMES[] = { "result", "state", "embedder" };
  static const char *const REACTION[] = { "next", "fulfilled", "rejected", "target", NULL };

  js_define_kind (vm,
                  &(JsClassTemplate){ .kind = JS_KIND_PROMISE,
                                      .n_own = N_SLOTS,
                                      .own_names = NAMES,
                                      .intrinsic_prototype = JS_INTRINSIC_PROMISE_PROTOTYPE + 1 });
  js_define_internal_kind (vm, JS_KIND_REACTION, 0, REACTION, HP_TAIL_NONE, HP_REFERENCES_STRONG);
}

/* ---- state ------------------------------------------------------------------------------------------------------- */

static guint32
flags_of (JsVm *vm, HpRef promise)
{
  return (guint32) js_as_smi (js_get_own_slot (vm, promise, SLOT_FLAGS));
}

static void
set_flags (JsVm *vm, HpRef promise, guint32 flags)
{
  js_set_own_slot (vm, promise, SLOT_FLAGS, js_smi ((gint32) flags));
}

void
js_promise_prepare (JsVm *vm, HpRef promise)
{
  set_flags (vm, promise, JS_PROMISE_PENDING);
}

JsValue
js_promise_new (JsVm *vm)
{
  HpRef promise = js_new_object_of_kind (vm, JS_KIND_PROMISE);

  if (promise != HP_REF_NONE)
    js_promise_prepare (vm, promise);
  return js_ref (promise);
}

JsPromiseState
js_promise_state (JsVm *vm, HpRef promise)
{
  return (JsPromiseState) (flags_of (vm, promise) & STATE_MASK);
}

JsValue
js_promise_result (JsVm *vm, HpRef promise)
{
  return js_get_own_slot (vm, promise, SLOT_RESULT);
}

gboolean
js_promise_is_handled (JsVm *vm, HpRef promise)
{
  return (flags_of (vm, promise) & HANDLED) != 0;
}

/* ---- settling ---------------------------------------------------------------------------------------------------- */

static JsValue
reaction_slot (JsVm *vm, HpRef reaction, guint slot)
{
  return hp_machine_read (vm->machine, reaction, slot);
}

/* The list has the newest reaction first: turned round. */
static HpRef
reverse (JsVm *vm, HpRef reaction)
{
  HpRef before = HP_REF_NONE;

  while (reaction != HP_REF_NONE)
    {
      HpRef next = hp_value_get_ref (reaction_slot (vm, reaction, REACTION_NEXT));
      hp_machine_write (vm->machine, reaction, REACTION_NEXT, js_ref (before));
      before = reaction;
      reaction = next;
    }
  return before;
}

static gboolean
settle (JsVm *vm, HpRef promise, JsPromiseState state, JsValue value)
{
  JsHandles handles = js_handles_open (vm);
  HpRef reaction = hp_value_get_ref (js_get_own_slot (vm, promise, SLOT_RESULT));
  guint32 handled = flags_of (vm, promise) & HANDLED;
  gboolean done = TRUE;

  js_hold (vm, js_ref (promise));
  js_hold (vm, value);
  reaction = reverse (vm, reaction);
  js_hold (vm, js_ref (reaction));
  js_set_own_slot (vm, promise, SLOT_RESULT, value);
  set_flags (vm, promise, (guint32) state | handled);
  if (state == JS_PROMISE_REJECTED && !handled)
    js_jobs_note_rejection (vm, promise);
  for (; reaction != HP_REF_NONE && done; reaction = hp_value_get_ref (reaction_slot (vm, reaction, REACTION_NEXT)))
    done = js_enqueue_job (vm, JS_JOB_REACTION, js_ref (reaction), value, js_boolean (state == JS_PROMISE_FULFILLED));
  js_handles_close (vm, handles);
  return done;
}

gboolean
js_promise_reject (JsVm *vm, HpRef promise, JsValue reason)
{
  if (js_promise_state (vm, promise) != JS_PROMISE_PENDING)
    return TRUE;
  return settle (vm, promise, JS_PROMISE_REJECTED, reason);
}

/* The pending exception is what @promise is rejected with. */
static gboolean
reject_with_exception (JsVm *vm, HpRef promise)
{
  return !vm->is_over && js_promise_reject (vm, promise, js_catch (vm));
}

static gboolean
resolve_with_object (JsVm *vm, HpRef promise, JsValue value)
{
  JsValue then;

  if (value.payload == promise)
    {
      js_throw_type (vm, "Chaining cycle detected for promise #<Promise>");
      return reject_with_exception (vm, promise);
    }
  then = js_get_named (vm, value, JS_NAME (vm, THEN));
  if (js_is_hole (then))
    return reject_with_exception (vm, promise);
  if (!js_is_callable (vm, then))
    return settle (vm, promise, JS_PROMISE_FULFILLED, value);
  return js_enqueue_job (vm, JS_JOB_THENABLE, js_ref (promise), value, then);
}

gboolean
js_promise_resolve (JsVm *vm, HpRef promise, JsValue value)
{
  JsHandles handles = js_handles_open (vm);
  gboolean done = TRUE;

  js_hold (vm, js_ref (promise));
  js_hold (vm, value);
  if (js_promise_state (vm, promise) == JS_PROMISE_PENDING)
    done = js_is_object (vm, value) ? resolve_with_object (vm, promise, value)
                                    : settle (vm, promise, JS_PROMISE_FULFILLED, value);
  js_handles_close (vm, handles);
  return done;
}

/* ---- resolving functions ----------------------------------------------------------------------------------------- */

/* Both functions of a pair share a cell: the promise, then undefined once one of them was called. */
static JsValue
resolving_call (JsVm *vm, const JsCall *call, gboolean rejects)
{
  HpRef cell = js_native_data (vm, call).payload;
  JsValue promise = hp_machine_read (vm->machine, cell, 0);

  if (js_is_undefined (promise))
    return JS_UNDEFINED;
  hp_machine_write (vm->machine, cell, 0, JS_UNDEFINED);
  js_hold (vm, promise);
  if (rejects ? !js_promise_reject (vm, promise.payload, js_argument (call, 0))
              : !js_promise_resolve (vm, promise.payload, js_argument (call, 0)))
    return JS_THROWN;
  return JS_UNDEFINED;
}

static JsValue
resolve_function (JsVm *vm, const JsCall *call)
{
  return resolving_call (vm, call, FALSE);
}

static JsValue
reject_function (JsVm *vm, const JsCall *call)
{
  return resolving_call (vm, call, TRUE);
}

static const JsNativeRow RESOLVE = JS_METHOD ("", resolve_function, 1), REJECT = JS_METHOD ("", reject_function, 1);

JsValue
js_promise_of_function (JsVm *vm, JsValue function)
{
  HpRef cell;

  if (!js_is_kind (vm, function, JS_KIND_FUNCTION) || js_function_native (vm, function.payload) != &RESOLVE)
    return JS_HOLE;
  cell = js_function_slot (vm, function.payload, JS_FUNCTION_SLOT_CONTEXT).payload;
  return hp_machine_read (vm->machine, cell, 0);
}

gboolean
js_promise_functions (JsVm *vm, HpRef promise, JsValue functions[2])
{
  JsValue cell = js_hold (vm, js_ref (js_new_internal (vm, JS_KIND_INTERNAL, 1)));

  if (js_is_hole (cell))
    return FALSE;
  hp_machine_write (vm->machine, cell.payload, 0, js_ref (promise));
  functions[0] = js_hold (vm, js_new_native_with (vm, &RESOLVE, cell));
  functions[1] = js_hold (vm, js_new_native_with (vm, &REJECT, cell));
  return !js_is_hole (functions[0]) && !js_is_hole (functions[1]);
}

gboolean
js_promise_follow (JsVm *vm, HpRef promise, JsValue thenable, JsValue then)
{
  JsHandles handles = js_handles_open (vm);
  JsValue functions[2];
  gboolean done;

  done = js_promise_functions (vm, promise, functions);
  if (done && js_is_hole (js_call (vm, then, thenable, functions, 2)))
    done = !vm->is_over
           && !js_is_hole (js_call (vm, functions[1], JS_UNDEFINED, (JsValue[]){ js_hold (vm, js_catch (vm)) }, 1));
  js_handles_close (vm, handles);
  return done;
}

/* ---- reactions --------------------------------------------------------------------------------------------------- */

gboolean
js_promise_then (JsVm *vm, HpRef promise, JsValue fulfilled, JsValue rejected, JsValue target)
{
  JsHandles handles = js_handles_open (vm);
  JsPromiseState state = js_promise_state (vm, promise);
  JsValue reaction;
  gboolean done = FALSE;

  js_hold (vm, js_ref (promise));
  js_hold (vm, fulfilled);
  js_hold (vm, rejected);
  js_hold (vm, target);
  reaction = js_hold (vm,
                      js_ref (hp_machine_allocate_with (vm->machine,
                                                        vm->kinds[JS_KIND_REACTION]->shape,
                                                        0,
                                                        (const JsValue[]){ JS_HOLE, fulfilled, rejected, target },
                                                        4)));
  if (!js_is_hole (reaction) && state == JS_PROMISE_PENDING)
    {
      hp_machine_write (vm->machine, reaction.payload, REACTION_NEXT, js_get_own_slot (vm, promise, SLOT_RESULT));
      js_set_own_slot (vm, promise, SLOT_RESULT, reaction);
      done = TRUE;
    }
  else if (!js_is_hole (reaction))
    done = js_enqueue_job (vm,
                           JS_JOB_REACTION,
                           reaction,
                           js_get_own_slot (vm, promise, SLOT_RESULT),
                           js_boolean (state == JS_PROMISE_FULFILLED));
  set_flags (vm, promise, flags_of (vm, promise) | HANDLED);
  js_handles_close (vm, handles);
  return done;
}

void
js_reaction_look (JsVm *vm, HpRef reaction, JsReaction *look)
{
  look->fulfilled = reaction_slot (vm, reaction, REACTION_FULFILLED);
  look->rejected = reaction_slot (vm, reaction, REACTION_REJECTED);
  look->target = reaction_slot (vm, reaction, REACTION_TARGET);
  if (js_is_kind (vm, look->target, JS_KIND_INTERNAL))
    look->target = reaction_slot (vm, look->target.payload, CAPABILITY_PROMISE);
}

gboolean
js_promise_only_reaction (JsVm *vm, HpRef promise, JsReaction *look)
{
  HpRef reaction = hp_value_get_ref (js_promise_result (vm, promise));

  if (js_promise_state (vm, promise) != JS_PROMISE_PENDING || reaction == HP_REF_NONE
      || hp_value_get_ref (reaction_slot (vm, reaction, REACTION_NEXT)) != HP_REF_NONE)
    return FALSE;
  js_reaction_look (vm, reaction, look);
  return TRUE;
}

/* What a handler came to goes to the promise that then () gave. @result: the hole: thrown. */
static gboolean
settle_target (JsVm *vm, JsValue target, JsValue result, gboolean rejects)
{
  if (js_is_hole (result))
    {
      if (vm->is_over)
        return FALSE;
      rejects = TRUE;
      result = js_catch (vm);
    }
  js_hold (vm, result);
  if (js_is_undefined (target))
    return TRUE;
  if (js_is_kind (vm, target, JS_KIND_PROMISE))
    return rejects ? js_promise_reject (vm, target.payload, result) : js_promise_resolve (vm, target.payload, result);
  return !js_is_hole (
      js_call (vm,
               hp_machine_read (vm->machine, target.payload, rejects ? CAPABILITY_REJECT : CAPABILITY_RESOLVE),
               JS_UNDEFINED,
               &result,
               1));
}

static gboolean
is_generator (JsVm *vm, JsValue target)
{
  return js_is_kind (vm, target, JS_KIND_ASYNC_FUNCTION) || js_is_kind (vm, target, JS_KIND_ASYNC_GENERATOR);
}

static gboolean
react (JsVm *vm, HpRef reaction, JsValue argument, gboolean fulfilled)
{
  JsValue target = js_hold (vm, reaction_slot (vm, reaction, REACTION_TARGET));
  JsValue handler = js_hold (vm, reaction_slot (vm, reaction, fulfilled ? REACTION_FULFILLED : REACTION_REJECTED));
  gboolean done;

  if (is_generator (vm, target))
    return !js_is_hole (js_generator_resume (vm, target.payload, fulfilled ? 0 : 1, argument, &done)) || !vm->is_over;
  if (!js_is_callable (vm, handler))
    return settle_target (vm, target, argument, !fulfilled);
  return settle_target (vm, target, js_call (vm, handler, JS_UNDEFINED, &argument, 1), FALSE);
}

/* Whether @value is a promise of the usual class already. FALSE with a pending exception: thrown. */
static gboolean
is_usual_promise (JsVm *vm, JsValue value)
{
  JsValue constructor;

  if (!js_is_kind (vm, value, JS_KIND_PROMISE))
    return FALSE;
  constructor = js_hold (vm, js_get_named (vm, value, JS_NAME (vm, CONSTRUCTOR)));
  return !js_is_hole (constructor)
         && js_is_identical (
             constructor,
             js_get_named (vm, js_intrinsic (vm, JS_INTRINSIC_PROMISE_PROTOTYPE), JS_NAME (vm, CONSTRUCTOR)));
}

gboolean
js_promise_react (JsVm *vm, HpRef reaction, JsValue argument, gboolean fulfilled)
{
  gboolean done;

  vm->reaction = reaction;
  done = react (vm, reaction, argument, fulfilled);
  vm->reaction = HP_REF_NONE;
  return done;
}

JsValue
js_promise_for (JsVm *vm, JsValue value)
{
  JsHandles handles = js_handles_open (vm);
  JsValue promise = js_hold (vm, value);

  if (!is_usual_promise (vm, value))
    {
      promise = js_is_hole (vm->exception) && !vm->is_over ? js_hold (vm, js_promise_new (vm)) : JS_THROWN;
      if (!js_is_hole (promise) && !js_promise_resolve (vm, promise.payload, value))
        promise = JS_THROWN;
    }
  js_handles_close (vm, handles);
  return promise;
}

gboolean
js_promise_await (JsVm *vm, HpRef generator, JsValue value)
{
  JsHandles handles = js_handles_open (vm);
  JsValue promise;
  gboolean done;

  js_hold (vm, js_ref (generator));
  js_hold (vm, value);
  promise = js_hold (vm, js_promise_for (vm, value));
  done = !js_is_hole (promise) && js_promise_then (vm, promise.payload, JS_UNDEFINED, JS_UNDEFINED, js_ref (generator));
  js_handles_close (vm, handles);
  return done;
}

/* ---- capabilities ------------------------------------------------------------------------------------------------ */

static JsValue
executor (JsVm *vm, const JsCall *call)
{
  HpRef capability = js_native_data (vm, call).payload;

  hp_machine_write (vm->machine, capability, CAPABILITY_RESOLVE, js_argument (call, 0));
  hp_machine_write (vm->machine, capability, CAPABILITY_REJECT, js_argument (call, 1));
  return JS_UNDEFINED;
}

JsValue
js_promise_capability (JsVm *vm, JsValue constructor, JsValue *promise)
{
  static const JsNativeRow EXECUTOR = JS_METHOD ("", executor, 2);
  JsValue usual = js_get_named (vm, js_intrinsic (vm, JS_INTRINSIC_PROMISE_PROTOTYPE), JS_NAME (vm, CONSTRUCTOR));
  JsValue capability, function;

  if (js_is_undefined (constructor) || js_is_identical (constructor, usual))
    return *promise = js_hold (vm, js_promise_new (vm));
  capability = js_hold (vm, js_ref (js_new_internal (vm, JS_KIND_INTERNAL, N_CAPABILITY)));
  function = js_is_hole (capability) ? capability : js_hold (vm, js_new_native_with (vm, &EXECUTOR, capability));
  if (js_is_hole (function))
    return JS_THROWN;
  *promise = js_hold (vm, js_construct (vm, constructor, &function, 1, constructor));
  if (js_is_hole (*promise))
    return JS_THROWN;
  hp_machine_write (vm->machine, capability.payload, CAPABILITY_PROMISE, *promise);
  return capability;
}

gboolean
js_capability_settle (JsVm *vm, JsValue capability, JsValue value, gboolean rejects)
{
  return settle_target (vm, capability, value, rejects);
}
