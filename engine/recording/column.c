/* column.c - copy-on-write paged arrays
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/column.h"

#include <string.h>

void
hp_column_init (HpColumn *self, guint32 element_bytes, gsize *account)
{
  g_assert (element_bytes <= HP_COLUMN_MAX_ELEMENT_BYTES);

  self->element_bytes = element_bytes;
  self->n_nodes = 0;
  self->nodes = NULL;
  self->account = account;
}

void
hp_column_copy (HpColumn *self, const HpColumn *from)
{
  *self = *from;
  self->nodes = g_memdup2 (from->nodes, from->n_nodes * sizeof *from->nodes);
  for (guint32 i = 0; i < self->n_nodes; i++)
    if (self->nodes[i] != NULL)
      self->nodes[i]->refs++;
}

static gsize
chunk_bytes (const HpColumn *self)
{
  return sizeof (HpColumnChunk) + (gsize) HP_COLUMN_CHUNK_ELEMENTS * self->element_bytes;
}

static void
release_chunk (HpColumn *self, HpColumnChunk *chunk)
{
  if (chunk == NULL || --chunk->refs > 0)
    return;
  *self->account -= chunk_bytes (self);
  g_free (chunk);
}

static void
release_node (HpColumn *self, HpColumnNode *node)
{
  if (node == NULL || --node->refs > 0)
    return;
  for (guint i = 0; i < HP_COLUMN_NODE_CHUNKS; i++)
    release_chunk (self, node->chunks[i]);
  *self->account -= sizeof *node;
  g_free (node);
}

void
hp_column_clear (HpColumn *self)
{
  for (guint32 i = 0; i < self->n_nodes; i++)
    release_node (self, self->nodes[i]);
  g_clear_pointer (&self->nodes, g_free);
  self->n_nodes = 0;
}

/* Returns a node that belongs to this column alone: @node, a copy of it, or a new one. */
static HpColumnNode *
own_node (HpColumn *self, HpColumnNode *node)
{
  HpColumnNode *own;

  if (node != NULL && node->refs == 1)
    return node;
  own = g_new0 (HpColumnNode, 1);
  if (node != NULL)
    {
      memcpy (own->chunks, node->chunks, sizeof own->chunks);
      for (guint i = 0; i < HP_COLUMN_NODE_CHUNKS; i++)
        if (own->chunks[i] != NULL)
          own->chunks[i]->refs++;
      node->refs--;
    }
  own->refs = 1;
  *self->account += sizeof *own;
  return own;
}

static HpColumnChunk *
own_chunk (HpColumn *self, HpColumnChunk *chunk)
{
  HpColumnChunk *own;

  if (chunk != NULL && chunk->refs == 1)
    return chunk;
  if (chunk == NULL)
    own = g_malloc0 (chunk_bytes (self));
  else
    {
      own = g_memdup2 (chunk, chunk_bytes (self));
      chunk->refs--;
    }
  own->refs = 1;
  *self->account += chunk_bytes (self);
  return own;
}

static void
grow_nodes (HpColumn *self, guint32 n)
{
  self->nodes = g_renew (HpColumnNode *, self->nodes, n);
  memset (self->nodes + self->n_nodes, 0, (n - self->n_nodes) * sizeof *self->nodes);
  self->n_nodes = n;
}

gpointer
hp_column_write (HpColumn *self, guint32 i)
{
  guint32 node = i >> HP_COLUMN_NODE_SHIFT;
  guint32 chunk = (i >> HP_COLUMN_CHUNK_SHIFT) & (HP_COLUMN_NODE_CHUNKS - 1);
  HpColumnChunk **place;

  if (node >= self->n_nodes)
    grow_nodes (self, node + 1);
  self->nodes[node] = own_node (self, self->nodes[node]);
  place = &self->nodes[node]->chunks[chunk];
  *place = own_chunk (self, *place);
  return (guint8 *) (*place)->elements + (gsize) (i & (HP_COLUMN_CHUNK_ELEMENTS - 1)) * self->element_bytes;
}

gsize
hp_column_bytes (const HpColumn *self)
{
  gsize bytes = 0;

  for (guint32 i = 0; i < self->n_nodes; i++)
    if (self->nodes[i] != NULL)
      {
        bytes += sizeof (HpColumnNode);
        for (guint k = 0; k < HP_COLUMN_NODE_CHUNKS; k++)
          if (self->nodes[i]->chunks[k] != NULL)
            bytes += chunk_bytes (self);
      }
  return bytes;
}

guint64
hp_column_next_present (const HpColumn *self, guint64 i)
{
  const guint64 node_mask = (G_GUINT64_CONSTANT (1) << HP_COLUMN_NODE_SHIFT) - 1;

  while (i >> HP_COLUMN_NODE_SHIFT < self->n_nodes)
    {
      if (self->nodes[i >> HP_COLUMN_NODE_SHIFT] == NULL)
        i = (i | node_mask) + 1;
      else if (hp_column_chunk (self, (guint32) i) == NULL)
        i = (i | (HP_COLUMN_CHUNK_ELEMENTS - 1)) + 1;
      else
        return i;
    }
  return G_MAXUINT64;
}

void
hp_column_zero (HpColumn *self, guint64 first, guint32 n)
{
  static const guint64 ZEROS[HP_COLUMN_MAX_ELEMENT_BYTES / 8];

  for (guint64 i = first; (i = hp_column_next_present (self, i)) < first + n; i++)
    if (memcmp (hp_column_read (self, (guint32) i), ZEROS, self->element_bytes) != 0)
      memset (hp_column_write (self, (guint32) i), 0, self->element_bytes);
}
