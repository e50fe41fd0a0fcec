/* external.c - blocks outside of the heap: attached, found, given back
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/heap.h"

static void
free_block (gpointer data)
{
  HpExternalBlock *block = data;

  g_free (block->bytes);
  g_free (block);
}

void
hp_external_clear (HpExternal *self)
{
  g_clear_pointer (&self->blocks, g_hash_table_unref);
  g_clear_pointer (&self->young, g_ptr_array_unref);
  g_clear_pointer (&self->old, g_ptr_array_unref);
}

static void
tell (HpHeap *heap, HpRef ref, guint32 before, guint32 after)
{
  heap->counters->external_bytes += (guint64) after - before;
  heap->external.low_bytes = MIN (heap->external.low_bytes, heap->counters->external_bytes);
  hp_emit (heap->emitter, HP_EVENT_EXTERNAL, 0, ref, before, after);
}

guint8 *
hp_external_attach (HpHeap *heap, HpRef ref, guint32 n)
{
  HpExternal *self = &heap->external;
  gboolean is_young = hp_space_is_young (hp_heap_space_of (heap, hp_heap_address_of (heap, ref)));
  guint8 *bytes = heap->counters->external_bytes + n <= HP_MOST_EXTERNAL_BYTES ? g_try_malloc0 (MAX (n, 1)) : NULL;
  HpExternalBlock *block;

  if (bytes == NULL)
    return NULL;
  if (self->blocks == NULL)
    {
      self->blocks = g_hash_table_new_full (NULL, NULL, NULL, free_block);
      self->young = g_ptr_array_new ();
      self->old = g_ptr_array_new ();
    }
  block = g_new (HpExternalBlock, 1);
  *block = (HpExternalBlock){ ref, n, bytes };
  self->newest_ref = HP_REF_NONE;
  g_hash_table_insert (self->blocks, GUINT_TO_POINTER (ref), block);
  g_ptr_array_add (is_young ? self->young : self->old, block);
  self->young_bytes += is_young ? n : 0;
  tell (heap, ref, 0, n);
  return bytes;
}

const HpExternalBlock *
hp_external_find (HpExternal *self, HpRef ref)
{
  if (self->newest_ref != ref && self->blocks != NULL)
    {
      self->newest = g_hash_table_lookup (self->blocks, GUINT_TO_POINTER (ref));
      self->newest_ref = ref;
    }
  return ref != HP_REF_NONE && self->newest_ref == ref ? self->newest : NULL;
}

static gboolean
is_dead (const HpHeap *heap, HpRef ref)
{
  HpAddress address = hp_heap_address_of (heap, ref);

  return address == 0 || hp_heap_is_unswept (heap, address);
}

static void
release (HpHeap *heap, HpExternalBlock *block)
{
  HpRef ref = block->ref;

  tell (heap, ref, block->n, 0);
  heap->external.newest_ref = HP_REF_NONE;
  g_hash_table_remove (heap->external.blocks, GUINT_TO_POINTER (ref));
}

/* Of @blocks those of the living stay, in their order; of the young ones those that are young still. */
static void
sweep (HpHeap *heap, GPtrArray *blocks)
{
  HpExternal *self = &heap->external;
  guint n = 0;

  for (guint i = 0, end = blocks->len; i < end; i++)
    {
      HpExternalBlock *block = g_ptr_array_index (blocks, i);
      gboolean was_young = blocks == self->young;

      if (is_dead (heap, block->ref))
        {
          self->young_bytes -= was_young ? block->n : 0;
          release (heap, block);
        }
      else if (was_young && !hp_space_is_young (hp_heap_space_of (heap, hp_heap_address_of (heap, block->ref))))
        {
          self->young_bytes -= block->n;
          g_ptr_array_add (self->old, block);
        }
      else
        g_ptr_array_index (blocks, n++) = block;
    }
  g_ptr_array_set_size (blocks, (gint) n);
}

void
hp_external_sweep (HpHeap *heap, gboolean full)
{
  HpExternal *self = &heap->external;

  if (self->blocks == NULL)
    return;
  if (full)
    sweep (heap, self->old);
  sweep (heap, self->young);
  if (full)
    self->low_bytes = heap->counters->external_bytes;
}

guint64
hp_external_growth (const HpHeap *heap)
{
  return heap->counters->external_bytes - heap->external.low_bytes;
}
