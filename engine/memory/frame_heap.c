/* frame_heap.c - moving frames up and down a binary heap
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/frame_heap.h"

void
hp_frame_heap_init (HpFrameHeap *self, guint32 n_frames)
{
  self->keys = g_new (guint64, n_frames);
  self->heap = g_new (guint32, n_frames);
  self->position = g_new (guint32, n_frames);
  self->n = 0;
}

void
hp_frame_heap_clear (HpFrameHeap *self)
{
  g_clear_pointer (&self->keys, g_free);
  g_clear_pointer (&self->heap, g_free);
  g_clear_pointer (&self->position, g_free);
}

static inline void
place (HpFrameHeap *self, guint32 i, guint32 frame)
{
  self->heap[i] = frame;
  self->position[frame] = i;
}

static guint32
rise (HpFrameHeap *self, guint32 i, guint32 frame)
{
  while (i > 0)
    {
      guint32 above = (i - 1) / 2;

      if (self->keys[self->heap[above]] <= self->keys[frame])
        break;
      place (self, i, self->heap[above]);
      i = above;
    }
  return i;
}

static guint32
sink (HpFrameHeap *self, guint32 i, guint32 frame)
{
  for (;;)
    {
      guint32 below = 2 * i + 1;

      if (below + 1 < self->n && self->keys[self->heap[below + 1]] < self->keys[self->heap[below]])
        below++;
      if (below >= self->n || self->keys[self->heap[below]] >= self->keys[frame])
        return i;
      place (self, i, self->heap[below]);
      i = below;
    }
}

void
hp_frame_heap_repair (HpFrameHeap *self, guint32 frame)
{
  guint32 i = rise (self, self->position[frame], frame);

  place (self, sink (self, i, frame), frame);
}

void
hp_frame_heap_add (HpFrameHeap *self, guint32 frame)
{
  place (self, rise (self, self->n++, frame), frame);
}

void
hp_frame_heap_remove (HpFrameHeap *self, guint32 frame)
{
  guint32 i = self->position[frame];
  guint32 last = self->heap[--self->n];

  if (last == frame)
    return;
  place (self, i, last);
  hp_frame_heap_repair (self, last);
}
