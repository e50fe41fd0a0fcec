/* watch_line.c - formats samples
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "watch_line.h"

#include "scene/chart.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define COLUMN 11 /* “-239.0 MB/s” */

typedef struct
{
  guint pid;
  double seconds;
  const HpProcessSample *sample;
  HpProcessRates rates;
} Line;

/* What people see of the amounts. */
static const HpProcessAmount SHOWN[] = {
  HP_PROCESS_RESIDENT, HP_PROCESS_ANONYMOUS, HP_PROCESS_FILE,         HP_PROCESS_SHARED,
  HP_PROCESS_SWAP,     HP_PROCESS_HEAP,      HP_PROCESS_HEAP_TOUCHED,
};

/* ---- text ------------------------------------------------------------------------------------------------------- */

static void
append_column (GString *line, const char *text)
{
  glong width = g_utf8_strlen (text, -1);

  if (line->len > 0)
    g_string_append_c (line, ' ');
  for (; width < COLUMN; width++)
    g_string_append_c (line, ' ');
  g_string_append (line, text);
}

static void
append_number (GString *line, HpChartUnit unit, double value, const char *format)
{
  g_autofree char *number = hp_chart_text (unit, value);
  g_autofree char *text = g_strdup_printf ("%s%s", number, format);

  append_column (line, text);
}

static char *
text_heading (void)
{
  g_autoptr (GString) line = g_string_new (NULL);

  append_column (line, _ ("time"));
  for (guint i = 0; i < G_N_ELEMENTS (SHOWN); i++)
    append_column (line, SHOWN[i] == HP_PROCESS_HEAP_TOUCHED ? _ ("touched") : hp_process_amount_title (SHOWN[i]));
  append_column (line, _ ("growth"));
  append_column (line, _ ("minor"));
  append_column (line, _ ("major"));
  g_string_append_c (line, '\n');
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
text_line (const Line *self)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *time = g_strdup_printf ("%.1f s", self->seconds);

  append_column (line, time);
  for (guint i = 0; i < G_N_ELEMENTS (SHOWN); i++)
    append_number (line,
                   HP_CHART_BYTES,
                   hp_process_sample_knows (self->sample, SHOWN[i]) ? (double) self->sample->bytes[SHOWN[i]] : NAN,
                   "");
  append_number (line, HP_CHART_BYTES, self->rates.growth, "/s");
  append_number (line, HP_CHART_PER_SECOND, self->rates.minor_faults, "");
  append_number (line, HP_CHART_PER_SECOND, self->rates.major_faults, "");
  g_string_append_c (line, '\n');
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* ---- for programs: the same members in CSV and JSON ------------------------------------------------------------- */

/* Numbers with three digits behind the point say enough, and are short. */
static void
add_rate (JsonBuilder *builder, const char *key, double rate)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_double_value (builder, round (rate * 1000) / 1000);
}

static void
add_count (JsonBuilder *builder, const char *key, guint64 count)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_int_value (builder, (gint64) count);
}

static void
add_amounts (JsonBuilder *builder, const HpProcessSample *sample)
{
  for (HpProcessAmount i = 0; i < HP_N_PROCESS_AMOUNTS; i++)
    {
      if (hp_process_sample_knows (sample, i))
        {
          add_count (builder, hp_process_amount_key (i), sample->bytes[i]);
          continue;
        }
      json_builder_set_member_name (builder, hp_process_amount_key (i));
      json_builder_add_null_value (builder);
    }
}

static JsonNode *
describe (const Line *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_count (builder, "pid", self->pid);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, self->sample->name);
  add_count (builder, "time_ms", (guint64) (self->seconds * 1000 + 0.5));
  add_amounts (builder, self->sample);
  add_count (builder, "in_use", hp_process_sample_in_use (self->sample));
  add_rate (builder, "growth_per_second", self->rates.growth);
  add_count (builder, "minor_faults", self->sample->minor_faults);
  add_count (builder, "major_faults", self->sample->major_faults);
  add_rate (builder, "minor_faults_per_second", self->rates.minor_faults);
  add_rate (builder, "major_faults_per_second", self->rates.major_faults);
  add_count (builder, "threads", self->sample->threads);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static char *
json_line (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  return g_strconcat (text, "\n", NULL);
}

/* Only a name can hold what CSV must quote. */
static char *
csv_cell (JsonNode *node)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *doubled = NULL;

  if (JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return json_to_string (node, FALSE);
  parts = g_strsplit (json_node_get_string (node), "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);
  return g_strdup_printf ("\"%s\"", doubled);
}

static char *
csv_line (JsonNode *node, gboolean heading)
{
  JsonObject *object = json_node_get_object (node);
  g_autoptr (GList) members = json_object_get_members (object);
  g_autoptr (GString) line = g_string_new (NULL);

  for (GList *member = members; member != NULL; member = member->next)
    {
      g_autofree char *cell = heading ? g_strdup (member->data)
                                      : csv_cell (json_object_get_member (object, member->data));

      g_string_append (line, cell);
      g_string_append_c (line, member->next != NULL ? ',' : '\n');
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* ---- all forms -------------------------------------------------------------------------------------------------- */

char *
cli_watch_heading (CliWatchForm form)
{
  const HpProcessSample nothing = { 0 };
  g_autoptr (JsonNode) node = NULL;

  if (form == CLI_WATCH_TEXT)
    return text_heading ();
  if (form == CLI_WATCH_JSON)
    return g_strdup ("");
  node = describe (&(Line){ .sample = &nothing });
  return csv_line (node, TRUE);
}

char *
cli_watch_line (CliWatchForm form, guint pid, const HpProcessHistory *history, const HpProcessSample *before)
{
  const HpProcessSample *sample = hp_process_history_last (history);
  Line line = { .pid = pid, .seconds = hp_process_history_seconds (history, sample), .sample = sample };
  g_autoptr (JsonNode) node = NULL;

  if (before != NULL)
    line.rates = hp_process_rates (before, sample);
  if (form == CLI_WATCH_TEXT)
    return text_line (&line);
  node = describe (&line);
  return form == CLI_WATCH_JSON ? json_line (node) : csv_line (node, FALSE);
}
