/* reachable.c - which objects of a moment are alive
 *
 * As the collector finds out by its linear algorithm (gc/weak.c): a value whose key is not reached yet is put into a
 * list of that key, and each object that is reached is looked up among the keys.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/moment_private.h"

typedef struct
{
  HpRef value;
  guint next; /* of the same key: 1 + index, 0 at the end */
} Awaited;

typedef struct
{
  HpMoment *moment;
  GArray *worklist;  /* HpRef: reached, not yet scanned */
  GArray *awaited;   /* Awaited */
  GHashTable *heads; /* key -> 1 + index of the newest */
} Tracer;

static gboolean
is_reached (const Tracer *self, HpRef ref)
{
  return hp_reachable_has (self->moment->reachable, ref);
}

static void
reach (Tracer *self, HpValue value)
{
  HpRef ref = hp_value_get_ref (value);

  if (ref == HP_REF_NONE || is_reached (self, ref)
      || hp_moment_object (self->moment, ref)->status != HP_OBJECT_ALLOCATED)
    return;
  self->moment->reachable[ref >> 3] |= (guint8) (1u << (ref & 7));
  g_array_append_val (self->worklist, ref);
}

static void
reach_from_roots (Tracer *self)
{
  const HpMoment *moment = self->moment;
  guint32 n_roots = hp_definitions_count (moment->definitions, HP_DEFINITION_ROOT);

  for (guint32 root = 1; root <= n_roots; root++)
    reach (self, hp_moment_root (moment, root));
  for (guint32 slot = 0; slot < moment->n_stack_slots; slot++)
    reach (self, hp_moment_stack_slot (moment, slot));
}

static void
reach_value (Tracer *self, HpRef key, HpRef value)
{
  gpointer head = GUINT_TO_POINTER (key);
  Awaited awaited = { value, GPOINTER_TO_UINT (g_hash_table_lookup (self->heads, head)) };

  if (key == HP_REF_NONE || is_reached (self, key))
    {
      reach (self, hp_value_ref (value));
      return;
    }
  g_array_append_val (self->awaited, awaited);
  g_hash_table_insert (self->heads, head, GUINT_TO_POINTER (self->awaited->len));
}

static void
reach_values_of (Tracer *self, HpRef key)
{
  guint i = GPOINTER_TO_UINT (g_hash_table_lookup (self->heads, GUINT_TO_POINTER (key)));

  for (; i != 0; i = g_array_index (self->awaited, Awaited, i - 1).next)
    reach (self, hp_value_ref (g_array_index (self->awaited, Awaited, i - 1).value));
}

static void
scan_object (Tracer *self, HpRef ref)
{
  const HpObjectState *object = hp_moment_object (self->moment, ref);
  const HpShape *shape = hp_definitions_shape (self->moment->definitions, object->shape);
  const HpColumn *slots = &self->moment->slots;
  guint32 n = hp_moment_n_slots (self->moment, ref);

  for (guint64 i = object->first_slot; (i = hp_column_next_present (slots, i)) < object->first_slot + n; i++)
    {
      HpValue value = hp_moment_value_in (slots, (guint32) i);
      HpSlotStrength strength = hp_shape_slot_strength (shape, (guint32) (i - object->first_slot));

      if (strength == HP_SLOT_STRONG)
        reach (self, value);
      else if (strength == HP_SLOT_VALUE && value.kind == HP_VALUE_REF)
        reach_value (self, hp_value_get_ref (hp_moment_value_in (slots, (guint32) i - 1)), value.payload);
    }
}

const guint8 *
hp_moment_reachable (HpMoment *self)
{
  Tracer tracer = { .moment = self };

  if (self->reachable != NULL)
    return self->reachable;
  self->reachable = g_malloc0 (self->n_objects / 8 + 1);
  tracer.worklist = g_array_new (FALSE, FALSE, sizeof (HpRef));
  tracer.awaited = g_array_new (FALSE, FALSE, sizeof (Awaited));
  tracer.heads = g_hash_table_new (NULL, NULL);
  reach_from_roots (&tracer);
  while (tracer.worklist->len > 0)
    {
      HpRef ref = g_array_index (tracer.worklist, HpRef, tracer.worklist->len - 1);

      g_array_set_size (tracer.worklist, tracer.worklist->len - 1);
      scan_object (&tracer, ref);
      if (tracer.awaited->len > 0)
        reach_values_of (&tracer, ref);
    }
  g_array_unref (tracer.worklist);
  g_array_unref (tracer.awaited);
  g_hash_table_unref (tracer.heads);
  return self->reachable;
}
