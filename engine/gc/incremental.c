/* incremental.c - when marking starts, how much each step marks, and how it ends
 *
 * V8: src/heap/incremental-marking.cc, and Heap::IncrementalMarkingLimitReached in src/heap/heap.cc. The program goes
 * on between steps; a store while marking is on marks what it stores (marking-barrier.cc, Dijkstra's barrier), what is
 * allocated in the old generation is black, and the final pause looks at all roots again.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/limits.h"
#include "gc/phases.h"

#define NS_PER_MS 1e6

#define STEPS 256
#define STEPS_NEAR_MAXIMUM 32
#define SLACK_NEAR_MAXIMUM (64 * (guint64) 1024 * 1024)
#define STEP_ON_ALLOCATION_MS 5
#define STEP_IN_TASK_MS 1
#define UNKNOWN_BYTES_PER_MS 131072.0
#define CAUTIOUS_RATIO 0.9
#define MARKING_TASKS_MS 500 /* tasks alone would mark the whole within this time */
#define LEAST_WAIT_NS 50000000
#define WAIT_SHARE 10 /* a tenth of the time since marking began */

/* The mean size in a heap snapshot of a process that has just started: 70,969 objects in 6,267,337 bytes. */
#define RUNTIME_OBJECT_BYTES 88

/* ---- state ------------------------------------------------------------------------------------------------------- */

static void
set_state (HpCollector *self, HpMarking state)
{
  HpIncremental *marking = &self->incremental;

  hp_emit (self->heap->emitter, HP_EVENT_MARKING, (guint32) state | (guint32) marking->state << 8, 0, 0, 0);
  marking->state = state;
}

static void
mark_stored (gpointer data, HpAddress host, HpAddress slot, HpAddress target)
{
  HpCollector *self = data;

  if (hp_map_colour (*hp_heap_words (self->heap, host)) == HP_COLOUR_BLACK)
    hp_marker_record_slot (self, host, slot, target);
  hp_marker_mark (self, target);
}

static void
visit_marking_list (gpointer data, void (*visit) (gpointer user_data, HpAddress address), gpointer user_data)
{
  HpCollector *self = data;

  hp_worklist_visit (&self->marking, visit, user_data);
}

static guint64
count_old_allocation (const HpCollector *self)
{
  return self->heap->counters->promoted_bytes + self->incremental.old_bytes;
}

/* Objects marked since the last call cost their time. */
static void
charge (HpCollector *self, guint64 runtime_bytes)
{
  self->n_marked += runtime_bytes / RUNTIME_OBJECT_BYTES;
  hp_clock_advance (self->clock, self->n_marked * self->config.costs.mark_ns);
  self->n_marked = 0;
}

void
hp_incremental_start (HpCollector *self)
{
  HpIncremental *marking = &self->incremental;
  HpHeap *heap = self->heap;

  g_return_if_fail (marking->state == HP_MARKING_OFF);

  hp_sweeper_sweep (self, G_MAXUINT);
  hp_compactor_select (self);
  hp_marker_begin (self);
  marking->start_ns = marking->last_task_ns = heap->counters->time_ns;
  marking->initial_old_bytes = hp_heap_old_bytes (heap);
  marking->scheduled_bytes = marking->marked_bytes = marking->old_since_step = 0;
  marking->counted_bytes = count_old_allocation (self);
  marking->runtime_bytes = heap->config.runtime_bytes;
  marking->step_ns = marking->step_bytes = marking->longest_step_ns = 0;
  marking->n_steps = 0;
  marking->is_planned = FALSE;
  set_state (self, HP_MARKING_ACTIVE);
  heap->marking = TRUE;
  heap->marking_barrier = mark_stored;
  heap->visit_marking_list = visit_marking_list;
  heap->marking_data = self;
  hp_new_space_set_step (heap, (guint32) (self->config.incremental.young_step / HP_WORD_BYTES));
  hp_marker_mark_roots (self, FALSE);
  charge (self, 0);
  hp_collector_enter_phase (self, HP_PHASE_MUTATOR);
}

void
hp_incremental_end (HpCollector *self)
{
  g_assert (hp_worklist_is_empty (&self->marking));
  if (self->incremental.state == HP_MARKING_OFF)
    return;
  charge (self, self->incremental.runtime_bytes);
  set_state (self, HP_MARKING_OFF);
  self->heap->marking = FALSE;
  hp_new_space_set_step (self->heap, 0);
}

/* ---- when to start ----------------------------------------------------------------------------------------------- */

typedef enum
{
  LIMIT_NONE,
  LIMIT_SOFT, /* soon: in a task */
  LIMIT_HARD,
} LimitReached;

static LimitReached
find_limit_reached (const HpCollector *self)
{
  guint64 old = hp_heap_old_bytes (self->heap);
  guint64 counted = old + hp_external_growth (self->heap);
  guint64 available = self->old_limit > counted ? self->old_limit - counted : 0;

  if (old < self->config.incremental.least_old_bytes || available > hp_sizing_semi_bytes (self))
    return LIMIT_NONE;
  if (available == 0 || !hp_heap_can_expand_old (self->heap, self->heap->config.max_old_bytes / 8))
    return LIMIT_HARD;
  return LIMIT_SOFT;
}

void
hp_incremental_start_at_limit (HpCollector *self)
{
  LimitReached limit;

  if (!self->config.incremental.is_on || self->incremental.state != HP_MARKING_OFF || self->fatal != NULL
      || self->policy.collect != NULL)
    return;
  limit = find_limit_reached (self);
  self->incremental.is_planned = limit == LIMIT_SOFT;
  if (limit == LIMIT_HARD)
    hp_incremental_start (self);
}

/* V8: Heap::ShouldExpandOldGenerationOnSlowAllocation */
gboolean
hp_incremental_may_pass_limit (const HpCollector *self)
{
  if (!self->config.incremental.is_on || hp_incremental_must_finish (self))
    return FALSE;
  return self->incremental.state != HP_MARKING_OFF || find_limit_reached (self) != LIMIT_NONE;
}

gboolean
hp_incremental_must_finish (const HpCollector *self)
{
  guint64 old = hp_heap_old_bytes (self->heap) + hp_external_growth (self->heap);

  return self->incremental.state == HP_MARKING_COMPLETE
         && old >= self->old_limit + hp_limits_overshoot_margin (self->old_limit, self->heap->config.max_old_bytes);
}

/* ---- steps ------------------------------------------------------------------------------------------------------- */

/* What a step adds to the schedule even if the old generation does not grow. */
static guint64
progress_bytes (const HpCollector *self)
{
  guint64 slack = 2 * hp_sizing_semi_bytes (self) + SLACK_NEAR_MAXIMUM;
  const HpIncrementalConfig *config = &self->config.incremental;

  if (slack < self->heap->config.max_old_bytes && !hp_heap_can_expand_old (self->heap, slack))
    return hp_heap_old_bytes (self->heap) / STEPS_NEAR_MAXIMUM;
  return CLAMP (
      self->incremental.initial_old_bytes / STEPS, config->min_step, MAX (config->min_step, config->max_step));
}

static void
schedule_on_allocation (HpCollector *self)
{
  HpIncremental *marking = &self->incremental;
  guint64 allocated = count_old_allocation (self);

  marking->scheduled_bytes += progress_bytes (self) + allocated - marking->counted_bytes;
  marking->counted_bytes = allocated;
}

static void
schedule_by_time (HpCollector *self)
{
  HpIncremental *marking = &self->incremental;
  guint64 now = self->heap->counters->time_ns;
  double ms = (double) (now - marking->last_task_ns) / NS_PER_MS;

  marking->scheduled_bytes += (guint64) ((double) marking->initial_old_bytes * ms / MARKING_TASKS_MS);
  marking->last_task_ns = now;
}

/* How much can be marked in @ms at the speed of the steps so far. */
static guint64
bytes_within (const HpCollector *self, double ms)
{
  const HpIncremental *marking = &self->incremental;
  double speed = self->marking_speed > 0 ? self->marking_speed : UNKNOWN_BYTES_PER_MS;

  if (marking->step_ns > 0 && marking->step_bytes > 0)
    speed = (double) marking->step_bytes * NS_PER_MS / (double) marking->step_ns;
  return (guint64) (speed * ms * CAUTIOUS_RATIO);
}

static guint64
default_step_bytes (const HpCollector *self, double ms, guint64 lag)
{
  const HpIncremental *marking = &self->incremental;
  guint64 bytes = 0;

  if (marking->scheduled_bytes > marking->marked_bytes + lag)
    bytes = marking->scheduled_bytes - marking->marked_bytes - lag;
  return MAX (MIN (bytes, bytes_within (self, ms)), self->config.incremental.min_step);
}

/* Mark about @bytes, the runtime's own objects first. */
static void
mark (HpCollector *self, guint64 bytes)
{
  HpIncremental *marking = &self->incremental;
  guint64 runtime = MIN (marking->runtime_bytes, bytes);
  guint64 marked = runtime;
  guint64 start;

  hp_collector_enter_phase (self, HP_PHASE_MARK);
  start = self->heap->counters->time_ns;
  marking->runtime_bytes -= runtime;
  if (bytes > runtime)
    marked += hp_marker_advance (self, bytes - runtime);
  marking->marked_bytes += marked;
  charge (self, runtime);
  hp_collector_enter_phase (self, HP_PHASE_MUTATOR);
  marking->step_bytes += marked;
  marking->step_ns += self->heap->counters->time_ns - start;
  marking->longest_step_ns = MAX (marking->longest_step_ns, self->heap->counters->time_ns - start);
  marking->n_steps++;
}

static void
note_completion (HpCollector *self)
{
  HpIncremental *marking = &self->incremental;
  guint64 now = self->heap->counters->time_ns;

  if (marking->state != HP_MARKING_ACTIVE || marking->runtime_bytes > 0 || !hp_worklist_is_empty (&self->marking))
    return;
  set_state (self, HP_MARKING_COMPLETE);
  marking->deadline_ns = now;
  if (marking->n_tasks > 0)
    marking->deadline_ns += MAX (LEAST_WAIT_NS, (now - marking->start_ns) / WAIT_SHARE);
}

static gboolean
finish (HpCollector *self, const char *reason)
{
  hp_collector_collect (self, HP_COLLECTION_FULL, reason);
  return TRUE;
}

static guint64
ask_for_budget (HpCollector *self, guint64 bytes)
{
  guint64 answer = 0;

  if (self->policy.marking_budget != NULL)
    answer = self->policy.marking_budget (self->policy_self, &self->context, bytes);
  return answer != 0 ? answer : bytes;
}

void
hp_incremental_step (gpointer collector)
{
  HpCollector *self = collector;
  HpIncremental *marking = &self->incremental;

  if (marking->state == HP_MARKING_OFF)
    return;
  hp_clock_flush (self->clock);
  schedule_on_allocation (self);
  mark (self, ask_for_budget (self, default_step_bytes (self, STEP_ON_ALLOCATION_MS, self->config.incremental.lag)));
  note_completion (self);
  if (marking->state == HP_MARKING_COMPLETE && self->heap->counters->time_ns >= marking->deadline_ns)
    finish (self, "finalize incremental marking via stack guard");
}

void
hp_incremental_count_old (HpCollector *self, guint64 bytes)
{
  HpIncremental *marking = &self->incremental;

  marking->old_bytes += bytes;
  if (marking->state == HP_MARKING_OFF)
    {
      hp_incremental_start_at_limit (self);
      return;
    }
  marking->old_since_step += bytes;
  if (marking->old_since_step < self->config.incremental.old_step)
    return;
  marking->old_since_step = 0;
  hp_incremental_step (self);
}

gboolean
hp_incremental_run_task (HpCollector *self)
{
  HpIncremental *marking = &self->incremental;

  marking->n_tasks++;
  if (marking->is_planned && marking->state == HP_MARKING_OFF)
    hp_incremental_start (self);
  else if (marking->state == HP_MARKING_ACTIVE)
    {
      schedule_by_time (self);
      mark (self, ask_for_budget (self, default_step_bytes (self, STEP_IN_TASK_MS, 0)));
      note_completion (self);
    }
  return marking->state == HP_MARKING_COMPLETE && finish (self, "finalize incremental marking via task");
}

/* ---- scavenges while marking is on ------------------------------------------------------------------------------- */

/* V8: IncrementalMarking::UpdateMarkedBytesAfterScavenge */
void
hp_incremental_forget_dead (HpCollector *self, guint64 bytes)
{
  self->incremental.marked_bytes -= MIN (self->incremental.marked_bytes, bytes);
}

void
hp_incremental_object_moved (HpCollector *self, HpAddress to, guint32 words)
{
  if (hp_map_colour (*hp_heap_words (self->heap, to)) == HP_COLOUR_BLACK)
    hp_heap_page_of (self->heap, to)->live_words += words;
}

/* As long as it was young its slots were not recorded. */
void
hp_incremental_object_promoted (HpCollector *self, HpAddress host)
{
  const guint64 *object = hp_heap_words (self->heap, host);
  guint32 first = hp_heap_layout (self->heap, object[0])->first_slot;
  guint32 end = first + hp_heap_count_slots (self->heap, object);

  if (!self->has_candidates || hp_map_colour (object[0]) != HP_COLOUR_BLACK)
    return;
  for (guint32 i = first; i < end; i++)
    if (hp_word_is_ref (object[i]))
      hp_marker_record_slot (self, host, host + i, hp_word_address (object[i]));
}

static HpAddress
find_again (gpointer heap, HpAddress address)
{
  return hp_new_space_find_survivor (heap, address);
}

void
hp_incremental_after_copying (HpCollector *self)
{
  HpNewSpace *young = &self->heap->young;
  GPtrArray *from = young->pages[!young->to];

  hp_worklist_update (&self->marking, find_again, self->heap);
  for (guint i = 0; i < from->len; i++)
    ((HpHeapPage *) g_ptr_array_index (from, i))->live_words = 0;
}
