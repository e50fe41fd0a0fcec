/* verify.c - `heaparium-cli verify`: the referee
 *
 * A run is made with the heap verified before and after each collection. Its recording must then fold forwards to what
 * the machine counted, and backwards to nothing. A recording file is folded in the same way.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "input.h"
#include "summary.h"

#include <inttypes.h>
#include <string.h>

/* From an empty moment through all events to the head, and all the way back. */
static gboolean
check_folding (HpRecording *recording, GError **error)
{
  HpDefinitions *definitions = hp_recording_definitions (recording);
  g_autoptr (HpMoment) moment = hp_moment_new (definitions);
  g_autoptr (HpMoment) nothing = hp_moment_new (definitions);
  guint64 length = hp_recording_length (recording);
  g_autofree char *why = NULL;

  for (guint64 i = 0; i < length; i++)
    if (!hp_moment_apply (moment, hp_recording_event (recording, i), error))
      return FALSE;
  if (!hp_moment_equal (moment, hp_recording_head (recording), &why))
    {
      g_set_error (error, HP_ERROR, HP_ERROR_RUN, _ ("folded forwards, the recording is not where it ended: %s"), why);
      return FALSE;
    }
  for (guint64 i = length; i-- > 0;)
    hp_moment_revert (moment, hp_recording_event (recording, i));
  if (hp_moment_equal (moment, nothing, &why))
    return TRUE;
  g_set_error (error, HP_ERROR, HP_ERROR_RUN, _ ("folded backwards, the recording is not where it began: %s"), why);
  return FALSE;
}

/* What the machine counted is what its events say. */
static gboolean
check_counters (HpRecording *recording, const HpMachine *machine, GError **error)
{
  CliSummary told = cli_summary_of_recording (recording);
  CliSummary counted = cli_summary_of_machine (machine);
  g_autofree char *told_text = NULL;
  g_autofree char *counted_text = NULL;

  if (memcmp (&told.counters, &counted.counters, sizeof told.counters) == 0)
    return TRUE;
  told.scenario = told.policy = told.preset = NULL;
  told_text = cli_summary_json (&told);
  counted_text = cli_summary_json (&counted);
  g_set_error (error,
               HP_ERROR,
               HP_ERROR_RUN,
               _ ("the machine counted %.*s and its events say %.*s"),
               (int) strcspn (counted_text, "\n"),
               counted_text,
               (int) strcspn (told_text, "\n"),
               told_text);
  return FALSE;
}

static CliExit
report (HpRecording *recording, const HpMachine *machine)
{
  const HpCounters *counters = hp_moment_counters (hp_recording_head (recording));
  g_autofree char *text = NULL;

  if (machine != NULL)
    text = g_strdup_printf (
        _ ("verified: the heap around %" PRIu64 " collections, and %" PRIu64 " events forwards and backwards\n"),
        counters->scavenges + counters->mark_compacts,
        hp_recording_length (recording));
  else
    text = g_strdup_printf (_ ("verified: %" PRIu64 " events forwards and backwards\n"),
                            hp_recording_length (recording));
  return cli_print (text);
}

CliExit
cli_verify (const CliCommand *self, int argc, char **argv)
{
  g_auto (CliInput) input = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpMachine) machine = NULL;
  g_autoptr (HpRecording) recording = NULL;
  CliSummary summary;
  CliExit exit, printed;

  if (!cli_parse (self, &argc, &argv, "SCENARIO|FILE", CLI_INPUT_ENTRIES, NULL))
    return CLI_USAGE;
  if (!cli_input_open (&input, self, &exit))
    return exit;
  recording = cli_input_record (&input, (HpRunOptions){ .verify = TRUE }, &machine, &exit);
  if (recording == NULL)
    return exit;
  if (!check_folding (recording, &error) || (machine != NULL && !check_counters (recording, machine, &error)))
    return cli_complain_error (error, CLI_ENDED);
  if (machine == NULL)
    return report (recording, NULL);
  summary = cli_summary_of_machine (machine);
  exit = cli_summary_complain (&summary, hp_run_file (input.run));
  printed = report (recording, machine);
  return printed != CLI_DONE ? printed : exit;
}
