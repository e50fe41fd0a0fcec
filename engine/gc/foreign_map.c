/* foreign_map.c - where objects begin, while a policy collects: a bit for each word of a heap page
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/foreign.h"

/* A chunk of a large object has a place for one object only. */
static guint32
count_places (const HpHeapPage *page)
{
  return page->space == HP_SPACE_LARGE || page->space == HP_SPACE_NEW_LARGE ? 1 : page->usable_words;
}

static guint32
count_cells (const HpHeapPage *page)
{
  return (count_places (page) + 63) / 64;
}

void
hp_foreign_add_start (HpHeapPage *page, HpAddress address)
{
  guint32 place = address - hp_heap_page_start (page);

  if (page->starts == NULL)
    page->starts = g_new0 (guint64, count_cells (page));
  page->starts[place / 64] |= G_GUINT64_CONSTANT (1) << place % 64;
}

void
hp_foreign_remove_start (HpHeapPage *page, HpAddress address)
{
  guint32 place = address - hp_heap_page_start (page);

  page->starts[place / 64] &= ~(G_GUINT64_CONSTANT (1) << place % 64);
}

HpAddress
hp_foreign_next (const HpHeapPage *page, HpAddress from)
{
  guint32 place = from - hp_heap_page_start (page);
  guint32 n_cells = count_cells (page);
  guint32 cell = place / 64;
  guint64 bits;

  if (page->starts == NULL || cell >= n_cells)
    return 0;
  bits = page->starts[cell] & G_MAXUINT64 << place % 64;
  while (bits == 0)
    {
      if (++cell == n_cells)
        return 0;
      bits = page->starts[cell];
    }
  return hp_heap_page_start (page) + cell * 64 + (guint32) __builtin_ctzll (bits);
}

HpAddress
hp_foreign_previous (const HpHeapPage *page, HpAddress from)
{
  guint32 place = from - hp_heap_page_start (page);
  guint32 cell = place / 64;
  guint64 bits;

  if (page->starts == NULL || from < hp_heap_page_start (page))
    return 0;
  if (cell >= count_cells (page)) /* inside a large object */
    return (page->starts[0] & 1) != 0 ? hp_heap_page_start (page) : 0;
  bits = page->starts[cell] & G_MAXUINT64 >> (63 - place % 64);
  while (bits == 0)
    {
      if (cell-- == 0)
        return 0;
      bits = page->starts[cell];
    }
  return hp_heap_page_start (page) + cell * 64 + 63 - (guint32) __builtin_clzll (bits);
}

static HpAddress
end_of (const HpGc *self, HpAddress object)
{
  return object + hp_heap_size_words (self->heap, hp_heap_words (self->heap, object));
}

HpAddress
hp_foreign_find_gap (const HpGc *self, const HpHeapPage *page, HpAddress from, guint32 words)
{
  HpAddress previous = hp_foreign_previous (page, from);
  HpAddress at = previous != 0 ? MAX (from, end_of (self, previous)) : from;

  for (;;)
    {
      HpAddress next = at < hp_heap_page_end (page) ? hp_foreign_next (page, at) : 0;
      HpAddress limit = next != 0 ? next : hp_heap_page_end (page);

      if (limit - at >= words)
        return at;
      if (next == 0)
        return 0;
      at = end_of (self, next);
    }
}

gboolean
hp_foreign_is_free (const HpGc *self, const HpHeapPage *page, HpAddress address, guint32 words, HpAddress mover)
{
  HpAddress below = hp_foreign_previous (page, address);
  HpAddress above;

  if (below == mover && below != 0 && below > hp_heap_page_start (page))
    below = hp_foreign_previous (page, below - 1);
  if (below != 0 && below != mover && end_of (self, below) > address)
    return FALSE;
  above = hp_foreign_next (page, address);
  if (above == mover && above != 0 && above + 1 < hp_heap_page_end (page))
    above = hp_foreign_next (page, above + 1);
  return above == 0 || above == mover || above >= address + words;
}
