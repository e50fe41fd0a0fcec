/* lfu.c - page replacement: evict the page referenced least often since it was loaded, of several the one longest ago
 *
 * Counts never fade, so a page that was hot long ago never leaves: a warning more than a policy. A page referenced once
 * waits in a queue, from which the oldest leaves first; one found there with a larger count goes on to a heap, whose
 * first leaves when the queue is empty. A hit only stores the new count; since counts only grow, what stands in the
 * heap is never too large, and the victim is found by repairing the first frame until it stays the first.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"
#include "memory/frame_heap.h"
#include "memory/queues.h"

#include <stdlib.h>

/* Key in the heap: references in the upper half, the time of the newest one in the lower. */
#define ONE_REFERENCE (G_GUINT64_CONSTANT (1) << 32)
#define TIME(key) ((guint32) (key))
/* Soon before the end, as Linux starts its jiffies: times are renumbered in every run, not only after days. */
#define FIRST_TIME (G_MAXUINT32 - 1000)
#define MOST_REFERENCES (G_GUINT64_CONSTANT (0xffffffff) << 32)

typedef struct
{
  HpQueues once;    /* of frames; those with a count of 1 are all here */
  HpFrameHeap heap; /* its keys are those that the order was made by */
  guint64 *keys;    /* by frame: as hits left them */
  guint32 time;
} Lfu;

static gpointer
lfu_create (HpReplacementContext *context)
{
  Lfu *self = g_new0 (Lfu, 1);
  guint32 n_frames = hp_replacement_n_frames (context);

  hp_queues_init (&self->once, n_frames);
  hp_frame_heap_init (&self->heap, n_frames);
  self->keys = g_new0 (guint64, n_frames);
  self->time = FIRST_TIME;
  return self;
}

static void
lfu_destroy (gpointer instance)
{
  Lfu *self = instance;

  hp_queues_clear (&self->once);
  hp_frame_heap_clear (&self->heap);
  g_free (self->keys);
  g_free (self);
}

/* ---- time -------------------------------------------------------------------------------------------------------- */

static int
by_time (gconstpointer a, gconstpointer b, gpointer data)
{
  const Lfu *self = data;
  guint32 x = TIME (self->keys[*(const guint32 *) a]);
  guint32 y = TIME (self->keys[*(const guint32 *) b]);

  return x < y ? -1 : x > y;
}

static gboolean
is_once (const Lfu *self, guint32 frame)
{
  return hp_queues_of (&self->once, frame) != HP_MOST_QUEUES;
}

/* All frames with a page, @n of them. */
static guint32 *
list_frames (const Lfu *self, guint32 *n)
{
  guint32 *frames = g_new (guint32, self->heap.n + hp_queues_length (&self->once, 0));

  for (*n = 0; *n < self->heap.n; ++*n)
    frames[*n] = self->heap.heap[*n];
  for (guint32 frame = hp_queues_oldest (&self->once, 0); frame != HP_NO_MEMBER;
       frame = hp_queues_newer (&self->once, frame))
    frames[(*n)++] = frame;
  return frames;
}

/* After 2^32 references: only the order of times matters, so they begin anew at 1, in the same order. */
static void
renumber (Lfu *self)
{
  guint32 n;
  g_autofree guint32 *frames = list_frames (self, &n);

  g_qsort_with_data (frames, (gint) n, sizeof *frames, by_time, self);
  self->time = 0;
  for (guint32 i = 0; i < n; i++)
    {
      guint32 frame = frames[i];

      self->keys[frame] = (self->keys[frame] & MOST_REFERENCES) | ++self->time;
      if (is_once (self, frame))
        continue;
      self->heap.keys[frame] = self->keys[frame];
      hp_frame_heap_repair (&self->heap, frame);
    }
}

static inline guint32
tick (Lfu *self)
{
  if (G_UNLIKELY (self->time == G_MAXUINT32))
    renumber (self);
  return ++self->time;
}

/* ---- the policy -------------------------------------------------------------------------------------------------- */

static void
lfu_insert (gpointer instance, HpReplacementContext *context, guint32 frame, guint32 page)
{
  Lfu *self = instance;

  self->keys[frame] = ONE_REFERENCE | tick (self);
  hp_queues_put (&self->once, 0, frame);
}

static void
lfu_hits (gpointer instance, HpReplacementContext *context, const guint32 *frames, gsize n)
{
  Lfu *self = instance;

  for (gsize i = 0; i < n; i++)
    {
      guint32 now = tick (self);
      guint64 count = self->keys[frames[i]] & MOST_REFERENCES;

      self->keys[frames[i]] = (count == MOST_REFERENCES ? count : count + ONE_REFERENCE) | now;
    }
}

/* The oldest page that was referenced once, or HP_NO_MEMBER: the others in front of it go on to the heap. */
static guint32
find_once (Lfu *self)
{
  for (;;)
    {
      guint32 frame = hp_queues_oldest (&self->once, 0);

      if (frame == HP_NO_MEMBER || self->keys[frame] < 2 * ONE_REFERENCE)
        return frame;
      hp_queues_take (&self->once, frame);
      self->heap.keys[frame] = self->keys[frame];
      hp_frame_heap_add (&self->heap, frame);
    }
}

static guint32
find_first (Lfu *self)
{
  guint32 frame = hp_frame_heap_first (&self->heap);

  while (self->heap.keys[frame] != self->keys[frame])
    {
      self->heap.keys[frame] = self->keys[frame];
      hp_frame_heap_repair (&self->heap, frame);
      frame = hp_frame_heap_first (&self->heap);
    }
  return frame;
}

static guint32
lfu_victim (gpointer instance, HpReplacementContext *context, guint32 page)
{
  Lfu *self = instance;
  guint32 frame = find_once (self);

  return frame != HP_NO_MEMBER ? frame : find_first (self);
}

static void
lfu_removed (gpointer instance, HpReplacementContext *context, guint32 frame, guint32 page, gboolean evicted)
{
  Lfu *self = instance;

  if (is_once (self, frame))
    hp_queues_take (&self->once, frame);
  else
    hp_frame_heap_remove (&self->heap, frame);
}

const HpReplacementPolicy hp_replacement_lfu = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "lfu",
  .create = lfu_create,
  .destroy = lfu_destroy,
  .insert = lfu_insert,
  .hits = lfu_hits,
  .victim = lfu_victim,
  .removed = lfu_removed,
};
