/* clock.c - virtual time becomes events
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/clock.h"

void
hp_clock_flush (HpClock *self)
{
  self->pending_ns += (self->counters->operations - self->n_charged) * self->operation_ns;
  self->n_charged = self->counters->operations;
  self->counters->time_ns += self->pending_ns;
  /* An event holds 32 bits of nanoseconds (4.3 s): longer waits are told in pieces. */
  while (self->pending_ns > 0)
    {
      guint32 ns = (guint32) MIN (self->pending_ns, G_MAXUINT32);

      hp_emit (self->emitter, HP_EVENT_TIME, 0, ns, 0, 0);
      self->pending_ns -= ns;
    }
}
