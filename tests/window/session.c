/* session.c - tests of the session: where we stand, what is selected, how it plays
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "session.h"

#include "sample.h"
#include "subject.h"

static void
count (guint *n)
{
  (*n)++;
}

static HpSession *
open_sample (void)
{
  HpSession *session = hp_session_new ();

  hp_session_show (session, sample_recording (), "Sample");
  return session;
}

static void
test_moves_within_the_recording (void)
{
  g_autoptr (HpSession) session = open_sample ();
  guint n_steps = 0;

  g_signal_connect_swapped (session, "notify::step", G_CALLBACK (count), &n_steps);
  g_assert_cmpuint (hp_session_length (session), >, 20);
  hp_session_seek (session, G_MAXUINT64);
  g_assert_cmpuint (hp_session_step (session), ==, hp_session_length (session));
  g_assert_cmpuint (hp_moment_step (hp_session_moment (session)), ==, hp_session_length (session));
  hp_session_next (session, HP_GRAIN_EVENT);
  g_assert_cmpuint (n_steps, ==, 1);
  hp_session_seek (session, 0);
  hp_session_previous (session, HP_GRAIN_STATEMENT);
  g_assert_cmpuint (hp_session_step (session), ==, 0);
  g_assert_cmpuint (n_steps, ==, 2);
}

static void
test_forth_and_back_meet (void)
{
  g_autoptr (HpSession) session = open_sample ();

  for (HpGrain grain = HP_GRAIN_EVENT; grain <= HP_GRAIN_STATEMENT; grain++)
    {
      g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (guint64));

      for (hp_session_seek (session, 0); hp_session_step (session) < hp_session_length (session);
           hp_session_next (session, grain))
        {
          guint64 step = hp_session_step (session);
          g_array_append_val (steps, step);
        }
      for (guint i = steps->len; i-- > 0;)
        {
          hp_session_previous (session, grain);
          g_assert_cmpuint (hp_session_step (session), ==, g_array_index (steps, guint64, i));
        }
    }
}

static void
test_scrubbing_snaps_to_the_grain (void)
{
  g_autoptr (HpSession) session = open_sample ();
  guint64 first;

  hp_session_set_grain (session, HP_GRAIN_STATEMENT);
  hp_session_next (session, HP_GRAIN_STATEMENT);
  first = hp_session_step (session);
  hp_session_next (session, HP_GRAIN_STATEMENT);
  hp_session_seek_near (session, first + 1);
  g_assert_cmpuint (hp_session_step (session), >, first);
  hp_session_seek_near (session, first);
  g_assert_cmpuint (hp_session_step (session), ==, first);
  hp_session_set_grain (session, HP_GRAIN_EVENT);
  hp_session_seek_near (session, first + 1);
  g_assert_cmpuint (
      hp_session_step (session), ==, hp_recording_next (hp_session_recording (session), first, HP_GRAIN_EVENT));
}

static void
test_plays_to_the_end_and_stops (void)
{
  g_autoptr (HpSession) session = open_sample ();
  gint64 until = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  hp_session_set_speed (session, 1000);
  hp_session_set_grain (session, HP_GRAIN_EVENT);
  hp_session_set_playing (session, TRUE);
  while (hp_session_playing (session) && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (hp_session_playing (session));
  g_assert_cmpuint (hp_session_step (session), ==, hp_session_length (session));
  /* From the end it plays from the start. */
  hp_session_set_playing (session, TRUE);
  g_assert_cmpuint (hp_session_step (session), ==, 0);
}

static void
test_speed_is_steps_a_second (void)
{
  g_autoptr (HpSession) session = open_sample ();
  gint64 began = g_get_monotonic_time ();
  double seconds;

  hp_session_set_speed (session, 20);
  hp_session_set_grain (session, HP_GRAIN_EVENT);
  hp_session_set_playing (session, TRUE);
  for (guint64 step = 0; step < 5; step = hp_session_step (session))
    g_main_context_iteration (NULL, TRUE);
  seconds = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  g_assert_cmpfloat (seconds, >, 0.24);
  g_assert_cmpfloat (seconds, <, 2.0);
}

static void
test_selection_has_a_history (void)
{
  g_autoptr (HpSession) session = open_sample ();
  guint n_selected = 0;

  g_signal_connect_swapped (session, "selected", G_CALLBACK (count), &n_selected);
  hp_session_select (session, HP_TARGET (HP_TARGET_OBJECT, 1));
  hp_session_select (session, HP_TARGET (HP_TARGET_OBJECT, 1));
  g_assert_cmpuint (n_selected, ==, 1);
  g_assert_false (hp_session_can_select_back (session));
  hp_session_select (session, HP_TARGET (HP_TARGET_FRAME, 0));
  g_assert_true (hp_session_can_select_back (session));
  hp_session_select_back (session);
  g_assert_cmpint (hp_session_selection (session).kind, ==, HP_TARGET_OBJECT);
  hp_session_select_back (session);
  g_assert_cmpuint (hp_session_selection (session).id, ==, 1);
  for (guint i = 0; i < 1000; i++)
    hp_session_select (session, HP_TARGET (HP_TARGET_OBJECT, i + 2));
  g_assert_cmpuint (hp_session_selection (session).id, ==, 1001);
}

static void
test_close_forgets (void)
{
  g_autoptr (HpSession) session = open_sample ();

  hp_session_select (session, HP_TARGET (HP_TARGET_OBJECT, 1));
  hp_session_close (session);
  g_assert_null (hp_session_recording (session));
  g_assert_cmpint (hp_session_state (session), ==, HP_SESSION_EMPTY);
  g_assert_cmpint (hp_session_selection (session).kind, ==, HP_TARGET_NONE);
  hp_session_next (session, HP_GRAIN_EVENT);
  hp_session_set_playing (session, TRUE);
  g_assert_false (hp_session_playing (session));
}

/* ---- what the inspector says ------------------------------------------------------------------------------------ */

static HpSubject *
subject_at (HpSession *session, guint64 step, HpTarget target)
{
  hp_session_seek (session, step);
  return hp_subject_new (hp_session_recording (session), hp_session_moment (session), target);
}

static const HpSubjectPart *
find_part (const HpSubject *subject, const char *heading)
{
  for (guint i = 0; i < subject->parts->len; i++)
    {
      const HpSubjectPart *part = g_ptr_array_index (subject->parts, i);
      if (g_strcmp0 (part->heading, heading) == 0)
        return part;
    }
  g_assert_not_reached ();
}

static const HpSubjectRow *
find_row (const HpSubjectPart *part, const char *name)
{
  for (guint i = 0; i < part->rows->len; i++)
    {
      const HpSubjectRow *row = g_ptr_array_index (part->rows, i);
      if (strcmp (row->name, name) == 0)
        return row;
    }
  g_assert_not_reached ();
}

static void
test_subject_of_an_object (void)
{
  g_autoptr (HpSession) session = open_sample ();
  guint64 end = hp_session_length (session);
  g_autoptr (HpSubject) subject = subject_at (session, end, HP_TARGET (HP_TARGET_OBJECT, SAMPLE_KEPT));
  const HpSubjectRow *friend, *holder;

  g_assert_nonnull (strstr (subject->title, "Alice"));
  g_assert_cmpstr (find_row (find_part (subject, NULL), "State")->value, ==, "Reachable");
  g_assert_cmpstr (find_row (find_part (subject, NULL), "Size")->value, ==, "24 bytes");
  friend = find_row (find_part (subject, "Slots"), "friend");
  g_assert_true (hp_target_equal (friend->target, HP_TARGET (HP_TARGET_OBJECT, SAMPLE_FRIEND)));
  holder = find_row (find_part (subject, "Referred to by"), "kept");
  g_assert_cmpint (holder->target.kind, ==, HP_TARGET_STACK_SLOT);
  g_assert_cmpstr (holder->value, ==, "local of main");
}

static void
test_subject_of_garbage (void)
{
  g_autoptr (HpSession) session = open_sample ();
  guint64 last = sample_last_step_of (hp_session_recording (session), SAMPLE_DROPPED);
  g_autoptr (HpSubject) garbage = subject_at (session, last, HP_TARGET (HP_TARGET_OBJECT, SAMPLE_DROPPED));
  g_autoptr (HpSubject) freed = subject_at (session, last + 1, HP_TARGET (HP_TARGET_OBJECT, SAMPLE_DROPPED));

  g_assert_cmpstr (
      find_row (find_part (garbage, NULL), "State")->value, ==, "Unreachable: garbage that is not yet collected");
  g_assert_cmpuint (find_part (garbage, "Referred to by")->rows->len, ==, 0);
  g_assert_cmpstr (find_row (find_part (freed, NULL), "State")->value, ==, "Freed: its memory is free again");
}

static void
test_subject_of_a_frame (void)
{
  g_autoptr (HpSession) session = open_sample ();
  guint64 end = hp_session_length (session);
  g_autoptr (HpSubject) subject = subject_at (session, end, HP_TARGET (HP_TARGET_FRAME, 0));

  g_assert_cmpstr (subject->title, ==, "main ()");
  g_assert_cmpuint (find_part (subject, "Locals")->rows->len, ==, 2);
  g_assert_cmpuint (find_row (find_part (subject, "Locals"), "kept")->target.id, ==, SAMPLE_KEPT);
  g_assert_null (subject_at (session, end, HP_TARGET (HP_TARGET_FRAME, 9)));
}

/* Whatever a view may point at, at any step: a subject or nothing, never a crash. */
static void
test_subject_of_anything (void)
{
  g_autoptr (HpSession) session = open_sample ();

  for (guint64 step = 0; step <= hp_session_length (session); step++)
    for (HpTargetKind kind = HP_TARGET_NONE; kind < HP_N_TARGET_KINDS; kind++)
      for (guint32 id = 0; id < 6; id++)
        hp_subject_free (subject_at (session, step, HP_TARGET (kind, id)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/moves", test_moves_within_the_recording);
  g_test_add_func ("/session/forth-and-back", test_forth_and_back_meet);
  g_test_add_func ("/session/scrub", test_scrubbing_snaps_to_the_grain);
  g_test_add_func ("/session/plays", test_plays_to_the_end_and_stops);
  g_test_add_func ("/session/speed", test_speed_is_steps_a_second);
  g_test_add_func ("/session/selection", test_selection_has_a_history);
  g_test_add_func ("/session/close", test_close_forgets);
  g_test_add_func ("/subject/object", test_subject_of_an_object);
  g_test_add_func ("/subject/garbage", test_subject_of_garbage);
  g_test_add_func ("/subject/frame", test_subject_of_a_frame);
  g_test_add_func ("/subject/anything", test_subject_of_anything);
  return g_test_run ();
}
