/* table.c - console.table (lib/internal/cli_table.js)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "console/console.h"

#include <string.h>

#define INDEX_NAME "(index)"
#define ITERATION_NAME "(iteration index)"
#define KEY_NAME "Key"
#define VALUES_NAME "Values"

typedef struct
{
  JsVm *vm;
  GPtrArray *names;   /* of columns, char * */
  GPtrArray *columns; /* of GPtrArray of char *, by row; NULL where there is nothing */
  guint n_rows;
  gboolean only; /* the columns are chosen: no others come */
} Table;

/* Array indices come first, in order, as properties of an object do; all behind the first column. */
static int
place_of (const Table *self, const char *name)
{
  guint32 index, other;
  guint i = 1;

  if (self->names->len == 0 || !js_text_is_index (name, strlen (name), &index))
    return -1;
  while (i < self->names->len && js_text_is_index (self->names->pdata[i], strlen (self->names->pdata[i]), &other)
         && other < index)
    i++;
  return (int) i;
}

static GPtrArray *
add_column (Table *self, const char *name)
{
  GPtrArray *column = g_ptr_array_new_with_free_func (g_free);
  int place = self->only ? -1 : place_of (self, name);

  g_ptr_array_insert (self->names, place, g_strdup (name));
  g_ptr_array_insert (self->columns, place, column);
  return column;
}

static GPtrArray *
find_column (Table *self, const char *name)
{
  for (guint i = 0; i < self->names->len; i++)
    if (strcmp (self->names->pdata[i], name) == 0)
      return self->columns->pdata[i];
  return self->only ? NULL : add_column (self, name);
}

static void
set_cell (GPtrArray *column, guint row, char *text)
{
  if (column == NULL)
    {
      g_free (text);
      return;
    }
  if (column->len <= row)
    g_ptr_array_set_size (column, (gint) row + 1);
  g_free (column->pdata[row]);
  column->pdata[row] = text;
}

/* What stands in a cell: objects are not opened. */
static char *
cell_text (JsVm *vm, JsValue value)
{
  g_autoptr (GArray)
      keys = js_is_object (vm, value) ? js_own_keys (vm, value.payload, JS_KEYS_STRINGS | JS_KEYS_ENUMERABLE) : NULL;
  JsInspect inspect;
  char *text;

  js_inspect_init (&inspect, vm);
  inspect.depth = keys != NULL && keys->len > 2 ? -1 : 0;
  inspect.most_elements = 3;
  text = js_inspect_value (&inspect, value, 0);
  if (inspect.failed)
    js_catch (vm);
  js_inspect_clear (&inspect);
  return text;
}

static char *
key_text (JsVm *vm, JsKey key)
{
  return g_strdup (js_key_to_atom (vm, key)->text);
}

/* A row: its properties each in a column, or itself in the last. */
static void
add_row (Table *self, char *index, JsValue value, GPtrArray *values)
{
  JsVm *vm = self->vm;
  guint row = self->n_rows++;
  g_autoptr (GArray) keys = NULL;

  set_cell (self->columns->pdata[0], row, index);
  if (!js_is_object (vm, value) || js_is_callable (vm, value))
    {
      set_cell (values, row, cell_text (vm, value));
      return;
    }
  keys = js_own_keys (vm, value.payload, JS_KEYS_STRINGS | JS_KEYS_ENUMERABLE);
  for (guint i = 0; i < keys->len; i++)
    {
      JsHandles handles = js_handles_open (vm);
      JsKey key = g_array_index (keys, JsKey, i);
      g_autofree char *name = key_text (vm, key);
      JsValue cell = js_hold (vm, js_get (vm, value, key));

      if (js_is_hole (cell))
        js_catch (vm);
      else
        set_cell (find_column (self, name), row, cell_text (vm, cell));
      js_handles_close (vm, handles);
    }
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

static const char *
cell_of (const Table *self, guint column, guint row)
{
  const GPtrArray *cells = self->columns->pdata[column];

  return row < cells->len && cells->pdata[row] != NULL ? cells->pdata[row] : "";
}

static void
draw_line (GString *out, const guint *widths, guint n, const char *left, const char *middle, const char *right)
{
  g_string_append (out, left);
  for (guint i = 0; i < n; i++)
    {
      for (guint k = 0; k < widths[i]; k++)
        g_string_append (out, "─");
      g_string_append (out, i + 1 < n ? middle : right);
    }
}

static void
draw_cell (GString *out, const char *text, guint width)
{
  g_string_append_printf (out, " %s%*s", text, (int) (width - js_text_width (text)) - 1, "");
}

static void
draw_row (GString *out, const Table *self, const guint *widths, gint row)
{
  g_string_append (out, "│");
  for (guint i = 0; i < self->columns->len; i++)
    {
      draw_cell (out, row < 0 ? self->names->pdata[i] : cell_of (self, i, (guint) row), widths[i]);
      g_string_append (out, "│");
    }
  g_string_append_c (out, '\n');
}

static char *
draw (const Table *self)
{
  GString *out = g_string_new (NULL);
  guint n = self->columns->len;
  g_autofree guint *widths = g_new0 (guint, n);

  for (guint i = 0; i < n; i++)
    {
      widths[i] = js_text_width (self->names->pdata[i]) + 2;
      for (guint row = 0; row < self->n_rows; row++)
        widths[i] = MAX (widths[i], js_text_width (cell_of (self, i, row)) + 2);
    }
  draw_line (out, widths, n, "┌", "┬", "┐\n");
  draw_row (out, self, widths, -1);
  draw_line (out, widths, n, "├", "┼", "┤\n");
  for (guint row = 0; row < self->n_rows; row++)
    draw_row (out, self, widths, (gint) row);
  draw_line (out, widths, n, "└", "┴", "┘");
  return g_string_free (out, FALSE);
}

/* ---- what there is ----------------------------------------------------------------------------------------------- */

/* Maps and Sets: an array of what they hold. Held; the hole: neither. */
static JsValue
list_entries (JsVm *vm, JsValue data, gboolean is_map)
{
  JsIntrinsic prototype = is_map ? JS_INTRINSIC_MAP_PROTOTYPE : JS_INTRINSIC_SET_PROTOTYPE;
  JsValue method = js_get_named (vm, js_intrinsic (vm, prototype), js_atom (vm, is_map ? "entries" : "values", -1));
  JsValue iterator = js_hold (vm, js_call (vm, method, data, NULL, 0));

  return js_is_hole (iterator) ? iterator : js_hold (vm, js_array_from_iterable (vm, iterator));
}

static gboolean
fill_from_collection (Table *self, JsValue data, gboolean is_map, GPtrArray *values)
{
  JsVm *vm = self->vm;
  JsValue entries = list_entries (vm, data, is_map);
  GPtrArray *keys = is_map ? add_column (self, KEY_NAME) : NULL;

  for (guint32 i = 0; !js_is_hole (entries) && js_vm_tick (vm) && i < js_array_length (vm, entries.payload); i++)
    {
      JsValue entry = js_hold (vm, js_element (vm, entries.payload, i));

      if (is_map)
        {
          set_cell (keys, i, cell_text (vm, js_hold (vm, js_element (vm, entry.payload, 0))));
          entry = js_hold (vm, js_element (vm, entry.payload, 1));
        }
      set_cell (self->columns->pdata[0], self->n_rows++, g_strdup_printf ("%u", i));
      set_cell (values, i, cell_text (vm, entry));
    }
  return !js_is_hole (entries);
}

static void
fill_from_object (Table *self, JsValue data, GPtrArray *values)
{
  g_autoptr (GArray) keys = js_own_keys (self->vm, data.payload, JS_KEYS_STRINGS | JS_KEYS_ENUMERABLE);

  for (guint i = 0; i < keys->len; i++)
    {
      JsHandles handles = js_handles_open (self->vm);
      JsKey key = g_array_index (keys, JsKey, i);
      JsValue value = js_hold (self->vm, js_get (self->vm, data, key));

      if (js_vm_tick (self->vm) && !js_is_hole (value))
        add_row (self, key_text (self->vm, key), value, values);
      js_handles_close (self->vm, handles);
    }
}

static void
choose_columns (Table *self, JsValue names)
{
  self->only = js_is_array (self->vm, names);
  for (guint32 i = 0; self->only && i < js_array_length (self->vm, names.payload); i++)
    {
      g_autofree char *name = js_to_utf8 (self->vm, js_element (self->vm, names.payload, i));

      if (name != NULL)
        add_column (self, name);
    }
}

JsValue
js_console_table (JsVm *vm, const JsCall *call)
{
  JsValue data = js_argument (call, 0);
  gboolean is_map = js_is_kind (vm, data, JS_KIND_MAP), is_set = js_is_kind (vm, data, JS_KIND_SET), done = TRUE;
  Table self = { .vm = vm };
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  if (!js_is_object (vm, data))
    {
      text = js_format (vm, call->arguments, MIN (call->n, 1));
      js_console_write (vm, HP_STREAM_OUTPUT, text != NULL ? text : "");
      return JS_UNDEFINED;
    }
  self.names = g_ptr_array_new_with_free_func (g_free);
  self.columns = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  add_column (&self, is_map || is_set ? ITERATION_NAME : INDEX_NAME);
  choose_columns (&self, js_argument (call, 1));
  if (is_map || is_set)
    done = fill_from_collection (&self, data, is_map, values);
  else
    fill_from_object (&self, data, values);
  if (values->len > 0)
    {
      g_ptr_array_add (self.names, g_strdup (VALUES_NAME));
      g_ptr_array_add (self.columns, g_ptr_array_ref (values));
    }
  text = draw (&self);
  g_ptr_array_unref (self.names);
  g_ptr_array_unref (self.columns);
  if (done)
    js_console_write (vm, HP_STREAM_OUTPUT, text);
  return done ? JS_UNDEFINED : JS_THROWN;
}
