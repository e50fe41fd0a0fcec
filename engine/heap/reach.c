/* reach.c - breadth first from the roots, then ephemerons until nothing new is found
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/reach.h"

#include <glib/gi18n-lib.h>

/* ---- following --------------------------------------------------------------------------------------------------- */

static void
reach_word (HpReach *self, guint64 word, HpReached edge)
{
  guint64 map;

  if (!hp_word_is_ref (word))
    return;
  edge.address = hp_word_address (word);
  if (!hp_address_set_contains (self->objects, edge.address))
    {
      if (!self->has_lost)
        self->lost = edge;
      self->has_lost = TRUE;
      return;
    }
  if (!hp_address_set_add (&self->seen, edge.address))
    return;
  map = *hp_heap_words (self->heap, edge.address);
  edge.ref = hp_map_low (map);
  edge.shape = hp_map_shape (map);
  g_array_append_val (self->reached, edge);
}

static void
reach_root (gpointer data, HpVisit kind, guint32 holder, guint64 *slot)
{
  reach_word (data, *slot, (HpReached){ .parent = HP_FROM_ROOT, .place = holder, .visit = (guint8) kind });
}

/* The slots that keep what they refer to alive whatever else is alive. */
static void
reach_strong_slots (HpReach *self, guint32 parent)
{
  const guint64 *object = hp_heap_words (self->heap, hp_reach_get (self->reached, parent)->address);
  const HpLayout *layout = hp_heap_layout (self->heap, object[0]);
  gboolean is_table = layout->references == HP_REFERENCES_EPHEMERONS;
  guint32 first = layout->references == HP_REFERENCES_WEAK || layout->references == HP_REFERENCES_FINALIZED ? 1 : 0;
  guint32 n = is_table ? layout->n_slots : hp_heap_count_slots (self->heap, object);

  for (guint32 i = first; i < n; i++)
    reach_word (
        self, object[layout->first_slot + i], (HpReached){ .parent = parent, .place = i, .visit = HP_VISIT_SLOT });
  if (is_table)
    g_array_append_val (self->tables, parent);
}

static void
reach_values (HpReach *self, guint32 parent)
{
  const guint64 *object = hp_heap_words (self->heap, hp_reach_get (self->reached, parent)->address);
  const HpLayout *layout = hp_heap_layout (self->heap, object[0]);
  guint32 n = hp_heap_count_slots (self->heap, object);

  for (guint32 i = layout->n_slots; i + 1 < n; i += 2)
    {
      guint64 key = object[layout->first_slot + i];

      if (!hp_word_is_ref (key) || hp_address_set_contains (&self->seen, hp_word_address (key)))
        reach_word (self,
                    object[layout->first_slot + i + 1],
                    (HpReached){ .parent = parent, .place = i + 1, .visit = HP_VISIT_SLOT, .is_value = TRUE });
    }
}

void
hp_reach_run (HpReach *self, HpHeap *heap, const HpAddressSet *objects)
{
  guint32 next = 0;

  *self = (HpReach){ .heap = heap, .objects = objects };
  hp_address_set_init (&self->seen, heap);
  self->reached = g_array_new (FALSE, FALSE, sizeof (HpReached));
  self->tables = g_array_new (FALSE, FALSE, sizeof (guint32));
  hp_heap_visit_roots_quietly (heap, reach_root, self);
  do
    {
      while (next < self->reached->len)
        reach_strong_slots (self, next++);
      for (guint i = 0; i < self->tables->len; i++)
        reach_values (self, g_array_index (self->tables, guint32, i));
    }
  while (next < self->reached->len);
}

void
hp_reach_clear (HpReach *self)
{
  hp_address_set_clear (&self->seen);
  g_clear_pointer (&self->reached, g_array_unref);
  g_clear_pointer (&self->tables, g_array_unref);
}

/* ---- telling ----------------------------------------------------------------------------------------------------- */

guint32
hp_reach_find (const GArray *reached, HpRef ref)
{
  for (guint32 i = 0; i < reached->len; i++)
    if (hp_reach_get (reached, i)->ref == ref)
      return i;
  return HP_FROM_ROOT;
}

char *
hp_reach_name_object (HpHeap *heap, guint32 shape, HpRef ref)
{
  const HpShape *definition = hp_definitions_shape (heap->emitter->definitions, shape);

  return g_strdup_printf ("%s #%u", definition != NULL ? definition->name : "?", ref);
}

char *
hp_reach_name_slot (HpHeap *heap, guint32 shape, guint32 slot)
{
  const HpShape *definition = hp_definitions_shape (heap->emitter->definitions, shape);

  if (definition != NULL && definition->slot_names != NULL && slot < definition->n_slots)
    return g_strdup_printf (".%s", definition->slot_names[slot]);
  return g_strdup_printf ("[%u]", slot);
}

char *
hp_reach_name_root (HpHeap *heap, HpVisit visit, guint32 holder)
{
  const HpRoot *root;

  if (visit == HP_VISIT_STACK)
    return heap->roots.name_local != NULL ? heap->roots.name_local (heap->roots.namer, holder)
                                          : g_strdup_printf (_ ("stack slot %u"), holder);
  if (holder == 0)
    return g_strdup (_ ("the accumulator"));
  root = hp_definitions_root (heap->emitter->definitions, holder);
  return root != NULL && root->name != NULL ? g_strdup_printf (_ ("root “%s”"), root->name)
                                            : g_strdup_printf (_ ("root %u"), holder);
}

/* The part of the path that @edge adds to its holder's: the holder with the place in it. */
static char *
name_edge (HpHeap *heap, const GArray *reached, const HpReached *edge)
{
  const HpReached *parent;
  g_autofree char *object = NULL;
  g_autofree char *slot = NULL;

  if (edge->parent == HP_FROM_ROOT)
    return hp_reach_name_root (heap, (HpVisit) edge->visit, edge->place);
  parent = hp_reach_get (reached, edge->parent);
  object = hp_reach_name_object (heap, parent->shape, parent->ref);
  slot = hp_reach_name_slot (heap, parent->shape, edge->place);
  return g_strconcat (object, slot, NULL);
}

static void
reverse (GPtrArray *array)
{
  for (guint i = 0; i < array->len / 2; i++)
    {
      gpointer swapped = array->pdata[i];

      array->pdata[i] = array->pdata[array->len - 1 - i];
      array->pdata[array->len - 1 - i] = swapped;
    }
}

char **
hp_reach_path (HpHeap *heap, const GArray *reached, const HpReached *last)
{
  GPtrArray *path = g_ptr_array_new ();

  if (last->ref != HP_REF_NONE)
    g_ptr_array_add (path, hp_reach_name_object (heap, last->shape, last->ref));
  for (const HpReached *edge = last;; edge = hp_reach_get (reached, edge->parent))
    {
      g_ptr_array_add (path, name_edge (heap, reached, edge));
      if (edge->parent == HP_FROM_ROOT)
        break;
    }
  reverse (path);
  g_ptr_array_add (path, NULL);
  return (char **) g_ptr_array_free (path, FALSE);
}
