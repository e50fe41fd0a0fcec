/* textbook.c - two generations as lecture slides draw them
 *
 * Survivors are copied breadth first, with to-space as its own queue (C. J. Cheney, A nonrecursive list compacting
 * algorithm, 1970), and are promoted when they survive for the second time, by their age (D. Ungar, Generation
 * scavenging, 1984). V8 differs: it copies in batches, and tells ages by a mark in the space. The old generation is
 * swept and never compacted.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

#define SURVIVALS 2

static HpCopyOrder
copy_order (gpointer self, HpGcContext *context)
{
  return HP_COPY_ORDER_CHENEY;
}

static HpFate
survivor_fate (gpointer self, HpGcContext *context, const HpSurvivor *survivor)
{
  return survivor->age + 1 >= SURVIVALS ? HP_FATE_PROMOTE : HP_FATE_KEEP;
}

static gboolean
evacuate_page (gpointer self, HpGcContext *context, const HpEvacuationChoice *choice)
{
  return FALSE;
}

static const HpGcPolicy policy = {
  .struct_size = sizeof (HpGcPolicy),
  .survivor_fate = survivor_fate,
  .evacuate_page = evacuate_page,
  .copy_order = copy_order,
};

HP_DEFINE_POLICY ("textbook", policy)
