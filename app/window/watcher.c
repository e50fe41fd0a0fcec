/* watcher.c - samples a live process again and again, on a thread
 *
 * Reading /proc of a large process takes milliseconds, and may take long where that process holds a lock. So each
 * sample is taken on a thread, one at a time: when one is not finished by the next tick, that tick is left out.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "watcher.h"

#include <gio/gio.h>

#define CAPACITY 1024 /* entries of the history: more than a chart can show */
#define INTERVAL 500
#define SHORTEST 10

struct _HpWatcher
{
  GObject parent_instance;

  HpProcess *process; /* NULL: stopped */
  guint pid;
  char *name;
  HpProcessHistory *history;
  HpWatcherState state;
  char *message;
  guint interval;
  guint tick;    /* source */
  gboolean busy; /* a thread reads */
};

G_DEFINE_FINAL_TYPE (HpWatcher, hp_watcher, G_TYPE_OBJECT)

enum
{
  SAMPLED,
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* ---- states ----------------------------------------------------------------------------------------------------- */

static gboolean on_tick (gpointer user_data);

/* Paused too: that the process ends is always told. */
static void
update_ticking (HpWatcher *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->state == HP_WATCHER_WATCHING || self->state == HP_WATCHER_PAUSED)
    self->tick = g_timeout_add (self->interval, on_tick, self);
}

static void
set_state (HpWatcher *self, HpWatcherState state)
{
  if (self->state == state)
    return;
  self->state = state;
  update_ticking (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- one sample ------------------------------------------------------------------------------------------------- */

typedef struct
{
  HpProcess *process;
  HpProcessVerdict verdict;
  HpProcessSample sample;
} Look;

static void
look_free (gpointer data)
{
  Look *self = data;

  hp_process_unref (self->process);
  g_free (self);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *self = data;
  GError *error = NULL;

  self->verdict = hp_process_sample (self->process, g_get_monotonic_time (), &self->sample, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* What is seen during a pause is left out. */
static void
on_looked (GObject *object, GAsyncResult *result, gpointer user_data)
{
  HpWatcher *self = HP_WATCHER (object);
  const Look *look = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean fine = g_task_propagate_boolean (G_TASK (result), &error);

  self->busy = FALSE;
  if (self->process == NULL) /* stopped meanwhile */
    return;
  if (!fine)
    {
      self->message = g_strdup (error->message);
      set_state (self, HP_WATCHER_FAILED);
    }
  else if (look->verdict == HP_PROCESS_OVER)
    set_state (self, HP_WATCHER_ENDED);
  else if (self->state == HP_WATCHER_WATCHING)
    {
      hp_process_history_add (self->history, &look->sample);
      g_signal_emit (self, signals[SAMPLED], 0);
    }
}

static void
look (HpWatcher *self)
{
  g_autoptr (GTask) task = NULL;
  Look *look;

  if (self->busy)
    return;
  self->busy = TRUE;
  look = g_new0 (Look, 1);
  look->process = hp_process_ref (self->process);
  task = g_task_new (self, NULL, on_looked, NULL);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_in_thread);
}

static gboolean
on_tick (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

/* ---- for who has one -------------------------------------------------------------------------------------------- */

HpWatcherState
hp_watcher_state (HpWatcher *self)
{
  g_return_val_if_fail (HP_IS_WATCHER (self), HP_WATCHER_ENDED);

  return self->state;
}

void
hp_watcher_set_paused (HpWatcher *self, gboolean paused)
{
  g_return_if_fail (HP_IS_WATCHER (self));

  if (self->state == HP_WATCHER_WATCHING || self->state == HP_WATCHER_PAUSED)
    set_state (self, paused ? HP_WATCHER_PAUSED : HP_WATCHER_WATCHING);
}

guint
hp_watcher_interval (HpWatcher *self)
{
  g_return_val_if_fail (HP_IS_WATCHER (self), 0);

  return self->interval;
}

void
hp_watcher_set_interval (HpWatcher *self, guint milliseconds)
{
  g_return_if_fail (HP_IS_WATCHER (self));

  self->interval = MAX (milliseconds, SHORTEST);
  update_ticking (self);
}

void
hp_watcher_stop (HpWatcher *self)
{
  g_return_if_fail (HP_IS_WATCHER (self));

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->process, hp_process_unref);
}

const HpProcessHistory *
hp_watcher_history (HpWatcher *self)
{
  g_return_val_if_fail (HP_IS_WATCHER (self), NULL);

  return self->history;
}

guint
hp_watcher_pid (HpWatcher *self)
{
  g_return_val_if_fail (HP_IS_WATCHER (self), 0);

  return self->pid;
}

const char *
hp_watcher_name (HpWatcher *self)
{
  const HpProcessSample *last;

  g_return_val_if_fail (HP_IS_WATCHER (self), NULL);

  last = hp_process_history_last (self->history);
  return last != NULL ? last->name : self->name;
}

const char *
hp_watcher_message (HpWatcher *self)
{
  g_return_val_if_fail (HP_IS_WATCHER (self), NULL);

  return self->message;
}

/* ---- the object ------------------------------------------------------------------------------------------------- */

static void
hp_watcher_finalize (GObject *object)
{
  HpWatcher *self = HP_WATCHER (object);

  hp_watcher_stop (self);
  hp_process_history_free (self->history);
  g_free (self->message);
  g_free (self->name);
  G_OBJECT_CLASS (hp_watcher_parent_class)->finalize (object);
}

static void
hp_watcher_class_init (HpWatcherClass *class)
{
  G_OBJECT_CLASS (class)->finalize = hp_watcher_finalize;
  signals[SAMPLED] = g_signal_new ("sampled", HP_TYPE_WATCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", HP_TYPE_WATCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hp_watcher_init (HpWatcher *self)
{
  self->history = hp_process_history_new (CAPACITY);
  self->interval = INTERVAL;
}

HpWatcher *
hp_watcher_new (HpProcess *process)
{
  HpWatcher *self;

  g_return_val_if_fail (process != NULL, NULL);

  self = g_object_new (HP_TYPE_WATCHER, NULL);
  self->process = hp_process_ref (process);
  self->pid = hp_process_pid (process);
  self->name = g_strdup (hp_process_name (process));
  update_ticking (self);
  look (self);
  return self;
}
