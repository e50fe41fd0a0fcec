/* check_report.c - what `heaparium-cli check-policy` found, in words and as JSON
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check_report.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* ---- commands ---------------------------------------------------------------------------------------------------- */

static void
append_setting (GString *command, const char *scope, const char *setting)
{
  g_autofree char *text = g_strconcat (scope, setting, NULL);
  g_autofree char *quoted = g_shell_quote (text);

  g_string_append_printf (command, " --set %s", strpbrk (text, " ;'\"$&|<>()*?#~\\") != NULL ? quoted : text);
}

/* The program on one line. */
static char *
flatten_program (const HpRandomProgram *program)
{
  g_autofree char *text = hp_random_program_print (program);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);

  return g_strjoinv ("; ", lines);
}

/* The command that makes the failing run. @program: "heaparium-cli run --verify" … */
static char *
make_command (const CliCheckReport *self, const char *program, const char *scenario_option, const char *end)
{
  const HpTrialFailure *failure = self->result->failure;
  GString *command = g_string_new (NULL);

  if (self->folder != NULL)
    {
      g_autofree char *folder = g_shell_quote (self->folder);

      g_string_append_printf (command, "HEAPARIUM_PLUGIN_PATH=%s ", folder);
    }
  g_string_append_printf (command, "%s %s%s --policy %s", program, scenario_option, failure->scenario, self->policy);
  for (const char *const *setting = self->settings; setting != NULL && *setting != NULL; setting++)
    append_setting (command, "policy.", *setting);
  for (char **setting = failure->settings; *setting != NULL; setting++)
    append_setting (command, "machine.", *setting);
  if (failure->program != NULL)
    {
      g_autofree char *text = flatten_program (failure->program);

      append_setting (command, "scenario.program=", text);
    }
  g_string_append (command, end);
  return g_string_free (command, FALSE);
}

static char *
run_command (const CliCheckReport *self)
{
  return make_command (self, "heaparium-cli run --verify", "", "");
}

static char *
describe_command (const CliCheckReport *self)
{
  g_autofree char *at = g_strdup_printf (" --at %" PRIu64, self->result->failure->event);

  return make_command (self, "heaparium-cli describe --events", "", self->result->failure->event > 0 ? at : "");
}

static char *
window_command (const CliCheckReport *self)
{
  return make_command (self, "heaparium", "--scenario ", "");
}

/* ---- in words ---------------------------------------------------------------------------------------------------- */

static void
append_sums (GString *text, const CliCheckReport *self)
{
  const HpTrialResult *result = self->result;

  g_string_append_printf (text,
                          _ ("%u random programs and %u scenarios ran, with %" PRIu64 " collections and %" PRIu64
                             " objects; %u ended out of memory.\n"),
                          result->n_programs,
                          result->n_scenarios,
                          result->n_collections,
                          result->n_objects,
                          result->n_out_of_memory);
  if (result->n_faults > 0)
    g_string_append_printf (
        text, _ ("Wrong answers: %" PRIu64 "; the first: %s.\n"), result->n_faults, result->first_fault);
}

static void
append_found (GString *text, const HpTrialFailure *failure)
{
  const HpViolation *violation = failure->violation;
  g_autofree char *path = hp_violation_path_text (violation);

  g_string_append_printf (text, "%s\n\n", hp_rule_sentence (violation->rule));
  g_string_append_printf (text, _ ("  found  %s\n"), violation->sentence);
  if (violation->object != HP_REF_NONE)
    g_string_append_printf (text, _ ("  path   %s\n"), path != NULL ? path : _ ("nothing leads there from a root"));
  if (failure->program != NULL)
    g_string_append_printf (text,
                            _ ("  when   step %u of %u, operation %" PRIu64 ", event %" PRIu64 "\n"),
                            failure->step,
                            failure->program->n_steps,
                            failure->operation,
                            failure->event);
  else
    g_string_append_printf (
        text, _ ("  when   operation %" PRIu64 " of the scenario “%s”\n"), failure->operation, failure->scenario);
}

static void
append_program (GString *text, const HpTrialResult *result)
{
  const HpTrialFailure *failure = result->failure;
  g_autofree char *program = NULL;
  g_auto (GStrv) lines = NULL;

  if (failure->program == NULL)
    return;
  program = hp_random_program_print (failure->program);
  lines = g_strsplit (g_strchomp (program), "\n", -1);
  g_string_append_printf (text,
                          _ ("\nThe program of seed %" PRIu64 ", shortened from %u steps to %u by %u runs:\n\n"),
                          failure->seed,
                          failure->n_steps,
                          failure->program->n_steps,
                          result->n_shortenings);
  for (char **line = lines; *line != NULL; line++)
    g_string_append_printf (text, "  %s\n", *line);
}

static void
append_commands (GString *text, const CliCheckReport *self)
{
  g_autofree char *run = run_command (self);
  g_autofree char *describe = describe_command (self);
  g_autofree char *window = window_command (self);

  g_string_append_printf (text, _ ("\nOn the command line:\n\n  %s\n"), run);
  if (self->result->failure->event > 0)
    g_string_append_printf (text, "  %s\n", describe);
  g_string_append_printf (text, _ ("\nIn the window:\n\n  %s\n"), window);
}

char *
cli_check_report_text (const CliCheckReport *self)
{
  const HpTrialFailure *failure = self->result->failure;
  GString *text = g_string_new (NULL);

  if (failure == NULL)
    {
      g_string_append_printf (text,
                              self->result->is_cancelled ? _ ("The policy “%s” broke no rule until it was stopped.\n")
                                                         : _ ("The policy “%s” broke no rule.\n"),
                              self->policy);
      append_sums (text, self);
      return g_string_free (text, FALSE);
    }
  g_string_append_printf (
      text, _ ("The policy “%s” breaks the rule “%s”: "), self->policy, hp_rule_id (failure->violation->rule));
  append_found (text, failure);
  append_program (text, self->result);
  append_commands (text, self);
  g_string_append_c (text, '\n');
  append_sums (text, self);
  return g_string_free (text, FALSE);
}

/* ---- as JSON ----------------------------------------------------------------------------------------------------- */

static void
add_text (JsonBuilder *builder, const char *key, const char *value)
{
  json_builder_set_member_name (builder, key);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_number (JsonBuilder *builder, const char *key, guint64 number)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_int_value (builder, (gint64) number);
}

static void
add_list (JsonBuilder *builder, const char *key, char **items)
{
  json_builder_set_member_name (builder, key);
  json_builder_begin_array (builder);
  for (char **item = items; item != NULL && *item != NULL; item++)
    json_builder_add_string_value (builder, *item);
  json_builder_end_array (builder);
}

static void
add_violation (JsonBuilder *builder, const HpViolation *violation)
{
  add_text (builder, "rule", hp_rule_id (violation->rule));
  add_text (builder, "sentence", violation->sentence);
  add_number (builder, "object", violation->object);
  json_builder_set_member_name (builder, "slot");
  if (violation->slot != HP_NO_SLOT)
    json_builder_add_int_value (builder, violation->slot);
  else
    json_builder_add_null_value (builder);
  add_number (builder, "target", violation->target);
  add_list (builder, "path", violation->path);
}

static void
add_failure (JsonBuilder *builder, const CliCheckReport *self)
{
  const HpTrialFailure *failure = self->result->failure;
  g_autofree char *program = failure->program != NULL ? hp_random_program_print (failure->program) : NULL;
  g_autofree char *run = run_command (self);
  g_autofree char *window = window_command (self);

  json_builder_begin_object (builder);
  add_violation (builder, failure->violation);
  add_text (builder, "scenario", failure->scenario);
  add_number (builder, "seed", failure->seed);
  add_list (builder, "settings", failure->settings);
  add_text (builder, "program", program);
  add_number (builder, "steps", failure->program != NULL ? failure->program->n_steps : 0);
  add_number (builder, "steps_before", failure->n_steps);
  add_number (builder, "step", failure->step);
  add_number (builder, "operation", failure->operation);
  add_number (builder, "event", failure->event);
  add_text (builder, "command", run);
  add_text (builder, "window_command", window);
  json_builder_end_object (builder);
}

char *
cli_check_report_json (const CliCheckReport *self)
{
  const HpTrialResult *result = self->result;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "policy", self->policy);
  add_number (builder, "programs", result->n_programs);
  add_number (builder, "scenarios", result->n_scenarios);
  add_number (builder, "shortenings", result->n_shortenings);
  add_number (builder, "collections", result->n_collections);
  add_number (builder, "objects", result->n_objects);
  add_number (builder, "out_of_memory", result->n_out_of_memory);
  add_number (builder, "wrong_answers", result->n_faults);
  add_text (builder, "first_wrong_answer", result->first_fault);
  json_builder_set_member_name (builder, "failure");
  if (result->failure != NULL)
    add_failure (builder, self);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_strconcat (text, "\n", NULL);
}
