/* fifo.c - page replacement: evict the page loaded longest ago
 *
 * The zero of replacement policies: it never looks at what is used. More page frames may give more faults (Belady).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"
#include "memory/frame_list.h"

gpointer
hp_queue_create (HpReplacementContext *context)
{
  HpFrameList *self = g_new0 (HpFrameList, 1);

  hp_frame_list_init (self, hp_replacement_n_frames (context));
  return self;
}

void
hp_queue_destroy (gpointer self)
{
  hp_frame_list_clear (self);
  g_free (self);
}

void
hp_queue_insert (gpointer self, HpReplacementContext *context, guint32 frame, guint32 page)
{
  hp_frame_list_push_newest (self, frame);
}

guint32
hp_queue_victim (gpointer self, HpReplacementContext *context, guint32 page)
{
  return hp_frame_list_oldest (self);
}

void
hp_queue_removed (gpointer self, HpReplacementContext *context, guint32 frame, guint32 page, gboolean evicted)
{
  hp_frame_list_remove (self, frame);
}

const HpReplacementPolicy hp_replacement_fifo = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "fifo",
  .create = hp_queue_create,
  .destroy = hp_queue_destroy,
  .insert = hp_queue_insert,
  .victim = hp_queue_victim,
  .removed = hp_queue_removed,
};
