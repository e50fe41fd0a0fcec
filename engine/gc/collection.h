/* collection.h - a whole collection by a policy, through checked primitives
 *
 * A policy with a function `collect` gets an HpGc and says what happens in a collection: what is alive, what moves
 * where, what is freed. While it does so, every slot names its target by ref, not by address: moving an object needs no
 * updating of slots, and nothing a policy does can break the heap. When it is done, the engine turns refs into
 * addresses again and brings the rest in order: free lists, remembered set, colours, weak slots.
 *
 * What a policy can do is be wrong, and each primitive says what becomes of that. A wrong call does nothing; and at the
 *  end
 *
 *   a strong slot that refers to a freed object is cleared;
 *   an object left in from-space is moved to the old generation;
 *
 * each is the policy's fault, told with the object, the slot and the step (HP_EVENT_POLICY_FAULT). In the end as well,
 * and in order: weak slots and ephemerons of freed objects are cleared and finalizers queued, young large objects that
 * are left join the old generation, empty heap pages are released.
 *
 * Time passes by the cost model: for each object marked, each byte moved, each heap page of old space
 * walked.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/event.h"

G_BEGIN_DECLS

/** Facts that a policy may ask for: gc/policy.h. */
typedef struct _HpGcContext HpGcContext;

/** A collection under way; valid until `collect` returns. */
typedef struct _HpGc HpGc;

/** In which generation. */
typedef enum
{
  HP_PLACEMENT_DEFAULT, /* V8: young */
  HP_PLACEMENT_YOUNG,
  HP_PLACEMENT_OLD,
  HP_N_PLACEMENTS
} HpPlacement;

/** What is to be known of an object. */
typedef struct
{
  const HpShape *shape;
  HpAddress address; /* in words */
  HpSpace space;
  guint32 words;   /* its size */
  guint32 n_slots; /* all of them */
  guint32 age;     /* collections survived in new space */
  HpColour colour;
} HpGcObject;

/** A heap page of old space. */
typedef struct
{
  HpAddress start, end; /* the usable words: @start up to, not including, @end */
  guint32 used_words;   /* by objects not freed */
} HpGcPage;

/**
 * HpGcVisit: a place that refers to @target, which is alive or was
 * @kind: HP_VISIT_ROOT or HP_VISIT_STACK: @host is none; HP_VISIT_SLOT, HP_VISIT_REMEMBERED: slot @slot of @host
 */
typedef void (*HpGcVisit) (gpointer self, HpGc *gc, HpVisit kind, HpRef host, guint32 slot, HpRef target);
typedef void (*HpGcVisitObject) (gpointer self, HpGc *gc, HpRef object);
typedef void (*HpGcVisitPage) (gpointer self, HpGc *gc, const HpGcPage *page);
/** Whether @object is to be alive when the collection is over, by what is known so far. */
typedef gboolean (*HpGcIsLive) (gpointer self, HpGc *gc, HpRef object);

HpGcContext *hp_gc_context (HpGc *self);

/** Tell what comes next: a phase that the window and the recording show. Not HP_PHASE_MUTATOR. */
void hp_gc_enter_phase (HpGc *self, HpPhase phase);

/* ---- looking ----------------------------------------------------------------------------------------------------- */

/** FALSE when @object was freed or never was. */
gboolean hp_gc_describe (HpGc *self, HpRef object, HpGcObject *description);
/** HP_SPACE_NONE likewise. */
HpSpace hp_gc_space (HpGc *self, HpRef object);
/** The half of new space that survivors are copied to, and the other one. */
HpSpace hp_gc_to_space (const HpGc *self);
HpSpace hp_gc_from_space (const HpGc *self);

/** The stack, newest frame first, then the accumulator and the named roots: those that hold a reference. */
void hp_gc_visit_roots (HpGc *self, HpGcVisit visit, gpointer data);
/** The remembered set: strong slots outside new space that refer to young objects, by address. */
void hp_gc_visit_remembered (HpGc *self, HpGcVisit visit, gpointer data);
/** The strong slots of @object, in order. Not: weak slots, keys and values of ephemerons. */
void hp_gc_visit_slots (HpGc *self, HpRef object, HpGcVisit visit, gpointer data);
/** The values of the ephemerons of @table, whatever became of their keys: for who counts references. */
void hp_gc_visit_values (HpGc *self, HpRef table, HpGcVisit visit, gpointer data);
/**
 * The values of ephemerons whose table and key are alive and whose value is not. Returns: whether there was one. Repeat
 * until there is none; keys and tables that come to life by a value may bring others.
 */
gboolean hp_gc_visit_ephemerons (HpGc *self, HpGcIsLive is_live, HpGcVisit visit, gpointer data);
/**
 * The objects of @space, by address within a heap page, the pages in the order they are filled. The visitor may do
 * anything; what it puts behind the object visited is visited too: so Cheney's scan is one call.
 */
void hp_gc_visit_objects (HpGc *self, HpSpace space, HpGcVisitObject visit, gpointer data);
/** The heap pages of old space. */
void hp_gc_visit_pages (HpGc *self, HpGcVisitPage visit, gpointer data);

/* ---- colours ----------------------------------------------------------------------------------------------------- */

/* All objects are white when a collection begins, and made white when it ends. */

HpColour hp_gc_colour (HpGc *self, HpRef object);
/** A white object becomes grey. Returns: whether it was white. */
gboolean hp_gc_mark (HpGc *self, HpRef object);
/** A grey object becomes black. At fault: another colour. */
void hp_gc_blacken (HpGc *self, HpRef object);
/** Marks all that can be reached, what ephemerons keep alive too: for who only cares what happens after. */
void hp_gc_mark_reachable (HpGc *self);

/* ---- moving and freeing ------------------------------------------------------------------------------------------ */

/** The halves of new space change names. At fault: to-space would not be empty. */
gboolean hp_gc_flip (HpGc *self);
/**
 * Moves @object to where there is room: to to-space, or, when that is full or @placement is old, to old space, which
 * gets new heap pages up to its maximum. An object that is large stays and changes its space. Returns FALSE, and does
 * nothing, when there is no room.
 */
gboolean hp_gc_copy (HpGc *self, HpRef object, HpPlacement placement);
/**
 * Moves @object to the word address @to in old space or to-space, over its own old place if need be. At fault: what
 * is there is not free, is no such place, or the object is large.
 */
gboolean hp_gc_move (HpGc *self, HpRef object, HpAddress to);
/** At fault: a root refers to @object, or it is marked. */
gboolean hp_gc_free (HpGc *self, HpRef object);
/** Frees all white objects of @space, or of all spaces: %HP_SPACE_NONE. */
void hp_gc_free_unmarked (HpGc *self, HpSpace space);
/** Clears weak slots and ephemerons of what is white, now; what is freed is seen to anyway. For who frees later. */
void hp_gc_clear_weak (HpGc *self);

G_END_DECLS
