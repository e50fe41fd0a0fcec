/* check_report.h - what `heaparium-cli check-policy` found, in words and as JSON
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plugin/trial.h"

G_BEGIN_DECLS

typedef struct
{
  const char *policy;          /* id */
  const char *folder;          /* NULL: the policy is found without it; else it goes into HEAPARIUM_PLUGIN_PATH */
  const char *const *settings; /* (nullable): "KEY=VALUE" of the policy, as given */
  const HpTrialResult *result;
} CliCheckReport;

/** (transfer full) */
char *cli_check_report_text (const CliCheckReport *self);
/** One line. (transfer full) */
char *cli_check_report_json (const CliCheckReport *self);

G_END_DECLS
