/* reach.h - what a program can reach, in the order of its distance from the roots, and the way there
 *
 * The graph that matters to a program: weak slots are not followed, and the value of an ephemeron only when its key was
 * reached. Safe on a damaged heap: only words that lead to an object are followed; the first that does not is noted.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "heap/address_set.h"

G_BEGIN_DECLS

#define HP_FROM_ROOT G_MAXUINT32

/**
 * HpReached: one object and the edge by which it was reached first
 * @parent: index of the object that refers to it, or %HP_FROM_ROOT
 * @place: the slot of the parent; from a root its holder, as #HpRootVisit has it
 * @visit: %HP_VISIT_SLOT, or the kind of root
 * @is_value: the slot is the value of an ephemeron
 */
typedef struct
{
  HpAddress address;
  HpRef ref;
  guint32 shape;
  guint32 parent;
  guint32 place;
  guint8 visit;
  guint8 is_value;
} HpReached;

typedef struct
{
  HpHeap *heap;                /* borrowed */
  const HpAddressSet *objects; /* borrowed: where objects start that are alive or could be */
  HpAddressSet seen;
  GArray *reached; /* of HpReached */
  GArray *tables;  /* indices of those that hold ephemerons */
  gboolean has_lost;
  HpReached lost; /* the first edge that leads to no object: its address is where it leads, its ref none */
} HpReach;

void hp_reach_run (HpReach *self, HpHeap *heap, const HpAddressSet *objects);
void hp_reach_clear (HpReach *self);

static inline const HpReached *
hp_reach_get (const GArray *reached, guint32 i)
{
  return &g_array_index (reached, HpReached, i);
}

/** The index of @ref, or %HP_FROM_ROOT when it was not reached. */
guint32 hp_reach_find (const GArray *reached, HpRef ref);

/** The way from a root along the edge @last; its own ref last, unless that is none. (transfer full) */
char **hp_reach_path (HpHeap *heap, const GArray *reached, const HpReached *last);

/** "Pair #12". (transfer full) */
char *hp_reach_name_object (HpHeap *heap, guint32 shape, HpRef ref);
/** ".name" or "[3]". (transfer full) */
char *hp_reach_name_slot (HpHeap *heap, guint32 shape, guint32 slot);
/** "root cache", "local a of main", "the accumulator". (transfer full) */
char *hp_reach_name_root (HpHeap *heap, HpVisit visit, guint32 holder);

G_END_DECLS
