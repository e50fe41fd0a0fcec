/* main.c - heaparium-cli: finds the command and hands over
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "cli.h"

#include "config.h"
#include "plugin/suggest.h"

#include <locale.h>
#include <string.h>

static const CliCommand COMMANDS[] = {
  { "list", N_ ("List scenarios, policies and views, and what was refused"), cli_list },
  { "run", N_ ("Run a scenario and say what happened, in numbers"), cli_run },
  { "compare", N_ ("Run a scenario under several policies, a row of numbers each"), cli_compare },
  { "sweep", N_ ("Run a scenario over a grid of settings, a row of numbers each"), cli_sweep },
  { "fidelity", N_ ("Put a run beside what Node.js logged of the same program"), cli_fidelity },
  { "pages", N_ ("Count the page faults of a memory-access trace under many policies"), cli_pages },
  { "render", N_ ("Draw one moment of a run as PNG, SVG or PDF"), cli_render },
  { "describe", N_ ("Say one moment of a run in words"), cli_describe },
  { "verify", N_ ("Check the heap during a run, and that its recording folds"), cli_verify },
  { "watch", N_ ("Watch the memory of a live process"), cli_watch },
  { "check-policy", N_ ("Try a policy on random programs and scenarios, under a referee"), cli_check_policy },
};

static CliExit
show_help (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append (text,
                   _ ("Heaparium on the command line: run programs on a simulated machine, look at its memory.\n\n"));
  g_string_append (text,
                   _ ("Usage:\n"
                      "  heaparium-cli COMMAND [OPTION…] [SCENARIO|FILE]\n"
                      "  heaparium-cli help COMMAND\n"
                      "  heaparium-cli --version\n\n"
                      "Commands:\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    g_string_append_printf (text, "  %-12s %s\n", COMMANDS[i].name, _ (COMMANDS[i].summary));
  g_string_append (
      text,
      _ ("\nSCENARIO is the id of a scenario, as listed. FILE is a recording, or a file that some scenario\n"
         "recognises by its content, such as a memory-access trace; “-” is standard input.\n\n"));
  g_string_append (text, cli_exit_help ());
  return cli_print (text->str);
}

static const CliCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    if (strcmp (COMMANDS[i].name, name) == 0)
      return &COMMANDS[i];
  return NULL;
}

static CliExit
refuse_command (const char *name)
{
  const char *names[G_N_ELEMENTS (COMMANDS) + 1] = { NULL };
  const char *meant;

  for (gsize i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    names[i] = COMMANDS[i].name;
  meant = hp_suggest (name, names);
  if (*name == '-')
    cli_complain (CLI_USAGE, _ ("unknown option %s"), name);
  else if (meant != NULL)
    cli_complain (CLI_USAGE, _ ("no command “%s”; did you mean “%s”?"), name, meant);
  else
    cli_complain (CLI_USAGE, _ ("no command “%s”"), name);
  g_printerr ("%s", _ ("Try “heaparium-cli --help”.\n"));
  return CLI_USAGE;
}

/* `help COMMAND` is `COMMAND --help`. */
static CliExit
help (const char *name)
{
  const CliCommand *command = name ? find_command (name) : NULL;
  char *arguments[] = { (char *) name, (char *) "--help", NULL };

  if (name == NULL)
    return show_help ();
  return command != NULL ? command->run (command, 2, arguments) : refuse_command (name);
}

int
main (int argc, char **argv)
{
  const CliCommand *command;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, HP_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (argc < 2)
    {
      cli_complain (CLI_USAGE, "%s", _ ("which command?"));
      g_printerr ("%s", _ ("Try “heaparium-cli --help”.\n"));
      return CLI_USAGE;
    }
  if (strcmp (argv[1], "--version") == 0)
    return cli_print ("heaparium-cli " HP_VERSION "\n");
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    return show_help ();
  if (strcmp (argv[1], "help") == 0)
    return help (argv[2]);
  command = find_command (argv[1]);
  return command != NULL ? command->run (command, argc - 1, argv + 1) : refuse_command (argv[1]);
}
