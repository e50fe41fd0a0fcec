/* mark-compact.c - one generation that slides together (the LISP 2 collector: D. Knuth, TAOCP 1, exercise 2.5-33)
 *
 * Mark what the roots lead to; compute where each living object will be, in the order of heap pages and addresses; then
 * slide them there. Their order stays, and all free memory is behind the last one. LISP 2 has a pass more, which
 * updates the slots: here the engine does that.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

typedef struct
{
  GArray *pages; /* HpGcPage */
  guint page;
  HpAddress free;  /* where the next object goes, on that page */
  GArray *objects; /* HpRef, by address */
  GArray *to;      /* HpAddress: where each goes */
} Compaction;

static HpPlacement
place (gpointer self, HpGcContext *context, const HpAllocationRequest *request)
{
  return HP_PLACEMENT_OLD;
}

static void
add_page (gpointer data, HpGc *gc, const HpGcPage *page)
{
  Compaction *self = data;

  if (self->pages->len == 0)
    self->free = page->start;
  g_array_append_val (self->pages, *page);
}

static void
compute (gpointer data, HpGc *gc, HpRef ref)
{
  Compaction *self = data;
  HpGcObject object;

  hp_gc_describe (gc, ref, &object);
  if (object.words > g_array_index (self->pages, HpGcPage, self->page).end - self->free)
    self->free = g_array_index (self->pages, HpGcPage, ++self->page).start;
  g_array_append_val (self->objects, ref);
  g_array_append_val (self->to, self->free);
  self->free += object.words;
}

static void
slide (Compaction *self, HpGc *gc)
{
  for (guint i = 0; i < self->objects->len; i++)
    hp_gc_move (gc, g_array_index (self->objects, HpRef, i), g_array_index (self->to, HpAddress, i));
}

static void
collect (gpointer instance, HpGc *gc, HpCollectionKind kind)
{
  Compaction self = { .pages = g_array_new (FALSE, FALSE, sizeof (HpGcPage)),
                      .objects = g_array_new (FALSE, FALSE, sizeof (HpRef)),
                      .to = g_array_new (FALSE, FALSE, sizeof (HpAddress)) };

  hp_gc_mark_reachable (gc);
  hp_gc_free_unmarked (gc, HP_SPACE_NONE);
  hp_gc_enter_phase (gc, HP_PHASE_EVACUATE);
  hp_gc_visit_pages (gc, add_page, &self);
  hp_gc_visit_objects (gc, HP_SPACE_OLD, compute, &self);
  slide (&self, gc);
  g_array_unref (self.pages);
  g_array_unref (self.objects);
  g_array_unref (self.to);
}

static const HpGcPolicy policy = {
  .struct_size = sizeof (HpGcPolicy),
  .place = place,
  .collect = collect,
};

HP_DEFINE_POLICY ("mark-compact", policy)
