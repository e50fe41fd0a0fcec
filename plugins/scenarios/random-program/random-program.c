/* random-program.c - a seeded random program, or one given as text: what the referee tries policies with
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "machine/random_program.h"
#include "plugin/plugin.h"

static HpRandomProgram *
make_program (const HpSettings *settings, GError **error)
{
  const char *text = hp_settings_get_text (settings, "program");

  if (*text != '\0')
    return hp_random_program_parse (text, error);
  return hp_random_program_new ((guint64) hp_settings_get_integer (settings, "seed"),
                                (guint) hp_settings_get_integer (settings, "steps"));
}

typedef struct
{
  HpScenarioContext *context;
  guint n_steps;
} Progress;

static void
tell_progress (gpointer data, guint step)
{
  Progress *self = data;

  hp_scenario_context_progress (self->context, (double) step / self->n_steps);
}

static void
run (HpScenarioContext *context)
{
  HpMachine *machine = hp_scenario_context_machine (context);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpRandomProgram) program = make_program (hp_scenario_context_settings (context), &error);
  Progress progress = { context, 0 };

  if (program == NULL)
    {
      hp_machine_fail (machine, "%s", error->message);
      return;
    }
  progress.n_steps = program->n_steps;
  hp_random_program_run (program, machine, tell_progress, NULL, &progress);
}

static const HpScenario scenario = {
  .struct_size = sizeof (HpScenario),
  .run = run,
};

HP_DEFINE_SCENARIO ("random-program", scenario)
