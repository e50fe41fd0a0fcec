/* style.c - colours of inspect, and the functions and options that objects with a way of their own are given
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "console/inspect.h"

#include <string.h>

typedef struct
{
  const char *name;
  guint8 on, off;
} Style;

/* inspect.styles with inspect.colors; what has a name only is shown plainly. */
static const Style STYLES[] = {
  [JS_STYLE_SPECIAL] = { "special", 36, 39 }, [JS_STYLE_NUMBER] = { "number", 33, 39 },
  [JS_STYLE_BIGINT] = { "bigint", 33, 39 },   [JS_STYLE_BOOLEAN] = { "boolean", 33, 39 },
  [JS_STYLE_NULL] = { "null", 1, 22 },        [JS_STYLE_STRING] = { "string", 32, 39 },
  [JS_STYLE_SYMBOL] = { "symbol", 32, 39 },   [JS_STYLE_UNDEFINED] = { "undefined", 90, 39 },
  [JS_STYLE_DATE] = { "date", 35, 39 },       [JS_STYLE_REGEXP] = { "regexp", 31, 39 },
  [JS_STYLE_MODULE] = { "module", 4, 24 },
};

char *
js_inspect_style (JsInspect *self, char *text, JsStyle style)
{
  char *styled;

  if (!self->colors)
    return text;
  styled = g_strdup_printf ("\033[%um%s\033[%um", STYLES[style].on, text, STYLES[style].off);
  g_free (text);
  return styled;
}

/* ---- inspect.colors and inspect.styles --------------------------------------------------------------------------- */

static const Style COLORS[] = {
  { "reset", 0, 0 },      { "bold", 1, 22 },       { "dim", 2, 22 },      { "italic", 3, 23 },
  { "underline", 4, 24 }, { "inverse", 7, 27 },    { "hidden", 8, 28 },   { "strikethrough", 9, 29 },
  { "black", 30, 39 },    { "red", 31, 39 },       { "green", 32, 39 },   { "yellow", 33, 39 },
  { "blue", 34, 39 },     { "magenta", 35, 39 },   { "cyan", 36, 39 },    { "white", 37, 39 },
  { "bgBlack", 40, 49 },  { "bgRed", 41, 49 },     { "bgGreen", 42, 49 }, { "bgYellow", 43, 49 },
  { "bgBlue", 44, 49 },   { "bgMagenta", 45, 49 }, { "bgCyan", 46, 49 },  { "bgWhite", 47, 49 },
  { "gray", 90, 39 },     { "grey", 90, 39 },
};

JsValue
js_create_inspect_colors (JsVm *vm)
{
  JsValue object = js_hold (vm, js_ref (js_new_object (vm)));

  for (guint i = 0; i < G_N_ELEMENTS (COLORS) && !js_is_hole (object); i++)
    {
      JsValue codes[] = { js_smi (COLORS[i].on), js_smi (COLORS[i].off) };
      JsValue pair = js_ref (js_new_array_of (vm, codes, 2));

      if (js_is_hole (pair) || !js_set_named (vm, object, js_atom (vm, COLORS[i].name, -1), pair))
        return JS_THROWN;
    }
  return object;
}

JsValue
js_create_inspect_styles (JsVm *vm)
{
  static const char *const NAMES[] = { "cyan",  "yellow", "yellow",  "yellow", "bold",     "green",
                                       "green", "grey",   "magenta", "red",    "underline" };
  JsValue object = js_hold (vm, js_ref (js_new_object_with_prototype (vm, JS_NULL)));

  for (guint i = 0; i < G_N_ELEMENTS (STYLES) && !js_is_hole (object); i++)
    {
      JsValue name = js_string (vm, NAMES[i], -1);

      if (js_is_hole (name) || !js_set_named (vm, object, js_atom (vm, STYLES[i].name, -1), name))
        return JS_THROWN;
    }
  return object;
}

/* options.stylize: its data tells whether there are colours. */
static JsValue
stylize (JsVm *vm, const JsCall *call)
{
  g_autofree char *text = js_to_utf8 (vm, js_argument (call, 0)), *name = NULL;

  if (text == NULL || !js_to_boolean (vm, js_native_data (vm, call)))
    return text == NULL ? JS_THROWN : js_string (vm, text, -1);
  name = js_to_utf8 (vm, js_argument (call, 1));
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (STYLES); i++)
    if (strcmp (name, STYLES[i].name) == 0)
      return js_string_printf (vm, "\033[%um%s\033[%um", STYLES[i].on, text, STYLES[i].off);
  return name != NULL ? js_string (vm, text, -1) : JS_THROWN;
}

/* What the caller's own options say besides. */
static gboolean
copy_own (JsVm *vm, JsValue from, HpRef to)
{
  g_autoptr (GArray) keys = js_own_keys (vm, from.payload, JS_KEYS_STRINGS | JS_KEYS_SYMBOLS | JS_KEYS_ENUMERABLE);

  for (guint i = 0; i < keys->len; i++)
    {
      JsValue value = js_hold (vm, js_get (vm, from, g_array_index (keys, JsKey, i)));

      if (js_is_hole (value) || !js_define (vm, to, g_array_index (keys, JsKey, i), value, JS_ALL_ATTRIBUTES))
        return FALSE;
    }
  return TRUE;
}

JsValue
js_inspect_custom_options (JsInspect *self)
{
  static const JsNativeRow STYLIZE = JS_METHOD ("stylize", stylize, 2);
  JsVm *vm = self->vm;
  JsValue object = js_hold (vm, js_ref (js_new_object (vm))), function;

  if (js_is_hole (object) || js_is_hole (js_inspect_options_object (self, object)))
    return JS_THROWN;
  if (js_is_ref (self->options) && !copy_own (vm, self->options, object.payload))
    return JS_THROWN;
  function = js_new_native_with (vm, &STYLIZE, js_boolean (self->colors));
  return !js_is_hole (function)
                 && js_define (
                     vm, object.payload, js_key_atom (js_atom (vm, "stylize", -1)), function, JS_ALL_ATTRIBUTES)
             ? object
             : JS_THROWN;
}

/* ---- digits in groups -------------------------------------------------------------------------------------------- */

char *
js_separate_digits (const char *digits)
{
  GString *out = g_string_new (digits);
  gsize first = *digits == '-' ? 1 : 0;
  gsize end = first + strspn (digits + first, "0123456789");

  if (strchr (digits, 'e') != NULL)
    return g_string_free (out, FALSE);
  if (out->str[end] == '.')
    for (gsize i = end + 4; i < out->len; i += 4)
      g_string_insert_c (out, (gssize) i, '_');
  for (gsize i = end; i > first + 3;)
    {
      i -= 3;
      g_string_insert_c (out, (gssize) i, '_');
    }
  return g_string_free (out, FALSE);
}

/* ---- in order ---------------------------------------------------------------------------------------------------- */

/* The @n last entries, ordered by the comparator. */
gboolean
js_inspect_sort (JsInspect *self, GPtrArray *output, guint n)
{
  JsVm *vm = self->vm;
  JsHandles handles = js_handles_open (vm);
  JsValue array = js_hold (vm, js_ref (js_new_array (vm, 0))), sorted = JS_HOLE;
  guint first = output->len - n;

  for (guint i = 0; i < n && !js_is_hole (array); i++)
    if (!js_array_push (vm, array.payload, js_string (vm, output->pdata[first + i], -1)))
      array = JS_HOLE;
  if (!js_is_hole (array))
    sorted = js_hold (vm, js_invoke (vm, array, js_atom (vm, "sort", -1), &self->comparator, 1));
  for (guint i = 0; i < n && !js_is_hole (sorted); i++)
    {
      g_free (output->pdata[first + i]);
      output->pdata[first + i] = js_to_utf8 (vm, js_element (vm, array.payload, i));
    }
  js_handles_close (vm, handles);
  self->failed = self->failed || js_is_hole (sorted);
  return !self->failed;
}
