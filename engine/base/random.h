/* random.h - seeded random numbers: xoshiro128** by Blackman and Vigna, the same on every machine
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint32 s[4];
} HpRandom;

void hp_random_seed (HpRandom *self, guint64 seed);
guint32 hp_random_next (HpRandom *self);
/** A number in 0 … @bound-1, without bias; @bound at least 1. */
guint32 hp_random_below (HpRandom *self, guint32 bound);

G_END_DECLS
