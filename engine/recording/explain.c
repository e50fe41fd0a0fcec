/* explain.c - what one event, or one operation, did: a sentence
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/explain.h"
#include "recording/fold.h"
#include "recording/recording_private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of a long statement only so many events are looked at. */
#define MOST_LOOKED_AT 4096

static const char *
string_or_nothing (const HpMoment *moment, guint32 id)
{
  const char *text = hp_definitions_string (hp_moment_definitions (moment), id);

  return text ? text : "";
}

static const char *
function_name (const HpMoment *moment, guint32 id)
{
  return hp_definitions_function (hp_moment_definitions (moment), id)->name;
}

static guint32
object_bytes (const HpMoment *moment, HpRef ref)
{
  return hp_moment_object (moment, ref)->size_words * HP_WORD_BYTES;
}

/* The halves of new space by their names. */
static const char *
space_in_words (const HpMoment *moment, HpSpace space)
{
  switch (space)
    {
    case HP_SPACE_SEMI_A:
    case HP_SPACE_SEMI_B:
      return space == hp_moment_to_space (moment) ? _ ("to-space") : _ ("from-space");
    case HP_SPACE_OLD:
      return _ ("old space");
    case HP_SPACE_LARGE:
      return _ ("large-object space");
    case HP_SPACE_NEW_LARGE:
      return _ ("new large-object space");
    default:
      return _ ("no space");
    }
}

/* ---- the program and its stack ----------------------------------------------------------------------------------- */

char *
hp_explain_copy_line (const char *text, guint32 line)
{
  for (guint32 i = 1; i < line && text != NULL; i++)
    {
      text = strchr (text, '\n');
      text = text ? text + 1 : NULL;
    }
  return text ? g_strstrip (g_strndup (text, strcspn (text, "\n"))) : g_strdup ("");
}

static char *
explain_statement (const HpMoment *moment, const HpEvent *event)
{
  const HpSource *source = hp_definitions_source (hp_moment_definitions (moment), hp_event_detail (event));
  guint32 number = HP_LOCATION_LINE (event->x);
  g_autofree char *line = source ? hp_explain_copy_line (source->text, number) : NULL;

  if (source == NULL || event->x == 0)
    return g_strdup (_ ("The program goes on"));
  if (line[0] == '\0')
    return g_strdup_printf (_ ("Line %u of %s runs"), number, source->name);
  return g_strdup_printf (_ ("Line %u of %s runs: `%s`"), number, source->name, line);
}

static char *
explain_text (const HpMoment *moment, const HpEvent *event)
{
  const char *text = string_or_nothing (moment, event->x);

  switch (hp_event_type (event))
    {
    case HP_EVENT_CHAPTER:
      if (event->x == 0)
        return g_strdup (_ ("The chapter is over"));
      return g_strdup_printf (_ ("A new chapter begins: %s"), text);
    case HP_EVENT_MARK:
      return g_strdup_printf (_ ("This place is called “%s”"), text);
    case HP_EVENT_PRINT:
      return g_strdup_printf (_ ("The program prints “%s”"), text);
    case HP_EVENT_POLICY_FAULT:
      return g_strdup_printf (_ ("The policy gave a wrong answer, which was put right: %s"), text);
    default:
      return g_strdup (event->x != 0 ? text : _ ("The explanation above no longer holds"));
    }
}

static char *
explain_end (const HpMoment *moment, const HpEvent *event)
{
  static const char *const ENDINGS[HP_N_ENDINGS] = {
    [HP_ENDING_COMPLETED] = N_ ("The program is complete"),
    [HP_ENDING_OUT_OF_MEMORY] = N_ ("The program ends: it ran out of memory"),
    [HP_ENDING_STACK_OVERFLOW] = N_ ("The program ends: the call stack is full"),
    [HP_ENDING_SCENARIO_ERROR] = N_ ("The run ends: the scenario did what no program can do"),
    [HP_ENDING_CANCELLED] = N_ ("The run was stopped"),
    [HP_ENDING_EVENT_LIMIT] = N_ ("The recording is full: it ends here"),
    [HP_ENDING_CRASHED] = N_ ("The run broke off here"),
  };
  const char *ending = _ (ENDINGS[hp_event_detail (event)]);

  if (event->x == 0)
    return g_strdup (ending);
  return g_strdup_printf ("%s: %s", ending, string_or_nothing (moment, event->x));
}

static char *
explain_call (const HpMoment *moment, const HpEvent *event)
{
  const char *name = function_name (moment, hp_event_detail (event));

  if (hp_event_type (event) == HP_EVENT_CALL)
    return g_strdup_printf (_ ("%s is called: a frame for it is put on top of the stack"), name);
  return g_strdup_printf (_ ("%s returns: its frame is taken off the stack"), name);
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

static char *
explain_allocate (const HpMoment *moment, const HpEvent *event)
{
  g_autofree char *title = hp_moment_object_title (moment, event->x);

  return g_strdup_printf (_ ("%s is allocated: %u bytes in %s"),
                          title,
                          HP_PLACE_SIZE (event->z) * HP_WORD_BYTES,
                          space_in_words (moment, HP_PLACE_SPACE (event->z)));
}

static HpSlotStrength
slot_strength (const HpMoment *moment, const HpEvent *event)
{
  return hp_moment_slot_strength (moment, event->x, hp_fold_slot_index (event, hp_moment_step (moment) - 1));
}

/* What the collector clears. */
static char *
explain_cleared (const char *slot, HpSlotStrength strength)
{
  switch (strength)
    {
    case HP_SLOT_WEAK:
      return g_strdup_printf (_ ("%s is cleared: what it weakly referred to is dead"), slot);
    case HP_SLOT_KEY:
      return g_strdup_printf (_ ("%s is cleared: the key is dead, and its entry leaves the table"), slot);
    default:
      return g_strdup_printf (_ ("%s is cleared: the value leaves the table with its key"), slot);
    }
}

static char *
explain_slot (const HpMoment *moment, const HpEvent *event)
{
  if (hp_moment_phase (moment) == HP_PHASE_WEAK)
    {
      g_autofree char *slot = hp_explain_slot_title (moment, event);
      return explain_cleared (slot, slot_strength (moment, event));
    }
  return hp_explain_slot (moment, event);
}

static char *
explain_remembered (const HpMoment *moment, const HpEvent *event)
{
  g_autofree char *slot = hp_explain_slot_title (moment, event);

  if (hp_event_type (event) == HP_EVENT_REMEMBER)
    return g_strdup_printf (
        _ ("Write barrier: %s is an old object's slot that refers to a young object, so it is remembered"), slot);
  return g_strdup_printf (_ ("%s leaves the remembered set"), slot);
}

static char *
explain_label (const HpMoment *moment, const HpEvent *event)
{
  g_autofree char *title = hp_moment_object_title (moment, event->x);

  return g_strdup_printf (_ ("This object is known as %s"), title);
}

static char *
explain_free (const HpMoment *moment, const HpEvent *event)
{
  g_autofree char *title = hp_moment_object_title (moment, event->x);

  return g_strdup_printf (_ ("%s is garbage: its %u bytes are free again"), title, object_bytes (moment, event->x));
}

/* ---- the collector ----------------------------------------------------------------------------------------------- */

static char *
explain_collection (const HpMoment *moment, const HpEvent *event)
{
  gboolean full = hp_event_detail (event) == HP_COLLECTION_FULL;

  if (hp_event_type (event) == HP_EVENT_COLLECTION_BEGIN)
    return g_strdup_printf (full ? _ ("Collection %u begins, a full one (mark, sweep, compact): %s")
                                 : _ ("Collection %u begins, a scavenge of new space: %s"),
                            event->x,
                            string_or_nothing (moment, event->y));
  return g_strdup_printf (_ ("Collection %u is done; the program stood still for %.3f ms"), event->x, event->y / 1e6);
}

static char *
explain_phase (const HpMoment *moment, const HpEvent *event)
{
  static const char *const PHASES[HP_N_PHASES] = {
    [HP_PHASE_MUTATOR] = N_ ("The program runs on"),
    [HP_PHASE_FLIP] = N_ ("The scavenger starts: the halves of new space change names"),
    [HP_PHASE_ROOTS] = N_ ("The collector looks at the roots: globals, the stack and what is remembered"),
    [HP_PHASE_COPY] = N_ ("The scavenger follows the references of what it has copied"),
    [HP_PHASE_MARK] = N_ ("The marker follows references from object to object"),
    [HP_PHASE_WEAK] = N_ ("Weak references to dead objects are cleared"),
    [HP_PHASE_SWEEP] = N_ ("The sweeper gives the memory of unmarked objects back"),
    [HP_PHASE_EVACUATE] = N_ ("The compactor moves objects out of sparse pages"),
    [HP_PHASE_UPDATE] = N_ ("References to moved objects are redirected"),
    [HP_PHASE_FINISH] = N_ ("Empty pages are released and limits set anew"),
  };

  return g_strdup (_ (PHASES[hp_event_detail (event) & 0xff]));
}

static char *
explain_flip (const HpMoment *moment, const HpEvent *event)
{
  return g_strdup (_ ("The halves of new space change names: what was to-space is from-space now"));
}

/* @slot: its title */
static char *
explain_visited_slot (const HpMoment *moment, const HpEvent *event, const char *slot, const char *target)
{
  HpSlotStrength strength = slot_strength (moment, event);

  if (hp_moment_phase (moment) == HP_PHASE_WEAK)
    return g_strdup_printf (strength == HP_SLOT_VALUE ? _ ("The value %s in %s has lost its key")
                                                      : _ ("The collector finds %s dead, in %s"),
                            target,
                            slot);
  if (strength == HP_SLOT_WEAK)
    return g_strdup_printf (
        _ ("The collector finds %s through the weak %s, which a scavenge treats as strong"), target, slot);
  if (strength == HP_SLOT_VALUE && hp_moment_collection (moment) != HP_COLLECTION_YOUNG)
    return g_strdup_printf (_ ("The collector finds %s through %s, since the key is alive"), target, slot);
  return g_strdup_printf (_ ("The collector finds %s through %s"), target, slot);
}

static char *
explain_visit (const HpMoment *moment, const HpEvent *event)
{
  g_autofree char *target = hp_moment_object_title (moment, event->y);
  g_autofree char *slot = NULL;

  switch ((HpVisit) (hp_event_detail (event) & 0xff))
    {
    case HP_VISIT_ROOT:
      return g_strdup_printf (_ ("The collector finds %s through a global"), target);
    case HP_VISIT_STACK:
      return g_strdup_printf (_ ("The collector finds %s on the stack"), target);
    case HP_VISIT_REMEMBERED:
      slot = hp_explain_slot_title (moment, event);
      return g_strdup_printf (_ ("The collector finds %s through the remembered slot %s"), target, slot);
    default:
      slot = hp_explain_slot_title (moment, event);
      return explain_visited_slot (moment, event, slot, target);
    }
}

static char *
explain_colour (const HpMoment *moment, const HpEvent *event)
{
  g_autofree char *title = hp_moment_object_title (moment, event->x);

  switch ((HpColour) (hp_event_detail (event) & 0xff))
    {
    case HP_COLOUR_GREY:
      return g_strdup_printf (_ ("%s turns grey: it is reached, its slots are still to be looked at"), title);
    case HP_COLOUR_BLACK:
      return g_strdup_printf (_ ("%s turns black: it is live, and all its slots were looked at"), title);
    default:
      return g_strdup_printf (_ ("%s is white again, ready for the next collection"), title);
    }
}

static char *
explain_move (const HpMoment *moment, const HpEvent *event)
{
  HpSpace from = HP_MOVE_FROM (hp_event_detail (event)), to = HP_MOVE_TO (hp_event_detail (event));
  g_autofree char *title = hp_moment_object_title (moment, event->x);
  guint32 age = hp_moment_object (moment, event->x)->age;

  if (!hp_space_is_young (from))
    return g_strdup_printf (_ ("%s moves within %s, to close a gap"), title, space_in_words (moment, to));
  if (hp_space_is_young (to))
    return g_strdup_printf (age <= 1 ? _ ("%s survives its first collection: it is copied from %s to %s")
                                     : _ ("%s survives again: it is copied from %s to %s"),
                            title,
                            space_in_words (moment, from),
                            space_in_words (moment, to));
  return g_strdup_printf (ngettext ("%s survived %u collection and is promoted from %s to %s",
                                    "%s survived %u collections and is promoted from %s to %s",
                                    age),
                          title,
                          age,
                          space_in_words (moment, from),
                          space_in_words (moment, to));
}

/* The object already has its new shape, or another one yet: the names of both are told, and what it is called. */
static char *
explain_shape (const HpMoment *moment, const HpEvent *event)
{
  const HpShape *from = hp_definitions_shape (hp_moment_definitions (moment), event->y);
  const HpShape *to = hp_definitions_shape (hp_moment_definitions (moment), hp_event_detail (event));
  g_autofree char *title = hp_moment_object_title (moment, event->x);

  return g_strdup_printf (_ ("%s changed its hidden class from %s to %s"), title, from->name, to->name);
}

static char *
explain_external (const HpMoment *moment, const HpEvent *event)
{
  g_autofree char *title = hp_moment_object_title (moment, event->x);
  g_autofree char *bytes = g_format_size_full (MAX (event->y, event->z), G_FORMAT_SIZE_IEC_UNITS);

  return g_strdup_printf (event->z > event->y ? _ ("%s gets %s outside of the heap: only the object itself is in it")
                                              : _ ("%s is dead: its %s outside of the heap are given back"),
                          title,
                          bytes);
}

static char *
explain_update (const HpMoment *moment, const HpEvent *event)
{
  g_autofree char *slot = hp_explain_slot_title (moment, event);
  g_autofree char *target = hp_moment_object_title (moment, event->y);

  return g_strdup_printf (_ ("%s is redirected to the new address of %s"), slot, target);
}

static char *
explain_age_mark (const HpMoment *moment, const HpEvent *event)
{
  return g_strdup (_ ("The age mark is set: what lies below it has survived once"));
}

static char *
explain_limit (const HpMoment *moment, const HpEvent *event)
{
  static const char *const LIMITS[HP_N_LIMITS] = {
    [HP_LIMIT_SEMI_SPACE] = N_ ("Each half of new space may hold %s"),
    [HP_LIMIT_OLD] = N_ ("The next full collection starts when the old generation reaches %s"),
    [HP_LIMIT_OLD_MAX] = N_ ("The old generation may grow to %s at most"),
    [HP_LIMIT_STACK] = N_ ("The stack may grow to %s"),
    [HP_LIMIT_RAM] = N_ ("RAM has room for %s"),
  };
  g_autofree char *bytes = g_format_size_full ((guint64) event->y * HP_WORD_BYTES, G_FORMAT_SIZE_IEC_UNITS);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_ (LIMITS[hp_event_detail (event)]), bytes);
#pragma GCC diagnostic pop
}

static char *
explain_marking (const HpMoment *moment, const HpEvent *event)
{
  static const char *const MARKINGS[HP_N_MARKINGS] = {
    [HP_MARKING_OFF] = N_ ("Incremental marking is over"),
    [HP_MARKING_ACTIVE] = N_ (
        "Incremental marking begins: from now on the marker works in small steps while the program "
        "runs"),
    [HP_MARKING_COMPLETE] = N_ ("Incremental marking has marked all it found: a full collection can finish soon"),
  };

  return g_strdup (_ (MARKINGS[hp_event_detail (event) & 0xff]));
}

static char *
explain_pretenure (const HpMoment *moment, const HpEvent *event)
{
  static const char *const DECISIONS[HP_N_PRETENURES] = {
    [HP_PRETENURE_UNDECIDED] = N_ ("%u of %u objects made at %s survived: nothing is decided"),
    [HP_PRETENURE_DONT_TENURE] = N_ ("%u of %u objects made at %s survived: new ones go to new space"),
    [HP_PRETENURE_MAYBE_TENURE] = N_ ("%u of %u objects made at %s survived: new ones may soon go to old space"),
    [HP_PRETENURE_TENURE] = N_ ("%u of %u objects made at %s survived: new ones go to old space at once"),
  };

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (
      _ (DECISIONS[hp_event_detail (event) & 0xff]), event->z, event->y, string_or_nothing (moment, event->x));
#pragma GCC diagnostic pop
}

static char *
explain_heap_page (const HpMoment *moment, const HpEvent *event)
{
  guint32 detail = hp_event_detail (event);
  HpSpace space = hp_event_type (event) == HP_EVENT_HEAP_PAGE_SPACE ? (HpSpace) (detail & 0xff) : (HpSpace) detail;

  switch (hp_event_type (event))
    {
    case HP_EVENT_HEAP_PAGE_ADD:
      return g_strdup_printf (_ ("A heap page joins %s"), space_in_words (moment, space));
    case HP_EVENT_HEAP_PAGE_REMOVE:
      return g_strdup_printf (_ ("An empty heap page of %s is given back"), space_in_words (moment, space));
    case HP_EVENT_HEAP_PAGE_SPACE:
      return g_strdup_printf (_ ("A heap page is relinked whole to %s"), space_in_words (moment, space));
    default:
      if ((detail & HP_HEAP_PAGE_CANDIDATE) != 0)
        return g_strdup (_ ("A sparse heap page is chosen for evacuation"));
      if ((detail & HP_HEAP_PAGE_TO_SWEEP) != 0)
        return g_strdup (_ ("A heap page waits to be swept"));
      return g_strdup (_ ("A heap page is swept and in order"));
    }
}

/* ---- which event, which sentence --------------------------------------------------------------------------------- */

typedef char *(*Explain) (const HpMoment *moment, const HpEvent *event);

/* TIME, OPERATION, SLOT_HIGH and COUNT have no sentence of their own: they belong to what follows, or to a stretch. */
static const Explain EXPLAIN[HP_N_EVENT_TYPES] = {
  [HP_EVENT_STATEMENT] = explain_statement,
  [HP_EVENT_EXPLAIN] = explain_text,
  [HP_EVENT_CHAPTER] = explain_text,
  [HP_EVENT_MARK] = explain_text,
  [HP_EVENT_PRINT] = explain_text,
  [HP_EVENT_POLICY_FAULT] = explain_text,
  [HP_EVENT_END] = explain_end,
  [HP_EVENT_CALL] = explain_call,
  [HP_EVENT_RETURN] = explain_call,
  [HP_EVENT_LOCAL] = hp_explain_local,
  [HP_EVENT_ROOT] = hp_explain_root,
  [HP_EVENT_ALLOCATE] = explain_allocate,
  [HP_EVENT_SLOT] = explain_slot,
  [HP_EVENT_LABEL] = explain_label,
  [HP_EVENT_REMEMBER] = explain_remembered,
  [HP_EVENT_FORGET] = explain_remembered,
  [HP_EVENT_COLLECTION_BEGIN] = explain_collection,
  [HP_EVENT_COLLECTION_END] = explain_collection,
  [HP_EVENT_PHASE] = explain_phase,
  [HP_EVENT_FLIP] = explain_flip,
  [HP_EVENT_VISIT] = explain_visit,
  [HP_EVENT_COLOUR] = explain_colour,
  [HP_EVENT_MOVE] = explain_move,
  [HP_EVENT_UPDATE] = explain_update,
  [HP_EVENT_FREE] = explain_free,
  [HP_EVENT_AGE_MARK] = explain_age_mark,
  [HP_EVENT_LIMIT] = explain_limit,
  [HP_EVENT_HEAP_PAGE_ADD] = explain_heap_page,
  [HP_EVENT_HEAP_PAGE_REMOVE] = explain_heap_page,
  [HP_EVENT_HEAP_PAGE_STATE] = explain_heap_page,
  [HP_EVENT_HEAP_PAGE_SPACE] = explain_heap_page,
  [HP_EVENT_MAP] = hp_explain_mapping,
  [HP_EVENT_UNMAP] = hp_explain_mapping,
  [HP_EVENT_FAULT] = hp_explain_fault,
  [HP_EVENT_ACCESS] = hp_explain_access,
  [HP_EVENT_EVICT] = hp_explain_evict,
  [HP_EVENT_MARKING] = explain_marking,
  [HP_EVENT_PRETENURE] = explain_pretenure,
  [HP_EVENT_SHAPE] = explain_shape,
  [HP_EVENT_EXTERNAL] = explain_external,
};

/* The event that tells what an operation is about. */
static const HpEventType SUBJECTS[HP_N_OPERATIONS] = {
  [HP_OPERATION_STATEMENT] = HP_EVENT_STATEMENT,
  [HP_OPERATION_CALL] = HP_EVENT_CALL,
  [HP_OPERATION_RETURN] = HP_EVENT_RETURN,
  [HP_OPERATION_SET_LOCAL] = HP_EVENT_LOCAL,
  [HP_OPERATION_SET_ROOT] = HP_EVENT_ROOT,
  [HP_OPERATION_ALLOCATE] = HP_EVENT_ALLOCATE,
  [HP_OPERATION_WRITE] = HP_EVENT_SLOT,
  [HP_OPERATION_TOUCH] = HP_EVENT_FAULT,
  [HP_OPERATION_ACCESS] = HP_EVENT_FAULT,
  [HP_OPERATION_LIMIT_RAM] = HP_EVENT_LIMIT,
  [HP_OPERATION_RESHAPE] = HP_EVENT_SHAPE,
  [HP_OPERATION_ATTACH] = HP_EVENT_EXTERNAL,
  [HP_OPERATION_COLLECT] = HP_EVENT_COLLECTION_BEGIN,
};

/* What is said of an operation that is about no event. */
static const char *const PLAIN[HP_N_OPERATIONS] = {
  [HP_OPERATION_READ] = N_ ("The program reads a slot"),
  [HP_OPERATION_DEREF] = N_ (
      "The program asks a weak reference for its target, which is kept alive until the job ends"),
  [HP_OPERATION_END_JOB] = N_ ("The job ends: targets of weak references are no longer kept alive for it"),
  [HP_OPERATION_TAKE_FINALIZED] = N_ ("The program asks whose target died, to clean up after it"),
  [HP_OPERATION_WAIT] = N_ ("The program waits"),
  [HP_OPERATION_ACCESS] = N_ ("The program reads or writes bytes of an object; the pages are in RAM"),
};

static guint64
operation_before (const HpRecording *self, guint64 step)
{
  return hp_recording_previous (self, step, HP_GRAIN_OPERATION);
}

/* The event between @begin and @step that an operation is about, or NULL. */
static const HpEvent *
find_subject (const HpRecording *self, guint64 begin, guint64 step)
{
  HpOperation operation = (HpOperation) hp_event_detail (&self->events[begin]);

  for (guint64 i = begin; i < step; i++)
    if (hp_event_type (&self->events[i]) == SUBJECTS[operation])
      return &self->events[i];
  return NULL;
}

static char *
explain_event (const HpMoment *moment, const HpEvent *event)
{
  Explain explain = EXPLAIN[hp_event_type (event)];

  return explain ? explain (moment, event) : NULL;
}

static guint
count_collections (const HpRecording *self, guint64 begin, guint64 step)
{
  guint n = 0;

  for (guint i = self->collections->len; i-- > 0 && hp_recording_collection (self, i)->begin > begin;)
    n += hp_recording_collection (self, i)->end <= step;
  return n;
}

/* NULL: the operation has no event of its own, or it is still to come. */
static char *
explain_operation (const HpRecording *self, const HpMoment *moment, guint64 step)
{
  guint64 begin = operation_before (self, step);
  g_autofree char *sentence = NULL;
  const HpEvent *subject;
  guint n;

  if (hp_event_type (&self->events[begin]) != HP_EVENT_OPERATION)
    return g_strdup (_ ("The machine is made ready"));
  subject = find_subject (self, begin, step);
  if (subject == NULL && PLAIN[hp_event_detail (&self->events[begin])] != NULL)
    return g_strdup (_ (PLAIN[hp_event_detail (&self->events[begin])]));
  if (subject == NULL)
    return NULL;
  sentence = explain_event (moment, subject);
  n = count_collections (self, begin, step);
  if (sentence == NULL || n == 0 || hp_event_detail (&self->events[begin]) == HP_OPERATION_COLLECT)
    return g_steal_pointer (&sentence);
  return g_strdup_printf (ngettext ("%s, after %u collection", "%s, after %u collections", n), sentence, n);
}

static gboolean
is_newest (const HpMoment *moment, guint32 function)
{
  guint32 n = hp_moment_n_frames (moment);

  return n > 0 && hp_moment_frame (moment, n - 1)->function == function;
}

/* How telling an event of a statement is: what the person sees of it first, then what the statement is written for. */
static guint
rank_event (const HpMoment *moment, const HpEvent *event)
{
  switch (hp_event_type (event))
    {
    case HP_EVENT_CALL:
      return is_newest (moment, hp_event_detail (event)) ? 4 : 0;
    case HP_EVENT_END:
    case HP_EVENT_PRINT:
    case HP_EVENT_COLLECTION_END:
      return 3;
    case HP_EVENT_LOCAL:
      return hp_explain_is_variable (moment, event) ? 3 : 0;
    case HP_EVENT_SLOT:
      return hp_explain_is_of_variable (moment, event) ? 2 : 0;
    case HP_EVENT_ALLOCATE:
      return hp_space_is_young (HP_PLACE_SPACE (event->z));
    case HP_EVENT_STATEMENT:
      return 1;
    case HP_EVENT_EXPLAIN:
      return event->x != 0;
    default:
      return 0;
    }
}

/* @then: (nullable): what the caller did with the result */
static char *
explain_return (const HpMoment *moment, const HpEvent *event, const HpEvent *then)
{
  g_autofree char *sentence = explain_event (moment, event);
  g_autofree char *more = then != NULL ? explain_event (moment, then) : NULL;

  if (more == NULL)
    return g_steal_pointer (&sentence);
  return g_strdup_printf (g_ascii_isupper (*more) ? "%s. %s" : "%s; %s", sentence, more);
}

/* What a statement did that began at @begin: the last of its most telling events. */
static char *
explain_whole_statement (const HpRecording *self, const HpMoment *moment, guint64 begin, guint64 step)
{
  const HpEvent *best = NULL, *returned = NULL;
  guint highest = 0;

  for (guint64 i = step; i-- > MAX (begin, step - MIN (step, MOST_LOOKED_AT));)
    {
      const HpEvent *event = &self->events[i];
      guint rank = rank_event (moment, event);

      if (rank > highest)
        {
          highest = rank;
          best = event;
        }
      if (hp_event_type (event) == HP_EVENT_RETURN && returned == NULL)
        returned = event;
      if (hp_event_type (event) == HP_EVENT_COLLECTION_END)
        break;
    }
  if (returned != NULL && highest < 4)
    return explain_return (moment, returned, best > returned ? best : NULL);
  return best != NULL ? explain_event (moment, best) : NULL;
}

char *
hp_recording_explain (const HpRecording *self, const HpMoment *moment, HpGrain grain)
{
  guint64 step = hp_moment_step (moment);
  char *sentence = NULL;

  g_return_val_if_fail (step <= self->n, NULL);

  if (step == 0)
    return g_strdup (_ ("Nothing has happened yet"));
  if (hp_recording_is_summarised (self, step) && hp_event_type (&self->events[step - 1]) != HP_EVENT_END)
    return hp_explain_stretch (self, operation_before (self, step));
  if (grain == HP_GRAIN_STATEMENT || grain == HP_GRAIN_EXPRESSION)
    sentence = explain_whole_statement (self, moment, hp_recording_previous (self, step, grain), step);
  if (sentence == NULL && grain >= HP_GRAIN_OPERATION && grain <= HP_GRAIN_STATEMENT)
    sentence = explain_operation (self, moment, step);
  /* An operation that is still being taken apart, or events that say nothing: the latest that does. */
  for (guint64 i = step; sentence == NULL && i-- > operation_before (self, step);)
    sentence = explain_event (moment, &self->events[i]);
  return sentence ? sentence : g_strdup (_ ("The machine is made ready"));
}
