/* refused.c - what Node has and Heaparium has not: refused at its line, before anything runs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "syntax/parser.h"

#include <string.h>

/* The message without file, line and carets; "" where the program is accepted. */
static char *
refusal (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsSource) source = js_source_new ("test.js", text, strlen (text), &error);
  g_autoptr (JsProgram) program = js_program_new (source, &error);
  const char *message;

  if (program != NULL)
    return g_strdup ("");
  g_assert_true (g_str_has_prefix (error->message, "test.js:2\n"));
  message = strstr (error->message, "SyntaxError: ");
  g_assert_nonnull (message);
  return g_strdup (message + strlen ("SyntaxError: "));
}

static const struct
{
  const char *text;
  const char *message;
} REFUSED[] = {
  { "\neval ('1')", "eval is not supported: code is compiled before it runs" },
  { "\nnew Function ('return 1')", "functions made from text are not supported: code is compiled before it runs" },
  { "\nFunction ('return 1')", "functions made from text are not supported: code is compiled before it runs" },
  { "\nnew Proxy ({}, {})", "Proxy is not supported" },
  { "\nconst f = () => new Intl.NumberFormat ()", "Intl is not supported" },
  { "\nwith (a) b;", "with statements are not supported" },
  { "\nimport a from 'b';", "import is not supported: a program is one file" },
  { "\nconst a = import ('b');", "import () is not supported: a program is one file" },
  { "\nimport.meta.url;", "import.meta is not supported: a program is one file" },
  { "\nexport const a = 1;", "export is not supported: a program is one file" },
  { "\nexport default class {}", "export is not supported: a program is one file" },
  { "\nconst a = await 1;", "await outside of async functions is not supported" },
  { "\nconsole.log (await f (1));", "await outside of async functions is not supported" },
  { "\nif (await a) b ();", "await outside of async functions is not supported" },
  { "\nfor await (const a of b) ;", "await outside of async functions is not supported" },
  { "\nconsole.log (typeof Proxy);", "Proxy is not supported" },
  { "\nif (typeof fetch === 'function') fetch ('a');", "fetch is not supported" },
  { "\nglobalThis.eval ('1');", "eval is not supported: code is compiled before it runs" },
  { "\nglobal['Proxy'];", "Proxy is not supported" },
  { "\nnew SharedArrayBuffer (8);", "SharedArrayBuffer is not supported" },
  { "\nAtomics.load (a, 0);", "Atomics is not supported" },
  { "\nbtoa ('a');", "btoa is not supported" },
  { "\nprocess.stdin.on ('data', f);", "process.stdin is not supported" },
  { "\nconst { Worker } = require ('worker_threads');", "The module 'worker_threads' is not supported" },
  { "\nconst fs = require ('fs');", "The module 'fs' is not supported" },
  { "\nfunction f () { require ('node:http'); }", "The module 'node:http' is not supported" },
  { "\n/[a--b]/v;", "The flag v of regular expressions is not supported" },
  { "const a = require ('util'), b = require ('./b.js');", "" },
  { "((require) => require ('fs')) (f);", "" },
  { "const Proxy = 1;\nProxy;", "" },
  { "function f (eval, fetch) { return fetch (eval); }", "" },
  { "console.log (typeof Window, Function.length, Function.prototype, class extends Function {})", "" },
  { "const a = { Proxy: 1, eval () {} }; a.Proxy; a.eval ();", "" },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (REFUSED); i++)
    {
      g_autofree char *found = refusal (REFUSED[i].text);

      g_assert_cmpstr (found, ==, REFUSED[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/javascript/refused", test_refused);
  return g_test_run ();
}
