/* object.c - where the properties of objects stand (V8: src/objects/js-objects.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/object.h"
#include "runtime/function.h"

/* A PropertyArray grows by so many slots (V8: JSObject::kFieldsAdded). */
#define FIELDS_ADDED 3

/* ---- slots ------------------------------------------------------------------------------------------------------- */

gboolean
js_find_own (JsVm *vm, HpRef object, const JsClass *class, JsAtom *atom, JsPlace *place)
{
  const JsProperty *property = js_class_find (class, atom);

  *place = (JsPlace){ .property = property, .entry = -1 };
  if (property != NULL)
    {
      place->kind = (JsPropertyKind) property->kind;
      place->attributes = (JsAttributes) property->attributes;
      return TRUE;
    }
  if (!class->is_dictionary)
    return FALSE;
  place->dictionary = hp_machine_read (vm->machine, object, JS_SLOT_PROPERTIES).payload;
  place->entry = js_dictionary_find (vm, place->dictionary, js_key_atom (atom));
  if (place->entry < 0)
    return FALSE;
  JsDetails details = js_dictionary_details (vm, place->dictionary, place->entry);
  place->kind = details.kind;
  place->attributes = details.attributes;
  return TRUE;
}

JsValue
js_place_read (JsVm *vm, HpRef object, const JsPlace *place)
{
  const JsClass *class;
  guint32 index;

  if (place->property == NULL)
    return js_dictionary_get (vm, place->dictionary, place->entry);
  class = js_class_of (vm, object);
  index = place->property->index;
  if (index < class->n_in_object)
    return hp_machine_read (vm->machine, object, JS_N_OBJECT_SLOTS + class->n_own + index);
  object = hp_machine_read (vm->machine, object, JS_SLOT_PROPERTIES).payload;
  return hp_machine_read (vm->machine, object, index - class->n_in_object);
}

static void
write_slot (JsVm *vm, HpRef object, const JsClass *class, guint32 index, JsValue value)
{
  if (index < class->n_in_object)
    {
      hp_machine_write (vm->machine, object, JS_N_OBJECT_SLOTS + class->n_own + index, value);
      return;
    }
  object = hp_machine_read (vm->machine, object, JS_SLOT_PROPERTIES).payload;
  hp_machine_write (vm->machine, object, index - class->n_in_object, value);
}

/* What was LAZY gets a slot, and @value in it. */
static void
settle (JsVm *vm, HpRef object, const JsPlace *place, JsValue value)
{
  js_redefine_property (vm,
                        object,
                        place,
                        place->property->atom,
                        js_place_is_accessor (place) ? JS_PROPERTY_ACCESSOR : JS_PROPERTY_DATA,
                        value,
                        place->attributes);
}

void
js_place_write (JsVm *vm, HpRef object, const JsPlace *place, JsValue value)
{
  if (place->property == NULL)
    js_dictionary_set (vm, place->dictionary, place->entry, value);
  else if (place->kind == JS_PROPERTY_LAZY)
    settle (vm, object, place, value);
  else
    write_slot (vm, object, js_class_of (vm, object), place->property->index, value);
}

gboolean
js_place_is_accessor (const JsPlace *place)
{
  return place->kind == JS_PROPERTY_ACCESSOR
         || (place->kind == JS_PROPERTY_LAZY && js_native_row_is_accessor (place->property->native));
}

/* @lazy may be of an earlier class of @object: making one property may have made another. */
static JsValue
make_lazy (JsVm *vm, HpRef object, const JsPlace *lazy)
{
  JsHandles handles = js_handles_open (vm);
  JsPlace place;
  JsValue value = JS_HOLE;

  js_hold (vm, js_ref (object));
  if (js_find_own (vm, object, js_class_of (vm, object), lazy->property->atom, &place)
      && place.kind == JS_PROPERTY_LAZY)
    {
      value = js_hold (vm, js_native_row_value (vm, object, place.property->native));
      if (!js_is_hole (value))
        js_find_own (vm, object, js_class_of (vm, object), lazy->property->atom, &place);
      if (!js_is_hole (value) && place.kind == JS_PROPERTY_LAZY)
        settle (vm, object, &place, value);
    }
  else
    value = js_place_read (vm, object, &place);
  js_handles_close (vm, handles);
  return value;
}

JsValue
js_place_value (JsVm *vm, HpRef object, const JsPlace *place)
{
  if (place->kind == JS_PROPERTY_VIRTUAL)
    return place->property->virtual_property->get (vm, object);
  return place->kind == JS_PROPERTY_LAZY ? make_lazy (vm, object, place) : js_place_read (vm, object, place);
}

void
js_set_class (JsVm *vm, HpRef object, JsClass *class)
{
  if (hp_machine_shape_of (vm->machine, object) != class->shape)
    hp_machine_reshape (vm->machine, object, class->shape);
}

/* ---- adding ------------------------------------------------------------------------------------------------------ */

static HpRef
new_property_array (JsVm *vm, HpRef object, guint32 old_length, guint32 needed)
{
  if (js_class_of (vm, object)->is_library)
    return hp_machine_allocate_old (
        vm->machine, vm->kinds[JS_KIND_PROPERTY_ARRAY]->shape, MAX (MAX (2 * old_length, FIELDS_ADDED), needed));
  return js_new_internal (vm, JS_KIND_PROPERTY_ARRAY, MAX (old_length + FIELDS_ADDED, needed));
}

static HpRef
grow_properties (JsVm *vm, HpRef object, HpRef old, guint32 old_length, guint32 needed)
{
  JsHandles handles = js_handles_open (vm);
  HpRef array;

  js_hold (vm, js_ref (object));
  array = new_property_array (vm, object, old_length, needed);
  js_handles_close (vm, handles);
  if (array == HP_REF_NONE)
    return array;
  for (guint32 i = 0; i < old_length; i++)
    hp_machine_write (vm->machine, array, i, hp_machine_read (vm->machine, old, i));
  hp_machine_write (vm->machine, object, JS_SLOT_PROPERTIES, js_ref (array));
  return array;
}

gboolean
js_reserve_properties (JsVm *vm, HpRef object, const JsClass *class)
{
  guint32 needed = class->n_slots > class->n_in_object ? class->n_slots - class->n_in_object : 0;
  HpRef array = needed > 0 ? hp_value_get_ref (hp_machine_read (vm->machine, object, JS_SLOT_PROPERTIES)) : 0;
  guint32 length = array != HP_REF_NONE ? hp_machine_length_of (vm->machine, array) : 0;

  return needed <= length || grow_properties (vm, object, array, length, needed) != HP_REF_NONE;
}

static gboolean
add_to_dictionary (JsVm *vm, HpRef object, JsKey key, JsValue value, JsDetails details)
{
  JsClass *class = js_class_of (vm, object);
  HpRef old = hp_machine_read (vm->machine, object, JS_SLOT_PROPERTIES).payload;
  JsHandles handles = js_handles_open (vm);
  HpRef dictionary;

  js_hold (vm, js_ref (object));
  dictionary = js_dictionary_add (vm, old, key, value, details);
  js_handles_close (vm, handles);
  if (dictionary != HP_REF_NONE && dictionary != old)
    hp_machine_write (vm->machine, object, JS_SLOT_PROPERTIES, js_ref (dictionary));
  if (class->is_prototype)
    vm->prototype_epoch++;
  return dictionary != HP_REF_NONE;
}

gboolean
js_add_property (JsVm *vm, HpRef object, JsAtom *atom, JsPropertyKind kind, JsValue value, JsAttributes attributes)
{
  JsProperty property = { .atom = atom, .kind = kind, .attributes = attributes };
  JsClass *class = js_class_of (vm, object);
  JsClass *to = class->is_dictionary ? NULL : js_class_add (vm, class, &property);
  JsHandles handles = js_handles_open (vm);
  gboolean done;

  js_hold (vm, value);
  if (to != NULL)
    {
      done = js_reserve_properties (vm, object, to);
      if (done)
        {
          write_slot (vm, object, class, to->n_slots - 1u, value);
          hp_machine_reshape (vm->machine, object, to->shape);
        }
    }
  else
    {
      js_hold (vm, js_ref (object));
      done = (class->is_dictionary || js_make_dictionary (vm, object))
             && add_to_dictionary (vm, object, js_key_atom (atom), value, (JsDetails){ kind, attributes });
    }
  js_handles_close (vm, handles);
  return done;
}

/* ---- changing ---------------------------------------------------------------------------------------------------- */

/* The entries of the dictionary that @object's properties become; LAZY ones are made. */
static HpRef
fill_dictionary (JsVm *vm, HpRef object, const JsClass *class, HpRef dictionary)
{
  guint handle = js_handle_new (vm, js_ref (dictionary));

  for (guint i = 0; i < class->n_properties && dictionary != HP_REF_NONE; i++)
    {
      const JsProperty *property = &class->properties[i];
      JsPlace place = { property, -1, 0, (JsPropertyKind) property->kind, (JsAttributes) property->attributes };
      JsDetails details = { js_place_is_accessor (&place) ? JS_PROPERTY_ACCESSOR : JS_PROPERTY_DATA, place.attributes };

      if (place.kind == JS_PROPERTY_VIRTUAL)
        continue;
      dictionary = js_dictionary_add (
          vm, dictionary, js_key_atom (property->atom), js_place_value (vm, object, &place), details);
      js_handle_set (vm, handle, js_ref (dictionary));
    }
  return dictionary;
}

gboolean
js_make_dictionary (JsVm *vm, HpRef object)
{
  JsClass *class = js_class_of (vm, object);
  JsHandles handles = js_handles_open (vm);
  HpRef dictionary;

  if (class->is_dictionary)
    return TRUE;
  js_hold (vm, js_ref (object));
  dictionary = js_dictionary_new (vm, JS_KIND_NAME_DICTIONARY, class->n_slots);
  if (dictionary != HP_REF_NONE)
    dictionary = fill_dictionary (vm, object, class, dictionary);
  if (dictionary != HP_REF_NONE)
    {
      hp_machine_write (vm->machine, object, JS_SLOT_PROPERTIES, js_ref (dictionary));
      for (guint i = 0; i < class->n_in_object; i++)
        hp_machine_write (vm->machine, object, JS_N_OBJECT_SLOTS + class->n_own + i, JS_HOLE);
      js_set_class (vm, object, js_class_as_dictionary (vm, class));
    }
  js_handles_close (vm, handles);
  return dictionary != HP_REF_NONE;
}

/* What was VIRTUAL leaves the class of a dictionary, and is an entry then. */
static gboolean
redefine_virtual_of_dictionary (
    JsVm *vm, HpRef object, const JsPlace *place, JsAtom *atom, JsDetails details, JsValue value)
{
  js_set_class (vm, object, js_class_without_virtual (vm, js_class_of (vm, object), place->property));
  return add_to_dictionary (vm, object, js_key_atom (atom), value, details);
}

static gboolean
redefine (JsVm *vm, HpRef object, const JsPlace *place, JsProperty *property, JsValue value)
{
  JsClass *class = js_class_of (vm, object);
  JsDetails details = { (JsPropertyKind) property->kind, (JsAttributes) property->attributes };

  if (place->property == NULL)
    {
      js_dictionary_set_details (vm, place->dictionary, place->entry, details);
      js_dictionary_set (vm, place->dictionary, place->entry, value);
      if (class->is_prototype)
        vm->prototype_epoch++;
      return TRUE;
    }
  if (class->is_dictionary)
    return redefine_virtual_of_dictionary (vm, object, place, property->atom, details, value);
  class = js_class_redefine (vm, class, property);
  if (!js_reserve_properties (vm, object, class))
    return FALSE;
  js_set_class (vm, object, class);
  write_slot (vm, object, class, js_class_find (class, property->atom)->index, value);
  return TRUE;
}

gboolean
js_redefine_property (JsVm *vm,
                      HpRef object,
                      const JsPlace *place,
                      JsAtom *atom,
                      JsPropertyKind kind,
                      JsValue value,
                      JsAttributes attributes)
{
  JsProperty property = { .atom = atom, .kind = kind, .attributes = attributes };
  JsHandles handles = js_handles_open (vm);
  gboolean done;

  js_hold (vm, js_ref (object));
  js_hold (vm, value);
  done = redefine (vm, object, place, &property, value);
  js_handles_close (vm, handles);
  return done;
}

/* The property that was added last goes back along the transition; another makes the object a dictionary (V8:
 * Runtime_DeleteProperty's fast path, DeleteObjectPropertyFast). */
gboolean
js_remove_property (JsVm *vm, HpRef object, const JsPlace *place)
{
  JsClass *class = js_class_of (vm, object);
  JsPlace entry;

  if (place->property == NULL)
    {
      js_dictionary_remove (vm, place->dictionary, place->entry);
      if (class->is_prototype)
        vm->prototype_epoch++;
      return TRUE;
    }
  if (place->kind == JS_PROPERTY_VIRTUAL)
    {
      js_set_class (vm, object, js_class_without_virtual (vm, class, place->property));
      return TRUE;
    }
  if (class->parent != NULL && place->property == &class->properties[class->n_properties - 1])
    {
      js_place_write (vm, object, place, JS_HOLE);
      js_set_class (vm, object, js_class_without_last (vm, class));
      return TRUE;
    }
  JsAtom *atom = place->property->atom;
  return js_make_dictionary (vm, object) && js_find_own (vm, object, js_class_of (vm, object), atom, &entry)
         && js_remove_property (vm, object, &entry);
}
