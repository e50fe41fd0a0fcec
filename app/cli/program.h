/* program.h - a run that is a program's: what it writes, its arguments, its collections, its exit status
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "cli.h"
#include "plugin/run.h"

G_BEGIN_DECLS

/**
 * CliProgram: what of a program's run goes to standard output and standard error while it runs
 * @is_shown: what it writes
 * @is_traced: each collection
 * @error: (nullable): why nothing could be written any more; the run was cancelled then
 */
typedef struct
{
  gboolean is_shown;
  gboolean is_traced;
  GError *error;
} CliProgram;

/** @options: what the run is to tell goes to @self from now on. */
void cli_program_attend (CliProgram *self, HpRunOptions *options);
void cli_program_clear (CliProgram *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliProgram, cli_program_clear)

/** The exit status of a program that was shown; its last words go to standard error where it did not end itself. */
CliExit cli_program_end (CliProgram *self, const HpMachine *machine, const char *file);

G_END_DECLS
