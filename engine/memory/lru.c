/* lru.c - page replacement: evict the page referenced longest ago
 *
 * FIFO's queue, and a hit moves the page to its newest end. Exact LRU needs to see every access, which no hardware
 * offers; CLOCK is what is built instead.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"
#include "memory/latest.h"

typedef struct
{
  HpQueues queue; /* comes first: the other functions are FIFO's */
  HpLatest latest;
} Lru;

static gpointer
lru_create (HpReplacementContext *context)
{
  Lru *self = g_new (Lru, 1);
  guint32 n_frames = hp_replacement_n_frames (context);

  hp_queues_init (&self->queue, n_frames);
  hp_latest_init (&self->latest, n_frames);
  return self;
}

static void
lru_destroy (gpointer instance)
{
  Lru *self = instance;

  hp_latest_clear (&self->latest);
  hp_queues_destroy (self);
}

static void
lru_hits (gpointer instance, HpReplacementContext *context, const guint32 *frames, gsize n)
{
  Lru *self = instance;

  for (gsize i = hp_latest_find (&self->latest, frames, n); i-- > 0;)
    hp_queues_renew (&self->queue, 0, frames[self->latest.indices[i]]);
}

const HpReplacementPolicy hp_replacement_lru = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "lru",
  .create = lru_create,
  .destroy = lru_destroy,
  .insert = hp_queues_insert,
  .hits = lru_hits,
  .victim = hp_queues_victim,
  .removed = hp_queues_removed,
};
