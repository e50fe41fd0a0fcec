/* early.c - a policy that scavenges before new space is full
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <heaparium.h>

static guint64
used_bytes (const HpGcContext *context)
{
  return hp_gc_context_used_bytes (context, HP_SPACE_SEMI_A) + hp_gc_context_used_bytes (context, HP_SPACE_SEMI_B);
}

/* Asked before each allocation. Between collections one half of new space is empty: the sum is what is in the other. */
static HpCollectNow
collect_now (gpointer self, HpGcContext *context, const HpAllocationRequest *request)
{
  guint64 percent = (guint64) hp_settings_get_integer (hp_gc_context_settings (context), "percent");
  guint64 threshold = hp_gc_context_semi_space_bytes (context) * percent / 100;

  if (!hp_space_is_young (request->space))
    return HP_COLLECT_DEFAULT;
  return used_bytes (context) + request->bytes > threshold ? HP_COLLECT_YOUNG : HP_COLLECT_DEFAULT;
}

static const HpGcPolicy policy = {
  .struct_size = sizeof (HpGcPolicy),
  .collect_now = collect_now,
};

HP_DEFINE_POLICY ("early", policy)
