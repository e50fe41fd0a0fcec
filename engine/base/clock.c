/* clock.c - virtual time becomes events
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/clock.h"

/* How much of the waiting is told with the next @ns: its share, so that the rest is no more than the time left. */
static guint32
split_waiting (const HpClock *self, guint32 ns)
{
  guint64 waiting = self->pending_waiting_ns, rest = self->pending_ns - ns;
  guint64 share = (guint64) ((double) waiting * ((double) ns / (double) self->pending_ns));

  return (guint32) CLAMP (share, waiting > rest ? waiting - rest : 0, MIN (waiting, ns));
}

void
hp_clock_flush (HpClock *self)
{
  self->pending_ns += (self->counters->operations - self->n_charged) * self->operation_ns;
  self->n_charged = self->counters->operations;
  self->counters->time_ns += self->pending_ns;
  self->counters->waiting_ns += self->pending_waiting_ns;
  /* An event holds 32 bits of nanoseconds (4.3 s): longer times are told in pieces. */
  while (self->pending_ns > 0)
    {
      guint32 ns = (guint32) MIN (self->pending_ns, G_MAXUINT32);

      guint32 waiting_ns = split_waiting (self, ns);

      hp_emit (self->emitter, HP_EVENT_TIME, 0, ns, waiting_ns, 0);
      self->pending_ns -= ns;
      self->pending_waiting_ns -= waiting_ns;
    }
}
