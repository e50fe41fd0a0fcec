/* replacement.h - what a page-replacement policy is asked: the second half of the policy kind
 *
 * The pager tells the policy which page came into which page frame and which frames were hit, and asks for a victim
 * when all frames are in use. Frames are numbered 0 … n_frames-1, pages 1 … n_pages in the order in which they were
 * first seen: a policy keeps plain arrays by frame and, where it remembers pages that left (ARC's ghosts), by page.
 * A policy is deterministic: its answers depend on what it was told, its settings and hp_replacement_random() alone.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/event.h"
#include "base/settings.h"

G_BEGIN_DECLS

/**
 * HpReplacementContext: what the pager lets a policy see and do
 *
 * The referenced bit of a page is the hardware's: the pager sets it at each access; a policy may read and clear it.
 */
typedef struct _HpReplacementContext HpReplacementContext;

guint32 hp_replacement_n_frames (const HpReplacementContext *context);
/** How many pages were seen so far; the newest has this number. */
guint32 hp_replacement_n_pages (const HpReplacementContext *context);
/** The page in @frame, or 0 where it is free. */
guint32 hp_replacement_page_in (const HpReplacementContext *context, guint32 frame);
gboolean hp_replacement_is_referenced (const HpReplacementContext *context, guint32 frame);
void hp_replacement_clear_referenced (HpReplacementContext *context, guint32 frame);
/** Whether the page in @frame must be written out before it can go. */
gboolean hp_replacement_is_dirty (const HpReplacementContext *context, guint32 frame);
/** The settings that the plugin's manifest declares; empty for a built-in policy. Good until the policy's destroy. */
const HpSettings *hp_replacement_settings (const HpReplacementContext *context);
/** A number in 0 … @bound-1 (@bound at least 1), from the machine's setting `seed`. */
guint32 hp_replacement_random (HpReplacementContext *context, guint32 bound);

/** No reference to the page follows. */
#define HP_NEVER_USED_AGAIN G_MAXUINT32

/**
 * For a policy that needs the future, within insert and hits: when what it is told of will be used next, as places in
 * the trace counted from 0, or %HP_NEVER_USED_AGAIN. Element 0 belongs to the page inserted; element i to frames[i] of
 * hits. NULL where the future is not known.
 */
const guint32 *hp_replacement_next_uses (const HpReplacementContext *context);

/** As many hits as are told at once, at most. */
#define HP_REPLACEMENT_BATCH 512

/**
 * HpReplacementPolicy:
 * @needs_future: whether hp_replacement_next_uses() is asked for. Such a policy runs on traces alone.
 * @create: makes the instance
 * @insert: @page was loaded into @frame (which held nothing). Its referenced bit is set, unless it was read ahead.
 * @hits: the pages in @n frames were accessed again, in this order, since the call before this one of whichever of the
 * functions. Batches save a call a hit: what is told together happened without a fault in between, and the referenced
 * bits are those after the last. A policy that only looks at referenced bits (FIFO, CLOCK) leaves it NULL: faster.
 * @victim: which frame to empty for @page, which is not resident; all frames are in use. The pager then calls @removed
 * for it. The only function that must be there. A number that is no frame is reported (POLICY_FAULT) and frame 0
 * emptied instead.
 * @removed: @page, which was in @frame, is gone: evicted as the victim, or else unmapped by the program. NULL: the
 * policy keeps nothing to undo.
 */
typedef struct
{
  gsize struct_size;
  const char *id; /* "fifo", "lru", "clock0" */
  gboolean needs_future;
  gpointer (*create) (HpReplacementContext *context);
  void (*destroy) (gpointer self);
  void (*insert) (gpointer self, HpReplacementContext *context, guint32 frame, guint32 page);
  void (*hits) (gpointer self, HpReplacementContext *context, const guint32 *frames, gsize n);
  guint32 (*victim) (gpointer self, HpReplacementContext *context, guint32 page);
  void (*removed) (gpointer self, HpReplacementContext *context, guint32 frame, guint32 page, gboolean evicted);
} HpReplacementPolicy;

/** The built-in policies, @n of them: all are files of this room, written against this header alone. */
const HpReplacementPolicy *const *hp_replacement_policies (gsize *n);
/** The built-in policy called @id ("fifo", "clock0", "clock1", "lru", "lfu", "arc", "opt", "sieve", "s3-fifo",
 * "random", "two-list", "mglru"), or NULL. */
const HpReplacementPolicy *hp_replacement_policy_find (const char *id);

G_END_DECLS
