/* foreign_area.c - the range of old space to allocate in next, as a policy that collects wants it
 *
 * HpCollector.gaps lists the free ranges that the last collection left, less what was given out since.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/foreign.h"

#include <glib/gi18n-lib.h>

/* The gap that @area lies in, or NULL. */
static HpFreeArea *
find_gap (HpCollector *self, const HpArea *area)
{
  guint first = 0, end = self->gaps->len;

  while (first < end)
    {
      guint middle = (first + end) / 2;
      HpFreeArea *gap = &g_array_index (self->gaps, HpFreeArea, middle);

      if (area->address < gap->address)
        end = middle;
      else if (area->address - gap->address >= gap->words)
        first = middle + 1;
      else
        return area->words <= gap->words - (area->address - gap->address) ? gap : NULL;
    }
  return NULL;
}

static void
put_filler (HpHeap *heap, HpAddress from, HpAddress end)
{
  if (from < end)
    *hp_heap_words (heap, from) = hp_filler_word (end - from);
}

gboolean
hp_foreign_next_area (gpointer data, guint32 words, HpAddress *address, guint32 *found)
{
  HpCollector *self = data;
  HpArea area = { 0, 0 };
  HpFreeArea *gap;
  HpAddress end;

  if (!self->policy.next_area (self->policy_self, &self->context, (HpBytes) words * HP_WORD_BYTES, &area))
    return FALSE;
  gap = area.words >= words ? find_gap (self, &area) : NULL;
  if (gap == NULL)
    {
      hp_collector_blame_rule (self,
                               HP_RULE_NO_OVERLAP,
                               HP_REF_NONE,
                               HP_NO_SLOT,
                               HP_REF_NONE,
                               _ ("next_area answered %u words at %#x: expected at least %u of free memory"),
                               area.words,
                               area.address,
                               words);
      return FALSE;
    }
  end = gap->address + gap->words;
  put_filler (self->heap, gap->address, area.address);
  put_filler (self->heap, area.address + area.words, end);
  *gap = (HpFreeArea){ area.address + area.words, end - area.address - area.words };
  *address = area.address;
  *found = area.words;
  return TRUE;
}
