/* frame_list.h - page frames in an order that changes, as pairs of indices
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HpFrameList:
 *
 * A ring from the newest frame to the oldest and back, through a sentinel: link n_frames. A frame outside the list is
 * not linked to by any other.
 *   links[links[i].older].newer = i for the sentinel and every frame in the list
 */
typedef struct
{
  guint32 newer, older;
} HpFrameLink;

typedef struct
{
  HpFrameLink *links; /* n_frames + 1 */
  guint32 sentinel;
} HpFrameList;

static inline void
hp_frame_list_init (HpFrameList *self, guint32 n_frames)
{
  self->links = g_new0 (HpFrameLink, (gsize) n_frames + 1);
  self->sentinel = n_frames;
  self->links[n_frames] = (HpFrameLink){ n_frames, n_frames };
}

static inline void
hp_frame_list_clear (HpFrameList *self)
{
  g_clear_pointer (&self->links, g_free);
}

static inline guint32
hp_frame_list_newest (const HpFrameList *self)
{
  return self->links[self->sentinel].older;
}

static inline guint32
hp_frame_list_oldest (const HpFrameList *self)
{
  return self->links[self->sentinel].newer;
}

static inline void
hp_frame_list_push_newest (HpFrameList *self, guint32 frame)
{
  guint32 newest = hp_frame_list_newest (self);

  self->links[frame] = (HpFrameLink){ self->sentinel, newest };
  self->links[newest].newer = frame;
  self->links[self->sentinel].older = frame;
}

static inline void
hp_frame_list_remove (HpFrameList *self, guint32 frame)
{
  HpFrameLink link = self->links[frame];

  self->links[link.newer].older = link.older;
  self->links[link.older].newer = link.newer;
}

G_END_DECLS
