/* bigint.c - BigInt
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"
#include "runtime/message.h"

static JsValue
bigint_construct (JsVm *vm, const JsCall *call)
{
  JsValue value;

  if (!js_is_undefined (call->new_target))
    return js_throw_type (vm, "BigInt is not a constructor");
  value = js_to_primitive (vm, js_argument (call, 0), JS_HINT_NUMBER);
  if (js_is_number (vm, value))
    return js_bigint_from_double (vm, js_as_double (vm, value));
  return js_is_hole (value) ? value : js_to_bigint (vm, value);
}

/* The bigint that this is, or is wrapped in this. The hole: thrown. */
static JsValue
this_bigint (JsVm *vm, const JsCall *call, const char *method)
{
  JsValue value = call->receiver;

  if (js_is_kind (vm, value, JS_KIND_WRAPPER))
    value = js_get_own_slot (vm, value.payload, 0);
  return js_is_kind (vm, value, JS_KIND_BIGINT)
             ? value
             : js_throw_type (vm, "BigInt.prototype.%s requires that 'this' be a BigInt", method);
}

static JsValue
bigint_to_string (JsVm *vm, const JsCall *call)
{
  JsValue value = this_bigint (vm, call, "toString");
  g_autofree char *text = NULL;
  double radix = 10;

  if (js_is_hole (value)
      || (!js_is_undefined (js_argument (call, 0)) && !js_to_integer (vm, call->arguments[0], &radix)))
    return JS_THROWN;
  if (radix < 2 || radix > 36)
    return js_throw_range (vm, "toString() radix argument must be between 2 and 36");
  text = js_bigint_to_text (vm, value.payload, (int) radix);
  return js_string (vm, text, -1);
}

/* Groups of three digits, as en-US has them. */
static JsValue
bigint_to_locale_string (JsVm *vm, const JsCall *call)
{
  JsValue value = this_bigint (vm, call, "toLocaleString");
  g_autofree char *text = NULL;
  g_autoptr (GString) out = NULL;
  gsize length;

  if (js_is_hole (value))
    return value;
  text = js_bigint_to_text (vm, value.payload, 10);
  out = g_string_new (NULL);
  length = strlen (text);
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && text[i - 1] != '-' && (length - i) % 3 == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, text[i]);
    }
  return js_string (vm, out->str, -1);
}

static JsValue
bigint_value_of (JsVm *vm, const JsCall *call)
{
  return this_bigint (vm, call, "valueOf");
}

/* 2 ** bits, held. */
static JsValue
power_of_two (JsVm *vm, double bits)
{
  JsValue two = js_hold (vm, js_bigint_from_int64 (vm, 2)), exponent;

  exponent = js_is_hole (two) ? two : js_hold (vm, js_bigint_from_double (vm, bits));
  return js_is_hole (exponent) ? exponent : js_hold (vm, js_bigint_arithmetic (vm, JS_BYTECODE_EXP, two, exponent));
}

static JsValue
as_uint (JsVm *vm, const JsCall *call, double *bits)
{
  JsValue value, modulus, rest;

  if (!js_to_integer (vm, js_argument (call, 0), bits))
    return JS_THROWN;
  if (*bits < 0 || *bits > 9007199254740991.0)
    return js_throw_range (vm, "Invalid value: not (convertible to) a safe integer");
  value = js_hold (vm, js_to_bigint (vm, js_argument (call, 1)));
  modulus = js_is_hole (value) ? value : power_of_two (vm, *bits);
  rest = js_is_hole (modulus) ? modulus : js_hold (vm, js_bigint_arithmetic (vm, JS_BYTECODE_MOD, value, modulus));
  if (js_is_hole (rest) || js_bigint_compare_double (vm, rest.payload, 0) >= 0)
    return rest;
  return js_hold (vm, js_bigint_arithmetic (vm, JS_BYTECODE_ADD, rest, modulus));
}

static JsValue
bigint_as_uint_n (JsVm *vm, const JsCall *call)
{
  double bits;

  return as_uint (vm, call, &bits);
}

static JsValue
bigint_as_int_n (JsVm *vm, const JsCall *call)
{
  double bits;
  JsValue value = as_uint (vm, call, &bits), half, modulus;

  if (js_is_hole (value) || bits < 1)
    return value;
  half = power_of_two (vm, bits - 1);
  modulus = js_is_hole (half) ? half : power_of_two (vm, bits);
  if (js_is_hole (modulus) || js_bigint_compare (vm, value.payload, half.payload) < 0)
    return js_is_hole (modulus) ? modulus : value;
  return js_bigint_arithmetic (vm, JS_BYTECODE_SUB, value, modulus);
}

static const JsNativeRow MEMBERS[] = {
  JS_METHOD ("toLocaleString", bigint_to_locale_string, 0),
  JS_METHOD ("toString", bigint_to_string, 0),
  JS_METHOD ("valueOf", bigint_value_of, 0),
  JS_STRING ("@@toStringTag", "BigInt"),
};

static const JsNativeRow STATICS[] = {
  JS_METHOD ("asUintN", bigint_as_uint_n, 2),
  JS_METHOD ("asIntN", bigint_as_int_n, 2),
};

static const JsLibraryClass CLASSES[] = {
  { .name = "BigInt",
    .construct = bigint_construct,
    .length = 1,
    .prototype = JS_INTRINSIC_BIGINT_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = MEMBERS,
    .n_members = G_N_ELEMENTS (MEMBERS),
    .statics = STATICS,
    .n_statics = G_N_ELEMENTS (STATICS) },
};

const JsLibrary js_library_bigint = { .classes = CLASSES, .n_classes = G_N_ELEMENTS (CLASSES) };
