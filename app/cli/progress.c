/* progress.c - how far a long run is, for a person at a terminal
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "progress.h"

#include <unistd.h>

#define ERASE "\r                \r"

CliProgress
cli_progress_begin (void)
{
  return (CliProgress){ isatty (STDERR_FILENO), g_get_monotonic_time () + G_USEC_PER_SEC / 2, FALSE };
}

static gboolean
is_due (CliProgress *self)
{
  gint64 now;

  if (!self->is_terminal)
    return FALSE;
  now = g_get_monotonic_time ();
  if (now < self->next)
    return FALSE;
  self->next = now + G_USEC_PER_SEC / 10;
  self->shown = TRUE;
  return TRUE;
}

void
cli_progress_show (gpointer user_data, double fraction)
{
  if (is_due (user_data))
    g_printerr (ERASE "%3d %%", (int) (fraction * 100));
}

void
cli_progress_count (CliProgress *self, guint64 n_lines)
{
  if (is_due (self))
    g_printerr (ERASE "%.1f M", (double) n_lines / 1e6);
}

void
cli_progress_end (CliProgress *self)
{
  if (self->shown)
    g_printerr (ERASE);
  self->shown = FALSE;
}
