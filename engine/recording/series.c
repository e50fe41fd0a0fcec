/* series.c - the bounds of a few numbers over any part of a recording
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/series.h"

#define BLOCK_STEPS (G_GUINT64_CONSTANT (1) << HP_SERIES_SHIFT)

void
hp_series_log_init (HpSeriesLog *self)
{
  *self = (HpSeriesLog){ .starts = g_array_new (FALSE, FALSE, sizeof (HpSeriesValues)) };
  for (guint level = 0; level < HP_SERIES_LEVELS; level++)
    {
      self->lowests[level] = g_array_new (FALSE, FALSE, sizeof (HpSeriesValues));
      self->highests[level] = g_array_new (FALSE, FALSE, sizeof (HpSeriesValues));
    }
  g_array_append_val (self->starts, self->now);
}

void
hp_series_log_clear (HpSeriesLog *self)
{
  g_array_unref (self->starts);
  for (guint level = 0; level < HP_SERIES_LEVELS; level++)
    {
      g_array_unref (self->lowests[level]);
      g_array_unref (self->highests[level]);
    }
}

/* ---- what an event changes --------------------------------------------------------------------------------------- */

static void
add_bytes (HpSeriesValues *values, HpSpace space, guint64 bytes)
{
  values->values[hp_space_is_young (space) ? HP_SERIES_NEW_BYTES : HP_SERIES_OLD_BYTES] += bytes;
}

static guint64
object_bytes (const HpMoment *head, HpRef ref)
{
  return (guint64) hp_moment_object (head, ref)->size_words * HP_WORD_BYTES;
}

/* Sizes of objects and frames never change, so that any later moment knows them. FALSE: the event changes nothing but
 * the time. */
static gboolean
follow (HpSeriesValues *values, const HpMoment *head, const HpEvent *event)
{
  guint32 detail = hp_event_detail (event);

  switch (hp_event_type (event))
    {
    case HP_EVENT_TIME:
      values->values[HP_SERIES_TIME] += event->x;
      values->values[HP_SERIES_WAITING] += event->y;
      return FALSE;
    case HP_EVENT_ALLOCATE:
      add_bytes (values, HP_PLACE_SPACE (event->z), (guint64) HP_PLACE_SIZE (event->z) * HP_WORD_BYTES);
      return TRUE;
    case HP_EVENT_MOVE:
      add_bytes (values, HP_MOVE_FROM (detail), -object_bytes (head, event->x));
      add_bytes (values, HP_MOVE_TO (detail), object_bytes (head, event->x));
      return TRUE;
    case HP_EVENT_FREE:
      add_bytes (values, detail, -object_bytes (head, event->x));
      return TRUE;
    case HP_EVENT_CALL:
      values->values[HP_SERIES_STACK_SLOTS] += hp_definitions_function (hp_moment_definitions (head), detail)->n_locals;
      return TRUE;
    case HP_EVENT_RETURN:
      values->values[HP_SERIES_STACK_SLOTS] -= hp_definitions_function (hp_moment_definitions (head), detail)->n_locals;
      return TRUE;
    case HP_EVENT_FAULT:
      values->values[HP_SERIES_RESIDENT_PAGES]++;
      values->values[HP_SERIES_FAULTS] += (detail & 0xff) != HP_FAULT_AHEAD;
      return TRUE;
    case HP_EVENT_COUNT:
      if (detail != HP_COUNT_MINOR_FAULTS && detail != HP_COUNT_MAJOR_FAULTS)
        return FALSE;
      values->values[HP_SERIES_FAULTS] += hp_event_amount (event);
      return TRUE;
    case HP_EVENT_EVICT:
      values->values[HP_SERIES_RESIDENT_PAGES]--;
      return TRUE;
    case HP_EVENT_UNMAP:
      values->values[HP_SERIES_RESIDENT_PAGES] -= event->y != HP_NO_FRAME;
      return TRUE;
    default:
      return FALSE;
    }
}

/* ---- adding ------------------------------------------------------------------------------------------------------ */

static void
widen (HpSeriesValues *lowest, HpSeriesValues *highest, const HpSeriesValues *low, const HpSeriesValues *high)
{
  for (guint i = 0; i < HP_N_SERIES; i++)
    {
      lowest->values[i] = MIN (lowest->values[i], low->values[i]);
      highest->values[i] = MAX (highest->values[i], high->values[i]);
    }
}

/* A block of @level is over; so is one of the next level when it was its last. */
static void
close_block (HpSeriesLog *self, guint level, HpSeriesValues lowest, HpSeriesValues highest)
{
  guint n = self->lowests[level]->len + 1;

  g_array_append_val (self->lowests[level], lowest);
  g_array_append_val (self->highests[level], highest);
  if (level + 1 == HP_SERIES_LEVELS || n % BLOCK_STEPS != 0)
    return;
  for (guint i = n - BLOCK_STEPS; i < n; i++)
    widen (&lowest,
           &highest,
           &g_array_index (self->lowests[level], HpSeriesValues, i),
           &g_array_index (self->highests[level], HpSeriesValues, i));
  close_block (self, level + 1, lowest, highest);
}

void
hp_series_log_add (HpSeriesLog *self, const HpMoment *head, const HpEvent *event, guint64 step)
{
  gboolean begins = step % BLOCK_STEPS == 0, changed;

  /* Time passes all the while and only grows: its bounds are caught up with at the end of a block. */
  if (begins)
    widen (&self->lowest, &self->highest, &self->now, &self->now);
  changed = follow (&self->now, head, event);
  if (begins)
    {
      close_block (self, 0, self->lowest, self->highest);
      g_array_append_val (self->starts, self->now);
      self->lowest = self->highest = self->now;
    }
  else if (changed)
    widen (&self->lowest, &self->highest, &self->now, &self->now);
}

/* ---- asking ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  const HpSeriesLog *log;
  const HpMoment *head;
  const HpEvent *events;
  HpSeries series;
  guint64 lowest, highest;
} Search;

static void
find (Search *self, guint64 low, guint64 high)
{
  self->lowest = MIN (self->lowest, low);
  self->highest = MAX (self->highest, high);
}

/* @first … @last lie in one block of the lowest level. */
static void
search_steps (Search *self, guint64 first, guint64 last)
{
  guint64 step = first & ~(BLOCK_STEPS - 1);
  HpSeriesValues values = g_array_index (self->log->starts, HpSeriesValues, step >> HP_SERIES_SHIFT);

  while (TRUE)
    {
      if (step >= first)
        find (self, values.values[self->series], values.values[self->series]);
      if (step == last)
        return;
      follow (&values, self->head, &self->events[step++]);
    }
}

/* Takes the largest block that begins at @first and ends by @last. Returns the step after it, or @first: there is none.
 */
static guint64
search_block (Search *self, guint64 first, guint64 last)
{
  for (guint level = HP_SERIES_LEVELS; level-- > 0;)
    {
      guint shift = HP_SERIES_SHIFT * (level + 1);
      guint64 block = first >> shift;
      guint64 end = (block + 1) << shift;

      if (block << shift == first && end - 1 <= last && block < self->log->lowests[level]->len)
        {
          find (self,
                g_array_index (self->log->lowests[level], HpSeriesValues, block).values[self->series],
                g_array_index (self->log->highests[level], HpSeriesValues, block).values[self->series]);
          return end;
        }
    }
  return first;
}

void
hp_series_log_find_bounds (const HpSeriesLog *self,
                           const HpMoment *head,
                           const HpEvent *events,
                           HpSeries series,
                           guint64 first,
                           guint64 last,
                           guint64 *lowest,
                           guint64 *highest)
{
  Search search = { self, head, events, series, G_MAXUINT64, 0 };

  while (first <= last)
    {
      guint64 next = search_block (&search, first, last);

      if (next == first)
        {
          next = MIN (last, first | (BLOCK_STEPS - 1)) + 1;
          search_steps (&search, first, next - 1);
        }
      first = next;
    }
  *lowest = search.lowest;
  *highest = search.highest;
}
