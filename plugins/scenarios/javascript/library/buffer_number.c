/* buffer_number.c - numbers in buffers: readInt16LE () and its like (Node: lib/internal/buffer.js)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/buffer.h"
#include "library/node_error.h"
#include "runtime/function.h"

/* Where the number of the called method is; NULL: thrown. */
static guint8 *
find_number (JsVm *vm, const JsCall *call, JsValue place, guint size)
{
  double offset = 0;
  guint32 n;

  if (!js_check_bytes (vm, call->receiver, "argument"))
    return NULL;
  js_view_bytes (vm, call->receiver.payload, &n);
  if (n < size)
    {
      js_throw_coded (vm,
                      JS_INTRINSIC_RANGE_ERROR_PROTOTYPE,
                      "ERR_BUFFER_OUT_OF_BOUNDS",
                      "Attempt to access memory outside buffer bounds");
      return NULL;
    }
  if (!js_check_integer (vm, place, "offset", 0, n - size, &offset))
    return NULL;
  return js_view_bytes (vm, call->receiver.payload, &n) + (gsize) offset;
}

JsValue
js_buffer_read_number (JsVm *vm, const JsCall *call)
{
  const char *name = js_function_native (vm, call->callee)->name;
  JsElementType type = js_element_type_of_method (name);
  guint8 bytes[8], *at = find_number (vm, call, js_argument (call, 0), js_element_size (type));

  if (at == NULL)
    return JS_THROWN;
  memcpy (bytes, at, js_element_size (type));
  if (g_str_has_suffix (name, "BE"))
    js_reverse_bytes (bytes, js_element_size (type));
  return js_load_element (vm, type, bytes);
}

/* ---- ranges ------------------------------------------------------------------------------------------------------ */

/* checkInt (): the range as its message has it. */
static char *
range_text (double least, double most, guint size, gboolean is_bigint)
{
  const char *n = is_bigint ? "n" : "";

  if (size <= 4)
    return g_strdup_printf (">= %.0f and <= %.0f", least, most);
  if (least == 0)
    return g_strdup_printf (">= 0%s and < 2%s ** %u%s", n, n, size * 8, n);
  return g_strdup_printf (">= -(2%s ** %u%s) and < 2%s ** %u%s", n, size * 8 - 1, n, n, size * 8 - 1, n);
}

static gboolean
check_number (JsVm *vm, JsValue value, gboolean is_signed, guint size)
{
  double most = ldexp (1, (int) (8 * size - is_signed)) - 1, least = is_signed ? -most - 1 : 0, number;
  g_autofree char *range = NULL;

  if (!js_to_number (vm, value, &number))
    return FALSE;
  if (!(number > most || number < least))
    return TRUE;
  range = range_text (least, most, size, FALSE);
  js_throw_out_of_range (vm, "value", range, value);
  return FALSE;
}

static gboolean
check_bigint (JsVm *vm, JsValue value, gboolean is_signed)
{
  double end = ldexp (1, is_signed ? 63 : 64);
  g_autofree char *range = NULL;

  if (!js_is_kind (vm, value, JS_KIND_BIGINT))
    {
      js_throw_type (vm, "Cannot mix BigInt and other types, use explicit conversions");
      return FALSE;
    }
  if (js_bigint_compare_double (vm, value.payload, end) < 0
      && js_bigint_compare_double (vm, value.payload, is_signed ? -end : 0) >= 0)
    return TRUE;
  range = range_text (is_signed ? -end : 0, end, 8, TRUE);
  js_throw_out_of_range (vm, "value", range, value);
  return FALSE;
}

/* FALSE: thrown. */
static gboolean
check_value (JsVm *vm, JsElementType type, JsValue value)
{
  switch (type)
    {
    case JS_FLOAT32:
    case JS_FLOAT64:
      return TRUE;
    case JS_BIGINT64:
    case JS_BIGUINT64:
      return check_bigint (vm, value, type == JS_BIGINT64);
    default:
      return check_number (vm, value, type == JS_INT8 || type == JS_INT16 || type == JS_INT32, js_element_size (type));
    }
}

JsValue
js_buffer_write_number (JsVm *vm, const JsCall *call)
{
  const char *name = js_function_native (vm, call->callee)->name;
  JsElementType type = js_element_type_of_method (name);
  guint size = js_element_size (type);
  guint8 bytes[8], *at;
  double offset = 0;

  if (!check_value (vm, type, js_argument (call, 0)) || !js_convert_element (vm, type, js_argument (call, 0), bytes))
    return JS_THROWN;
  at = find_number (vm, call, js_argument (call, 1), size);
  if (at == NULL || (!js_is_undefined (js_argument (call, 1)) && !js_to_integer (vm, call->arguments[1], &offset)))
    return JS_THROWN;
  if (g_str_has_suffix (name, "BE"))
    js_reverse_bytes (bytes, size);
  memcpy (at, bytes, size);
  return js_number (vm, offset + size);
}

/* ---- of 1 to 6 bytes --------------------------------------------------------------------------------------------- */

/* The size and the place, whose argument @i is the offset. NULL: thrown. */
static guint8 *
find_integer (JsVm *vm, const JsCall *call, guint i, guint *size, double *offset)
{
  JsValue place = js_argument (call, i), width = js_argument (call, i + 1);
  double n_bytes = 0;

  if (js_is_undefined (place))
    js_throw_argument_type (vm, "\"offset\" argument", "of type number", place);
  else if (js_is_undefined (width))
    js_throw_argument_type (vm, "\"byteLength\" argument", "of type number", width);
  else if (js_check_integer (vm, width, "byteLength", 1, 6, &n_bytes))
    {
      *size = (guint) n_bytes;
      *offset = js_is_number (vm, place) ? js_as_double (vm, place) : 0;
      return find_number (vm, call, place, *size);
    }
  return NULL;
}

JsValue
js_buffer_read_integer (JsVm *vm, const JsCall *call)
{
  const char *name = js_function_native (vm, call->callee)->name;
  gint64 number = 0;
  guint size;
  double offset;
  const guint8 *at = find_integer (vm, call, 0, &size, &offset);

  if (at == NULL)
    return JS_THROWN;
  for (guint i = 0; i < size; i++)
    number = number << 8 | at[g_str_has_suffix (name, "BE") ? i : size - 1 - i];
  if (strstr (name, "UI") == NULL && strstr (name, "Ui") == NULL && number >> (8 * size - 1) != 0)
    number -= (gint64) 1 << (8 * size);
  return js_number (vm, (double) number);
}

JsValue
js_buffer_write_integer (JsVm *vm, const JsCall *call)
{
  const char *name = js_function_native (vm, call->callee)->name;
  gboolean is_signed = strstr (name, "UI") == NULL && strstr (name, "Ui") == NULL;
  guint size;
  double offset, number;
  gint64 integer;
  guint8 *at = find_integer (vm, call, 1, &size, &offset);

  if (at == NULL || !check_number (vm, js_argument (call, 0), is_signed, size)
      || !js_to_number (vm, js_argument (call, 0), &number))
    return JS_THROWN;
  at = find_integer (vm, call, 1, &size, &offset);
  if (at == NULL)
    return JS_THROWN;
  integer = isnan (number) ? 0 : (gint64) number;
  for (guint i = 0; i < size; i++)
    at[g_str_has_suffix (name, "BE") ? size - 1 - i : i] = (guint8) (integer >> (8 * i));
  return js_number (vm, offset + size);
}
