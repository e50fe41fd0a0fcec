/* arrow.h - the course of an arrow and which arrows are shown: shared by painter and exports. Not installed.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "scene/scene.h"

G_BEGIN_DECLS

#define HP_MOST_ARROWS 150

/** One cubic curve from the tail to the base of the head, and the head as a triangle. */
typedef struct
{
  double x[4], y[4];           /* start, two controls, end of the shaft */
  double head_x[3], head_y[3]; /* the tip first */
  double dot;                  /* radius of the dot at the start */
} HpArrowShape;

void hp_arrow_shape (const HpItem *arrow, double width, HpArrowShape *shape);
/** Bounds that hold for every line width. */
HpRect hp_arrow_bounds (const HpItem *arrow);

/**
 * Which arrows of a scene are shown: those of the highest ranks, and of the last rank that has room, the first.
 */
typedef struct
{
  int rank;     /* below it: none */
  guint n_left; /* of just that rank */
} HpArrowFilter;

/** @clip: (nullable): only arrows that touch it count */
void hp_arrow_filter_init (HpArrowFilter *self, const HpScene *scene, const HpRect *clip);
/** Asked once for each arrow that counts, in paint order. */
gboolean hp_arrow_filter_takes (HpArrowFilter *self, const HpItem *arrow);

gboolean hp_rect_touches (const HpRect *a, const HpRect *b);

G_END_DECLS
