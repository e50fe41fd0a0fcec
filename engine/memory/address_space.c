/* address_space.c - free ranges in the order of their addresses, first fit
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/address_space.h"

#define FIRST_ADDRESS ((guint64) 64 * 1024)
#define END_ADDRESS ((guint64) HP_WORD_BYTES << 32)

typedef struct
{
  guint64 begin, end;
} Range;

struct _HpAddressSpace
{
  HpPager *pager; /* borrowed, nullable */
  guint64 grain;  /* all ranges begin and end at multiples of it */
  GArray *holes;  /* Range: sorted, never empty ranges, never touching each other */
};

HpAddressSpace *
hp_address_space_new (HpPager *pager)
{
  HpAddressSpace *self = g_new0 (HpAddressSpace, 1);
  Range all = { FIRST_ADDRESS, END_ADDRESS };

  self->pager = pager;
  self->grain = pager != NULL ? hp_pager_page_bytes (pager) : HP_WORD_BYTES;
  all.begin = MAX (all.begin, self->grain);
  self->holes = g_array_new (FALSE, FALSE, sizeof (Range));
  g_array_append_val (self->holes, all);
  return self;
}

void
hp_address_space_free (HpAddressSpace *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->holes);
  g_free (self);
}

static guint64
round_up (guint64 number, guint64 power_of_two)
{
  return (number + power_of_two - 1) & ~(power_of_two - 1);
}

/* Cut @begin … @end out of hole @i, which holds it; what is left stays as none, one or two holes. */
static void
cut_hole (HpAddressSpace *self, guint i, guint64 begin, guint64 end)
{
  Range *hole = &g_array_index (self->holes, Range, i);
  Range rest = { end, hole->end };

  hole->end = begin;
  if (rest.begin < rest.end)
    g_array_insert_val (self->holes, i + 1, rest);
  if (begin == g_array_index (self->holes, Range, i).begin)
    g_array_remove_index (self->holes, i);
}

guint64
hp_address_space_map (HpAddressSpace *self, HpRegion region, guint64 bytes, guint64 alignment)
{
  g_return_val_if_fail (bytes > 0, 0);
  g_return_val_if_fail (alignment > 0 && (alignment & (alignment - 1)) == 0, 0);

  if (bytes > END_ADDRESS || alignment > END_ADDRESS)
    return 0;
  bytes = round_up (bytes, self->grain);
  alignment = MAX (alignment, self->grain);
  for (guint i = 0; i < self->holes->len; i++)
    {
      const Range *hole = &g_array_index (self->holes, Range, i);
      guint64 begin = round_up (hole->begin, alignment);

      if (begin >= hole->end || hole->end - begin < bytes)
        continue;
      cut_hole (self, i, begin, begin + bytes);
      if (self->pager != NULL)
        hp_pager_map (self->pager, region, begin, bytes);
      return begin;
    }
  return 0;
}

/* The first hole that begins above @address; the number of holes when there is none. */
static guint
find_hole_above (const HpAddressSpace *self, guint64 address)
{
  guint low = 0, high = self->holes->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->holes, Range, middle).begin > address)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

/* Insert @range before hole @i and melt it with the neighbours it touches. */
static void
insert_hole (HpAddressSpace *self, guint i, Range range)
{
  if (i < self->holes->len && g_array_index (self->holes, Range, i).begin == range.end)
    {
      range.end = g_array_index (self->holes, Range, i).end;
      g_array_remove_index (self->holes, i);
    }
  if (i > 0 && g_array_index (self->holes, Range, i - 1).end == range.begin)
    g_array_index (self->holes, Range, i - 1).end = range.end;
  else
    g_array_insert_val (self->holes, i, range);
}

void
hp_address_space_unmap (HpAddressSpace *self, guint64 address, guint64 bytes)
{
  Range range = { address, address + round_up (bytes, self->grain) };
  guint i = find_hole_above (self, address);

  g_return_if_fail (bytes > 0 && address % self->grain == 0);
  g_return_if_fail (address >= FIRST_ADDRESS && range.end <= END_ADDRESS);
  g_return_if_fail (i == 0 || g_array_index (self->holes, Range, i - 1).end <= range.begin);
  g_return_if_fail (i == self->holes->len || range.end <= g_array_index (self->holes, Range, i).begin);

  insert_hole (self, i, range);
  if (self->pager != NULL)
    hp_pager_unmap (self->pager, address, range.end - range.begin);
}

guint64
hp_address_space_free_bytes (const HpAddressSpace *self)
{
  guint64 bytes = 0;

  for (guint i = 0; i < self->holes->len; i++)
    {
      const Range *hole = &g_array_index (self->holes, Range, i);

      bytes += hole->end - hole->begin;
    }
  return bytes;
}
