/* latest.c - the numbers of batches
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/latest.h"

#include <string.h>

void
hp_latest_init (HpLatest *self, guint32 n_frames)
{
  *self = (HpLatest){ .batches = g_new0 (guint32, n_frames), .n_frames = n_frames };
}

void
hp_latest_clear (HpLatest *self)
{
  g_clear_pointer (&self->batches, g_free);
}

void
hp_latest_restart (HpLatest *self)
{
  memset (self->batches, 0, self->n_frames * sizeof *self->batches);
  self->batch = 0;
}
