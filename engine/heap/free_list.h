/* free_list.h - free blocks of old space by size (V8: FreeListMany, src/heap/free-list.h)
 *
 * A block is a filler of at least three words in simulated memory; its second word links it to the next block of its
 * category. Category c holds blocks of at least V8's c-th size and less than the next one.
 * Smaller gaps are waste until their neighbours die.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/value.h"

G_BEGIN_DECLS

typedef struct _HpHeap HpHeap;

#define HP_FREE_CATEGORIES 24
#define HP_FREE_MIN_WORDS 3

typedef struct
{
  HpAddress heads[HP_FREE_CATEGORIES]; /* 0: empty */
  guint64 free_words;                  /* in all blocks */
} HpFreeList;

guint hp_free_list_category (guint32 words);

void hp_free_list_reset (HpFreeList *self);
/** Make @address … + @words a filler, and a block of the list when it is large enough. */
void hp_free_list_add (HpHeap *heap, HpFreeList *self, HpAddress address, guint32 words);
/** Take all blocks out of the list that lie in evacuation candidates. */
void hp_free_list_evict_candidates (HpHeap *heap, HpFreeList *self);
/**
 * Take a block of at least @words out of the list; its size goes to @found. 0 when there is none.
 *
 * For a collection: the best fit by category, looking at the first block of each, and at all of the largest category.
 */
HpAddress hp_free_list_take (HpHeap *heap, HpFreeList *self, guint32 words, guint32 *found);
/**
 * The same for the program, which prefers large areas: first blocks of 2 KB and more with 1,920 bytes to spare; for
 * tiny objects those of 256 bytes and more; the largest category; and last the categories that just fit.
 */
HpAddress hp_free_list_take_fast (HpHeap *heap, HpFreeList *self, guint32 words, guint32 *found);

G_END_DECLS
