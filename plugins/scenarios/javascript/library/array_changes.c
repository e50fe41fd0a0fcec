/* array_changes.c - Array.prototype: what changes the array itself
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/array.h"
#include "library/tim_sort.h"
#include "runtime/message.h"

#define MOST_LENGTH G_GINT64_CONSTANT (9007199254740991)

static gboolean
set_length (JsVm *vm, JsValue object, gint64 length)
{
  JsHandles handles;
  gboolean done;

  if (js_is_array (vm, object) && !js_class_of (vm, object.payload)->is_frozen)
    return js_array_set_length (vm, object.payload, (guint32) length);
  handles = js_handles_open (vm);
  done = js_set (vm, object, js_key_atom (JS_NAME (vm, LENGTH)), js_hold (vm, js_number (vm, (double) length)), TRUE);
  js_handles_close (vm, handles);
  return done;
}

static gboolean
set (JsVm *vm, JsValue object, gint64 index, JsValue value)
{
  JsHandles handles = js_handles_open (vm);
  gboolean done;

  js_hold (vm, value);
  done = js_set (vm, object, js_array_key (vm, index), value, TRUE);
  js_handles_close (vm, handles);
  return done;
}

static gboolean delete (JsVm *vm, JsValue object, gint64 index)
{
  JsKey key = js_array_key (vm, index);
  gboolean deleted;

  if (!js_delete (vm, object.payload, key, &deleted))
    return FALSE;
  if (!deleted)
    js_throw_type (vm, "Cannot delete property '%" G_GINT64_FORMAT "' of [object Array]", index);
  return deleted;
}

/* What is at @from goes to @to: a value or nothing. */
static gboolean
move (JsVm *vm, JsValue object, gint64 from, gint64 to)
{
  JsValue value;
  JsFound found = js_vm_tick (vm) ? js_array_find (vm, object, from, &value) : JS_FAILED;

  if (found == JS_FAILED)
    return FALSE;
  return found == JS_PRESENT ? set (vm, object, to, value) : delete (vm, object, to);
}

/* @n elements from @from on go to @to on, which may overlap. */
static gboolean
move_all (JsVm *vm, JsValue object, gint64 from, gint64 to, gint64 n)
{
  for (gint64 i = 0; i < n; i++)
    {
      gint64 at = to < from ? i : n - 1 - i;

      if (!move (vm, object, from + at, to + at))
        return FALSE;
    }
  return TRUE;
}

JsValue
js_array_method_push (JsVm *vm, const JsCall *call)
{
  JsValue object;
  gint64 length;

  if (!js_array_receiver (vm, call, &object, &length))
    return JS_THROWN;
  if (length > MOST_LENGTH - call->n)
    return js_throw_type (vm,
                          "Pushing %u elements on an array-like of length %" G_GINT64_FORMAT
                          " is disallowed by ECMA-262, as the total surpasses 2**53-1",
                          call->n,
                          length);
  for (guint i = 0; i < call->n; i++)
    {
      gboolean is_plain = js_is_array (vm, object) && length < G_MAXUINT32
                          && !js_class_of (vm, object.payload)->not_extensible;

      if (!(is_plain ? js_array_push (vm, object.payload, call->arguments[i])
                     : set (vm, object, length, call->arguments[i])))
        return JS_THROWN;
      length++;
    }
  if (js_is_array (vm, object) && length > G_MAXUINT32)
    return js_throw_range (vm, "Invalid array length");
  if (!js_is_array (vm, object) && !set_length (vm, object, length))
    return JS_THROWN;
  return js_number (vm, (double) length);
}

JsValue
js_array_method_pop (JsVm *vm, const JsCall *call)
{
  JsValue object, value = JS_UNDEFINED;
  gint64 length;

  if (!js_array_receiver (vm, call, &object, &length))
    return JS_THROWN;
  if (length > 0)
    {
      value = js_hold (vm, js_get (vm, object, js_array_key (vm, length - 1)));
      if (js_is_hole (value) || !delete (vm, object, length - 1))
        return JS_THROWN;
    }
  return set_length (vm, object, MAX (length - 1, 0)) ? value : JS_THROWN;
}

JsValue
js_array_method_shift (JsVm *vm, const JsCall *call)
{
  JsValue object, value = JS_UNDEFINED;
  gint64 length;

  if (!js_array_receiver (vm, call, &object, &length))
    return JS_THROWN;
  if (length > 0)
    {
      value = js_hold (vm, js_get_index (vm, object, 0));
      if (js_is_hole (value) || !move_all (vm, object, 1, 0, length - 1) || !delete (vm, object, length - 1))
        return JS_THROWN;
    }
  return set_length (vm, object, MAX (length - 1, 0)) ? value : JS_THROWN;
}

static gboolean
set_all (JsVm *vm, JsValue object, gint64 at, const JsValue *values, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!set (vm, object, at + i, values[i]))
      return FALSE;
  return TRUE;
}

JsValue
js_array_method_unshift (JsVm *vm, const JsCall *call)
{
  JsValue object;
  gint64 length;

  if (!js_array_receiver (vm, call, &object, &length)
      || (call->n > 0
          && (!move_all (vm, object, 0, call->n, length) || !set_all (vm, object, 0, call->arguments, call->n)))
      || !set_length (vm, object, length + call->n))
    return JS_THROWN;
  return js_number (vm, (double) (length + call->n));
}

JsValue
js_array_method_splice (JsVm *vm, const JsCall *call)
{
  JsValue object, removed;
  gint64 length, start, n_removed, n_added = call->n > 2 ? call->n - 2 : 0;
  double wanted;

  if (!js_array_receiver (vm, call, &object, &length) || !js_to_relative (vm, js_argument (call, 0), length, 0, &start)
      || !js_to_integer (vm, js_argument (call, 1), &wanted))
    return JS_THROWN;
  n_removed = call->n == 0 ? 0 : call->n == 1 ? length - start : (gint64) CLAMP (wanted, 0, (double) (length - start));
  removed = js_array_species (vm, object, n_removed);
  for (gint64 i = 0; !js_is_hole (removed) && i < n_removed; i++)
    {
      JsValue value;
      JsFound found = js_array_find (vm, object, start + i, &value);

      if (found == JS_FAILED || (found == JS_PRESENT && !js_array_put (vm, removed, i, value)))
        return JS_THROWN;
    }
  if (js_is_hole (removed)
      || (n_added != n_removed
          && !move_all (vm, object, start + n_removed, start + n_added, length - start - n_removed)))
    return JS_THROWN;
  for (gint64 i = length; i > length - n_removed + n_added; i--)
    if (!delete (vm, object, i - 1))
      return JS_THROWN;
  if (!set_all (vm, object, start, call->arguments + 2, (guint) n_added)
      || !set_length (vm, object, length - n_removed + n_added))
    return JS_THROWN;
  return removed;
}

JsValue
js_array_method_reverse (JsVm *vm, const JsCall *call)
{
  JsValue object;
  gint64 length;

  if (!js_array_receiver (vm, call, &object, &length))
    return JS_THROWN;
  for (gint64 low = 0, high = length - 1; low < high; low++, high--)
    {
      JsHandles handles = js_handles_open (vm);
      JsValue a, b;
      JsFound first = js_array_find (vm, object, low, &a), second;
      gboolean done;

      js_hold (vm, first == JS_PRESENT ? a : JS_UNDEFINED);
      second = first == JS_FAILED ? JS_FAILED : js_array_find (vm, object, high, &b);
      js_hold (vm, second == JS_PRESENT ? b : JS_UNDEFINED);
      done = second != JS_FAILED
             && (second == JS_PRESENT ? set (vm, object, low, b) : first == JS_ABSENT || delete (vm, object, low))
             && (first == JS_PRESENT ? set (vm, object, high, a) : second == JS_ABSENT || delete (vm, object, high));
      js_handles_close (vm, handles);
      if (!done || !js_vm_tick (vm))
        return JS_THROWN;
    }
  return object;
}

JsValue
js_array_method_fill (JsVm *vm, const JsCall *call)
{
  JsValue object;
  gint64 length, start, end;

  if (!js_array_receiver (vm, call, &object, &length) || !js_to_relative (vm, js_argument (call, 1), length, 0, &start)
      || !js_to_relative (vm, js_argument (call, 2), length, length, &end))
    return JS_THROWN;
  for (; start < end; start++)
    if (!js_vm_tick (vm) || !set (vm, object, start, js_argument (call, 0)))
      return JS_THROWN;
  return object;
}

JsValue
js_array_method_copy_within (JsVm *vm, const JsCall *call)
{
  JsValue object;
  gint64 length, to, from, end;

  if (!js_array_receiver (vm, call, &object, &length) || !js_to_relative (vm, js_argument (call, 0), length, 0, &to)
      || !js_to_relative (vm, js_argument (call, 1), length, 0, &from)
      || !js_to_relative (vm, js_argument (call, 2), length, length, &end)
      || !move_all (vm, object, from, to, MIN (end - from, length - to)))
    return JS_THROWN;
  return object;
}

/* ---- sort -------------------------------------------------------------------------------------------------------- */

typedef struct
{
  JsVm *vm;
  JsValue compare;
} Sort;

/* By the function, or by text: the strings are made in pairs there, since a comparison needs no more. */
static double
compare (gpointer data, JsValue a, JsValue b, gboolean *failed)
{
  Sort *self = data;
  const JsValue arguments[] = { a, b };
  JsHandles handles = js_handles_open (self->vm);
  double order = 0;

  if (js_is_undefined (self->compare))
    {
      JsValue first = js_hold (self->vm, js_to_string (self->vm, a)), second;

      second = js_is_hole (first) ? first : js_hold (self->vm, js_to_string (self->vm, b));
      *failed = js_is_hole (second);
      order = *failed ? 0 : js_string_compare (self->vm, first.payload, second.payload);
    }
  else
    {
      JsValue result = js_call (self->vm, self->compare, JS_UNDEFINED, arguments, 2);

      *failed = js_is_hole (result) || !js_to_number (self->vm, result, &order);
    }
  js_handles_close (self->vm, handles);
  *failed = *failed || !js_vm_tick (self->vm);
  return isnan (order) ? 0 : order;
}

/* The values that are to be compared, each held; undefined ones are only counted. FALSE: thrown. */
static gboolean
gather (JsVm *vm, JsValue object, gint64 length, gboolean holes_count, GArray *values, gint64 *n_undefined)
{
  JsValue copy = js_hold (vm, js_ref (js_new_array (vm, 0)));

  *n_undefined = 0;
  for (gint64 i = 0; i < length; i++)
    {
      JsValue value;
      JsFound found = js_vm_tick (vm) ? js_array_find (vm, object, i, &value) : JS_FAILED;

      if (found == JS_FAILED)
        return FALSE;
      if (found == JS_ABSENT && !holes_count)
        continue;
      if (found == JS_ABSENT || js_is_undefined (value))
        ++*n_undefined;
      else if (!js_array_push (vm, copy.payload, value))
        return FALSE;
    }
  for (guint32 i = 0; i < js_array_length (vm, copy.payload); i++)
    {
      JsValue value = js_element (vm, copy.payload, i);

      if (js_is_kind (vm, value, JS_KIND_HEAP_NUMBER))
        js_hold (vm, value);
      g_array_append_val (values, value);
    }
  return TRUE;
}

static gboolean
sort_values (JsVm *vm, const JsCall *call, GArray *values)
{
  Sort sort = { vm, js_argument (call, 0) };

  return js_tim_sort ((JsValue *) (gpointer) values->data, values->len, compare, &sort);
}

static gboolean
check_comparator (JsVm *vm, JsValue function)
{
  if (js_is_undefined (function) || js_is_callable (vm, function))
    return TRUE;
  js_throw_type (vm, "The comparison function must be either a function or undefined");
  return FALSE;
}

JsValue
js_array_method_sort (JsVm *vm, const JsCall *call)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (JsValue));
  gint64 length, n_undefined;
  JsValue object;

  if (!check_comparator (vm, js_argument (call, 0)) || !js_array_receiver (vm, call, &object, &length)
      || !gather (vm, object, length, FALSE, values, &n_undefined) || !sort_values (vm, call, values))
    return JS_THROWN;
  if (!set_all (vm, object, 0, (const JsValue *) (gconstpointer) values->data, values->len))
    return JS_THROWN;
  for (gint64 i = values->len; i < length; i++)
    {
      JsValue value;

      if (!js_vm_tick (vm))
        return JS_THROWN;
      if (i < values->len + n_undefined
              ? !set (vm, object, i, JS_UNDEFINED)
              : js_array_find (vm, object, i, &value) == JS_PRESENT && !delete (vm, object, i))
        return JS_THROWN;
    }
  return object;
}

JsValue
js_array_method_to_sorted (JsVm *vm, const JsCall *call)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (JsValue));
  const JsValue undefined = JS_UNDEFINED;
  gint64 length, n_undefined;
  JsValue object;

  if (!check_comparator (vm, js_argument (call, 0)) || !js_array_receiver (vm, call, &object, &length)
      || !gather (vm, object, length, TRUE, values, &n_undefined) || !sort_values (vm, call, values))
    return JS_THROWN;
  while (n_undefined-- > 0)
    g_array_append_val (values, undefined);
  return js_ref (js_new_array_of (vm, (const JsValue *) (gconstpointer) values->data, values->len));
}
