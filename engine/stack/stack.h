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

/* Where a frame ends is where the next one begins, or would: what is behind the newest frame is valid, too. */
typedef struct
{
  guint32 function;
  guint32 call_location;
  guint32 first_slot; /* index of its local 0 among all locals of the stack, oldest first */
  guint32 base;       /* words below the stack's beginning where the frame starts */
} HpStackFrame;

#define HP_STACK_SPARE_WORDS 2

typedef struct
{
  guint64 *locals;      /* of all frames, oldest first; room for size_words and a few */
  HpStackFrame *frames; /* oldest first; before the first there is one without locals */
  HpStackFrame *next;   /* behind the newest */
  HpStackFrame *end;    /* the last place in the table */
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

/** Words that a frame of @function takes. */
static inline guint32
hp_stack_frame_words (const HpFunction *function)
{
  return (guint32) CLAMP ((guint64) function->overhead_words + function->n_locals, 1, G_MAXUINT32);
}

static inline guint32
hp_stack_count_frames (const HpStack *self)
{
  return (guint32) (self->next - self->frames);
}

/** Whether hp_stack_push_quickly() may push a frame of so many words. */
static inline gboolean
hp_stack_has_room (const HpStack *self, guint32 words)
{
  return words <= self->size_words - self->next->base && self->next != self->end;
}

/** hp_stack_push() where there is no pager. The first @n_given locals of the new frame, which has them, were written
 * beforehand. */
static inline void
hp_stack_push_quickly (
    HpStack *self, guint32 function, guint32 n_locals, guint32 words, guint32 call_location, guint32 n_given)
{
  HpStackFrame *frame = self->next;
  volatile guint64 *locals = self->locals + frame->first_slot; /* volatile: a call of memset() would cost more */

  frame->function = function;
  frame->call_location = call_location;
  frame[1].first_slot = frame->first_slot + n_locals;
  frame[1].base = frame->base + words;
  for (guint32 i = n_given; i < HP_STACK_SPARE_WORDS; i++)
    locals[i] = 0; /* most frames have no more; there is always room for so many */
  for (guint32 i = MAX (n_given, HP_STACK_SPARE_WORDS); G_UNLIKELY (i < n_locals); i++)
    locals[i] = 0;
  self->next = frame + 1;
}

/** hp_stack_pop() where there is no pager. */
static inline void
hp_stack_pop_quickly (HpStack *self)
{
  self->next--;
}

/** Push a frame with empty locals; FALSE, and nothing changed, when it would pass the limit. */
gboolean hp_stack_push (HpStack *self, const HpFunction *function, guint32 call_location);
/** Pop the newest frame; there must be one. */
void hp_stack_pop (HpStack *self);

/** The newest frame, or NULL. */
static inline const HpStackFrame *
hp_stack_newest (const HpStack *self)
{
  return self->next != self->frames ? self->next - 1 : NULL;
}

static inline guint32
hp_stack_frame_locals (const HpStackFrame *frame)
{
  return frame[1].first_slot - frame->first_slot;
}

/** The frame that the absolute stack slot @slot (a local's place among all locals) belongs to, or NULL. */
const HpStackFrame *hp_stack_find (const HpStack *self, guint32 slot);

/** The place of local @i of the newest frame, which has one; told to the pager. */
static inline guint64 *
hp_stack_local (HpStack *self, guint32 i, gboolean write)
{
  hp_stack_touch (self, self->next->base - i, 1, write);
  return &self->locals[self->next[-1].first_slot + i];
}

/** Visit all locals: the newest frame first, in a frame from local 0 on. @quietly: without telling the pager. */
void hp_stack_visit (HpStack *self,
                     gboolean quietly,
                     void (*visit) (gpointer data, HpVisit kind, guint32 holder, guint64 *slot),
                     gpointer data);

G_END_DECLS
