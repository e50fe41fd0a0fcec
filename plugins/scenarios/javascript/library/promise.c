/* promise.c - Promise
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"
#include "runtime/function.h"
#include "runtime/message.h"
#include "runtime/promise_reaction.h"

/* ---- the constructor --------------------------------------------------------------------------------------------- */

static JsValue
promise_construct (JsVm *vm, const JsCall *call)
{
  JsValue executor = js_argument (call, 0), promise, functions[2];

  if (js_is_undefined (call->new_target))
    return js_throw_type (vm, "Promise constructor cannot be invoked without 'new'");
  if (!js_is_callable (vm, executor))
    {
      g_autofree char *text = js_message_text (vm, executor);
      return js_throw_type (vm, "Promise resolver %s is not a function", text);
    }
  promise = js_hold (vm, js_ref (js_new_object_for (vm, JS_KIND_PROMISE, call->new_target)));
  if (js_is_hole (promise))
    return promise;
  js_promise_prepare (vm, promise.payload);
  if (!js_promise_functions (vm, promise.payload, functions))
    return JS_THROWN;
  if (js_is_hole (js_call (vm, executor, JS_UNDEFINED, functions, 2)))
    {
      JsValue reason;
      if (vm->is_over)
        return JS_THROWN;
      reason = js_hold (vm, js_catch (vm));
      if (js_is_hole (js_call (vm, functions[1], JS_UNDEFINED, &reason, 1)))
        return JS_THROWN;
    }
  return promise;
}

/* ---- then, catch, finally ---------------------------------------------------------------------------------------- */

/* The constructor that then () makes its promise with. FALSE: thrown. */
static gboolean
find_species (JsVm *vm, JsValue promise, JsValue *constructor)
{
  *constructor = js_get_named (vm, promise, JS_NAME (vm, CONSTRUCTOR));
  if (js_is_object (vm, *constructor))
    {
      js_hold (vm, *constructor);
      *constructor = js_get_named (vm, *constructor, JS_SYMBOL (vm, SPECIES));
    }
  if (js_is_null (*constructor))
    *constructor = JS_UNDEFINED;
  js_hold (vm, *constructor);
  return !js_is_hole (*constructor);
}

static JsValue
promise_then (JsVm *vm, const JsCall *call)
{
  JsValue constructor, promise, capability;

  if (!js_is_kind (vm, call->receiver, JS_KIND_PROMISE))
    return js_throw_incompatible (vm, "Promise.prototype.then", call->receiver);
  if (!find_species (vm, call->receiver, &constructor))
    return JS_THROWN;
  capability = js_promise_capability (vm, constructor, &promise);
  return !js_is_hole (capability)
                 && js_promise_then (
                     vm, call->receiver.payload, js_argument (call, 0), js_argument (call, 1), capability)
             ? promise
             : JS_THROWN;
}

static JsValue
promise_catch (JsVm *vm, const JsCall *call)
{
  JsValue arguments[] = { JS_UNDEFINED, js_argument (call, 0) };

  return js_invoke (vm, call->receiver, JS_NAME (vm, THEN), arguments, 2);
}

/* The functions of finally () have a pair: what to call, or what to pass on. */
static JsValue
pass_value (JsVm *vm, const JsCall *call)
{
  return js_native_data (vm, call);
}

static JsValue
pass_exception (JsVm *vm, const JsCall *call)
{
  return js_throw (vm, js_native_data (vm, call));
}

static JsValue
finally_with (JsVm *vm, const JsCall *call, const JsNativeRow *row)
{
  JsValue result = js_hold (vm, js_call (vm, js_native_data (vm, call), JS_UNDEFINED, NULL, 0)), promise, pass;

  if (js_is_hole (result))
    return result;
  promise = js_hold (vm, js_promise_for (vm, result));
  pass = js_is_hole (promise) ? promise : js_hold (vm, js_new_native_with (vm, row, js_argument (call, 0)));
  return js_is_hole (pass) ? pass : js_invoke (vm, promise, JS_NAME (vm, THEN), &pass, 1);
}

static JsValue
then_finally (JsVm *vm, const JsCall *call)
{
  static const JsNativeRow PASS = JS_METHOD ("", pass_value, 0);

  return finally_with (vm, call, &PASS);
}

static JsValue
catch_finally (JsVm *vm, const JsCall *call)
{
  static const JsNativeRow PASS = JS_METHOD ("", pass_exception, 0);

  return finally_with (vm, call, &PASS);
}

static JsValue
promise_finally (JsVm *vm, const JsCall *call)
{
  static const JsNativeRow THEN = JS_METHOD ("", then_finally, 1), CATCH = JS_METHOD ("", catch_finally, 1);
  JsValue callback = js_argument (call, 0), arguments[] = { callback, callback };

  if (js_is_callable (vm, callback))
    {
      arguments[0] = js_hold (vm, js_new_native_with (vm, &THEN, callback));
      arguments[1] = js_hold (vm, js_new_native_with (vm, &CATCH, callback));
      if (js_is_hole (arguments[0]) || js_is_hole (arguments[1]))
        return JS_THROWN;
    }
  return js_invoke (vm, call->receiver, JS_NAME (vm, THEN), arguments, 2);
}

/* ---- statics ----------------------------------------------------------------------------------------------------- */

static JsValue
promise_resolve (JsVm *vm, const JsCall *call)
{
  JsValue value = js_argument (call, 0), promise, capability, constructor;

  if (!js_is_object (vm, call->receiver))
    return js_throw_type (vm, "PromiseResolve called on non-object");
  if (js_is_kind (vm, value, JS_KIND_PROMISE))
    {
      constructor = js_get_named (vm, value, JS_NAME (vm, CONSTRUCTOR));
      if (js_is_hole (constructor) || js_is_identical (constructor, call->receiver))
        return js_is_hole (constructor) ? constructor : value;
    }
  capability = js_promise_capability (vm, call->receiver, &promise);
  return !js_is_hole (capability) && js_capability_settle (vm, capability, value, FALSE) ? promise : JS_THROWN;
}

static JsValue
promise_reject (JsVm *vm, const JsCall *call)
{
  JsValue promise, capability = js_promise_capability (vm, call->receiver, &promise);

  return !js_is_hole (capability) && js_capability_settle (vm, capability, js_argument (call, 0), TRUE) ? promise
                                                                                                        : JS_THROWN;
}

typedef enum
{
  COMBINE_ALL,
  COMBINE_ALL_SETTLED,
  COMBINE_ANY,
} Combination;

/* What the functions of one call of all () share: a list of the heap. */
enum
{
  SHARED_VALUES, /* an array */
  SHARED_REMAINING,
  SHARED_CAPABILITY,
  SHARED_KIND,
  N_SHARED
};

/* One element: the list, its place, whether it was called. */
enum
{
  ELEMENT_SHARED,
  ELEMENT_INDEX,
  ELEMENT_CALLED,
  N_ELEMENT
};

static JsValue
shared_slot (JsVm *vm, HpRef shared, guint slot)
{
  return hp_machine_read (vm->machine, shared, slot);
}

/* All elements came in: the result, or for any () the error of all. */
static gboolean
finish (JsVm *vm, HpRef shared)
{
  JsValue values = js_hold (vm, shared_slot (vm, shared, SHARED_VALUES));
  JsValue capability = js_hold (vm, shared_slot (vm, shared, SHARED_CAPABILITY)), error;

  if (js_as_smi (shared_slot (vm, shared, SHARED_KIND)) != COMBINE_ANY)
    return js_capability_settle (vm, capability, values, FALSE);
  error = js_hold (vm, js_string (vm, "All promises were rejected", -1));
  error = js_hold (vm, js_new_error (vm, JS_INTRINSIC_AGGREGATE_ERROR_PROTOTYPE, error));
  /* It is made where none of the program runs. */
  if (!js_is_hole (error))
    js_set_own_slot (vm, error.payload, JS_ERROR_SLOT_FRAMES, js_string (vm, "", 0));
  return !js_is_hole (error)
         && js_define (vm, error.payload, js_key_atom (JS_NAME (vm, ERRORS)), values, JS_HIDDEN_ATTRIBUTES)
         && js_capability_settle (vm, capability, error, TRUE);
}

static gboolean
count_down (JsVm *vm, HpRef shared)
{
  gint32 remaining = js_as_smi (shared_slot (vm, shared, SHARED_REMAINING)) - 1;

  hp_machine_write (vm->machine, shared, SHARED_REMAINING, js_smi (remaining));
  return remaining > 0 || finish (vm, shared);
}

/* { status, value } or { status, reason }. */
static JsValue
settled_record (JsVm *vm, JsValue value, gboolean rejected)
{
  JsValue record = js_hold (vm, js_ref (js_new_object (vm)));
  JsValue status = js_string (vm, rejected ? "rejected" : "fulfilled", -1);

  if (js_is_hole (record) || js_is_hole (status)
      || !js_define (vm, record.payload, js_key_atom (js_atom (vm, "status", -1)), status, JS_ALL_ATTRIBUTES)
      || !js_define (
          vm, record.payload, js_key_atom (js_atom (vm, rejected ? "reason" : "value", -1)), value, JS_ALL_ATTRIBUTES))
    return JS_THROWN;
  return record;
}

static JsValue
element_call (JsVm *vm, const JsCall *call, gboolean rejected)
{
  HpRef element = js_native_data (vm, call).payload;
  HpRef shared = hp_machine_read (vm->machine, element, ELEMENT_SHARED).payload;
  guint32 index = (guint32) js_as_smi (hp_machine_read (vm->machine, element, ELEMENT_INDEX));
  JsValue value = js_argument (call, 0);

  if (!js_is_hole (hp_machine_read (vm->machine, element, ELEMENT_CALLED)))
    return JS_UNDEFINED;
  hp_machine_write (vm->machine, element, ELEMENT_CALLED, JS_TRUE);
  js_hold (vm, js_ref (shared));
  if (js_as_smi (shared_slot (vm, shared, SHARED_KIND)) == COMBINE_ALL_SETTLED)
    value = settled_record (vm, value, rejected);
  if (js_is_hole (value) || !js_set_element (vm, shared_slot (vm, shared, SHARED_VALUES).payload, index, value)
      || !count_down (vm, shared))
    return JS_THROWN;
  return JS_UNDEFINED;
}

static JsValue
element_fulfilled (JsVm *vm, const JsCall *call)
{
  return element_call (vm, call, FALSE);
}

static JsValue
element_rejected (JsVm *vm, const JsCall *call)
{
  return element_call (vm, call, TRUE);
}

static JsValue
settle_now (JsVm *vm, const JsCall *call, gboolean rejects)
{
  return js_capability_settle (vm, js_native_data (vm, call), js_argument (call, 0), rejects) ? JS_UNDEFINED
                                                                                              : JS_THROWN;
}

static JsValue
fulfil_now (JsVm *vm, const JsCall *call)
{
  return settle_now (vm, call, FALSE);
}

static JsValue
reject_now (JsVm *vm, const JsCall *call)
{
  return settle_now (vm, call, TRUE);
}

static const JsNativeRow ELEMENT_FULFILLED = JS_METHOD ("", element_fulfilled, 1),
                         ELEMENT_REJECTED = JS_METHOD ("", element_rejected, 1),
                         FULFIL_NOW = JS_METHOD ("", fulfil_now, 1), REJECT_NOW = JS_METHOD ("", reject_now, 1);

static gboolean
is_native (JsVm *vm, JsValue function, const JsNativeRow *row)
{
  return js_is_kind (vm, function, JS_KIND_FUNCTION) && js_function_native (vm, function.payload) == row;
}

gboolean
js_promise_is_element (
    JsVm *vm, JsValue fulfilled, JsValue rejected, const char **combinator, guint *index, JsValue *promise)
{
  static const char *const NAMES[] = { "all", "allSettled", "any" };
  JsValue function = is_native (vm, fulfilled, &FULFIL_NOW) ? rejected : fulfilled, capability;
  HpRef element, shared;

  if (is_native (vm, function, &REJECT_NOW))
    {
      *combinator = NULL;
      capability = js_function_slot (vm, function.payload, JS_FUNCTION_SLOT_CONTEXT);
    }
  else if (is_native (vm, function, &ELEMENT_FULFILLED) || is_native (vm, function, &ELEMENT_REJECTED))
    {
      element = js_function_slot (vm, function.payload, JS_FUNCTION_SLOT_CONTEXT).payload;
      shared = hp_machine_read (vm->machine, element, ELEMENT_SHARED).payload;
      *index = (guint) js_as_smi (hp_machine_read (vm->machine, element, ELEMENT_INDEX));
      *combinator = NAMES[js_as_smi (shared_slot (vm, shared, SHARED_KIND))];
      capability = shared_slot (vm, shared, SHARED_CAPABILITY);
    }
  else
    return FALSE;
  *promise = js_is_kind (vm, capability, JS_KIND_PROMISE) ? capability : JS_HOLE;
  return TRUE;
}

static JsValue
new_element (JsVm *vm, HpRef shared, guint32 index)
{
  JsValue element = js_hold (vm, js_ref (js_new_internal (vm, JS_KIND_INTERNAL, N_ELEMENT)));

  if (js_is_hole (element))
    return element;
  hp_machine_write (vm->machine, element.payload, ELEMENT_SHARED, js_ref (shared));
  hp_machine_write (vm->machine, element.payload, ELEMENT_INDEX, js_smi ((gint32) index));
  return element;
}

/* Wait for one promise. FALSE: thrown. */
static gboolean
combine_one (JsVm *vm, JsValue constructor, JsValue value, HpRef shared, JsValue capability, guint32 index)
{
  Combination kind = (Combination) js_as_smi (shared_slot (vm, shared, SHARED_KIND));
  JsValue promise = js_hold (
      vm, js_invoke (vm, constructor, js_atom (vm, "resolve", -1), (JsValue[]){ js_hold (vm, value) }, 1));
  JsValue element = js_is_hole (promise) ? promise : new_element (vm, shared, index), functions[2];
  gint32 remaining = js_as_smi (shared_slot (vm, shared, SHARED_REMAINING)) + 1;

  if (js_is_hole (element)
      || !js_set_element (vm, shared_slot (vm, shared, SHARED_VALUES).payload, index, JS_UNDEFINED))
    return FALSE;
  hp_machine_write (vm->machine, shared, SHARED_REMAINING, js_smi (remaining));
  functions[0] = js_hold (vm,
                          kind == COMBINE_ANY ? js_new_native_with (vm, &FULFIL_NOW, capability)
                                              : js_new_native_with (vm, &ELEMENT_FULFILLED, element));
  functions[1] = js_hold (vm,
                          kind == COMBINE_ALL ? js_new_native_with (vm, &REJECT_NOW, capability)
                                              : js_new_native_with (vm, &ELEMENT_REJECTED, element));
  return !js_is_hole (functions[0]) && !js_is_hole (functions[1])
         && !js_is_hole (js_invoke (vm, promise, JS_NAME (vm, THEN), functions, 2));
}

static gboolean
combine_all (JsVm *vm, const JsCall *call, HpRef shared, JsValue capability)
{
  JsIteration iteration;

  if (!js_iterate (vm, &iteration, js_argument (call, 0)))
    return FALSE;
  for (guint32 i = 0;; i++)
    {
      JsHandles handles = js_handles_open (vm);
      JsValue value = js_iterate_next (vm, &iteration);
      gboolean done = !js_is_hole (value) && combine_one (vm, call->receiver, value, shared, capability, i);

      js_handles_close (vm, handles);
      if (js_is_hole (value))
        return iteration.done && count_down (vm, shared);
      if (!done)
        {
          js_iterate_close (vm, &iteration);
          return FALSE;
        }
    }
}

static JsValue
combine (JsVm *vm, const JsCall *call, Combination kind)
{
  JsValue promise, capability = js_promise_capability (vm, call->receiver, &promise), values, shared;

  if (js_is_hole (capability))
    return capability;
  values = js_hold (vm, js_ref (js_new_array (vm, 0)));
  shared = js_is_hole (values) ? values : js_hold (vm, js_ref (js_new_internal (vm, JS_KIND_INTERNAL, N_SHARED)));
  if (js_is_hole (shared))
    return shared;
  hp_machine_write (vm->machine, shared.payload, SHARED_VALUES, values);
  hp_machine_write (vm->machine, shared.payload, SHARED_REMAINING, js_smi (1));
  hp_machine_write (vm->machine, shared.payload, SHARED_CAPABILITY, capability);
  hp_machine_write (vm->machine, shared.payload, SHARED_KIND, js_smi ((gint32) kind));
  if (!combine_all (vm, call, shared.payload, capability) && !js_capability_settle (vm, capability, JS_HOLE, TRUE))
    return JS_THROWN;
  return promise;
}

static JsValue
promise_all (JsVm *vm, const JsCall *call)
{
  return combine (vm, call, COMBINE_ALL);
}

static JsValue
promise_all_settled (JsVm *vm, const JsCall *call)
{
  return combine (vm, call, COMBINE_ALL_SETTLED);
}

static JsValue
promise_any (JsVm *vm, const JsCall *call)
{
  return combine (vm, call, COMBINE_ANY);
}

static gboolean
race_all (JsVm *vm, const JsCall *call, const JsValue functions[2])
{
  JsIteration iteration;

  if (!js_iterate (vm, &iteration, js_argument (call, 0)))
    return FALSE;
  for (;;)
    {
      JsHandles handles = js_handles_open (vm);
      JsValue value = js_hold (vm, js_iterate_next (vm, &iteration)), promise;
      gboolean ended = js_is_hole (value), done;

      promise = ended ? value : js_hold (vm, js_invoke (vm, call->receiver, js_atom (vm, "resolve", -1), &value, 1));
      done = !js_is_hole (promise) && !js_is_hole (js_invoke (vm, promise, JS_NAME (vm, THEN), functions, 2));
      js_handles_close (vm, handles);
      if (ended)
        return iteration.done;
      if (!done)
        {
          js_iterate_close (vm, &iteration);
          return FALSE;
        }
    }
}

static JsValue
promise_race (JsVm *vm, const JsCall *call)
{
  JsValue promise, capability = js_promise_capability (vm, call->receiver, &promise), functions[2];

  if (js_is_hole (capability))
    return capability;
  functions[0] = js_hold (vm, js_new_native_with (vm, &FULFIL_NOW, capability));
  functions[1] = js_hold (vm, js_new_native_with (vm, &REJECT_NOW, capability));
  if (js_is_hole (functions[0]) || js_is_hole (functions[1]))
    return JS_THROWN;
  if (!race_all (vm, call, functions) && !js_capability_settle (vm, capability, JS_HOLE, TRUE))
    return JS_THROWN;
  return promise;
}

static JsValue
species (JsVm *vm, const JsCall *call)
{
  (void) vm;
  return call->receiver;
}

static const JsNativeRow MEMBERS[] = {
  JS_METHOD ("then", promise_then, 2),
  JS_METHOD ("catch", promise_catch, 1),
  JS_METHOD ("finally", promise_finally, 1),
  JS_STRING ("@@toStringTag", "Promise"),
};

static const JsNativeRow STATICS[] = {
  JS_METHOD ("all", promise_all, 1),         JS_METHOD ("allSettled", promise_all_settled, 1),
  JS_METHOD ("any", promise_any, 1),         JS_METHOD ("race", promise_race, 1),
  JS_METHOD ("resolve", promise_resolve, 1), JS_METHOD ("reject", promise_reject, 1),
  JS_GETTER ("@@species", species),
};

static const JsLibraryClass CLASSES[] = {
  { .name = "Promise",
    .construct = promise_construct,
    .length = 1,
    .prototype = JS_INTRINSIC_PROMISE_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = MEMBERS,
    .n_members = G_N_ELEMENTS (MEMBERS),
    .statics = STATICS,
    .n_statics = G_N_ELEMENTS (STATICS) },
};

const JsLibrary js_library_promise = { .classes = CLASSES, .n_classes = G_N_ELEMENTS (CLASSES) };
