/* worklist.h - objects waiting to be scanned, in segments: batches, newest first (V8: src/heap/base/worklist.h)
 *
 * Entries are pushed to one segment and popped, last in first out, from another; when that one is empty the two change
 * places. A full push segment goes onto a stack of segments, which is taken from only when both are empty. So the order
 * is neither breadth-first nor depth-first.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/value.h"

G_BEGIN_DECLS

typedef struct _HpSegment HpSegment;
struct _HpSegment
{
  HpSegment *next;
  guint32 n;
  HpAddress entries[];
};

typedef struct
{
  guint32 segment_size;
  HpSegment *push, *pop;
  HpSegment *published; /* full ones, newest first */
  HpSegment *spare;
} HpWorklist;

void hp_worklist_init (HpWorklist *self, guint32 segment_size);
void hp_worklist_clear (HpWorklist *self);
void hp_worklist_publish (HpWorklist *self);
/** Visit all entries, in no particular order. */
void hp_worklist_visit (const HpWorklist *self, void (*visit) (gpointer data, HpAddress entry), gpointer data);
/** Bring entries to the pop segment; FALSE when there are none anywhere. */
gboolean hp_worklist_refill (HpWorklist *self);

static inline void
hp_worklist_push (HpWorklist *self, HpAddress entry)
{
  if (G_UNLIKELY (self->push->n == self->segment_size))
    hp_worklist_publish (self);
  self->push->entries[self->push->n++] = entry;
}

static inline gboolean
hp_worklist_pop (HpWorklist *self, HpAddress *entry)
{
  if (G_UNLIKELY (self->pop->n == 0) && !hp_worklist_refill (self))
    return FALSE;
  *entry = self->pop->entries[--self->pop->n];
  return TRUE;
}

static inline gboolean
hp_worklist_is_empty (const HpWorklist *self)
{
  return self->push->n == 0 && self->pop->n == 0 && self->published == NULL;
}

/** The entry that will be popped after @distance others, or 0 when another segment's turn comes before. */
static inline HpAddress
hp_worklist_peek (const HpWorklist *self, guint32 distance)
{
  return self->pop->n > distance ? self->pop->entries[self->pop->n - 1 - distance] : 0;
}

/** Replace each entry; those replaced by 0 leave the list. */
void hp_worklist_update (HpWorklist *self, HpAddress (*update) (gpointer data, HpAddress entry), gpointer data);

/** How many entries the push segment holds: V8 looks at it to decide what to do next. */
static inline guint32
hp_worklist_pushed (const HpWorklist *self)
{
  return self->push->n;
}

G_END_DECLS
