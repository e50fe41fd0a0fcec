/* queues.h - page frames, or pages, in queues: what most replacement policies are made of
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** No member: a queue is empty, or ends here. */
#define HP_NO_MEMBER G_MAXUINT32
/** At most so many queues. */
#define HP_MOST_QUEUES 8

/**
 * HpQueues: some queues, and members with the numbers 0 … n_members-1, each in one of them or in none
 *
 * Each queue is a ring from its newest member to its oldest and back through a sentinel. Sentinels are the first links;
 * a member's link comes HP_MOST_QUEUES after its number. All is done in constant time, and all about a member lies in
 * 16 bytes. Members may be page frames, or pages where a policy remembers those that left. links[links[i].older].newer
 * = i for the sentinels and every member of a queue
 */
typedef struct
{
  guint32 newer, older;
  guint32 queue; /* that the member is in, or HP_MOST_QUEUES for none */
  guint32 tag;   /* the policy's own: 0 until it is set */
} HpQueueLink;

typedef struct
{
  HpQueueLink *links; /* HP_MOST_QUEUES + n_members */
  guint32 n_members;
  guint32 lengths[HP_MOST_QUEUES];
} HpQueues;

/** There are members up to number @n_members - 1: more room is made where there was less. New ones are in no queue. */
void hp_queues_reserve (HpQueues *self, guint32 n_members);
/** @self holds whatever was there before: nothing. */
void hp_queues_init (HpQueues *self, guint32 n_members);
void hp_queues_clear (HpQueues *self);

static inline guint32
hp_queues_length (const HpQueues *self, guint queue)
{
  return self->lengths[queue];
}

/** The queue that @member is in, or HP_MOST_QUEUES. */
static inline guint
hp_queues_of (const HpQueues *self, guint32 member)
{
  return self->links[member + HP_MOST_QUEUES].queue;
}

/** What the policy keeps with @member, as the frame that a page is in. */
static inline guint32
hp_queues_tag (const HpQueues *self, guint32 member)
{
  return self->links[member + HP_MOST_QUEUES].tag;
}

static inline void
hp_queues_set_tag (HpQueues *self, guint32 member, guint32 tag)
{
  self->links[member + HP_MOST_QUEUES].tag = tag;
}

static inline guint32
hp_queues_member_ (guint32 link)
{
  return link < HP_MOST_QUEUES ? HP_NO_MEMBER : link - HP_MOST_QUEUES;
}

static inline guint32
hp_queues_oldest (const HpQueues *self, guint queue)
{
  return hp_queues_member_ (self->links[queue].newer);
}

/** The member that came into the queue after @member, which is in one. */
static inline guint32
hp_queues_newer (const HpQueues *self, guint32 member)
{
  return hp_queues_member_ (self->links[member + HP_MOST_QUEUES].newer);
}

static inline void
hp_queues_unlink_ (HpQueues *self, guint32 i)
{
  HpQueueLink link = self->links[i];

  self->links[link.newer].older = link.older;
  self->links[link.older].newer = link.newer;
}

static inline void
hp_queues_link_ (HpQueues *self, guint queue, guint32 i)
{
  guint32 newest = self->links[queue].older;

  self->links[i].newer = queue;
  self->links[i].older = newest;
  self->links[newest].newer = i;
  self->links[queue].older = i;
}

/** @member leaves its queue, if it is in one. */
static inline void
hp_queues_take (HpQueues *self, guint32 member)
{
  HpQueueLink *link = &self->links[member + HP_MOST_QUEUES];

  if (link->queue == HP_MOST_QUEUES)
    return;
  hp_queues_unlink_ (self, member + HP_MOST_QUEUES);
  self->lengths[link->queue]--;
  link->queue = HP_MOST_QUEUES;
}

/** @member goes to the newest end of @queue, wherever it was. */
static inline void
hp_queues_put (HpQueues *self, guint queue, guint32 member)
{
  hp_queues_take (self, member);
  hp_queues_link_ (self, queue, member + HP_MOST_QUEUES);
  self->links[member + HP_MOST_QUEUES].queue = queue;
  self->lengths[queue]++;
}

/** @member goes to the newest end of @queue, in which it is. */
static inline void
hp_queues_renew (HpQueues *self, guint queue, guint32 member)
{
  guint32 i = member + HP_MOST_QUEUES;

  if (self->links[queue].older == i)
    return;
  hp_queues_unlink_ (self, i);
  hp_queues_link_ (self, queue, i);
}

G_END_DECLS
