/* phases.h - the parts of a collection, as collector.c sequences them
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "gc/collector.h"

G_BEGIN_DECLS

/** One collection under way, and the counters as they were when it began. */
typedef struct
{
  HpCollectionKind kind;
  gboolean was_marking; /* incrementally, when it began */
  guint64 start_ns;
  guint64 young_bytes, old_bytes;
  guint64 filled_bytes; /* of new space, tails of pages included */
  guint64 copied_bytes, promoted_bytes, compacted_bytes, relinked_bytes;
} HpCollection;

/* collector.c: new space is full; a scavenge, or what V8 does instead. */
void hp_collector_collect_for_room (HpCollector *self, const char *reason);

/* scavenger.c: copy what lives in new space, promote what survives for the second time. */
void hp_scavenger_run (HpCollector *self);

/* marker.c: colour everything that can be reached black. Slots into evacuation candidates are recorded. */
/** No page has marked objects yet. */
void hp_marker_begin (HpCollector *self);
/** @stack_too: and the accumulator. */
void hp_marker_mark_roots (HpCollector *self, gboolean stack_too);
/** The object at @address was reached: a white one becomes grey. */
void hp_marker_mark (HpCollector *self, HpAddress address);
/** Scan what waits on the marking list until @bytes of objects are black. Returns the bytes. */
guint64 hp_marker_advance (HpCollector *self, guint64 bytes);
/** Scan what waits on the marking list, and all that follows. */
void hp_marker_drain (HpCollector *self);
/** All roots, all that follows from them, and what ephemerons keep alive. */
void hp_marker_finish (HpCollector *self);
/** Scan the object at @host, which was taken from the marking list. Returns its size in words. */
guint32 hp_marker_scan_object (HpCollector *self, HpAddress host);
/** Follow the reference in the slot at @slot of @host. */
void hp_marker_visit_slot (HpCollector *self, HpAddress host, HpAddress slot);
/** The slot at @slot of @host refers to @target: note it if @target may move and the slot would not be found. */
void hp_marker_record_slot (HpCollector *self, HpAddress host, HpAddress slot, HpAddress target);

/* sweeper.c: free what stayed white in the old generation, and make the survivors white again; now or later. */
void hp_sweeper_run (HpCollector *self);
/** An HpOldSpaceSweep: sweep up to @n_pages that wait. FALSE: none did. */
gboolean hp_sweeper_sweep (gpointer data, guint n_pages);
void hp_sweeper_sweep_page (HpCollector *self, HpHeapPage *page);
/** @page, whose living objects are black, is swept later: the next one of all that wait. */
void hp_sweeper_let_wait (HpHeap *heap, HpHeapPage *page);

/* compactor.c: choose fragmented pages before marking; afterwards move what lives in them and in new space. */
void hp_compactor_select (HpCollector *self);
void hp_compactor_evacuate (HpCollector *self);
void hp_compactor_update_slots (HpCollector *self);
void hp_compactor_finish (HpCollector *self);

/* promotion.c: pages of from-space that join the old generation as they are, before the rest is copied. */
void hp_promotion_relink_pages (HpCollector *self);
/** They are pages of old space now, to be swept; new space gets others for them. */
void hp_promotion_finish (HpCollector *self);

/* pretenuring.c: counts what survives of an allocation site's objects, and decides where new ones go. */
/** Whether the site that allocates now is for old space. */
gboolean hp_pretenuring_is_tenured (HpCollector *self);
/** Whether a young object of @words that is made now is followed by a memento of %HP_MEMENTO_WORDS. */
gboolean hp_pretenuring_wants_memento (HpCollector *self, guint32 words);
void hp_pretenuring_put_memento (HpCollector *self, HpAddress address);
/** The object at @address survives: count it for its site. */
void hp_pretenuring_find_memento (HpCollector *self, HpAddress address, guint32 words);
void hp_pretenuring_after (HpCollector *self, const HpCollection *collection);

/* sizing.c: capacities and limits after a collection, and V8's two tests for the end of memory. */
void hp_sizing_before (HpCollector *self);
void hp_sizing_after (HpCollector *self, const HpCollection *collection);
void hp_sizing_set_old_limit (HpCollector *self, guint64 bytes);
/** Capacity of one half of new space. */
guint64 hp_sizing_semi_bytes (const HpCollector *self);

G_END_DECLS
