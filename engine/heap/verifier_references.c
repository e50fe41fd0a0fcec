/* verifier_references.c - the rules of references: what slots lead to, weak ones too; colours; the remembered set
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/verifier_private.h"

#include <glib/gi18n-lib.h>

static guint64
slot_word (const HpWalked *walked, guint32 slot)
{
  return walked->object[walked->layout->first_slot + slot];
}

static HpRef
ref_of (const HpWalked *walked)
{
  return hp_map_low (walked->object[0]);
}

/* The ref of what @word leads to, where an object starts there, doomed ones included. */
static HpRef
target_of (const HpVerification *self, guint64 word)
{
  HpAddress address = hp_word_address (word);

  if (address >= self->objects.n_words || hp_heap_page_of (self->heap, address) == NULL)
    return HP_REF_NONE;
  return hp_heap_target_ref (self->heap, address);
}

/* ---- nothing lost ------------------------------------------------------------------------------------------------ */

static gboolean
is_young (const HpVerification *self, HpAddress address)
{
  return address < self->objects.n_words && hp_space_is_young (hp_heap_space_of (self->heap, address));
}

/* Whether it was for the remembered set to keep what @host refers to: a scavenge looks at no other slots of the old. */
static gboolean
depends_on_remembered_set (const HpVerification *self, HpAddress host, HpAddress target)
{
  return hp_verification_is_after_scavenge (self) && !is_young (self, host) && is_young (self, target);
}

static HpRule
rule_of_lost_edge (const HpVerification *self)
{
  const HpReached *lost = &self->reach.lost;

  if (lost->parent != HP_FROM_ROOT
      && depends_on_remembered_set (self, hp_reach_get (self->reach.reached, lost->parent)->address, lost->address))
    return HP_RULE_REMEMBERED_SET;
  return lost->is_value ? HP_RULE_EPHEMERONS : HP_RULE_NOTHING_LOST;
}

/* nothing-lost: each way from a root leads to living objects. The shortest one that does not is told. */
static gboolean
nothing_is_lost (HpVerification *self)
{
  const HpReached *lost = &self->reach.lost;
  g_auto (GStrv) path = NULL;
  HpRef host = HP_REF_NONE;

  if (!self->reach.has_lost)
    return TRUE;
  path = hp_reach_path (self->heap, self->reach.reached, lost);
  if (lost->parent != HP_FROM_ROOT)
    host = hp_reach_get (self->reach.reached, lost->parent)->ref;
  hp_verification_break (self,
                         rule_of_lost_edge (self),
                         host,
                         host != HP_REF_NONE ? lost->place : HP_NO_SLOT,
                         HP_REF_NONE,
                         _ ("%s points to free memory at %#x"),
                         path[g_strv_length (path) - 1],
                         lost->address);
  self->violation->path = g_steal_pointer (&path);
  return FALSE;
}

/* ---- slots of all objects, reachable or not ---------------------------------------------------------------------- */

static HpRule
rule_of_slot (const HpVerification *self, const HpWalked *walked, guint32 slot)
{
  if (depends_on_remembered_set (self, walked->address, hp_word_address (slot_word (walked, slot))))
    return hp_layout_is_key (walked->layout, walked->layout->first_slot + slot) ? HP_RULE_EPHEMERON_SET
                                                                                : HP_RULE_REMEMBERED_SET;
  switch ((HpReferences) walked->layout->references)
    {
    case HP_REFERENCES_WEAK:
    case HP_REFERENCES_FINALIZED:
      return slot == 0 ? HP_RULE_WEAK_SLOTS : HP_RULE_NO_DANGLING;
    case HP_REFERENCES_EPHEMERONS:
      return slot >= walked->layout->n_slots ? HP_RULE_EPHEMERONS : HP_RULE_NO_DANGLING;
    default:
      return HP_RULE_NO_DANGLING;
    }
}

/* no-dangling-slot, weak-slots, ephemerons: a reference leads to a living object. */
static gboolean
points_to_objects (HpVerification *self, const HpWalked *walked)
{
  if (walked->is_doomed)
    return TRUE;
  for (guint32 i = 0; i < walked->n_slots; i++)
    {
      guint64 word = slot_word (walked, i);

      if (hp_word_is_ref (word) && !hp_verification_has_object (self, hp_word_address (word)))
        return hp_verification_break (self,
                                      rule_of_slot (self, walked, i),
                                      ref_of (walked),
                                      i,
                                      target_of (self, word),
                                      _ ("slot %u of object %u points to free memory at %#x"),
                                      i,
                                      ref_of (walked),
                                      hp_word_address (word));
    }
  return TRUE;
}

/* remembered-set, ephemeron-set: a slot outside young space that points into it is in the set of its page. */
static gboolean
is_remembered (HpVerification *self, const HpWalked *walked, guint32 slot)
{
  guint32 offset = walked->layout->first_slot + slot;
  gboolean is_key = hp_layout_is_key (walked->layout, offset);
  const HpSlotSet *set = is_key ? &walked->page->young_keys : &walked->page->old_to_new;

  if (hp_slot_set_contains (set, walked->address + offset - walked->page->address))
    return TRUE;
  return hp_verification_break (self,
                                is_key ? HP_RULE_EPHEMERON_SET : HP_RULE_REMEMBERED_SET,
                                ref_of (walked),
                                slot,
                                target_of (self, slot_word (walked, slot)),
                                _ ("slot %u of object %u points from old to young, but is not remembered"),
                                slot,
                                ref_of (walked));
}

static gboolean
remembers_young_targets (HpVerification *self, const HpWalked *walked)
{
  if (is_young (self, walked->address) || walked->is_doomed)
    return TRUE;
  for (guint32 i = 0; i < walked->n_slots; i++)
    {
      guint64 word = slot_word (walked, i);

      if (hp_word_is_ref (word) && hp_space_is_young (hp_heap_space_of (self->heap, hp_word_address (word)))
          && !is_remembered (self, walked, i))
        return FALSE;
    }
  return TRUE;
}

/* ---- colours ----------------------------------------------------------------------------------------------------- */

/* Weak slots and entries of ephemerons are looked at when all else is marked. */
static gboolean
is_strong (const HpWalked *walked, guint32 slot)
{
  switch ((HpReferences) walked->layout->references)
    {
    case HP_REFERENCES_WEAK:
    case HP_REFERENCES_FINALIZED:
      return slot > 0;
    case HP_REFERENCES_EPHEMERONS:
      return slot < walked->layout->n_slots;
    default:
      return TRUE;
    }
}

static gboolean
is_white (const HpVerification *self, guint64 word)
{
  return hp_word_is_ref (word)
         && hp_map_colour (*hp_heap_words (self->heap, hp_word_address (word))) == HP_COLOUR_WHITE;
}

/* three-colours: a black object was looked through, and stores since then greyed what they stored. */
static gboolean
leads_to_nothing_white (HpVerification *self, const HpWalked *walked)
{
  for (guint32 i = 0; i < walked->n_slots; i++)
    if (is_strong (walked, i) && is_white (self, slot_word (walked, i)))
      return hp_verification_break (self,
                                    HP_RULE_THREE_COLOURS,
                                    ref_of (walked),
                                    i,
                                    target_of (self, slot_word (walked, i)),
                                    _ ("object %u is black, but its slot %u leads to the white object %u"),
                                    ref_of (walked),
                                    i,
                                    target_of (self, slot_word (walked, i)));
  return TRUE;
}

/* three-colours: what is grey would be forgotten if it were not on the list. */
static gboolean
is_waiting (HpVerification *self, const HpWalked *walked)
{
  if (hp_address_set_contains (&self->waiting, walked->address))
    return TRUE;
  return hp_verification_break (self,
                                HP_RULE_THREE_COLOURS,
                                ref_of (walked),
                                HP_NO_SLOT,
                                HP_REF_NONE,
                                _ ("object %u is grey, but not on the marking list"),
                                ref_of (walked));
}

static gboolean
respects_three_colours (HpVerification *self, const HpWalked *walked)
{
  switch (hp_map_colour (walked->object[0]))
    {
    case HP_COLOUR_BLACK:
      return leads_to_nothing_white (self, walked);
    case HP_COLOUR_GREY:
      return is_waiting (self, walked);
    default:
      return TRUE;
    }
}

static void
note_waiting (gpointer data, HpAddress address)
{
  HpVerification *self = data;

  if (!hp_verification_has_object (self, address))
    hp_verification_break (self,
                           HP_RULE_THREE_COLOURS,
                           HP_REF_NONE,
                           HP_NO_SLOT,
                           HP_REF_NONE,
                           _ ("the marking list leads to %#x, where no object is"),
                           address);
  else
    hp_address_set_add (&self->waiting, address);
}

/* three-colours: the marking list leads to objects. */
static gboolean
find_waiting (HpVerification *self)
{
  if (self->heap->marking)
    {
      hp_address_set_init (&self->waiting, self->heap);
      self->heap->visit_marking_list (self->heap->marking_data, note_waiting, self);
    }
  return self->violation == NULL;
}

/* colours: outside marking an object is white, but for the living on a page that waits to be swept: these are black. */
static gboolean
has_colour_of_state (HpVerification *self, const HpWalked *walked)
{
  HpColour colour = hp_map_colour (walked->object[0]);

  if (self->heap->marking)
    return respects_three_colours (self, walked);
  if (colour == HP_COLOUR_WHITE || (colour == HP_COLOUR_BLACK && (walked->page->flags & HP_HEAP_PAGE_TO_SWEEP) != 0))
    return TRUE;
  return hp_verification_break (self,
                                HP_RULE_COLOURS,
                                ref_of (walked),
                                HP_NO_SLOT,
                                HP_REF_NONE,
                                _ ("object %u is still marked although no collection is under way"),
                                ref_of (walked));
}

gboolean
hp_verification_check_references (HpVerification *self)
{
  static const HpObjectRule RULES[] = { points_to_objects, has_colour_of_state, remembers_young_targets };

  return nothing_is_lost (self) && find_waiting (self) && hp_verification_walk (self, RULES, G_N_ELEMENTS (RULES));
}
