/* number.c - numbers: HeapNumbers, arithmetic, comparison (ECMA-262, 6.1.6.1, 13.15.3)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/number.h"
#include "runtime/bigint.h"
#include "runtime/error.h"
#include "runtime/string.h"

void
js_numbers_init (JsVm *vm)
{
  js_define_internal_kind (vm, JS_KIND_HEAP_NUMBER, 1, NULL, HP_TAIL_NONE, HP_REFERENCES_STRONG);
}

void
js_label_number (JsVm *vm, HpRef ref, double number)
{
  g_autofree char *text = NULL;

  if (!hp_machine_is_watched (vm->machine))
    return;
  text = js_double_to_text (number, 10);
  hp_machine_label (vm->machine, ref, text);
}

JsValue
js_number (JsVm *vm, double number)
{
  HpRef ref;
  guint32 n;

  if (js_fits_smi (number))
    return js_smi ((gint32) number);
  ref = js_new_internal (vm, JS_KIND_HEAP_NUMBER, 0);
  if (ref == HP_REF_NONE)
    return JS_THROWN;
  memcpy (hp_machine_bytes (vm->machine, ref, &n), &number, sizeof number);
  js_label_number (vm, ref, number);
  return js_ref (ref);
}

gint32
js_double_to_int32 (double number)
{
  double whole;

  if (!isfinite (number))
    return 0;
  if (fabs (number) < 2147483648.0)
    return (gint32) number;
  whole = fmod (trunc (number), 4294967296.0);
  return (gint32) (guint32) (gint64) whole;
}

/* ---- equality ---------------------------------------------------------------------------------------------------- */

static gboolean
is_bigint (JsVm *vm, JsValue value)
{
  return js_is_kind (vm, value, JS_KIND_BIGINT);
}

gboolean
js_strictly_equal (JsVm *vm, JsValue a, JsValue b)
{
  if (js_is_number (vm, a) && js_is_number (vm, b))
    return js_as_double (vm, a) == js_as_double (vm, b);
  if (js_is_string (vm, a) && js_is_string (vm, b))
    return js_string_equal (vm, a.payload, b.payload);
  if (is_bigint (vm, a) && is_bigint (vm, b))
    return js_bigint_compare (vm, a.payload, b.payload) == 0;
  return js_is_identical (a, b);
}

static gboolean
same_number (double a, double b, gboolean zeros_differ)
{
  if (isnan (a) || isnan (b))
    return isnan (a) && isnan (b);
  return a == b && (!zeros_differ || signbit (a) == signbit (b));
}

gboolean
js_same_value (JsVm *vm, JsValue a, JsValue b)
{
  if (js_is_number (vm, a) && js_is_number (vm, b))
    return same_number (js_as_double (vm, a), js_as_double (vm, b), TRUE);
  return js_strictly_equal (vm, a, b);
}

gboolean
js_same_value_zero (JsVm *vm, JsValue a, JsValue b)
{
  if (js_is_number (vm, a) && js_is_number (vm, b))
    return same_number (js_as_double (vm, a), js_as_double (vm, b), FALSE);
  return js_strictly_equal (vm, a, b);
}

/* A bigint and a string or number. */
static gboolean
bigint_equals (JsVm *vm, HpRef bigint, JsValue other, gboolean *result)
{
  double number;

  if (!js_to_number (vm, other, &number))
    return FALSE;
  *result = !isnan (number) && js_bigint_compare_double (vm, bigint, number) == 0;
  return TRUE;
}

static gboolean
equal_primitives (JsVm *vm, JsValue a, JsValue b, gboolean *result)
{
  double first, second;

  *result = FALSE;
  if (js_is_symbol (vm, a) || js_is_symbol (vm, b))
    return TRUE;
  if (is_bigint (vm, a))
    return bigint_equals (vm, a.payload, b, result);
  if (is_bigint (vm, b))
    return bigint_equals (vm, b.payload, a, result);
  if (!js_to_number (vm, a, &first) || !js_to_number (vm, b, &second))
    return FALSE;
  *result = first == second;
  return TRUE;
}

static gboolean
same_type (JsVm *vm, JsValue a, JsValue b)
{
  return (js_is_number (vm, a) && js_is_number (vm, b)) || (js_is_string (vm, a) && js_is_string (vm, b))
         || (js_is_object (vm, a) && js_is_object (vm, b)) || (!js_is_ref (a) && a.kind == b.kind)
         || (is_bigint (vm, a) && is_bigint (vm, b)) || (js_is_symbol (vm, a) && js_is_symbol (vm, b));
}

gboolean
js_loosely_equal (JsVm *vm, JsValue a, JsValue b, gboolean *result)
{
  gboolean objects = js_is_object (vm, a) || js_is_object (vm, b);

  *result = TRUE;
  if (js_is_nullish (a) || js_is_nullish (b))
    {
      *result = js_is_nullish (a) && js_is_nullish (b);
      return TRUE;
    }
  if (same_type (vm, a, b))
    {
      *result = js_strictly_equal (vm, a, b);
      return TRUE;
    }
  if (!objects)
    return equal_primitives (vm, a, b, result);
  if (js_is_object (vm, a))
    a = js_to_primitive (vm, a, JS_HINT_DEFAULT);
  else
    b = js_to_primitive (vm, b, JS_HINT_DEFAULT);
  return !js_is_hole (a) && !js_is_hole (b) && js_loosely_equal (vm, a, b, result);
}

/* ---- order ------------------------------------------------------------------------------------------------------- */

static gboolean
less_with_bigint (JsVm *vm, JsValue a, JsValue b, int *result)
{
  double number;

  if (is_bigint (vm, a) && is_bigint (vm, b))
    {
      *result = js_bigint_compare (vm, a.payload, b.payload) < 0;
      return TRUE;
    }
  if (!js_to_number (vm, is_bigint (vm, a) ? b : a, &number))
    return FALSE;
  *result = isnan (number)      ? -1
            : is_bigint (vm, a) ? js_bigint_compare_double (vm, a.payload, number) < 0
                                : js_bigint_compare_double (vm, b.payload, number) > 0;
  return TRUE;
}

static gboolean
less_primitives (JsVm *vm, JsValue a, JsValue b, int *result)
{
  double first, second;

  if (js_is_string (vm, a) && js_is_string (vm, b))
    {
      *result = js_string_compare (vm, a.payload, b.payload) < 0;
      return TRUE;
    }
  if (is_bigint (vm, a) || is_bigint (vm, b))
    return less_with_bigint (vm, a, b, result);
  if (!js_to_number (vm, a, &first) || !js_to_number (vm, b, &second))
    return FALSE;
  *result = isnan (first) || isnan (second) ? -1 : first < second;
  return TRUE;
}

gboolean
js_less (JsVm *vm, JsValue a, JsValue b, gboolean left_first, int *result)
{
  JsHandles handles = js_handles_open (vm);
  gboolean done;

  js_hold (vm, a);
  js_hold (vm, b);
  if (left_first)
    a = js_hold (vm, js_to_primitive (vm, a, JS_HINT_NUMBER));
  if (!js_is_hole (a))
    b = js_hold (vm, js_to_primitive (vm, b, JS_HINT_NUMBER));
  if (!left_first && !js_is_hole (b))
    a = js_hold (vm, js_to_primitive (vm, a, JS_HINT_NUMBER));
  done = !js_is_hole (a) && !js_is_hole (b) && less_primitives (vm, a, b, result);
  js_handles_close (vm, handles);
  return done;
}

/* ---- arithmetic -------------------------------------------------------------------------------------------------- */

static double
power (double base, double exponent)
{
  if (isnan (exponent) || (fabs (base) == 1 && isinf (exponent)))
    return NAN;
  return pow (base, exponent);
}

static double
compute (JsBytecode op, double a, double b)
{
  guint32 shift = (guint32) js_double_to_int32 (b) & 31;

  switch (op)
    {
    case JS_BYTECODE_ADD:
      return a + b;
    case JS_BYTECODE_SUB:
      return a - b;
    case JS_BYTECODE_MUL:
      return a * b;
    case JS_BYTECODE_DIV:
      return a / b;
    case JS_BYTECODE_MOD:
      return fmod (a, b);
    case JS_BYTECODE_EXP:
      return power (a, b);
    case JS_BYTECODE_BIT_OR:
      return js_double_to_int32 (a) | js_double_to_int32 (b);
    case JS_BYTECODE_BIT_XOR:
      return js_double_to_int32 (a) ^ js_double_to_int32 (b);
    case JS_BYTECODE_BIT_AND:
      return js_double_to_int32 (a) & js_double_to_int32 (b);
    case JS_BYTECODE_SHIFT_LEFT:
      return (gint32) ((guint32) js_double_to_int32 (a) << shift);
    case JS_BYTECODE_SHIFT_RIGHT:
      return js_double_to_int32 (a) >> shift;
    case JS_BYTECODE_SHIFT_UNSIGNED:
      return (guint32) js_double_to_int32 (a) >> shift;
    case JS_BYTECODE_INC:
      return a + 1;
    case JS_BYTECODE_DEC:
      return a - 1;
    case JS_BYTECODE_NEGATE:
      return -a;
    default:
      return ~js_double_to_int32 (a);
    }
}

static gboolean
is_unary (JsBytecode op)
{
  return op == JS_BYTECODE_INC || op == JS_BYTECODE_DEC || op == JS_BYTECODE_NEGATE || op == JS_BYTECODE_BIT_NOT;
}

/* Operands that are numbers or bigints; held. */
static JsValue
compute_numeric (JsVm *vm, JsBytecode op, JsValue a, JsValue b)
{
  if (is_bigint (vm, a) != is_bigint (vm, b) && !is_unary (op))
    return js_throw_type (vm, "Cannot mix BigInt and other types, use explicit conversions");
  if (!is_bigint (vm, a))
    return js_number (vm, compute (op, js_as_double (vm, a), is_unary (op) ? 0 : js_as_double (vm, b)));
  if (op == JS_BYTECODE_SHIFT_UNSIGNED)
    return js_throw_type (vm, "BigInts have no unsigned right shift, use >> instead");
  return js_bigint_arithmetic (vm, op, a, b);
}

/* Of primitives one of which is a string. */
static JsValue
concatenate (JsVm *vm, JsValue a, JsValue b)
{
  a = js_hold (vm, js_to_string (vm, a));
  if (js_is_hole (a))
    return a;
  b = js_hold (vm, js_to_string (vm, b));
  return js_is_hole (b) ? b : js_string_concat (vm, a, b);
}

static JsValue
compute_any (JsVm *vm, JsBytecode op, JsValue a, JsValue b)
{
  if (op == JS_BYTECODE_ADD)
    {
      a = js_hold (vm, js_to_primitive (vm, a, JS_HINT_DEFAULT));
      b = js_is_hole (a) ? a : js_hold (vm, js_to_primitive (vm, b, JS_HINT_DEFAULT));
      if (js_is_hole (b))
        return b;
      if (js_is_string (vm, a) || js_is_string (vm, b))
        return concatenate (vm, a, b);
    }
  a = js_hold (vm, js_to_numeric (vm, a));
  if (js_is_hole (a))
    return a;
  if (!is_unary (op))
    b = js_hold (vm, js_to_numeric (vm, b));
  return js_is_hole (b) ? b : compute_numeric (vm, op, a, b);
}

JsValue
js_arithmetic (JsVm *vm, JsBytecode op, JsValue a, JsValue b)
{
  JsHandles handles;
  JsValue result;

  if (js_is_number (vm, a) && (is_unary (op) || js_is_number (vm, b)))
    return js_number (vm, compute (op, js_as_double (vm, a), is_unary (op) ? 0 : js_as_double (vm, b)));
  if (op == JS_BYTECODE_ADD && js_is_string (vm, a) && js_is_string (vm, b))
    return js_string_concat (vm, a, b);
  handles = js_handles_open (vm);
  js_hold (vm, a);
  js_hold (vm, b);
  result = compute_any (vm, op, a, b);
  js_handles_close (vm, handles);
  return result;
}

JsAtom *
js_typeof (JsVm *vm, JsValue value)
{
  if (js_is_smi (value))
    return JS_NAME (vm, NUMBER);
  if (js_is_boolean (value))
    return JS_NAME (vm, BOOLEAN);
  if (js_is_null (value))
    return JS_NAME (vm, OBJECT);
  if (!js_is_ref (value))
    return JS_NAME (vm, UNDEFINED);
  switch (js_class_of (vm, value.payload)->kind)
    {
    case JS_KIND_HEAP_NUMBER:
      return JS_NAME (vm, NUMBER);
    case JS_KIND_BIGINT:
      return JS_NAME (vm, BIGINT);
    case JS_KIND_SYMBOL:
      return JS_NAME (vm, SYMBOL);
    default:
      return js_is_string (vm, value)     ? JS_NAME (vm, STRING)
             : js_is_callable (vm, value) ? JS_NAME (vm, FUNCTION)
                                          : JS_NAME (vm, OBJECT);
    }
}
