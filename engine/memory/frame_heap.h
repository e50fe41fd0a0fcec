/* frame_heap.h - page frames by a key: the frame with the smallest one is found at once
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HpFrameHeap: a binary heap of frames with 64-bit keys
 *
 * A key may be changed in place, as hits do, without repairing the heap: then hp_frame_heap_repair() puts the frame
 * where it belongs before the smallest is asked for. Keys are unique where the order matters.
 *   heap[position[frame]] = frame for each frame in the heap
 */
typedef struct
{
  guint64 *keys;     /* by frame; the policy's to read and write */
  guint32 *heap;     /* frames */
  guint32 *position; /* by frame */
  guint32 n;
} HpFrameHeap;

void hp_frame_heap_init (HpFrameHeap *self, guint32 n_frames);
void hp_frame_heap_clear (HpFrameHeap *self);
/** @frame, whose key is set, comes in. */
void hp_frame_heap_add (HpFrameHeap *self, guint32 frame);
void hp_frame_heap_remove (HpFrameHeap *self, guint32 frame);
/** The key of @frame was changed. */
void hp_frame_heap_repair (HpFrameHeap *self, guint32 frame);

/** The first frame: that of the smallest key, where all keys changed since were repaired. The heap is not empty. */
static inline guint32
hp_frame_heap_first (const HpFrameHeap *self)
{
  return self->heap[0];
}

G_END_DECLS
