/* verifier.h - the referee: checks the heap's rules with the ordinary walkers
 *
 * rule.h has the list of the rules. Reads memory without telling the pager.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "heap/heap.h"
#include "heap/violation.h"

G_BEGIN_DECLS

/** What was reachable at a moment, with the values in its slots. */
typedef struct _HpSnapshot HpSnapshot;

void hp_snapshot_free (HpSnapshot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpSnapshot, hp_snapshot_free)

/** How many objects it holds. */
guint32 hp_snapshot_count (const HpSnapshot *self);

/** Give @violation, which has none yet, the path by which its object was reached then. */
void hp_snapshot_find_path (const HpSnapshot *self, HpHeap *heap, HpViolation *violation);

/**
 * hp_verifier_check:
 * @before: (nullable): from the check before a collection, which is now over
 * @now: (out) (nullable): where to put a snapshot, unless a rule is broken
 *
 * Between operations and collections every rule must hold; with @before, the collection must also have lost and changed
 * nothing that the program can see.
 *
 * Returns: (transfer full): NULL, or the first violation
 */
HpViolation *hp_verifier_check (HpHeap *heap, const HpSnapshot *before, HpSnapshot **now);

G_END_DECLS
