/* moment.c - a moment's life, and reading it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/moment_private.h"

static const struct
{
  gsize offset;
  guint32 element_bytes;
} COLUMNS[] = {
  { G_STRUCT_OFFSET (HpMoment, frames), sizeof (HpFrameState) },
  { G_STRUCT_OFFSET (HpMoment, stack), sizeof (HpValue) },
  { G_STRUCT_OFFSET (HpMoment, roots), sizeof (HpValue) },
  { G_STRUCT_OFFSET (HpMoment, objects), sizeof (HpObjectState) },
  { G_STRUCT_OFFSET (HpMoment, slots), sizeof (HpValue) },
  { G_STRUCT_OFFSET (HpMoment, colours), sizeof (guint8) },
  { G_STRUCT_OFFSET (HpMoment, object_at), sizeof (HpRef) },
  { G_STRUCT_OFFSET (HpMoment, pages), sizeof (HpPageCell) },
  { G_STRUCT_OFFSET (HpMoment, page_frames), sizeof (HpFrameUse) },
  { G_STRUCT_OFFSET (HpMoment, pretenures), sizeof (guint8) },
  { G_STRUCT_OFFSET (HpMoment, externals), sizeof (guint32) },
};

#define COLUMN(self, i) G_STRUCT_MEMBER_P (self, COLUMNS[i].offset)

HpMoment *
hp_moment_new (const HpDefinitions *definitions)
{
  HpMoment *self = g_new0 (HpMoment, 1);

  self->definitions = definitions;
  self->to_space = HP_SPACE_SEMI_A;
  self->account = g_rc_box_new0 (gsize);
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    hp_column_init (COLUMN (self, i), COLUMNS[i].element_bytes, self->account);
  self->heap_pages = g_array_new (FALSE, TRUE, sizeof (HpHeapPageState));
  return self;
}

/* @copy is uninitialised. */
static void
copy_into (HpMoment *copy, const HpMoment *self)
{
  *copy = *self;
  copy->account = g_rc_box_acquire (self->account);
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    hp_column_copy (COLUMN (copy, i), COLUMN (self, i));
  copy->heap_pages = g_array_copy (self->heap_pages);
  copy->reachable = NULL;
}

HpMoment *
hp_moment_copy (const HpMoment *self)
{
  HpMoment *copy = g_new (HpMoment, 1);

  copy_into (copy, self);
  return copy;
}

static void
clear (HpMoment *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    hp_column_clear (COLUMN (self, i));
  g_rc_box_release (self->account);
  g_array_unref (self->heap_pages);
  g_free (self->reachable);
}

void
hp_moment_assign (HpMoment *self, const HpMoment *from)
{
  g_return_if_fail (self != from);

  clear (self);
  copy_into (self, from);
}

void
hp_moment_free (HpMoment *self)
{
  if (self == NULL)
    return;
  clear (self);
  g_free (self);
}

gsize
hp_moment_bytes (const HpMoment *self)
{
  gsize bytes = 0;

  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    bytes += hp_column_bytes (COLUMN (self, i));
  return bytes;
}

gsize
hp_moment_family_bytes (const HpMoment *self)
{
  return *self->account;
}

guint64
hp_moment_step (const HpMoment *self)
{
  return self->step;
}

const HpDefinitions *
hp_moment_definitions (const HpMoment *self)
{
  return self->definitions;
}

const HpCounters *
hp_moment_counters (const HpMoment *self)
{
  return &self->counters;
}

guint32
hp_moment_source (const HpMoment *self)
{
  return self->source;
}

guint32
hp_moment_location (const HpMoment *self)
{
  return self->location;
}

const char *
hp_moment_explanation (const HpMoment *self)
{
  return hp_definitions_string (self->definitions, self->explanation);
}

const char *
hp_moment_chapter (const HpMoment *self)
{
  return hp_definitions_string (self->definitions, self->chapter);
}

HpPhase
hp_moment_phase (const HpMoment *self)
{
  return self->phase;
}

HpCollectionKind
hp_moment_collection (const HpMoment *self)
{
  return self->collection;
}

HpMarking
hp_moment_marking (const HpMoment *self)
{
  return self->marking;
}

HpPretenure
hp_moment_pretenure (const HpMoment *self, guint32 site)
{
  const guint8 *decision = hp_column_read (&self->pretenures, site);

  return decision ? *decision : HP_PRETENURE_UNDECIDED;
}

gboolean
hp_moment_is_ended (const HpMoment *self)
{
  return self->ended;
}

guint32
hp_moment_n_frames (const HpMoment *self)
{
  return self->n_frames;
}

const HpFrameState *
hp_moment_frame (const HpMoment *self, guint32 i)
{
  g_return_val_if_fail (i < self->n_frames, NULL);

  return hp_column_read (&self->frames, i);
}

guint32
hp_moment_n_stack_slots (const HpMoment *self)
{
  return self->n_stack_slots;
}

HpValue
hp_moment_stack_slot (const HpMoment *self, guint32 slot)
{
  g_return_val_if_fail (slot < self->n_stack_slots, HP_VALUE_NOTHING);

  return hp_moment_value_in (&self->stack, slot);
}

HpValue
hp_moment_root (const HpMoment *self, guint32 root)
{
  return hp_moment_value_in (&self->roots, root);
}

guint32
hp_moment_n_objects (const HpMoment *self)
{
  return self->n_objects;
}

const HpObjectState *
hp_moment_object (const HpMoment *self, HpRef ref)
{
  return ref >= 1 && ref <= self->n_objects ? hp_column_read (&self->objects, ref) : NULL;
}

HpColour
hp_moment_colour (const HpMoment *self, HpRef ref)
{
  const guint8 *colour = ref <= self->n_objects ? hp_column_read (&self->colours, ref) : NULL;

  return colour ? (HpColour) *colour : HP_COLOUR_WHITE;
}

guint32
hp_moment_external (const HpMoment *self, HpRef ref)
{
  const guint32 *bytes = ref <= self->n_objects ? hp_column_read (&self->externals, ref) : NULL;

  return bytes ? *bytes : 0;
}

guint32
hp_moment_n_slots (const HpMoment *self, HpRef ref)
{
  const HpObjectState *object = hp_moment_object (self, ref);

  if (object == NULL)
    return 0;
  return hp_shape_count_slots (hp_definitions_shape (self->definitions, object->shape), object->size_words);
}

HpValue
hp_moment_slot (const HpMoment *self, HpRef ref, guint32 index)
{
  g_return_val_if_fail (index < hp_moment_n_slots (self, ref), HP_VALUE_NOTHING);

  return hp_moment_value_in (&self->slots, (guint32) (hp_moment_object (self, ref)->first_slot + index));
}

HpSlotStrength
hp_moment_slot_strength (const HpMoment *self, HpRef ref, guint32 index)
{
  g_return_val_if_fail (index < hp_moment_n_slots (self, ref), HP_SLOT_STRONG);

  return hp_shape_slot_strength (hp_definitions_shape (self->definitions, hp_moment_object (self, ref)->shape), index);
}

gboolean
hp_moment_slot_is_remembered (const HpMoment *self, HpRef ref, guint32 index)
{
  const HpValue *value;

  g_return_val_if_fail (index < hp_moment_n_slots (self, ref), FALSE);

  value = hp_column_read (&self->slots, (guint32) (hp_moment_object (self, ref)->first_slot + index));
  return value != NULL && (value->kind & HP_SLOT_REMEMBERED) != 0;
}

HpRef
hp_moment_object_at (const HpMoment *self, HpAddress address)
{
  return hp_column_get_uint (&self->object_at, address);
}

HpRef
hp_moment_next_object (const HpMoment *self, HpAddress from, HpAddress end)
{
  while (from < end)
    {
      const HpColumnChunk *chunk = hp_column_chunk (&self->object_at, from);
      guint64 chunk_end = ((guint64) from | (HP_COLUMN_CHUNK_ELEMENTS - 1)) + 1;
      const HpRef *refs;

      if (chunk == NULL)
        {
          if (chunk_end >= end)
            return HP_REF_NONE;
          from = (HpAddress) chunk_end;
          continue;
        }
      refs = (const HpRef *) chunk->elements;
      for (guint64 address = from; address < MIN (chunk_end, end); address++)
        if (refs[address & (HP_COLUMN_CHUNK_ELEMENTS - 1)] != HP_REF_NONE)
          return refs[address & (HP_COLUMN_CHUNK_ELEMENTS - 1)];
      if (chunk_end >= end)
        return HP_REF_NONE;
      from = (HpAddress) chunk_end;
    }
  return HP_REF_NONE;
}

guint32
hp_moment_n_heap_pages (const HpMoment *self)
{
  return self->heap_pages->len;
}

const HpHeapPageState *
hp_moment_heap_page (const HpMoment *self, guint32 i)
{
  g_return_val_if_fail (i < self->heap_pages->len, NULL);

  return &g_array_index (self->heap_pages, HpHeapPageState, i);
}

guint
hp_moment_heap_page_index (const HpMoment *self, HpAddress address, gboolean *found)
{
  guint low = 0, high = self->heap_pages->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->heap_pages, HpHeapPageState, middle).address < address)
        low = middle + 1;
      else
        high = middle;
    }
  *found = low < self->heap_pages->len && g_array_index (self->heap_pages, HpHeapPageState, low).address == address;
  return low;
}

HpSpace
hp_moment_to_space (const HpMoment *self)
{
  return self->to_space;
}

HpAddress
hp_moment_age_mark (const HpMoment *self)
{
  return self->age_mark;
}

guint64
hp_moment_limit (const HpMoment *self, HpLimit limit)
{
  g_return_val_if_fail (limit < HP_N_LIMITS, 0);

  return (guint64) self->limits[limit] * HP_WORD_BYTES;
}

guint32
hp_moment_n_pages (const HpMoment *self)
{
  return hp_definitions_count (self->definitions, HP_DEFINITION_PAGE);
}

HpPageState
hp_moment_page (const HpMoment *self, guint32 page)
{
  const HpPageCell *cell = hp_column_read (&self->pages, page);

  if (cell == NULL)
    return (HpPageState){ .frame = HP_NO_FRAME };
  return (HpPageState){ cell->frame == 0 ? HP_NO_FRAME : (guint32) cell->frame - 1, cell->mapped, cell->flags };
}

guint32
hp_moment_page_in_frame (const HpMoment *self, guint32 frame)
{
  const HpFrameUse *use = hp_column_read (&self->page_frames, frame);

  return use ? use->page : 0;
}

guint32
hp_moment_n_page_frames (const HpMoment *self)
{
  return self->n_page_frames;
}
