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

#define HP_STACK_SPARE_WORDS 2

typedef struct
{
  guint64 *locals;      /* of all frames, oldest first; room for size_words and a few */
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

/** The frame of a call of @function, but for where it will be. */
static inline HpStackFrame
hp_stack_frame_of (const HpFunction *function)
{
  guint64 words = MAX ((guint64) function->overhead_words + function->n_locals, 1);

  return (HpStackFrame){ .function = function->id,
                         .n_locals = function->n_locals,
                         .size_words = (guint32) MIN (words, G_MAXUINT32) };
}

/** hp_stack_push() of hp_stack_frame_of() where there is no pager and room for one more frame; FALSE when there is not.
 */
static inline gboolean
hp_stack_push_quickly (HpStack *self, const HpStackFrame *callee, guint32 call_location)
{
  volatile guint64 *locals = self->locals + self->n_locals; /* volatile: a call of memset() would cost more */
  HpStackFrame *frame = &self->frames[self->n_frames];

  if (callee->size_words > self->size_words - self->used_words || self->n_frames == self->n_allocated)
    return FALSE;
  *frame = *callee;
  frame->call_location = call_location;
  frame->first_slot = self->n_locals;
  frame->base = self->used_words;
  locals[0] = locals[1] = 0; /* most frames have no more; there is always room for two (HP_STACK_SPARE_WORDS) */
  for (guint32 i = 2; i < callee->n_locals; i++)
    locals[i] = 0;
  self->n_frames++;
  self->n_locals += callee->n_locals;
  self->used_words += callee->size_words;
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
