/* buffer.c - Node's Buffer: small ones share a pool of 8 KB (lib/buffer.js)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/buffer.h"
#include "library/node_error.h"
#include "runtime/function.h"
#include "runtime/message.h"

#define POOL_BYTES 8192
#define LARGEST 4294967295.0

/* ---- making ------------------------------------------------------------------------------------------------------ */

JsValue
js_new_buffer (JsVm *vm, JsValue store, guint32 offset, guint32 n)
{
  js_hold (vm, store);
  return js_hold (vm, js_new_view (vm, JS_UINT8, store, offset, n, js_library_constructor (vm, "Buffer")));
}

static JsValue
alloc_zeros (JsVm *vm, guint32 n)
{
  JsValue store = js_new_array_buffer (vm, n, JS_UNDEFINED, TRUE);

  return js_is_hole (store) ? store : js_new_buffer (vm, store, 0, n);
}

/* Less than half of the pool comes from it. */
static JsValue
alloc_pooled (JsVm *vm, guint32 n)
{
  JsValue pool, buffer;

  if (n == 0 || n >= POOL_BYTES / 2)
    return alloc_zeros (vm, n);
  pool = hp_machine_get_root (vm->machine, vm->buffer_pool_root);
  if (!js_is_ref (pool) || vm->buffer_pool_used + n > POOL_BYTES)
    {
      pool = js_new_array_buffer (vm, POOL_BYTES, JS_UNDEFINED, FALSE);
      if (js_is_hole (pool))
        return pool;
      hp_machine_set_root (vm->machine, vm->buffer_pool_root, pool);
      vm->buffer_pool_used = 0;
    }
  buffer = js_new_buffer (vm, pool, vm->buffer_pool_used, n);
  vm->buffer_pool_used = (vm->buffer_pool_used + n + 7) & ~7u;
  return buffer;
}

/* @length bytes, of which the first @n are known. */
static JsValue
from_part (JsVm *vm, const guint8 *bytes, guint32 n, guint32 length)
{
  JsValue buffer = alloc_pooled (vm, length);
  guint32 size = 0;
  guint8 *to = !js_is_hole (buffer) ? js_view_bytes (vm, buffer.payload, &size) : NULL;

  if (size < length || to == NULL)
    return buffer;
  n = MIN (n, length);
  if (n > 0)
    memcpy (to, bytes, n);
  memset (to + n, 0, length - n);
  return buffer;
}

static JsValue
from_bytes (JsVm *vm, const guint8 *bytes, guint32 n)
{
  return from_part (vm, bytes, n, n);
}

static JsValue
from_string (JsVm *vm, JsValue string, JsValue encoding_name)
{
  g_autoptr (GByteArray) bytes = NULL;
  JsEncoding encoding;

  if (!js_find_encoding (vm, encoding_name, &encoding))
    return JS_THROWN;
  bytes = js_encode_string (vm, encoding, string.payload);
  return from_bytes (vm, bytes->data, bytes->len);
}

static JsValue
from_array_buffer (JsVm *vm, const JsCall *call)
{
  guint32 whole = js_array_buffer_length (vm, call->arguments[0].payload);
  const char *outside = NULL;
  double offset, length;

  if (!js_to_integer (vm, js_argument (call, 1), &offset))
    return JS_THROWN;
  length = whole - offset;
  if (!js_is_undefined (js_argument (call, 2)) && !js_to_integer (vm, js_argument (call, 2), &length))
    return JS_THROWN;
  length = MAX (length, 0);
  if (offset < 0 || offset > whole)
    outside = "offset";
  else if (offset + length > whole)
    outside = "length";
  if (outside != NULL)
    return js_throw_coded (vm,
                           JS_INTRINSIC_RANGE_ERROR_PROTOTYPE,
                           "ERR_BUFFER_OUT_OF_BOUNDS",
                           "\"%s\" is outside of buffer bounds",
                           outside);
  return js_new_buffer (vm, call->arguments[0], (guint32) offset, (guint32) length);
}

static JsValue buffer_from (JsVm *vm, const JsCall *call);

static JsValue
from_list (JsVm *vm, JsValue source)
{
  gint64 n = js_length_of (vm, source);
  JsValue buffer = n < 0 ? JS_THROWN : alloc_pooled (vm, (guint32) MIN (n, G_MAXINT32));

  for (guint32 i = 0; !js_is_hole (buffer) && i < n; i++)
    {
      JsHandles handles = js_handles_open (vm);
      JsValue value = js_hold (vm, js_get_index (vm, source, i));

      if (js_is_hole (value) || !js_set_index (vm, buffer, i, value) || !js_vm_tick (vm))
        return JS_THROWN;
      js_handles_close (vm, handles);
    }
  return buffer;
}

/* What an object stands for: an array, a Buffer's JSON, a wrapped value; the hole: nothing, or thrown. */
static JsValue
from_object (JsVm *vm, const JsCall *call, JsValue source)
{
  JsValue length = js_get_named (vm, source, JS_NAME (vm, LENGTH)), data, value;
  JsCall inner = *call;

  if (js_is_hole (length) || (js_is_number (vm, length) && !js_is_kind (vm, source, JS_KIND_WRAPPER)))
    return js_is_hole (length) ? length : from_list (vm, source);
  if (!js_is_undefined (length) && !js_is_kind (vm, source, JS_KIND_WRAPPER))
    return alloc_zeros (vm, 0);
  data = js_hold (vm, js_get_named (vm, source, js_atom (vm, "data", -1)));
  if (js_is_hole (data) || js_is_array (vm, data))
    return js_is_hole (data) ? data : from_list (vm, data);
  value = js_hold (vm, js_to_primitive (vm, source, JS_HINT_STRING));
  inner.arguments = &value;
  inner.n = 1;
  return js_is_hole (value) || !js_is_kind (vm, source, JS_KIND_WRAPPER) ? JS_HOLE : buffer_from (vm, &inner);
}

static JsValue
buffer_from (JsVm *vm, const JsCall *call)
{
  JsValue source = js_argument (call, 0), buffer = JS_HOLE;

  if (js_is_string (vm, source))
    return from_string (vm, source, js_argument (call, 1));
  if (js_is_kind (vm, source, JS_KIND_ARRAY_BUFFER))
    return from_array_buffer (vm, call);
  if (js_is_object (vm, source) && !js_is_callable (vm, source))
    buffer = from_object (vm, call, source);
  if (!js_is_hole (buffer) || !js_is_hole (vm->exception) || vm->is_over)
    return buffer;
  return js_throw_argument_type (
      vm,
      "first argument",
      "of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object",
      source);
}

/* FALSE: thrown. */
static gboolean
read_size (JsVm *vm, JsValue value, guint32 *n)
{
  double size;

  if (!js_is_number (vm, value))
    {
      js_throw_argument_type (vm, "\"size\" argument", "of type number", value);
      return FALSE;
    }
  size = js_as_double (vm, value);
  if (!(size >= 0 && size <= LARGEST))
    {
      js_throw_out_of_range (vm, "size", ">= 0 && <= 4294967296", value);
      return FALSE;
    }
  *n = (guint32) size;
  return TRUE;
}

static JsValue
buffer_alloc (JsVm *vm, const JsCall *call)
{
  JsValue buffer;
  guint32 n;

  if (!read_size (vm, js_argument (call, 0), &n))
    return JS_THROWN;
  buffer = alloc_zeros (vm, n);
  if (!js_is_hole (buffer) && !js_is_undefined (js_argument (call, 1))
      && !js_fill_bytes (vm, buffer.payload, 0, n, js_argument (call, 1), js_argument (call, 2)))
    return JS_THROWN;
  return buffer;
}

static JsValue
buffer_alloc_unsafe (JsVm *vm, const JsCall *call)
{
  guint32 n;

  return read_size (vm, js_argument (call, 0), &n) ? alloc_pooled (vm, n) : JS_THROWN;
}

static JsValue
construct (JsVm *vm, const JsCall *call)
{
  return js_is_number (vm, js_argument (call, 0)) ? buffer_alloc (vm, call) : buffer_from (vm, call);
}

/* ---- of the constructor ------------------------------------------------------------------------------------------ */

static JsValue
is_buffer (JsVm *vm, const JsCall *call)
{
  gboolean result = FALSE;

  if (js_is_bytes (vm, js_argument (call, 0))
      && !js_has_instance (vm, js_library_constructor (vm, "Buffer"), call->arguments[0], &result))
    return JS_THROWN;
  return js_boolean (result);
}

static JsValue
is_encoding (JsVm *vm, const JsCall *call)
{
  JsEncoding encoding;

  if (!js_is_string (vm, js_argument (call, 0)))
    return JS_FALSE;
  if (js_find_encoding (vm, call->arguments[0], &encoding))
    return JS_TRUE;
  js_catch (vm);
  return JS_FALSE;
}

static JsValue
byte_length (JsVm *vm, const JsCall *call)
{
  JsValue source = js_argument (call, 0);
  g_autoptr (GByteArray) bytes = NULL;
  JsEncoding encoding;

  if (js_is_kind (vm, source, JS_KIND_ARRAY_BUFFER) || js_is_kind (vm, source, JS_KIND_TYPED_ARRAY)
      || js_is_kind (vm, source, JS_KIND_DATA_VIEW))
    return js_get_named (vm, source, js_atom (vm, "byteLength", -1));
  if (!js_is_string (vm, source))
    return js_throw_argument_type (
        vm, "\"string\" argument", "of type string or an instance of Buffer or ArrayBuffer", source);
  if (!js_find_encoding (vm, js_argument (call, 1), &encoding))
    return JS_THROWN;
  bytes = js_encode_string (vm, encoding, source.payload);
  return js_smi ((gint32) bytes->len);
}

static JsValue
compare_two (JsVm *vm, const JsCall *call)
{
  if (!js_check_bytes (vm, js_argument (call, 0), "\"buf1\" argument")
      || !js_check_bytes (vm, js_argument (call, 1), "\"buf2\" argument"))
    return JS_THROWN;
  return js_smi (js_compare_bytes (vm, call->arguments[0].payload, call->arguments[1].payload));
}

/* The bytes of all elements of @list. FALSE: thrown. */
static gboolean
append_all (JsVm *vm, JsValue list, GByteArray *all)
{
  guint32 n = js_array_length (vm, list.payload), n_bytes;

  for (guint32 i = 0; i < n; i++)
    {
      JsHandles handles = js_handles_open (vm);
      g_autofree char *what = g_strdup_printf ("\"list[%u]\" argument", i);
      JsValue part = js_hold (vm, js_get_index (vm, list, i));
      const guint8 *bytes;

      if (js_is_hole (part) || !js_check_bytes (vm, part, what) || !js_vm_tick (vm))
        return FALSE;
      bytes = js_view_bytes (vm, part.payload, &n_bytes);
      if (n_bytes > 0)
        g_byte_array_append (all, bytes, n_bytes);
      js_handles_close (vm, handles);
    }
  return TRUE;
}

static JsValue
concat (JsVm *vm, const JsCall *call)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  double n;

  if (!js_is_array (vm, js_argument (call, 0)))
    return js_throw_argument_type (vm, "\"list\" argument", "an instance of Array", js_argument (call, 0));
  if (!append_all (vm, call->arguments[0], all))
    return JS_THROWN;
  n = all->len;
  if (!js_check_integer (vm, js_argument (call, 1), "length", 0, 9007199254740991.0, &n))
    return JS_THROWN;
  if (n > G_MAXINT32)
    return js_throw_range (vm, "Array buffer allocation failed");
  return from_part (vm, all->data, all->len, (guint32) n);
}

/* The same bytes, of which it is a part. */
JsValue
js_buffer_subarray (JsVm *vm, const JsCall *call)
{
  gint64 first, end;
  guint32 n, offset;

  if (!js_check_bytes (vm, call->receiver, "argument"))
    return JS_THROWN;
  js_view_bytes (vm, call->receiver.payload, &n);
  if (!js_to_relative (vm, js_argument (call, 0), n, 0, &first)
      || !js_to_relative (vm, js_argument (call, 1), n, n, &end))
    return JS_THROWN;
  offset = js_get_own_slot (vm, call->receiver.payload, JS_VIEW_SLOT_OFFSET).payload;
  return js_new_buffer (vm,
                        js_hold (vm, js_get_own_slot (vm, call->receiver.payload, JS_VIEW_SLOT_BUFFER)),
                        offset + (guint32) first,
                        (guint32) MAX (end - first, 0));
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

static void
init (JsVm *vm)
{
  vm->buffer_pool_root = hp_machine_define_root (vm->machine, "buffer pool");
}

#define METHOD(name, length) JS_METHOD (#name, js_buffer_##name, length),
#define BOTH(name) \
  JS_METHOD ("read" name, js_buffer_read_number, 0), JS_METHOD ("write" name, js_buffer_write_number, 1)
#define SIZED(name)                                                                                                 \
  JS_METHOD ("read" name "LE", js_buffer_read_integer, 2), JS_METHOD ("read" name "BE", js_buffer_read_integer, 2), \
      JS_METHOD ("write" name "LE", js_buffer_write_integer, 3),                                                    \
      JS_METHOD ("write" name "BE", js_buffer_write_integer, 3)
#define ORDERS(name) BOTH (name "LE"), BOTH (name "BE")
static const JsNativeRow members[] = {
  JS_BUFFER_METHODS (METHOD) JS_METHOD ("toString", js_buffer_to_string, 3),
  JS_ALIAS ("toLocaleString", "toString"),
  JS_METHOD ("toJSON", js_buffer_to_json, 0),
  JS_METHOD ("indexOf", js_buffer_index_of, 3),
  JS_METHOD ("lastIndexOf", js_buffer_last_index_of, 3),
  JS_METHOD ("slice", js_buffer_subarray, 2),
  BOTH ("Int8"),
  BOTH ("UInt8"),
  BOTH ("Uint8"),
  ORDERS ("Int16"),
  ORDERS ("UInt16"),
  ORDERS ("Uint16"),
  ORDERS ("Int32"),
  ORDERS ("UInt32"),
  ORDERS ("Uint32"),
  ORDERS ("Float"),
  ORDERS ("Double"),
  ORDERS ("BigInt64"),
  ORDERS ("BigUInt64"),
  ORDERS ("BigUint64"),
  SIZED ("Int"),
  SIZED ("UInt"),
  SIZED ("Uint"),
};
#undef ORDERS
#undef SIZED
#undef BOTH
#undef METHOD
static const JsNativeRow statics[] = {
  JS_METHOD ("alloc", buffer_alloc, 3),
  JS_METHOD ("allocUnsafe", buffer_alloc_unsafe, 1),
  JS_METHOD ("allocUnsafeSlow", buffer_alloc, 1),
  JS_METHOD ("from", buffer_from, 3),
  JS_METHOD ("concat", concat, 2),
  JS_METHOD ("isBuffer", is_buffer, 1),
  JS_METHOD ("isEncoding", is_encoding, 1),
  JS_METHOD ("byteLength", byte_length, 2),
  JS_METHOD ("compare", compare_two, 2),
  JS_NUMBER ("poolSize", POOL_BYTES),
};
static const JsLibraryClass classes[] = { { .name = "Buffer",
                                            .construct = construct,
                                            .length = 3,
                                            .prototype = JS_INTRINSIC_BUFFER_PROTOTYPE,
                                            .parent = JS_INTRINSIC_UINT8_ARRAY_PROTOTYPE,
                                            .parent_class = "Uint8Array",
                                            .kind = JS_KIND_OBJECT,
                                            .members = members,
                                            .n_members = G_N_ELEMENTS (members),
                                            .statics = statics,
                                            .n_statics = G_N_ELEMENTS (statics) } };

const JsLibrary js_library_buffer = { .init = init, .classes = classes, .n_classes = G_N_ELEMENTS (classes) };
