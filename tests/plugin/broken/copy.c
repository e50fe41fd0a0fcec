/* copy.c - a bundled policy with one thing done wrong: its own source, in which one name means something else
 *
 * SOURCE is the policy's file, and one of the BREAK_… says what is wrong. So the copies stay copies when the policies
 * change. A wrong answer is tried where a policy only decides; a broken collection where it brings a collector.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

#undef HP_DEFINE_POLICY
#define HP_DEFINE_POLICY(id, vtable) HP_DEFINE_PLUGIN_ ("broken-" id, HP_PLUGIN_POLICY, .policy = &(vtable))

/* ---- wrong answers ----------------------------------------------------------------------------------------------- */

#ifdef BREAK_NO_OPINION /* where there was none */
static HpFate
break_fate (gpointer self, HpGcContext *context, const HpSurvivor *survivor)
{
  return (HpFate) 7;
}
#define struct_size survivor_fate = break_fate, .struct_size
#endif

#ifdef BREAK_FATE
#define HP_FATE_PROMOTE ((HpFate) 7)
#endif

#ifdef BREAK_COLLECT_NOTHING
#define HP_COLLECT_NOTHING ((HpCollectNow) 9)
#endif

#ifdef BREAK_COLLECT_FULL
#define HP_COLLECT_FULL ((HpCollectNow) 9)
#endif

#ifdef BREAK_RANGE
#define hp_settings_get_boolean(settings, name) TRUE
#endif

/* ---- broken collections ------------------------------------------------------------------------------------------ */

/* A scavenge as textbooks have it, but from the stack and the roots alone. */
#ifdef BREAK_REMEMBERED_SET
static void
reach_young (gpointer self, HpGc *gc, HpVisit kind, HpRef host, guint32 slot, HpRef target)
{
  if (hp_gc_space (gc, target) == hp_gc_from_space (gc))
    hp_gc_copy (gc, target, HP_PLACEMENT_YOUNG);
  else if (hp_gc_space (gc, target) == HP_SPACE_NEW_LARGE)
    hp_gc_copy (gc, target, HP_PLACEMENT_OLD);
}

static void
scan_young (gpointer self, HpGc *gc, HpRef object)
{
  hp_gc_visit_slots (gc, object, reach_young, self);
}

static gboolean
is_kept (gpointer self, HpGc *gc, HpRef object)
{
  return hp_gc_space (gc, object) != hp_gc_from_space (gc);
}

static void
scavenge (gpointer self, HpGc *gc, HpCollectionKind kind)
{
  if (kind == HP_COLLECTION_FULL)
    {
      hp_gc_mark_reachable (gc);
      hp_gc_free_unmarked (gc, HP_SPACE_NONE);
      return;
    }
  hp_gc_flip (gc);
  hp_gc_visit_roots (gc, reach_young, self);
  do
    hp_gc_visit_objects (gc, hp_gc_to_space (gc), scan_young, self);
  while (hp_gc_visit_ephemerons (gc, is_kept, reach_young, self));
  hp_gc_free_unmarked (gc, hp_gc_from_space (gc));
}
#define struct_size collect = scavenge, .struct_size
#endif

/* One of those that were marked goes too. */
#ifdef BREAK_MARKED
static void
free_one (gpointer freed, HpGc *gc, HpRef object)
{
  if (!*(gboolean *) freed && hp_gc_colour (gc, object) != HP_COLOUR_WHITE)
    *(gboolean *) freed = !hp_gc_free (gc, object);
}

static void
free_too_much (HpGc *gc, HpSpace space)
{
  gboolean freed = FALSE;

  hp_gc_visit_objects (gc, HP_SPACE_OLD, free_one, &freed);
  hp_gc_free_unmarked (gc, space);
}
#define hp_gc_free_unmarked free_too_much
#endif

/* What roots refer to is alive, and nothing else. */
#ifdef BREAK_MARKING
static void
mark_target (gpointer self, HpGc *gc, HpVisit kind, HpRef host, guint32 slot, HpRef target)
{
  hp_gc_mark (gc, target);
}

static void
mark_roots (HpGc *gc)
{
  hp_gc_visit_roots (gc, mark_target, NULL);
}
#define hp_gc_mark_reachable mark_roots
#endif

#ifdef BREAK_ROOTS
#define hp_gc_visit_roots(gc, visit, data) ((void) visit)
#endif

#ifdef BREAK_EPHEMERONS
#define hp_gc_visit_ephemerons(gc, is_live, visit, data) ((void) is_live, FALSE)
#endif

/* A word too far: into the neighbour. */
#ifdef BREAK_MOVES
/* Every object goes where the first one went. */
static gboolean
move_onto_the_first (HpGc *gc, HpRef object, HpAddress to)
{
  static HpAddress first;

  first = first != 0 ? first : to;
  return hp_gc_move (gc, object, first);
}
#define hp_gc_move move_onto_the_first
#endif

#include SOURCE
