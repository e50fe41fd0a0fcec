/* options.h - what the window program understands on its command line besides files: a run to open
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plan.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/** `--scenario ID [--policy ID] [--set KEY=VALUE]…`: added to @application, before it runs. */
void hp_options_add (GApplication *application);

/** As the action "app.run" takes it. */
#define HP_OPTIONS_RUN_TYPE "(sasas)"

/**
 * The run that @options ask for, in the form of %HP_OPTIONS_RUN_TYPE: scenario, policies (none or one), settings.
 * NULL where they ask for none; with @error where they make no sense. (transfer floating)
 */
GVariant *hp_options_run (GVariantDict *options, GError **error);
/** (transfer full) */
HpPlan *hp_options_plan (GVariant *run);

G_END_DECLS
