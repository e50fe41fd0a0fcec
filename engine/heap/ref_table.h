/* ref_table.h - where each object is: ref -> address
 *
 * Refs are never reused, so the table would grow with every allocation. It is cut into chunks of 4,096 refs; a chunk
 * goes away when all its refs were allocated and all its objects are dead. All places of such refs are in one chunk of
 * zeros, so that looking up needs no test:
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
  guint32 n_dead;
  HpRefChunk *next; /* among the spare ones */
  HpAddress addresses[HP_REFS_PER_CHUNK];
};

typedef struct _HpRefSlab HpRefSlab;

typedef struct
{
  HpRefChunk **chunks; /* by ref / HP_REFS_PER_CHUNK, up to the one of the next ref; HP_NO_REFS where all are dead */
  guint32 n_chunks;    /* room for them */
  HpRef last;          /* the newest ref, 0 before the first */
  HpRefChunk *newest;  /* of the next ref */
  HpRefChunk *spare;   /* reused, since fresh memory is slow */
  HpRefSlab *slabs;    /* what chunks are cut from, newest first; of that one the first @n_uncut wait */
  guint32 n_uncut;
} HpRefTable;

/** A chunk of which nothing lives. */
extern const HpRefChunk hp_no_refs;
#define HP_NO_REFS ((HpRefChunk *) &hp_no_refs)

void hp_ref_table_init (HpRefTable *self);
void hp_ref_table_clear (HpRefTable *self);
/** How many objects are alive. Walks the chunks. */
guint64 hp_ref_table_count (const HpRefTable *self);
/** Open the chunk after the newest one, which is full. */
void hp_ref_table_extend (HpRefTable *self);
/** The chunk of so many refs holds no living object any more. */
void hp_ref_table_drop_chunk (HpRefTable *self, guint32 chunk);

/** Whether the next ref is the last one of its chunk, as the last ref of all is. */
static inline gboolean
hp_ref_table_chunk_is_full (const HpRefTable *self)
{
  return self->last % HP_REFS_PER_CHUNK == HP_REFS_PER_CHUNK - 2;
}

/** hp_ref_table_add() in the middle of a chunk. */
static inline HpRef
hp_ref_table_add_quickly (HpRefTable *self, HpAddress address)
{
  HpRef ref = ++self->last;

  self->newest->addresses[ref % HP_REFS_PER_CHUNK] = address;
  return ref;
}

/** Name a new object at @address. The caller sees to it that refs do not run out (hp_ref_table_is_full()). */
static inline HpRef
hp_ref_table_add (HpRefTable *self, HpAddress address)
{
  gboolean chunk_is_full = hp_ref_table_chunk_is_full (self);
  HpRef ref = hp_ref_table_add_quickly (self, address);

  if (G_UNLIKELY (chunk_is_full))
    hp_ref_table_extend (self);
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
  if (G_UNLIKELY (ref > self->last))
    return 0;
  return self->chunks[ref / HP_REFS_PER_CHUNK]->addresses[ref % HP_REFS_PER_CHUNK];
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
  if (++chunk->n_dead == HP_REFS_PER_CHUNK)
    hp_ref_table_drop_chunk (self, ref / HP_REFS_PER_CHUNK);
}

G_END_DECLS
