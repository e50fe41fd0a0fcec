/* run_iterate.c - bytecodes for iteration: for-of, for-in, destructuring, yield*
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/describe.h"
#include "runtime/elements.h"
#include "runtime/error.h"
#include "runtime/function.h"
#include "runtime/interpreter.h"
#include "runtime/message.h"
#include "runtime/number.h"
#include "runtime/object.h"

enum
{
  FROM_SYNC_SLOT_ITERATOR,
  FROM_SYNC_SLOT_NEXT,
};

/* ---- beginning --------------------------------------------------------------------------------------------------- */

static gboolean
throw_not_iterable (JsRun *run, JsValue value, const char *what)
{
  g_autofree char *text = js_describe_value (run->vm, run->frame->pc);

  if (text != NULL)
    js_throw_type (run->vm, "%s is not %s", text, what);
  else
    js_throw_not_iterable (run->vm, value);
  return FALSE;
}

/* Call @method of @iterable, and put the iterator in register @r, its next method behind it. */
static gboolean
begin_with (JsRun *run, JsValue iterable, JsValue method, guint32 r)
{
  JsVm *vm = run->vm;
  JsValue iterator = js_call (vm, method, iterable, NULL, 0);

  if (js_is_hole (iterator))
    return FALSE;
  if (!js_is_object (vm, iterator))
    {
      g_autofree char *text = js_message_text (vm, iterator);
      js_throw_type (vm, "Result of the Symbol.iterator method is not an object");
      return FALSE;
    }
  js_set_register (run, r, iterator);
  js_set_register (run, r + 1, js_get_named (vm, iterator, JS_NAME (vm, NEXT)));
  return !js_is_hole (run->registers[r + 1]);
}

static gboolean
begin_sync (JsRun *run, JsValue iterable, guint32 r)
{
  JsVm *vm = run->vm;
  JsValue method = js_is_nullish (iterable) ? JS_UNDEFINED
                                            : js_get (vm, iterable, js_key_atom (JS_SYMBOL (vm, ITERATOR)));

  if (js_is_hole (method))
    return FALSE;
  if (!js_is_callable (vm, method))
    return throw_not_iterable (run, iterable, "iterable");
  return begin_with (run, iterable, method, r);
}

gboolean
js_run_GET_ITERATOR (JsRun *run, const guint32 *op)
{
  JsHandles handles = js_handles_open (run->vm);
  gboolean done = begin_sync (run, js_hold (run->vm, run->a), JS_OPERAND_A (op));

  js_handles_close (run->vm, handles);
  return done;
}

/* A synchronous iterator for for-await: wrapped. */
static gboolean
begin_from_sync (JsRun *run, JsValue iterable, guint32 r)
{
  JsVm *vm = run->vm;
  JsValue wrapper;

  if (!begin_sync (run, iterable, r))
    return FALSE;
  wrapper = js_ref (js_new_object_of_kind (vm, JS_KIND_FROM_SYNC_ITERATOR));
  if (js_is_hole (wrapper))
    return FALSE;
  js_set_own_slot (vm, wrapper.payload, FROM_SYNC_SLOT_ITERATOR, run->registers[r]);
  js_set_own_slot (vm, wrapper.payload, FROM_SYNC_SLOT_NEXT, run->registers[r + 1]);
  js_set_register (run, r, wrapper);
  js_set_register (run, r + 1, js_get_named (vm, wrapper, JS_NAME (vm, NEXT)));
  return !js_is_hole (run->registers[r + 1]);
}

gboolean
js_run_GET_ASYNC_ITERATOR (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  JsHandles handles = js_handles_open (vm);
  JsValue iterable = js_hold (vm, run->a), method = JS_UNDEFINED;
  guint32 r = JS_OPERAND_A (op);
  gboolean done = FALSE;

  if (!js_is_nullish (iterable))
    method = js_get_method (vm, iterable, js_key_atom (JS_SYMBOL (vm, ASYNC_ITERATOR)));
  if (js_is_ref (method))
    done = begin_with (run, iterable, method, r);
  else if (js_is_nullish (iterable))
    done = throw_not_iterable (run, iterable, "async iterable");
  else if (js_is_undefined (method))
    done = begin_from_sync (run, iterable, r);
  js_handles_close (vm, handles);
  return done;
}

/* ---- going on ---------------------------------------------------------------------------------------------------- */

gboolean
js_run_FOR_OF_NEXT (JsRun *run, const guint32 *op)
{
  const JsValue *iterator = &run->registers[JS_OPERAND_A (op)];
  gboolean done;

  run->a = js_iterator_step (run->vm, iterator[0], iterator[1], &done);
  if (done)
    {
      run->a = JS_UNDEFINED;
      run->pc = run->code->words + JS_OPERAND_B (op);
    }
  return !js_is_hole (run->a);
}

gboolean
js_run_ITERATOR_STEP (JsRun *run, const guint32 *op)
{
  guint32 r = JS_OPERAND_A (op);
  gboolean done;

  run->a = JS_UNDEFINED;
  if (js_is_identical (run->registers[r + 2], JS_TRUE))
    return TRUE;
  run->a = js_iterator_step (run->vm, run->registers[r], run->registers[r + 1], &done);
  if (!js_is_hole (run->a))
    return TRUE;
  js_set_register (run, r + 2, JS_TRUE);
  if (done)
    run->a = JS_UNDEFINED;
  return done;
}

gboolean
js_run_ITERATOR_REST (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  guint32 r = JS_OPERAND_A (op);
  JsHandles handles = js_handles_open (vm);
  JsValue array = js_hold (vm, js_ref (js_new_array (vm, 0)));
  gboolean done = js_is_identical (run->registers[r + 2], JS_TRUE), failed = js_is_hole (array);

  js_set_register (run, r + 2, JS_TRUE);
  while (!done && !failed)
    {
      JsValue value = js_iterator_step (vm, run->registers[r], run->registers[r + 1], &done);
      failed = js_is_hole (value) ? !done : !js_array_push (vm, array.payload, value);
    }
  js_handles_close (vm, handles);
  run->a = array;
  return !failed;
}

gboolean
js_run_ITERATOR_CALL_NEXT (JsRun *run, const guint32 *op)
{
  const JsValue *iterator = &run->registers[JS_OPERAND_A (op)];

  return js_run_result (run, js_call (run->vm, iterator[1], iterator[0], NULL, 0));
}

static gboolean
throw_no_result (JsVm *vm, JsValue result)
{
  g_autofree char *text = js_message_text (vm, result);

  js_throw_type (vm, "Iterator result %s is not an object", text);
  return FALSE;
}

gboolean
js_run_ITERATOR_RESULT (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  JsHandles handles = js_handles_open (vm);
  JsValue result = js_hold (vm, run->a), done = JS_THROWN;

  if (js_is_object (vm, result))
    done = js_get_named (vm, result, JS_NAME (vm, DONE));
  else
    throw_no_result (vm, result);
  run->a = JS_THROWN;
  if (!js_is_hole (done))
    {
      if (js_to_boolean (vm, done))
        run->pc = run->code->words + JS_OPERAND_A (op);
      run->a = js_get_named (vm, result, JS_NAME (vm, VALUE));
    }
  js_handles_close (vm, handles);
  return !js_is_hole (run->a);
}

/* ---- ending ------------------------------------------------------------------------------------------------------ */

/* Call return () where there is one. A stays, which is held. */
static gboolean
close_iterator (JsRun *run, JsValue iterator, gboolean is_throwing)
{
  JsVm *vm = run->vm;
  JsValue method = js_get_method (vm, iterator, js_key_atom (JS_NAME (vm, RETURN))), result;

  if (js_is_undefined (method))
    return TRUE;
  result = js_is_hole (method) ? method : js_call (vm, method, iterator, NULL, 0);
  if (vm->is_over)
    return FALSE;
  if (is_throwing)
    {
      if (js_is_hole (result))
        js_catch (vm);
      return TRUE;
    }
  if (!js_is_hole (result) && !js_is_object (vm, result))
    return throw_no_result (vm, result);
  return !js_is_hole (result);
}

gboolean
js_run_ITERATOR_CLOSE (JsRun *run, const guint32 *op)
{
  JsHandles handles = js_handles_open (run->vm);
  JsValue value = js_hold (run->vm, run->a);
  gboolean done = close_iterator (run, run->registers[JS_OPERAND_A (op)], JS_OPERAND_B (op) != 0);

  js_handles_close (run->vm, handles);
  run->a = value;
  return done;
}

/* What return () of an asynchronous iterator promised. */
gboolean
js_run_ITERATOR_CLOSED (JsRun *run, const guint32 *op)
{
  (void) op;
  return js_is_object (run->vm, run->a) || throw_no_result (run->vm, run->a);
}

gboolean
js_run_ITERATOR_CLOSE_START (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  JsValue iterator = run->registers[JS_OPERAND_A (op)];
  JsValue method = js_get_method (vm, iterator, js_key_atom (JS_NAME (vm, RETURN)));

  if (!js_is_hole (method) && !js_is_undefined (method))
    method = js_call (vm, method, iterator, NULL, 0);
  return js_run_result (run, method);
}

/* ---- yield* ------------------------------------------------------------------------------------------------------ */

/* The iterator has no throw (): it is closed, and that is an error. */
static gboolean
refuse_throw (JsRun *run, JsValue iterator)
{
  if (close_iterator (run, iterator, FALSE))
    js_throw_type (run->vm, "The iterator does not provide a 'throw' method.");
  return FALSE;
}

gboolean
js_run_DELEGATE (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  JsValue iterator = run->registers[JS_OPERAND_A (op)], method = run->registers[JS_OPERAND_A (op) + 1];
  gint32 mode = js_as_smi (run->registers[JS_OPERAND_B (op)]);
  JsHandles handles = js_handles_open (vm);
  JsValue value = js_hold (vm, run->a);
  gboolean done;

  if (mode != 0)
    method = js_get_method (vm, iterator, js_key_atom (mode == 1 ? JS_NAME (vm, THROW) : JS_NAME (vm, RETURN)));
  if (js_is_undefined (method) && mode == 1)
    done = refuse_throw (run, iterator);
  else if (js_is_undefined (method) && mode == 2)
    {
      js_set_register (run, JS_OPERAND_B (op), js_smi (3));
      done = TRUE;
    }
  else
    done = !js_is_hole (method) && js_run_result (run, js_call (vm, method, iterator, &value, 1));
  js_handles_close (vm, handles);
  return done;
}

/* ---- for-in ------------------------------------------------------------------------------------------------------ */

/* The enumerable string keys of @object and its prototypes, each once, as an array. */
static JsValue
collect_keys (JsVm *vm, JsValue object)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  JsValue array = js_hold (vm, js_ref (js_new_array (vm, 0)));

  for (; js_is_ref (object) && !js_is_hole (array); object = js_get_prototype (vm, object))
    {
      g_autoptr (GArray) all = js_own_keys (vm, object.payload, JS_KEYS_STRINGS);
      for (guint i = 0; i < all->len; i++)
        {
          JsKey key = g_array_index (all, JsKey, i);
          JsDescriptor own;
          JsAtom *atom = js_key_to_atom (vm, key);

          if (!g_hash_table_add (seen, atom) || js_get_own (vm, object.payload, key, &own) != JS_PRESENT
              || !(own.attributes & JS_ENUMERABLE))
            continue;
          if (!js_array_push (vm, array.payload, js_atom_value (vm, atom)))
            return JS_THROWN;
        }
    }
  return array;
}

gboolean
js_run_FOR_IN_PREPARE (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  guint32 r = JS_OPERAND_A (op);
  JsHandles handles = js_handles_open (vm);
  JsValue object = run->a, keys = JS_UNDEFINED;

  if (!js_is_nullish (object))
    {
      object = js_hold (vm, js_to_object (vm, js_hold (vm, object)));
      keys = js_is_hole (object) ? object : collect_keys (vm, object);
    }
  if (!js_is_hole (keys))
    {
      js_set_register (run, r, object);
      js_set_register (run, r + 1, keys);
      js_set_register (run, r + 2, js_smi (0));
    }
  js_handles_close (vm, handles);
  return !js_is_hole (keys);
}

/* A key that was deleted in the meantime is left out. */
gboolean
js_run_FOR_IN_NEXT (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  guint32 r = JS_OPERAND_A (op);
  JsValue object = run->registers[r], keys = run->registers[r + 1];
  guint32 n = js_is_ref (keys) ? js_array_length (vm, keys.payload) : 0;

  for (guint32 i = (guint32) js_as_smi (run->registers[r + 2]); i < n; i++)
    {
      JsKey key;

      run->a = js_element (vm, keys.payload, i);
      if (!js_to_key (vm, run->a, &key))
        return FALSE;
      if (js_has (vm, object.payload, key) != JS_PRESENT)
        continue;
      js_set_register (run, r + 2, js_smi ((gint32) i + 1));
      return TRUE;
    }
  run->pc = run->code->words + JS_OPERAND_B (op);
  run->a = JS_UNDEFINED;
  return TRUE;
}
