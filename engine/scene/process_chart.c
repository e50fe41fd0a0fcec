/* process_chart.c - what a history says, as series of a chart
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/process_chart.h"

#include "scene/chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum
{
  RESIDENT,
  ANONYMOUS,
  FILES,
  SWAP,
  HEAP,
  TOUCHED,
  MINOR,
  MAJOR,
  N_COLUMNS
};

typedef struct
{
  guint n;
  double *seconds;
  double *columns[N_COLUMNS];
} Columns;

static void
columns_clear (Columns *self)
{
  g_free (self->seconds);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (self->columns[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Columns, columns_clear)

static double
known (const HpProcessEntry *entry, HpProcessAmount amount)
{
  return hp_process_sample_knows (&entry->last, amount) ? (double) entry->most[amount] : NAN;
}

static void
fill_row (Columns *self, const HpProcessHistory *history, guint i)
{
  const HpProcessEntry *entry = hp_process_history_entry (history, i);
  HpProcessRates rates = hp_process_history_rates (history, i);
  gboolean time_passed = entry->last.time_us > hp_process_history_first (history)->time_us;

  self->seconds[i] = hp_process_history_seconds (history, &entry->last);
  self->columns[RESIDENT][i] = known (entry, HP_PROCESS_RESIDENT);
  self->columns[ANONYMOUS][i] = known (entry, HP_PROCESS_ANONYMOUS);
  self->columns[FILES][i] = known (entry, HP_PROCESS_FILE) + known (entry, HP_PROCESS_SHARED);
  self->columns[SWAP][i] = known (entry, HP_PROCESS_SWAP);
  self->columns[HEAP][i] = known (entry, HP_PROCESS_HEAP);
  self->columns[TOUCHED][i] = known (entry, HP_PROCESS_HEAP_TOUCHED);
  self->columns[MINOR][i] = time_passed ? rates.minor_faults : NAN;
  self->columns[MAJOR][i] = time_passed ? rates.major_faults : NAN;
}

static void
columns_init (Columns *self, const HpProcessHistory *history)
{
  self->n = hp_process_history_n_entries (history);
  self->seconds = g_new (double, self->n + 1);
  for (guint i = 0; i < N_COLUMNS; i++)
    self->columns[i] = g_new (double, self->n + 1);
  for (guint i = 0; i < self->n; i++)
    fill_row (self, history, i);
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

static char *
text_of_growth (const HpProcessHistory *history, gsize entry)
{
  double growth = hp_process_history_rates (history, (guint) entry).growth;
  g_autofree char *size = hp_chart_text (HP_CHART_BYTES, fabs (growth));

  if (growth == 0)
    return g_strdup (_ ("does not grow"));
  return g_strdup_printf (growth < 0 ? _ ("shrinks by %s/s") : _ ("grows by %s/s"), size);
}

static char *
text_of_change (const HpProcessHistory *history, gsize entry)
{
  double before = (double) hp_process_sample_in_use (hp_process_history_first (history));
  double now = (double) hp_process_sample_in_use (&hp_process_history_entry (history, (guint) entry)->last);
  g_autofree char *size = hp_chart_text (HP_CHART_BYTES, fabs (now - before));

  return g_strdup_printf (_ ("%s%s since the start"), now < before ? "−" : "+", size);
}

char *
hp_process_chart_describe (const HpProcessHistory *history, gsize entry)
{
  g_auto (Columns) columns = { 0 };
  char *texts[N_COLUMNS];
  g_autofree char *time = NULL;
  g_autofree char *growth = NULL;
  char *sentence;

  g_return_val_if_fail (history != NULL, NULL);

  columns_init (&columns, history);
  if (columns.n == 0)
    return g_strdup (_ ("Nothing was sampled yet."));
  entry = MIN (entry, columns.n - 1);
  for (guint i = 0; i < N_COLUMNS; i++)
    texts[i] = hp_chart_text (i < MINOR ? HP_CHART_BYTES : HP_CHART_PER_SECOND, columns.columns[i][entry]);
  time = hp_chart_time (columns.seconds[entry]);
  growth = text_of_growth (history, entry);
  sentence = g_strdup_printf (
      _ ("After %s: resident %s, anonymous %s, file and shared %s, swap %s; heap %s, touched %s, "
         "%s; minor faults %s, major faults %s."),
      time,
      texts[RESIDENT],
      texts[ANONYMOUS],
      texts[FILES],
      texts[SWAP],
      texts[HEAP],
      texts[TOUCHED],
      growth,
      texts[MINOR],
      texts[MAJOR]);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (texts[i]);
  return sentence;
}

/* ---- the chart -------------------------------------------------------------------------------------------------- */

gsize
hp_process_chart_entry_at (const HpProcessHistory *history, double width, double x)
{
  g_auto (Columns) columns = { 0 };

  g_return_val_if_fail (history != NULL, G_MAXSIZE);

  columns_init (&columns, history);
  return hp_chart_point_at (&(HpChart){ .seconds = columns.seconds, .n = columns.n }, width, x);
}

static void
build (const Columns *columns,
       const HpChart *whole,
       const char *growth,
       const char *change,
       double width,
       double height,
       HpScene *scene)
{
  const HpChartSeries memory[] = {
    { _ ("Resident"), HP_ROLE_SERIES_1, columns->columns[RESIDENT] },
    { _ ("Anonymous"), HP_ROLE_SERIES_2, columns->columns[ANONYMOUS] },
    { _ ("File, shared"), HP_ROLE_SERIES_3, columns->columns[FILES] },
    { _ ("Swap"), HP_ROLE_SERIES_4, columns->columns[SWAP] },
  };
  const HpChartSeries heap[] = {
    { _ ("Mapped"), HP_ROLE_SERIES_4, columns->columns[HEAP] },
    { _ ("Touched"), HP_ROLE_SERIES_2, columns->columns[TOUCHED] },
  };
  const HpChartSeries faults[] = {
    { _ ("Minor"), HP_ROLE_SERIES_1, columns->columns[MINOR] },
    { _ ("Major"), HP_ROLE_FAULT, columns->columns[MAJOR] },
  };
  const HpChartPanel panels[] = {
    { "memory", _ ("Memory"), HP_CHART_BYTES, 4, memory, G_N_ELEMENTS (memory), { NULL } },
    { "heap", _ ("Heap"), HP_CHART_BYTES, 3, heap, G_N_ELEMENTS (heap), { growth, change } },
    { "faults", _ ("Page faults"), HP_CHART_PER_SECOND, 3, faults, G_N_ELEMENTS (faults), { NULL } },
  };
  HpChart chart = *whole;

  chart.panels = panels;
  chart.n_panels = G_N_ELEMENTS (panels);
  hp_chart_build (&chart, width, height, scene);
}

void
hp_process_chart_build (const HpProcessHistory *history,
                        const char *title,
                        const char *subtitle,
                        gsize cursor,
                        double width,
                        double height,
                        HpScene *scene)
{
  g_auto (Columns) columns = { 0 };
  g_autofree char *description = NULL;
  g_autofree char *growth = NULL;
  g_autofree char *change = NULL;

  g_return_if_fail (history != NULL);
  g_return_if_fail (scene != NULL);

  hp_scene_clear (scene);
  columns_init (&columns, history);
  if (columns.n > 0)
    {
      growth = text_of_growth (history, MIN (cursor, columns.n - 1));
      change = text_of_change (history, MIN (cursor, columns.n - 1));
    }
  description = hp_process_chart_describe (history, cursor);
  build (&columns,
         &(HpChart){ .title = title != NULL ? title : "",
                     .subtitle = subtitle != NULL ? subtitle : "",
                     .seconds = columns.seconds,
                     .n = columns.n,
                     .cursor = cursor },
         growth,
         change,
         width,
         height,
         scene);
  hp_scene_set_description (scene, description);
}
