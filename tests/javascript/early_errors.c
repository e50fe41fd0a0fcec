/* early_errors.c - what is wrong with a program before it runs: the message and its place, in Node's words
 *
 * The table is what Node 20 says (update-early-errors writes it): the line, the first column with a caret and, after a
 * plus, how many carets; nothing where the source ends too early.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "syntax/parser.h"

#include <string.h>

static const char *const CASES[][2] = {
#include "early_errors.inc"
};

/* "line:column+carets message" of an error as js_source_set_error () shows it. */
static char *
short_form (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const char *caret = strchr (lines[2], '^'), *message = strstr (text, "\nSyntaxError: ");

  g_assert_true (g_str_has_prefix (lines[0], "t.js:"));
  g_assert_nonnull (message);
  message += strlen ("\nSyntaxError: ");
  if (caret == NULL)
    return g_strdup_printf ("%s %s", lines[0] + strlen ("t.js:"), message);
  return g_strdup_printf (
      "%s:%u+%u %s", lines[0] + strlen ("t.js:"), (guint) (caret - lines[2]) + 1, (guint) strlen (caret), message);
}

static void
test_early_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsSource) source = js_source_new ("t.js", CASES[i][0], strlen (CASES[i][0]), NULL);
      g_autoptr (JsProgram) program = js_program_new (source, &error);
      g_autofree char *found = error != NULL ? short_form (error->message) : g_strdup ("");

      g_assert_true ((program == NULL) == (error != NULL));
      if (!g_str_equal (found, CASES[i][1]))
        g_test_message ("of %s", CASES[i][0]);
      g_assert_cmpstr (found, ==, CASES[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/javascript/early-errors", test_early_errors);
  return g_test_run ();
}
