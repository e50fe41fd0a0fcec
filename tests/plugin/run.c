/* run.c - tests of the description of a run, and of performing it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plugin/run.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  HpHost *host;
  GString *facts; /* "key=value " */
} Fixture;

/* The bundled plugins, and misbehave, which the build puts beside the tests of this room. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *own = g_test_build_filename (G_TEST_BUILT, "plugin", NULL);

  fixture->host = hp_host_new ((const char *const[]){ own, g_getenv ("HEAPARIUM_PLUGIN_PATH"), NULL });
  fixture->facts = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hp_host_free (fixture->host);
  g_string_free (fixture->facts, TRUE);
}

static void
add_fact (gpointer user_data, const char *key, const char *value)
{
  g_string_append_printf (user_data, "%s=%s ", key, value);
}

static void
assert_facts (Fixture *fixture, const HpRun *run, const char *expected)
{
  g_string_truncate (fixture->facts, 0);
  hp_run_describe (run, add_fact, fixture->facts);
  g_assert_cmpstr (fixture->facts->str, ==, expected);
}

static HpRun *
new_run (Fixture *fixture, const char *scenario)
{
  g_autoptr (GError) error = NULL;
  HpRun *run = hp_run_new (fixture->host, scenario, &error);

  g_assert_no_error (error);
  g_assert_nonnull (run);
  return run;
}

static void
assert_set_fails (HpRun *run, const char *key, const char *value, HpError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (hp_run_set (run, key, value, &error));
  g_assert_error (error, HP_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpRun) run = new_run (fixture, "misbehave");
  g_autofree char *usual = g_strdup (hp_settings_get_text (hp_run_machine_settings (run), "preset"));
  g_autofree char *expected = g_strdup_printf ("scenario=misbehave replacement=lru set.machine.preset=%s ", usual);

  assert_facts (fixture, run, expected);
  g_assert_null (hp_run_policy (run));
  g_assert_null (hp_run_policy_settings (run));
  assert_set_fails (run,
                    "survivals",
                    "2",
                    HP_ERROR_NOT_FOUND,
                    "no setting “survivals” of the scenario “misbehave”, a policy or the machine");
  assert_set_fails (run, "hwo", "well", HP_ERROR_NOT_FOUND, "no setting “hwo”; did you mean “how”?");
  assert_set_fails (run, "machine.how", "well", HP_ERROR_NOT_FOUND, "no setting “machine.how”; did you mean “how”?");
  g_assert_true (hp_run_set (run, "how", "fail", NULL));
  g_assert_true (hp_run_set (run, "scenario.how", "busy", NULL));
  g_assert_cmpstr (hp_settings_get_text (hp_run_scenario_settings (run), "how"), ==, "busy");

  g_assert_true (hp_run_set_policy (run, "promote-at-n", NULL));
  g_assert_true (hp_run_set (run, "survivals", "3", NULL));
  assert_set_fails (run, "policy.survivals", "99", HP_ERROR_INPUT, "survivals: found “99”, expected 1 to 15");
  g_assert_cmpint (hp_settings_get_integer (hp_run_policy_settings (run), "survivals"), ==, 3);
  g_assert_true (hp_run_set (run, "preset", "node-20", NULL));
  assert_facts (
      fixture,
      run,
      "scenario=misbehave policy=promote-at-n replacement=lru set.machine.preset=node-20 set.scenario.how=busy "
      "set.policy.survivals=3 ");
}

/* What was set for the machine holds over a preset, before or after it. */
static void
test_preset (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpSettings) node = hp_machine_settings_new ("node-20", NULL);
  g_autoptr (HpSettings) classroom = hp_machine_settings_new ("classroom", NULL);
  const char *name = NULL;
  g_autofree char *own = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 1; i < hp_settings_count (node); i++)
    {
      const HpParameter *row = hp_settings_parameter (node, i);

      if (row->type == HP_PARAMETER_BYTES
          && hp_settings_get_integer (node, row->name) != hp_settings_get_integer (classroom, row->name))
        name = row->name;
    }
  g_assert_nonnull (name);
  own = hp_settings_dup_text (classroom, name);
  for (guint preset_first = 0; preset_first < 2; preset_first++)
    {
      g_autoptr (HpRun) run = new_run (fixture, "misbehave");

      if (preset_first)
        g_assert_true (hp_run_set (run, "preset", "node-20", NULL));
      g_assert_true (hp_run_set (run, name, own, NULL));
      if (!preset_first)
        g_assert_true (hp_run_set (run, "machine.preset", "node-20", NULL));
      g_assert_cmpint (
          hp_settings_get_integer (hp_run_machine_settings (run), name), ==, hp_settings_get_integer (classroom, name));
      g_assert_cmpstr (hp_settings_get_text (hp_run_machine_settings (run), "preset"), ==, "node-20");
      g_assert_false (hp_run_set (run, "preset", "vax", &error));
      g_assert_true (strstr (error->message, "node-20") != NULL);
      g_clear_error (&error);
    }
}

static void
test_close_scenario (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpRun) run = NULL;

  g_assert_null (hp_run_new (fixture->host, "misbehav", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "no scenario “misbehav”; did you mean “misbehave”?");
  g_clear_error (&error);
  run = new_run (fixture, "misbehave");
  g_assert_false (hp_run_set_policy (run, "promote", &error));
  g_assert_cmpstr (error->message, ==, "no policy “promote”; did you mean “promote-at-n”?");
}

static char *
temporary_file (const char *text, gsize n)
{
  char *path = g_strdup_printf ("%s/heaparium-run-%d", g_get_tmp_dir (), (int) g_random_int ());

  g_assert_true (g_file_set_contents (path, text, (gssize) n, NULL));
  return path;
}

static void
test_recognise (Fixture *fixture, gconstpointer data)
{
  g_autofree char *cats = temporary_file ("CATS and dogs", 13);
  g_autofree char *trace = temporary_file ("I  04016910,3\n S 1ffefffd08,8\n", 30);
  g_autoptr (HpRun) of_cats = new_run (fixture, cats);
  g_autoptr (HpRun) of_trace = new_run (fixture, trace);
  g_autoptr (HpRun) of_input = new_run (fixture, "-");

  g_assert_cmpstr (hp_run_scenario (of_cats)->id, ==, "misbehave");
  g_assert_cmpstr (hp_run_file (of_cats), ==, cats);
  g_assert_cmpstr (hp_run_scenario (of_trace)->id, ==, "memory-trace");
  g_assert_cmpstr (hp_settings_get_text (hp_run_scenario_settings (of_trace), "file"), ==, trace);
  g_assert_cmpstr (hp_run_scenario (of_input)->id, ==, "memory-trace");
  g_assert_cmpstr (hp_run_file (of_input), ==, "-");
  g_remove (cats);
  g_remove (trace);
}

static void
assert_not_recognised (Fixture *fixture, const char *bytes, gsize n, const char *found)
{
  g_autofree char *path = temporary_file (bytes, n);
  g_autofree char *message = g_strdup_printf ("%s: line 1: found %s, expected a recording or a file that one of these "
                                              "scenarios reads: misbehave, speaks, javascript, memory-trace",
                                              path,
                                              found);
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_run_new (fixture->host, path, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
  g_assert_cmpstr (error->message, ==, message);
  g_remove (path);
}

static void
test_not_recognised (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_not_recognised (fixture, "", 0, "the end of the file");
  assert_not_recognised (fixture,
                         "\x7f"
                         "ELF",
                         4,
                         "the byte 0x7f");
  assert_not_recognised (fixture, "Dear diary,\nhello\n", 18, "“Dear diary,”");
  assert_not_recognised (fixture,
                         "a line of more letters than anybody wants to read in an error message",
                         69,
                         "“a line of more letters than anybody want…”");
  g_assert_null (hp_run_new (fixture->host, "/no/such/file", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
  g_assert_true (g_str_has_prefix (error->message, "/no/such/file: "));
}

static void
keep_fraction (gpointer user_data, double fraction)
{
  *(double *) user_data = fraction;
}

static void
assert_ending (Fixture *fixture, const char *how, guint64 event_limit, HpEnding ending, const char *message)
{
  g_autoptr (HpRun) run = new_run (fixture, "misbehave");
  g_autoptr (GError) error = NULL;
  double fraction = 0;
  HpRunOptions options = { keep_fraction, &fraction, event_limit, TRUE };
  HpMachine *volatile started = NULL;
  g_autoptr (HpMachine) machine = NULL;

  g_assert_true (hp_run_set (run, "how", how, NULL));
  machine = hp_run_perform (run, NULL, &options, &started, &error);
  g_assert_no_error (error);
  g_assert_true (machine == started);
  g_assert_cmpstr (hp_ending_name (hp_machine_ending (machine)), ==, hp_ending_name (ending));
  if (message != NULL)
    g_assert_cmpstr (hp_machine_ending_message (machine), ==, message);
  g_assert_cmpfloat (fraction, ==, strcmp (how, "progress") == 0 ? 1 : 0);
}

static void
test_endings (Fixture *fixture, gconstpointer data)
{
  assert_ending (fixture, "well", 0, HP_ENDING_COMPLETED, NULL);
  assert_ending (fixture, "progress", 0, HP_ENDING_COMPLETED, NULL);
  assert_ending (fixture, "fail", 0, HP_ENDING_SCENARIO_ERROR, "line 7: found a cat, expected a dog");
  assert_ending (fixture, "dead-ref", 0, HP_ENDING_SCENARIO_ERROR, NULL);
}

static void
test_refused_module (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("heaparium-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "gone.plugin", NULL);
  g_autoptr (HpHost) host = NULL;
  g_autoptr (HpRun) run = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "[Plugin]\nId=gone\nKind=scenario\nName=Gone\nABI=4\n", -1, NULL));
  host = hp_host_new ((const char *const[]){ folder, NULL });
  run = hp_run_new (host, "gone", &error);
  g_assert_no_error (error);
  g_assert_null (hp_run_perform (run, NULL, NULL, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_PLUGIN);
  g_assert_true (g_str_has_suffix (error->message, "gone.so is missing"));
  g_remove (path);
  g_remove (folder);
}

#define ADD(name, function) g_test_add ("/run/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("settings", test_settings);
  ADD ("preset", test_preset);
  ADD ("close-scenario", test_close_scenario);
  ADD ("recognise", test_recognise);
  ADD ("not-recognised", test_not_recognised);
  ADD ("endings", test_endings);
  ADD ("refused-module", test_refused_module);
  return g_test_run ();
}
