/* kinds.c - what inspect says of constructors, functions, errors and wrapped primitives
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "console/inspect.h"
#include "runtime/function.h"
#include "runtime/message.h"

#include <string.h>

char *
js_inspect_get_text (JsInspect *self, JsValue object, JsAtom *name)
{
  JsValue value = js_get_named (self->vm, object, name);

  if (js_is_hole (value))
    js_catch (self->vm);
  return js_is_string (self->vm, value) ? js_string_to_utf8 (self->vm, value.payload, NULL) : NULL;
}

/* ---- constructors ------------------------------------------------------------------------------------------------ */

/* The name of the function that is @object's own `constructor` and made @original; NULL: it is none. */
static char *
own_constructor (JsInspect *self, JsValue object, JsValue original)
{
  JsDescriptor own;
  gboolean made = FALSE;
  g_autofree char *name = NULL;

  if (js_get_own (self->vm, object.payload, js_key_atom (JS_NAME (self->vm, CONSTRUCTOR)), &own) != JS_PRESENT
      || own.is_accessor || !js_is_callable (self->vm, own.value))
    return NULL;
  js_hold (self->vm, own.value);
  name = js_inspect_get_text (self, own.value, JS_NAME (self->vm, NAME));
  if (name == NULL || *name == '\0')
    return NULL;
  if (!js_has_instance (self->vm, own.value, original, &made))
    js_catch (self->vm);
  return made ? g_steal_pointer (&name) : NULL;
}

/* Of an object whose prototypes lead to no constructor: as V8 knows it, and what its prototype is. */
static char *
without_constructor (JsInspect *self, JsValue object, JsValue prototype, gint depth)
{
  const char *own = js_builtin_tag (self->vm, object);
  g_autofree char *of = NULL, *text = NULL;
  JsInspect inner;

  if (js_is_null (prototype))
    return NULL;
  if (depth > self->depth)
    return g_strdup_printf ("%s <Complex prototype>", own);
  of = js_inspect_constructor (self, prototype, depth + 1);
  if (of != NULL)
    return g_strdup_printf ("%s <%s>", own, of);
  js_inspect_init (&inner, self->vm);
  inner.depth = -1;
  inner.custom = NULL;
  text = js_inspect_value (&inner, prototype, 0);
  js_inspect_clear (&inner);
  return g_strdup_printf ("%s <%s>", own, text);
}

char *
js_inspect_constructor (JsInspect *self, JsValue object, gint depth)
{
  JsHandles handles = js_handles_open (self->vm);
  JsValue first = js_hold (self->vm, js_get_prototype (self->vm, object));
  char *name = NULL;

  for (JsValue at = object; name == NULL && js_is_ref (at); at = js_hold (self->vm, js_get_prototype (self->vm, at)))
    name = own_constructor (self, at, object);
  if (name == NULL)
    name = without_constructor (self, object, first, depth);
  js_handles_close (self->vm, handles);
  return name;
}

char *
js_inspect_prefix (const char *constructor, const char *tag, const char *fallback, const char *size)
{
  if (constructor == NULL && *tag != '\0' && strcmp (fallback, tag) != 0)
    return g_strdup_printf ("[%s%s: null prototype] [%s] ", fallback, size, tag);
  if (constructor == NULL)
    return g_strdup_printf ("[%s%s: null prototype] ", fallback, size);
  if (*tag != '\0' && strcmp (constructor, tag) != 0)
    return g_strdup_printf ("%s%s [%s] ", constructor, size, tag);
  return g_strdup_printf ("%s%s ", constructor, size);
}

/* ---- functions --------------------------------------------------------------------------------------------------- */

static void
add_tag (GString *text, const char *constructor, const char *tag)
{
  if (*tag != '\0' && g_strcmp0 (constructor, tag) != 0)
    g_string_append_printf (text, " [%s]", tag);
}

static char *
class_text (JsInspect *self, JsValue function, const char *constructor, const char *tag)
{
  gboolean has_name = js_has_own (self->vm, function.payload, js_key_atom (JS_NAME (self->vm, NAME))) == JS_PRESENT;
  g_autofree char *name = has_name ? js_inspect_get_text (self, function, JS_NAME (self->vm, NAME)) : NULL;
  GString *text = g_string_new (NULL);
  JsValue base = js_hold (self->vm, js_get_prototype (self->vm, function));
  g_autofree char *of = js_is_ref (base) ? js_inspect_get_text (self, base, JS_NAME (self->vm, NAME)) : NULL;

  g_string_append_printf (text, "[class %s", name != NULL && *name != '\0' ? name : "(anonymous)");
  if (constructor != NULL && strcmp (constructor, "Function") != 0)
    g_string_append_printf (text, " [%s]", constructor);
  add_tag (text, constructor, tag);
  if (constructor == NULL)
    g_string_append (text, " extends null");
  else if (of != NULL && *of != '\0')
    g_string_append_printf (text, " extends %s", of);
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

char *
js_inspect_function (JsInspect *self, JsValue function, const char *constructor, const char *tag)
{
  const JsCode *code = js_is_kind (self->vm, function, JS_KIND_FUNCTION) ? js_function_code (self->vm, function.payload)
                                                                         : NULL;
  g_autofree char *name = NULL, *type = NULL;
  GString *text;

  if (js_class_of (self->vm, function.payload)->is_class_constructor)
    return class_text (self, function, constructor, tag);
  type = g_strdup_printf ("%s%sFunction",
                          code != NULL && (code->flags & JS_FLAG_ASYNC) ? "Async" : "",
                          code != NULL && (code->flags & JS_FLAG_GENERATOR) ? "Generator" : "");
  name = js_inspect_get_text (self, function, JS_NAME (self->vm, NAME));
  text = g_string_new (NULL);
  g_string_append_printf (text, "[%s%s", type, constructor == NULL ? " (null prototype)" : "");
  if (name == NULL || *name == '\0')
    g_string_append (text, " (anonymous)");
  else
    g_string_append_printf (text, ": %s", name);
  g_string_append_c (text, ']');
  if (constructor != NULL && strcmp (constructor, type) != 0 && strcmp (constructor, "Function") != 0)
    g_string_append_printf (text, " %s", constructor);
  add_tag (text, constructor, strcmp (tag, type) == 0 ? "" : tag);
  return g_string_free (text, FALSE);
}

/* ---- errors ------------------------------------------------------------------------------------------------------ */

static char *
stack_text (JsInspect *self, JsValue error)
{
  char *stack = js_inspect_get_text (self, error, JS_NAME (self->vm, STACK));
  JsValue text;

  if (stack != NULL && *stack != '\0')
    return stack;
  g_free (stack);
  text = js_get_named (self->vm, js_intrinsic (self->vm, JS_INTRINSIC_ERROR_PROTOTYPE), JS_NAME (self->vm, TO_STRING));
  text = js_is_callable (self->vm, text) ? js_call (self->vm, text, error, NULL, 0) : text;
  if (js_is_hole (text))
    js_catch (self->vm);
  return js_is_string (self->vm, text) ? js_string_to_utf8 (self->vm, text.payload, NULL) : g_strdup ("Error");
}

/* The class's name, where the text begins with another's. */
static char *
improve (const char *stack, const char *constructor, const char *name, const char *tag)
{
  gsize n = strlen (name);
  g_autofree char *prefix = NULL;

  if (constructor != NULL
      && (!g_str_has_suffix (name, "Error") || !g_str_has_prefix (stack, name) || strchr (":\n", stack[n]) == NULL))
    return g_strdup (stack);
  prefix = js_inspect_prefix (constructor, tag, "Error", "");
  prefix[strlen (prefix) - 1] = '\0';
  if (strcmp (name, prefix) == 0)
    return g_strdup (stack);
  if (strstr (prefix, name) != NULL)
    return n == 0 ? g_strdup_printf ("%s: %s", prefix, stack) : g_strconcat (prefix, stack + n, NULL);
  return g_strdup_printf ("%s [%s]%s", prefix, name, stack + n);
}

/* name, message and stack are no properties to show where the text has them. */
static void
hide_keys (JsInspect *self, JsValue error, GArray *keys, const char *stack)
{
  JsAtom *names[] = { JS_NAME (self->vm, NAME), JS_NAME (self->vm, MESSAGE), JS_NAME (self->vm, STACK) };

  for (guint i = keys->len; i > 0; i--)
    for (guint k = 0; k < G_N_ELEMENTS (names); k++)
      if (g_array_index (keys, JsKey, i - 1).atom == names[k])
        {
          g_autofree char *text = js_inspect_get_text (self, error, names[k]);

          if (text != NULL && strstr (stack, text) != NULL)
            {
              g_array_remove_index (keys, i - 1);
              break;
            }
        }
}

static void
add_key (JsInspect *self, JsValue error, GArray *keys, JsAtom *name, gboolean wanted)
{
  JsKey key = js_key_atom (name);

  for (guint i = 0; i < keys->len; i++)
    if (g_array_index (keys, JsKey, i).atom == name)
      return;
  if (wanted && js_has (self->vm, error.payload, key) == JS_PRESENT)
    g_array_append_val (keys, key);
}

static char *
indent_lines (const char *text, guint indentation)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *separator = g_strdup_printf ("\n%*s", (int) indentation, "");

  return g_strjoinv (separator, lines);
}

char *
js_inspect_error (JsInspect *self, JsValue error, const char *constructor, const char *tag, GArray *keys)
{
  g_autofree char *stack = stack_text (self, error), *name = NULL, *better = NULL, *message = NULL, *whole = NULL;
  JsValue errors;
  const char *from;

  name = js_inspect_get_text (self, error, JS_NAME (self->vm, NAME));
  hide_keys (self, error, keys, stack);
  add_key (self, error, keys, JS_NAME (self->vm, CAUSE), TRUE);
  errors = js_get_named (self->vm, error, JS_NAME (self->vm, ERRORS));
  add_key (self, error, keys, JS_NAME (self->vm, ERRORS), js_is_array (self->vm, errors));
  better = improve (stack, constructor, name != NULL ? name : "Error", tag);
  message = js_inspect_get_text (self, error, JS_NAME (self->vm, MESSAGE));
  from = message != NULL && *message != '\0' ? strstr (better, message) : NULL;
  from = from != NULL ? from + strlen (message) : better;
  whole = strstr (from, "\n    at") != NULL ? g_strdup (better) : g_strdup_printf ("[%s]", better);
  return indent_lines (whole, self->indentation);
}

/* ---- wrapped primitives ------------------------------------------------------------------------------------------ */

char *
js_inspect_boxed (JsInspect *self, JsValue object, const char *constructor, const char *tag, GArray *keys)
{
  JsVm *vm = self->vm;
  JsValue value = js_hold (vm, js_get_own_slot (vm, object.payload, 0));
  const char *type = js_is_string (vm, value)   ? "String"
                     : js_is_number (vm, value) ? "Number"
                     : js_is_boolean (value)    ? "Boolean"
                     : js_is_symbol (vm, value) ? "Symbol"
                                                : "BigInt";
  g_autofree char *primitive = js_inspect_primitive (self, value);
  GString *text = g_string_new (NULL);

  for (guint i = keys->len; js_is_string (vm, value) && i > 0; i--)
    if (g_array_index (keys, JsKey, i - 1).atom == NULL)
      g_array_remove_index (keys, i - 1);
  g_string_append_printf (text, "[%s", type);
  if (constructor == NULL)
    g_string_append (text, " (null prototype)");
  else if (strcmp (type, constructor) != 0)
    g_string_append_printf (text, " (%s)", constructor);
  g_string_append_printf (text, ": %s]", primitive);
  add_tag (text, constructor, tag);
  return g_string_free (text, FALSE);
}
