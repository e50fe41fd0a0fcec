/* input.h - from SCENARIO|FILE, --policy and --set to a run, and to its recording
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "cli.h"
#include "plugin/run.h"
#include "recording/recording.h"

G_BEGIN_DECLS

/** The options --policy, --set and --costs, and the one argument. */
extern const GOptionEntry CLI_INPUT_ENTRIES[];

/** What those options said. */
typedef struct
{
  HpHost *host;
  const char *name;        /* SCENARIO|FILE as given */
  HpRun *run;              /* NULL when the file is a recording */
  gboolean files_are_read; /* what is wrong with input from now on is wrong with a setting */
  gboolean for_view;       /* allow --set view.KEY=VALUE */
  GPtrArray *view_sets;    /* of "KEY=VALUE", borrowed */
} CliInput;

/** Before the options are read: "SCENARIO|FILE -- ARGS…" may be given, where the scenario runs programs. */
void cli_input_allow_arguments (int argc, char **argv);

/** Makes a run of what was given. FALSE with @exit, and the complaint made. */
gboolean cli_input_open (CliInput *self, const CliCommand *command, CliExit *exit);
void cli_input_clear (CliInput *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliInput, cli_input_clear)

/** Performs the run, guarded, with progress shown. NULL with @exit, and the complaint made. */
HpMachine *cli_input_perform (CliInput *self, const HpListener *listener, HpRunOptions options, CliExit *exit);

/**
 * The recording of the run, or the file that is one.
 * @machine: (out) (nullable): of the run; NULL for a file
 */
HpRecording *cli_input_record (CliInput *self, HpRunOptions options, HpMachine **machine, CliExit *exit);

/** Splits "KEY=VALUE" at its first '='. FALSE, with the complaint made, when there is none. */
gboolean cli_split_setting (const CliCommand *command, const char *text, char **key, const char **value);

/** So many events are recorded where a recording is kept in memory or followed by somebody. */
#define CLI_EVENT_LIMIT 10000000

G_END_DECLS
