/* pages.c - `heaparium-cli pages`: the page faults of a memory-access trace under many policies and sizes of RAM
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/input.h"
#include "contest_report.h"
#include "curve_chart.h"
#include "guard.h"
#include "pager_policies.h"
#include "progress.h"
#include "scene/export.h"

#include <string.h>

/* As much as fits the second cache: what was read is parsed from there. */
#define PIECE_BYTES (256 * 1024)

static struct
{
  char **policies;
  char **frames;
  char **windows;
  char **sets;
  char *page_size;
  gint64 seed;
  gboolean data_only;
  gboolean curve;
  gboolean json;
  gboolean csv;
  char *chart;
  char *theme;
  char **names;
} options = { .seed = 1 };

static const GOptionEntry ENTRIES[] = {
  { "policy",
    'p',
    0,
    G_OPTION_ARG_FILENAME_ARRAY,
    &options.policies,
    N_ ("Page-replacement policies, or modules that have one (lru); may be repeated"),
    N_ ("P[,P…]") },
  { "frames",
    'f',
    0,
    G_OPTION_ARG_STRING_ARRAY,
    &options.frames,
    N_ ("How many page frames RAM has; may be repeated"),
    N_ ("N[,N…]") },
  { "data-only", 'd', 0, G_OPTION_ARG_NONE, &options.data_only, N_ ("Leave instruction fetches out"), NULL },
  { "curve", 'c', 0, G_OPTION_ARG_NONE, &options.curve, N_ ("Every size of RAM in one pass, for lru and opt"), NULL },
  { "working-set",
    'w',
    0,
    G_OPTION_ARG_STRING_ARRAY,
    &options.windows,
    N_ ("Instead of faults: the pages among the last N references; may be repeated"),
    N_ ("N[,N…]") },
  { "page-size", 0, 0, G_OPTION_ARG_STRING, &options.page_size, N_ ("A power of two (4096)"), N_ ("BYTES") },
  { "set",
    's',
    0,
    G_OPTION_ARG_STRING_ARRAY,
    &options.sets,
    N_ ("A setting of the policies that have it; may be repeated"),
    N_ ("KEY=VALUE") },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &options.seed, N_ ("Where a policy's random numbers begin (1)"), "S" },
  { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print the results as JSON"), NULL },
  { "csv", 0, 0, G_OPTION_ARG_NONE, &options.csv, N_ ("Print the results as CSV"), NULL },
  { "chart", 0, 0, G_OPTION_ARG_FILENAME, &options.chart, N_ ("Draw the curves: .png, .svg or .pdf"), N_ ("FILE") },
  { "theme", 0, 0, G_OPTION_ARG_STRING, &options.theme, N_ ("light, dark, high-contrast or print"), N_ ("NAME") },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.names, NULL, NULL },
  { NULL },
};

typedef struct
{
  const char *path;
  CliPagerPolicies policies;
  GArray *frames;  /* guint32 */
  GArray *windows; /* guint32: of the working set */
  guint32 page_bytes;
  CliContest contest;
  HpLackeyReader *reader;
  CliProgress progress;
  HpExportOptions export;
  GError *error;   /* (nullable): why the trace could not be read to its end */
  gboolean is_cut; /* stopped while it was read */
  double seconds;
} Pages;

/* ---- what was asked for ----------------------------------------------------------------------------------------- */

static gboolean
add_number (GArray *numbers, const char *option, const char *text, guint32 most, GError **error)
{
  guint64 number;
  guint32 value;

  if (!g_ascii_string_to_unsigned (text, 10, 1, most, &number, NULL))
    {
      g_set_error (error,
                   HP_ERROR,
                   HP_ERROR_NOT_FOUND,
                   _ ("%s: found “%s”, expected a number from 1 to %u"),
                   option,
                   text,
                   most);
      return FALSE;
    }
  value = (guint32) number;
  g_array_append_val (numbers, value);
  return TRUE;
}

static gboolean
add_list (GArray *numbers, const char *option, const char *list, guint32 most, GError **error)
{
  g_auto (GStrv) split = g_strsplit (list, ",", -1);

  if (*split == NULL)
    return add_number (numbers, option, list, most, error);
  for (char **text = split; *text != NULL; text++)
    if (!add_number (numbers, option, *text, most, error))
      return FALSE;
  return TRUE;
}

/* @lists: (nullable): of an option that may be repeated */
static gboolean
add_lists (GArray *numbers, const char *option, char **lists, guint32 most, GError **error)
{
  for (; lists != NULL && *lists != NULL; lists++)
    if (!add_list (numbers, option, *lists, most, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_page_size (guint32 *bytes, GError **error)
{
  guint64 number = 4096;

  if (options.page_size != NULL
      && (!g_ascii_string_to_unsigned (options.page_size, 10, 64, 1 << 30, &number, NULL)
          || (number & (number - 1)) != 0))
    {
      g_set_error (error,
                   HP_ERROR,
                   HP_ERROR_NOT_FOUND,
                   _ ("--page-size: found “%s”, expected a power of two from 64 to 1073741824"),
                   options.page_size);
      return FALSE;
    }
  *bytes = (guint32) number;
  return TRUE;
}

static gboolean
read_export (HpExportOptions *export, GError **error)
{
  *export = (HpExportOptions){ .theme = hp_theme_find (options.theme ? options.theme : "light", error), .scale = 1 };
  return export->theme != NULL
         && (options.chart == NULL || hp_export_format_from_path (options.chart, &export->format, error));
}

static gboolean
read_policies (Pages *self, const CliCommand *command, GError **error)
{
  for (char **names = options.policies; names != NULL && *names != NULL; names++)
    if (!cli_pager_policies_add (&self->policies, *names, error))
      return FALSE;
  if (options.policies == NULL && !cli_pager_policies_add (&self->policies, "lru", error))
    return FALSE;
  for (char **set = options.sets; set != NULL && *set != NULL; set++)
    {
      const char *equals = strchr (*set, '=');
      g_autofree char *key = equals != NULL ? g_strndup (*set, (gsize) (equals - *set)) : NULL;

      if (key == NULL)
        g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("--set %s: expected KEY=VALUE"), *set);
      if (key == NULL || !cli_pager_policies_set (&self->policies, key, equals + 1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_options (Pages *self, const CliCommand *command, GError **error)
{
  const char *wrong = NULL;

  if (options.names == NULL || options.names[1] != NULL)
    wrong = _ ("which trace? One file, or - for standard input");
  else if (options.windows != NULL && (options.frames != NULL || options.policies != NULL || options.curve))
    wrong = _ ("--working-set needs no RAM: it goes with none of --frames, --policy and --curve");
  else if (options.frames == NULL && options.windows == NULL && !options.curve)
    wrong = _ ("how many page frames? Say --frames N, or --curve");
  else if (options.json && options.csv)
    wrong = _ ("either --json or --csv");
  else if (options.chart != NULL && !options.curve)
    wrong = _ ("--chart draws what --curve finds");
  if (wrong != NULL)
    {
      g_set_error_literal (error, HP_ERROR, HP_ERROR_NOT_FOUND, wrong);
      return FALSE;
    }
  self->path = options.names[0];
  return add_lists (self->frames, "--frames", options.frames, HP_PAGER_MAX_FRAMES, error)
         && add_lists (self->windows, "--working-set", options.windows, HP_WORKING_SET_MAX_WINDOW, error)
         && read_page_size (&self->page_bytes, error) && read_export (&self->export, error)
         && read_policies (self, command, error);
}

/* The working set, or a pager for each policy and size, or a curve for each policy. */
static gboolean
fill_contest (Pages *self, GError **error)
{
  cli_contest_init (&self->contest, self->page_bytes, options.data_only);
  if (self->windows->len > 0)
    {
      cli_contest_add_working_set (&self->contest, (const guint32 *) self->windows->data, self->windows->len);
      return TRUE;
    }
  for (guint i = 0; i < self->policies.policies->len; i++)
    {
      const CliPagerPolicy *policy = g_ptr_array_index (self->policies.policies, i);

      if (!options.curve)
        for (guint k = 0; k < self->frames->len; k++)
          cli_contest_add (&self->contest,
                           policy->id,
                           policy->policy,
                           policy->settings,
                           (guint64) options.seed,
                           g_array_index (self->frames, guint32, k));
      else if (!cli_contest_add_curve (&self->contest, policy->id))
        {
          g_set_error (error,
                       HP_ERROR,
                       HP_ERROR_NOT_FOUND,
                       _ ("--curve: %s is no stack algorithm, as lru and opt are; say the sizes with --frames"),
                       policy->id);
          return FALSE;
        }
    }
  return TRUE;
}

static void
pages_clear (Pages *self)
{
  cli_contest_clear (&self->contest);
  cli_pager_policies_clear (&self->policies);
  g_clear_pointer (&self->frames, g_array_unref);
  g_clear_pointer (&self->windows, g_array_unref);
  g_clear_pointer (&self->reader, hp_lackey_reader_free);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pages, pages_clear)

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static const char *
display_name (const Pages *self)
{
  return g_str_equal (self->path, "-") ? _ ("standard input") : self->path;
}

/* Who stops the reading wants to see what there is; the second signal ends the program. */
static gboolean
show_progress (gpointer user_data, double fraction)
{
  Pages *self = user_data;

  cli_progress_show (&self->progress, fraction);
  return self->is_cut || !cli_guard_is_stopped ();
}

static void
read_trace (Pages *self, GInputStream *stream)
{
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  gssize n = 0;

  while (!cli_guard_is_stopped () && !self->contest.is_full
         && (n = g_input_stream_read (stream, piece, PIECE_BYTES, NULL, &self->error)) > 0)
    {
      double fraction = hp_input_progress (stream);

      if (!hp_lackey_reader_feed (self->reader, piece, (gsize) n, &self->error))
        return;
      if (fraction >= 0)
        cli_progress_show (&self->progress, fraction);
      else
        cli_progress_count (&self->progress, hp_lackey_reader_n_lines (self->reader));
    }
  if (cli_guard_is_stopped ())
    g_clear_error (&self->error);
  else if (n == 0 && !self->contest.is_full)
    hp_lackey_reader_finish (self->reader, &self->error);
}

/* Only code that is not ours is suspected of a crash. */
static char *
list_plugins (const Pages *self)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < self->policies.policies->len; i++)
    {
      const CliPagerPolicy *policy = g_ptr_array_index (self->policies.policies, i);

      if (policy->settings != NULL)
        g_string_append_printf (ids, "%s“%s”", ids->len > 0 ? ", " : "", policy->id);
    }
  return g_string_free (ids, FALSE);
}

static void
perform (Pages *self, GInputStream *stream)
{
  g_autofree char *plugins = list_plugins (self);
  gint64 begin = g_get_monotonic_time ();

  self->reader = hp_lackey_reader_new (display_name (self), cli_contest_feed, &self->contest);
  hp_lackey_reader_tolerate (self->reader);
  self->progress = cli_progress_begin ();
  cli_guard_begin (self->path, "");
  cli_guard_name (_ ("the policy %s"), plugins);
  cli_guard_poll ();
  read_trace (self, stream);
  self->is_cut = cli_guard_is_stopped ();
  self->seconds = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  cli_contest_finish (&self->contest, show_progress, self);
  cli_guard_end ();
  cli_progress_end (&self->progress);
}

/* ---- telling ---------------------------------------------------------------------------------------------------- */

static void
append_reading (const Pages *self, GString *text)
{
  guint64 n_lines = hp_lackey_reader_n_lines (self->reader), n_others = hp_lackey_reader_n_other_lines (self->reader);

  g_string_append_c (text, '\n');
  g_string_append_printf (text,
                          _ ("%.0f lines in %.3f s, %.1f million a second; %.0f of them were no references.\n"),
                          (double) n_lines,
                          self->seconds,
                          (double) n_lines / MAX (self->seconds, 1e-6) / 1e6,
                          (double) n_others);
  if (self->contest.trace != NULL)
    g_string_append (text, _ ("The trace was kept in memory, for what needs to know its future.\n"));
}

/* (transfer full) */
static char *
format_results (const Pages *self, CliTableForm form)
{
  if (self->windows->len > 0)
    return cli_contest_format_working_set (&self->contest, form);
  if (options.curve)
    return cli_contest_format_curves (&self->contest, self->frames->len > 0 ? self->frames : NULL, form);
  return cli_contest_format (&self->contest, form);
}

static CliExit
print_results (const Pages *self)
{
  CliTableForm form = options.json ? CLI_TABLE_JSON : options.csv ? CLI_TABLE_CSV : CLI_TABLE_TEXT;
  g_autofree char *table = format_results (self, form);
  g_autoptr (GString) text = g_string_new (table);

  if (form == CLI_TABLE_TEXT)
    append_reading (self, text);
  return cli_print (text->str);
}

static void
tell_of_foreign_lines (const Pages *self)
{
  guint64 line;
  const char *text;
  guint64 n = hp_lackey_reader_n_foreign_lines (self->reader, &line, &text);

  if (n > 0)
    cli_complain (
        CLI_DONE,
        _ ("%s: skipped lines that are neither references nor Valgrind's own: %.0f; the first is line %.0f, %s"),
        display_name (self),
        (double) n,
        (double) line,
        text);
}

static CliExit
draw (const Pages *self)
{
  g_autofree char *name = g_filename_display_basename (self->path);
  g_autoptr (HpScene) scene = hp_scene_new ();
  g_autoptr (GError) error = NULL;

  cli_curve_chart_build (&self->contest, g_str_equal (self->path, "-") ? display_name (self) : name, scene);
  return hp_export_to_file (scene, &self->export, options.chart, &error) ? CLI_DONE
                                                                         : cli_complain_error (error, CLI_OUTPUT);
}

/* What ended early is told after the results. */
static CliExit
tell (const Pages *self)
{
  CliExit printed = CLI_DONE;

  if (self->contest.n_references > 0 || self->error == NULL)
    printed = print_results (self);
  if (self->error == NULL || self->contest.n_references > 0)
    tell_of_foreign_lines (self);
  if (printed == CLI_DONE && options.chart != NULL && self->contest.n_references > 0)
    printed = draw (self);
  if (printed != CLI_DONE)
    return printed;
  if (cli_guard_is_stopped ())
    return cli_complain (CLI_ENDED,
                         _ ("stopped: the counts are those of the first %.0f references"),
                         (double) self->contest.n_references);
  if (self->contest.is_full)
    return cli_complain (
        CLI_INPUT, _ ("%s: more than 16777215 pages, or more references than can be kept"), display_name (self));
  return self->error != NULL ? cli_complain (CLI_INPUT, "%s", self->error->message) : CLI_DONE;
}

CliExit
cli_pages (const CliCommand *self, int argc, char **argv)
{
  g_auto (Pages) pages = { .frames = g_array_new (FALSE, FALSE, sizeof (guint32)),
                           .windows = g_array_new (FALSE, FALSE, sizeof (guint32)) };
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;

  cli_pager_policies_init (&pages.policies);
  if (!cli_parse (self, &argc, &argv, _ ("TRACE"), ENTRIES, NULL))
    return CLI_USAGE;
  if (!read_options (&pages, self, &error) || !fill_contest (&pages, &error))
    return g_error_matches (error, HP_ERROR, HP_ERROR_NOT_FOUND) ? cli_complain_usage (self->name, "%s", error->message)
                                                                 : cli_complain_error (error, CLI_USAGE);
  stream = hp_input_open (pages.path, &error);
  if (stream == NULL)
    return cli_complain (CLI_INPUT, "%s", error->message);
  perform (&pages, stream);
  return tell (&pages);
}
