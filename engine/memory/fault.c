/* fault.c - a page comes in, another goes: faults, victims, what the policy is told
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/pager_private.h"

/* ---- what the policy is told ------------------------------------------------------------------------------------ */

/* When the pages of the next @n references to be told are used again. */
static const guint32 *
next_uses (const HpPager *self, gsize n)
{
  return self->n_told + n <= self->n_future ? self->future + self->n_told : NULL;
}

void
hp_pager_tell_hits (HpPager *self)
{
  guint32 n = self->n_hits;

  if (n == 0)
    return;
  self->n_hits = 0;
  self->context.next_uses = next_uses (self, n);
  self->policy->hits (self->policy_self, &self->context, self->hits, n);
  self->context.next_uses = NULL;
  self->n_told += n;
}

/* What is read ahead is not referenced, and when it will be is not known. */
static void
tell_loaded (HpPager *self, guint32 frame, guint32 page, gboolean ahead)
{
  self->context.next_uses = ahead ? NULL : next_uses (self, 1);
  if (self->policy->insert != NULL)
    self->policy->insert (self->policy_self, &self->context, frame, page);
  self->context.next_uses = NULL;
  self->n_told += !ahead;
}

void
hp_pager_empty_frame (HpPager *self, guint32 frame, gboolean evicted)
{
  hp_pager_tell_hits (self);
  if (self->policy->removed != NULL)
    self->policy->removed (self->policy_self, &self->context, frame, self->frames[frame].page, evicted);
  self->frames[frame] = (HpPagerFrame){ 0 };
  self->clock->counters->resident_pages--;
}

/* ---- faults ----------------------------------------------------------------------------------------------------- */

static G_GNUC_NO_INLINE void
tell_wrong_victim (HpPager *self)
{
  g_autofree char *text = g_strdup_printf (
      "replacement policy %s: the victim is no page frame; the first frame is taken", self->policy->id);

  self->policy_fault = hp_emitter_define_string (self->clock->emitter, text);
  hp_emit (self->clock->emitter, HP_EVENT_POLICY_FAULT, 0, self->policy_fault, 0, 0);
}

static guint32
ask_for_victim (HpPager *self, guint32 page)
{
  guint32 frame = self->policy->victim (self->policy_self, &self->context, page);

  if (G_LIKELY (frame < self->n_frames))
    return frame;
  tell_wrong_victim (self);
  return 0;
}

/* A dirty page is written out and so gains a copy on disk; a clean one is dropped. */
void
hp_pager_evict (HpPager *self, guint32 frame)
{
  HpCounters *counters = self->clock->counters;
  guint32 page = self->frames[frame].page, old = self->frames[frame].flags;
  guint32 flags = old & (HP_PAGE_ON_DISK | HP_PAGE_DIRTY) ? HP_PAGE_ON_DISK : 0;

  hp_pager_empty_frame (self, frame, TRUE);
  if (flags & ~old)
    self->pages[page].flags = HP_PAGE_ON_DISK;
  counters->evictions++;
  if (old & HP_PAGE_DIRTY)
    {
      counters->dirty_evictions++;
      hp_clock_wait (self->clock, self->costs.write_back_ns);
    }
  if (old & HP_PAGE_AHEAD)
    counters->unused_read_ahead++;
  if (flags & HP_PAGE_ON_DISK)
    counters->swapped_pages++;
  hp_emit (self->clock->emitter, HP_EVENT_EVICT, flags | old << 8, page, frame, 0);
}

static guint32
take_frame (HpPager *self, guint32 page)
{
  guint32 frame;

  if (self->n_used < self->n_frames)
    return self->n_used++;
  if (self->freed->len > 0)
    {
      frame = g_array_index (self->freed, guint32, self->freed->len - 1);
      g_array_set_size (self->freed, self->freed->len - 1);
      return frame;
    }
  frame = ask_for_victim (self, page);
  hp_pager_evict (self, frame);
  return frame;
}

/* A minor fault takes time, but there is nothing to wait for. */
static void
charge (HpPager *self, HpFault kind)
{
  if (kind == HP_FAULT_MINOR)
    hp_clock_advance (self->clock, self->costs.minor_fault_ns);
  else
    hp_clock_wait (self->clock, kind == HP_FAULT_AHEAD ? self->costs.read_ahead_ns : self->costs.major_fault_ns);
}

/* The page gets a frame, and @flags. */
static void
load (HpPager *self, guint32 page, HpFault kind, guint32 flags)
{
  HpCounters *counters = self->clock->counters;
  HpPagerPage *state = &self->pages[page];
  guint32 old = state->flags;
  guint32 frame = take_frame (self, page);

  self->frames[frame] = (HpPagerFrame){ page, flags };
  state->frame = frame;
  state->flags = flags & HP_PAGE_ON_DISK;
  counters->resident_pages++;
  counters->swapped_pages -= kind != HP_FAULT_MINOR;
  ++*hp_counters_find (counters, hp_count_of_fault (kind));
  hp_emit (self->clock->emitter, HP_EVENT_FAULT, kind | flags << 8 | old << 16, page, frame, 0);
  charge (self, kind);
  if (kind != HP_FAULT_AHEAD)
    hp_clock_flush (self->clock);
  tell_loaded (self, frame, page, kind == HP_FAULT_AHEAD);
}

static gboolean
can_be_read_ahead (const HpPager *self, guint32 page, HpRegion region)
{
  const HpPagerPage *state = &self->pages[page];

  return page != 0 && self->frames[state->frame].page != page && (state->flags & HP_PAGE_ON_DISK) != 0
         && state->region == region;
}

/* The neighbours of page @number of the same aligned group. */
static G_GNUC_NO_INLINE void
read_ahead (HpPager *self, guint64 number, HpRegion region)
{
  guint64 first = number & ~(guint64) (self->cluster - 1);

  for (guint64 neighbour = first; neighbour < first + self->cluster; neighbour++)
    {
      guint32 page = neighbour != number ? hp_page_table_probe (&self->table, neighbour)->page : 0;

      if (can_be_read_ahead (self, page, region))
        load (self, page, HP_FAULT_AHEAD, HP_PAGE_ON_DISK | HP_PAGE_AHEAD);
    }
}

/* The first touch gets a zeroed frame, unless a trace's page: that is read from its file ever after. */
static void
fault (HpPager *self, guint64 number, guint32 page, guint32 access)
{
  HpRegion region = self->pages[page].region;
  guint32 old = self->pages[page].flags;
  HpFault kind = old & HP_PAGE_ON_DISK ? HP_FAULT_MAJOR : HP_FAULT_MINOR;

  hp_pager_tell_hits (self);
  if (kind == HP_FAULT_MAJOR && self->cluster > 1)
    read_ahead (self, number, region);
  load (self, page, kind, old | access | (region == HP_REGION_TRACE ? HP_PAGE_ON_DISK : 0));
}

gboolean
hp_pager_touch_absent (HpPager *self, guint64 number, guint32 page, guint32 access)
{
  if (page == 0 || !self->pages[page].mapped)
    page = hp_pager_map_page (self, number, HP_REGION_TRACE);
  if (page == 0)
    return FALSE;
  hp_clock_advance (self->clock, self->costs.access_ns);
  fault (self, number, page, access);
  return TRUE;
}
