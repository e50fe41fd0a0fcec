/* verifier.c - the order in which the rules are checked, and what is kept of a broken one
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/verifier_private.h"

gboolean
hp_verification_break (
    HpVerification *self, HpRule rule, HpRef object, guint32 slot, HpRef target, const char *format, ...)
{
  va_list arguments;

  if (self->violation != NULL)
    return FALSE;
  self->violation = g_new0 (HpViolation, 1);
  self->violation->rule = rule;
  self->violation->object = object;
  self->violation->slot = slot;
  self->violation->target = target;
  va_start (arguments, format);
  self->violation->sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return FALSE;
}

static gboolean
find_reachable (HpVerification *self)
{
  hp_reach_run (&self->reach, self->heap, &self->objects);
  self->has_reached = TRUE;
  return TRUE;
}

/* The way to the object that is wrong. Where the walk itself failed, only what came before the damage can be found. */
static void
find_path (HpVerification *self)
{
  HpViolation *violation = self->violation;
  guint32 i;

  if (violation->path != NULL || violation->object == HP_REF_NONE)
    return;
  if (!self->has_reached)
    find_reachable (self);
  i = hp_reach_find (self->reach.reached, violation->object);
  if (i != HP_FROM_ROOT)
    violation->path = hp_reach_path (self->heap, self->reach.reached, hp_reach_get (self->reach.reached, i));
}

HpViolation *
hp_verifier_check (HpHeap *heap, const HpSnapshot *before, HpSnapshot **now)
{
  HpVerification self = { .heap = heap, .before = before };
  gboolean holds;

  hp_address_set_init (&self.objects, heap);
  hp_address_set_init (&self.fillers, heap);
  holds = hp_verification_check_pages (&self) && find_reachable (&self) && hp_verification_check_references (&self)
          && hp_verification_check_accounts (&self) && hp_verification_check_change (&self);
  if (!holds)
    find_path (&self);
  if (now != NULL)
    *now = holds ? hp_snapshot_new (&self) : NULL;
  if (self.has_reached)
    hp_reach_clear (&self.reach);
  hp_address_set_clear (&self.objects);
  hp_address_set_clear (&self.fillers);
  hp_address_set_clear (&self.waiting);
  return self.violation;
}
