/* worker.c - one run of heaparium-cli as a child, or one recording file, on its way into a recording
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "worker.h"

#include "base/input.h"
#include "config.h"
#include "feed.h"

#include <glib/gi18n.h>
#include <signal.h>

#define SILENCE_USEC (2 * G_USEC_PER_SEC)
#define LOOK_MSEC 250
#define MOST_COMPLAINT 4096

struct _HpWorker
{
  GObject parent_instance;

  HpRecording *recording; /* borrowed */
  HpFeed *feed;
  GSubprocess *child; /* NULL while a file is read */
  GCancellable *cancellable;
  GString *complaint; /* the end of what the child wrote to stderr */
  GError *feed_error;
  gint64 last_sign; /* monotonic */
  gint64 patience;  /* how long to be silent before saying so */
  guint memory_mib; /* the limit, for the message */
  guint look_id;
  gboolean silent;

  /* The run is over when all of them are. */
  gboolean feed_ended;
  gboolean child_ended;
  gboolean complaint_ended;
};

G_DEFINE_FINAL_TYPE (HpWorker, hp_worker, G_TYPE_OBJECT)

enum
{
  PROP_SILENT = 1,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum
{
  GREW,
  ENDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* ---- finding the program ---------------------------------------------------------------------------------------- */

static char *
executable_in (const char *folder, const char *relative)
{
  g_autofree char *path = g_build_filename (folder, relative, "heaparium-cli", NULL);

  return g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) ? g_steal_pointer (&path) : NULL;
}

char *
hp_worker_find_program (GError **error)
{
  const char *told = g_getenv ("HEAPARIUM_CLI");
  g_autofree char *self_path = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self_path ? g_path_get_dirname (self_path) : g_strdup (".");
  char *path;

  if (told && *told)
    return g_strdup (told);
  path = executable_in (folder, ".");
  if (!path)
    path = executable_in (folder, "../cli");
  if (!path)
    path = executable_in (HP_BIN_DIR, ".");
  if (!path)
    path = g_find_program_in_path ("heaparium-cli");
  if (!path)
    g_set_error (
        error, HP_ERROR, HP_ERROR_FAILED, _ ("The program heaparium-cli, which performs the runs, was not found"));
  return path;
}

/* ---- what happened, in words ------------------------------------------------------------------------------------ */

static char *
describe_signal (int number)
{
  switch (number)
    {
    case SIGKILL:
      return g_strdup (_ ("The run was killed from outside (signal 9)."));
    case SIGXCPU:
      return g_strdup (_ ("The run used all the processor time it was allowed."));
    case SIGSEGV:
    case SIGBUS:
      return g_strdup (_ ("The run crashed: a scenario or policy used memory that is not its own."));
    case SIGABRT:
      return g_strdup (_ ("The run crashed: the program stopped itself after an error."));
    default:
      return g_strdup_printf (_ ("The run was ended by signal %d (%s)."), number, g_strsignal (number));
    }
}

/* The program's own last line says best what was wrong; its name in front of it tells the person nothing. */
static char *
last_complaint (HpWorker *self)
{
  g_auto (GStrv) lines = g_strsplit (self->complaint->str, "\n", -1);
  const char *last = NULL;

  for (guint i = 0; lines[i]; i++)
    if (*g_strstrip (lines[i]))
      last = lines[i];
  if (!last)
    return NULL;
  if (g_str_has_prefix (last, "heaparium-cli: "))
    last += strlen ("heaparium-cli: ");
  return g_utf8_make_valid (last, -1);
}

/* GLib's words when there is no more memory; never translated. */
static gboolean
is_about_memory (const char *complaint)
{
  return complaint && strstr (complaint, "failed to allocate") != NULL;
}

/* How the run itself ended, by the last event. NULL: as it should. */
static char *
describe_ending (HpWorker *self)
{
  guint64 length = hp_recording_length (self->recording);
  const HpEvent *last = length > 0 ? hp_recording_event (self->recording, length - 1) : NULL;
  const char *message;

  if (!last || hp_event_type (last) != HP_EVENT_END)
    return NULL;
  if (hp_event_detail (last) == HP_ENDING_COMPLETED)
    return NULL;
  message = hp_definitions_string (hp_recording_definitions (self->recording), last->x);
  if (message && *message)
    return g_strdup (message);
  if (hp_event_detail (last) == HP_ENDING_EVENT_LIMIT)
    return g_strdup (_ ("The run went on, but no more events were recorded."));
  return g_strdup_printf (_ ("The run ended early: %s."), hp_ending_name (hp_event_detail (last)));
}

static char *
describe_end (HpWorker *self)
{
  g_autofree char *ending = describe_ending (self);
  g_autofree char *complaint = last_complaint (self);

  if (ending)
    return g_steal_pointer (&ending);
  if (is_about_memory (complaint))
    return g_strdup_printf (_ ("The run asked for more than the %u MiB of memory it may use."), self->memory_mib);
  if (self->child && g_subprocess_get_if_signaled (self->child))
    return describe_signal (g_subprocess_get_term_sig (self->child));
  if (self->child && g_subprocess_get_exit_status (self->child) != 0)
    return complaint
               ? g_steal_pointer (&complaint)
               : g_strdup_printf (_ ("The run failed with status %d."), g_subprocess_get_exit_status (self->child));
  return self->feed_error ? g_strdup (self->feed_error->message) : NULL;
}

/* ---- the run goes on, and ends ---------------------------------------------------------------------------------- */

static void
set_silent (HpWorker *self, gboolean silent)
{
  if (self->silent == silent)
    return;
  self->silent = silent;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SILENT]);
}

static void
end_if_all_over (HpWorker *self)
{
  g_autofree char *message = NULL;

  if (!self->feed_ended || !self->child_ended || !self->complaint_ended)
    return;
  g_clear_handle_id (&self->look_id, g_source_remove);
  set_silent (self, FALSE);
  message = describe_end (self);
  g_signal_emit (self, signals[ENDED], 0, message);
}

static void
on_grew (gpointer user_data)
{
  HpWorker *self = user_data;

  self->last_sign = g_get_monotonic_time ();
  self->patience = SILENCE_USEC;
  set_silent (self, FALSE);
  g_signal_emit (self, signals[GREW], 0);
}

static void
on_feed_ended (gpointer user_data, const GError *error)
{
  HpWorker *self = user_data;

  self->feed_ended = TRUE;
  self->feed_error = error ? g_error_copy (error) : NULL;
  /* Bytes that cannot be read: no use in letting the child go on. */
  if (error && self->child)
    g_subprocess_force_exit (self->child);
  g_object_ref (self);
  end_if_all_over (self);
  g_object_unref (self);
}

static gboolean
on_look (gpointer data)
{
  HpWorker *self = data;

  if (g_get_monotonic_time () - self->last_sign > self->patience)
    set_silent (self, TRUE);
  return G_SOURCE_CONTINUE;
}

static void
on_child_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean cancelled;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error);
  cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (cancelled)
    return;
  HP_WORKER (user_data)->child_ended = TRUE;
  end_if_all_over (HP_WORKER (user_data));
}

static void
on_complaint (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HpWorker *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!bytes || g_bytes_get_size (bytes) == 0)
    {
      self->complaint_ended = TRUE;
      end_if_all_over (self);
      return;
    }
  g_string_append_len (self->complaint, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (self->complaint->len > MOST_COMPLAINT)
    g_string_erase (self->complaint, 0, self->complaint->len - MOST_COMPLAINT);
  g_input_stream_read_bytes_async (
      G_INPUT_STREAM (source), MOST_COMPLAINT, G_PRIORITY_DEFAULT, self->cancellable, on_complaint, self);
}

/* ---- starting --------------------------------------------------------------------------------------------------- */

static void
start_feed (HpWorker *self, GInputStream *stream)
{
  static const HpFeedCallbacks callbacks = { on_grew, on_feed_ended };

  self->last_sign = g_get_monotonic_time ();
  self->feed = hp_feed_start (stream, self->recording, &callbacks, self);
}

static char **
command_line (const HpPlan *plan, const HpWorkerLimits *limits, GError **error)
{
  g_autofree char *program = hp_worker_find_program (error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) arguments = hp_plan_arguments (plan);

  if (!program)
    return NULL;
  g_strv_builder_add (builder, program);
  g_strv_builder_addv (builder, (const char **) arguments);
  g_strv_builder_add_many (builder, "--record", "-", "--stream", NULL);
  if (limits->event_limit > 0)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, limits->event_limit);
      g_strv_builder_add_many (builder, "--event-limit", text, NULL);
    }
  if (limits->memory_mib > 0)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT "M", limits->memory_mib);
      g_strv_builder_add_many (builder, "--memory-limit", text, NULL);
    }
  return g_strv_builder_end (builder);
}

gboolean
hp_worker_run (HpWorker *self, const HpPlan *plan, const HpWorkerLimits *limits, GError **error)
{
  g_auto (GStrv) command = command_line (plan, limits, error);

  g_return_val_if_fail (!self->feed, FALSE);

  if (!command)
    return FALSE;
  self->memory_mib = (guint) limits->memory_mib;
  /* Every descriptor of ours is close-on-exec; handing over the rest lets GLib use posix_spawn, which is 30 times
   * faster than fork in a process this large. */
  self->child = g_subprocess_newv ((const char *const *) command,
                                   G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE
                                       | G_SUBPROCESS_FLAGS_INHERIT_FDS,
                                   error);
  if (!self->child)
    return FALSE;
  g_subprocess_wait_async (self->child, self->cancellable, on_child_ended, self);
  g_input_stream_read_bytes_async (g_subprocess_get_stderr_pipe (self->child),
                                   MOST_COMPLAINT,
                                   G_PRIORITY_DEFAULT,
                                   self->cancellable,
                                   on_complaint,
                                   self);
  start_feed (self, g_subprocess_get_stdout_pipe (self->child));
  self->look_id = g_timeout_add (LOOK_MSEC, on_look, self);
  return TRUE;
}

gboolean
hp_worker_load (HpWorker *self, const char *path, GError **error)
{
  g_autoptr (GInputStream) stream = hp_input_open (path, error);

  g_return_val_if_fail (!self->feed, FALSE);

  if (!stream)
    return FALSE;
  self->child_ended = TRUE;
  self->complaint_ended = TRUE;
  start_feed (self, stream);
  return TRUE;
}

void
hp_worker_stop (HpWorker *self)
{
  g_return_if_fail (HP_IS_WORKER (self));

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->feed, hp_feed_stop);
  if (self->child && !self->child_ended)
    g_subprocess_force_exit (self->child);
}

/* Each time the person is asked later, so that a long silent run can be waited for. */
void
hp_worker_wait (HpWorker *self)
{
  g_return_if_fail (HP_IS_WORKER (self));

  self->patience = 2 * (g_get_monotonic_time () - self->last_sign);
  set_silent (self, FALSE);
}

gboolean
hp_worker_is_silent (HpWorker *self)
{
  return self->silent;
}

int
hp_worker_pid (HpWorker *self)
{
  const char *text = self->child ? g_subprocess_get_identifier (self->child) : NULL;

  return text ? (int) g_ascii_strtoll (text, NULL, 10) : 0;
}

/* ---- the object ------------------------------------------------------------------------------------------------- */

static void
hp_worker_dispose (GObject *object)
{
  hp_worker_stop (HP_WORKER (object));
  G_OBJECT_CLASS (hp_worker_parent_class)->dispose (object);
}

static void
hp_worker_finalize (GObject *object)
{
  HpWorker *self = HP_WORKER (object);

  g_clear_object (&self->child);
  g_clear_object (&self->cancellable);
  g_string_free (self->complaint, TRUE);
  g_clear_error (&self->feed_error);
  G_OBJECT_CLASS (hp_worker_parent_class)->finalize (object);
}

static void
hp_worker_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SILENT)
    g_value_set_boolean (value, HP_WORKER (object)->silent);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hp_worker_class_init (HpWorkerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = hp_worker_dispose;
  object_class->finalize = hp_worker_finalize;
  object_class->get_property = hp_worker_get_property;
  properties[PROP_SILENT] = g_param_spec_boolean (
      "silent", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[GREW] = g_signal_new ("grew", HP_TYPE_WORKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new (
      "ended", HP_TYPE_WORKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hp_worker_init (HpWorker *self)
{
  self->cancellable = g_cancellable_new ();
  self->complaint = g_string_new (NULL);
  self->patience = SILENCE_USEC;
}

HpWorker *
hp_worker_new (HpRecording *recording)
{
  HpWorker *self = g_object_new (HP_TYPE_WORKER, NULL);

  self->recording = recording;
  return self;
}
