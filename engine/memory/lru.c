/* lru.c - page replacement: evict the page referenced longest ago
 *
 * FIFO's queue, and a hit moves the page to its newest end. Exact LRU needs to see every access, which no hardware
 * offers; CLOCK is what is built instead.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"

static void
lru_hits (gpointer self, HpReplacementContext *context, const guint32 *frames, gsize n)
{
  for (gsize i = 0; i < n; i++)
    hp_queues_renew (self, 0, frames[i]);
}

const HpReplacementPolicy hp_replacement_lru = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "lru",
  .create = hp_queues_create,
  .destroy = hp_queues_destroy,
  .insert = hp_queues_insert,
  .hits = lru_hits,
  .victim = hp_queues_victim,
  .removed = hp_queues_removed,
};
