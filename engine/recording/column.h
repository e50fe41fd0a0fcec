/* column.h - a long array that is cheap to copy: paged, shared between copies until one of them writes
 *
 * A column holds elements 0 … 2^32 - 1, all zero at first and without memory until written:
 *
 *   nodes[i >> 16] -> chunk pointers[(i >> 6) & 1023] -> 64 elements
 *
 * Nodes and chunks carry reference counts. Copying a column copies its node pointers; writing an element first makes
 * the node and the chunk on the way to it the column's own. So a keyframe costs memory only for what changes after it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HP_COLUMN_CHUNK_SHIFT 6
#define HP_COLUMN_CHUNK_ELEMENTS (1u << HP_COLUMN_CHUNK_SHIFT)
#define HP_COLUMN_NODE_CHUNKS 1024u
#define HP_COLUMN_NODE_SHIFT 16
#define HP_COLUMN_MAX_ELEMENT_BYTES 32

typedef struct
{
  guint refs;
  guint64 elements[]; /* HP_COLUMN_CHUNK_ELEMENTS x element_bytes */
} HpColumnChunk;

typedef struct
{
  guint refs;
  HpColumnChunk *chunks[HP_COLUMN_NODE_CHUNKS];
} HpColumnNode;

typedef struct
{
  guint32 element_bytes;
  guint32 n_nodes;
  HpColumnNode **nodes;
  gsize *account; /* borrowed: bytes of all nodes and chunks of columns that are copies of each other */
} HpColumn;

void hp_column_init (HpColumn *self, guint32 element_bytes, gsize *account);
void hp_column_copy (HpColumn *self, const HpColumn *from); /* self is uninitialised */
void hp_column_clear (HpColumn *self);

/** Element @i for writing. Good until the column is copied. */
gpointer hp_column_write (HpColumn *self, guint32 i);

/** The chunk that holds element @i, or NULL: its elements are all zero. */
static inline const HpColumnChunk *
hp_column_chunk (const HpColumn *self, guint32 i)
{
  guint32 node = i >> HP_COLUMN_NODE_SHIFT;

  if (node >= self->n_nodes || self->nodes[node] == NULL)
    return NULL;
  return self->nodes[node]->chunks[(i >> HP_COLUMN_CHUNK_SHIFT) & (HP_COLUMN_NODE_CHUNKS - 1)];
}

/** Element @i for reading, or NULL: it is zero. */
static inline gconstpointer
hp_column_read (const HpColumn *self, guint32 i)
{
  const HpColumnChunk *chunk = hp_column_chunk (self, i);

  if (chunk == NULL)
    return NULL;
  return (const guint8 *) chunk->elements + (gsize) (i & (HP_COLUMN_CHUNK_ELEMENTS - 1)) * self->element_bytes;
}

static inline guint32
hp_column_get_uint (const HpColumn *self, guint32 i)
{
  const guint32 *element = hp_column_read (self, i);

  return element ? *element : 0;
}

static inline void
hp_column_set_uint (HpColumn *self, guint32 i, guint32 value)
{
  *(guint32 *) hp_column_write (self, i) = value;
}

/** The first index at or after @i whose chunk has memory, or %G_MAXUINT64: all elements before it are zero. */
guint64 hp_column_next_present (const HpColumn *self, guint64 i);

/** Bytes that the column takes, be they shared or its own. */
gsize hp_column_bytes (const HpColumn *self);

/** Makes elements @first … @first + @n - 1 zero, without memory for those that are. */
void hp_column_zero (HpColumn *self, guint64 first, guint32 n);

G_END_DECLS
