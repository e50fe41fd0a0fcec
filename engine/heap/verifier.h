/* verifier.h - checks the heap's invariants with the ordinary walkers
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "heap/heap.h"

G_BEGIN_DECLS

/**
 * Between collections every rule must hold. Reads memory without telling the pager.
 *
 * Returns: (transfer full): NULL, or the first broken rule in words
 */
char *hp_verifier_run (HpHeap *heap);

G_END_DECLS
