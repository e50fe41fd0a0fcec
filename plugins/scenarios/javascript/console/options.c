/* options.c - the options of util.inspect and console.dir
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "console/inspect.h"
#include "runtime/keep.h"

#include <math.h>

/* A number; null and Infinity: as much as there is. FALSE: thrown. */
static gboolean
read_number (JsVm *vm, JsValue options, const char *name, double *number)
{
  JsValue value = js_get_named (vm, options, js_atom (vm, name, -1));

  if (js_is_null (value))
    *number = G_MAXINT;
  else if (js_is_number (vm, value))
    *number = CLAMP (js_as_double (vm, value), -1, G_MAXINT);
  else if (js_is_boolean (value))
    *number = value.payload ? 1 : 0;
  return !js_is_hole (value);
}

static gboolean
read_flag (JsVm *vm, JsValue options, const char *name, gboolean *flag)
{
  JsValue value = js_get_named (vm, options, js_atom (vm, name, -1));

  if (!js_is_hole (value) && !js_is_undefined (value))
    *flag = js_to_boolean (vm, value);
  return !js_is_hole (value);
}

static gboolean
read_compact (JsInspect *self, JsValue options)
{
  JsValue value = js_get_named (self->vm, options, js_atom (self->vm, "compact", -1));

  if (js_is_boolean (value))
    self->compact = value.payload ? JS_COMPACT_ALWAYS : 0;
  else if (js_is_number (self->vm, value))
    self->compact = (guint) CLAMP (js_as_double (self->vm, value), 0, 1000);
  return !js_is_hole (value);
}

static gboolean
read_getters (JsInspect *self, JsValue options)
{
  JsValue value = js_get_named (self->vm, options, js_atom (self->vm, "getters", -1));
  g_autofree char *text = js_is_string (self->vm, value) ? js_string_to_utf8 (self->vm, value.payload, NULL) : NULL;

  if (js_is_boolean (value))
    self->getters = value.payload ? JS_GETTERS_ALL : JS_GETTERS_NONE;
  else if (text != NULL)
    self->getters = strcmp (text, "get") == 0   ? JS_GETTERS_ALONE
                    : strcmp (text, "set") == 0 ? JS_GETTERS_WITH_SETTER
                                                : JS_GETTERS_NONE;
  return !js_is_hole (value);
}

static gboolean
read_sorted (JsInspect *self, JsValue options)
{
  JsValue value = js_get_named (self->vm, options, js_atom (self->vm, "sorted", -1));

  if (js_is_hole (value))
    return FALSE;
  self->is_sorted = js_to_boolean (self->vm, value);
  self->comparator = js_is_callable (self->vm, value) ? js_hold (self->vm, value) : JS_UNDEFINED;
  return TRUE;
}

gboolean
js_inspect_options (JsInspect *self, JsValue options)
{
  double depth = self->depth, length = self->break_length, most = self->most_elements;
  double characters = self->most_characters;
  gboolean custom = TRUE;

  if (!js_is_object (self->vm, options))
    return TRUE;
  if (!read_number (self->vm, options, "depth", &depth) || !read_number (self->vm, options, "breakLength", &length)
      || !read_compact (self, options) || !read_number (self->vm, options, "maxArrayLength", &most)
      || !read_number (self->vm, options, "maxStringLength", &characters)
      || !read_flag (self->vm, options, "showHidden", &self->show_hidden)
      || !read_flag (self->vm, options, "colors", &self->colors)
      || !read_flag (self->vm, options, "numericSeparator", &self->separates_digits)
      || !read_flag (self->vm, options, "customInspect", &custom) || !read_getters (self, options)
      || !read_sorted (self, options))
    return FALSE;
  self->depth = (gint) depth;
  self->break_length = (guint) length;
  self->most_elements = (guint) MAX (most, 0);
  self->most_characters = (guint) MAX (characters, 0);
  if (!custom)
    self->custom = NULL;
  if (js_is_ref (options))
    self->options = js_hold (self->vm, options);
  return TRUE;
}

/* ---- as an object ------------------------------------------------------------------------------------------------ */

static JsValue
number_or_infinity (JsVm *vm, double number)
{
  return js_number (vm, number >= G_MAXINT ? INFINITY : number);
}

static JsValue
getters_value (JsInspect *self)
{
  if (self->getters == JS_GETTERS_ALONE || self->getters == JS_GETTERS_WITH_SETTER)
    return js_string (self->vm, self->getters == JS_GETTERS_ALONE ? "get" : "set", -1);
  return js_boolean (self->getters == JS_GETTERS_ALL);
}

static JsValue
option_value (JsInspect *self, guint i)
{
  switch (i)
    {
    case 0:
      return js_boolean (self->show_hidden);
    case 1:
      return self->depth == G_MAXINT ? JS_NULL : js_number (self->vm, self->depth);
    case 2:
      return js_boolean (self->colors);
    case 3:
      return JS_TRUE;
    case 4:
      return JS_FALSE;
    case 5:
      return number_or_infinity (self->vm, self->most_elements);
    case 6:
      return number_or_infinity (self->vm, self->most_characters);
    case 7:
      return number_or_infinity (self->vm, self->break_length);
    case 8:
      return self->compact == JS_COMPACT_ALWAYS ? JS_TRUE : js_number (self->vm, self->compact);
    case 9:
      return self->is_sorted ? js_is_undefined (self->comparator) ? JS_TRUE : self->comparator : JS_FALSE;
    case 10:
      return getters_value (self);
    default:
      return js_boolean (self->separates_digits);
    }
}

JsValue
js_inspect_options_object (JsInspect *self, JsValue object)
{
  static const char *const NAMES[] = { "showHidden", "depth",          "colors",          "customInspect",
                                       "showProxy",  "maxArrayLength", "maxStringLength", "breakLength",
                                       "compact",    "sorted",         "getters",         "numericSeparator" };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      JsValue value = js_hold (self->vm, option_value (self, i));

      if (js_is_hole (value)
          || !js_define (
              self->vm, object.payload, js_key_atom (js_atom (self->vm, NAMES[i], -1)), value, JS_ALL_ATTRIBUTES))
        return JS_THROWN;
    }
  return object;
}

/* util.inspect.defaultOptions: what a program writes there holds for console.log, too. */
JsValue
js_create_inspect_defaults (JsVm *vm)
{
  JsValue object = js_hold (vm, js_ref (js_new_object (vm)));
  JsInspect inspect;

  if (js_is_hole (object))
    return object;
  js_inspect_init (&inspect, vm);
  object = js_inspect_options_object (&inspect, object);
  js_inspect_clear (&inspect);
  if (js_is_hole (object) || !js_keep (vm, object.payload))
    return JS_THROWN;
  vm->inspect_defaults = object.payload;
  return object;
}
