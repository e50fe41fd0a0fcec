/* session.c - what is open: the recording, where we stand in it, what is selected, and how it plays
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "session.h"

#include <glib/gi18n.h>

#define MOST_HISTORY 64
#define SHORTEST_TICK_MSEC 16

struct _HpSession
{
  GObject parent_instance;

  /* Owned; the moment borrows from the recording, the worker too: free in the order moment, worker, recording. */
  HpMoment *moment;
  HpWorker *worker;
  HpRecording *recording;
  HpPlan *plan;
  char *title;
  char *message;

  HpSessionState state;
  guint64 step;
  guint64 length;
  HpGrain grain;
  double speed;

  guint play_id; /* 0: not playing */
  double owed;   /* units of a step that passed since the last tick */
  gint64 last_tick;

  GArray *history; /* of HpTarget; the last is the selection */

  /* Where to go when a new run gets there: that many operations; G_MAXUINT64: nowhere. */
  guint64 wanted_operation;
};

G_DEFINE_FINAL_TYPE (HpSession, hp_session, G_TYPE_OBJECT)

enum
{
  PROP_STEP = 1,
  PROP_LENGTH,
  PROP_GRAIN,
  PROP_PLAYING,
  PROP_SPEED,
  PROP_STATE,
  PROP_MESSAGE,
  PROP_TITLE,
  PROP_CAN_SELECT_BACK,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum
{
  OPENED,
  SELECTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
notify (HpSession *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* ---- state ------------------------------------------------------------------------------------------------------ */

static void
set_state (HpSession *self, HpSessionState state, const char *message)
{
  if (g_strcmp0 (self->message, message) != 0)
    {
      g_free (self->message);
      self->message = g_strdup (message);
      notify (self, PROP_MESSAGE);
    }
  if (self->state != state)
    {
      self->state = state;
      notify (self, PROP_STATE);
    }
}

static void
set_step (HpSession *self, guint64 step)
{
  if (self->step == step)
    return;
  self->step = step;
  notify (self, PROP_STEP);
}

static void
clear_history (HpSession *self)
{
  gboolean could = self->history->len > 1;
  gboolean had = self->history->len > 0;

  g_array_set_size (self->history, 0);
  if (had)
    g_signal_emit (self, signals[SELECTED], 0);
  if (could)
    notify (self, PROP_CAN_SELECT_BACK);
}

static void
release (HpSession *self)
{
  hp_session_set_playing (self, FALSE);
  if (self->worker)
    g_signal_handlers_disconnect_by_data (self->worker, self);
  if (self->worker)
    hp_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->moment, hp_moment_free);
  g_clear_pointer (&self->recording, hp_recording_free);
  self->wanted_operation = G_MAXUINT64;
}

/* ---- the run ---------------------------------------------------------------------------------------------------- */

/* The first step at which @operation operations were begun, or the last there is. */
static guint64
find_operation (HpSession *self, guint64 operation)
{
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (self->recording));
  guint64 low = 0, high = self->length;

  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;

      hp_recording_seek (self->recording, moment, middle);
      if (hp_moment_counters (moment)->operations > operation)
        high = middle;
      else
        low = middle + 1;
    }
  /* The step before the next operation begins: this one is complete. */
  return low > 0 && low < self->length ? low - 1 : low;
}

static void
go_to_wanted (HpSession *self, gboolean at_end)
{
  const HpMoment *head = hp_recording_head (self->recording);

  if (self->wanted_operation == G_MAXUINT64)
    return;
  if (!at_end && hp_moment_counters (head)->operations <= self->wanted_operation)
    return;
  hp_session_seek (self, find_operation (self, self->wanted_operation));
  self->wanted_operation = G_MAXUINT64;
}

static void
on_grew (HpSession *self)
{
  self->length = hp_recording_length (self->recording);
  notify (self, PROP_LENGTH);
  go_to_wanted (self, FALSE);
}

static void
on_ended (HpSession *self, const char *message)
{
  self->length = hp_recording_length (self->recording);
  notify (self, PROP_LENGTH);
  go_to_wanted (self, TRUE);
  set_state (self, message ? HP_SESSION_FAILED : HP_SESSION_ENDED, message);
}

static void
on_silent (HpSession *self)
{
  if (hp_session_is_running (self))
    set_state (self, hp_worker_is_silent (self->worker) ? HP_SESSION_SILENT : HP_SESSION_RUNNING, NULL);
}

static void
set_title (HpSession *self, const char *title)
{
  char *copy = g_strdup (title);

  g_free (self->title);
  self->title = copy;
  notify (self, PROP_TITLE);
}

/* Put an empty or given recording in place of the present one. */
static void
open_recording (HpSession *self, HpRecording *recording)
{
  release (self);
  self->recording = recording;
  self->moment = hp_moment_new (hp_recording_definitions (recording));
  self->length = hp_recording_length (recording);
  self->step = 0;
  notify (self, PROP_STEP);
  notify (self, PROP_LENGTH);
  g_signal_emit (self, signals[OPENED], 0);
}

static void
start_worker (HpSession *self)
{
  self->worker = hp_worker_new (self->recording);
  g_signal_connect_swapped (self->worker, "grew", G_CALLBACK (on_grew), self);
  g_signal_connect_swapped (self->worker, "ended", G_CALLBACK (on_ended), self);
  g_signal_connect_swapped (self->worker, "notify::silent", G_CALLBACK (on_silent), self);
}

static void
set_plan (HpSession *self, const HpPlan *plan)
{
  HpPlan *copy = plan ? hp_plan_copy (plan) : NULL;

  g_clear_pointer (&self->plan, hp_plan_free);
  self->plan = copy;
}

static void
run_plan (HpSession *self, const HpWorkerLimits *limits)
{
  g_autoptr (GError) error = NULL;

  open_recording (self, hp_recording_new ());
  start_worker (self);
  if (hp_worker_run (self->worker, self->plan, limits, &error))
    set_state (self, HP_SESSION_RUNNING, NULL);
  else
    set_state (self, HP_SESSION_FAILED, error->message);
}

void
hp_session_run (HpSession *self, const HpPlan *plan, const char *title, const HpWorkerLimits *limits)
{
  g_return_if_fail (HP_IS_SESSION (self));

  set_plan (self, plan);
  set_title (self, title);
  clear_history (self);
  run_plan (self, limits);
}

void
hp_session_rerun (HpSession *self, const HpPlan *plan, const HpWorkerLimits *limits)
{
  guint64 operation = self->moment ? hp_moment_counters (self->moment)->operations : 0;

  g_return_if_fail (HP_IS_SESSION (self));

  set_plan (self, plan);
  run_plan (self, limits);
  self->wanted_operation = operation;
}

void
hp_session_load (HpSession *self, const char *path, const char *title)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (HP_IS_SESSION (self));

  set_plan (self, NULL);
  set_title (self, title);
  clear_history (self);
  open_recording (self, hp_recording_new ());
  start_worker (self);
  if (hp_worker_load (self->worker, path, &error))
    set_state (self, HP_SESSION_RUNNING, NULL);
  else
    set_state (self, HP_SESSION_FAILED, error->message);
}

void
hp_session_show (HpSession *self, HpRecording *recording, const char *title)
{
  g_return_if_fail (HP_IS_SESSION (self));

  set_plan (self, NULL);
  set_title (self, title);
  clear_history (self);
  open_recording (self, recording);
  set_state (self, HP_SESSION_ENDED, NULL);
}

void
hp_session_close (HpSession *self)
{
  g_return_if_fail (HP_IS_SESSION (self));

  release (self);
  set_plan (self, NULL);
  clear_history (self);
  self->length = 0;
  notify (self, PROP_LENGTH);
  set_step (self, 0);
  set_title (self, NULL);
  set_state (self, HP_SESSION_EMPTY, NULL);
  g_signal_emit (self, signals[OPENED], 0);
}

void
hp_session_wait (HpSession *self)
{
  if (self->worker)
    hp_worker_wait (self->worker);
}

void
hp_session_stop (HpSession *self)
{
  if (!hp_session_is_running (self))
    return;
  hp_worker_stop (self->worker);
  set_state (self, HP_SESSION_FAILED, _ ("The run was stopped."));
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

HpRecording *
hp_session_recording (HpSession *self)
{
  return self->recording;
}

HpMoment *
hp_session_moment (HpSession *self)
{
  return self->moment;
}

HpWorker *
hp_session_worker (HpSession *self)
{
  return self->worker;
}

const HpPlan *
hp_session_plan (HpSession *self)
{
  return self->plan;
}

const char *
hp_session_title (HpSession *self)
{
  return self->title;
}

HpSessionState
hp_session_state (HpSession *self)
{
  return self->state;
}

const char *
hp_session_message (HpSession *self)
{
  return self->message;
}

guint64
hp_session_step (HpSession *self)
{
  return self->step;
}

guint64
hp_session_length (HpSession *self)
{
  return self->length;
}

gboolean
hp_session_is_running (HpSession *self)
{
  return self->state == HP_SESSION_RUNNING || self->state == HP_SESSION_SILENT;
}

gboolean
hp_session_is_summarised (HpSession *self)
{
  return self->plan && self->recording && hp_recording_is_summarised (self->recording, self->step);
}

/* ---- moving ----------------------------------------------------------------------------------------------------- */

void
hp_session_seek (HpSession *self, guint64 step)
{
  g_return_if_fail (HP_IS_SESSION (self));

  if (!self->recording)
    return;
  step = MIN (step, self->length);
  hp_recording_seek (self->recording, self->moment, step);
  set_step (self, step);
}

/* The person moves: a place that a new run should return to is no longer wanted. */
static void
move_to (HpSession *self, guint64 step)
{
  self->wanted_operation = G_MAXUINT64;
  hp_session_seek (self, step);
}

/* A trace has no statements: one step of a statement would be the whole of it. */
static HpGrain
finest_needed (HpSession *self, HpGrain grain)
{
  while (grain > HP_GRAIN_EVENT && grain <= HP_GRAIN_STATEMENT
         && hp_recording_next (self->recording, 0, grain) == self->length)
    grain--;
  return grain;
}

HpGrain
hp_session_unit (HpSession *self)
{
  return self->recording ? finest_needed (self, self->grain) : self->grain;
}

void
hp_session_next (HpSession *self, HpGrain grain)
{
  if (self->recording)
    move_to (self, hp_recording_next (self->recording, self->step, finest_needed (self, grain)));
}

void
hp_session_previous (HpSession *self, HpGrain grain)
{
  if (self->recording)
    move_to (self, hp_recording_previous (self->recording, self->step, finest_needed (self, grain)));
}

void
hp_session_seek_near (HpSession *self, guint64 step)
{
  if (!self->recording)
    return;
  step = MIN (step, self->length);
  if (step > 0 && step < self->length)
    step = hp_recording_next (self->recording, step - 1, hp_session_unit (self));
  move_to (self, step);
}

HpGrain
hp_session_grain (HpSession *self)
{
  return self->grain;
}

void
hp_session_set_grain (HpSession *self, HpGrain grain)
{
  if (self->grain == grain)
    return;
  self->grain = grain;
  notify (self, PROP_GRAIN);
}

static gboolean
on_play (gpointer data)
{
  HpSession *self = data;
  gint64 now = g_get_monotonic_time ();
  HpGrain unit = hp_session_unit (self);
  guint64 to = self->step;

  self->owed += self->speed * (double) (now - self->last_tick) / G_USEC_PER_SEC;
  self->last_tick = now;
  /* After a stall (a sleeping machine) play on, do not catch up. */
  self->owed = MIN (self->owed, MAX (1.0, self->speed / 4));
  for (; self->owed >= 1.0 && to < self->length; self->owed -= 1.0)
    to = hp_recording_next (self->recording, to, unit);
  if (to != self->step)
    move_to (self, to);
  if (self->step < self->length || hp_session_is_running (self))
    return G_SOURCE_CONTINUE;
  self->play_id = 0;
  notify (self, PROP_PLAYING);
  return G_SOURCE_REMOVE;
}

static void
start_ticking (HpSession *self)
{
  guint interval = MAX (SHORTEST_TICK_MSEC, (guint) (1000 / self->speed));

  self->last_tick = g_get_monotonic_time ();
  self->owed = 0;
  self->play_id = g_timeout_add (interval, on_play, self);
}

gboolean
hp_session_playing (HpSession *self)
{
  return self->play_id != 0;
}

void
hp_session_set_playing (HpSession *self, gboolean playing)
{
  playing = playing && self->recording;
  if (playing == hp_session_playing (self))
    return;
  if (!playing)
    g_clear_handle_id (&self->play_id, g_source_remove);
  else
    {
      if (self->step == self->length && !hp_session_is_running (self))
        hp_session_seek (self, 0);
      start_ticking (self);
    }
  notify (self, PROP_PLAYING);
}

double
hp_session_speed (HpSession *self)
{
  return self->speed;
}

void
hp_session_set_speed (HpSession *self, double speed)
{
  speed = CLAMP (speed, 0.25, 1000.0);
  if (self->speed == speed)
    return;
  self->speed = speed;
  if (self->play_id != 0)
    {
      g_clear_handle_id (&self->play_id, g_source_remove);
      start_ticking (self);
    }
  notify (self, PROP_SPEED);
}

/* ---- selecting -------------------------------------------------------------------------------------------------- */

HpTarget
hp_session_selection (HpSession *self)
{
  if (self->history->len == 0)
    return HP_TARGET_NOTHING;
  return g_array_index (self->history, HpTarget, self->history->len - 1);
}

gboolean
hp_session_can_select_back (HpSession *self)
{
  return self->history->len > 1;
}

void
hp_session_select (HpSession *self, HpTarget target)
{
  if (hp_target_equal (hp_session_selection (self), target))
    return;
  if (self->history->len == MOST_HISTORY)
    g_array_remove_index (self->history, 0);
  g_array_append_val (self->history, target);
  g_signal_emit (self, signals[SELECTED], 0);
  notify (self, PROP_CAN_SELECT_BACK);
}

void
hp_session_select_back (HpSession *self)
{
  if (self->history->len < 2)
    return;
  g_array_set_size (self->history, self->history->len - 1);
  g_signal_emit (self, signals[SELECTED], 0);
  notify (self, PROP_CAN_SELECT_BACK);
}

/* ---- the object ------------------------------------------------------------------------------------------------- */

static void
hp_session_dispose (GObject *object)
{
  release (HP_SESSION (object));
  G_OBJECT_CLASS (hp_session_parent_class)->dispose (object);
}

static void
hp_session_finalize (GObject *object)
{
  HpSession *self = HP_SESSION (object);

  g_clear_pointer (&self->plan, hp_plan_free);
  g_free (self->title);
  g_free (self->message);
  g_array_unref (self->history);
  G_OBJECT_CLASS (hp_session_parent_class)->finalize (object);
}

static void
hp_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HpSession *self = HP_SESSION (object);

  switch (id)
    {
    case PROP_STEP:
      g_value_set_uint64 (value, self->step);
      break;
    case PROP_LENGTH:
      g_value_set_uint64 (value, self->length);
      break;
    case PROP_GRAIN:
      g_value_set_int (value, (int) self->grain);
      break;
    case PROP_PLAYING:
      g_value_set_boolean (value, hp_session_playing (self));
      break;
    case PROP_SPEED:
      g_value_set_double (value, self->speed);
      break;
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_CAN_SELECT_BACK:
      g_value_set_boolean (value, hp_session_can_select_back (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hp_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HpSession *self = HP_SESSION (object);

  switch (id)
    {
    case PROP_GRAIN:
      hp_session_set_grain (self, (HpGrain) g_value_get_int (value));
      break;
    case PROP_PLAYING:
      hp_session_set_playing (self, g_value_get_boolean (value));
      break;
    case PROP_SPEED:
      hp_session_set_speed (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *class)
{
  GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags write = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_STEP] = g_param_spec_uint64 ("step", NULL, NULL, 0, G_MAXUINT64, 0, read);
  properties[PROP_LENGTH] = g_param_spec_uint64 ("length", NULL, NULL, 0, G_MAXUINT64, 0, read);
  properties[PROP_GRAIN] = g_param_spec_int ("grain", NULL, NULL, 0, HP_N_GRAINS - 1, HP_GRAIN_STATEMENT, write);
  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, write);
  properties[PROP_SPEED] = g_param_spec_double ("speed", NULL, NULL, 0.25, 1000, 2, write);
  properties[PROP_STATE] = g_param_spec_int (
      "state", NULL, NULL, HP_SESSION_EMPTY, HP_SESSION_FAILED, HP_SESSION_EMPTY, read);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, read);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, read);
  properties[PROP_CAN_SELECT_BACK] = g_param_spec_boolean ("can-select-back", NULL, NULL, FALSE, read);
  g_object_class_install_properties (class, N_PROPS, properties);
}

static void
hp_session_class_init (HpSessionClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = hp_session_dispose;
  object_class->finalize = hp_session_finalize;
  object_class->get_property = hp_session_get_property;
  object_class->set_property = hp_session_set_property;
  install_properties (object_class);
  signals[OPENED] = g_signal_new ("opened", HP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SELECTED] = g_signal_new (
      "selected", HP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hp_session_init (HpSession *self)
{
  self->history = g_array_new (FALSE, FALSE, sizeof (HpTarget));
  self->grain = HP_GRAIN_STATEMENT;
  self->speed = 2;
  self->wanted_operation = G_MAXUINT64;
}

HpSession *
hp_session_new (void)
{
  return g_object_new (HP_TYPE_SESSION, NULL);
}
