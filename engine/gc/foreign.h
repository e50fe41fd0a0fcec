/* foreign.h - a collection by a policy: what the files of foreign*.c share
 *
 * While it runs, a slot, a local or a root that refers to an object holds its *ref* where its address is at other
 * times, and HpHeapPage.starts says where objects begin; fillers and free lists mean nothing. Invariants:
 *
 *   a bit is set in starts = the object there is the one that its ref names in the ref table
 *   objects do not overlap
 *   roots refer to living objects
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "gc/phases.h"

G_BEGIN_DECLS

typedef struct
{
  HpRef host;
  guint32 slot;
} HpGcSlot;

struct _HpGc
{
  HpCollector *collector; /* borrowed, as the heap */
  HpHeap *heap;
  HpCollectionKind kind;
  GArray *remembered; /* HpGcSlot: the remembered set as it was at the beginning, by address; without keys */
  GArray *tables;     /* HpRef: all ephemeron tables, by address at the beginning */
  GArray *weak;       /* HpRef: all objects with a weak slot, likewise */
  GArray *cleanup;    /* HpRef: those of them that are to be queued for cleanup */
  GHashTable *rooted; /* HpRef: what roots refer to */
  /* Where copies go next. */
  guint to_page, old_page;
  HpAddress to_top, old_top;
  guint64 n_marked;     /* since time was last charged */
  guint64 walked_words; /* likewise */
};

/* ---- foreign.c --------------------------------------------------------------------------------------------------- */

/** The policy runs a whole collection. */
void hp_foreign_collect (HpCollector *collector, HpCollectionKind kind);
/** Tell that slot @slot of @host no longer refers to @target, and forget it. Slots hold refs. */
void hp_foreign_clear_slot (HpGc *self, HpRef host, guint32 slot, HpValue value);
/** Forget what is remembered of the object at @host. */
void hp_foreign_forget (HpGc *self, HpAddress host, guint32 words);

/** How many pages @space has, and the @i-th one, in the order they are filled. */
GPtrArray *hp_foreign_pages (const HpGc *self, HpSpace space);

static inline guint64 *
hp_foreign_slot (const HpGc *self, HpAddress host, guint32 slot)
{
  guint64 *object = hp_heap_words (self->heap, host);

  return object + hp_heap_layout (self->heap, object[0])->first_slot + slot;
}

/** What @word refers to while slots hold refs. */
static inline HpRef
hp_foreign_target (guint64 word)
{
  return hp_word_is_ref (word) ? (HpRef) word : HP_REF_NONE;
}

/* ---- foreign_map.c: where objects begin -------------------------------------------------------------------------- */

void hp_foreign_add_start (HpHeapPage *page, HpAddress address);
void hp_foreign_remove_start (HpHeapPage *page, HpAddress address);
/** The first object that begins at @from or above, or 0. */
HpAddress hp_foreign_next (const HpHeapPage *page, HpAddress from);
/** The last object that begins at @from or below, or 0. */
HpAddress hp_foreign_previous (const HpHeapPage *page, HpAddress from);
/** The first free range of @words at @from or above, or 0. */
HpAddress hp_foreign_find_gap (const HpGc *self, const HpHeapPage *page, HpAddress from, guint32 words);
/** Whether no object but the one at @mover lies on the @words at @address, a place of @page. */
gboolean
hp_foreign_is_free (const HpGc *self, const HpHeapPage *page, HpAddress address, guint32 words, HpAddress mover);

/* ---- foreign_settle.c: the heap as it is at other times ---------------------------------------------------------- */

/** Clear weak slots and ephemerons of what was freed; with @white_too, of what is white, where the holder is not. */
void hp_foreign_clear_weak (HpGc *self, gboolean white_too);
void hp_foreign_settle (HpGc *self);

/* ---- foreign_area.c ---------------------------------------------------------------------------------------------- */

/** An HpOldSpaceNextArea that asks the policy; @data: the collector. */
gboolean hp_foreign_next_area (gpointer data, guint32 words, HpAddress *address, guint32 *found);

G_END_DECLS
