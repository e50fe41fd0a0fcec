/* pager_policies.h - page-replacement policies by id or file, with their settings
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plugin/host.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;
  const HpReplacementPolicy *policy;
  HpSettings *settings; /* (nullable): a built-in policy has none */
} CliPagerPolicy;

/** Policies in the order in which they were named, and the hosts of those that are plugins. */
typedef struct
{
  GPtrArray *policies; /* of CliPagerPolicy */
  GPtrArray *hosts;
} CliPagerPolicies;

void cli_pager_policies_init (CliPagerPolicies *self);
void cli_pager_policies_clear (CliPagerPolicies *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliPagerPolicies, cli_pager_policies_clear)

/** @names: ids of built-in policies, ids of plugins, and paths of manifests or modules, with commas in between. */
gboolean cli_pager_policies_add (CliPagerPolicies *self, const char *names, GError **error);
/** Sets it in each policy that has it. FALSE with @error where none has, or the value cannot be. */
gboolean cli_pager_policies_set (CliPagerPolicies *self, const char *key, const char *value, GError **error);

G_END_DECLS
