/* progress.c - how far a long run is, for a person at a terminal
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "progress.h"

#include <unistd.h>

CliProgress
cli_progress_begin (void)
{
  return (CliProgress){ isatty (STDERR_FILENO), g_get_monotonic_time () + G_USEC_PER_SEC / 2, FALSE };
}

void
cli_progress_show (gpointer user_data, double fraction)
{
  CliProgress *self = user_data;
  gint64 now;

  if (!self->is_terminal)
    return;
  now = g_get_monotonic_time ();
  if (now < self->next)
    return;
  g_printerr ("\r%3d %%", (int) (fraction * 100));
  self->next = now + G_USEC_PER_SEC / 10;
  self->shown = TRUE;
}

void
cli_progress_end (CliProgress *self)
{
  if (self->shown)
    g_printerr ("\r     \r");
  self->shown = FALSE;
}
