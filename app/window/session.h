/* session.h - what is open: the recording, where we stand in it, what is selected, and how it plays
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plan.h"
#include "recording/recording.h"
#include "scene/scene.h"
#include "worker.h"

G_BEGIN_DECLS

typedef enum
{
  HP_SESSION_EMPTY,
  HP_SESSION_RUNNING,
  HP_SESSION_SILENT, /* running, but nothing was heard for a while */
  HP_SESSION_ENDED,
  HP_SESSION_FAILED, /* ended, and there is a message */
} HpSessionState;

#define HP_TYPE_SESSION (hp_session_get_type ())
G_DECLARE_FINAL_TYPE (HpSession, hp_session, HP, SESSION, GObject)

/**
 * HpSession:
 *
 * The one place where widgets learn what is shown; they bind to it and never ask each other.
 *
 * Properties: "step", "length" (events so far), "grain", "playing", "speed" (steps a second), "state", "message"
 * (nullable), "title", "can-select-back".
 * Signal "opened": another recording. Signal "selected": hp_session_selection() changed.
 *
 * Invariant: step <= length, and the moment stands at step.
 */
HpSession *hp_session_new (void);

/* ---- opening ---------------------------------------------------------------------------------------------------- */

/** Forget the recording; the run, if any, is stopped. */
void hp_session_close (HpSession *self);
/** Run @plan in a worker. @title: what the person calls it. */
void hp_session_run (HpSession *self, const HpPlan *plan, const char *title, const HpWorkerLimits *limits);
/** Run another plan of the same thing, and return to the same operation when it gets there. */
void hp_session_rerun (HpSession *self, const HpPlan *plan, const HpWorkerLimits *limits);
/** Read a recording file. */
void hp_session_load (HpSession *self, const char *path, const char *title);
/** Show a recording that is made. @recording: (transfer full) */
void hp_session_show (HpSession *self, HpRecording *recording, const char *title);

void hp_session_wait (HpSession *self);
void hp_session_stop (HpSession *self);

/* ---- reading ---------------------------------------------------------------------------------------------------- */

HpRecording *hp_session_recording (HpSession *self); /* nullable */
HpMoment *hp_session_moment (HpSession *self);       /* nullable */
HpWorker *hp_session_worker (HpSession *self);       /* nullable */
const HpPlan *hp_session_plan (HpSession *self);     /* nullable: a file, or nothing */
const char *hp_session_title (HpSession *self);
HpSessionState hp_session_state (HpSession *self);
const char *hp_session_message (HpSession *self);
guint64 hp_session_step (HpSession *self);
guint64 hp_session_length (HpSession *self);
gboolean hp_session_is_running (HpSession *self);
/** Whether we stand in a stretch of references told together, of a run that can be made again with all told. */
gboolean hp_session_is_summarised (HpSession *self);

/* ---- moving ----------------------------------------------------------------------------------------------------- */

void hp_session_seek (HpSession *self, guint64 step);
/** One unit of @grain. */
void hp_session_next (HpSession *self, HpGrain grain);
void hp_session_previous (HpSession *self, HpGrain grain);
/** To the end of the unit that @step lies in: where the slider snaps to. */
void hp_session_seek_near (HpSession *self, guint64 step);

HpGrain hp_session_grain (HpSession *self);
/** The grain that steps have here: a finer one than asked for where the recording has none so coarse. */
HpGrain hp_session_unit (HpSession *self);
void hp_session_set_grain (HpSession *self, HpGrain grain);
gboolean hp_session_playing (HpSession *self);
void hp_session_set_playing (HpSession *self, gboolean playing);
double hp_session_speed (HpSession *self);
void hp_session_set_speed (HpSession *self, double speed);

/* ---- selecting -------------------------------------------------------------------------------------------------- */

HpTarget hp_session_selection (HpSession *self);
void hp_session_select (HpSession *self, HpTarget target);
void hp_session_select_back (HpSession *self);
gboolean hp_session_can_select_back (HpSession *self);

G_END_DECLS
