/* fifo.c - page replacement: evict the page loaded longest ago
 *
 * The zero of replacement policies: it never looks at what is used. More page frames may give more faults (Belady).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"

gpointer
hp_queues_create (HpReplacementContext *context)
{
  HpQueues *self = g_new (HpQueues, 1);

  hp_queues_init (self, hp_replacement_n_frames (context));
  return self;
}

void
hp_queues_destroy (gpointer self)
{
  hp_queues_clear (self);
  g_free (self);
}

void
hp_queues_insert (gpointer self, HpReplacementContext *context, guint32 frame, guint32 page)
{
  hp_queues_put (self, 0, frame);
}

guint32
hp_queues_victim (gpointer self, HpReplacementContext *context, guint32 page)
{
  return hp_queues_oldest (self, 0);
}

void
hp_queues_removed (gpointer self, HpReplacementContext *context, guint32 frame, guint32 page, gboolean evicted)
{
  hp_queues_take (self, frame);
}

const HpReplacementPolicy hp_replacement_fifo = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "fifo",
  .create = hp_queues_create,
  .destroy = hp_queues_destroy,
  .insert = hp_queues_insert,
  .victim = hp_queues_victim,
  .removed = hp_queues_removed,
};
