/* run_popover.h - which policy, preset and settings a run has, and running it again with others
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plan.h"
#include "plugin/host.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HP_TYPE_RUN_POPOVER (hp_run_popover_get_type ())
G_DECLARE_FINAL_TYPE (HpRunPopover, hp_run_popover, HP, RUN_POPOVER, GtkPopover)

/**
 * HpRunPopover:
 *
 * Signal "run" (const HpPlan *): the person wants another run.
 *
 * @scenario: (nullable): its settings are offered
 */
void hp_run_popover_set_plan (HpRunPopover *self, HpHost *host, const HpManifest *scenario, const HpPlan *plan);
/** NULL: a file whose scenario is not yet known. */
const HpManifest *hp_run_popover_scenario (HpRunPopover *self);

G_END_DECLS
