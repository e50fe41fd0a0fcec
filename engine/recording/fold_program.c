/* fold_program.c - events of the program and its stack
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/fold.h"

static gboolean
string_exists (const HpMoment *self, guint32 id)
{
  return id == 0 || hp_definitions_string (self->definitions, id) != NULL;
}

/* ---- operations, narration, time --------------------------------------------------------------------------------- */

static gboolean
apply_operation (HpMoment *self, const HpEvent *event, GError **error)
{
  if (hp_event_detail (event) >= HP_N_OPERATIONS)
    return hp_fold_refuse (self, event, error, "there is no operation %u", hp_event_detail (event));
  self->counters.operations += 1 + (guint64) event->x;
  return TRUE;
}

static void
revert_operation (HpMoment *self, const HpEvent *event)
{
  self->counters.operations -= 1 + (guint64) event->x;
}

const HpFold hp_fold_operation = { apply_operation, revert_operation };

static gboolean
apply_statement (HpMoment *self, const HpEvent *event, GError **error)
{
  guint32 source = hp_event_detail (event);

  if (source != 0 && hp_definitions_source (self->definitions, source) == NULL)
    return hp_fold_refuse (self, event, error, "source %u is not defined", source);
  if (event->y != self->location || event->z != self->source)
    return hp_fold_refuse (self, event, error, "the program was not at the place it says to leave");
  self->source = source;
  self->location = event->x;
  return TRUE;
}

static void
revert_statement (HpMoment *self, const HpEvent *event)
{
  self->location = event->y;
  self->source = event->z;
}

const HpFold hp_fold_statement = { apply_statement, revert_statement };

static gboolean
replace_text (HpMoment *self, guint32 *place, const HpEvent *event, GError **error)
{
  if (!string_exists (self, event->x))
    return hp_fold_refuse (self, event, error, "string %u is not defined", event->x);
  if (event->y != *place)
    return hp_fold_refuse (self, event, error, "string %u stood there, not %u", *place, event->y);
  *place = event->x;
  return TRUE;
}

static gboolean
apply_explain (HpMoment *self, const HpEvent *event, GError **error)
{
  return replace_text (self, &self->explanation, event, error);
}

static void
revert_explain (HpMoment *self, const HpEvent *event)
{
  self->explanation = event->y;
}

const HpFold hp_fold_explain = { apply_explain, revert_explain };

static gboolean
apply_chapter (HpMoment *self, const HpEvent *event, GError **error)
{
  return replace_text (self, &self->chapter, event, error);
}

static void
revert_chapter (HpMoment *self, const HpEvent *event)
{
  self->chapter = event->y;
}

const HpFold hp_fold_chapter = { apply_chapter, revert_chapter };

static gboolean
apply_text (HpMoment *self, const HpEvent *event, GError **error)
{
  if (event->x == 0 || !string_exists (self, event->x))
    return hp_fold_refuse (self, event, error, "string %u is not defined", event->x);
  return TRUE;
}

static void
revert_nothing (HpMoment *self, const HpEvent *event)
{
}

/* MARK, PRINT and POLICY_FAULT: told, no state. */
const HpFold hp_fold_text = { apply_text, revert_nothing };

static gboolean
apply_time (HpMoment *self, const HpEvent *event, GError **error)
{
  if (event->y > event->x)
    return hp_fold_refuse (self, event, error, "of %u ns %u were waited", event->x, event->y);
  self->counters.time_ns += event->x;
  self->counters.waiting_ns += event->y;
  return TRUE;
}

static void
revert_time (HpMoment *self, const HpEvent *event)
{
  self->counters.time_ns -= event->x;
  self->counters.waiting_ns -= event->y;
}

const HpFold hp_fold_time = { apply_time, revert_time };

static gboolean
apply_end (HpMoment *self, const HpEvent *event, GError **error)
{
  if (hp_event_detail (event) >= HP_N_ENDINGS || !string_exists (self, event->x))
    return hp_fold_refuse (self, event, error, "no ending %u with string %u", hp_event_detail (event), event->x);
  self->ended = TRUE;
  return TRUE;
}

static void
revert_end (HpMoment *self, const HpEvent *event)
{
  self->ended = FALSE;
}

const HpFold hp_fold_end = { apply_end, revert_end };

/* ---- stack and roots --------------------------------------------------------------------------------------------- */

static void
push_frame (HpMoment *self, const HpFunction *function, guint32 location)
{
  HpFrameState *frame = hp_column_write (&self->frames, self->n_frames++);

  *frame = (HpFrameState){ function->id, location, self->n_stack_slots, function->n_locals };
  hp_column_zero (&self->stack, self->n_stack_slots, function->n_locals);
  self->n_stack_slots += function->n_locals;
}

static void
pop_frame (HpMoment *self)
{
  self->n_frames--;
  self->n_stack_slots = ((const HpFrameState *) hp_column_read (&self->frames, self->n_frames))->first_slot;
}

static gboolean
apply_call (HpMoment *self, const HpEvent *event, GError **error)
{
  const HpFunction *function = hp_definitions_function (self->definitions, hp_event_detail (event));

  if (function == NULL)
    return hp_fold_refuse (self, event, error, "function %u is not defined", hp_event_detail (event));
  if (self->n_stack_slots + function->n_locals > HP_MOMENT_MAX_STACK_SLOTS
      || self->n_frames == HP_MOMENT_MAX_STACK_FRAMES)
    return hp_fold_refuse (self, event, error, "the stack is too deep");
  push_frame (self, function, event->x);
  return TRUE;
}

static void
revert_call (HpMoment *self, const HpEvent *event)
{
  pop_frame (self);
}

const HpFold hp_fold_call = { apply_call, revert_call };

static gboolean
locals_are_empty (const HpMoment *self, const HpFrameState *frame)
{
  guint64 end = (guint64) frame->first_slot + frame->n_slots;

  for (guint64 i = frame->first_slot; (i = hp_column_next_present (&self->stack, i)) < end; i++)
    if (hp_moment_value_in (&self->stack, (guint32) i).kind != HP_VALUE_EMPTY)
      return FALSE;
  return TRUE;
}

static gboolean
apply_return (HpMoment *self, const HpEvent *event, GError **error)
{
  const HpFrameState *frame;

  if (self->n_frames == 0)
    return hp_fold_refuse (self, event, error, "the stack is empty");
  frame = hp_moment_frame (self, self->n_frames - 1);
  if (frame->function != hp_event_detail (event) || frame->call_location != event->x)
    return hp_fold_refuse (self, event, error, "the newest frame is of another call");
  if (!locals_are_empty (self, frame))
    return hp_fold_refuse (self, event, error, "the frame still holds values");
  pop_frame (self);
  return TRUE;
}

static void
revert_return (HpMoment *self, const HpEvent *event)
{
  push_frame (self, hp_definitions_function (self->definitions, hp_event_detail (event)), event->x);
}

const HpFold hp_fold_return = { apply_return, revert_return };

/* LOCAL and ROOT hold kinds in the detail, the old payload in y and the new one in z. */
static gboolean
replace_value (HpMoment *self, HpColumn *column, guint32 i, const HpEvent *event, GError **error)
{
  guint32 detail = hp_event_detail (event);
  HpValue before = { HP_KINDS_OLD (detail), event->y };

  if (!hp_value_equal (hp_moment_value_in (column, i), before))
    return hp_fold_refuse (self, event, error, "another value stood there than the one it says to replace");
  if (!hp_fold_value_is_sound (self, HP_KINDS_NEW (detail), event->z))
    return hp_fold_refuse (self, event, error, "kind %u with %u is no value", HP_KINDS_NEW (detail), event->z);
  *(HpValue *) hp_column_write (column, i) = (HpValue){ HP_KINDS_NEW (detail), event->z };
  return TRUE;
}

static void
put_back_value (HpColumn *column, guint32 i, const HpEvent *event)
{
  *(HpValue *) hp_column_write (column, i) = (HpValue){ HP_KINDS_OLD (hp_event_detail (event)), event->y };
}

static gboolean
apply_local (HpMoment *self, const HpEvent *event, GError **error)
{
  const HpFrameState *frame = self->n_frames > 0 ? hp_moment_frame (self, self->n_frames - 1) : NULL;

  if (frame == NULL || event->x >= frame->n_slots)
    return hp_fold_refuse (
        self, event, error, "local %u: the newest frame has %u", event->x, frame ? frame->n_slots : 0);
  return replace_value (self, &self->stack, frame->first_slot + event->x, event, error);
}

static void
revert_local (HpMoment *self, const HpEvent *event)
{
  put_back_value (&self->stack, hp_moment_frame (self, self->n_frames - 1)->first_slot + event->x, event);
}

const HpFold hp_fold_local = { apply_local, revert_local };

static gboolean
apply_root (HpMoment *self, const HpEvent *event, GError **error)
{
  if (hp_definitions_root (self->definitions, event->x) == NULL)
    return hp_fold_refuse (self, event, error, "root %u is not defined", event->x);
  return replace_value (self, &self->roots, event->x, event, error);
}

static void
revert_root (HpMoment *self, const HpEvent *event)
{
  put_back_value (&self->roots, event->x, event);
}

const HpFold hp_fold_root = { apply_root, revert_root };
