/* random_page.c - page replacement: evict any page, by seeded chance
 *
 * The measure for all others: what does not beat it does not know anything about the program.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"

static guint32
random_victim (gpointer self, HpReplacementContext *context, guint32 page)
{
  return hp_replacement_random (context, hp_replacement_n_frames (context));
}

const HpReplacementPolicy hp_replacement_random_page = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "random",
  .victim = random_victim,
};
