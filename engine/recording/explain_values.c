/* explain_values.c - what is written into variables and slots, in words: places by the names that the program has for
 * them, objects by what they are, how large and where
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/explain.h"
#include "recording/fold.h"
#include "recording/recording_private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The name that the program has for local @i of @frame; NULL: none, or one in brackets. */
static const char *
variable_name (const HpMoment *moment, const HpFrameState *frame, guint32 i)
{
  const HpFunction *function = hp_definitions_function (hp_moment_definitions (moment), frame->function);
  const char *name = function->local_names != NULL && i < function->n_locals ? function->local_names[i] : NULL;

  return name != NULL && *name != '[' ? name : NULL;
}

static const HpFrameState *
newest_frame (const HpMoment *moment)
{
  guint32 n = hp_moment_n_frames (moment);

  return n > 0 ? hp_moment_frame (moment, n - 1) : NULL;
}

static const HpShape *
shape_of (const HpMoment *moment, HpRef ref)
{
  return hp_definitions_shape (hp_moment_definitions (moment), hp_moment_object (moment, ref)->shape);
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

static const char *
space_in_words (HpSpace space)
{
  switch (space)
    {
    case HP_SPACE_SEMI_A:
    case HP_SPACE_SEMI_B:
      return _ ("new space");
    case HP_SPACE_OLD:
      return _ ("old space");
    case HP_SPACE_LARGE:
      return _ ("large-object space");
    default:
      return _ ("new large-object space");
    }
}

/* “an object {name, age}”, “the string “Alice””. (transfer full) */
static char *
noun_of (const HpMoment *moment, HpRef ref)
{
  const HpShape *shape = shape_of (moment, ref);
  const char *label = hp_definitions_string (hp_moment_definitions (moment), hp_moment_object (moment, ref)->label);
  const char *name = label != NULL ? label : shape->name;

  switch (shape->kind)
    {
    case HP_SHAPE_STRING:
      return label != NULL ? g_strdup_printf (_ ("the string “%s”"), label) : g_strdup (_ ("a string"));
    case HP_SHAPE_NUMBER:
      return label != NULL ? g_strdup_printf (_ ("the number %s"), label) : g_strdup (_ ("a number"));
    case HP_SHAPE_FUNCTION:
      return label != NULL && *label != '\0' ? g_strdup_printf (_ ("the function %s"), label)
                                             : g_strdup (_ ("a function"));
    case HP_SHAPE_ARRAY:
      return strcmp (name, "Array") == 0 ? g_strdup (_ ("an array")) : g_strdup_printf (_ ("an array, %s,"), name);
    case HP_SHAPE_ELEMENTS:
      return g_strdup_printf (_ ("a store of elements, %s,"), name);
    case HP_SHAPE_CONTEXT:
      return g_strdup (_ ("a context"));
    default:
      return g_strdup_printf (_ ("an object %s"), name);
    }
}

/* “@place refers to …” or “@place is …”. */
static char *
explain_value (const HpMoment *moment, const char *place, guint32 kind, guint32 payload)
{
  const HpObjectState *object = kind == HP_VALUE_REF ? hp_moment_object (moment, payload) : NULL;
  g_autofree char *value = NULL;

  if (kind == HP_VALUE_EMPTY)
    return g_strdup_printf (_ ("%s holds nothing any more"), place);
  if (object != NULL)
    {
      value = noun_of (moment, payload);
      return g_strdup_printf (_ ("%s refers to %s of %u bytes in %s (#%u)"),
                              place,
                              value,
                              object->size_words * HP_WORD_BYTES,
                              space_in_words ((HpSpace) object->space),
                              payload);
    }
  value = hp_moment_value_text (moment, (HpValue){ kind, payload });
  return g_strdup_printf (_ ("%s is now %s"), place, value);
}

/* ---- variables --------------------------------------------------------------------------------------------------- */

gboolean
hp_explain_is_variable (const HpMoment *moment, const HpEvent *event)
{
  const HpFrameState *frame = newest_frame (moment);

  return frame != NULL && event->x < frame->n_slots && variable_name (moment, frame, event->x) != NULL;
}

char *
hp_explain_local (const HpMoment *moment, const HpEvent *event)
{
  const HpFrameState *frame = newest_frame (moment);
  g_autofree char *place = NULL;
  const char *name;

  /* The frame may have gone by the end of the operation. */
  if (frame == NULL || event->x >= frame->n_slots)
    return NULL;
  name = variable_name (moment, frame, event->x);
  if (name != NULL)
    place = g_strdup_printf ("`%s`", name);
  else
    place = g_strdup_printf (_ ("A temporary of %s"),
                             hp_definitions_function (hp_moment_definitions (moment), frame->function)->name);
  return explain_value (moment, place, HP_KINDS_NEW (hp_event_detail (event)), event->z);
}

char *
hp_explain_root (const HpMoment *moment, const HpEvent *event)
{
  const HpRoot *root = hp_definitions_root (hp_moment_definitions (moment), event->x);
  g_autofree char *place = NULL;

  if (hp_moment_phase (moment) == HP_PHASE_WEAK && event->z != 0)
    {
      g_autofree char *cell = hp_moment_object_title (moment, event->z);

      return g_strdup_printf (_ ("%s is queued for cleanup, since its target died"), cell);
    }
  place = g_strdup_printf (_ ("The global `%s`"), root->name);
  return explain_value (moment, place, HP_KINDS_NEW (hp_event_detail (event)), event->z);
}

/* ---- slots ------------------------------------------------------------------------------------------------------- */

/* “@host.name” or “@host[3]” (transfer full) */
static char *
join_slot (const HpMoment *moment, const char *host, HpRef ref, guint32 index)
{
  g_autofree char *name = hp_moment_slot_name (moment, ref, index);

  return name[0] == '[' ? g_strdup_printf ("%s%s", host, name) : g_strdup_printf ("%s.%s", host, name);
}

char *
hp_explain_slot_title (const HpMoment *moment, const HpEvent *event)
{
  g_autofree char *host = hp_moment_object_title (moment, event->x);

  return join_slot (moment, host, event->x, hp_fold_slot_index (event, hp_moment_step (moment) - 1));
}

/* Of an object only so many slots are looked through for a way. */
#define MOST_SLOTS 32

/* Whether slot @index of @ref is the store of what the program calls the elements of @ref. */
static gboolean
is_elements (const HpMoment *moment, HpRef ref, guint32 index)
{
  const HpShape *shape = shape_of (moment, ref);

  return index < shape->n_slots && shape->slot_names != NULL && g_strcmp0 (shape->slot_names[index], "elements") == 0;
}

/* How the program comes from @from, which it calls @name, to @to, in at most @depth slots: “user.hobbies”; or NULL.
 * (transfer full) */
static char *
find_way (const HpMoment *moment, const char *name, HpRef from, HpRef to, guint depth)
{
  guint32 n = 0;

  if (from == to)
    return g_strdup (name);
  if (depth > 0 && from != HP_REF_NONE && hp_moment_object (moment, from) != NULL)
    n = MIN (hp_moment_n_slots (moment, from), MOST_SLOTS);
  for (guint32 i = 0; i < n; i++)
    {
      HpRef next = hp_value_get_ref (hp_moment_slot (moment, from, i));
      gboolean is_store = next != HP_REF_NONE && is_elements (moment, from, i);
      g_autofree char *joined = NULL;
      char *way;

      if (next == HP_REF_NONE || hp_moment_slot_strength (moment, from, i) != HP_SLOT_STRONG)
        continue;
      joined = is_store ? g_strdup (name) : join_slot (moment, name, from, i);
      way = find_way (moment, joined, next, to, is_store ? depth : depth - 1);
      if (way != NULL)
        return way;
    }
  return NULL;
}

/* Whether the line that runs has @name as a word. */
static gboolean
line_has (const HpMoment *moment, const char *name)
{
  const HpSource *source = hp_definitions_source (hp_moment_definitions (moment), hp_moment_source (moment));
  g_autofree char *line = source != NULL
                              ? hp_explain_copy_line (source->text, HP_LOCATION_LINE (hp_moment_location (moment)))
                              : NULL;
  gsize n = strlen (name);

  for (const char *at = line; at != NULL && (at = strstr (at, name)) != NULL; at += n)
    if ((at == line || (!g_ascii_isalnum (at[-1]) && at[-1] != '_')) && !g_ascii_isalnum (at[n]) && at[n] != '_')
      return TRUE;
  return FALSE;
}

/* The better of two ways, of which @way is from variable @name. Takes both. */
static char *
prefer (const HpMoment *moment, char *found, char *way, const char *name, gboolean *is_named)
{
  if (way == NULL || (found != NULL && !line_has (moment, name)))
    {
      g_free (way);
      return found;
    }
  *is_named = line_has (moment, name);
  g_free (found);
  return way;
}

/* What the variables in a context lead to. */
static char *
find_way_from_context (const HpMoment *moment, HpRef context, HpRef to, guint depth, gboolean *is_named)
{
  char *found = NULL;

  for (guint32 i = 0; i < MIN (hp_moment_n_slots (moment, context), MOST_SLOTS) && !*is_named; i++)
    {
      HpRef held = hp_value_get_ref (hp_moment_slot (moment, context, i));
      g_autofree char *name = hp_moment_slot_name (moment, context, i);

      if (held != HP_REF_NONE && hp_moment_object (moment, held) != NULL
          && shape_of (moment, held)->kind != HP_SHAPE_CONTEXT)
        found = prefer (moment, found, find_way (moment, name, held, to, depth), name, is_named);
    }
  return found;
}

/* How the newest frame's variables lead to @to: one that stands in the line if there is one. (transfer full) */
static char *
find_way_from_variables (const HpMoment *moment, HpRef to, guint depth)
{
  const HpFrameState *frame = newest_frame (moment);
  gboolean is_named = FALSE;
  char *found = NULL;

  for (guint32 i = 0; frame != NULL && i < frame->n_slots && !is_named; i++)
    {
      HpRef held = hp_value_get_ref (hp_moment_stack_slot (moment, frame->first_slot + i));
      const char *name = variable_name (moment, frame, i);

      if (held == HP_REF_NONE || hp_moment_object (moment, held) == NULL)
        continue;
      if (name != NULL)
        found = prefer (moment, found, find_way (moment, name, held, to, depth), name, &is_named);
      else if (found == NULL && shape_of (moment, held)->kind == HP_SHAPE_CONTEXT)
        found = find_way_from_context (moment, held, to, depth, &is_named);
    }
  return found;
}

/* The shortest way from a variable to @ref, or NULL. (transfer full) */
static char *
way_to (const HpMoment *moment, HpRef ref)
{
  char *way = NULL;

  for (guint depth = 0; depth <= 2 && way == NULL; depth++)
    way = find_way_from_variables (moment, ref, depth);
  return way;
}

/* Whether slot @name is for what an object needs to know of itself: there is more to say of the others. */
static gboolean
is_housekeeping (const char *name)
{
  static const char *const NAMES[] = { "length", "elements", "deleted", "buckets", "bucket ", "next ", "properties" };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_str_has_prefix (name, NAMES[i]))
      return TRUE;
  return FALSE;
}

gboolean
hp_explain_is_of_variable (const HpMoment *moment, const HpEvent *event)
{
  g_autofree char *name = hp_moment_slot_name (
      moment, event->x, hp_fold_slot_index (event, hp_moment_step (moment) - 1));
  g_autofree char *way = NULL;

  if (is_housekeeping (name))
    return FALSE;
  way = shape_of (moment, event->x)->kind == HP_SHAPE_CONTEXT ? g_strdup (name) : way_to (moment, event->x);
  return way != NULL;
}

char *
hp_explain_slot (const HpMoment *moment, const HpEvent *event)
{
  guint32 index = hp_fold_slot_index (event, hp_moment_step (moment) - 1);
  gboolean is_context = shape_of (moment, event->x)->kind == HP_SHAPE_CONTEXT;
  g_autofree char *way = is_context ? NULL : way_to (moment, event->x);
  g_autofree char *place = NULL;

  if (is_context)
    {
      g_autofree char *name = hp_moment_slot_name (moment, event->x, index);
      place = g_strdup_printf (_ ("`%s`, in context #%u,"), name, event->x);
    }
  else if (way != NULL)
    {
      g_autofree char *joined = join_slot (moment, way, event->x, index);
      place = g_strdup_printf ("`%s`", joined);
    }
  else
    place = hp_explain_slot_title (moment, event);
  return explain_value (moment, place, HP_KINDS_NEW (hp_event_detail (event)), event->z);
}
