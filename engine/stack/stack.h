/* stack.h - the call stack: frames of words in simulated memory, growing downwards to a limit
 *
 * A frame is its function's overhead words and then one word for each local; V8 calls the limit --stack-size. Locals
 * are tagged words like the slots of objects (heap/object.h), so the collector visits them as roots.
 *
 *   size_words >= sum over frames of (overhead_words + n_locals)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/event.h"
#include "memory/pager.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 function;
  guint32 call_location;
  guint32 first_slot; /* index of its local 0 among all locals of the stack, oldest first */
  guint32 n_locals;
  guint32 base; /* words below the stack's beginning where the frame starts */
  guint32 size_words;
} HpStackFrame;

typedef struct
{
  guint64 *locals;      /* of all frames, oldest first */
  HpStackFrame *frames; /* oldest first */
  guint32 n_frames, n_allocated;
  guint32 n_locals; /* in all frames */
  guint32 used_words;
  guint32 size_words;
  guint64 end_address; /* in bytes: the stack begins here and grows down */
  HpPager *pager;      /* borrowed, nullable */
} HpStack;

void hp_stack_init (HpStack *self, guint64 address, guint32 size_words, HpPager *pager);
void hp_stack_clear (HpStack *self);

/** @offset: words from the beginning of the stack to the far end of the accessed ones. */
static inline void
hp_stack_touch (HpStack *self, guint32 offset, guint32 words, gboolean write)
{
  if (G_UNLIKELY (self->pager != NULL) && words > 0)
    hp_pager_touch_range (
        self->pager, self->end_address - (guint64) offset * HP_WORD_BYTES, (guint64) words * HP_WORD_BYTES, write);
}

/** hp_stack_push() where there is no pager and room for one more frame; FALSE when there is not. */
static inline gboolean
hp_stack_push_quickly (HpStack *self, const HpFunction *function, guint32 call_location)
{
  guint64 words = MAX ((guint64) function->overhead_words + function->n_locals, 1);
  volatile guint64 *locals = self->locals + self->n_locals; /* volatile: a call of memset() would cost more */

  if (words > self->size_words - self->used_words || self->n_frames == self->n_allocated)
    return FALSE;
  self->frames[self->n_frames++] = (HpStackFrame){ .function = function->id,
                                                   .call_location = call_location,
                                                   .first_slot = self->n_locals,
                                                   .n_locals = function->n_locals,
                                                   .base = self->used_words,
                                                   .size_words = (guint32) words };
  for (guint32 i = 0; i < function->n_locals; i++)
    locals[i] = 0;
  self->n_locals += function->n_locals;
  self->used_words += (guint32) words;
  return TRUE;
}

/** hp_stack_pop() where there is no pager. */
static inline void
hp_stack_pop_quickly (HpStack *self)
{
  const HpStackFrame *frame = &self->frames[--self->n_frames];

  self->n_locals = frame->first_slot;
  self->used_words = frame->base;
}

/** Push a frame with empty locals; FALSE, and nothing changed, when it would pass the limit. */
gboolean hp_stack_push (HpStack *self, const HpFunction *function, guint32 call_location);
/** Pop the newest frame; there must be one. */
void hp_stack_pop (HpStack *self);

/** The newest frame, or NULL. */
static inline const HpStackFrame *
hp_stack_newest (const HpStack *self)
{
  return self->n_frames > 0 ? &self->frames[self->n_frames - 1] : NULL;
}

/** The frame that the absolute stack slot @slot (a local's place among all locals) belongs to, or NULL. */
const HpStackFrame *hp_stack_find (const HpStack *self, guint32 slot);

/** The place of local @i of the newest frame, which has one; told to the pager. */
static inline guint64 *
hp_stack_local (HpStack *self, guint32 i, gboolean write)
{
  const HpStackFrame *frame = &self->frames[self->n_frames - 1];

  hp_stack_touch (self, frame->base + frame->size_words - i, 1, write);
  return &self->locals[frame->first_slot + i];
}

/** Visit all locals: the newest frame first, in a frame from local 0 on. @quietly: without telling the pager. */
void hp_stack_visit (HpStack *self,
                     gboolean quietly,
                     void (*visit) (gpointer data, HpVisit kind, guint32 holder, guint64 *slot),
                     gpointer data);

G_END_DECLS
