/* direct.h - a program's operations inlined into a virtual machine, which performs some for each of its instructions
 *
 * Each function is one operation of machine.h: the quick way here, else by the function there, so that recorded and
 * other runs perform the same ones. They skip what a virtual machine is sure of: that the object lives, that it has the
 * slot. What they know of the machine's parts may change with each build, so this header is not installed: the virtual
 * machine that uses it is built together with the engine.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "machine/quick.h"

G_BEGIN_DECLS

/* ---- values ------------------------------------------------------------------------------------------------------ */

/** An HpValue in one of the host's registers: the kind in the low half, the payload above. */
typedef guint64 HpBits;

static inline HpBits
hp_bits (HpValue value)
{
  return (HpBits) value.payload << 32 | value.kind;
}

static inline HpValue
hp_bits_value (HpBits bits)
{
  return (HpValue){ (guint32) bits, (guint32) (bits >> 32) };
}

static inline gboolean
hp_bits_is_ref (HpBits bits)
{
  return (guint32) bits == HP_VALUE_REF;
}

static inline HpRef
hp_bits_ref (HpBits bits)
{
  return (HpRef) (bits >> 32);
}

/** What is no reference: a slot's word of a value's bits, and back. */
static inline guint64
hp_bits_turn (guint64 bits)
{
  return bits << 32 | bits >> 32;
}

/* The word of @bits; 0 where a reference is none that lives, for machine.h to complain about. */
static inline guint64
hp_direct_word (const HpMachine *self, HpBits bits)
{
  guint64 word = 0;

  if (!hp_bits_is_ref (bits))
    return hp_bits_turn (bits);
  hp_quick_encode_ref (self->heap, hp_bits_ref (bits), &word);
  return word;
}

static inline gboolean
hp_direct_is_lost (HpBits bits, guint64 word)
{
  return G_UNLIKELY (word == 0) && hp_bits_is_ref (bits);
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

/** The words of an object: valid until an operation that may collect. */
static inline guint64 *
hp_direct_object (const HpMachine *self, HpRef ref)
{
  return hp_heap_words (self->heap, hp_quick_find (self->heap, ref));
}

/** The same of the object that the word of a local refers to. */
static inline guint64 *
hp_direct_object_of_word (const HpMachine *self, guint64 word)
{
  return hp_heap_words (self->heap, hp_word_address (word));
}

static inline guint32
hp_direct_shape (const guint64 *object)
{
  return hp_map_shape (object[0]);
}

/** The length of an object's tail. */
static inline guint32
hp_direct_length (const guint64 *object)
{
  return (guint32) object[1];
}

/** A value that somebody looks at who is not the program: no operation. */
static inline HpValue
hp_direct_peek (const HpMachine *self, const guint64 *object, guint32 offset)
{
  return hp_heap_value_of_word (self->heap, object[offset]);
}

/** hp_machine_read() of the slot @offset words from the object's start. */
static inline HpBits
hp_direct_read (HpMachine *self, const guint64 *object, guint32 offset)
{
  HpHeap *heap = self->heap;
  guint64 word;
  HpRef ref;

  if (G_UNLIKELY (!hp_quick_is_possible (self)))
    return hp_bits (
        hp_machine_read (self, hp_map_low (object[0]), offset - hp_heap_layout (heap, object[0])->first_slot));
  self->counters.operations++;
  word = object[offset];
  if (!hp_word_is_ref (word))
    return hp_bits_turn (word);
  ref = hp_heap_ref_at (heap, hp_word_address (word));
  hp_roots_accumulate_word (&heap->roots, ref, word);
  return (HpBits) ref << 32 | HP_VALUE_REF;
}

/** hp_machine_write() to the same; of an object whose references are strong. */
static inline void
hp_direct_write (HpMachine *self, guint64 *object, guint32 offset, HpBits bits)
{
  HpHeap *heap = self->heap;
  guint64 word = hp_direct_word (self, bits);
  HpAddress host = (HpAddress) (object - heap->memory.words);

  if (G_UNLIKELY (!hp_quick_is_possible (self) || hp_direct_is_lost (bits, word) || heap->marking))
    {
      hp_machine_write (
          self, hp_map_low (object[0]), offset - hp_heap_layout (heap, object[0])->first_slot, hp_bits_value (bits));
      return;
    }
  self->counters.operations++;
  object[offset] = word;
  if (hp_word_is_ref (word) && !hp_space_is_young (hp_heap_space_of (heap, host))
      && hp_space_is_young (hp_heap_space_of (heap, hp_word_address (word))))
    hp_heap_remember (heap, host, host + offset, hp_word_address (word));
}

/** hp_machine_read() of an object that has the slot, or else the run ends as there. */
static inline HpValue
hp_direct_read_slot (HpMachine *self, HpRef host, guint32 slot)
{
  HpValue value;

  return G_LIKELY (hp_quick_read (self, host, slot, &value)) ? value : hp_machine_read (self, host, slot);
}

static inline void
hp_direct_write_slot (HpMachine *self, HpRef host, guint32 slot, HpValue value)
{
  if (G_UNLIKELY (!hp_quick_write (self, host, slot, value)))
    hp_machine_write (self, host, slot, value);
}

static inline void
hp_direct_set_root (HpMachine *self, guint32 root, HpValue value)
{
  if (G_UNLIKELY (!hp_quick_set_root (self, root, value)))
    hp_machine_set_root (self, root, value);
}

/* ---- stack ------------------------------------------------------------------------------------------------------- */

/** The words of the locals of the newest frame. */
static inline guint64 *
hp_direct_locals (const HpMachine *self)
{
  return &self->stack.locals[self->stack.next[-1].first_slot];
}

/** hp_machine_set_local(); @locals: hp_direct_locals() */
static inline void
hp_direct_set_local (HpMachine *self, guint64 *locals, guint32 local, HpBits bits)
{
  guint64 word = hp_direct_word (self, bits);

  if (G_UNLIKELY (!hp_quick_is_possible (self) || hp_direct_is_lost (bits, word)))
    {
      hp_machine_set_local (self, local, hp_bits_value (bits));
      return;
    }
  self->counters.operations++;
  locals[local] = word;
}

/** hp_machine_set_local() with what another local of the frame has. */
static inline void
hp_direct_copy_local (HpMachine *self, guint64 *locals, guint32 from, guint32 local, HpBits bits)
{
  if (G_UNLIKELY (!hp_quick_is_possible (self)))
    {
      hp_machine_set_local (self, local, hp_bits_value (bits));
      return;
    }
  self->counters.operations++;
  locals[local] = locals[from];
}

/** hp_machine_statement(); @location: HP_LOCATION() */
static inline void
hp_direct_statement (HpMachine *self, guint32 source, guint32 location)
{
  if (G_LIKELY (hp_quick_statement (self, source, location)))
    return;
  hp_machine_statement (self, source, HP_LOCATION_LINE (location), HP_LOCATION_COLUMN (location));
}

/**
 * hp_machine_call_with(), the first half: where the locals of a frame of @function will be, for the caller to write all
 * of them; then comes hp_direct_call(). NULL: it is for hp_machine_call_with() to do.
 */
static inline guint64 *
hp_direct_begin_call (const HpMachine *self, guint32 function)
{
  const HpStack *stack = &self->stack;
  const HpCallee *callee = &g_array_index (self->callees, HpCallee, function - 1);

  return hp_quick_is_possible (self) && hp_stack_has_room (stack, callee->frame_words)
             ? &stack->locals[stack->next->first_slot]
             : NULL;
}

static inline void
hp_direct_call (HpMachine *self, guint32 function)
{
  const HpCallee *callee = &g_array_index (self->callees, HpCallee, function - 1);
  HpStackFrame *frame = self->stack.next++;

  self->counters.operations++;
  frame->function = function;
  frame->call_location = self->location;
  frame[1].first_slot = frame->first_slot + callee->n_locals;
  frame[1].base = frame->base + callee->frame_words;
}

/** hp_machine_return(), where there is a frame. */
static inline void
hp_direct_return (HpMachine *self)
{
  if (G_UNLIKELY (!hp_quick_is_possible (self)))
    {
      hp_machine_return (self);
      return;
    }
  self->counters.operations++;
  hp_stack_pop_quickly (&self->stack);
}

G_END_DECLS
