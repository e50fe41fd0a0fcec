/* replay.c - tests of the scenario memory-trace, loaded and run as the programs do it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plugin/run.h"

#include <glib/gstdio.h>
#include <string.h>

static HpHost *host;

static HpMachine *
perform (const char *path, const char *const *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpRun) run = hp_run_new (host, "memory-trace", &error);
  HpRunOptions options = { 0 };
  HpMachine *machine;

  g_assert_no_error (error);
  hp_run_set (run, "file", path, &error);
  g_assert_no_error (error);
  for (gsize i = 0; settings != NULL && settings[i] != NULL; i += 2)
    {
      hp_run_set (run, settings[i], settings[i + 1], &error);
      g_assert_no_error (error);
    }
  machine = hp_run_perform (run, NULL, &options, NULL, &error);
  g_assert_no_error (error);
  return machine;
}

static void
assert_counts (const char *const *settings, guint64 operations, guint64 minor, guint64 major, guint64 dirty)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "small.lackey", NULL);
  g_autoptr (HpMachine) machine = perform (path, settings);
  const HpCounters *counters = hp_machine_counters (machine);

  g_assert_cmpstr (hp_machine_ending_message (machine), ==, NULL);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_COMPLETED);
  g_assert_cmpuint (counters->operations, >=, operations);
  g_assert_cmpuint (counters->minor_faults, ==, minor);
  g_assert_cmpuint (counters->major_faults, ==, major);
  g_assert_cmpuint (counters->dirty_evictions, ==, dirty);
}

/* 61 pages in a loop: with 61 frames all fit, with one less LRU faults at each of the 60. */
static void
test_counts (void)
{
  assert_counts ((const char *const[]){ "ram", "244K", "replacement", "lru", NULL }, 540, 61, 0, 0);
  assert_counts ((const char *const[]){ "ram", "240K", "replacement", "lru", NULL }, 540, 61, 120, 121);
  assert_counts ((const char *const[]){ "ram", "240K", "data-only", "true", NULL }, 360, 60, 0, 0);
  assert_counts ((const char *const[]){ "ram", "240K", "replacement", "opt", NULL }, 540, 61, 2, 3);
}

static void
test_recognised (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "small.lackey", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpRun) run = hp_run_new (host, path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hp_run_scenario (run)->id, ==, "memory-trace");
  g_assert_cmpstr (hp_settings_get_text (hp_run_scenario_settings (run), "file"), ==, path);
}

/* What is wrong with the file ends the run with one line; what came before is kept. */
static void
test_bad_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("heaparium-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bad", NULL);
  g_autofree char *expected = g_strconcat (path, ": line 2: found “-8”, expected ", NULL);
  g_autoptr (HpMachine) machine = NULL;

  g_assert_true (g_file_set_contents (path, " L 1000,8\n S 2000,-8\n L 3000,8\n", -1, NULL));
  machine = perform (path, NULL);
  g_unlink (path);
  g_rmdir (folder);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_SCENARIO_ERROR);
  g_assert_true (g_str_has_prefix (hp_machine_ending_message (machine), expected));
  g_assert_cmpuint (hp_machine_counters (machine)->minor_faults, ==, 1);
}

static void
test_no_file (void)
{
  g_autoptr (HpMachine) unset = perform ("", NULL);
  g_autoptr (HpMachine) missing = perform ("/nowhere/at/all", NULL);

  g_assert_cmpstr (hp_machine_ending_message (unset), ==, "No trace was given: set “file” to one.");
  g_assert_cmpstr (hp_machine_ending_message (missing), ==, "/nowhere/at/all: there is no such file");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  host = hp_host_new ((const char *const[]){ g_getenv ("HEAPARIUM_PLUGIN_PATH"), NULL });
  g_test_add_func ("/replay/counts", test_counts);
  g_test_add_func ("/replay/recognised", test_recognised);
  g_test_add_func ("/replay/bad-file", test_bad_file);
  g_test_add_func ("/replay/no-file", test_no_file);
  status = g_test_run ();
  hp_host_free (host);
  return status;
}
