/* run.c - `heaparium-cli run`: performs a run, records it where wanted, and says what it adds up to
 *
 * It is also the window's worker: data/docs/worker.md says what it promises then.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "guard.h"
#include "input.h"
#include "program.h"
#include "recorder.h"
#include "summary.h"

#include <string.h>
#include <unistd.h>

/* 3 GB: what nobody limits must not fill the host's disk. */
#define MOST_RECORDED_EVENTS 200000000

static struct
{
  char *record;
  gboolean stream;
  gboolean json;
  gboolean statistics;
  gboolean stats;
  gboolean trace_gc;
  gboolean verify;
  gint64 event_limit;
  char *memory_limit;
  gint64 cpu_limit;
} options = { .event_limit = -1 };

static const GOptionEntry ENTRIES[] = {
  { "record",
    'r',
    0,
    G_OPTION_ARG_FILENAME,
    &options.record,
    N_ ("Record what happens; “-” is standard output"),
    N_ ("FILE") },
  { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print the summary as one JSON object"), NULL },
  { "statistics",
    0,
    0,
    G_OPTION_ARG_NONE,
    &options.statistics,
    N_ ("Add pauses, peaks and fragmentation to the summary"),
    NULL },
  { "stats", 0, 0, G_OPTION_ARG_NONE, &options.stats, N_ ("Print the summary after what a program prints"), NULL },
  { "trace-gc",
    0,
    0,
    G_OPTION_ARG_NONE,
    &options.trace_gc,
    N_ ("Print each collection as it happens, as node does"),
    NULL },
  { "verify", 0, 0, G_OPTION_ARG_NONE, &options.verify, N_ ("Check the heap before and after each collection"), NULL },
  { "event-limit",
    0,
    0,
    G_OPTION_ARG_INT64,
    &options.event_limit,
    N_ ("End the run after so many events (0: no limit)"),
    N_ ("N") },
  { "memory-limit",
    0,
    0,
    G_OPTION_ARG_STRING,
    &options.memory_limit,
    N_ ("The most memory this program may use: 512M, 2G"),
    N_ ("BYTES") },
  { "cpu-limit",
    0,
    0,
    G_OPTION_ARG_INT64,
    &options.cpu_limit,
    N_ ("The most processor time it may use"),
    N_ ("SECONDS") },
  { "stream",
    0,
    0,
    G_OPTION_ARG_NONE,
    &options.stream,
    N_ ("Somebody reads the recording along: write it at once"),
    NULL },
  { NULL },
};

/* A number of bytes in the form that settings have. */
static gboolean
parse_bytes (const char *text, guint64 *bytes, GError **error)
{
  HpParameter row = { "--memory-limit", HP_PARAMETER_BYTES, NULL, "0", 0, 9007199254740992.0, NULL, NULL };
  g_autoptr (HpSettings) settings = hp_settings_new (&row, 1);

  if (text != NULL && !hp_settings_set (settings, row.name, text, error))
    return FALSE;
  *bytes = (guint64) hp_settings_get_integer (settings, row.name);
  return TRUE;
}

static gboolean
set_limits (GError **error)
{
  guint64 memory;

  if (options.stream)
    cli_guard_follow_parent ();
  return parse_bytes (options.memory_limit, &memory, error)
         && cli_guard_limit (memory, (guint64) MAX (options.cpu_limit, 0), error);
}

static guint64
event_limit (void)
{
  if (options.event_limit >= 0)
    return (guint64) options.event_limit;
  if (options.stream)
    return CLI_EVENT_LIMIT;
  return options.record != NULL ? MOST_RECORDED_EVENTS : 0;
}

/* To standard output, but where the recording goes there: then for people to standard error, unless a program reads. */
static CliExit
print_summary (const CliSummary *summary)
{
  gboolean taken = g_strcmp0 (options.record, "-") == 0;
  g_autofree char *text = options.json ? cli_summary_json (summary) : cli_summary_text (summary);

  if (!taken)
    return cli_print (text);
  if (options.json || !options.stream)
    g_printerr ("%s", text);
  return CLI_DONE;
}

static void
add_recording (HpStatistics *statistics, const HpRecording *recording)
{
  guint64 n = hp_recording_length (recording);

  if (n > 0)
    hp_statistics_add (statistics, hp_recording_event (recording, 0), n);
}

static CliExit
show_recording (const CliInput *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpRecording) recording = NULL;
  g_autoptr (HpStatistics) statistics = hp_statistics_new ();
  HpStatisticsReport report;
  CliSummary summary;

  if (options.record != NULL)
    return cli_complain (CLI_USAGE, _ ("%s is a recording already"), input->name);
  recording = hp_recording_load (input->name, &error);
  if (recording == NULL)
    return cli_complain_error (error, CLI_INPUT);
  summary = cli_summary_of_recording (recording);
  if (options.statistics)
    {
      add_recording (statistics, recording);
      report = hp_statistics_report (statistics);
      summary.statistics = &report;
    }
  return print_summary (&summary);
}

/* Who hears what happens: the recorder, the statistics, both, or nobody. Events are counted only where somebody
 * listens, so that a limit alone needs a listener too. */
typedef struct
{
  gboolean records;
  HpListener recorder;
  HpStatistics *statistics; /* nullable */
} Audience;

static void
on_define (gpointer user_data, const HpDefinitions *definitions, HpDefinitionKind kind, guint32 id)
{
  Audience *self = user_data;

  if (self->records)
    self->recorder.define (self->recorder.self, definitions, kind, id);
}

static void
on_events (gpointer user_data, const HpEvent *events, gsize n)
{
  Audience *self = user_data;

  if (self->records)
    self->recorder.events (self->recorder.self, events, n);
  if (self->statistics != NULL)
    hp_statistics_add (self->statistics, events, n);
}

/* Standard output is the recording's, or the summary's where a program reads it. */
static CliProgram
watch_program (const CliInput *input)
{
  gboolean is_free = !options.json && g_strcmp0 (options.record, "-") != 0;

  return (CliProgram){ .is_shown = is_free && hp_run_scenario (input->run)->is_program,
                       .is_traced = is_free && options.trace_gc };
}

static gboolean
wants_summary (const CliProgram *program)
{
  return !program->is_shown || options.stats || options.statistics;
}

/* The machine after the run, with all of the recording written; or NULL with @exit. */
static HpMachine *
perform (CliInput *input, CliProgram *program, HpStatistics *statistics, CliExit *exit)
{
  g_autoptr (GError) error = NULL;
  CliRecorder *recorder = NULL;
  Audience audience = { .statistics = statistics };
  HpListener listener = { on_define, on_events, &audience };
  HpRunOptions run_options;
  gboolean listening = options.record != NULL || statistics != NULL || event_limit () > 0;
  HpMachine *machine;

  if (options.record != NULL)
    {
      recorder = cli_recorder_new (options.record, options.stream, input->run, &error);
      if (recorder == NULL)
        return *exit = cli_complain_error (error, CLI_OUTPUT), NULL;
      audience.records = TRUE;
      audience.recorder = cli_recorder_listener (recorder);
    }
  run_options = (HpRunOptions){ .progress = recorder ? cli_recorder_beat : NULL,
                                .user_data = recorder,
                                .event_limit = event_limit (),
                                .verify = options.verify };
  cli_program_attend (program, &run_options);
  machine = cli_input_perform (input, listening ? &listener : NULL, run_options, exit);
  if (recorder != NULL && !cli_recorder_close (recorder, &error))
    {
      g_clear_pointer (&machine, hp_machine_free);
      *exit = cli_complain_error (error, CLI_OUTPUT);
    }
  return machine;
}

/* As Node does before its last words. */
static void
print_last_collections (const HpMachine *machine)
{
  g_printerr ("\n<--- Last few GCs --->\n\n%s\n<--- JS stacktrace --->\n\n", hp_machine_last_collections (machine));
}

static CliExit
end (const CliInput *input, CliProgram *program, const HpMachine *machine)
{
  CliSummary summary = cli_summary_of_machine (machine);
  const char *file = hp_run_file (input->run);

  if (summary.ending == HP_ENDING_OUT_OF_MEMORY && !options.json)
    print_last_collections (machine);
  return program->is_shown ? cli_program_end (program, machine, file) : cli_summary_complain (&summary, file);
}

static CliExit
perform_and_tell (CliInput *input)
{
  const HpManifest *policy = hp_run_policy (input->run);
  g_autoptr (HpMachine) machine = NULL;
  g_autoptr (HpStatistics) statistics = options.statistics ? hp_statistics_new () : NULL;
  HpStatisticsReport report;
  g_auto (CliProgram) program = watch_program (input);
  CliExit exit, printed = CLI_DONE;
  CliSummary summary;

  machine = perform (input, &program, statistics, &exit);
  if (machine == NULL)
    return exit;
  summary = cli_summary_of_machine (machine);
  summary.scenario = hp_run_scenario (input->run)->id;
  summary.policy = policy ? policy->id : NULL;
  summary.preset = hp_settings_get_text (hp_run_machine_settings (input->run), "preset");
  if (statistics != NULL)
    {
      report = hp_statistics_report (statistics);
      summary.statistics = &report;
    }
  if (wants_summary (&program))
    printed = print_summary (&summary);
  exit = end (input, &program, machine);
  return printed != CLI_DONE ? printed : exit;
}

CliExit
cli_run (const CliCommand *self, int argc, char **argv)
{
  g_auto (CliInput) input = { 0 };
  g_autoptr (GError) error = NULL;
  CliExit exit;

  cli_input_allow_arguments (argc, argv);
  if (!cli_parse (self, &argc, &argv, "SCENARIO|FILE [-- ARGUMENT…]", ENTRIES, CLI_INPUT_ENTRIES))
    return CLI_USAGE;
  if (!set_limits (&error))
    return cli_complain_usage (self->name, "%s", error->message);
  if (!cli_input_open (&input, self, &exit))
    return exit;
  return input.run != NULL ? perform_and_tell (&input) : show_recording (&input);
}
