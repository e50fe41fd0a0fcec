/* weak.h - references that do not keep alive: weak slots and ephemerons
 *
 * What the kinds of references mean is said at #HpReferences. A scavenge treats weak slots and the values of ephemerons
 * as strong and drops the entries whose young key died; a full collection clears what it did not mark.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "heap/root_pool.h"

G_BEGIN_DECLS

typedef struct _HpCollector HpCollector;

/** An entry of an ephemeron table whose key and value were both white when it was last looked at. */
typedef struct
{
  HpAddress table;
  guint32 key; /* the key's slot, in words from the table's start; the value's is the next one */
} HpEphemeron;

/**
 * HpWeak: the weak things that marking or a scavenge came by; everything is empty between collections, unless
 * incremental marking is on
 */
typedef struct
{
  GArray *objects;    /* HpAddress: marked objects whose slot 0 is weak */
  GArray *tables;     /* HpAddress: marked ephemeron tables */
  GArray *discovered; /* HpEphemeron, not yet looked at again */
  GArray *waiting;    /* HpEphemeron, looked at again without success */
  GArray *survivors;  /* HpAddress: ephemeron tables that the scavenge under way brought to safety */
  HpRootPool roots;   /* hold what is queued for cleanup */
  GQueue *cleanup;    /* root ids: objects of %HP_REFERENCES_FINALIZED whose target died, the oldest first */
} HpWeak;

void hp_weak_init (HpWeak *self);
void hp_weak_free (HpWeak *self);

/* ---- marking ----------------------------------------------------------------------------------------------------- */

/**
 * hp_weak_discover:
 * @first, @end: (inout): all slots of the object, as offsets in words; afterwards those that are strong
 *
 * The marker came to an object whose references are not all strong.
 */
void hp_weak_discover (HpCollector *collector, HpAddress host, guint32 *first, guint32 *end);

/** With the marking list empty: mark what ephemerons keep alive, and all that follows from it. */
void hp_weak_mark_ephemerons (HpCollector *collector);

/** Marking is over: clear the weak slots and the ephemerons of what is dead, in %HP_PHASE_WEAK. */
void hp_weak_clear_dead (HpCollector *collector);

/* ---- scavenges --------------------------------------------------------------------------------------------------- */

/** The scavenger brought an ephemeron table to safety, and visits its slots but for the keys. */
void hp_weak_table_survived (HpCollector *collector, HpAddress table);

/**
 * hp_weak_after_copying:
 *
 * All that survives was copied, from-space is still there: remove the entries of ephemeron tables whose young key
 * died, redirect the keys that moved, and find the weak things again that incremental marking came by.
 */
void hp_weak_after_copying (HpCollector *collector);

G_END_DECLS
