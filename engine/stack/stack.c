/* stack.c - frames come and go
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "stack/stack.h"

#include <string.h>

void
hp_stack_init (HpStack *self, guint64 address, guint32 size_words, HpPager *pager)
{
  *self = (HpStack){ .size_words = size_words, .pager = pager };
  self->end_address = address + (guint64) size_words * HP_WORD_BYTES;
  self->locals = g_new (guint64, size_words);
  self->frames = g_array_new (FALSE, FALSE, sizeof (HpStackFrame));
}

void
hp_stack_clear (HpStack *self)
{
  g_clear_pointer (&self->locals, g_free);
  g_clear_pointer (&self->frames, g_array_unref);
}

/* @offset: words from the beginning of the stack to the far end of the accessed ones. */
static void
touch (HpStack *self, guint32 offset, guint32 words, gboolean write)
{
  if (G_UNLIKELY (self->pager != NULL) && words > 0)
    hp_pager_touch_range (
        self->pager, self->end_address - (guint64) offset * HP_WORD_BYTES, (guint64) words * HP_WORD_BYTES, write);
}

gboolean
hp_stack_push (HpStack *self, const HpFunction *function, guint32 call_location)
{
  guint64 words = MAX ((guint64) function->overhead_words + function->n_locals, 1);
  HpStackFrame frame = { function->id, call_location, self->n_locals, function->n_locals, self->used_words, 0 };

  if (words > self->size_words - self->used_words)
    return FALSE;
  frame.size_words = (guint32) words;
  memset (self->locals + self->n_locals, 0, frame.n_locals * sizeof *self->locals);
  self->n_locals += frame.n_locals;
  self->used_words += frame.size_words;
  g_array_append_val (self->frames, frame);
  touch (self, self->used_words, frame.size_words, TRUE);
  return TRUE;
}

void
hp_stack_pop (HpStack *self)
{
  const HpStackFrame *frame = hp_stack_newest (self);

  g_assert (frame != NULL);
  touch (self, self->used_words, 1, FALSE);
  self->n_locals = frame->first_slot;
  self->used_words = frame->base;
  g_array_set_size (self->frames, self->frames->len - 1);
}

const HpStackFrame *
hp_stack_find (const HpStack *self, guint32 slot)
{
  for (guint i = 0; i < self->frames->len; i++)
    {
      const HpStackFrame *frame = &g_array_index (self->frames, HpStackFrame, i);

      if (slot - frame->first_slot < frame->n_locals)
        return frame;
    }
  return NULL;
}

guint64 *
hp_stack_local (HpStack *self, guint32 i, gboolean write)
{
  const HpStackFrame *frame = hp_stack_newest (self);

  touch (self, frame->base + frame->size_words - i, 1, write);
  return &self->locals[frame->first_slot + i];
}

static void
visit_frame (HpStack *self,
             const HpStackFrame *frame,
             gboolean quietly,
             void (*visit) (gpointer data, HpVisit kind, guint32 holder, guint64 *slot),
             gpointer data)
{
  if (!quietly)
    touch (self, frame->base + frame->size_words, frame->n_locals, FALSE);
  for (guint32 i = 0; i < frame->n_locals; i++)
    visit (data, HP_VISIT_STACK, frame->first_slot + i, &self->locals[frame->first_slot + i]);
}

void
hp_stack_visit (HpStack *self,
                gboolean quietly,
                void (*visit) (gpointer data, HpVisit kind, guint32 holder, guint64 *slot),
                gpointer data)
{
  for (guint i = self->frames->len; i > 0; i--)
    visit_frame (self, &g_array_index (self->frames, HpStackFrame, i - 1), quietly, visit, data);
}
