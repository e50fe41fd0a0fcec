/* guard.c - catches crashes of plugins, stops runs by signal, and sets limits
 *
 * A handler may call only what is async-signal-safe: it puts its line together in a buffer of its own and leaves by
 * _exit(). What was recorded and not yet written, the recorder writes then.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "guard.h"

#include "cli.h"
#include "recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define STACK_BYTES (64 * 1024)

HpMachine *volatile cli_guard_machine;

/* SIGTRAP is how g_error() ends a program, as when memory runs out. */
static const struct
{
  int number;
  const char *name;
} CRASHES[] = {
  { SIGSEGV, "segmentation fault" },
  { SIGBUS, "bus error" },
  { SIGFPE, "arithmetic error" },
  { SIGILL, "illegal instruction" },
  { SIGABRT, "abort" },
  { SIGTRAP, "fatal error" },
  { SIGSYS, "forbidden system call" },
  { SIGXCPU, "its limit of processor time was reached" },
};

/* What the handlers tell; filled beforehand. */
static struct
{
  char who[1024];
  char fatal[256]; /* the last words of g_error(), if any */
  gboolean running;
  gboolean is_polled;
  volatile sig_atomic_t is_stopped;
} told;

/* ---- in the handlers -------------------------------------------------------------------------------------------- */

typedef struct
{
  char text[1600];
  gsize n;
} Line;

static void
append (Line *line, const char *text)
{
  while (*text != '\0' && line->n < sizeof line->text)
    line->text[line->n++] = *text++;
}

static void
append_number (Line *line, guint64 number)
{
  char digits[24];
  gsize i = sizeof digits;

  digits[--i] = '\0';
  do
    digits[--i] = (char) ('0' + number % 10);
  while ((number /= 10) != 0);
  append (line, digits + i);
}

static const char *
name_of (int number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CRASHES); i++)
    if (CRASHES[i].number == number)
      return CRASHES[i].name;
  return "signal";
}

static void
on_crash (int number)
{
  Line line = { .n = 0 };
  HpMachine *machine = cli_guard_machine;
  ssize_t written;

  append (&line, "heaparium-cli: ");
  append (&line, told.who);
  append (&line, " crashed");
  if (machine != NULL)
    {
      append (&line, " at operation ");
      append_number (&line, hp_machine_counters (machine)->operations);
    }
  append (&line, " (");
  append (&line, told.fatal[0] != '\0' ? told.fatal : name_of (number));
  append (&line, ")\n");
  written = write (STDERR_FILENO, line.text, line.n);
  (void) written;
  cli_recorder_rescue ();
  _exit (CLI_PLUGIN);
}

/* Who waits for what never comes, goes on. */
static void
end_input (void)
{
  int nothing = open ("/dev/null", O_RDONLY | O_CLOEXEC);

  if (nothing < 0)
    return;
  dup2 (nothing, STDIN_FILENO);
  close (nothing);
}

/* The second time, or where no machine could be told, the signal does what it always does. */
static void
on_stop (int number)
{
  HpMachine *machine = cli_guard_machine;

  signal (number, SIG_DFL);
  told.is_stopped = TRUE;
  if (machine != NULL)
    hp_machine_cancel (machine);
  else if (told.is_polled)
    end_input ();
  else
    raise (number);
}

/* exit() called by a plugin: it must not look like the end of a run. */
static void
on_exit_inside (void)
{
  if (!told.running)
    return;
  g_strlcpy (told.fatal, "it ended the program", sizeof told.fatal);
  on_crash (0);
}

/* ---- outside ---------------------------------------------------------------------------------------------------- */

/* g_error() says its last words through here: they go into the one line of on_crash(). */
static GLogWriterOutput
keep_last_words (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer user_data)
{
  if (!told.running || (level & G_LOG_LEVEL_ERROR) == 0)
    return g_log_writer_default (level, fields, n, user_data);
  for (gsize i = 0; i < n; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0 && fields[i].length < 0)
      g_strlcpy (told.fatal, fields[i].value, sizeof told.fatal);
  return G_LOG_WRITER_HANDLED;
}

static void catch (int number, void (*handler) (int), int flags)
{
  struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

  sigemptyset (&action.sa_mask);
  sigaction (number, &action, NULL);
}

static void
catch_all (gboolean begin)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CRASHES); i++)
    catch (CRASHES[i].number, begin ? on_crash : SIG_DFL, begin ? SA_ONSTACK | SA_RESETHAND : 0);
  catch (SIGINT, begin ? on_stop : SIG_DFL, begin ? SA_RESTART : 0);
  catch (SIGTERM, begin ? on_stop : SIG_DFL, begin ? SA_RESTART : 0);
}

void
cli_guard_begin (const char *scenario, const char *policy)
{
  static char stack[STACK_BYTES];
  static gboolean is_set_up = FALSE;

  sigaltstack (&(stack_t){ .ss_sp = stack, .ss_size = sizeof stack }, NULL);
  if (!is_set_up)
    {
      g_log_set_writer_func (keep_last_words, NULL, NULL);
      atexit (on_exit_inside);
    }
  is_set_up = TRUE;
  if (policy != NULL)
    g_snprintf (told.who, sizeof told.who, _ ("the scenario “%s” or the policy “%s”"), scenario, policy);
  else
    g_snprintf (told.who, sizeof told.who, _ ("the scenario “%s”"), scenario);
  told.running = TRUE;
  catch_all (TRUE);
}

void
cli_guard_poll (void)
{
  told.is_polled = TRUE;
}

void
cli_guard_name (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_vsnprintf (told.who, sizeof told.who, format, arguments);
  va_end (arguments);
}

gboolean
cli_guard_is_stopped (void)
{
  return told.is_stopped;
}

void
cli_guard_end (void)
{
  told.running = told.is_polled = FALSE;
  cli_guard_machine = NULL;
  catch_all (FALSE);
}

static gboolean
limit (int resource, guint64 soft, guint64 hard, const char *what, GError **error)
{
  struct rlimit values = { soft, hard };

  if (soft == 0 || setrlimit (resource, &values) == 0)
    return TRUE;
  g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("cannot limit %s: %s"), what, g_strerror (errno));
  return FALSE;
}

gboolean
cli_guard_limit (guint64 memory_bytes, guint64 cpu_seconds, GError **error)
{
  /* Not RLIMIT_AS: a simulated heap reserves many more addresses than it uses. */
  return limit (RLIMIT_DATA, memory_bytes, memory_bytes, _ ("memory"), error)
         && limit (RLIMIT_CPU, cpu_seconds, cpu_seconds + 2, _ ("processor time"), error);
}

void
cli_guard_allow (guint cpu_seconds)
{
  struct rlimit values;
  struct rusage used;

  if (getrlimit (RLIMIT_CPU, &values) != 0 || getrusage (RUSAGE_SELF, &used) != 0)
    return;
  values.rlim_cur = MIN ((rlim_t) (used.ru_utime.tv_sec + used.ru_stime.tv_sec) + cpu_seconds, values.rlim_max);
  setrlimit (RLIMIT_CPU, &values);
}

void
cli_guard_follow_parent (void)
{
  pid_t parent = getppid ();

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (getppid () != parent) /* it died meanwhile */
    _exit (CLI_ENDED);
}
