/* trial_private.h - one run of a trial, for the files trial.c and trial_shorten.c
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plugin/trial.h"

G_BEGIN_DECLS

/** How a run ended. */
typedef struct
{
  HpViolation *violation; /* NULL: nothing was wrong */
  guint step;             /* of the program, from 1: the one under way at the end or at the fault */
  guint64 operation;
  guint64 event; /* only when listened to */
} HpTrialOutcome;

void hp_trial_outcome_clear (HpTrialOutcome *self);

/**
 * Run @program on a machine with @settings. @listens: count events, for where the fault is in a recording. FALSE with
 * @error when the settings make no machine.
 */
gboolean hp_trial_perform (const HpTrial *self,
                           const HpRandomProgram *program,
                           const char *const *settings,
                           gboolean listens,
                           HpTrialOutcome *outcome,
                           HpTrialResult *sums /* nullable */,
                           GError **error);

/** Shorten the program and the settings of @result's failure. */
void hp_trial_shorten (const HpTrial *self, HpTrialResult *result);

G_END_DECLS
