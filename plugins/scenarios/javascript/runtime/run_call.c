/* run_call.c - bytecodes that call and construct, and what a function sees of its call
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/context.h"
#include "runtime/describe.h"
#include "runtime/elements.h"
#include "runtime/error.h"
#include "runtime/function.h"
#include "runtime/interpreter.h"
#include "runtime/message.h"
#include "runtime/number.h"
#include "runtime/object.h"

/* ---- calls ------------------------------------------------------------------------------------------------------- */

static gboolean
throw_not_callable (JsRun *run, const char *what)
{
  g_autofree char *text = js_describe_callee (run->vm, run->frame->pc);

  js_throw_type (run->vm, "%s is not a %s", text, what);
  return FALSE;
}

void
js_run_tell_expression (JsRun *run)
{
  guint line, column;

  if (!hp_machine_is_watched (run->machine))
    return;
  js_source_position (run->vm->source, js_code_position (run->code, run->frame->pc), &line, &column);
  hp_machine_expression (run->machine, line, column);
}

gboolean
js_run_call (JsRun *run, JsValue callee, JsValue receiver, const JsValue *arguments, guint n)
{
  JsVm *vm = run->vm;
  const JsClass *class = js_is_ref (callee) ? js_class_of (vm, callee.payload) : NULL;
  JsCall call = { callee.payload, receiver, arguments, n, JS_UNDEFINED };
  gint32 code;

  js_run_tell_expression (run);
  if (G_UNLIKELY (class == NULL || !class->is_callable))
    return throw_not_callable (run, "function");
  if (class->kind != JS_KIND_FUNCTION || class->is_class_constructor)
    return js_run_result (run, js_call (vm, callee, receiver, arguments, n));
  code = js_as_smi (js_function_slot (vm, callee.payload, JS_FUNCTION_SLOT_CODE));
  if (code < 0)
    return js_run_result (run, js_run_native (vm, g_ptr_array_index (vm->functions->natives, ~code), &call));
  if (!js_push_frame (vm, g_ptr_array_index (vm->compiled->codes, code), &call, FALSE, FALSE))
    return FALSE;
  js_run_load (run, FALSE);
  return TRUE;
}

gboolean
js_run_CALL (JsRun *run, const guint32 *op)
{
  const JsValue *r = run->registers;

  return js_run_call (run, r[JS_OPERAND_A (op)], JS_UNDEFINED, &r[JS_OPERAND_B (op)], JS_OPERAND_C (op));
}

gboolean
js_run_CALL_METHOD (JsRun *run, const guint32 *op)
{
  const JsValue *r = run->registers;
  guint32 receiver = JS_OPERAND_B (op);

  return js_run_call (run, r[JS_OPERAND_A (op)], r[receiver], &r[receiver + 1], JS_OPERAND_C (op));
}

gboolean
js_run_CALL_SPREAD (JsRun *run, const guint32 *op)
{
  JsHandles handles = js_handles_open (run->vm);
  guint32 n;
  g_autofree JsValue *arguments = js_list_from_array_like (run->vm, run->registers[JS_OPERAND_C (op)], &n);
  JsValue callee = run->registers[JS_OPERAND_A (op)];
  gboolean done = FALSE;

  if (arguments != NULL && !js_is_callable (run->vm, callee))
    throw_not_callable (run, "function");
  else if (arguments != NULL)
    done = js_run_result (run, js_call (run->vm, callee, run->registers[JS_OPERAND_B (op)], arguments, n));
  js_handles_close (run->vm, handles);
  return done;
}

/* ---- new --------------------------------------------------------------------------------------------------------- */

gboolean
js_run_construct (JsRun *run, JsValue callee, const JsValue *arguments, guint n, JsValue new_target)
{
  JsVm *vm = run->vm;
  JsCode *code;
  JsCall call = { callee.payload, JS_HOLE, arguments, n, new_target };

  js_run_tell_expression (run);
  if (!js_is_constructor (vm, callee))
    return throw_not_callable (run, "constructor");
  code = js_function_code (vm, callee.payload);
  if (code == NULL)
    return js_run_result (run, js_construct (vm, callee, arguments, n, new_target));
  if (!(code->flags & JS_FLAG_DERIVED))
    {
      JsHandles handles = js_handles_open (vm);
      gboolean pushed;

      call.receiver = js_hold (vm, js_new_instance (vm, new_target.payload));
      pushed = !js_is_hole (call.receiver) && js_push_frame (vm, code, &call, FALSE, TRUE);
      js_handles_close (vm, handles);
      if (!pushed)
        return FALSE;
    }
  else if (!js_push_frame (vm, code, &call, FALSE, TRUE))
    return FALSE;
  js_run_load (run, FALSE);
  return TRUE;
}

gboolean
js_run_NEW (JsRun *run, const guint32 *op)
{
  JsValue callee = run->registers[JS_OPERAND_A (op)];

  return js_run_construct (run, callee, &run->registers[JS_OPERAND_B (op)], JS_OPERAND_C (op), callee);
}

static gboolean
construct_spread (JsRun *run, JsValue callee, JsValue list, JsValue new_target)
{
  JsHandles handles = js_handles_open (run->vm);
  guint32 n;
  g_autofree JsValue *arguments = js_list_from_array_like (run->vm, list, &n);
  gboolean done = FALSE;

  if (arguments != NULL && !js_is_constructor (run->vm, callee))
    throw_not_callable (run, "constructor");
  else if (arguments != NULL)
    done = js_run_result (run, js_construct (run->vm, callee, arguments, n, new_target));
  js_handles_close (run->vm, handles);
  return done;
}

gboolean
js_run_NEW_SPREAD (JsRun *run, const guint32 *op)
{
  JsValue callee = run->registers[JS_OPERAND_A (op)];

  return construct_spread (run, callee, run->registers[JS_OPERAND_B (op)], callee);
}

/* The constructor that super () of class @class calls: the class's own prototype. FALSE: thrown. */
static gboolean
find_super (JsRun *run, JsValue class, JsValue *parent)
{
  *parent = js_get_prototype (run->vm, class);
  if (js_is_constructor (run->vm, *parent))
    return TRUE;
  g_autofree char *name = js_function_name (run->vm, class.payload);
  g_autofree char *text = js_is_callable (run->vm, *parent) ? js_function_name (run->vm, parent->payload)
                                                            : js_message_text (run->vm, *parent);
  js_throw_type (run->vm,
                 "Super constructor %s of %s is not a constructor",
                 *text != '\0' ? text : "null",
                 *name != '\0' ? name : "anonymous class");
  return FALSE;
}

/* In an arrow: that of the call of the constructor around it, which is under way. */
static JsValue
super_target (const JsRun *run, JsValue class)
{
  const GArray *frames = run->vm->frames;

  for (guint i = frames->len; i > 0; i--)
    {
      const JsFrame *frame = &g_array_index (frames, JsFrame, i - 1);
      if (frame->function == class.payload && frame->is_construct)
        return frame->new_target;
    }
  return class;
}

gboolean
js_run_SUPER_CALL (JsRun *run, const guint32 *op)
{
  JsValue class = run->registers[JS_OPERAND_A (op)], parent;
  const JsValue *arguments = &run->registers[JS_OPERAND_B (op)];

  return find_super (run, class, &parent)
         && js_run_construct (run, parent, arguments, JS_OPERAND_C (op), super_target (run, class));
}

gboolean
js_run_SUPER_CALL_SPREAD (JsRun *run, const guint32 *op)
{
  JsValue class = run->registers[JS_OPERAND_A (op)], parent;

  return find_super (run, class, &parent)
         && construct_spread (run, parent, run->registers[JS_OPERAND_B (op)], super_target (run, class));
}

gboolean
js_run_LDA_NEW_TARGET (JsRun *run, const guint32 *op)
{
  (void) op;
  run->a = run->frame->new_target;
  return TRUE;
}

/* ---- arguments --------------------------------------------------------------------------------------------------- */

gboolean
js_run_CREATE_REST (JsRun *run, const guint32 *op)
{
  const JsFrame *frame = run->frame;
  guint first = MIN (JS_OPERAND_A (op), frame->n_arguments);

  return js_run_result (run, js_ref (js_new_array_of (run->vm, frame->arguments + first, frame->n_arguments - first)));
}

static JsValue
get_values (JsVm *vm, HpRef object)
{
  (void) object;
  return js_get_named (vm, js_intrinsic (vm, JS_INTRINSIC_ARRAY_PROTOTYPE), js_atom (vm, "values", -1));
}

/* Sloppy functions with simple parameters share them with arguments (V8: SloppyArgumentsElements): such an object knows
 * the context that has them, and the parameters are captured all. */
enum
{
  MAPPED_CONTEXT,
  MAPPED_FUNCTION,
  MAPPED_COUNT, /* a Smi: arguments that are parameters */
  N_MAPPED
};

/* The slot of parameter @i in the context; -1: another one of its name hides it. */
static gint
parameter_slot (JsVm *vm, HpRef arguments, guint32 i)
{
  const JsCode *code = js_function_code (vm, js_get_own_slot (vm, arguments, MAPPED_FUNCTION).payload);

  for (const JsBinding *binding = code->node->scope->first; binding != NULL; binding = binding->next)
    if (binding->captured && binding->parameter == (gint) i)
      return JS_N_CONTEXT_SLOTS + binding->index;
  return -1;
}

static guint32
mapped_length (JsVm *vm, HpRef arguments)
{
  if (js_class_of (vm, arguments)->n_own == 0)
    return 0;
  return (guint32) js_as_smi (js_get_own_slot (vm, arguments, MAPPED_COUNT));
}

static JsValue
mapped_get (JsVm *vm, HpRef arguments, guint32 i)
{
  gint slot = parameter_slot (vm, arguments, i);
  HpRef store = js_get_own_slot (vm, arguments, MAPPED_CONTEXT).payload;

  if (slot >= 0)
    return hp_machine_read (vm->machine, store, (guint32) slot);
  return hp_machine_read (vm->machine, hp_machine_read (vm->machine, arguments, JS_SLOT_ELEMENTS).payload, i);
}

static gboolean
mapped_set (JsVm *vm, HpRef arguments, guint32 i, JsValue value)
{
  gint slot = i < mapped_length (vm, arguments) ? parameter_slot (vm, arguments, i) : -1;

  if (slot < 0)
    return js_set_element (vm, arguments, i, value);
  hp_machine_write (vm->machine, js_get_own_slot (vm, arguments, MAPPED_CONTEXT).payload, (guint32) slot, value);
  return TRUE;
}

static JsClass *
mapped_class (JsVm *vm)
{
  static const char *const NAMES[] = { "context", "function", "mapped" };
  static const JsIndexed MAPPED = { mapped_length, mapped_get, mapped_set, JS_ALL_ATTRIBUTES };

  if (vm->functions->mapped_arguments == NULL)
    {
      vm->indexed[JS_KIND_ARGUMENTS] = &MAPPED;
      vm->functions->mapped_arguments = js_class_new (
          vm,
          &(JsClassTemplate){ .kind = JS_KIND_ARGUMENTS,
                              .n_own = N_MAPPED,
                              .own_names = NAMES,
                              .n_in_object = 2,
                              .elements = JS_ELEMENTS_OBJECT,
                              .intrinsic_prototype = JS_INTRINSIC_OBJECT_PROTOTYPE + 1 });
    }
  return vm->functions->mapped_arguments;
}

static JsValue
throw_callee (JsVm *vm)
{
  return js_throw_type (
      vm,
      "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or "
      "the arguments objects for calls to them");
}

static JsValue
get_callee (JsVm *vm, HpRef object)
{
  (void) object;
  return throw_callee (vm);
}

static gboolean
set_callee (JsVm *vm, HpRef object, JsValue value)
{
  (void) object;
  (void) value;
  throw_callee (vm);
  return FALSE;
}

/* @has_callee: of sloppy functions with simple parameters. */
static JsClass *
arguments_class (JsVm *vm, JsClass *class, gboolean has_callee)
{
  static const JsVirtual no_callee = { get_callee, set_callee };
  static const JsVirtual iterator = { get_values, NULL };
  JsProperty properties[] = {
    { .atom = JS_NAME (vm, LENGTH), .attributes = JS_HIDDEN_ATTRIBUTES },
    { .atom = JS_NAME (vm, CALLEE),
      .kind = has_callee ? JS_PROPERTY_DATA : JS_PROPERTY_VIRTUAL,
      .attributes = has_callee ? JS_HIDDEN_ATTRIBUTES : JS_WRITABLE,
      .virtual_property = has_callee ? NULL : &no_callee },
    { .atom = JS_SYMBOL (vm, ITERATOR),
      .kind = JS_PROPERTY_VIRTUAL,
      .attributes = JS_HIDDEN_ATTRIBUTES,
      .virtual_property = &iterator },
  };

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    class = js_class_add (vm, class, &properties[i]);
  return class;
}

/* Where the mapped parameters are: the context of the function, which is the current one. */
static void
map_arguments (JsRun *run, HpRef arguments)
{
  const JsFrame *frame = run->frame;

  js_set_own_slot (run->vm, arguments, MAPPED_CONTEXT, run->registers[JS_CONTEXT_REGISTER (run->code)]);
  js_set_own_slot (run->vm, arguments, MAPPED_FUNCTION, js_ref (frame->function));
  js_set_own_slot (
      run->vm, arguments, MAPPED_COUNT, js_smi ((gint32) MIN (frame->n_arguments, run->code->n_parameters)));
}

static JsValue
new_arguments (JsRun *run, gboolean mapped, gboolean has_callee)
{
  JsVm *vm = run->vm;
  const JsFrame *frame = run->frame;
  JsClass *class = arguments_class (vm, mapped ? mapped_class (vm) : vm->kinds[JS_KIND_ARGUMENTS], has_callee);
  JsValue store = JS_HOLE, arguments;
  guint first = JS_N_OBJECT_SLOTS + class->n_own;

  if (frame->n_arguments > 0)
    {
      store = js_hold (vm, js_ref (js_new_internal (vm, JS_KIND_FIXED_ARRAY, frame->n_arguments)));
      if (js_is_hole (store))
        return store;
    }
  for (guint i = 0; i < frame->n_arguments; i++)
    hp_machine_write (run->machine, store.payload, i, frame->arguments[i]);
  arguments = js_ref (hp_machine_allocate (run->machine, class->shape, 0));
  if (js_is_hole (arguments))
    return arguments;
  hp_machine_write (run->machine, arguments.payload, JS_SLOT_ELEMENTS, store);
  hp_machine_write (run->machine, arguments.payload, first, js_smi ((gint32) frame->n_arguments));
  if (has_callee)
    hp_machine_write (run->machine, arguments.payload, first + 1, js_ref (frame->function));
  if (mapped)
    map_arguments (run, arguments.payload);
  return arguments;
}

gboolean
js_run_CREATE_ARGUMENTS (JsRun *run, const guint32 *op)
{
  JsHandles handles = js_handles_open (run->vm);
  const JsScope *scope = run->code->node->scope;
  gboolean is_mapped = scope != NULL && scope->mapped_arguments && scope->n_captured > 0;
  gboolean done = js_run_result (run, new_arguments (run, is_mapped, scope != NULL && scope->sloppy_arguments));

  (void) op;
  js_handles_close (run->vm, handles);
  return done;
}

/* ---- before a code's first call ---------------------------------------------------------------------------------- */

guint32
js_native_frame_function (JsVm *vm, const JsNativeRow *row)
{
  JsFunctions *functions = vm->functions;
  guint32 id = GPOINTER_TO_UINT (g_hash_table_lookup (functions->native_frames, row));

  if (id == 0)
    {
      HpFunction function = { .name = row->name, .overhead_words = 5 };
      id = hp_machine_define_function (vm->machine, &function);
      g_hash_table_insert (functions->native_frames, (gpointer) row, GUINT_TO_POINTER (id));
    }
  return id;
}
