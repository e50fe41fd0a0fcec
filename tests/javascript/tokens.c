/* tokens.c - the lexer of JavaScript: a table of sources and the tokens they are, and what it says of wrong ones
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "syntax/lexer.h"

#include <string.h>

static void
print_token (const JsToken *token, GString *out)
{
  if (out->len > 0)
    g_string_append_c (out, ' ');
  if (token->newline)
    g_string_append (out, "^ ");
  switch (token->kind)
    {
    case JS_TOKEN_NUMBER:
      g_string_append_printf (out, "%.17g", token->number);
      return;
    case JS_TOKEN_STRING:
      g_string_append_printf (out, "'%s'", token->text->bytes);
      return;
    case JS_TOKEN_IDENTIFIER:
    case JS_TOKEN_PRIVATE_NAME:
      g_string_append (out, token->text->bytes);
      return;
    case JS_TOKEN_BIGINT:
      g_string_append_printf (out, "%sn", token->text->bytes);
      return;
    case JS_TOKEN_REGEX:
      g_string_append_printf (out, "/%s/%s", token->text->bytes, token->raw->bytes);
      return;
    case JS_TOKEN_TEMPLATE:
      g_string_append_printf (out, "`%s`%s", token->text != NULL ? token->text->bytes : "-", token->tail ? "" : "$");
      return;
    default:
      g_string_append (out, js_token_text (token->kind));
    }
}

/* All tokens of @text; a slash after an equals sign starts a regular expression. Or, after "!", the complaint. */
static char *
tokens_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsSource) source = js_source_new ("test.js", text, strlen (text), &error);
  g_autoptr (GString) out = g_string_new (NULL);
  JsArena *arena = js_arena_new ();
  JsTokenKind before = JS_TOKEN_END;
  JsLexer lexer;
  JsToken token;

  g_assert_no_error (error);
  js_lexer_init (&lexer, source, arena);
  for (;;)
    {
      js_lexer_next (&lexer, &token);
      if (before == JS_TOKEN_ASSIGN && (token.kind == JS_TOKEN_DIVIDE || token.kind == JS_TOKEN_ASSIGN_DIVIDE))
        js_lexer_regex (&lexer, &token);
      if (token.kind == JS_TOKEN_END)
        break;
      before = token.kind;
      print_token (&token, out);
    }
  if (lexer.problem.message != NULL)
    g_string_printf (out, "! %u-%u %s", lexer.problem.start, lexer.problem.end, lexer.problem.message);
  js_lexer_clear (&lexer);
  js_arena_free (arena);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const char *const CASES[][2] = {
  { "", "" },
  { "let a = b;", "let a = b ;" },
  { "a\nb\r\nc", "a ^ b ^ c" },
  { "a /* one\ntwo */ b // c\u2028 d", "a ^ b ^ d" },
  { "#!/usr/bin/env node\n1", "^ 1" },
  { "\xef\xbb\xbf"
    "a",
    "a" },
  { "a\u00a0\ufeff\u3000b", "a b" },
  { "ünïcödé \\u0061b \\u{62}c", "ünïcödé ab bc" },
  { "#x #\\u0061", "#x #a" },
  { "?\?= ?\? ?. ?.5 >>>= >>> ** **= => ...", "?\?= ?\? ?. ? 0.5 >>>= >>> ** **= => ..." },
  { "0 1.5 .5 5. 1e3 1E-2 0x1F 0o17 0b101 017 019 1_000", "0 1.5 0.5 5 1000 0.01 31 15 5 15 19 1000" },
  { "9007199254740993 0x20000000000001 1e400", "9007199254740992 9007199254740992 inf" },
  { "0x20000000000003 0b111111111111111111111111111111111111111111111111111111", "9007199254740996 18014398509481984" },
  { "0n 12n 0x1Fn 1_0n", "0n 12n 0x1Fn 10n" },
  { "'a\\n\\x41\\u0042\\u{43}\\101\\\n\\q\\\\'", "'a\nABCAq\\'" },
  { "\"it's\" '\\ud83d\\ude00'", "'it's' '😀'" },
  { "`a` `b${", "`a` `b`$" },
  { "`\\u{` x", "`-` x" },
  { "`a\r\nb\\\nc`", "`a\nbc`" },
  { "a = /[/]\\//gi", "a = /[/]\\//gi" },
  { "a = /=/", "a = /=/" },
  { "if function \\u0069f iff", "if function if iff" },
  { "@", "! 0-1 Invalid or unexpected token" },
  { "a = 3x", "! 4-5 Invalid or unexpected token" },
  { "'abc", "! 0-4 Invalid or unexpected token" },
  { "'\\x4'", "! 1-5 Invalid hexadecimal escape sequence" },
  { "'\\u{110000}'", "! 1-10 Undefined Unicode code-point" },
  { "`abc", "! 4-4 Unexpected end of input" },
  { "a = /abc", "! 4-5 Invalid regular expression: missing /" },
  { "a = /a/gg", "! 4-5 Invalid regular expression flags" },
  { "/* abc", "! 0-6 Invalid or unexpected token" },
  { "1__0", "! 2-3 Only one underscore is allowed as numeric separator" },
  { "1_", "! 2-3 Numeric separators are not allowed at the end of numeric literals" },
  { "0_1", "! 1-2 Numeric separator can not be used after leading 0." },
  { "0x", "! 0-2 Invalid or unexpected token" },
  { "1e", "! 0-2 Invalid or unexpected token" },
  { "\\u00", "! 0-6 Invalid Unicode escape sequence" },
  { "a\\u0020", "! 0-7 Invalid or unexpected token" },
  { "# x", "! 0-1 Invalid or unexpected token" },
};

static void
test_tokens (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *tokens = tokens_of (CASES[i][0]);

      if (!g_str_equal (tokens, CASES[i][1]))
        g_test_message ("of %s", CASES[i][0]);
      g_assert_cmpstr (tokens, ==, CASES[i][1]);
    }
}

/* Narration and instructions are kept in order, each once, even when the parser reads a token twice. */
static void
test_comments (void)
{
  static const char TEXT[] = "//: one\n  //: two\nlet a; //! collect young\n//:\n// no\n";
  g_autoptr (JsSource) source = js_source_new ("test.js", TEXT, strlen (TEXT), NULL);
  JsArena *arena = js_arena_new ();
  const JsComment *comment;
  JsLexer lexer;
  JsToken token;

  js_lexer_init (&lexer, source, arena);
  do
    js_lexer_next (&lexer, &token);
  while (token.kind != JS_TOKEN_END);
  lexer.at = 0;
  js_lexer_next (&lexer, &token);
  g_assert_cmpuint (lexer.comments->len, ==, 3);
  comment = &g_array_index (lexer.comments, JsComment, 0);
  g_assert_cmpint (comment->kind, ==, JS_COMMENT_NARRATION);
  g_assert_cmpstr (comment->text->bytes, ==, "one two");
  g_assert_true (comment->alone);
  comment = &g_array_index (lexer.comments, JsComment, 1);
  g_assert_cmpint (comment->kind, ==, JS_COMMENT_INSTRUCTION);
  g_assert_cmpstr (comment->text->bytes, ==, "collect young");
  g_assert_false (comment->alone);
  js_lexer_clear (&lexer);
  js_arena_free (arena);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/javascript/tokens/table", test_tokens);
  g_test_add_func ("/javascript/tokens/comments", test_comments);
  return g_test_run ();
}
