/* quick.h - the way most operations go while nobody listens and no pager is asked
 *
 * Each of these functions performs a whole operation and returns TRUE; or it changes nothing and returns FALSE, because
 * there is something to attend to, to tell, to collect or to refuse. Then the function of operations.c that called it
 * goes step by step. So nothing here has a case for what is rare or wrong, and both ways leave the machine in the same
 * state.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "machine/machine_private.h"

G_BEGIN_DECLS

static inline gboolean
hp_quick_is_possible (const HpMachine *self)
{
  return G_LIKELY (g_atomic_int_get (&self->attention) == HP_ATTENTION_NONE);
}

/* ---- stack ------------------------------------------------------------------------------------------------------- */

static inline gboolean
hp_quick_statement (HpMachine *self, guint32 source, guint32 location)
{
  if (!hp_quick_is_possible (self) || source > self->n_sources)
    return FALSE;
  self->counters.operations++;
  self->source = source;
  self->location = location;
  return TRUE;
}

static inline gboolean
hp_quick_return (HpMachine *self)
{
  if (!hp_quick_is_possible (self) || hp_stack_newest (&self->stack) == NULL)
    return FALSE;
  self->counters.operations++;
  hp_stack_pop_quickly (&self->stack);
  return TRUE;
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

/* The address of @ref, or 0. Programs mostly name what they just made or loaded: that is the accumulator. A branch that
 * the host's processor foretells is better than the table here, whose answer it would have to wait for. */
static inline HpAddress
hp_quick_find (const HpHeap *heap, HpRef ref)
{
  const HpRoots *roots = &heap->roots;
  HpAddress address;

  if (ref == roots->accumulator_ref)
    return hp_word_address (roots->accumulator);
  address = hp_heap_address_of (heap, ref);
  return address != 0 && !hp_heap_is_unswept (heap, address) ? address : 0;
}

/* @value as a tagged word, where no object needs to be found and nothing put right. */
static inline gboolean
hp_quick_encode_plain (HpValue value, guint64 *word)
{
  if (value.payload == 0 ? value.kind >= HP_VALUE_REF
                         : value.kind - HP_VALUE_BOOLEAN >= HP_VALUE_REF - HP_VALUE_BOOLEAN)
    return FALSE;
  *word = hp_word_from_plain (value);
  return TRUE;
}

static inline gboolean
hp_quick_encode_ref (const HpHeap *heap, HpRef ref, guint64 *word)
{
  const HpRoots *roots = &heap->roots;
  HpAddress address;

  if (ref == roots->accumulator_ref)
    {
      *word = roots->accumulator;
      return G_LIKELY (ref != HP_REF_NONE);
    }
  address = hp_heap_address_of (heap, ref);
  if (G_UNLIKELY (address == 0 || hp_heap_is_unswept (heap, address)))
    return FALSE;
  *word = hp_word_from_ref_address (address);
  return TRUE;
}

static inline gboolean
hp_quick_encode (const HpHeap *heap, HpValue value, guint64 *word)
{
  return value.kind == HP_VALUE_REF ? hp_quick_encode_ref (heap, value.payload, word)
                                    : hp_quick_encode_plain (value, word);
}

/* The arguments are put where the frame's first locals will be. Where @n is a constant the compiler unrolls this. */
static inline gboolean
hp_quick_call (HpMachine *self, guint32 function, const HpValue *arguments, guint32 n)
{
  HpStack *stack = &self->stack;
  const HpCallee *callee = &g_array_index (self->callees, HpCallee, function - 1);

  if (!hp_quick_is_possible (self) || function - 1 >= self->callees->len || n > callee->n_parameters
      || !hp_stack_has_room (stack, callee->frame_words))
    return FALSE;
  for (guint32 i = 0; i < n; i++)
    if (!hp_quick_encode (self->heap, arguments[i], &stack->locals[stack->next->first_slot + i]))
      return FALSE;
  self->counters.operations++;
  hp_stack_push_quickly (stack, function, callee->n_locals, callee->frame_words, self->location, n);
  return TRUE;
}

static inline gboolean
hp_quick_set_local (HpMachine *self, guint32 local, HpValue value)
{
  const HpStackFrame *frame = self->stack.next - 1; /* without locals where there is no frame */
  guint64 word;

  if (!hp_quick_is_possible (self) || local >= hp_stack_frame_locals (frame)
      || !hp_quick_encode (self->heap, value, &word))
    return FALSE;
  self->counters.operations++;
  self->stack.locals[frame->first_slot + local] = word;
  return TRUE;
}

static inline gboolean
hp_quick_set_root (HpMachine *self, guint32 root, HpValue value)
{
  HpRoots *roots = &self->heap->roots;
  guint64 word;

  if (!hp_quick_is_possible (self) || root == 0 || root >= roots->n || !hp_quick_encode (self->heap, value, &word))
    return FALSE;
  self->counters.operations++;
  roots->words[root] = word;
  return TRUE;
}

/* ---- heap -------------------------------------------------------------------------------------------------------- */

/* The place of slot @slot of an object, or NULL. */
static inline guint64 *
hp_quick_slot (const HpLayout *layout, guint64 *object, guint32 slot)
{
  if (G_LIKELY (slot < layout->n_slots) || (layout->tail == HP_TAIL_SLOTS && slot - layout->n_slots < object[1]))
    return &object[layout->first_slot + slot];
  return NULL;
}

static inline gboolean
hp_quick_read (HpMachine *self, HpRef host, guint32 slot, HpValue *value)
{
  HpHeap *heap = self->heap;
  const guint64 *place;
  HpAddress address;
  guint64 *object;

  if (!hp_quick_is_possible (self) || (address = hp_quick_find (heap, host)) == 0)
    return FALSE;
  object = hp_heap_words (heap, address);
  place = hp_quick_slot (hp_heap_layout (heap, object[0]), object, slot);
  if (place == NULL)
    return FALSE;
  self->counters.operations++;
  *value = hp_heap_value_of_word (heap, *place);
  if (value->kind == HP_VALUE_REF)
    hp_roots_accumulate_word (&heap->roots, value->payload, *place);
  return TRUE;
}

static inline gboolean
hp_quick_write (HpMachine *self, HpRef host, guint32 slot, HpValue value)
{
  HpHeap *heap = self->heap;
  HpAddress address = hp_quick_find (heap, host);
  guint64 *object = hp_heap_words (heap, address);
  const HpLayout *layout;
  guint64 word;

  if (!hp_quick_is_possible (self) || address == 0 || !hp_quick_encode (heap, value, &word))
    return FALSE;
  layout = hp_heap_layout (heap, object[0]);
  if (hp_quick_slot (layout, object, slot) == NULL || layout->references != HP_REFERENCES_STRONG)
    return FALSE;
  self->counters.operations++;
  hp_heap_write_slot (heap, address, slot, word);
  return TRUE;
}

static inline gboolean
hp_quick_reshape (HpMachine *self, HpRef ref, guint32 shape)
{
  HpHeap *heap = self->heap;
  HpAddress address = hp_quick_find (heap, ref);
  guint64 *object = hp_heap_words (heap, address);

  if (!hp_quick_is_possible (self) || address == 0 || shape - 1 >= heap->n_shapes
      || !hp_layout_can_become (hp_heap_layout (heap, object[0]), &heap->layouts[shape]))
    return FALSE;
  self->counters.operations++;
  object[0] = hp_map_with_shape (object[0], shape);
  return TRUE;
}

/* Where the next object of to-space goes: one of a size known beforehand (HpLayout.young_words). NULL where
 * it cannot be made quickly. */
static inline const HpLayout *
hp_quick_young_layout (const HpMachine *self, guint32 shape)
{
  const HpHeap *heap = self->heap;
  const HpLayout *layout = &heap->layouts[shape];

  return hp_quick_is_possible (self) && shape - 1 < heap->n_shapes && !hp_ref_table_chunk_is_full (&heap->refs)
                 && heap->young.limit - heap->young.top >= layout->young_words
             ? layout
             : NULL;
}

/* What hp_quick_young_layout() found room for becomes an object; its slots were written before.
 * HpNewSpace.uncounted_words remembers for the counters that it was made. */
static inline HpRef
hp_quick_make_young (HpMachine *self, guint32 shape, guint32 words)
{
  HpHeap *heap = self->heap;
  HpAddress address = heap->young.top;
  HpRef ref = hp_ref_table_add_quickly (&heap->refs, address);

  *hp_heap_words (heap, address) = hp_map_word (ref, shape);
  heap->young.top = address + words;
  heap->young.uncounted_words += words;
  hp_roots_accumulate (&heap->roots, ref, address);
  self->counters.operations++;
  return ref;
}

static inline gboolean
hp_quick_allocate (HpMachine *self, guint32 shape, HpRef *ref)
{
  const HpLayout *layout = hp_quick_young_layout (self, shape);
  volatile guint64 *slots; /* volatile: a call of memset() would cost more */

  if (layout == NULL)
    return FALSE;
  slots = hp_heap_words (self->heap, self->heap->young.top) + layout->first_slot;
  for (guint32 i = 0; i < layout->n_slots; i++)
    slots[i] = 0;
  *ref = hp_quick_make_young (self, shape, layout->young_words);
  return TRUE;
}

/* The two slots of an object get values: both are ready before it is looked where the object goes, so that fewer of the
 * host's registers are in use at a time. */
static inline gboolean
hp_quick_allocate_pair (HpMachine *self, guint32 shape, const HpValue *values, HpRef *ref)
{
  const HpLayout *layout;
  guint64 first, second;
  guint64 *slots;

  if (!hp_quick_encode (self->heap, values[0], &first) || !hp_quick_encode (self->heap, values[1], &second))
    return FALSE;
  layout = hp_quick_young_layout (self, shape);
  if (layout == NULL || layout->n_slots != 2)
    return FALSE;
  slots = hp_heap_words (self->heap, self->heap->young.top) + layout->first_slot;
  slots[0] = first;
  slots[1] = second;
  *ref = hp_quick_make_young (self, shape, layout->young_words);
  return TRUE;
}

/* All slots get values. Where @n is a constant the compiler unrolls this. */
static inline gboolean
hp_quick_allocate_with (HpMachine *self, guint32 shape, const HpValue *values, guint32 n, HpRef *ref)
{
  const HpLayout *layout = hp_quick_young_layout (self, shape);
  guint64 *slots;

  if (layout == NULL || n != layout->n_slots)
    return FALSE;
  slots = hp_heap_words (self->heap, self->heap->young.top) + layout->first_slot;
  for (guint32 i = 0; i < n; i++)
    if (!hp_quick_encode (self->heap, values[i], &slots[i]))
      return FALSE;
  *ref = hp_quick_make_young (self, shape, layout->young_words);
  return TRUE;
}

G_END_DECLS
