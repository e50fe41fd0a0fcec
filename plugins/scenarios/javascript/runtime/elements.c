/* elements.c - array-indexed properties and their stores (V8: src/objects/elements.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/elements.h"
#include "runtime/error.h"
#include "runtime/number.h"
#include "runtime/object.h"
#include "runtime/store.h"
#include "runtime/string.h"

/* ---- reading ----------------------------------------------------------------------------------------------------- */

JsValue
js_element (JsVm *vm, HpRef object, guint32 index)
{
  JsElement element;

  return js_find_element (vm, object, index, &element) && !element.is_accessor ? element.value : JS_HOLE;
}

static JsAttributes
usual_attributes (const JsClass *class)
{
  return class->is_frozen ? JS_ENUMERABLE : class->is_sealed ? JS_ENUMERABLE | JS_WRITABLE : JS_ALL_ATTRIBUTES;
}

static gboolean
find_in_dictionary (JsVm *vm, HpRef dictionary, guint32 index, JsElement *element)
{
  gint entry = js_dictionary_find (vm, dictionary, js_key_index (index));
  JsDetails details;

  if (entry < 0)
    return FALSE;
  details = js_dictionary_details (vm, dictionary, entry);
  *element = (JsElement){ js_dictionary_get (vm, dictionary, entry),
                          details.attributes,
                          details.kind == JS_PROPERTY_ACCESSOR };
  return TRUE;
}

gboolean
js_find_element (JsVm *vm, HpRef object, guint32 index, JsElement *element)
{
  const JsClass *class = js_class_of (vm, object);
  const JsIndexed *indexed = vm->indexed[class->kind];
  HpRef store;

  if (indexed != NULL && index < indexed->length (vm, object))
    {
      *element = (JsElement){ indexed->get (vm, object, index), indexed->attributes, FALSE };
      return TRUE;
    }
  store = hp_value_get_ref (hp_machine_read (vm->machine, object, JS_SLOT_ELEMENTS));
  if (store == HP_REF_NONE)
    return FALSE;
  if (class->elements == JS_ELEMENTS_DICTIONARY)
    return find_in_dictionary (vm, store, index, element);
  *element =
      (JsElement){ js_store_get (vm, store, (JsElementsKind) class->elements, index), usual_attributes (class), FALSE };
  return !js_is_hole (element->value);
}

GArray *
js_element_indices (JsVm *vm, HpRef object)
{
  const JsClass *class = js_class_of (vm, object);
  const JsIndexed *indexed = vm->indexed[class->kind];
  GArray *indices = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 n_indexed = indexed != NULL ? indexed->length (vm, object) : 0, n;
  HpRef store;

  for (guint32 i = 0; i < n_indexed; i++)
    g_array_append_val (indices, i);
  store = hp_value_get_ref (hp_machine_read (vm->machine, object, JS_SLOT_ELEMENTS));
  if (store == HP_REF_NONE)
    return indices;
  if (class->elements == JS_ELEMENTS_DICTIONARY)
    {
      g_autoptr (GArray) keys = js_dictionary_keys (vm, store);
      for (guint i = 0; i < keys->len; i++)
        if (g_array_index (keys, JsKey, i).index >= n_indexed)
          g_array_append_val (indices, g_array_index (keys, JsKey, i).index);
      return indices;
    }
  n = js_store_length (vm, store, (JsElementsKind) class->elements);
  for (guint32 i = n_indexed; i < n; i++)
    if (js_store_has (vm, store, (JsElementsKind) class->elements, i))
      g_array_append_val (indices, i);
  return indices;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

/* An index that is far behind what there is makes a dictionary (V8: JSObject::kMaxGap). */
#define MOST_GAP 1024

static void
set_store (JsVm *vm, HpRef object, HpRef store, JsElementsKind kind)
{
  hp_machine_write (vm->machine, object, JS_SLOT_ELEMENTS, js_ref (store));
  js_set_class (vm, object, js_class_with_elements (vm, js_class_of (vm, object), kind));
}

gboolean
js_elements_make_dictionary (JsVm *vm, HpRef object)
{
  const JsClass *class = js_class_of (vm, object);
  g_autoptr (GArray) indices = NULL;
  HpRef dictionary;
  guint handle;

  if (class->elements == JS_ELEMENTS_DICTIONARY)
    return TRUE;
  indices = js_element_indices (vm, object);
  dictionary = js_dictionary_new (vm, JS_KIND_NUMBER_DICTIONARY, indices->len);
  handle = js_handle_new (vm, js_ref (dictionary));
  for (guint i = 0; i < indices->len && dictionary != HP_REF_NONE; i++)
    {
      guint32 index = g_array_index (indices, guint32, i);
      JsElement element;
      js_find_element (vm, object, index, &element);
      dictionary = js_dictionary_add (
          vm, dictionary, js_key_index (index), element.value, (JsDetails){ JS_PROPERTY_DATA, element.attributes });
      js_handle_set (vm, handle, js_ref (dictionary));
    }
  if (dictionary == HP_REF_NONE)
    return FALSE;
  set_store (vm, object, dictionary, JS_ELEMENTS_DICTIONARY);
  return TRUE;
}

static gboolean
put_in_dictionary (JsVm *vm, HpRef object, guint32 index, const JsElement *element)
{
  HpRef old = hp_machine_read (vm->machine, object, JS_SLOT_ELEMENTS).payload;
  gint entry = js_dictionary_find (vm, old, js_key_index (index));
  JsDetails details = { element->is_accessor ? JS_PROPERTY_ACCESSOR : JS_PROPERTY_DATA, element->attributes };
  HpRef dictionary;

  if (entry >= 0)
    {
      js_dictionary_set (vm, old, entry, element->value);
      js_dictionary_set_details (vm, old, entry, details);
      return TRUE;
    }
  dictionary = js_dictionary_add (vm, old, js_key_index (index), element->value, details);
  if (dictionary != HP_REF_NONE && dictionary != old)
    hp_machine_write (vm->machine, object, JS_SLOT_ELEMENTS, js_ref (dictionary));
  return dictionary != HP_REF_NONE;
}

/* The kind of store that has room for @value besides what is in one of @kind. */
static JsElementsKind
kind_with (JsVm *vm, JsElementsKind kind, JsValue value)
{
  if (kind == JS_ELEMENTS_OBJECT || js_is_smi (value))
    return kind;
  if (js_is_number (vm, value) && (kind == JS_ELEMENTS_DOUBLE || kind == JS_ELEMENTS_SMI))
    return JS_ELEMENTS_DOUBLE;
  return JS_ELEMENTS_OBJECT;
}

/* Make the store one of @kind with room for @index. FALSE: the run is over. */
static gboolean
prepare_store (JsVm *vm, HpRef object, HpRef *store, guint32 length, JsElementsKind kind, guint32 index)
{
  JsElementsKind old_kind = (JsElementsKind) js_class_of (vm, object)->elements;
  guint32 capacity = index < length ? length : js_store_grown (index + 1);

  if (kind == old_kind && index < length)
    return TRUE;
  if (index < length && old_kind == JS_ELEMENTS_SMI && kind == JS_ELEMENTS_OBJECT)
    {
      js_set_class (vm, object, js_class_with_elements (vm, js_class_of (vm, object), kind));
      return TRUE;
    }
  *store = js_store_copy (vm, *store, old_kind, kind, capacity);
  if (*store == HP_REF_NONE)
    return FALSE;
  set_store (vm, object, *store, kind);
  return TRUE;
}

static void
lengthen (JsVm *vm, HpRef object, guint32 index)
{
  if (js_class_of (vm, object)->kind == JS_KIND_ARRAY && index >= js_array_length (vm, object))
    js_array_write_length (vm, object, index + 1);
}

static gboolean
put (JsVm *vm, HpRef object, guint32 index, JsValue value)
{
  const JsClass *class = js_class_of (vm, object);
  JsElementsKind kind = (JsElementsKind) class->elements;
  HpRef store = hp_value_get_ref (hp_machine_read (vm->machine, object, JS_SLOT_ELEMENTS));
  guint32 length;

  if (kind == JS_ELEMENTS_DICTIONARY)
    return put_in_dictionary (vm, object, index, &(JsElement){ value, JS_ALL_ATTRIBUTES, FALSE });
  length = store != HP_REF_NONE ? js_store_length (vm, store, kind) : 0;
  if (index >= length && index - length >= MOST_GAP)
    return js_elements_make_dictionary (vm, object)
           && put_in_dictionary (vm, object, index, &(JsElement){ value, JS_ALL_ATTRIBUTES, FALSE });
  kind = kind_with (vm, kind, value);
  if (!prepare_store (vm, object, &store, length, kind, index))
    return FALSE;
  js_store_set (vm, store, kind, index, value);
  return TRUE;
}

gboolean
js_set_element (JsVm *vm, HpRef object, guint32 index, JsValue value)
{
  JsHandles handles = js_handles_open (vm);
  const JsClass *class = js_class_of (vm, object);
  JsElement old;
  gboolean done;

  js_hold (vm, js_ref (object));
  js_hold (vm, value);
  if (class->elements == JS_ELEMENTS_DICTIONARY && js_find_element (vm, object, index, &old))
    done = put_in_dictionary (vm, object, index, &(JsElement){ value, old.attributes, FALSE });
  else
    done = put (vm, object, index, value);
  if (done)
    lengthen (vm, object, index);
  js_handles_close (vm, handles);
  return done;
}

gboolean
js_define_element (JsVm *vm, HpRef object, guint32 index, const JsElement *element)
{
  const JsIndexed *indexed = vm->indexed[js_class_of (vm, object)->kind];
  JsHandles handles;
  gboolean done;

  if (indexed != NULL && indexed->set != NULL)
    return indexed->set (vm, object, index, element->value);
  if (!element->is_accessor && element->attributes == JS_ALL_ATTRIBUTES
      && js_class_of (vm, object)->elements != JS_ELEMENTS_DICTIONARY)
    return js_set_element (vm, object, index, element->value);
  handles = js_handles_open (vm);
  js_hold (vm, js_ref (object));
  js_hold (vm, element->value);
  done = js_elements_make_dictionary (vm, object) && put_in_dictionary (vm, object, index, element);
  if (done)
    lengthen (vm, object, index);
  js_handles_close (vm, handles);
  return done;
}

void
js_delete_element (JsVm *vm, HpRef object, guint32 index)
{
  const JsClass *class = js_class_of (vm, object);
  HpRef store = hp_value_get_ref (hp_machine_read (vm->machine, object, JS_SLOT_ELEMENTS));
  gint entry;

  if (store == HP_REF_NONE)
    return;
  if (class->elements != JS_ELEMENTS_DICTIONARY)
    {
      if (index < js_store_length (vm, store, (JsElementsKind) class->elements))
        js_store_set (vm, store, (JsElementsKind) class->elements, index, JS_HOLE);
      return;
    }
  entry = js_dictionary_find (vm, store, js_key_index (index));
  if (entry >= 0)
    js_dictionary_remove (vm, store, entry);
}

void
js_restrict_elements (JsVm *vm, HpRef object, gboolean sealed, gboolean frozen)
{
  if (js_class_of (vm, object)->elements == JS_ELEMENTS_DICTIONARY)
    js_dictionary_restrict (vm, hp_machine_read (vm->machine, object, JS_SLOT_ELEMENTS).payload, sealed, frozen);
}
