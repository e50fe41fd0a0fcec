/* never.c - no collection, whatever happens: "epsilon" in other machines
 *
 * New space fills, then the old generation, and then the run is over as V8 ends it. What a program costs without any
 * collector, and how much it allocates in all.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

static HpCollectNow
collect_now (gpointer self, HpGcContext *context, const HpAllocationRequest *request)
{
  return HP_COLLECT_NOTHING;
}

static const HpGcPolicy policy = {
  .struct_size = sizeof (HpGcPolicy),
  .collect_now = collect_now,
};

HP_DEFINE_POLICY ("never", policy)
