/* heap_page.h - one chunk of a space: V8's 256 KB page, or the chunk of a single large object
 *
 *   address                       address + size_words
 *   | header | object object filler object … filler |
 *            '---------- usable_words --------------'
 *
 * Objects and fillers follow each other without a gap from the first usable word up to @top (new space: the rest was
 * never used), so that a page can always be walked.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/event.h"
#include "heap/slot_set.h"

G_BEGIN_DECLS

typedef struct
{
  HpAddress address;
  guint32 size_words;
  guint32 usable_words;
  HpSpace space;
  guint32 flags;        /* HpHeapPageFlags */
  guint32 used_words;   /* objects, dead ones included until they are freed */
  guint32 live_words;   /* marked so far; of a page to be swept, what stays of used_words */
  HpAddress top;        /* see above; for the page that new space allocates in, HpNewSpace.top holds instead */
  HpAddress parked;     /* new space: where a tail starts that was too short and may be used later, or 0 */
  HpAddress age_limit;  /* new space: objects below survived a collection */
  HpSlotSet old_to_new; /* slots of this page that may point to young objects; indexed from @address */
  HpSlotSet young_keys; /* the same for keys of ephemerons, which keep nothing alive (V8: EphemeronRememberedSet) */
  HpSlotSet old_to_old; /* during a full collection: slots that point into evacuation candidates */
  gboolean is_aborted;  /* evacuation stopped half-way: no room */
  guint64 *starts;      /* while a policy collects: a bit for each usable word where an object begins; else NULL */
} HpHeapPage;

void hp_heap_page_free (HpHeapPage *self);

static inline HpAddress
hp_heap_page_start (const HpHeapPage *self)
{
  return self->address + self->size_words - self->usable_words;
}

static inline HpAddress
hp_heap_page_end (const HpHeapPage *self)
{
  return self->address + self->size_words;
}

static inline guint64
hp_heap_page_usable_bytes (const HpHeapPage *self)
{
  return (guint64) self->usable_words * HP_WORD_BYTES;
}

G_END_DECLS
