/* trial.h - a GC policy is tried: random programs and the bundled scenarios run under it while the referee looks
 *
 * The first program that shows a fault ends the trial and is made shorter, as long as the same rule stays broken.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "heap/violation.h"
#include "machine/random_program.h"
#include "plugin/host.h"

G_BEGIN_DECLS

/**
 * HpTrialFailure: one run that shows the fault
 * @scenario: "random-program", or the id of a scenario, which was not shortened
 * @seed, @n_steps: the random program as it was found
 * @program: (nullable): what is left of it
 * @settings: "KEY=VALUE" of the run, NULL-terminated; `preset` first
 * @violation: the broken rule; of the rule "answer" where the policy only gave a wrong answer
 * @step: of @program, from 1; 0 for a scenario
 * @operation: of the run, from 1
 * @event: the step of a recording of the run where the fault shows, as `--at` takes it; 0: not known
 */
typedef struct
{
  char *scenario;
  guint64 seed;
  guint n_steps;
  HpRandomProgram *program;
  char **settings;
  HpViolation *violation;
  guint step;
  guint64 operation;
  guint64 event;
} HpTrialFailure;

typedef struct
{
  guint n_programs;  /* random programs that were run, those that shorten one not counted */
  guint n_scenarios; /* scenarios that were run */
  guint n_shortenings;
  guint64 n_collections;
  guint64 n_objects;
  guint n_out_of_memory; /* runs that ended so: no fault */
  guint64 n_faults;      /* wrong answers of the policy */
  char *first_fault;     /* the first of them, or NULL */
  gboolean is_cancelled;
  HpTrialFailure *failure; /* NULL: nothing was found */
} HpTrialResult;

void hp_trial_result_clear (HpTrialResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HpTrialResult, hp_trial_result_clear)

/**
 * HpTrial: what is to be tried
 * @policy: (nullable): V8's rules
 * @policy_settings: (nullable)
 * @host, @policy_id: (nullable): where the bundled scenarios are taken from, and the policy's id there (nullable: V8's
 *   rules); no @host: no scenarios
 * @seed: of the first random program; the others follow
 * @allow_faults: wrong answers that were clamped are counted and no failure
 * @max_shortenings: at most so many runs to shorten a program; 0: 2,000
 * @before: (nullable): called before each run, with its description as the command line takes it, such as
 *   "random-program --set scenario.seed=7"
 * @progress: (nullable): called after each run; FALSE cancels the trial
 * @started: (nullable): (out): the machine that runs, for signal handlers
 */
typedef struct
{
  const HpGcPolicy *policy;
  const HpSettings *policy_settings;
  HpHost *host;
  const char *policy_id;
  guint n_programs;
  guint n_steps;
  guint64 seed;
  gboolean allow_faults;
  guint max_shortenings;
  void (*before) (gpointer user_data, const char *description);
  gboolean (*progress) (gpointer user_data, double fraction);
  gpointer user_data;
  HpMachine *volatile *started;
} HpTrial;

HpTrialResult hp_trial_run (const HpTrial *self);

/** How many kinds of machines are tried, and the settings of one as "KEY=VALUE", `preset` first. */
guint hp_trial_n_settings (void);
const char *const *hp_trial_settings (guint i);

G_END_DECLS
