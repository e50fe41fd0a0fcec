/* run_operator.c - bytecodes for operators and conversions: the long way, with any values
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/describe.h"
#include "runtime/error.h"
#include "runtime/function.h"
#include "runtime/interpreter.h"
#include "runtime/message.h"
#include "runtime/number.h"
#include "runtime/property.h"
#include "runtime/string.h"

/* ---- arithmetic -------------------------------------------------------------------------------------------------- */

/* The left operand is a register, the right one A: held while one of them is converted. */
static gboolean
arithmetic (JsRun *run, JsBytecode bytecode, JsValue left, JsValue right)
{
  JsHandles handles;
  gboolean done;

  if (js_is_number (run->vm, left) && js_is_number (run->vm, right))
    return js_run_result (run, js_arithmetic (run->vm, bytecode, left, right));
  handles = js_handles_open (run->vm);
  js_hold (run->vm, left);
  js_hold (run->vm, right);
  done = js_run_result (run, js_arithmetic (run->vm, bytecode, left, right));
  js_handles_close (run->vm, handles);
  return done;
}

#define JS_BINARY(name)                                                                     \
  gboolean js_run_##name (JsRun *run, const guint32 *op)                                    \
  {                                                                                         \
    return arithmetic (run, JS_BYTECODE_##name, run->registers[JS_OPERAND_A (op)], run->a); \
  }
#define JS_BINARY_SMI(name)                                                              \
  gboolean js_run_##name##_SMI (JsRun *run, const guint32 *op)                           \
  {                                                                                      \
    return arithmetic (run, JS_BYTECODE_##name, run->a, js_smi (JS_OPERAND_A_SMI (op))); \
  }
#define JS_UNARY(name)                                                 \
  gboolean js_run_##name (JsRun *run, const guint32 *op)               \
  {                                                                    \
    (void) op;                                                         \
    return arithmetic (run, JS_BYTECODE_##name, run->a, JS_UNDEFINED); \
  }

JS_BINARY (ADD)
JS_BINARY (SUB)
JS_BINARY (MUL)
JS_BINARY (DIV)
JS_BINARY (MOD)
JS_BINARY (EXP)
JS_BINARY (BIT_OR)
JS_BINARY (BIT_XOR)
JS_BINARY (BIT_AND)
JS_BINARY (SHIFT_LEFT)
JS_BINARY (SHIFT_RIGHT)
JS_BINARY (SHIFT_UNSIGNED)
JS_BINARY_SMI (ADD)
JS_BINARY_SMI (SUB)
JS_BINARY_SMI (MUL)
JS_BINARY_SMI (DIV)
JS_BINARY_SMI (MOD)
JS_BINARY_SMI (BIT_OR)
JS_BINARY_SMI (BIT_AND)
JS_BINARY_SMI (SHIFT_LEFT)
JS_BINARY_SMI (SHIFT_RIGHT)
JS_UNARY (INC)
JS_UNARY (DEC)
JS_UNARY (NEGATE)
JS_UNARY (BIT_NOT)

/* ---- conversions ------------------------------------------------------------------------------------------------- */

gboolean
js_run_TO_NUMERIC (JsRun *run, const guint32 *op)
{
  (void) op;
  return js_run_result (run, js_to_numeric (run->vm, run->a));
}

gboolean
js_run_TO_NUMBER (JsRun *run, const guint32 *op)
{
  double number;

  (void) op;
  if (js_is_number (run->vm, run->a))
    return TRUE;
  return js_to_number (run->vm, run->a, &number) && js_run_result (run, js_number (run->vm, number));
}

gboolean
js_run_TO_STRING (JsRun *run, const guint32 *op)
{
  (void) op;
  return js_run_result (run, js_to_string (run->vm, run->a));
}

gboolean
js_run_TO_KEY (JsRun *run, const guint32 *op)
{
  (void) op;
  if (js_is_smi (run->a) || js_is_string (run->vm, run->a) || js_is_symbol (run->vm, run->a))
    return TRUE;
  if (!js_run_result (run, js_to_primitive (run->vm, run->a, JS_HINT_STRING)))
    return FALSE;
  return js_is_symbol (run->vm, run->a) || js_run_result (run, js_to_string (run->vm, run->a));
}

gboolean
js_run_TO_OBJECT_COERCIBLE (JsRun *run, const guint32 *op)
{
  g_autofree char *text = NULL;

  (void) op;
  if (!js_is_nullish (run->a))
    return TRUE;
  text = js_describe_destructuring (run->vm, run->frame->pc, run->a);
  js_throw_type (run->vm, "%s", text);
  return FALSE;
}

gboolean
js_run_NOT (JsRun *run, const guint32 *op)
{
  (void) op;
  run->a = js_boolean (!js_to_boolean (run->vm, run->a));
  return TRUE;
}

gboolean
js_run_TYPEOF (JsRun *run, const guint32 *op)
{
  (void) op;
  return js_run_result (run, js_atom_value (run->vm, js_typeof (run->vm, run->a)));
}

/* ---- comparisons ------------------------------------------------------------------------------------------------- */

gboolean
js_run_TEST_SAME (JsRun *run, const guint32 *op)
{
  run->a = js_boolean (js_strictly_equal (run->vm, run->registers[JS_OPERAND_A (op)], run->a));
  return TRUE;
}

gboolean
js_run_TEST_SAME_SMI (JsRun *run, const guint32 *op)
{
  run->a = js_boolean (js_strictly_equal (run->vm, run->a, js_smi (JS_OPERAND_A_SMI (op))));
  return TRUE;
}

gboolean
js_run_TEST_EQUAL (JsRun *run, const guint32 *op)
{
  JsHandles handles = js_handles_open (run->vm);
  gboolean equal, done;

  js_hold (run->vm, run->a);
  done = js_loosely_equal (run->vm, run->registers[JS_OPERAND_A (op)], run->a, &equal);
  js_handles_close (run->vm, handles);
  if (done)
    run->a = js_boolean (equal);
  return done;
}

/* a < b, or with @swapped b < a; @negated: and not so. Undefined (NaN) is FALSE in any case. */
static gboolean
test_less (JsRun *run, JsValue a, JsValue b, gboolean swapped, gboolean negated)
{
  JsHandles handles = js_handles_open (run->vm);
  gboolean done;
  int less;

  js_hold (run->vm, a);
  js_hold (run->vm, b);
  done = swapped ? js_less (run->vm, b, a, FALSE, &less) : js_less (run->vm, a, b, TRUE, &less);
  js_handles_close (run->vm, handles);
  if (done)
    run->a = js_boolean (negated ? less == 0 : less == 1);
  return done;
}

#define JS_COMPARE(name, left, right, swapped, negated)        \
  gboolean js_run_TEST_##name (JsRun *run, const guint32 *op)  \
  {                                                            \
    return test_less (run, (left), (right), swapped, negated); \
  }

JS_COMPARE (LESS, run->registers[JS_OPERAND_A (op)], run->a, FALSE, FALSE)
JS_COMPARE (GREATER, run->registers[JS_OPERAND_A (op)], run->a, TRUE, FALSE)
JS_COMPARE (LESS_EQUAL, run->registers[JS_OPERAND_A (op)], run->a, TRUE, TRUE)
JS_COMPARE (GREATER_EQUAL, run->registers[JS_OPERAND_A (op)], run->a, FALSE, TRUE)
JS_COMPARE (LESS_SMI, run->a, js_smi (JS_OPERAND_A_SMI (op)), FALSE, FALSE)
JS_COMPARE (GREATER_SMI, run->a, js_smi (JS_OPERAND_A_SMI (op)), TRUE, FALSE)

/* ---- instanceof -------------------------------------------------------------------------------------------------- */

/* OrdinaryHasInstance. FALSE: thrown. */
gboolean
js_has_instance (JsVm *vm, JsValue constructor, JsValue object, gboolean *result)
{
  JsValue prototype;

  *result = FALSE;
  if (!js_is_callable (vm, constructor))
    return TRUE;
  if (js_is_kind (vm, constructor, JS_KIND_BOUND_FUNCTION))
    return js_instance_of (vm, object, js_get_own_slot (vm, constructor.payload, JS_BOUND_SLOT_TARGET), result);
  if (!js_is_object (vm, object))
    return TRUE;
  prototype = js_get_named (vm, constructor, JS_NAME (vm, PROTOTYPE));
  if (js_is_hole (prototype))
    return FALSE;
  if (!js_is_object (vm, prototype))
    {
      g_autofree char *text = js_message_text (vm, prototype);
      js_throw_type (vm, "Function has non-object prototype '%s' in instanceof check", text);
      return FALSE;
    }
  for (object = js_get_prototype (vm, object); js_is_ref (object) && !*result; object = js_get_prototype (vm, object))
    *result = js_is_identical (object, prototype);
  return TRUE;
}

/* The method of Function.prototype says what js_has_instance () does. */
static gboolean
has_plain_method (JsVm *vm, JsValue method)
{
  const JsNativeRow *row = js_is_ref (method) ? js_function_native (vm, method.payload) : NULL;

  return row != NULL && strcmp (row->name, "@@hasInstance") == 0;
}

gboolean
js_instance_of (JsVm *vm, JsValue object, JsValue constructor, gboolean *result)
{
  JsValue method, answer;

  if (!js_is_object (vm, constructor))
    {
      js_throw_type (vm, "Right-hand side of 'instanceof' is not an object");
      return FALSE;
    }
  method = js_get_method (vm, constructor, js_key_atom (JS_SYMBOL (vm, HAS_INSTANCE)));
  if (js_is_hole (method))
    return FALSE;
  if (!js_is_undefined (method) && !has_plain_method (vm, method))
    {
      answer = js_call (vm, method, constructor, &object, 1);
      *result = !js_is_hole (answer) && js_to_boolean (vm, answer);
      return !js_is_hole (answer);
    }
  if (js_is_callable (vm, constructor))
    return js_has_instance (vm, constructor, object, result);
  js_throw_type (vm, "Right-hand side of 'instanceof' is not callable");
  return FALSE;
}

gboolean
js_run_TEST_INSTANCEOF (JsRun *run, const guint32 *op)
{
  JsHandles handles = js_handles_open (run->vm);
  gboolean result, done;

  js_hold (run->vm, run->a);
  done = js_instance_of (run->vm, run->registers[JS_OPERAND_A (op)], run->a, &result);
  js_handles_close (run->vm, handles);
  if (done)
    run->a = js_boolean (result);
  return done;
}
