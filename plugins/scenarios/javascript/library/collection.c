/* collection.c - how collections are filled with the items of an iterable (V8: src/builtins/collections.tq)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/collection.h"

#include "library/library.h"
#include "runtime/function.h"
#include "runtime/message.h"

gboolean
js_check_receiver (JsVm *vm, const JsCall *call, JsKind kind, const char *class_name)
{
  const JsNativeRow *row;
  g_autofree char *method = NULL;

  if (js_is_kind (vm, call->receiver, kind))
    return TRUE;
  row = js_function_native (vm, call->callee);
  method = g_strdup_printf ("%s%s.prototype.%s", js_native_row_is_accessor (row) ? "get " : "", class_name, row->name);
  js_throw_incompatible (vm, method, call->receiver);
  return FALSE;
}

/* The key, and the value of a pair, that an item is; both are held. FALSE: thrown. */
static gboolean
take_apart (JsVm *vm, const JsCollection *collection, JsValue item, JsValue parts[2])
{
  parts[0] = js_hold (vm, item);
  parts[1] = JS_HOLE;
  if (!collection->has_values)
    return TRUE;
  if (!js_is_object (vm, item))
    {
      g_autofree char *text = js_message_text (vm, item);
      js_throw_type (vm, "Iterator value %s is not an entry object", text);
      return FALSE;
    }
  parts[0] = js_hold (vm, js_get_index (vm, item, 0));
  parts[1] = js_is_hole (parts[0]) ? JS_HOLE : js_hold (vm, js_get_index (vm, item, 1));
  return !js_is_hole (parts[1]);
}

static gboolean
add_item (JsVm *vm, const JsCollection *collection, JsValue self, JsValue adder, JsValue item)
{
  JsHandles handles = js_handles_open (vm);
  const JsNativeRow *native = js_function_native (vm, adder.payload);
  JsValue parts[2];
  gboolean added;

  if (!take_apart (vm, collection, item, parts))
    added = FALSE;
  else if (native != NULL && native->function == collection->adder)
    added = collection->put (vm, self.payload, parts[0], parts[1]);
  else
    added = !js_is_hole (js_call (vm, adder, self, parts, collection->has_values ? 2 : 1));
  js_handles_close (vm, handles);
  return added;
}

static gboolean
fill (JsVm *vm, const JsCollection *collection, JsValue self, JsValue items)
{
  JsIteration iteration;
  JsValue adder = js_hold (vm, js_get_named (vm, self, js_atom (vm, collection->has_values ? "set" : "add", 3)));

  if (js_is_hole (adder) || !js_check_callable (vm, adder) || !js_iterate (vm, &iteration, items))
    return FALSE;
  for (;;)
    {
      JsValue item = js_iterate_next (vm, &iteration);
      if (js_is_hole (item))
        return iteration.done;
      if (!js_vm_tick (vm))
        return FALSE;
      if (!add_item (vm, collection, self, adder, item))
        {
          js_iterate_close (vm, &iteration);
          return FALSE;
        }
    }
}

JsValue
js_collection_construct (JsVm *vm, const JsCall *call, const JsCollection *collection)
{
  JsValue self, items = js_argument (call, 0);

  if (js_is_undefined (call->new_target))
    return js_throw_type (vm, "Constructor %s requires 'new'", collection->name);
  self = js_hold (vm, js_ref (js_new_object_for (vm, collection->kind, call->new_target)));
  if (js_is_hole (self) || !collection->create (vm, self.payload)
      || (!js_is_nullish (items) && !fill (vm, collection, self, items)))
    return JS_THROWN;
  return self;
}
