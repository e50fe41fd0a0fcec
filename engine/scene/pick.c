/* pick.c - from points to targets and from target to target
 *
 * Boxes and cells can be pointed at; arrows, lines and texts cannot: what lies under them can.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/pick.h"

#include <math.h>

static gboolean
rect_contains (const HpRect *rect, double x, double y)
{
  return x >= rect->x && x < rect->x + rect->width && y >= rect->y && y < rect->y + rect->height;
}

static gboolean
rect_encloses (const HpRect *outer, const HpRect *inner)
{
  return inner->x >= outer->x && inner->y >= outer->y && inner->x + inner->width <= outer->x + outer->width
         && inner->y + inner->height <= outer->y + outer->height;
}

static gsize
cell_rows (const HpItem *item)
{
  return (item->n_cells + item->columns - 1) / item->columns;
}

static HpRect
cell_rect (const HpItem *item, gsize i)
{
  double width = item->rect.width / item->columns;
  double height = item->rect.height / (double) cell_rows (item);

  return (HpRect){ item->rect.x + width * (double) (i % item->columns),
                   item->rect.y + height * (double) (i / item->columns),
                   width,
                   height };
}

/** The cell nearest to a point (inside the item or not). */
static gsize
cell_near (const HpItem *item, double x, double y)
{
  gsize rows = cell_rows (item);
  double column = (x - item->rect.x) / MAX (item->rect.width, 1e-9) * item->columns;
  double row = (y - item->rect.y) / MAX (item->rect.height, 1e-9) * (double) rows;
  gsize i = (gsize) CLAMP (floor (row), 0, (double) rows - 1) * item->columns
            + (gsize) CLAMP (floor (column), 0, (double) item->columns - 1);

  return MIN (i, item->n_cells - 1);
}

static HpTarget
cell_target (const HpItem *item, gsize i)
{
  return HP_TARGET (item->target.kind, item->target.id + (guint32) i);
}

static gboolean
has_target (const HpItem *item)
{
  return (item->kind == HP_ITEM_BOX || item->kind == HP_ITEM_CELLS) && item->target.kind != HP_TARGET_NONE;
}

static HpTarget
found (HpTarget target, HpRect rect, const HpItem *item, HpRect *bounds, const char **title)
{
  if (bounds != NULL)
    *bounds = rect;
  if (title != NULL)
    *title = item->title;
  return target;
}

HpTarget
hp_scene_pick (const HpScene *self, double x, double y, HpRect *bounds, const char **title)
{
  g_return_val_if_fail (self != NULL, HP_TARGET_NOTHING);

  for (gsize i = hp_scene_n_items (self); i-- > 0;)
    {
      const HpItem *item = hp_scene_item (self, i);

      if (!has_target (item) || !rect_contains (&item->rect, x, y))
        continue;
      if (item->kind == HP_ITEM_BOX)
        return found (item->target, item->rect, item, bounds, title);
      else
        {
          gsize cell = cell_near (item, x, y);
          HpRect rect = cell_rect (item, cell);

          if (rect_contains (&rect, x, y))
            return found (cell_target (item, cell), rect, item, bounds, title);
        }
    }
  return HP_TARGET_NOTHING;
}

gboolean
hp_item_shows (const HpItem *item, HpTarget target, HpRect *rect)
{
  if (!has_target (item) || item->target.kind != target.kind)
    return FALSE;
  if (item->kind == HP_ITEM_BOX)
    {
      *rect = item->rect;
      return hp_target_equal (item->target, target);
    }
  if (target.sub != 0 || target.id < item->target.id || target.id - item->target.id >= item->n_cells)
    return FALSE;
  *rect = cell_rect (item, target.id - item->target.id);
  return TRUE;
}

/** The number of the first item that shows @target; the number of items where none does. */
static gsize
find_item (const HpScene *self, HpTarget target, HpRect *rect)
{
  gsize n = hp_scene_n_items (self);

  for (gsize i = 0; i < n; i++)
    if (hp_item_shows (hp_scene_item (self, i), target, rect))
      return i;
  return n;
}

gboolean
hp_scene_find (const HpScene *self, HpTarget target, HpRect *bounds, const char **title)
{
  HpRect rect;
  gsize i;

  g_return_val_if_fail (self != NULL, FALSE);

  if (target.kind == HP_TARGET_NONE)
    return FALSE;
  i = find_item (self, target, &rect);
  if (i == hp_scene_n_items (self))
    return FALSE;
  found (target, rect, hp_scene_item (self, i), bounds, title);
  return TRUE;
}

/* ---- travel ----------------------------------------------------------------------------------------------------- */

/** How far @to lies from @from in a direction, sideways distance counting double; below 0: not in that direction. */
static double
distance (const HpRect *from, const HpRect *to, HpTravel direction)
{
  double gap_x = MAX (to->x - (from->x + from->width), from->x - (to->x + to->width));
  double gap_y = MAX (to->y - (from->y + from->height), from->y - (to->y + to->height));
  double across_x = fabs (to->x + to->width / 2 - from->x - from->width / 2);
  double across_y = fabs (to->y + to->height / 2 - from->y - from->height / 2);
  double along, across, overlap;

  switch (direction)
    {
    case HP_TRAVEL_LEFT:
      along = from->x - (to->x + to->width), across = gap_y, overlap = across_y;
      break;
    case HP_TRAVEL_RIGHT:
      along = to->x - (from->x + from->width), across = gap_y, overlap = across_y;
      break;
    case HP_TRAVEL_UP:
      along = from->y - (to->y + to->height), across = gap_x, overlap = across_x;
      break;
    default:
      along = to->y - (from->y + from->height), across = gap_x, overlap = across_x;
      break;
    }
  if (along < -0.5)
    return -1;
  return MAX (along, 0) + 2 * MAX (across, 0) + overlap / 100;
}

/** The nearest target of @self in a direction; with @inside, only of those that lie in that box, but are not it. */
static HpTarget
nearest (const HpScene *self, const HpRect *from, HpTravel direction, const HpRect *inside, HpRect *rect)
{
  HpTarget best = HP_TARGET_NOTHING;
  double least = G_MAXDOUBLE;

  for (gsize i = 0; i < hp_scene_n_items (self); i++)
    {
      const HpItem *item = hp_scene_item (self, i);
      HpTarget target = item->target;
      HpRect place = item->rect;
      double far;

      if (!has_target (item))
        continue;
      if (item->kind == HP_ITEM_CELLS)
        {
          gsize cell = cell_near (item, from->x + from->width / 2, from->y + from->height / 2);

          target = cell_target (item, cell);
          place = cell_rect (item, cell);
        }
      if (inside != NULL && (!rect_encloses (inside, &place) || rect_encloses (&place, inside)))
        continue;
      far = distance (from, &place, direction);
      if (far >= 0 && far < least)
        least = far, best = target, *rect = place;
    }
  return best;
}

/** Inside one map of cells: the neighbour. Nothing at its border. */
static HpTarget
neighbour_cell (const HpItem *item, gsize cell, HpTravel direction)
{
  gsize column = cell % item->columns;

  if (direction == HP_TRAVEL_LEFT && column > 0)
    return cell_target (item, cell - 1);
  if (direction == HP_TRAVEL_RIGHT && column + 1 < item->columns && cell + 1 < item->n_cells)
    return cell_target (item, cell + 1);
  if (direction == HP_TRAVEL_UP && cell >= item->columns)
    return cell_target (item, cell - item->columns);
  if (direction == HP_TRAVEL_DOWN && cell + item->columns < item->n_cells)
    return cell_target (item, cell + item->columns);
  return HP_TARGET_NOTHING;
}

/** What is nearest may be a box full of others: then the nearest of those, so that arrows reach the innermost. */
static HpTarget
travel_across (const HpScene *self, HpTarget from, const HpRect *start, HpTravel direction)
{
  HpRect rect, inside;
  HpTarget target = nearest (self, start, direction, NULL, &rect);
  HpTarget inner = target;

  if (target.kind == HP_TARGET_NONE)
    return from;
  while (inner.kind != HP_TARGET_NONE)
    {
      target = inner;
      inside = rect;
      inner = nearest (self, start, direction, &inside, &rect);
    }
  return target;
}

/** The next item in paint order that shows a target for the first time. */
static HpTarget
travel_along (const HpScene *self, HpTarget from, gsize i, gboolean forward)
{
  const HpItem *item = i < hp_scene_n_items (self) ? hp_scene_item (self, i) : NULL;

  if (item != NULL && item->kind == HP_ITEM_CELLS)
    {
      gsize cell = from.id - item->target.id;

      if (forward ? cell + 1 < item->n_cells : cell > 0)
        return cell_target (item, forward ? cell + 1 : cell - 1);
    }
  for (i = forward ? i + 1 : i - 1; i < hp_scene_n_items (self); i = forward ? i + 1 : i - 1)
    {
      HpTarget target;
      HpRect rect;

      item = hp_scene_item (self, i);
      if (!has_target (item))
        continue;
      target = item->kind == HP_ITEM_CELLS && !forward ? cell_target (item, item->n_cells - 1) : item->target;
      if (find_item (self, target, &rect) == i)
        return target;
    }
  return from;
}

HpTarget
hp_scene_travel (const HpScene *self, HpTarget from, HpTravel direction)
{
  HpRect rect;
  HpTarget neighbour;
  const HpItem *item;
  gsize i;

  g_return_val_if_fail (self != NULL, HP_TARGET_NOTHING);

  i = from.kind == HP_TARGET_NONE ? hp_scene_n_items (self) : find_item (self, from, &rect);
  if (i == hp_scene_n_items (self))
    return travel_along (self, HP_TARGET_NOTHING, G_MAXSIZE, TRUE);
  if (direction == HP_TRAVEL_NEXT || direction == HP_TRAVEL_PREVIOUS)
    return travel_along (self, from, i, direction == HP_TRAVEL_NEXT);

  item = hp_scene_item (self, i);
  if (item->kind == HP_ITEM_CELLS)
    {
      neighbour = neighbour_cell (item, from.id - item->target.id, direction);
      if (neighbour.kind != HP_TARGET_NONE)
        return neighbour;
    }
  return travel_across (self, from, &rect, direction);
}
