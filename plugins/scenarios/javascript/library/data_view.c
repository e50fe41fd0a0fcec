/* data_view.c - DataView: numbers at any place and in any order of bytes
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/array_buffer.h"
#include "library/collection.h"
#include "runtime/function.h"
#include "runtime/message.h"

JsElementType
js_element_type_of_method (const char *name)
{
  static const struct
  {
    const char *text;
    JsElementType type;
  } TYPES[] = { { "BigInt64", JS_BIGINT64 }, { "BigUint64", JS_BIGUINT64 }, { "Int8", JS_INT8 },
                { "Uint8", JS_UINT8 },       { "Int16", JS_INT16 },         { "Uint16", JS_UINT16 },
                { "Int32", JS_INT32 },       { "Uint32", JS_UINT32 },       { "Float64", JS_FLOAT64 },
                { "Float", JS_FLOAT32 },     { "Double", JS_FLOAT64 } };

  while (g_ascii_islower (*name))
    name++;
  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++)
    if (g_ascii_strncasecmp (name, TYPES[i].text, strlen (TYPES[i].text)) == 0)
      return TYPES[i].type;
  g_assert_not_reached ();
}

void
js_reverse_bytes (guint8 *bytes, guint n)
{
  for (guint i = 0; i < n / 2; i++)
    {
      guint8 byte = bytes[i];
      bytes[i] = bytes[n - 1 - i];
      bytes[n - 1 - i] = byte;
    }
}

static JsValue
construct (JsVm *vm, const JsCall *call)
{
  JsValue buffer = js_argument (call, 0);
  double offset, length;
  guint32 whole;
  HpRef view;

  if (js_is_undefined (call->new_target))
    return js_throw_type (vm, "Constructor DataView requires 'new'");
  if (!js_is_kind (vm, buffer, JS_KIND_ARRAY_BUFFER))
    return js_throw_type (vm, "First argument to DataView constructor must be an ArrayBuffer");
  whole = js_array_buffer_length (vm, buffer.payload);
  if (!js_to_integer (vm, js_argument (call, 1), &offset))
    return JS_THROWN;
  if (offset < 0 || offset > whole)
    return js_throw_range (vm, "Start offset %.0f is outside the bounds of the buffer", offset);
  length = whole - offset;
  if (!js_is_undefined (js_argument (call, 2)) && !js_to_integer (vm, js_argument (call, 2), &length))
    return JS_THROWN;
  if (length < 0 || offset + length > whole)
    return js_throw_range (vm, "Invalid DataView length %.0f", length);
  view = js_new_object_for (vm, JS_KIND_DATA_VIEW, call->new_target);
  if (view == HP_REF_NONE)
    return JS_THROWN;
  js_set_own_slot (vm, view, JS_VIEW_SLOT_BUFFER, buffer);
  js_set_own_slot (vm, view, JS_VIEW_SLOT_OFFSET, js_smi ((gint32) offset));
  js_set_own_slot (vm, view, JS_VIEW_SLOT_LENGTH, js_smi ((gint32) length));
  return js_ref (view);
}

/* Where the call's number is, or NULL: thrown. */
static guint8 *
find (JsVm *vm, const JsCall *call, guint size, double offset)
{
  HpRef view = call->receiver.payload;

  if (offset < 0 || offset + size > js_get_own_slot (vm, view, JS_VIEW_SLOT_LENGTH).payload)
    {
      js_throw_range (vm, "Offset is outside the bounds of the DataView");
      return NULL;
    }
  return js_array_buffer_bytes (vm, js_get_own_slot (vm, view, JS_VIEW_SLOT_BUFFER).payload)
         + js_get_own_slot (vm, view, JS_VIEW_SLOT_OFFSET).payload + (gsize) offset;
}

static JsValue
get (JsVm *vm, const JsCall *call)
{
  JsElementType type = js_element_type_of_method (js_function_native (vm, call->callee)->name);
  guint size = js_element_size (type);
  guint8 bytes[8], *at;
  double offset;

  if (!js_check_receiver (vm, call, JS_KIND_DATA_VIEW, "DataView")
      || !js_to_integer (vm, js_argument (call, 0), &offset))
    return JS_THROWN;
  at = find (vm, call, size, offset);
  if (at == NULL)
    return JS_THROWN;
  memcpy (bytes, at, size);
  if (!js_to_boolean (vm, js_argument (call, 1)))
    js_reverse_bytes (bytes, size);
  return js_load_element (vm, type, bytes);
}

static JsValue
set (JsVm *vm, const JsCall *call)
{
  JsElementType type = js_element_type_of_method (js_function_native (vm, call->callee)->name);
  guint size = js_element_size (type);
  guint8 bytes[8], *at;
  double offset;

  if (!js_check_receiver (vm, call, JS_KIND_DATA_VIEW, "DataView")
      || !js_to_integer (vm, js_argument (call, 0), &offset))
    return JS_THROWN;
  if (offset < 0)
    return js_throw_range (vm, "Offset is outside the bounds of the DataView");
  if (!js_convert_element (vm, type, js_argument (call, 1), bytes))
    return JS_THROWN;
  at = find (vm, call, size, offset);
  if (at == NULL)
    return JS_THROWN;
  if (!js_to_boolean (vm, js_argument (call, 2)))
    js_reverse_bytes (bytes, size);
  memcpy (at, bytes, size);
  return JS_UNDEFINED;
}

static JsValue
get_buffer (JsVm *vm, const JsCall *call)
{
  return js_check_receiver (vm, call, JS_KIND_DATA_VIEW, "DataView")
             ? js_get_own_slot (vm, call->receiver.payload, JS_VIEW_SLOT_BUFFER)
             : JS_THROWN;
}

static JsValue
get_offset (JsVm *vm, const JsCall *call)
{
  return js_check_receiver (vm, call, JS_KIND_DATA_VIEW, "DataView")
             ? js_get_own_slot (vm, call->receiver.payload, JS_VIEW_SLOT_OFFSET)
             : JS_THROWN;
}

static JsValue
get_length (JsVm *vm, const JsCall *call)
{
  return js_check_receiver (vm, call, JS_KIND_DATA_VIEW, "DataView")
             ? js_get_own_slot (vm, call->receiver.payload, JS_VIEW_SLOT_LENGTH)
             : JS_THROWN;
}

static void
init (JsVm *vm)
{
  static const char *const SLOTS[] = { "buffer", "byteOffset", "byteLength", "", "", "", "" };

  js_define_kind (vm,
                  &(JsClassTemplate){ .kind = JS_KIND_DATA_VIEW,
                                      .n_own = G_N_ELEMENTS (SLOTS),
                                      .own_names = SLOTS,
                                      .intrinsic_prototype = JS_INTRINSIC_DATA_VIEW_PROTOTYPE + 1 });
}

#define BOTH(name) JS_METHOD ("get" name, get, 1), JS_METHOD ("set" name, set, 2)
static const JsNativeRow members[] = {
  JS_GETTER ("buffer", get_buffer),
  JS_GETTER ("byteLength", get_length),
  JS_GETTER ("byteOffset", get_offset),
  BOTH ("Int8"),
  BOTH ("Uint8"),
  BOTH ("Int16"),
  BOTH ("Uint16"),
  BOTH ("Int32"),
  BOTH ("Uint32"),
  BOTH ("Float32"),
  BOTH ("Float64"),
  BOTH ("BigInt64"),
  BOTH ("BigUint64"),
  JS_STRING ("@@toStringTag", "DataView"),
};
#undef BOTH

static const JsLibraryClass classes[] = { { .name = "DataView",
                                            .construct = construct,
                                            .length = 1,
                                            .prototype = JS_INTRINSIC_DATA_VIEW_PROTOTYPE,
                                            .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
                                            .kind = JS_KIND_OBJECT,
                                            .members = members,
                                            .n_members = G_N_ELEMENTS (members) } };

const JsLibrary js_library_data_view = { .init = init, .classes = classes, .n_classes = G_N_ELEMENTS (classes) };
