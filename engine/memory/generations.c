/* generations.c - page replacement: generations of pages, as Linux has them since 6.1 (multi-generational LRU)
 *
 * A page is loaded into the youngest generation. When there are only two generations left, a walk over all pages makes
 * a new youngest one and moves into it what was referenced since the last walk. Victims come from the oldest
 * generation; a page that turns out to be referenced moves to the youngest instead. Linux
 * Documentation/mm/multigen_lru.rst, mm/vmscan.c, MIN_NR_GENS and MAX_NR_GENS of include/linux/mmzone.h. Simplified:
 * one kind of page, so no tiers of file accesses and no balance by refaults; the walk looks at all pages of the
 * process.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"

#define MIN_GENERATIONS 2
#define MAX_GENERATIONS 4

/* Generation s is the queue s % MAX_GENERATIONS; min <= max < min + MAX_GENERATIONS. */
typedef struct
{
  HpQueues queues; /* of frames */
  guint32 min, max;
} Generations;

static gpointer
generations_create (HpReplacementContext *context)
{
  Generations *self = g_new (Generations, 1);

  hp_queues_init (&self->queues, hp_replacement_n_frames (context));
  self->min = 0;
  self->max = MIN_GENERATIONS - 1;
  return self;
}

static void
generations_destroy (gpointer instance)
{
  Generations *self = instance;

  hp_queues_clear (&self->queues);
  g_free (self);
}

static void
make_young (Generations *self, guint32 frame)
{
  hp_queues_put (&self->queues, self->max % MAX_GENERATIONS, frame);
}

static void
generations_insert (gpointer instance, HpReplacementContext *context, guint32 frame, guint32 page)
{
  make_young (instance, frame);
}

/* The walk over the page table: what was referenced is the new youngest generation. */
static void
age (Generations *self, HpReplacementContext *context)
{
  guint32 n_frames = hp_replacement_n_frames (context);

  self->max++;
  for (guint32 frame = 0; frame < n_frames; frame++)
    if (hp_replacement_is_referenced (context, frame))
      {
        hp_replacement_clear_referenced (context, frame);
        make_young (self, frame);
      }
}

/* The oldest generation that has pages, made after a walk where there were too few generations. */
static guint
find_oldest (Generations *self, HpReplacementContext *context)
{
  for (;;)
    {
      if (self->max - self->min + 1 <= MIN_GENERATIONS)
        age (self, context);
      if (hp_queues_length (&self->queues, self->min % MAX_GENERATIONS) > 0)
        return self->min % MAX_GENERATIONS;
      self->min++;
    }
}

static guint32
generations_victim (gpointer instance, HpReplacementContext *context, guint32 page)
{
  Generations *self = instance;

  for (;;)
    {
      guint32 frame = hp_queues_oldest (&self->queues, find_oldest (self, context));

      if (!hp_replacement_is_referenced (context, frame))
        return frame;
      hp_replacement_clear_referenced (context, frame);
      make_young (self, frame);
    }
}

static void
generations_removed (gpointer instance, HpReplacementContext *context, guint32 frame, guint32 page, gboolean evicted)
{
  Generations *self = instance;

  hp_queues_take (&self->queues, frame);
}

const HpReplacementPolicy hp_replacement_generations = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "mglru",
  .create = generations_create,
  .destroy = generations_destroy,
  .insert = generations_insert,
  .victim = generations_victim,
  .removed = generations_removed,
};
