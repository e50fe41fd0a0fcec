/* array.c - arrays and what is like them (V8: src/objects/js-array.h)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/call.h"
#include "runtime/elements.h"
#include "runtime/error.h"
#include "runtime/function.h"
#include "runtime/message.h"
#include "runtime/number.h"
#include "runtime/object.h"
#include "runtime/quick.h"
#include "runtime/store.h"
#include "runtime/string.h"

/* V8: JSArray::kInitialMaxFastElementArray */
#define MOST_PREALLOCATED (32 * 1024 * 1024)

/* ---- making ------------------------------------------------------------------------------------------------------ */

static HpRef
new_array_with (JsVm *vm, JsElementsKind kind, JsValue store, guint32 length)
{
  JsClass *class = js_class_with_elements (vm, vm->kinds[JS_KIND_ARRAY], kind);
  const JsValue slots[] = { JS_HOLE, store, js_smi ((gint32) length) };

  return hp_machine_allocate_with (vm->machine, class->shape, 0, slots, G_N_ELEMENTS (slots));
}

HpRef
js_new_array (JsVm *vm, guint32 capacity)
{
  JsHandles handles = js_handles_open (vm);
  JsValue store = JS_HOLE;
  HpRef array = HP_REF_NONE;

  if (capacity > 0)
    store = js_hold (vm, js_ref (js_store_new (vm, JS_ELEMENTS_SMI, capacity)));
  if (capacity == 0 || !js_is_hole (store))
    array = new_array_with (vm, JS_ELEMENTS_SMI, store, 0);
  js_handles_close (vm, handles);
  return array;
}

/* The kind of store that has room for all of them without being changed again. */
static JsElementsKind
kind_of_values (JsVm *vm, const JsValue *values, guint32 n)
{
  JsElementsKind kind = JS_ELEMENTS_SMI;

  for (guint32 i = 0; i < n; i++)
    {
      if (js_is_smi (values[i]) || js_is_hole (values[i]))
        continue;
      if (!js_is_number (vm, values[i]))
        return JS_ELEMENTS_OBJECT;
      kind = JS_ELEMENTS_DOUBLE;
    }
  return kind;
}

HpRef
js_new_array_of (JsVm *vm, const JsValue *values, guint32 n)
{
  JsElementsKind kind = kind_of_values (vm, values, n);
  JsHandles handles = js_handles_open (vm);
  JsValue store = JS_HOLE;
  HpRef array = HP_REF_NONE;

  for (guint32 i = 0; i < n; i++)
    js_hold (vm, values[i]);
  if (n > 0)
    store = js_hold (vm, js_ref (js_store_new (vm, kind, n)));
  if (n == 0 || !js_is_hole (store))
    {
      for (guint32 i = 0; i < n; i++)
        js_store_set (vm, store.payload, kind, i, values[i]);
      array = new_array_with (vm, kind, store, n);
    }
  js_handles_close (vm, handles);
  return array;
}

HpRef
js_new_array_of_length (JsVm *vm, guint32 length)
{
  JsHandles handles;
  HpRef array;

  if (length == 0)
    return js_new_array (vm, 0);
  handles = js_handles_open (vm);
  array = js_new_array (vm, length <= MOST_PREALLOCATED ? length : 0);
  js_hold (vm, js_ref (array));
  if (array != HP_REF_NONE && length > MOST_PREALLOCATED && !js_elements_make_dictionary (vm, array))
    array = HP_REF_NONE;
  if (array != HP_REF_NONE)
    js_array_write_length (vm, array, length);
  js_handles_close (vm, handles);
  return array;
}

/* ---- length ------------------------------------------------------------------------------------------------------ */

guint32
js_array_length (JsVm *vm, HpRef array)
{
  JsValue length = js_get_own_slot (vm, array, JS_ARRAY_SLOT_LENGTH);

  return js_is_smi (length) ? (guint32) js_as_smi (length) : (guint32) js_as_double (vm, length);
}

void
js_array_write_length (JsVm *vm, HpRef array, guint32 length)
{
  JsHandles handles = js_handles_open (vm);

  js_hold (vm, js_ref (array));
  js_set_own_slot (vm, array, JS_ARRAY_SLOT_LENGTH, js_number (vm, length));
  js_handles_close (vm, handles);
}

/* Elements from @length on go. V8 gives a store back that is half empty; here it stays, but an empty array has none. */
static void
shorten (JsVm *vm, HpRef array, guint32 length)
{
  g_autoptr (GArray) indices = NULL;

  if (length == 0)
    {
      hp_machine_write (vm->machine, array, JS_SLOT_ELEMENTS, JS_HOLE);
      if (js_class_of (vm, array)->elements == JS_ELEMENTS_DICTIONARY)
        js_set_class (vm, array, js_class_with_elements (vm, js_class_of (vm, array), JS_ELEMENTS_SMI));
      return;
    }
  indices = js_element_indices (vm, array);
  for (guint i = indices->len; i > 0 && g_array_index (indices, guint32, i - 1) >= length; i--)
    js_delete_element (vm, array, g_array_index (indices, guint32, i - 1));
}

/* The last element goes: what pop () does. */
static void
shorten_by_one (JsVm *vm, HpRef array, guint32 length)
{
  js_delete_element (vm, array, length);
}

/* The index behind the last element that is not configurable, at least @length. */
static guint32
least_length (JsVm *vm, HpRef array, guint32 length)
{
  g_autoptr (GArray) indices = NULL;

  if (js_class_of (vm, array)->elements != JS_ELEMENTS_DICTIONARY)
    return js_class_of (vm, array)->is_sealed ? js_array_length (vm, array) : length;
  indices = js_element_indices (vm, array);
  for (guint i = indices->len; i > 0; i--)
    {
      guint32 index = g_array_index (indices, guint32, i - 1);
      JsElement element;
      if (index < length)
        break;
      if (js_find_element (vm, array, index, &element) && !(element.attributes & JS_CONFIGURABLE))
        return index + 1;
    }
  return length;
}

gboolean
js_array_set_length (JsVm *vm, HpRef array, guint32 length)
{
  guint32 old = js_array_length (vm, array);
  guint32 least = length < old ? least_length (vm, array, length) : length;

  if (length == old)
    return TRUE;
  if (js_class_of (vm, array)->is_frozen)
    {
      js_throw_type (vm, "Cannot assign to read only property 'length' of object '[object Array]'");
      return FALSE;
    }
  if (least < old && least + 1 == old && least > 0)
    shorten_by_one (vm, array, least);
  else if (least < old)
    shorten (vm, array, least);
  js_array_write_length (vm, array, least);
  if (least == length)
    return TRUE;
  js_throw_type (vm, "Cannot delete property '%u' of [object Array]", least - 1);
  return FALSE;
}

static JsValue
get_array_length (JsVm *vm, HpRef array)
{
  return js_get_own_slot (vm, array, JS_ARRAY_SLOT_LENGTH);
}

static gboolean
set_array_length (JsVm *vm, HpRef array, JsValue value)
{
  double number;
  JsHandles handles = js_handles_open (vm);
  gboolean done;

  js_hold (vm, js_ref (array));
  done = js_to_number (vm, value, &number);
  if (done && (number < 0 || number > G_MAXUINT32 || number != floor (number)))
    {
      js_throw_range (vm, "Invalid array length");
      done = FALSE;
    }
  done = done && js_array_set_length (vm, array, (guint32) number);
  js_handles_close (vm, handles);
  return done;
}

void
js_arrays_init (JsVm *vm)
{
  static const JsVirtual length = { get_array_length, set_array_length };
  JsProperty property = {
    .atom = JS_NAME (vm, LENGTH), .kind = JS_PROPERTY_VIRTUAL, .attributes = JS_WRITABLE, .virtual_property = &length
  };

  vm->kinds[JS_KIND_ARRAY] = js_class_add (vm, vm->kinds[JS_KIND_ARRAY], &property);
}

/* ---- appending, reading all -------------------------------------------------------------------------------------- */

/* The usual: there is room in the store for a value of its kind, and the length is a Smi. */
static gboolean
push_quickly (JsVm *vm, const JsClass *class, HpRef array, JsValue value)
{
  guint64 *object = hp_direct_object (vm->machine, array), *store;
  guint64 elements = object[JS_OBJECT_OFFSET + JS_SLOT_ELEMENTS];
  guint32 length_at = JS_OBJECT_OFFSET + JS_N_OBJECT_SLOTS + JS_ARRAY_SLOT_LENGTH;
  HpBits length = hp_bits_turn (object[length_at]);

  if (!hp_word_is_ref (elements) || !js_bits_is_smi (length)
      || (class->elements != JS_ELEMENTS_OBJECT && (class->elements != JS_ELEMENTS_SMI || !js_is_smi (value))))
    return FALSE;
  store = hp_direct_object_of_word (vm->machine, elements);
  if ((guint32) js_bits_smi (length) >= hp_direct_length (store))
    return FALSE;
  hp_direct_write (vm->machine, store, JS_STORE_OFFSET + (guint32) js_bits_smi (length), hp_bits (value));
  hp_direct_write (vm->machine, object, length_at, JS_BITS_SMI (js_bits_smi (length) + 1));
  return TRUE;
}

gboolean
js_array_push (JsVm *vm, HpRef array, JsValue value)
{
  const JsClass *class = js_class_of (vm, array);
  guint32 length;

  if (!class->not_extensible && push_quickly (vm, class, array, value))
    return TRUE;
  length = js_array_length (vm, array);
  if (class->not_extensible)
    {
      js_throw_type (vm, "Cannot add property %u, object is not extensible", length);
      return FALSE;
    }
  return js_set_element (vm, array, length, value);
}

/* Holes are looked for in the prototypes; the usual ones have no elements. */
gboolean
js_array_is_fast (JsVm *vm, HpRef object)
{
  const JsClass *class = js_class_of (vm, object);

  return class->kind == JS_KIND_ARRAY && class->elements != JS_ELEMENTS_DICTIONARY
         && class->intrinsic_prototype == JS_INTRINSIC_ARRAY_PROTOTYPE + 1;
}

gint64
js_length_of (JsVm *vm, JsValue object)
{
  JsValue value;
  gint64 length;

  if (js_is_array (vm, object))
    return js_array_length (vm, object.payload);
  value = js_get_named (vm, object, JS_NAME (vm, LENGTH));
  return !js_is_hole (value) && js_to_length (vm, value, &length) ? length : -1;
}

#define MOST_ARGUMENTS 125000

JsValue *
js_list_from_array_like (JsVm *vm, JsValue object, guint32 *n)
{
  gint64 length;
  JsValue *list;

  if (!js_is_object (vm, object))
    {
      js_throw_type (vm, "CreateListFromArrayLike called on non-object");
      return NULL;
    }
  length = js_length_of (vm, object);
  if (length > MOST_ARGUMENTS)
    js_throw_range (vm, "Maximum call stack size exceeded");
  if (length < 0 || length > MOST_ARGUMENTS)
    return NULL;
  *n = (guint32) length;
  list = g_new (JsValue, *n + 1);
  for (guint32 i = 0; i < *n; i++)
    {
      /* A getter's or a double's new object is held only by the list. */
      list[i] = js_hold (vm, js_get_index (vm, object, i));
      if (js_is_hole (list[i]))
        {
          g_free (list);
          return NULL;
        }
    }
  return list;
}

/* ---- iteration --------------------------------------------------------------------------------------------------- */

JsValue
js_throw_not_iterable (JsVm *vm, JsValue value)
{
  g_autofree char *text = js_call_site_text (vm, value);

  return js_throw_type (vm, "%s is not iterable (cannot read property Symbol(Symbol.iterator))", text);
}

gboolean
js_iterate (JsVm *vm, JsIteration *self, JsValue iterable)
{
  JsValue method;

  *self = (JsIteration){ .next = JS_HOLE };
  js_hold (vm, iterable);
  method = js_is_nullish (iterable) ? JS_UNDEFINED : js_get (vm, iterable, js_key_atom (JS_SYMBOL (vm, ITERATOR)));
  if (js_is_hole (method))
    return FALSE;
  if (!js_is_callable (vm, method))
    {
      js_throw_not_iterable (vm, iterable);
      return FALSE;
    }
  self->iterator = js_hold (vm, js_call (vm, method, iterable, NULL, 0));
  if (js_is_hole (self->iterator))
    return FALSE;
  if (!js_is_object (vm, self->iterator))
    {
      js_throw_type (vm, "Result of the Symbol.iterator method is not an object");
      return FALSE;
    }
  self->next = js_hold (vm, js_get_named (vm, self->iterator, JS_NAME (vm, NEXT)));
  return !js_is_hole (self->next);
}

/* Whether the iterator is one of the library with its own next (). */
static gboolean
has_step (JsVm *vm, JsValue iterator, JsValue next)
{
  const JsNativeRow *row;

  if (vm->step[js_class_of (vm, iterator.payload)->kind] == NULL || !js_is_callable (vm, next))
    return FALSE;
  row = js_function_native (vm, next.payload);
  return row != NULL && strcmp (row->name, "next") == 0;
}

static JsValue
step_by_result (JsVm *vm, JsValue iterator, JsValue next, gboolean *done)
{
  JsHandles handles = js_handles_open (vm);
  JsValue result = js_hold (vm, js_call (vm, next, iterator, NULL, 0)), is_done, value = JS_HOLE;

  if (!js_is_hole (result) && !js_is_object (vm, result))
    {
      g_autofree char *text = js_message_text (vm, result);
      result = js_throw_type (vm, "Iterator result %s is not an object", text);
    }
  is_done = js_is_hole (result) ? result : js_get_named (vm, result, JS_NAME (vm, DONE));
  if (!js_is_hole (is_done))
    {
      *done = js_to_boolean (vm, is_done);
      value = *done ? JS_HOLE : js_get_named (vm, result, JS_NAME (vm, VALUE));
    }
  js_handles_close (vm, handles);
  return value;
}

JsValue
js_iterator_step (JsVm *vm, JsValue iterator, JsValue next, gboolean *done)
{
  *done = FALSE;
  if (!js_vm_tick (vm))
    return JS_THROWN;
  if (has_step (vm, iterator, next))
    return vm->step[js_class_of (vm, iterator.payload)->kind](vm, iterator.payload, done);
  return step_by_result (vm, iterator, next, done);
}

JsValue
js_iterate_next (JsVm *vm, JsIteration *self)
{
  return js_iterator_step (vm, self->iterator, self->next, &self->done);
}

void
js_iterate_close (JsVm *vm, JsIteration *self)
{
  JsHandles handles = js_handles_open (vm);
  JsValue pending, method;

  if (vm->is_over)
    return;
  pending = js_hold (vm, js_catch (vm));
  method = js_get_method (vm, self->iterator, js_key_atom (JS_NAME (vm, RETURN)));
  if (!js_is_hole (method) && !js_is_undefined (method))
    method = js_call (vm, method, self->iterator, NULL, 0);
  if (!vm->is_over)
    {
      if (js_is_hole (method))
        js_catch (vm);
      js_throw (vm, pending);
    }
  js_handles_close (vm, handles);
}

JsValue
js_array_from_iterable (JsVm *vm, JsValue iterable)
{
  JsHandles handles = js_handles_open (vm);
  JsValue array = js_hold (vm, js_ref (js_new_array (vm, 0)));
  JsIteration iteration;
  gboolean done = !js_is_hole (array) && js_iterate (vm, &iteration, iterable);

  while (done)
    {
      JsValue value = js_iterate_next (vm, &iteration);
      if (js_is_hole (value))
        {
          done = iteration.done;
          break;
        }
      done = js_array_push (vm, array.payload, value);
    }
  js_handles_close (vm, handles);
  return done ? array : JS_THROWN;
}
