/* pager.c - page table, page frames and faults
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"
#include "memory/huge_pages.h"
#include "memory/pager_private.h"

/* As many pages as events and definitions can name. */
#define MAX_PAGES ((1u << 24) - 1)

/* All frames are free, and the policy begins. */
static void
make_frames (HpPager *self, guint32 n_frames)
{
  self->n_frames = MIN (n_frames, HP_PAGER_MAX_FRAMES);
  self->n_used = 0;
  for (self->cluster = MAX (self->read_ahead, 1); self->cluster > 1 && self->cluster > self->n_frames / 2;)
    self->cluster /= 2;
  self->frames = g_new0 (HpPagerFrame, self->n_frames + 1);
  g_array_set_size (self->freed, 0);
  for (guint32 page = 0; page <= self->n_pages; page++)
    self->pages[page].frame = self->n_frames;
  self->policy_self = self->policy->create != NULL ? self->policy->create (&self->context) : NULL;
}

static void
clear_frames (HpPager *self)
{
  if (self->policy->destroy != NULL)
    self->policy->destroy (self->policy_self);
  g_free (self->frames);
}

static void
init_context (HpPager *self, const HpPagerConfig *config)
{
  const HpSettings *settings = config->policy_settings;

  self->context.pager = self;
  self->context.settings = settings != NULL ? hp_settings_copy (settings) : hp_settings_new (NULL, 0);
  hp_random_seed (&self->context.random, config->seed);
}

HpPager *
hp_pager_new (HpClock *clock, const HpPagerConfig *config)
{
  HpPager *self;

  g_return_val_if_fail (config->page_bytes >= 64 && (config->page_bytes & (config->page_bytes - 1)) == 0, NULL);
  g_return_val_if_fail (config->n_frames >= 1, NULL);
  g_return_val_if_fail ((config->read_ahead & (config->read_ahead - 1)) == 0, NULL);
  g_return_val_if_fail (config->policy == NULL || config->policy->victim != NULL, NULL);

  self = g_new0 (HpPager, 1);
  self->clock = clock;
  hp_page_table_init (&self->table);
  self->page_shift = (guint32) g_bit_nth_lsf (config->page_bytes, -1);
  self->pages_size = 256;
  self->pages = g_new0 (HpPagerPage, self->pages_size);
  self->freed = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->read_ahead = config->read_ahead;
  self->costs = config->costs;
  self->policy = config->policy != NULL ? config->policy : &hp_replacement_lru;
  init_context (self, config);
  make_frames (self, config->n_frames);
  return self;
}

void
hp_pager_free (HpPager *self)
{
  if (self == NULL)
    return;
  clear_frames (self);
  hp_settings_free (self->context.settings);
  hp_page_table_clear (&self->table);
  g_array_unref (self->freed);
  g_free (self->pages);
  g_free (self);
}

/* ---- pages ------------------------------------------------------------------------------------------------------ */

/* A new page id for @number, not mapped yet; 0 when all ids are used. */
static guint32
add_page (HpPager *self, guint64 number, HpRegion region)
{
  HpPage page = { .region = region, .number = number };
  guint32 id;

  if (self->n_pages == MAX_PAGES)
    return 0;
  id = hp_emitter_define_page (self->clock->emitter, &page);
  self->n_pages++;
  g_assert (id == self->n_pages);
  if (id == self->pages_size)
    {
      gsize bytes = self->pages_size * sizeof *self->pages;

      self->pages = hp_grow_table (self->pages, bytes, 2 * bytes);
      self->pages_size *= 2;
    }
  self->pages[id] = (HpPagerPage){ .frame = self->n_frames };
  hp_page_table_add (&self->table, number, id);
  return id;
}

guint32
hp_pager_map_page (HpPager *self, guint64 number, HpRegion region)
{
  guint32 page = hp_page_table_find (&self->table, number);
  HpPagerPage *state;

  if (page == 0)
    page = add_page (self, number, region);
  state = &self->pages[page];
  if (page == 0 || state->mapped)
    return page;
  state->mapped = TRUE;
  state->region = region;
  hp_emit (self->clock->emitter, HP_EVENT_MAP, region, page, 0, 0);
  return page;
}

void
hp_pager_set_flags (HpPager *self, guint32 frame, guint32 flags)
{
  HpPagerFrame *state = &self->frames[frame];

  hp_emit (self->clock->emitter, HP_EVENT_ACCESS, flags | state->flags << 8, state->page, 0, 0);
  state->flags = flags;
}

static void
unmap_page (HpPager *self, guint32 page)
{
  HpPagerPage *state = &self->pages[page];
  guint32 frame, flags;

  if (!state->mapped)
    return;
  frame = hp_pager_page_frame (self, page);
  flags = hp_pager_page_flags (self, page);
  if (frame != HP_NO_FRAME)
    {
      hp_pager_empty_frame (self, frame, FALSE);
      g_array_append_val (self->freed, frame);
    }
  else if (flags & HP_PAGE_ON_DISK)
    self->clock->counters->swapped_pages--;
  hp_emit (self->clock->emitter, HP_EVENT_UNMAP, flags | (guint32) state->region << 8, page, frame, 0);
  *state = (HpPagerPage){ .frame = self->n_frames };
}

/* ---- the doors -------------------------------------------------------------------------------------------------- */

void
hp_pager_map (HpPager *self, HpRegion region, guint64 byte_address, guint64 bytes)
{
  guint64 end = (byte_address + bytes) >> self->page_shift;

  for (guint64 number = byte_address >> self->page_shift; number < end; number++)
    hp_pager_map_page (self, number, region);
}

void
hp_pager_unmap (HpPager *self, guint64 byte_address, guint64 bytes)
{
  guint64 end = (byte_address + bytes) >> self->page_shift;

  for (guint64 number = byte_address >> self->page_shift; number < end; number++)
    unmap_page (self, hp_page_table_find (&self->table, number));
}

static inline gboolean
touch_page (HpPager *self, guint64 number, guint32 access)
{
  guint32 page = hp_page_table_find (&self->table, number);
  guint32 frame = self->pages[page].frame;
  HpPagerFrame state = self->frames[frame];

  if (G_UNLIKELY (state.page != page || page == 0))
    return hp_pager_touch_absent (self, number, page, access);
  hp_clock_advance (self->clock, self->costs.access_ns);
  if (G_UNLIKELY ((state.flags & access) != access))
    hp_pager_set_flags (self, frame, hp_pager_accessed (state.flags, access));
  if (self->policy->hits != NULL)
    hp_pager_hit (self, frame);
  return TRUE;
}

gboolean
hp_pager_touch (HpPager *self, guint64 byte_address, gboolean write)
{
  return touch_page (self, byte_address >> self->page_shift, HP_PAGE_REFERENCED | (write ? HP_PAGE_DIRTY : 0));
}

gboolean
hp_pager_touch_range (HpPager *self, guint64 byte_address, guint64 bytes, gboolean write)
{
  guint32 access = HP_PAGE_REFERENCED | (write ? HP_PAGE_DIRTY : 0);
  guint64 last;

  if (bytes == 0)
    return TRUE;
  last = (byte_address + bytes - 1) >> self->page_shift;
  for (guint64 number = byte_address >> self->page_shift; number <= last; number++)
    if (!touch_page (self, number, access))
      return FALSE;
  return TRUE;
}

void
hp_pager_set_frames (HpPager *self, guint32 n_frames)
{
  g_return_if_fail (n_frames >= 1);

  for (guint32 frame = 0; frame < self->n_used; frame++)
    if (self->frames[frame].page != 0)
      hp_pager_evict (self, frame);
  hp_clock_flush (self->clock);
  clear_frames (self);
  make_frames (self, n_frames);
}

guint32
hp_pager_page_bytes (const HpPager *self)
{
  return 1u << self->page_shift;
}

guint32
hp_pager_n_frames (const HpPager *self)
{
  return self->n_frames;
}

guint32
hp_pager_n_pages (const HpPager *self)
{
  return self->n_pages;
}

static const HpPagerFrame *
frame_of (const HpPager *self, guint32 page)
{
  return &self->frames[self->pages[page].frame];
}

guint32
hp_pager_page_frame (const HpPager *self, guint32 page)
{
  g_return_val_if_fail (page >= 1 && page <= self->n_pages, HP_NO_FRAME);

  return frame_of (self, page)->page == page ? self->pages[page].frame : HP_NO_FRAME;
}

guint32
hp_pager_page_flags (const HpPager *self, guint32 page)
{
  g_return_val_if_fail (page >= 1 && page <= self->n_pages, 0);

  return frame_of (self, page)->page == page ? frame_of (self, page)->flags : self->pages[page].flags;
}

gboolean
hp_pager_page_is_mapped (const HpPager *self, guint32 page)
{
  g_return_val_if_fail (page >= 1 && page <= self->n_pages, FALSE);

  return self->pages[page].mapped;
}

HpRegion
hp_pager_page_region (const HpPager *self, guint32 page)
{
  g_return_val_if_fail (page >= 1 && page <= self->n_pages, HP_REGION_TRACE);

  return self->pages[page].region;
}

guint32
hp_pager_take_policy_fault (HpPager *self)
{
  guint32 fault = self->policy_fault;

  self->policy_fault = 0;
  return fault;
}
