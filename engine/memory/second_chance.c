/* second_chance.c - page replacement: CLOCK, one bit a page instead of LRU's exact order
 *
 * The page frames form a ring. The hand clears referenced bits until it meets a clear one; that page goes, and the hand
 * moves one on. The two variants differ in the bit of a page that was just loaded: clear (clock0: the access that
 * loaded it does not count) or set (clock1: as the hardware leaves it).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"

typedef struct
{
  guint32 hand; /* the frame to look at next */
} Clock;

static gpointer
clock_create (HpReplacementContext *context)
{
  return g_new0 (Clock, 1);
}

static void
clock0_insert (gpointer self, HpReplacementContext *context, guint32 frame, guint32 page)
{
  hp_replacement_clear_referenced (context, frame);
}

static guint32
clock_advance (Clock *self, HpReplacementContext *context)
{
  guint32 frame = self->hand++;

  if (self->hand == hp_replacement_n_frames (context))
    self->hand = 0;
  return frame;
}

static guint32
clock_victim (gpointer self, HpReplacementContext *context, guint32 page)
{
  guint32 frame = clock_advance (self, context);

  while (hp_replacement_is_referenced (context, frame))
    {
      hp_replacement_clear_referenced (context, frame);
      frame = clock_advance (self, context);
    }
  return frame;
}

const HpReplacementPolicy hp_replacement_clock0 = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "clock0",
  .create = clock_create,
  .destroy = g_free,
  .insert = clock0_insert,
  .victim = clock_victim,
};

const HpReplacementPolicy hp_replacement_clock1 = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "clock1",
  .create = clock_create,
  .destroy = g_free,
  .victim = clock_victim,
};
