/* memory-trace.c - replays a memory-access trace of a real program through the pager
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "base/input.h"
#include "memory/future.h"
#include "memory/lackey.h"
#include "plugin/plugin.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define PIECE_BYTES (1024 * 1024)
/* Each of the first faults is told in words, and later each time that there were so much more, as a fraction. */
#define FAULTS_TOLD_SINGLY 64

typedef struct
{
  HpScenarioContext *context;
  HpMachine *machine;
  const HpCounters *counters;
  gboolean data_only;
  guint64 n_replayed;
  guint64 next_told; /* so many faults, and the next explanation is due */
  HpFuture *future;  /* (nullable): for a policy that needs it */
  char *spool;       /* (nullable): standard input in a file, to be read twice */
} Replay;

/* ---- references ------------------------------------------------------------------------------------------------- */

static void
tell (Replay *self)
{
  guint64 minor = self->counters->minor_faults, major = self->counters->major_faults;
  g_autofree char *replayed = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_replayed);
  g_autofree char *faults = g_strdup_printf ("%" G_GUINT64_FORMAT, minor + major);
  g_autofree char *first = g_strdup_printf ("%" G_GUINT64_FORMAT, minor);
  g_autofree char *disk = g_strdup_printf ("%" G_GUINT64_FORMAT, major);
  g_autofree char *text = g_strdup_printf (
      _ ("References so far: %s. Page faults: %s (at a first touch: %s, read from disk: %s)."),
      replayed,
      faults,
      first,
      disk);

  hp_machine_explain (self->machine, text);
}

static guint64
count_faults (const Replay *self)
{
  return self->counters->minor_faults + self->counters->major_faults;
}

/* As the machine takes them. Returns how many there are. */
static gsize
pack (const Replay *self, const HpLackeyReference *references, gsize n, guint64 *packed)
{
  gsize n_packed = 0;

  for (gsize i = 0; i < n; i++)
    {
      packed[n_packed] = hp_reference (references[i].address, hp_lackey_reference_writes (&references[i]));
      n_packed += !self->data_only || references[i].access != HP_LACKEY_INSTRUCTION;
    }
  return n_packed;
}

static void
replay (gpointer user_data, const HpLackeyReference *references, gsize n)
{
  Replay *self = user_data;
  guint64 packed[HP_LACKEY_BATCH];
  gsize n_packed = pack (self, references, n, packed), n_done = 0;

  while (n_done < n_packed && hp_machine_is_running (self->machine))
    {
      gsize n_now = hp_machine_touch_many (
          self->machine, packed + n_done, n_packed - n_done, self->next_told - count_faults (self));
      guint64 faults = count_faults (self);

      n_done += n_now;
      self->n_replayed += n_now;
      if (faults < self->next_told)
        continue;
      tell (self);
      self->next_told = faults + MAX (faults / FAULTS_TOLD_SINGLY, 1);
    }
}

/* ---- the future -------------------------------------------------------------------------------------------------- */

static void
foresee (gpointer user_data, const HpLackeyReference *references, gsize n)
{
  Replay *self = user_data;
  guint64 packed[HP_LACKEY_BATCH];

  if (!hp_future_add (self->future, packed, pack (self, references, n, packed)))
    hp_machine_fail (self->machine, _ ("the trace is too long for a policy that needs to know its future"));
}

static gboolean
spool_input (Replay *self, GError **error)
{
  g_autoptr (GInputStream) input = hp_input_open ("-", error);
  g_autoptr (GFileIOStream) spool = NULL;
  g_autoptr (GFile) file = NULL;

  if (input == NULL)
    return FALSE;
  file = g_file_new_tmp ("heaparium-trace-XXXXXX", &spool, error);
  if (file == NULL)
    return FALSE;
  self->spool = g_file_get_path (file);
  return g_output_stream_splice (
             g_io_stream_get_output_stream (G_IO_STREAM (spool)), input, G_OUTPUT_STREAM_SPLICE_NONE, NULL, error)
         >= 0;
}

/* ---- progress --------------------------------------------------------------------------------------------------- */

static void
report_progress (Replay *self, GInputStream *stream)
{
  double progress = hp_input_progress (stream);

  if (progress >= 0)
    hp_scenario_context_progress (self->context, progress);
}

/* ---- the whole file --------------------------------------------------------------------------------------------- */

/* FALSE with @error when the trace is not what it should be; TRUE also when the run ended before the file. */
static gboolean
read_trace (Replay *self, GInputStream *stream, HpLackeyReader *reader, GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  gssize n;

  while ((n = g_input_stream_read (stream, piece, PIECE_BYTES, NULL, error)) > 0)
    {
      if (!hp_lackey_reader_feed (reader, piece, (gsize) n, error))
        return FALSE;
      if (!hp_machine_is_running (self->machine))
        return TRUE;
      report_progress (self, stream);
    }
  return n == 0 && hp_lackey_reader_finish (reader, error);
}

static gboolean
read_file (Replay *self, const char *path, HpLackeyFunc function, GError **error)
{
  g_autoptr (GInputStream) stream = hp_input_open (self->spool != NULL ? self->spool : path, error);
  g_autoptr (HpLackeyReader) reader = NULL;

  if (stream == NULL)
    return FALSE;
  reader = hp_lackey_reader_new (g_str_equal (path, "-") ? _ ("standard input") : path, function, self);
  return read_trace (self, stream, reader, error);
}

/* What is wrong with the trace is said when it is replayed: the references before it have their future. */
static gboolean
find_future (Replay *self, const char *path, GError **error)
{
  const guint32 *next_uses;
  gsize n;

  if (g_str_equal (path, "-") && !spool_input (self, error))
    return FALSE;
  self->future = hp_future_new (hp_machine_page_bytes (self->machine));
  read_file (self, path, foresee, NULL);
  next_uses = hp_future_finish (self->future, &n);
  hp_machine_set_future (self->machine, next_uses, n);
  return TRUE;
}

static gboolean
replay_file (Replay *self, const char *path, GError **error)
{
  if (hp_machine_needs_future (self->machine) && !find_future (self, path, error))
    return FALSE;
  return read_file (self, path, replay, error);
}

static void
clear (Replay *self)
{
  if (self->future != NULL)
    hp_machine_set_future (self->machine, NULL, 0);
  g_clear_pointer (&self->future, hp_future_free);
  if (self->spool != NULL)
    g_unlink (self->spool);
  g_clear_pointer (&self->spool, g_free);
}

static void
begin (Replay *self, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *title = g_strdup_printf (_ ("Replay of %s"), name);

  hp_machine_chapter (self->machine, title);
  hp_machine_explain (
      self->machine,
      self->data_only
          ? _ ("Each load and store of the traced program touches one page. All page frames are still empty.")
          : _ ("Each instruction fetch, load and store of the traced program touches one page. All page frames are "
               "still empty."));
}

static void
run (HpScenarioContext *context)
{
  const HpSettings *settings = hp_scenario_context_settings (context);
  HpMachine *machine = hp_scenario_context_machine (context);
  const char *path = hp_settings_get_text (settings, "file");
  g_autoptr (GError) error = NULL;
  Replay self = {
    .context = context,
    .machine = machine,
    .counters = hp_machine_counters (machine),
    .data_only = hp_settings_get_boolean (settings, "data-only"),
  };

  if (*path == '\0')
    {
      hp_machine_fail (machine, _ ("No trace was given: set “file” to one."));
      return;
    }
  begin (&self, path);
  self.next_told = count_faults (&self) + 1;
  if (!replay_file (&self, path, &error))
    hp_machine_fail (machine, "%s", error->message);
  else if (hp_machine_is_running (machine))
    tell (&self);
  clear (&self);
}

static const HpScenario scenario = {
  .struct_size = sizeof (HpScenario),
  .recognises = hp_lackey_recognises,
  .run = run,
};

HP_DEFINE_SCENARIO ("memory-trace", scenario)
