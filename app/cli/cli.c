/* cli.c - how the commands complain, read their options and print
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "cli.h"

#include "base/error.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define PROGRAM "heaparium-cli"

/* One line, whatever was put into it. */
static void
say (const char *message)
{
  g_autofree char *line = g_strdelimit (g_strdup (message), "\r\n", ' ');

  g_printerr (PROGRAM ": %s\n", line);
}

CliExit
cli_complain (CliExit exit, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  say (message);
  return exit;
}

CliExit
cli_complain_usage (const char *command, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  say (message);
  g_printerr (_ ("Try “%s %s --help”.\n"), PROGRAM, command);
  return CLI_USAGE;
}

CliExit
cli_complain_error (const GError *error, CliExit input)
{
  CliExit exit = CLI_USAGE;

  if (g_error_matches (error, HP_ERROR, HP_ERROR_PLUGIN))
    exit = CLI_PLUGIN;
  else if (g_error_matches (error, HP_ERROR, HP_ERROR_RUN))
    exit = CLI_ENDED;
  else if (g_error_matches (error, HP_ERROR, HP_ERROR_FAILED))
    exit = CLI_OUTPUT;
  else if (!g_error_matches (error, HP_ERROR, HP_ERROR_NOT_FOUND))
    exit = input;
  say (error->message);
  return exit;
}

const char *
cli_exit_help (void)
{
  return _ ("Exit status:\n"
            "  0  done\n"
            "  1  the run ended otherwise: out of memory, stack overflow, stopped …; or a check failed\n"
            "  2  wrong usage\n"
            "  3  an input file cannot be read or is not what it should be\n"
            "  4  a plugin was refused or crashed\n"
            "  5  the output cannot be written\n"
            "  6  a policy broke a rule\n");
}

gboolean
cli_parse (const CliCommand *command,
           int *argc,
           char ***argv,
           const char *usage,
           const GOptionEntry *entries,
           const GOptionEntry *more)
{
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autofree char *name = g_strconcat (PROGRAM " ", command->name, NULL);
  g_autoptr (GError) error = NULL;

  /* GOption takes the program's name for the usage line from here. */
  g_set_prgname (name);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, command->summary);
  g_option_context_set_description (context, cli_exit_help ());
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (more != NULL)
    g_option_context_add_main_entries (context, more, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  cli_complain_usage (command->name, "%s", error->message);
  return FALSE;
}

gboolean
cli_write (int file, const char *name, const void *bytes, gsize n, GError **error)
{
  const char *next = bytes;

  while (n > 0)
    {
      ssize_t written = write (file, next, n);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          g_set_error (error, HP_ERROR, HP_ERROR_FAILED, _ ("cannot write %s: %s"), name, g_strerror (errno));
          return FALSE;
        }
      next += written;
      n -= (gsize) written;
    }
  return TRUE;
}

CliExit
cli_print (const char *text)
{
  g_autoptr (GError) error = NULL;

  if (cli_write (STDOUT_FILENO, _ ("to standard output"), text, strlen (text), &error))
    return CLI_DONE;
  return cli_complain_error (error, CLI_OUTPUT);
}
