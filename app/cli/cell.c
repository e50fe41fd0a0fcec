/* cell.c - one run of many, each in a process of its own
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "cell.h"

#include "guard.h"
#include "progress.h"

#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

CliCell *
cli_cell_new (GStrv arguments)
{
  CliCell *self = g_new0 (CliCell, 1);

  self->arguments = arguments;
  return self;
}

void
cli_cell_free (CliCell *self)
{
  g_strfreev (self->arguments);
  g_clear_pointer (&self->result, json_object_unref);
  g_free (self->reason);
  g_free (self);
}

gboolean
cli_cell_is_finished (const CliCell *self)
{
  return self->result != NULL || self->reason != NULL;
}

/* ---- what a process left ----------------------------------------------------------------------------------------- */

static JsonObject *
parse_result (const char *text)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_dup_object (root) : NULL;
}

/* The first line that it said, without its name. */
static char *
parse_complaint (const char *text)
{
  static const char NAME[] = "heaparium-cli: ";

  if (g_str_has_prefix (text, NAME))
    text += strlen (NAME);
  return g_strndup (text, strcspn (text, "\n"));
}

static void
finish (CliCell *self, GSubprocess *process, const char *output, const char *complaint)
{
  self->result = parse_result (output);
  if (g_subprocess_get_successful (process) && self->result != NULL)
    return;
  if (*complaint != '\0')
    self->reason = parse_complaint (complaint);
  else if (g_subprocess_get_if_signaled (process))
    self->reason = g_strdup_printf (_ ("killed by %s"), g_strsignal (g_subprocess_get_term_sig (process)));
  else
    self->reason = g_strdup_printf (_ ("ended with status %d"), g_subprocess_get_exit_status (process));
}

/* ---- many at a time ---------------------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *cells;
  guint next, n_done;
  GPtrArray *running; /* of GSubprocess */
  gboolean stopped;
  GMainLoop *loop;
  CliProgress progress;
} Pool;

typedef struct
{
  Pool *pool;
  CliCell *cell;
} Task;

static void start_next (Pool *self);

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Task *task = user_data;
  Pool *self = task->pool;
  GSubprocess *process = G_SUBPROCESS (source);
  g_autofree char *output = NULL, *complaint = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_subprocess_communicate_utf8_finish (process, result, &output, &complaint, &error))
    task->cell->reason = g_strdup (error->message);
  else if (!self->stopped)
    finish (task->cell, process, output, complaint);
  self->n_done++;
  cli_progress_show (&self->progress, (double) self->n_done / self->cells->len);
  g_ptr_array_remove_fast (self->running, process);
  start_next (self);
}

/* In the new process: a group of its own, since Ctrl-C is for whoever collects the results. */
static void
set_up_child (gpointer user_data)
{
  setpgid (0, 0);
  cli_guard_follow_parent ();
}

static GSubprocess *
spawn (const CliCell *cell, GError **error)
{
  g_autoptr (GSubprocessLauncher)
      launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *program = g_file_read_link ("/proc/self/exe", error);

  if (program == NULL)
    return NULL;
  g_subprocess_launcher_set_child_setup (launcher, set_up_child, NULL, NULL);
  g_ptr_array_add (argv, program);
  g_ptr_array_add (argv, (gpointer) "run");
  g_ptr_array_add (argv, (gpointer) "--statistics");
  g_ptr_array_add (argv, (gpointer) "--json");
  for (GStrv argument = cell->arguments; *argument != NULL; argument++)
    g_ptr_array_add (argv, *argument);
  g_ptr_array_add (argv, NULL);
  return g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, error);
}

static void
start_next (Pool *self)
{
  while (!self->stopped && self->next < self->cells->len)
    {
      CliCell *cell = g_ptr_array_index (self->cells, self->next++);
      g_autoptr (GError) error = NULL;
      GSubprocess *process = cli_cell_is_finished (cell) ? NULL : spawn (cell, &error);
      Task task = { self, cell };

      if (process != NULL)
        {
          g_ptr_array_add (self->running, process);
          g_subprocess_communicate_utf8_async (process, NULL, NULL, on_done, g_memdup2 (&task, sizeof task));
          return;
        }
      if (error != NULL)
        cell->reason = g_strdup (error->message);
      self->n_done++;
    }
  if (self->running->len == 0)
    g_main_loop_quit (self->loop);
}

static gboolean
on_stop (gpointer user_data)
{
  Pool *self = user_data;

  self->stopped = TRUE;
  for (guint i = 0; i < self->running->len; i++)
    g_subprocess_force_exit (g_ptr_array_index (self->running, i));
  return G_SOURCE_CONTINUE;
}

gboolean
cli_cells_run (GPtrArray *cells, guint jobs)
{
  Pool self = { .cells = cells, .running = g_ptr_array_new_with_free_func (g_object_unref) };
  guint interrupt = g_unix_signal_add (SIGINT, on_stop, &self);
  guint terminate = g_unix_signal_add (SIGTERM, on_stop, &self);

  self.loop = g_main_loop_new (NULL, FALSE);
  self.progress = cli_progress_begin ();
  for (guint i = 0; i < MAX (jobs != 0 ? jobs : g_get_num_processors (), 1); i++)
    start_next (&self);
  if (self.running->len > 0)
    g_main_loop_run (self.loop);
  cli_progress_end (&self.progress);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  g_main_loop_unref (self.loop);
  g_ptr_array_unref (self.running);
  return !self.stopped;
}
