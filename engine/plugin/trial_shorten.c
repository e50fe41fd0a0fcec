/* trial_shorten.c - delta debugging: what can be left out of a program while the same rule stays broken
 *
 * Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input" (2002), over the steps of a program; then
 * its numbers towards 0, then the settings towards their defaults. Bounded by a number of runs.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plugin/trial_private.h"

#define MAX_RUNS 2000

typedef struct
{
  const HpTrial *trial;
  HpTrialResult *result;
  HpTrialFailure *failure; /* the shortest so far */
  guint max_runs;
} Shortening;

static gboolean
may_go_on (Shortening *self)
{
  const HpTrial *trial = self->trial;

  if (self->result->is_cancelled || self->result->n_shortenings >= self->max_runs)
    return FALSE;
  if (trial->progress != NULL && !trial->progress (trial->user_data, 1))
    self->result->is_cancelled = TRUE;
  return !self->result->is_cancelled;
}

/* Whether the rule is broken by @program under @settings too. Then they become the shortest. */
static gboolean
still_fails (Shortening *self, const HpRandomProgram *program, const char *const *settings)
{
  HpTrialFailure *failure = self->failure;
  HpTrialOutcome outcome = { 0 };
  gboolean fails = FALSE;

  if (!may_go_on (self))
    return FALSE;
  self->result->n_shortenings++;
  if (hp_trial_perform (self->trial, program, settings, FALSE, &outcome, NULL, NULL) && outcome.violation != NULL)
    fails = outcome.violation->rule == failure->violation->rule;
  if (fails)
    {
      HpRandomProgram *copy = hp_random_program_copy (program);
      char **kept = g_strdupv ((char **) settings);

      hp_random_program_free (failure->program);
      failure->program = copy;
      g_strfreev (failure->settings);
      failure->settings = kept;
    }
  hp_trial_outcome_clear (&outcome);
  return fails;
}

static gboolean
fails_without (Shortening *self, guint first, guint n)
{
  g_autoptr (HpRandomProgram) shorter = hp_random_program_copy (self->failure->program);

  hp_random_program_cut (shorter, first, n);
  return still_fails (self, shorter, (const char *const *) self->failure->settings);
}

/* What comes after the step that shows the fault has no part in it. */
static void
cut_tail (Shortening *self)
{
  HpTrialFailure *failure = self->failure;

  if (failure->step < failure->program->n_steps)
    fails_without (self, failure->step, failure->program->n_steps - failure->step);
}

/* One pass with pieces of @size steps, from the end to the beginning. Returns whether anything was left out. */
static gboolean
cut_pieces (Shortening *self, guint size)
{
  gboolean cut = FALSE;

  for (guint end = self->failure->program->n_steps; end > 0;)
    {
      guint first = end > size ? end - size : 0;

      cut |= fails_without (self, first, end - first);
      end = first;
    }
  return cut;
}

static void
cut_steps (Shortening *self)
{
  for (guint size = MAX (self->failure->program->n_steps / 2, 1); size > 0; size /= 2)
    while (cut_pieces (self, size) && size == 1)
      continue;
}

static void
lower_number (Shortening *self, guint step, guint i)
{
  static const guint32 BETTER[] = { 0, 1, 2, 3, 5 };
  guint32 number = self->failure->program->steps[step].numbers[i];

  for (guint j = 0; j < G_N_ELEMENTS (BETTER) && BETTER[j] < number; j++)
    {
      g_autoptr (HpRandomProgram) simpler = hp_random_program_copy (self->failure->program);

      simpler->steps[step].numbers[i] = BETTER[j];
      if (still_fails (self, simpler, (const char *const *) self->failure->settings))
        return;
    }
}

static void
lower_numbers (Shortening *self)
{
  for (guint step = 0; step < self->failure->program->n_steps; step++)
    for (guint i = HP_STEP_NUMBERS; i > 0; i--)
      lower_number (self, step, i - 1);
}

/* A collection that is asked for stands for whatever made one necessary, and makes room for leaving out more. */
static void
ask_for_collections (Shortening *self)
{
  guint32 kind = hp_step_kind_find ("collect-young");

  for (guint step = self->failure->program->n_steps; step > 0; step--)
    {
      g_autoptr (HpRandomProgram) simpler = hp_random_program_copy (self->failure->program);

      if (g_str_has_prefix (hp_step_kind_name (simpler->steps[step - 1].kind), "collect-"))
        continue;
      simpler->steps[step - 1] = (HpStep){ .kind = kind };
      still_fails (self, simpler, (const char *const *) self->failure->settings);
    }
}

/* Settings that have no part in it; the preset, which is first, stays. */
static void
drop_settings (Shortening *self)
{
  for (guint i = g_strv_length (self->failure->settings); i > 1; i--)
    {
      g_autoptr (GPtrArray) fewer = g_ptr_array_new ();

      for (guint j = 0; self->failure->settings[j] != NULL; j++)
        if (j != i - 1)
          g_ptr_array_add (fewer, self->failure->settings[j]);
      g_ptr_array_add (fewer, NULL);
      still_fails (self, self->failure->program, (const char *const *) fewer->pdata);
    }
}

/* The shortest once more, for what it says. */
static void
describe (Shortening *self)
{
  HpTrialFailure *failure = self->failure;
  HpTrialOutcome outcome;

  if (hp_trial_perform (
          self->trial, failure->program, (const char *const *) failure->settings, TRUE, &outcome, NULL, NULL)
      && outcome.violation != NULL)
    {
      hp_violation_free (failure->violation);
      failure->violation = g_steal_pointer (&outcome.violation);
      failure->step = outcome.step;
      failure->operation = outcome.operation;
      failure->event = outcome.event;
    }
  hp_trial_outcome_clear (&outcome);
}

void
hp_trial_shorten (const HpTrial *trial, HpTrialResult *result)
{
  Shortening self = { trial, result, result->failure, trial->max_shortenings };

  if (self.max_runs == 0)
    self.max_runs = MAX_RUNS;
  cut_tail (&self);
  cut_steps (&self);
  ask_for_collections (&self);
  cut_steps (&self);
  lower_numbers (&self);
  drop_settings (&self);
  cut_steps (&self);
  describe (&self);
}
