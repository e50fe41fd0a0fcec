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

static void
update_segment (HpSegment *segment, HpAddress (*update) (gpointer data, HpAddress entry), gpointer data)
{
  guint32 n = 0;

  for (guint32 i = 0; i < segment->n; i++)
    {
      HpAddress entry = update (data, segment->entries[i]);

      if (entry != 0)
        segment->entries[n++] = entry;
    }
  segment->n = n;
}

void
hp_worklist_update (HpWorklist *self, HpAddress (*update) (gpointer data, HpAddress entry), gpointer data)
{
  update_segment (self->push, update, data);
  update_segment (self->pop, update, data);
  for (HpSegment **link = &self->published; *link != NULL;)
    {
      HpSegment *segment = *link;

      update_segment (segment, update, data);
      if (segment->n > 0)
        {
          link = &segment->next;
          continue;
        }
      *link = segment->next; /* published segments are never empty */
      segment->next = self->spare;
      self->spare = segment;
    }
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

static void
visit_segment (const HpSegment *segment, void (*visit) (gpointer data, HpAddress entry), gpointer data)
{
  for (guint32 i = 0; i < segment->n; i++)
    visit (data, segment->entries[i]);
}

void
hp_worklist_visit (const HpWorklist *self, void (*visit) (gpointer data, HpAddress entry), gpointer data)
{
  for (const HpSegment *segment = self->published; segment != NULL; segment = segment->next)
    visit_segment (segment, visit, data);
  visit_segment (self->push, visit, data);
  visit_segment (self->pop, visit, data);
}
