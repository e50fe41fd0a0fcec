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
  guint64 *locals;  /* of all frames, oldest first */
  GArray *frames;   /* of HpStackFrame */
  guint32 n_locals; /* in all frames */
  guint32 used_words;
  guint32 size_words;
  guint64 end_address; /* in bytes: the stack begins here and grows down */
  HpPager *pager;      /* borrowed, nullable */
} HpStack;

void hp_stack_init (HpStack *self, guint64 address, guint32 size_words, HpPager *pager);
void hp_stack_clear (HpStack *self);

/** Push a frame with empty locals; FALSE, and nothing changed, when it would pass the limit. */
gboolean hp_stack_push (HpStack *self, const HpFunction *function, guint32 call_location);
/** Pop the newest frame; there must be one. */
void hp_stack_pop (HpStack *self);

static inline guint32
hp_stack_n_frames (const HpStack *self)
{
  return self->frames->len;
}

/** The newest frame, or NULL. */
static inline const HpStackFrame *
hp_stack_newest (const HpStack *self)
{
  return self->frames->len > 0 ? &g_array_index (self->frames, HpStackFrame, self->frames->len - 1) : NULL;
}

/** The frame that the absolute stack slot @slot (a local's place among all locals) belongs to, or NULL. */
const HpStackFrame *hp_stack_find (const HpStack *self, guint32 slot);

/** The place of local @i of the newest frame, which has one; told to the pager. */
guint64 *hp_stack_local (HpStack *self, guint32 i, gboolean write);

/** Visit all locals: the newest frame first, in a frame from local 0 on. @quietly: without telling the pager. */
void hp_stack_visit (HpStack *self,
                     gboolean quietly,
                     void (*visit) (gpointer data, HpVisit kind, guint32 holder, guint64 *slot),
                     gpointer data);

G_END_DECLS
