/* sieve.c - page replacement: a queue that nothing moves in, and a hand that sieves it
 *
 * The hand goes from the oldest page towards the newest, clears set bits, and evicts the first page whose bit is clear.
 * It stays there; new pages go in at the newest end. So a page that is used stays where it is, and new ones are tried
 * quickly. Zhang, Yang, Yue, Vigfusson, Rashmi: SIEVE is Simpler than LRU (NSDI 2024).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"

typedef struct
{
  HpQueues queue;
  guint32 hand; /* the frame to look at next; HP_NO_MEMBER: the oldest */
} Sieve;

static gpointer
sieve_create (HpReplacementContext *context)
{
  Sieve *self = g_new (Sieve, 1);

  hp_queues_init (&self->queue, hp_replacement_n_frames (context));
  self->hand = HP_NO_MEMBER;
  return self;
}

static void
sieve_destroy (gpointer instance)
{
  Sieve *self = instance;

  hp_queues_clear (&self->queue);
  g_free (self);
}

/* The access that loads a page does not count. */
static void
sieve_insert (gpointer instance, HpReplacementContext *context, guint32 frame, guint32 page)
{
  Sieve *self = instance;

  hp_replacement_clear_referenced (context, frame);
  hp_queues_put (&self->queue, 0, frame);
}

static guint32
sieve_victim (gpointer instance, HpReplacementContext *context, guint32 page)
{
  Sieve *self = instance;
  guint32 frame = self->hand != HP_NO_MEMBER ? self->hand : hp_queues_oldest (&self->queue, 0);

  while (hp_replacement_is_referenced (context, frame))
    {
      hp_replacement_clear_referenced (context, frame);
      frame = hp_queues_newer (&self->queue, frame);
      if (frame == HP_NO_MEMBER)
        frame = hp_queues_oldest (&self->queue, 0);
    }
  self->hand = frame;
  return frame;
}

static void
sieve_removed (gpointer instance, HpReplacementContext *context, guint32 frame, guint32 page, gboolean evicted)
{
  Sieve *self = instance;

  if (self->hand == frame)
    self->hand = hp_queues_newer (&self->queue, frame);
  hp_queues_take (&self->queue, frame);
}

const HpReplacementPolicy hp_replacement_sieve = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "sieve",
  .create = sieve_create,
  .destroy = sieve_destroy,
  .insert = sieve_insert,
  .victim = sieve_victim,
  .removed = sieve_removed,
};
