/* recorder.c - writes what a machine reports to a file or to standard output
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recorder.h"

#include "cli.h"
#include "guard.h"
#include "recording/recording.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#define LIVE_USEC (G_USEC_PER_SEC / 10)
#define BEAT_USEC G_USEC_PER_SEC

struct _CliRecorder
{
  int file;
  char *name; /* for messages */
  HpEncoder *encoder;
  HpListener inner; /* the encoder's */
  gboolean live;
  volatile sig_atomic_t busy; /* a callback is at work: no handler may touch what it changes */
  gint64 last_flush;          /* monotonic */
  gint64 last_write;          /* the same */
  GError *error;              /* the first; nothing is written after it */
};

/* The one that a signal handler finds. */
static CliRecorder *current;
static pthread_t recording_thread;

static gboolean
write_bytes (gpointer user_data, const guint8 *bytes, gsize n)
{
  CliRecorder *self = user_data;

  if (self->error != NULL)
    return FALSE;
  self->last_write = g_get_monotonic_time ();
  if (cli_write (self->file, self->name, bytes, n, &self->error))
    return TRUE;
  /* A run that nobody can see is not worth going on with. */
  if (cli_guard_machine != NULL)
    hp_machine_cancel (cli_guard_machine);
  return FALSE;
}

static void
on_define (gpointer user_data, const HpDefinitions *definitions, HpDefinitionKind kind, guint32 id)
{
  CliRecorder *self = user_data;

  self->busy = TRUE;
  self->inner.define (self->inner.self, definitions, kind, id);
  self->busy = FALSE;
}

/* Whether 100 ms have passed since this was last true. */
static gboolean
is_time (CliRecorder *self)
{
  gint64 now = g_get_monotonic_time ();

  if (!self->live || now - self->last_flush < LIVE_USEC)
    return FALSE;
  self->last_flush = now;
  return TRUE;
}

static void
on_events (gpointer user_data, const HpEvent *events, gsize n)
{
  CliRecorder *self = user_data;

  self->busy = TRUE;
  self->inner.events (self->inner.self, events, n);
  if (is_time (self))
    hp_encoder_flush (self->encoder);
  self->busy = FALSE;
}

/* A scenario whose operations make few events fills no batch for long, and a long stretch of a trace has none until it
 * ends; but it tells how far it is. Whoever watches the pipe shall not take that for silence. */
void
cli_recorder_beat (gpointer user_data, double fraction)
{
  CliRecorder *self = user_data;

  if (!is_time (self))
    return;
  hp_machine_flush (cli_guard_machine);
  self->busy = TRUE;
  if (self->last_flush - self->last_write > BEAT_USEC)
    self->inner.events (self->inner.self, NULL, 0);
  hp_encoder_flush (self->encoder);
  self->busy = FALSE;
}

/* ---- from signal handlers --------------------------------------------------------------------------------------- */

/* The encoder's buffer is emptied first and then holds a whole batch, so that this allocates nothing: it copies and
 * calls write(). */
void
cli_recorder_rescue (void)
{
  CliRecorder *self = current;

  if (self == NULL || self->busy || cli_guard_machine == NULL || !pthread_equal (pthread_self (), recording_thread))
    return;
  hp_encoder_flush (self->encoder);
  hp_machine_flush (cli_guard_machine);
  hp_encoder_flush (self->encoder);
}

/* A plugin that is at work in its own code, or loops there, performs no operation at whose end anything could be
 * written. When no event came since the last tick the machine stands still, and its events may be taken from here. */
static void
on_tick (int number)
{
  static guint64 n_events_before;
  int saved = errno;
  HpMachine *machine = cli_guard_machine;
  guint64 n_events = machine ? hp_machine_count_events (machine) : 0;

  if (n_events == n_events_before)
    cli_recorder_rescue ();
  n_events_before = n_events;
  errno = saved;
}

static void
tick (gboolean begin)
{
  struct sigaction action = { .sa_handler = begin ? on_tick : SIG_IGN, .sa_flags = SA_RESTART };
  struct itimerval interval = { { 0, begin ? LIVE_USEC : 0 }, { 0, begin ? LIVE_USEC : 0 } };

  sigemptyset (&action.sa_mask);
  sigaction (SIGALRM, &action, NULL);
  setitimer (ITIMER_REAL, &interval, NULL);
}

/* ---- making one ------------------------------------------------------------------------------------------------- */

static gboolean
is_same_file (int file, const char *path)
{
  struct stat a, b;

  return path != NULL && fstat (file, &a) == 0 && stat (path, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Emptied only when it is sure that it is not what the run is going to read. */
static int
open_output (const char *path, const char *input, GError **error)
{
  int file;

  if (strcmp (path, "-") == 0 && isatty (STDOUT_FILENO))
    {
      g_set_error (
          error, HP_ERROR, HP_ERROR_NOT_FOUND, "%s", _ ("a recording is not for a terminal; name a file or redirect"));
      return -1;
    }
  if (strcmp (path, "-") == 0)
    return STDOUT_FILENO;
  file = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0)
    {
      g_set_error (error, HP_ERROR, HP_ERROR_FAILED, _ ("cannot write %s: %s"), path, g_strerror (errno));
      return -1;
    }
  if (is_same_file (file, input))
    {
      g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("%s is the input of the run; record to another file"), path);
      close (file);
      return -1;
    }
  /* What cannot be emptied, a pipe or a device, holds nothing. */
  if (ftruncate (file, 0) != 0)
    errno = 0;
  return file;
}

static void
add_fact (gpointer user_data, const char *key, const char *value)
{
  hp_encoder_fact (user_data, key, value);
}

CliRecorder *
cli_recorder_new (const char *path, gboolean live, const HpRun *run, GError **error)
{
  int file = open_output (path, hp_run_file (run), error);
  CliRecorder *self;

  if (file < 0)
    return NULL;
  self = g_new0 (CliRecorder, 1);
  self->file = file;
  self->name = g_strdup (file == STDOUT_FILENO ? _ ("to standard output") : path);
  self->live = live;
  self->encoder = hp_encoder_new (write_bytes, self);
  self->inner = hp_encoder_listener (self->encoder);
  hp_run_describe (run, add_fact, self->encoder);
  if (live)
    hp_encoder_flush (self->encoder);
  self->last_flush = g_get_monotonic_time ();
  current = self;
  recording_thread = pthread_self ();
  if (live)
    tick (TRUE);
  return self;
}

HpListener
cli_recorder_listener (CliRecorder *self)
{
  return (HpListener){ on_define, on_events, self };
}

gboolean
cli_recorder_close (CliRecorder *self, GError **error)
{
  gboolean fine;

  if (self->live)
    tick (FALSE);
  current = NULL;
  hp_encoder_free (self->encoder);
  /* A full disk may show only here. */
  if (close (self->file) != 0 && self->error == NULL)
    g_set_error (&self->error, HP_ERROR, HP_ERROR_FAILED, _ ("cannot write %s: %s"), self->name, g_strerror (errno));
  fine = self->error == NULL;
  if (!fine)
    g_propagate_error (error, self->error);
  g_free (self->name);
  g_free (self);
  return fine;
}
