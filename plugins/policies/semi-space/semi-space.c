/* semi-space.c - one generation in two halves (R. Fenichel and J. Yochelson, A LISP garbage-collector for
 * virtual-memory computer systems, 1969; C. J. Cheney, A nonrecursive list compacting algorithm, 1970)
 *
 * When a half is full, the halves change names and what the roots lead to is copied to the empty one, breadth first:
 * to-space between the scan pointer and its end is the queue. The dead cost nothing. The halves double when more than
 * half of one survived. Large objects, and what no page of to-space takes, stay elsewhere and are marked instead.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

static void
reach (gpointer elsewhere, HpGc *gc, HpVisit kind, HpRef host, guint32 slot, HpRef target)
{
  if (hp_gc_space (gc, target) == hp_gc_from_space (gc))
    hp_gc_copy (gc, target, HP_PLACEMENT_YOUNG);
  if (hp_gc_space (gc, target) != hp_gc_to_space (gc) && hp_gc_mark (gc, target))
    g_array_append_val ((GArray *) elsewhere, target);
}

static gboolean
is_live (gpointer elsewhere, HpGc *gc, HpRef object)
{
  return hp_gc_space (gc, object) == hp_gc_to_space (gc) || hp_gc_colour (gc, object) != HP_COLOUR_WHITE;
}

/* Objects that are not in the queue. */
static void
scan_elsewhere (GArray *elsewhere, HpGc *gc)
{
  while (elsewhere->len > 0)
    {
      HpRef object = g_array_index (elsewhere, HpRef, elsewhere->len - 1);

      g_array_set_size (elsewhere, elsewhere->len - 1);
      hp_gc_visit_slots (gc, object, reach, elsewhere);
    }
}

static void
scan (gpointer elsewhere, HpGc *gc, HpRef object)
{
  hp_gc_visit_slots (gc, object, reach, elsewhere);
  scan_elsewhere (elsewhere, gc);
}

static void
free_the_rest (HpGc *gc)
{
  const HpSpace spaces[] = { hp_gc_from_space (gc), HP_SPACE_OLD, HP_SPACE_LARGE, HP_SPACE_NEW_LARGE };

  for (guint i = 0; i < G_N_ELEMENTS (spaces); i++)
    hp_gc_free_unmarked (gc, spaces[i]);
}

static void
collect (gpointer self, HpGc *gc, HpCollectionKind kind)
{
  g_autoptr (GArray) elsewhere = g_array_new (FALSE, FALSE, sizeof (HpRef));

  hp_gc_enter_phase (gc, HP_PHASE_FLIP);
  hp_gc_flip (gc);
  hp_gc_enter_phase (gc, HP_PHASE_ROOTS);
  hp_gc_visit_roots (gc, reach, elsewhere);
  hp_gc_enter_phase (gc, HP_PHASE_COPY);
  do
    {
      scan_elsewhere (elsewhere, gc);
      hp_gc_visit_objects (gc, hp_gc_to_space (gc), scan, elsewhere);
    }
  while (hp_gc_visit_ephemerons (gc, is_live, reach, elsewhere));
  free_the_rest (gc);
}

static HpBytes
semi_space_bytes (gpointer self, HpGcContext *context)
{
  guint64 used = hp_gc_context_used_bytes (context, HP_SPACE_SEMI_A)
                 + hp_gc_context_used_bytes (context, HP_SPACE_SEMI_B);
  guint64 half = hp_gc_context_semi_space_bytes (context);

  return used * 2 > half ? MIN (half * 2, hp_gc_context_semi_space_max_bytes (context)) : half;
}

static const HpGcPolicy policy = {
  .struct_size = sizeof (HpGcPolicy),
  .semi_space_bytes = semi_space_bytes,
  .collect = collect,
};

HP_DEFINE_POLICY ("semi-space", policy)
