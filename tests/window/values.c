/* values.c - tests of what has no widget: the plan of a run, and the viewport
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plan.h"
#include "text.h"
#include "viewport.h"

static void
test_plan_arguments (void)
{
  g_autoptr (HpPlan) plan = hp_plan_new ("first-steps");
  g_auto (GStrv) arguments = NULL;
  const char *expected[] = { "run",   "first-steps", "--policy", "promote-at-n", "--set", "preset=node-20",
                             "--set", "policy.n=3",  NULL };

  hp_plan_set_policy (plan, "promote-at-n");
  hp_plan_set (plan, "policy.n", "2");
  hp_plan_set (plan, "preset", "node-20");
  hp_plan_set (plan, "scenario.size", "7");
  hp_plan_set (plan, "policy.n", "3");
  hp_plan_set (plan, "scenario.size", NULL);
  arguments = hp_plan_arguments (plan);
  g_assert_cmpstrv (arguments, expected);
}

static void
test_plan_is_a_value (void)
{
  g_autoptr (HpPlan) plan = hp_plan_new ("a");
  g_autoptr (HpPlan) copy = NULL;

  hp_plan_set (plan, "x", "1");
  copy = hp_plan_copy (plan);
  g_assert_true (hp_plan_equal (plan, copy));
  hp_plan_set (copy, "x", "2");
  g_assert_false (hp_plan_equal (plan, copy));
  g_assert_cmpstr (hp_plan_get (plan, "x"), ==, "1");
  hp_plan_set (copy, "x", "1");
  hp_plan_set_policy (copy, "p");
  g_assert_false (hp_plan_equal (plan, copy));
}

static void
test_viewport_fits (void)
{
  HpViewport viewport;

  hp_viewport_init (&viewport);
  hp_viewport_resize (&viewport, 600, 400, 1200, 400);
  g_assert_cmpfloat (viewport.zoom, ==, 0.5);
  g_assert_cmpfloat (viewport.x, ==, 0);
  g_assert_cmpfloat (viewport.y, ==, 100);
  /* A small picture is not blown up. */
  hp_viewport_resize (&viewport, 600, 400, 200, 100);
  g_assert_cmpfloat (viewport.zoom, ==, 1);
  g_assert_cmpfloat (viewport.x, ==, 200);
}

static void
test_viewport_zooms_around_a_point (void)
{
  HpViewport viewport;
  double x, y, x_after, y_after;

  hp_viewport_init (&viewport);
  hp_viewport_resize (&viewport, 600, 400, 1200, 800);
  hp_viewport_to_scene (&viewport, 150, 100, &x, &y);
  hp_viewport_zoom_at (&viewport, 4, 150, 100);
  hp_viewport_to_scene (&viewport, 150, 100, &x_after, &y_after);
  g_assert_cmpfloat_with_epsilon (x, x_after, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, y_after, 1e-9);
  g_assert_cmpfloat (viewport.zoom, ==, 2);
  hp_viewport_zoom_at (&viewport, 1e9, 0, 0);
  g_assert_cmpfloat (viewport.zoom, ==, HP_VIEWPORT_LARGEST);
}

static void
test_viewport_leaves_no_gap (void)
{
  HpViewport viewport;

  hp_viewport_init (&viewport);
  hp_viewport_resize (&viewport, 600, 400, 1200, 800);
  hp_viewport_zoom_at (&viewport, 2, 0, 0);
  hp_viewport_pan (&viewport, 1e6, 1e6);
  g_assert_cmpfloat (viewport.x, ==, 0);
  g_assert_cmpfloat (viewport.y, ==, 0);
  hp_viewport_pan (&viewport, -1e6, -1e6);
  g_assert_cmpfloat (viewport.x, ==, 600 - 1200);
  g_assert_cmpfloat (viewport.y, ==, 400 - 800);
}

static void
test_viewport_reveals (void)
{
  HpViewport viewport;
  HpRect far = { 1100, 700, 50, 50 };
  HpRect seen;

  hp_viewport_init (&viewport);
  hp_viewport_resize (&viewport, 600, 400, 1200, 800);
  hp_viewport_zoom_at (&viewport, 2, 0, 0);
  g_assert_true (hp_viewport_reveal (&viewport, &far));
  seen = hp_viewport_from_scene (&viewport, &far);
  g_assert_cmpfloat (seen.x, >=, 0);
  g_assert_cmpfloat (seen.x + seen.width, <=, 600);
  g_assert_cmpfloat (seen.y + seen.height, <=, 400);
  g_assert_false (hp_viewport_reveal (&viewport, &far));
}

static void
test_numbers_as_text (void)
{
  g_autofree char *one = hp_text_of_bytes (1);
  g_autofree char *many = hp_text_of_bytes (48);
  g_autofree char *address = hp_text_of_address (0x12340);
  g_autofree char *step = hp_text_of_step (3, 40);

  g_assert_cmpstr (one, ==, "1 byte");
  g_assert_cmpstr (many, ==, "48 bytes");
  g_assert_cmpstr (address, ==, "0x00012340");
  g_assert_cmpstr (step, ==, "Step 3 of 40");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/arguments", test_plan_arguments);
  g_test_add_func ("/plan/value", test_plan_is_a_value);
  g_test_add_func ("/viewport/fits", test_viewport_fits);
  g_test_add_func ("/viewport/zooms", test_viewport_zooms_around_a_point);
  g_test_add_func ("/viewport/no-gap", test_viewport_leaves_no_gap);
  g_test_add_func ("/viewport/reveals", test_viewport_reveals);
  g_test_add_func ("/text", test_numbers_as_text);
  return g_test_run ();
}
