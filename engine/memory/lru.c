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
lru_hits (gpointer self, HpReplacementContext *context, const guint32 *frames, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (frames[i] != hp_frame_list_newest (self))
      {
        hp_frame_list_remove (self, frames[i]);
        hp_frame_list_push_newest (self, frames[i]);
      }
}

const HpReplacementPolicy hp_replacement_lru = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "lru",
  .create = hp_queue_create,
  .destroy = hp_queue_destroy,
  .insert = hp_queue_insert,
  .hits = lru_hits,
  .victim = hp_queue_victim,
  .removed = hp_queue_removed,
};
