/* random-program.c - random programs as data: any subset runs, texts come back, bad texts say what is wrong
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "random_machine.h"

#include "base/error.h"

static HpEnding
run (const HpRandomProgram *program, guint64 *n_operations)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("classroom", NULL);
  g_autoptr (HpMachine) machine = hp_machine_new (settings, NULL, NULL, NULL);

  hp_machine_set_verify (machine, TRUE);
  hp_random_program_run (program, machine, NULL, NULL, NULL);
  hp_machine_finish (machine);
  if (n_operations != NULL)
    *n_operations = hp_machine_counters (machine)->operations;
  return hp_machine_ending (machine);
}

static void
assert_equal (const HpRandomProgram *a, const HpRandomProgram *b)
{
  g_assert_cmpmem (a->steps, a->n_steps * sizeof (HpStep), b->steps, b->n_steps * sizeof (HpStep));
}

/* ---- programs ---------------------------------------------------------------------------------------------------- */

static void
test_same_seed (void)
{
  g_autoptr (HpRandomProgram) a = hp_random_program_new (7, 200);
  g_autoptr (HpRandomProgram) b = hp_random_program_new (7, 200);
  g_autoptr (HpRandomProgram) other = hp_random_program_new (8, 200);
  g_autoptr (HpRandomProgram) shorter = hp_random_program_new (7, 50);

  assert_equal (a, b);
  hp_random_program_cut (a, 50, 150);
  assert_equal (a, shorter);
  g_assert_cmpint (memcmp (b->steps, other->steps, 200 * sizeof (HpStep)), !=, 0);
}

static void
test_every_kind_comes (void)
{
  g_autoptr (HpRandomProgram) program = hp_random_program_new (1, 5000);
  g_autofree guint *seen = g_new0 (guint, hp_step_n_kinds ());

  for (guint i = 0; i < program->n_steps; i++)
    seen[program->steps[i].kind]++;
  for (guint kind = 0; kind < hp_step_n_kinds (); kind++)
    g_assert_cmpuint (seen[kind], >, 0);
  g_assert_null (hp_step_kind_name (hp_step_n_kinds ()));
}

/* What shrinking relies on: whatever is left out, the rest runs, and only memory can run out. */
static void
test_any_subset_runs (void)
{
  for (guint64 seed = 1; seed <= 100; seed++)
    {
      g_autoptr (HpRandomProgram) program = hp_random_program_new (seed, 300);
      HpRandom random;

      hp_random_seed (&random, seed);
      while (program->n_steps > 0)
        {
          guint first = hp_random_below (&random, program->n_steps);
          HpEnding ending = run (program, NULL);

          g_assert_true (ending == HP_ENDING_COMPLETED || ending == HP_ENDING_OUT_OF_MEMORY);
          hp_random_program_cut (program, first, 1 + hp_random_below (&random, program->n_steps - first));
        }
    }
}

/* ---- texts ------------------------------------------------------------------------------------------------------- */

static void
test_text_comes_back (void)
{
  for (guint64 seed = 1; seed <= 50; seed++)
    {
      g_autoptr (HpRandomProgram) program = hp_random_program_new (seed, 100);
      g_autofree char *text = hp_random_program_print (program);
      g_autoptr (HpRandomProgram) again = hp_random_program_parse (text, NULL);

      g_assert_nonnull (again);
      assert_equal (program, again);
    }
}

static void
test_text_forms (void)
{
  g_autoptr (HpRandomProgram) program = hp_random_program_parse (
      "list 0 5;; collect-young # a scavenge; no step\r\n\n  return;allocate 0 0 0 1;", NULL);
  g_autofree char *text = NULL;
  guint64 n_operations;

  g_assert_nonnull (program);
  text = hp_random_program_print (program);
  g_assert_cmpstr (text, ==, "list 0 5\ncollect-young\nreturn\nallocate 0 0 0 1\n");
  g_assert_cmpint (run (program, &n_operations), ==, HP_ENDING_COMPLETED);
  /* Four statements. Six times allocate, write, set root; a collection; nothing to return from; allocate, set root. */
  g_assert_cmpuint (n_operations, ==, 4 + 6 * 3 + 1 + 2);
}

static void
expect_refusal (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_random_program_parse (text, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_bad_texts (void)
{
  g_autoptr (HpRandomProgram) empty = hp_random_program_parse (" \n;;\n# nothing\n", NULL);

  g_assert_cmpuint (empty->n_steps, ==, 0);
  expect_refusal ("list\nlists 1", "the program, line 2: found “lists”, expected a kind of step such as “allocate”");
  expect_refusal ("list 1 -2", "the program, line 1: found “-2”, expected a number from 0 to 4294967295");
  expect_refusal ("list 4294967296", "the program, line 1: found “4294967296”, expected a number from 0 to 4294967295");
  expect_refusal ("return 1 2 3 4 5 6 7", "the program, line 1: found “7”, expected at most 6 numbers");
  expect_refusal ("\n\n\x01\xff",
                  "the program, line 3: found “ \xef\xbf\xbd”, expected a kind of step such as “allocate”");
}

static void
test_too_long (void)
{
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i <= HP_PROGRAM_MAX_STEPS; i++)
    g_string_append (text, "return;");
  g_assert_null (hp_random_program_parse (text->str, &error));
  g_assert_cmpstr (error->message, ==, "the program, line 1: found “return”, expected at most 1000000 steps");
  g_string_free (text, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/machine/random-program/same-seed", test_same_seed);
  g_test_add_func ("/machine/random-program/every-kind-comes", test_every_kind_comes);
  g_test_add_func ("/machine/random-program/any-subset-runs", test_any_subset_runs);
  g_test_add_func ("/machine/random-program/text-comes-back", test_text_comes_back);
  g_test_add_func ("/machine/random-program/text-forms", test_text_forms);
  g_test_add_func ("/machine/random-program/bad-texts", test_bad_texts);
  g_test_add_func ("/machine/random-program/too-long", test_too_long);
  return g_test_run ();
}
