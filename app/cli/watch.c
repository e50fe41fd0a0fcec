/* watch.c - `heaparium-cli watch`: a live process, a line for each sample
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "cli.h"
#include "process/process.h"
#include "scene/chart.h"
#include "scene/export.h"
#include "scene/process_chart.h"
#include "watch_line.h"

#include <glib-unix.h>
#include <stdlib.h>
#include <unistd.h>

#define CAPACITY 1024 /* entries of the history: what a chart can show */
#define SHORTEST 10
#define LONGEST (60 * 60 * 1000)
#define LINES_A_HEADING 24
#define CHART_WIDTH 1280
#define CHART_HEIGHT 800

static struct
{
  int interval; /* ms */
  gint64 count; /* 0: until the process ends */
  gboolean json;
  gboolean csv;
  char *chart;
  char *theme;
} options = { .interval = 1000 };

static const GOptionEntry ENTRIES[] = {
  { "interval",
    'i',
    0,
    G_OPTION_ARG_INT,
    &options.interval,
    N_ ("Milliseconds between two samples, 10 to 3600000; 1000 by default"),
    N_ ("MS") },
  { "count", 'n', 0, G_OPTION_ARG_INT64, &options.count, N_ ("Stop after this many samples"), N_ ("N") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("A JSON object on each line"), NULL },
  { "csv", 0, 0, G_OPTION_ARG_NONE, &options.csv, N_ ("Comma-separated values"), NULL },
  { "chart",
    0,
    0,
    G_OPTION_ARG_FILENAME,
    &options.chart,
    N_ ("In the end draw a chart: .png, .svg or .pdf"),
    N_ ("FILE") },
  { "theme", 0, 0, G_OPTION_ARG_STRING, &options.theme, N_ ("light, dark, high-contrast or print"), N_ ("NAME") },
  { NULL },
};

typedef struct
{
  HpProcess *process;
  HpProcessHistory *history;
  HpProcessSample before; /* the last sample but one */
  CliWatchForm form;
  gboolean is_terminal;
  GMainLoop *loop;
  CliExit exit;
} Watch;

/* ---- what was asked for ----------------------------------------------------------------------------------------- */

static gboolean
check_range (const char *option, gint64 value, gint64 min, gint64 max, GError **error)
{
  if (value >= min && value <= max)
    return TRUE;
  g_set_error (error,
               HP_ERROR,
               HP_ERROR_NOT_FOUND,
               _ ("%s: found %" G_GINT64_FORMAT ", expected %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT),
               option,
               value,
               min,
               max);
  return FALSE;
}

/* What can be known to be wrong before the watch, is. */
static gboolean
check_options (HpExportOptions *export, GError **error)
{
  *export = (HpExportOptions){ .theme = hp_theme_find (options.theme ? options.theme : "light", error), .scale = 1 };
  if (export->theme == NULL
      || (options.chart != NULL && !hp_export_format_from_path (options.chart, &export->format, error)))
    return FALSE;
  if (options.json && options.csv)
    {
      g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, "%s", _ ("either --json or --csv"));
      return FALSE;
    }
  return check_range ("--interval", options.interval, SHORTEST, LONGEST, error)
         && check_range ("--count", options.count, 0, G_MAXINT64, error);
}

static gboolean
read_pid (int argc, char **argv, guint *pid, GError **error)
{
  guint64 number;

  if (argc != 2)
    g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, "%s", _ ("which process? Say its PID"));
  else if (!g_ascii_string_to_unsigned (argv[1], 10, 1, G_MAXINT, &number, NULL))
    g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("PID: found “%s”, expected a number"), argv[1]);
  else
    {
      *pid = (guint) number;
      return TRUE;
    }
  return FALSE;
}

/* ---- watching --------------------------------------------------------------------------------------------------- */

/* Who watches at a terminal sees a heading now and then; a file has it once. */
static gboolean
needs_heading (Watch *self)
{
  guint64 n = hp_process_history_n_samples (self->history) - 1;

  return n == 0 || (self->form == CLI_WATCH_TEXT && self->is_terminal && n % LINES_A_HEADING == 0);
}

static CliExit
print_sample (Watch *self, const HpProcessSample *before)
{
  g_autofree char *heading = needs_heading (self) ? cli_watch_heading (self->form) : g_strdup ("");
  g_autofree char *line = cli_watch_line (self->form, hp_process_pid (self->process), self->history, before);
  g_autofree char *text = g_strconcat (heading, line, NULL);

  return cli_print (text);
}

static gboolean
is_enough (Watch *self)
{
  return options.count > 0 && hp_process_history_n_samples (self->history) >= (guint64) options.count;
}

/* A sample more. FALSE when the watch is over. */
static gboolean
look (Watch *self)
{
  gboolean is_first = hp_process_history_n_samples (self->history) == 0;
  g_autoptr (GError) error = NULL;
  HpProcessSample sample;
  HpProcessVerdict verdict = hp_process_sample (self->process, g_get_monotonic_time (), &sample, &error);

  if (verdict == HP_PROCESS_FAILED)
    self->exit = cli_complain_error (error, CLI_INPUT);
  if (verdict != HP_PROCESS_LIVES)
    return FALSE;
  hp_process_history_add (self->history, &sample);
  self->exit = print_sample (self, is_first ? NULL : &self->before);
  self->before = sample;
  return self->exit == CLI_DONE && !is_enough (self);
}

static gboolean
on_time (gpointer user_data)
{
  Watch *self = user_data;

  if (look (self))
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
on_stop (gpointer user_data)
{
  g_main_loop_quit (((Watch *) user_data)->loop);
  return G_SOURCE_CONTINUE;
}

static void
watch (Watch *self)
{
  guint interrupt = g_unix_signal_add (SIGINT, on_stop, self);
  guint terminate = g_unix_signal_add (SIGTERM, on_stop, self);

  self->loop = g_main_loop_new (NULL, FALSE);
  if (look (self))
    {
      g_timeout_add ((guint) options.interval, on_time, self);
      g_main_loop_run (self->loop);
    }
  g_main_loop_unref (self->loop);
  g_source_remove (interrupt);
  g_source_remove (terminate);
}

/* ---- in the end ------------------------------------------------------------------------------------------------- */

static char *
title_of (const Watch *self)
{
  const HpProcessSample *last = hp_process_history_last (self->history);

  return g_strdup_printf (_ ("%s, process %u"),
                          last != NULL ? last->name : hp_process_name (self->process),
                          hp_process_pid (self->process));
}

static CliExit
print_summary (Watch *self)
{
  guint64 n = hp_process_history_n_samples (self->history);
  g_autofree char *title = title_of (self);
  g_autofree char *count = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
  g_autofree char *peak = hp_chart_text (HP_CHART_BYTES,
                                         (double) hp_process_history_peak (self->history, HP_PROCESS_RESIDENT));
  g_autofree char *text = g_strdup_printf (
      ngettext ("%s: %s sample, at most %s resident\n", "%s: %s samples, at most %s resident\n", n),
      title,
      count,
      peak);

  return self->form == CLI_WATCH_TEXT ? cli_print (text) : CLI_DONE;
}

static CliExit
draw (Watch *self, const HpExportOptions *export)
{
  g_autoptr (HpScene) scene = hp_scene_new ();
  g_autofree char *title = title_of (self);
  g_autoptr (GError) error = NULL;

  hp_process_chart_build (self->history, title, NULL, G_MAXSIZE, CHART_WIDTH, CHART_HEIGHT, scene);
  return hp_export_to_file (scene, export, options.chart, &error) ? CLI_DONE : cli_complain_error (error, CLI_OUTPUT);
}

CliExit
cli_watch (const CliCommand *command, int argc, char **argv)
{
  Watch self = { .exit = CLI_DONE };
  g_autoptr (HpProcess) process = NULL;
  g_autoptr (HpProcessHistory) history = hp_process_history_new (CAPACITY);
  g_autoptr (GError) error = NULL;
  HpExportOptions export;
  guint pid;

  if (!cli_parse (command, &argc, &argv, "PID", ENTRIES, NULL))
    return CLI_USAGE;
  if (!check_options (&export, &error) || !read_pid (argc, argv, &pid, &error))
    return cli_complain_usage (command->name, "%s", error->message);
  process = hp_process_open (HP_PROCESS_FOLDER, pid, geteuid (), &error);
  if (process == NULL)
    return cli_complain_error (error, CLI_INPUT);
  self.process = process;
  self.history = history;
  self.form = options.json ? CLI_WATCH_JSON : options.csv ? CLI_WATCH_CSV : CLI_WATCH_TEXT;
  self.is_terminal = isatty (STDOUT_FILENO);
  watch (&self);
  if (self.exit == CLI_DONE)
    self.exit = print_summary (&self);
  if (self.exit == CLI_DONE && options.chart != NULL)
    self.exit = draw (&self, &export);
  return self.exit;
}
