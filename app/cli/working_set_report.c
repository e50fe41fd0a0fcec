/* working_set_report.c - the working set in each window, in three forms
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "contest_report.h"

#include <glib/gi18n.h>

static double
mean_of (const CliContest *self, HpWorkingSetSize size)
{
  return (double) size.sum / (double) MAX (self->n_references, 1);
}

static double
per_second (const CliContest *self)
{
  return (double) self->n_references / MAX (self->working_set_seconds, 1e-6);
}

static void
append_row (const CliContest *self, GString *text, HpWorkingSetSize size)
{
  g_autofree char *bytes = g_format_size_full ((guint64) size.peak * self->page_bytes, G_FORMAT_SIZE_IEC_UNITS);

  g_string_append_printf (text, "%12u %12.1f %12u %16s\n", size.window, mean_of (self, size), size.peak, bytes);
}

static void
append_text (const CliContest *self, GString *text)
{
  g_string_append_printf (
      text, "%12s %12s %12s %16s\n", _ ("window"), _ ("pages, mean"), _ ("at most"), _ ("which take"));
  for (guint i = 0; i < hp_working_set_n_windows (self->working_set); i++)
    append_row (self, text, hp_working_set_size (self->working_set, i));
  g_string_append_printf (text,
                          _ ("%.0f references to %u pages, %.1f million a second.\n"),
                          (double) self->n_references,
                          self->n_pages,
                          per_second (self) / 1e6);
}

static void
append_csv (const CliContest *self, GString *text)
{
  g_string_append (text, "window,references,distinct_pages,mean_pages,peak_pages,references_per_second\r\n");
  for (guint i = 0; i < hp_working_set_n_windows (self->working_set); i++)
    {
      HpWorkingSetSize size = hp_working_set_size (self->working_set, i);
      char mean[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text,
                              "%u,%" G_GUINT64_FORMAT ",%u,%s,%u,%.0f\r\n",
                              size.window,
                              self->n_references,
                              self->n_pages,
                              g_ascii_formatd (mean, sizeof mean, "%.6f", mean_of (self, size)),
                              size.peak,
                              per_second (self));
    }
}

/* What all windows have in common is said once. */
static void
append_json (const CliContest *self, GString *text)
{
  g_string_append_printf (text,
                          "{\"references\":%" G_GUINT64_FORMAT
                          ",\"distinct_pages\":%u,\"references_per_second\":%.0f,\"working_set\":[",
                          self->n_references,
                          self->n_pages,
                          per_second (self));
  for (guint i = 0; i < hp_working_set_n_windows (self->working_set); i++)
    {
      HpWorkingSetSize size = hp_working_set_size (self->working_set, i);
      char mean[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text,
                              "%s\n{\"window\":%u,\"mean_pages\":%s,\"peak_pages\":%u}",
                              i > 0 ? "," : "",
                              size.window,
                              g_ascii_formatd (mean, sizeof mean, "%.6f", mean_of (self, size)),
                              size.peak);
    }
  g_string_append (text, "\n]}\n");
}

char *
cli_contest_format_working_set (const CliContest *self, CliTableForm form)
{
  GString *text = g_string_new (NULL);

  if (form == CLI_TABLE_JSON)
    append_json (self, text);
  else
    (form == CLI_TABLE_CSV ? append_csv : append_text) (self, text);
  return g_string_free (text, FALSE);
}
