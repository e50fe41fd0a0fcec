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

static void
tell_loaded (HpPager *self, guint32 frame, guint32 page)
{
  self->context.next_uses = next_uses (self, 1);
  if (self->policy->insert != NULL)
    self->policy->insert (self->policy_self, &self->context, frame, page);
  self->context.next_uses = NULL;
  self->n_told++;
}

void
hp_pager_empty_frame (HpPager *self, guint32 frame, gboolean evicted)
{
  hp_pager_tell_hits (self);
  if (self->policy->removed != NULL)
    self->policy->removed (self->policy_self, &self->context, frame, self->frames[frame].page, evicted);
  self->frames[frame] = (HpFrameState){ 0 };
  self->clock->counters->resident_pages--;
}

/* ---- faults ----------------------------------------------------------------------------------------------------- */

static guint32
ask_for_victim (HpPager *self, guint32 page)
{
  guint32 frame = self->policy->victim (self->policy_self, &self->context, page);
  g_autofree char *text = NULL;

  if (G_LIKELY (frame < self->n_frames))
    return frame;
  text = g_strdup_printf ("replacement policy %s: the victim is no page frame; the first frame is taken",
                          self->policy->id);
  hp_emit (self->clock->emitter, HP_EVENT_POLICY_FAULT, 0, hp_emitter_define_string (self->clock->emitter, text), 0, 0);
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
      hp_clock_advance (self->clock, self->costs.write_back_ns);
    }
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

/* The first touch gets a zeroed frame, unless a trace's page: that is read from its file ever after. */
void
hp_pager_fault (HpPager *self, guint32 page, guint32 access)
{
  HpCounters *counters = self->clock->counters;
  HpPageState *state = &self->pages[page];
  guint32 old = state->flags;
  guint32 frame;
  guint32 flags = old | access | (state->region == HP_REGION_TRACE ? HP_PAGE_ON_DISK : 0);
  HpFault kind = old & HP_PAGE_ON_DISK ? HP_FAULT_MAJOR : HP_FAULT_MINOR;

  hp_pager_tell_hits (self);
  frame = take_frame (self, page);
  self->frames[frame] = (HpFrameState){ page, flags };
  state->frame = frame;
  state->flags = flags & HP_PAGE_ON_DISK;
  counters->resident_pages++;
  if (kind == HP_FAULT_MAJOR)
    {
      counters->major_faults++;
      counters->swapped_pages--;
    }
  else
    counters->minor_faults++;
  hp_emit (self->clock->emitter, HP_EVENT_FAULT, kind | flags << 8 | old << 16, page, frame, 0);
  hp_clock_advance (self->clock, kind == HP_FAULT_MAJOR ? self->costs.major_fault_ns : self->costs.minor_fault_ns);
  hp_clock_flush (self->clock);
  tell_loaded (self, frame, page);
}

gboolean
hp_pager_touch_absent (HpPager *self, guint64 number, guint32 page, guint32 access)
{
  if (page == 0 || !self->pages[page].mapped)
    page = hp_pager_map_page (self, number, HP_REGION_TRACE);
  if (page == 0)
    return FALSE;
  hp_clock_advance (self->clock, self->costs.access_ns);
  hp_pager_fault (self, page, access);
  return TRUE;
}
