/* arrow.c - the course of an arrow and which arrows are shown
 *
 * An arrow leaves and enters straight through the sides it was given, so that it can be followed to the very slot and
 * does not run along the boxes between. Where no side was given: sideways when it goes more across than along the page;
 * a steep one bows (right on the way down, left on the way up), so that arrows of one column do not lie on each other.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/arrow.h"

#include <math.h>

#define HEAD_LENGTH 4.0  /* and twice the line's width */
#define HEAD_HALF 1.6    /* and once the line's width */
#define LEAST_REACH 14.0 /* how far a side's direction is kept */
#define MOST_REACH 40.0  /* along the page; across it, twice that */
#define LOOP 18.0        /* reach of an arrow that ends where it starts */

static void
choose_freely (const HpArrowEnd *from, const HpArrowEnd *to, double *x, double *y, double at)
{
  double dx = to->x - from->x, dy = to->y - from->y;
  double bow = copysign (MIN (fabs (dy) / 4, 30), dy);

  if (fabs (dx) < 1 && fabs (dy) < 1)
    *x = from->x + LOOP, *y = from->y + (at < 0.5 ? -LOOP : LOOP);
  else if (fabs (dx) >= fabs (dy) / 2)
    *x = from->x + dx / 2, *y = at < 0.5 ? from->y : to->y;
  else
    *x = from->x + dx * at + bow, *y = from->y + dy * at;
}

/** The control point of @end. */
static void
choose_control (const HpArrowEnd *end, const HpArrowEnd *from, const HpArrowEnd *to, double at, double *x, double *y)
{
  double across = CLAMP (fabs (to->x - from->x) * 0.45, LEAST_REACH, 2 * MOST_REACH);
  double along = CLAMP (fabs (to->y - from->y) * 0.45, LEAST_REACH, MOST_REACH);

  *x = end->x;
  *y = end->y;
  switch (end->side)
    {
    case HP_SIDE_LEFT:
      *x -= across;
      break;
    case HP_SIDE_RIGHT:
      *x += across;
      break;
    case HP_SIDE_TOP:
      *y -= along;
      break;
    case HP_SIDE_BOTTOM:
      *y += along;
      break;
    case HP_SIDE_ANY:
    default:
      choose_freely (from, to, x, y, at);
      break;
    }
}

static void
choose_controls (const HpItem *arrow, HpArrowShape *shape)
{
  choose_control (&arrow->from, &arrow->from, &arrow->to, 0.25, &shape->x[1], &shape->y[1]);
  choose_control (&arrow->to, &arrow->from, &arrow->to, 0.75, &shape->x[2], &shape->y[2]);
}

void
hp_arrow_shape (const HpItem *arrow, double width, HpArrowShape *shape)
{
  double length = HEAD_LENGTH + 2 * width, half = HEAD_HALF + width;
  double tip_x = arrow->to.x, tip_y = arrow->to.y;
  double ux, uy, distance;

  choose_controls (arrow, shape);
  shape->x[0] = arrow->from.x, shape->y[0] = arrow->from.y;
  shape->dot = 1 + width;
  ux = tip_x - shape->x[2], uy = tip_y - shape->y[2];
  distance = hypot (ux, uy);
  if (distance < 1e-6)
    ux = 1, uy = 0, distance = 1;
  ux /= distance, uy /= distance;

  shape->head_x[0] = tip_x, shape->head_y[0] = tip_y;
  shape->x[3] = tip_x - ux * length, shape->y[3] = tip_y - uy * length;
  shape->head_x[1] = shape->x[3] - uy * half, shape->head_y[1] = shape->y[3] + ux * half;
  shape->head_x[2] = shape->x[3] + uy * half, shape->head_y[2] = shape->y[3] - ux * half;
}

HpRect
hp_arrow_bounds (const HpItem *arrow)
{
  const double margin = 5; /* the head, the dot and half a line */
  HpArrowShape shape = { { 0 } };
  double left, top, right, bottom;

  choose_controls (arrow, &shape);
  left = MIN (MIN (arrow->from.x, arrow->to.x), MIN (shape.x[1], shape.x[2]));
  right = MAX (MAX (arrow->from.x, arrow->to.x), MAX (shape.x[1], shape.x[2]));
  top = MIN (MIN (arrow->from.y, arrow->to.y), MIN (shape.y[1], shape.y[2]));
  bottom = MAX (MAX (arrow->from.y, arrow->to.y), MAX (shape.y[1], shape.y[2]));
  return (HpRect){ left - margin, top - margin, right - left + 2 * margin, bottom - top + 2 * margin };
}

gboolean
hp_rect_touches (const HpRect *a, const HpRect *b)
{
  return a->x <= b->x + b->width && b->x <= a->x + a->width && a->y <= b->y + b->height && b->y <= a->y + a->height;
}

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  int x = *(const int *) a, y = *(const int *) b;

  return (x < y) - (x > y); /* highest first */
}

void
hp_arrow_filter_init (HpArrowFilter *self, const HpScene *scene, const HpRect *clip)
{
  g_autoptr (GArray) ranks = g_array_new (FALSE, FALSE, sizeof (int));

  *self = (HpArrowFilter){ G_MININT, G_MAXUINT };
  for (gsize i = 0; i < hp_scene_n_items (scene); i++)
    {
      const HpItem *item = hp_scene_item (scene, i);

      if (item->kind == HP_ITEM_ARROW && (clip == NULL || hp_rect_touches (&item->rect, clip)))
        g_array_append_val (ranks, item->rank);
    }
  if (ranks->len <= HP_MOST_ARROWS)
    return;

  g_array_sort (ranks, compare_ranks);
  self->rank = g_array_index (ranks, int, HP_MOST_ARROWS - 1);
  for (self->n_left = 0; self->n_left < HP_MOST_ARROWS; self->n_left++)
    if (g_array_index (ranks, int, HP_MOST_ARROWS - 1 - self->n_left) != self->rank)
      break;
}

gboolean
hp_arrow_filter_takes (HpArrowFilter *self, const HpItem *arrow)
{
  if (arrow->rank != self->rank)
    return arrow->rank > self->rank;
  if (self->n_left == 0)
    return FALSE;
  self->n_left--;
  return TRUE;
}
