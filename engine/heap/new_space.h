/* new_space.h - two halves that change names at each collection (V8: SemiSpaceNewSpace, src/heap/new-spaces.cc)
 *
 * New objects go to *to-space*, page after page: an object that does not fit turns the rest of the page into a filler.
 * When the last page is full the program goes on in such rests of 4 KB and more: they were *parked*.
 * A half has n_pages pages in the order they are filled; from-space gets its pages at the first collection.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "heap/heap_page.h"

G_BEGIN_DECLS

typedef struct _HpHeap HpHeap;

/** So many words were allocated that a step is due. May collect. */
typedef void (*HpNewSpaceStep) (gpointer data);

typedef struct
{
  HpAddress top, limit;    /* what can be allocated at once: the rest of the current page, or until a step is due */
  HpAddress end;           /* of the current page */
  GPtrArray *pages[2];     /* of HpHeapPage: half A, half B */
  guint to;                /* which of them is to-space */
  guint32 n_pages;         /* capacity of one half */
  guint32 current;         /* index of the page being filled */
  HpAddress age_mark;      /* where the last collection stopped filling */
  HpRef first_ref;         /* of what was made after that */
  guint32 uncounted_words; /* of objects on the current page that no counter knows yet */

  guint32 step_words; /* 0: no steps */
  guint32 step_left;  /* of them, when top was at @step_from */
  HpAddress step_from;
  gboolean in_collection; /* survivors are copied: no steps */
  HpNewSpaceStep step;    /* the collector's */
  gpointer step_data;
} HpNewSpace;

void hp_new_space_init (HpHeap *heap, guint32 n_pages);

static inline HpSpace
hp_new_space_to (const HpNewSpace *self)
{
  return self->to == 0 ? HP_SPACE_SEMI_A : HP_SPACE_SEMI_B;
}

static inline HpSpace
hp_new_space_from (const HpNewSpace *self)
{
  return self->to == 0 ? HP_SPACE_SEMI_B : HP_SPACE_SEMI_A;
}

/** Whether to-space can take an object of @words. */
gboolean hp_new_space_has_room (const HpHeap *heap, guint32 words);
/** Room for @words in to-space, or 0 when it is full. */
HpAddress hp_new_space_allocate_slowly (HpHeap *heap, guint32 words);

/** Call @step each time @words were allocated by the program, before the object that passes them; 0: never. */
void hp_new_space_set_step (HpHeap *heap, guint32 words);
/** Where what was at @address is after all copying of a scavenge, with from-space still there; 0 when it died. */
HpAddress hp_new_space_find_survivor (const HpHeap *heap, HpAddress address);

/** Exchange the halves; the new to-space is empty. */
void hp_new_space_flip (HpHeap *heap);
/** Give from-space pages for those that left it for the old generation. */
void hp_new_space_rebalance (HpHeap *heap);
/** After a collection: what is in to-space now survived once. */
void hp_new_space_set_age_mark (HpHeap *heap);
/** Grow or shrink both halves to @n_pages, at least as many as to-space has in use. */
void hp_new_space_resize (HpHeap *heap, guint32 n_pages);
guint64 hp_new_space_usable_bytes (const HpHeap *heap);
/** How much of that was bumped over since the last collection, ends of pages included. */
guint64 hp_new_space_filled_bytes (const HpHeap *heap);

G_END_DECLS
