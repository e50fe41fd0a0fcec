/* hostile.c - sources that nobody would write: very deep, very long, of other bytes than text; each ends in an error
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "syntax/parser.h"

#include <string.h>

#define DEEP 10000

/* What is at the end of the error's text; "" where the program is accepted. */
static char *
complaint (const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsSource) source = js_source_new ("t.js", bytes, length, &error);
  g_autoptr (JsProgram) program = source != NULL ? js_program_new (source, &error) : NULL;

  g_assert_true ((program == NULL) == (error != NULL));
  if (program != NULL)
    return g_strdup ("");
  g_assert_cmpuint (strlen (error->message), <, 2000);
  return g_strdup (strrchr (error->message, '\n') != NULL ? strrchr (error->message, '\n') + 1 : error->message);
}

/* @before DEEP times, @inside, @after DEEP times. */
static char *
nested (const char *before, const char *inside, const char *after)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < DEEP; i++)
    g_string_append (text, before);
  g_string_append (text, inside);
  for (guint i = 0; i < DEEP; i++)
    g_string_append (text, after);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_deep (void)
{
  static const char *const CASES[][3] = {
    { "[", "", "" },
    { "[", "", "]" },
    { "(", "1", ")" },
    { "{", "", "}" },
    { "x={a:", "1", "}" },
    { "f(", "", ")" },
    { "-+", "1", "" },
    { "a=>", "1", "" },
    { "if(1)", ";", "" },
    { "`${", "1", "}`" },
    { "1+", "1", "" },
    { "2**", "1", "" },
    { "", "a", ".b" },
    { "", "a", "[0]" },
    { "", "a", "()" },
    { "", "a", "?.b" },
    { "a?", "1", ":1" },
    { "a=", "1", "" },
    { "new ", "a", "" },
    { "do ", ";", "while(0)" },
    { "[...", "a", "]" },
    { "try{", "", "}catch{}" },
    { "switch(1){case 1:", "", "}" },
    { "function f(){", "", "}" },
    { "class A{m(){", "", "}}" },
    { "async(", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text = nested (CASES[i][0], CASES[i][1], CASES[i][2]);
      g_autofree char *found = complaint (text, strlen (text));

      if (!g_str_has_prefix (found, "SyntaxError: Nested more than "))
        g_error ("%.20s: %s", text, found);
    }
}

static void
test_long (void)
{
  static const struct
  {
    const char *head, *tail, *message;
  } CASES[] = {
    { "x = '", "';", "" },
    { "x = '", "", "SyntaxError: Invalid or unexpected token" },
    { "x = '", "' y", "SyntaxError: Unexpected identifier 'y'" },
    { "`", "", "SyntaxError: Unexpected end of input" },
    { "/", "", "SyntaxError: Invalid regular expression: missing /" },
    { "/*", "", "SyntaxError: Invalid or unexpected token" },
    { "//", "\n)", "SyntaxError: Unexpected token ')'" },
    { "", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *long_name = g_strnfill (5 * 1000 * 1000, 'a');
      g_autofree char *text = g_strconcat (CASES[i].head, long_name, CASES[i].tail, NULL);
      g_autofree char *found = complaint (text, strlen (text));

      g_assert_cmpstr (found, ==, CASES[i].message);
    }
}

/* Each line of a narration is looked at once, however many there are. */
static void
test_narration (void)
{
  g_autofree char *text = nested ("//: a\n", "", "//: b\n");
  g_autofree char *found = complaint (text, strlen (text));

  g_assert_cmpstr (found, ==, "");
}

static void
test_bytes (void)
{
#define BYTES(text) (text), sizeof (text) - 1
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *message;
  } CASES[] = {
    { BYTES ("a = 1;\nb = \0;"), "t.js:2: a NUL byte; JavaScript is expected in UTF-8" },
    { BYTES ("\xff\xfev\0a\0r\0"), "t.js: this is UTF-16; save it as UTF-8" },
    { BYTES ("\xfe\xff\0v\0a\0r"), "t.js: this is UTF-16; save it as UTF-8" },
    { BYTES ("v\0a\0r\0 \0"), "t.js: this is UTF-16; save it as UTF-8" },
    { BYTES ("\0v\0a\0r\0 "), "t.js: this is UTF-16; save it as UTF-8" },
    { BYTES ("// ok\n'\xe9'"), "t.js:2: byte 0xe9 is not UTF-8" },
    { BYTES ("'\xed\xa0\x80'"), "t.js:1: byte 0xed is not UTF-8" },
    { BYTES ("'\xc3"), "t.js:1: byte 0xc3 is not UTF-8" },
    { BYTES ("\xef\xbb\xbf"), "" },
    { BYTES ("\xef\xbb\xbf)"), "SyntaxError: Unexpected token ')'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *found = complaint (CASES[i].bytes, CASES[i].length);

      g_assert_cmpstr (found, ==, CASES[i].message);
    }
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (JS_SOURCE_LONGEST + 1, ' ');
  g_autofree char *found = complaint (text, JS_SOURCE_LONGEST + 1);

  g_assert_cmpstr (found, ==, "t.js: 16777216 bytes; at most 16777215 are read");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/javascript/hostile/deep", test_deep);
  g_test_add_func ("/javascript/hostile/long", test_long);
  g_test_add_func ("/javascript/hostile/narration", test_narration);
  g_test_add_func ("/javascript/hostile/bytes", test_bytes);
  g_test_add_func ("/javascript/hostile/too-long", test_too_long);
  return g_test_run ();
}
