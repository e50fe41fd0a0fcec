/* inspect.c - values as Node's util.inspect shows them: what kind of thing it is, and what is in it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "console/inspect.h"

#include "library/array_buffer.h"
#include "library/map.h"

#include <string.h>

/* Node's recursion ends there: of objects, of arrays. */
#define MOST_LEVELS 978
#define MOST_ARRAY_LEVELS 852

#define MOST_TEXT (1u << 27)

void
js_inspect_init (JsInspect *self, JsVm *vm)
{
  *self = (JsInspect){ .vm = vm,
                       .depth = 2,
                       .break_length = 80,
                       .compact = 3,
                       .most_elements = 100,
                       .most_characters = 10000,
                       .comparator = JS_UNDEFINED,
                       .options = JS_UNDEFINED,
                       .custom = g_hash_table_lookup (vm->atoms.registered, "nodejs.util.inspect.custom"),
                       .seen = g_array_new (FALSE, FALSE, sizeof (HpRef)),
                       .circular = g_array_new (FALSE, FALSE, sizeof (HpRef)),
                       .budget = g_array_new (FALSE, TRUE, sizeof (gsize)) };
  if (vm->inspect_defaults != HP_REF_NONE && !js_inspect_options (self, js_ref (vm->inspect_defaults)))
    js_catch (vm);
  self->options = JS_UNDEFINED;
}

void
js_inspect_clear (JsInspect *self)
{
  g_clear_pointer (&self->seen, g_array_unref);
  g_clear_pointer (&self->circular, g_array_unref);
  g_clear_pointer (&self->budget, g_array_unref);
}

static guint
place_of (GArray *refs, HpRef ref)
{
  for (guint i = 0; i < refs->len; i++)
    if (g_array_index (refs, HpRef, i) == ref)
      return i + 1;
  return 0;
}

/* What an object is shown as, piece by piece. */
typedef struct
{
  JsValue object;
  JsKind kind;
  char *constructor; /* NULL: no prototype */
  char *tag;
  GArray *keys; /* of JsKey */
  char *base, *open;
  const char *close;
  JsExtras extras;
  char *whole; /* all there is to show */
} Shown;

static void
shown_clear (Shown *shown)
{
  g_free (shown->constructor);
  g_free (shown->tag);
  g_free (shown->base);
  g_free (shown->open);
  g_array_unref (shown->keys);
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

static GArray *
list_keys (JsInspect *self, JsValue object, gboolean without_indices)
{
  JsKeysWanted wanted = JS_KEYS_STRINGS | JS_KEYS_SYMBOLS | (self->show_hidden ? 0 : JS_KEYS_ENUMERABLE);
  GArray *keys = js_own_keys (self->vm, object.payload, wanted);

  for (guint i = keys->len; without_indices && i > 0; i--)
    if (g_array_index (keys, JsKey, i - 1).atom == NULL)
      g_array_remove_index (keys, i - 1);
  return keys;
}

/* Symbol.toStringTag where it is not shown among the properties. */
static char *
find_tag (JsInspect *self, JsValue object)
{
  JsKey key = js_key_atom (JS_SYMBOL (self->vm, TO_STRING_TAG));
  JsValue tag = js_get (self->vm, object, key);
  JsDescriptor own;

  if (js_is_hole (tag))
    js_catch (self->vm);
  if (js_is_hole (tag) || !js_is_string (self->vm, tag)
      || (js_get_own (self->vm, object.payload, key, &own) == JS_PRESENT && (own.attributes & JS_ENUMERABLE)))
    return g_strdup ("");
  return js_string_to_utf8 (self->vm, tag.payload, NULL);
}

/* ---- what it is -------------------------------------------------------------------------------------------------- */

/* The constructor's name, where that says more than the braces do. */
static void
open_list (Shown *shown, const char *fallback, gint64 size, const char *brace)
{
  g_autofree char *count = g_strdup_printf ("(%" G_GINT64_FORMAT ")", size);
  g_autofree char *prefix = js_inspect_prefix (shown->constructor, shown->tag, fallback, count);

  shown->open = g_strconcat (prefix, brace, NULL);
  shown->close = *brace == '[' ? "]" : "}";
  if (size == 0 && shown->keys->len == 0)
    shown->whole = g_strconcat (shown->open, shown->close, NULL);
}

static void
open_array (JsInspect *self, Shown *shown)
{
  gint64 length = js_array_length (self->vm, shown->object.payload);

  shown->extras = JS_EXTRAS_ARRAY;
  if (g_strcmp0 (shown->constructor, "Array") != 0 || *shown->tag != '\0')
    {
      open_list (shown, "Array", length, "[");
      return;
    }
  shown->open = g_strdup ("[");
  shown->close = "]";
  if (length == 0 && shown->keys->len == 0)
    shown->whole = g_strdup ("[]");
}

/* Node: lib/buffer.js, Buffer.prototype[customInspectSymbol] */
static char *
buffer_text (JsVm *vm, HpRef buffer)
{
  GString *text = g_string_new (NULL);
  guint32 n;
  const guint8 *bytes = js_view_bytes (vm, buffer, &n);

  for (guint32 i = 0; i < MIN (n, 50); i++)
    g_string_append_printf (text, " %02x", bytes[i]);
  if (n > 50)
    g_string_append_printf (text, " ... %u more byte%s", n - 50, n > 51 ? "s" : "");
  g_string_prepend (text, n > 0 ? "<Buffer" : "<Buffer ");
  g_string_append_c (text, '>');
  return g_string_free (text, FALSE);
}

static void
open_typed_array (JsInspect *self, Shown *shown)
{
  if (g_strcmp0 (shown->constructor, "Buffer") == 0)
    {
      shown->whole = buffer_text (self->vm, shown->object.payload);
      return;
    }
  shown->extras = JS_EXTRAS_ARRAY;
  open_list (shown, "TypedArray", js_length_of (self->vm, shown->object), "[");
}

static gint64
size_of (JsInspect *self, JsValue object)
{
  JsValue size = js_get_named (self->vm, object, JS_NAME (self->vm, SIZE));

  return js_is_smi (size) ? js_as_smi (size) : 0;
}

static void
open_object (Shown *shown, const char *fallback)
{
  g_autofree char *prefix = NULL;

  if (g_strcmp0 (shown->constructor, "Object") == 0 && shown->kind == JS_KIND_ARGUMENTS)
    shown->open = g_strdup ("[Arguments] {");
  else if (g_strcmp0 (shown->constructor, "Object") == 0 && *shown->tag == '\0')
    shown->open = g_strdup ("{");
  else
    {
      prefix = js_inspect_prefix (shown->constructor, shown->tag, fallback, "");
      shown->open = g_strconcat (prefix, "{", NULL);
    }
}

static char *
call_text (JsInspect *self, JsValue object, const char *method)
{
  JsValue text = js_invoke (self->vm, object, js_atom (self->vm, method, -1), NULL, 0);

  if (js_is_hole (text))
    js_catch (self->vm);
  return js_is_string (self->vm, text) ? js_string_to_utf8 (self->vm, text.payload, NULL) : g_strdup ("");
}

static char *
date_text (JsInspect *self, JsValue date)
{
  JsValue time = js_invoke (self->vm, date, js_atom (self->vm, "getTime", -1), NULL, 0);

  if (js_is_number (self->vm, time) && isnan (js_as_double (self->vm, time)))
    return g_strdup ("Invalid Date");
  return call_text (self, date, "toISOString");
}

/* What has a text of its own: it is all, where there are no properties. */
static void
set_base (JsInspect *self, Shown *shown, char *base, const char *usual, JsStyle style)
{
  g_autofree char *prefix = usual != NULL ? js_inspect_prefix (shown->constructor, shown->tag, usual, "") : NULL;

  if (prefix != NULL && (g_strcmp0 (shown->constructor, usual) != 0 || *shown->tag != '\0'))
    {
      shown->base = g_strconcat (prefix, base, NULL);
      g_free (base);
    }
  else
    shown->base = base;
  shown->open = g_strdup ("{");
  if (shown->keys->len == 0)
    shown->whole = js_inspect_style (self, g_strdup (shown->base), style);
}

static void
open_iterator (JsInspect *self, Shown *shown)
{
  const char *of = shown->kind == JS_KIND_MAP_ITERATOR ? "Map" : "Set";
  gboolean entries = js_collection_gives_entries (self->vm, shown->object.payload);

  shown->open = g_strdup_printf ("[%s %s] {", of, entries ? "Entries" : "Iterator");
}

/* Properties of the prototype that are shown as if they were its own. */
static void
prepend_keys (JsInspect *self, Shown *shown, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      JsKey key = js_key_atom (js_atom (self->vm, names[i], -1));
      g_array_insert_val (shown->keys, i, key);
    }
}

static void
open_others (JsInspect *self, Shown *shown)
{
  static const char *const BUFFER[] = { "byteLength", NULL };
  static const char *const VIEW[] = { "byteLength", "byteOffset", "buffer", NULL };

  switch (shown->kind)
    {
    case JS_KIND_ARRAY_BUFFER:
      open_object (shown, "ArrayBuffer");
      prepend_keys (self, shown, BUFFER);
      break;
    case JS_KIND_DATA_VIEW:
      open_object (shown, "DataView");
      prepend_keys (self, shown, VIEW);
      break;
    case JS_KIND_PROMISE:
      open_object (shown, "Promise");
      break;
    case JS_KIND_WEAK_SET:
      open_object (shown, "WeakSet");
      break;
    case JS_KIND_WEAK_MAP:
      open_object (shown, "WeakMap");
      break;
    default:
      open_object (shown, "Object");
      if (shown->keys->len == 0)
        shown->whole = g_strconcat (shown->open, "}", NULL);
    }
}

/* Node gives the text of an error no colour but its own. */
static void
open_error (JsInspect *self, Shown *shown)
{
  gboolean colors = self->colors;

  self->colors = FALSE;
  set_base (self,
            shown,
            js_inspect_error (self, shown->object, shown->constructor, shown->tag, shown->keys),
            NULL,
            JS_STYLE_SPECIAL);
  self->colors = colors;
}

static JsStyle
boxed_style (JsVm *vm, JsValue value)
{
  return js_is_string (vm, value)   ? JS_STYLE_STRING
         : js_is_number (vm, value) ? JS_STYLE_NUMBER
         : js_is_boolean (value)    ? JS_STYLE_BOOLEAN
         : js_is_symbol (vm, value) ? JS_STYLE_SYMBOL
                                    : JS_STYLE_BIGINT;
}

static void
open_boxed (JsInspect *self, Shown *shown)
{
  gboolean colors = self->colors;
  char *text;

  self->colors = FALSE;
  text = js_inspect_boxed (self, shown->object, shown->constructor, shown->tag, shown->keys);
  self->colors = colors;
  set_base (self, shown, text, NULL, boxed_style (self->vm, js_get_own_slot (self->vm, shown->object.payload, 0)));
}

static void
open (JsInspect *self, Shown *shown)
{
  JsVm *vm = self->vm;
  JsValue object = shown->object;

  shown->close = "}";
  if (js_is_callable (vm, object))
    {
      set_base (
          self, shown, js_inspect_function (self, object, shown->constructor, shown->tag), NULL, JS_STYLE_SPECIAL);
      return;
    }
  switch (shown->kind)
    {
    case JS_KIND_ARRAY:
      open_array (self, shown);
      break;
    case JS_KIND_TYPED_ARRAY:
      open_typed_array (self, shown);
      break;
    case JS_KIND_MAP:
      open_list (shown, "Map", size_of (self, object), "{");
      break;
    case JS_KIND_SET:
      open_list (shown, "Set", size_of (self, object), "{");
      break;
    case JS_KIND_MAP_ITERATOR:
    case JS_KIND_SET_ITERATOR:
      open_iterator (self, shown);
      break;
    case JS_KIND_REGEXP:
      set_base (self, shown, call_text (self, object, "toString"), "RegExp", JS_STYLE_REGEXP);
      break;
    case JS_KIND_DATE:
      set_base (self, shown, date_text (self, object), "Date", JS_STYLE_DATE);
      break;
    case JS_KIND_ERROR:
      open_error (self, shown);
      break;
    case JS_KIND_WRAPPER:
      open_boxed (self, shown);
      break;
    default:
      open_others (self, shown);
    }
}

/* ---- what is in it ----------------------------------------------------------------------------------------------- */

static char *
too_deep (JsInspect *self, const Shown *shown)
{
  g_autofree char *prefix = js_inspect_prefix (shown->constructor, shown->tag, "Object", "");

  prefix[strlen (prefix) - 1] = '\0';
  return js_inspect_style (self,
                           shown->constructor != NULL ? g_strdup_printf ("[%s]", prefix) : g_steal_pointer (&prefix),
                           JS_STYLE_SPECIAL);
}

/* Node overflows its stack there and says so; objects need more of it than arrays. */
static gboolean
is_interrupted (const Shown *shown, gint depth)
{
  return depth >= (shown->kind == JS_KIND_ARRAY ? MOST_ARRAY_LEVELS : MOST_LEVELS);
}

static char *
interrupted (const Shown *shown)
{
  g_autofree char *prefix = js_inspect_prefix (shown->constructor, shown->tag, "Object", "");

  prefix[strlen (prefix) - 1] = '\0';
  return g_strdup_printf ("[%s: Inspection interrupted prematurely. Maximum call stack size exceeded.]", prefix);
}

/* As Node: who has written so much at one indentation opens no more objects (ctx.budget). */
static void
spend (JsInspect *self, gsize length)
{
  guint level = self->indentation / 2;

  if (level >= self->budget->len)
    g_array_set_size (self->budget, level + 1);
  g_array_index (self->budget, gsize, level) += length;
  if (g_array_index (self->budget, gsize, level) > MOST_TEXT)
    self->depth = -1;
}

static char *
show_contents (JsInspect *self, Shown *shown, gint depth)
{
  g_autoptr (GPtrArray) output = g_ptr_array_new_with_free_func (g_free);
  guint n_numbers = 0, circular;
  g_autofree char *base = NULL;
  char *text;

  g_array_append_val (self->seen, shown->object.payload);
  self->current_depth = depth;
  js_inspect_entries (self, shown->object, depth, output, &n_numbers);
  for (guint i = 0; !self->failed && i < shown->keys->len; i++)
    g_ptr_array_add (
        output, js_inspect_property (self, shown->object, g_array_index (shown->keys, JsKey, i), shown->extras, depth));
  g_array_set_size (self->seen, self->seen->len - 1);
  self->failed = self->failed || !js_vm_tick (self->vm);
  if (self->failed)
    return g_strdup ("");
  if (self->is_sorted)
    js_inspect_sort (self, output, shown->extras == JS_EXTRAS_OBJECT ? output->len : shown->keys->len);
  base = g_strdup (shown->base != NULL ? shown->base : "");
  circular = place_of (self->circular, shown->object.payload);
  if (circular > 0)
    {
      g_autofree char *old = base;
      g_autofree char *ref = js_inspect_style (self, g_strdup_printf ("<ref *%u>", circular), JS_STYLE_SPECIAL);
      base = g_strdup_printf ("%s%s%s", ref, *old != '\0' ? " " : "", old);
    }
  text = js_inspect_join (self, output, base, shown->open, shown->close, shown->extras, depth, n_numbers);
  spend (self, strlen (text));
  return text;
}

static char *
show_object (JsInspect *self, JsValue object, gint depth)
{
  JsKind kind = (JsKind) js_class_of (self->vm, object.payload)->kind;
  Shown shown = { .object = object, .kind = kind };
  char *text;

  shown.constructor = js_inspect_constructor (self, object, depth);
  shown.tag = find_tag (self, object);
  shown.keys = list_keys (self, object, kind == JS_KIND_ARRAY || kind == JS_KIND_TYPED_ARRAY);
  open (self, &shown);
  if (shown.whole != NULL)
    text = shown.whole;
  else if (depth > self->depth)
    text = too_deep (self, &shown);
  else if (is_interrupted (&shown, depth))
    text = js_inspect_style (self, interrupted (&shown), JS_STYLE_SPECIAL);
  else
    text = show_contents (self, &shown, depth + 1);
  shown_clear (&shown);
  return text;
}

/* ---- the object's own way ---------------------------------------------------------------------------------------- */

static char *
indent (JsInspect *self, JsValue string)
{
  g_autofree char *text = js_string_to_utf8 (self->vm, string.payload, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *separator = g_strdup_printf ("\n%*s", (int) self->indentation, "");

  return g_strjoinv (separator, lines);
}

/* What object[Symbol.for ('nodejs.util.inspect.custom')] says; NULL where there is none. */
static char *
show_custom (JsInspect *self, JsValue object, gint depth)
{
  JsVm *vm = self->vm;
  JsValue method, arguments[3], result = JS_THROWN;

  if (self->custom == NULL)
    return NULL;
  method = js_hold (vm, js_get (vm, object, js_key_atom (self->custom)));
  if (js_is_hole (method) || !js_is_callable (vm, method))
    return js_is_hole (method) ? (js_catch (vm), NULL) : NULL;
  arguments[0] = self->depth == G_MAXINT ? JS_NULL : js_smi (self->depth - depth);
  arguments[1] = js_hold (vm, js_inspect_custom_options (self));
  arguments[2] = js_is_hole (arguments[1]) ? JS_HOLE : js_hold (vm, js_library_module_member (vm, "util", "inspect"));
  if (!js_is_hole (arguments[2]))
    result = js_hold (vm, js_call (vm, method, object, arguments, 3));
  if (js_is_hole (result))
    {
      self->failed = TRUE;
      return g_strdup ("");
    }
  if (js_is_identical (result, object))
    return NULL;
  return js_is_string (vm, result) ? indent (self, result) : js_inspect_value (self, result, depth);
}

char *
js_inspect_value (JsInspect *self, JsValue value, gint depth)
{
  JsHandles handles;
  char *text = NULL;
  guint place;

  if (self->failed || !js_is_object (self->vm, value))
    return self->failed ? g_strdup ("") : js_inspect_primitive (self, value);
  if (!js_vm_enter (self->vm))
    {
      self->failed = TRUE;
      return g_strdup ("");
    }
  handles = js_handles_open (self->vm);
  js_hold (self->vm, value);
  text = show_custom (self, value, depth);
  if (text == NULL && place_of (self->seen, value.payload) > 0)
    {
      if (place_of (self->circular, value.payload) == 0)
        g_array_append_val (self->circular, value.payload);
      place = place_of (self->circular, value.payload);
      text = js_inspect_style (self, g_strdup_printf ("[Circular *%u]", place), JS_STYLE_SPECIAL);
    }
  if (text == NULL)
    text = show_object (self, value, depth);
  js_handles_close (self->vm, handles);
  js_vm_leave (self->vm);
  return text;
}
