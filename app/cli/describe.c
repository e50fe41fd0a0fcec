/* describe.c - `heaparium-cli describe`: one moment of a run in words
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "at.h"
#include "input.h"

#include <inttypes.h>

static struct
{
  char *at;
  gboolean events;
} options;

static const GOptionEntry ENTRIES[] = {
  { "at", 0, 0, G_OPTION_ARG_STRING, &options.at, CLI_AT_HELP, N_ ("STEP") },
  { "events",
    0,
    0,
    G_OPTION_ARG_NONE,
    &options.events,
    N_ ("List the events of the operation that leads there"),
    NULL },
  { NULL },
};

/* The events since the last end of an operation, one a line: number, type, detail and the three words. */
static void
append_events (GString *text, const HpRecording *recording, guint64 step)
{
  guint64 first = hp_recording_previous (recording, step, HP_GRAIN_OPERATION);

  g_string_append (text, _ ("\nEvents of this operation\n"));
  for (guint64 i = first; i < step; i++)
    {
      const HpEvent *event = hp_recording_event (recording, i);

      g_string_append_printf (text,
                              "  %8" PRIu64 "  %-18s %8u %10u %10u %10u\n",
                              i + 1,
                              hp_event_type_name (hp_event_type (event)),
                              hp_event_detail (event),
                              event->x,
                              event->y,
                              event->z);
    }
}

static void
append_paragraph (GString *text, const char *words)
{
  if (words != NULL && *words != '\0')
    g_string_append_printf (text, "%s\n", words);
}

static char *
describe (HpRecording *recording, HpMoment *moment, guint64 step)
{
  GString *text = g_string_new (NULL);
  g_autofree char *explanation = hp_recording_explain (recording, moment, HP_GRAIN_EVENT);
  g_autofree char *state = hp_moment_describe (moment);

  g_string_append_printf (text, _ ("Step %" PRIu64 " of %" PRIu64 "\n"), step, hp_recording_length (recording));
  append_paragraph (text, explanation);
  g_string_append_c (text, '\n');
  append_paragraph (text, g_strchomp (state));
  if (options.events)
    append_events (text, recording, step);
  return g_string_free (text, FALSE);
}

CliExit
cli_describe (const CliCommand *self, int argc, char **argv)
{
  g_auto (CliInput) input = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpMachine) machine = NULL;
  g_autoptr (HpRecording) recording = NULL;
  g_autoptr (HpMoment) moment = NULL;
  g_autofree char *text = NULL;
  guint64 step;
  CliExit exit;

  if (!cli_parse (self, &argc, &argv, "SCENARIO|FILE", ENTRIES, CLI_INPUT_ENTRIES))
    return CLI_USAGE;
  if (!cli_input_open (&input, self, &exit))
    return exit;
  recording = cli_input_record (&input, (HpRunOptions){ 0 }, &machine, &exit);
  if (recording == NULL)
    return exit;
  if (!cli_at (recording, options.at, &step, &error))
    return cli_complain_error (error, CLI_USAGE);
  moment = hp_moment_new (hp_recording_definitions (recording));
  hp_recording_seek (recording, moment, step);
  text = describe (recording, moment, step);
  return cli_print (text);
}
