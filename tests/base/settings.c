/* settings.c - tests of the parameter table
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/settings.h"

static const HpParameter TABLE[] = {
  { "verbose", HP_PARAMETER_BOOLEAN, NULL, "false", 0, 0, NULL, "say more" },
  { "depth", HP_PARAMETER_INTEGER, NULL, "18", 1, 30, NULL, "how deep" },
  { "semi-space", HP_PARAMETER_BYTES, "bytes", "16M", 1024, 1 << 30, NULL, "size of a half" },
  { "ratio", HP_PARAMETER_NUMBER, NULL, "0.5", 0, 1, NULL, "share" },
  { "order", HP_PARAMETER_CHOICE, NULL, "v8", 0, 0, "v8|cheney", "copy order" },
  { "file", HP_PARAMETER_FILE, NULL, "", 0, 0, NULL, "where from" },
};

static HpSettings *
make (void)
{
  return hp_settings_new (TABLE, G_N_ELEMENTS (TABLE));
}

static void
test_defaults (void)
{
  g_autoptr (HpSettings) settings = make ();

  g_assert_false (hp_settings_get_boolean (settings, "verbose"));
  g_assert_cmpint (hp_settings_get_integer (settings, "depth"), ==, 18);
  g_assert_cmpint (hp_settings_get_integer (settings, "semi-space"), ==, 16 << 20);
  g_assert_cmpfloat (hp_settings_get_number (settings, "ratio"), ==, 0.5);
  g_assert_cmpstr (hp_settings_get_text (settings, "order"), ==, "v8");
  g_assert_cmpstr (hp_settings_get_text (settings, "file"), ==, "");
}

static void
assert_rejected (HpSettings *settings, const char *name, const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (hp_settings_set (settings, name, text, &error));
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_rejections (void)
{
  g_autoptr (HpSettings) settings = make ();

  assert_rejected (settings, "verbose", "maybe", "verbose: found “maybe”, expected true or false");
  assert_rejected (settings, "depth", "31", "depth: found “31”, expected 1 to 30");
  assert_rejected (settings, "depth", "2.5", "depth: found “2.5”, expected a whole number");
  assert_rejected (settings, "depth", "", "depth: found “”, expected a whole number");
  assert_rejected (settings, "depth", "nan", "depth: found “nan”, expected a whole number");
  assert_rejected (settings, "depth", "1e999", "depth: found “1e999”, expected a whole number");
  assert_rejected (settings, "depth", "4K", "depth: found “4K”, expected a whole number");
  assert_rejected (
      settings, "semi-space", "16Q", "semi-space: found “16Q”, expected a number of bytes, such as 4096, 512K or 16M");
  assert_rejected (settings, "semi-space", "2G", "semi-space: found “2G”, expected 1024 to 1073741824");
  assert_rejected (settings, "order", "random", "order: found “random”, expected one of v8, cheney");
  assert_rejected (settings, "missing", "1", "there is no setting called “missing”");
  g_assert_cmpint (hp_settings_get_integer (settings, "depth"), ==, 18);
  g_assert_cmpstr (hp_settings_get_text (settings, "order"), ==, "v8");
}

/* Whatever text form a value has, reading it back gives the same value. */
static void
test_text_round_trip (void)
{
  static const char *const VALUES[][2] = {
    { "verbose", "true" }, { "depth", "7" },      { "semi-space", "512K" }, { "semi-space", "1500" },
    { "ratio", "0.1" },    { "order", "cheney" }, { "file", "/tmp/a b" },
  };
  g_autoptr (HpSettings) settings = make ();

  for (guint i = 0; i < G_N_ELEMENTS (VALUES); i++)
    {
      g_autoptr (HpSettings) copy = NULL;
      g_autofree char *text = NULL;

      g_assert_true (hp_settings_set (settings, VALUES[i][0], VALUES[i][1], NULL));
      copy = hp_settings_copy (settings);
      text = hp_settings_dup_text (copy, VALUES[i][0]);
      g_assert_cmpstr (text, ==, VALUES[i][1]);
      g_assert_true (hp_settings_is_changed (copy, VALUES[i][0]));
    }
  g_assert_true (hp_settings_set (settings, "semi-space", "16MiB", NULL));
  g_assert_false (hp_settings_is_changed (settings, "semi-space"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/defaults", test_defaults);
  g_test_add_func ("/settings/rejections", test_rejections);
  g_test_add_func ("/settings/text-round-trip", test_text_round_trip);
  return g_test_run ();
}
