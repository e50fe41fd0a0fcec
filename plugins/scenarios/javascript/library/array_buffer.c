/* array_buffer.c - ArrayBuffer: bytes in the heap or outside of it (V8: src/objects/js-array-buffer.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/array_buffer.h"
#include "library/collection.h"
#include "runtime/message.h"

/* Outside of the heap: more than that is no memory left. */
#define MOST_EXTERNAL_BYTES (G_GUINT64_CONSTANT (2) << 30)
#define LONGEST_BUFFER 2147483647.0
/* V8: kExternalAllocationSoftLimit */
#define SOFT_LIMIT (G_GUINT64_CONSTANT (64) << 20)

typedef struct
{
  GHashTable *stores; /* ref -> bytes */
  GHashTable *sizes;  /* ref -> how many */
  guint64 bytes, low; /* now; after the last collection for their sake */
} External;

static External *
external_of (JsVm *vm)
{
  return vm->external;
}

/* Buffers that were collected give their bytes back. */
static void
sweep (JsVm *vm)
{
  External *self = external_of (vm);
  GHashTableIter iter;
  gpointer ref;

  g_hash_table_iter_init (&iter, self->stores);
  while (g_hash_table_iter_next (&iter, &ref, NULL))
    if (hp_machine_shape_of (vm->machine, GPOINTER_TO_UINT (ref)) == 0)
      {
        self->bytes -= GPOINTER_TO_SIZE (g_hash_table_lookup (self->sizes, ref));
        g_hash_table_remove (self->sizes, ref);
        g_hash_table_iter_remove (&iter);
      }
}

guint64
js_external_bytes (JsVm *vm)
{
  sweep (vm);
  return external_of (vm)->bytes;
}

/* As V8 does when much was allocated outside of its heap. @buffer is held. */
static void
make_room (JsVm *vm, guint64 n)
{
  External *self = external_of (vm);

  if (self->bytes + n <= self->low + SOFT_LIMIT)
    return;
  sweep (vm);
  if (self->bytes + n > self->low + SOFT_LIMIT)
    {
      hp_machine_collect (vm->machine, HP_COLLECTION_FULL);
      sweep (vm);
    }
  self->low = self->bytes;
}

static gboolean
attach (JsVm *vm, HpRef buffer, guint32 n)
{
  External *self = external_of (vm);
  guint8 *bytes;

  make_room (vm, n);
  bytes = self->bytes + n <= MOST_EXTERNAL_BYTES ? g_try_malloc0 (MAX (n, 1)) : NULL;
  if (bytes == NULL)
    {
      js_throw_range (vm, "Array buffer allocation failed");
      return FALSE;
    }
  g_hash_table_insert (self->stores, GUINT_TO_POINTER (buffer), bytes);
  g_hash_table_insert (self->sizes, GUINT_TO_POINTER (buffer), GSIZE_TO_POINTER ((gsize) n));
  self->bytes += n;
  return TRUE;
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

  return data != HP_REF_NONE ? hp_machine_bytes (vm->machine, data, &n)
                             : g_hash_table_lookup (external_of (vm)->stores, GUINT_TO_POINTER (buffer));
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
  External *self = g_new0 (External, 1);

  self->stores = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->sizes = g_hash_table_new (NULL, NULL);
  vm->external = self;
  js_define_internal_kind (vm, JS_KIND_BYTE_ARRAY, 0, NULL, HP_TAIL_BYTES, HP_REFERENCES_STRONG);
  js_define_kind (vm,
                  &(JsClassTemplate){ .kind = JS_KIND_ARRAY_BUFFER,
                                      .n_own = JS_N_BUFFER_SLOTS,
                                      .own_names = NAMES,
                                      .intrinsic_prototype = JS_INTRINSIC_ARRAY_BUFFER_PROTOTYPE + 1 });
}

static void
clear (JsVm *vm)
{
  External *self = vm->external;

  g_hash_table_unref (self->stores);
  g_hash_table_unref (self->sizes);
  g_clear_pointer (&vm->external, g_free);
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

const JsLibrary js_library_array_buffer = {
  .init = init, .classes = classes, .n_classes = G_N_ELEMENTS (classes), .clear = clear
};
