/* replacement.c - the built-in page-replacement policies by name
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"

static const HpReplacementPolicy *const POLICIES[] = {
  &hp_replacement_fifo,
  &hp_replacement_lru,
  &hp_replacement_clock0,
  &hp_replacement_clock1,
};

const HpReplacementPolicy *
hp_replacement_policy_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (POLICIES); i++)
    if (g_str_equal (POLICIES[i]->id, id))
      return POLICIES[i];
  return NULL;
}
