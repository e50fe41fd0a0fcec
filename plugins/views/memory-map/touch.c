/* touch.c - what the current event touches, to be outlined
 *
 * The event at the step may be the tail of an operation (time passes, a page is accessed): then what the operation
 * touched last is shown.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "map.h"

#define MOST_LOOKED_BACK 64

static guint32
newest_frame_slot (const Map *self, guint32 local)
{
  guint32 n = hp_moment_n_frames (self->moment);
  const HpFrameState *frame = n > 0 ? hp_moment_frame (self->moment, n - 1) : NULL;

  return frame != NULL && local < frame->n_slots ? frame->first_slot + local : NO_SLOT;
}

/** Whether @event touches something that can be seen. */
static gboolean
note_object (Map *self, const HpEvent *event)
{
  switch (hp_event_type (event))
    {
    case HP_EVENT_LOCAL:
      self->touched_slot = newest_frame_slot (self, event->x);
      return TRUE;
    case HP_EVENT_ROOT:
      self->touched_root = event->x;
      return TRUE;
    case HP_EVENT_VISIT:
      self->touched = event->y;
      return TRUE;
    case HP_EVENT_ALLOCATE:
    case HP_EVENT_SLOT:
    case HP_EVENT_LABEL:
    case HP_EVENT_SHAPE:
    case HP_EVENT_EXTERNAL:
    case HP_EVENT_REMEMBER:
    case HP_EVENT_FORGET:
    case HP_EVENT_COLOUR:
    case HP_EVENT_MOVE:
    case HP_EVENT_UPDATE:
    case HP_EVENT_FREE:
      self->touched = event->x;
      return TRUE;
    default:
      return FALSE;
    }
}

static void
note_page (Map *self, const HpEvent *event)
{
  HpEventType type = hp_event_type (event);

  if (type != HP_EVENT_FAULT && type != HP_EVENT_ACCESS && type != HP_EVENT_EVICT)
    return;
  self->touched_page = event->x;
  self->is_fault = type == HP_EVENT_FAULT;
}

static gboolean
begins_step (const HpEvent *event)
{
  HpEventType type = hp_event_type (event);

  return type == HP_EVENT_OPERATION || type == HP_EVENT_STATEMENT || type == HP_EVENT_CHAPTER
         || type == HP_EVENT_COLLECTION_BEGIN || type == HP_EVENT_COLLECTION_END;
}

void
map_find_touched (Map *self, const HpEvent *event)
{
  guint64 step = hp_moment_step (self->moment);

  if (event == NULL)
    return;
  note_page (self, event);
  for (guint i = 0; i < MOST_LOOKED_BACK && step > 0; i++, step--)
    {
      event = hp_recording_event (self->recording, step - 1);
      if (begins_step (event))
        return;
      if (self->touched_page == 0)
        note_page (self, event);
      if (note_object (self, event))
        return;
    }
}
