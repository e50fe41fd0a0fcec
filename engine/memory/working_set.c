/* working_set.c - counting the pages of a sliding window: one comes in, one goes out
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/working_set.h"

#include "memory/miss_curve.h"
#include "memory/page_table.h"

#define PIECE 64
#define NEAR_PAGES 8192

/*
 * References have numbers from 1; now is that of the last one. ring[t & mask] is the page of reference t, for the
 * last mask + 1 of them at least; last_uses[page] is the number of the last reference to it. A page is in a window
 * exactly when its last use is, so that the window's size changes by what its newest reference brings and what the one
 * that it leaves behind was the last use of.
 */
struct _HpWorkingSet
{
  HpPageTable table;
  guint32 page_shift;
  guint64 now;
  guint32 mask;
  guint32 *ring;     /* page ids */
  GArray *last_uses; /* guint64 by page id; 0: never, as for page 0, which is none */
  guint n_windows;
  HpWorkingSetSize sizes[];
};

HpWorkingSet *
hp_working_set_new (guint32 page_bytes, const guint32 *windows, guint n_windows)
{
  HpWorkingSet *self;
  guint32 longest = 1;

  g_return_val_if_fail (page_bytes > 1 && (page_bytes & (page_bytes - 1)) == 0 && n_windows > 0, NULL);
  for (guint i = 0; i < n_windows; i++)
    g_return_val_if_fail (windows[i] > 0 && windows[i] <= HP_WORKING_SET_MAX_WINDOW, NULL);

  self = g_malloc0 (sizeof *self + n_windows * sizeof *self->sizes);
  self->n_windows = n_windows;
  for (guint i = 0; i < n_windows; i++)
    {
      self->sizes[i].window = windows[i];
      longest = MAX (longest, windows[i]);
    }
  while (self->mask < longest)
    self->mask = self->mask * 2 + 1;
  self->ring = g_new0 (guint32, (gsize) self->mask + 1);
  self->last_uses = g_array_new (FALSE, TRUE, sizeof (guint64));
  g_array_set_size (self->last_uses, 1);
  hp_page_table_init (&self->table);
  self->page_shift = (guint32) g_bit_nth_lsf (page_bytes, -1);
  return self;
}

void
hp_working_set_free (HpWorkingSet *self)
{
  if (self == NULL)
    return;
  hp_page_table_clear (&self->table);
  g_free (self->ring);
  g_array_unref (self->last_uses);
  g_free (self);
}

/* The page's id, a new one where it has none; 0 where there are too many. */
static inline guint32
find_page (HpWorkingSet *self, guint64 number)
{
  guint32 page = hp_page_table_find (&self->table, number);

  if (G_LIKELY (page != 0) || self->table.n_pages == HP_MISS_CURVE_MAX_PAGES)
    return page;
  page = self->table.n_pages + 1;
  hp_page_table_add (&self->table, number, page);
  g_array_set_size (self->last_uses, page + 1);
  return page;
}

static inline void
slide (HpWorkingSetSize *size, const HpWorkingSet *self, guint64 previous_use)
{
  const guint64 *last_uses = (const guint64 *) self->last_uses->data;
  guint64 left = self->now > size->window ? self->now - size->window : 0;

  size->now += previous_use < MAX (left, 1);
  if (left > 0)
    size->now -= last_uses[self->ring[left & self->mask]] == left;
  size->peak = MAX (size->peak, size->now);
  size->sum += size->now;
}

static inline gboolean
take (HpWorkingSet *self, guint64 reference)
{
  guint32 page = find_page (self, reference >> self->page_shift);
  guint64 *last_use, previous_use;

  if (G_UNLIKELY (page == 0))
    return FALSE;
  last_use = &g_array_index (self->last_uses, guint64, page);
  previous_use = *last_use;
  *last_use = ++self->now;
  self->ring[self->now & self->mask] = page;
  for (guint i = 0; i < self->n_windows; i++)
    slide (&self->sizes[i], self, previous_use);
  return TRUE;
}

gboolean
hp_working_set_add (HpWorkingSet *self, const guint64 *references, gsize n)
{
  for (gsize begin = 0; begin < n; begin += PIECE)
    {
      gsize end = MIN (begin + PIECE, n);

      for (gsize i = begin; i < end && self->table.n_pages > NEAR_PAGES; i++)
        hp_page_table_prefetch (&self->table, references[i] >> self->page_shift);
      for (gsize i = begin; i < end; i++)
        if (!take (self, references[i]))
          return FALSE;
    }
  return TRUE;
}

guint64
hp_working_set_n_references (const HpWorkingSet *self)
{
  return self->now;
}

guint32
hp_working_set_n_pages (const HpWorkingSet *self)
{
  return self->table.n_pages;
}

guint
hp_working_set_n_windows (const HpWorkingSet *self)
{
  return self->n_windows;
}

HpWorkingSetSize
hp_working_set_size (const HpWorkingSet *self, guint i)
{
  g_return_val_if_fail (i < self->n_windows, ((HpWorkingSetSize){ 0 }));

  return self->sizes[i];
}
