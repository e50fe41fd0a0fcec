/* structured_clone.c - structuredClone: deep copies, circles and shared parts kept (HTML, 2.7)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/array_buffer.h"
#include "library/date.h"
#include "library/dom_exception.h"
#include "runtime/message.h"
#include "runtime/table.h"

/* What was copied already: original and copy one after the other in an array of the heap. */
typedef struct
{
  JsVm *vm;
  GHashTable *copies; /* ref -> ref; all are held by @list */
  JsValue list;
} Clone;

static JsValue clone_value (Clone *self, JsValue value);

static JsValue
refuse (Clone *self, JsValue value)
{
  g_autofree char *text = js_is_callable (self->vm, value) ? js_function_text (self->vm, value.payload)
                                                           : js_message_text (self->vm, value);

  return js_throw_dom_exception (self->vm, "DataCloneError", "%s could not be cloned.", text);
}

static gboolean
remember (Clone *self, JsValue original, JsValue copy)
{
  if (js_is_hole (copy))
    return FALSE;
  g_hash_table_insert (self->copies, GUINT_TO_POINTER (original.payload), GUINT_TO_POINTER (copy.payload));
  return js_array_push (self->vm, self->list.payload, copy);
}

static gboolean
clone_properties (Clone *self, JsValue original, JsValue copy)
{
  JsVm *vm = self->vm;
  g_autoptr (GArray) keys = js_own_keys (vm, original.payload, JS_KEYS_STRINGS | JS_KEYS_ENUMERABLE);

  for (guint i = 0; i < keys->len; i++)
    {
      JsKey key = g_array_index (keys, JsKey, i);
      JsHandles handles = js_handles_open (vm);
      JsValue value = js_hold (vm, js_get (vm, original, key));
      gboolean done;

      value = js_is_hole (value) ? value : js_hold (vm, clone_value (self, value));
      done = !js_is_hole (value) && js_define (vm, copy.payload, key, value, JS_ALL_ATTRIBUTES);
      js_handles_close (vm, handles);
      if (!done)
        return FALSE;
    }
  return TRUE;
}

static JsValue
clone_plain (Clone *self, JsValue original, JsValue copy)
{
  return remember (self, original, copy) && clone_properties (self, original, copy) ? copy : JS_THROWN;
}

static JsValue
clone_collection (Clone *self, JsValue original, gboolean is_map)
{
  JsVm *vm = self->vm;
  JsValue constructor = js_library_constructor (vm, is_map ? "Map" : "Set");
  JsValue copy = js_hold (vm, js_construct (vm, constructor, NULL, 0, constructor)), key, value = JS_UNDEFINED;
  HpRef table = js_hold (vm, js_get_own_slot (vm, original.payload, JS_COLLECTION_SLOT_TABLE)).payload;
  guint32 index = 0;

  if (!remember (self, original, copy))
    return JS_THROWN;
  while (!js_is_hole (key = js_table_next (vm, table, &index, is_map ? &value : NULL)))
    {
      JsHandles handles = js_handles_open (vm);
      gboolean done;

      js_hold (vm, key);
      js_hold (vm, value);
      key = js_hold (vm, clone_value (self, key));
      value = is_map && !js_is_hole (key) ? js_hold (vm, clone_value (self, value)) : value;
      done = !js_is_hole (key) && !js_is_hole (value) && js_table_put (vm, copy.payload, key, value);
      js_handles_close (vm, handles);
      if (!done)
        return JS_THROWN;
    }
  return copy;
}

/* Of the classes that there are, by name; otherwise Error. */
static JsValue
error_constructor (JsVm *vm, JsValue original)
{
  JsValue name = js_get_named (vm, original, JS_NAME (vm, NAME)), constructor = JS_UNDEFINED;
  g_autofree char *text = js_is_string (vm, name) ? js_string_to_utf8 (vm, name.payload, NULL) : NULL;

  if (js_is_hole (name))
    return name;
  if (text != NULL && g_str_has_suffix (text, "Error"))
    constructor = js_library_constructor (vm, text);
  return js_is_undefined (constructor) ? js_library_constructor (vm, "Error") : constructor;
}

/* An error of the same kind with the same message and stack. */
static JsValue
clone_error (Clone *self, JsValue original)
{
  JsVm *vm = self->vm;
  JsValue constructor = error_constructor (vm, original), message, stack, copy;

  message = js_is_hole (constructor) ? constructor : js_hold (vm, js_get_named (vm, original, JS_NAME (vm, MESSAGE)));
  stack = js_is_hole (message) ? message : js_hold (vm, js_get_named (vm, original, JS_NAME (vm, STACK)));
  copy = js_is_hole (stack) ? stack : js_hold (vm, js_construct (vm, constructor, &message, 1, constructor));
  if (js_is_hole (copy) || !remember (self, original, copy) || !js_set_named (vm, copy, JS_NAME (vm, STACK), stack))
    return JS_THROWN;
  return copy;
}

/* By its constructor from one value: dates, wrapped primitives, regular expressions. */
static JsValue
clone_by (Clone *self, JsValue original, const char *name, const JsValue *arguments, guint n)
{
  JsValue constructor = js_library_constructor (self->vm, name), copy;

  copy = js_hold (self->vm, js_construct (self->vm, constructor, arguments, n, constructor));
  return remember (self, original, copy) ? copy : JS_THROWN;
}

static JsValue
clone_date (Clone *self, JsValue original)
{
  JsValue time = js_hold (self->vm, js_get_own_slot (self->vm, original.payload, JS_DATE_SLOT_TIME));

  return clone_by (self, original, "Date", &time, 1);
}

/* With all the bytes that it looks into. */
static JsValue
clone_view (Clone *self, JsValue original)
{
  JsVm *vm = self->vm;
  JsElementType type = js_get_own_slot (vm, original.payload, JS_VIEW_SLOT_TYPE).payload;
  guint32 offset = js_get_own_slot (vm, original.payload, JS_VIEW_SLOT_OFFSET).payload;
  guint32 length = js_get_own_slot (vm, original.payload, JS_VIEW_SLOT_LENGTH).payload;
  JsValue store = js_hold (vm, js_get_own_slot (vm, original.payload, JS_VIEW_SLOT_BUFFER)), copy;

  store = js_hold (vm, clone_value (self, store));
  copy = js_is_hole (store) ? store : js_hold (vm, js_new_view (vm, type, store, offset, length, JS_UNDEFINED));
  return remember (self, original, copy) ? copy : JS_THROWN;
}

static JsValue
clone_buffer (Clone *self, JsValue original)
{
  JsVm *vm = self->vm;
  guint32 n = js_array_buffer_length (vm, original.payload);
  JsValue copy = js_hold (vm, js_new_array_buffer (vm, n, JS_UNDEFINED, n <= JS_ON_HEAP_BYTES));

  if (!js_is_hole (copy) && n > 0)
    memcpy (js_array_buffer_bytes (vm, copy.payload), js_array_buffer_bytes (vm, original.payload), n);
  return remember (self, original, copy) ? copy : JS_THROWN;
}

static JsValue
clone_wrapper (Clone *self, JsValue original)
{
  JsValue value = js_hold (self->vm, js_get_own_slot (self->vm, original.payload, 0)), copy;

  if (js_is_symbol (self->vm, value))
    return refuse (self, original);
  copy = js_hold (self->vm, js_to_object (self->vm, value));
  return remember (self, original, copy) ? copy : JS_THROWN;
}

static JsValue
clone_object (Clone *self, JsValue original)
{
  JsVm *vm = self->vm;

  switch (js_class_of (vm, original.payload)->kind)
    {
    case JS_KIND_OBJECT:
    case JS_KIND_ARGUMENTS:
      return clone_plain (self, original, js_hold (vm, js_ref (js_new_object (vm))));
    case JS_KIND_ARRAY:
      return clone_plain (
          self, original, js_hold (vm, js_ref (js_new_array_of_length (vm, js_array_length (vm, original.payload)))));
    case JS_KIND_MAP:
    case JS_KIND_SET:
      return clone_collection (self, original, js_is_kind (vm, original, JS_KIND_MAP));
    case JS_KIND_ERROR:
      return clone_error (self, original);
    case JS_KIND_DATE:
      return clone_date (self, original);
    case JS_KIND_REGEXP:
      return clone_by (self, original, "RegExp", &original, 1);
    case JS_KIND_TYPED_ARRAY:
      return clone_view (self, original);
    case JS_KIND_ARRAY_BUFFER:
      return clone_buffer (self, original);
    case JS_KIND_WRAPPER:
      return clone_wrapper (self, original);
    default:
      return refuse (self, original);
    }
}

static JsValue
clone_value (Clone *self, JsValue value)
{
  gpointer copy;
  JsValue result;

  if (js_is_symbol (self->vm, value))
    return refuse (self, value);
  if (!js_is_object (self->vm, value))
    return value;
  copy = g_hash_table_lookup (self->copies, GUINT_TO_POINTER (value.payload));
  if (copy != NULL)
    return js_ref (GPOINTER_TO_UINT (copy));
  if (!js_vm_enter (self->vm) || !js_vm_tick (self->vm))
    return JS_THROWN;
  result = clone_object (self, value);
  js_vm_leave (self->vm);
  return result;
}

static JsValue
structured_clone (JsVm *vm, const JsCall *call)
{
  Clone self = { .vm = vm, .list = js_hold (vm, js_ref (js_new_array (vm, 0))) };
  JsValue copy = JS_THROWN;

  if (call->n == 0)
    return js_throw_type (vm, "The \"value\" argument must be specified");
  self.copies = g_hash_table_new (NULL, NULL);
  if (!js_is_hole (self.list))
    copy = clone_value (&self, call->arguments[0]);
  g_hash_table_unref (self.copies);
  return copy;
}

static const JsNativeRow GLOBALS[] = { JS_METHOD ("structuredClone", structured_clone, 1) };

const JsLibrary js_library_structured_clone = { .globals = GLOBALS, .n_globals = G_N_ELEMENTS (GLOBALS) };
