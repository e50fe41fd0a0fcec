/* collector.c - when to collect, and the order of the phases
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/foreign.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SEGMENT_OF_COPIED 256
#define SEGMENT_OF_LARGE 4
#define SEGMENT_OF_MARKED 64

#define NS_PER_MS 1e6

#define EXTERNAL_PRESSURE "external memory pressure"

/* A policy that collects itself may have one generation only: new space may grow to the heap's maximum. */
static void
prepare_for_foreign_collections (HpCollector *self)
{
  HpHeap *heap = self->heap;

  self->config.max_semi_bytes = MAX (self->config.max_semi_bytes, heap->config.max_old_bytes);
  if (self->policy.next_area == NULL)
    return;
  heap->old.next_area = hp_foreign_next_area;
  self->gaps = g_array_new (FALSE, FALSE, sizeof (HpFreeArea));
}

HpCollector *
hp_collector_new (
    HpHeap *heap, HpClock *clock, const HpGcConfig *config, const HpGcPolicy *policy, const HpSettings *policy_settings)
{
  HpCollector *self = g_new0 (HpCollector, 1);

  self->heap = heap;
  self->clock = clock;
  self->config = *config;
  hp_worklist_init (&self->copied, SEGMENT_OF_COPIED);
  hp_worklist_init (&self->promoted, SEGMENT_OF_COPIED);
  hp_worklist_init (&self->promoted_large, SEGMENT_OF_LARGE);
  hp_worklist_init (&self->marking, SEGMENT_OF_MARKED);
  hp_weak_init (&self->weak);
  self->migrated = g_array_new (FALSE, FALSE, sizeof (HpAddress));
  self->relinked = g_ptr_array_new ();
  self->sites = g_array_new (FALSE, TRUE, sizeof (HpAllocationSite));
  self->mutator_utilisation = self->current_utilisation = 1;
  hp_gc_trace_init (&self->trace);
  hp_random_seed (&self->context.random, config->seed);
  heap->old.sweep = hp_sweeper_sweep;
  heap->old.sweep_data = self;
  heap->young.step = hp_incremental_step;
  heap->young.step_data = self;
  self->context.collector = self;
  self->context.settings = policy_settings;
  hp_sizing_set_old_limit (self, config->initial_old_limit);
  if (policy != NULL)
    memcpy (&self->policy, policy, MIN (policy->struct_size, sizeof self->policy));
  self->heap->asks_at_allocation = self->policy.collect_now != NULL || self->policy.place != NULL
                                   || self->policy.allocated != NULL;
  if (self->policy.collect != NULL)
    prepare_for_foreign_collections (self);
  if (self->policy.create != NULL)
    self->policy_self = self->policy.create (&self->context);
  return self;
}

void
hp_collector_free (HpCollector *self)
{
  if (self == NULL)
    return;
  if (self->policy.destroy != NULL && self->policy_self != NULL)
    self->policy.destroy (self->policy_self);
  hp_worklist_clear (&self->copied);
  hp_worklist_clear (&self->promoted);
  hp_worklist_clear (&self->promoted_large);
  hp_worklist_clear (&self->marking);
  hp_weak_free (&self->weak);
  g_array_unref (self->migrated);
  g_ptr_array_unref (self->relinked);
  g_clear_pointer (&self->gaps, g_array_unref);
  g_array_unref (self->sites);
  hp_gc_trace_clear (&self->trace);
  hp_violation_free (self->fault);
  g_free (self);
}

/* ---- telling ----------------------------------------------------------------------------------------------------- */

void
hp_collector_enter_phase (HpCollector *self, HpPhase phase)
{
  hp_clock_flush (self->clock);
  hp_emit (self->heap->emitter, HP_EVENT_PHASE, (guint32) phase | (guint32) self->phase << 8, 0, 0, 0);
  self->phase = phase;
}

/* The first fault is kept, so that it can be told where nobody listened. */
static void
blame (HpCollector *self, const HpViolation *fault)
{
  HpEmitter *emitter = self->heap->emitter;

  if (self->n_faults++ == 0)
    {
      self->fault = hp_violation_copy (fault);
      self->fault_operation = self->heap->counters->operations;
    }
  if (emitter->listening)
    {
      g_autofree char *text = fault->rule == HP_RULE_ANSWER ? g_strdup (fault->sentence) : hp_violation_text (fault);

      hp_emit (emitter, HP_EVENT_POLICY_FAULT, 0, hp_emitter_define_string (emitter, text), 0, 0);
    }
}

void
hp_collector_blame (HpCollector *self, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  blame (self, &(HpViolation){ .rule = HP_RULE_ANSWER, .slot = HP_NO_SLOT, .sentence = sentence });
}

void
hp_collector_blame_rule (
    HpCollector *self, HpRule rule, HpRef object, guint32 slot, HpRef target, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  blame (self, &(HpViolation){ rule, object, slot, target, sentence, NULL });
}

void
hp_collector_visit_slot (HpCollector *self, HpVisit kind, HpAddress host, HpAddress slot, HpAddress target)
{
  hp_emit_slot (self->heap->emitter,
                HP_EVENT_VISIT,
                kind,
                hp_heap_slot_index (self->heap, host, slot),
                hp_heap_ref_at (self->heap, host),
                hp_heap_target_ref (self->heap, target),
                0);
}

void
hp_collector_visit_root (HpCollector *self, HpVisit kind, guint32 holder, HpAddress target)
{
  gboolean is_accumulator = kind == HP_VISIT_ROOT && holder == 0;

  if (self->heap->emitter->listening && !is_accumulator)
    hp_emit (self->heap->emitter, HP_EVENT_VISIT, kind, holder, hp_heap_target_ref (self->heap, target), 0);
}

static gboolean
is_counted (const HpLayout *layout, guint32 slot)
{
  switch ((HpReferences) layout->references)
    {
    case HP_REFERENCES_WEAK:
    case HP_REFERENCES_FINALIZED:
      return slot > 0;
    case HP_REFERENCES_EPHEMERONS:
      return !hp_layout_is_key (layout, layout->first_slot + slot);
    default:
      return TRUE;
    }
}

void
hp_collector_tell_store (HpCollector *self, HpAddress host, guint32 slot, guint64 word)
{
  const guint64 *object = hp_heap_words (self->heap, host);
  const HpLayout *layout = hp_heap_layout (self->heap, object[0]);
  HpRef before = hp_heap_word_ref (self->heap, object[layout->first_slot + slot]);
  HpRef after = hp_heap_word_ref (self->heap, word);

  if (is_counted (layout, slot))
    self->policy.stored (self->policy_self, &self->context, hp_map_low (object[0]), slot, before, after);
}

/* ---- collections ------------------------------------------------------------------------------------------------- */

static void
charge_moves (HpCollector *self, const HpCollection *collection)
{
  const HpCounters *counters = self->heap->counters;
  guint64 moved = counters->copied_bytes - collection->copied_bytes + counters->promoted_bytes
                  - collection->promoted_bytes + counters->compacted_bytes - collection->compacted_bytes
                  - (self->relinked_bytes - collection->relinked_bytes);

  hp_clock_advance (self->clock, (guint64) ((double) moved * (double) self->config.costs.move_mb_ns / (1024 * 1024)));
}

static guint64
count_survived (const HpCollector *self, const HpCollection *collection)
{
  const HpCounters *counters = self->heap->counters;

  return counters->copied_bytes - collection->copied_bytes + counters->promoted_bytes - collection->promoted_bytes;
}

static void
measure_survival (HpCollector *self, const HpCollection *collection)
{
  guint64 survived = count_survived (self, collection);

  if (collection->filled_bytes > 0)
    self->survival_percent[self->n_survivals++ % HP_SURVIVAL_EVENTS] = 100.0 * (double) survived
                                                                       / (double) collection->filled_bytes;
}

static void
scavenge (HpCollector *self, HpCollection *collection)
{
  hp_scavenger_run (self);
  charge_moves (self, collection);
  measure_survival (self, collection);
  hp_incremental_forget_dead (self, collection->filled_bytes - count_survived (self, collection));
}

static void
measure_compaction (HpCollector *self, const HpCollection *collection)
{
  const HpCounters *counters = self->heap->counters;
  guint64 moved = counters->promoted_bytes - collection->promoted_bytes + counters->compacted_bytes
                  - collection->compacted_bytes - (self->relinked_bytes - collection->relinked_bytes);

  if (moved > 0 && self->config.costs.move_mb_ns > 0)
    self->compaction_speed = 1024 * 1024 * NS_PER_MS / (double) self->config.costs.move_mb_ns;
}

/* The order of V8's full collection (src/heap/mark-compact.cc, MarkCompactCollector::CollectGarbage). */
static void
mark_compact (HpCollector *self, HpCollection *collection)
{
  if (self->incremental.state == HP_MARKING_OFF)
    {
      hp_sweeper_sweep (self, G_MAXUINT);
      hp_compactor_select (self);
      hp_marker_begin (self);
    }
  hp_marker_finish (self);
  hp_incremental_end (self);
  hp_weak_clear_dead (self);
  hp_sweeper_run (self);
  hp_compactor_evacuate (self);
  hp_compactor_update_slots (self);
  hp_collector_enter_phase (self, HP_PHASE_FINISH);
  hp_compactor_finish (self);
  hp_new_space_set_age_mark (self->heap);
  charge_moves (self, collection);
  measure_compaction (self, collection);
}

static void
collect_by_policy (HpCollector *self, HpCollection *collection)
{
  hp_foreign_collect (self, collection->kind);
  charge_moves (self, collection);
  if (collection->kind == HP_COLLECTION_YOUNG)
    measure_survival (self, collection);
}

static void
begin (HpCollector *self, HpCollection *collection, const char *reason)
{
  const HpCounters *counters = self->heap->counters;

  if (self->check != NULL)
    self->check (self->check_data, FALSE);
  hp_gc_trace_begin (&self->trace, self->heap, reason);
  hp_clock_flush (self->clock);
  hp_emit (self->heap->emitter,
           HP_EVENT_COLLECTION_BEGIN,
           collection->kind,
           ++self->ordinal,
           hp_emitter_define_string (self->heap->emitter, reason),
           0);
  hp_sizing_before (self);
  collection->was_marking = self->incremental.state != HP_MARKING_OFF;
  collection->start_ns = counters->time_ns;
  collection->young_bytes = hp_heap_young_bytes (self->heap);
  collection->filled_bytes = hp_new_space_filled_bytes (self->heap) + counters->used_bytes[HP_SPACE_NEW_LARGE];
  collection->old_bytes = hp_heap_old_bytes (self->heap);
  collection->copied_bytes = counters->copied_bytes;
  collection->promoted_bytes = counters->promoted_bytes;
  collection->compacted_bytes = counters->compacted_bytes;
  collection->relinked_bytes = self->relinked_bytes;
  hp_clock_advance (self->clock, self->config.costs.collection_ns);
}

/* A full collection moves what is young because it is there, not because it survived. */
static void
count_evacuated (HpCounters *counters, const HpCollection *collection)
{
  counters->evacuated_bytes += counters->promoted_bytes - collection->promoted_bytes;
  counters->promoted_bytes = collection->promoted_bytes;
}

static void
end (HpCollector *self, const HpCollection *collection)
{
  HpCounters *counters = self->heap->counters;
  guint64 pause;

  self->survived_bytes += counters->copied_bytes - collection->copied_bytes + counters->promoted_bytes
                          - collection->promoted_bytes;
  hp_clock_flush (self->clock);
  hp_external_sweep (self->heap, collection->kind == HP_COLLECTION_FULL);
  hp_pretenuring_after (self, collection);
  hp_sizing_after (self, collection);
  if (collection->kind == HP_COLLECTION_FULL)
    count_evacuated (counters, collection);
  hp_collector_enter_phase (self, HP_PHASE_MUTATOR);
  pause = MIN (counters->time_ns - collection->start_ns, G_MAXUINT32);
  counters->pause_ns += pause;
  counters->longest_pause_ns = MAX (counters->longest_pause_ns, pause);
  *(collection->kind == HP_COLLECTION_FULL ? &counters->mark_compacts : &counters->scavenges) += 1;
  hp_gc_trace_end (self, collection->kind == HP_COLLECTION_FULL, collection->was_marking, pause);
  if (collection->kind == HP_COLLECTION_FULL)
    {
      self->reduces_memory = FALSE;
      hp_memory_reducer_after_full (self);
    }
  hp_emit (self->heap->emitter, HP_EVENT_COLLECTION_END, collection->kind, self->ordinal, (guint32) pause, 0);
  if (self->check != NULL)
    self->check (self->check_data, TRUE);
}

void
hp_collector_collect (HpCollector *self, HpCollectionKind kind, const char *reason)
{
  HpCollection collection = { .kind = kind };

  g_return_if_fail (kind == HP_COLLECTION_YOUNG || kind == HP_COLLECTION_FULL);

  begin (self, &collection, reason);
  if (self->policy.collect != NULL)
    collect_by_policy (self, &collection);
  else if (kind == HP_COLLECTION_FULL)
    mark_compact (self, &collection);
  else
    scavenge (self, &collection);
  end (self, &collection);
  if (kind == HP_COLLECTION_YOUNG)
    hp_incremental_start_at_limit (self);
}

/* ---- when to collect
 * -------------------------------------------------------------------------------------------------- */

/* New space is full. V8 replaces the scavenge by a full collection when marking has nothing left to do and the limit is
 * far behind, or when the old generation could not take all of new space (Heap::SelectGarbageCollector). Without
 * incremental marking, reaching the limit is reason enough. */
void
hp_collector_collect_for_room (HpCollector *self, const char *reason)
{
  guint64 young_capacity = hp_sizing_semi_bytes (self) + self->heap->counters->used_bytes[HP_SPACE_NEW_LARGE];

  if (!self->config.incremental.is_on
      && hp_heap_old_bytes (self->heap) + hp_external_growth (self->heap) >= self->old_limit)
    hp_collector_collect (self, HP_COLLECTION_FULL, "allocation limit");
  else if (hp_incremental_must_finish (self))
    hp_collector_collect (self, HP_COLLECTION_FULL, "Incremental marking needs finalization");
  else if (!hp_heap_can_expand_old (self->heap, young_capacity))
    hp_collector_collect (self, HP_COLLECTION_FULL, "scavenge might not succeed");
  else
    hp_collector_collect (self, HP_COLLECTION_YOUNG, reason);
}

/* V8: Heap::AllocateExternalBackingStore */
void
hp_collector_make_external_room (HpCollector *self, guint32 n)
{
  guint64 young_bytes = self->heap->external.young_bytes;

  if (young_bytes >= 2 * self->config.max_semi_bytes && young_bytes >= n)
    hp_collector_collect (self, HP_COLLECTION_YOUNG, EXTERNAL_PRESSURE);
}

void
hp_collector_report_external (HpCollector *self)
{
  HpHeap *heap = self->heap;
  guint64 growth = hp_external_growth (heap);

  if (growth <= self->config.external_limit)
    return;
  if (growth > MAX (heap->config.max_old_bytes / 2, self->config.external_limit))
    {
      self->reduces_memory = TRUE;
      hp_collector_collect (self, HP_COLLECTION_FULL, EXTERNAL_PRESSURE);
    }
  else if (!self->config.incremental.is_on || self->policy.collect != NULL)
    hp_collector_collect (self, HP_COLLECTION_FULL, EXTERNAL_PRESSURE);
  else if (self->incremental.state == HP_MARKING_OFF)
    hp_incremental_start (self);
  else
    hp_incremental_step (self);
}

/* V8: MinorGCJob, src/heap/minor-gc-job.cc */
void
hp_collector_run_tasks (HpCollector *self)
{
  guint64 trigger = hp_new_space_usable_bytes (self->heap) * self->config.task_trigger_percent / 100;

  if (hp_incremental_run_task (self))
    return;
  if (hp_new_space_filled_bytes (self->heap) >= trigger)
    hp_collector_collect_for_room (self, "task");
}
