/* clock.h - virtual time: what things cost, added up and told to the listener
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/counters.h"

G_BEGIN_DECLS

/**
 * HpClock: nanoseconds that passed on the simulated machine
 *
 * Costs pile up in pending_ns and become one TIME event at hp_clock_flush(), which the machine calls where a step ends
 * (before each operation when somebody listens, at both ends of a collection, at a fault). What operations cost by
 * themselves is reckoned there from their number, so that they need not touch the clock:
 *
 *   time not yet flushed = pending_ns + (counters->operations - n_charged) * operation_ns
 *
 * counters->time_ns is the sum of what was flushed, and counters->waiting_ns that of the pending_waiting_ns in it.
 */
typedef struct
{
  HpEmitter *emitter;   /* borrowed */
  HpCounters *counters; /* borrowed */
  guint64 pending_ns;
  guint64 pending_waiting_ns; /* of pending_ns: waiting for pages on disk */
  guint64 operation_ns;
  guint64 n_charged; /* operations whose time is in pending_ns or was flushed, or that have none */
} HpClock;

static inline void
hp_clock_advance (HpClock *self, guint64 ns)
{
  self->pending_ns += ns;
}

/** Time passes in which the program waits for a page on disk. */
static inline void
hp_clock_wait (HpClock *self, guint64 ns)
{
  self->pending_ns += ns;
  self->pending_waiting_ns += ns;
}

void hp_clock_flush (HpClock *self);

G_END_DECLS
