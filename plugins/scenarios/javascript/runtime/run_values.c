/* run_values.c - bytecodes for constants, variables, contexts, jumps and narration
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/bigint.h"
#include "runtime/comment.h"
#include "runtime/error.h"
#include "runtime/function.h"
#include "runtime/keep.h"
#include "runtime/number.h"
#include "runtime/object.h"
#include "runtime/quick.h"

/* ---- what the loop does itself, and here again for the long way -------------------------------------------------- */

#define JS_LOAD(name, value)                             \
  gboolean js_run_##name (JsRun *run, const guint32 *op) \
  {                                                      \
    (void) op;                                           \
    run->a = (value);                                    \
    return TRUE;                                         \
  }

JS_LOAD (LDA_UNDEFINED, JS_UNDEFINED)
JS_LOAD (LDA_NULL, JS_NULL)
JS_LOAD (LDA_TRUE, JS_TRUE)
JS_LOAD (LDA_FALSE, JS_FALSE)
JS_LOAD (LDA_HOLE, JS_HOLE)
JS_LOAD (LDA_SMI, js_smi (JS_OPERAND_A_SMI (op)))
JS_LOAD (LDAR, run->registers[JS_OPERAND_A (op)])
JS_LOAD (LDA_CONTEXT, hp_bits_value (js_quick_get_context (run, op)))

gboolean
js_run_STAR (JsRun *run, const guint32 *op)
{
  js_set_register (run, JS_OPERAND_A (op), run->a);
  return TRUE;
}

gboolean
js_run_MOV (JsRun *run, const guint32 *op)
{
  js_set_register (run, JS_OPERAND_B (op), run->registers[JS_OPERAND_A (op)]);
  return TRUE;
}

gboolean
js_run_STATEMENT (JsRun *run, const guint32 *op)
{
  js_quick_statement (run, op);
  return TRUE;
}

/* ---- constants --------------------------------------------------------------------------------------------------- */

static JsValue
new_old_number (JsVm *vm, double number)
{
  HpRef ref = hp_machine_allocate_old (vm->machine, vm->kinds[JS_KIND_HEAP_NUMBER]->shape, 0);
  guint32 n;

  if (ref == HP_REF_NONE)
    return JS_THROWN;
  memcpy (hp_machine_bytes (vm->machine, ref, &n), &number, sizeof number);
  js_label_number (vm, ref, number);
  return js_ref (ref);
}

/* A constant number or bigint is in old space, as V8's are. */
static JsValue
constant_object (JsRun *run, JsConstant *constant)
{
  JsVm *vm = run->vm;
  JsValue value;

  if (constant->value != 0)
    return js_ref (constant->value);
  if (constant->kind == JS_CONSTANT_NUMBER && js_fits_smi (constant->number))
    return js_smi ((gint32) constant->number);
  value = constant->kind == JS_CONSTANT_NUMBER ? new_old_number (vm, constant->number)
                                               : js_bigint_from_text (vm, constant->text->bytes);
  if (!js_is_hole (value) && js_keep (vm, value.payload))
    constant->value = value.payload;
  return value;
}

gboolean
js_run_LDA_CONSTANT (JsRun *run, const guint32 *op)
{
  JsConstant *constant = &run->code->constants[JS_OPERAND_A (op)];

  if (constant->kind == JS_CONSTANT_STRING)
    return js_run_result (run, js_atom_value (run->vm, constant->atom));
  return js_run_result (run, constant_object (run, constant));
}

/* ---- contexts ---------------------------------------------------------------------------------------------------- */

gboolean
js_run_STA_CONTEXT (JsRun *run, const guint32 *op)
{
  js_quick_set_context (run, op, hp_bits (run->a));
  return TRUE;
}

JsClass *
js_context_class (JsVm *vm, const JsScope *scope)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_full (scope->n_captured + 3, NULL);

  g_ptr_array_add (names, "scope");
  g_ptr_array_add (names, "previous");
  g_ptr_array_set_size (names, (gint) scope->n_captured + 3);
  for (guint i = 0; i < scope->n_captured; i++)
    names->pdata[JS_N_CONTEXT_SLOTS + i] = "";
  for (const JsBinding *binding = scope->first; binding != NULL; binding = binding->next)
    if (binding->captured)
      names->pdata[JS_N_CONTEXT_SLOTS + binding->index] = (gpointer) (binding->name != NULL ? binding->name->bytes
                                                                                            : "this");
  return js_class_new_internal (
      vm, JS_KIND_CONTEXT, "Context", 1, (const char *const *) names->pdata, HP_TAIL_NONE, HP_REFERENCES_STRONG);
}

static gboolean
enter_context (JsRun *run, guint32 shape, const JsValue *slots, guint n)
{
  HpRef context = hp_machine_allocate_with (run->machine, shape, 0, slots, n);

  if (context == HP_REF_NONE)
    return FALSE;
  js_set_register (run, JS_CONTEXT_REGISTER (run->code), js_ref (context));
  return TRUE;
}

/* A stays, which nothing else may hold. */
gboolean
js_run_PUSH_CONTEXT (JsRun *run, const guint32 *op)
{
  JsConstant *constant = &run->code->constants[JS_OPERAND_A (op)];
  JsHandles handles = js_handles_open (run->vm);
  JsValue slots[] = { JS_HOLE, run->registers[JS_CONTEXT_REGISTER (run->code)] };
  gboolean done;

  if (constant->value == 0)
    constant->value = js_context_class (run->vm, constant->scope)->shape;
  js_hold (run->vm, run->a);
  done = enter_context (run, constant->value, slots, 2);
  js_handles_close (run->vm, handles);
  return done;
}

gboolean
js_run_POP_CONTEXT (JsRun *run, const guint32 *op)
{
  guint32 r = JS_CONTEXT_REGISTER (run->code);

  (void) op;
  js_set_register (run, r, hp_machine_read (run->machine, run->registers[r].payload, JS_CONTEXT_SLOT_PREVIOUS));
  return TRUE;
}

gboolean
js_run_CLONE_CONTEXT (JsRun *run, const guint32 *op)
{
  HpRef context = run->registers[JS_CONTEXT_REGISTER (run->code)].payload;
  const JsClass *class = js_class_of (run->vm, context);
  g_autofree JsValue *slots = g_new (JsValue, class->n_own);

  (void) op;
  for (guint i = 0; i < class->n_own; i++)
    slots[i] = hp_machine_read (run->machine, context, i);
  return enter_context (run, class->shape, slots, class->n_own);
}

/* ---- global variables -------------------------------------------------------------------------------------------- */

/* The global object's property, and what the cache may know of it. JS_ABSENT: there is none. */
static JsFound
find_global (JsRun *run, const guint32 *op, JsValue *value)
{
  JsVm *vm = run->vm;
  JsValue global = js_intrinsic (vm, JS_INTRINSIC_GLOBAL);
  JsAtom *name = run->code->constants[JS_OPERAND_A (op)].atom;
  JsCache *cache = &run->code->caches[JS_OPERAND_B (op)];
  JsClass *class = js_class_of (vm, global.payload);
  JsPlace place;

  if (!js_find_own (vm, global.payload, class, name, &place))
    {
      if (js_has (vm, global.payload, js_key_atom (name)) != JS_PRESENT)
        return JS_ABSENT;
      *value = js_get_named (vm, global, name);
      return js_is_hole (*value) ? JS_FAILED : JS_PRESENT;
    }
  if (js_place_is_accessor (&place))
    *value = js_get_named (vm, global, name);
  else
    {
      *value = js_place_value (vm, global.payload, &place);
      js_cache_place (cache, class, &place);
    }
  return js_is_hole (*value) ? JS_FAILED : JS_PRESENT;
}

gboolean
js_run_LDA_GLOBAL (JsRun *run, const guint32 *op)
{
  JsFound found = find_global (run, op, &run->a);

  if (found == JS_ABSENT)
    js_throw_reference (run->vm, "%s is not defined", ((JsAtom *) run->code->constants[JS_OPERAND_A (op)].atom)->text);
  return found == JS_PRESENT;
}

gboolean
js_run_LDA_GLOBAL_TYPEOF (JsRun *run, const guint32 *op)
{
  JsFound found = find_global (run, op, &run->a);

  if (found == JS_ABSENT)
    run->a = JS_UNDEFINED;
  return found != JS_FAILED;
}

gboolean
js_run_STA_GLOBAL (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  JsValue global = js_intrinsic (vm, JS_INTRINSIC_GLOBAL);
  JsKey key = js_key_atom (run->code->constants[JS_OPERAND_A (op)].atom);

  if (run->code->strict && js_has (vm, global.payload, key) == JS_ABSENT)
    {
      js_throw_reference (vm, "%s is not defined", key.atom->text);
      return FALSE;
    }
  return js_set (vm, global, key, run->a, run->code->strict);
}

/* ---- checks ------------------------------------------------------------------------------------------------------ */

gboolean
js_run_CHECK_HOLE (JsRun *run, const guint32 *op)
{
  if (js_is_hole (run->a))
    js_throw_reference (
        run->vm, "Cannot access '%s' before initialization", run->code->constants[JS_OPERAND_A (op)].text->bytes);
  return !js_is_hole (run->a);
}

gboolean
js_run_CHECK_THIS (JsRun *run, const guint32 *op)
{
  (void) op;
  if (js_is_hole (run->a))
    js_throw_reference (run->vm,
                        "Must call super constructor in derived class before accessing 'this' or returning from "
                        "derived constructor");
  return !js_is_hole (run->a);
}

gboolean
js_run_CHECK_NOT_THIS (JsRun *run, const guint32 *op)
{
  (void) op;
  if (!js_is_hole (run->a))
    js_throw_reference (run->vm, "Super constructor may only be called once");
  return js_is_hole (run->a);
}

gboolean
js_run_THROW_CONST (JsRun *run, const guint32 *op)
{
  (void) op;
  js_throw_type (run->vm, "Assignment to constant variable.");
  return FALSE;
}

/* ---- jumps ------------------------------------------------------------------------------------------------------- */

static gboolean
jump_if (JsRun *run, const guint32 *op, gboolean condition)
{
  if (condition)
    run->pc = run->code->words + JS_OPERAND_A (op);
  return TRUE;
}

gboolean
js_run_JUMP (JsRun *run, const guint32 *op)
{
  return jump_if (run, op, TRUE);
}

gboolean
js_run_JUMP_LOOP (JsRun *run, const guint32 *op)
{
  return js_vm_tick (run->vm) && jump_if (run, op, TRUE);
}

#define JS_JUMP(name, condition)                         \
  gboolean js_run_##name (JsRun *run, const guint32 *op) \
  {                                                      \
    return jump_if (run, op, (condition));               \
  }

JS_JUMP (JUMP_IF_TRUE, js_to_boolean (run->vm, run->a))
JS_JUMP (JUMP_IF_FALSE, !js_to_boolean (run->vm, run->a))
JS_JUMP (JUMP_IF_NULLISH, js_is_nullish (run->a))
JS_JUMP (JUMP_IF_NOT_NULLISH, !js_is_nullish (run->a))
JS_JUMP (JUMP_IF_UNDEFINED, js_is_undefined (run->a))
JS_JUMP (JUMP_IF_NOT_UNDEFINED, !js_is_undefined (run->a))
JS_JUMP (JUMP_IF_SMI, js_is_identical (run->registers[JS_OPERAND_B (op)], js_smi ((gint32) JS_OPERAND_C (op))))

/* ---- narration and bookkeeping ----------------------------------------------------------------------------------- */

gboolean
js_run_COMMENT (JsRun *run, const guint32 *op)
{
  const GArray *comments = run->vm->program->comments;

  if (JS_OPERAND_A (op) == JS_COMMENT_SILENCE)
    {
      js_comment_end (run->vm);
      return TRUE;
    }
  js_comment_run (run->vm, &g_array_index (comments, JsComment, JS_OPERAND_A (op)));
  return js_vm_tick (run->vm);
}

gboolean
js_run_CLEAR (JsRun *run, const guint32 *op)
{
  for (guint32 i = JS_OPERAND_A (op); i < JS_OPERAND_A (op) + JS_OPERAND_B (op); i++)
    if (js_is_ref (run->registers[i]))
      js_set_register (run, i, JS_HOLE);
  return TRUE;
}
