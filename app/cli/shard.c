/* shard.c - the file that holds a part of a sweep, and joining such files
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "shard.h"

#include "base/error.h"

#include <string.h>

#define FORMAT_KEY "heaparium-sweep"
#define FORMAT 1

static void
free_cell (gpointer cell)
{
  if (cell != NULL)
    cli_cell_free (cell);
}

CliSweep *
cli_sweep_new (CliGrid *grid, GStrv facts)
{
  CliSweep *self = g_new0 (CliSweep, 1);

  self->grid = grid;
  self->facts = facts;
  self->cells = g_ptr_array_new_with_free_func (free_cell);
  g_ptr_array_set_size (self->cells, (int) cli_grid_count (grid));
  return self;
}

void
cli_sweep_free (CliSweep *self)
{
  cli_grid_free (self->grid);
  g_strfreev (self->facts);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static void
append_json (GString *text, JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *line = json_to_string (root, FALSE);

  g_string_append (text, line);
  g_string_append_c (text, '\n');
}

static void
add_texts (JsonBuilder *builder, GStrv texts)
{
  json_builder_begin_array (builder);
  for (; *texts != NULL; texts++)
    json_builder_add_string_value (builder, *texts);
  json_builder_end_array (builder);
}

static void
append_head (GString *text, const CliSweep *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, FORMAT_KEY);
  json_builder_add_int_value (builder, FORMAT);
  json_builder_set_member_name (builder, "facts");
  add_texts (builder, self->facts);
  json_builder_set_member_name (builder, "axes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->grid->axes->len; i++)
    {
      const CliAxis *axis = g_ptr_array_index (self->grid->axes, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, axis->name);
      json_builder_set_member_name (builder, "values");
      add_texts (builder, axis->values);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  append_json (text, builder);
}

static void
append_cell (GString *text, guint index, const CliCell *cell)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "cell");
  json_builder_add_int_value (builder, index);
  if (cell->result != NULL)
    {
      json_builder_set_member_name (builder, "result");
      json_builder_add_value (builder, json_node_init_object (json_node_alloc (), cell->result));
    }
  if (cell->reason != NULL)
    {
      json_builder_set_member_name (builder, "reason");
      json_builder_add_string_value (builder, cell->reason);
    }
  json_builder_end_object (builder);
  append_json (text, builder);
}

char *
cli_shard_format (const CliSweep *self)
{
  GString *text = g_string_new (NULL);

  append_head (text, self);
  for (guint i = 0; i < self->cells->len; i++)
    {
      const CliCell *cell = g_ptr_array_index (self->cells, i);

      if (cell != NULL && cli_cell_is_finished (cell))
        append_cell (text, i, cell);
    }
  return g_string_free (text, FALSE);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *path;
  guint line;
} Place;

static gboolean G_GNUC_PRINTF (3, 4) refuse (GError **error, const Place *place, const char *format, ...)
{
  va_list arguments;
  g_autofree char *reason = NULL;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, HP_ERROR, HP_ERROR_INPUT, _ ("%s, line %u: %s"), place->path, place->line, reason);
  return FALSE;
}

static JsonNode *
get_member (JsonNode *object, const char *key, JsonNodeType type)
{
  JsonNode *member = object != NULL && JSON_NODE_HOLDS_OBJECT (object)
                         ? json_object_get_member (json_node_get_object (object), key)
                         : NULL;

  return member != NULL && json_node_get_node_type (member) == type ? member : NULL;
}

static const char *
get_text (JsonNode *object, const char *key)
{
  JsonNode *member = get_member (object, key, JSON_NODE_VALUE);

  return member != NULL ? json_node_get_string (member) : NULL;
}

static gboolean
get_integer (JsonNode *object, const char *key, gint64 *number)
{
  JsonNode *member = get_member (object, key, JSON_NODE_VALUE);

  if (member == NULL || json_node_get_value_type (member) != G_TYPE_INT64)
    return FALSE;
  *number = json_node_get_int (member);
  return TRUE;
}

/* The texts of an array; NULL when it holds something else. */
static GStrv
get_texts (JsonNode *object, const char *key)
{
  JsonNode *member = get_member (object, key, JSON_NODE_ARRAY);
  JsonArray *array = member != NULL ? json_node_get_array (member) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_string (element) == NULL)
        return NULL;
      g_strv_builder_add (builder, json_node_get_string (element));
    }
  return array != NULL ? g_strv_builder_end (builder) : NULL;
}

static CliGrid *
read_grid (JsonNode *head, GError **error)
{
  g_autoptr (CliGrid) grid = cli_grid_new ();
  JsonNode *axes = get_member (head, "axes", JSON_NODE_ARRAY);
  guint n = axes != NULL ? json_array_get_length (json_node_get_array (axes)) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *axis = json_array_get_element (json_node_get_array (axes), i);
      const char *name = get_text (axis, "name");
      g_auto (GStrv) values = get_texts (axis, "values");

      if (name == NULL || values == NULL)
        return NULL;
      if (!cli_grid_add (grid, name, values, error))
        return NULL;
    }
  return n > 0 ? g_steal_pointer (&grid) : NULL;
}

static CliSweep *
read_head (const char *line, const Place *place, GError **error)
{
  g_autoptr (JsonNode) head = json_from_string (line, NULL);
  g_autoptr (CliGrid) grid = NULL;
  g_auto (GStrv) facts = get_texts (head, "facts");
  gint64 format;

  if (!get_integer (head, FORMAT_KEY, &format))
    return refuse (error, place, "%s", _ ("no part of a sweep, as sweep --shard writes it")), NULL;
  if (format != FORMAT)
    return refuse (error, place, _ ("format %d, expected %d"), (int) format, FORMAT), NULL;
  grid = read_grid (head, error);
  if (grid == NULL || facts == NULL)
    {
      g_clear_error (error);
      return refuse (error, place, "%s", _ ("the description of the grid is damaged")), NULL;
    }
  return cli_sweep_new (g_steal_pointer (&grid), g_steal_pointer (&facts));
}

static gboolean
read_cell (CliSweep *self, const char **origins, const char *line, const Place *place, GError **error)
{
  g_autoptr (JsonNode) root = json_from_string (line, NULL);
  JsonNode *result = get_member (root, "result", JSON_NODE_OBJECT);
  const char *reason = get_text (root, "reason");
  g_autofree char *which = NULL;
  gint64 index;
  CliCell *cell;

  if (!get_integer (root, "cell", &index) || index < 0 || index >= self->cells->len
      || (result == NULL && reason == NULL))
    return refuse (error, place, "%s", _ ("no cell of the grid; is the file cut off?"));
  which = cli_grid_describe (self->grid, (guint) index);
  if (origins[index] != NULL)
    return refuse (error, place, _ ("the cell %s is in %s too"), which, origins[index]);
  cell = cli_cell_new (NULL);
  cell->result = result != NULL ? json_object_ref (json_node_get_object (result)) : NULL;
  cell->reason = g_strdup (reason);
  g_ptr_array_index (self->cells, (guint) index) = cell;
  origins[index] = place->path;
  return TRUE;
}

/* ---- joining ----------------------------------------------------------------------------------------------------- */

static gboolean
check_same (const CliSweep *self, const CliSweep *other, const char *first, const Place *place, GError **error)
{
  g_autofree char *difference = cli_grid_difference (other->grid, self->grid);
  g_autofree char *ours = g_strjoinv (" ", self->facts), *theirs = g_strjoinv (" ", other->facts);

  if (difference != NULL)
    return refuse (error, place, _ ("not the sweep of %s: %s"), first, difference);
  if (strcmp (ours, theirs) != 0)
    return refuse (error, place, _ ("not the sweep of %s: %s instead of %s"), first, theirs, ours);
  return TRUE;
}

typedef struct
{
  CliSweep *sweep; /* NULL before the first file */
  const char **origins;
  const char *first;
} Merge;

static gboolean
merge_head (Merge *self, const char *line, const Place *place, GError **error)
{
  g_autoptr (CliSweep) head = read_head (line, place, error);

  if (head == NULL)
    return FALSE;
  if (self->sweep != NULL)
    return check_same (self->sweep, head, self->first, place, error);
  self->first = place->path;
  self->origins = g_new0 (const char *, head->cells->len);
  self->sweep = g_steal_pointer (&head);
  return TRUE;
}

static gboolean
merge_file (Merge *self, const char *path, GError **error)
{
  Place place = { path, 1 };
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  if (!merge_head (self, lines[0] != NULL ? lines[0] : "", &place, error))
    return FALSE;
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    {
      place.line = i + 1;
      if (*lines[i] != '\0' && !read_cell (self->sweep, self->origins, lines[i], &place, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_complete (const CliSweep *self, GError **error)
{
  guint n_missing = 0, first = 0;
  g_autofree char *which = NULL;

  for (guint i = self->cells->len; i-- > 0;)
    if (g_ptr_array_index (self->cells, i) == NULL)
      {
        n_missing++;
        first = i;
      }
  if (n_missing == 0)
    return TRUE;
  which = cli_grid_describe (self->grid, first);
  g_set_error (error,
               HP_ERROR,
               HP_ERROR_INPUT,
               _ ("%u of %u cells are in none of the files; the first is %s"),
               n_missing,
               self->cells->len,
               which);
  return FALSE;
}

CliSweep *
cli_shards_merge (GStrv paths, GError **error)
{
  Merge merge = { 0 };
  gboolean sound = TRUE;

  for (; sound && *paths != NULL; paths++)
    sound = merge_file (&merge, *paths, error);
  g_free (merge.origins);
  if (sound && check_complete (merge.sweep, error))
    return merge.sweep;
  g_clear_pointer (&merge.sweep, cli_sweep_free);
  return NULL;
}
