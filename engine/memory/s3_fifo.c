/* s3_fifo.c - page replacement: three queues, so that pages used once never get far
 *
 * New pages wait in a small queue of a tenth of RAM. Those used at least twice there move to the main queue; the others
 * leave, and are remembered in a ghost queue: who comes back from it goes to main at once. In main a page that was used
 * goes round again, once for each of up to three uses. Yang, Zhang, Qiu, Yue, Rashmi: FIFO queues are all you need for
 * cache eviction (SOSP 2023), Algorithm 1; the ghost queue is as long as main.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"

#define MOST_USES 3

enum
{
  SMALL,
  MAIN,
  GHOST
};

typedef struct
{
  HpQueues queues; /* of pages, tagged with their frames */
  guint32 n_frames;
  guint8 *uses;        /* by frame: hits since it was loaded or went round, up to MOST_USES */
  guint32 small_pages; /* what the small queue should have */
} S3Fifo;

static gpointer
s3_fifo_create (HpReplacementContext *context)
{
  S3Fifo *self = g_new0 (S3Fifo, 1);

  hp_queues_init (&self->queues, 1);
  self->n_frames = hp_replacement_n_frames (context);
  self->uses = g_new0 (guint8, self->n_frames);
  self->small_pages = MAX (1, self->n_frames / 10);
  return self;
}

static void
s3_fifo_destroy (gpointer instance)
{
  S3Fifo *self = instance;

  hp_queues_clear (&self->queues);
  g_free (self->uses);
  g_free (self);
}

static void
s3_fifo_insert (gpointer instance, HpReplacementContext *context, guint32 frame, guint32 page)
{
  S3Fifo *self = instance;

  hp_queues_reserve (&self->queues, page + 1);
  hp_queues_set_tag (&self->queues, page, frame);
  self->uses[frame] = 0;
  hp_queues_put (&self->queues, hp_queues_of (&self->queues, page) == GHOST ? MAIN : SMALL, page);
}

static void
s3_fifo_hits (gpointer instance, HpReplacementContext *context, const guint32 *frames, gsize n)
{
  S3Fifo *self = instance;

  for (gsize i = 0; i < n; i++)
    self->uses[frames[i]] += self->uses[frames[i]] < MOST_USES;
}

static void
remember (S3Fifo *self, guint32 page)
{
  guint32 most = MAX (1, self->n_frames - self->small_pages);

  if (hp_queues_length (&self->queues, GHOST) >= most)
    hp_queues_take (&self->queues, hp_queues_oldest (&self->queues, GHOST));
  hp_queues_put (&self->queues, GHOST, page);
}

/* Looks at the oldest page of a queue: TRUE when it may go, else it stays, in main. */
static gboolean
try_small (S3Fifo *self, guint32 page, guint8 *uses)
{
  if (*uses <= 1)
    {
      remember (self, page);
      return TRUE;
    }
  *uses = 0;
  hp_queues_put (&self->queues, MAIN, page);
  return FALSE;
}

static gboolean
try_main (S3Fifo *self, guint32 page, guint8 *uses)
{
  if (*uses == 0)
    return TRUE;
  (*uses)--;
  hp_queues_renew (&self->queues, MAIN, page);
  return FALSE;
}

static guint32
s3_fifo_victim (gpointer instance, HpReplacementContext *context, guint32 incoming)
{
  S3Fifo *self = instance;

  for (;;)
    {
      gboolean is_small = hp_queues_length (&self->queues, SMALL) >= self->small_pages
                          || hp_queues_length (&self->queues, MAIN) == 0;
      guint32 page = hp_queues_oldest (&self->queues, is_small ? SMALL : MAIN);
      guint32 frame = hp_queues_tag (&self->queues, page);

      if ((is_small ? try_small : try_main) (self, page, &self->uses[frame]))
        return frame;
    }
}

static void
s3_fifo_removed (gpointer instance, HpReplacementContext *context, guint32 frame, guint32 page, gboolean evicted)
{
  S3Fifo *self = instance;

  if (hp_queues_of (&self->queues, page) != GHOST)
    hp_queues_take (&self->queues, page);
}

const HpReplacementPolicy hp_replacement_s3_fifo = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "s3-fifo",
  .create = s3_fifo_create,
  .destroy = s3_fifo_destroy,
  .insert = s3_fifo_insert,
  .hits = s3_fifo_hits,
  .victim = s3_fifo_victim,
  .removed = s3_fifo_removed,
};
