/* arrow.c - the course of an arrow and which arrows are shown
 *
 * An arrow leaves and arrives sideways when it goes more across than along the page, so that it reads as "this slot
 * refers to that object"; a steep one bows to one side (right on the way down, left on the way up), so that arrows
 * between boxes of one column do not lie on each other.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/arrow.h"

#include <math.h>

#define HEAD_LENGTH 5.0 /* and twice the line's width */
#define HEAD_HALF 2.0   /* and once the line's width */
#define LOOP 18.0       /* reach of an arrow that ends where it starts */

static void
choose_controls (const HpItem *arrow, HpArrowShape *shape)
{
  double dx = arrow->x2 - arrow->x1;
  double dy = arrow->y2 - arrow->y1;

  if (fabs (dx) < 1 && fabs (dy) < 1)
    {
      shape->x[1] = arrow->x1 + LOOP, shape->y[1] = arrow->y1 - LOOP;
      shape->x[2] = arrow->x2 + LOOP, shape->y[2] = arrow->y2 + LOOP;
    }
  else if (fabs (dx) >= fabs (dy) / 2)
    {
      shape->x[1] = arrow->x1 + dx / 2, shape->y[1] = arrow->y1;
      shape->x[2] = arrow->x2 - dx / 2, shape->y[2] = arrow->y2;
    }
  else
    {
      double bow = copysign (MIN (fabs (dy) / 4, 30), dy);

      shape->x[1] = arrow->x1 + bow, shape->y[1] = arrow->y1 + dy / 4;
      shape->x[2] = arrow->x2 + bow, shape->y[2] = arrow->y2 - dy / 4;
    }
}

void
hp_arrow_shape (const HpItem *arrow, double width, HpArrowShape *shape)
{
  double length = HEAD_LENGTH + 2 * width;
  double half = HEAD_HALF + width;
  double ux, uy, distance;

  shape->x[0] = arrow->x1, shape->y[0] = arrow->y1;
  shape->x[3] = arrow->x2, shape->y[3] = arrow->y2;
  choose_controls (arrow, shape);

  /* The head lies along the end of the curve; on a very short arrow it shrinks. */
  distance = hypot (arrow->x2 - shape->x[2], arrow->y2 - shape->y[2]);
  if (distance < 1e-6)
    {
      shape->x[2] = arrow->x1, shape->y[2] = arrow->y1;
      distance = MAX (hypot (arrow->x2 - arrow->x1, arrow->y2 - arrow->y1), 1e-6);
    }
  ux = (arrow->x2 - shape->x[2]) / distance;
  uy = (arrow->y2 - shape->y[2]) / distance;
  if (distance < length)
    half *= distance / length, length = distance;

  shape->head_x[0] = arrow->x2, shape->head_y[0] = arrow->y2;
  shape->x[3] = arrow->x2 - ux * length, shape->y[3] = arrow->y2 - uy * length;
  shape->head_x[1] = shape->x[3] - uy * half, shape->head_y[1] = shape->y[3] + ux * half;
  shape->head_x[2] = shape->x[3] + uy * half, shape->head_y[2] = shape->y[3] - ux * half;
}

HpRect
hp_arrow_bounds (const HpItem *arrow)
{
  HpArrowShape shape = { { 0 } };
  double left, top, right, bottom;
  double margin = 5; /* the head, and half a line */

  shape.x[0] = arrow->x1, shape.y[0] = arrow->y1;
  choose_controls (arrow, &shape);
  left = MIN (MIN (arrow->x1, arrow->x2), MIN (shape.x[1], shape.x[2]));
  right = MAX (MAX (arrow->x1, arrow->x2), MAX (shape.x[1], shape.x[2]));
  top = MIN (MIN (arrow->y1, arrow->y2), MIN (shape.y[1], shape.y[2]));
  bottom = MAX (MAX (arrow->y1, arrow->y2), MAX (shape.y[1], shape.y[2]));
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
