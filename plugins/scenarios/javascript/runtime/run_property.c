/* run_property.c - bytecodes for properties, and what their inline caches learn (V8: src/ic/ic.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/describe.h"
#include "runtime/error.h"
#include "runtime/function.h"
#include "runtime/message.h"
#include "runtime/number.h"
#include "runtime/object.h"
#include "runtime/quick.h"
#include "runtime/string.h"

/* ---- reading by name --------------------------------------------------------------------------------------------- */

static guint32
cached_slot (const JsClass *class, guint32 index)
{
  return index < class->n_in_object ? JS_N_OBJECT_SLOTS + class->n_own + index
                                    : (index - class->n_in_object) | JS_CACHE_OUTSIDE;
}

void
js_cache_place (JsCache *cache, const JsClass *class, const JsPlace *place)
{
  if (place->property == NULL || place->kind != JS_PROPERTY_DATA)
    return;
  *cache = (JsCache){ .shape = class->shape, .slot = cached_slot (class, place->property->index) };
}

/* The property of a prototype of objects of @class: found again as long as no prototype changes. */
static void
cache_inherited (JsVm *vm, JsCache *cache, const JsClass *class, HpRef holder, const JsPlace *place)
{
  JsCache found = { 0 };

  js_cache_place (&found, js_class_of (vm, holder), place);
  if (found.shape == 0)
    return;
  *cache = (JsCache){ .shape = class->shape, .slot = found.slot, .holder = holder, .new_shape = vm->prototype_epoch };
}

/* Look up the prototypes for the cache's sake. A dictionary between may get the property later, but tells by the epoch
 * when it is a prototype. */
static void
learn_named (JsVm *vm, JsCache *cache, JsValue object, JsAtom *name)
{
  const JsClass *class = js_class_of (vm, object.payload);
  JsPlace place;

  if (js_kind_is_object (class->kind) && js_find_own (vm, object.payload, class, name, &place))
    {
      js_cache_place (cache, class, &place);
      return;
    }
  if (class->is_dictionary)
    return;
  for (JsValue at = js_get_prototype (vm, object); js_is_ref (at); at = js_get_prototype (vm, at))
    if (js_find_own (vm, at.payload, js_class_of (vm, at.payload), name, &place))
      {
        cache_inherited (vm, cache, class, at.payload, &place);
        return;
      }
}

gboolean
js_run_GET_NAMED (JsRun *run, const guint32 *op)
{
  JsValue object = run->registers[JS_OPERAND_A (op)];
  JsKey key = js_constant_key (run, JS_OPERAND_B (op));

  if (!js_run_result (run, js_get (run->vm, object, key)))
    return FALSE;
  /* A string's length is not with its prototypes. */
  if (js_is_ref (object) && key.atom != NULL
      && !(js_is_string (run->vm, object) && key.atom == JS_NAME (run->vm, LENGTH)))
    learn_named (run->vm, &run->code->caches[JS_OPERAND_C (op)], object, key.atom);
  return TRUE;
}

/* ---- writing by name --------------------------------------------------------------------------------------------- */

/* @before: the class before the property was set. */
void
js_learn_set (JsVm *vm, JsCache *cache, const JsClass *before, HpRef object, JsAtom *name)
{
  const JsClass *after = js_class_of (vm, object);
  JsPlace place;
  JsCache found = { 0 };

  if (!js_find_own (vm, object, after, name, &place) || place.kind != JS_PROPERTY_DATA
      || !(place.attributes & JS_WRITABLE))
    return;
  js_cache_place (&found, after, &place);
  if (found.shape == 0)
    return;
  if (after == before)
    *cache = found;
  else if (after->parent == before && !after->is_prototype && !(found.slot & JS_CACHE_OUTSIDE))
    *cache = (JsCache){
      .shape = before->shape, .new_shape = after->shape, .slot = found.slot, .holder = vm->prototype_epoch
    };
}

gboolean
js_run_SET_NAMED (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  JsValue object = run->registers[JS_OPERAND_A (op)], value = run->a;
  JsKey key = js_constant_key (run, JS_OPERAND_B (op));
  const JsClass *before = js_is_object (vm, object) ? js_class_of (vm, object.payload) : NULL;
  JsHandles handles = js_handles_open (vm);
  gboolean done;

  js_hold (vm, value);
  done = js_set (vm, object, key, value, run->code->strict);
  if (done && before != NULL && key.atom != NULL)
    js_learn_set (vm, &run->code->caches[JS_OPERAND_C (op)], before, object.payload, key.atom);
  js_handles_close (vm, handles);
  run->a = value;
  return done;
}

/* ---- by key ------------------------------------------------------------------------------------------------------ */

gboolean
js_run_GET_KEYED (JsRun *run, const guint32 *op)
{
  return js_run_result (run, js_get_value (run->vm, run->registers[JS_OPERAND_A (op)], run->a));
}

gboolean
js_run_SET_KEYED (JsRun *run, const guint32 *op)
{
  JsValue value = run->a;
  JsHandles handles = js_handles_open (run->vm);
  gboolean done;

  js_hold (run->vm, value);
  done = js_set_value (
      run->vm, run->registers[JS_OPERAND_A (op)], run->registers[JS_OPERAND_B (op)], value, run->code->strict);
  js_handles_close (run->vm, handles);
  run->a = value;
  return done;
}

/* ---- delete ------------------------------------------------------------------------------------------------------ */

static gboolean
delete_key (JsRun *run, JsValue object, JsKey key)
{
  JsVm *vm = run->vm;
  JsHandles handles = js_handles_open (vm);
  gboolean deleted = TRUE, done = FALSE;

  object = js_hold (vm, js_to_object (vm, object));
  done = !js_is_hole (object) && js_delete (vm, object.payload, key, &deleted);
  if (done && !deleted && run->code->strict)
    {
      g_autofree char *name = js_key_text (vm, key), *text = js_message_text (vm, object);
      js_throw_type (vm, "Cannot delete property '%s' of %s", name, text);
      done = FALSE;
    }
  js_handles_close (vm, handles);
  run->a = js_boolean (deleted);
  return done;
}

gboolean
js_run_DELETE_NAMED (JsRun *run, const guint32 *op)
{
  return delete_key (run, run->registers[JS_OPERAND_A (op)], js_constant_key (run, JS_OPERAND_B (op)));
}

gboolean
js_run_DELETE_KEYED (JsRun *run, const guint32 *op)
{
  JsKey key;

  return js_to_key (run->vm, run->a, &key) && delete_key (run, run->registers[JS_OPERAND_A (op)], key);
}

gboolean
js_run_TEST_IN (JsRun *run, const guint32 *op)
{
  JsValue object = run->a, left = run->registers[JS_OPERAND_A (op)];
  JsHandles handles = js_handles_open (run->vm);
  JsFound found = JS_FAILED;
  JsKey key;

  js_hold (run->vm, object);
  if (!js_is_object (run->vm, object))
    {
      g_autofree char *name = js_message_text (run->vm, left), *text = js_message_text (run->vm, object);
      js_throw_type (run->vm, "Cannot use 'in' operator to search for '%s' in %s", name, text);
    }
  else if (js_to_key (run->vm, left, &key))
    found = js_has (run->vm, object.payload, key);
  js_handles_close (run->vm, handles);
  run->a = js_boolean (found == JS_PRESENT);
  return found != JS_FAILED;
}

/* ---- super ------------------------------------------------------------------------------------------------------- */

gboolean
js_run_GET_SUPER (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  JsValue home = run->registers[JS_OPERAND_A (op)], receiver = run->registers[JS_OPERAND_B (op)];
  JsKey key;

  return js_to_key (vm, run->a, &key)
         && js_run_result (run, js_get_for (vm, js_get_prototype (vm, home), key, receiver));
}

gboolean
js_run_SET_SUPER (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  JsValue home = run->registers[JS_OPERAND_A (op)], receiver = run->registers[JS_OPERAND_B (op)];
  JsValue value = run->a;
  JsHandles handles = js_handles_open (vm);
  JsKey key;
  gboolean done;

  js_hold (vm, value);
  done = js_to_key (vm, run->registers[JS_OPERAND_C (op)], &key)
         && js_set_for (vm, js_get_prototype (vm, home), key, value, receiver, run->code->strict);
  js_handles_close (vm, handles);
  run->a = value;
  return done;
}

/* ---- private names ----------------------------------------------------------------------------------------------- */

gboolean
js_run_CREATE_PRIVATE_NAME (JsRun *run, const guint32 *op)
{
  const JsText *text = run->code->constants[JS_OPERAND_A (op)].text;
  g_autofree char *name = g_strconcat ("#", text->bytes, NULL);

  return js_run_result (run, js_atom_value (run->vm, js_atom_new_symbol (run->vm, JS_ATOM_PRIVATE, name, -1)));
}

static JsAtom *
private_atom (JsRun *run, guint32 r)
{
  return js_symbol_atom (run->vm, run->registers[r].payload);
}

/* FALSE: thrown, for @object has no such member. @verb: "read", "write". */
static gboolean
find_private (JsRun *run, JsValue object, JsAtom *name, const char *verb, JsPlace *place)
{
  JsVm *vm = run->vm;

  if (js_is_object (vm, object) && js_find_own (vm, object.payload, js_class_of (vm, object.payload), name, place))
    return TRUE;
  js_throw_type (vm,
                 "Cannot %s private member %s %s an object whose class did not declare it",
                 verb,
                 name->text,
                 *verb == 'r' ? "from" : "to");
  return FALSE;
}

gboolean
js_run_GET_PRIVATE (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  JsValue object = run->registers[JS_OPERAND_A (op)];
  JsAtom *name = private_atom (run, JS_OPERAND_B (op));
  JsPlace place;

  if (!find_private (run, object, name, "read", &place))
    return FALSE;
  JsValue value = js_place_value (vm, object.payload, &place);
  if (!js_place_is_accessor (&place))
    return js_run_result (run, value);
  JsValue getter = hp_machine_read (run->machine, value.payload, 0);
  if (!js_is_undefined (getter))
    return js_run_result (run, js_call (vm, getter, object, NULL, 0));
  js_throw_type (vm, "'%s' was defined without a getter", name->text);
  return FALSE;
}

static gboolean
set_private (JsRun *run, JsValue object, JsAtom *name, const JsPlace *place, JsValue value)
{
  JsVm *vm = run->vm;

  if (js_place_is_accessor (place))
    {
      JsValue pair = js_place_value (vm, object.payload, place);
      JsValue setter = hp_machine_read (run->machine, pair.payload, 1);
      if (!js_is_undefined (setter))
        return !js_is_hole (js_call (vm, setter, object, &value, 1));
      js_throw_type (vm, "'%s' was defined without a setter", name->text);
      return FALSE;
    }
  if (place->attributes & JS_WRITABLE)
    {
      js_place_write (vm, object.payload, place, value);
      return TRUE;
    }
  js_throw_type (vm, "Private method '%s' is not writable", name->text);
  return FALSE;
}

gboolean
js_run_SET_PRIVATE (JsRun *run, const guint32 *op)
{
  JsValue object = run->registers[JS_OPERAND_A (op)], value = run->a;
  JsAtom *name = private_atom (run, JS_OPERAND_B (op));
  JsHandles handles = js_handles_open (run->vm);
  JsPlace place;
  gboolean done;

  js_hold (run->vm, value);
  done = find_private (run, object, name, "write", &place) && set_private (run, object, name, &place, value);
  js_handles_close (run->vm, handles);
  run->a = value;
  return done;
}

static gboolean
add_private (JsRun *run, const guint32 *op, JsPropertyKind kind, JsAttributes attributes, JsValue value)
{
  JsVm *vm = run->vm;
  JsValue object = run->registers[JS_OPERAND_A (op)];
  JsAtom *name = private_atom (run, JS_OPERAND_B (op));
  JsPlace place;

  if (!js_find_own (vm, object.payload, js_class_of (vm, object.payload), name, &place))
    return js_add_property (vm, object.payload, name, kind, value, attributes);
  js_throw_type (vm, "Cannot initialize %s twice on the same object", name->text);
  return FALSE;
}

gboolean
js_run_ADD_PRIVATE (JsRun *run, const guint32 *op)
{
  JsValue value = run->a;
  JsHandles handles = js_handles_open (run->vm);
  gboolean done;

  js_hold (run->vm, value);
  done = (JS_OPERAND_C (op) == 0
          || js_name_function (run->vm, value, js_key_atom (private_atom (run, JS_OPERAND_B (op))), ""))
         && add_private (run, op, JS_PROPERTY_DATA, JS_WRITABLE, value);
  js_handles_close (run->vm, handles);
  return done;
}

/* A getter and a setter of one name come one after the other. */
gboolean
js_run_ADD_PRIVATE_METHOD (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  HpRef object = run->registers[JS_OPERAND_A (op)].payload;
  JsAtom *name = private_atom (run, JS_OPERAND_B (op));
  guint which = JS_OPERAND_C (op);
  JsDescriptor old;

  if (which == 0)
    return add_private (run, op, JS_PROPERTY_DATA, 0, run->a);
  if (js_get_own (vm, object, js_key_atom (name), &old) == JS_PRESENT
      && (!old.is_accessor || !js_is_undefined (which == 1 ? old.getter : old.setter)))
    {
      js_throw_type (vm, "Cannot initialize private methods of class twice on the same object");
      return FALSE;
    }
  return js_define_accessor (
      vm, object, js_key_atom (name), which == 1 ? run->a : JS_HOLE, which == 2 ? run->a : JS_HOLE, 0);
}

gboolean
js_run_HAS_PRIVATE (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  JsValue object = run->registers[JS_OPERAND_A (op)];
  JsAtom *name = js_symbol_atom (vm, run->a.payload);
  JsPlace place;

  if (!js_is_object (vm, object))
    {
      g_autofree char *text = js_message_text (vm, object);
      js_throw_type (vm, "Cannot use 'in' operator to search for '%s' in %s", name->text, text);
      return FALSE;
    }
  run->a = js_boolean (js_find_own (vm, object.payload, js_class_of (vm, object.payload), name, &place));
  return TRUE;
}
