/* interpreter.c - the loop over bytecode, frames, and where exceptions go (V8: src/interpreter/)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/interpreter.h"
#include "runtime/error.h"
#include "runtime/function.h"
#include "runtime/instructions.h"
#include "runtime/number.h"

static const JsHandlerFunction HANDLERS[] = {
#define HANDLER(name, operands) js_run_##name,
  JS_BYTECODES (HANDLER)
#undef HANDLER
};

guint8 js_instruction_lengths[JS_N_BYTECODES];

void
js_interpreter_init (JsVm *vm)
{
  (void) vm;
  for (guint i = 0; i < JS_N_BYTECODES; i++)
    js_instruction_lengths[i] = (guint8) MAX (1, strlen (js_bytecode_operands ((JsBytecode) i)));
}

/* ---- frames ------------------------------------------------------------------------------------------------------ */

void
js_run_load (JsRun *run, gboolean is_resumed)
{
  js_quick_load (run);
  if (is_resumed)
    run->pc += js_instruction_lengths[*run->pc & 0xff];
}

static gboolean
throw_overflow (JsVm *vm)
{
  if (js_vm_tick (vm))
    js_throw_range (vm, "Maximum call stack size exceeded");
  return FALSE;
}

/* The function that was not called any more stands in the stack of the error. */
static gboolean
throw_overflow_in (JsVm *vm, JsFrame *frame)
{
  JsHandles handles = js_handles_open (vm);

  js_hold (vm, vm->registers[frame->base]);
  frame->pc = JS_PC_ENTRY;
  vm->n_registers_used += frame->code->n_registers;
  *js_add_frame (vm) = *frame;
  throw_overflow (vm);
  js_drop_frame (vm);
  vm->n_registers_used = frame->base;
  js_handles_close (vm, handles);
  return FALSE;
}

static inline void
fill_registers (JsVm *vm, JsValue *registers, const JsCode *code, const JsCall *call)
{
  guint n = MIN (call->n, code->n_parameters), i = 0;

  registers[0] = call->receiver;
  for (; i < n; i++)
    registers[i + 1] = call->arguments[i];
  for (; i < code->n_parameters; i++)
    registers[i + 1] = JS_UNDEFINED;
  registers[i + 1] = js_ref (call->callee);
  registers[i + 2] = js_function_slot (vm, call->callee, JS_FUNCTION_SLOT_CONTEXT);
  for (i += 3; i < code->n_registers; i++)
    registers[i] = JS_HOLE;
}

/* Sloppy functions see no primitive this (ECMA-262, 10.2.1.2). Arrows do not look at it. */
static gboolean
bind_this (JsVm *vm, const JsCode *code, JsValue *receiver)
{
  if (code->strict || js_is_object (vm, *receiver) || (code->flags & JS_FLAG_ARROW))
    return TRUE;
  if (js_is_hole (*receiver))
    return TRUE;
  *receiver = js_is_nullish (*receiver) ? js_intrinsic (vm, JS_INTRINSIC_GLOBAL) : js_to_object (vm, *receiver);
  return !js_is_hole (*receiver);
}

gboolean
js_push_frame (JsVm *vm, JsCode *code, const JsCall *call, gboolean is_entry, gboolean is_construct)
{
  JsCall bound = *call;
  JsFrame frame = { .code = code,
                    .function = call->callee,
                    .new_target = call->new_target,
                    .arguments = call->arguments,
                    .n_arguments = call->n,
                    .base = vm->n_registers_used,
                    .on_stack = TRUE,
                    .is_entry = is_entry,
                    .is_construct = is_construct };
  JsValue *registers = &vm->registers[frame.base];
  guint32 function;

  if (G_UNLIKELY (code->function == 0))
    js_prepare_code (vm, code);
  if (G_UNLIKELY (frame.base + code->n_registers > vm->most_registers))
    return throw_overflow (vm);
  if (!bind_this (vm, code, &bound.receiver))
    return FALSE;
  fill_registers (vm, registers, code, &bound);
  function = is_construct ? js_constructor_frame (vm, code) : code->function;
  if (G_UNLIKELY (!hp_machine_call_with (vm->machine, function, registers, code->n_parameters + 3)))
    return throw_overflow_in (vm, &frame);
  vm->n_registers_used += code->n_registers;
  *js_add_frame (vm) = frame;
  return TRUE;
}

static void
pop_frame (JsRun *run)
{
  JsVm *vm = run->vm;

  hp_machine_return (run->machine);
  vm->n_registers_used = run->frame->base;
  js_drop_frame (vm);
}

/* What `new` gives: an object that the constructor returned, or this. FALSE: thrown. */
static gboolean
finish_construct (JsRun *run)
{
  JsVm *vm = run->vm;

  if (js_is_object (vm, run->a))
    return TRUE;
  if ((run->code->flags & JS_FLAG_DERIVED) && !js_is_undefined (run->a))
    {
      js_throw_type (vm, "Derived constructors may only return object or undefined");
      return FALSE;
    }
  run->a = run->registers[0];
  if (!js_is_hole (run->a))
    return TRUE;
  js_throw_reference (vm,
                      "Must call super constructor in derived class before accessing 'this' or returning from derived "
                      "constructor");
  return FALSE;
}

gboolean
js_run_leave (JsRun *run)
{
  gboolean is_entry = run->frame->is_entry;

  pop_frame (run);
  run->is_done = is_entry;
  if (!is_entry)
    js_run_load (run, TRUE);
  return !is_entry;
}

gboolean
js_run_RETURN (JsRun *run, const guint32 *op)
{
  (void) op;
  if (run->frame->is_construct && !finish_construct (run))
    return FALSE;
  if (js_is_async_frame (run) && !js_async_return (run))
    return FALSE;
  return js_run_leave (run);
}

gboolean
js_run_THROW (JsRun *run, const guint32 *op)
{
  (void) op;
  run->vm->thrown_at = js_code_position (run->code, run->frame->pc);
  js_throw (run->vm, run->a);
  return FALSE;
}

gboolean
js_run_RETHROW (JsRun *run, const guint32 *op)
{
  (void) op;
  js_throw (run->vm, run->a);
  return FALSE;
}

/* ---- exceptions -------------------------------------------------------------------------------------------------- */

static const JsHandler *
find_handler (const JsRun *run)
{
  const JsCode *code = run->code;

  for (guint i = 0; i < code->n_handlers; i++)
    if (code->handlers[i].start <= run->frame->pc && run->frame->pc < code->handlers[i].end)
      return &code->handlers[i];
  return NULL;
}

/* Where the pending exception is caught. FALSE: C gets it. */
static gboolean
unwind (JsRun *run)
{
  JsVm *vm = run->vm;

  for (;;)
    {
      const JsHandler *handler = vm->is_over || !js_vm_tick (vm) ? NULL : find_handler (run);
      gboolean is_entry = run->frame->is_entry;

      if (handler != NULL)
        {
          run->a = js_catch (vm);
          run->pc = run->code->words + handler->handler;
          return TRUE;
        }
      if (!vm->is_over && js_is_async_frame (run) && js_async_throw (run))
        return js_run_leave (run);
      pop_frame (run);
      run->a = JS_THROWN;
      if (is_entry)
        return FALSE;
      js_run_load (run, FALSE);
    }
}

/* ---- the loop ---------------------------------------------------------------------------------------------------- */

JsValue
js_interpret (JsVm *vm, JsValue start)
{
  JsRun run = { .vm = vm, .machine = vm->machine, .a = start };
  const guint32 *pc, *op, *words;
  HpBits a, found;
  JsBits *r;

  js_run_load (&run, FALSE);
  if (!js_is_hole (vm->exception) && !unwind (&run))
    return run.a;
  a = hp_bits (run.a);
  for (;;)
    {
      pc = run.pc, r = (JsBits *) run.registers, words = run.code->words;
      for (;;)
        {
          op = pc;
          switch (*op & 0xff)
            {
              JS_INSTRUCTIONS
            default:
              break;
            }
          break;
        }
      run.a = hp_bits_value (a);
      run.pc = op + js_instruction_lengths[*op & 0xff];
      run.frame->pc = (guint32) (op - words);
      if (G_UNLIKELY (!HANDLERS[*op & 0xff](&run, op)) && (run.is_done || !unwind (&run)))
        return run.a;
      a = hp_bits (run.a);
    load:;
    }
}

/* ---- calls from C ------------------------------------------------------------------------------------------------ */

JsValue
js_run_closure (JsVm *vm, const JsCall *call, gboolean is_construct)
{
  const JsClass *class = js_class_of (vm, call->callee);

  if (class->is_class_constructor && !is_construct)
    {
      g_autofree char *name = js_function_name (vm, call->callee);
      return js_throw_type (vm, "Class constructor %s cannot be invoked without 'new'", name);
    }
  return js_push_frame (vm, js_function_code (vm, call->callee), call, TRUE, is_construct)
             ? js_interpret (vm, JS_UNDEFINED)
             : JS_THROWN;
}
