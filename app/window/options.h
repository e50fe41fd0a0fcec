/* options.h - what the window program understands on its command line besides files: a run or a process to open
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plan.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/** `--scenario ID [--policy ID] [--set KEY=VALUE]…` and `--watch PID`: added to @application, before it runs. */
void hp_options_add (GApplication *application);

/** As the action "app.run" takes it: scenario, policies (none or one), settings. */
#define HP_OPTIONS_RUN_TYPE "(sasas)"
/** As the action "app.watch" takes it: a PID. */
#define HP_OPTIONS_WATCH_TYPE "u"

/**
 * The parameter of the application's @action that does what @options ask for. NULL where they ask for nothing; with
 * @error where they make no sense, or where the process cannot be watched. (transfer floating)
 */
GVariant *hp_options_action (GVariantDict *options, const char **action, GError **error);
/** (transfer full) */
HpPlan *hp_options_plan (GVariant *run);

G_END_DECLS
