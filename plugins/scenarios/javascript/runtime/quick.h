/* quick.h - what most instructions do, for the interpreter's loop: done whole, or FALSE and nothing happened
 *
 * The loop keeps values as HpBits in the host's registers, and finds the object that a register refers to in the frame
 * of the machine (run.locals), where it is by its address.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "machine/direct.h"
#include "runtime/context.h"
#include "runtime/elements.h"
#include "runtime/function.h"
#include "runtime/interpreter.h"

G_BEGIN_DECLS

/* The registers of a frame as the loop sees them. */
typedef HpBits JsBits __attribute__ ((may_alias));

#define JS_BITS_SMI(number) ((HpBits) (guint32) (number) << 32 | HP_VALUE_INTEGER)
#define JS_BITS_BOOLEAN(truth) ((HpBits) ((truth) != 0) << 32 | HP_VALUE_BOOLEAN)
#define JS_BITS_HOLE ((HpBits) HP_VALUE_EMPTY)
#define JS_BITS_UNDEFINED ((HpBits) HP_VALUE_UNDEFINED)
#define JS_BITS_NULL ((HpBits) HP_VALUE_NULL)

static inline gboolean
js_bits_is_smi (HpBits bits)
{
  return (guint32) bits == HP_VALUE_INTEGER;
}

static inline gboolean
js_bits_is_boolean (HpBits bits)
{
  return (guint32) bits == HP_VALUE_BOOLEAN;
}

static inline gint32
js_bits_smi (HpBits bits)
{
  return (gint32) (bits >> 32);
}

static inline gboolean
js_quick_is_nullish (HpBits bits)
{
  return bits == JS_BITS_UNDEFINED || bits == JS_BITS_NULL;
}

/* What === compares by its bits: neither number nor string nor anything else of the heap. */
static inline gboolean
js_quick_is_plain (HpBits bits)
{
  return !hp_bits_is_ref (bits);
}

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

static inline gboolean
js_quick_add (HpBits x, gint32 y, HpBits *sum)
{
  gint32 number;

  if (!js_bits_is_smi (x) || __builtin_add_overflow (js_bits_smi (x), y, &number))
    return FALSE;
  *sum = JS_BITS_SMI (number);
  return TRUE;
}

static inline gboolean
js_quick_subtract (HpBits x, gint32 y, HpBits *difference)
{
  gint32 number;

  if (!js_bits_is_smi (x) || __builtin_sub_overflow (js_bits_smi (x), y, &number))
    return FALSE;
  *difference = JS_BITS_SMI (number);
  return TRUE;
}

/* 0 times something below 0 is no Smi. */
static inline gboolean
js_quick_multiply (HpBits x, gint32 y, HpBits *product)
{
  gint32 number;

  if (!js_bits_is_smi (x) || __builtin_mul_overflow (js_bits_smi (x), y, &number) || number == 0)
    return FALSE;
  *product = JS_BITS_SMI (number);
  return TRUE;
}

/* What is left of something below 0 could be -0. */
static inline gboolean
js_quick_modulo (HpBits x, gint32 y, HpBits *rest)
{
  if (!js_bits_is_smi (x) || js_bits_smi (x) < 0 || y <= 0)
    return FALSE;
  *rest = JS_BITS_SMI (js_bits_smi (x) % y);
  return TRUE;
}

/* Where statements stand in the source: HP_LOCATION(). */
static inline void
js_quick_statement (JsRun *run, const guint32 *op)
{
  const guint32 *places = run->code->user_data;

  hp_direct_statement (run->machine, run->vm->source_id, places[JS_OPERAND_A (op)]);
}

/* ---- variables --------------------------------------------------------------------------------------------------- */

static inline void
js_quick_set_register (JsRun *run, guint32 i, HpBits value)
{
  ((JsBits *) run->registers)[i] = value;
  hp_direct_set_local (run->machine, run->locals, i, value);
}

/* Temporaries no longer keep objects alive. */
static inline void
js_quick_clear (JsRun *run, guint32 first, guint32 n)
{
  for (guint32 i = first; i < first + n; i++)
    if (hp_bits_is_ref (((JsBits *) run->registers)[i]))
      js_quick_set_register (run, i, JS_BITS_HOLE);
}

/* Where the slots of contexts, of objects and of stores begin, in words. */
#define JS_CONTEXT_OFFSET 2
#define JS_OBJECT_OFFSET 1
#define JS_STORE_OFFSET 2

static inline guint64 *
js_quick_context (JsRun *run, const guint32 *op)
{
  guint64 *context = hp_direct_object_of_word (run->machine, run->locals[JS_CONTEXT_REGISTER (run->code)]);

  for (guint n = JS_OPERAND_A (op); n > 0; n--)
    {
      hp_direct_read (run->machine, context, JS_CONTEXT_OFFSET + JS_CONTEXT_SLOT_PREVIOUS);
      context = hp_direct_object_of_word (run->machine, context[JS_CONTEXT_OFFSET + JS_CONTEXT_SLOT_PREVIOUS]);
    }
  return context;
}

static inline HpBits
js_quick_get_context (JsRun *run, const guint32 *op)
{
  return hp_direct_read (
      run->machine, js_quick_context (run, op), JS_CONTEXT_OFFSET + JS_N_CONTEXT_SLOTS + JS_OPERAND_B (op));
}

static inline void
js_quick_set_context (JsRun *run, const guint32 *op, HpBits value)
{
  hp_direct_write (
      run->machine, js_quick_context (run, op), JS_CONTEXT_OFFSET + JS_N_CONTEXT_SLOTS + JS_OPERAND_B (op), value);
}

/* ---- properties: what an inline cache knows ---------------------------------------------------------------------- */

/* Where a property stands: its slot in the object; with this bit, in the PropertyArray. */
#define JS_CACHE_OUTSIDE (1u << 31)

static inline HpBits
js_quick_slot (JsRun *run, const guint64 *object, guint32 slot)
{
  if (G_LIKELY (!(slot & JS_CACHE_OUTSIDE)))
    return hp_direct_read (run->machine, object, JS_OBJECT_OFFSET + slot);
  hp_direct_read (run->machine, object, JS_OBJECT_OFFSET + JS_SLOT_PROPERTIES);
  object = hp_direct_object_of_word (run->machine, object[JS_OBJECT_OFFSET + JS_SLOT_PROPERTIES]);
  return hp_direct_read (run->machine, object, JS_STORE_OFFSET + (slot & ~JS_CACHE_OUTSIDE));
}

/* An own property of an object of the class that the cache knows, or one of a prototype (then new_shape is the epoch of
 * prototypes). The hole: LAZY and not made yet. */
static inline gboolean
js_quick_cached (JsRun *run, const guint64 *object, const JsCache *cache, HpBits *value)
{
  if (hp_direct_shape (object) != cache->shape || cache->shape == 0)
    return FALSE;
  if (cache->holder != HP_REF_NONE)
    {
      if (cache->new_shape != run->vm->prototype_epoch)
        return FALSE;
      object = hp_direct_object (run->machine, cache->holder);
    }
  *value = js_quick_slot (run, object, cache->slot);
  return *value != JS_BITS_HOLE;
}

static inline gboolean
js_quick_get_named (JsRun *run, const guint32 *op, HpBits *value)
{
  guint64 word = run->locals[JS_OPERAND_A (op)];

  return hp_word_is_ref (word)
         && js_quick_cached (
             run, hp_direct_object_of_word (run->machine, word), &run->code->caches[JS_OPERAND_C (op)], value);
}

static inline gboolean
js_quick_global (JsRun *run, const guint32 *op, HpBits *value)
{
  const guint64 *global = hp_direct_object (run->machine, run->vm->intrinsics[JS_INTRINSIC_GLOBAL]);

  return js_quick_cached (run, global, &run->code->caches[JS_OPERAND_B (op)], value);
}

/* An own property that is there (new_shape 0), or one that is added in the object (holder is the epoch of prototypes).
 */
static inline gboolean
js_quick_set_named (JsRun *run, const guint32 *op, HpBits value)
{
  const JsCache *cache = &run->code->caches[JS_OPERAND_C (op)];
  guint64 word = run->locals[JS_OPERAND_A (op)];
  guint64 *object = hp_direct_object_of_word (run->machine, word);
  guint32 offset = JS_OBJECT_OFFSET;

  if (!hp_word_is_ref (word) || cache->shape == 0 || value == JS_BITS_HOLE || hp_direct_shape (object) != cache->shape)
    return FALSE;
  if (cache->new_shape != 0)
    {
      if (cache->holder != run->vm->prototype_epoch)
        return FALSE;
      hp_machine_reshape (run->machine, hp_map_low (object[0]), cache->new_shape);
    }
  else if (cache->slot & JS_CACHE_OUTSIDE)
    {
      hp_direct_read (run->machine, object, JS_OBJECT_OFFSET + JS_SLOT_PROPERTIES);
      object = hp_direct_object_of_word (run->machine, object[JS_OBJECT_OFFSET + JS_SLOT_PROPERTIES]);
      offset = JS_STORE_OFFSET;
    }
  hp_direct_write (run->machine, object, offset + (cache->slot & ~JS_CACHE_OUTSIDE), value);
  return TRUE;
}

/* ---- elements ---------------------------------------------------------------------------------------------------- */

/* The store of the array in register @r where it has an element @index; NULL: the long way. */
static inline guint64 *
js_quick_store (JsRun *run, guint32 r, HpBits index, gboolean is_write, HpBits value)
{
  guint64 word = run->locals[r], *object = hp_direct_object_of_word (run->machine, word), *store;
  const JsClass *class;

  if (!hp_word_is_ref (word) || !js_bits_is_smi (index))
    return NULL;
  class = js_class_of_words (run->vm, object);
  if (class->kind != JS_KIND_ARRAY || class->is_frozen
      || (class->elements != JS_ELEMENTS_OBJECT
          && (class->elements != JS_ELEMENTS_SMI || (is_write && !js_bits_is_smi (value)))))
    return NULL;
  if (!hp_bits_is_ref (hp_direct_read (run->machine, object, JS_OBJECT_OFFSET + JS_SLOT_ELEMENTS)))
    return NULL;
  store = hp_direct_object_of_word (run->machine, object[JS_OBJECT_OFFSET + JS_SLOT_ELEMENTS]);
  return (guint32) js_bits_smi (index) < hp_direct_length (store) ? store : NULL;
}

static inline gboolean
js_quick_get_element (JsRun *run, guint32 r, HpBits index, HpBits *value)
{
  const guint64 *store = js_quick_store (run, r, index, FALSE, 0);

  if (store == NULL)
    return FALSE;
  *value = hp_direct_read (run->machine, store, JS_STORE_OFFSET + (guint32) js_bits_smi (index));
  return *value != JS_BITS_HOLE;
}

/* Only what is there already: it changes neither length nor class. */
static inline gboolean
js_quick_set_element (JsRun *run, guint32 r, HpBits index, HpBits value)
{
  guint64 *store = js_quick_store (run, r, index, TRUE, value);
  guint32 offset = JS_STORE_OFFSET + (guint32) js_bits_smi (index);

  if (store == NULL || store[offset] == 0)
    return FALSE;
  hp_direct_write (run->machine, store, offset, value);
  return TRUE;
}

/* ---- calls ------------------------------------------------------------------------------------------------------- */

/* The newest frame is the one to go on with. */
static inline void
js_quick_load (JsRun *run)
{
  JsVm *vm = run->vm;

  run->frame = js_newest_frame (vm);
  run->code = (JsCode *) run->frame->code;
  run->registers = &vm->registers[run->frame->base];
  run->locals = hp_direct_locals (run->machine);
  run->pc = run->code->words + run->frame->pc;
}

/* What a closure of JavaScript that can be called at once runs, or NULL. */
static inline JsCode *
js_quick_code (JsVm *vm, const guint64 *function)
{
  const JsClass *class = js_class_of_words (vm, function);
  gint32 id;
  JsCode *code;

  if (class->kind != JS_KIND_FUNCTION || class->is_class_constructor)
    return NULL;
  id = (gint32) function[JS_OBJECT_OFFSET + JS_N_OBJECT_SLOTS + JS_FUNCTION_SLOT_CODE];
  if (id < 0)
    return NULL;
  code = g_ptr_array_index (vm->compiled->codes, id);
  return code->function != 0 && vm->n_registers_used + code->n_registers <= vm->most_registers ? code : NULL;
}

/* What the function sees as this, as a local's word; 0: it must be made. */
static inline guint64
js_quick_this (JsVm *vm, const JsCode *code, guint64 receiver)
{
  if (code->strict || (code->flags & JS_FLAG_ARROW))
    return receiver;
  if (!hp_word_is_ref (receiver))
    return hp_word_kind (receiver) == HP_VALUE_UNDEFINED
               ? hp_direct_word (vm->machine, hp_bits (js_ref (vm->intrinsics[JS_INTRINSIC_GLOBAL])))
               : 0;
  return js_kind_is_object (js_class_of_words (vm, hp_direct_object_of_word (vm->machine, receiver))->kind) ? receiver
                                                                                                            : 0;
}

/* Registers and locals of the new frame. */
static inline void
js_quick_fill (JsRun *run, const JsCode *code, guint64 *locals, guint32 first, guint32 n, const guint64 *function)
{
  JsBits *registers = (JsBits *) &run->vm->registers[run->vm->n_registers_used];
  const JsBits *arguments = (const JsBits *) &run->registers[first];
  guint32 i = 1;

  n = MIN (n, code->n_parameters);
  for (; i <= n; i++)
    {
      registers[i] = arguments[i - 1];
      locals[i] = run->locals[first + i - 1];
    }
  for (; i <= code->n_parameters; i++)
    {
      registers[i] = JS_BITS_UNDEFINED;
      locals[i] = hp_bits_turn (JS_BITS_UNDEFINED);
    }
  registers[i] = (HpBits) hp_map_low (function[0]) << 32 | HP_VALUE_REF;
  locals[i] = hp_word_from_ref_address ((HpAddress) (function - run->machine->heap->memory.words));
  i++;
  registers[i] = hp_direct_read (
      run->machine, function, JS_OBJECT_OFFSET + JS_N_OBJECT_SLOTS + JS_FUNCTION_SLOT_CONTEXT);
  locals[i] = function[JS_OBJECT_OFFSET + JS_N_OBJECT_SLOTS + JS_FUNCTION_SLOT_CONTEXT];
  for (i++; i < code->n_registers; i++)
    registers[i] = locals[i] = JS_BITS_HOLE;
}

static inline void
js_quick_enter (JsRun *run, const JsCode *code, HpRef function, guint32 first, guint32 n)
{
  JsVm *vm = run->vm;
  *js_add_frame (vm) = (JsFrame){ .code = code,
                                  .function = function,
                                  .new_target = JS_UNDEFINED,
                                  .arguments = &run->registers[first],
                                  .n_arguments = n,
                                  .base = vm->n_registers_used,
                                  .on_stack = TRUE };
  vm->n_registers_used += code->n_registers;
  js_quick_load (run);
}

/* Call the closure in a register: the same operations as js_run_call () and js_push_frame (). */
static inline gboolean
js_quick_call (JsRun *run, const guint32 *op, guint64 receiver, guint32 first, guint32 n)
{
  JsVm *vm = run->vm;
  guint64 callee = run->locals[JS_OPERAND_A (op)];
  const guint64 *function = hp_direct_object_of_word (run->machine, callee);
  guint64 *locals;
  JsCode *code;

  if (!hp_word_is_ref (callee) || (code = js_quick_code (vm, function)) == NULL
      || (receiver = js_quick_this (vm, code, receiver)) == 0
      || (locals = hp_direct_begin_call (run->machine, code->function)) == NULL)
    return FALSE;
  run->frame->pc = (guint32) (op - run->code->words);
  hp_direct_read (run->machine, function, JS_OBJECT_OFFSET + JS_N_OBJECT_SLOTS + JS_FUNCTION_SLOT_CODE);
  locals[0] = receiver;
  vm->registers[vm->n_registers_used] = hp_heap_value_of_word (run->machine->heap, receiver);
  js_quick_fill (run, code, locals, first, n, function);
  hp_direct_call (run->machine, code->function);
  js_quick_enter (run, code, hp_map_low (function[0]), first, n);
  return TRUE;
}

/* Go back to the caller, where that is JavaScript and waits for no more than A. */
static inline gboolean
js_quick_return (JsRun *run)
{
  const JsFrame *frame = run->frame;
  JsVm *vm = run->vm;

  if (frame->is_entry || frame->is_construct || (run->code->flags & JS_FLAG_ASYNC)
      || !hp_quick_is_possible (run->machine))
    return FALSE;
  hp_direct_return (run->machine);
  vm->n_registers_used = frame->base;
  js_drop_frame (vm);
  js_quick_load (run);
  run->pc += js_instruction_lengths[*run->pc & 0xff];
  return TRUE;
}

G_END_DECLS
