/* memory_reducer.c - the states of memory_reducer.h, on the virtual clock
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/limits.h"
#include "gc/phases.h"

#define NS_PER_MS G_GUINT64_CONSTANT (1000000)
#define MIB (G_GUINT64_CONSTANT (1) << 20)

/* V8: MemoryReducer::kLongDelayMs and its neighbours. */
#define LONG_DELAY_NS (8000 * NS_PER_MS)
#define SHORT_DELAY_NS (500 * NS_PER_MS)
#define WATCHDOG_NS (100000 * NS_PER_MS)
#define MOST_COLLECTIONS 3
#define COMMITTED_DELTA (10 * MIB)

/* V8: Heap::HasLowAllocationRate, Heap::HasHighFragmentation. */
#define IDLE_UTILISATION 0.993
#define FRAGMENTATION_SLACK (16 * MIB)

static guint64
now_ns (HpCollector *self)
{
  hp_clock_flush (self->clock);
  return self->heap->counters->time_ns;
}

static void
wait_for (HpCollector *self, guint64 ns)
{
  HpMemoryReducer *reducer = &self->reducer;

  reducer->state = HP_REDUCER_WAIT;
  reducer->sample_ns = now_ns (self);
  reducer->sample_bytes = self->heap->counters->allocated_bytes;
  reducer->next_ns = reducer->sample_ns + ns;
}

/* ---- after full collections -------------------------------------------------------------------------------------- */

static gboolean
next_is_likely_to_gain (const HpGcTrace *trace)
{
  return trace->before.committed_bytes > trace->after.committed_bytes + MIB
         || trace->after.committed_bytes > 2 * trace->after.object_bytes + FRAGMENTATION_SLACK;
}

static void
be_done (HpCollector *self)
{
  self->reducer.state = HP_REDUCER_DONE;
  self->reducer.committed_bytes = self->trace.after.committed_bytes;
}

void
hp_memory_reducer_after_full (HpCollector *self)
{
  HpMemoryReducer *reducer = &self->reducer;
  guint64 committed = self->trace.after.committed_bytes;
  guint64 least = MAX (reducer->committed_bytes * 11 / 10, reducer->committed_bytes + COMMITTED_DELTA);

  if (!self->config.memory_reducer)
    return;
  reducer->last_full_ns = now_ns (self);
  if (reducer->state == HP_REDUCER_WAIT)
    wait_for (self, LONG_DELAY_NS);
  else if (reducer->state == HP_REDUCER_DONE && committed >= least)
    {
      reducer->n_started = 0;
      wait_for (self, LONG_DELAY_NS);
    }
  else if (reducer->state == HP_REDUCER_RUN)
    {
      if (reducer->n_started < MOST_COLLECTIONS && (reducer->n_started == 1 || next_is_likely_to_gain (&self->trace)))
        wait_for (self, SHORT_DELAY_NS);
      else
        be_done (self);
    }
}

/* ---- while the program is idle ----------------------------------------------------------------------------------- */

static gboolean
allocates_little (HpCollector *self)
{
  const HpMemoryReducer *reducer = &self->reducer;
  guint64 ns = now_ns (self) - reducer->sample_ns;
  double bytes = (double) (self->heap->counters->allocated_bytes - reducer->sample_bytes);
  double speed = hp_limits_recent_speed (&self->mark_compacts, G_MAXDOUBLE);

  return ns > 0 && hp_limits_utilisation (speed, bytes * NS_PER_MS / (double) ns) > IDLE_UTILISATION;
}

/* Incremental marking in one task after the other, as nothing else is to be done. */
static void
collect (HpCollector *self)
{
  self->reducer.state = HP_REDUCER_RUN;
  self->reducer.n_started++;
  self->reduces_memory = TRUE;
  if (!self->config.incremental.is_on || self->policy.collect != NULL)
    {
      hp_collector_collect (self, HP_COLLECTION_FULL, "memory reducer");
      return;
    }
  hp_incremental_start (self);
  while (self->incremental.state != HP_MARKING_OFF)
    hp_incremental_run_task (self);
}

static void
take_timer (HpCollector *self)
{
  HpMemoryReducer *reducer = &self->reducer;
  gboolean watchdog = now_ns (self) > reducer->last_full_ns + WATCHDOG_NS;

  if (reducer->n_started >= MOST_COLLECTIONS)
    be_done (self);
  else if (self->incremental.state == HP_MARKING_OFF && (allocates_little (self) || watchdog))
    collect (self);
  else
    wait_for (self, LONG_DELAY_NS);
}

void
hp_memory_reducer_idle (HpCollector *self, guint64 ns)
{
  const HpMemoryReducer *reducer = &self->reducer;
  guint64 now = now_ns (self);
  guint64 end = now + ns;

  while (reducer->state == HP_REDUCER_WAIT && MAX (now, reducer->next_ns) <= end && self->fatal == NULL)
    {
      if (reducer->next_ns > now)
        hp_clock_advance (self->clock, reducer->next_ns - now);
      take_timer (self);
      now = now_ns (self);
    }
  if (now < end)
    hp_clock_advance (self->clock, end - now);
  hp_clock_flush (self->clock);
}
