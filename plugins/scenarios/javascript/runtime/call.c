/* call.c - calling functions from C, and functions of C
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/call.h"
#include "runtime/error.h"
#include "runtime/function.h"
#include "runtime/interpreter.h"
#include "runtime/message.h"
#include "runtime/number.h"
#include "runtime/property.h"
#include "runtime/quick.h"

/* ---- functions of C ---------------------------------------------------------------------------------------------- */

/* A function of C that calls back stands on the simulated stack, as V8's builtins with frames do. */
static gboolean
put_native_on_stack (JsVm *vm)
{
  JsFrame *frame = vm->frames->len > 0 ? js_newest_frame (vm) : NULL;

  if (frame == NULL || frame->on_stack)
    return TRUE;
  frame->on_stack = hp_machine_call (vm->machine, js_native_frame_function (vm, frame->native));
  if (frame->on_stack)
    return TRUE;
  js_throw_range (vm, "Maximum call stack size exceeded");
  return FALSE;
}

JsValue
js_run_native (JsVm *vm, const JsNativeRow *row, const JsCall *call)
{
  JsHandles handles = js_handles_open (vm);
  JsFrame *frame = js_add_frame (vm);
  JsValue result;

  *frame = (JsFrame){ .native = row,
                      .function = call->callee,
                      .receiver = call->receiver,
                      .new_target = call->new_target,
                      .arguments = call->arguments,
                      .n_arguments = call->n,
                      .base = vm->n_registers_used,
                      .is_construct = !js_is_undefined (call->new_target) };
  result = row->function (vm, call);
  if (!js_vm_tick (vm))
    result = JS_THROWN;
  if (frame->on_stack)
    hp_machine_return (vm->machine);
  js_drop_frame (vm);
  js_handles_close (vm, handles);
  return result;
}

/* ---- bound functions --------------------------------------------------------------------------------------------- */

/* The arguments of a bound function and then those given. (transfer full) */
static JsValue *
bound_arguments (JsVm *vm, HpRef bound, const JsValue *arguments, guint n, guint *n_all)
{
  HpRef list = hp_value_get_ref (js_get_own_slot (vm, bound, JS_BOUND_SLOT_ARGUMENTS));
  guint n_bound = list != HP_REF_NONE ? hp_machine_length_of (vm->machine, list) : 0;
  JsValue *all = g_new (JsValue, n_bound + n + 1);

  for (guint i = 0; i < n_bound; i++)
    all[i] = hp_machine_read (vm->machine, list, i);
  for (guint i = 0; i < n; i++)
    all[n_bound + i] = arguments[i];
  *n_all = n_bound + n;
  return all;
}

static JsValue
call_bound (JsVm *vm, HpRef bound, const JsValue *arguments, guint n)
{
  guint n_all;
  g_autofree JsValue *all = bound_arguments (vm, bound, arguments, n, &n_all);

  return js_call (vm,
                  js_get_own_slot (vm, bound, JS_BOUND_SLOT_TARGET),
                  js_get_own_slot (vm, bound, JS_BOUND_SLOT_THIS),
                  all,
                  n_all);
}

static JsValue
construct_bound (JsVm *vm, HpRef bound, const JsValue *arguments, guint n, JsValue new_target)
{
  JsValue target = js_get_own_slot (vm, bound, JS_BOUND_SLOT_TARGET);
  guint n_all;
  g_autofree JsValue *all = bound_arguments (vm, bound, arguments, n, &n_all);

  return js_construct (vm, target, all, n_all, new_target.payload == bound ? target : new_target);
}

/* ---- calls from C ------------------------------------------------------------------------------------------------ */

static JsValue
call_held (JsVm *vm, HpRef callee, JsValue receiver, const JsValue *arguments, guint n)
{
  const JsNativeRow *native;

  if (js_class_of (vm, callee)->kind == JS_KIND_BOUND_FUNCTION)
    return call_bound (vm, callee, arguments, n);
  native = js_function_native (vm, callee);
  if (native != NULL)
    return js_run_native (vm, native, &(JsCall){ callee, receiver, arguments, n, JS_UNDEFINED });
  return js_run_closure (vm, &(JsCall){ callee, receiver, arguments, n, JS_UNDEFINED }, FALSE);
}

static void
hold_call (JsVm *vm, JsValue callee, JsValue receiver, const JsValue *arguments, guint n)
{
  js_hold (vm, callee);
  js_hold (vm, receiver);
  for (guint i = 0; i < n; i++)
    js_hold (vm, arguments[i]);
}

/* The code of a closure that is called without anything being allocated before its frame holds what it is called with;
 * or NULL. */
static JsCode *
code_of_plain_call (JsVm *vm, JsValue callee, JsValue receiver)
{
  const guint64 *function = js_is_ref (callee) ? hp_direct_object (vm->machine, callee.payload) : NULL;
  JsCode *code = function != NULL ? js_quick_code (vm, function) : NULL;

  return code != NULL && (code->strict || js_is_undefined (receiver) || js_is_object (vm, receiver)) ? code : NULL;
}

static JsValue
call_plainly (JsVm *vm, JsCode *code, const JsCall *call)
{
  return js_vm_tick (vm) && js_vm_enter (vm) && put_native_on_stack (vm) && js_push_frame (vm, code, call, TRUE, FALSE)
             ? js_interpret (vm, JS_UNDEFINED)
             : JS_THROWN;
}

JsValue
js_call (JsVm *vm, JsValue callee, JsValue receiver, const JsValue *arguments, guint n)
{
  JsCode *code = code_of_plain_call (vm, callee, receiver);
  JsHandles handles;
  JsValue result = JS_THROWN;

  if (code != NULL)
    return call_plainly (vm, code, &(JsCall){ callee.payload, receiver, arguments, n, JS_UNDEFINED });
  handles = js_handles_open (vm);
  hold_call (vm, callee, receiver, arguments, n);
  if (js_vm_tick (vm) && js_check_callable (vm, callee) && js_vm_enter (vm) && put_native_on_stack (vm))
    result = call_held (vm, callee.payload, receiver, arguments, n);
  js_handles_close (vm, handles);
  return result;
}

static JsValue
construct_held (JsVm *vm, HpRef constructor, const JsValue *arguments, guint n, JsValue new_target)
{
  const JsNativeRow *native;
  JsCode *code;
  JsValue receiver;

  if (js_class_of (vm, constructor)->kind == JS_KIND_BOUND_FUNCTION)
    return construct_bound (vm, constructor, arguments, n, new_target);
  native = js_function_native (vm, constructor);
  if (native != NULL)
    return js_run_native (vm, native, &(JsCall){ constructor, JS_UNDEFINED, arguments, n, new_target });
  code = js_function_code (vm, constructor);
  receiver = code->flags & JS_FLAG_DERIVED ? JS_HOLE : js_hold (vm, js_new_instance (vm, new_target.payload));
  if (js_is_hole (receiver) && !(code->flags & JS_FLAG_DERIVED))
    return JS_THROWN;
  return js_run_closure (vm, &(JsCall){ constructor, receiver, arguments, n, new_target }, TRUE);
}

JsValue
js_construct (JsVm *vm, JsValue constructor, const JsValue *arguments, guint n, JsValue new_target)
{
  JsHandles handles = js_handles_open (vm);
  JsValue result = JS_THROWN;

  hold_call (vm, constructor, new_target, arguments, n);
  if (!js_is_constructor (vm, constructor))
    {
      g_autofree char *text = js_message_text (vm, constructor);
      js_throw_type (vm, "%s is not a constructor", text);
    }
  else if (js_vm_tick (vm) && js_vm_enter (vm) && put_native_on_stack (vm))
    result = construct_held (vm, constructor.payload, arguments, n, new_target);
  js_handles_close (vm, handles);
  return result;
}

JsValue
js_invoke (JsVm *vm, JsValue object, JsAtom *name, const JsValue *arguments, guint n)
{
  JsHandles handles = js_handles_open (vm);
  JsValue method, result = JS_THROWN;

  hold_call (vm, JS_UNDEFINED, object, arguments, n);
  method = js_get_named (vm, object, name);
  if (!js_is_hole (method) && !js_is_callable (vm, method))
    {
      g_autofree char *text = js_message_text (vm, object);
      js_throw_type (vm, "%s.%s is not a function", text, name->text);
    }
  else if (!js_is_hole (method))
    result = js_call (vm, method, object, arguments, n);
  js_handles_close (vm, handles);
  return result;
}

JsValue
js_get_method (JsVm *vm, JsValue object, JsKey key)
{
  JsValue method = js_get (vm, object, key);

  if (js_is_hole (method) || js_is_callable (vm, method))
    return method;
  if (js_is_nullish (method))
    return JS_UNDEFINED;
  js_check_callable (vm, method);
  return JS_THROWN;
}
