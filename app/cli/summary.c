/* summary.c - what a run adds up to, for people and for programs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "summary.h"

#include <inttypes.h>
#include <json-glib/json-glib.h>
#include <string.h>

typedef enum
{
  COUNT,
  BYTES,
  NANOSECONDS,
  SHARE /* a double from 0 to 1 */
} Unit;

typedef struct
{
  const char *key;
  const char *label;
  Unit unit;
  gsize offset;
} Row;

/* All counters: the key in JSON and the words for people. An empty row is a gap. */
static const Row ROWS[] = {
#define ROW(key, label, unit)                           \
  {                                                     \
#key, label, unit, G_STRUCT_OFFSET(HpCounters, key) \
  }
  ROW (operations, N_ ("operations"), COUNT),
  ROW (objects, N_ ("objects allocated"), COUNT),
  ROW (time_ns, N_ ("simulated time"), NANOSECONDS),
  ROW (waiting_ns, N_ ("of it waiting for pages"), NANOSECONDS),
  { NULL },
  ROW (scavenges, N_ ("scavenges"), COUNT),
  ROW (mark_compacts, N_ ("mark-compacts"), COUNT),
  ROW (pause_ns, N_ ("pauses, all together"), NANOSECONDS),
  ROW (longest_pause_ns, N_ ("longest pause"), NANOSECONDS),
  { NULL },
  ROW (allocated_bytes, N_ ("allocated"), BYTES),
  ROW (copied_bytes, N_ ("copied in new space"), BYTES),
  ROW (promoted_bytes, N_ ("promoted"), BYTES),
  ROW (evacuated_bytes, N_ ("moved out of new space by full collections"), BYTES),
  ROW (compacted_bytes, N_ ("moved in old space"), BYTES),
  ROW (freed_bytes, N_ ("freed"), BYTES),
  ROW (live_bytes, N_ ("live at the end"), BYTES),
  ROW (external_bytes, N_ ("outside of the heap at the end"), BYTES),
  { NULL },
  ROW (minor_faults, N_ ("minor faults"), COUNT),
  ROW (major_faults, N_ ("major faults"), COUNT),
  ROW (evictions, N_ ("evictions"), COUNT),
  ROW (dirty_evictions, N_ ("of dirty pages"), COUNT),
  ROW (read_ahead, N_ ("pages read ahead"), COUNT),
  ROW (unused_read_ahead, N_ ("evicted unused"), COUNT),
  ROW (resident_pages, N_ ("pages in RAM"), COUNT),
  ROW (swapped_pages, N_ ("pages in swap"), COUNT),
#undef ROW
};

/* What --statistics adds. */
static const Row STATISTICS_ROWS[] = {
#define ROW(key, member, label, unit)                              \
  {                                                                \
    key, label, unit, G_STRUCT_OFFSET (HpStatisticsReport, member) \
  }
  ROW ("pauses", pauses.n, N_ ("pauses"), COUNT),
  ROW ("pause_p50_ns", pauses.p50_ns, N_ ("half of them up to"), NANOSECONDS),
  ROW ("pause_p99_ns", pauses.p99_ns, N_ ("99 in 100 up to"), NANOSECONDS),
  ROW ("scavenge_pause_ns", pauses_of[HP_COLLECTION_YOUNG].total_ns, N_ ("scavenges, all together"), NANOSECONDS),
  ROW ("scavenge_pause_p50_ns", pauses_of[HP_COLLECTION_YOUNG].p50_ns, N_ ("half of them up to"), NANOSECONDS),
  ROW (
      "mark_compact_pause_ns", pauses_of[HP_COLLECTION_FULL].total_ns, N_ ("mark-compacts, all together"), NANOSECONDS),
  ROW ("mark_compact_pause_p50_ns", pauses_of[HP_COLLECTION_FULL].p50_ns, N_ ("half of them up to"), NANOSECONDS),
  ROW ("steps", pauses_of[HP_COLLECTION_NONE].n, N_ ("steps between collections"), COUNT),
  ROW ("step_pause_ns", pauses_of[HP_COLLECTION_NONE].total_ns, N_ ("steps, all together"), NANOSECONDS),
  ROW ("utilisation", utilisation, N_ ("time for the program"), SHARE),
  ROW ("waiting", waiting, N_ ("time waiting for pages"), SHARE),
  ROW ("longest_thrashing_ns", longest_thrashing_ns, N_ ("thrashing, longest"), NANOSECONDS),
  { NULL },
  ROW ("peak_live_bytes", peak_live_bytes, N_ ("live at most"), BYTES),
  ROW ("committed_bytes", committed_bytes, N_ ("heap pages at the end"), BYTES),
  ROW ("peak_committed_bytes", peak_committed_bytes, N_ ("heap pages at most"), BYTES),
  ROW ("old_committed_bytes", old_committed_bytes, N_ ("old space at the end"), BYTES),
  ROW ("old_used_bytes", old_used_bytes, N_ ("of it used"), BYTES),
  ROW ("worst_fragmentation", worst_fragmentation, N_ ("old space unused after a mark-compact, at most"), SHARE),
  ROW ("policy_faults", policy_faults, N_ ("wrong answers of the policy"), COUNT),
#undef ROW
};

CliSummary
cli_summary_of_machine (const HpMachine *machine)
{
  return (CliSummary){ .counters = *hp_machine_counters (machine),
                       .ending = hp_machine_ending (machine),
                       .message = hp_machine_ending_message (machine) };
}

CliSummary
cli_summary_of_recording (HpRecording *recording)
{
  guint64 n = hp_recording_length (recording);
  const HpEvent *last = n > 0 ? hp_recording_event (recording, n - 1) : NULL;
  CliSummary self = { .scenario = hp_recording_get_fact (recording, "scenario"),
                      .policy = hp_recording_get_fact (recording, "policy"),
                      .preset = hp_recording_get_fact (recording, "set.machine.preset"),
                      .counters = *hp_moment_counters (hp_recording_head (recording)),
                      .ending = HP_ENDING_CRASHED };

  self.counters.longest_pause_ns = hp_recording_longest_pause (recording);
  if (last == NULL || hp_event_type (last) != HP_EVENT_END)
    return self;
  self.ending = (HpEnding) hp_event_detail (last);
  self.message = hp_definitions_string (hp_recording_definitions (recording), last->x);
  return self;
}

static char *
format_time (guint64 ns)
{
  static const char *const SCALES[] = { "ns", "µs", "ms", "s" };
  double scaled = (double) ns;
  guint scale = 0;

  while (scaled >= 1000 && scale + 1 < G_N_ELEMENTS (SCALES))
    {
      scaled /= 1000;
      scale++;
    }
  return g_strdup_printf (scale == 0 ? "%.0f %s" : "%.3f %s", scaled, SCALES[scale]);
}

static char *
format_value (const Row *row, gconstpointer values)
{
  guint64 value = G_STRUCT_MEMBER (guint64, values, row->offset);

  switch (row->unit)
    {
    case COUNT:
      return g_strdup_printf ("%" PRIu64, value);
    case BYTES:
      return g_strdup_printf (_ ("%" PRIu64 " bytes"), value);
    case SHARE:
      return g_strdup_printf ("%.1f %%", 100 * G_STRUCT_MEMBER (double, values, row->offset));
    default:
      return format_time (value);
    }
}

/* Labels to the left in a column of their own width, numbers below each other, units after them. */
static void
append_row (GString *text, const char *label, glong label_width, const char *value)
{
  glong digits = (glong) strspn (value, "0123456789");

  g_string_append_printf (
      text, "%s%*s", label, (int) (label_width - g_utf8_strlen (label, -1) + MAX (12 - digits, 0)), "");
  g_string_append (text, value);
  g_string_append_c (text, '\n');
}

static void
append_title (GString *text, const CliSummary *self)
{
  g_string_append (text, self->scenario ? self->scenario : _ ("unknown scenario"));
  if (self->policy != NULL)
    g_string_append_printf (text, _ (", policy %s"), self->policy);
  if (self->preset != NULL)
    g_string_append_printf (text, _ (", preset %s"), self->preset);
  g_string_append_printf (text, ": %s", hp_ending_name (self->ending));
  if (self->message != NULL && *self->message != '\0')
    g_string_append_printf (text, ": %s", self->message);
  g_string_append (text, "\n\n");
}

static glong
widest_label (const Row *rows, gsize n, glong width)
{
  for (gsize i = 0; i < n; i++)
    if (rows[i].label != NULL)
      width = MAX (width, g_utf8_strlen (_ (rows[i].label), -1));
  return width;
}

static void
append_rows (GString *text, const Row *rows, gsize n, gconstpointer values, glong width)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *value = rows[i].label ? format_value (&rows[i], values) : NULL;

      if (value != NULL)
        append_row (text, _ (rows[i].label), width, value);
      else
        g_string_append_c (text, '\n');
    }
}

char *
cli_summary_text (const CliSummary *self)
{
  GString *text = g_string_new (NULL);
  glong width = widest_label (ROWS, G_N_ELEMENTS (ROWS), 0);

  if (self->statistics != NULL)
    width = widest_label (STATISTICS_ROWS, G_N_ELEMENTS (STATISTICS_ROWS), width);
  append_title (text, self);
  append_rows (text, ROWS, G_N_ELEMENTS (ROWS), &self->counters, width);
  if (self->statistics != NULL)
    {
      g_string_append_c (text, '\n');
      append_rows (text, STATISTICS_ROWS, G_N_ELEMENTS (STATISTICS_ROWS), self->statistics, width);
    }
  return g_string_free (text, FALSE);
}

static void
add_text (JsonBuilder *builder, const char *key, const char *value)
{
  json_builder_set_member_name (builder, key);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_numbers (JsonBuilder *builder, const Row *rows, gsize n, gconstpointer values)
{
  for (gsize i = 0; i < n; i++)
    {
      if (rows[i].key == NULL)
        continue;
      json_builder_set_member_name (builder, rows[i].key);
      if (rows[i].unit == SHARE)
        json_builder_add_double_value (builder, G_STRUCT_MEMBER (double, values, rows[i].offset));
      else
        json_builder_add_int_value (builder, (gint64) G_STRUCT_MEMBER (guint64, values, rows[i].offset));
    }
}

char *
cli_summary_json (const CliSummary *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "scenario", self->scenario);
  add_text (builder, "policy", self->policy);
  add_text (builder, "preset", self->preset);
  add_text (builder, "ending", hp_ending_name (self->ending));
  add_text (builder, "message", self->message);
  add_numbers (builder, ROWS, G_N_ELEMENTS (ROWS), &self->counters);
  if (self->statistics != NULL)
    add_numbers (builder, STATISTICS_ROWS, G_N_ELEMENTS (STATISTICS_ROWS), self->statistics);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_strconcat (text, "\n", NULL);
}

CliExit
cli_summary_complain (const CliSummary *self, const char *file)
{
  CliExit exit = self->ending == HP_ENDING_SCENARIO_ERROR && file != NULL ? CLI_INPUT : CLI_ENDED;

  if (self->ending == HP_ENDING_COMPLETED)
    return CLI_DONE;
  if (self->message != NULL && *self->message != '\0')
    return cli_complain (exit, "%s", self->message);
  return cli_complain (exit, _ ("the run ended early: %s"), hp_ending_name (self->ending));
}
