/* javascript_lexer.c - fuzz target: any bytes are tokens one behind the other, or a problem at a place of the source
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "syntax/lexer.h"

#include <stdint.h>

/* After a brace a piece of a template, and for a slash a regular expression: now and then, as a parser might. */
static void
read_again (JsLexer *lexer, JsToken *token, guint n)
{
  if (token->kind == JS_TOKEN_RBRACE && n % 3 == 0)
    js_lexer_template (lexer, token);
  else if ((token->kind == JS_TOKEN_DIVIDE || token->kind == JS_TOKEN_ASSIGN_DIVIDE) && n % 2 == 0)
    js_lexer_regex (lexer, token);
}

static void
read_all (JsLexer *lexer)
{
  const JsSource *source = lexer->source;
  guint32 before = 0;
  JsToken token;
  guint n = 0;

  do
    {
      js_lexer_next (lexer, &token);
      read_again (lexer, &token, n++);
      g_assert_cmpuint (token.start, >=, before);
      g_assert_cmpuint (token.end, >=, token.start);
      g_assert_cmpuint (token.end, <=, source->length);
      g_assert_true (token.end > token.start || token.kind == JS_TOKEN_END);
      before = token.end;
    }
  while (token.kind != JS_TOKEN_END && lexer->problem.message == NULL);
  g_assert_true (lexer->problem.message != NULL || before == source->length);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsSource) source = js_source_new ("fuzz.js", (const char *) data, size, &error);
  JsArena *arena;
  JsLexer lexer;

  g_assert_true ((source == NULL) == (error != NULL));
  if (source == NULL)
    return 0;
  arena = js_arena_new ();
  js_lexer_init (&lexer, source, arena);
  read_all (&lexer);
  if (lexer.problem.message != NULL)
    js_source_set_error (source, lexer.problem.start, lexer.problem.end, lexer.problem.message, &error);
  g_assert_true (error == NULL || g_utf8_validate (error->message, -1, NULL));
  js_lexer_clear (&lexer);
  js_arena_free (arena);
  return 0;
}
