/* free_list.c - which block fits
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/heap.h"

/* The smallest block of each category, in bytes (src/heap/free-list.h, FreeListMany::categories_min). */
static const guint32 CATEGORY_BYTES[HP_FREE_CATEGORIES] = { 24,  32,   48,   64,   80,   96,    112,   128,
                                                            144, 160,  176,  192,  208,  224,   240,   256,
                                                            512, 1024, 2048, 4096, 8192, 16384, 32768, 65536 };

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

/* The one category whose blocks may be too small: look at each of them. */
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

/* V8 in a collection: best fit by category, looking at each category's first block; the exact category last. */
HpAddress
hp_free_list_take (HpHeap *heap, HpFreeList *self, guint32 words, guint32 *found)
{
  guint exact = hp_free_list_category (MAX (words, HP_FREE_MIN_WORDS));

  for (guint category = exact; category < HP_FREE_CATEGORIES; category++)
    if (self->heads[category] != 0 && hp_map_low (*hp_heap_words (heap, self->heads[category])) >= words)
      return unlink_head (heap, self, category, found);
  return search_category (heap, self, exact, words, found);
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
