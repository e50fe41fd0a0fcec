/* lfu.c - page replacement: evict the page referenced least often since it was loaded, of several the one longest ago
 *
 * Counts never fade, so a page that was hot long ago never leaves: a warning more than a policy. A hit only stores the
 * new count; since counts only grow, what stands in the heap is never too large, and the victim is found by repairing
 * the first frame until it stays the first.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"
#include "memory/frame_heap.h"

#include <stdlib.h>

/* Key in the heap: references in the upper half, the time of the newest one in the lower. */
#define ONE_REFERENCE (G_GUINT64_CONSTANT (1) << 32)
#define TIME(key) ((guint32) (key))
#define MOST_REFERENCES (G_GUINT64_CONSTANT (0xffffffff) << 32)

typedef struct
{
  HpFrameHeap heap; /* its keys are those that the order was made by */
  guint64 *keys;    /* by frame: as hits left them */
  guint32 time;
} Lfu;

static gpointer
lfu_create (HpReplacementContext *context)
{
  Lfu *self = g_new0 (Lfu, 1);
  guint32 n_frames = hp_replacement_n_frames (context);

  hp_frame_heap_init (&self->heap, n_frames);
  self->keys = g_new0 (guint64, n_frames);
  return self;
}

static void
lfu_destroy (gpointer instance)
{
  Lfu *self = instance;

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

/* After 2^32 references: only the order of times matters, so they begin anew at 1, in the same order. */
static void
renumber (Lfu *self)
{
  g_autofree guint32 *frames = g_memdup2 (self->heap.heap, self->heap.n * sizeof (guint32));
  guint32 n = self->heap.n;

  g_qsort_with_data (frames, (gint) n, sizeof *frames, by_time, self);
  self->heap.n = 0;
  self->time = 0;
  for (guint32 i = 0; i < n; i++)
    {
      guint32 frame = frames[i];

      self->keys[frame] = (self->keys[frame] & MOST_REFERENCES) | ++self->time;
      self->heap.keys[frame] = self->keys[frame];
      hp_frame_heap_add (&self->heap, frame);
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
  self->heap.keys[frame] = self->keys[frame];
  hp_frame_heap_add (&self->heap, frame);
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

static guint32
lfu_victim (gpointer instance, HpReplacementContext *context, guint32 page)
{
  Lfu *self = instance;
  guint32 frame = hp_frame_heap_first (&self->heap);

  while (self->heap.keys[frame] != self->keys[frame])
    {
      self->heap.keys[frame] = self->keys[frame];
      hp_frame_heap_repair (&self->heap, frame);
      frame = hp_frame_heap_first (&self->heap);
    }
  return frame;
}

static void
lfu_removed (gpointer instance, HpReplacementContext *context, guint32 frame, guint32 page, gboolean evicted)
{
  Lfu *self = instance;

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
