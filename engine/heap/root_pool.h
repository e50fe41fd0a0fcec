/* root_pool.h - roots that the machine itself needs, defined one after the other as they are needed
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "heap/heap.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* the roots are called "name[0]", "name[1]" … */
  guint n;
  GArray *spare; /* guint32: ids of those that hold nothing */
} HpRootPool;

void hp_root_pool_init (HpRootPool *self, const char *name);
void hp_root_pool_clear (HpRootPool *self);

/** Keep the object at @address alive. Returns the id of the root that does it. */
guint32 hp_root_pool_hold (HpRootPool *self, HpHeap *heap, HpAddress address);
/** The address of what root @id holds, which it holds no longer. */
HpAddress hp_root_pool_let_go (HpRootPool *self, HpHeap *heap, guint32 id);

G_END_DECLS
