/* sizing.c - after a collection: how large the spaces may be, and whether memory has come to its end
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/limits.h"
#include "gc/phases.h"

#include <glib/gi18n-lib.h>

#define NS_PER_MS 1e6

/* V8: kThroughputTimeFrameMs, src/heap/gc-tracer.h. */
#define THROUGHPUT_WINDOW_MS 5000

/* V8 gives up after so many full collections in a row that leave the heap this full and the program this little time
 * (Heap::CheckIneffectiveMarkCompact). */
#define MAX_INEFFECTIVE 4
#define INEFFECTIVE_FILL 0.8
#define INEFFECTIVE_UTILISATION 0.4

static guint64
page_bytes (const HpCollector *self)
{
  return (guint64) self->heap->config.page_words * HP_WORD_BYTES;
}

guint64
hp_sizing_semi_bytes (const HpCollector *self)
{
  return self->heap->young.n_pages * page_bytes (self);
}

/* ---- new space ----------------------------------------------------------------------------------------------------
 */

void
hp_sizing_before (HpCollector *self)
{
  const HpCounters *counters = self->heap->counters;
  guint64 ns = counters->time_ns - self->allocation_since_ns;

  if (ns > 0)
    hp_limits_record_speed (&self->allocation,
                            (double) (counters->allocated_bytes - self->allocation_since_bytes),
                            (double) ns / NS_PER_MS);
  self->allocation_since_ns = counters->time_ns;
  self->allocation_since_bytes = counters->allocated_bytes;
}

/* V8: a program that allocates so little does not need much of new space. */
static gboolean
allocates_little (const HpCollector *self)
{
  double speed = hp_limits_recent_speed (&self->allocation, THROUGHPUT_WINDOW_MS);

  return speed > 0 && speed < self->config.low_allocation_throughput;
}

static guint64
grown_semi_bytes (const HpCollector *self)
{
  return MIN (hp_sizing_semi_bytes (self) * self->config.semi_growth_factor, self->config.max_semi_bytes);
}

static guint64
shrunk_semi_bytes (const HpCollector *self)
{
  guint64 least = self->heap->config.semi_pages * page_bytes (self);

  return MIN (hp_sizing_semi_bytes (self), MAX (least, 2 * hp_new_space_filled_bytes (self->heap)));
}

/* V8: double the halves when more survived since the last growth than one half holds; shrink them when the program
 * allocates little; both at once is neither (Heap::ShouldResizeNewSpace). */
static guint64
default_semi_bytes (HpCollector *self)
{
  guint64 capacity = hp_sizing_semi_bytes (self);
  gboolean grow = capacity < self->config.max_semi_bytes && self->survived_bytes > capacity;
  gboolean shrink = self->reduces_memory || allocates_little (self);

  if (grow)
    self->survived_bytes = 0;
  if (grow == shrink)
    return capacity;
  return grow ? grown_semi_bytes (self) : shrunk_semi_bytes (self);
}

static void
resize_new_space (HpCollector *self)
{
  guint64 wanted = default_semi_bytes (self);
  guint64 answer = 0;
  guint32 before = self->heap->young.n_pages;

  if (self->policy.semi_space_bytes != NULL)
    answer = self->policy.semi_space_bytes (self->policy_self, &self->context);
  if (answer > self->config.max_semi_bytes)
    hp_collector_blame (self,
                        _ ("semi_space_bytes answered %.0f: the most is %.0f"),
                        (double) answer,
                        (double) self->config.max_semi_bytes);
  if (answer != 0)
    wanted = MIN (answer, self->config.max_semi_bytes);
  hp_new_space_resize (self->heap, (guint32) ((wanted + page_bytes (self) - 1) / page_bytes (self)));
  if (self->heap->young.n_pages > before) /* by the policy's wish */
    self->survived_bytes = 0;
}

/* ---- the old generation -------------------------------------------------------------------------------------------
 */

void
hp_sizing_set_old_limit (HpCollector *self, guint64 bytes)
{
  bytes &= ~G_GUINT64_CONSTANT (7); /* events count in words */
  if (bytes != self->old_limit)
    hp_emit (
        self->heap->emitter, HP_EVENT_LIMIT, HP_LIMIT_OLD, (guint32) (self->old_limit / 8), (guint32) (bytes / 8), 0);
  self->old_limit = bytes;
}

static double
average_survival_percent (const HpCollector *self)
{
  guint n = MIN (self->n_survivals, HP_SURVIVAL_EVENTS);
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += self->survival_percent[i];
  return n > 0 ? sum / n : 100;
}

/* Until the first full collection each scavenge lowers the initial limit (V8: ConfigureInitialOldGenerationSize). */
static void
lower_initial_limit (HpCollector *self)
{
  guint64 lowered;

  if (self->old_limit_configured || self->n_survivals == 0)
    return;
  lowered = hp_limits_lowered_old_limit (
      self->old_limit, hp_heap_old_bytes (self->heap), self->config.old_limit_step, average_survival_percent (self));
  if (lowered < self->old_limit)
    hp_sizing_set_old_limit (self, lowered);
  else
    self->old_limit_configured = TRUE;
}

/* V8: GCTracer::CombinedMarkCompactSpeedInBytesPerMillisecond. Steps and the final pause follow on each other. */
static double
mark_compact_speed (const HpCollector *self)
{
  double speed = hp_limits_recent_speed (&self->mark_compacts, G_MAXDOUBLE);
  double final = hp_limits_recent_speed (&self->final_pauses, G_MAXDOUBLE);

  if (speed > 0 || final <= 0 || self->marking_speed <= 0)
    return speed;
  return self->marking_speed * final / (self->marking_speed + final);
}

static guint64
default_old_limit (HpCollector *self, double mutator_speed)
{
  guint64 max_old = self->heap->config.max_old_bytes;
  double factor = self->reduces_memory ? HP_LIMITS_LEAST_FACTOR
                                       : hp_limits_growing_factor (
                                           mark_compact_speed (self), mutator_speed, hp_limits_max_factor (max_old));

  return hp_limits_next_old_limit (
      hp_heap_old_bytes (self->heap), factor, self->config.old_limit_step, hp_sizing_semi_bytes (self), 0, max_old);
}

static void
recompute_old_limit (HpCollector *self, double mutator_speed)
{
  guint64 limit = default_old_limit (self, mutator_speed);
  guint64 max_old = self->heap->config.max_old_bytes;
  guint64 answer = 0;

  if (self->policy.old_limit_bytes != NULL)
    answer = self->policy.old_limit_bytes (self->policy_self, &self->context);
  if (answer > max_old)
    hp_collector_blame (self, _ ("old_limit_bytes answered %.0f: the most is %.0f"), (double) answer, (double) max_old);
  self->old_limit_configured = TRUE;
  hp_sizing_set_old_limit (self, answer != 0 ? MIN (answer, max_old) : limit);
}

/* ---- the end of memory ------------------------------------------------------------------------------------------- */

static void
check_ineffective (HpCollector *self)
{
  double fill = INEFFECTIVE_FILL * (double) self->heap->config.max_old_bytes;
  gboolean ineffective = (double) hp_heap_old_bytes (self->heap) >= fill
                         && self->mutator_utilisation < INEFFECTIVE_UTILISATION;

  self->n_ineffective = ineffective ? self->n_ineffective + 1 : 0;
  if (self->n_ineffective >= MAX_INEFFECTIVE)
    self->fatal = "Ineffective mark-compacts near heap limit";
}

static void
check_maximum (HpCollector *self)
{
  if (self->fatal == NULL && !hp_heap_can_expand_old (self->heap, 0))
    self->fatal = "Reached heap limit";
}

static void
measure_speed (HpCollector *self, const HpCollection *collection, double pause_ms)
{
  const HpIncremental *marking = &self->incremental;
  double bytes = (double) (collection->old_bytes + collection->young_bytes);
  double speed;

  if (!collection->was_marking)
    {
      hp_limits_record_speed (&self->mark_compacts, bytes, pause_ms);
      return;
    }
  hp_limits_record_speed (&self->final_pauses, bytes, pause_ms);
  if (marking->step_ns == 0)
    return;
  speed = (double) marking->step_bytes * NS_PER_MS / (double) marking->step_ns;
  self->marking_speed = self->marking_speed > 0 ? (self->marking_speed + speed) / 2 : speed;
}

/* What only full collections measure: speeds, utilisation, and from them the next limit. */
static void
measure_full (HpCollector *self, const HpCollection *collection)
{
  guint64 now = self->heap->counters->time_ns;
  double mutator_ns = (double) (collection->start_ns - self->last_full_end_ns);
  double pause_ns = (double) (now - collection->start_ns);
  double grown = (double) collection->old_bytes - (double) self->old_bytes_after_full;
  double step_ns = collection->was_marking ? (double) self->incremental.step_ns : 0;
  double utilisation = mutator_ns + pause_ns > 0 ? (mutator_ns - step_ns) / (mutator_ns + pause_ns) : 1;

  measure_speed (self, collection, pause_ns / NS_PER_MS);
  self->current_utilisation = utilisation;
  self->mutator_utilisation = self->last_full_end_ns == 0 ? utilisation : (self->mutator_utilisation + utilisation) / 2;
  recompute_old_limit (self, grown > 0 && mutator_ns > 0 ? grown * NS_PER_MS / mutator_ns : 0);
  self->old_bytes_after_full = hp_heap_old_bytes (self->heap);
  self->last_full_end_ns = now;
}

/* ---- after a collection --------------------------------------------------------------------------------------------
 */

void
hp_sizing_after (HpCollector *self, const HpCollection *collection)
{
  if (collection->kind == HP_COLLECTION_FULL)
    {
      measure_full (self, collection);
      check_ineffective (self);
    }
  else
    lower_initial_limit (self);
  resize_new_space (self);
  check_maximum (self);
}
