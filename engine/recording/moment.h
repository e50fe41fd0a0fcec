/* moment.h - the state of a machine at one step of a recording
 *
 * A moment is folded from events alone. It never knows a machine. Applying or reverting one event takes constant time;
 * copying a moment is cheap, because its columns are shared until written (column.h).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/counters.h"
#include "base/error.h"

G_BEGIN_DECLS

typedef struct _HpMoment HpMoment;

HpMoment *hp_moment_new (const HpDefinitions *definitions /* borrowed; must outlive the moment and its copies */);
HpMoment *hp_moment_copy (const HpMoment *self);
/** Make @self the same moment as @from, which is of the same definitions. */
void hp_moment_assign (HpMoment *self, const HpMoment *from);
void hp_moment_free (HpMoment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpMoment, hp_moment_free)

/**
 * hp_moment_apply:
 * @event: the event at index hp_moment_step() of the recording. For a type with a slot index, event[-1] is read when
 *   step > 0 (SLOT_HIGH), so events must lie in one array.
 *
 * Checks the event against the state (ids exist, old values agree, addresses are free) and applies it.
 *
 * Returns: FALSE with @error (naming the step, the event and what is wrong) and the moment unchanged, if it does not
 * fit
 */
gboolean hp_moment_apply (HpMoment *self, const HpEvent *event, GError **error);

/** Take back the event applied last: @event is the one at index hp_moment_step() - 1. */
void hp_moment_revert (HpMoment *self, const HpEvent *event);

/** Whether two moments of the same definitions hold the same state. On FALSE, @why (nullable) says the first
 * difference. */
gboolean hp_moment_equal (const HpMoment *a, const HpMoment *b, char **why);

/* ---- reading ---------------------------------------------------------------------------------------------------- */

/** How many events were applied: the moment is the one after event number step - 1. */
guint64 hp_moment_step (const HpMoment *self);
const HpDefinitions *hp_moment_definitions (const HpMoment *self);
/** longest_pause_ns is 0 here: it cannot be taken back; see hp_recording_longest_pause(). */
const HpCounters *hp_moment_counters (const HpMoment *self);

guint32 hp_moment_source (const HpMoment *self);          /* id, 0: none */
guint32 hp_moment_location (const HpMoment *self);        /* HP_LOCATION */
const char *hp_moment_explanation (const HpMoment *self); /* nullable */
const char *hp_moment_chapter (const HpMoment *self);     /* nullable */
HpPhase hp_moment_phase (const HpMoment *self);
/** The collection under way (%HP_COLLECTION_NONE: the program runs). */
HpCollectionKind hp_moment_collection (const HpMoment *self);
/** Whether incremental marking is on, between its steps as well. */
HpMarking hp_moment_marking (const HpMoment *self);
/** Where objects of an allocation site go. @site: the string id of its name. */
HpPretenure hp_moment_pretenure (const HpMoment *self, guint32 site);
gboolean hp_moment_is_ended (const HpMoment *self);

/* Stack. Frame 0 is the oldest. Stack slots are numbered through all frames, oldest first. */
typedef struct
{
  guint32 function; /* id */
  guint32 call_location;
  guint32 first_slot; /* absolute index of local 0 */
  guint32 n_slots;
} HpFrameState;

guint32 hp_moment_n_frames (const HpMoment *self);
const HpFrameState *hp_moment_frame (const HpMoment *self, guint32 i);
guint32 hp_moment_n_stack_slots (const HpMoment *self);
HpValue hp_moment_stack_slot (const HpMoment *self, guint32 slot);
HpValue hp_moment_root (const HpMoment *self, guint32 root);

/* Objects, by ref: 1 … n_objects. */
typedef enum
{
  HP_OBJECT_ALLOCATED = 1, /* its memory is its own (it may be unreachable) */
  HP_OBJECT_FREED,
} HpObjectStatus;

typedef struct
{
  HpAddress address; /* the last one, when freed */
  guint32 shape;
  guint32 size_words;
  guint32 label; /* string id or 0 */
  guint64 first_slot;
  guint8 status; /* HpObjectStatus */
  guint8 space;  /* HpSpace */
  guint32 age;   /* collections survived */
} HpObjectState;

guint32 hp_moment_n_objects (const HpMoment *self);
/** NULL for a ref that is not yet allocated at this moment. */
const HpObjectState *hp_moment_object (const HpMoment *self, HpRef ref);
/** White, for a ref that is not yet allocated. */
HpColour hp_moment_colour (const HpMoment *self, HpRef ref);
/** Bytes that the object holds outside of the heap. */
guint32 hp_moment_external (const HpMoment *self, HpRef ref);
guint32 hp_moment_n_slots (const HpMoment *self, HpRef ref);
HpValue hp_moment_slot (const HpMoment *self, HpRef ref, guint32 index);
HpSlotStrength hp_moment_slot_strength (const HpMoment *self, HpRef ref, guint32 index);
/** Whether the slot is in the remembered set. */
gboolean hp_moment_slot_is_remembered (const HpMoment *self, HpRef ref, guint32 index);
/** The allocated object that begins at @address, or none. */
HpRef hp_moment_object_at (const HpMoment *self, HpAddress address);
/** The allocated object that begins at @from or the first one after it, below @end; or none. */
HpRef hp_moment_next_object (const HpMoment *self, HpAddress from, HpAddress end);

/* Heap pages, in the order of their addresses. */
typedef struct
{
  HpAddress address;
  guint32 size_words;
  guint32 usable_words; /* objects lie in the last usable_words of the page */
  guint8 space;
  guint8 flags; /* HpHeapPageFlags */
} HpHeapPageState;

guint32 hp_moment_n_heap_pages (const HpMoment *self);
const HpHeapPageState *hp_moment_heap_page (const HpMoment *self, guint32 i);
/** SEMI_A or SEMI_B. */
HpSpace hp_moment_to_space (const HpMoment *self);
HpAddress hp_moment_age_mark (const HpMoment *self);
/** In bytes. */
guint64 hp_moment_limit (const HpMoment *self, HpLimit limit);

/* Pages of virtual memory, by id: 1 … n_pages. What is not mapped has no flags and no frame. */
typedef struct
{
  guint32 frame; /* HP_NO_FRAME: not in RAM */
  guint8 mapped;
  guint8 flags; /* HpPageFlags */
} HpPageState;

guint32 hp_moment_n_pages (const HpMoment *self);
HpPageState hp_moment_page (const HpMoment *self, guint32 page);
/** The page in page frame @frame, or 0. */
guint32 hp_moment_page_in_frame (const HpMoment *self, guint32 frame);
/** One more than the largest page frame number used so far. */
guint32 hp_moment_n_page_frames (const HpMoment *self);

/* ---- questions -------------------------------------------------------------------------------------------------- */

/**
 * hp_moment_reachable:
 *
 * Which objects can be reached from locals and roots, as a full collection would find them: weak slots and keys of
 * ephemerons keep nothing alive, a value only if its key is alive too. A bit array indexed by ref, made on the first
 * call at a step and kept until the moment moves. Time is proportional to what is reachable.
 *
 * Returns: (transfer none): bytes; bit (ref & 7) of byte ref >> 3
 */
const guint8 *hp_moment_reachable (HpMoment *self);

static inline gboolean
hp_reachable_has (const guint8 *reachable, HpRef ref)
{
  return (reachable[ref >> 3] >> (ref & 7) & 1) != 0;
}

typedef enum
{
  HP_HOLDER_ROOT,  /* holder: root id */
  HP_HOLDER_STACK, /* holder: absolute stack slot */
  HP_HOLDER_SLOT,  /* holder: host ref, index: slot */
} HpHolderKind;

typedef struct
{
  HpHolderKind kind;
  guint32 holder;
  guint32 index;
} HpHolder;

/**
 * hp_moment_holders:
 *
 * Every place that refers to @ref, weakly or not (hp_moment_slot_strength()), roots first, then the stack, then slots
 * by host ref; at most @most. Walks all slots.
 *
 * Returns: (transfer full) (element-type HpHolder): an array
 */
GArray *hp_moment_holders (const HpMoment *self, HpRef ref, guint most);

/** The moment in words, for `describe` and tests: stack, roots, spaces with their objects, pages. (transfer full) */
char *hp_moment_describe (HpMoment *self);

/** An object as one short text: label or name and ref, "User #12", "\"Alice\" #3". (transfer full) */
char *hp_moment_object_title (const HpMoment *self, HpRef ref);
/** A value as one short text: "42", "true", "undefined", "User #12". (transfer full) */
char *hp_moment_value_text (const HpMoment *self, HpValue value);
/** The name of slot @index: "name", "[3]". (transfer full) */
char *hp_moment_slot_name (const HpMoment *self, HpRef ref, guint32 index);

G_END_DECLS
