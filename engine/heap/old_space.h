/* old_space.h - the paged space of the old generation
 *
 * Allocation bumps through a linear area (@top … @limit) carved from a free block; the rest of a block stays in the
 * area. The word at @top is always a filler that reaches to @limit, so pages can be walked at any time.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "heap/free_list.h"
#include "heap/heap_page.h"

G_BEGIN_DECLS

/** Sweep up to @n_pages of those that wait. Returns FALSE when none did. */
typedef gboolean (*HpOldSpaceSweep) (gpointer data, guint n_pages);
/** A free range of at least @words, all of it fillers; or FALSE. */
typedef gboolean (*HpOldSpaceNextArea) (gpointer data, guint32 words, HpAddress *address, guint32 *found);

typedef struct
{
  HpAddress top, limit;
  GPtrArray *pages; /* of HpHeapPage */
  HpFreeList free_list;
  GPtrArray *unswept;           /* of HpHeapPage: pages to be swept, the next one last */
  guint64 unswept_dead_bytes;   /* dead objects on them */
  HpOldSpaceSweep sweep;        /* the collector's */
  HpOldSpaceNextArea next_area; /* instead of the free list; or NULL */
  gpointer sweep_data;          /* of both */
} HpOldSpace;

/** Room for @words, or 0 when there is none and the old generation may not grow. */
HpAddress hp_old_space_allocate (HpHeap *heap, guint32 words);
/** The same for an object of the program, not for a survivor. */
HpAddress hp_old_space_allocate_for_program (HpHeap *heap, guint32 words);
/** A new page, free from its first usable word to its last, while the old generation may grow; else NULL. */
HpHeapPage *hp_old_space_add_page (HpHeap *heap);
/** Give the linear area back to the free list. */
void hp_old_space_close_area (HpHeap *heap);
void hp_old_space_remove_page (HpHeap *heap, HpHeapPage *page);

G_END_DECLS
