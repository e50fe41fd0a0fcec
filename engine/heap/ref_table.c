/* ref_table.c - chunks of the table of refs come and go, and the memory they are cut from
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/ref_table.h"

#include <string.h>
#include <sys/mman.h>

const HpRefChunk hp_no_refs = { 0 };

/* Where a random ref is has to be looked up fast, also among millions: few pages of the host, and large ones. */
#define HUGE_PAGE_BYTES ((gsize) 2 * 1024 * 1024)
#define MAX_SLAB_CHUNKS ((guint32) ((HUGE_PAGE_BYTES - sizeof (HpRefSlab)) / sizeof (HpRefChunk)))

struct _HpRefSlab
{
  HpRefSlab *next;
  guint32 n_chunks;
  HpRefChunk chunks[];
};

/* The first slab is small, and each one twice as large as the one before, up to a huge page. */
static void
add_slab (HpRefTable *self)
{
  guint32 n = self->slabs == NULL ? 1 : MIN (2 * self->slabs->n_chunks, MAX_SLAB_CHUNKS);
  HpRefSlab *slab;

  if (n < MAX_SLAB_CHUNKS)
    slab = g_aligned_alloc (1, sizeof *slab + n * sizeof slab->chunks[0], sizeof (gpointer));
  else
    {
      slab = g_aligned_alloc (1, HUGE_PAGE_BYTES, HUGE_PAGE_BYTES);
      madvise (slab, HUGE_PAGE_BYTES, MADV_HUGEPAGE);
    }
  slab->next = self->slabs;
  slab->n_chunks = n;
  self->slabs = slab;
  self->n_uncut = n;
}

static HpRefChunk *
take_chunk (HpRefTable *self)
{
  HpRefChunk *chunk = self->spare;

  if (chunk != NULL)
    self->spare = chunk->next;
  else
    {
      if (self->n_uncut == 0)
        add_slab (self);
      chunk = &self->slabs->chunks[--self->n_uncut];
    }
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
  while (self->slabs != NULL)
    {
      HpRefSlab *next = self->slabs->next;

      g_aligned_free (self->slabs);
      self->slabs = next;
    }
  g_free (self->chunks);
  *self = (HpRefTable){ 0 };
}
