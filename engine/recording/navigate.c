/* navigate.c - places to jump to, and series over time
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/recording_private.h"

/* ---- sorted steps ------------------------------------------------------------------------------------------------ */

typedef guint64 (*StepAt) (const HpRecording *self, guint i);

static guint64
operation_at (const HpRecording *self, guint i)
{
  return g_array_index (self->operations, guint64, i);
}

static guint64
statement_at (const HpRecording *self, guint i)
{
  return g_array_index (self->statements, guint64, i);
}

static guint64
expression_at (const HpRecording *self, guint i)
{
  return g_array_index (self->expressions, guint64, i);
}

/* Begins and ends alternate; the last collection may still be open, and then ends where the recording does. */
static guint64
collection_bound_at (const HpRecording *self, guint i)
{
  const HpCollectionRecord *record = &g_array_index (self->collections, HpCollectionRecord, i / 2);

  return i % 2 == 0 ? record->begin : MIN (record->end, self->n);
}

static guint64
place_at (const HpRecording *self, guint i)
{
  return g_array_index (self->places, HpPlace, i).step;
}

/* The number of steps among the first @n that are at most @step. */
static guint
count_up_to (const HpRecording *self, StepAt step_at, guint n, guint64 step)
{
  guint low = 0, high = n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (step_at (self, middle) <= step)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static guint64
next_in (const HpRecording *self, StepAt step_at, guint n, guint64 step)
{
  guint i = count_up_to (self, step_at, n, step);

  return i < n ? step_at (self, i) : self->n;
}

static guint64
previous_in (const HpRecording *self, StepAt step_at, guint n, guint64 step)
{
  guint i = step > 0 ? count_up_to (self, step_at, n, step - 1) : 0;

  return i > 0 ? step_at (self, i - 1) : 0;
}

/* ---- grains ------------------------------------------------------------------------------------------------------ */

static gboolean
is_visible (const HpRecording *self, guint64 i)
{
  HpEventType type = hp_event_type (&self->events[i]);

  return type != HP_EVENT_TIME && type != HP_EVENT_OPERATION && type != HP_EVENT_SLOT_HIGH;
}

/* Whether event @i belongs to a stretch: @begin is that one's first event, @end the one after its last. */
static gboolean
find_stretch (const HpRecording *self, guint64 i, guint64 *begin, guint64 *end)
{
  guint n = count_up_to (self, operation_at, self->operations->len, i);

  if (n == 0 || !hp_recording_begins_stretch (self, operation_at (self, n - 1)))
    return FALSE;
  *begin = operation_at (self, n - 1);
  *end = n < self->operations->len ? operation_at (self, n) : self->n;
  return TRUE;
}

/* Between the events of a stretch nothing is as it ever was: there is no stopping. */
static guint64
next_event (const HpRecording *self, guint64 step)
{
  guint64 begin, end;

  if (step < self->n && find_stretch (self, step, &begin, &end))
    return end;
  while (step < self->n)
    {
      if (hp_recording_begins_stretch (self, step))
        return next_in (self, operation_at, self->operations->len, step);
      if (is_visible (self, step++))
        return step;
    }
  return self->n;
}

static guint64
previous_event (const HpRecording *self, guint64 step)
{
  guint64 begin, end;

  while (step > 1)
    {
      if (find_stretch (self, step - 1, &begin, &end))
        step = begin;
      else
        step--;
      if (step > 0 && (is_visible (self, step - 1) || find_stretch (self, step - 1, &begin, &end)))
        return step;
    }
  return 0;
}

static gboolean
is_fault (const HpEvent *event)
{
  guint32 detail = hp_event_detail (event);

  if (hp_event_type (event) == HP_EVENT_COUNT)
    return detail == HP_COUNT_MINOR_FAULTS || detail == HP_COUNT_MAJOR_FAULTS;
  return hp_event_type (event) == HP_EVENT_FAULT && (detail & 0xff) != HP_FAULT_AHEAD;
}

static guint64
next_fault (const HpRecording *self, guint64 step)
{
  guint64 begin, end;

  if (step < self->n && find_stretch (self, step, &begin, &end))
    step = begin;
  for (guint64 i = step; i < self->n; i++)
    if (is_fault (&self->events[i]))
      return find_stretch (self, i, &begin, &end) ? end : i + 1;
  return self->n;
}

static guint64
previous_fault (const HpRecording *self, guint64 step)
{
  for (guint64 i = step; i-- > 0;)
    {
      guint64 begin = i, end = i + 1;

      if (!is_fault (&self->events[i]))
        continue;
      find_stretch (self, i, &begin, &end);
      if (end < step)
        return end;
      i = begin;
    }
  return 0;
}

static guint64
next_chapter (const HpRecording *self, guint64 step)
{
  for (guint i = count_up_to (self, place_at, self->places->len, step); i < self->places->len; i++)
    if (g_array_index (self->places, HpPlace, i).is_chapter)
      return place_at (self, i);
  return self->n;
}

static guint64
previous_chapter (const HpRecording *self, guint64 step)
{
  guint i = step > 0 ? count_up_to (self, place_at, self->places->len, step - 1) : 0;

  while (i-- > 0)
    if (g_array_index (self->places, HpPlace, i).is_chapter)
      return place_at (self, i);
  return 0;
}

guint64
hp_recording_next (const HpRecording *self, guint64 step, HpGrain grain)
{
  g_return_val_if_fail (step <= self->n, self->n);

  switch (grain)
    {
    case HP_GRAIN_OPERATION:
      return next_in (self, operation_at, self->operations->len, step);
    case HP_GRAIN_EXPRESSION:
      return next_in (self, expression_at, self->expressions->len, step);
    case HP_GRAIN_STATEMENT:
      return next_in (self, statement_at, self->statements->len, step);
    case HP_GRAIN_COLLECTION:
      return next_in (self, collection_bound_at, self->collections->len * 2, step);
    case HP_GRAIN_CHAPTER:
      return next_chapter (self, step);
    case HP_GRAIN_FAULT:
      return next_fault (self, step);
    default:
      return next_event (self, step);
    }
}

guint64
hp_recording_previous (const HpRecording *self, guint64 step, HpGrain grain)
{
  g_return_val_if_fail (step <= self->n, 0);

  switch (grain)
    {
    case HP_GRAIN_OPERATION:
      return previous_in (self, operation_at, self->operations->len, step);
    case HP_GRAIN_EXPRESSION:
      return previous_in (self, expression_at, self->expressions->len, step);
    case HP_GRAIN_STATEMENT:
      return previous_in (self, statement_at, self->statements->len, step);
    case HP_GRAIN_COLLECTION:
      return previous_in (self, collection_bound_at, self->collections->len * 2, step);
    case HP_GRAIN_CHAPTER:
      return previous_chapter (self, step);
    case HP_GRAIN_FAULT:
      return previous_fault (self, step);
    default:
      return previous_event (self, step);
    }
}

/* ---- collections and places -------------------------------------------------------------------------------------- */

guint
hp_recording_n_collections (const HpRecording *self)
{
  return self->collections->len;
}

const HpCollectionRecord *
hp_recording_collection (const HpRecording *self, guint i)
{
  g_return_val_if_fail (i < self->collections->len, NULL);

  return &g_array_index (self->collections, HpCollectionRecord, i);
}

const HpCollectionRecord *
hp_recording_collection_at (const HpRecording *self, guint64 step)
{
  guint i = count_up_to (self, collection_bound_at, self->collections->len * 2, step);

  if (i > 0 && (i % 2 == 1 || collection_bound_at (self, i - 1) == step))
    return hp_recording_collection (self, (i - 1) / 2);
  return NULL;
}

guint
hp_recording_n_places (const HpRecording *self)
{
  return self->places->len;
}

const HpPlace *
hp_recording_place (const HpRecording *self, guint i)
{
  g_return_val_if_fail (i < self->places->len, NULL);

  return &g_array_index (self->places, HpPlace, i);
}

guint
hp_recording_n_summaries (const HpRecording *self)
{
  return self->summaries->len;
}

HpSummary
hp_recording_summary (const HpRecording *self, guint i)
{
  HpSummary summary = { 0, 0 };

  g_return_val_if_fail (i < self->summaries->len, summary);

  summary = g_array_index (self->summaries, HpSummary, i);
  summary.end = MIN (summary.end, self->n);
  return summary;
}

gboolean
hp_recording_is_summarised (const HpRecording *self, guint64 step)
{
  guint64 begin, end;

  g_return_val_if_fail (step <= self->n, FALSE);

  return step > 0 && find_stretch (self, step - 1, &begin, &end);
}

/* ---- series ------------------------------------------------------------------------------------------------------ */

/* Within a stretch are numbers that never were: a part that begins or ends there takes in all of it. */
static void
leave_stretches (const HpRecording *self, guint64 *first, guint64 *last)
{
  guint64 begin, end;

  if (*last < self->n && find_stretch (self, *last, &begin, &end) && begin < *last)
    *last = end;
  if (*first < self->n && find_stretch (self, *first, &begin, &end))
    *first = begin;
}

static guint64
value_at (const HpRecording *self, HpSeries series, guint64 step)
{
  guint64 low, high;

  hp_series_log_find_bounds (&self->series, self->head, self->events, series, step, step, &low, &high);
  return low;
}

/* The last step up to @most at which no more than @ns had passed. */
static guint64
find_time (const HpRecording *self, guint64 ns, guint64 most)
{
  guint64 least = 0;

  while (least < most)
    {
      guint64 middle = most - (most - least) / 2;

      if (value_at (self, HP_SERIES_TIME, middle) <= ns)
        least = middle;
      else
        most = middle - 1;
    }
  return least;
}

void
hp_recording_measure_waiting (
    const HpRecording *self, guint64 step, guint64 span_ns, guint64 *passed_ns, guint64 *waiting_ns)
{
  guint64 now, begin;

  g_return_if_fail (step <= self->n);

  now = value_at (self, HP_SERIES_TIME, step);
  begin = now > span_ns ? find_time (self, now - span_ns, step) : 0;
  *passed_ns = now - value_at (self, HP_SERIES_TIME, begin);
  *waiting_ns = value_at (self, HP_SERIES_WAITING, step) - value_at (self, HP_SERIES_WAITING, begin);
}

void
hp_recording_sample (const HpRecording *self, HpSeries series, guint n, double *lowest, double *highest)
{
  g_return_if_fail (series < HP_N_SERIES);

  for (guint part = 0; part < n; part++)
    {
      guint64 first = self->n * part / n, last = self->n * (part + 1) / n;
      guint64 low, high;

      leave_stretches (self, &first, &last);
      hp_series_log_find_bounds (&self->series, self->head, self->events, series, first, last, &low, &high);
      lowest[part] = (double) low;
      highest[part] = (double) high;
    }
}
