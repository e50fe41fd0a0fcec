/* mark-region.c - Immix (S. Blackburn and K. McKinley, Immix: a mark-region garbage collector …, PLDI 2008)
 *
 * Old space is blocks (here: heap pages) of lines of 128 bytes. A collection marks and then looks for holes: runs of
 * lines that no living object touches. New objects are allocated one after the other from hole to hole; free memory
 * that fills no line stays unused. Blocks with little in them are emptied into the holes of others first; free blocks
 * go back to the heap, which gives out a new one when the holes are used up.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

#define LINE_WORDS (128 / HP_WORD_BYTES)

typedef struct
{
  GArray *holes;  /* HpArea; used up from the front */
  GArray *blocks; /* HpGcPage, of the collection under way */
  guint block;    /* being walked */
  HpAddress end;  /* of the last object in it, or its start */
  guint evacuate_below;
  gboolean sparing; /* holes in sparse blocks do not count */
} MarkRegion;

static gpointer
create (HpGcContext *context)
{
  MarkRegion *self = g_new0 (MarkRegion, 1);

  self->holes = g_array_new (FALSE, FALSE, sizeof (HpArea));
  self->blocks = g_array_new (FALSE, FALSE, sizeof (HpGcPage));
  self->evacuate_below = (guint) hp_settings_get_integer (hp_gc_context_settings (context), "evacuate-below");
  return self;
}

static void
destroy (gpointer instance)
{
  MarkRegion *self = instance;

  g_array_unref (self->holes);
  g_array_unref (self->blocks);
  g_free (self);
}

static HpPlacement
place (gpointer self, HpGcContext *context, const HpAllocationRequest *request)
{
  return HP_PLACEMENT_OLD;
}

/* The first hole that is large enough. */
static gboolean
take_hole (MarkRegion *self, guint32 words, HpArea *hole)
{
  for (guint i = 0; i < self->holes->len; i++)
    {
      *hole = g_array_index (self->holes, HpArea, i);
      if (hole->words >= words)
        {
          g_array_remove_index (self->holes, i);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
next_area (gpointer self, HpGcContext *context, HpBytes wanted, HpArea *area)
{
  return take_hole (self, (guint32) (wanted / HP_WORD_BYTES), area);
}

/* ---- holes ------------------------------------------------------------------------------------------------------- */

static const HpGcPage *
block_at (const MarkRegion *self, guint i)
{
  return &g_array_index (self->blocks, HpGcPage, i);
}

static gboolean
is_sparse (const MarkRegion *self, const HpGcPage *block)
{
  return (guint64) block->used_words * 100 < (guint64) (block->end - block->start) * self->evacuate_below;
}

/* What lies free up to @limit, in whole lines of the block. */
static void
add_hole (MarkRegion *self, HpAddress limit)
{
  const HpGcPage *block = block_at (self, self->block);
  HpAddress first = block->start + (self->end - block->start + LINE_WORDS - 1) / LINE_WORDS * LINE_WORDS;
  HpAddress last = limit == block->end ? limit : block->start + (limit - block->start) / LINE_WORDS * LINE_WORDS;
  HpArea hole = { first, first < last ? last - first : 0 };

  if (hole.words >= LINE_WORDS && block->used_words > 0 && !(self->sparing && is_sparse (self, block)))
    g_array_append_val (self->holes, hole);
}

static void
finish_block (MarkRegion *self)
{
  add_hole (self, block_at (self, self->block)->end);
  if (++self->block < self->blocks->len)
    self->end = block_at (self, self->block)->start;
}

static void
look_below (gpointer instance, HpGc *gc, HpRef ref)
{
  MarkRegion *self = instance;
  HpGcObject object;

  hp_gc_describe (gc, ref, &object);
  while (object.address < block_at (self, self->block)->start || object.address >= block_at (self, self->block)->end)
    finish_block (self);
  add_hole (self, object.address);
  self->end = object.address + object.words;
}

static void
add_block (gpointer instance, HpGc *gc, const HpGcPage *page)
{
  g_array_append_val (((MarkRegion *) instance)->blocks, *page);
}

static void
find_holes (MarkRegion *self, HpGc *gc, gboolean sparing)
{
  g_array_set_size (self->holes, 0);
  g_array_set_size (self->blocks, 0);
  hp_gc_visit_pages (gc, add_block, self);
  self->sparing = sparing;
  self->block = 0;
  if (self->blocks->len > 0)
    self->end = block_at (self, 0)->start;
  hp_gc_visit_objects (gc, HP_SPACE_OLD, look_below, self);
  while (self->block < self->blocks->len)
    finish_block (self);
}

/* ---- collecting -------------------------------------------------------------------------------------------------- */

typedef struct
{
  MarkRegion *policy;
  GArray *sparse; /* HpRef: what lives in sparse blocks */
} Evacuation;

static void
choose (gpointer data, HpGc *gc, HpRef ref)
{
  Evacuation *self = data;
  HpGcObject object;

  hp_gc_describe (gc, ref, &object);
  for (guint i = 0; i < self->policy->blocks->len; i++)
    if (object.address >= block_at (self->policy, i)->start && object.address < block_at (self->policy, i)->end
        && is_sparse (self->policy, block_at (self->policy, i)))
      g_array_append_val (self->sparse, ref);
}

/* Opportunistic: as far as the holes reach. */
static void
evacuate (MarkRegion *self, HpGc *gc)
{
  g_autoptr (GArray) sparse = g_array_new (FALSE, FALSE, sizeof (HpRef));
  HpArea area = { 0, 0 };

  find_holes (self, gc, TRUE);
  hp_gc_enter_phase (gc, HP_PHASE_EVACUATE);
  hp_gc_visit_objects (gc, HP_SPACE_OLD, choose, &(Evacuation){ self, sparse });
  for (guint i = 0; i < sparse->len; i++)
    {
      HpGcObject object;

      hp_gc_describe (gc, g_array_index (sparse, HpRef, i), &object);
      if (area.words < object.words && !take_hole (self, object.words, &area))
        return;
      hp_gc_move (gc, g_array_index (sparse, HpRef, i), area.address);
      area = (HpArea){ area.address + object.words, area.words - object.words };
    }
}

static void
collect (gpointer self, HpGc *gc, HpCollectionKind kind)
{
  hp_gc_mark_reachable (gc);
  hp_gc_free_unmarked (gc, HP_SPACE_NONE);
  evacuate (self, gc);
  find_holes (self, gc, FALSE);
}

static const HpGcPolicy policy = {
  .struct_size = sizeof (HpGcPolicy),
  .create = create,
  .destroy = destroy,
  .place = place,
  .collect = collect,
  .next_area = next_area,
};

HP_DEFINE_POLICY ("mark-region", policy)
