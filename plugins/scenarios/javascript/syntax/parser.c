/* parser.c - from a source to a syntax tree: tokens, errors and depth; the grammar is in the files beside
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "parser.h"

#include "parse.h"
#include "scope.h"

#include <string.h>

void
js_parse_next (JsParser *self)
{
  self->last = self->token;
  self->last_end = self->token.end;
  js_lexer_next (&self->lexer, &self->token);
}

/* The token after the next. */
JsToken
js_parse_peek (JsParser *self)
{
  guint32 at = self->lexer.at;
  JsToken token;

  js_lexer_next (&self->lexer, &token);
  if (self->lexer.problem.message == NULL)
    self->lexer.at = at;
  return token;
}

gboolean
js_parse_is (const JsParser *self, JsTokenKind kind)
{
  return self->token.kind == kind;
}

gboolean
js_parse_take (JsParser *self, JsTokenKind kind)
{
  if (self->token.kind != kind)
    return FALSE;
  if (self->token.escaped && kind >= JS_TOKEN_BREAK)
    js_parse_fail (self, self->token.start, self->token.end, "Keyword must not contain escaped characters");
  js_parse_next (self);
  return TRUE;
}

void
js_parse_expect (JsParser *self, JsTokenKind kind)
{
  if (!js_parse_take (self, kind))
    js_parse_unexpected (self);
}

/* The end of a statement: a semicolon, or where one may be left out. */
void
js_parse_semicolon (JsParser *self)
{
  if (js_parse_take (self, JS_TOKEN_SEMICOLON))
    return;
  if (js_parse_is (self, JS_TOKEN_RBRACE) || js_parse_is (self, JS_TOKEN_END) || self->token.newline)
    return;
  if (js_parse_refuse_await (self))
    return;
  if (js_token_is_word (&self->last, "await") && !self->function.async)
    js_parse_fail_last (self, "await is only valid in async functions and the top level bodies of modules");
  else
    js_parse_unexpected (self);
}

gboolean
js_text_is (const JsText *text, const char *string)
{
  return text != NULL && strcmp (text->bytes, string) == 0;
}

gboolean
js_token_is_word (const JsToken *token, const char *word)
{
  return token->kind == JS_TOKEN_IDENTIFIER && !token->escaped && js_text_is (token->text, word);
}

gboolean
js_parse_is_word (const JsParser *self, const char *word)
{
  return js_token_is_word (&self->token, word);
}

void
js_parse_fail (JsParser *self, guint32 start, guint32 end, const char *message)
{
  js_lexer_fail (&self->lexer, start, end, "%s", message);
  self->token.kind = JS_TOKEN_END;
}

/* At the token before. */
void
js_parse_fail_last (JsParser *self, const char *message)
{
  js_parse_fail (self, self->last.start, self->last.end, message);
}

void
js_parse_fail_node (JsParser *self, const JsNode *node, const char *message)
{
  js_parse_fail (self, node->start, node->end, message);
}

static char *
describe_token (const JsParser *self, const JsToken *token)
{
  switch (token->kind)
    {
    case JS_TOKEN_END:
      return g_strdup ("Unexpected end of input");
    case JS_TOKEN_NUMBER:
    case JS_TOKEN_BIGINT:
      return g_strdup ("Unexpected number");
    case JS_TOKEN_STRING:
      return g_strdup ("Unexpected string");
    case JS_TOKEN_TEMPLATE:
      return g_strdup ("Unexpected template string");
    case JS_TOKEN_ENUM:
      return g_strdup ("Unexpected reserved word");
    case JS_TOKEN_IDENTIFIER:
    case JS_TOKEN_PRIVATE_NAME:
      if (token->kind == JS_TOKEN_IDENTIFIER && token->escaped && !js_parse_is_identifier (self, token))
        return g_strdup ("Keyword must not contain escaped characters");
      if (token->kind == JS_TOKEN_IDENTIFIER && self->function.async && js_text_is (token->text, "await"))
        return g_strdup ("Unexpected reserved word");
      if (token->kind == JS_TOKEN_IDENTIFIER && self->function.strict && !js_parse_is_identifier (self, token))
        return g_strdup ("Unexpected strict mode reserved word");
      return g_strdup_printf ("Unexpected identifier '%s'", token->text->bytes);
    default:
      if (token->escaped)
        return g_strdup ("Keyword must not contain escaped characters");
      return g_strdup_printf ("Unexpected token '%s'", js_token_text (token->kind));
    }
}

/* Node makes a module of a program that awaits outside of functions. */
gboolean
js_parse_refuse_await (JsParser *self)
{
  if (!self->function.in_script || !js_token_is_word (&self->last, "await"))
    return FALSE;
  js_parse_fail_last (self, "await outside of async functions is not supported");
  return TRUE;
}

void
js_parse_unexpected_token (JsParser *self, const JsToken *token)
{
  g_autofree char *message = describe_token (self, token);

  if (!js_parse_refuse_await (self))
    js_parse_fail (self, token->start, token->end, message);
}

void
js_parse_unexpected (JsParser *self)
{
  js_parse_unexpected_token (self, &self->token);
}

/* Called before going one level deeper. FALSE: too deep, and failed. To be paired with js_parse_leave (). */
gboolean
js_parse_enter (JsParser *self)
{
  if (++self->depth <= JS_DEEPEST)
    return TRUE;
  js_lexer_fail (&self->lexer, self->token.start, self->token.end, "Nested more than %d levels deep", JS_DEEPEST);
  self->token.kind = JS_TOKEN_END;
  return FALSE;
}

void
js_parse_leave (JsParser *self)
{
  self->depth--;
}

/* A node that starts at the next token. */
JsNode *
js_parse_node (JsParser *self, JsNodeKind kind)
{
  return js_node_new (self->arena, kind, self->token.start);
}

/* A node that ends with the token before. */
JsNode *
js_parse_finish (JsParser *self, JsNode *node)
{
  if (!js_node_finish (node, self->last_end))
    {
      js_lexer_fail (&self->lexer, node->start, node->start + 1, "Nested more than %d levels deep", JS_HIGHEST);
      self->token.kind = JS_TOKEN_END;
    }
  return node;
}

void
js_parse_append (JsNode ***tail, JsNode *node)
{
  **tail = node;
  *tail = &node->next;
}

static JsNode *
parse_script (JsParser *self)
{
  JsNode *script = js_node_new (self->arena, JS_NODE_SCRIPT, 0);

  self->function.in_script = TRUE;
  self->function.new_target = TRUE;
  js_parse_next (self);
  script->child[0] = js_parse_directives (self, TRUE, &self->function.strict);
  if (self->function.strict)
    script->flags |= JS_FLAG_STRICT;
  if (!js_parse_is (self, JS_TOKEN_END))
    js_parse_unexpected (self);
  return js_parse_finish (self, script);
}

/* (transfer full): the tree of @source with its names resolved, or an error that shows the place. */
JsProgram *
js_program_new (const JsSource *source, GError **error)
{
  g_autoptr (JsProgram) program = g_new0 (JsProgram, 1);
  JsParser parser = { 0 };
  JsProblem *problem = &parser.lexer.problem;

  g_return_val_if_fail (source != NULL, NULL);
  program->arena = parser.arena = js_arena_new ();
  js_lexer_init (&parser.lexer, source, parser.arena);
  program->script = parse_script (&parser);
  program->comments = g_steal_pointer (&parser.lexer.comments);
  if (problem->message != NULL)
    {
      js_source_set_error (source, problem->start, problem->end, problem->message, error);
      g_clear_pointer (&program, js_program_free);
    }
  else if (!js_scope_analyse (source, program->arena, program->script, error))
    g_clear_pointer (&program, js_program_free);
  g_clear_pointer (&parser.function.labels, g_ptr_array_unref);
  g_clear_pointer (&parser.lexer.problem.message, g_free);
  g_string_free (parser.lexer.buffer, TRUE);
  return g_steal_pointer (&program);
}

void
js_program_free (JsProgram *self)
{
  if (self == NULL)
    return;
  js_arena_free (self->arena);
  g_clear_pointer (&self->comments, g_array_unref);
  g_free (self);
}
