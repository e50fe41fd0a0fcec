/* queues.c - room for the members of queues
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/queues.h"

#include "memory/huge_pages.h"

void
hp_queues_init (HpQueues *self, guint32 n_members)
{
  *self = (HpQueues){ .links = g_new (HpQueueLink, HP_MOST_QUEUES) };
  for (guint32 i = 0; i < HP_MOST_QUEUES; i++)
    self->links[i] = (HpQueueLink){ .newer = i, .older = i };
  hp_queues_reserve (self, n_members);
}

/* At least doubled, so that a member at a time costs little. */
void
hp_queues_reserve (HpQueues *self, guint32 n_members)
{
  guint32 n = MAX (n_members, (guint32) MIN ((guint64) self->n_members * 2, G_MAXUINT32 / 2));

  if (n_members <= self->n_members)
    return;
  self->links = hp_grow_table (self->links,
                               ((gsize) self->n_members + HP_MOST_QUEUES) * sizeof *self->links,
                               ((gsize) n + HP_MOST_QUEUES) * sizeof *self->links);
  for (guint32 i = self->n_members; i < n; i++)
    self->links[i + HP_MOST_QUEUES] = (HpQueueLink){ .queue = HP_MOST_QUEUES };
  self->n_members = n;
}

void
hp_queues_clear (HpQueues *self)
{
  g_clear_pointer (&self->links, g_free);
}
