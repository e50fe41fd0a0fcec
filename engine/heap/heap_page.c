/* heap_page.c - heap pages come and go, and the table that finds them by address
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/heap.h"

#include <string.h>

void
hp_heap_page_free (HpHeapPage *self)
{
  hp_slot_set_clear (&self->old_to_new);
  hp_slot_set_clear (&self->young_keys);
  hp_slot_set_clear (&self->old_to_old);
  g_free (self->starts);
  g_free (self);
}

static HpRegion
region_of_space (HpSpace space)
{
  switch (space)
    {
    case HP_SPACE_OLD:
      return HP_REGION_OLD;
    case HP_SPACE_LARGE:
    case HP_SPACE_NEW_LARGE:
      return HP_REGION_LARGE;
    default:
      return HP_REGION_NEW;
    }
}

static void
grow_table (HpHeap *self, guint32 n_entries)
{
  guint32 n = MAX (256, self->n_entries);

  if (n_entries <= self->n_entries)
    return;
  while (n < n_entries)
    n *= 2;
  self->spaces = g_renew (guint8, self->spaces, n);
  self->pages = g_renew (HpHeapPage *, self->pages, n);
  memset (self->spaces + self->n_entries, 0, (n - self->n_entries) * sizeof *self->spaces);
  memset (self->pages + self->n_entries, 0, (n - self->n_entries) * sizeof *self->pages);
  self->n_entries = n;
}

static guint32
count_entries (const HpHeap *self, const HpHeapPage *page)
{
  return (page->size_words + self->page_mask) >> self->page_shift;
}

static void
enter_page (HpHeap *self, HpHeapPage *page)
{
  guint32 first = page->address >> self->page_shift;
  guint32 n = count_entries (self, page);

  grow_table (self, first + n);
  for (guint32 i = 0; i < n; i++)
    {
      self->spaces[first + i] = (guint8) page->space;
      self->pages[first + i] = page;
    }
}

static gboolean
is_old_generation (HpSpace space)
{
  return space == HP_SPACE_OLD || space == HP_SPACE_LARGE;
}

static HpAddress
map_range (HpHeap *self, HpSpace space, guint32 size_words)
{
  guint64 address = hp_address_space_map (self->address_space,
                                          region_of_space (space),
                                          (guint64) size_words * HP_WORD_BYTES,
                                          (guint64) self->config.page_words * HP_WORD_BYTES);

  /* The settings keep the heap's maximum well below the 32 GiB there are. */
  g_assert (address != 0);
  return (HpAddress) (address / HP_WORD_BYTES);
}

static void
unmap_range (HpHeap *self, HpAddress address, guint32 size_words)
{
  hp_address_space_unmap (self->address_space, (guint64) address * HP_WORD_BYTES, (guint64) size_words * HP_WORD_BYTES);
}

HpHeapPage *
hp_heap_add_page (HpHeap *self, HpSpace space, guint32 size_words, guint32 usable_words)
{
  HpAddress address = map_range (self, space, size_words);
  HpHeapPage *page;

  if (!hp_host_memory_commit (&self->memory, (guint64) address + size_words))
    {
      /* As everywhere in GLib: what is of an ordinary size is there, or the program ends. */
      if (size_words <= self->config.page_words)
        g_error ("out of memory for a heap page of %u bytes", size_words * HP_WORD_BYTES);
      unmap_range (self, address, size_words);
      return NULL;
    }
  page = g_new0 (HpHeapPage, 1);
  page->address = address;
  page->size_words = size_words;
  page->usable_words = usable_words;
  page->space = space;
  enter_page (self, page);
  if (is_old_generation (space))
    self->old_usable_bytes += hp_heap_page_usable_bytes (page);
  hp_emit (self->emitter, HP_EVENT_HEAP_PAGE_ADD, space, page->address, size_words, usable_words);
  return page;
}

void
hp_heap_set_page_flags (HpHeap *self, HpHeapPage *page, guint32 flags)
{
  if (page->flags == flags)
    return;
  hp_emit (self->emitter, HP_EVENT_HEAP_PAGE_STATE, flags | page->flags << 8, page->address, 0, 0);
  page->flags = flags;
}

void
hp_heap_remove_page (HpHeap *self, HpHeapPage *page)
{
  guint32 first = page->address >> self->page_shift;
  guint32 n = count_entries (self, page);

  hp_heap_set_page_flags (self, page, HP_HEAP_PAGE_PLAIN);
  if (is_old_generation (page->space))
    self->old_usable_bytes -= hp_heap_page_usable_bytes (page);
  hp_emit (self->emitter, HP_EVENT_HEAP_PAGE_REMOVE, page->space, page->address, page->size_words, page->usable_words);
  memset (self->spaces + first, 0, n * sizeof *self->spaces);
  memset (self->pages + first, 0, n * sizeof *self->pages);
  hp_host_memory_discard (&self->memory, page->address, page->size_words);
  unmap_range (self, page->address, page->size_words);
  hp_heap_page_free (page);
}

void
hp_heap_set_page_space (HpHeap *self, HpHeapPage *page, HpSpace space)
{
  guint32 first = page->address >> self->page_shift;

  hp_emit (self->emitter, HP_EVENT_HEAP_PAGE_SPACE, (guint32) space | (guint32) page->space << 8, page->address, 0, 0);
  if (is_old_generation (space) && !is_old_generation (page->space))
    self->old_usable_bytes += hp_heap_page_usable_bytes (page);
  page->space = space;
  memset (self->spaces + first, space, count_entries (self, page));
}
