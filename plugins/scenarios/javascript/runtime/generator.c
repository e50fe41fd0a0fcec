/* generator.c - functions that stop and go on (V8: src/objects/js-generator.h)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/generator.h"
#include "runtime/error.h"
#include "runtime/function.h"
#include "runtime/number.h"
#include "runtime/promise.h"
#include "runtime/property.h"

void
js_generators_init (JsVm *vm)
{
  static const char *const NAMES[] = { "function", "context",      "receiver",  "state",
                                       "mode",     "continuation", "registers", "promise" };
  static const char *const QUEUED[] = { "function", "context",      "receiver",  "state",
                                        "mode",     "continuation", "registers", "queue" };
  const JsClassTemplate templates[] = {
    { .kind = JS_KIND_GENERATOR, .n_own = JS_N_GENERATOR_SLOTS, .own_names = NAMES },
    { .kind = JS_KIND_ASYNC_GENERATOR, .n_own = JS_N_GENERATOR_SLOTS + 1, .own_names = QUEUED },
    { .kind = JS_KIND_ASYNC_FUNCTION, .n_own = JS_N_GENERATOR_SLOTS + 1, .own_names = NAMES },
  };

  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      JsClassTemplate template = templates[i];
      template.prototype = JS_NULL;
      js_define_kind (vm, &template);
    }
}

/* ---- slots ------------------------------------------------------------------------------------------------------- */

JsGeneratorState
js_generator_state (JsVm *vm, HpRef generator)
{
  return (JsGeneratorState) js_as_smi (js_get_own_slot (vm, generator, JS_GENERATOR_SLOT_INPUT));
}

void
js_generator_set_state (JsVm *vm, HpRef generator, JsGeneratorState state)
{
  js_set_own_slot (vm, generator, JS_GENERATOR_SLOT_INPUT, js_smi ((gint32) state));
  if (state == JS_GENERATOR_COMPLETED)
    js_set_own_slot (vm, generator, JS_GENERATOR_SLOT_REGISTERS, JS_HOLE);
}

/* ---- stopping ---------------------------------------------------------------------------------------------------- */

static HpRef
generator_of (const JsRun *run)
{
  return hp_value_get_ref (run->registers[run->code->generator_register]);
}

static void
save (JsRun *run, HpRef generator, JsGeneratorState state, gint32 mode_register)
{
  JsVm *vm = run->vm;
  HpRef file = js_get_own_slot (vm, generator, JS_GENERATOR_SLOT_REGISTERS).payload;

  for (guint i = 0; i < run->code->n_registers; i++)
    hp_machine_write (run->machine, file, i, run->registers[i]);
  js_set_own_slot (vm, generator, JS_GENERATOR_SLOT_CONTINUATION, js_smi ((gint32) (run->pc - run->code->words)));
  js_set_own_slot (vm, generator, JS_GENERATOR_SLOT_RESUME_MODE, js_smi (mode_register));
  js_generator_set_state (vm, generator, state);
}

/* The object that holds the frame; in the class that the function's prototype says. */
static HpRef
new_generator (JsRun *run)
{
  JsVm *vm = run->vm;
  gboolean async = (run->code->flags & JS_FLAG_ASYNC) != 0;
  JsClass *class;

  if (!(run->code->flags & JS_FLAG_GENERATOR))
    return js_new_object_of_kind (vm, JS_KIND_ASYNC_FUNCTION);
  class = js_instance_class (vm, run->frame->function, async ? JS_KIND_ASYNC_GENERATOR : JS_KIND_GENERATOR);
  return class != NULL ? hp_machine_allocate (run->machine, class->shape, 0) : HP_REF_NONE;
}

static gboolean
create_generator (JsRun *run, guint32 r)
{
  JsVm *vm = run->vm;
  JsValue file = js_hold (vm, js_ref (js_new_internal (vm, JS_KIND_FIXED_ARRAY, run->code->n_registers)));
  HpRef generator = js_is_hole (file) ? HP_REF_NONE : new_generator (run);

  js_set_register (run, r, js_ref (generator));
  if (generator == HP_REF_NONE)
    return FALSE;
  js_set_own_slot (vm, generator, JS_GENERATOR_SLOT_FUNCTION, js_ref (run->frame->function));
  js_set_own_slot (vm, generator, JS_GENERATOR_SLOT_CONTEXT, run->registers[JS_CONTEXT_REGISTER (run->code)]);
  js_set_own_slot (vm, generator, JS_GENERATOR_SLOT_RECEIVER, run->registers[0]);
  js_set_own_slot (vm, generator, JS_GENERATOR_SLOT_REGISTERS, file);
  js_generator_set_state (vm, generator, JS_GENERATOR_RUNNING);
  return TRUE;
}

gboolean
js_run_CREATE_GENERATOR (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  guint32 r = JS_OPERAND_A (op);
  JsHandles handles = js_handles_open (vm);
  gboolean done = create_generator (run, r);

  js_handles_close (vm, handles);
  if (!done)
    return FALSE;
  if (run->code->flags & JS_FLAG_GENERATOR)
    {
      run->a = run->registers[r];
      save (run, run->a.payload, JS_GENERATOR_AT_START, -1);
      return js_run_leave (run);
    }
  run->a = js_promise_new (vm);
  if (js_is_hole (run->a))
    return FALSE;
  js_set_own_slot (vm, run->registers[r].payload, JS_ASYNC_SLOT_PROMISE, run->a);
  return TRUE;
}

gboolean
js_run_YIELD (JsRun *run, const guint32 *op)
{
  save (run, generator_of (run), JS_GENERATOR_AT_YIELD, (gint32) JS_OPERAND_A (op));
  run->vm->yielded_result = FALSE;
  return js_run_leave (run);
}

/* What is given is a result object already. */
gboolean
js_run_YIELD_RESULT (JsRun *run, const guint32 *op)
{
  save (run, generator_of (run), JS_GENERATOR_AT_YIELD, (gint32) JS_OPERAND_A (op));
  run->vm->yielded_result = TRUE;
  return js_run_leave (run);
}

gboolean
js_run_AWAIT (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  HpRef generator = generator_of (run);

  (void) op;
  if (!js_promise_await (vm, generator, run->a))
    return FALSE;
  save (run, generator, JS_GENERATOR_AT_AWAIT, -1);
  run->a = JS_UNDEFINED;
  if (js_is_async_frame (run) && !run->frame->is_resumed)
    run->a = js_get_own_slot (vm, generator, JS_ASYNC_SLOT_PROMISE);
  return js_run_leave (run);
}

/* ---- the end of async functions ---------------------------------------------------------------------------------- */

gboolean
js_is_async_frame (const JsRun *run)
{
  return (run->code->flags & (JS_FLAG_ASYNC | JS_FLAG_GENERATOR)) == JS_FLAG_ASYNC;
}

/* The promise of the newest frame; a new one where its parameters threw. */
static JsValue
promise_of (JsRun *run)
{
  HpRef generator = generator_of (run);

  if (generator == HP_REF_NONE)
    return js_promise_new (run->vm);
  js_generator_set_state (run->vm, generator, JS_GENERATOR_COMPLETED);
  return js_get_own_slot (run->vm, generator, JS_ASYNC_SLOT_PROMISE);
}

static gboolean
finish_async (JsRun *run, JsValue value, gboolean is_rejected)
{
  JsVm *vm = run->vm;
  JsHandles handles = js_handles_open (vm);
  JsValue promise;
  gboolean done;

  js_hold (vm, value);
  promise = js_hold (vm, promise_of (run));
  done = !js_is_hole (promise)
         && (is_rejected ? js_promise_reject (vm, promise.payload, value)
                         : js_promise_resolve (vm, promise.payload, value));
  js_handles_close (vm, handles);
  run->a = run->frame->is_resumed ? JS_UNDEFINED : promise;
  return done;
}

gboolean
js_async_return (JsRun *run)
{
  return finish_async (run, run->a, FALSE);
}

gboolean
js_async_throw (JsRun *run)
{
  return finish_async (run, js_catch (run->vm), TRUE);
}

/* ---- going on ---------------------------------------------------------------------------------------------------- */

/* The frame as it was, on top of the stack. FALSE: thrown. */
static gboolean
push_saved_frame (JsVm *vm, HpRef generator)
{
  HpRef function = js_get_own_slot (vm, generator, JS_GENERATOR_SLOT_FUNCTION).payload;
  HpRef file = js_get_own_slot (vm, generator, JS_GENERATOR_SLOT_REGISTERS).payload;
  JsCode *code = js_function_code (vm, function);
  JsCall call = { function, js_get_own_slot (vm, generator, JS_GENERATOR_SLOT_RECEIVER), NULL, 0, JS_UNDEFINED };
  JsFrame *frame;

  if (!js_push_frame (vm, code, &call, TRUE, FALSE))
    return FALSE;
  frame = js_newest_frame (vm);
  frame->is_resumed = TRUE;
  frame->pc = (guint32) js_as_smi (js_get_own_slot (vm, generator, JS_GENERATOR_SLOT_CONTINUATION));
  for (guint i = 0; i < code->n_registers; i++)
    {
      JsValue value = hp_machine_read (vm->machine, file, i);
      vm->registers[frame->base + i] = value;
      hp_machine_set_local (vm->machine, i, value);
    }
  return TRUE;
}

/* What it is resumed with: the register that waits for it gets how. */
static void
announce_mode (JsVm *vm, HpRef generator, JsResumeMode mode)
{
  const JsFrame *frame = js_newest_frame (vm);
  gint32 r = js_as_smi (js_get_own_slot (vm, generator, JS_GENERATOR_SLOT_RESUME_MODE));

  if (r < 0)
    return;
  vm->registers[frame->base + (guint32) r] = js_smi ((gint32) mode);
  hp_machine_set_local (vm->machine, (guint32) r, js_smi ((gint32) mode));
}

/* An exception comes up at the instruction where it stopped: one word before where it goes on. */
static JsValue
go_on (JsVm *vm, HpRef generator, JsResumeMode mode, JsValue value)
{
  JsFrame *frame;

  if (!push_saved_frame (vm, generator))
    return JS_THROWN;
  announce_mode (vm, generator, mode);
  js_generator_set_state (vm, generator, JS_GENERATOR_RUNNING);
  if (mode == JS_RESUME_THROW)
    {
      frame = js_newest_frame (vm);
      frame->pc -= 1;
      vm->thrown_at = js_code_position (frame->code, frame->pc);
      js_throw (vm, value);
    }
  return js_interpret (vm, value);
}

/* A generator that never began, or has ended, does not run. */
static JsValue
resume_nothing (JsVm *vm, HpRef generator, JsResumeMode mode, JsValue value)
{
  js_generator_set_state (vm, generator, JS_GENERATOR_COMPLETED);
  if (mode == JS_RESUME_THROW)
    return js_throw (vm, value);
  return mode == JS_RESUME_RETURN ? value : JS_UNDEFINED;
}

static JsValue
resume (JsVm *vm, HpRef generator, JsResumeMode mode, JsValue value, gboolean *done)
{
  JsGeneratorState state = js_generator_state (vm, generator);
  JsValue result;

  *done = TRUE;
  if (state == JS_GENERATOR_RUNNING)
    return js_throw_type (vm, "Generator is already running");
  if (state == JS_GENERATOR_COMPLETED || (state == JS_GENERATOR_AT_START && mode != JS_RESUME_NEXT))
    return resume_nothing (vm, generator, mode, value);
  vm->yielded_result = FALSE;
  result = go_on (vm, generator, mode, value);
  if (js_generator_state (vm, generator) == JS_GENERATOR_RUNNING)
    js_generator_set_state (vm, generator, JS_GENERATOR_COMPLETED);
  *done = js_generator_state (vm, generator) == JS_GENERATOR_COMPLETED;
  return result;
}

JsValue
js_generator_resume (JsVm *vm, HpRef generator, guint mode, JsValue value, gboolean *done)
{
  JsHandles handles = js_handles_open (vm);
  JsValue result = JS_THROWN;

  js_hold (vm, js_ref (generator));
  js_hold (vm, value);
  if (js_vm_enter (vm))
    result = resume (vm, generator, (JsResumeMode) mode, value, done);
  if (!vm->is_over && js_class_of (vm, generator)->kind == JS_KIND_ASYNC_GENERATOR
      && js_generator_state (vm, generator) != JS_GENERATOR_AT_AWAIT)
    result = js_async_generator_settle (vm, generator, js_hold (vm, result)) ? JS_UNDEFINED : JS_THROWN;
  js_handles_close (vm, handles);
  return result;
}
