/* program.c - a run that is a program's: what it writes, its collections, its exit status
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "program.h"

#include "guard.h"
#include "summary.h"

#include <string.h>
#include <unistd.h>

/* Nobody can see any more what the program does. */
static void
put (CliProgram *self, int file, const char *bytes, gsize n)
{
  const char *name = file == STDOUT_FILENO ? _ ("to standard output") : _ ("to standard error");

  if (self->error != NULL || cli_write (file, name, bytes, n, &self->error))
    return;
  if (cli_guard_machine != NULL)
    hp_machine_cancel (cli_guard_machine);
}

static void
on_output (gpointer user_data, HpStream stream, const char *bytes, gsize n)
{
  put (user_data, stream == HP_STREAM_ERROR ? STDERR_FILENO : STDOUT_FILENO, bytes, n);
}

static void
on_collection (gpointer user_data, const char *line)
{
  put (user_data, STDOUT_FILENO, line, strlen (line));
}

void
cli_program_attend (CliProgram *self, HpRunOptions *options)
{
  if (self->is_shown)
    {
      options->output = on_output;
      options->output_data = self;
    }
  if (self->is_traced)
    {
      options->trace_output = on_collection;
      options->trace_data = self;
    }
}

void
cli_program_clear (CliProgram *self)
{
  g_clear_error (&self->error);
}

CliExit
cli_program_end (CliProgram *self, const HpMachine *machine, const char *file)
{
  CliSummary summary = cli_summary_of_machine (machine);
  guint8 status;

  if (self->error != NULL)
    return cli_complain_error (self->error, CLI_OUTPUT);
  if (hp_machine_has_exited (machine, &status))
    return (CliExit) status;
  if (summary.ending != HP_ENDING_OUT_OF_MEMORY)
    return cli_summary_complain (&summary, file);
  g_printerr ("%s\n", summary.message);
  return CLI_ENDED;
}
