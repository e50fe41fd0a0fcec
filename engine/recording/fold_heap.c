/* fold_heap.c - events of objects and their slots
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/fold.h"

/* ---- what the checks share --------------------------------------------------------------------------------------- */

static gboolean
is_allocated (const HpMoment *self, HpRef ref)
{
  const HpObjectState *object = hp_moment_object (self, ref);

  return object != NULL && object->status == HP_OBJECT_ALLOCATED;
}

static gboolean
require_allocated (const HpMoment *self, HpRef ref, const HpEvent *event, GError **error)
{
  return is_allocated (self, ref) || hp_fold_refuse (self, event, error, "object %u is not allocated", ref);
}

/* A place that is only looked at may be stale: its target may be freed, or nothing any more. */
static gboolean
require_target (const HpMoment *self, HpRef ref, const HpEvent *event, GError **error)
{
  return ref <= self->n_objects || hp_fold_refuse (self, event, error, "object %u does not exist", ref);
}

static gboolean
require_slot (const HpMoment *self, HpRef ref, guint32 index, const HpEvent *event, GError **error)
{
  if (!require_allocated (self, ref, event, error))
    return FALSE;
  if (index >= hp_moment_n_slots (self, ref))
    return hp_fold_refuse (
        self, event, error, "slot %u of object %u, which has %u", index, ref, hp_moment_n_slots (self, ref));
  return TRUE;
}

/* The last allocated object that begins in @start … @end - 1. */
static HpRef
previous_object (const HpMoment *self, HpAddress start, HpAddress end)
{
  while (end > start)
    {
      HpAddress first = MAX ((end - 1) & ~(HpAddress) (HP_COLUMN_CHUNK_ELEMENTS - 1), start);
      const HpRef *refs = hp_column_read (&self->object_at, first);

      for (guint32 i = end - first; refs != NULL && i > 0; i--)
        if (refs[i - 1] != HP_REF_NONE)
          return refs[i - 1];
      end = first;
    }
  return HP_REF_NONE;
}

/* The heap page of @space in whose usable part @words at @address lie, or NULL. */
static const HpHeapPageState *
find_page_around (const HpMoment *self, HpSpace space, HpAddress address, guint32 words)
{
  const HpHeapPageState *page;
  gboolean found;
  guint i = hp_moment_heap_page_index (self, address, &found);

  if (!found && i == 0)
    return NULL;
  page = hp_moment_heap_page (self, found ? i : i - 1);
  if (page->space != space || address - page->address < page->size_words - page->usable_words
      || (guint64) address + words > (guint64) page->address + page->size_words)
    return NULL;
  return page;
}

/* No allocated object but @mover, which leaves its place, may lie on any of the words. */
static gboolean
require_room (const HpMoment *self,
              HpRef mover,
              HpSpace space,
              HpAddress address,
              guint32 words,
              const HpEvent *event,
              GError **error)
{
  const HpHeapPageState *page = find_page_around (self, space, address, words);
  HpRef other;

  if (page == NULL)
    return hp_fold_refuse (
        self, event, error, "%u words at %u lie in no heap page of %s", words, address, hp_space_name (space));
  other = previous_object (self, page->address, address);
  if (other != HP_REF_NONE && other != mover
      && hp_moment_object (self, other)->address + hp_moment_object (self, other)->size_words > address)
    return hp_fold_refuse (self, event, error, "address %u lies inside object %u", address, other);
  other = hp_moment_next_object (self, address, address + words);
  if (other == mover && mover != HP_REF_NONE)
    other = hp_moment_next_object (self, hp_moment_object (self, mover)->address + 1, address + words);
  if (other != HP_REF_NONE)
    return hp_fold_refuse (self, event, error, "%u words at %u would cover object %u", words, address, other);
  return TRUE;
}

static gboolean
is_space (guint32 space)
{
  return space > HP_SPACE_NONE && space < HP_N_SPACES;
}

static HpValue *
write_slot (HpMoment *self, HpRef ref, guint32 index)
{
  return hp_column_write (&self->slots, (guint32) (hp_moment_object (self, ref)->first_slot + index));
}

/* ---- ALLOCATE and FREE ------------------------------------------------------------------------------------------- */

static void
count_object (HpMoment *self, HpSpace space, gint64 bytes)
{
  self->counters.used_bytes[space] += (guint64) bytes;
  self->counters.live_bytes += (guint64) bytes;
}

static gboolean
check_allocate (const HpMoment *self, const HpEvent *event, GError **error)
{
  const HpShape *shape = hp_definitions_shape (self->definitions, hp_event_detail (event));
  guint32 words = HP_PLACE_SIZE (event->z);

  if (shape == NULL)
    return hp_fold_refuse (self, event, error, "shape %u is not defined", hp_event_detail (event));
  if (event->x != self->n_objects + 1)
    return hp_fold_refuse (self, event, error, "object %u, expected %u", event->x, self->n_objects + 1);
  if (!is_space (HP_PLACE_SPACE (event->z)))
    return hp_fold_refuse (self, event, error, "there is no space %u", HP_PLACE_SPACE (event->z));
  if (words < hp_shape_size_words (shape, 0) || (shape->tail == HP_TAIL_NONE && words != hp_shape_size_words (shape, 0))
      || self->n_slots + hp_shape_count_slots (shape, words) > HP_MOMENT_MAX_SLOTS)
    return hp_fold_refuse (self, event, error, "%u words are no size for shape “%s”", words, shape->name);
  return require_room (self, HP_REF_NONE, HP_PLACE_SPACE (event->z), event->y, words, event, error);
}

static void
set_colour (HpMoment *self, HpRef ref, HpColour colour)
{
  *(guint8 *) hp_column_write (&self->colours, ref) = (guint8) colour;
}

static gboolean
apply_allocate (HpMoment *self, const HpEvent *event, GError **error)
{
  guint32 words = HP_PLACE_SIZE (event->z), n_slots;
  HpSpace space = HP_PLACE_SPACE (event->z);

  if (!check_allocate (self, event, error))
    return FALSE;
  n_slots = hp_shape_count_slots (hp_definitions_shape (self->definitions, hp_event_detail (event)), words);
  *hp_moment_write_object (self, event->x) = (HpObjectState){
    .address = event->y,
    .shape = hp_event_detail (event),
    .size_words = words,
    .first_slot = self->n_slots,
    .status = HP_OBJECT_ALLOCATED,
    .space = (guint8) space,
  };
  hp_column_zero (&self->slots, self->n_slots, n_slots); /* reverted events may have left values there */
  hp_column_zero (&self->colours, event->x, 1);
  if (HP_PLACE_BLACK (event->z))
    set_colour (self, event->x, HP_COLOUR_BLACK);
  hp_column_set_uint (&self->object_at, event->y, event->x);
  self->n_objects++;
  self->n_slots += n_slots;
  self->counters.objects++;
  self->counters.allocated_bytes += (guint64) words * HP_WORD_BYTES;
  count_object (self, space, (gint64) words * HP_WORD_BYTES);
  return TRUE;
}

static void
revert_allocate (HpMoment *self, const HpEvent *event)
{
  guint32 words = HP_PLACE_SIZE (event->z);

  self->n_slots = hp_moment_object (self, event->x)->first_slot;
  self->n_objects--;
  hp_column_set_uint (&self->object_at, event->y, HP_REF_NONE);
  self->counters.objects--;
  self->counters.allocated_bytes -= (guint64) words * HP_WORD_BYTES;
  count_object (self, HP_PLACE_SPACE (event->z), -(gint64) words * HP_WORD_BYTES);
}

const HpFold hp_fold_allocate = { apply_allocate, revert_allocate };

static gboolean
apply_free (HpMoment *self, const HpEvent *event, GError **error)
{
  HpObjectState *object;
  gint64 bytes;

  if (!require_allocated (self, event->x, event, error))
    return FALSE;
  if (hp_moment_object (self, event->x)->space != hp_event_detail (event)
      || hp_moment_object (self, event->x)->address != event->y)
    return hp_fold_refuse (self, event, error, "object %u lies elsewhere", event->x);
  object = hp_moment_write_object (self, event->x);
  object->status = HP_OBJECT_FREED;
  bytes = (gint64) object->size_words * HP_WORD_BYTES;
  hp_column_set_uint (&self->object_at, event->y, HP_REF_NONE);
  self->counters.freed_bytes += (guint64) bytes;
  count_object (self, object->space, -bytes);
  return TRUE;
}

static void
revert_free (HpMoment *self, const HpEvent *event)
{
  HpObjectState *object = hp_moment_write_object (self, event->x);
  gint64 bytes = (gint64) object->size_words * HP_WORD_BYTES;

  object->status = HP_OBJECT_ALLOCATED;
  hp_column_set_uint (&self->object_at, event->y, event->x);
  self->counters.freed_bytes -= (guint64) bytes;
  count_object (self, object->space, bytes);
}

const HpFold hp_fold_free = { apply_free, revert_free };

/* ---- slots and labels -------------------------------------------------------------------------------------------- */

static gboolean
apply_slot (HpMoment *self, const HpEvent *event, GError **error)
{
  guint32 detail = hp_event_detail (event), index = hp_fold_slot_index (event, self->step);
  HpValue *slot;

  if (!require_slot (self, event->x, index, event, error))
    return FALSE;
  if (!hp_value_equal (hp_moment_slot (self, event->x, index), (HpValue){ HP_KINDS_OLD (detail), event->y }))
    return hp_fold_refuse (self, event, error, "another value stood there than the one it says to replace");
  if (!hp_fold_value_is_sound (self, HP_KINDS_NEW (detail), event->z))
    return hp_fold_refuse (self, event, error, "kind %u with %u is no value", HP_KINDS_NEW (detail), event->z);
  slot = write_slot (self, event->x, index);
  slot->kind = (slot->kind & HP_SLOT_REMEMBERED) | HP_KINDS_NEW (detail);
  slot->payload = event->z;
  return TRUE;
}

static void
revert_slot (HpMoment *self, const HpEvent *event)
{
  HpValue *slot = write_slot (self, event->x, hp_fold_slot_index (event, self->step));

  slot->kind = (slot->kind & HP_SLOT_REMEMBERED) | HP_KINDS_OLD (hp_event_detail (event));
  slot->payload = event->y;
}

const HpFold hp_fold_slot = { apply_slot, revert_slot };

static gboolean
apply_slot_high (HpMoment *self, const HpEvent *event, GError **error)
{
  if (event->x == 0 || event->x > G_MAXUINT16)
    return hp_fold_refuse (self, event, error, "found %u, expected 1 to 65535", event->x);
  return TRUE;
}

static void
revert_nothing (HpMoment *self, const HpEvent *event)
{
}

const HpFold hp_fold_slot_high = { apply_slot_high, revert_nothing };

static gboolean
apply_label (HpMoment *self, const HpEvent *event, GError **error)
{
  if (!require_allocated (self, event->x, event, error))
    return FALSE;
  if (event->y != hp_moment_object (self, event->x)->label)
    return hp_fold_refuse (self, event, error, "object %u had another label", event->x);
  if (event->z != 0 && hp_definitions_string (self->definitions, event->z) == NULL)
    return hp_fold_refuse (self, event, error, "string %u is not defined", event->z);
  hp_moment_write_object (self, event->x)->label = event->z;
  return TRUE;
}

static void
revert_label (HpMoment *self, const HpEvent *event)
{
  hp_moment_write_object (self, event->x)->label = event->y;
}

const HpFold hp_fold_label = { apply_label, revert_label };

static gboolean
apply_shape (HpMoment *self, const HpEvent *event, GError **error)
{
  const HpShape *to = hp_definitions_shape (self->definitions, hp_event_detail (event));

  if (!require_allocated (self, event->x, event, error))
    return FALSE;
  if (event->y != hp_moment_object (self, event->x)->shape)
    return hp_fold_refuse (self, event, error, "object %u had another shape", event->x);
  if (to == NULL || !hp_shape_can_become (hp_definitions_shape (self->definitions, event->y), to))
    return hp_fold_refuse (
        self, event, error, "shape %u is no shape that object %u can get", hp_event_detail (event), event->x);
  hp_moment_write_object (self, event->x)->shape = to->id;
  return TRUE;
}

static void
revert_shape (HpMoment *self, const HpEvent *event)
{
  hp_moment_write_object (self, event->x)->shape = event->y;
}

const HpFold hp_fold_shape = { apply_shape, revert_shape };

static void
set_external (HpMoment *self, HpRef ref, guint32 before, guint32 after)
{
  hp_column_set_uint (&self->externals, ref, after);
  self->counters.external_bytes += (guint64) after - before;
}

static gboolean
apply_external (HpMoment *self, const HpEvent *event, GError **error)
{
  if (event->x == HP_REF_NONE || event->x > self->n_objects)
    return hp_fold_refuse (self, event, error, "object %u does not exist", event->x);
  if (event->y != hp_moment_external (self, event->x))
    return hp_fold_refuse (self, event, error, "object %u had other bytes outside of the heap", event->x);
  if (event->z > 0 && !require_allocated (self, event->x, event, error))
    return FALSE;
  set_external (self, event->x, event->y, event->z);
  return TRUE;
}

static void
revert_external (HpMoment *self, const HpEvent *event)
{
  set_external (self, event->x, event->z, event->y);
}

const HpFold hp_fold_external = { apply_external, revert_external };

static gboolean
set_remembered (HpMoment *self, const HpEvent *event, gboolean remembered, GError **error)
{
  guint32 index = hp_fold_slot_index (event, self->step);

  if (!require_slot (self, event->x, index, event, error))
    return FALSE;
  if (!require_target (self, event->y, event, error))
    return FALSE;
  if (hp_moment_slot_is_remembered (self, event->x, index) == remembered)
    return hp_fold_refuse (self,
                           event,
                           error,
                           "slot %u of object %u is %s the remembered set",
                           index,
                           event->x,
                           remembered ? "already in" : "not in");
  write_slot (self, event->x, index)->kind ^= HP_SLOT_REMEMBERED;
  return TRUE;
}

static gboolean
apply_remember (HpMoment *self, const HpEvent *event, GError **error)
{
  return set_remembered (self, event, TRUE, error);
}

static gboolean
apply_forget (HpMoment *self, const HpEvent *event, GError **error)
{
  return set_remembered (self, event, FALSE, error);
}

static void
revert_remembered (HpMoment *self, const HpEvent *event)
{
  write_slot (self, event->x, hp_fold_slot_index (event, self->step))->kind ^= HP_SLOT_REMEMBERED;
}

const HpFold hp_fold_remember = { apply_remember, revert_remembered };
const HpFold hp_fold_forget = { apply_forget, revert_remembered };

/* ---- the collector's doings with an object ----------------------------------------------------------------------- */

static gboolean
apply_colour (HpMoment *self, const HpEvent *event, GError **error)
{
  guint32 detail = hp_event_detail (event);

  if (!require_allocated (self, event->x, event, error))
    return FALSE;
  if ((detail & 0xff) >= HP_N_COLOURS || hp_moment_colour (self, event->x) != detail >> 8)
    return hp_fold_refuse (self, event, error, "object %u had another colour", event->x);
  set_colour (self, event->x, detail & 0xff);
  return TRUE;
}

static void
revert_colour (HpMoment *self, const HpEvent *event)
{
  set_colour (self, event->x, hp_event_detail (event) >> 8);
}

const HpFold hp_fold_colour = { apply_colour, revert_colour };

static void
count_move (HpMoment *self, HpSpace from, HpSpace to, gint64 bytes)
{
  HpCounters *counters = &self->counters;
  guint64 *moved = !hp_space_is_young (from)                ? &counters->compacted_bytes
                   : hp_space_is_young (to)                 ? &counters->copied_bytes
                   : self->collection == HP_COLLECTION_FULL ? &counters->evacuated_bytes
                                                            : &counters->promoted_bytes;

  *moved += (guint64) bytes;
  counters->used_bytes[from] -= (guint64) bytes;
  counters->used_bytes[to] += (guint64) bytes;
}

static gboolean
check_move (const HpMoment *self, const HpEvent *event, GError **error)
{
  guint32 detail = hp_event_detail (event);
  const HpObjectState *object;

  if (!require_allocated (self, event->x, event, error))
    return FALSE;
  object = hp_moment_object (self, event->x);
  if (object->space != HP_MOVE_FROM (detail) || object->address != event->y)
    return hp_fold_refuse (self, event, error, "object %u lies elsewhere", event->x);
  if (!is_space (HP_MOVE_TO (detail)))
    return hp_fold_refuse (self, event, error, "there is no space %u", HP_MOVE_TO (detail));
  return require_room (self, event->x, HP_MOVE_TO (detail), event->z, object->size_words, event, error);
}

static gboolean
apply_move (HpMoment *self, const HpEvent *event, GError **error)
{
  guint32 detail = hp_event_detail (event);
  HpObjectState *object;

  if (!check_move (self, event, error))
    return FALSE;
  object = hp_moment_write_object (self, event->x);
  object->address = event->z;
  object->space = HP_MOVE_TO (detail);
  object->age += (detail & HP_MOVE_AGES) != 0;
  hp_column_set_uint (&self->object_at, event->y, HP_REF_NONE);
  hp_column_set_uint (&self->object_at, event->z, event->x);
  count_move (self, HP_MOVE_FROM (detail), HP_MOVE_TO (detail), (gint64) object->size_words * HP_WORD_BYTES);
  return TRUE;
}

static void
revert_move (HpMoment *self, const HpEvent *event)
{
  guint32 detail = hp_event_detail (event);
  HpObjectState *object = hp_moment_write_object (self, event->x);

  object->address = event->y;
  object->space = HP_MOVE_FROM (detail);
  object->age -= (detail & HP_MOVE_AGES) != 0;
  hp_column_set_uint (&self->object_at, event->z, HP_REF_NONE);
  hp_column_set_uint (&self->object_at, event->y, event->x);
  count_move (self, HP_MOVE_FROM (detail), HP_MOVE_TO (detail), -(gint64) object->size_words * HP_WORD_BYTES);
}

const HpFold hp_fold_move = { apply_move, revert_move };

static gboolean
apply_update (HpMoment *self, const HpEvent *event, GError **error)
{
  return require_slot (self, event->x, hp_fold_slot_index (event, self->step), event, error)
         && require_target (self, event->y, event, error);
}

const HpFold hp_fold_update = { apply_update, revert_nothing };

static gboolean
apply_visit (HpMoment *self, const HpEvent *event, GError **error)
{
  HpVisit visit = hp_event_detail (event) & 0xff;

  if (visit >= HP_N_VISITS)
    return hp_fold_refuse (self, event, error, "there is no place of kind %u", visit);
  if (!require_target (self, event->y, event, error))
    return FALSE;
  if (visit == HP_VISIT_ROOT && hp_definitions_root (self->definitions, event->x) == NULL && event->x != 0)
    return hp_fold_refuse (self, event, error, "root %u is not defined", event->x);
  if (visit == HP_VISIT_STACK && event->x >= self->n_stack_slots)
    return hp_fold_refuse (self, event, error, "stack slot %u of %u", event->x, self->n_stack_slots);
  return visit == HP_VISIT_ROOT || visit == HP_VISIT_STACK
         || require_slot (self, event->x, hp_fold_slot_index (event, self->step), event, error);
}

const HpFold hp_fold_visit = { apply_visit, revert_nothing };
