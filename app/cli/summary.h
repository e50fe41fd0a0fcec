/* summary.h - what a run adds up to, for people and for programs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "cli.h"
#include "machine/machine.h"
#include "recording/statistics.h"

G_BEGIN_DECLS

typedef struct
{
  const char *scenario; /* nullable */
  const char *policy;   /* nullable: the default */
  const char *preset;   /* nullable */
  HpCounters counters;
  HpEnding ending;                      /* HP_ENDING_CRASHED for a recording that was cut off */
  const char *message;                  /* nullable */
  const HpStatisticsReport *statistics; /* nullable: not asked for */
} CliSummary;

CliSummary cli_summary_of_machine (const HpMachine *machine);
CliSummary cli_summary_of_recording (HpRecording *recording);

/** Lines for people. (transfer full) */
char *cli_summary_text (const CliSummary *self);
/** One JSON object on one line. (transfer full) */
char *cli_summary_json (const CliSummary *self);

/** Says on standard error how the run ended, unless it completed, and returns the exit status for it. */
CliExit cli_summary_complain (const CliSummary *self, const char *file);

G_END_DECLS
