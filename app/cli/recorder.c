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
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LIVE_USEC (G_USEC_PER_SEC / 10)

struct _CliRecorder
{
  int file;
  char *name; /* for messages */
  HpEncoder *encoder;
  HpListener inner; /* the encoder's */
  gboolean live;
  gint64 last_flush; /* monotonic */
  GError *error;     /* the first; nothing is written after it */
};

static gboolean
write_bytes (gpointer user_data, const guint8 *bytes, gsize n)
{
  CliRecorder *self = user_data;

  if (self->error != NULL)
    return FALSE;
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

  self->inner.define (self->inner.self, definitions, kind, id);
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

  self->inner.events (self->inner.self, events, n);
  if (is_time (self))
    hp_encoder_flush (self->encoder);
}

/* A scenario whose operations make few events fills no batch for long; but it tells how far it is. */
void
cli_recorder_beat (gpointer user_data, double fraction)
{
  CliRecorder *self = user_data;

  if (!is_time (self))
    return;
  hp_machine_flush (cli_guard_machine);
  hp_encoder_flush (self->encoder);
}

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
