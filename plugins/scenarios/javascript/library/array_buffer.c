/* array_buffer.c - ArrayBuffer: bytes in the heap or outside of it (V8: src/objects/js-array-buffer.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/array_buffer.h"
#include "library/collection.h"
#include "runtime/message.h"

#define LONGEST_BUFFER 2147483647.0

static gboolean
attach (JsVm *vm, HpRef buffer, guint32 n)
{
  if (hp_machine_attach_external (vm->machine, buffer, n) != NULL)
    return TRUE;
  js_throw_range (vm, "Array buffer allocation failed");
  return FALSE;
}

static gboolean
put_on_heap (JsVm *vm, HpRef buffer, guint32 n)
{
  HpRef data = js_new_internal (vm, JS_KIND_BYTE_ARRAY, n);
  guint32 size;

  if (data == HP_REF_NONE)
    return FALSE;
  memset (hp_machine_bytes (vm->machine, data, &size), 0, n);
  js_set_own_slot (vm, buffer, JS_BUFFER_SLOT_DATA, js_ref (data));
  return TRUE;
}

JsValue
js_new_array_buffer (JsVm *vm, double length, JsValue new_target, gboolean small)
{
  JsHandles handles = js_handles_open (vm);
  JsValue buffer;
  gboolean made;

  if (!(length >= 0 && length <= LONGEST_BUFFER))
    return js_throw_range (vm, length >= 0 ? "Array buffer allocation failed" : "Invalid array buffer length");
  buffer = js_hold (vm, js_ref (js_new_object_for (vm, JS_KIND_ARRAY_BUFFER, new_target)));
  if (js_is_hole (buffer))
    return buffer;
  js_set_own_slot (vm, buffer.payload, JS_BUFFER_SLOT_LENGTH, js_smi ((gint32) length));
  made = small && length > 0 && length <= JS_ON_HEAP_BYTES ? put_on_heap (vm, buffer.payload, (guint32) length)
                                                           : attach (vm, buffer.payload, (guint32) length);
  js_handles_close (vm, handles);
  return made ? buffer : JS_THROWN;
}

guint32
js_array_buffer_length (JsVm *vm, HpRef buffer)
{
  return js_get_own_slot (vm, buffer, JS_BUFFER_SLOT_LENGTH).payload;
}

guint8 *
js_array_buffer_bytes (JsVm *vm, HpRef buffer)
{
  HpRef data = hp_value_get_ref (js_get_own_slot (vm, buffer, JS_BUFFER_SLOT_DATA));
  guint32 n;

  return data != HP_REF_NONE ? hp_machine_bytes (vm->machine, data, &n) : hp_machine_external (vm->machine, buffer, &n);
}

/* ---- ArrayBuffer ------------------------------------------------------------------------------------------------- */

static JsValue
construct (JsVm *vm, const JsCall *call)
{
  double length;

  if (js_is_undefined (call->new_target))
    return js_throw_type (vm, "Constructor ArrayBuffer requires 'new'");
  if (!js_to_integer (vm, js_argument (call, 0), &length))
    return JS_THROWN;
  return js_new_array_buffer (vm, length, call->new_target, FALSE);
}

static JsValue
is_view (JsVm *vm, const JsCall *call)
{
  return js_boolean (js_is_kind (vm, js_argument (call, 0), JS_KIND_TYPED_ARRAY)
                     || js_is_kind (vm, js_argument (call, 0), JS_KIND_DATA_VIEW));
}

static JsValue
byte_length (JsVm *vm, const JsCall *call)
{
  if (!js_check_receiver (vm, call, JS_KIND_ARRAY_BUFFER, "ArrayBuffer"))
    return JS_THROWN;
  return js_get_own_slot (vm, call->receiver.payload, JS_BUFFER_SLOT_LENGTH);
}

static JsValue
slice (JsVm *vm, const JsCall *call)
{
  gint64 first, end;
  guint32 length;
  JsValue copy;

  if (!js_check_receiver (vm, call, JS_KIND_ARRAY_BUFFER, "ArrayBuffer"))
    return JS_THROWN;
  length = js_array_buffer_length (vm, call->receiver.payload);
  if (!js_to_relative (vm, js_argument (call, 0), length, 0, &first)
      || !js_to_relative (vm, js_argument (call, 1), length, length, &end))
    return JS_THROWN;
  end = MAX (first, end);
  copy = js_new_array_buffer (vm, (double) (end - first), JS_UNDEFINED, FALSE);
  if (!js_is_hole (copy))
    memcpy (js_array_buffer_bytes (vm, copy.payload),
            js_array_buffer_bytes (vm, call->receiver.payload) + first,
            (gsize) (end - first));
  return copy;
}

static void
init (JsVm *vm)
{
  static const char *const NAMES[] = { "byteLength", "data", "", "", "", "", "", "" };

  js_define_internal_kind (vm, JS_KIND_BYTE_ARRAY, 0, NULL, HP_TAIL_BYTES, HP_REFERENCES_STRONG);
  js_define_kind (vm,
                  &(JsClassTemplate){ .kind = JS_KIND_ARRAY_BUFFER,
                                      .n_own = JS_N_BUFFER_SLOTS,
                                      .own_names = NAMES,
                                      .intrinsic_prototype = JS_INTRINSIC_ARRAY_BUFFER_PROTOTYPE + 1 });
}

static const JsNativeRow members[] = { JS_GETTER ("byteLength", byte_length),
                                       JS_METHOD ("slice", slice, 2),
                                       JS_STRING ("@@toStringTag", "ArrayBuffer") };
static const JsNativeRow statics[] = { JS_METHOD ("isView", is_view, 1) };
static const JsLibraryClass classes[] = { { .name = "ArrayBuffer",
                                            .construct = construct,
                                            .length = 1,
                                            .prototype = JS_INTRINSIC_ARRAY_BUFFER_PROTOTYPE,
                                            .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
                                            .kind = JS_KIND_OBJECT,
                                            .members = members,
                                            .n_members = G_N_ELEMENTS (members),
                                            .statics = statics,
                                            .n_statics = G_N_ELEMENTS (statics) } };

const JsLibrary js_library_array_buffer = { .init = init, .classes = classes, .n_classes = G_N_ELEMENTS (classes) };
