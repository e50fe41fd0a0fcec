/* element_type.c - numbers in the bytes of typed arrays (V8: src/objects/elements.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/array_buffer.h"

guint
js_element_size (JsElementType type)
{
  static const guint8 SIZES[JS_N_ELEMENT_TYPES] = { 1, 1, 1, 2, 2, 4, 4, 4, 8, 8, 8 };

  return SIZES[type];
}

JsValue
js_load_element (JsVm *vm, JsElementType type, const guint8 *bytes)
{
  union
  {
    gint16 i16;
    guint16 u16;
    gint32 i32;
    guint32 u32;
    float f32;
    double f64;
    gint64 i64;
    guint64 u64;
  } raw;

  memcpy (&raw, bytes, js_element_size (type));
  switch (type)
    {
    case JS_INT8:
      return js_smi ((gint8) *bytes);
    case JS_UINT8:
    case JS_UINT8_CLAMPED:
      return js_smi (*bytes);
    case JS_INT16:
      return js_smi (raw.i16);
    case JS_UINT16:
      return js_smi (raw.u16);
    case JS_INT32:
      return js_smi (raw.i32);
    case JS_UINT32:
      return js_number (vm, raw.u32);
    case JS_FLOAT32:
      return js_number (vm, (double) raw.f32);
    case JS_FLOAT64:
      return js_number (vm, raw.f64);
    case JS_BIGINT64:
      return js_bigint_from_int64 (vm, raw.i64);
    default:
      return js_bigint_from_uint64 (vm, raw.u64);
    }
}

static guint8
clamp (double number)
{
  return isnan (number) ? 0 : (guint8) nearbyint (CLAMP (number, 0, 255));
}

static gboolean
convert_bigint (JsVm *vm, JsValue value, guint8 bytes[8])
{
  JsValue bigint = js_to_bigint (vm, value);
  guint64 word;

  if (js_is_hole (bigint))
    return FALSE;
  word = js_bigint_low_word (vm, bigint.payload);
  memcpy (bytes, &word, sizeof word);
  return TRUE;
}

gboolean
js_convert_element (JsVm *vm, JsElementType type, JsValue value, guint8 bytes[8])
{
  double number;
  float single;
  gint32 integer;

  if (type >= JS_BIGINT64)
    return convert_bigint (vm, value, bytes);
  if (js_is_smi (value))
    number = js_as_smi (value);
  else if (!js_to_number (vm, value, &number))
    return FALSE;
  switch (type)
    {
    case JS_UINT8_CLAMPED:
      bytes[0] = clamp (number);
      return TRUE;
    case JS_FLOAT32:
      single = (float) number;
      memcpy (bytes, &single, sizeof single);
      return TRUE;
    case JS_FLOAT64:
      memcpy (bytes, &number, sizeof number);
      return TRUE;
    default:
      integer = js_double_to_int32 (number);
      memcpy (bytes, &integer, sizeof integer);
      return TRUE;
    }
}
