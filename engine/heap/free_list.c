/* free_list.c - which block fits
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/heap.h"

/* The smallest block of each category, in bytes (src/heap/free-list.h, FreeListMany::categories_min). */
static const guint32 CATEGORY_BYTES[HP_FREE_CATEGORIES] = { 24,  32,   48,   64,   80,   96,    112,   128,
                                                            144, 160,  176,  192,  208,  224,   240,   256,
                                                            512, 1024, 2048, 4096, 8192, 16384, 32768, 65536 };

#define FIRST_TINY_CATEGORY 15 /* 256 bytes */
#define FIRST_FAST_CATEGORY 18 /* 2 KB */
#define FAST_PATH_OFFSET 1920  /* 2 KB less what is tiny */
#define TINY_WORDS (128 / HP_WORD_BYTES)

guint
hp_free_list_category (guint32 words)
{
  guint64 bytes = (guint64) words * HP_WORD_BYTES;
  guint category = 0;

  if (bytes >= 32 && bytes <= 256)
    return (guint) (bytes / 16) - 1;
  while (category + 1 < HP_FREE_CATEGORIES && CATEGORY_BYTES[category + 1] <= bytes)
    category++;
  return category;
}

void
hp_free_list_reset (HpFreeList *self)
{
  *self = (HpFreeList){ 0 };
}

void
hp_free_list_add (HpHeap *heap, HpFreeList *self, HpAddress address, guint32 words)
{
  guint64 *block = hp_heap_words (heap, address);
  guint category;

  if (words == 0)
    return;
  hp_heap_touch (heap, address, MIN (words, 2), TRUE);
  block[0] = hp_filler_word (words);
  if (words < HP_FREE_MIN_WORDS)
    return;
  category = hp_free_list_category (words);
  block[1] = self->heads[category];
  self->heads[category] = address;
  self->free_words += words;
}

static HpAddress
unlink_head (HpHeap *heap, HpFreeList *self, guint category, guint32 *found)
{
  HpAddress address = self->heads[category];
  const guint64 *block = hp_heap_words (heap, address);

  hp_heap_touch (heap, address, 2, FALSE);
  *found = hp_map_low (block[0]);
  self->heads[category] = (HpAddress) block[1];
  self->free_words -= *found;
  return address;
}

/* Look at each block of a category. */
static HpAddress
search_category (HpHeap *heap, HpFreeList *self, guint category, guint32 words, guint32 *found)
{
  HpAddress before = 0;

  for (HpAddress at = self->heads[category]; at != 0;)
    {
      guint64 *block = hp_heap_words (heap, at);

      if (hp_map_low (block[0]) >= words)
        {
          if (before == 0)
            return unlink_head (heap, self, category, found);
          hp_heap_words (heap, before)[1] = block[1];
          *found = hp_map_low (block[0]);
          self->free_words -= *found;
          return at;
        }
      before = at;
      at = (HpAddress) block[1];
    }
  return 0;
}

/* The first block of the categories @first … @end - 1 that is a category's first and large enough. */
static HpAddress
try_first_blocks (HpHeap *heap, HpFreeList *self, guint first, guint end, guint32 words, guint32 *found)
{
  for (guint category = first; category < end; category++)
    if (self->heads[category] != 0 && hp_map_low (*hp_heap_words (heap, self->heads[category])) >= words)
      return unlink_head (heap, self, category, found);
  return 0;
}

HpAddress
hp_free_list_take (HpHeap *heap, HpFreeList *self, guint32 words, guint32 *found)
{
  guint exact = hp_free_list_category (MAX (words, HP_FREE_MIN_WORDS));
  HpAddress block = try_first_blocks (heap, self, exact, HP_FREE_CATEGORIES - 1, words, found);

  return block != 0 ? block : search_category (heap, self, HP_FREE_CATEGORIES - 1, words, found);
}

/* Where the fast path begins: in the category of a block that has so much left over (FreeListManyCachedFastPath). */
static guint
fast_category (guint32 words)
{
  guint64 bytes = (guint64) words * HP_WORD_BYTES + FAST_PATH_OFFSET;
  guint category = FIRST_FAST_CATEGORY;

  while (category < HP_FREE_CATEGORIES - 1 && CATEGORY_BYTES[category] < bytes)
    category++;
  return category;
}

HpAddress
hp_free_list_take_fast (HpHeap *heap, HpFreeList *self, guint32 words, guint32 *found)
{
  guint fast = fast_category (words);
  guint exact = hp_free_list_category (MAX (words, HP_FREE_MIN_WORDS));
  HpAddress block = try_first_blocks (heap, self, fast, HP_FREE_CATEGORIES - 1, words, found);

  if (block == 0 && words <= TINY_WORDS)
    block = try_first_blocks (heap, self, FIRST_TINY_CATEGORY, fast, words, found);
  if (block == 0)
    block = search_category (heap, self, HP_FREE_CATEGORIES - 1, words, found);
  return block != 0 ? block : try_first_blocks (heap, self, exact, fast, words, found);
}

static void
evict_from_category (HpHeap *heap, HpFreeList *self, HpAddress *head)
{
  HpAddress before = 0;

  for (HpAddress at = *head; at != 0;)
    {
      const guint64 *block = hp_heap_words (heap, at);
      HpAddress next = (HpAddress) block[1];

      if ((hp_heap_page_of (heap, at)->flags & HP_HEAP_PAGE_CANDIDATE) == 0)
        before = at;
      else
        {
          self->free_words -= hp_map_low (block[0]);
          if (before == 0)
            *head = next;
          else
            hp_heap_words (heap, before)[1] = next;
        }
      at = next;
    }
}

void
hp_free_list_evict_candidates (HpHeap *heap, HpFreeList *self)
{
  for (guint category = 0; category < HP_FREE_CATEGORIES; category++)
    evict_from_category (heap, self, &self->heads[category]);
}
