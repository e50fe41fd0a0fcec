/* array_iteration.c - Array.prototype: what calls a function for each element
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/array.h"
#include "runtime/message.h"

/* A walk over the elements of an array-like with a callback. */
typedef struct
{
  JsVm *vm;
  JsValue object, callback, receiver;
  gint64 length;
} Walk;

static gboolean
begin_with (Walk *self, JsVm *vm, const JsCall *call)
{
  *self = (Walk){ .vm = vm, .callback = js_argument (call, 0), .receiver = js_argument (call, 1) };
  return js_array_receiver (vm, call, &self->object, &self->length);
}

static gboolean
begin (Walk *self, JsVm *vm, const JsCall *call)
{
  return begin_with (self, vm, call) && js_check_callable (vm, self->callback);
}

/* callback (value, index, object); @value need not be held. */
static JsValue
call_back (Walk *self, JsValue value, gint64 index)
{
  JsValue arguments[] = { value, js_smi ((gint32) index), self->object };
  JsHandles handles = js_handles_open (self->vm);
  JsValue result;

  if (index > G_MAXINT32)
    {
      js_hold (self->vm, value);
      arguments[1] = js_hold (self->vm, js_number (self->vm, (double) index));
    }
  result = js_call (self->vm, self->callback, self->receiver, arguments, 3);
  js_handles_close (self->vm, handles);
  return result;
}

/* The element at @index: JS_ABSENT where it is left out. */
static JsFound
element (Walk *self, gint64 index, JsValue *value)
{
  return js_vm_tick (self->vm) ? js_array_find (self->vm, self->object, index, value) : JS_FAILED;
}

typedef enum
{
  WALK_FOR_EACH,
  WALK_SOME,
  WALK_EVERY,
} WalkKind;

/* forEach, some and every: the last two stop at an answer. */
static JsValue
walk (JsVm *vm, const JsCall *call, WalkKind kind)
{
  Walk self;

  if (!begin (&self, vm, call))
    return JS_THROWN;
  for (gint64 i = 0; i < self.length; i++)
    {
      JsValue value, result;
      JsFound found = element (&self, i, &value);

      if (found == JS_ABSENT)
        continue;
      result = found == JS_FAILED ? JS_THROWN : call_back (&self, value, i);
      if (js_is_hole (result))
        return JS_THROWN;
      if (kind != WALK_FOR_EACH && js_to_boolean (vm, result) == (kind == WALK_SOME))
        return js_boolean (kind == WALK_SOME);
    }
  return kind == WALK_FOR_EACH ? JS_UNDEFINED : js_boolean (kind == WALK_EVERY);
}

JsValue
js_array_method_for_each (JsVm *vm, const JsCall *call)
{
  return walk (vm, call, WALK_FOR_EACH);
}

JsValue
js_array_method_some (JsVm *vm, const JsCall *call)
{
  return walk (vm, call, WALK_SOME);
}

JsValue
js_array_method_every (JsVm *vm, const JsCall *call)
{
  return walk (vm, call, WALK_EVERY);
}

JsValue
js_array_method_map (JsVm *vm, const JsCall *call)
{
  JsValue array;
  Walk self;

  if (!begin (&self, vm, call))
    return JS_THROWN;
  array = js_array_species (vm, self.object, self.length);
  if (js_is_hole (array))
    return JS_THROWN;
  for (gint64 i = 0; i < self.length; i++)
    {
      JsValue value;
      JsFound found = element (&self, i, &value);

      if (found == JS_ABSENT)
        continue;
      value = found == JS_FAILED ? JS_THROWN : call_back (&self, value, i);
      if (js_is_hole (value) || !js_array_put (vm, array, i, value))
        return JS_THROWN;
    }
  return array;
}

/* Call back, and put @value where the answer is yes. */
static gboolean
sift (Walk *self, JsValue array, gint64 *n, JsValue value, gint64 index)
{
  JsHandles handles = js_handles_open (self->vm);
  JsValue result = call_back (self, js_hold (self->vm, value), index);
  gboolean done = !js_is_hole (result);

  if (done && js_to_boolean (self->vm, result))
    done = js_array_put (self->vm, array, (*n)++, value);
  js_handles_close (self->vm, handles);
  return done;
}

JsValue
js_array_method_filter (JsVm *vm, const JsCall *call)
{
  gint64 n = 0;
  JsValue array;
  Walk self;

  if (!begin (&self, vm, call))
    return JS_THROWN;
  array = js_array_species (vm, self.object, 0);
  if (js_is_hole (array))
    return JS_THROWN;
  for (gint64 i = 0; i < self.length; i++)
    {
      JsValue value;
      JsFound found = element (&self, i, &value);

      if (found == JS_FAILED || (found == JS_PRESENT && !sift (&self, array, &n, value, i)))
        return JS_THROWN;
    }
  return array;
}

/* ---- find -------------------------------------------------------------------------------------------------------- */

/* Elements that are left out count as undefined here. */
static JsValue
find (JsVm *vm, const JsCall *call, gboolean from_end, gboolean wants_index)
{
  Walk self;

  if (!begin (&self, vm, call))
    return JS_THROWN;
  for (gint64 n = 0; n < self.length; n++)
    {
      gint64 i = from_end ? self.length - 1 - n : n;
      JsHandles handles = js_handles_open (vm);
      JsValue value = js_hold (vm, js_get (vm, self.object, js_array_key (vm, i))), result = JS_THROWN;

      if (!js_is_hole (value) && js_vm_tick (vm))
        result = call_back (&self, value, i);
      js_handles_close (vm, handles);
      if (js_is_hole (result))
        return JS_THROWN;
      if (js_to_boolean (vm, result))
        return wants_index ? js_number (vm, (double) i) : value;
    }
  return wants_index ? js_smi (-1) : JS_UNDEFINED;
}

JsValue
js_array_method_find (JsVm *vm, const JsCall *call)
{
  return find (vm, call, FALSE, FALSE);
}

JsValue
js_array_method_find_index (JsVm *vm, const JsCall *call)
{
  return find (vm, call, FALSE, TRUE);
}

JsValue
js_array_method_find_last (JsVm *vm, const JsCall *call)
{
  return find (vm, call, TRUE, FALSE);
}

JsValue
js_array_method_find_last_index (JsVm *vm, const JsCall *call)
{
  return find (vm, call, TRUE, TRUE);
}

/* ---- reduce ------------------------------------------------------------------------------------------------------ */

static JsValue
reduce (JsVm *vm, const JsCall *call, gboolean from_end)
{
  gboolean has_sum = call->n > 1;
  guint handle;
  JsValue sum = js_argument (call, 1);
  Walk self;

  if (!begin (&self, vm, call))
    return JS_THROWN;
  handle = js_handle_new (vm, sum);
  for (gint64 n = 0; n < self.length; n++)
    {
      gint64 i = from_end ? self.length - 1 - n : n;
      JsValue value;
      JsFound found = element (&self, i, &value);

      if (found == JS_ABSENT)
        continue;
      if (found == JS_FAILED)
        return JS_THROWN;
      if (has_sum)
        {
          const JsValue arguments[] = { sum, value, js_smi ((gint32) i), self.object };
          value = js_call (vm, self.callback, JS_UNDEFINED, arguments, 4);
        }
      if (js_is_hole (value))
        return JS_THROWN;
      has_sum = TRUE;
      sum = value;
      js_handle_set (vm, handle, sum);
    }
  return has_sum ? sum : js_throw_type (vm, "Reduce of empty array with no initial value");
}

JsValue
js_array_method_reduce (JsVm *vm, const JsCall *call)
{
  return reduce (vm, call, FALSE);
}

JsValue
js_array_method_reduce_right (JsVm *vm, const JsCall *call)
{
  return reduce (vm, call, TRUE);
}

/* ---- flat -------------------------------------------------------------------------------------------------------- */

/* Append the elements of @from, and of arrays in it down to @depth. FALSE: thrown. */
static gboolean
flatten_into (JsVm *vm, JsValue array, gint64 *n, JsValue from, double depth)
{
  gint64 length = js_length_of (vm, from);
  gboolean done = length >= 0 && js_vm_enter (vm);

  if (!done)
    return FALSE;
  for (gint64 i = 0; done && i < length; i++)
    {
      JsHandles handles = js_handles_open (vm);
      JsValue value;
      JsFound found = js_vm_tick (vm) ? js_array_find (vm, from, i, &value) : JS_FAILED;

      if (found == JS_PRESENT && depth > 0 && js_is_array (vm, js_hold (vm, value)))
        done = flatten_into (vm, array, n, value, depth - 1);
      else if (found == JS_PRESENT)
        done = js_array_put (vm, array, (*n)++, value);
      else
        done = found == JS_ABSENT;
      js_handles_close (vm, handles);
    }
  js_vm_leave (vm);
  return done;
}

JsValue
js_array_method_flat (JsVm *vm, const JsCall *call)
{
  double depth = 1;
  JsValue object, array;
  gint64 length, n = 0;

  if (!js_array_receiver (vm, call, &object, &length)
      || (!js_is_undefined (js_argument (call, 0)) && !js_to_integer (vm, js_argument (call, 0), &depth)))
    return JS_THROWN;
  array = js_array_species (vm, object, 0);
  return !js_is_hole (array) && flatten_into (vm, array, &n, object, depth) ? array : JS_THROWN;
}

JsValue
js_array_method_flat_map (JsVm *vm, const JsCall *call)
{
  gint64 n = 0;
  JsValue array;
  Walk self;

  if (!begin_with (&self, vm, call))
    return JS_THROWN;
  if (!js_is_callable (vm, self.callback))
    return js_throw_type (vm, "flatMap mapper function is not callable");
  array = js_array_species (vm, self.object, 0);
  for (gint64 i = 0; !js_is_hole (array) && i < self.length; i++)
    {
      JsHandles handles = js_handles_open (vm);
      JsValue value;
      JsFound found = element (&self, i, &value);
      gboolean done = found != JS_FAILED;

      if (found == JS_PRESENT)
        {
          value = js_hold (vm, call_back (&self, value, i));
          done = !js_is_hole (value)
                 && (js_is_array (vm, value) ? flatten_into (vm, array, &n, value, 0)
                                             : js_array_put (vm, array, n++, value));
        }
      js_handles_close (vm, handles);
      if (!done)
        return JS_THROWN;
    }
  return array;
}
