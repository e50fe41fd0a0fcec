/* mark-sweep.c - one generation that never moves (J. McCarthy, Recursive functions of symbolic expressions, 1960)
 *
 * Objects begin in old space, in blocks of its free lists. At the limit everything that the roots lead to is marked,
 * and the rest becomes free blocks again.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

static HpPlacement
place (gpointer self, HpGcContext *context, const HpAllocationRequest *request)
{
  return HP_PLACEMENT_OLD;
}

static void
collect (gpointer self, HpGc *gc, HpCollectionKind kind)
{
  hp_gc_mark_reachable (gc);
  hp_gc_free_unmarked (gc, HP_SPACE_NONE);
}

static const HpGcPolicy policy = {
  .struct_size = sizeof (HpGcPolicy),
  .place = place,
  .collect = collect,
};

HP_DEFINE_POLICY ("mark-sweep", policy)
