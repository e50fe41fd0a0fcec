/* stack.c - frames come and go
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "stack/stack.h"

/* Room for @n frames, the one before the first, and where the next one begins. */
static void
resize (HpStack *self, gsize n)
{
  gsize n_used = self->next != NULL ? hp_stack_count_frames (self) : 0;
  HpStackFrame *table = g_renew (HpStackFrame, self->frames != NULL ? self->frames - 1 : NULL, n + 2);

  self->frames = table + 1;
  self->next = self->frames + n_used;
  self->end = self->frames + n;
}

void
hp_stack_init (HpStack *self, guint64 address, guint32 size_words, HpPager *pager)
{
  *self = (HpStack){ .size_words = size_words, .pager = pager };
  self->end_address = address + (guint64) size_words * HP_WORD_BYTES;
  self->locals = g_new (guint64, (gsize) size_words + HP_STACK_SPARE_WORDS);
  resize (self, 64);
  self->frames[-1] = self->frames[0] = (HpStackFrame){ 0 };
}

void
hp_stack_clear (HpStack *self)
{
  g_clear_pointer (&self->locals, g_free);
  if (self->frames != NULL)
    g_free (self->frames - 1);
  self->frames = self->next = self->end = NULL;
}

gboolean
hp_stack_push (HpStack *self, const HpFunction *function, guint32 call_location)
{
  guint32 words = hp_stack_frame_words (function);

  if (self->next == self->end)
    resize (self, 2 * (gsize) hp_stack_count_frames (self));
  if (!hp_stack_has_room (self, words))
    return FALSE;
  hp_stack_push_quickly (self, function->id, function->n_locals, words, call_location, 0);
  hp_stack_touch (self, self->next->base, words, TRUE);
  return TRUE;
}

void
hp_stack_pop (HpStack *self)
{
  hp_stack_touch (self, self->next->base, 1, FALSE);
  hp_stack_pop_quickly (self);
}

const HpStackFrame *
hp_stack_find (const HpStack *self, guint32 slot)
{
  for (const HpStackFrame *frame = self->frames; frame != self->next; frame++)
    if (slot - frame->first_slot < hp_stack_frame_locals (frame))
      return frame;
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
    hp_stack_touch (self, frame[1].base, hp_stack_frame_locals (frame), FALSE);
  for (guint32 i = frame->first_slot; i < frame[1].first_slot; i++)
    visit (data, HP_VISIT_STACK, i, &self->locals[i]);
}

void
hp_stack_visit (HpStack *self,
                gboolean quietly,
                void (*visit) (gpointer data, HpVisit kind, guint32 holder, guint64 *slot),
                gpointer data)
{
  for (const HpStackFrame *frame = self->next; frame != self->frames; frame--)
    visit_frame (self, frame - 1, quietly, visit, data);
}
