/* typed_array.c - the typed arrays: what all of them have, and their constructors (V8: src/builtins/typed-array.tq)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/array_buffer.h"
#include "runtime/function.h"
#include "runtime/message.h"
#include "runtime/object.h"

#define TYPES(X)                                     \
  X (INT8, "Int8Array", int8, 1)                     \
  X (UINT8, "Uint8Array", uint8, 1)                  \
  X (UINT8_CLAMPED, "Uint8ClampedArray", clamped, 1) \
  X (INT16, "Int16Array", int16, 2)                  \
  X (UINT16, "Uint16Array", uint16, 2)               \
  X (INT32, "Int32Array", int32, 4)                  \
  X (UINT32, "Uint32Array", uint32, 4)               \
  X (FLOAT32, "Float32Array", float32, 4)            \
  X (FLOAT64, "Float64Array", float64, 8)            \
  X (BIGINT64, "BigInt64Array", bigint64, 8)         \
  X (BIGUINT64, "BigUint64Array", biguint64, 8)

static const char *const NAMES[] = {
#define TYPE_NAME(id, name, function, size) name,
  TYPES (TYPE_NAME)
#undef TYPE_NAME
};

static JsElementType
type_of (JsVm *vm, HpRef view)
{
  return (JsElementType) js_get_own_slot (vm, view, JS_VIEW_SLOT_TYPE).payload;
}

static guint32
length_of (JsVm *vm, HpRef view)
{
  return js_get_own_slot (vm, view, JS_VIEW_SLOT_LENGTH).payload;
}

guint8 *
js_view_bytes (JsVm *vm, HpRef view, guint32 *n)
{
  HpRef buffer = js_get_own_slot (vm, view, JS_VIEW_SLOT_BUFFER).payload;

  *n = length_of (vm, view) * js_element_size (type_of (vm, view));
  return js_array_buffer_bytes (vm, buffer) + js_get_own_slot (vm, view, JS_VIEW_SLOT_OFFSET).payload;
}

JsValue
js_new_view (JsVm *vm, JsElementType type, JsValue buffer, guint32 offset, guint32 length, JsValue new_target)
{
  JsHandles handles = js_handles_open (vm);
  JsValue constructor;
  HpRef view;

  js_hold (vm, buffer);
  constructor = js_is_undefined (new_target) ? js_library_constructor (vm, NAMES[type]) : new_target;
  view = js_new_object_for (vm, JS_KIND_TYPED_ARRAY, constructor);
  js_handles_close (vm, handles);
  if (view == HP_REF_NONE)
    return JS_THROWN;
  js_set_own_slot (vm, view, JS_VIEW_SLOT_BUFFER, buffer);
  js_set_own_slot (vm, view, JS_VIEW_SLOT_OFFSET, js_smi ((gint32) offset));
  js_set_own_slot (vm, view, JS_VIEW_SLOT_LENGTH, js_smi ((gint32) length));
  js_set_own_slot (vm, view, JS_VIEW_SLOT_TYPE, js_smi ((gint32) type));
  return js_ref (view);
}

/* ---- elements ---------------------------------------------------------------------------------------------------- */

static JsValue
get_element (JsVm *vm, HpRef view, guint32 index)
{
  JsElementType type = type_of (vm, view);
  guint32 n;

  return js_load_element (vm, type, js_view_bytes (vm, view, &n) + (gsize) index * js_element_size (type));
}

static gboolean
set_element (JsVm *vm, HpRef view, guint32 index, JsValue value)
{
  JsElementType type = type_of (vm, view);
  guint8 bytes[8];
  guint32 n;

  if (!js_convert_element (vm, type, value, bytes))
    return FALSE;
  if (index < length_of (vm, view))
    memcpy (js_view_bytes (vm, view, &n) + (gsize) index * js_element_size (type), bytes, js_element_size (type));
  return TRUE;
}

/* ---- making ------------------------------------------------------------------------------------------------------ */

static JsValue
new_zeros (JsVm *vm, JsElementType type, double length, JsValue new_target)
{
  JsHandles handles = js_handles_open (vm);
  JsValue buffer, view;

  if (!(length >= 0 && length <= 4294967295.0))
    return js_throw_range (vm, "Invalid typed array length: %.0f", length);
  buffer = js_hold (vm, js_new_array_buffer (vm, length * js_element_size (type), JS_UNDEFINED, TRUE));
  view = js_is_hole (buffer) ? JS_THROWN : js_new_view (vm, type, buffer, 0, (guint32) length, new_target);
  js_handles_close (vm, handles);
  return view;
}

static JsValue
from_buffer (JsVm *vm, JsElementType type, const JsCall *call)
{
  guint size = js_element_size (type);
  guint32 whole = js_array_buffer_length (vm, call->arguments[0].payload);
  double offset, length;

  if (!js_to_integer (vm, js_argument (call, 1), &offset))
    return JS_THROWN;
  if (offset < 0 || fmod (offset, size) != 0)
    return js_throw_range (vm, "start offset of %s should be a multiple of %u", NAMES[type], size);
  if (js_is_undefined (js_argument (call, 2)))
    {
      if (whole % size != 0)
        return js_throw_range (vm, "byte length of %s should be a multiple of %u", NAMES[type], size);
      if (offset > whole)
        return js_throw_range (vm, "Start offset %.0f is outside the bounds of the buffer", offset);
      length = (whole - offset) / size;
    }
  else if (!js_to_integer (vm, js_argument (call, 2), &length))
    return JS_THROWN;
  if (length < 0 || offset + length * size > whole)
    return js_throw_range (vm, "Invalid typed array length: %.0f", length);
  return js_new_view (vm, type, call->arguments[0], (guint32) offset, (guint32) length, call->new_target);
}

/* Everything of an array or array-like. */
static gboolean
copy_elements (JsVm *vm, JsValue source, HpRef view, guint32 at, gint64 n)
{
  for (guint32 i = 0; i < n; i++)
    {
      JsHandles handles = js_handles_open (vm);
      JsValue value = js_hold (vm, js_get_index (vm, source, i));
      gboolean done = !js_is_hole (value) && set_element (vm, view, at + i, value);

      js_handles_close (vm, handles);
      if (!done || !js_vm_tick (vm))
        return FALSE;
    }
  return TRUE;
}

static JsValue
from_object (JsVm *vm, JsElementType type, JsValue source, JsValue new_target)
{
  JsValue view, iterator = JS_UNDEFINED;
  gint64 n;

  if (!js_is_array (vm, source) && !js_is_kind (vm, source, JS_KIND_TYPED_ARRAY))
    {
      iterator = js_get_method (vm, source, js_key_atom (JS_SYMBOL (vm, ITERATOR)));
      if (!js_is_hole (iterator) && !js_is_undefined (iterator))
        source = js_hold (vm, js_array_from_iterable (vm, source));
    }
  if (js_is_hole (iterator) || js_is_hole (source))
    return JS_THROWN;
  n = js_length_of (vm, source);
  view = n < 0 ? JS_THROWN : js_hold (vm, new_zeros (vm, type, (double) n, new_target));
  return !js_is_hole (view) && copy_elements (vm, source, view.payload, 0, n) ? view : JS_THROWN;
}

static JsValue
construct (JsVm *vm, const JsCall *call, JsElementType type)
{
  JsValue first = js_argument (call, 0);
  double length;

  if (js_is_undefined (call->new_target))
    return js_throw_type (vm, "Constructor %s requires 'new'", NAMES[type]);
  if (js_is_kind (vm, first, JS_KIND_ARRAY_BUFFER))
    return from_buffer (vm, type, call);
  if (js_is_object (vm, first))
    return from_object (vm, type, first, call->new_target);
  return js_to_integer (vm, first, &length) ? new_zeros (vm, type, length, call->new_target) : JS_THROWN;
}

#define TYPE_CONSTRUCTOR(id, name, function, size)       \
  static JsValue function (JsVm *vm, const JsCall *call) \
  {                                                      \
    return construct (vm, call, JS_##id);                \
  }
TYPES (TYPE_CONSTRUCTOR)
#undef TYPE_CONSTRUCTOR

static JsValue
construct_abstract (JsVm *vm, const JsCall *call)
{
  (void) call;
  return js_throw_type (vm, "Abstract class TypedArray not directly constructable");
}

/* ---- what all of them have --------------------------------------------------------------------------------------- */

static gboolean
check (JsVm *vm, const JsCall *call)
{
  if (js_is_kind (vm, call->receiver, JS_KIND_TYPED_ARRAY))
    return TRUE;
  js_throw_type (vm, "this is not a typed array.");
  return FALSE;
}

static JsValue
get_length (JsVm *vm, const JsCall *call)
{
  return check (vm, call) ? js_get_own_slot (vm, call->receiver.payload, JS_VIEW_SLOT_LENGTH) : JS_THROWN;
}

static JsValue
get_buffer (JsVm *vm, const JsCall *call)
{
  return check (vm, call) ? js_get_own_slot (vm, call->receiver.payload, JS_VIEW_SLOT_BUFFER) : JS_THROWN;
}

static JsValue
get_byte_offset (JsVm *vm, const JsCall *call)
{
  return check (vm, call) ? js_get_own_slot (vm, call->receiver.payload, JS_VIEW_SLOT_OFFSET) : JS_THROWN;
}

static JsValue
get_byte_length (JsVm *vm, const JsCall *call)
{
  guint32 n;

  if (!check (vm, call))
    return JS_THROWN;
  js_view_bytes (vm, call->receiver.payload, &n);
  return js_number (vm, n);
}

static JsValue
get_tag (JsVm *vm, const JsCall *call)
{
  if (!js_is_kind (vm, call->receiver, JS_KIND_TYPED_ARRAY))
    return JS_UNDEFINED;
  return js_atom_value (vm, js_atom (vm, NAMES[type_of (vm, call->receiver.payload)], -1));
}

/* The method of the same name that arrays have: it asks only for length and elements. */
static JsValue
borrow (JsVm *vm, const JsCall *call)
{
  const char *name = js_function_native (vm, call->callee)->name;
  JsValue method;

  if (!check (vm, call))
    return JS_THROWN;
  method = js_get (vm, js_intrinsic (vm, JS_INTRINSIC_ARRAY_PROTOTYPE), js_key_atom (js_native_row_atom (vm, name)));
  return js_is_hole (method) ? method : js_call (vm, method, call->receiver, call->arguments, call->n);
}

/* The same, whose result becomes a typed array of the same kind. */
static JsValue
borrow_array (JsVm *vm, const JsCall *call)
{
  JsValue list, copy, constructor;

  if (!check (vm, call))
    return JS_THROWN;
  list = js_hold (vm, js_array_from_iterable (vm, call->receiver));
  copy = js_is_hole (list) ? list
                           : js_hold (vm,
                                      js_invoke (vm,
                                                 list,
                                                 js_atom (vm, js_function_native (vm, call->callee)->name, -1),
                                                 call->arguments,
                                                 call->n));
  constructor = js_is_hole (copy) ? copy : js_get_named (vm, call->receiver, JS_NAME (vm, CONSTRUCTOR));
  return js_is_hole (constructor) ? constructor : js_construct (vm, constructor, &copy, 1, constructor);
}

static JsValue
subarray (JsVm *vm, const JsCall *call)
{
  gint64 first, end;
  guint32 length, offset;
  JsElementType type;
  JsValue arguments[3], constructor;

  if (!check (vm, call))
    return JS_THROWN;
  length = length_of (vm, call->receiver.payload);
  type = type_of (vm, call->receiver.payload);
  if (!js_to_relative (vm, js_argument (call, 0), length, 0, &first)
      || !js_to_relative (vm, js_argument (call, 1), length, length, &end))
    return JS_THROWN;
  offset = js_get_own_slot (vm, call->receiver.payload, JS_VIEW_SLOT_OFFSET).payload;
  arguments[0] = js_hold (vm, js_get_own_slot (vm, call->receiver.payload, JS_VIEW_SLOT_BUFFER));
  arguments[1] = js_smi ((gint32) (offset + first * js_element_size (type)));
  arguments[2] = js_smi ((gint32) MAX (end - first, 0));
  constructor = js_get_named (vm, call->receiver, JS_NAME (vm, CONSTRUCTOR));
  return js_is_hole (constructor) ? constructor : js_construct (vm, constructor, arguments, 3, constructor);
}

static JsValue
set (JsVm *vm, const JsCall *call)
{
  JsValue source = js_argument (call, 0);
  double offset;
  gint64 n;

  if (!check (vm, call) || !js_to_integer (vm, js_argument (call, 1), &offset))
    return JS_THROWN;
  if (offset < 0)
    return js_throw_range (vm, "offset is out of bounds");
  if (!js_is_object (vm, source))
    source = js_hold (vm, js_to_object (vm, source));
  if (js_is_kind (vm, source, JS_KIND_TYPED_ARRAY)) /* perhaps the same bytes */
    source = js_hold (vm, js_array_from_iterable (vm, source));
  n = js_is_hole (source) ? -1 : js_length_of (vm, source);
  if (n < 0)
    return JS_THROWN;
  if (offset + (double) n > length_of (vm, call->receiver.payload))
    return js_throw_range (vm, "offset is out of bounds");
  return copy_elements (vm, source, call->receiver.payload, (guint32) offset, n) ? JS_UNDEFINED : JS_THROWN;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  if (isnan (x) || isnan (y))
    return (isnan (x) ? 1 : 0) - (isnan (y) ? 1 : 0);
  if (x == y)
    return (signbit (y) ? 1 : 0) - (signbit (x) ? 1 : 0);
  return x < y ? -1 : 1;
}

/* Without a function numbers are compared as numbers. */
static JsValue
sort (JsVm *vm, const JsCall *call)
{
  guint32 n;
  g_autofree double *numbers = NULL;

  if (!check (vm, call))
    return JS_THROWN;
  if (!js_is_undefined (js_argument (call, 0)) || type_of (vm, call->receiver.payload) >= JS_BIGINT64)
    return borrow (vm, call);
  n = length_of (vm, call->receiver.payload);
  numbers = g_new (double, n + 1);
  for (guint32 i = 0; i < n; i++)
    numbers[i] = js_as_double (vm, get_element (vm, call->receiver.payload, i));
  if (n > 1)
    qsort (numbers, n, sizeof *numbers, compare_numbers);
  for (guint32 i = 0; i < n; i++)
    {
      JsValue value = js_number (vm, numbers[i]);
      if (js_is_hole (value) || !set_element (vm, call->receiver.payload, i, value))
        return JS_THROWN;
    }
  return call->receiver;
}

/* ---- copies ------------------------------------------------------------------------------------------------------ */

static JsValue
copy_of (JsVm *vm, JsValue view)
{
  JsElementType type = type_of (vm, view.payload);
  JsValue copy = js_hold (vm, new_zeros (vm, type, length_of (vm, view.payload), JS_UNDEFINED));
  guint32 n;

  if (js_is_hole (copy))
    return copy;
  js_view_bytes (vm, view.payload, &n);
  if (n > 0)
    memcpy (js_view_bytes (vm, copy.payload, &n), js_view_bytes (vm, view.payload, &n), n);
  return copy;
}

static JsValue
to_sorted (JsVm *vm, const JsCall *call)
{
  JsCall inner = *call;

  if (!js_is_undefined (js_argument (call, 0)) && !js_is_callable (vm, call->arguments[0]))
    return js_throw_type (vm, "The comparison function must be either a function or undefined");
  if (!check (vm, call))
    return JS_THROWN;
  inner.receiver = copy_of (vm, call->receiver);
  if (js_is_hole (inner.receiver) || js_is_undefined (js_argument (call, 0)))
    return js_is_hole (inner.receiver) ? JS_THROWN : sort (vm, &inner);
  return js_invoke (vm, inner.receiver, js_atom (vm, "sort", -1), call->arguments, 1);
}

static JsValue
with (JsVm *vm, const JsCall *call)
{
  guint8 bytes[8];
  double index;
  JsValue copy;

  if (!check (vm, call) || !js_to_integer (vm, js_argument (call, 0), &index))
    return JS_THROWN;
  if (index < 0)
    index += length_of (vm, call->receiver.payload);
  if (!js_convert_element (vm, type_of (vm, call->receiver.payload), js_argument (call, 1), bytes))
    return JS_THROWN;
  if (!(index >= 0 && index < length_of (vm, call->receiver.payload)))
    return js_throw_range (vm, "Invalid typed array index");
  copy = copy_of (vm, call->receiver);
  return !js_is_hole (copy) && set_element (vm, copy.payload, (guint32) index, js_argument (call, 1)) ? copy
                                                                                                      : JS_THROWN;
}

/* The value is converted once. */
static JsValue
fill (JsVm *vm, const JsCall *call)
{
  gint64 first, end;
  guint8 bytes[8], *at;
  guint32 n, size;

  if (!check (vm, call) || !js_convert_element (vm, type_of (vm, call->receiver.payload), js_argument (call, 0), bytes))
    return JS_THROWN;
  n = length_of (vm, call->receiver.payload);
  size = js_element_size (type_of (vm, call->receiver.payload));
  if (!js_to_relative (vm, js_argument (call, 1), n, 0, &first)
      || !js_to_relative (vm, js_argument (call, 2), n, n, &end))
    return JS_THROWN;
  at = js_view_bytes (vm, call->receiver.payload, &n);
  for (gint64 i = first; i < end; i++)
    memcpy (at + (gsize) i * size, bytes, size);
  return call->receiver;
}

/* ---- from, of ---------------------------------------------------------------------------------------------------- */

static JsValue
construct_of_list (JsVm *vm, const JsCall *call, JsValue list)
{
  js_hold (vm, list);
  return js_is_hole (list) ? list : js_construct (vm, call->receiver, &list, 1, call->receiver);
}

static JsValue
from (JsVm *vm, const JsCall *call)
{
  JsValue array = js_library_constructor (vm, "Array");
  JsValue method = js_get_named (vm, array, js_atom (vm, "from", -1));

  return js_is_hole (method) ? method
                             : construct_of_list (vm, call, js_call (vm, method, array, call->arguments, call->n));
}

static JsValue
of (JsVm *vm, const JsCall *call)
{
  return construct_of_list (vm, call, js_ref (js_new_array_of (vm, call->arguments, call->n)));
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

static void
init (JsVm *vm)
{
  static const JsIndexed ELEMENTS = { length_of, get_element, set_element, JS_ALL_ATTRIBUTES };
  static const char *const SLOTS[] = { "buffer", "byteOffset", "length", "type", "", "", "", "", "" };

  js_define_kind (vm,
                  &(JsClassTemplate){ .kind = JS_KIND_TYPED_ARRAY,
                                      .n_own = JS_N_VIEW_SLOTS,
                                      .own_names = SLOTS,
                                      .intrinsic_prototype = JS_INTRINSIC_UINT8_ARRAY_PROTOTYPE + 1 });
  vm->indexed[JS_KIND_TYPED_ARRAY] = &ELEMENTS;
}

static const JsNativeRow members[] = {
  JS_GETTER ("buffer", get_buffer),
  JS_GETTER ("byteLength", get_byte_length),
  JS_GETTER ("byteOffset", get_byte_offset),
  JS_GETTER ("length", get_length),
  JS_METHOD ("entries", borrow, 0),
  JS_METHOD ("keys", borrow, 0),
  JS_METHOD ("values", borrow, 0),
  JS_METHOD ("at", borrow, 1),
  JS_METHOD ("copyWithin", borrow, 2),
  JS_METHOD ("every", borrow, 1),
  JS_METHOD ("fill", fill, 1),
  JS_METHOD ("filter", borrow_array, 1),
  JS_METHOD ("find", borrow, 1),
  JS_METHOD ("findIndex", borrow, 1),
  JS_METHOD ("findLast", borrow, 1),
  JS_METHOD ("findLastIndex", borrow, 1),
  JS_METHOD ("forEach", borrow, 1),
  JS_METHOD ("includes", borrow, 1),
  JS_METHOD ("indexOf", borrow, 1),
  JS_METHOD ("join", borrow, 1),
  JS_METHOD ("lastIndexOf", borrow, 1),
  JS_METHOD ("map", borrow_array, 1),
  JS_METHOD ("reverse", borrow, 0),
  JS_METHOD ("reduce", borrow, 1),
  JS_METHOD ("reduceRight", borrow, 1),
  JS_METHOD ("set", set, 1),
  JS_METHOD ("slice", borrow_array, 2),
  JS_METHOD ("some", borrow, 1),
  JS_METHOD ("sort", sort, 1),
  JS_METHOD ("subarray", subarray, 2),
  JS_METHOD ("toReversed", borrow_array, 0),
  JS_METHOD ("toSorted", to_sorted, 1),
  JS_METHOD ("with", with, 2),
  JS_METHOD ("toLocaleString", borrow, 0),
  JS_METHOD ("toString", borrow, 0),
  JS_ALIAS ("@@iterator", "values"),
  JS_GETTER ("@@toStringTag", get_tag),
};
static const JsNativeRow statics[] = { JS_METHOD ("of", of, 0), JS_METHOD ("from", from, 1) };

#define TYPE_ROWS(id, name, function, size) \
  static const JsNativeRow function##_rows[] = { JS_NUMBER ("BYTES_PER_ELEMENT", size) };
TYPES (TYPE_ROWS)
#undef TYPE_ROWS

#define TYPE_CLASS(id, text, function, size)          \
  { .name = text,                                     \
    .construct = function,                            \
    .length = 3,                                      \
    .prototype = JS_INTRINSIC_##id##_ARRAY_PROTOTYPE, \
    .parent = JS_INTRINSIC_TYPED_ARRAY_PROTOTYPE,     \
    .parent_class = "TypedArray",                     \
    .kind = JS_KIND_OBJECT,                           \
    .members = function##_rows,                       \
    .n_members = 1,                                   \
    .statics = function##_rows,                       \
    .n_statics = 1 },

static const JsLibraryClass classes[] = {
  TYPES (TYPE_CLASS){ .name = "TypedArray",
                      .construct = construct_abstract,
                      .prototype = JS_INTRINSIC_TYPED_ARRAY_PROTOTYPE,
                      .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
                      .kind = JS_KIND_OBJECT,
                      .members = members,
                      .n_members = G_N_ELEMENTS (members),
                      .statics = statics,
                      .n_statics = G_N_ELEMENTS (statics),
                      .is_hidden = TRUE },
};

const JsLibrary js_library_typed_array = { .init = init, .classes = classes, .n_classes = G_N_ELEMENTS (classes) };
