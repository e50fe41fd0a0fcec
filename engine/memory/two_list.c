/* two_list.c - page replacement: an inactive and an active list, as Linux had them before its generations
 *
 * A page is loaded onto the inactive list. It moves to the active one when it is found referenced at the inactive
 * list's old end, so that pages used once (a file read through) never push out those used twice. The active list gives
 * its oldest back while it is the longer one. Linux mm/vmscan.c, mm/swap.c (simplified: one kind of page, no refault
 * distance).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"

enum
{
  INACTIVE,
  ACTIVE
};

static void
two_list_insert (gpointer self, HpReplacementContext *context, guint32 frame, guint32 page)
{
  hp_replacement_clear_referenced (context, frame);
  hp_queues_put (self, INACTIVE, frame);
}

static void
balance (HpQueues *self, HpReplacementContext *context)
{
  while (hp_queues_length (self, ACTIVE) > hp_queues_length (self, INACTIVE))
    {
      guint32 frame = hp_queues_oldest (self, ACTIVE);

      hp_replacement_clear_referenced (context, frame);
      hp_queues_put (self, INACTIVE, frame);
    }
}

static guint32
two_list_victim (gpointer self, HpReplacementContext *context, guint32 page)
{
  for (;;)
    {
      guint32 frame;

      balance (self, context);
      frame = hp_queues_oldest (self, INACTIVE);
      if (!hp_replacement_is_referenced (context, frame))
        return frame;
      hp_replacement_clear_referenced (context, frame);
      hp_queues_put (self, ACTIVE, frame);
    }
}

const HpReplacementPolicy hp_replacement_two_list = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "two-list",
  .create = hp_queues_create,
  .destroy = hp_queues_destroy,
  .insert = two_list_insert,
  .victim = two_list_victim,
  .removed = hp_queues_removed,
};
