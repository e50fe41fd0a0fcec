/* table.c - results of many runs as text, CSV and JSON
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "table.h"

#include <math.h>
#include <string.h>

typedef enum
{
  COUNT,
  BYTES,
  NANOSECONDS,
  SHARE
} Unit;

/* Members of what `run --statistics --json` prints; CSV has them all, text those with a title. */
static const struct
{
  const char *key;
  const char *title;
  Unit unit;
} COLUMNS[] = {
  { "operations", NULL, COUNT },
  { "objects", NULL, COUNT },
  { "time_ns", N_ ("time"), NANOSECONDS },
  { "scavenges", N_ ("scavenges"), COUNT },
  { "mark_compacts", N_ ("full"), COUNT },
  { "allocated_bytes", N_ ("allocated"), BYTES },
  { "freed_bytes", NULL, BYTES },
  { "copied_bytes", N_ ("copied"), BYTES },
  { "promoted_bytes", N_ ("promoted"), BYTES },
  { "evacuated_bytes", NULL, BYTES },
  { "compacted_bytes", N_ ("compacted"), BYTES },
  { "pauses", N_ ("pauses"), COUNT },
  { "pause_ns", N_ ("paused"), NANOSECONDS },
  { "pause_p50_ns", N_ ("p50"), NANOSECONDS },
  { "pause_p99_ns", N_ ("p99"), NANOSECONDS },
  { "longest_pause_ns", N_ ("longest"), NANOSECONDS },
  { "utilisation", NULL, SHARE },
  { "waiting_ns", NULL, NANOSECONDS },
  { "waiting", NULL, SHARE },
  { "longest_thrashing_ns", NULL, NANOSECONDS },
  { "committed_bytes", NULL, BYTES },
  { "peak_committed_bytes", N_ ("committed ≤"), BYTES },
  { "live_bytes", NULL, BYTES },
  { "peak_live_bytes", N_ ("live ≤"), BYTES },
  { "worst_fragmentation", N_ ("unused ≤"), SHARE },
  { "minor_faults", N_ ("minor faults"), COUNT },
  { "major_faults", N_ ("major faults"), COUNT },
  { "evictions", NULL, COUNT },
  { "dirty_evictions", N_ ("written back"), COUNT },
  { "read_ahead", NULL, COUNT },
  { "unused_read_ahead", NULL, COUNT },
  { "policy_faults", N_ ("wrong answers"), COUNT },
};

guint
cli_table_count_failed (const CliTable *self)
{
  guint n = 0;

  for (guint i = 0; i < self->cells->len; i++)
    n += ((const CliCell *) g_ptr_array_index (self->cells, i))->reason != NULL;
  return n;
}

/* ---- text -------------------------------------------------------------------------------------------------------- */

static char *
scale (double value, double step, const char *const *units, guint n_units)
{
  guint unit = 0;

  while (value >= step && unit + 1 < n_units)
    {
      value /= step;
      unit++;
    }
  return g_strdup_printf (unit == 0 ? "%.0f %s" : value < 100 ? "%.2f %s" : "%.1f %s", value, units[unit]);
}

static char *
format_for_people (double value, Unit unit)
{
  static const char *const SIZES[] = { "B", "KB", "MB", "GB" };
  static const char *const TIMES[] = { "ns", "µs", "ms", "s" };

  if (unit == BYTES)
    return scale (value, 1024, SIZES, G_N_ELEMENTS (SIZES));
  if (unit == NANOSECONDS)
    return scale (value, 1000, TIMES, G_N_ELEMENTS (TIMES));
  return unit == SHARE ? g_strdup_printf ("%.1f %%", value * 100) : g_strdup_printf ("%.0f", value);
}

/* A line of the table: the labels, then the columns that people see. */
static GStrv
text_line (GStrv labels, JsonObject *result, gboolean heading)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (; *labels != NULL; labels++)
    g_strv_builder_add (builder, *labels);
  for (gsize i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    {
      g_autofree char *value = NULL;

      if (COLUMNS[i].title == NULL)
        continue;
      if (result != NULL && json_object_has_member (result, COLUMNS[i].key))
        value = format_for_people (json_object_get_double_member (result, COLUMNS[i].key), COLUMNS[i].unit);
      g_strv_builder_add (builder, heading ? _ (COLUMNS[i].title) : value != NULL ? value : "–");
    }
  return g_strv_builder_end (builder);
}

static void
append_line (GString *text, GStrv line, const glong *widths, guint n_labels)
{
  for (guint i = 0; line[i] != NULL; i++)
    {
      int padding = (int) (widths[i] - g_utf8_strlen (line[i], -1));

      if (i < n_labels)
        g_string_append_printf (text, "%s%s%*s", i > 0 ? "  " : "", line[i], padding, "");
      else
        g_string_append_printf (text, "%s%*s%s", i > 0 ? "  " : "", padding, "", line[i]);
    }
  g_string_append_c (text, '\n');
}

static void
append_reasons (GString *text, const CliTable *self)
{
  if (cli_table_count_failed (self) > 0)
    g_string_append_c (text, '\n');
  for (guint i = 0; i < self->cells->len; i++)
    {
      const CliCell *cell = g_ptr_array_index (self->cells, i);
      g_autofree char *labels = g_strjoinv (", ", g_ptr_array_index (self->labels, i));

      if (cell->reason != NULL)
        g_string_append_printf (text, "%s: %s\n", labels, cell->reason);
    }
}

static char *
format_text (const CliTable *self)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  guint n_columns;
  g_autofree glong *widths = NULL;

  g_ptr_array_add (lines, text_line (self->names, NULL, TRUE));
  for (guint i = 0; i < self->cells->len; i++)
    {
      const CliCell *cell = g_ptr_array_index (self->cells, i);

      if (cli_cell_is_finished (cell))
        g_ptr_array_add (lines, text_line (g_ptr_array_index (self->labels, i), cell->result, FALSE));
    }
  n_columns = g_strv_length (g_ptr_array_index (lines, 0));
  widths = g_new0 (glong, n_columns);
  for (guint i = 0; i < lines->len; i++)
    for (guint c = 0; c < n_columns; c++)
      widths[c] = MAX (widths[c], g_utf8_strlen (((GStrv) g_ptr_array_index (lines, i))[c], -1));
  for (guint i = 0; i < lines->len; i++)
    append_line (text, g_ptr_array_index (lines, i), widths, g_strv_length (self->names));
  append_reasons (text, self);
  return g_string_free (text, FALSE);
}

/* ---- CSV (RFC 4180) ---------------------------------------------------------------------------------------------- */

static void
append_field (GString *text, const char *field)
{
  g_autoptr (GString) quoted = NULL;

  if (strpbrk (field, ",\"\r\n") == NULL)
    {
      g_string_append (text, field);
      return;
    }
  quoted = g_string_new (field);
  g_string_replace (quoted, "\"", "\"\"", 0);
  g_string_append_printf (text, "\"%s\"", quoted->str);
}

static void
append_number (GString *text, JsonObject *result, const char *key)
{
  JsonNode *node = result != NULL ? json_object_get_member (result, key) : NULL;
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (node == NULL)
    return;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    g_string_append (text, g_ascii_formatd (digits, sizeof digits, "%.6g", json_node_get_double (node)));
}

static void
append_csv_row (GString *text, GStrv labels, const CliCell *cell)
{
  const char *ending = cell->result != NULL ? json_object_get_string_member (cell->result, "ending") : "crashed";

  for (; *labels != NULL; labels++)
    {
      append_field (text, *labels);
      g_string_append_c (text, ',');
    }
  g_string_append (text, ending);
  for (gsize i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    {
      g_string_append_c (text, ',');
      append_number (text, cell->result, COLUMNS[i].key);
    }
  g_string_append_c (text, ',');
  append_field (text, cell->reason != NULL ? cell->reason : "");
  g_string_append (text, "\r\n");
}

static char *
format_csv (const CliTable *self)
{
  GString *text = g_string_new (NULL);

  for (GStrv name = self->names; *name != NULL; name++)
    {
      append_field (text, *name);
      g_string_append_c (text, ',');
    }
  g_string_append (text, "ending");
  for (gsize i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    g_string_append_printf (text, ",%s", COLUMNS[i].key);
  g_string_append (text, ",reason\r\n");
  for (guint i = 0; i < self->cells->len; i++)
    if (cli_cell_is_finished (g_ptr_array_index (self->cells, i)))
      append_csv_row (text, g_ptr_array_index (self->labels, i), g_ptr_array_index (self->cells, i));
  return g_string_free (text, FALSE);
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static void
add_json_row (JsonBuilder *builder, GStrv names, GStrv labels, const CliCell *cell)
{
  json_builder_begin_object (builder);
  for (guint i = 0; names[i] != NULL; i++)
    {
      /* The first is the policy; settings stand in an object of their own. */
      json_builder_set_member_name (builder, names[i]);
      json_builder_add_string_value (builder, labels[i]);
      if (i > 0)
        continue;
      json_builder_set_member_name (builder, "settings");
      json_builder_begin_object (builder);
    }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "result");
  if (cell->result != NULL)
    {
      JsonNode *node = json_node_init_object (json_node_alloc (), cell->result);

      json_builder_add_value (builder, node);
    }
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "reason");
  if (cell->reason != NULL)
    json_builder_add_string_value (builder, cell->reason);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
}

/* An array with a row a line. */
static char *
format_json (const CliTable *self)
{
  GString *text = g_string_new ("[");
  const char *separator = "\n";

  for (guint i = 0; i < self->cells->len; i++)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autoptr (JsonNode) root = NULL;
      g_autofree char *row = NULL;

      if (!cli_cell_is_finished (g_ptr_array_index (self->cells, i)))
        continue;
      add_json_row (builder, self->names, g_ptr_array_index (self->labels, i), g_ptr_array_index (self->cells, i));
      root = json_builder_get_root (builder);
      row = json_to_string (root, FALSE);
      g_string_append_printf (text, "%s%s", separator, row);
      separator = ",\n";
    }
  g_string_append (text, "\n]\n");
  return g_string_free (text, FALSE);
}

char *
cli_table_format (const CliTable *self, CliTableForm form)
{
  switch (form)
    {
    case CLI_TABLE_CSV:
      return format_csv (self);
    case CLI_TABLE_JSON:
      return format_json (self);
    case CLI_TABLE_TEXT:
    default:
      return format_text (self);
    }
}
