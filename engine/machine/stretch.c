/* stretch.c - accesses of a trace that are told together: all outside the window of full detail
 *
 * The window are the operations detail-start … detail-start + detail-length - 1 of the run. It ends early where it has
 * taken half of the events that may be recorded, so that there is room for the rest of the trace.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/machine_private.h"

/* A stretch holds so many references for each event of the one before, and for each eight pages that telling it has to
 * look at: so the events of a trace are at most a 64th of its references, and looking costs next to nothing. But where
 * many pages change all the time a trace would be a few giant leaps. So a stretch is no longer than a quarter of all
 * before it, as long as stretches took less than a quarter of the events that may be recorded. */
#define LEAST_REFERENCES 1024
#define REFERENCES_PER_EVENT 64
#define PAGES_PER_REFERENCE 8
#define MOST_REFERENCES (1u << 31)

static guint64
count_events (const HpMachine *self)
{
  return self->emitter->n_emitted + self->emitter->n;
}

static gboolean
is_in_window (const HpMachine *self)
{
  guint64 now = self->counters.operations;

  return now >= self->config.detail_start && now - self->config.detail_start < self->config.detail_length;
}

static gboolean
is_in_detail (HpMachine *self)
{
  HpStretch *stretch = &self->stretch;

  if (!is_in_window (self))
    return FALSE;
  if (!stretch->in_window)
    {
      stretch->in_window = TRUE;
      stretch->n_events_before = count_events (self);
    }
  return self->event_limit == 0 || count_events (self) - stretch->n_events_before < self->event_limit / 2;
}

static guint64
find_end (const HpMachine *self)
{
  guint64 begin = self->counters.operations, end;
  guint64 n = self->stretch.n_events * REFERENCES_PER_EVENT;

  if (self->event_limit == 0 || self->stretch.n_events_told < self->event_limit / 4)
    n = MIN (n, begin / 4);
  n = MAX (n, LEAST_REFERENCES);
  n = MAX (n, hp_pager_n_pages (self->trace_pager) / PAGES_PER_REFERENCE);
  end = begin + MIN (n, MOST_REFERENCES);
  return begin < self->config.detail_start ? MIN (end, self->config.detail_start) : end;
}

static void
begin_stretch (HpMachine *self)
{
  HpStretch *stretch = &self->stretch;

  hp_machine_tell_quiet_touches (self);
  if (stretch->summary == NULL)
    stretch->summary = hp_page_summary_new (self->trace_pager, &self->clock);
  stretch->begin = self->counters.operations;
  stretch->end = find_end (self);
  stretch->n_notes = 0;
  hp_page_summary_begin (stretch->summary, stretch->told);
}

void
hp_machine_tell_stretch (HpMachine *self)
{
  HpStretch *stretch = &self->stretch;
  g_autofree char *text = g_steal_pointer (&stretch->explanation);

  if (!hp_machine_is_in_stretch (self))
    return;
  stretch->n_events = hp_page_summary_end (stretch->summary,
                                           HP_OPERATION_STRETCH,
                                           (guint32) (self->counters.operations - stretch->begin - stretch->n_notes));
  stretch->n_events_told += stretch->n_events;
  stretch->told = TRUE;
  stretch->end = 0;
  if (text != NULL)
    hp_machine_tell_explanation (self, text);
}

gboolean
hp_machine_explain_stretch (HpMachine *self, const char *text)
{
  HpStretch *stretch = &self->stretch;

  if (!hp_machine_is_in_stretch (self) || !hp_machine_check (self))
    return FALSE;
  self->counters.operations++;
  stretch->n_notes++;
  g_free (stretch->explanation);
  stretch->explanation = g_strdup (text ? text : "");
  return TRUE;
}

void
hp_machine_follow_window (HpMachine *self)
{
  if (self->counters.operations < self->stretch.end)
    return;
  hp_machine_tell_stretch (self);
  if (!is_in_detail (self))
    begin_stretch (self);
}
