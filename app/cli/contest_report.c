/* contest_report.c - rows of numbers in three forms
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "contest_report.h"

#include <glib/gi18n.h>

/* So many sizes are told of a whole curve in a table. */
#define ROWS_OF_CURVE 32

typedef struct
{
  const char *policy;
  guint32 n_frames;
  guint64 n_references, n_pages, n_faults;
  gint64 n_dirty; /* -1: not known */
  double per_second;
} Row;

/* ---- rows ------------------------------------------------------------------------------------------------------- */

static GArray *
list_entries (const CliContest *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  for (guint i = 0; i < self->entries->len; i++)
    {
      const CliEntry *entry = g_ptr_array_index (self->entries, i);
      Row row = { entry->policy,
                  entry->n_frames,
                  self->n_references,
                  self->n_pages,
                  entry->counters.minor_faults + entry->counters.major_faults,
                  (gint64) entry->counters.dirty_evictions,
                  (double) self->n_references / MAX (entry->seconds, 1e-6) };

      if (entry->is_complete)
        g_array_append_val (rows, row);
    }
  return rows;
}

/* More frames than pages change nothing. */
static void
add_size (GArray *rows, const CliContest *self, const char *policy, const HpMissCurve *curve, guint32 n_frames)
{
  guint32 c = MIN (n_frames, curve->n_pages);
  double seconds = curve == self->lru_curve ? self->lru_seconds : self->opt_seconds;
  Row row = { policy,
              n_frames,
              self->n_references,
              self->n_pages,
              curve->faults[c],
              curve->dirty_evictions != NULL ? (gint64) curve->dirty_evictions[c] : -1,
              (double) self->n_references / MAX (seconds, 1e-6) };

  g_array_append_val (rows, row);
}

/* At equal distances of the logarithm, from 1 frame to all pages. */
static void
add_some_sizes (GArray *rows, const CliContest *self, const char *policy, const HpMissCurve *curve)
{
  for (guint32 c = 1; c < curve->n_pages; c += 1 + c * 4 / ROWS_OF_CURVE)
    add_size (rows, self, policy, curve, c);
  add_size (rows, self, policy, curve, curve->n_pages);
}

static void
add_each_size (GArray *rows, const CliContest *self, const char *policy, const HpMissCurve *curve)
{
  for (guint32 c = 1; c <= curve->n_pages; c++)
    if (c == 1 || curve->faults[c] != curve->faults[c - 1]
        || (curve->dirty_evictions != NULL && curve->dirty_evictions[c] != curve->dirty_evictions[c - 1]))
      add_size (rows, self, policy, curve, c);
}

static GArray *
list_curve (
    const CliContest *self, const char *policy, const HpMissCurve *curve, const GArray *frames, CliTableForm form)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  if (frames != NULL)
    for (guint i = 0; i < frames->len; i++)
      add_size (rows, self, policy, curve, g_array_index (frames, guint32, i));
  else if (form == CLI_TABLE_TEXT)
    add_some_sizes (rows, self, policy, curve);
  else
    add_each_size (rows, self, policy, curve);
  return rows;
}

/* ---- the forms -------------------------------------------------------------------------------------------------- */

static void
append_text (GString *text, const GArray *rows)
{
  g_string_append_printf (text,
                          "%-12s %9s %12s %9s %12s %8s %12s %8s\n",
                          _ ("policy"),
                          _ ("frames"),
                          _ ("references"),
                          _ ("pages"),
                          _ ("faults"),
                          "%",
                          _ ("dirty ev."),
                          _ ("M ref./s"));
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      g_autofree char *dirty = row->n_dirty < 0 ? g_strdup ("–") : g_strdup_printf ("%" G_GINT64_FORMAT, row->n_dirty);

      g_string_append_printf (text,
                              "%-12s %9u %12" G_GUINT64_FORMAT " %9" G_GUINT64_FORMAT " %12" G_GUINT64_FORMAT
                              " %8.3f %*s %8.1f\n",
                              row->policy,
                              row->n_frames,
                              row->n_references,
                              row->n_pages,
                              row->n_faults,
                              100.0 * (double) row->n_faults / (double) MAX (row->n_references, 1),
                              row->n_dirty < 0 ? 14 : 12,
                              dirty,
                              row->per_second / 1e6);
    }
}

static void
append_csv (GString *text, const GArray *rows)
{
  g_string_append (text, "policy,frames,references,distinct_pages,faults,dirty_evictions,references_per_second\r\n");
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      g_string_append_printf (text,
                              "%s,%u,%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",",
                              row->policy,
                              row->n_frames,
                              row->n_references,
                              row->n_pages,
                              row->n_faults);
      if (row->n_dirty >= 0)
        g_string_append_printf (text, "%" G_GINT64_FORMAT, row->n_dirty);
      g_string_append_printf (text, ",%.0f\r\n", row->per_second);
    }
}

static void
append_json_dirty (GString *text, const Row *row)
{
  if (row->n_dirty < 0)
    g_string_append (text, "\"dirty_evictions\":null");
  else
    g_string_append_printf (text, "\"dirty_evictions\":%" G_GINT64_FORMAT, row->n_dirty);
}

/* An id has no character that JSON or CSV would quote. */
static void
append_json (GString *text, const Row *row)
{
  g_string_append_printf (text,
                          "{\"policy\":\"%s\",\"frames\":%u,\"references\":%" G_GUINT64_FORMAT
                          ",\"distinct_pages\":%" G_GUINT64_FORMAT ",\"faults\":%" G_GUINT64_FORMAT ",",
                          row->policy,
                          row->n_frames,
                          row->n_references,
                          row->n_pages,
                          row->n_faults);
  append_json_dirty (text, row);
  g_string_append_printf (text, ",\"references_per_second\":%.0f}", row->per_second);
}

static void
append_json_rows (GString *text, const GArray *rows, gboolean alone)
{
  for (guint i = 0; i < rows->len; i++)
    {
      if (!alone)
        g_string_append (text, i == 0 ? "[\n" : ",\n");
      append_json (text, &g_array_index (rows, Row, i));
    }
  if (alone)
    g_string_append (text, rows->len > 0 ? "\n" : "");
  else
    g_string_append (text, rows->len > 0 ? "\n]\n" : "[]\n");
}

/* What all sizes have in common is said once. */
static void
append_json_curve (GString *text, const GArray *rows)
{
  const Row *first = &g_array_index (rows, Row, 0);

  g_string_append_printf (text,
                          "{\"policy\":\"%s\",\"references\":%" G_GUINT64_FORMAT
                          ",\"distinct_pages\":%" G_GUINT64_FORMAT ",\"references_per_second\":%.0f,\"curve\":[",
                          first->policy,
                          first->n_references,
                          first->n_pages,
                          first->per_second);
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      g_string_append_printf (
          text, "%s\n{\"frames\":%u,\"faults\":%" G_GUINT64_FORMAT ",", i > 0 ? "," : "", row->n_frames, row->n_faults);
      append_json_dirty (text, row);
      g_string_append_c (text, '}');
    }
  g_string_append (text, "\n]}");
}

char *
cli_contest_format (const CliContest *self, CliTableForm form)
{
  g_autoptr (GArray) rows = list_entries (self);
  GString *text = g_string_new (NULL);

  if (form == CLI_TABLE_JSON)
    append_json_rows (text, rows, self->entries->len == 1);
  else
    (form == CLI_TABLE_CSV ? append_csv : append_text) (text, rows);
  return g_string_free (text, FALSE);
}

char *
cli_contest_format_curves (const CliContest *self, const GArray *frames, CliTableForm form)
{
  const struct
  {
    const char *policy;
    const HpMissCurve *curve;
  } curves[] = { { "lru", self->lru_curve }, { "opt", self->opt_curve } };
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  GString *text = g_string_new (NULL);
  gboolean several = self->lru_curve != NULL && self->opt_curve != NULL, begun = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (curves); i++)
    {
      g_autoptr (GArray) own = NULL;

      if (curves[i].curve == NULL || curves[i].curve->n_pages == 0)
        continue;
      own = list_curve (self, curves[i].policy, curves[i].curve, frames, form);
      g_array_append_vals (rows, own->data, own->len);
      if (form != CLI_TABLE_JSON)
        continue;
      g_string_append (text, !several ? "" : begun ? ",\n" : "[\n");
      append_json_curve (text, own);
      begun = TRUE;
    }
  if (form == CLI_TABLE_JSON)
    g_string_append (text, several ? "\n]\n" : begun ? "\n" : "");
  else
    (form == CLI_TABLE_CSV ? append_csv : append_text) (text, rows);
  return g_string_free (text, FALSE);
}
