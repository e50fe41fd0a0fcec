/* replacement.h - what a page-replacement policy is asked: the second half of the policy kind
 *
 * The pager tells the policy which page came into which page frame and which frame was hit, and asks for a victim when
 * all frames are in use. Frames are numbered 0 … n_frames-1; a policy keeps its own arrays by frame number.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/event.h"

G_BEGIN_DECLS

/**
 * HpReplacementContext: what the pager lets a policy see and do
 *
 * The referenced bit of a page is the hardware's: the pager sets it at each access; a policy may read and clear it.
 */
typedef struct _HpReplacementContext HpReplacementContext;

guint32 hp_replacement_n_frames (const HpReplacementContext *context);
gboolean hp_replacement_is_referenced (const HpReplacementContext *context, guint32 frame);
void hp_replacement_clear_referenced (HpReplacementContext *context, guint32 frame);
gboolean hp_replacement_is_dirty (const HpReplacementContext *context, guint32 frame);

/**
 * HpReplacementPolicy:
 * @create: makes the instance
 * @insert: @page was loaded into @frame (which held nothing); its referenced bit is set
 * @hit: the page in @frame was accessed again. NULL where the order does not depend on hits (FIFO, CLOCK), which is
 * faster.
 * @victim: which frame to empty; all are in use. The pager then calls @removed for it. The only function that must be
 * there. A number that is no frame is reported (POLICY_FAULT) and frame 0 emptied instead.
 * @removed: the page in @frame is gone (evicted, or unmapped by the program). NULL: the policy keeps nothing to undo.
 */
typedef struct
{
  gsize struct_size;
  const char *id; /* "fifo", "lru", "clock0" */
  gpointer (*create) (HpReplacementContext *context);
  void (*destroy) (gpointer self);
  void (*insert) (gpointer self, HpReplacementContext *context, guint32 frame, guint32 page);
  void (*hit) (gpointer self, HpReplacementContext *context, guint32 frame);
  guint32 (*victim) (gpointer self, HpReplacementContext *context);
  void (*removed) (gpointer self, HpReplacementContext *context, guint32 frame);
} HpReplacementPolicy;

/** The built-in policy called @id ("fifo", "lru", "clock0", "clock1"), or NULL. */
const HpReplacementPolicy *hp_replacement_policy_find (const char *id);

G_END_DECLS
