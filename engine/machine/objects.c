/* objects.c - looking at objects, and what only a virtual machine needs: hidden classes, raw bytes, constants
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/machine_private.h"
#include "machine/quick.h"

#include <glib/gi18n-lib.h>

/* The words of @ref, or NULL where it names no living object. */
static inline guint64 *
find_words (const HpMachine *self, HpRef ref)
{
  HpAddress address = hp_quick_find (self->heap, ref);

  return G_LIKELY (address != 0) ? hp_heap_words (self->heap, address) : NULL;
}

gboolean
hp_machine_is_watched (const HpMachine *self)
{
  return self->emitter->listening;
}

guint32
hp_machine_shape_of (const HpMachine *self, HpRef ref)
{
  const guint64 *object = find_words (self, ref);

  return G_LIKELY (object != NULL) ? hp_map_shape (object[0]) : 0;
}

guint32
hp_machine_length_of (const HpMachine *self, HpRef ref)
{
  const guint64 *object = find_words (self, ref);

  return object != NULL && hp_heap_layout (self->heap, object[0])->tail != HP_TAIL_NONE ? (guint32) object[1] : 0;
}

guint8 *
hp_machine_bytes (HpMachine *self, HpRef ref, guint32 *n)
{
  guint64 *object = find_words (self, ref);
  const HpLayout *layout;

  *n = 0;
  if (G_UNLIKELY (object == NULL))
    {
      if (hp_machine_check (self))
        hp_machine_find_object (self, "bytes", ref);
      return NULL;
    }
  layout = hp_heap_layout (self->heap, object[0]);
  if (layout->tail == HP_TAIL_BYTES)
    {
      *n = (guint32) object[1];
      return (guint8 *) (object + layout->fixed_words);
    }
  /* Word 1 is the length where there is a tail. */
  *n = (layout->first_slot - (layout->tail == HP_TAIL_NONE ? 1 : 2)) * HP_WORD_BYTES;
  return (guint8 *) (object + (layout->tail == HP_TAIL_NONE ? 1 : 2));
}

/* The quick way allocates in new space. */
static void
place_old (HpMachine *self)
{
  self->collector->places_old = TRUE;
  g_atomic_int_or (&self->attention, HP_ATTENTION_PLACE);
}

void
hp_machine_place_beside (HpMachine *self, HpRef ref)
{
  HpAddress address = hp_machine_find_object (self, "allocate", ref);

  if (address != 0 && !hp_space_is_young (hp_heap_space_of (self->heap, address)))
    place_old (self);
}

HpRef
hp_machine_allocate_old (HpMachine *self, guint32 shape, guint32 length)
{
  place_old (self);
  return hp_machine_allocate_slowly (self, shape, length);
}

static G_GNUC_NO_INLINE void
reshape (HpMachine *self, HpRef ref, guint32 shape)
{
  const HpHeap *heap = self->heap;
  HpAddress address;

  if (!hp_machine_begin (self, HP_OPERATION_RESHAPE))
    return;
  address = hp_machine_find_object (self, "reshape", ref);
  if (address == 0)
    return;
  if (shape - 1 >= heap->n_shapes
      || !hp_layout_can_become (hp_heap_layout (heap, *hp_heap_words (heap, address)), &heap->layouts[shape]))
    {
      hp_machine_fail (self, _ ("reshape: object %u cannot get the shape %u, which is laid out otherwise"), ref, shape);
      return;
    }
  hp_heap_reshape (self->heap, address, shape);
}

void
hp_machine_reshape (HpMachine *self, HpRef ref, guint32 shape)
{
  if (!hp_quick_reshape (self, ref, shape))
    reshape (self, ref, shape);
}

/* As V8: when there is no memory, whatever is dead may have held some. */
static guint8 *
attach (HpMachine *self, HpRef ref, guint32 n)
{
  guint8 *bytes;

  hp_collector_make_external_room (self->collector, n);
  if (hp_machine_find_object (self, "attach", ref) == 0)
    return NULL;
  bytes = hp_external_attach (self->heap, ref, n);
  if (bytes != NULL)
    return bytes;
  hp_collector_collect (self->collector, HP_COLLECTION_FULL, "external memory pressure");
  return hp_machine_find_object (self, "attach", ref) != 0 ? hp_external_attach (self->heap, ref, n) : NULL;
}

guint8 *
hp_machine_attach_external (HpMachine *self, HpRef ref, guint32 n)
{
  guint8 *bytes;

  if (!hp_machine_begin (self, HP_OPERATION_ATTACH) || hp_machine_find_object (self, "attach", ref) == 0)
    return NULL;
  if (hp_external_find (&self->heap->external, ref) != NULL)
    {
      hp_machine_fail (self, _ ("attach: object %u has bytes outside of the heap already"), ref);
      return NULL;
    }
  bytes = attach (self, ref, n);
  if (bytes != NULL)
    hp_collector_report_external (self->collector);
  hp_machine_check_collections (self);
  return hp_machine_is_running (self) ? bytes : NULL;
}

guint8 *
hp_machine_external (HpMachine *self, HpRef ref, guint32 *n)
{
  const HpExternalBlock *block = hp_external_find (&self->heap->external, ref);

  *n = block != NULL ? block->n : 0;
  return block != NULL ? block->bytes : NULL;
}
