/* ref_table.c - chunks of the table of refs come and go
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/ref_table.h"

#include <string.h>

const HpRefChunk hp_no_refs = { 0 };

static HpRefChunk *
take_chunk (HpRefTable *self)
{
  HpRefChunk *chunk = self->spare;

  if (chunk == NULL)
    return g_new0 (HpRefChunk, 1);
  self->spare = chunk->next;
  memset (chunk, 0, sizeof *chunk);
  return chunk;
}

static void
open_chunk (HpRefTable *self, guint32 chunk)
{
  if (chunk >= self->n_chunks)
    {
      self->n_chunks = MAX (64, self->n_chunks * 2);
      self->chunks = g_renew (HpRefChunk *, self->chunks, self->n_chunks);
    }
  self->newest = self->chunks[chunk] = take_chunk (self);
}

void
hp_ref_table_init (HpRefTable *self)
{
  *self = (HpRefTable){ 0 };
  open_chunk (self, 0);
  self->newest->n_dead = 1; /* HP_REF_NONE */
}

void
hp_ref_table_extend (HpRefTable *self)
{
  open_chunk (self, self->last / HP_REFS_PER_CHUNK + 1);
}

void
hp_ref_table_drop_chunk (HpRefTable *self, guint32 chunk)
{
  HpRefChunk *dead = self->chunks[chunk];

  self->chunks[chunk] = HP_NO_REFS;
  dead->next = self->spare;
  self->spare = dead;
}

guint64
hp_ref_table_count (const HpRefTable *self)
{
  guint64 n = 0;

  for (guint32 first = 0; first <= self->last; first += HP_REFS_PER_CHUNK)
    if (self->chunks[first / HP_REFS_PER_CHUNK] != HP_NO_REFS)
      n += MIN (self->last - first + 1, HP_REFS_PER_CHUNK) - self->chunks[first / HP_REFS_PER_CHUNK]->n_dead;
  return n;
}

void
hp_ref_table_clear (HpRefTable *self)
{
  for (guint32 i = 0; self->newest != NULL && i <= (self->last + 1) / HP_REFS_PER_CHUNK; i++)
    if (self->chunks[i] != HP_NO_REFS)
      g_free (self->chunks[i]);
  g_clear_pointer (&self->chunks, g_free);
  while (self->spare != NULL)
    {
      HpRefChunk *next = self->spare->next;

      g_free (self->spare);
      self->spare = next;
    }
  *self = (HpRefTable){ 0 };
}
