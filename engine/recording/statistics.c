/* statistics.c - one short function for each type of event that counts
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/statistics.h"

#define GROUP 4096

/* The sizes of objects whose refs follow each other. It is freed when the last of them is. */
typedef struct
{
  guint n_objects; /* allocated so far, freed ones too; the group is full at GROUP */
  guint n_freed;   /* of these */
  guint32 words[GROUP];
} Group;

struct _HpStatistics
{
  HpStatisticsReport report; /* but for pauses, utilisation and what is in paging */
  HpCounters paging;         /* those of HpCount */
  GPtrArray *groups;         /* of Group; NULL: all its objects are freed. Object ref is in group (ref - 1) / GROUP */
  HpPhase phase;
  gboolean collecting;   /* between COLLECTION_BEGIN and COLLECTION_END */
  HpCollectionKind kind; /* of the collection that began in this pause */
  guint64 pause_ns;      /* so far, of the pause that is not over */
  gboolean unswept;      /* a full collection is over, and fragmentation not yet taken */
  guint64 n_to_sweep;    /* heap pages */
  GHashTable *usable;    /* of regular heap pages: address -> usable words */
  HpPressure pressure;
  HpPauseLog *pauses;
  HpPauseLog *pauses_of[HP_N_COLLECTION_KINDS];
};

HpStatistics *
hp_statistics_new (void)
{
  HpStatistics *self = g_new0 (HpStatistics, 1);

  self->groups = g_ptr_array_new_with_free_func (g_free);
  self->usable = g_hash_table_new (NULL, NULL);
  self->pauses = hp_pause_log_new ();
  for (guint i = 0; i < HP_N_COLLECTION_KINDS; i++)
    self->pauses_of[i] = hp_pause_log_new ();
  self->report.ending = HP_ENDING_CRASHED;
  return self;
}

void
hp_statistics_free (HpStatistics *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->groups);
  g_hash_table_unref (self->usable);
  hp_pause_log_free (self->pauses);
  for (guint i = 0; i < HP_N_COLLECTION_KINDS; i++)
    hp_pause_log_free (self->pauses_of[i]);
  g_free (self);
}

/* ---- sizes ------------------------------------------------------------------------------------------------------ */

/* Refs count up from 1, without gaps. */
static void
remember_size (HpStatistics *self, guint32 words)
{
  guint64 index = self->report.objects++;
  Group *group;

  if (index % GROUP == 0)
    g_ptr_array_add (self->groups, g_new0 (Group, 1));
  group = g_ptr_array_index (self->groups, index / GROUP);
  if (group != NULL)
    group->words[group->n_objects++] = words;
}

static guint64
size_of (const HpStatistics *self, HpRef ref)
{
  const Group *group = (ref - 1) / GROUP < self->groups->len ? g_ptr_array_index (self->groups, (ref - 1) / GROUP)
                                                             : NULL;

  return group != NULL ? (guint64) group->words[(ref - 1) % GROUP] * HP_WORD_BYTES : 0;
}

static void
forget_size (HpStatistics *self, HpRef ref)
{
  guint index = (ref - 1) / GROUP;
  Group *group = index < self->groups->len ? g_ptr_array_index (self->groups, index) : NULL;

  if (group == NULL)
    return;
  group->words[(ref - 1) % GROUP] = 0;
  if (++group->n_freed == GROUP)
    g_clear_pointer (&g_ptr_array_index (self->groups, index), g_free);
}

/* ---- objects ---------------------------------------------------------------------------------------------------- */

static void
on_allocate (HpStatistics *self, const HpEvent *event)
{
  guint32 words = HP_PLACE_SIZE (event->z);
  guint64 bytes = (guint64) words * HP_WORD_BYTES;

  remember_size (self, words);
  self->report.allocated_bytes += bytes;
  self->report.live_bytes += bytes;
  self->report.peak_live_bytes = MAX (self->report.peak_live_bytes, self->report.live_bytes);
  if (HP_PLACE_SPACE (event->z) == HP_SPACE_OLD)
    self->report.old_used_bytes += bytes;
}

static void
on_move (HpStatistics *self, const HpEvent *event)
{
  HpSpace from = HP_MOVE_FROM (hp_event_detail (event)), to = HP_MOVE_TO (hp_event_detail (event));
  HpStatisticsReport *report = &self->report;
  guint64 bytes = size_of (self, event->x);

  if (!hp_space_is_young (from))
    report->compacted_bytes += bytes;
  else if (hp_space_is_young (to))
    report->copied_bytes += bytes;
  else if (self->kind == HP_COLLECTION_FULL)
    report->evacuated_bytes += bytes;
  else
    report->promoted_bytes += bytes;
  report->old_used_bytes += (to == HP_SPACE_OLD ? bytes : 0) - (from == HP_SPACE_OLD ? bytes : 0);
}

static void
on_free (HpStatistics *self, const HpEvent *event)
{
  guint64 bytes = size_of (self, event->x);

  self->report.freed_bytes += bytes;
  self->report.live_bytes -= bytes;
  if (hp_event_detail (event) == HP_SPACE_OLD)
    self->report.old_used_bytes -= bytes;
  forget_size (self, event->x);
}

/* ---- heap pages ------------------------------------------------------------------------------------------------- */

static void
on_page (HpStatistics *self, const HpEvent *event, int sign)
{
  HpStatisticsReport *report = &self->report;

  report->committed_bytes += (guint64) ((gint64) event->y * HP_WORD_BYTES * sign);
  report->peak_committed_bytes = MAX (report->peak_committed_bytes, report->committed_bytes);
  if (hp_event_detail (event) == HP_SPACE_OLD)
    report->old_committed_bytes += (guint64) ((gint64) event->z * HP_WORD_BYTES * sign);
  if (sign > 0)
    g_hash_table_insert (self->usable, GUINT_TO_POINTER (event->x), GUINT_TO_POINTER (event->z));
  else
    g_hash_table_remove (self->usable, GUINT_TO_POINTER (event->x));
}

/* A page of new space that is relinked whole belongs to old space from now on. */
static void
on_page_space (HpStatistics *self, const HpEvent *event)
{
  guint32 detail = hp_event_detail (event);
  guint64 bytes = (guint64) GPOINTER_TO_UINT (g_hash_table_lookup (self->usable, GUINT_TO_POINTER (event->x)))
                  * HP_WORD_BYTES;

  self->report.old_committed_bytes += (detail & 0xff) == HP_SPACE_OLD ? bytes : 0;
  self->report.old_committed_bytes -= (detail >> 8 & 0xff) == HP_SPACE_OLD ? bytes : 0;
}

static void
take_fragmentation (HpStatistics *self)
{
  self->unswept = FALSE;
  self->report.worst_fragmentation = MAX (self->report.worst_fragmentation,
                                          hp_statistics_report_fragmentation (&self->report));
}

static void
on_page_state (HpStatistics *self, const HpEvent *event)
{
  guint32 detail = hp_event_detail (event);

  self->n_to_sweep += (detail & HP_HEAP_PAGE_TO_SWEEP) != 0;
  self->n_to_sweep -= (detail >> 8 & HP_HEAP_PAGE_TO_SWEEP) != 0;
}

/* ---- time ------------------------------------------------------------------------------------------------------- */

static void
end_pause (HpStatistics *self)
{
  hp_pause_log_add (self->pauses, self->pause_ns);
  hp_pause_log_add (self->pauses_of[self->kind], self->pause_ns);
  self->pause_ns = 0;
  self->kind = HP_COLLECTION_NONE;
}

/* Nothing may be swept any more when fragmentation is taken: what is dead and not yet free would count as used. */
static void
on_mutator (HpStatistics *self)
{
  if (self->phase != HP_PHASE_MUTATOR || self->collecting)
    return;
  if (self->pause_ns > 0 || self->kind != HP_COLLECTION_NONE)
    end_pause (self);
}

static void
on_collection_begin (HpStatistics *self, const HpEvent *event)
{
  HpCollectionKind kind = hp_event_detail (event) < HP_N_COLLECTION_KINDS ? (HpCollectionKind) hp_event_detail (event)
                                                                          : HP_COLLECTION_NONE;

  if (self->unswept)
    take_fragmentation (self);
  self->report.collections[kind]++;
  self->collecting = TRUE;
  self->kind = kind;
}

static void
on_collection_end (HpStatistics *self, const HpEvent *event)
{
  self->collecting = FALSE;
  self->unswept = hp_event_detail (event) == HP_COLLECTION_FULL;
  on_mutator (self);
}

static void
on_phase (HpStatistics *self, const HpEvent *event)
{
  self->phase = (HpPhase) (hp_event_detail (event) & 0xff);
  on_mutator (self);
}

static void
on_time (HpStatistics *self, const HpEvent *event)
{
  self->report.time_ns += event->x;
  self->report.waiting_ns += event->y;
  hp_pressure_add (&self->pressure, event->x, event->y);
  if (self->phase != HP_PHASE_MUTATOR || self->collecting)
    self->pause_ns += event->x;
}

/* ---- all of them ------------------------------------------------------------------------------------------------ */

static void
on_fault (HpStatistics *self, const HpEvent *event)
{
  ++*hp_counters_find (&self->paging, hp_count_of_fault (hp_event_detail (event) & 0xff));
}

static void
on_evict (HpStatistics *self, const HpEvent *event)
{
  guint32 old = hp_event_detail (event) >> 8;

  self->paging.evictions++;
  self->paging.dirty_evictions += (old & HP_PAGE_DIRTY) != 0;
  self->paging.unused_read_ahead += (old & HP_PAGE_AHEAD) != 0;
}

static void
on_count (HpStatistics *self, const HpEvent *event)
{
  if (hp_event_detail (event) < HP_N_COUNTS)
    *hp_counters_find (&self->paging, hp_event_detail (event)) += hp_event_amount (event);
}

static void
on_end (HpStatistics *self, const HpEvent *event)
{
  self->report.ending = (HpEnding) hp_event_detail (event);
  self->report.message = event->x;
}

static void
add (HpStatistics *self, const HpEvent *event)
{
  switch (hp_event_type (event))
    {
    case HP_EVENT_OPERATION:
      self->report.operations += 1 + (guint64) event->x;
      break;
    case HP_EVENT_TIME:
      on_time (self, event);
      break;
    case HP_EVENT_END:
      on_end (self, event);
      break;
    case HP_EVENT_ALLOCATE:
      on_allocate (self, event);
      break;
    case HP_EVENT_MOVE:
      on_move (self, event);
      break;
    case HP_EVENT_FREE:
      on_free (self, event);
      break;
    case HP_EVENT_COLLECTION_BEGIN:
      on_collection_begin (self, event);
      break;
    case HP_EVENT_COLLECTION_END:
      on_collection_end (self, event);
      break;
    case HP_EVENT_PHASE:
      on_phase (self, event);
      break;
    case HP_EVENT_HEAP_PAGE_ADD:
      on_page (self, event, 1);
      break;
    case HP_EVENT_HEAP_PAGE_REMOVE:
      on_page (self, event, -1);
      break;
    case HP_EVENT_HEAP_PAGE_SPACE:
      on_page_space (self, event);
      break;
    case HP_EVENT_HEAP_PAGE_STATE:
      on_page_state (self, event);
      break;
    case HP_EVENT_FAULT:
      on_fault (self, event);
      break;
    case HP_EVENT_EVICT:
      on_evict (self, event);
      break;
    case HP_EVENT_COUNT:
      on_count (self, event);
      break;
    case HP_EVENT_POLICY_FAULT:
      self->report.policy_faults++;
      break;
    default:
      break;
    }
}

void
hp_statistics_add (HpStatistics *self, const HpEvent *events, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      add (self, &events[i]);
      if (G_UNLIKELY (self->unswept) && self->n_to_sweep == 0)
        take_fragmentation (self);
    }
}

static void
on_events (gpointer user_data, const HpEvent *events, gsize n)
{
  hp_statistics_add (user_data, events, n);
}

HpListener
hp_statistics_listener (HpStatistics *self)
{
  return (HpListener){ .events = on_events, .self = self };
}

HpStatisticsReport
hp_statistics_report (const HpStatistics *self)
{
  HpStatisticsReport report = self->report;

  report.operations += self->paging.operations;
  report.minor_faults = self->paging.minor_faults;
  report.major_faults = self->paging.major_faults;
  report.evictions = self->paging.evictions;
  report.dirty_evictions = self->paging.dirty_evictions;
  report.read_ahead = self->paging.read_ahead;
  report.unused_read_ahead = self->paging.unused_read_ahead;
  report.pauses = hp_pause_log_read (self->pauses);
  for (guint i = 0; i < HP_N_COLLECTION_KINDS; i++)
    report.pauses_of[i] = hp_pause_log_read (self->pauses_of[i]);
  report.utilisation = report.time_ns > 0 ? 1 - (double) report.pauses.total_ns / (double) report.time_ns : 1;
  report.waiting = report.time_ns > 0 ? (double) report.waiting_ns / (double) report.time_ns : 0;
  report.longest_thrashing_ns = self->pressure.longest_ns;
  return report;
}

double
hp_statistics_report_fragmentation (const HpStatisticsReport *self)
{
  if (self->old_committed_bytes == 0)
    return 0;
  return 1 - (double) self->old_used_bytes / (double) self->old_committed_bytes;
}
