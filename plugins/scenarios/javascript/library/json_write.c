/* json_write.c - JSON.stringify
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/json.h"
#include "runtime/message.h"

#include <math.h>
#include <string.h>

typedef struct
{
  JsVm *vm;
  JsStringBuilder out;
  JsValue replacer; /* a function, or undefined */
  GArray *only;     /* of JsKey: the properties that are wanted, or NULL */
  char *gap;        /* of one level */
  guint depth;
  GArray *open; /* of HpRef: objects that are being written */
} Writer;

static gboolean write_value (Writer *self, JsValue holder, JsKey key, JsValue value, gboolean *written);

static void
add (Writer *self, const char *ascii)
{
  js_string_builder_add_text (&self->out, ascii);
}

static void
add_quoted (Writer *self, HpRef string)
{
  guint32 n = js_string_length (self->vm, string);

  add (self, "\"");
  for (guint32 i = 0; i < n; i++)
    {
      gunichar2 c = js_string_at (self->vm, string, i);
      gboolean high = (c & 0xfc00) == 0xd800, low = (c & 0xfc00) == 0xdc00;
      char buffer[8] = { '\\', 0 };

      if (high && i + 1 < n && (js_string_at (self->vm, string, i + 1) & 0xfc00) == 0xdc00)
        {
          js_string_builder_add_unit (&self->out, c);
          js_string_builder_add_unit (&self->out, js_string_at (self->vm, string, ++i));
          continue;
        }
      if (c == '"' || c == '\\')
        buffer[1] = (char) c;
      else if (c >= 8 && c <= 13 && c != 11)
        buffer[1] = "btn\vfr"[c - 8];
      else if (c < 0x20 || high || low)
        g_snprintf (buffer, sizeof buffer, "\\u%04x", c);
      else
        {
          js_string_builder_add_unit (&self->out, c);
          continue;
        }
      add (self, buffer);
    }
  add (self, "\"");
}

static void
add_line (Writer *self)
{
  if (*self->gap == '\0')
    return;
  add (self, "\n");
  for (guint i = 0; i < self->depth; i++)
    {
      g_autofree gunichar2 *units = g_utf8_to_utf16 (self->gap, -1, NULL, NULL, NULL);
      for (const gunichar2 *unit = units; unit != NULL && *unit != 0; unit++)
        js_string_builder_add_unit (&self->out, *unit);
    }
}

/* ---- cycles ------------------------------------------------------------------------------------------------------ */

static char *
name_of (Writer *self, HpRef object)
{
  char *name = js_constructor_name (self->vm, object);

  return name != NULL ? name : g_strdup ("Object");
}

/* The property of @holder that has @value, as V8's message has it. */
static char *
edge_text (Writer *self, HpRef holder, HpRef value)
{
  g_autoptr (GArray) keys = js_own_keys (self->vm, holder, JS_KEYS_STRINGS | JS_KEYS_ENUMERABLE);

  for (guint i = 0; i < keys->len; i++)
    {
      JsKey key = g_array_index (keys, JsKey, i);
      JsValue found = js_get (self->vm, js_ref (holder), key);

      if (!js_is_ref (found) || found.payload != value)
        continue;
      if (key.atom == NULL)
        return g_strdup_printf ("index %u", key.index);
      return g_strdup_printf ("property '%s'", key.atom->text);
    }
  return g_strdup ("property '?'");
}

static gboolean
throw_cycle (Writer *self, HpRef object)
{
  guint first = 0, n = self->open->len;
  GString *text = g_string_new ("Converting circular structure to JSON\n    --> starting at object with constructor ");
  g_autofree char *whole = NULL, *name = name_of (self, object);

  while (g_array_index (self->open, HpRef, first) != object)
    first++;
  g_string_append_printf (text, "'%s'\n", name);
  for (guint i = first; i + 1 < n; i++)
    {
      HpRef from = g_array_index (self->open, HpRef, i), to = g_array_index (self->open, HpRef, i + 1);
      g_autofree char *edge = edge_text (self, from, to), *constructor = name_of (self, to);

      if (i == first || i + 2 == n)
        g_string_append_printf (text, "    |     %s -> object with constructor '%s'\n", edge, constructor);
      else if (i == first + 1)
        g_string_append (text, "    |     ...\n");
    }
  g_autofree char *last = edge_text (self, g_array_index (self->open, HpRef, n - 1), object);
  g_string_append_printf (text, "    --- %s closes the circle", last);
  whole = g_string_free (text, FALSE);
  js_throw_type (self->vm, "%s", whole);
  return FALSE;
}

static gboolean
open_object (Writer *self, HpRef object)
{
  for (guint i = 0; i < self->open->len; i++)
    if (g_array_index (self->open, HpRef, i) == object)
      return throw_cycle (self, object);
  if (!js_vm_enter (self->vm))
    return FALSE;
  g_array_append_val (self->open, object);
  self->depth++;
  return TRUE;
}

static void
close_object (Writer *self)
{
  g_array_set_size (self->open, self->open->len - 1);
  js_vm_leave (self->vm);
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

static gboolean
write_array (Writer *self, JsValue array)
{
  gint64 n = js_length_of (self->vm, array);

  if (n < 0)
    return FALSE;
  add (self, "[");
  for (gint64 i = 0; i < n; i++)
    {
      JsKey key = js_key_index ((guint32) i);
      gboolean written;

      if (i > 0)
        add (self, ",");
      add_line (self);
      if (!js_string_builder_check (self->vm, &self->out)
          || !write_value (self, array, key, js_get (self->vm, array, key), &written))
        return FALSE;
      if (!written)
        add (self, "null");
    }
  self->depth--;
  if (n > 0)
    add_line (self);
  self->depth++;
  add (self, "]");
  return TRUE;
}

/* One property: nothing where its value has no JSON; then *n stays. */
static gboolean
write_property (Writer *self, JsValue object, JsKey key, guint *n)
{
  guint before = self->out.units->len;
  JsValue name = js_hold (self->vm, js_key_value (self->vm, key));
  gboolean written;

  if (js_is_hole (name))
    return FALSE;
  if (*n > 0)
    add (self, ",");
  add_line (self);
  add_quoted (self, name.payload);
  add (self, *self->gap != '\0' ? ": " : ":");
  if (!js_string_builder_check (self->vm, &self->out)
      || !write_value (self, object, key, js_get (self->vm, object, key), &written))
    return FALSE;
  if (written)
    ++*n;
  else
    g_array_set_size (self->out.units, before);
  return TRUE;
}

static gboolean
write_object (Writer *self, JsValue object)
{
  g_autoptr (GArray)
      own = self->only == NULL ? js_own_keys (self->vm, object.payload, JS_KEYS_STRINGS | JS_KEYS_ENUMERABLE) : NULL;
  GArray *keys = self->only != NULL ? self->only : own;
  guint n = 0;

  add (self, "{");
  for (guint i = 0; i < keys->len; i++)
    {
      JsHandles handles = js_handles_open (self->vm);
      gboolean done = write_property (self, object, g_array_index (keys, JsKey, i), &n);

      js_handles_close (self->vm, handles);
      if (!done)
        return FALSE;
    }
  self->depth--;
  if (n > 0)
    add_line (self);
  self->depth++;
  add (self, "}");
  return TRUE;
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

/* What toJSON and the replacer make of it, and what is wrapped in it; held. */
static JsValue
prepare (Writer *self, JsValue holder, JsKey key, JsValue value)
{
  JsVm *vm = self->vm;
  JsValue method, name;

  js_hold (vm, value);
  if (js_is_object (vm, value) || js_is_kind (vm, value, JS_KIND_BIGINT))
    {
      method = js_hold (vm, js_get_named (vm, value, JS_NAME (vm, TO_JSON)));
      if (js_is_callable (vm, method))
        {
          name = js_hold (vm, js_key_value (vm, key));
          value = js_hold (vm, js_call (vm, method, value, &name, 1));
        }
      else if (js_is_hole (method))
        return method;
    }
  if (!js_is_hole (value) && !js_is_undefined (self->replacer))
    {
      const JsValue arguments[] = { js_hold (vm, js_key_value (vm, key)), value };
      value = js_hold (vm, js_call (vm, self->replacer, holder, arguments, 2));
    }
  if (!js_is_kind (vm, value, JS_KIND_WRAPPER))
    return value;
  method = js_get_own_slot (vm, value.payload, 0);
  if (js_is_number (vm, method))
    return js_hold (vm, js_to_numeric (vm, value));
  return js_is_string (vm, method)   ? js_hold (vm, js_to_string (vm, value))
         : js_is_symbol (vm, method) ? value
                                     : method;
}

static void
write_number (Writer *self, double number)
{
  g_autofree char *text = isfinite (number) ? js_double_to_text (number, 10) : g_strdup ("null");

  add (self, text);
}

static gboolean
write_prepared (Writer *self, JsValue value, gboolean *written)
{
  JsVm *vm = self->vm;
  gboolean done;

  *written = TRUE;
  if (js_is_null (value) || js_is_boolean (value))
    add (self, js_is_null (value) ? "null" : value.payload ? "true" : "false");
  else if (js_is_string (vm, value))
    add_quoted (self, value.payload);
  else if (js_is_number (vm, value))
    write_number (self, js_as_double (vm, value));
  else if (js_is_kind (vm, value, JS_KIND_BIGINT))
    return js_throw_type (vm, "Do not know how to serialize a BigInt"), FALSE;
  else if (!js_is_object (vm, value) || js_is_callable (vm, value))
    *written = FALSE;
  else
    {
      guint depth = self->depth;

      if (!open_object (self, value.payload))
        return FALSE;
      done = js_is_array (vm, value) ? write_array (self, value) : write_object (self, value);
      close_object (self);
      self->depth = depth;
      return done;
    }
  return TRUE;
}

static gboolean
write_value (Writer *self, JsValue holder, JsKey key, JsValue value, gboolean *written)
{
  JsHandles handles = js_handles_open (self->vm);
  gboolean done = FALSE;

  if (!js_is_hole (value))
    value = prepare (self, holder, key, value);
  if (!js_is_hole (value))
    done = write_prepared (self, value, written);
  js_handles_close (self->vm, handles);
  return done;
}

/* ---- options ----------------------------------------------------------------------------------------------------- */

static gboolean
read_only (Writer *self, JsValue list)
{
  gint64 n = js_length_of (self->vm, list);

  self->only = g_array_new (FALSE, FALSE, sizeof (JsKey));
  for (gint64 i = 0; i < n; i++)
    {
      JsValue item = js_get_index (self->vm, list, (guint32) i);
      JsKey key;

      if (js_is_hole (item))
        return FALSE;
      if ((js_is_string (self->vm, item) || js_is_number (self->vm, item)) && js_to_key (self->vm, item, &key))
        g_array_append_val (self->only, key);
    }
  return n >= 0;
}

static char *
read_gap (JsVm *vm, JsValue space)
{
  if (js_is_kind (vm, space, JS_KIND_WRAPPER))
    space = js_get_own_slot (vm, space.payload, 0);
  if (js_is_number (vm, space))
    return g_strnfill ((gsize) CLAMP (js_as_double (vm, space), 0, 10), ' ');
  if (js_is_string (vm, space))
    {
      g_autofree char *text = js_string_to_utf8 (vm, space.payload, NULL);
      return g_utf8_strlen (text, -1) > 10 ? g_utf8_substring (text, 0, 10) : g_steal_pointer (&text);
    }
  return g_strdup ("");
}

JsValue
js_json_stringify (JsVm *vm, const JsCall *call)
{
  JsValue replacer = js_argument (call, 1), holder, result = JS_THROWN;
  Writer self = { .vm = vm, .replacer = JS_UNDEFINED, .open = g_array_new (FALSE, FALSE, sizeof (HpRef)) };
  gboolean done = TRUE, written = FALSE;

  js_string_builder_init (&self.out);
  if (js_is_callable (vm, replacer))
    self.replacer = replacer;
  else if (js_is_array (vm, replacer))
    done = read_only (&self, replacer);
  self.gap = read_gap (vm, js_argument (call, 2));
  holder = js_hold (vm, js_ref (js_new_object (vm)));
  done = done && !js_is_hole (holder)
         && js_define (vm, holder.payload, js_key_atom (JS_NAME (vm, EMPTY)), js_argument (call, 0), JS_ALL_ATTRIBUTES)
         && write_value (&self, holder, js_key_atom (JS_NAME (vm, EMPTY)), js_argument (call, 0), &written);
  if (done && written)
    result = js_string_builder_finish (vm, &self.out);
  else
    {
      js_string_builder_clear (&self.out);
      result = done ? JS_UNDEFINED : JS_THROWN;
    }
  g_array_unref (self.open);
  g_clear_pointer (&self.only, g_array_unref);
  g_free (self.gap);
  return result;
}
