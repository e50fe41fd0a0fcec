/* costs.h - a cost model of one's own, from a key file
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plugin/run.h"

G_BEGIN_DECLS

/** The group of the key file whose keys are the machine's `cost-…` settings. */
#define CLI_COSTS_GROUP "costs"

/** Sets what the key file @path says. FALSE with @error (%HP_ERROR_INPUT) where it is not what it should be. */
gboolean cli_costs_apply (HpRun *run, const char *path, GError **error);

G_END_DECLS
