/* random.c - answers at random, within and outside of what is allowed: the fuzzer of the interface
 *
 * Whatever it answers, a run must stay correct: wrong answers are clamped and told as its faults. Its chance comes from
 * the run's seed, so that a run can be made again.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

/* One of @n answers, and one more that is wrong. */
static guint32
choose (HpGcContext *context, guint32 n)
{
  gboolean wrong = hp_settings_get_boolean (hp_gc_context_settings (context), "wrong");

  return hp_gc_context_random (context, wrong ? n + 1 : n);
}

static guint64
choose_bytes (HpGcContext *context, guint64 max)
{
  gboolean wrong = hp_settings_get_boolean (hp_gc_context_settings (context), "wrong");

  return (guint64) ((double) hp_gc_context_random (context, 1 << 16) / (1 << 16) * (double) max * (wrong ? 1.5 : 1));
}

static gboolean
has_opinion (HpGcContext *context)
{
  gint64 one_in = hp_settings_get_integer (hp_gc_context_settings (context), "collect-one-in");

  return hp_gc_context_random (context, (guint32) one_in) == 0;
}

/* Not to collect at all would end most runs: that answer is left to the policy `never`. */
static HpCollectNow
collect_now (gpointer self, HpGcContext *context, const HpAllocationRequest *request)
{
  HpCollectNow answer = has_opinion (context) ? (HpCollectNow) choose (context, HP_N_COLLECT_NOW) : HP_COLLECT_DEFAULT;

  return answer == HP_COLLECT_NOTHING ? HP_COLLECT_DEFAULT : answer;
}

static HpPlacement
place (gpointer self, HpGcContext *context, const HpAllocationRequest *request)
{
  return has_opinion (context) ? (HpPlacement) choose (context, HP_N_PLACEMENTS) : HP_PLACEMENT_DEFAULT;
}

static HpFate
survivor_fate (gpointer self, HpGcContext *context, const HpSurvivor *survivor)
{
  return (HpFate) choose (context, 3);
}

static HpCopyOrder
copy_order (gpointer self, HpGcContext *context)
{
  return (HpCopyOrder) choose (context, HP_N_COPY_ORDERS);
}

static HpBytes
semi_space_bytes (gpointer self, HpGcContext *context)
{
  return choose_bytes (context, hp_gc_context_semi_space_max_bytes (context));
}

static HpBytes
old_limit_bytes (gpointer self, HpGcContext *context)
{
  return choose_bytes (context, hp_gc_context_old_max_bytes (context));
}

static gboolean
evacuate_page (gpointer self, HpGcContext *context, const HpEvacuationChoice *choice)
{
  return hp_gc_context_random (context, 2) == 1;
}

static HpBytes
marking_budget (gpointer self, HpGcContext *context, HpBytes by_default)
{
  return choose_bytes (context, by_default * 4);
}

static const HpGcPolicy policy = {
  .struct_size = sizeof (HpGcPolicy),
  .collect_now = collect_now,
  .survivor_fate = survivor_fate,
  .semi_space_bytes = semi_space_bytes,
  .old_limit_bytes = old_limit_bytes,
  .evacuate_page = evacuate_page,
  .place = place,
  .copy_order = copy_order,
  .marking_budget = marking_budget,
};

HP_DEFINE_POLICY ("random", policy)
