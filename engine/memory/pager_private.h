/* pager_private.h - the pager's parts, for the files that make it: pager.c, fault.c, replay.c, replacement.c
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/random.h"
#include "memory/page_table.h"
#include "memory/pager.h"

G_BEGIN_DECLS

/**
 * HpPagerPage: a page
 *
 * It is resident where that frame says so, and then its flags are there: thus evicting a page, of which nothing else is
 * in the processor's cache, mostly leaves this as it is.
 */
typedef struct
{
  guint32 frame; /* where it was loaded last; n_frames: nowhere */
  guint8 flags;  /* HpPageFlags without its page frame: ON_DISK or nothing; nothing where it is not mapped */
  guint8 region; /* HpRegion */
  guint8 mapped; /* gboolean */
} HpPagerPage;

/**
 * HpPagerFrame:
 *
 * All that an access, a policy's look and an eviction ask about a resident page is here, since there are fewer frames
 * than pages and they stay in the processor's cache. A free frame has page 0 and no flags.
 */
typedef struct
{
  guint32 page;
  guint32 flags; /* HpPageFlags */
} HpPagerFrame;

struct _HpReplacementContext
{
  HpPager *pager;
  HpSettings *settings; /* owned: empty where the policy has none */
  HpRandom random;
  const guint32 *next_uses; /* of what the policy is being told; NULL: nothing, or not known */
};

/*
 * frames[pages[i].frame].page = i for each resident page i, and for no other but 0; the frame after the last is always
 * free: it is where pages are that are nowhere.
 *
 * n_used = frames ever used: those above it are free, and so are those in the stack of freed ones.
 *
 * Each reference is a hit or a fault, and hits are told before a fault: those not yet told are the newest references,
 * and there are n_told before them, counted where the policy hears hits.
 */
struct _HpPager
{
  HpClock *clock; /* borrowed, as the emitter and counters it knows */
  HpPageTable table;
  HpPagerPage *pages; /* by id; element 0 stands for "unknown", is never resident and never changes */
  guint32 n_pages, pages_size;
  guint32 page_shift;
  HpPagerFrame *frames; /* n_frames + 1 */
  guint32 n_frames, n_used;
  GArray *freed;      /* guint32: frames given back by unmapping, last one first out */
  guint32 read_ahead; /* as configured */
  guint32 cluster;    /* pages read together: a power of two */
  HpPagingCosts costs;
  const HpReplacementPolicy *policy;
  gpointer policy_self;
  guint32 policy_fault; /* string id: see hp_pager_take_policy_fault() */
  HpReplacementContext context;
  const guint32 *future; /* borrowed: the next use of the page of each reference; NULL: not known */
  gsize n_future;
  gsize n_told;   /* references since the future was set */
  guint32 n_hits; /* not yet told to the policy */
  guint32 hits[HP_REPLACEMENT_BATCH];
};

/** What @flags become by an @access. */
static inline guint32
hp_pager_accessed (guint32 flags, guint32 access)
{
  return (flags | access) & ~(guint32) HP_PAGE_AHEAD;
}

/** Whether @page is in @state with all flags of @access set. Page 0 never is. */
static inline gboolean
hp_pager_frame_has (HpPagerFrame state, guint32 page, guint32 access)
{
  return ((state.page ^ page) | (~state.flags & access)) == 0;
}

/** What a policy is told comes in the order in which it happened: hits before anything else. */
void hp_pager_tell_hits (HpPager *self);

/** The reference under way found its page in @frame. Only where the policy hears hits. */
static inline void
hp_pager_hit (HpPager *self, guint32 frame)
{
  self->hits[self->n_hits++] = frame;
  if (G_UNLIKELY (self->n_hits == HP_REPLACEMENT_BATCH))
    hp_pager_tell_hits (self);
}

/** Maps page @number if it is not. Returns its id, or 0 when it can have none. */
guint32 hp_pager_map_page (HpPager *self, guint64 number, HpRegion region);
/** Of the page in @frame, which are not these. */
void hp_pager_set_flags (HpPager *self, guint32 frame, guint32 flags);

/** The policy forgets @frame; who calls it says what becomes of the page. */
void hp_pager_empty_frame (HpPager *self, guint32 frame, gboolean evicted);

/** The page in @frame leaves RAM. A dirty one is written out and so gains a copy on disk; a clean one is dropped. */
void hp_pager_evict (HpPager *self, guint32 frame);

/**
 * Page @number, which is absent or not even mapped, comes in for an @access (HpPageFlags). @page is its id, or 0: then
 * it gets one. FALSE when it can have none.
 */
gboolean hp_pager_touch_absent (HpPager *self, guint64 number, guint32 page, guint32 access);

G_END_DECLS
