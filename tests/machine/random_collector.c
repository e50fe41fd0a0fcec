/* random_collector.c - a policy that calls the primitives of collections at random, with random arguments
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "random_machine.h"

static guint32
dice (HpGc *gc, guint32 bound)
{
  return hp_gc_context_random (hp_gc_context (gc), bound);
}

/* Most often an object there is. */
static HpRef
any_object (HpGc *gc)
{
  guint64 n = hp_gc_context_counters (hp_gc_context (gc))->objects;

  return dice (gc, 20) == 0 ? dice (gc, G_MAXUINT32) : dice (gc, (guint32) n + 2);
}

static HpAddress
any_address (HpGc *gc, HpRef object)
{
  HpGcObject description = { .address = 1000, .words = 5 };

  hp_gc_describe (gc, object, &description);
  return dice (gc, 10) == 0 ? dice (gc, G_MAXUINT32)
                            : description.address + dice (gc, 2 * description.words) - description.words;
}

static void
visit (gpointer self, HpGc *gc, HpVisit kind, HpRef host, guint32 slot, HpRef target)
{
  if (dice (gc, 2) == 0)
    hp_gc_copy (gc, target, (HpPlacement) dice (gc, 4));
  else if (dice (gc, 16) == 0)
    hp_gc_free (gc, target);
}

static void
visit_object (gpointer self, HpGc *gc, HpRef object)
{
  if (dice (gc, 8) == 0)
    hp_gc_copy (gc, object, (HpPlacement) dice (gc, 4));
  if (dice (gc, 8) == 0)
    hp_gc_move (gc, object, any_address (gc, object));
}

static gboolean
is_live (gpointer self, HpGc *gc, HpRef object)
{
  return dice (gc, 2) == 0;
}

static void
look (gpointer self, HpGc *gc)
{
  switch (dice (gc, 7))
    {
    case 0:
      hp_gc_visit_roots (gc, visit, self);
      break;
    case 1:
      hp_gc_visit_remembered (gc, visit, self);
      break;
    case 2:
      hp_gc_visit_slots (gc, any_object (gc), visit, self);
      break;
    case 3:
      hp_gc_visit_ephemerons (gc, is_live, visit, self);
      break;
    case 4:
      hp_gc_visit_values (gc, any_object (gc), visit, self);
      break;
    case 5:
      hp_gc_visit_objects (gc, (HpSpace) dice (gc, HP_N_SPACES + 1), visit_object, self);
      break;
    default:
      hp_gc_enter_phase (gc, (HpPhase) dice (gc, HP_N_PHASES + 1));
    }
}

static void
act (gpointer self, HpGc *gc)
{
  HpRef object = any_object (gc);

  switch (dice (gc, 9))
    {
    case 0:
      hp_gc_mark (gc, object);
      break;
    case 1:
      hp_gc_blacken (gc, object);
      break;
    case 2:
      hp_gc_flip (gc);
      break;
    case 3:
      hp_gc_copy (gc, object, (HpPlacement) dice (gc, 4));
      break;
    case 4:
    case 5:
      hp_gc_move (gc, object, any_address (gc, object));
      break;
    case 6:
      if (dice (gc, 4) == 0)
        hp_gc_free (gc, object);
      break;
    default:
      look (self, gc);
    }
}

static void
collect (gpointer self, HpGc *gc, HpCollectionKind kind)
{
  if (dice (gc, 3) == 0)
    hp_gc_mark_reachable (gc);
  if (dice (gc, 8) == 0)
    hp_gc_clear_weak (gc);
  for (guint n = dice (gc, 60); n > 0; n--)
    act (self, gc);
  if (dice (gc, 2) == 0)
    hp_gc_free_unmarked (gc, (HpSpace) dice (gc, HP_N_SPACES + 1));
}

static HpPlacement
place (gpointer self, HpGcContext *context, const HpAllocationRequest *request)
{
  return (HpPlacement) hp_gc_context_random (context, HP_N_PLACEMENTS);
}

static gboolean
next_area (gpointer self, HpGcContext *context, HpBytes wanted, HpArea *area)
{
  *area = (HpArea){ hp_gc_context_random (context, 1 << 16), hp_gc_context_random (context, 64) };
  return hp_gc_context_random (context, 2) == 0;
}

static const HpGcPolicy AT_RANDOM = { .struct_size = sizeof (HpGcPolicy), .collect = collect, .place = place };
static const HpGcPolicy WITH_AREAS = {
  .struct_size = sizeof (HpGcPolicy), .collect = collect, .place = place, .next_area = next_area
};

const HpGcPolicy *
random_collector (guint64 seed)
{
  return seed % 3 == 0 ? &WITH_AREAS : &AT_RANDOM;
}
