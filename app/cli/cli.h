/* cli.h - what the commands of heaparium-cli share: how they end, how they complain, how they print
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <gio/gio.h>
#include <glib/gi18n.h>

G_BEGIN_DECLS

/** The exit status; a promise to scripts (data/docs/command-line.md). */
typedef enum
{
  CLI_DONE = 0,
  CLI_ENDED = 1,  /* the run ended other than completed, or something did not verify */
  CLI_USAGE = 2,  /* wrong usage: option, scenario, policy, setting, step */
  CLI_INPUT = 3,  /* an input file cannot be read or is not what it should be */
  CLI_PLUGIN = 4, /* a plugin was refused or crashed */
  CLI_OUTPUT = 5, /* the output cannot be written */
  CLI_RULE = 6,   /* a policy broke a rule */
} CliExit;

/** One command. @argv begins with its own name. */
typedef struct _CliCommand
{
  const char *name;
  const char *summary; /* one line, untranslated: N_() */
  CliExit (*run) (const struct _CliCommand *self, int argc, char **argv);
} CliCommand;

CliExit cli_list (const CliCommand *self, int argc, char **argv);
CliExit cli_run (const CliCommand *self, int argc, char **argv);
CliExit cli_compare (const CliCommand *self, int argc, char **argv);
CliExit cli_sweep (const CliCommand *self, int argc, char **argv);
CliExit cli_fidelity (const CliCommand *self, int argc, char **argv);
CliExit cli_pages (const CliCommand *self, int argc, char **argv);
CliExit cli_render (const CliCommand *self, int argc, char **argv);
CliExit cli_describe (const CliCommand *self, int argc, char **argv);
CliExit cli_verify (const CliCommand *self, int argc, char **argv);
CliExit cli_watch (const CliCommand *self, int argc, char **argv);
CliExit cli_check_policy (const CliCommand *self, int argc, char **argv);

/** Says one line on standard error, `heaparium-cli: …`, and returns @exit. */
CliExit cli_complain (CliExit exit, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** The same with a second line that helps on. */
CliExit cli_complain_usage (const char *command, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** The same for @error, with the exit status that its code stands for; @input is that of %HP_ERROR_INPUT. */
CliExit cli_complain_error (const GError *error, CliExit input);

/** What the exit statuses mean: translated, for help. */
const char *cli_exit_help (void);

/**
 * cli_parse:
 * @usage: what follows the options: "SCENARIO|FILE"
 * @entries, @more: (nullable): tables of options
 *
 * Reads the options of a command, `--help` included. FALSE when they are wrong, with the complaint made.
 */
gboolean cli_parse (const CliCommand *command,
                    int *argc,
                    char ***argv,
                    const char *usage,
                    const GOptionEntry *entries,
                    const GOptionEntry *more);

/** Writes all of @bytes; FALSE with @error (%HP_ERROR_FAILED) where it cannot. @name: for the message. */
gboolean cli_write (int file, const char *name, const void *bytes, gsize n, GError **error);
/** Writes @text to standard output. Returns CLI_DONE, or CLI_OUTPUT with the complaint made. */
CliExit cli_print (const char *text);

G_END_DECLS
