/* buffer_bytes.c - the methods of Buffer that look at bytes: compare, fill, copy, indexOf (Node: lib/buffer.js)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/buffer.h"
#include "library/node_error.h"

#define JS_SAFE 9007199254740991.0

gboolean
js_is_bytes (JsVm *vm, JsValue value)
{
  return js_is_kind (vm, value, JS_KIND_TYPED_ARRAY)
         && js_get_own_slot (vm, value.payload, JS_VIEW_SLOT_TYPE).payload == JS_UINT8;
}

gboolean
js_check_bytes (JsVm *vm, JsValue value, const char *what)
{
  if (js_is_bytes (vm, value))
    return TRUE;
  js_throw_argument_type (vm, what, "an instance of Buffer or Uint8Array", value);
  return FALSE;
}

/* The bytes that fill () repeats. (transfer full), NULL: thrown */
static GByteArray *
pattern_of (JsVm *vm, JsValue value, JsValue encoding_name)
{
  GByteArray *bytes;
  JsEncoding encoding;
  gint32 number;
  guint8 byte;

  if (js_is_string (vm, value))
    return js_find_encoding (vm, encoding_name, &encoding) ? js_encode_string (vm, encoding, value.payload) : NULL;
  bytes = g_byte_array_new ();
  if (js_is_kind (vm, value, JS_KIND_TYPED_ARRAY))
    {
      guint32 n;
      const guint8 *from = js_view_bytes (vm, value.payload, &n);
      return g_byte_array_append (bytes, from, n);
    }
  if (!js_to_int32 (vm, value, &number))
    {
      g_byte_array_unref (bytes);
      return NULL;
    }
  byte = (guint8) number;
  return g_byte_array_append (bytes, &byte, 1);
}

gboolean
js_fill_bytes (JsVm *vm, HpRef view, gint64 first, gint64 end, JsValue value, JsValue encoding)
{
  g_autoptr (GByteArray) pattern = pattern_of (vm, value, encoding);
  guint32 n;
  guint8 *bytes;

  if (pattern == NULL)
    return FALSE;
  bytes = js_view_bytes (vm, view, &n);
  for (gint64 i = first; i < MIN (end, n); i++)
    bytes[i] = pattern->len > 0 ? pattern->data[(i - first) % pattern->len] : 0;
  return TRUE;
}

/* first and end of a part: from arguments @i and @i + 1. FALSE: thrown. */
static gboolean
read_part (JsVm *vm, const JsCall *call, guint i, guint32 n, gint64 *first, gint64 *end)
{
  double a = 0, b = n;

  if ((!js_is_undefined (js_argument (call, i)) && !js_to_integer (vm, js_argument (call, i), &a))
      || (!js_is_undefined (js_argument (call, i + 1)) && !js_to_integer (vm, js_argument (call, i + 1), &b)))
    return FALSE;
  *first = (gint64) CLAMP (a, 0, n);
  *end = MAX (*first, (gint64) CLAMP (b, 0, n));
  return TRUE;
}

/* ---- order ------------------------------------------------------------------------------------------------------- */

static int
compare_parts (const guint8 *x, gsize n_x, const guint8 *y, gsize n_y)
{
  gsize n = MIN (n_x, n_y);
  int order = n > 0 ? memcmp (x, y, n) : 0;

  return order != 0 ? (order < 0 ? -1 : 1) : n_x < n_y ? -1 : n_x > n_y;
}

int
js_compare_bytes (JsVm *vm, HpRef a, HpRef b)
{
  guint32 n_a, n_b;
  const guint8 *x = js_view_bytes (vm, a, &n_a), *y = js_view_bytes (vm, b, &n_b);

  return compare_parts (x, n_a, y, n_b);
}

/* buffer.compare (target, targetStart, targetEnd, sourceStart, sourceEnd) */
JsValue
js_buffer_compare (JsVm *vm, const JsCall *call)
{
  gint64 first, end, first_target, end_target;
  const guint8 *x, *y;
  guint32 n, n_target;

  if (!js_check_bytes (vm, call->receiver, "argument")
      || !js_check_bytes (vm, js_argument (call, 0), "\"target\" argument"))
    return JS_THROWN;
  js_view_bytes (vm, call->receiver.payload, &n);
  js_view_bytes (vm, call->arguments[0].payload, &n_target);
  if (!read_part (vm, call, 1, n_target, &first_target, &end_target) || !read_part (vm, call, 3, n, &first, &end))
    return JS_THROWN;
  x = js_view_bytes (vm, call->receiver.payload, &n);
  y = js_view_bytes (vm, call->arguments[0].payload, &n_target);
  return js_smi (
      compare_parts (x + first, (gsize) (end - first), y + first_target, (gsize) (end_target - first_target)));
}

JsValue
js_buffer_equals (JsVm *vm, const JsCall *call)
{
  if (!js_check_bytes (vm, call->receiver, "argument")
      || !js_check_bytes (vm, js_argument (call, 0), "\"otherBuffer\" argument"))
    return JS_THROWN;
  return js_boolean (js_compare_bytes (vm, call->receiver.payload, call->arguments[0].payload) == 0);
}

/* ---- changes ----------------------------------------------------------------------------------------------------- */

/* fill (value, offset, end, encoding), where those that are missing may be left out: fill ("a", "hex"). */
JsValue
js_buffer_fill (JsVm *vm, const JsCall *call)
{
  JsValue encoding = js_argument (call, 3);
  double first = 0, end;
  guint32 n;

  if (!js_check_bytes (vm, call->receiver, "argument"))
    return JS_THROWN;
  js_view_bytes (vm, call->receiver.payload, &n);
  end = n;
  if (js_is_string (vm, js_argument (call, 1)))
    encoding = call->arguments[1];
  else if (js_is_string (vm, js_argument (call, 2)))
    encoding = call->arguments[2];
  if ((!js_is_string (vm, js_argument (call, 1))
       && !js_check_integer (vm, js_argument (call, 1), "offset", 0, JS_SAFE, &first))
      || (!js_is_string (vm, js_argument (call, 1)) && !js_is_string (vm, js_argument (call, 2))
          && !js_check_integer (vm, js_argument (call, 2), "end", 0, n, &end))
      || !js_fill_bytes (vm, call->receiver.payload, (gint64) first, (gint64) end, js_argument (call, 0), encoding))
    return JS_THROWN;
  return call->receiver;
}

/* buffer.copy (target, at, first, end) */
JsValue
js_buffer_copy (JsVm *vm, const JsCall *call)
{
  gint64 first, end, at, unused;
  guint32 n, n_target;
  const guint8 *from;
  guint8 *to;

  if (!js_check_bytes (vm, call->receiver, "argument")
      || !js_check_bytes (vm, js_argument (call, 0), "\"target\" argument"))
    return JS_THROWN;
  js_view_bytes (vm, call->receiver.payload, &n);
  js_view_bytes (vm, call->arguments[0].payload, &n_target);
  if (!read_part (vm, call, 1, n_target, &at, &unused) || !read_part (vm, call, 2, n, &first, &end))
    return JS_THROWN;
  from = js_view_bytes (vm, call->receiver.payload, &n);
  to = js_view_bytes (vm, call->arguments[0].payload, &n_target);
  end = MIN (end, first + n_target - at);
  if (end > first)
    memmove (to + at, from + first, (gsize) (end - first));
  return js_smi ((gint32) (end - first));
}

/* Only whole characters are written. */
static guint32
whole_characters (const guint8 *text, guint32 n, guint32 room, JsEncoding encoding)
{
  if (n <= room)
    return n;
  if (encoding == JS_UTF16LE)
    return room & ~1u;
  while (encoding == JS_UTF8 && room > 0 && (text[room] & 0xc0) == 0x80)
    room--;
  return room;
}

/* buffer.write (string, offset, length, encoding) */
JsValue
js_buffer_write (JsVm *vm, const JsCall *call)
{
  JsValue name = call->n > 1 ? call->arguments[call->n - 1] : JS_UNDEFINED;
  g_autoptr (GByteArray) bytes = NULL;
  JsEncoding encoding;
  double offset = 0, most = G_MAXINT32;
  guint32 n, n_written;
  guint8 *to;

  if (!js_check_bytes (vm, call->receiver, "argument"))
    return JS_THROWN;
  if (!js_is_string (vm, js_argument (call, 0)))
    return js_throw_coded (vm, JS_INTRINSIC_TYPE_ERROR_PROTOTYPE, "ERR_INVALID_ARG_TYPE", "argument must be a string");
  js_view_bytes (vm, call->receiver.payload, &n);
  if (!js_find_encoding (vm, name, &encoding)
      || (js_is_number (vm, js_argument (call, 1))
          && !js_check_integer (vm, call->arguments[1], "offset", 0, n, &offset))
      || (js_is_number (vm, js_argument (call, 2))
          && !js_check_integer (vm, call->arguments[2], "length", 0, n, &most)))
    return JS_THROWN;
  bytes = js_encode_string (vm, encoding, call->arguments[0].payload);
  to = js_view_bytes (vm, call->receiver.payload, &n);
  n_written = whole_characters (bytes->data, bytes->len, (guint32) MIN (n - offset, most), encoding);
  if (n_written > 0)
    memcpy (to + (gsize) offset, bytes->data, n_written);
  return js_smi ((gint32) n_written);
}

static JsValue
swap (JsVm *vm, const JsCall *call, guint size)
{
  guint8 *bytes;
  guint32 n;

  if (!js_check_bytes (vm, call->receiver, "argument"))
    return JS_THROWN;
  bytes = js_view_bytes (vm, call->receiver.payload, &n);
  if (n % size != 0)
    return js_throw_coded (vm,
                           JS_INTRINSIC_RANGE_ERROR_PROTOTYPE,
                           "ERR_INVALID_BUFFER_SIZE",
                           "Buffer size must be a multiple of %u-bits",
                           size * 8);
  for (guint32 i = 0; i < n; i += size)
    js_reverse_bytes (bytes + i, size);
  return call->receiver;
}

JsValue
js_buffer_swap16 (JsVm *vm, const JsCall *call)
{
  return swap (vm, call, 2);
}

JsValue
js_buffer_swap32 (JsVm *vm, const JsCall *call)
{
  return swap (vm, call, 4);
}

JsValue
js_buffer_swap64 (JsVm *vm, const JsCall *call)
{
  return swap (vm, call, 8);
}

/* ---- search ------------------------------------------------------------------------------------------------------ */

static gint64
search (const guint8 *bytes, gint64 n, const guint8 *needle, gint64 n_needle, gint64 from, gboolean backwards)
{
  if (backwards)
    {
      for (gint64 i = MIN (from, n - n_needle); i >= 0; i--)
        if (n_needle == 0 || memcmp (bytes + i, needle, (gsize) n_needle) == 0)
          return i;
      return -1;
    }
  if (n_needle == 0)
    return MIN (from, n);
  for (gint64 i = from; i + n_needle <= n; i++)
    if (bytes[i] == needle[0] && memcmp (bytes + i, needle, (gsize) n_needle) == 0)
      return i;
  return -1;
}

/* bidirectionalIndexOf (): where the needle is, or -1; -2: thrown. */
static gint64
find (JsVm *vm, const JsCall *call, gboolean backwards)
{
  JsValue needle = js_argument (call, 0), place = js_argument (call, 1), encoding = js_argument (call, 2);
  g_autoptr (GByteArray) pattern = NULL;
  const guint8 *bytes;
  double from;
  guint32 n;

  if (!js_check_bytes (vm, call->receiver, "argument"))
    return -2;
  if (js_is_string (vm, place))
    {
      encoding = place;
      place = JS_UNDEFINED;
    }
  if (!js_is_string (vm, needle) && !js_is_number (vm, needle) && !js_is_bytes (vm, needle))
    {
      js_throw_argument_type (
          vm, "\"value\" argument", "one of type number or string or an instance of Buffer or Uint8Array", needle);
      return -2;
    }
  js_view_bytes (vm, call->receiver.payload, &n);
  if (js_is_undefined (place))
    from = backwards ? n : 0;
  else if (!js_to_number (vm, place, &from))
    return -2;
  if (isnan (from))
    from = backwards ? n : 0;
  from = trunc (CLAMP (from, -2147483648.0, 2147483647.0));
  from = from < 0 ? from + n : from;
  if (from < 0 && backwards)
    return -1;
  pattern = pattern_of (vm, needle, encoding);
  if (pattern == NULL)
    return -2;
  bytes = js_view_bytes (vm, call->receiver.payload, &n);
  return search (bytes, n, pattern->data, pattern->len, (gint64) MAX (from, 0), backwards);
}

JsValue
js_buffer_index_of (JsVm *vm, const JsCall *call)
{
  gint64 at = find (vm, call, FALSE);

  return at == -2 ? JS_THROWN : js_smi ((gint32) at);
}

JsValue
js_buffer_last_index_of (JsVm *vm, const JsCall *call)
{
  gint64 at = find (vm, call, TRUE);

  return at == -2 ? JS_THROWN : js_smi ((gint32) at);
}

JsValue
js_buffer_includes (JsVm *vm, const JsCall *call)
{
  gint64 at = find (vm, call, FALSE);

  return at == -2 ? JS_THROWN : js_boolean (at >= 0);
}
