/* iterator.c - the iterators of arrays and strings, and what all iterators have
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/iterator.h"
#include "runtime/message.h"

enum
{
  SLOT_OBJECT, /* undefined when it is over */
  SLOT_INDEX,
  SLOT_KIND,
};

enum
{
  KIND_KEYS,
  KIND_VALUES,
  KIND_ENTRIES,
};

static JsValue
get_self (JsVm *vm, const JsCall *call)
{
  (void) vm;
  return call->receiver;
}

static JsValue
new_iterator (JsVm *vm, JsKind kind, JsValue object, gint which)
{
  HpRef iterator;

  js_hold (vm, object);
  iterator = js_new_object_of_kind (vm, kind);
  if (iterator == HP_REF_NONE)
    return JS_THROWN;
  js_set_own_slot (vm, iterator, SLOT_OBJECT, object);
  js_set_own_slot (vm, iterator, SLOT_INDEX, js_smi (0));
  if (kind == JS_KIND_ARRAY_ITERATOR)
    js_set_own_slot (vm, iterator, SLOT_KIND, js_smi (which));
  return js_ref (iterator);
}

/* ---- arrays ------------------------------------------------------------------------------------------------------ */

static JsValue
iterate_array (JsVm *vm, const JsCall *call, gint which)
{
  JsValue object = js_to_object (vm, call->receiver);

  return js_is_hole (object) ? object : new_iterator (vm, JS_KIND_ARRAY_ITERATOR, object, which);
}

JsValue
js_array_keys (JsVm *vm, const JsCall *call)
{
  return iterate_array (vm, call, KIND_KEYS);
}

JsValue
js_array_values (JsVm *vm, const JsCall *call)
{
  return iterate_array (vm, call, KIND_VALUES);
}

JsValue
js_array_entries (JsVm *vm, const JsCall *call)
{
  return iterate_array (vm, call, KIND_ENTRIES);
}

static JsValue
entry (JsVm *vm, JsValue object, guint32 index)
{
  JsHandles handles = js_handles_open (vm);
  JsValue value = js_hold (vm, js_get_index (vm, object, index)), key = js_hold (vm, js_number (vm, index));
  JsValue pair = JS_THROWN;

  if (!js_is_hole (value) && !js_is_hole (key))
    pair = js_ref (js_new_array_of (vm, (const JsValue[]){ key, value }, 2));
  js_handles_close (vm, handles);
  return pair;
}

static JsValue
step_array (JsVm *vm, HpRef iterator, gboolean *done)
{
  JsValue object = js_get_own_slot (vm, iterator, SLOT_OBJECT);
  guint32 index;
  gint64 length;

  *done = js_is_undefined (object);
  if (*done)
    return JS_HOLE;
  index = (guint32) js_as_smi (js_get_own_slot (vm, iterator, SLOT_INDEX));
  length = js_is_array (vm, object) ? js_array_length (vm, object.payload) : js_length_of (vm, object);
  if (length < 0)
    return JS_THROWN;
  if (index >= length)
    {
      js_set_own_slot (vm, iterator, SLOT_OBJECT, JS_UNDEFINED);
      *done = TRUE;
      return JS_HOLE;
    }
  js_set_own_slot (vm, iterator, SLOT_INDEX, js_smi ((gint32) index + 1));
  switch (js_as_smi (js_get_own_slot (vm, iterator, SLOT_KIND)))
    {
    case KIND_KEYS:
      return js_number (vm, index);
    case KIND_ENTRIES:
      return entry (vm, object, index);
    default:
      return js_get_index (vm, object, index);
    }
}

/* ---- strings ----------------------------------------------------------------------------------------------------- */

JsValue
js_string_iterate (JsVm *vm, const JsCall *call)
{
  JsValue string;

  if (js_is_nullish (call->receiver))
    return js_throw_incompatible (vm, "String.prototype[Symbol.iterator]", call->receiver);
  string = js_to_string (vm, call->receiver);
  return js_is_hole (string) ? string : new_iterator (vm, JS_KIND_STRING_ITERATOR, string, 0);
}

static JsValue
step_string (JsVm *vm, HpRef iterator, gboolean *done)
{
  JsValue string = js_get_own_slot (vm, iterator, SLOT_OBJECT);
  guint32 index, n = 1;
  JsChars chars;

  *done = js_is_undefined (string);
  if (*done)
    return JS_HOLE;
  index = (guint32) js_as_smi (js_get_own_slot (vm, iterator, SLOT_INDEX));
  if (!js_string_chars (vm, string.payload, &chars))
    return JS_THROWN;
  if (index >= chars.length)
    {
      js_set_own_slot (vm, iterator, SLOT_OBJECT, JS_UNDEFINED);
      *done = TRUE;
      return JS_HOLE;
    }
  if (index + 1 < chars.length && (js_chars_at (&chars, index) & 0xfc00) == 0xd800
      && (js_chars_at (&chars, index + 1) & 0xfc00) == 0xdc00)
    n = 2;
  js_set_own_slot (vm, iterator, SLOT_INDEX, js_smi ((gint32) (index + n)));
  return js_string_slice (vm, string.payload, index, index + n);
}

/* ---- next () ----------------------------------------------------------------------------------------------------- */

JsValue
js_iterator_next (JsVm *vm, const JsCall *call, JsKind kind, const char *name)
{
  gboolean done = FALSE;
  JsValue value;

  if (!js_is_kind (vm, call->receiver, kind))
    return js_throw_incompatible (vm, name, call->receiver);
  value = vm->step[kind](vm, call->receiver.payload, &done);
  if (js_is_hole (value) && !done)
    return JS_THROWN;
  return js_iterator_result (vm, done ? JS_UNDEFINED : js_hold (vm, value), done);
}

static JsValue
array_next (JsVm *vm, const JsCall *call)
{
  return js_iterator_next (vm, call, JS_KIND_ARRAY_ITERATOR, "Array Iterator.prototype.next");
}

static JsValue
string_next (JsVm *vm, const JsCall *call)
{
  return js_iterator_next (vm, call, JS_KIND_STRING_ITERATOR, "String Iterator.prototype.next");
}

static void
init (JsVm *vm)
{
  static const char *const ARRAY[] = { "object", "index", "kind" };
  static const char *const STRING[] = { "string", "index" };

  js_define_kind (vm,
                  &(JsClassTemplate){ .kind = JS_KIND_ARRAY_ITERATOR,
                                      .n_own = 3,
                                      .own_names = ARRAY,
                                      .intrinsic_prototype = JS_INTRINSIC_ARRAY_ITERATOR_PROTOTYPE + 1 });
  js_define_kind (vm,
                  &(JsClassTemplate){ .kind = JS_KIND_STRING_ITERATOR,
                                      .n_own = 2,
                                      .own_names = STRING,
                                      .intrinsic_prototype = JS_INTRINSIC_STRING_ITERATOR_PROTOTYPE + 1 });
  vm->step[JS_KIND_ARRAY_ITERATOR] = step_array;
  vm->step[JS_KIND_STRING_ITERATOR] = step_string;
}

static const JsNativeRow iterator_members[] = { JS_METHOD ("@@iterator", get_self, 0) };
static const JsNativeRow async_members[] = { JS_METHOD ("@@asyncIterator", get_self, 0) };
static const JsNativeRow array_members[] = { JS_METHOD ("next", array_next, 0),
                                             JS_STRING ("@@toStringTag", "Array Iterator") };
static const JsNativeRow string_members[] = { JS_METHOD ("next", string_next, 0),
                                              JS_STRING ("@@toStringTag", "String Iterator") };

static const JsLibraryClass classes[] = {
  { .prototype = JS_INTRINSIC_ITERATOR_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = iterator_members,
    .n_members = G_N_ELEMENTS (iterator_members) },
  { .prototype = JS_INTRINSIC_ASYNC_ITERATOR_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = async_members,
    .n_members = G_N_ELEMENTS (async_members) },
  { .prototype = JS_INTRINSIC_ARRAY_ITERATOR_PROTOTYPE,
    .parent = JS_INTRINSIC_ITERATOR_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = array_members,
    .n_members = G_N_ELEMENTS (array_members) },
  { .prototype = JS_INTRINSIC_STRING_ITERATOR_PROTOTYPE,
    .parent = JS_INTRINSIC_ITERATOR_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = string_members,
    .n_members = G_N_ELEMENTS (string_members) },
};

const JsLibrary js_library_iterator = { .init = init, .classes = classes, .n_classes = G_N_ELEMENTS (classes) };
