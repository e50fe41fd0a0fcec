/* slot_set.c - buckets of bits, one a slot
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/slot_set.h"

static inline guint64
bit_of (guint32 index)
{
  return G_GUINT64_CONSTANT (1) << (index % 64);
}

static guint64 *
find_cell (const HpSlotSet *self, guint32 index)
{
  guint32 bucket = index / HP_SLOTS_PER_BUCKET;

  if (bucket >= self->n_buckets || self->buckets[bucket] == NULL)
    return NULL;
  return &self->buckets[bucket][index % HP_SLOTS_PER_BUCKET / 64];
}

gboolean
hp_slot_set_insert (HpSlotSet *self, guint32 n_slots, guint32 index)
{
  guint64 *cell;

  if (self->buckets == NULL)
    {
      self->n_buckets = (n_slots + HP_SLOTS_PER_BUCKET - 1) / HP_SLOTS_PER_BUCKET;
      self->buckets = g_new0 (guint64 *, self->n_buckets);
    }
  if (self->buckets[index / HP_SLOTS_PER_BUCKET] == NULL)
    self->buckets[index / HP_SLOTS_PER_BUCKET] = g_new0 (guint64, HP_CELLS_PER_BUCKET);
  cell = find_cell (self, index);
  if ((*cell & bit_of (index)) != 0)
    return FALSE;
  *cell |= bit_of (index);
  return TRUE;
}

gboolean
hp_slot_set_contains (const HpSlotSet *self, guint32 index)
{
  const guint64 *cell = find_cell (self, index);

  return cell != NULL && (*cell & bit_of (index)) != 0;
}

/* The bits of the cell at @base that lie in @first … @end - 1. */
static guint64
cell_in_range (guint64 cell, guint32 base, guint32 first, guint32 end)
{
  if (first > base)
    cell &= ~(bit_of (first) - 1);
  if (end - base < 64)
    cell &= bit_of (end) - 1;
  return cell;
}

static void
filter_cell (guint64 *cell, guint32 base, guint64 bits, HpSlotVisit visit, gpointer data)
{
  while (bits != 0)
    {
      guint32 bit = (guint32) __builtin_ctzll (bits);

      bits &= bits - 1;
      if (!visit (data, base + bit))
        *cell &= ~(G_GUINT64_CONSTANT (1) << bit);
    }
}

void
hp_slot_set_filter (HpSlotSet *self, guint32 first, guint32 end, HpSlotVisit visit, gpointer data)
{
  guint32 base = first / 64 * 64;

  end = (guint32) MIN (end, (guint64) self->n_buckets * HP_SLOTS_PER_BUCKET);
  while (base < end)
    {
      guint64 *cell = find_cell (self, base);

      if (cell == NULL)
        {
          base = (base / HP_SLOTS_PER_BUCKET + 1) * HP_SLOTS_PER_BUCKET;
          continue;
        }
      if (*cell != 0)
        filter_cell (cell, base, cell_in_range (*cell, base, first, end), visit, data);
      base += 64;
    }
}

static gboolean
drop_slot (gpointer data, guint32 index)
{
  return FALSE;
}

void
hp_slot_set_remove (HpSlotSet *self, guint32 first, guint32 end)
{
  if (self->buckets != NULL)
    hp_slot_set_filter (self, first, end, drop_slot, NULL);
}

void
hp_slot_set_clear (HpSlotSet *self)
{
  for (guint32 i = 0; i < self->n_buckets; i++)
    g_free (self->buckets[i]);
  g_clear_pointer (&self->buckets, g_free);
  self->n_buckets = 0;
}
