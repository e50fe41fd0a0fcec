/* large_space.h - objects above the regular size: one chunk each, never moved (V8: src/heap/large-spaces.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "heap/heap_page.h"

G_BEGIN_DECLS

typedef struct _HpHeap HpHeap;

typedef struct
{
  GPtrArray *pages; /* of HpHeapPage, in order of allocation */
} HpLargeSpace;

/**
 * Whether the young large-object space takes @words more: not when promoting what it holds would pass the
 * old generation's maximum. Its first object may exceed the capacity (V8: NewLargeObjectSpace::AllocateRaw).
 */
gboolean hp_large_space_has_room (const HpHeap *heap, guint32 words);
/** A chunk for an object of @words in one of the large-object spaces; NULL when the host has not so much. */
HpHeapPage *hp_large_space_add (HpHeap *heap, HpSpace space, guint32 words);
/** A young large object survived: its chunk changes space, the object stays where it is. */
void hp_large_space_promote (HpHeap *heap, HpHeapPage *page);
/** Free the object of @page, and the chunk with it; the caller takes it off its list. */
void hp_large_space_release (HpHeap *heap, HpHeapPage *page);

G_END_DECLS
