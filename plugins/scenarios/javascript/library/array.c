/* array.c - Array: its constructor, what hangs on it, and what all its methods share
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/array.h"
#include "library/iterator.h"
#include "runtime/function.h"
#include "runtime/message.h"

/* ---- what methods share ------------------------------------------------------------------------------------------ */

gboolean
js_array_receiver (JsVm *vm, const JsCall *call, JsValue *object, gint64 *length)
{
  *object = call->receiver;
  if (js_is_array (vm, *object))
    {
      *length = js_array_length (vm, object->payload);
      return TRUE;
    }
  if (js_is_nullish (*object))
    {
      js_throw_type (vm, "Array.prototype.%s called on null or undefined", js_function_native (vm, call->callee)->name);
      return FALSE;
    }
  *object = js_hold (vm, js_to_object (vm, call->receiver));
  *length = js_is_hole (*object) ? -1 : js_length_of (vm, *object);
  return *length >= 0;
}

JsKey
js_array_key (JsVm *vm, gint64 index)
{
  g_autofree char *text = NULL;

  if (index < G_MAXUINT32)
    return js_key_index ((guint32) index);
  text = g_strdup_printf ("%" G_GINT64_FORMAT, index);
  return js_key_atom (js_atom (vm, text, -1));
}

JsFound
js_array_find (JsVm *vm, JsValue object, gint64 index, JsValue *value)
{
  JsKey key = js_array_key (vm, index);
  JsFound found;

  if (key.atom == NULL && js_is_array (vm, object))
    {
      *value = js_element (vm, object.payload, key.index);
      if (!js_is_hole (*value) && js_class_of (vm, object.payload)->elements != JS_ELEMENTS_DICTIONARY)
        return JS_PRESENT;
    }
  found = js_has (vm, object.payload, key);
  if (found != JS_PRESENT)
    return found;
  *value = js_get (vm, object, key);
  return js_is_hole (*value) ? JS_FAILED : JS_PRESENT;
}

gboolean
js_array_put (JsVm *vm, JsValue array, gint64 index, JsValue value)
{
  if (js_is_array (vm, array) && index == js_array_length (vm, array.payload) && index < G_MAXUINT32)
    return js_array_push (vm, array.payload, value);
  return js_define (vm, array.payload, js_array_key (vm, index), value, JS_ALL_ATTRIBUTES);
}

/* The constructor that map and others ask for; undefined: Array. */
static JsValue
species_of (JsVm *vm, JsValue original)
{
  JsValue constructor = js_hold (vm, js_get_named (vm, original, JS_NAME (vm, CONSTRUCTOR)));

  if (!js_is_object (vm, constructor))
    return constructor;
  constructor = js_hold (vm, js_get (vm, constructor, js_key_atom (JS_SYMBOL (vm, SPECIES))));
  return js_is_null (constructor) ? JS_UNDEFINED : constructor;
}

JsValue
js_array_species (JsVm *vm, JsValue original, gint64 length)
{
  JsValue constructor = JS_UNDEFINED, size;

  if (length >= G_MAXUINT32)
    return js_throw_range (vm, "Invalid array length");
  if (js_is_array (vm, original))
    constructor = species_of (vm, original);
  if (js_is_hole (constructor))
    return JS_THROWN;
  if (js_is_undefined (constructor) || js_is_identical (constructor, js_library_constructor (vm, "Array")))
    return js_hold (vm, js_ref (length > 0 ? js_new_array_of_length (vm, (guint32) length) : js_new_array (vm, 0)));
  size = js_hold (vm, js_number (vm, (double) length));
  return js_hold (vm, js_construct (vm, constructor, &size, 1, constructor));
}

/* ---- Array ------------------------------------------------------------------------------------------------------- */

static JsValue
array_of_length (JsVm *vm, JsValue length)
{
  double number = js_as_double (vm, length);

  if (number < 0 || number >= 4294967296.0 || number != trunc (number))
    return js_throw_range (vm, "Invalid array length");
  return js_ref (js_new_array_of_length (vm, (guint32) number));
}

/* A new array of a class of its own, for subclasses. */
static JsValue
give_prototype (JsVm *vm, const JsCall *call, JsValue array)
{
  JsValue prototype;
  gboolean set;

  if (js_is_hole (array) || js_is_undefined (call->new_target) || call->new_target.payload == call->callee)
    return array;
  js_hold (vm, array);
  prototype = js_get_named (vm, call->new_target, JS_NAME (vm, PROTOTYPE));
  if (js_is_hole (prototype)
      || (js_is_object (vm, prototype) && !js_set_prototype (vm, array.payload, js_hold (vm, prototype), &set)))
    return JS_THROWN;
  return array;
}

static JsValue
array_construct (JsVm *vm, const JsCall *call)
{
  if (call->n == 1 && js_is_number (vm, call->arguments[0]))
    return give_prototype (vm, call, array_of_length (vm, call->arguments[0]));
  return give_prototype (vm, call, js_ref (js_new_array_of (vm, call->arguments, call->n)));
}

static JsValue
array_is_array (JsVm *vm, const JsCall *call)
{
  return js_boolean (js_is_array (vm, js_argument (call, 0)));
}

/* What of and from fill: this as a constructor, or an array. Held. */
static JsValue
make_receiver (JsVm *vm, const JsCall *call, const JsValue *length)
{
  if (js_is_constructor (vm, call->receiver) && !js_is_identical (call->receiver, js_library_constructor (vm, "Array")))
    return js_hold (vm, js_construct (vm, call->receiver, length, length != NULL, call->receiver));
  return js_hold (vm, js_ref (js_new_array (vm, 0)));
}

static JsValue
end_receiver (JsVm *vm, JsValue array, gint64 n)
{
  JsValue length = js_hold (vm, js_number (vm, (double) n));

  if (js_is_array (vm, array))
    return js_array_length (vm, array.payload) == n || js_array_set_length (vm, array.payload, (guint32) n) ? array
                                                                                                            : JS_THROWN;
  return js_set_named (vm, array, JS_NAME (vm, LENGTH), length) ? array : JS_THROWN;
}

static JsValue
array_of (JsVm *vm, const JsCall *call)
{
  JsValue length = js_smi ((gint32) call->n), array = make_receiver (vm, call, &length);

  for (guint i = 0; !js_is_hole (array) && i < call->n; i++)
    if (!js_array_put (vm, array, i, call->arguments[i]))
      return JS_THROWN;
  return js_is_hole (array) ? array : end_receiver (vm, array, call->n);
}

/* Put @value, by the callback where there is one. */
static gboolean
put_mapped (JsVm *vm, const JsCall *call, JsValue array, gint64 i, JsValue value)
{
  const JsValue arguments[] = { value, js_smi ((gint32) i) };

  if (!js_is_undefined (js_argument (call, 1)))
    value = js_call (vm, js_argument (call, 1), js_argument (call, 2), arguments, 2);
  return !js_is_hole (value) && js_vm_tick (vm) && js_array_put (vm, array, i, value);
}

static JsValue
from_iterable (JsVm *vm, const JsCall *call)
{
  JsValue array = make_receiver (vm, call, NULL), value;
  JsIteration iteration;
  gint64 n = 0;

  if (js_is_hole (array) || !js_iterate (vm, &iteration, js_argument (call, 0)))
    return JS_THROWN;
  while (value = js_iterate_next (vm, &iteration), !js_is_hole (value))
    if (!put_mapped (vm, call, array, n++, value))
      {
        js_iterate_close (vm, &iteration);
        return JS_THROWN;
      }
  return iteration.done ? end_receiver (vm, array, n) : JS_THROWN;
}

static JsValue
from_array_like (JsVm *vm, const JsCall *call)
{
  JsValue object = js_hold (vm, js_to_object (vm, js_argument (call, 0))), array, size;
  gint64 length = js_is_hole (object) ? -1 : js_length_of (vm, object);

  if (length < 0)
    return JS_THROWN;
  size = js_hold (vm, js_number (vm, (double) length));
  array = make_receiver (vm, call, &size);
  for (gint64 i = 0; !js_is_hole (array) && i < length; i++)
    {
      JsValue value = js_get (vm, object, js_array_key (vm, i));

      if (js_is_hole (value) || !put_mapped (vm, call, array, i, value))
        return JS_THROWN;
    }
  return js_is_hole (array) ? array : end_receiver (vm, array, length);
}

static JsValue
array_from (JsVm *vm, const JsCall *call)
{
  JsValue items = js_argument (call, 0), method;

  if (!js_is_undefined (js_argument (call, 1)) && !js_check_callable (vm, js_argument (call, 1)))
    return JS_THROWN;
  if (js_is_nullish (items))
    return js_throw_not_iterable (vm, items);
  method = js_get_method (vm, items, js_key_atom (JS_SYMBOL (vm, ITERATOR)));
  if (js_is_hole (method))
    return JS_THROWN;
  return js_is_undefined (method) ? from_array_like (vm, call) : from_iterable (vm, call);
}

static JsValue
get_species (JsVm *vm, const JsCall *call)
{
  (void) vm;
  return call->receiver;
}

#define METHOD(name, text, length) JS_METHOD (text, js_array_method_##name, length),
static const JsNativeRow members[] = {
  JS_ARRAY_ITERATION (METHOD) JS_ARRAY_CHANGES (METHOD) JS_ARRAY_COPIES (METHOD) JS_METHOD ("keys", js_array_keys, 0),
  JS_METHOD ("entries", js_array_entries, 0),
  JS_METHOD ("values", js_array_values, 0),
  JS_ALIAS ("@@iterator", "values"),
};
#undef METHOD

static const JsNativeRow statics[] = {
  JS_METHOD ("isArray", array_is_array, 1),
  JS_METHOD ("from", array_from, 1),
  JS_METHOD ("of", array_of, 0),
  JS_GETTER ("@@species", get_species),
};

static const JsLibraryClass classes[] = {
  { .name = "Array",
    .construct = array_construct,
    .length = 1,
    .prototype = JS_INTRINSIC_ARRAY_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_ARRAY,
    .members = members,
    .n_members = G_N_ELEMENTS (members),
    .statics = statics,
    .n_statics = G_N_ELEMENTS (statics) },
};

const JsLibrary js_library_array = { .classes = classes, .n_classes = 1 };
