/* workload.h - what `compare` and `sweep` run: one scenario, some policies, and settings for all of them
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "cli.h"
#include "plugin/run.h"

G_BEGIN_DECLS

/** The options of both commands, and the one argument. */
extern const GOptionEntry CLI_WORKLOAD_ENTRIES[];

/**
 * CliWorkload: what those options said
 * @scenario: SCENARIO|FILE as given
 * @policies: of ids, borrowed; the default alone where none was given
 * @sets: (nullable): of "KEY=VALUE"
 * @costs: (nullable): path of a key file of costs
 */
typedef struct
{
  HpHost *host;
  const char *scenario;
  GPtrArray *policies;
  GStrv sets;        /* borrowed */
  const char *costs; /* borrowed */
} CliWorkload;

/** FALSE with @exit, and the complaint made, where something of it cannot be. */
gboolean cli_workload_open (CliWorkload *self, const CliCommand *command, CliExit *exit);
void cli_workload_clear (CliWorkload *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliWorkload, cli_workload_clear)

/**
 * The arguments of `heaparium-cli run` for the scenario under @policy with @more ("KEY=VALUE"; nullable) set after the
 * settings for all. A setting that only other policies have is left out. (transfer full): NULL with @error where a
 * value is wrong, or none of the policies has a setting of that name.
 */
GStrv cli_workload_arguments (CliWorkload *self, const char *policy, GStrv more, GError **error);

/** The arguments that are no options, borrowed; NULL: none. */
GStrv cli_workload_names (void);
/** What --jobs said; 0: as many as there are processors. */
guint cli_workload_jobs (void);

G_END_DECLS
