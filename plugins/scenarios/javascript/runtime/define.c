/* define.c - defining and listing own properties, descriptors, integrity (ECMA-262, 10.1.6, 10.1.11, 7.3.15)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/elements.h"
#include "runtime/error.h"
#include "runtime/number.h"
#include "runtime/object.h"
#include "runtime/property.h"
#include "runtime/string.h"

/* ---- plain definitions ------------------------------------------------------------------------------------------- */

gboolean
js_define (JsVm *vm, HpRef object, JsKey key, JsValue value, JsAttributes attributes)
{
  JsPlace place;

  if (key.atom == NULL)
    {
      JsElement element = { value, attributes, FALSE };
      return js_define_element (vm, object, key.index, &element);
    }
  if (!js_find_own (vm, object, js_class_of (vm, object), key.atom, &place))
    return js_add_property (vm, object, key.atom, JS_PROPERTY_DATA, value, attributes);
  if (place.kind == JS_PROPERTY_DATA && place.attributes == attributes)
    {
      js_place_write (vm, object, &place, value);
      return TRUE;
    }
  return js_redefine_property (vm, object, &place, key.atom, JS_PROPERTY_DATA, value, attributes);
}

/* A pair that has what is given, and else what @old has. */
static JsValue
new_pair (JsVm *vm, JsValue getter, JsValue setter, JsValue old)
{
  HpRef pair;

  if (js_is_ref (old))
    {
      getter = js_is_hole (getter) ? hp_machine_read (vm->machine, old.payload, 0) : getter;
      setter = js_is_hole (setter) ? hp_machine_read (vm->machine, old.payload, 1) : setter;
    }
  pair = js_new_internal (vm, JS_KIND_ACCESSOR_PAIR, 0);
  if (pair == HP_REF_NONE)
    return JS_THROWN;
  hp_machine_write (vm->machine, pair, 0, js_is_hole (getter) ? JS_UNDEFINED : getter);
  hp_machine_write (vm->machine, pair, 1, js_is_hole (setter) ? JS_UNDEFINED : setter);
  return js_ref (pair);
}

static gboolean
define_accessor (JsVm *vm, HpRef object, JsKey key, JsValue getter, JsValue setter, JsAttributes attributes)
{
  JsElement element;
  JsPlace place;
  JsValue old = JS_HOLE;

  if (key.atom == NULL)
    {
      if (js_find_element (vm, object, key.index, &element) && element.is_accessor)
        old = js_hold (vm, element.value);
      element = (JsElement){ new_pair (vm, getter, setter, old), attributes, TRUE };
      return !js_is_hole (element.value) && js_define_element (vm, object, key.index, &element);
    }
  if (!js_find_own (vm, object, js_class_of (vm, object), key.atom, &place))
    {
      JsValue pair = new_pair (vm, getter, setter, JS_HOLE);
      return !js_is_hole (pair)
             && js_add_property (vm, object, key.atom, JS_PROPERTY_ACCESSOR, pair, attributes & ~JS_WRITABLE);
    }
  if (js_place_is_accessor (&place))
    old = js_hold (vm, js_place_value (vm, object, &place));
  JsValue pair = new_pair (vm, getter, setter, old);
  return !js_is_hole (pair)
         && js_redefine_property (vm, object, &place, key.atom, JS_PROPERTY_ACCESSOR, pair, attributes & ~JS_WRITABLE);
}

gboolean
js_define_accessor (JsVm *vm, HpRef object, JsKey key, JsValue getter, JsValue setter, JsAttributes attributes)
{
  JsHandles handles = js_handles_open (vm);
  gboolean done;

  js_hold (vm, js_ref (object));
  js_hold (vm, getter);
  js_hold (vm, setter);
  done = define_accessor (vm, object, key, getter, setter, attributes);
  js_handles_close (vm, handles);
  return done;
}

/* ---- descriptors ------------------------------------------------------------------------------------------------- */

static void
describe_accessor (JsVm *vm, JsValue pair, JsDescriptor *descriptor)
{
  descriptor->is_accessor = TRUE;
  descriptor->getter = hp_machine_read (vm->machine, pair.payload, 0);
  descriptor->setter = hp_machine_read (vm->machine, pair.payload, 1);
}

JsFound
js_get_own (JsVm *vm, HpRef object, JsKey key, JsDescriptor *descriptor)
{
  JsElement element;
  JsPlace place;

  *descriptor = (JsDescriptor){ .said = JS_ALL_ATTRIBUTES };
  if (key.atom == NULL)
    {
      if (!js_find_element (vm, object, key.index, &element))
        return JS_ABSENT;
    }
  else
    {
      if (!js_find_own (vm, object, js_class_of (vm, object), key.atom, &place))
        return JS_ABSENT;
      element = (JsElement){ js_place_value (vm, object, &place), place.attributes, js_place_is_accessor (&place) };
    }
  if (js_is_hole (element.value))
    return JS_FAILED;
  descriptor->attributes = (guint8) element.attributes;
  if (element.is_accessor)
    describe_accessor (vm, element.value, descriptor);
  else
    descriptor->value = element.value;
  return JS_PRESENT;
}

/* Whether a property that is not configurable may still become what @new says. */
static gboolean
is_compatible (JsVm *vm, const JsDescriptor *old, const JsDescriptor *new)
{
  if ((new->said &JS_CONFIGURABLE) && (new->attributes &JS_CONFIGURABLE))
    return FALSE;
  if ((new->said &JS_ENUMERABLE) && ((new->attributes ^ old->attributes) & JS_ENUMERABLE))
    return FALSE;
  if (old->is_accessor)
    {
      if (!new->is_accessor)
        return js_is_hole (new->value) && !(new->said &JS_WRITABLE);
      return (js_is_hole (new->getter) || js_is_identical (new->getter, old->getter))
             && (js_is_hole (new->setter) || js_is_identical (new->setter, old->setter));
    }
  if (new->is_accessor)
    return FALSE;
  if (old->attributes & JS_WRITABLE)
    return TRUE;
  return !((new->said &JS_WRITABLE) && (new->attributes &JS_WRITABLE))
         && (js_is_hole (new->value) || js_same_value (vm, new->value, old->value));
}

/* @length of arrays: defined by its setter. */
static gboolean
define_array_length (JsVm *vm, HpRef array, const JsDescriptor *descriptor, gboolean *defined)
{
  JsPlace place;
  JsClass *class = js_class_of (vm, array);

  *defined = TRUE;
  if (!js_is_hole (descriptor->value) && !js_set_named (vm, js_ref (array), JS_NAME (vm, LENGTH), descriptor->value))
    return FALSE;
  if (!(descriptor->said & JS_WRITABLE) || (descriptor->attributes & JS_WRITABLE))
    return TRUE;
  class = js_class_of (vm, array);
  js_find_own (vm, array, class, JS_NAME (vm, LENGTH), &place);
  JsProperty fixed = *place.property;
  fixed.attributes = 0;
  js_set_class (vm, array, js_class_redefine (vm, class, &fixed));
  return TRUE;
}

static gboolean
define_new (JsVm *vm, HpRef object, JsKey key, const JsDescriptor *descriptor, gboolean *defined)
{
  JsAttributes attributes = (JsAttributes) (descriptor->attributes & descriptor->said);

  *defined = js_is_extensible (vm, object);
  if (!*defined)
    return TRUE;
  if (descriptor->is_accessor)
    return js_define_accessor (vm, object, key, descriptor->getter, descriptor->setter, attributes);
  return js_define (vm, object, key, js_is_hole (descriptor->value) ? JS_UNDEFINED : descriptor->value, attributes);
}

gboolean
js_define_own (JsVm *vm, HpRef object, JsKey key, const JsDescriptor *descriptor, gboolean *defined)
{
  JsDescriptor old;
  JsFound found = js_get_own (vm, object, key, &old);
  guint8 attributes;

  if (found == JS_FAILED)
    return FALSE;
  if (found == JS_ABSENT)
    return define_new (vm, object, key, descriptor, defined);
  *defined = (old.attributes & JS_CONFIGURABLE) || is_compatible (vm, &old, descriptor);
  if (!*defined)
    return TRUE;
  if (js_class_of (vm, object)->kind == JS_KIND_ARRAY && key.atom == JS_NAME (vm, LENGTH))
    return define_array_length (vm, object, descriptor, defined);
  attributes = (guint8) ((old.attributes & ~descriptor->said) | (descriptor->attributes & descriptor->said));
  if (descriptor->is_accessor)
    return js_define_accessor (vm, object, key, descriptor->getter, descriptor->setter, (JsAttributes) attributes);
  if (old.is_accessor && js_is_hole (descriptor->value) && !(descriptor->said & JS_WRITABLE))
    return js_define_accessor (vm, object, key, JS_HOLE, JS_HOLE, (JsAttributes) attributes);
  if (old.is_accessor)
    attributes = (guint8) ((attributes & ~JS_WRITABLE) | (descriptor->attributes & descriptor->said & JS_WRITABLE));
  JsValue value = !js_is_hole (descriptor->value) ? descriptor->value : old.is_accessor ? JS_UNDEFINED : old.value;
  return js_define (vm, object, key, value, (JsAttributes) attributes);
}

/* ---- listing ----------------------------------------------------------------------------------------------------- */

static void
add_index_keys (JsVm *vm, HpRef object, JsKeysWanted wanted, GArray *keys)
{
  g_autoptr (GArray) indices = js_element_indices (vm, object);

  for (guint i = 0; i < indices->len; i++)
    {
      JsKey key = js_key_index (g_array_index (indices, guint32, i));
      JsElement element;

      if ((wanted & JS_KEYS_ENUMERABLE)
          && (!js_find_element (vm, object, key.index, &element) || !(element.attributes & JS_ENUMERABLE)))
        continue;
      g_array_append_val (keys, key);
    }
}

static void
add_named_keys (JsVm *vm, HpRef object, JsAtomKind kind, JsKeysWanted wanted, GArray *keys)
{
  const JsClass *class = js_class_of (vm, object);

  for (guint i = 0; i < class->n_properties; i++)
    {
      JsKey key = js_key_atom (class->properties[i].atom);
      if (key.atom->kind == kind
          && (!(wanted & JS_KEYS_ENUMERABLE) || (class->properties[i].attributes & JS_ENUMERABLE)))
        g_array_append_val (keys, key);
    }
  if (!class->is_dictionary)
    return;
  HpRef dictionary = hp_machine_read (vm->machine, object, JS_SLOT_PROPERTIES).payload;
  g_autoptr (GArray) entries = js_dictionary_keys (vm, dictionary);
  for (guint i = 0; i < entries->len; i++)
    {
      JsKey key = g_array_index (entries, JsKey, i);
      gint entry = js_dictionary_find (vm, dictionary, key);
      if (key.atom->kind == kind
          && (!(wanted & JS_KEYS_ENUMERABLE)
              || (js_dictionary_details (vm, dictionary, entry).attributes & JS_ENUMERABLE)))
        g_array_append_val (keys, key);
    }
}

GArray *
js_own_keys (JsVm *vm, HpRef object, JsKeysWanted wanted)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (JsKey));

  if (wanted & JS_KEYS_STRINGS)
    {
      add_index_keys (vm, object, wanted, keys);
      add_named_keys (vm, object, JS_ATOM_STRING, wanted, keys);
    }
  if (wanted & JS_KEYS_SYMBOLS)
    add_named_keys (vm, object, JS_ATOM_SYMBOL, wanted, keys);
  return keys;
}

/* ---- integrity --------------------------------------------------------------------------------------------------- */

gboolean
js_set_integrity (JsVm *vm, HpRef object, gboolean sealed, gboolean frozen)
{
  JsClass *class = js_class_of (vm, object);

  if (class->is_dictionary)
    js_dictionary_restrict (vm, hp_machine_read (vm->machine, object, JS_SLOT_PROPERTIES).payload, sealed, frozen);
  js_restrict_elements (vm, object, sealed, frozen);
  js_set_class (vm, object, js_class_with_integrity (vm, class, sealed, frozen));
  return TRUE;
}

gboolean
js_test_integrity (JsVm *vm, HpRef object, gboolean frozen)
{
  g_autoptr (GArray) keys = NULL;

  if (js_is_extensible (vm, object))
    return FALSE;
  keys = js_own_keys (vm, object, JS_KEYS_STRINGS | JS_KEYS_SYMBOLS);
  for (guint i = 0; i < keys->len; i++)
    {
      JsDescriptor own;
      if (js_get_own (vm, object, g_array_index (keys, JsKey, i), &own) != JS_PRESENT)
        continue;
      if ((own.attributes & JS_CONFIGURABLE) || (frozen && !own.is_accessor && (own.attributes & JS_WRITABLE)))
        return FALSE;
    }
  return TRUE;
}
