/* math.c - Math
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"

#include <math.h>

typedef double (*Function) (double);

static JsValue
apply (JsVm *vm, const JsCall *call, Function function)
{
  double number;

  return js_to_number (vm, js_argument (call, 0), &number) ? js_number (vm, function (number)) : JS_THROWN;
}

static double
round_half_up (double number)
{
  double whole = floor (number);

  if (number < 0 && number >= -0.5)
    return -0.0;
  return number - whole >= 0.5 ? whole + 1 : whole;
}

static double
sign (double number)
{
  return isnan (number) || number == 0 ? number : number > 0 ? 1 : -1;
}

static double
to_float (double number)
{
  return (double) (float) number;
}

static double
leading_zeros (double number)
{
  guint32 bits = (guint32) js_double_to_int32 (number);

  return bits == 0 ? 32 : __builtin_clz (bits);
}

/* cbrt() itself may be off by one in the last place: the cube root of 27 is 3. */
static double
cube_root (double number)
{
  return (double) cbrtl (number);
}

/* clang-format off: it never comes to rest here. */
#define JS_MATH(X)         \
  X (abs, fabs)            \
  X (acos, acos)           \
  X (acosh, acosh)         \
  X (asin, asin)           \
  X (asinh, asinh)         \
  X (atan, atan)           \
  X (atanh, atanh)         \
  X (cbrt, cube_root)      \
  X (ceil, ceil)           \
  X (cos, cos)             \
  X (cosh, cosh)           \
  X (exp, exp)             \
  X (expm1, expm1)         \
  X (floor, floor)         \
  X (fround, to_float)     \
  X (log, log)             \
  X (log10, log10)         \
  X (log1p, log1p)         \
  X (log2, log2)           \
  X (round, round_half_up) \
  X (sign, sign)           \
  X (sin, sin)             \
  X (sinh, sinh)           \
  X (sqrt, sqrt)           \
  X (tan, tan)             \
  X (tanh, tanh)           \
  X (trunc, trunc)         \
  X (clz32, leading_zeros)
/* clang-format on */

#define DEFINE(name, function)                              \
  static JsValue math_##name (JsVm *vm, const JsCall *call) \
  {                                                         \
    return apply (vm, call, function);                      \
  }
JS_MATH (DEFINE)
#undef DEFINE

static JsValue
math_atan2 (JsVm *vm, const JsCall *call)
{
  double y, x;

  if (!js_to_number (vm, js_argument (call, 0), &y) || !js_to_number (vm, js_argument (call, 1), &x))
    return JS_THROWN;
  return js_number (vm, atan2 (y, x));
}

static JsValue
math_pow (JsVm *vm, const JsCall *call)
{
  double base, exponent;

  if (!js_to_number (vm, js_argument (call, 0), &base) || !js_to_number (vm, js_argument (call, 1), &exponent))
    return JS_THROWN;
  if (isnan (exponent) || (fabs (base) == 1 && isinf (exponent)))
    return js_number (vm, NAN);
  return js_number (vm, pow (base, exponent));
}

static JsValue
math_imul (JsVm *vm, const JsCall *call)
{
  guint32 a, b;

  if (!js_to_uint32 (vm, js_argument (call, 0), &a) || !js_to_uint32 (vm, js_argument (call, 1), &b))
    return JS_THROWN;
  return js_number (vm, (gint32) (a * b));
}

/* The greatest, or with @sign -1 the least. */
static JsValue
extreme (JsVm *vm, const JsCall *call, int direction)
{
  double best = -INFINITY * direction;

  for (guint i = 0; i < call->n; i++)
    {
      double number;

      if (!js_to_number (vm, call->arguments[i], &number))
        return JS_THROWN;
      if (isnan (number) || isnan (best))
        best = NAN;
      else if (number * direction > best * direction
               || (number == 0 && best == 0 && (signbit (number) != 0) == (direction < 0)))
        best = number;
    }
  return js_number (vm, best);
}

static JsValue
math_max (JsVm *vm, const JsCall *call)
{
  return extreme (vm, call, 1);
}

static JsValue
math_min (JsVm *vm, const JsCall *call)
{
  return extreme (vm, call, -1);
}

static JsValue
math_hypot (JsVm *vm, const JsCall *call)
{
  double sum = 0, correction = 0, most = 0;
  gboolean infinite = FALSE;

  for (guint i = 0; i < call->n; i++)
    {
      double number;

      if (!js_to_number (vm, call->arguments[i], &number))
        return JS_THROWN;
      infinite = infinite || isinf (number);
      most = isnan (number) || fabs (number) > most ? fabs (number) : most;
    }
  if (infinite)
    return js_number (vm, INFINITY);
  if (most == 0 || isnan (most))
    return js_number (vm, most);
  for (guint i = 0; i < call->n; i++)
    {
      double number, part, next;

      js_to_number (vm, call->arguments[i], &number);
      part = number / most * (number / most) - correction;
      next = sum + part;
      correction = next - sum - part;
      sum = next;
    }
  return js_number (vm, sqrt (sum) * most);
}

/* V8's xorshift128+ */
static JsValue
math_random (JsVm *vm, const JsCall *call)
{
  guint64 s1 = vm->random_state[0], s0 = vm->random_state[1];

  (void) call;
  vm->random_state[0] = s0;
  s1 ^= s1 << 23;
  s1 ^= s1 >> 17;
  s1 ^= s0;
  s1 ^= s0 >> 26;
  vm->random_state[1] = s1;
  return js_number (vm, (double) (s1 >> 11) * 0x1p-53);
}

#define ROW(name, function) JS_METHOD (#name, math_##name, 1),
static const JsNativeRow MATH[] = {
  JS_MATH (ROW) JS_METHOD ("atan2", math_atan2, 2),
  JS_METHOD ("pow", math_pow, 2),
  JS_METHOD ("imul", math_imul, 2),
  JS_METHOD ("max", math_max, 2),
  JS_METHOD ("min", math_min, 2),
  JS_METHOD ("hypot", math_hypot, 2),
  JS_METHOD ("random", math_random, 0),
  JS_NUMBER ("E", M_E),
  JS_NUMBER ("LN10", M_LN10),
  JS_NUMBER ("LN2", M_LN2),
  JS_NUMBER ("LOG10E", M_LOG10E),
  JS_NUMBER ("LOG2E", M_LOG2E),
  JS_NUMBER ("PI", M_PI),
  JS_NUMBER ("SQRT1_2", M_SQRT1_2),
  JS_NUMBER ("SQRT2", M_SQRT2),
  JS_STRING ("@@toStringTag", "Math"),
};
#undef ROW

static JsValue
create_math (JsVm *vm)
{
  return js_library_namespace (vm, JS_ROWS (MATH));
}

static const JsNativeRow GLOBALS[] = { JS_OBJECT ("Math", create_math) };

const JsLibrary js_library_math = { .globals = GLOBALS, .n_globals = G_N_ELEMENTS (GLOBALS) };
