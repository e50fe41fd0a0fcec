/* external.h - memory outside of the heap that belongs to an object: what an ArrayBuffer or a Buffer holds
 *
 * V8: src/heap/array-buffer-sweeper.cc. The bytes are the host's; the machine counts them, and gives them back when a
 * collection finds that the object is dead. For the rooms gc and machine.
 *
 *   counters->external_bytes = the sum of all blocks; young_bytes = of those whose objects are in new space
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/value.h"

G_BEGIN_DECLS

typedef struct _HpHeap HpHeap;

/* More than that together is no memory left. */
#define HP_MOST_EXTERNAL_BYTES (G_GUINT64_CONSTANT (2) << 30)

typedef struct
{
  HpRef ref;
  guint32 n;
  guint8 *bytes;
} HpExternalBlock;

typedef struct
{
  GHashTable *blocks;     /* ref -> HpExternalBlock; NULL: there was none yet */
  GPtrArray *young, *old; /* of HpExternalBlock: by the space of their objects */
  guint64 young_bytes;
  guint64 low_bytes; /* the least since the last full collection ended */
  HpRef newest_ref;  /* what was found last */
  HpExternalBlock *newest;
} HpExternal;

void hp_external_clear (HpExternal *self);

/** @n zeros that belong to the object @ref, which has none yet; NULL where there is no memory for them. */
guint8 *hp_external_attach (HpHeap *heap, HpRef ref, guint32 n);
/** NULL: the object has none. */
const HpExternalBlock *hp_external_find (HpExternal *self, HpRef ref);
/** A collection is over: blocks of dead objects are given back, those of promoted ones are old; all are looked at where
 * it was a @full one. */
void hp_external_sweep (HpHeap *heap, gboolean full);

/** By how much the blocks grew since the last full collection: V8 counts that in the old generation's limit. */
guint64 hp_external_growth (const HpHeap *heap);

G_END_DECLS
