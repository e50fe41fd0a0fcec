/* worklist.c - segments change hands
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/worklist.h"

static HpSegment *
take_segment (HpWorklist *self)
{
  HpSegment *segment = self->spare;

  if (segment == NULL)
    segment = g_malloc (sizeof *segment + self->segment_size * sizeof (HpAddress));
  else
    self->spare = segment->next;
  segment->next = NULL;
  segment->n = 0;
  return segment;
}

void
hp_worklist_init (HpWorklist *self, guint32 segment_size)
{
  *self = (HpWorklist){ .segment_size = segment_size };
  self->push = take_segment (self);
  self->pop = take_segment (self);
}

static void
free_chain (HpSegment *segment)
{
  while (segment != NULL)
    {
      HpSegment *next = segment->next;

      g_free (segment);
      segment = next;
    }
}

void
hp_worklist_clear (HpWorklist *self)
{
  free_chain (self->push);
  free_chain (self->pop);
  free_chain (self->published);
  free_chain (self->spare);
  *self = (HpWorklist){ 0 };
}

void
hp_worklist_publish (HpWorklist *self)
{
  self->push->next = self->published;
  self->published = self->push;
  self->push = take_segment (self);
}

gboolean
hp_worklist_refill (HpWorklist *self)
{
  HpSegment *empty = self->pop;

  if (self->push->n > 0)
    {
      self->pop = self->push;
      self->push = empty;
      return TRUE;
    }
  if (self->published == NULL)
    return FALSE;
  self->pop = self->published;
  self->published = self->pop->next;
  self->pop->next = NULL;
  empty->next = self->spare;
  self->spare = empty;
  return TRUE;
}
