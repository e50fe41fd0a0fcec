/* array_copies.c - Array.prototype: what leaves the array as it is
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/array.h"
#include "runtime/message.h"

/* Put @n elements of @from from @start on behind the @at of @array; those left out stay so, unless @fill. */
static gboolean
copy (JsVm *vm, JsValue from, gint64 start, gint64 n, JsValue array, gint64 at, gboolean fill)
{
  for (gint64 i = 0; i < n; i++)
    {
      JsValue value = JS_UNDEFINED;
      JsFound found = js_vm_tick (vm) ? js_array_find (vm, from, start + i, &value) : JS_FAILED;

      if (found == JS_ABSENT)
        value = JS_UNDEFINED;
      if (found == JS_FAILED || ((found == JS_PRESENT || fill) && !js_array_put (vm, array, at + i, value)))
        return FALSE;
    }
  return TRUE;
}

static JsValue
with_length (JsVm *vm, JsValue array, gint64 length)
{
  if (js_is_array (vm, array) && js_array_length (vm, array.payload) < length
      && !js_array_set_length (vm, array.payload, (guint32) length))
    return JS_THROWN;
  return array;
}

JsValue
js_array_method_slice (JsVm *vm, const JsCall *call)
{
  gint64 length, start, end;
  JsValue object, array;

  if (!js_array_receiver (vm, call, &object, &length) || !js_to_relative (vm, js_argument (call, 0), length, 0, &start)
      || !js_to_relative (vm, js_argument (call, 1), length, length, &end))
    return JS_THROWN;
  array = js_array_species (vm, object, MAX (end - start, 0));
  return !js_is_hole (array) && copy (vm, object, start, end - start, array, 0, FALSE) ? array : JS_THROWN;
}

/* Whether concat takes the elements of @value. FALSE: thrown. */
static gboolean
is_spreadable (JsVm *vm, JsValue value, gboolean *spreadable)
{
  JsValue said;

  *spreadable = FALSE;
  if (!js_is_object (vm, value))
    return TRUE;
  said = js_get (vm, value, js_key_atom (JS_SYMBOL (vm, IS_CONCAT_SPREADABLE)));
  *spreadable = js_is_undefined (said) ? js_is_array (vm, value) : js_to_boolean (vm, said);
  return !js_is_hole (said);
}

static gboolean
concat_one (JsVm *vm, JsValue array, gint64 *n, JsValue value)
{
  gboolean spreadable;
  gint64 length;

  if (!is_spreadable (vm, value, &spreadable))
    return FALSE;
  if (!spreadable)
    return js_array_put (vm, array, (*n)++, value);
  length = js_length_of (vm, value);
  if (length < 0 || !copy (vm, value, 0, length, array, *n, FALSE))
    return FALSE;
  *n += length;
  return TRUE;
}

JsValue
js_array_method_concat (JsVm *vm, const JsCall *call)
{
  JsValue object = js_hold (vm, js_to_object (vm, call->receiver)), array;
  gint64 n = 0;

  if (js_is_hole (object))
    return JS_THROWN;
  array = js_array_species (vm, object, 0);
  if (js_is_hole (array) || !concat_one (vm, array, &n, object))
    return JS_THROWN;
  for (guint i = 0; i < call->n; i++)
    if (!concat_one (vm, array, &n, call->arguments[i]))
      return JS_THROWN;
  return with_length (vm, array, n);
}

/* Of a new array. FALSE: thrown. */
static gboolean
check_length (JsVm *vm, gint64 length)
{
  if (length <= G_MAXUINT32)
    return TRUE;
  js_throw_range (vm, "Invalid array length");
  return FALSE;
}

JsValue
js_array_method_with (JsVm *vm, const JsCall *call)
{
  JsValue object, array;
  double index;
  gint64 length;

  if (!js_array_receiver (vm, call, &object, &length) || !js_to_integer (vm, js_argument (call, 0), &index))
    return JS_THROWN;
  if (index < 0)
    index += (double) length;
  if (index < 0 || index >= (double) length)
    {
      g_autofree char *text = js_message_text (vm, js_argument (call, 0));
      return js_throw_range (vm, "Invalid index : %s", text);
    }
  if (!check_length (vm, length))
    return JS_THROWN;
  array = js_hold (vm, js_ref (js_new_array (vm, (guint32) length)));
  if (js_is_hole (array) || !copy (vm, object, 0, length, array, 0, TRUE)
      || !js_set_element (vm, array.payload, (guint32) index, js_argument (call, 1)))
    return JS_THROWN;
  return array;
}

JsValue
js_array_method_to_reversed (JsVm *vm, const JsCall *call)
{
  JsValue object, array;
  gint64 length;

  if (!js_array_receiver (vm, call, &object, &length) || !check_length (vm, length))
    return JS_THROWN;
  array = js_hold (vm, js_ref (js_new_array (vm, (guint32) length)));
  for (gint64 i = 0; !js_is_hole (array) && i < length; i++)
    if (!copy (vm, object, length - 1 - i, 1, array, i, TRUE))
      return JS_THROWN;
  return array;
}

JsValue
js_array_method_to_spliced (JsVm *vm, const JsCall *call)
{
  gint64 length, start, removed, added = call->n > 2 ? call->n - 2 : 0;
  JsValue object, array;
  double wanted;

  if (!js_array_receiver (vm, call, &object, &length) || !js_to_relative (vm, js_argument (call, 0), length, 0, &start)
      || !js_to_integer (vm, js_argument (call, 1), &wanted))
    return JS_THROWN;
  removed = call->n == 0 ? 0 : call->n == 1 ? length - start : (gint64) CLAMP (wanted, 0, (double) (length - start));
  if (!check_length (vm, length - removed + added))
    return JS_THROWN;
  array = js_hold (vm, js_ref (js_new_array (vm, (guint32) (length - removed + added))));
  if (js_is_hole (array) || !copy (vm, object, 0, start, array, 0, TRUE))
    return JS_THROWN;
  for (gint64 i = 0; i < added; i++)
    if (!js_array_put (vm, array, start + i, call->arguments[2 + i]))
      return JS_THROWN;
  return copy (vm, object, start + removed, length - start - removed, array, start + added, TRUE) ? array : JS_THROWN;
}

/* ---- looking ----------------------------------------------------------------------------------------------------- */

JsValue
js_array_method_at (JsVm *vm, const JsCall *call)
{
  JsValue object;
  double index;
  gint64 length;

  if (!js_array_receiver (vm, call, &object, &length) || !js_to_integer (vm, js_argument (call, 0), &index))
    return JS_THROWN;
  if (index < 0)
    index += (double) length;
  if (index < 0 || index >= (double) length)
    return JS_UNDEFINED;
  return js_get (vm, object, js_array_key (vm, (gint64) index));
}

JsValue
js_array_method_includes (JsVm *vm, const JsCall *call)
{
  gint64 length, start;
  JsValue object;

  if (!js_array_receiver (vm, call, &object, &length) || !js_to_relative (vm, js_argument (call, 1), length, 0, &start))
    return JS_THROWN;
  for (; start < length; start++)
    {
      JsValue value = js_vm_tick (vm) ? js_get (vm, object, js_array_key (vm, start)) : JS_THROWN;

      if (js_is_hole (value))
        return JS_THROWN;
      if (js_same_value_zero (vm, value, js_argument (call, 0)))
        return JS_TRUE;
    }
  return JS_FALSE;
}

/* The place of the element that is strictly equal to the argument, from @start on by @step; -1. */
static JsValue
seek (JsVm *vm, const JsCall *call, JsValue object, gint64 start, gint64 end, gint64 step)
{
  for (gint64 i = start; i != end; i += step)
    {
      JsValue value;
      JsFound found = js_vm_tick (vm) ? js_array_find (vm, object, i, &value) : JS_FAILED;

      if (found == JS_FAILED)
        return JS_THROWN;
      if (found == JS_PRESENT && js_strictly_equal (vm, value, js_argument (call, 0)))
        return js_number (vm, (double) i);
    }
  return js_smi (-1);
}

JsValue
js_array_method_index_of (JsVm *vm, const JsCall *call)
{
  gint64 length, start;
  JsValue object;

  if (!js_array_receiver (vm, call, &object, &length))
    return JS_THROWN;
  if (length == 0)
    return js_smi (-1);
  if (!js_to_relative (vm, js_argument (call, 1), length, 0, &start))
    return JS_THROWN;
  return seek (vm, call, object, start, length, 1);
}

JsValue
js_array_method_last_index_of (JsVm *vm, const JsCall *call)
{
  double start;
  gint64 length;
  JsValue object;

  if (!js_array_receiver (vm, call, &object, &length))
    return JS_THROWN;
  start = (double) length - 1;
  if (call->n > 1 && !js_to_integer (vm, call->arguments[1], &start))
    return JS_THROWN;
  start = start < 0 ? start + (double) length : MIN (start, (double) length - 1);
  return start < 0 ? js_smi (-1) : seek (vm, call, object, (gint64) start, -1, -1);
}

/* ---- as text ----------------------------------------------------------------------------------------------------- */

/* Arrays that are being joined: what holds itself is left out there, as in V8. */
static GArray *
joined (void)
{
  static GPrivate list = G_PRIVATE_INIT ((GDestroyNotify) g_array_unref);
  GArray *self = g_private_get (&list);

  if (self == NULL)
    {
      self = g_array_new (FALSE, FALSE, sizeof (HpRef));
      g_private_set (&list, self);
    }
  return self;
}

static gboolean
is_joined (HpRef object)
{
  GArray *list = joined ();

  for (guint i = 0; i < list->len; i++)
    if (g_array_index (list, HpRef, i) == object)
      return TRUE;
  return FALSE;
}

static gboolean
add_text (JsVm *vm, JsStringBuilder *text, JsValue value, gboolean locale)
{
  if (js_is_hole (value) || js_is_nullish (value))
    return !js_is_hole (value);
  if (locale)
    value = js_invoke (vm, js_hold (vm, value), js_atom (vm, "toLocaleString", -1), NULL, 0);
  value = js_is_hole (value) ? value : js_to_string (vm, js_hold (vm, value));
  if (js_is_hole (value))
    return FALSE;
  js_string_builder_add (vm, text, value.payload);
  return TRUE;
}

static gboolean
join_into (JsVm *vm, JsStringBuilder *text, JsValue object, gint64 length, JsValue separator, gboolean locale)
{
  for (gint64 i = 0; i < length; i++)
    {
      JsHandles handles = js_handles_open (vm);
      gboolean done;

      if (i > 0)
        js_string_builder_add (vm, text, separator.payload);
      done = js_string_builder_check (vm, text)
             && add_text (vm, text, js_get (vm, object, js_array_key (vm, i)), locale);
      js_handles_close (vm, handles);
      if (!done)
        return FALSE;
    }
  return TRUE;
}

static JsValue
join (JsVm *vm, JsValue object, gint64 length, JsValue separator, gboolean locale)
{
  JsStringBuilder text;
  gboolean done;

  if (is_joined (object.payload))
    return js_string (vm, "", 0);
  if ((double) (length - 1) * js_string_length (vm, separator.payload) > JS_STRING_LONGEST)
    return js_throw_range (vm, "Invalid string length");
  if (!js_vm_enter (vm))
    return JS_THROWN;
  g_array_append_val (joined (), object.payload);
  js_string_builder_init (&text);
  done = join_into (vm, &text, object, length, separator, locale);
  g_array_set_size (joined (), joined ()->len - 1);
  js_vm_leave (vm);
  if (done)
    return js_string_builder_finish (vm, &text);
  js_string_builder_clear (&text);
  return JS_THROWN;
}

JsValue
js_array_method_join (JsVm *vm, const JsCall *call)
{
  JsValue object, separator = js_argument (call, 0);
  gint64 length;

  if (!js_array_receiver (vm, call, &object, &length))
    return JS_THROWN;
  separator = js_hold (vm, js_is_undefined (separator) ? js_string (vm, ",", 1) : js_to_string (vm, separator));
  return js_is_hole (separator) ? JS_THROWN : join (vm, object, length, separator, FALSE);
}

JsValue
js_array_method_to_locale_string (JsVm *vm, const JsCall *call)
{
  JsValue object;
  gint64 length;

  if (!js_array_receiver (vm, call, &object, &length))
    return JS_THROWN;
  return join (vm, object, length, js_hold (vm, js_string (vm, ",", 1)), TRUE);
}

JsValue
js_array_method_to_string (JsVm *vm, const JsCall *call)
{
  JsValue object = js_hold (vm, js_to_object (vm, call->receiver)), method;

  if (js_is_hole (object))
    return JS_THROWN;
  method = js_get (vm, object, js_key_atom (js_atom (vm, "join", -1)));
  if (js_is_callable (vm, method))
    return js_call (vm, method, object, NULL, 0);
  return js_is_hole (method) ? method : js_string_printf (vm, "[object %s]", js_builtin_tag (vm, object));
}
