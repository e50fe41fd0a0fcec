/* cells.c - a heap page as a map of cells, for heaps too large to draw objects
 *
 * A cell stands for an equal part of the page and shows what takes most of it; what the current step touches always
 * shows.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "map.h"

#include <math.h>

#define CELL 4.0 /* units wide, at least 2 in a row */

/** Add the words @from … @end of @role to the cells they lie in. */
static void
add_words (guint32 (*words)[HP_N_ROLES], guint64 n_cells, guint32 usable, guint32 from, guint32 end, HpRole role)
{
  while (from < end)
    {
      guint64 cell = (guint64) from * n_cells / usable;
      guint32 border = (guint32) (((cell + 1) * usable + n_cells - 1) / n_cells);
      guint32 to = MIN (end, MAX (border, from + 1));

      words[cell][role] += to - from;
      from = to;
    }
}

static void
add_objects (const Map *self, const PagePlace *page, guint32 (*words)[HP_N_ROLES], guint64 n_cells)
{
  HpAddress start = map_page_start (page), end = start + page->state.usable_words;
  HpAddress at = start;

  while (at < end)
    {
      HpRef ref = hp_moment_next_object (self->moment, at, end);
      const HpObjectState *object = ref != HP_REF_NONE ? hp_moment_object (self->moment, ref) : NULL;
      HpAddress next = object != NULL ? object->address : end;

      add_words (words, n_cells, page->state.usable_words, at - start, next - start, HP_ROLE_FREE);
      if (object == NULL)
        return;
      at = MIN (next + object->size_words, end);
      add_words (words,
                 n_cells,
                 page->state.usable_words,
                 next - start,
                 at - start,
                 ref == self->touched ? HP_ROLE_OBJECT_NEW : map_object_role (self, ref, object));
    }
}

static guint8
strongest (const guint32 words[HP_N_ROLES])
{
  guint8 best = HP_ROLE_FREE;

  if (words[HP_ROLE_OBJECT_NEW] > 0)
    return HP_ROLE_OBJECT_NEW;
  for (guint8 role = 0; role < HP_N_ROLES; role++)
    if (words[role] > words[best])
      best = role;
  return best;
}

void
map_draw_cells (Map *self, const PagePlace *page)
{
  guint side = (guint) CLAMP (sqrt (page->state.usable_words), 1, MAX (self->page_side / CELL, 2));
  guint n = side * side;
  g_autofree guint32 (*words)[HP_N_ROLES] = g_malloc0_n (n, sizeof *words);
  g_autofree guint8 *roles = g_malloc (n);

  if (page->state.usable_words == 0)
    return;
  add_objects (self, page, words, n);
  for (guint i = 0; i < n; i++)
    {
      roles[i] = strongest (words[i]);
      self->used[roles[i]] = TRUE;
    }
  hp_scene_add_cells (self->scene,
                      (HpRect){ page->x, page->y, self->page_side, self->page_side },
                      side,
                      roles,
                      n,
                      HP_TARGET_NONE,
                      0,
                      NULL);
}
