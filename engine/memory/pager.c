/* pager.c - page table, page frames and faults
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/random.h"
#include "memory/builtin.h"
#include "memory/page_table.h"
#include "memory/pager.h"

/* As many pages as events and definitions can name. */
#define MAX_PAGES ((1u << 24) - 1)

/* A page that is not resident has no flag but ON_DISK, one that is not mapped none at all. */
typedef struct
{
  guint32 frame; /* HP_NO_FRAME */
  guint8 flags;  /* HpPageFlags */
  guint8 region; /* HpRegion */
  guint8 mapped; /* gboolean */
} PageState;

struct _HpReplacementContext
{
  HpPager *pager;
  HpSettings *settings; /* owned: empty where the policy has none */
  HpRandom random;
};

/* frames[pages[i].frame] = i for each resident page i; frames hold 0 where they are free.
 * n_used = frames ever used: those above it are free, and so are those in the stack of freed ones. */
struct _HpPager
{
  HpClock *clock; /* borrowed, as the emitter and counters it knows */
  HpPageTable table;
  PageState *pages; /* by id; element 0 stands for "unknown", is never resident and never changes */
  guint32 n_pages, pages_size;
  guint32 page_shift;
  guint32 *frames; /* page id by frame */
  guint32 n_frames, n_used;
  GArray *freed; /* guint32: frames given back by unmapping, last one first out */
  HpPagingCosts costs;
  const HpReplacementPolicy *policy;
  gpointer policy_self;
  HpReplacementContext context;
  guint32 n_hits; /* not yet told to the policy */
  guint32 hits[HP_REPLACEMENT_BATCH];
};

static void
make_policy (HpPager *self, const HpPagerConfig *config)
{
  const HpSettings *settings = config->policy_settings;

  self->policy = config->policy != NULL ? config->policy : &hp_replacement_lru;
  self->context.pager = self;
  self->context.settings = settings != NULL ? hp_settings_copy (settings) : hp_settings_new (NULL, 0);
  hp_random_seed (&self->context.random, config->seed);
  if (self->policy->create != NULL)
    self->policy_self = self->policy->create (&self->context);
}

HpPager *
hp_pager_new (HpClock *clock, const HpPagerConfig *config)
{
  HpPager *self;

  g_return_val_if_fail (config->page_bytes >= 64 && (config->page_bytes & (config->page_bytes - 1)) == 0, NULL);
  g_return_val_if_fail (config->n_frames >= 1, NULL);
  g_return_val_if_fail (config->policy == NULL || config->policy->victim != NULL, NULL);

  self = g_new0 (HpPager, 1);
  self->clock = clock;
  hp_page_table_init (&self->table);
  self->pages_size = 256;
  self->pages = g_new0 (PageState, self->pages_size);
  self->pages[0].frame = HP_NO_FRAME;
  self->page_shift = (guint32) g_bit_nth_lsf (config->page_bytes, -1);
  self->n_frames = MIN (config->n_frames, HP_PAGER_MAX_FRAMES);
  self->frames = g_new0 (guint32, self->n_frames);
  self->freed = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->costs = config->costs;
  make_policy (self, config);
  return self;
}

void
hp_pager_free (HpPager *self)
{
  if (self == NULL)
    return;
  if (self->policy->destroy != NULL)
    self->policy->destroy (self->policy_self);
  hp_settings_free (self->context.settings);
  hp_page_table_clear (&self->table);
  g_array_unref (self->freed);
  g_free (self->pages);
  g_free (self->frames);
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
      self->pages_size *= 2;
      self->pages = g_renew (PageState, self->pages, self->pages_size);
    }
  self->pages[id] = (PageState){ .frame = HP_NO_FRAME };
  hp_page_table_add (&self->table, number, id);
  return id;
}

/* Maps page @number if it is not. Returns its id, or 0 when it can have none. */
static guint32
map_page (HpPager *self, guint64 number, HpRegion region)
{
  guint32 page = hp_page_table_find (&self->table, number);
  PageState *state;

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

static void
set_flags (HpPager *self, guint32 page, guint32 flags)
{
  PageState *state = &self->pages[page];

  hp_emit (self->clock->emitter, HP_EVENT_ACCESS, flags | (guint32) state->flags << 8, page, 0, 0);
  state->flags = (guint8) flags;
}

/* What a policy is told comes in the order in which it happened: hits before anything else. */
static void
tell_hits (HpPager *self)
{
  guint32 n = self->n_hits;

  self->n_hits = 0;
  if (n > 0)
    self->policy->hits (self->policy_self, &self->context, self->hits, n);
}

static inline void
hit (HpPager *self, guint32 frame)
{
  self->hits[self->n_hits++] = frame;
  if (G_UNLIKELY (self->n_hits == HP_REPLACEMENT_BATCH))
    tell_hits (self);
}

/* The policy forgets @frame; who calls it says what becomes of the page. */
static void
empty_frame (HpPager *self, guint32 frame, gboolean evicted)
{
  tell_hits (self);
  if (self->policy->removed != NULL)
    self->policy->removed (self->policy_self, &self->context, frame, self->frames[frame], evicted);
  self->frames[frame] = 0;
  self->clock->counters->resident_pages--;
}

static void
unmap_page (HpPager *self, guint32 page)
{
  PageState *state = &self->pages[page];

  if (!state->mapped)
    return;
  if (state->frame != HP_NO_FRAME)
    {
      empty_frame (self, state->frame, FALSE);
      g_array_append_val (self->freed, state->frame);
    }
  else if (state->flags & HP_PAGE_ON_DISK)
    self->clock->counters->swapped_pages--;
  hp_emit (self->clock->emitter, HP_EVENT_UNMAP, state->flags | (guint32) state->region << 8, page, state->frame, 0);
  *state = (PageState){ .frame = HP_NO_FRAME };
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
static void
evict (HpPager *self, guint32 frame)
{
  HpCounters *counters = self->clock->counters;
  guint32 page = self->frames[frame];
  PageState *state = &self->pages[page];
  guint32 old = state->flags;

  empty_frame (self, frame, TRUE);
  state->frame = HP_NO_FRAME;
  state->flags = old & (HP_PAGE_ON_DISK | HP_PAGE_DIRTY) ? HP_PAGE_ON_DISK : 0;
  counters->evictions++;
  if (old & HP_PAGE_DIRTY)
    {
      counters->dirty_evictions++;
      hp_clock_advance (self->clock, self->costs.write_back_ns);
    }
  if (state->flags & HP_PAGE_ON_DISK)
    counters->swapped_pages++;
  hp_emit (self->clock->emitter, HP_EVENT_EVICT, state->flags | old << 8, page, frame, 0);
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
  evict (self, frame);
  return frame;
}

/* The first touch gets a zeroed frame, unless a trace's page: that is read from its file ever after. */
static void
fault (HpPager *self, guint32 page, guint32 access)
{
  HpCounters *counters = self->clock->counters;
  PageState *state = &self->pages[page];
  guint32 old = state->flags;
  guint32 frame;
  guint32 flags = old | access | (state->region == HP_REGION_TRACE ? HP_PAGE_ON_DISK : 0);
  HpFault kind = old & HP_PAGE_ON_DISK ? HP_FAULT_MAJOR : HP_FAULT_MINOR;

  tell_hits (self);
  frame = take_frame (self, page);
  self->frames[frame] = page;
  state->frame = frame;
  state->flags = (guint8) flags;
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
  if (self->policy->insert != NULL)
    self->policy->insert (self->policy_self, &self->context, frame, page);
}

/* ---- the doors -------------------------------------------------------------------------------------------------- */

void
hp_pager_map (HpPager *self, HpRegion region, guint64 byte_address, guint64 bytes)
{
  guint64 end = (byte_address + bytes) >> self->page_shift;

  for (guint64 number = byte_address >> self->page_shift; number < end; number++)
    map_page (self, number, region);
}

void
hp_pager_unmap (HpPager *self, guint64 byte_address, guint64 bytes)
{
  guint64 end = (byte_address + bytes) >> self->page_shift;

  for (guint64 number = byte_address >> self->page_shift; number < end; number++)
    unmap_page (self, hp_page_table_find (&self->table, number));
}

static G_GNUC_NO_INLINE gboolean
touch_absent (HpPager *self, guint64 number, guint32 access)
{
  guint32 page = map_page (self, number, HP_REGION_TRACE);

  if (page == 0)
    return FALSE;
  fault (self, page, access);
  return TRUE;
}

static inline gboolean
touch_page (HpPager *self, guint64 number, guint32 access)
{
  guint32 page = hp_page_table_find (&self->table, number);
  const PageState *state = &self->pages[page];

  hp_clock_advance (self->clock, self->costs.access_ns);
  if (G_UNLIKELY (state->frame == HP_NO_FRAME))
    return touch_absent (self, number, access);
  if (G_UNLIKELY ((state->flags & access) != access))
    set_flags (self, page, state->flags | access);
  if (self->policy->hits != NULL)
    hit (self, state->frame);
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

guint32
hp_pager_page_frame (const HpPager *self, guint32 page)
{
  g_return_val_if_fail (page >= 1 && page <= self->n_pages, HP_NO_FRAME);

  return self->pages[page].frame;
}

guint32
hp_pager_page_flags (const HpPager *self, guint32 page)
{
  g_return_val_if_fail (page >= 1 && page <= self->n_pages, 0);

  return self->pages[page].flags;
}

gboolean
hp_pager_page_is_mapped (const HpPager *self, guint32 page)
{
  g_return_val_if_fail (page >= 1 && page <= self->n_pages, FALSE);

  return self->pages[page].mapped;
}

/* ---- what a policy sees ----------------------------------------------------------------------------------------- */

guint32
hp_replacement_n_frames (const HpReplacementContext *context)
{
  return context->pager->n_frames;
}

guint32
hp_replacement_n_pages (const HpReplacementContext *context)
{
  return context->pager->n_pages;
}

const HpSettings *
hp_replacement_settings (const HpReplacementContext *context)
{
  return context->settings;
}

guint32
hp_replacement_random (HpReplacementContext *context, guint32 bound)
{
  g_return_val_if_fail (bound > 0, 0);

  return hp_random_below (&context->random, bound);
}

const guint32 *
hp_replacement_next_uses (const HpReplacementContext *context)
{
  return NULL;
}

/* A free frame holds page 0, whose flags are never set; a frame that does not exist is a mistake of the policy. */
guint32
hp_replacement_page_in (const HpReplacementContext *context, guint32 frame)
{
  return frame < context->pager->n_frames ? context->pager->frames[frame] : 0;
}

gboolean
hp_replacement_is_referenced (const HpReplacementContext *context, guint32 frame)
{
  return (context->pager->pages[hp_replacement_page_in (context, frame)].flags & HP_PAGE_REFERENCED) != 0;
}

gboolean
hp_replacement_is_dirty (const HpReplacementContext *context, guint32 frame)
{
  return (context->pager->pages[hp_replacement_page_in (context, frame)].flags & HP_PAGE_DIRTY) != 0;
}

void
hp_replacement_clear_referenced (HpReplacementContext *context, guint32 frame)
{
  guint32 page = hp_replacement_page_in (context, frame);
  guint32 flags = context->pager->pages[page].flags;

  if (flags & HP_PAGE_REFERENCED)
    set_flags (context->pager, page, flags & ~(guint32) HP_PAGE_REFERENCED);
}
