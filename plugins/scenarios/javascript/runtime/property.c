/* property.c - reading, writing and defining properties (ECMA-262, 10.1: ordinary objects)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/property.h"
#include "runtime/call.h"
#include "runtime/elements.h"
#include "runtime/error.h"
#include "runtime/function.h"
#include "runtime/message.h"
#include "runtime/number.h"
#include "runtime/object.h"
#include "runtime/string.h"

/* ---- prototypes -------------------------------------------------------------------------------------------------- */

static JsValue
prototype_of_primitive (JsVm *vm, JsValue value)
{
  if (js_is_smi (value))
    return js_intrinsic (vm, JS_INTRINSIC_NUMBER_PROTOTYPE);
  if (js_is_boolean (value))
    return js_intrinsic (vm, JS_INTRINSIC_BOOLEAN_PROTOTYPE);
  if (!js_is_ref (value))
    return JS_NULL;
  switch (js_class_of (vm, value.payload)->kind)
    {
    case JS_KIND_HEAP_NUMBER:
      return js_intrinsic (vm, JS_INTRINSIC_NUMBER_PROTOTYPE);
    case JS_KIND_SYMBOL:
      return js_intrinsic (vm, JS_INTRINSIC_SYMBOL_PROTOTYPE);
    case JS_KIND_BIGINT:
      return js_intrinsic (vm, JS_INTRINSIC_BIGINT_PROTOTYPE);
    default:
      return js_intrinsic (vm, JS_INTRINSIC_STRING_PROTOTYPE);
    }
}

JsValue
js_get_prototype (JsVm *vm, JsValue object)
{
  if (js_is_object (vm, object))
    return js_class_prototype (vm, js_class_of (vm, object.payload));
  return prototype_of_primitive (vm, object);
}

gboolean
js_set_prototype (JsVm *vm, HpRef object, JsValue prototype, gboolean *set)
{
  JsClass *class = js_class_of (vm, object);

  *set = js_is_identical (js_class_prototype (vm, class), prototype);
  if (*set || class->not_extensible)
    return TRUE;
  for (JsValue at = prototype; js_is_ref (at); at = js_get_prototype (vm, at))
    if (at.payload == object)
      return TRUE;
  js_set_class (vm, object, js_class_with_prototype (vm, class, prototype));
  *set = TRUE;
  return TRUE;
}

gboolean
js_is_extensible (JsVm *vm, HpRef object)
{
  return !js_class_of (vm, object)->not_extensible;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static JsValue
call_getter (JsVm *vm, JsValue pair, JsValue receiver)
{
  JsValue getter;

  if (js_is_hole (pair))
    return JS_THROWN;
  getter = hp_machine_read (vm->machine, pair.payload, 0);
  return js_is_undefined (getter) ? getter : js_call (vm, getter, receiver, NULL, 0);
}

/* The value of the own property @key of @object. JS_ABSENT: it has none. */
static JsFound
get_own_value (JsVm *vm, HpRef object, JsKey key, JsValue receiver, JsValue *value)
{
  JsPlace place;

  if (key.atom == NULL)
    {
      JsElement element;
      if (!js_find_element (vm, object, key.index, &element))
        return JS_ABSENT;
      *value = element.is_accessor ? call_getter (vm, element.value, receiver) : element.value;
      return js_is_hole (*value) ? JS_FAILED : JS_PRESENT;
    }
  if (!js_find_own (vm, object, js_class_of (vm, object), key.atom, &place))
    return JS_ABSENT;
  *value = js_place_value (vm, object, &place);
  if (js_place_is_accessor (&place))
    *value = call_getter (vm, *value, receiver);
  return js_is_hole (*value) ? JS_FAILED : JS_PRESENT;
}

/* @atom: of the property @name; NULL: an index. */
static JsValue
throw_get_of_nullish (JsVm *vm, JsValue object, const JsAtom *atom, const char *name)
{
  if (atom == JS_SYMBOL (vm, ITERATOR))
    return js_throw_not_iterable (vm, object);
  return js_throw_type (
      vm, "Cannot read properties of %s (reading '%s')", js_is_null (object) ? "null" : "undefined", name);
}

/* Own properties of strings; the hole: none. */
static JsValue
get_of_string (JsVm *vm, HpRef string, JsKey key)
{
  guint32 length = js_string_length (vm, string);

  if (key.atom == JS_NAME (vm, LENGTH))
    return js_smi ((gint32) length);
  if (key.atom == NULL && key.index < length)
    return js_string_from_unit (vm, js_string_at (vm, string, key.index));
  return JS_HOLE;
}

JsValue
js_get_for (JsVm *vm, JsValue object, JsKey key, JsValue receiver)
{
  JsValue value;

  if (js_is_nullish (object))
    {
      g_autofree char *name = js_key_text (vm, key);
      return throw_get_of_nullish (vm, object, key.atom, name);
    }
  if (js_is_string (vm, object))
    {
      value = get_of_string (vm, object.payload, key);
      if (!js_is_hole (value) || vm->is_over)
        return value;
    }
  if (!js_is_object (vm, object))
    object = prototype_of_primitive (vm, object);
  while (js_is_ref (object))
    {
      JsFound found = get_own_value (vm, object.payload, key, receiver, &value);
      if (found != JS_ABSENT)
        return found == JS_PRESENT ? value : JS_THROWN;
      object = js_class_prototype (vm, js_class_of (vm, object.payload));
    }
  return js_is_hole (object) ? JS_THROWN : JS_UNDEFINED;
}

JsValue
js_get (JsVm *vm, JsValue object, JsKey key)
{
  return js_get_for (vm, object, key, object);
}

JsValue
js_get_named (JsVm *vm, JsValue object, JsAtom *name)
{
  return js_get_for (vm, object, js_key_atom (name), object);
}

JsValue
js_get_index (JsVm *vm, JsValue object, guint32 index)
{
  return js_get_for (vm, object, js_key_index (index), object);
}

JsValue
js_get_value (JsVm *vm, JsValue object, JsValue key)
{
  JsHandles handles;
  JsKey found;
  gboolean is_key;

  if (js_is_nullish (object))
    {
      g_autofree char *name = js_message_text (vm, key);
      return throw_get_of_nullish (vm, object, js_is_symbol (vm, key) ? js_symbol_atom (vm, key.payload) : NULL, name);
    }
  handles = js_handles_open (vm);
  js_hold (vm, object);
  is_key = js_to_key (vm, key, &found);
  js_handles_close (vm, handles);
  return is_key ? js_get (vm, object, found) : JS_THROWN;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static gboolean
refuse_write (JsVm *vm, JsValue object, JsKey key, gboolean strict)
{
  g_autofree char *name = NULL, *text = NULL;

  if (!strict)
    return TRUE;
  name = js_key_text (vm, key);
  text = js_message_text (vm, object);
  js_throw_type (vm,
                 "Cannot assign to read only property '%s' of %s '%s'",
                 name,
                 js_is_callable (vm, object) ? "object" : js_typeof (vm, object)->text,
                 text);
  return FALSE;
}

static gboolean
refuse_no_setter (JsVm *vm, JsValue object, JsKey key, gboolean strict)
{
  g_autofree char *name = NULL, *text = NULL;

  if (!strict)
    return TRUE;
  name = js_key_text (vm, key);
  text = js_message_text (vm, object);
  js_throw_type (vm, "Cannot set property %s of %s which has only a getter", name, text);
  return FALSE;
}

static gboolean
refuse_addition (JsVm *vm, JsKey key, gboolean strict)
{
  g_autofree char *name = NULL;

  if (!strict)
    return TRUE;
  name = js_key_text (vm, key);
  js_throw_type (vm, "Cannot add property %s, object is not extensible", name);
  return FALSE;
}

static gboolean
call_setter (JsVm *vm, JsValue pair, JsKey key, JsValue value, JsValue receiver, gboolean strict)
{
  JsValue setter = js_is_hole (pair) ? JS_THROWN : hp_machine_read (vm->machine, pair.payload, 1);

  if (js_is_undefined (setter))
    return refuse_no_setter (vm, receiver, key, strict);
  return !js_is_hole (setter) && !js_is_hole (js_call (vm, setter, receiver, &value, 1));
}

typedef enum
{
  SET_NOT_FOUND,
  SET_DONE,
  SET_HERE, /* writable data: of the receiver itself, or to be added to it */
  SET_FAILED,
} Set;

/* What the own property says about assigning. */
static Set
set_named_at (JsVm *vm, HpRef object, JsKey key, JsValue value, JsValue receiver, gboolean strict)
{
  JsPlace place;

  if (!js_find_own (vm, object, js_class_of (vm, object), key.atom, &place))
    return SET_NOT_FOUND;
  if (js_place_is_accessor (&place))
    return call_setter (vm, js_place_value (vm, object, &place), key, value, receiver, strict) ? SET_DONE : SET_FAILED;
  if (!(place.attributes & JS_WRITABLE))
    return refuse_write (vm, receiver, key, strict) ? SET_DONE : SET_FAILED;
  if (!js_is_ref (receiver) || receiver.payload != object)
    return SET_HERE;
  if (place.kind != JS_PROPERTY_VIRTUAL)
    js_place_write (vm, object, &place, value);
  else if (place.property->virtual_property->set == NULL)
    return refuse_write (vm, receiver, key, strict) ? SET_DONE : SET_FAILED;
  else
    return place.property->virtual_property->set (vm, object, value) ? SET_DONE : SET_FAILED;
  return SET_DONE;
}

static Set
set_index_at (JsVm *vm, HpRef object, JsKey key, JsValue value, JsValue receiver, gboolean strict)
{
  JsElement element;

  if (vm->indexed[js_class_of (vm, object)->kind] != NULL && js_is_ref (receiver) && receiver.payload == object
      && vm->indexed[js_class_of (vm, object)->kind]->set != NULL)
    return vm->indexed[js_class_of (vm, object)->kind]->set (vm, object, key.index, value) ? SET_DONE : SET_FAILED;
  if (!js_find_element (vm, object, key.index, &element))
    return SET_NOT_FOUND;
  if (element.is_accessor)
    return call_setter (vm, element.value, key, value, receiver, strict) ? SET_DONE : SET_FAILED;
  if (!(element.attributes & JS_WRITABLE))
    return refuse_write (vm, receiver, key, strict) ? SET_DONE : SET_FAILED;
  if (!js_is_ref (receiver) || receiver.payload != object)
    return SET_HERE;
  return js_set_element (vm, object, key.index, value) ? SET_DONE : SET_FAILED;
}

/* Nothing up the prototypes objects: the receiver gets the property. */
static gboolean
add_to_receiver (JsVm *vm, JsKey key, JsValue value, JsValue receiver, gboolean strict)
{
  if (!js_is_object (vm, receiver))
    {
      g_autofree char *name = js_key_text (vm, key), *text = js_message_text (vm, receiver);
      if (strict)
        js_throw_type (vm, "Cannot create property '%s' on %s '%s'", name, js_typeof (vm, receiver)->text, text);
      return !strict;
    }
  if (js_has_own (vm, receiver.payload, key) == JS_PRESENT)
    return js_define (vm, receiver.payload, key, value, JS_ALL_ATTRIBUTES);
  if (!js_is_extensible (vm, receiver.payload))
    return refuse_addition (vm, key, strict);
  if (key.atom == NULL)
    return js_set_element (vm, receiver.payload, key.index, value);
  return js_add_property (vm, receiver.payload, key.atom, JS_PROPERTY_DATA, value, JS_ALL_ATTRIBUTES);
}

static gboolean
throw_set_of_nullish (JsVm *vm, JsValue object, JsKey key)
{
  g_autofree char *name = js_key_text (vm, key);

  js_throw_type (vm, "Cannot set properties of %s (setting '%s')", js_is_null (object) ? "null" : "undefined", name);
  return FALSE;
}

static gboolean
set_held (JsVm *vm, JsValue object, JsKey key, JsValue value, JsValue receiver, gboolean strict)
{
  if (js_is_string (vm, object) && !js_is_hole (get_of_string (vm, object.payload, key)))
    return refuse_write (vm, object, key, strict);
  if (!js_is_object (vm, object))
    object = prototype_of_primitive (vm, object);
  while (js_is_ref (object))
    {
      Set set = key.atom != NULL ? set_named_at (vm, object.payload, key, value, receiver, strict)
                                 : set_index_at (vm, object.payload, key, value, receiver, strict);
      if (set == SET_HERE)
        break;
      if (set != SET_NOT_FOUND)
        return set == SET_DONE;
      object = js_class_prototype (vm, js_class_of (vm, object.payload));
    }
  return add_to_receiver (vm, key, value, receiver, strict);
}

gboolean
js_set_for (JsVm *vm, JsValue object, JsKey key, JsValue value, JsValue receiver, gboolean strict)
{
  JsHandles handles = js_handles_open (vm);
  gboolean done;

  if (js_is_nullish (object))
    return throw_set_of_nullish (vm, object, key);
  js_hold (vm, object);
  js_hold (vm, value);
  done = set_held (vm, object, key, value, receiver, strict);
  js_handles_close (vm, handles);
  return done;
}

gboolean
js_set (JsVm *vm, JsValue object, JsKey key, JsValue value, gboolean strict)
{
  return js_set_for (vm, object, key, value, object, strict);
}

gboolean
js_set_named (JsVm *vm, JsValue object, JsAtom *name, JsValue value)
{
  return js_set (vm, object, js_key_atom (name), value, TRUE);
}

gboolean
js_set_index (JsVm *vm, JsValue object, guint32 index, JsValue value)
{
  return js_set (vm, object, js_key_index (index), value, TRUE);
}

gboolean
js_set_value (JsVm *vm, JsValue object, JsValue key, JsValue value, gboolean strict)
{
  JsHandles handles = js_handles_open (vm);
  JsKey found;
  gboolean done;

  js_hold (vm, object);
  js_hold (vm, value);
  if (js_is_nullish (object))
    {
      g_autofree char *name = js_message_text (vm, key);
      js_throw_type (
          vm, "Cannot set properties of %s (setting '%s')", js_is_null (object) ? "null" : "undefined", name);
      done = FALSE;
    }
  else
    done = js_to_key (vm, key, &found) && js_set (vm, object, found, value, strict);
  js_handles_close (vm, handles);
  return done;
}

/* ---- asking ------------------------------------------------------------------------------------------------------ */

JsFound
js_has_own (JsVm *vm, HpRef object, JsKey key)
{
  JsElement element;
  JsPlace place;

  if (key.atom == NULL)
    return js_find_element (vm, object, key.index, &element) ? JS_PRESENT : JS_ABSENT;
  return js_find_own (vm, object, js_class_of (vm, object), key.atom, &place) ? JS_PRESENT : JS_ABSENT;
}

JsFound
js_has (JsVm *vm, HpRef object, JsKey key)
{
  JsValue at = js_ref (object);

  for (; js_is_ref (at); at = js_class_prototype (vm, js_class_of (vm, at.payload)))
    if (js_has_own (vm, at.payload, key) == JS_PRESENT)
      return JS_PRESENT;
  return js_is_hole (at) ? JS_FAILED : JS_ABSENT;
}

gboolean
js_delete (JsVm *vm, HpRef object, JsKey key, gboolean *deleted)
{
  JsElement element;
  JsPlace place;

  *deleted = TRUE;
  if (key.atom == NULL)
    {
      if (!js_find_element (vm, object, key.index, &element))
        return TRUE;
      *deleted = (element.attributes & JS_CONFIGURABLE) != 0;
      if (*deleted)
        js_delete_element (vm, object, key.index);
      return TRUE;
    }
  if (!js_find_own (vm, object, js_class_of (vm, object), key.atom, &place))
    return TRUE;
  *deleted = (place.attributes & JS_CONFIGURABLE) != 0;
  return !*deleted || js_remove_property (vm, object, &place);
}

/* ---- making objects ---------------------------------------------------------------------------------------------- */

HpRef
js_new_object (JsVm *vm)
{
  return js_new_object_of_kind (vm, JS_KIND_OBJECT);
}

HpRef
js_new_object_with_prototype (JsVm *vm, JsValue prototype)
{
  JsClass *class = js_class_with_prototype (vm, vm->kinds[JS_KIND_OBJECT], prototype);
  JsHandles handles;
  HpRef object;

  if (!js_is_null (prototype))
    return hp_machine_allocate (vm->machine, class->shape, 0);
  /* V8: Object.create (null) is a dictionary from the start, without slots in the object. */
  class = js_class_as_dictionary (vm, js_class_with_slack (vm, class, 0));
  handles = js_handles_open (vm);
  js_hold (vm, js_ref (js_dictionary_new (vm, JS_KIND_NAME_DICTIONARY, 2)));
  object = vm->n_handles > handles.n ? hp_machine_allocate (vm->machine, class->shape, 0) : HP_REF_NONE;
  if (object != HP_REF_NONE)
    hp_machine_write (vm->machine,
                      object,
                      JS_SLOT_PROPERTIES,
                      hp_machine_get_root (vm->machine, g_array_index (vm->handles, guint32, handles.n)));
  js_handles_close (vm, handles);
  return object;
}

JsValue
js_iterator_result (JsVm *vm, JsValue value, gboolean done)
{
  JsHandles handles = js_handles_open (vm);
  JsValue result;

  js_hold (vm, value);
  if (vm->iterator_result == NULL)
    {
      JsProperty properties[] = { { .atom = JS_NAME (vm, VALUE), .attributes = JS_ALL_ATTRIBUTES },
                                  { .atom = JS_NAME (vm, DONE), .attributes = JS_ALL_ATTRIBUTES } };
      JsClass *two_slots = js_class_with_slack (vm, vm->kinds[JS_KIND_OBJECT], 2);
      vm->iterator_result = js_class_add (vm, js_class_add (vm, two_slots, &properties[0]), &properties[1]);
    }
  result = js_ref (hp_machine_allocate_with (
      vm->machine, vm->iterator_result->shape, 0, (const JsValue[]){ JS_HOLE, JS_HOLE, value, js_boolean (done) }, 4));
  js_handles_close (vm, handles);
  return result;
}

char *
js_constructor_name (JsVm *vm, HpRef object)
{
  for (JsValue at = js_ref (object); js_is_ref (at); at = js_class_prototype (vm, js_class_of (vm, at.payload)))
    {
      JsDescriptor own;
      g_autofree char *name = NULL;

      if (js_get_own (vm, at.payload, js_key_atom (JS_NAME (vm, CONSTRUCTOR)), &own) != JS_PRESENT || own.is_accessor
          || !js_is_callable (vm, own.value))
        continue;
      name = js_function_name (vm, own.value.payload);
      if (*name != '\0')
        return g_steal_pointer (&name);
    }
  return NULL;
}
