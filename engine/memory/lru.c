/* lru.c - page replacement: evict the page referenced longest ago
 *
 * FIFO's queue, and a hit moves the page to its newest end. Exact LRU needs to see every access, which no hardware
 * offers; CLOCK is what is built instead.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"
#include "memory/frame_list.h"

static void
lru_hit (gpointer self, HpReplacementContext *context, guint32 frame)
{
  if (frame == hp_frame_list_newest (self))
    return;
  hp_frame_list_remove (self, frame);
  hp_frame_list_push_newest (self, frame);
}

const HpReplacementPolicy hp_replacement_lru = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "lru",
  .create = hp_queue_create,
  .destroy = hp_queue_destroy,
  .insert = hp_queue_insert,
  .hit = lru_hit,
  .victim = hp_queue_victim,
  .removed = hp_queue_removed,
};
