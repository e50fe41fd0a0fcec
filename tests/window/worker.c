/* worker.c - tests of runs in the real heaparium-cli: whole ones, killed, crashed, endless and greedy ones
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "session.h"

#include "sample.h"

#include <glib/gstdio.h>
#include <signal.h>

#define PATIENCE_SECONDS 30

/* The address sanitizer needs all of the address space. */
#ifdef __SANITIZE_ADDRESS__
#define USUAL_MIB 0
#else
#define USUAL_MIB 2048
#endif

static HpSession *
run (const char *scenario, const char *how, guint64 memory_mib)
{
  HpSession *session = hp_session_new ();
  HpWorkerLimits limits = { memory_mib, 0 };
  g_autoptr (HpPlan) plan = hp_plan_new (scenario);

  if (how)
    hp_plan_set (plan, "how", how);
  hp_session_run (session, plan, "Test", &limits);
  return session;
}

static void
wait_while (HpSession *session, HpSessionState state)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;

  while (hp_session_state (session) == state && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (hp_session_state (session), !=, state);
}

static void
wait_until_over (HpSession *session)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;

  while (hp_session_is_running (session) && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (hp_session_is_running (session));
}

static void
wait_for_events (HpSession *session, guint64 n)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;

  while (hp_session_length (session) < n && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (hp_session_length (session), >=, n);
}

static gboolean
is_gone (int pid)
{
  gint64 until = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (kill (pid, 0) == 0 && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, FALSE);
  return kill (pid, 0) != 0;
}

static void
test_a_whole_run (void)
{
  g_autoptr (HpSession) session = run ("first-steps", NULL, USUAL_MIB);

  g_assert_cmpint (hp_session_state (session), ==, HP_SESSION_RUNNING);
  wait_until_over (session);
  g_assert_cmpint (hp_session_state (session), ==, HP_SESSION_ENDED);
  g_assert_null (hp_session_message (session));
  g_assert_true (hp_moment_is_ended (hp_recording_head (hp_session_recording (session))));
  g_assert_cmpuint (hp_session_length (session), >, 100);
}

static void
test_an_unknown_scenario (void)
{
  g_autoptr (HpSession) session = run ("no-such-thing", NULL, USUAL_MIB);

  wait_until_over (session);
  g_assert_cmpint (hp_session_state (session), ==, HP_SESSION_FAILED);
  g_assert_nonnull (strstr (hp_session_message (session), "no-such-thing"));
  g_assert_false (g_str_has_prefix (hp_session_message (session), "heaparium-cli"));
}

static void
test_killed (void)
{
  g_autoptr (HpSession) session = run ("misbehave", "busy", USUAL_MIB);

  wait_for_events (session, 1000);
  kill (hp_worker_pid (hp_session_worker (session)), SIGKILL);
  wait_until_over (session);
  g_assert_cmpint (hp_session_state (session), ==, HP_SESSION_FAILED);
  g_assert_nonnull (strstr (hp_session_message (session), "killed"));
  g_assert_cmpuint (hp_session_length (session), >=, 1000);
  hp_session_seek (session, 1000);
  g_assert_cmpuint (hp_session_step (session), ==, 1000);
}

static void
test_crashed (void)
{
  g_autoptr (HpSession) session = run ("misbehave", "crash", USUAL_MIB);

  wait_until_over (session);
  g_assert_cmpint (hp_session_state (session), ==, HP_SESSION_FAILED);
  g_assert_nonnull (strstr (hp_session_message (session), "crashed"));
}

static void
test_greedy (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the address sanitizer needs all of the address space");
#else
  g_autoptr (HpSession) session = run ("misbehave", "eat", 512);

  wait_until_over (session);
  g_assert_cmpint (hp_session_state (session), ==, HP_SESSION_FAILED);
  g_assert_nonnull (strstr (hp_session_message (session), "memory"));
#endif
}

static void
test_failed_by_itself (void)
{
  g_autoptr (HpSession) session = run ("misbehave", "fail", USUAL_MIB);

  wait_until_over (session);
  g_assert_cmpint (hp_session_state (session), ==, HP_SESSION_FAILED);
  g_assert_nonnull (strstr (hp_session_message (session), "found a cat, expected a dog"));
}

static void
test_silent_wait_and_stop (void)
{
  g_autoptr (HpSession) session = run ("misbehave", "loop", USUAL_MIB);
  int pid = hp_worker_pid (hp_session_worker (session));

  wait_while (session, HP_SESSION_RUNNING);
  g_assert_cmpint (hp_session_state (session), ==, HP_SESSION_SILENT);
  hp_session_wait (session);
  g_assert_cmpint (hp_session_state (session), ==, HP_SESSION_RUNNING);
  hp_session_stop (session);
  g_assert_cmpint (hp_session_state (session), ==, HP_SESSION_FAILED);
  g_assert_true (is_gone (pid));
}

/* Another scenario, or none, ends the run that goes on. */
static void
test_closing_stops (void)
{
  g_autoptr (HpSession) session = run ("misbehave", "busy", USUAL_MIB);
  HpWorkerLimits limits = { USUAL_MIB, 0 };
  g_autoptr (HpPlan) plan = hp_plan_new ("first-steps");
  int pid;

  wait_for_events (session, 1);
  pid = hp_worker_pid (hp_session_worker (session));
  hp_session_run (session, plan, "Test", &limits);
  g_assert_true (is_gone (pid));
  pid = hp_worker_pid (hp_session_worker (session));
  hp_session_close (session);
  g_assert_true (is_gone (pid));
}

static void
test_another_run_keeps_the_place (void)
{
  g_autoptr (HpSession) session = run ("first-steps", NULL, USUAL_MIB);
  HpWorkerLimits limits = { USUAL_MIB, 0 };
  g_autoptr (HpPlan) plan = hp_plan_new ("first-steps");
  guint64 operations;

  wait_until_over (session);
  for (guint i = 0; i < 40; i++)
    hp_session_next (session, HP_GRAIN_STATEMENT);
  operations = hp_moment_counters (hp_session_moment (session))->operations;
  g_assert_cmpuint (operations, >, 20);
  hp_plan_set_policy (plan, "promote-at-n");
  hp_session_rerun (session, plan, &limits);
  wait_until_over (session);
  g_assert_cmpint (hp_session_state (session), ==, HP_SESSION_ENDED);
  g_assert_cmpuint (hp_moment_counters (hp_session_moment (session))->operations, ==, operations);
  g_assert_cmpstr (hp_recording_get_fact (hp_session_recording (session), "policy"), ==, "promote-at-n");
}

static void
test_a_recording_file (void)
{
  g_autoptr (HpRecording) recording = sample_recording ();
  g_autofree char *folder = g_dir_make_tmp ("heaparium-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "sample.heaparium-recording", NULL);
  g_autoptr (HpSession) session = hp_session_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (hp_recording_save (recording, path, &error));
  g_assert_no_error (error);
  hp_session_load (session, path, "Sample");
  wait_until_over (session);
  g_assert_cmpint (hp_session_state (session), ==, HP_SESSION_ENDED);
  g_assert_cmpuint (hp_session_length (session), ==, hp_recording_length (recording));
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_a_damaged_recording_file (void)
{
  g_autoptr (HpRecording) recording = sample_recording ();
  g_autofree char *folder = g_dir_make_tmp ("heaparium-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "cut.heaparium-recording", NULL);
  g_autoptr (HpSession) session = hp_session_new ();
  g_autofree char *bytes = NULL;
  gsize n;

  g_assert_true (hp_recording_save (recording, path, NULL));
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) n / 2, NULL));
  hp_session_load (session, path, "Sample");
  wait_until_over (session);
  g_assert_cmpint (hp_session_state (session), ==, HP_SESSION_FAILED);
  g_assert_cmpstr (hp_session_message (session), !=, "");
  g_unlink (path);
  g_rmdir (folder);
}

static void
add_misbehaviour_to_path (void)
{
  g_autofree char *path = g_strdup_printf (
      "%s:%s/tests/plugin", g_getenv ("HEAPARIUM_PLUGIN_PATH"), g_getenv ("HEAPARIUM_BUILD"));

  g_setenv ("HEAPARIUM_PLUGIN_PATH", path, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_misbehaviour_to_path ();
  g_test_add_func ("/worker/whole", test_a_whole_run);
  g_test_add_func ("/worker/unknown", test_an_unknown_scenario);
  g_test_add_func ("/worker/killed", test_killed);
  g_test_add_func ("/worker/crashed", test_crashed);
  g_test_add_func ("/worker/greedy", test_greedy);
  g_test_add_func ("/worker/failed", test_failed_by_itself);
  g_test_add_func ("/worker/silent", test_silent_wait_and_stop);
  g_test_add_func ("/worker/closing", test_closing_stops);
  g_test_add_func ("/worker/rerun", test_another_run_keeps_the_place);
  g_test_add_func ("/worker/file", test_a_recording_file);
  g_test_add_func ("/worker/damaged-file", test_a_damaged_recording_file);
  return g_test_run ();
}
