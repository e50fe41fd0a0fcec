/* limits.c - V8's formulas against numbers worked by hand
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/limits.h"

#define MIB (G_GUINT64_CONSTANT (1) << 20)

static void
test_max_factor (void)
{
  g_assert_cmpfloat (hp_limits_max_factor (4096 * MIB), ==, 4.0);
  g_assert_cmpfloat (hp_limits_max_factor (2048 * MIB), ==, 4.0);
  g_assert_cmpfloat_with_epsilon (hp_limits_max_factor (1152 * MIB), 1.65, 1e-9);
  g_assert_cmpfloat (hp_limits_max_factor (256 * MIB), ==, 1.3);
  g_assert_cmpfloat (hp_limits_max_factor (16384), ==, 1.3);
}

/* R (1 - MU) / (R (1 - MU) - MU) */
static void
test_growing_factor (void)
{
  g_assert_cmpfloat_with_epsilon (hp_limits_growing_factor (100, 1, 4), 3 / 2.03, 1e-9);
  g_assert_cmpfloat_with_epsilon (hp_limits_growing_factor (500, 10, 4), 1.5 / 0.53, 1e-9);
  g_assert_cmpfloat (hp_limits_growing_factor (40, 1, 4), ==, 4); /* 5.2 */
  g_assert_cmpfloat (hp_limits_growing_factor (1, 1, 4), ==, 4);  /* negative */
  g_assert_cmpfloat (hp_limits_growing_factor (1e6, 1, 4), ==, 1.1);
  g_assert_cmpfloat (hp_limits_growing_factor (0, 1, 4), ==, 4);
  g_assert_cmpfloat (hp_limits_growing_factor (1, 0, 1.3), ==, 1.3);
}

static void
test_next_limit (void)
{
  /* 8 MB more beat a factor of 1.3; then new space on top */
  g_assert_cmpuint (hp_limits_next_old_limit (10 * MIB, 1.3, 8 * MIB, 2 * MIB, 0, 4096 * MIB), ==, 20 * MIB);
  g_assert_cmpuint (hp_limits_next_old_limit (100 * MIB, 1.5, 8 * MIB, 16 * MIB, 0, 4096 * MIB), ==, 166 * MIB);
  /* half-way to the maximum at most */
  g_assert_cmpuint (hp_limits_next_old_limit (60 * MIB, 4, 8 * MIB, 16 * MIB, 0, 64 * MIB), ==, 62 * MIB);
  g_assert_cmpuint (hp_limits_next_old_limit (1 * MIB, 4, 8 * MIB, 1 * MIB, 32 * MIB, 4096 * MIB), ==, 32 * MIB);
}

static void
test_lowered_limit (void)
{
  g_assert_cmpuint (hp_limits_lowered_old_limit (512 * MIB, 1 * MIB, 8 * MIB, 25), ==, 128 * MIB);
  g_assert_cmpuint (hp_limits_lowered_old_limit (512 * MIB, 1 * MIB, 8 * MIB, 1), ==, 9 * MIB);
}

/* V8 measures 53 to 68 % in practice. */
static void
test_fragmentation (void)
{
  g_assert_cmpuint (hp_limits_fragmentation_percent (257720, 0), ==, 70);
  g_assert_cmpuint (hp_limits_fragmentation_percent (257720, 257720), ==, 75);
  g_assert_cmpuint (hp_limits_fragmentation_percent (257720, 953250), ==, 60);
  g_assert_cmpuint (hp_limits_fragmentation_percent (1024, 1e12), ==, 50);
}

static void
test_overshoot (void)
{
  g_assert_cmpuint (hp_limits_overshoot_margin (20 * MIB, 4096 * MIB), ==, 32 * MIB);
  g_assert_cmpuint (hp_limits_overshoot_margin (200 * MIB, 4096 * MIB), ==, 100 * MIB);
  g_assert_cmpuint (hp_limits_overshoot_margin (200 * MIB, 220 * MIB), ==, 10 * MIB);
  g_assert_cmpuint (hp_limits_overshoot_margin (64 * MIB, 64 * MIB), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gc/limits/max-factor", test_max_factor);
  g_test_add_func ("/gc/limits/growing-factor", test_growing_factor);
  g_test_add_func ("/gc/limits/next-limit", test_next_limit);
  g_test_add_func ("/gc/limits/lowered-limit", test_lowered_limit);
  g_test_add_func ("/gc/limits/fragmentation", test_fragmentation);
  g_test_add_func ("/gc/limits/overshoot", test_overshoot);
  return g_test_run ();
}
