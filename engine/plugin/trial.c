/* trial.c - the runs of a trial, each watched by the referee
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plugin/trial_private.h"

#include "machine/machine_private.h"
#include "plugin/run.h"

#include <string.h>

#define RANDOM_SCENARIO "random-program"

/* ---- settings ---------------------------------------------------------------------------------------------------- */

/* A node-20 whose spaces are so small that little programs fill them. */
#define TINY_SPACES                                                                                                 \
  "preset=node-20", "heap-page-size=8K", "page-header=128", "max-regular-object-size=2K", "min-semi-space-size=8K", \
      "max-semi-space-size=32K", "runtime-heap=0", "runtime-garbage=0"
#define TINY TINY_SPACES, "old-limit-step=16K"

static const char *const CLASSROOM[] = { "preset=classroom", NULL };
static const char *const CLASSROOM_CHENEY[] = {
  "preset=classroom", "scavenger-order=cheney", "incremental-marking=true", NULL
};
static const char *const TINY_ROOMY[] = { TINY, "max-old-space-size=1M", NULL };
static const char *const TINY_CHENEY[] = {
  TINY, "max-old-space-size=1M", "scavenger-order=cheney", "lazy-sweeping=false", NULL
};
static const char *const TINY_NARROW[] = { TINY, "max-old-space-size=16K", NULL };
static const char *const CLASSROOM_NARROW[] = { "preset=classroom", "max-old-space-size=2K", NULL };

/* Marking in steps from a small old generation on, so slowly that operations and scavenges come between them. */
static const char *const CLASSROOM_STEPS[] = { "preset=classroom",
                                               "initial-old-limit=512",
                                               "old-limit-step=256",
                                               "incremental-marking=true",
                                               "incremental-marking-threshold=256",
                                               "incremental-marking-young-step=64",
                                               "incremental-marking-min-step=32",
                                               NULL };
static const char *const TINY_STEPS[] = { TINY_SPACES,
                                          "max-old-space-size=1M",
                                          "initial-old-limit=2K",
                                          "old-limit-step=1K",
                                          "incremental-marking-threshold=1K",
                                          "incremental-marking-young-step=256",
                                          "incremental-marking-old-step=512",
                                          "incremental-marking-min-step=128",
                                          "incremental-marking-max-step=256",
                                          "incremental-marking-lag=0",
                                          NULL };

static const char *const *const SETTINGS[] = { CLASSROOM,        TINY_ROOMY,  CLASSROOM_STEPS, TINY_STEPS,
                                               CLASSROOM_CHENEY, TINY_CHENEY, CLASSROOM_STEPS, TINY_STEPS,
                                               CLASSROOM_NARROW, TINY_NARROW };

guint
hp_trial_n_settings (void)
{
  return G_N_ELEMENTS (SETTINGS);
}

const char *const *
hp_trial_settings (guint i)
{
  return SETTINGS[i % G_N_ELEMENTS (SETTINGS)];
}

/* The value of the preset among @settings; it comes first. */
static const char *
preset_of (const char *const *settings)
{
  return settings[0] + strlen ("preset=");
}

static HpSettings *
make_settings (const char *const *settings, GError **error)
{
  g_autoptr (HpSettings) made = hp_machine_settings_new (preset_of (settings), error);

  for (const char *const *text = settings + 1; made != NULL && *text != NULL; text++)
    {
      const char *equals = strchr (*text, '=');
      g_autofree char *key = g_strndup (*text, (gsize) (equals - *text));

      if (!hp_settings_set (made, key, equals + 1, error))
        return NULL;
    }
  return g_steal_pointer (&made);
}

/* ---- results ----------------------------------------------------------------------------------------------------- */

static void
failure_free (HpTrialFailure *self)
{
  if (self == NULL)
    return;
  g_free (self->scenario);
  hp_random_program_free (self->program);
  g_strfreev (self->settings);
  hp_violation_free (self->violation);
  g_free (self);
}

void
hp_trial_result_clear (HpTrialResult *self)
{
  g_clear_pointer (&self->first_fault, g_free);
  g_clear_pointer (&self->failure, failure_free);
}

void
hp_trial_outcome_clear (HpTrialOutcome *self)
{
  g_clear_pointer (&self->violation, hp_violation_free);
}

static void
add_up (HpTrialResult *sums, const HpMachine *machine)
{
  const HpCounters *counters = hp_machine_counters (machine);

  sums->n_collections += counters->scavenges + counters->mark_compacts;
  sums->n_objects += counters->objects;
  sums->n_out_of_memory += hp_machine_ending (machine) == HP_ENDING_OUT_OF_MEMORY;
  sums->n_faults += hp_machine_count_policy_faults (machine);
  if (sums->first_fault == NULL)
    sums->first_fault = g_strdup (hp_machine_policy_fault (machine));
}

/* What is wrong with a finished run: a rule of the heap that the policy broke comes before what followed from it, but
 * what the program lost tells more than a slot that dangled; a wrong answer, which was clamped, comes last. NULL:
 * nothing. */
static const HpViolation *
judge (const HpTrial *self, const HpMachine *machine)
{
  const HpViolation *fault = machine->collector->fault;

  if (fault != NULL && fault->rule != HP_RULE_ANSWER
      && (fault->rule != HP_RULE_NO_DANGLING || machine->violation == NULL))
    return fault;
  if (machine->violation != NULL)
    return machine->violation;
  return self->allow_faults ? NULL : fault;
}

static void
take_outcome (const HpTrial *self, const HpMachine *machine, HpTrialOutcome *outcome)
{
  const HpViolation *found = judge (self, machine);

  if (found == NULL)
    return;
  outcome->violation = hp_violation_copy (found);
  outcome->operation = found == machine->collector->fault ? machine->collector->fault_operation
                                                          : hp_machine_counters (machine)->operations;
}

/* ---- one run ----------------------------------------------------------------------------------------------------- */

/* Follows a run: which step is under way, and how many events came before the fault. */
typedef struct
{
  HpMachine *machine;
  HpTrialOutcome *outcome;
  guint64 n_events;
  gboolean is_over;
} Watch;

static void
on_step (gpointer data, guint step)
{
  Watch *self = data;

  if (self->machine->collector->fault == NULL)
    self->outcome->step = step + 1;
}

static void
on_events (gpointer data, const HpEvent *events, gsize n)
{
  Watch *self = data;

  for (gsize i = 0; i < n && !self->is_over; i++)
    {
      HpEventType type = hp_event_type (&events[i]);

      self->is_over = type == HP_EVENT_POLICY_FAULT || type == HP_EVENT_END;
      self->n_events += type != HP_EVENT_END;
    }
  self->outcome->event = self->n_events;
}

static void
publish (const HpTrial *self, HpMachine *machine)
{
  if (self->started != NULL)
    *self->started = machine;
}

gboolean
hp_trial_perform (const HpTrial *self,
                  const HpRandomProgram *program,
                  const char *const *settings,
                  gboolean listens,
                  HpTrialOutcome *outcome,
                  HpTrialResult *sums,
                  GError **error)
{
  g_autoptr (HpSettings) machine_settings = make_settings (settings, error);
  HpPolicies policies = { .gc = self->policy, .settings = self->policy_settings };
  Watch watch = { .outcome = outcome };
  HpListener listener = { NULL, on_events, &watch };

  *outcome = (HpTrialOutcome){ 0 };
  if (machine_settings != NULL)
    watch.machine = hp_machine_new (machine_settings, &policies, listens ? &listener : NULL, error);
  if (watch.machine == NULL)
    return FALSE;
  publish (self, watch.machine);
  hp_machine_set_verify (watch.machine, TRUE);
  hp_random_program_run (program, watch.machine, on_step, NULL, &watch);
  hp_machine_finish (watch.machine);
  take_outcome (self, watch.machine, outcome);
  if (sums != NULL)
    add_up (sums, watch.machine);
  publish (self, NULL);
  hp_machine_free (watch.machine);
  return TRUE;
}

/* ---- random programs --------------------------------------------------------------------------------------------- */

static void
tell_random_program (const HpTrial *self, guint64 seed, const char *const *settings)
{
  g_autoptr (GString) text = g_string_new (RANDOM_SCENARIO);

  if (self->before == NULL)
    return;
  g_string_append_printf (
      text, " --set scenario.seed=%" G_GUINT64_FORMAT " --set scenario.steps=%u", seed, self->n_steps);
  for (const char *const *setting = settings; *setting != NULL; setting++)
    g_string_append_printf (text, " --set %s", *setting);
  self->before (self->user_data, text->str);
}

static void
fail (const HpTrial *self,
      HpTrialResult *result,
      const char *scenario,
      const HpRandomProgram *program,
      const char *const *settings,
      const HpTrialOutcome *outcome)
{
  HpTrialFailure *failure = g_new0 (HpTrialFailure, 1);

  failure->scenario = g_strdup (scenario);
  failure->program = program != NULL ? hp_random_program_copy (program) : NULL;
  failure->n_steps = program != NULL ? program->n_steps : 0;
  failure->settings = g_strdupv ((char **) settings);
  failure->violation = hp_violation_copy (outcome->violation);
  failure->step = outcome->step;
  failure->operation = outcome->operation;
  failure->event = outcome->event;
  result->failure = failure;
}

static void
try_program (const HpTrial *self, guint i, HpTrialResult *result)
{
  g_autoptr (HpRandomProgram) program = hp_random_program_new (self->seed + i, self->n_steps);
  const char *const *settings = hp_trial_settings (i);
  HpTrialOutcome outcome;
  gboolean is_sound;

  tell_random_program (self, self->seed + i, settings);
  is_sound = hp_trial_perform (self, program, settings, FALSE, &outcome, result, NULL);
  g_assert (is_sound); /* the settings are this file's own */
  result->n_programs++;
  if (outcome.violation != NULL)
    {
      fail (self, result, RANDOM_SCENARIO, program, settings, &outcome);
      result->failure->seed = self->seed + i;
      hp_trial_shorten (self, result);
    }
  hp_trial_outcome_clear (&outcome);
}

/* ---- scenarios --------------------------------------------------------------------------------------------------- */

/* Those that need no file and are no other form of the random programs. */
static gboolean
can_be_tried (const HpManifest *manifest)
{
  return manifest->kind == HP_PLUGIN_SCENARIO && !hp_manifest_has_file (manifest)
         && strcmp (manifest->id, RANDOM_SCENARIO) != 0;
}

static void
judge_scenario (const HpTrial *self, HpRun *run, HpMachine *machine, HpTrialResult *result)
{
  const char *preset = hp_settings_get_text (hp_run_machine_settings (run), "preset");
  g_autofree char *setting = g_strconcat ("preset=", preset, NULL);
  const char *settings[] = { setting, NULL };
  HpTrialOutcome outcome = { 0 };

  result->n_scenarios++;
  add_up (result, machine);
  take_outcome (self, machine, &outcome);
  if (outcome.violation != NULL)
    fail (self, result, hp_run_scenario (run)->id, NULL, settings, &outcome);
  hp_trial_outcome_clear (&outcome);
}

static gboolean
set_policy (const HpTrial *self, HpRun *run)
{
  if (self->policy_id == NULL)
    return TRUE;
  if (!hp_run_set_policy (run, self->policy_id, NULL))
    return FALSE;
  for (gsize i = 0; self->policy_settings != NULL && i < hp_settings_count (self->policy_settings); i++)
    {
      const char *name = hp_settings_parameter (self->policy_settings, i)->name;
      g_autofree char *key = g_strconcat ("policy.", name, NULL);
      g_autofree char *value = hp_settings_dup_text (self->policy_settings, name);

      if (!hp_run_set (run, key, value, NULL))
        return FALSE;
    }
  return TRUE;
}

/* A scenario of somebody's that cannot be run is not the policy's fault. */
static void
try_scenario (const HpTrial *self, const HpManifest *manifest, HpTrialResult *result)
{
  g_autoptr (HpRun) run = hp_run_new (self->host, manifest->id, NULL);
  g_autoptr (HpMachine) machine = NULL;

  if (run == NULL || !set_policy (self, run))
    return;
  if (self->before != NULL)
    self->before (self->user_data, manifest->id);
  machine = hp_run_perform (run, NULL, &(HpRunOptions){ .verify = TRUE }, self->started, NULL);
  publish (self, NULL);
  if (machine != NULL)
    judge_scenario (self, run, machine, result);
}

static gboolean
go_on (const HpTrial *self, HpTrialResult *result, double fraction)
{
  if (result->failure == NULL && self->progress != NULL && !self->progress (self->user_data, fraction))
    result->is_cancelled = TRUE;
  return result->failure == NULL && !result->is_cancelled;
}

static void
try_scenarios (const HpTrial *self, HpTrialResult *result)
{
  guint n = self->host != NULL ? hp_host_n_entries (self->host) : 0;

  for (guint i = 0; i < n && go_on (self, result, 1); i++)
    {
      HpPluginEntry entry = hp_host_entry (self->host, i);

      if (entry.refusal == NULL && can_be_tried (entry.manifest))
        try_scenario (self, entry.manifest, result);
    }
}

HpTrialResult
hp_trial_run (const HpTrial *self)
{
  HpTrialResult result = { 0 };

  for (guint i = 0; i < self->n_programs && go_on (self, &result, (double) i / self->n_programs); i++)
    try_program (self, i, &result);
  try_scenarios (self, &result);
  return result;
}
