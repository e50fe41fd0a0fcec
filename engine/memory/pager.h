/* pager.h - virtual memory under the machine: page table, page frames, swap
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/clock.h"
#include "memory/reference.h"
#include "memory/replacement.h"

G_BEGIN_DECLS

/** What paging costs, in nanoseconds (`v8-facts` section 11); rows of the machine's settings. */
typedef struct
{
  guint64 access_ns;
  guint64 minor_fault_ns;
  guint64 major_fault_ns; /* reading a page from disk */
  guint64 write_back_ns;  /* writing a dirty victim */
  guint64 read_ahead_ns;  /* each further page of a reading */
} HpPagingCosts;

/**
 * HpPager:
 *
 * A page is known by a dense id (HpPage); it is unmapped, or mapped and absent, or resident in one page frame.
 *   resident pages + free frames = n_frames
 * A fault is minor when the page has no content on disk (first touch), major when it has. A dirty victim is written out
 * and so gains a copy on disk; a clean one is dropped. A page of a trace counts as backed by a file: its faults after
 * the first are major. Pages read ahead come in before the one that was asked for, with the referenced bit clear.
 */
typedef struct _HpPager HpPager;

/** As many as there can be pages: more would stay empty for ever, so a larger number is taken for this one. */
#define HP_PAGER_MAX_FRAMES (1u << 24)

/**
 * HpPagerConfig:
 * @page_bytes: a power of two, 64 or more
 * @n_frames: page frames of RAM, at least 1
 * @policy: (nullable): NULL is LRU
 * @policy_settings: (nullable): what the policy reads; borrowed while the pager lives
 * @seed: where the policy's random numbers begin
 * @read_ahead: how many pages a major fault reads together: a power of two; 0 and 1 are none besides its own. A fault
 * brings the whole aligned group of pages: those that are mapped in the same region, absent and on disk (Linux:
 * swap_cluster_readahead() with vm.page-cluster = 3, 8 pages). Never more than half of the page frames.
 */
typedef struct
{
  guint32 page_bytes;
  guint32 n_frames;
  guint32 read_ahead;
  const HpReplacementPolicy *policy;
  const HpSettings *policy_settings;
  guint64 seed;
  HpPagingCosts costs;
} HpPagerConfig;

/** @clock: borrowed */
HpPager *hp_pager_new (HpClock *clock, const HpPagerConfig *config);
void hp_pager_free (HpPager *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpPager, hp_pager_free)

/** Pages of address space @byte_address … + @bytes become mapped (absent) in @region; both page-aligned. */
void hp_pager_map (HpPager *self, HpRegion region, guint64 byte_address, guint64 bytes);
/** They go away, with what they hold. */
void hp_pager_unmap (HpPager *self, guint64 byte_address, guint64 bytes);

/**
 * One access; a page that is not mapped is mapped first, in %HP_REGION_TRACE.
 *
 * Returns: FALSE, and nothing happened, where the page would be one more than ids exist for (2^24 - 1)
 */
gboolean hp_pager_touch (HpPager *self, guint64 byte_address, gboolean write);
/** One access to each page of a range: what copying or scanning an object does. */
gboolean hp_pager_touch_range (HpPager *self, guint64 byte_address, guint64 bytes, gboolean write);

/**
 * hp_pager_replay:
 * @most_faults: stop after so many faults; %G_MAXUINT64: do not
 *
 * hp_pager_touch() for each of @n references (hp_reference()) in turn, several times as fast.
 *
 * Returns: how many were performed: fewer than @n after so many faults, or where a page could have no id
 */
gsize hp_pager_replay (HpPager *self, const guint64 *references, gsize n, guint64 most_faults);

/**
 * hp_pager_set_future:
 * @next_uses: (nullable): borrowed while the pager is used; element i belongs to the i-th access from now on, and is
 * the place (counted from 0) of the next access to the same page, or %HP_NEVER_USED_AGAIN (future.h makes it)
 *
 * What a policy that needs the future learns by hp_replacement_next_uses(). Accesses after the @n-th have no future.
 */
void hp_pager_set_future (HpPager *self, const guint32 *next_uses, gsize n);

/**
 * Another amount of RAM, at least 1 frame, as when the limit of a container is set anew. What is resident leaves RAM
 * first, and the policy begins afresh.
 */
void hp_pager_set_frames (HpPager *self, guint32 n_frames);

guint32 hp_pager_page_bytes (const HpPager *self);
guint32 hp_pager_n_frames (const HpPager *self);

/* For summaries, and tests that hold a moment against the pager. Pages 1 … n_pages. */
guint32 hp_pager_n_pages (const HpPager *self);
guint32 hp_pager_page_frame (const HpPager *self, guint32 page); /* HP_NO_FRAME */
guint32 hp_pager_page_flags (const HpPager *self, guint32 page); /* HpPageFlags */
gboolean hp_pager_page_is_mapped (const HpPager *self, guint32 page);
HpRegion hp_pager_page_region (const HpPager *self, guint32 page);
/** How the policy was wrong last since this was last asked: a string id, or 0. */
guint32 hp_pager_take_policy_fault (HpPager *self);

G_END_DECLS
