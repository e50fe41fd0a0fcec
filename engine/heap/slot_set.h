/* slot_set.h - the slots of one heap page that point where the collector must know: one bit a word
 *
 * As in V8 (src/heap/slot-set.h): the bits lie in buckets of 1,024 slots that are made on demand, so that a heap page
 * without such slots costs a pointer, and a large object only what it uses.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HP_SLOTS_PER_BUCKET 1024
#define HP_CELLS_PER_BUCKET (HP_SLOTS_PER_BUCKET / 64)

typedef struct
{
  guint64 **buckets; /* NULL while the set never held a slot; each NULL or HP_CELLS_PER_BUCKET cells */
  guint32 n_buckets;
} HpSlotSet;

/** Whether a slot stays in the set. */
typedef gboolean (*HpSlotVisit) (gpointer data, guint32 index);

/** Returns TRUE when the slot was not in the set before. @n_slots: how many the page has, the same at each call. */
gboolean hp_slot_set_insert (HpSlotSet *self, guint32 n_slots, guint32 index);
gboolean hp_slot_set_contains (const HpSlotSet *self, guint32 index);
/** Visit the slots from @first up to @end in order, and drop those for which @visit returns FALSE. */
void hp_slot_set_filter (HpSlotSet *self, guint32 first, guint32 end, HpSlotVisit visit, gpointer data);
/** Drop the slots from @first up to @end. */
void hp_slot_set_remove (HpSlotSet *self, guint32 first, guint32 end);
void hp_slot_set_clear (HpSlotSet *self);

G_END_DECLS
