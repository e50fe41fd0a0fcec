/* arc.c - page replacement: recency and frequency share RAM, and what was evicted in vain tells which one gets more
 *
 * T1 holds pages seen once of late, T2 those seen again; B1 and B2 remember pages that were evicted from them (ghosts).
 * A ghost that comes back raises the share of its side. N. Megiddo, D. S. Modha: ARC: A Self-Tuning, Low Overhead
 * Replacement Cache (FAST 2003), Figure 4, with p as a real number.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"
#include "memory/latest.h"

enum
{
  T1,
  T2,
  B1,
  B2
};

typedef struct
{
  HpQueues lists; /* of pages, tagged with their frames */
  guint32 *pages; /* by frame */
  guint32 n_frames;
  HpLatest latest;
  double p;          /* how much of RAM T1 should have, in pages */
  gboolean is_again; /* the page that comes in was a ghost */
} Arc;

static gpointer
arc_create (HpReplacementContext *context)
{
  Arc *self = g_new0 (Arc, 1);

  hp_queues_init (&self->lists, 1);
  self->n_frames = hp_replacement_n_frames (context);
  self->pages = g_new0 (guint32, self->n_frames);
  hp_latest_init (&self->latest, hp_replacement_n_frames (context));
  return self;
}

static void
arc_destroy (gpointer instance)
{
  Arc *self = instance;

  hp_queues_clear (&self->lists);
  g_free (self->pages);
  hp_latest_clear (&self->latest);
  g_free (self);
}

static void
arc_hits (gpointer instance, HpReplacementContext *context, const guint32 *frames, gsize n)
{
  Arc *self = instance;

  for (gsize i = hp_latest_find (&self->latest, frames, n); i-- > 0;)
    {
      guint32 page = self->pages[frames[self->latest.indices[i]]];

      if (hp_queues_of (&self->lists, page) == T2)
        hp_queues_renew (&self->lists, T2, page);
      else
        hp_queues_put (&self->lists, T2, page);
    }
}

/* A ghost that comes back: its side should have been larger. It leaves its list before anything else is decided. */
static gboolean
hear_ghost (Arc *self, guint32 page, guint list)
{
  double n_b1 = hp_queues_length (&self->lists, B1);
  double n_b2 = hp_queues_length (&self->lists, B2);

  if (list == B1)
    self->p = MIN (self->n_frames, self->p + MAX (1, n_b2 / n_b1));
  else if (list == B2)
    self->p = MAX (0, self->p - MAX (1, n_b1 / n_b2));
  else
    return FALSE;
  hp_queues_take (&self->lists, page);
  return TRUE;
}

/* REPLACE of the paper: the oldest page of the side that has more than its share becomes a ghost. */
static guint32
replace (Arc *self, gboolean was_in_b2)
{
  guint32 n_t1 = hp_queues_length (&self->lists, T1);
  gboolean from_t1 = n_t1 > 0 && (n_t1 > self->p || (was_in_b2 && n_t1 == self->p));
  guint32 page;

  from_t1 = from_t1 || hp_queues_length (&self->lists, T2) == 0;
  page = hp_queues_oldest (&self->lists, from_t1 ? T1 : T2);
  hp_queues_put (&self->lists, from_t1 ? B1 : B2, page);
  return page;
}

static void
drop_oldest (Arc *self, guint list)
{
  if (hp_queues_length (&self->lists, list) > 0)
    hp_queues_take (&self->lists, hp_queues_oldest (&self->lists, list));
}

/* Nobody remembers the page that comes in. Ghosts and residents are never more than twice what RAM holds. */
static guint32
make_room_for_new (Arc *self)
{
  guint32 n_frames = self->n_frames;
  guint32 n_t1 = hp_queues_length (&self->lists, T1);
  guint32 n_one = n_t1 + hp_queues_length (&self->lists, B1);
  guint32 n_two = hp_queues_length (&self->lists, T2) + hp_queues_length (&self->lists, B2);

  if (n_one == n_frames && n_t1 == n_frames)
    return hp_queues_oldest (&self->lists, T1); /* leaves no ghost */
  if (n_one == n_frames)
    drop_oldest (self, B1);
  else if (n_one + n_two >= 2 * n_frames)
    drop_oldest (self, B2);
  return replace (self, FALSE);
}

static guint32
arc_victim (gpointer instance, HpReplacementContext *context, guint32 page)
{
  Arc *self = instance;
  guint list;

  hp_queues_reserve (&self->lists, page + 1);
  list = hp_queues_of (&self->lists, page);
  self->is_again = hear_ghost (self, page, list);
  page = self->is_again ? replace (self, list == B2) : make_room_for_new (self);
  return hp_queues_tag (&self->lists, page);
}

/* T1 and B1 together are no more than RAM holds. Where the program gave frames back, they could become more. */
static void
forget_surplus (Arc *self)
{
  while (hp_queues_length (&self->lists, T1) + hp_queues_length (&self->lists, B1) > self->n_frames)
    drop_oldest (self, B1);
}

/* Where a frame was free, nobody asked for a victim, and the ghost is heard of here. */
static void
arc_insert (gpointer instance, HpReplacementContext *context, guint32 frame, guint32 page)
{
  Arc *self = instance;

  hp_queues_reserve (&self->lists, page + 1);
  hp_queues_set_tag (&self->lists, page, frame);
  self->pages[frame] = page;
  self->is_again = self->is_again || hear_ghost (self, page, hp_queues_of (&self->lists, page));
  hp_queues_put (&self->lists, self->is_again ? T2 : T1, page);
  self->is_again = FALSE;
  forget_surplus (self);
}

/* A victim is a ghost by now, or forgotten. */
static void
arc_removed (gpointer instance, HpReplacementContext *context, guint32 frame, guint32 page, gboolean evicted)
{
  Arc *self = instance;
  guint list = hp_queues_of (&self->lists, page);

  if (list == T1 || list == T2)
    hp_queues_take (&self->lists, page);
}

const HpReplacementPolicy hp_replacement_arc = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "arc",
  .create = arc_create,
  .destroy = arc_destroy,
  .insert = arc_insert,
  .hits = arc_hits,
  .victim = arc_victim,
  .removed = arc_removed,
};
