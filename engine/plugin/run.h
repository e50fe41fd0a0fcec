/* run.h - the description of one run, and performing it
 *
 * The description is all there is to know about a run: running it again gives the same events.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "machine/machine.h"
#include "plugin/host.h"

G_BEGIN_DECLS

/**
 * HpRun: which scenario, under which policy, with which settings
 *
 * `--set key=value` (and the fact "set.key" of a recording) looks for `key` among the settings of the scenario, then
 * the policy, then the machine; "scenario.key", "policy.key", "machine.key" say which. "preset" picks the machine's
 * defaults and is applied first.
 */
typedef struct _HpRun HpRun;

/**
 * @scenario: an id, or the path of a file that some scenario recognises by its first bytes ("-": standard input, taken
 *   for a trace in lackey's form). @error has the code %HP_ERROR_NOT_FOUND where nothing has that name, %HP_ERROR_INPUT
 *   where a file is of no use and %HP_ERROR_PLUGIN where the scenario was refused.
 */
HpRun *hp_run_new (HpHost *host, const char *scenario, GError **error);
void hp_run_free (HpRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpRun, hp_run_free)

/** Before the settings of the policy are set. */
gboolean hp_run_set_policy (HpRun *self, const char *id, GError **error);
gboolean hp_run_set (HpRun *self, const char *key, const char *value, GError **error);
/** For hp_scenario_context_arguments(); copied. */
void hp_run_set_arguments (HpRun *self, const char *const *arguments);

const HpManifest *hp_run_scenario (const HpRun *self);
const HpManifest *hp_run_policy (const HpRun *self); /* NULL: the default */
const HpSettings *hp_run_machine_settings (const HpRun *self);
const HpSettings *hp_run_scenario_settings (const HpRun *self);
const HpSettings *hp_run_policy_settings (const HpRun *self); /* NULL: the default has none */
/** The file that the scenario reads (its setting "file"), or NULL. */
const char *hp_run_file (const HpRun *self);

typedef struct
{
  void (*progress) (gpointer user_data, double fraction);
  gpointer user_data;
  guint64 event_limit; /* 0: none */
  gboolean verify;
  HpOutput output; /* (nullable): what the program writes */
  gpointer output_data;
  HpTraceOutput trace_output; /* (nullable): the lines of --trace-gc */
  gpointer trace_data;
} HpRunOptions;

/**
 * hp_run_perform:
 * @listener: (nullable): who is told
 * @started: (nullable): (out): set to the machine before the scenario begins, so that a signal handler may cancel it
 *
 * Loads the modules and runs to the end.
 *
 * Returns: (transfer full): the finished machine, whatever its ending; or NULL with @error when it could not begin
 */
HpMachine *hp_run_perform (
    HpRun *self, const HpListener *listener, const HpRunOptions *options, HpMachine *volatile *started, GError **error);

/**
 * Put the description into a recording's (or encoder's) facts through @fact: "scenario", "policy" (unless it is the
 * default), "set.machine.preset", "set.SCOPE.NAME" for each setting that was set, and "argument.N" for each argument,
 * from 1.
 */
void hp_run_describe (const HpRun *self,
                      void (*fact) (gpointer user_data, const char *key, const char *value),
                      gpointer user_data);

G_END_DECLS
