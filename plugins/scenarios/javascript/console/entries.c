/* entries.c - what is in arrays, Maps, Sets, promises, and properties, as inspect shows them
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "console/inspect.h"

#include "library/map.h"

#include <string.h>

static char *
inner (JsInspect *self, JsValue value, gint depth)
{
  char *text;

  self->indentation += 2;
  text = js_inspect_value (self, value, depth);
  self->indentation -= 2;
  return text;
}

static void
add_more (GPtrArray *output, gint64 n, const char *what)
{
  if (n > 0)
    g_ptr_array_add (output, g_strdup_printf ("... %" G_GINT64_FORMAT " more %s%s", n, what, n > 1 ? "s" : ""));
}

static gboolean
is_numeric (JsVm *vm, JsValue value)
{
  return js_is_number (vm, value) || js_is_kind (vm, value, JS_KIND_BIGINT);
}

/* The element is held while it is shown. */
static void
add_element (JsInspect *self, JsValue object, guint32 index, gint depth, GPtrArray *output, guint *n_numbers)
{
  JsHandles handles = js_handles_open (self->vm);
  JsDescriptor own;

  if (js_get_own (self->vm, object.payload, js_key_index (index), &own) == JS_PRESENT && !own.is_accessor)
    {
      js_hold (self->vm, own.value);
      if (*n_numbers == output->len && is_numeric (self->vm, own.value))
        ++*n_numbers;
    }
  js_handles_close (self->vm, handles);
  g_ptr_array_add (output, js_inspect_property (self, object, js_key_index (index), JS_EXTRAS_ELEMENT, depth));
}

static void
add_holes (JsInspect *self, GPtrArray *output, guint32 n)
{
  if (n > 0)
    g_ptr_array_add (
        output,
        js_inspect_style (self, g_strdup_printf ("<%u empty item%s>", n, n > 1 ? "s" : ""), JS_STYLE_UNDEFINED));
}

/* The next own index at or behind @from; @length where there is none. */
static guint32
next_index (JsVm *vm, HpRef array, guint32 from, guint32 length)
{
  g_autoptr (GArray) indices = NULL;

  if (from < length && js_has_own (vm, array, js_key_index (from)) == JS_PRESENT)
    return from;
  indices = js_element_indices (vm, array);
  for (guint i = 0; i < indices->len; i++)
    if (g_array_index (indices, guint32, i) >= from)
      return g_array_index (indices, guint32, i);
  return length;
}

static void
add_array (JsInspect *self, JsValue array, gint depth, GPtrArray *output, guint *n_numbers)
{
  guint32 length = js_array_length (self->vm, array.payload), index = 0;

  while (index < length && output->len < self->most_elements && !self->failed && js_vm_tick (self->vm))
    {
      guint32 next = next_index (self->vm, array.payload, index, length);

      add_holes (self, output, next - index);
      index = next;
      if (index < length && output->len < self->most_elements)
        add_element (self, array, index++, depth, output, n_numbers);
    }
  /* Node looks at as many values as there are entries: the last entry tells how many more there are. */
  if (index < length && *n_numbers == output->len && is_numeric (self->vm, js_element (self->vm, array.payload, index)))
    ++*n_numbers;
  add_more (output, (gint64) length - index, "item");
}

static void
add_typed_array (JsInspect *self, JsValue array, gint depth, GPtrArray *output, guint *n_numbers)
{
  gint64 length = js_length_of (self->vm, array), n = MIN (length, (gint64) self->most_elements);

  for (guint32 i = 0; i < n; i++)
    add_element (self, array, i, depth, output, n_numbers);
  add_more (output, length - n, "item");
  *n_numbers = length > n ? output->len : *n_numbers;
}

/* ---- Map and Set ------------------------------------------------------------------------------------------------- */

/* All that entries () or values () of the library's own prototype gives, as an array; held. */
static JsValue
list (JsInspect *self, JsValue object, JsIntrinsic prototype, const char *method)
{
  JsValue function = js_get_named (self->vm, js_intrinsic (self->vm, prototype), js_atom (self->vm, method, -1));
  JsValue iterator = js_hold (self->vm, js_call (self->vm, function, object, NULL, 0)), array = iterator;

  if (!js_is_hole (iterator))
    array = js_hold (self->vm, js_array_from_iterable (self->vm, iterator));
  self->failed = self->failed || js_is_hole (array);
  return array;
}

static JsValue
element (JsInspect *self, JsValue array, guint32 index)
{
  return js_hold (self->vm, js_element (self->vm, array.payload, index));
}

static void
add_set (JsInspect *self, JsValue set, gint depth, GPtrArray *output)
{
  JsValue values = list (self, set, JS_INTRINSIC_SET_PROTOTYPE, "values");
  guint32 n = self->failed ? 0 : js_array_length (self->vm, values.payload);

  for (guint32 i = 0; i < MIN (n, self->most_elements); i++)
    g_ptr_array_add (output, inner (self, element (self, values, i), depth));
  add_more (output, (gint64) n - self->most_elements, "item");
}

static void
add_rest (JsInspect *self, JsValue iterator, gint depth, GPtrArray *output)
{
  JsValue rest = js_hold (self->vm, js_collection_rest (self->vm, iterator.payload));
  guint32 n = js_is_hole (rest) ? 0 : js_array_length (self->vm, rest.payload);

  self->failed = self->failed || js_is_hole (rest);
  for (guint32 i = 0; i < MIN (n, self->most_elements); i++)
    g_ptr_array_add (output, inner (self, element (self, rest, i), depth));
  add_more (output, (gint64) n - self->most_elements, "item");
}

static void
add_map (JsInspect *self, JsValue map, gint depth, GPtrArray *output)
{
  JsValue entries = list (self, map, JS_INTRINSIC_MAP_PROTOTYPE, "entries");
  guint32 n = self->failed ? 0 : js_array_length (self->vm, entries.payload);

  for (guint32 i = 0; i < MIN (n, self->most_elements); i++)
    {
      JsValue entry = element (self, entries, i);
      g_autofree char *key = inner (self, element (self, entry, 0), depth);
      g_autofree char *value = inner (self, element (self, entry, 1), depth);

      g_ptr_array_add (output, g_strdup_printf ("%s => %s", key, value));
    }
  add_more (output, (gint64) n - self->most_elements, "item");
}

/* ---- others ------------------------------------------------------------------------------------------------------ */

static void
add_promise (JsInspect *self, JsValue promise, gint depth, GPtrArray *output)
{
  JsPromiseState state = js_promise_state (self->vm, promise.payload);
  g_autofree char *result = NULL, *rejected = NULL;

  if (state == JS_PROMISE_PENDING)
    {
      g_ptr_array_add (output, js_inspect_style (self, g_strdup ("<pending>"), JS_STYLE_SPECIAL));
      return;
    }
  result = inner (self, js_hold (self->vm, js_promise_result (self->vm, promise.payload)), depth);
  rejected = js_inspect_style (self, g_strdup ("<rejected>"), JS_STYLE_SPECIAL);
  g_ptr_array_add (
      output, state == JS_PROMISE_REJECTED ? g_strconcat (rejected, " ", result, NULL) : g_steal_pointer (&result));
}

static void
add_bytes (JsInspect *self, JsValue buffer, GPtrArray *output)
{
  JsVm *vm = self->vm;
  JsValue constructor = js_library_constructor (vm, "Uint8Array");
  JsValue bytes = js_hold (vm, js_construct (vm, constructor, &buffer, 1, constructor));
  gint64 length = js_is_hole (bytes) ? 0 : js_length_of (vm, bytes), n = MIN (length, (gint64) self->most_elements);
  g_autofree char *title = js_inspect_style (self, g_strdup ("[Uint8Contents]"), JS_STYLE_SPECIAL);
  GString *text = g_string_new (title);

  g_string_append (text, ": <");
  for (guint32 i = 0; i < n; i++)
    g_string_append_printf (text, "%s%02x", i > 0 ? " " : "", js_as_smi (js_get_index (vm, bytes, i)));
  if (length > n)
    g_string_append_printf (text, " ... %" G_GINT64_FORMAT " more byte%s", length - n, length - n > 1 ? "s" : "");
  g_string_append_c (text, '>');
  g_ptr_array_add (output, g_string_free (text, FALSE));
}

gboolean
js_inspect_entries (JsInspect *self, JsValue object, gint depth, GPtrArray *output, guint *n_numbers)
{
  JsHandles handles = js_handles_open (self->vm);
  gboolean has = TRUE;

  switch ((JsKind) js_class_of (self->vm, object.payload)->kind)
    {
    case JS_KIND_ARRAY:
      add_array (self, object, depth, output, n_numbers);
      break;
    case JS_KIND_TYPED_ARRAY:
      add_typed_array (self, object, depth, output, n_numbers);
      break;
    case JS_KIND_SET:
      add_set (self, object, depth, output);
      break;
    case JS_KIND_MAP:
      add_map (self, object, depth, output);
      break;
    case JS_KIND_MAP_ITERATOR:
    case JS_KIND_SET_ITERATOR:
      add_rest (self, object, depth, output);
      break;
    case JS_KIND_PROMISE:
      add_promise (self, object, depth, output);
      break;
    case JS_KIND_ARRAY_BUFFER:
      add_bytes (self, object, output);
      break;
    case JS_KIND_WEAK_MAP:
    case JS_KIND_WEAK_SET:
      g_ptr_array_add (output, js_inspect_style (self, g_strdup ("<items unknown>"), JS_STYLE_SPECIAL));
      break;
    default:
      has = FALSE;
    }
  js_handles_close (self->vm, handles);
  return has;
}

/* ---- properties -------------------------------------------------------------------------------------------------- */

static gboolean
is_plain_name (const char *text)
{
  if (!g_ascii_isalpha (*text) && *text != '_')
    return FALSE;
  while (g_ascii_isalnum (*text) || *text == '_')
    text++;
  return *text == '\0';
}

/* @description: (transfer full) */
static char *
symbol_text (char *description)
{
  char *text = g_strdup_printf ("Symbol(%s)", description);

  g_free (description);
  return text;
}

static char *
name_of (JsInspect *self, JsKey key, gboolean enumerable)
{
  JsAtom *atom = js_key_to_atom (self->vm, key);
  g_autofree char *escaped = NULL;

  if (atom->kind != JS_ATOM_STRING)
    {
      escaped = js_escape (atom->text, atom->length);
      escaped = js_inspect_style (self, symbol_text (g_steal_pointer (&escaped)), JS_STYLE_SYMBOL);
      return g_strdup_printf ("[%s]", escaped);
    }
  if (strcmp (atom->text, "__proto__") == 0)
    return g_strdup ("['__proto__']");
  if (!enumerable)
    {
      escaped = js_escape (atom->text, atom->length);
      return g_strdup_printf ("[%s]", escaped);
    }
  if (is_plain_name (atom->text))
    return g_strdup (atom->text);
  return js_inspect_style (self, js_quote (atom->text, atom->length), JS_STYLE_STRING);
}

/* What a getter gives, or the error that it throws, behind @label. */
static char *
getter_text (JsInspect *self, JsValue object, JsValue getter, const char *label)
{
  g_autofree char *open = js_inspect_style (self, g_strdup_printf ("[%s:", label), JS_STYLE_SPECIAL);
  g_autofree char *close = js_inspect_style (self, g_strdup ("]"), JS_STYLE_SPECIAL), *text = NULL;
  JsValue value = js_hold (self->vm, js_call (self->vm, getter, object, NULL, 0));

  if (js_is_hole (value))
    {
      value = js_hold (self->vm, js_catch (self->vm));
      text = js_is_object (self->vm, value) ? js_inspect_get_text (self, value, JS_NAME (self->vm, MESSAGE)) : NULL;
      return g_strdup_printf ("%s <Inspection threw (%s)>%s", open, text != NULL ? text : "undefined", close);
    }
  text = inner (self, value, self->current_depth);
  if (!js_is_object (self->vm, value) || js_is_callable (self->vm, value))
    return g_strdup_printf ("%s %s%s", open, text, close);
  g_free (open);
  open = js_inspect_style (self, g_strdup_printf ("[%s]", label), JS_STYLE_SPECIAL);
  return g_strdup_printf ("%s %s", open, text);
}

static char *
accessor_text (JsInspect *self, JsValue object, const JsDescriptor *own)
{
  gboolean get = !js_is_nullish (own->getter) && !js_is_hole (own->getter);
  gboolean set = !js_is_nullish (own->setter) && !js_is_hole (own->setter);
  const char *label = get && set ? "Getter/Setter" : get ? "Getter" : "Setter";

  if (!get && !set)
    return js_inspect_style (self, g_strdup ("undefined"), JS_STYLE_UNDEFINED);
  if (get
      && (self->getters == JS_GETTERS_ALL || (self->getters == JS_GETTERS_ALONE && !set)
          || (self->getters == JS_GETTERS_WITH_SETTER && set)))
    return getter_text (self, object, own->getter, label);
  return js_inspect_style (self, g_strdup_printf ("[%s]", label), JS_STYLE_SPECIAL);
}

/* compact: true indents by one more, and puts what is longer than a line on its own. */
static char *
compact_property (JsInspect *self, const char *name, const char *text)
{
  if (js_text_width (text) <= self->break_length)
    return g_strdup_printf ("%s: %s", name, text);
  return g_strdup_printf ("%s:\n%*s%s", name, (int) self->indentation + 3, "", text);
}

static char *
property_value (JsInspect *self, JsValue object, const JsDescriptor *own, JsExtras extras, gint depth)
{
  char *text;

  if (own->is_accessor)
    return accessor_text (self, object, own);
  self->indentation += self->compact == JS_COMPACT_ALWAYS && extras == JS_EXTRAS_OBJECT ? 1 : 0;
  text = inner (self, js_hold (self->vm, own->value), depth);
  self->indentation -= self->compact == JS_COMPACT_ALWAYS && extras == JS_EXTRAS_OBJECT ? 1 : 0;
  return text;
}

char *
js_inspect_property (JsInspect *self, JsValue object, JsKey key, JsExtras extras, gint depth)
{
  JsHandles handles = js_handles_open (self->vm);
  JsDescriptor own = { .value = JS_UNDEFINED, .attributes = JS_ENUMERABLE };
  JsFound found = js_get_own (self->vm, object.payload, key, &own);
  g_autofree char *text = NULL, *name = NULL;

  if (found == JS_ABSENT)
    own = (JsDescriptor){ .value = js_get (self->vm, object, key), .attributes = JS_ENUMERABLE };
  self->failed = self->failed || found == JS_FAILED;
  text = property_value (self, object, &own, extras, depth);
  js_handles_close (self->vm, handles);
  if (extras == JS_EXTRAS_ELEMENT)
    return g_steal_pointer (&text);
  name = name_of (self, key, (own.attributes & JS_ENUMERABLE) != 0);
  if (self->compact == JS_COMPACT_ALWAYS && extras == JS_EXTRAS_OBJECT)
    return compact_property (self, name, text);
  return g_strdup_printf ("%s: %s", name, text);
}
