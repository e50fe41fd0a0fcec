/* ref_table.h - where each object is: ref -> address
 *
 * Refs are never reused, so the table would grow with every allocation. It is cut into chunks of 4,096 refs; a chunk
 * goes away when the last of its objects is dead:
 *
 *   live objects / 4096 <= chunks <= live objects + 1
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/value.h"

G_BEGIN_DECLS

#define HP_REFS_PER_CHUNK 4096

typedef struct _HpRefChunk HpRefChunk;
struct _HpRefChunk
{
  guint32 n_live;
  HpRefChunk *next; /* among the spare ones */
  HpAddress addresses[HP_REFS_PER_CHUNK];
};

typedef struct
{
  HpRefChunk **chunks; /* by ref / HP_REFS_PER_CHUNK; NULL where all are dead */
  guint32 n_chunks;
  HpRef last;        /* the newest ref, 0 before the first */
  HpRefChunk *spare; /* reused, since fresh memory is slow */
} HpRefTable;

void hp_ref_table_clear (HpRefTable *self);
/** Open the chunk that the next ref falls into. */
void hp_ref_table_extend (HpRefTable *self);
/** The chunk of @ref holds no live object any more. */
void hp_ref_table_drop_chunk (HpRefTable *self, guint32 chunk);

/** Name a new object at @address. The caller sees to it that refs do not run out (hp_ref_table_is_full()). */
static inline HpRef
hp_ref_table_add (HpRefTable *self, HpAddress address)
{
  HpRef ref = ++self->last;
  HpRefChunk *chunk;

  if (G_UNLIKELY (ref / HP_REFS_PER_CHUNK >= self->n_chunks || self->chunks[ref / HP_REFS_PER_CHUNK] == NULL))
    hp_ref_table_extend (self);
  chunk = self->chunks[ref / HP_REFS_PER_CHUNK];
  chunk->addresses[ref % HP_REFS_PER_CHUNK] = address;
  chunk->n_live++;
  return ref;
}

static inline gboolean
hp_ref_table_is_full (const HpRefTable *self)
{
  return self->last == G_MAXUINT32 - 1;
}

/** The address of @ref, or 0 when it was never allocated or is dead. */
static inline HpAddress
hp_ref_table_get (const HpRefTable *self, HpRef ref)
{
  guint32 chunk = ref / HP_REFS_PER_CHUNK;

  if (chunk >= self->n_chunks || self->chunks[chunk] == NULL)
    return 0;
  return self->chunks[chunk]->addresses[ref % HP_REFS_PER_CHUNK];
}

static inline void
hp_ref_table_move (HpRefTable *self, HpRef ref, HpAddress address)
{
  self->chunks[ref / HP_REFS_PER_CHUNK]->addresses[ref % HP_REFS_PER_CHUNK] = address;
}

static inline void
hp_ref_table_remove (HpRefTable *self, HpRef ref)
{
  HpRefChunk *chunk = self->chunks[ref / HP_REFS_PER_CHUNK];

  chunk->addresses[ref % HP_REFS_PER_CHUNK] = 0;
  if (--chunk->n_live == 0)
    hp_ref_table_drop_chunk (self, ref / HP_REFS_PER_CHUNK);
}

G_END_DECLS
