/* subject.c - what there is to say about a selected thing: facts, and what it is joined to
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "subject.h"

#include "text.h"

#include <glib/gi18n.h>

#define MOST_ROWS 200

/* What every description is made from. */
typedef struct
{
  const HpRecording *recording;
  const HpDefinitions *definitions;
  HpMoment *moment;
  HpTarget target;
  HpSubject *subject;
} HpAsk;

/* ---- building --------------------------------------------------------------------------------------------------- */

static void
row_free (gpointer data)
{
  HpSubjectRow *row = data;

  g_free (row->name);
  g_free (row->value);
  g_free (row);
}

static void
part_free (gpointer data)
{
  HpSubjectPart *part = data;

  g_free (part->heading);
  g_free (part->none);
  g_ptr_array_unref (part->rows);
  g_free (part);
}

void
hp_subject_free (HpSubject *self)
{
  if (!self)
    return;
  g_free (self->title);
  g_free (self->kind);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

static HpSubjectPart *
add_part (HpSubject *self, const char *heading, const char *none)
{
  HpSubjectPart *part = g_new0 (HpSubjectPart, 1);

  part->heading = g_strdup (heading);
  part->none = g_strdup (none);
  part->rows = g_ptr_array_new_with_free_func (row_free);
  g_ptr_array_add (self->parts, part);
  return part;
}

/* Takes @name and @value. */
static void
add_row (HpSubjectPart *part, char *name, char *value, HpTarget target)
{
  HpSubjectRow *row = g_new0 (HpSubjectRow, 1);

  row->name = name;
  row->value = value;
  row->target = target;
  g_ptr_array_add (part->rows, row);
}

static void G_GNUC_PRINTF (3, 4) add_fact (HpSubjectPart *part, const char *name, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_row (part, g_strdup (name), g_strdup_vprintf (format, arguments), HP_TARGET_NOTHING);
  va_end (arguments);
}

static HpTarget
target_of_value (HpValue value)
{
  HpRef ref = hp_value_get_ref (value);

  return ref ? HP_TARGET (HP_TARGET_OBJECT, ref) : HP_TARGET_NOTHING;
}

static void
add_value (HpAsk *ask, HpSubjectPart *part, char *name, HpValue value)
{
  add_row (part, name, hp_moment_value_text (ask->moment, value), target_of_value (value));
}

static char *
format_words (guint64 words)
{
  return hp_text_of_bytes (words * HP_WORD_BYTES);
}

const char *
hp_subject_space_title (HpSpace space, HpSpace to_space)
{
  switch (space)
    {
    case HP_SPACE_SEMI_A:
    case HP_SPACE_SEMI_B:
      return space == to_space ? _ ("New space (to-space)") : _ ("New space (from-space)");
    case HP_SPACE_OLD:
      return _ ("Old space");
    case HP_SPACE_LARGE:
      return _ ("Large-object space");
    case HP_SPACE_NEW_LARGE:
      return _ ("Large-object space (young)");
    default:
      return _ ("Nowhere");
    }
}

static const char *
space_title (HpAsk *ask, HpSpace space)
{
  return hp_subject_space_title (space, hp_moment_to_space (ask->moment));
}

/* ---- objects ---------------------------------------------------------------------------------------------------- */

static const char *
colour_title (HpColour colour)
{
  switch (colour)
    {
    case HP_COLOUR_GREY:
      return _ ("Grey: reached, not yet scanned");
    case HP_COLOUR_BLACK:
      return _ ("Black: reached and scanned");
    default:
      return _ ("White: not reached by the marker");
    }
}

static const char *
life_title (HpAsk *ask, const HpObjectState *object, HpRef ref)
{
  if (object->status == HP_OBJECT_FREED)
    return _ ("Freed: its memory is free again");
  if (hp_reachable_has (hp_moment_reachable (ask->moment), ref))
    return _ ("Reachable");
  return _ ("Unreachable: garbage that is not yet collected");
}

static void
add_object_facts (HpAsk *ask, const HpObjectState *object, HpRef ref)
{
  HpSubjectPart *facts = add_part (ask->subject, NULL, NULL);
  const HpShape *shape = hp_definitions_shape (ask->definitions, object->shape);
  g_autofree char *size = format_words (object->size_words);
  g_autofree char *address = hp_text_of_address ((guint64) object->address * HP_WORD_BYTES);

  add_fact (facts, _ ("State"), "%s", life_title (ask, object, ref));
  add_fact (facts, _ ("Shape"), "%s", shape ? shape->name : "?");
  add_fact (facts, _ ("Size"), "%s", size);
  add_row (facts,
           g_strdup (_ ("Space")),
           g_strdup (space_title (ask, object->space)),
           HP_TARGET (HP_TARGET_SPACE, object->space));
  add_fact (facts, _ ("Address"), "%s", address);
  add_fact (facts,
            _ ("Age"),
            ngettext ("survived %u collection", "survived %u collections", object->age),
            (guint) object->age);
  if (hp_moment_collection (ask->moment) == HP_COLLECTION_FULL || hp_moment_marking (ask->moment) != HP_MARKING_OFF)
    add_fact (facts, _ ("Colour"), "%s", colour_title (hp_moment_colour (ask->moment, ref)));
}

static const char *
frame_name (HpAsk *ask, guint32 i)
{
  const HpFunction *function = hp_definitions_function (ask->definitions, hp_moment_frame (ask->moment, i)->function);

  return function ? function->name : "?";
}

static char *
local_name (HpAsk *ask, const HpFrameState *frame, guint32 local)
{
  const HpFunction *function = hp_definitions_function (ask->definitions, frame->function);
  const char *name = function && function->local_names && local < function->n_locals ? function->local_names[local]
                                                                                     : NULL;

  return name ? g_strdup (name) : g_strdup_printf (_ ("temporary %u"), local);
}

/* FALSE: no frame holds that slot. */
static gboolean
frame_of_slot (HpAsk *ask, guint32 slot, guint32 *frame)
{
  for (guint32 i = 0; i < hp_moment_n_frames (ask->moment); i++)
    {
      const HpFrameState *state = hp_moment_frame (ask->moment, i);
      if (slot >= state->first_slot && slot < state->first_slot + state->n_slots)
        {
          *frame = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* The name of a slot, and what it does for its target where that is not the usual. */
static char *
slot_name (HpAsk *ask, HpRef ref, guint32 index)
{
  g_autofree char *name = hp_moment_slot_name (ask->moment, ref, index);

  switch (hp_moment_slot_strength (ask->moment, ref, index))
    {
    case HP_SLOT_WEAK:
      return g_strdup_printf (_ ("%s (weak)"), name);
    case HP_SLOT_KEY:
      return g_strdup_printf (_ ("%s (key, weak)"), name);
    case HP_SLOT_VALUE:
      return g_strdup_printf (_ ("%s (value, as long as its key lives)"), name);
    default:
      return g_steal_pointer (&name);
    }
}

static void
add_holder (HpAsk *ask, HpSubjectPart *part, const HpHolder *holder)
{
  const HpRoot *root;
  guint32 frame;

  switch (holder->kind)
    {
    case HP_HOLDER_ROOT:
      root = hp_definitions_root (ask->definitions, holder->holder);
      add_row (
          part, g_strdup (root ? root->name : "?"), g_strdup (_ ("root")), HP_TARGET (HP_TARGET_ROOT, holder->holder));
      break;
    case HP_HOLDER_STACK:
      if (frame_of_slot (ask, holder->holder, &frame))
        add_row (part,
                 local_name (ask,
                             hp_moment_frame (ask->moment, frame),
                             holder->holder - hp_moment_frame (ask->moment, frame)->first_slot),
                 g_strdup_printf (_ ("local of %s"), frame_name (ask, frame)),
                 HP_TARGET (HP_TARGET_STACK_SLOT, holder->holder));
      break;
    default:
      add_row (part,
               hp_moment_object_title (ask->moment, holder->holder),
               slot_name (ask, holder->holder, holder->index),
               HP_TARGET (HP_TARGET_OBJECT, holder->holder));
      break;
    }
}

static void
add_holders (HpAsk *ask, HpRef ref)
{
  HpSubjectPart *part = add_part (ask->subject, _ ("Referred to by"), _ ("Nothing refers to it"));
  g_autoptr (GArray) holders = hp_moment_holders (ask->moment, ref, MOST_ROWS);

  for (guint i = 0; i < holders->len; i++)
    add_holder (ask, part, &g_array_index (holders, HpHolder, i));
}

static void
add_slots (HpAsk *ask, HpRef ref)
{
  guint32 n = hp_moment_n_slots (ask->moment, ref);
  HpSubjectPart *part = add_part (ask->subject, _ ("Slots"), NULL);

  for (guint32 i = 0; i < MIN (n, MOST_ROWS); i++)
    add_value (ask, part, slot_name (ask, ref, i), hp_moment_slot (ask->moment, ref, i));
  if (n > MOST_ROWS)
    add_fact (part, "…", _ ("and %u more"), n - MOST_ROWS);
}

static gboolean
describe_object (HpAsk *ask)
{
  HpRef ref = ask->target.id;
  const HpObjectState *object = hp_moment_object (ask->moment, ref);

  if (!object)
    return FALSE;
  ask->subject->title = hp_moment_object_title (ask->moment, ref);
  ask->subject->kind = g_strdup (_ ("Object"));
  add_object_facts (ask, object, ref);
  if (object->status == HP_OBJECT_ALLOCATED)
    {
      add_slots (ask, ref);
      add_holders (ask, ref);
    }
  return TRUE;
}

/* ---- the stack and the roots ------------------------------------------------------------------------------------ */

static gboolean
describe_frame (HpAsk *ask)
{
  guint32 index = ask->target.id;
  const HpFrameState *frame;
  HpSubjectPart *facts, *locals;
  g_autofree char *size = NULL;

  if (index >= hp_moment_n_frames (ask->moment))
    return FALSE;
  frame = hp_moment_frame (ask->moment, index);
  ask->subject->title = g_strdup_printf ("%s ()", frame_name (ask, index));
  ask->subject->kind = g_strdup (_ ("Stack frame"));
  facts = add_part (ask->subject, NULL, NULL);
  add_fact (facts, _ ("Depth"), _ ("%u of %u"), index + 1, hp_moment_n_frames (ask->moment));
  if (frame->call_location)
    add_fact (facts, _ ("Called from"), _ ("line %u"), HP_LOCATION_LINE (frame->call_location));
  if (index > 0)
    add_row (facts,
             g_strdup (_ ("Caller")),
             g_strdup_printf ("%s ()", frame_name (ask, index - 1)),
             HP_TARGET (HP_TARGET_FRAME, index - 1));
  locals = add_part (ask->subject, _ ("Locals"), _ ("No locals"));
  for (guint32 i = 0; i < MIN (frame->n_slots, MOST_ROWS); i++)
    add_value (ask, locals, local_name (ask, frame, i), hp_moment_stack_slot (ask->moment, frame->first_slot + i));
  return TRUE;
}

static gboolean
describe_stack_slot (HpAsk *ask)
{
  guint32 slot = ask->target.id;
  HpSubjectPart *facts;
  guint32 frame;

  if (!frame_of_slot (ask, slot, &frame))
    return FALSE;
  ask->subject->title = local_name (
      ask, hp_moment_frame (ask->moment, frame), slot - hp_moment_frame (ask->moment, frame)->first_slot);
  ask->subject->kind = g_strdup (_ ("Local on the stack"));
  facts = add_part (ask->subject, NULL, NULL);
  add_value (ask, facts, g_strdup (_ ("Value")), hp_moment_stack_slot (ask->moment, slot));
  add_row (facts,
           g_strdup (_ ("Frame")),
           g_strdup_printf ("%s ()", frame_name (ask, frame)),
           HP_TARGET (HP_TARGET_FRAME, frame));
  return TRUE;
}

static gboolean
describe_root (HpAsk *ask)
{
  const HpRoot *root = hp_definitions_root (ask->definitions, ask->target.id);

  if (!root)
    return FALSE;
  ask->subject->title = g_strdup (root->name);
  ask->subject->kind = g_strdup (_ ("Root: a place outside stack and heap"));
  add_value (
      ask, add_part (ask->subject, NULL, NULL), g_strdup (_ ("Value")), hp_moment_root (ask->moment, ask->target.id));
  return TRUE;
}

static gboolean
describe_slot (HpAsk *ask)
{
  HpRef ref = ask->target.id;
  HpSubjectPart *facts;

  if (!hp_moment_object (ask->moment, ref) || ask->target.sub >= hp_moment_n_slots (ask->moment, ref))
    return FALSE;
  ask->subject->title = slot_name (ask, ref, ask->target.sub);
  ask->subject->kind = g_strdup (_ ("Slot of an object"));
  facts = add_part (ask->subject, NULL, NULL);
  add_value (ask, facts, g_strdup (_ ("Value")), hp_moment_slot (ask->moment, ref, ask->target.sub));
  add_row (
      facts, g_strdup (_ ("Object")), hp_moment_object_title (ask->moment, ref), HP_TARGET (HP_TARGET_OBJECT, ref));
  add_fact (facts,
            _ ("Remembered set"),
            "%s",
            hp_moment_slot_is_remembered (ask->moment, ref, ask->target.sub) ? _ ("yes: old refers to young")
                                                                             : _ ("no"));
  return TRUE;
}

/* ---- spaces and pages ------------------------------------------------------------------------------------------- */

static gboolean
describe_space (HpAsk *ask)
{
  HpSpace space = ask->target.id;
  HpSubjectPart *facts, *pages;
  g_autofree char *used = NULL;

  if (space <= HP_SPACE_NONE || space >= HP_N_SPACES)
    return FALSE;
  ask->subject->title = g_strdup (space_title (ask, space));
  ask->subject->kind = g_strdup (_ ("Space of the heap"));
  facts = add_part (ask->subject, NULL, NULL);
  used = format_words (hp_moment_counters (ask->moment)->used_bytes[space] / HP_WORD_BYTES);
  add_fact (facts, _ ("Used"), "%s", used);
  pages = add_part (ask->subject, _ ("Heap pages"), _ ("No heap pages"));
  for (guint32 i = 0; i < hp_moment_n_heap_pages (ask->moment) && pages->rows->len < MOST_ROWS; i++)
    {
      const HpHeapPageState *page = hp_moment_heap_page (ask->moment, i);
      if (page->space == space)
        add_row (pages,
                 hp_text_of_address ((guint64) page->address * HP_WORD_BYTES),
                 format_words (page->size_words),
                 HP_TARGET (HP_TARGET_HEAP_PAGE, page->address));
    }
  return TRUE;
}

static const HpHeapPageState *
find_heap_page (HpAsk *ask, HpAddress address)
{
  for (guint32 i = 0; i < hp_moment_n_heap_pages (ask->moment); i++)
    if (hp_moment_heap_page (ask->moment, i)->address == address)
      return hp_moment_heap_page (ask->moment, i);
  return NULL;
}

static void
add_objects_of_page (HpAsk *ask, const HpHeapPageState *page)
{
  HpSubjectPart *part = add_part (ask->subject, _ ("Objects"), _ ("No objects"));
  HpAddress end = page->address + page->size_words;
  HpRef ref = hp_moment_next_object (ask->moment, page->address, end);

  while (ref && part->rows->len < MOST_ROWS)
    {
      const HpObjectState *object = hp_moment_object (ask->moment, ref);
      add_row (part,
               hp_moment_object_title (ask->moment, ref),
               format_words (object->size_words),
               HP_TARGET (HP_TARGET_OBJECT, ref));
      ref = hp_moment_next_object (ask->moment, object->address + object->size_words, end);
    }
}

static gboolean
describe_heap_page (HpAsk *ask)
{
  const HpHeapPageState *page = find_heap_page (ask, ask->target.id);
  g_autofree char *address = hp_text_of_address ((guint64) ask->target.id * HP_WORD_BYTES);
  g_autofree char *size = NULL;
  HpSubjectPart *facts;

  if (!page)
    return FALSE;
  ask->subject->title = g_strdup_printf (_ ("Heap page %s"), address);
  ask->subject->kind = g_strdup (_ ("Heap page: a chunk of the heap"));
  facts = add_part (ask->subject, NULL, NULL);
  size = format_words (page->size_words);
  add_fact (facts, _ ("Size"), "%s", size);
  add_row (facts,
           g_strdup (_ ("Space")),
           g_strdup (space_title (ask, page->space)),
           HP_TARGET (HP_TARGET_SPACE, page->space));
  if (page->flags & HP_HEAP_PAGE_CANDIDATE)
    add_fact (facts, _ ("State"), "%s", _ ("chosen for evacuation"));
  if (page->flags & HP_HEAP_PAGE_TO_SWEEP)
    add_fact (facts, _ ("State"), "%s", _ ("to be swept"));
  add_objects_of_page (ask, page);
  return TRUE;
}

static const char *
region_title (HpRegion region)
{
  switch (region)
    {
    case HP_REGION_STACK:
      return _ ("Stack");
    case HP_REGION_NEW:
      return _ ("New space");
    case HP_REGION_OLD:
      return _ ("Old space");
    case HP_REGION_LARGE:
      return _ ("Large-object space");
    default:
      return _ ("The traced process");
    }
}

static const char *
page_state_title (const HpPageState *page)
{
  if (!page->mapped)
    return _ ("Not mapped");
  if (page->frame != HP_NO_FRAME)
    return _ ("Resident: in RAM");
  if (page->flags & HP_PAGE_ON_DISK)
    return _ ("Swapped out");
  return _ ("Address space only: never touched");
}

static char *
page_title (const HpPage *page)
{
  g_autofree char *number = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", page->number);

  return g_strdup_printf (_ ("Page %s"), number);
}

static gboolean
describe_page (HpAsk *ask)
{
  const HpPage *page = hp_definitions_page (ask->definitions, ask->target.id);
  HpPageState state;
  HpSubjectPart *facts;

  if (!page)
    return FALSE;
  state = hp_moment_page (ask->moment, ask->target.id);
  ask->subject->title = page_title (page);
  ask->subject->kind = g_strdup (_ ("Page of virtual memory"));
  facts = add_part (ask->subject, NULL, NULL);
  add_fact (facts, _ ("State"), "%s", page_state_title (&state));
  add_fact (facts, _ ("Belongs to"), "%s", region_title (page->region));
  if (state.mapped && state.frame != HP_NO_FRAME)
    add_row (facts,
             g_strdup (_ ("Page frame")),
             g_strdup_printf ("%u", state.frame),
             HP_TARGET (HP_TARGET_PAGE_FRAME, state.frame));
  add_fact (facts, _ ("Referenced"), "%s", state.flags & HP_PAGE_REFERENCED ? _ ("yes") : _ ("no"));
  add_fact (facts, _ ("Dirty"), "%s", state.flags & HP_PAGE_DIRTY ? _ ("yes: changed since it was loaded") : _ ("no"));
  if (state.flags & HP_PAGE_AHEAD)
    add_fact (facts, _ ("Read ahead"), "%s", _ ("yes, and not used since"));
  return TRUE;
}

static gboolean
describe_page_frame (HpAsk *ask)
{
  guint32 page = hp_moment_page_in_frame (ask->moment, ask->target.id);
  const HpPage *definition = hp_definitions_page (ask->definitions, page);
  HpSubjectPart *facts;

  ask->subject->title = g_strdup_printf (_ ("Page frame %u"), ask->target.id);
  ask->subject->kind = g_strdup (_ ("Page frame of RAM"));
  facts = add_part (ask->subject, NULL, NULL);
  if (definition)
    add_row (facts, g_strdup (_ ("Holds")), page_title (definition), HP_TARGET (HP_TARGET_PAGE, page));
  else
    add_fact (facts, _ ("Holds"), "%s", _ ("nothing: free"));
  return TRUE;
}

static const HpCollectionRecord *
find_collection (HpAsk *ask, guint32 ordinal)
{
  for (guint i = 0; i < hp_recording_n_collections (ask->recording); i++)
    if (hp_recording_collection (ask->recording, i)->ordinal == ordinal)
      return hp_recording_collection (ask->recording, i);
  return NULL;
}

static gboolean
describe_collection (HpAsk *ask)
{
  const HpCollectionRecord *collection = find_collection (ask, ask->target.id);
  const char *reason;
  HpSubjectPart *facts;

  if (!collection)
    return FALSE;
  reason = hp_definitions_string (ask->definitions, collection->reason);
  ask->subject->title = g_strdup_printf (_ ("Collection %u"), collection->ordinal);
  ask->subject->kind = g_strdup (collection->kind == HP_COLLECTION_FULL ? _ ("Mark-sweep-compact") : _ ("Scavenge"));
  facts = add_part (ask->subject, NULL, NULL);
  if (reason)
    add_fact (facts, _ ("Reason"), "%s", reason);
  add_fact (facts, _ ("Pause"), _ ("%.3f ms"), (double) collection->pause_ns / 1e6);
  return TRUE;
}

/* ---- the door --------------------------------------------------------------------------------------------------- */

static gboolean
describe (HpAsk *ask)
{
  switch (ask->target.kind)
    {
    case HP_TARGET_OBJECT:
      return describe_object (ask);
    case HP_TARGET_SLOT:
      return describe_slot (ask);
    case HP_TARGET_FRAME:
      return describe_frame (ask);
    case HP_TARGET_STACK_SLOT:
      return describe_stack_slot (ask);
    case HP_TARGET_ROOT:
      return describe_root (ask);
    case HP_TARGET_SPACE:
      return describe_space (ask);
    case HP_TARGET_HEAP_PAGE:
      return describe_heap_page (ask);
    case HP_TARGET_PAGE:
      return describe_page (ask);
    case HP_TARGET_PAGE_FRAME:
      return describe_page_frame (ask);
    case HP_TARGET_COLLECTION:
      return describe_collection (ask);
    default:
      return FALSE;
    }
}

HpSubject *
hp_subject_new (const HpRecording *recording, HpMoment *moment, HpTarget target)
{
  HpAsk ask = { recording, hp_moment_definitions (moment), moment, target, g_new0 (HpSubject, 1) };

  ask.subject->parts = g_ptr_array_new_with_free_func (part_free);
  if (describe (&ask))
    return ask.subject;
  hp_subject_free (ask.subject);
  return NULL;
}
