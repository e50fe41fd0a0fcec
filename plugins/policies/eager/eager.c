/* eager.c - a full collection before every allocation
 *
 * What no root leads to is gone at the next allocation. A program that forgets to hold an object that it goes on using
 * is found out at once.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

static HpCollectNow
collect_now (gpointer self, HpGcContext *context, const HpAllocationRequest *request)
{
  return HP_COLLECT_FULL;
}

static const HpGcPolicy policy = {
  .struct_size = sizeof (HpGcPolicy),
  .collect_now = collect_now,
};

HP_DEFINE_POLICY ("eager", policy)
