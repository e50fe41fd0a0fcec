/* verifier_private.h - one verification under way, for the files of rules
 *
 * First all pages are walked and the start of each object is noted; the rules then ask these notes. Each rule returns
 * TRUE, or says what is wrong by hp_verification_break() and returns FALSE.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "heap/reach.h"
#include "heap/verifier.h"

G_BEGIN_DECLS

typedef struct
{
  HpHeap *heap;
  HpAddressSet objects; /* where objects start, those excepted that only wait to be swept */
  HpAddressSet fillers;
  HpAddressSet waiting; /* while marking: what is on the marking list */
  guint64 bytes[HP_N_SPACES];
  guint64 doomed_bytes; /* of dead objects that wait to be swept */
  guint64 n_objects;
  gboolean has_reached; /* @reach is run */
  HpReach reach;
  const HpSnapshot *before; /* nullable */
  HpViolation *violation;
} HpVerification;

/** One object in a page walk. */
typedef struct
{
  HpHeapPage *page;
  HpAddress address;
  const guint64 *object;
  const HpLayout *layout;
  guint32 words;
  guint32 n_slots;
  gboolean is_doomed; /* dead, and only waiting for its page to be swept */
} HpWalked;

typedef gboolean (*HpObjectRule) (HpVerification *self, const HpWalked *walked);

/** Note the first violation. @object, @target: refs or none. Returns FALSE. */
gboolean hp_verification_break (
    HpVerification *self, HpRule rule, HpRef object, guint32 slot, HpRef target, const char *format, ...)
    G_GNUC_PRINTF (6, 7);

/** Whether an object that is alive starts at @address. */
static inline gboolean
hp_verification_has_object (const HpVerification *self, HpAddress address)
{
  return hp_address_set_contains (&self->objects, address);
}

/* verifier_structure.c: pages, refs, accounts, free lists */
gboolean hp_verification_walk (HpVerification *self, const HpObjectRule *rules, guint n_rules);
gboolean hp_verification_check_pages (HpVerification *self);
gboolean hp_verification_check_accounts (HpVerification *self);

/* verifier_references.c: what slots and roots lead to, colours, remembered set, weak slots */
gboolean hp_verification_check_references (HpVerification *self);

/* snapshot.c: what was reachable before a collection, held against what is now */
gboolean hp_verification_check_change (HpVerification *self);
/** Whether what happened since the snapshot was a scavenge. */
gboolean hp_verification_is_after_scavenge (const HpVerification *self);
HpSnapshot *hp_snapshot_new (HpVerification *self);

G_END_DECLS
