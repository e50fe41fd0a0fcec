/* store.c - FixedArray and FixedDoubleArray (V8: src/objects/fixed-array.h)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/store.h"
#include "runtime/error.h"
#include "runtime/number.h"
#include "runtime/quick.h"

/* What stands for a hole among doubles (V8: kHoleNanInt64): a NaN that no arithmetic makes. */
#define HOLE_NAN G_GUINT64_CONSTANT (0xfff7fffffff7ffff)
/* V8: FixedArray::kMaxLength */
#define MOST_ELEMENTS ((1u << 27) - 2)

guint32
js_store_length (JsVm *vm, HpRef store, JsElementsKind kind)
{
  guint32 length = hp_machine_length_of (vm->machine, store);

  return kind == JS_ELEMENTS_DOUBLE ? length / sizeof (double) : length;
}

static guint64 *
double_at (JsVm *vm, HpRef store, guint32 index)
{
  guint32 n;

  return (guint64 *) hp_machine_bytes (vm->machine, store, &n) + index;
}

gboolean
js_store_has (JsVm *vm, HpRef store, JsElementsKind kind, guint32 index)
{
  if (index >= js_store_length (vm, store, kind))
    return FALSE;
  if (kind == JS_ELEMENTS_DOUBLE)
    return *double_at (vm, store, index) != HOLE_NAN;
  return !js_is_hole (hp_machine_read (vm->machine, store, index));
}

JsValue
js_store_get (JsVm *vm, HpRef store, JsElementsKind kind, guint32 index)
{
  double number;

  if (index >= js_store_length (vm, store, kind))
    return JS_HOLE;
  if (kind != JS_ELEMENTS_DOUBLE)
    return hp_direct_read_slot (vm->machine, store, index);
  if (*double_at (vm, store, index) == HOLE_NAN)
    return JS_HOLE;
  hp_machine_access (vm->machine, store, index * sizeof number, sizeof number, FALSE);
  memcpy (&number, double_at (vm, store, index), sizeof number);
  return js_number (vm, number);
}

void
js_store_set (JsVm *vm, HpRef store, JsElementsKind kind, guint32 index, JsValue value)
{
  double number;

  if (kind != JS_ELEMENTS_DOUBLE)
    {
      hp_direct_write_slot (vm->machine, store, index, value);
      return;
    }
  hp_machine_access (vm->machine, store, index * sizeof number, sizeof number, TRUE);
  if (js_is_hole (value))
    {
      *double_at (vm, store, index) = HOLE_NAN;
      return;
    }
  number = js_as_double (vm, value);
  if (isnan (number))
    number = NAN;
  memcpy (double_at (vm, store, index), &number, sizeof number);
}

HpRef
js_store_new (JsVm *vm, JsElementsKind kind, guint32 capacity)
{
  HpRef store;

  if (capacity > MOST_ELEMENTS)
    {
      js_throw_range (vm, "Invalid array length");
      return HP_REF_NONE;
    }
  if (kind != JS_ELEMENTS_DOUBLE)
    return js_new_internal (vm, JS_KIND_FIXED_ARRAY, capacity);
  store = js_new_internal (vm, JS_KIND_FIXED_DOUBLE_ARRAY, capacity * (guint32) sizeof (double));
  for (guint32 i = 0; i < capacity && store != HP_REF_NONE; i++)
    *double_at (vm, store, i) = HOLE_NAN;
  return store;
}

/* Between stores of the same kind, without boxes in between. */
static void
copy_doubles (JsVm *vm, HpRef from, HpRef to, guint32 n)
{
  if (n == 0)
    return;
  hp_machine_access (vm->machine, from, 0, n * (guint32) sizeof (double), FALSE);
  hp_machine_access (vm->machine, to, 0, n * (guint32) sizeof (double), TRUE);
  memcpy (double_at (vm, to, 0), double_at (vm, from, 0), n * sizeof (double));
}

/* Nothing is allocated, so that neither moves. */
static void
copy_values (JsVm *vm, HpRef from, HpRef to, guint32 n)
{
  const guint64 *source = hp_direct_object (vm->machine, from);
  guint64 *target = hp_direct_object (vm->machine, to);

  for (guint32 i = 0; i < n && hp_machine_is_running (vm->machine); i++)
    if (source[JS_STORE_OFFSET + i] != 0)
      hp_direct_write (
          vm->machine, target, JS_STORE_OFFSET + i, hp_direct_read (vm->machine, source, JS_STORE_OFFSET + i));
}

HpRef
js_store_copy (JsVm *vm, HpRef store, JsElementsKind from, JsElementsKind to, guint32 capacity)
{
  guint32 n = store != HP_REF_NONE ? MIN (js_store_length (vm, store, from), capacity) : 0;
  HpRef copy = js_store_new (vm, to, capacity);

  if (copy == HP_REF_NONE)
    return HP_REF_NONE;
  if (from == JS_ELEMENTS_DOUBLE && to == JS_ELEMENTS_DOUBLE)
    {
      copy_doubles (vm, store, copy, n);
      return copy;
    }
  if (from != JS_ELEMENTS_DOUBLE && to != JS_ELEMENTS_DOUBLE)
    {
      copy_values (vm, store, copy, n);
      return copy;
    }
  js_hold (vm, js_ref (copy));
  for (guint32 i = 0; i < n && hp_machine_is_running (vm->machine); i++)
    {
      JsValue value = js_store_get (vm, store, from, i);
      if (!js_is_hole (value))
        js_store_set (vm, copy, to, i, value);
    }
  return copy;
}
