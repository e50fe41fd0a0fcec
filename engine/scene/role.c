/* role.c - the names of roles and what they mean
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/theme.h"

static const char *const ROLE_NAMES[HP_N_ROLES] = {
  [HP_ROLE_NONE] = "none",
};

const char *
hp_role_name (HpRole role)
{
  g_return_val_if_fail (role < HP_N_ROLES, NULL);

  return ROLE_NAMES[role];
}
