/* scenario.h - what a scenario plugin provides: parameters in, operations out
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "machine/machine.h"

G_BEGIN_DECLS

/** What a run hands to a scenario. Grows by accessors. Valid during the callback. */
typedef struct _HpScenarioContext HpScenarioContext;

HpMachine *hp_scenario_context_machine (HpScenarioContext *context);
/** The scenario's own settings, as its manifest declares them. */
const HpSettings *hp_scenario_context_settings (const HpScenarioContext *context);
/** What the person gave the program after "--" on the command line. NULL-terminated; never NULL. */
const char *const *hp_scenario_context_arguments (const HpScenarioContext *context);
/** The folder the plugin was loaded from, for data files beside it. */
const char *hp_scenario_context_folder (const HpScenarioContext *context);
/** Tell how far a long run is, from 0 to 1; shown to the person. Cheap: may be called often. */
void hp_scenario_context_progress (HpScenarioContext *context, double fraction);

/** Set @key to @value, as `--set` does. FALSE with @error: there is no such setting, or it cannot be that. */
typedef gboolean (*HpSetSetting) (gpointer user_data, const char *key, const char *value, GError **error);

/**
 * HpScenario:
 * @struct_size: sizeof (HpScenario)
 * @recognises: (nullable): whether a file with these first bytes (decompressed, up to 4,096) is one this scenario can
 *   run; the path is then given as the setting "file"
 * @set: (nullable): call @set with each setting that the file at @path asks for; it is asked when a run is given the
 *   file, and what the person sets holds over it. Errors name file and line. A file that cannot be read, or is wrong,
 *   asks for nothing: the run will tell why
 * @run: perform the operations. Errors are told by hp_machine_fail(). The machine's settings may already be read
 * through hp_machine_settings().
 */
typedef struct
{
  gsize struct_size;
  gboolean (*recognises) (const guint8 *head, gsize n);
  void (*run) (HpScenarioContext *context);
  gboolean (*set) (const char *path, HpSetSetting set, gpointer user_data, GError **error);
} HpScenario;

G_END_DECLS
