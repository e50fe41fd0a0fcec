/* bigint.c - integers of any size, computed by GMP, whose digits are in the simulated heap (V8: src/objects/bigint.h)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/bigint.h"
#include "runtime/error.h"
#include "runtime/number.h"
#include "runtime/property.h"
#include "runtime/string.h"

#include <gmp.h>

/* V8: BigInt::kMaxLengthBits */
#define MOST_BITS (1u << 30)

/* The bytes of a BigInt: digits of 64 bits, the least first. The sign is the lowest bit of the length in bytes: a
 * length of 8 n + 1 is negative, which rounds up to the same size. */
void
js_bigints_init (JsVm *vm)
{
  js_define_internal_kind (vm, JS_KIND_BIGINT, 0, NULL, HP_TAIL_BYTES, HP_REFERENCES_STRONG);
}

static void
get (JsVm *vm, HpRef bigint, mpz_t number)
{
  guint32 n;
  const guint8 *bytes = hp_machine_bytes (vm->machine, bigint, &n);

  if (bytes == NULL)
    return; /* the run is over */
  mpz_import (number, n / 8, -1, 8, 0, 0, bytes);
  if (n % 8 != 0)
    mpz_neg (number, number);
}

static JsValue
put (JsVm *vm, mpz_t number)
{
  gsize n_digits = (mpz_sizeinbase (number, 2) + 63) / 64;
  guint32 negative = mpz_sgn (number) < 0, length, n;
  HpRef bigint;
  guint8 *bytes;

  if (mpz_sgn (number) == 0)
    n_digits = 0;
  if (n_digits * 64 > MOST_BITS)
    return js_throw_range (vm, "Maximum BigInt size exceeded");
  length = (guint32) n_digits * 8 + negative;
  bigint = js_new_internal (vm, JS_KIND_BIGINT, length);
  if (bigint == HP_REF_NONE)
    return JS_THROWN;
  bytes = hp_machine_bytes (vm->machine, bigint, &n);
  if (n_digits > 0)
    mpz_export (bytes, NULL, -1, 8, 0, 0, number);
  if (negative)
    bytes[length - 1] = 1;
  if (hp_machine_is_watched (vm->machine) && n_digits < 4)
    {
      g_autofree char *text = js_bigint_to_text (vm, bigint, 10);
      hp_machine_label (vm->machine, bigint, text);
    }
  return js_ref (bigint);
}

static JsValue
put_and_clear (JsVm *vm, mpz_t number)
{
  JsValue value = put (vm, number);

  mpz_clear (number);
  return value;
}

/* ---- from other types -------------------------------------------------------------------------------------------- */

static gboolean
parse (const char *text, mpz_t number)
{
  int base = 10;

  mpz_init (number);
  while (g_ascii_isspace (*text))
    text++;
  if (text[0] == '0' && strchr ("xXoObB", text[1]) != NULL && text[1] != '\0')
    {
      base = (text[1] | 32) == 'x' ? 16 : (text[1] | 32) == 'o' ? 8 : 2;
      text += 2;
    }
  else if (*text == '+')
    text++;
  if (*text == '\0')
    return base == 10;
  return mpz_set_str (number, text, base) == 0;
}

JsValue
js_bigint_from_text (JsVm *vm, const char *text)
{
  mpz_t number;

  if (parse (text, number))
    return put_and_clear (vm, number);
  mpz_clear (number);
  return js_throw_syntax (vm, "Cannot convert %s to a BigInt", text);
}

JsValue
js_bigint_from_double (JsVm *vm, double number)
{
  mpz_t whole;

  if (isinf (number) || isnan (number) || number != trunc (number))
    {
      g_autofree char *text = js_double_to_text (number, 10);
      return js_throw_range (vm, "The number %s cannot be converted to a BigInt because it is not an integer", text);
    }
  mpz_init_set_d (whole, number);
  return put_and_clear (vm, whole);
}

JsValue
js_bigint_from_int64 (JsVm *vm, gint64 number)
{
  mpz_t whole;

  mpz_init_set_si (whole, number);
  return put_and_clear (vm, whole);
}

JsValue
js_bigint_from_uint64 (JsVm *vm, guint64 number)
{
  mpz_t whole;

  mpz_init_set_ui (whole, number);
  return put_and_clear (vm, whole);
}

JsValue
js_to_bigint (JsVm *vm, JsValue value)
{
  g_autofree char *text = NULL;

  value = js_to_primitive (vm, value, JS_HINT_NUMBER);
  if (js_is_hole (value) || js_is_kind (vm, value, JS_KIND_BIGINT))
    return value;
  if (js_is_boolean (value))
    return js_bigint_from_int64 (vm, value.payload);
  if (js_is_symbol (vm, value))
    return js_throw_type (vm, "Cannot convert a Symbol value to a bigint");
  text = js_to_utf8 (vm, value);
  if (js_is_string (vm, value))
    return js_bigint_from_text (vm, g_strstrip (text));
  return js_throw_type (vm, "Cannot convert %s to a BigInt", text);
}

/* ---- to other types ---------------------------------------------------------------------------------------------- */

guint64
js_bigint_low_word (JsVm *vm, HpRef bigint)
{
  guint64 low;
  mpz_t number;

  mpz_init (number);
  get (vm, bigint, number);
  low = mpz_size (number) > 0 ? mpz_getlimbn (number, 0) : 0;
  if (mpz_sgn (number) < 0)
    low = ~low + 1;
  mpz_clear (number);
  return low;
}

double
js_bigint_to_double (JsVm *vm, HpRef bigint)
{
  g_autofree char *text = js_bigint_to_text (vm, bigint, 10);

  /* By way of text: GMP cuts off where this rounds to even. */
  return g_ascii_strtod (text, NULL);
}

char *
js_bigint_to_text (JsVm *vm, HpRef bigint, int radix)
{
  mpz_t number;
  char *text, *copy;
  void (*release) (void *, size_t);

  mpz_init (number);
  get (vm, bigint, number);
  text = mpz_get_str (NULL, radix, number);
  copy = g_strdup (text);
  mp_get_memory_functions (NULL, NULL, &release);
  release (text, strlen (text) + 1);
  mpz_clear (number);
  return copy;
}

gboolean
js_bigint_is_zero (JsVm *vm, HpRef bigint)
{
  return hp_machine_length_of (vm->machine, bigint) == 0;
}

/* ---- arithmetic -------------------------------------------------------------------------------------------------- */

static void
shift (mpz_t result, mpz_t a, gint64 by)
{
  if (by >= 0)
    mpz_mul_2exp (result, a, (mp_bitcnt_t) by);
  else
    mpz_fdiv_q_2exp (result, a, (mp_bitcnt_t) -by);
}

/* What would be too large is refused before it is computed. */
static gboolean
is_too_large (JsBytecode op, mpz_t a, mpz_t b)
{
  double bits = (double) mpz_sizeinbase (a, 2);

  if (op == JS_BYTECODE_EXP)
    return mpz_cmpabs_ui (a, 1) > 0 && bits * mpz_get_d (b) > MOST_BITS;
  if (op == JS_BYTECODE_SHIFT_LEFT)
    return mpz_sgn (a) != 0 && mpz_get_d (b) + bits > MOST_BITS;
  return op == JS_BYTECODE_SHIFT_RIGHT && mpz_sgn (a) != 0 && bits - mpz_get_d (b) > MOST_BITS;
}

static void
compute (JsBytecode op, mpz_t result, mpz_t a, mpz_t b)
{
  switch (op)
    {
    case JS_BYTECODE_ADD:
      mpz_add (result, a, b);
      break;
    case JS_BYTECODE_SUB:
      mpz_sub (result, a, b);
      break;
    case JS_BYTECODE_MUL:
      mpz_mul (result, a, b);
      break;
    case JS_BYTECODE_DIV:
      mpz_tdiv_q (result, a, b);
      break;
    case JS_BYTECODE_MOD:
      mpz_tdiv_r (result, a, b);
      break;
    case JS_BYTECODE_EXP:
      mpz_pow_ui (result, a, mpz_fits_ulong_p (b) ? mpz_get_ui (b) : mpz_even_p (b) ? 2 : 1);
      break;
    case JS_BYTECODE_BIT_OR:
      mpz_ior (result, a, b);
      break;
    case JS_BYTECODE_BIT_XOR:
      mpz_xor (result, a, b);
      break;
    case JS_BYTECODE_BIT_AND:
      mpz_and (result, a, b);
      break;
    case JS_BYTECODE_SHIFT_LEFT:
    case JS_BYTECODE_SHIFT_RIGHT:
      if (op == JS_BYTECODE_SHIFT_RIGHT)
        mpz_neg (b, b);
      shift (result, a, mpz_fits_slong_p (b) ? mpz_get_si (b) : mpz_sgn (b) * (gint64) MOST_BITS * 2);
      break;
    case JS_BYTECODE_INC:
      mpz_add_ui (result, a, 1);
      break;
    case JS_BYTECODE_DEC:
      mpz_sub_ui (result, a, 1);
      break;
    case JS_BYTECODE_NEGATE:
      mpz_neg (result, a);
      break;
    default:
      mpz_com (result, a);
    }
}

static JsValue
check_and_compute (JsVm *vm, JsBytecode op, mpz_t result, mpz_t a, mpz_t b)
{
  if ((op == JS_BYTECODE_DIV || op == JS_BYTECODE_MOD) && mpz_sgn (b) == 0)
    return js_throw_range (vm, "Division by zero");
  if (op == JS_BYTECODE_EXP && mpz_sgn (b) < 0)
    return js_throw_range (vm, "undefined must be positive"); /* as Node 20 has it: V8 forgets the argument */
  if (is_too_large (op, a, b))
    return js_throw_range (vm, "Maximum BigInt size exceeded");
  compute (op, result, a, b);
  return put (vm, result);
}

JsValue
js_bigint_arithmetic (JsVm *vm, JsBytecode op, JsValue a, JsValue b)
{
  mpz_t first, second, result;
  JsValue value;

  mpz_inits (first, second, result, NULL);
  get (vm, a.payload, first);
  if (js_is_kind (vm, b, JS_KIND_BIGINT))
    get (vm, b.payload, second);
  value = check_and_compute (vm, op, result, first, second);
  mpz_clears (first, second, result, NULL);
  return value;
}

int
js_bigint_compare (JsVm *vm, HpRef a, HpRef b)
{
  mpz_t first, second;
  int order;

  mpz_inits (first, second, NULL);
  get (vm, a, first);
  get (vm, b, second);
  order = mpz_cmp (first, second);
  mpz_clears (first, second, NULL);
  return order;
}

int
js_bigint_compare_double (JsVm *vm, HpRef a, double b)
{
  mpz_t number;
  int order;

  if (isinf (b))
    return b > 0 ? -1 : 1;
  mpz_init (number);
  get (vm, a, number);
  order = mpz_cmp_d (number, b);
  mpz_clear (number);
  return order;
}
