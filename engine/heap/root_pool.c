/* root_pool.c - roots on demand
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/root_pool.h"

void
hp_root_pool_init (HpRootPool *self, const char *name)
{
  *self = (HpRootPool){ .name = name, .spare = g_array_new (FALSE, FALSE, sizeof (guint32)) };
}

void
hp_root_pool_clear (HpRootPool *self)
{
  g_array_unref (self->spare);
}

static guint32
take_root (HpRootPool *self, HpHeap *heap)
{
  g_autofree char *name = NULL;
  guint32 id;

  if (self->spare->len > 0)
    {
      id = g_array_index (self->spare, guint32, self->spare->len - 1);
      g_array_set_size (self->spare, self->spare->len - 1);
      return id;
    }
  name = g_strdup_printf ("%s[%u]", self->name, self->n++);
  id = hp_emitter_define_root (heap->emitter, &(HpRoot){ 0, name });
  hp_roots_define (&heap->roots, id);
  return id;
}

static void
set_root (HpHeap *heap, guint32 id, guint64 word)
{
  guint64 *place = &heap->roots.words[id];
  HpValue old_value = hp_heap_value_of_word (heap, *place);
  HpValue value = hp_heap_value_of_word (heap, word);

  hp_emit (heap->emitter, HP_EVENT_ROOT, HP_KINDS (old_value.kind, value.kind), id, old_value.payload, value.payload);
  *place = word;
}

guint32
hp_root_pool_hold (HpRootPool *self, HpHeap *heap, HpAddress address)
{
  guint32 id = take_root (self, heap);

  set_root (heap, id, hp_word_from_ref_address (address));
  return id;
}

HpAddress
hp_root_pool_let_go (HpRootPool *self, HpHeap *heap, guint32 id)
{
  HpAddress address = hp_word_address (heap->roots.words[id]);

  set_root (heap, id, 0);
  g_array_append_val (self->spare, id);
  return address;
}
