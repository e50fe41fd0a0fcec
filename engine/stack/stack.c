/* stack.c - frames come and go
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "stack/stack.h"

void
hp_stack_init (HpStack *self, guint64 address, guint32 size_words, HpPager *pager)
{
  *self = (HpStack){ .size_words = size_words, .pager = pager };
  self->end_address = address + (guint64) size_words * HP_WORD_BYTES;
  self->locals = g_new (guint64, (gsize) size_words + HP_STACK_SPARE_WORDS);
}

void
hp_stack_clear (HpStack *self)
{
  g_clear_pointer (&self->locals, g_free);
  g_clear_pointer (&self->frames, g_free);
}

gboolean
hp_stack_push (HpStack *self, const HpFunction *function, guint32 call_location)
{
  HpStackFrame callee = hp_stack_frame_of (function);
  guint32 used = self->used_words;

  if (self->n_frames == self->n_allocated)
    {
      self->n_allocated = MAX (64, self->n_allocated * 2);
      self->frames = g_renew (HpStackFrame, self->frames, self->n_allocated);
    }
  if (!hp_stack_push_quickly (self, &callee, call_location))
    return FALSE;
  hp_stack_touch (self, self->used_words, self->used_words - used, TRUE);
  return TRUE;
}

void
hp_stack_pop (HpStack *self)
{
  hp_stack_touch (self, self->used_words, 1, FALSE);
  hp_stack_pop_quickly (self);
}

const HpStackFrame *
hp_stack_find (const HpStack *self, guint32 slot)
{
  for (guint32 i = 0; i < self->n_frames; i++)
    if (slot - self->frames[i].first_slot < self->frames[i].n_locals)
      return &self->frames[i];
  return NULL;
}

static void
visit_frame (HpStack *self,
             const HpStackFrame *frame,
             gboolean quietly,
             void (*visit) (gpointer data, HpVisit kind, guint32 holder, guint64 *slot),
             gpointer data)
{
  if (!quietly)
    hp_stack_touch (self, frame->base + frame->size_words, frame->n_locals, FALSE);
  for (guint32 i = 0; i < frame->n_locals; i++)
    visit (data, HP_VISIT_STACK, frame->first_slot + i, &self->locals[frame->first_slot + i]);
}

void
hp_stack_visit (HpStack *self,
                gboolean quietly,
                void (*visit) (gpointer data, HpVisit kind, guint32 holder, guint64 *slot),
                gpointer data)
{
  for (guint32 i = self->n_frames; i > 0; i--)
    visit_frame (self, &self->frames[i - 1], quietly, visit, data);
}
