/* fold.h - how each type of event is checked, applied and reverted
 *
 * One row a type. apply checks the event wholly before it changes anything; revert trusts that the event was applied.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "recording/moment_private.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean (*apply) (HpMoment *self, const HpEvent *event, GError **error);
  void (*revert) (HpMoment *self, const HpEvent *event);
} HpFold;

extern const HpFold hp_fold_operation, hp_fold_statement, hp_fold_explain, hp_fold_chapter, hp_fold_text, hp_fold_time,
    hp_fold_end, hp_fold_call, hp_fold_return, hp_fold_local, hp_fold_root;
extern const HpFold hp_fold_allocate, hp_fold_slot, hp_fold_slot_high, hp_fold_label, hp_fold_shape, hp_fold_external,
    hp_fold_remember, hp_fold_forget, hp_fold_colour, hp_fold_move, hp_fold_update, hp_fold_free;
extern const HpFold hp_fold_collection_begin, hp_fold_collection_end, hp_fold_phase, hp_fold_flip, hp_fold_visit,
    hp_fold_age_mark, hp_fold_limit, hp_fold_marking, hp_fold_pretenure, hp_fold_heap_page_add,
    hp_fold_heap_page_remove, hp_fold_heap_page_state, hp_fold_heap_page_space;
extern const HpFold hp_fold_map, hp_fold_unmap, hp_fold_fault, hp_fold_access, hp_fold_evict, hp_fold_count;

/** Sets @error to "step N, EVENT: …" and returns FALSE. */
gboolean hp_fold_refuse (const HpMoment *self, const HpEvent *event, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/** The slot index of an event, with the SLOT_HIGH before it; @step is the event's own index in the recording. */
static inline guint32
hp_fold_slot_index (const HpEvent *event, guint64 step)
{
  guint32 index = HP_SLOT_LOW_GET (hp_event_detail (event));

  if (step > 0 && hp_event_type (event - 1) == HP_EVENT_SLOT_HIGH)
    index |= event[-1].x << 16;
  return index;
}

/** Whether @kind and @payload make a value that can be held at this moment. */
gboolean hp_fold_value_is_sound (const HpMoment *self, guint32 kind, guint32 payload);

/** A heap page or NULL. */
HpHeapPageState *hp_fold_find_heap_page (HpMoment *self, HpAddress address);

G_END_DECLS
