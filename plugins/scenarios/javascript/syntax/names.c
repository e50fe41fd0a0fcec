/* names.c - identifiers, property keys and private names
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "parse.h"

static gboolean
is_strict_reserved (const JsText *text)
{
  static const char *const WORDS[] = { "implements", "interface", "let",    "package", "private",
                                       "protected",  "public",    "static", "yield" };

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      if (js_text_is (text, WORDS[i]))
        return TRUE;
    }
  return FALSE;
}

/* Whether @token names a variable here. */
gboolean
js_parse_is_identifier (const JsParser *self, const JsToken *token)
{
  if (token->kind != JS_TOKEN_IDENTIFIER)
    return FALSE;
  if (self->function.strict && is_strict_reserved (token->text))
    return FALSE;
  if (self->function.generator && js_text_is (token->text, "yield"))
    return FALSE;
  return !(self->function.async || self->function.in_static_block) || !js_text_is (token->text, "await");
}

JsNode *
js_parse_identifier (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_IDENTIFIER);

  if (!js_parse_is_identifier (self, &self->token))
    {
      if (self->token.kind == JS_TOKEN_IDENTIFIER && js_text_is (self->token.text, "await"))
        js_parse_fail (self, self->token.start, self->token.end, "Unexpected reserved word");
      js_parse_unexpected (self);
      node->text = js_arena_string (self->arena, "");
      return node;
    }
  node->text = self->token.text;
  if (self->token.escaped)
    node->flags |= JS_FLAG_ESCAPED;
  js_parse_next (self);
  return js_parse_finish (self, node);
}

/* A name that is declared or assigned must not be eval or arguments in strict code. */
void
js_parse_check_bound (JsParser *self, const JsNode *node)
{
  if (self->function.strict && (js_text_is (node->text, "eval") || js_text_is (node->text, "arguments")))
    js_parse_fail_node (self, node, "Unexpected eval or arguments in strict mode");
}

JsNode *
js_parse_binding_identifier (JsParser *self)
{
  JsNode *node = js_parse_identifier (self);

  js_parse_check_bound (self, node);
  return node;
}

void
js_parse_check_octal (JsParser *self, const JsToken *token)
{
  const char *at = self->lexer.source->text + token->octal - 1;

  if (token->octal == 0 || !self->function.strict)
    return;
  if (token->kind == JS_TOKEN_STRING)
    js_parse_fail (self,
                   token->octal - (at[1] >= '8'),
                   token->octal + (at[1] < '8'),
                   at[1] >= '8' ? "\\8 and \\9 are not allowed in strict mode."
                                : "Octal escape sequences are not allowed in strict mode.");
  else if (token->number >= 0)
    {
      gboolean decimal = FALSE;

      for (guint32 i = token->start; i < token->end; i++)
        decimal = decimal || self->lexer.source->text[i] >= '8';
      js_parse_fail (self,
                     token->start,
                     token->end,
                     decimal ? "Decimals with leading zeros are not allowed in strict mode."
                             : "Octal literals are not allowed in strict mode.");
    }
}

static JsNode *
literal_key (JsParser *self, JsNodeKind kind)
{
  JsNode *node = js_parse_node (self, kind);

  js_parse_check_octal (self, &self->token);
  if (kind == JS_NODE_NUMBER)
    node->number = self->token.number;
  else
    node->text = self->token.text;
  js_parse_next (self);
  return js_parse_finish (self, node);
}

static JsNode *
computed_key (JsParser *self, guint32 *flags)
{
  gboolean no_in = self->no_in;
  JsNode *node;

  self->no_in = FALSE;
  *flags |= JS_FLAG_COMPUTED;
  js_parse_next (self);
  node = js_parse_assignment (self);
  js_parse_expect (self, JS_TOKEN_RBRACKET);
  self->no_in = no_in;
  return node;
}

/* The key of a property or member: a STRING, NUMBER, BIGINT, or with COMPUTED among the flags any value. */
JsNode *
js_parse_key (JsParser *self, guint32 *flags)
{
  JsTokenKind kind = self->token.kind;

  if (kind == JS_TOKEN_LBRACKET)
    return computed_key (self, flags);
  if (kind == JS_TOKEN_NUMBER)
    return literal_key (self, JS_NODE_NUMBER);
  if (kind == JS_TOKEN_BIGINT)
    return literal_key (self, JS_NODE_BIGINT);
  if (kind == JS_TOKEN_STRING || js_token_is_name (kind))
    return literal_key (self, JS_NODE_STRING);
  js_parse_unexpected (self);
  return js_parse_node (self, JS_NODE_NULL);
}

/* A use of a private name, which a class around must declare; where none does, @start is where the error is. */
JsNode *
js_parse_private (JsParser *self, guint32 start)
{
  JsToken use = self->token;
  JsNode *node = js_parse_node (self, JS_NODE_PRIVATE_NAME);

  node->text = self->token.text;
  use.start = start;
  use.end = start + 1;
  if (self->class_state != NULL)
    g_array_append_val (self->class_state->used, use);
  else
    js_lexer_fail (&self->lexer,
                   use.start,
                   use.end,
                   "Private field '%s' must be declared in an enclosing class",
                   node->text->bytes);
  js_parse_next (self);
  return js_parse_finish (self, node);
}
