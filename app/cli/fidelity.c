/* fidelity.c - `heaparium-cli fidelity`: a scenario beside what Node.js says that the same program did
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "cell.h"
#include "cost_fit.h"
#include "costs.h"

#include "base/error.h"
#include "recording/pauses.h"

#include <string.h>

#define MB (1024.0 * 1024)
#define NS_PER_MS 1e6

static struct
{
  char **sets;
  char *costs;
  gboolean json;
  gboolean fit;
  double object_bytes;
  char **names;
  char **arguments; /* nullable: of the program */
} options = { .object_bytes = 40 };

static const GOptionEntry ENTRIES[] = {
  { "set",
    's',
    0,
    G_OPTION_ARG_FILENAME_ARRAY,
    &options.sets,
    N_ ("A setting of the scenario or the machine; may be repeated"),
    N_ ("KEY=VALUE") },
  { "costs", 0, 0, G_OPTION_ARG_FILENAME, &options.costs, N_ ("A key file of costs to reckon with"), N_ ("FILE") },
  { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print one JSON object for each log, a line each"), NULL },
  { "fit",
    0,
    0,
    G_OPTION_ARG_NONE,
    &options.fit,
    N_ ("Fit the cost model to the logs instead, and print it as a file for --costs"),
    NULL },
  { "object-size",
    0,
    0,
    G_OPTION_ARG_DOUBLE,
    &options.object_bytes,
    N_ ("With --fit: the mean size of an object (default: 40)"),
    N_ ("BYTES") },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.names, NULL, NULL },
  { NULL },
};

/* ---- what a log adds up to --------------------------------------------------------------------------------------- */

/* What both sides can tell, in the order of the table. */
typedef enum
{
  SCAVENGES,
  MARK_COMPACTS,
  ALLOCATED,
  PROMOTED,
  SURVIVED,
  SCAVENGE_PAUSES,
  SCAVENGE_PAUSE_P50,
  MARK_COMPACT_PAUSES,
  MARK_COMPACT_PAUSE_P50,
  LONGEST_PAUSE,
  N_ROWS
} RowId;

static const struct
{
  const char *key; /* of the log's values, and of `run --json` */
  const char *label;
  double scale;
  const char *unit;
} ROWS[N_ROWS] = {
  [SCAVENGES] = { "scavenges", N_ ("scavenges"), 1, "" },
  [MARK_COMPACTS] = { "mark_compacts", N_ ("mark-compacts"), 1, "" },
  [ALLOCATED] = { "allocated_bytes", N_ ("allocated"), MB, "MB" },
  [PROMOTED] = { "promoted_bytes", N_ ("promoted"), MB, "MB" },
  [SURVIVED] = { "copied_bytes", N_ ("survived in new space"), MB, "MB" },
  [SCAVENGE_PAUSES] = { "scavenge_pause_ns", N_ ("pauses of scavenges"), NS_PER_MS, "ms" },
  [SCAVENGE_PAUSE_P50] = { "scavenge_pause_p50_ns", N_ ("half of them up to"), NS_PER_MS, "ms" },
  [MARK_COMPACT_PAUSES] = { "mark_compact_pause_ns", N_ ("pauses of mark-compacts"), NS_PER_MS, "ms" },
  [MARK_COMPACT_PAUSE_P50] = { "mark_compact_pause_p50_ns", N_ ("half of them up to"), NS_PER_MS, "ms" },
  [LONGEST_PAUSE] = { "longest_pause_ns", N_ ("longest pause"), NS_PER_MS, "ms" },
};

typedef struct
{
  const char *path; /* borrowed */
  HpGcLog *log;     /* of the isolate with most collections */
  guint n_others;   /* collections of other isolates */
  guint semi_space; /* MB; 0: unknown */
  double values[N_ROWS];
} Log;

static void
log_free (Log *self)
{
  hp_gc_log_free (self->log);
  g_free (self);
}

static void
add_pauses (Log *self, HpCollectionKind kind, RowId total, RowId p50)
{
  g_autoptr (HpPauseLog) pauses = hp_pause_log_new ();
  HpPauses sum;

  for (guint i = 0; i < self->log->events->len; i++)
    {
      const HpGcLogEvent *event = hp_gc_log_event (self->log, i);

      if (event->kind == kind)
        hp_pause_log_add (pauses, (guint64) (MIN (event->pause_ms, 1e12) * NS_PER_MS));
    }
  sum = hp_pause_log_read (pauses);
  self->values[total] = (double) sum.total_ns;
  self->values[p50] = (double) sum.p50_ns;
  self->values[LONGEST_PAUSE] = MAX (self->values[LONGEST_PAUSE], (double) sum.longest_ns);
}

static void
add_up (Log *self)
{
  for (guint i = 0; i < self->log->events->len; i++)
    {
      const HpGcLogEvent *event = hp_gc_log_event (self->log, i);

      self->values[event->kind == HP_COLLECTION_FULL ? MARK_COMPACTS : SCAVENGES]++;
      self->values[PROMOTED] += (double) event->promoted_bytes;
      self->values[SURVIVED] += (double) event->survived_bytes;
    }
  self->values[ALLOCATED] = (double) hp_gc_log_count_allocated (self->log);
  add_pauses (self, HP_COLLECTION_YOUNG, SCAVENGE_PAUSES, SCAVENGE_PAUSE_P50);
  add_pauses (self, HP_COLLECTION_FULL, MARK_COMPACT_PAUSES, MARK_COMPACT_PAUSE_P50);
}

static Log *
log_load (const char *path, GError **error)
{
  HpGcLog *log = hp_gc_log_load (path, error);
  Log *self;

  if (log == NULL)
    return NULL;
  self = g_new0 (Log, 1);
  *self = (Log){ .path = path, .log = log, .n_others = log->events->len };
  /* A process has an isolate for each worker thread: the one that collects most is the program. */
  hp_gc_log_keep_busiest (log);
  self->n_others -= log->events->len;
  self->semi_space = hp_gc_log_infer_semi_space (log);
  add_up (self);
  return self;
}

/* (transfer full) */
static GPtrArray *
load_all (char *const *paths, GError **error)
{
  g_autoptr (GPtrArray) logs = g_ptr_array_new_with_free_func ((GDestroyNotify) log_free);

  for (; *paths != NULL; paths++)
    {
      Log *log = log_load (*paths, error);

      if (log == NULL)
        return NULL;
      g_ptr_array_add (logs, log);
    }
  return g_steal_pointer (&logs);
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

/* The usual settings come first, so that those given hold over them. */
static GPtrArray *
list_sets (const Log *log)
{
  GPtrArray *sets = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (sets, g_strdup ("preset=node-20"));
  if (log->semi_space > 0)
    {
      g_ptr_array_add (sets, g_strdup_printf ("min-semi-space-size=%u", log->semi_space));
      g_ptr_array_add (sets, g_strdup_printf ("max-semi-space-size=%u", log->semi_space));
    }
  for (char **set = options.sets; set != NULL && *set != NULL; set++)
    g_ptr_array_add (sets, g_strdup (*set));
  return sets;
}

static gboolean
set_all (HpRun *run, const GPtrArray *sets, GError **error)
{
  for (guint i = 0; i < sets->len; i++)
    {
      const char *text = g_ptr_array_index (sets, i);
      const char *equals = strchr (text, '=');
      g_autofree char *key = equals != NULL ? g_strndup (text, (gsize) (equals - text)) : NULL;

      if (key == NULL || *key == '\0')
        {
          g_set_error (error, HP_ERROR, HP_ERROR_INPUT, _ ("--set %s: expected KEY=VALUE"), text);
          return FALSE;
        }
      if (!hp_run_set (run, key, equals + 1, error))
        return FALSE;
    }
  return TRUE;
}

static CliCell *
new_cell (const char *scenario, const GPtrArray *sets)
{
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();

  if (options.costs != NULL)
    g_strv_builder_add_many (arguments, "--costs", options.costs, NULL);
  for (guint i = 0; i < sets->len; i++)
    g_strv_builder_add_many (arguments, "--set", (const char *) g_ptr_array_index (sets, i), NULL);
  g_strv_builder_add_many (arguments, "--", scenario, NULL);
  if (options.arguments != NULL)
    {
      g_strv_builder_add (arguments, "--");
      g_strv_builder_addv (arguments, (const char **) options.arguments);
    }
  return cli_cell_new (g_strv_builder_end (arguments));
}

/* A cell for each log; NULL with @exit, and the complaint made. */
static GPtrArray *
make_cells (HpHost *host, const char *scenario, const GPtrArray *logs, CliExit *exit)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func ((GDestroyNotify) cli_cell_free);

  for (guint i = 0; i < logs->len; i++)
    {
      g_autoptr (GPtrArray) sets = list_sets (g_ptr_array_index (logs, i));
      g_autoptr (GError) error = NULL;
      g_autoptr (HpRun) run = hp_run_new (host, scenario, &error);

      *exit = CLI_INPUT;
      if (run == NULL || (options.costs != NULL && !cli_costs_apply (run, options.costs, &error)))
        return *exit = cli_complain_error (error, CLI_INPUT), NULL;
      if (options.arguments != NULL && !hp_run_scenario (run)->is_program)
        return *exit = cli_complain (CLI_USAGE, _ ("%s is no program: it takes no arguments"), scenario), NULL;
      if (!set_all (run, sets, &error))
        return *exit = cli_complain_error (error, CLI_USAGE), NULL;
      g_ptr_array_add (cells, new_cell (scenario, sets));
    }
  return g_steal_pointer (&cells);
}

/* ---- telling ----------------------------------------------------------------------------------------------------- */

static double
simulated (const CliCell *cell, RowId row)
{
  double value = json_object_get_double_member_with_default (cell->result, ROWS[row].key, 0);

  /* A log tells of both kinds of collection what left new space. */
  if (row == PROMOTED)
    value += json_object_get_double_member_with_default (cell->result, "evacuated_bytes", 0);
  return value;
}

static char *
format_value (double value, RowId row)
{
  return g_strdup_printf (ROWS[row].scale == 1           ? "%.0f"
                          : value / ROWS[row].scale < 10 ? "%.3f"
                                                         : "%.1f",
                          value / ROWS[row].scale);
}

static void
append_row (GString *text, const Log *log, const CliCell *cell, RowId row)
{
  double a = log->values[row], b = simulated (cell, row);
  g_autofree char *left = format_value (a, row), *right = format_value (b, row);
  g_autofree char *difference = a == b  ? g_strdup ("0.0 %")
                                : a > 0 ? g_strdup_printf ("%+.1f %%", 100 * (b - a) / a)
                                        : g_strdup ("–");
  int gap = 26 - (int) g_utf8_strlen (_ (ROWS[row].label), -1);

  g_string_append_printf (text,
                          "%s%*s%12s %-2s  %12s %-2s  %*s%s\n",
                          _ (ROWS[row].label),
                          MAX (gap, 1),
                          "",
                          left,
                          ROWS[row].unit,
                          right,
                          ROWS[row].unit,
                          MAX (10 - (int) g_utf8_strlen (difference, -1), 0),
                          "",
                          difference);
}

static void
append_text (GString *text, const Log *log, const CliCell *cell)
{
  g_autofree char *name = g_path_get_basename (log->path);

  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", name);
  if (log->semi_space > 0)
    g_string_append_printf (text, _ (": semi-space of %u MB"), log->semi_space);
  if (log->n_others > 0)
    g_string_append_printf (text, _ ("; %u collections of other isolates left out"), log->n_others);
  g_string_append_c (text, '\n');
  if (cell->result == NULL)
    {
      g_string_append_printf (text, "%s\n", cell->reason != NULL ? cell->reason : _ ("stopped"));
      return;
    }
  g_string_append_printf (text, "%*s%12s     %12s     %10s\n", 26, "", _ ("log"), _ ("simulated"), _ ("difference"));
  for (RowId row = 0; row < N_ROWS; row++)
    append_row (text, log, cell, row);
}

static void
append_json (GString *text, const Log *log, const CliCell *cell)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  json_builder_begin_object (builder);
  json_builder_add_string_value (json_builder_set_member_name (builder, "log"), log->path);
  json_builder_add_int_value (json_builder_set_member_name (builder, "semi_space_mb"), log->semi_space);
  for (RowId row = 0; row < N_ROWS; row++)
    {
      json_builder_begin_object (json_builder_set_member_name (builder, ROWS[row].key));
      json_builder_add_int_value (json_builder_set_member_name (builder, "log"), (gint64) log->values[row]);
      json_builder_set_member_name (builder, "simulated");
      if (cell->result != NULL)
        json_builder_add_int_value (builder, (gint64) simulated (cell, row));
      else
        json_builder_add_null_value (builder);
      json_builder_end_object (builder);
    }
  json_builder_set_member_name (builder, "failed");
  if (cell->reason != NULL)
    json_builder_add_string_value (builder, cell->reason);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  line = json_to_string (root, FALSE);
  g_string_append_printf (text, "%s\n", line);
}

static CliExit
tell (const GPtrArray *logs, const GPtrArray *cells)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean complete = TRUE;
  CliExit printed;

  for (guint i = 0; i < logs->len; i++)
    {
      const CliCell *cell = g_ptr_array_index (cells, i);

      (options.json ? append_json : append_text) (text, g_ptr_array_index (logs, i), cell);
      complete = complete && cell->result != NULL && cell->reason == NULL;
    }
  printed = cli_print (text->str);
  return printed != CLI_DONE || complete ? printed : CLI_ENDED;
}

/* ---- the fit ----------------------------------------------------------------------------------------------------- */

static void
append_error (GString *text, const char *what, const CliFitError *error)
{
  if (error->n > 0)
    g_string_append_printf (text,
                            _ ("# relative error of %u pauses of %s: half up to %.1f %%, 9 in 10 up to %.1f %%\n"),
                            error->n,
                            what,
                            100 * error->median,
                            100 * error->p90);
}

/* What the costs of the preset would have done, to see what fitting is worth. */
static CliFitError
measure_usual (const GArray *events)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("node-20", NULL);

  return cli_cost_fit_measure (events,
                               (double) hp_settings_get_integer (settings, "cost-collection"),
                               (double) hp_settings_get_integer (settings, "cost-move-mb"));
}

static CliExit
fit (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) logs = load_all (options.names, &error);
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (HpGcLogEvent));
  g_autoptr (GString) text = g_string_new (NULL);
  CliFitError usual;
  CliCostFit found;

  if (logs == NULL)
    return cli_complain_error (error, CLI_INPUT);
  for (guint i = 0; i < logs->len; i++)
    {
      const Log *log = g_ptr_array_index (logs, i);

      g_array_append_vals (events, log->log->events->data, log->log->events->len);
    }
  if (!cli_cost_fit (events, options.object_bytes, &found))
    return cli_complain (CLI_INPUT, "%s", _ ("too few scavenges to fit anything: expected two at least"));
  usual = measure_usual (events);
  append_error (text, _ ("scavenges, with the costs of node-20"), &usual);
  append_error (text, _ ("scavenges, with those below"), &found.scavenges);
  append_error (text, _ ("mark-compacts"), &found.mark_compacts);
  g_string_append_printf (text, "[%s]\ncost-collection=%.0f\n", CLI_COSTS_GROUP, found.collection_ns);
  g_string_append_printf (text, "cost-move-mb=%.0f\n", found.move_mb_ns);
  if (found.mark_compacts.n > 0)
    g_string_append_printf (text, "cost-mark=%.0f\n", found.mark_ns);
  return cli_print (text->str);
}

/* ---- the command ------------------------------------------------------------------------------------------------- */

static CliExit
compare_with_logs (const char *scenario, char *const *paths)
{
  HpHost *host = hp_host_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) logs = load_all (paths, &error);
  g_autoptr (GPtrArray) cells = NULL;
  CliExit exit = CLI_INPUT;

  if (logs == NULL)
    exit = cli_complain_error (error, CLI_INPUT);
  else
    cells = make_cells (host, scenario, logs, &exit);
  if (cells != NULL)
    {
      cli_cells_run (cells, 0);
      exit = tell (logs, cells);
    }
  hp_host_free (host);
  return exit;
}

/* What stands after "--" is the program's. */
static void
take_arguments (int *argc, char **argv)
{
  for (int i = 1; i < *argc; i++)
    if (strcmp (argv[i], "--") == 0)
      {
        options.arguments = argv + i + 1;
        argv[i] = NULL;
        *argc = i;
      }
}

CliExit
cli_fidelity (const CliCommand *self, int argc, char **argv)
{
  take_arguments (&argc, argv);
  if (!cli_parse (self, &argc, &argv, "SCENARIO|FILE LOG… [-- ARGUMENT…]", ENTRIES, NULL))
    return CLI_USAGE;
  if (!(options.object_bytes >= 1 && options.object_bytes <= 1e9))
    return cli_complain_usage (
        self->name, _ ("--object-size: found %g, expected 1 to 1000000000"), options.object_bytes);
  if (options.names == NULL)
    return cli_complain_usage (self->name, "%s", options.fit ? _ ("which logs?") : _ ("which scenario or file?"));
  if (options.fit)
    return fit ();
  if (options.names[1] == NULL)
    return cli_complain_usage (self->name, "%s", _ ("which log? A file that node --trace-gc-nvp wrote"));
  return compare_with_logs (options.names[0], options.names + 1);
}
