/* ref_table.c - chunks of the table of refs come and go
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/ref_table.h"

#include <string.h>

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

void
hp_ref_table_extend (HpRefTable *self)
{
  guint32 chunk = self->last / HP_REFS_PER_CHUNK;

  if (chunk >= self->n_chunks)
    {
      guint32 n = MAX (64, MAX (chunk + 1, self->n_chunks * 2));

      self->chunks = g_renew (HpRefChunk *, self->chunks, n);
      memset (self->chunks + self->n_chunks, 0, (n - self->n_chunks) * sizeof *self->chunks);
      self->n_chunks = n;
    }
  self->chunks[chunk] = take_chunk (self);
  /* The chunk before was kept as long as refs of it were still to come. */
  if (chunk > 0 && self->chunks[chunk - 1] != NULL && self->chunks[chunk - 1]->n_live == 0)
    hp_ref_table_drop_chunk (self, chunk - 1);
}

void
hp_ref_table_drop_chunk (HpRefTable *self, guint32 chunk)
{
  HpRefChunk *dead = self->chunks[chunk];

  if (chunk == self->last / HP_REFS_PER_CHUNK)
    return; /* more refs of it are still to come */
  self->chunks[chunk] = NULL;
  dead->next = self->spare;
  self->spare = dead;
}

void
hp_ref_table_clear (HpRefTable *self)
{
  for (guint32 i = 0; i < self->n_chunks; i++)
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
