/* replay.c - many references at once: the pager's door for traces
 *
 * A piece of the references is taken in two turns: first all page numbers become ids, then the pages are accessed.
 * Turns are short loops without a call, whose steps do not wait for each other; what is not there yet is asked for in
 * time.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/pager_private.h"

#define PIECE 512
/* Tables of more pages than that do not stay in the processor's cache. So many references ahead a place in them is
 * asked for. */
#define NEAR_PAGES 8192
#define AHEAD 48

static inline guint32
access_of (guint64 reference)
{
  return HP_PAGE_REFERENCED | (guint32) (reference & 1) * HP_PAGE_DIRTY;
}

/* 0 for pages that are not known yet; some of them may be before the piece is over. */
static inline void
find_pages (const HpPager *self, const guint64 *references, gsize n, gboolean from_afar, guint32 *pages)
{
  const HpPageTable *table = &self->table;
  const HpPagerPage *states = self->pages;
  guint32 shift = self->page_shift;

  for (gsize i = 0; i < n; i++)
    {
      if (from_afar)
        hp_page_table_prefetch (table, references[MIN (i + AHEAD, n - 1)] >> shift);
      pages[i] = hp_page_table_probe (table, references[i] >> shift)->page;
      if (from_afar)
        __builtin_prefetch (&states[pages[i]]);
    }
}

/* The frames may not be those in the end, but mostly are. */
static void
prefetch_frames (const HpPager *self, const guint32 *pages, gsize n)
{
  for (gsize i = 0; i < n; i++)
    __builtin_prefetch (&self->frames[self->pages[pages[i]].frame]);
}

static void
prepare (const HpPager *self, const guint64 *references, gsize n, guint32 *pages)
{
  if (self->n_pages <= NEAR_PAGES)
    find_pages (self, references, n, FALSE, pages);
  else
    {
      find_pages (self, references, n, TRUE, pages);
      prefetch_frames (self, pages, n);
    }
}

/* How many references from the first on change nothing: their pages are there and have all bits of the access set. */
static inline gsize
find_quiet (const HpPager *self, const guint64 *references, const guint32 *pages, gsize n, guint32 *hits)
{
  const HpPagerPage *states = self->pages;
  const HpPagerFrame *frames = self->frames;

  for (gsize i = 0; i < n; i++)
    {
      guint32 frame = states[pages[i]].frame;

      if (G_UNLIKELY (!hp_pager_frame_has (frames[frame], pages[i], access_of (references[i]))))
        return i;
      if (hits != NULL)
        hits[i] = frame;
    }
  return n;
}

/* Performs quiet references as far as the policy wants to hear of them at once. */
static gsize
perform_quiet (HpPager *self, const guint64 *references, const guint32 *pages, gsize n)
{
  gsize n_quiet;

  if (self->policy->hits == NULL)
    return find_quiet (self, references, pages, n, NULL);
  n = MIN (n, HP_REPLACEMENT_BATCH - self->n_hits);
  n_quiet = find_quiet (self, references, pages, n, self->hits + self->n_hits);
  self->n_hits += (guint32) n_quiet;
  if (self->n_hits == HP_REPLACEMENT_BATCH)
    hp_pager_tell_hits (self);
  return n_quiet;
}

/* The reference does change something, or its page was not known when the piece began. */
static gboolean
touch (HpPager *self, guint64 reference, guint32 page)
{
  guint64 number = reference >> self->page_shift;
  guint32 access = access_of (reference);
  HpPagerFrame state;
  guint32 frame;

  if (page == 0)
    page = hp_page_table_find (&self->table, number);
  frame = self->pages[page].frame;
  state = self->frames[frame];
  if (state.page != page || page == 0)
    return hp_pager_touch_absent (self, number, page, access);
  hp_clock_advance (self->clock, self->costs.access_ns);
  if ((state.flags & access) != access)
    hp_pager_set_flags (self, frame, hp_pager_accessed (state.flags, access));
  if (self->policy->hits != NULL)
    hp_pager_hit (self, frame);
  return TRUE;
}

static inline guint64
count_faults (const HpPager *self)
{
  return self->clock->counters->minor_faults + self->clock->counters->major_faults;
}

/* The quiet references' time is charged before anything that tells the time. */
static gsize
perform (HpPager *self, const guint64 *references, const guint32 *pages, gsize n, guint64 last_fault)
{
  gsize i = 0;

  while (i < n && count_faults (self) != last_fault)
    {
      gsize n_quiet = perform_quiet (self, references + i, pages + i, n - i);

      hp_clock_advance (self->clock, n_quiet * self->costs.access_ns);
      i += n_quiet;
      if (i == n || !touch (self, references[i], pages[i]))
        break;
      i++;
    }
  return i;
}

gsize
hp_pager_replay (HpPager *self, const guint64 *references, gsize n, guint64 most_faults)
{
  guint64 last_fault = count_faults (self) + most_faults;
  guint32 pages[PIECE];
  gsize n_done = 0;

  while (n_done < n)
    {
      gsize n_piece = MIN (n - n_done, PIECE);
      gsize n_performed;

      prepare (self, references + n_done, n_piece, pages);
      n_performed = perform (self, references + n_done, pages, n_piece, last_fault);
      n_done += n_performed;
      if (n_performed < n_piece)
        break;
    }
  return n_done;
}

void
hp_pager_set_future (HpPager *self, const guint32 *next_uses, gsize n)
{
  g_return_if_fail (next_uses != NULL || n == 0);

  hp_pager_tell_hits (self);
  self->future = next_uses;
  self->n_future = n;
  self->n_told = 0;
}
