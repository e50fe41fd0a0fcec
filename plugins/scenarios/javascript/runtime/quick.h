/* quick.h - what most instructions do, for the interpreter's loop: done whole, or FALSE and nothing happened
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/context.h"
#include "runtime/elements.h"
#include "runtime/interpreter.h"

G_BEGIN_DECLS

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

static inline gboolean
js_quick_add (JsValue x, JsValue y, JsValue *sum)
{
  gint32 number;

  if (__builtin_add_overflow (js_as_smi (x), js_as_smi (y), &number))
    return FALSE;
  *sum = js_smi (number);
  return TRUE;
}

static inline gboolean
js_quick_subtract (JsValue x, JsValue y, JsValue *difference)
{
  gint32 number;

  if (__builtin_sub_overflow (js_as_smi (x), js_as_smi (y), &number))
    return FALSE;
  *difference = js_smi (number);
  return TRUE;
}

/* Where statements stand in the source: code->user_data. */
typedef struct
{
  guint32 line, column;
} JsPlaceInSource;

static inline void
js_quick_statement (JsRun *run, const guint32 *op)
{
  const JsPlaceInSource *place = (const JsPlaceInSource *) run->code->user_data + JS_OPERAND_A (op);

  hp_machine_statement (run->machine, run->vm->source_id, place->line, place->column);
}

/* ---- variables --------------------------------------------------------------------------------------------------- */

static inline JsValue
js_quick_context (JsRun *run, const JsValue *registers, const guint32 *op)
{
  HpRef context = registers[JS_CONTEXT_REGISTER (run->code)].payload;

  for (guint n = JS_OPERAND_A (op); n > 0; n--)
    context = hp_machine_read (run->machine, context, JS_CONTEXT_SLOT_PREVIOUS).payload;
  return hp_machine_read (run->machine, context, JS_N_CONTEXT_SLOTS + JS_OPERAND_B (op));
}

/* ---- properties: what an inline cache knows ---------------------------------------------------------------------- */

/* Where a property stands: its slot in the object; with this bit, in the PropertyArray. */
#define JS_CACHE_OUTSIDE (1u << 31)

static inline JsValue
js_quick_slot (JsRun *run, HpRef object, guint32 slot)
{
  if (G_LIKELY (!(slot & JS_CACHE_OUTSIDE)))
    return hp_machine_read (run->machine, object, slot);
  object = hp_machine_read (run->machine, object, JS_SLOT_PROPERTIES).payload;
  return hp_machine_read (run->machine, object, slot & ~JS_CACHE_OUTSIDE);
}

/* An own property of an object of the class that the cache knows, or one of a prototype (then new_shape is the epoch of
 * prototypes). The hole: LAZY and not made yet. */
static inline gboolean
js_quick_cached (JsRun *run, HpRef object, const JsCache *cache, JsValue *value)
{
  if (hp_machine_shape_of (run->machine, object) != cache->shape || cache->shape == 0)
    return FALSE;
  if (cache->holder != HP_REF_NONE)
    {
      if (cache->new_shape != run->vm->prototype_epoch)
        return FALSE;
      object = cache->holder;
    }
  *value = js_quick_slot (run, object, cache->slot);
  return !js_is_hole (*value);
}

static inline gboolean
js_quick_get_named (JsRun *run, JsValue object, const guint32 *op, JsValue *value)
{
  return js_is_ref (object) && js_quick_cached (run, object.payload, &run->code->caches[JS_OPERAND_C (op)], value);
}

static inline gboolean
js_quick_global (JsRun *run, const guint32 *op, JsValue *value)
{
  return js_quick_cached (run, run->vm->intrinsics[JS_INTRINSIC_GLOBAL], &run->code->caches[JS_OPERAND_B (op)], value);
}

/* An own property that is there (new_shape 0), or one that is added in the object (holder is the epoch of prototypes).
 */
static inline gboolean
js_quick_set_named (JsRun *run, JsValue object, const guint32 *op, JsValue value)
{
  const JsCache *cache = &run->code->caches[JS_OPERAND_C (op)];

  if (!js_is_ref (object) || cache->shape == 0 || js_is_hole (value)
      || hp_machine_shape_of (run->machine, object.payload) != cache->shape)
    return FALSE;
  if (cache->new_shape != 0)
    {
      if (cache->holder != run->vm->prototype_epoch)
        return FALSE;
      hp_machine_reshape (run->machine, object.payload, cache->new_shape);
    }
  else if (cache->slot & JS_CACHE_OUTSIDE)
    object = hp_machine_read (run->machine, object.payload, JS_SLOT_PROPERTIES);
  hp_machine_write (run->machine, object.payload, cache->slot & ~JS_CACHE_OUTSIDE, value);
  return TRUE;
}

/* ---- elements ---------------------------------------------------------------------------------------------------- */

static inline gboolean
js_quick_store (JsVm *vm, JsValue object, JsValue index, HpRef *store)
{
  const JsClass *class;

  if (!js_is_ref (object) || !js_is_smi (index))
    return FALSE;
  class = js_class_of (vm, object.payload);
  if (class->kind != JS_KIND_ARRAY || class->is_frozen
      || (class->elements != JS_ELEMENTS_SMI && class->elements != JS_ELEMENTS_OBJECT))
    return FALSE;
  *store = hp_value_get_ref (hp_machine_read (vm->machine, object.payload, JS_SLOT_ELEMENTS));
  return *store != HP_REF_NONE && index.payload < hp_machine_length_of (vm->machine, *store);
}

static inline gboolean
js_quick_get_element (JsVm *vm, JsValue object, JsValue index, JsValue *value)
{
  HpRef store;

  if (!js_quick_store (vm, object, index, &store))
    return FALSE;
  *value = hp_machine_read (vm->machine, store, index.payload);
  return !js_is_hole (*value);
}

/* Only what is there already: it changes neither length nor class. */
static inline gboolean
js_quick_set_element (JsVm *vm, JsValue object, JsValue index, JsValue value)
{
  HpRef store;

  if (!js_quick_store (vm, object, index, &store)
      || (js_class_of (vm, object.payload)->elements == JS_ELEMENTS_SMI && !js_is_smi (value))
      || js_is_hole (hp_machine_read (vm->machine, store, index.payload)))
    return FALSE;
  hp_machine_write (vm->machine, store, index.payload, value);
  return TRUE;
}

G_END_DECLS
