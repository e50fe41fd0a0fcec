/* optimal.c - page replacement: evict the page that will be used again last of all
 *
 * L. A. Belady: A study of replacement algorithms for a virtual-storage computer (1966). No policy can do with fewer
 * faults, and no real machine can run it, since it needs the future: it is the yardstick, for traces. A hit stores the
 * next use and puts the frame on a list; the heap is repaired when a victim is asked for.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"
#include "memory/frame_heap.h"
#include "memory/latest.h"

typedef struct
{
  HpFrameHeap heap;   /* smallest key first: the farther the next use, the smaller */
  guint32 *next_uses; /* by frame */
  HpLatest latest;
  guint32 *changed;   /* frames whose next use is not in the heap yet, each once */
  guint8 *is_changed; /* by frame */
  guint32 n_changed;
} Optimal;

static gpointer
optimal_create (HpReplacementContext *context)
{
  Optimal *self = g_new0 (Optimal, 1);
  guint32 n_frames = hp_replacement_n_frames (context);

  hp_frame_heap_init (&self->heap, n_frames);
  self->next_uses = g_new (guint32, n_frames);
  self->changed = g_new (guint32, n_frames);
  hp_latest_init (&self->latest, n_frames);
  self->is_changed = g_new0 (guint8, n_frames);
  return self;
}

static void
optimal_destroy (gpointer instance)
{
  Optimal *self = instance;

  hp_frame_heap_clear (&self->heap);
  hp_latest_clear (&self->latest);
  g_free (self->next_uses);
  g_free (self->changed);
  g_free (self->is_changed);
  g_free (self);
}

/* Pages that are never used again are all alike: the lowest frame among them goes. */
static inline guint64
key_of (const Optimal *self, guint32 frame)
{
  return (guint64) (G_MAXUINT32 - self->next_uses[frame]) << 32 | frame;
}

/* Without the future every page counts as never used again. */
static void
optimal_insert (gpointer instance, HpReplacementContext *context, guint32 frame, guint32 page)
{
  Optimal *self = instance;
  const guint32 *next_uses = hp_replacement_next_uses (context);

  self->next_uses[frame] = next_uses != NULL ? next_uses[0] : HP_NEVER_USED_AGAIN;
  self->heap.keys[frame] = key_of (self, frame);
  hp_frame_heap_add (&self->heap, frame);
}

static void
optimal_hits (gpointer instance, HpReplacementContext *context, const guint32 *frames, gsize n)
{
  Optimal *self = instance;
  const guint32 *next_uses = hp_replacement_next_uses (context);

  for (gsize i = hp_latest_find (&self->latest, frames, n); i-- > 0;)
    {
      guint32 hit = self->latest.indices[i];
      guint32 frame = frames[hit];

      self->next_uses[frame] = next_uses != NULL ? next_uses[hit] : HP_NEVER_USED_AGAIN;
      if (!self->is_changed[frame])
        self->changed[self->n_changed++] = frame;
      self->is_changed[frame] = TRUE;
    }
}

static void
bring_up_to_date (Optimal *self)
{
  for (guint32 i = 0; i < self->n_changed; i++)
    {
      guint32 frame = self->changed[i];

      self->heap.keys[frame] = key_of (self, frame);
      hp_frame_heap_repair (&self->heap, frame);
      self->is_changed[frame] = FALSE;
    }
  self->n_changed = 0;
}

static guint32
optimal_victim (gpointer instance, HpReplacementContext *context, guint32 page)
{
  Optimal *self = instance;

  bring_up_to_date (self);
  return hp_frame_heap_first (&self->heap);
}

static void
optimal_removed (gpointer instance, HpReplacementContext *context, guint32 frame, guint32 page, gboolean evicted)
{
  Optimal *self = instance;

  bring_up_to_date (self);
  hp_frame_heap_remove (&self->heap, frame);
}

const HpReplacementPolicy hp_replacement_optimal = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "opt",
  .needs_future = TRUE,
  .create = optimal_create,
  .destroy = optimal_destroy,
  .insert = optimal_insert,
  .hits = optimal_hits,
  .victim = optimal_victim,
  .removed = optimal_removed,
};
