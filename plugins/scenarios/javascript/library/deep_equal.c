/* deep_equal.c - whether two values look the same all the way down (Node: lib/internal/util/comparisons.js)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/deep_equal.h"
#include "library/array_buffer.h"
#include "library/date.h"

/* Pairs that are being compared: where one comes again, the objects are circular in the same way. */
typedef struct
{
  JsVm *vm;
  gboolean strict;
  GArray *pairs; /* of HpRef, two each */
} Comparison;

/* Each of these answers TRUE, FALSE, or FAILED where something was thrown. */
#define FAILED (-1)

static int compare (Comparison *self, JsValue a, JsValue b);

/* ---- properties -------------------------------------------------------------------------------------------------- */

static GArray *
keys_of (Comparison *self, JsValue object)
{
  JsKeysWanted symbols = self->strict ? JS_KEYS_SYMBOLS : 0;

  return js_own_keys (self->vm, object.payload, JS_KEYS_STRINGS | JS_KEYS_ENUMERABLE | symbols);
}

static int
compare_property (Comparison *self, JsValue a, JsValue b, JsKey key)
{
  JsHandles handles = js_handles_open (self->vm);
  JsValue x, y;
  int result = FAILED;

  x = js_hold (self->vm, js_get (self->vm, a, key));
  y = js_is_hole (x) ? x : js_hold (self->vm, js_get (self->vm, b, key));
  if (!js_is_hole (y))
    result = compare (self, x, y);
  js_handles_close (self->vm, handles);
  return result;
}

static int
compare_properties (Comparison *self, JsValue a, JsValue b)
{
  g_autoptr (GArray) keys = keys_of (self, a), others = keys_of (self, b);
  int result = keys->len == others->len;

  for (guint i = 0; i < keys->len && result == TRUE; i++)
    {
      JsKey key = g_array_index (keys, JsKey, i);
      JsDescriptor own;
      JsFound found = js_get_own (self->vm, b.payload, key, &own);

      if (found == JS_FAILED || !js_vm_tick (self->vm))
        return FAILED;
      result = found == JS_PRESENT && (own.attributes & JS_ENUMERABLE);
    }
  for (guint i = 0; i < keys->len && result == TRUE; i++)
    result = compare_property (self, a, b, g_array_index (keys, JsKey, i));
  return result;
}

/* ---- collections ------------------------------------------------------------------------------------------------- */

static int
has (JsVm *vm, JsValue collection, JsValue key)
{
  JsValue found = js_invoke (vm, collection, js_atom (vm, "has", -1), &key, 1);

  return js_is_hole (found) ? FAILED : js_is_identical (found, JS_TRUE);
}

/* Whether one of @others, which is taken out of them, is as @value: of a map a pair of key and value. */
static int
take_equal (Comparison *self, JsValue value, JsValue others, guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    {
      JsHandles handles = js_handles_open (self->vm);
      JsValue other = js_hold (self->vm, js_element (self->vm, others.payload, i));
      int result = js_is_undefined (other) ? FALSE : compare (self, value, other);

      js_handles_close (self->vm, handles);
      if (result == TRUE && !js_set_element (self->vm, others.payload, i, JS_UNDEFINED))
        return FAILED;
      if (result != FALSE || !js_vm_tick (self->vm))
        return result != FALSE ? result : FAILED;
    }
  return FALSE;
}

static int
compare_member (Comparison *self, JsValue member, JsValue b, JsValue others, guint32 n, gboolean is_map)
{
  JsVm *vm = self->vm;
  JsValue key = is_map ? js_hold (vm, js_element (vm, member.payload, 0)) : member, value, other;
  int found = has (vm, b, key);

  if (found == FALSE)
    return js_is_object (vm, key) || !self->strict ? take_equal (self, member, others, n) : FALSE;
  if (found == FAILED || !is_map)
    return found;
  value = js_hold (vm, js_element (vm, member.payload, 1));
  other = js_hold (vm, js_invoke (vm, b, js_atom (vm, "get", -1), &key, 1));
  return js_is_hole (other) ? FAILED : compare (self, value, other);
}

static int
compare_collections (Comparison *self, JsValue a, JsValue b, gboolean is_map)
{
  JsVm *vm = self->vm;
  JsValue members = js_hold (vm, js_array_from_iterable (vm, a)), others;
  int result = TRUE;
  guint32 n;

  others = js_is_hole (members) ? members : js_hold (vm, js_array_from_iterable (vm, b));
  if (js_is_hole (others))
    return FAILED;
  n = js_array_length (vm, members.payload);
  if (n != js_array_length (vm, others.payload))
    return FALSE;
  for (guint32 i = 0; i < n && result == TRUE; i++)
    {
      JsHandles handles = js_handles_open (vm);
      JsValue member = js_hold (vm, js_element (vm, members.payload, i));

      result = js_vm_tick (vm) ? compare_member (self, member, b, others, n, is_map) : FAILED;
      js_handles_close (vm, handles);
    }
  return result;
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

static int
compare_bytes (JsVm *vm, JsValue a, JsValue b)
{
  guint32 n_a, n_b;
  const guint8 *x = js_view_bytes (vm, a.payload, &n_a), *y = js_view_bytes (vm, b.payload, &n_b);

  return n_a == n_b && (n_a == 0 || memcmp (x, y, n_a) == 0);
}

static int
compare_texts (JsVm *vm, JsValue a, JsValue b)
{
  g_autofree char *x = js_to_utf8 (vm, a), *y = x != NULL ? js_to_utf8 (vm, b) : NULL;

  return y == NULL ? FAILED : strcmp (x, y) == 0;
}

static int
compare_errors (Comparison *self, JsValue a, JsValue b)
{
  int result = compare_property (self, a, b, js_key_atom (JS_NAME (self->vm, MESSAGE)));

  return result == TRUE ? compare_property (self, a, b, js_key_atom (JS_NAME (self->vm, NAME))) : result;
}

/* What an object has besides its properties. */
static int
compare_contents (Comparison *self, JsValue a, JsValue b, JsKind kind)
{
  JsVm *vm = self->vm;

  switch (kind)
    {
    case JS_KIND_ARRAY:
      return js_array_length (vm, a.payload) == js_array_length (vm, b.payload);
    case JS_KIND_DATE:
      return js_same_value (
          vm, js_get_own_slot (vm, a.payload, JS_DATE_SLOT_TIME), js_get_own_slot (vm, b.payload, JS_DATE_SLOT_TIME));
    case JS_KIND_WRAPPER:
      return js_same_value (vm, js_get_own_slot (vm, a.payload, 0), js_get_own_slot (vm, b.payload, 0));
    case JS_KIND_TYPED_ARRAY:
      return compare_bytes (vm, a, b);
    case JS_KIND_REGEXP:
      return compare_texts (vm, a, b);
    case JS_KIND_ERROR:
      return compare_errors (self, a, b);
    case JS_KIND_MAP:
    case JS_KIND_SET:
      return compare_collections (self, a, b, kind == JS_KIND_MAP);
    default:
      return TRUE;
    }
}

static int
compare_pair (Comparison *self, JsValue a, JsValue b, JsKind kind)
{
  HpRef pair[] = { a.payload, b.payload };
  int result;

  for (guint i = 0; i < self->pairs->len; i += 2)
    if (g_array_index (self->pairs, HpRef, i) == pair[0])
      return g_array_index (self->pairs, HpRef, i + 1) == pair[1];
  if (!js_vm_enter (self->vm))
    return FAILED;
  g_array_append_vals (self->pairs, pair, 2);
  result = compare_contents (self, a, b, kind);
  if (result == TRUE)
    result = compare_properties (self, a, b);
  g_array_set_size (self->pairs, self->pairs->len - 2);
  js_vm_leave (self->vm);
  return result;
}

static int
compare_objects (Comparison *self, JsValue a, JsValue b)
{
  JsVm *vm = self->vm;
  JsKind kind = (JsKind) js_class_of (vm, a.payload)->kind;

  if (js_is_callable (vm, a) || js_is_callable (vm, b) || kind != (JsKind) js_class_of (vm, b.payload)->kind)
    return FALSE;
  if (self->strict && !js_is_identical (js_get_prototype (vm, a), js_get_prototype (vm, b)))
    return FALSE;
  return compare_pair (self, a, b, kind);
}

static int
compare (Comparison *self, JsValue a, JsValue b)
{
  gboolean equal;

  if (js_is_object (self->vm, a) && js_is_object (self->vm, b))
    return js_is_identical (a, b) ? TRUE : compare_objects (self, a, b);
  if (self->strict || js_is_object (self->vm, a) || js_is_object (self->vm, b))
    return js_same_value (self->vm, a, b);
  if (!js_loosely_equal (self->vm, a, b, &equal))
    return FAILED;
  return equal || js_same_value (self->vm, a, b);
}

gboolean
js_deep_equal (JsVm *vm, JsValue a, JsValue b, gboolean strict, gboolean *equal)
{
  Comparison comparison = { vm, strict, g_array_new (FALSE, FALSE, sizeof (HpRef)) };
  JsHandles handles = js_handles_open (vm);
  int result;

  js_hold (vm, a);
  js_hold (vm, b);
  result = compare (&comparison, a, b);
  js_handles_close (vm, handles);
  g_array_unref (comparison.pairs);
  *equal = result == TRUE;
  return result != FAILED;
}
