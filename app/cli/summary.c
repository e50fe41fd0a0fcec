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
  NANOSECONDS
} Unit;

/* All counters: the key in JSON and the words for people. An empty row is a gap. */
static const struct
{
  const char *key;
  const char *label;
  Unit unit;
  gsize offset;
} ROWS[] = {
#define ROW(key, label, unit)                           \
  {                                                     \
#key, label, unit, G_STRUCT_OFFSET(HpCounters, key) \
  }
  ROW (operations, N_ ("operations"), COUNT),
  ROW (objects, N_ ("objects allocated"), COUNT),
  ROW (time_ns, N_ ("simulated time"), NANOSECONDS),
  { NULL },
  ROW (scavenges, N_ ("scavenges"), COUNT),
  ROW (mark_compacts, N_ ("mark-compacts"), COUNT),
  ROW (pause_ns, N_ ("pauses, all together"), NANOSECONDS),
  ROW (longest_pause_ns, N_ ("longest pause"), NANOSECONDS),
  { NULL },
  ROW (allocated_bytes, N_ ("allocated"), BYTES),
  ROW (copied_bytes, N_ ("copied in new space"), BYTES),
  ROW (promoted_bytes, N_ ("promoted"), BYTES),
  ROW (compacted_bytes, N_ ("moved in old space"), BYTES),
  ROW (freed_bytes, N_ ("freed"), BYTES),
  ROW (live_bytes, N_ ("live at the end"), BYTES),
  { NULL },
  ROW (minor_faults, N_ ("minor faults"), COUNT),
  ROW (major_faults, N_ ("major faults"), COUNT),
  ROW (evictions, N_ ("evictions"), COUNT),
  ROW (dirty_evictions, N_ ("of dirty pages"), COUNT),
  ROW (resident_pages, N_ ("pages in RAM"), COUNT),
  ROW (swapped_pages, N_ ("pages in swap"), COUNT),
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

static guint64
value_of (const CliSummary *self, gsize row)
{
  return G_STRUCT_MEMBER (guint64, &self->counters, ROWS[row].offset);
}

static char *
format_value (guint64 value, Unit unit)
{
  static const char *const SCALES[] = { "ns", "µs", "ms", "s" };
  double scaled = (double) value;
  guint scale = 0;

  if (unit == COUNT)
    return g_strdup_printf ("%" PRIu64, value);
  if (unit == BYTES)
    return g_strdup_printf (_ ("%" PRIu64 " bytes"), value);
  while (scaled >= 1000 && scale + 1 < G_N_ELEMENTS (SCALES))
    {
      scaled /= 1000;
      scale++;
    }
  return g_strdup_printf (scale == 0 ? "%.0f %s" : "%.3f %s", scaled, SCALES[scale]);
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

char *
cli_summary_text (const CliSummary *self)
{
  GString *text = g_string_new (NULL);
  glong width = 0;

  append_title (text, self);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    if (ROWS[i].label != NULL)
      width = MAX (width, g_utf8_strlen (_ (ROWS[i].label), -1));
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *value = ROWS[i].label ? format_value (value_of (self, i), ROWS[i].unit) : NULL;

      if (value != NULL)
        append_row (text, _ (ROWS[i].label), width, value);
      else
        g_string_append_c (text, '\n');
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
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    if (ROWS[i].key != NULL)
      {
        json_builder_set_member_name (builder, ROWS[i].key);
        json_builder_add_int_value (builder, (gint64) value_of (self, i));
      }
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
