/* random_machine.c - settings and policies that bring the rare paths out; see random_machine.h
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "random_machine.h"

/* ---- policies -------------------------------------------------------------------------------------------------- */

/* Answers at random, wrong ones too. */
static HpCollectNow
random_collect_now (gpointer self, HpGcContext *context, const HpAllocationRequest *request)
{
  guint32 dice = hp_gc_context_random (context, 200);

  return dice < 194 ? HP_COLLECT_DEFAULT : (HpCollectNow) (dice - 194);
}

static HpPlacement
random_place (gpointer self, HpGcContext *context, const HpAllocationRequest *request)
{
  guint32 dice = hp_gc_context_random (context, 60);

  return dice < 50 ? HP_PLACEMENT_DEFAULT : (HpPlacement) (dice - 50);
}

static HpCopyOrder
random_copy_order (gpointer self, HpGcContext *context)
{
  return (HpCopyOrder) hp_gc_context_random (context, 4);
}

static HpBytes
random_marking_budget (gpointer self, HpGcContext *context, HpBytes by_default)
{
  return hp_gc_context_random (context, 4096);
}

static HpFate
random_fate (gpointer self, HpGcContext *context, const HpSurvivor *survivor)
{
  return (HpFate) hp_gc_context_random (context, 4);
}

static HpBytes
random_semi_space_bytes (gpointer self, HpGcContext *context)
{
  return hp_gc_context_random (context, (guint32) hp_gc_context_semi_space_max_bytes (context) * 2);
}

static HpBytes
random_old_limit (gpointer self, HpGcContext *context)
{
  return hp_gc_context_random (context, (guint32) MIN (hp_gc_context_old_max_bytes (context), G_MAXINT32) * 2u);
}

static gboolean
random_evacuate (gpointer self, HpGcContext *context, const HpEvacuationChoice *choice)
{
  return (gboolean) hp_gc_context_random (context, 2) * 2;
}

static const HpGcPolicy RANDOM_POLICY = {
  .struct_size = sizeof (HpGcPolicy),
  .collect_now = random_collect_now,
  .survivor_fate = random_fate,
  .semi_space_bytes = random_semi_space_bytes,
  .old_limit_bytes = random_old_limit,
  .evacuate_page = random_evacuate,
  .place = random_place,
  .copy_order = random_copy_order,
  .marking_budget = random_marking_budget,
};

/* ---- runs ------------------------------------------------------------------------------------------------------ */

void
random_machine_run (HpMachine *machine, guint64 seed, guint n_steps)
{
  g_autoptr (HpRandomProgram) program = hp_random_program_new (seed, n_steps);

  hp_random_program_run (program, machine, NULL, NULL, NULL);
}

/* Every replacement policy but the one that needs the future, and RAM that is too small in most machines. */
static void
set_paging (HpSettings *settings, guint64 seed)
{
  gsize n;
  const HpReplacementPolicy *const *policies = hp_replacement_policies (&n);
  const HpReplacementPolicy *policy = policies[seed % n];

  g_assert_true (hp_settings_set (settings, "replacement", policy->needs_future ? "lru" : policy->id, NULL));
  g_assert_true (hp_settings_set (settings, "read-ahead", seed % 3 == 0 ? "8" : "1", NULL));
  if (seed % 4 == 1)
    g_assert_true (hp_settings_set (settings, "ram", "96K", NULL));
}

/* Four kinds of machine: the two presets, and each with numbers that bring its rare paths out. */
HpSettings *
random_settings_new (guint64 seed)
{
  const char *preset = seed % 2 ? "node-20" : "classroom";
  HpSettings *settings = hp_machine_settings_new (preset, NULL);
  g_autofree char *seed_text = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);

  g_assert_true (hp_settings_set (settings, "seed", seed_text, NULL));
  if (seed % 4 >= 2)
    g_assert_true (hp_settings_set (settings, "scavenger-order", "cheney", NULL));
  if (seed % 2 == 1)
    {
      g_assert_true (hp_settings_set (settings, "heap-page-size", "8K", NULL));
      g_assert_true (hp_settings_set (settings, "page-header", "128", NULL));
      g_assert_true (hp_settings_set (settings, "max-regular-object-size", "2K", NULL));
      g_assert_true (hp_settings_set (settings, "min-semi-space-size", "8K", NULL));
      g_assert_true (hp_settings_set (settings, "max-semi-space-size", "32K", NULL));
      g_assert_true (hp_settings_set (settings, "max-old-space-size", "1M", NULL));
      g_assert_true (hp_settings_set (settings, "old-limit-step", "16K", NULL));
    }
  if (seed % 2 == 1)
    {
      g_assert_true (hp_settings_set (settings, "runtime-heap", "0", NULL));
      g_assert_true (hp_settings_set (settings, "incremental-marking-threshold", "4K", NULL));
      g_assert_true (hp_settings_set (settings, "incremental-marking-young-step", "1K", NULL));
      g_assert_true (hp_settings_set (settings, "incremental-marking-old-step", "1K", NULL));
      g_assert_true (hp_settings_set (settings, "incremental-marking-min-step", seed % 3 ? "64" : "1K", NULL));
      g_assert_true (hp_settings_set (settings, "incremental-marking-max-step", "2K", NULL));
      g_assert_true (hp_settings_set (settings, "incremental-marking-lag", seed % 3 ? "0" : "4K", NULL));
      g_assert_true (hp_settings_set (settings, "initial-old-limit", seed % 3 ? "0" : "16K", NULL));
    }
  else
    {
      g_assert_true (hp_settings_set (settings, "incremental-marking", seed % 3 ? "false" : "true", NULL));
      g_assert_true (hp_settings_set (settings, "lazy-sweeping", seed % 8 >= 4 ? "false" : "true", NULL));
    }
  set_paging (settings, seed);
  if (seed % 3 == 0)
    g_assert_true (hp_settings_set (settings, "page-promotion-threshold", "20", NULL));
  if (seed % 5 == 0) /* narrow: for the ends of memory and pages that cannot be evacuated */
    g_assert_true (hp_settings_set (settings, "max-old-space-size", seed % 2 ? "16K" : "2K", NULL));
  return settings;
}

const HpGcPolicy *
random_policy (guint64 seed)
{
  return seed % 8 >= 4 ? &RANDOM_POLICY : NULL;
}
