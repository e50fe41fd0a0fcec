/* latest.h - of a batch of hits, the last one of each frame
 *
 * Where only the order of the newest use counts, the others need not be looked at: in real programs that is nine in
 * ten.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "memory/replacement.h"

G_BEGIN_DECLS

/** HpLatest: batches[frame] is the newest batch that @frame was in. A batch has a number from 1 to 2^32 - 1. */
typedef struct
{
  guint32 *batches; /* by frame */
  guint32 n_frames;
  guint32 batch;                         /* the newest */
  guint16 indices[HP_REPLACEMENT_BATCH]; /* what hp_latest_find() found */
} HpLatest;

void hp_latest_init (HpLatest *self, guint32 n_frames);
void hp_latest_clear (HpLatest *self);
/** Forget all batches: their numbers are used up. */
void hp_latest_restart (HpLatest *self);

/**
 * Find the last hit of each frame among @n of them, at most HP_REPLACEMENT_BATCH. Returns how many there are; their
 * indices are in @self->indices, the newest first.
 */
static inline gsize
hp_latest_find (HpLatest *self, const guint32 *frames, gsize n)
{
  gsize n_found = 0;

  if (G_UNLIKELY (self->batch == G_MAXUINT32))
    hp_latest_restart (self);
  self->batch++;
  for (gsize i = n; i-- > 0;)
    {
      guint32 *batch = &self->batches[frames[i]];

      self->indices[n_found] = (guint16) i;
      n_found += *batch != self->batch;
      *batch = self->batch;
    }
  return n_found;
}

G_END_DECLS
