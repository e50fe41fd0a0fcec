/* page_summary.c - comparing what a listener was told of pages with what has become of them
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/page_summary.h"

/* A page as the listener knows it. */
typedef struct
{
  guint32 frame; /* HP_NO_FRAME */
  guint8 flags;  /* HpPageFlags */
  guint8 mapped; /* gboolean */
} ToldPage;

struct _HpPageSummary
{
  HpPager *pager;
  HpClock *clock;
  GArray *told;    /* ToldPage by page id; pages beyond it are unknown to the listener */
  GArray *holders; /* guint32: by frame, the page that is told to be in it; 0: none */
  GArray *changed; /* guint32: while a stretch is told, the pages to tell of */
  gboolean is_open;
  HpCounters before; /* when the stretch was opened; then, what events told of it so far */
};

HpPageSummary *
hp_page_summary_new (HpPager *pager, HpClock *clock)
{
  HpPageSummary *self = g_new0 (HpPageSummary, 1);

  self->pager = pager;
  self->clock = clock;
  self->told = g_array_new (FALSE, FALSE, sizeof (ToldPage));
  self->holders = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->changed = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

void
hp_page_summary_free (HpPageSummary *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->told);
  g_array_unref (self->holders);
  g_array_unref (self->changed);
  g_free (self);
}

static ToldPage
look_at (const HpPageSummary *self, guint32 page)
{
  return (ToldPage){ hp_pager_page_frame (self->pager, page),
                     (guint8) hp_pager_page_flags (self->pager, page),
                     hp_pager_page_is_mapped (self->pager, page) };
}

static void
look_at_all (HpPageSummary *self)
{
  guint32 n = hp_pager_n_pages (self->pager);

  g_array_set_size (self->told, n + 1);
  g_array_set_size (self->holders, 0);
  g_array_set_size (self->holders, hp_pager_n_frames (self->pager));
  for (guint32 page = 1; page <= n; page++)
    {
      ToldPage now = look_at (self, page);

      g_array_index (self->told, ToldPage, page) = now;
      if (now.frame != HP_NO_FRAME)
        g_array_index (self->holders, guint32, now.frame) = page;
    }
}

void
hp_page_summary_begin (HpPageSummary *self, gboolean told)
{
  g_return_if_fail (!self->is_open);

  if (!told)
    look_at_all (self);
  hp_pager_take_policy_fault (self->pager);
  self->before = *self->clock->counters;
  self->is_open = TRUE;
  self->clock->emitter->listening = FALSE;
}

gboolean
hp_page_summary_is_open (const HpPageSummary *self)
{
  return self->is_open;
}

/* ---- the net change ---------------------------------------------------------------------------------------------- */

static void
emit (const HpPageSummary *self, HpEventType type, guint32 detail, guint32 x, guint32 y)
{
  hp_emit (self->clock->emitter, type, detail, x, y, 0);
}

static void
find_changed (HpPageSummary *self)
{
  static const ToldPage UNKNOWN = { HP_NO_FRAME, 0, FALSE };
  guint32 n_told = self->told->len, n = hp_pager_n_pages (self->pager);

  g_array_set_size (self->changed, 0);
  g_array_set_size (self->told, n + 1);
  for (guint32 page = MAX (n_told, 1); page <= n; page++)
    g_array_index (self->told, ToldPage, page) = UNKNOWN;
  for (guint32 page = 1; page <= n; page++)
    {
      const ToldPage *told = &g_array_index (self->told, ToldPage, page);
      ToldPage now = look_at (self, page);

      if (told->frame != now.frame || told->flags != now.flags || told->mapped != now.mapped)
        g_array_append_val (self->changed, page);
    }
}

/* The frame that @page is told to be in is needed, or it left. A page that changes its frame is absent in between: what
 * it had on disk then it has now. */
static void
tell_eviction (HpPageSummary *self, guint32 page)
{
  ToldPage *told = &g_array_index (self->told, ToldPage, page);
  guint32 flags = hp_pager_page_flags (self->pager, page) & HP_PAGE_ON_DISK;

  if (told->frame == HP_NO_FRAME)
    return;
  emit (self, HP_EVENT_EVICT, flags | (guint32) told->flags << 8, page, told->frame);
  self->before.evictions++;
  self->before.dirty_evictions += (told->flags & HP_PAGE_DIRTY) != 0;
  self->before.unused_read_ahead += (told->flags & HP_PAGE_AHEAD) != 0;
  g_array_index (self->holders, guint32, told->frame) = 0;
  told->frame = HP_NO_FRAME;
  told->flags = (guint8) flags;
}

static void
tell_presence (HpPageSummary *self, guint32 page, const ToldPage *told, const ToldPage *now)
{
  HpFault kind = now->flags & HP_PAGE_AHEAD      ? HP_FAULT_AHEAD
                 : told->flags & HP_PAGE_ON_DISK ? HP_FAULT_MAJOR
                                                 : HP_FAULT_MINOR;

  if (!told->mapped)
    emit (self, HP_EVENT_MAP, hp_pager_page_region (self->pager, page), page, 0);
  if (told->frame != now->frame)
    {
      emit (self, HP_EVENT_FAULT, kind | (guint32) now->flags << 8 | (guint32) told->flags << 16, page, now->frame);
      ++*hp_counters_find (&self->before, hp_count_of_fault (kind));
    }
  else if (told->flags != now->flags)
    emit (self, HP_EVENT_ACCESS, now->flags | (guint32) told->flags << 8, page, 0);
}

static void
tell_page (HpPageSummary *self, guint32 page)
{
  ToldPage *told = &g_array_index (self->told, ToldPage, page);
  ToldPage now = look_at (self, page);
  guint32 *holder = now.frame != HP_NO_FRAME ? &g_array_index (self->holders, guint32, now.frame) : NULL;

  if (told->frame != now.frame)
    tell_eviction (self, page);
  if (holder != NULL && *holder != 0 && *holder != page)
    tell_eviction (self, *holder);
  tell_presence (self, page, told, &now);
  *told = now;
  if (holder != NULL)
    *holder = page;
}

/* First those that are in RAM, each in place of another: so there are at no step many fewer than before and after. */
static void
tell_pages (HpPageSummary *self, gboolean resident)
{
  for (guint i = 0; i < self->changed->len; i++)
    {
      guint32 page = g_array_index (self->changed, guint32, i);

      if ((hp_pager_page_frame (self->pager, page) != HP_NO_FRAME) == resident)
        tell_page (self, page);
    }
}

/* ---- the rest ---------------------------------------------------------------------------------------------------- */

static void
tell_counts (HpPageSummary *self)
{
  for (HpCount count = 0; count < HP_N_COUNTS; count++)
    {
      guint64 amount = *hp_counters_find (self->clock->counters, count) - *hp_counters_find (&self->before, count);

      if (amount != 0)
        emit (self, HP_EVENT_COUNT, count, (guint32) amount, (guint32) (amount >> 32));
    }
}

/* However often the policy was wrong: once a stretch. */
static void
tell_policy_fault (HpPageSummary *self)
{
  guint32 text = hp_pager_take_policy_fault (self->pager);

  if (text != 0)
    emit (self, HP_EVENT_POLICY_FAULT, 0, text, 0);
}

/* The time that was flushed while nobody heard it passes once more. */
static void
tell_time (HpPageSummary *self)
{
  HpClock *clock = self->clock;

  clock->pending_ns += clock->counters->time_ns - self->before.time_ns;
  clock->pending_waiting_ns += clock->counters->waiting_ns - self->before.waiting_ns;
  clock->counters->time_ns = self->before.time_ns;
  clock->counters->waiting_ns = self->before.waiting_ns;
  hp_clock_flush (clock);
}

gsize
hp_page_summary_end (HpPageSummary *self, HpOperation operation, guint32 n)
{
  HpEmitter *emitter = self->clock->emitter;
  guint64 n_before = emitter->n_emitted + emitter->n;

  g_return_val_if_fail (self->is_open && n > 0, 0);

  self->is_open = FALSE;
  emitter->listening = TRUE;
  emit (self, HP_EVENT_OPERATION, operation, n - 1, 0);
  self->before.operations += n;
  find_changed (self);
  tell_pages (self, TRUE);
  tell_pages (self, FALSE);
  tell_counts (self);
  tell_policy_fault (self);
  tell_time (self);
  return emitter->n_emitted + emitter->n - n_before;
}
