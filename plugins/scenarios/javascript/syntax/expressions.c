/* expressions.c - expressions without operators: primaries, members, calls, templates
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "parse.h"

static JsNode *
text_node (JsParser *self, JsNodeKind kind)
{
  JsNode *node = js_parse_node (self, kind);

  js_parse_check_octal (self, &self->token);
  node->text = self->token.text;
  js_parse_next (self);
  return js_parse_finish (self, node);
}

static JsNode *
number_node (JsParser *self, JsNodeKind kind, double number)
{
  JsNode *node = js_parse_node (self, kind);

  js_parse_check_octal (self, &self->token);
  node->number = number;
  js_parse_take (self, self->token.kind);
  return js_parse_finish (self, node);
}

static JsNode *
plain_node (JsParser *self, JsNodeKind kind)
{
  JsNode *node = js_parse_node (self, kind);

  js_parse_take (self, self->token.kind);
  return js_parse_finish (self, node);
}

static JsNode *
parse_regex (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_REGEX), *flags = js_parse_node (self, JS_NODE_STRING);

  js_lexer_regex (&self->lexer, &self->token);
  node->text = self->token.text;
  flags->text = self->token.raw;
  js_parse_next (self);
  node->child[0] = js_parse_finish (self, flags);
  return js_parse_finish (self, node);
}

/* What parentheses hold: values, or the parameters of an arrow function. Sets the group. */
static JsNode *
parse_group (JsParser *self)
{
  guint32 start = self->token.start;
  JsNode *first = NULL, **tail = &first, *node;
  gboolean no_in = self->no_in;
  JsToken only_arrow = { .kind = JS_TOKEN_END };

  self->no_in = FALSE;
  js_parse_next (self);
  if (js_parse_is (self, JS_TOKEN_RPAREN))
    only_arrow = self->token;
  while (!js_parse_is (self, JS_TOKEN_RPAREN) && !js_parse_is (self, JS_TOKEN_END))
    {
      if (js_parse_is (self, JS_TOKEN_ELLIPSIS))
        {
          only_arrow = self->token;
          node = js_parse_node (self, JS_NODE_REST);
          js_parse_next (self);
          node->child[0] = js_parse_binding_target (self);
          js_parse_append (&tail, js_parse_finish (self, node));
          if (!js_parse_is (self, JS_TOKEN_RPAREN))
            js_parse_fail_last (self, "Rest parameter must be last formal parameter");
          break;
        }
      js_parse_append (&tail, js_parse_assignment_cover (self));
      if (!js_parse_is (self, JS_TOKEN_RPAREN))
        {
          js_parse_expect (self, JS_TOKEN_COMMA);
          if (js_parse_is (self, JS_TOKEN_RPAREN))
            only_arrow = self->token;
        }
    }
  js_parse_expect (self, JS_TOKEN_RPAREN);
  self->no_in = no_in;
  if (only_arrow.kind != JS_TOKEN_END && (!js_parse_is (self, JS_TOKEN_ARROW) || self->token.newline))
    js_parse_unexpected_token (self, &only_arrow);
  self->group = first;
  self->group_start = start;
  self->group_end = self->last_end;
  if (first == NULL)
    return js_parse_node (self, JS_NODE_NULL);
  if (first->next == NULL)
    {
      /* A pattern cannot be put in parentheses, but the parameter of an arrow function stands in them. */
      if (!js_parse_is (self, JS_TOKEN_ARROW))
        first->flags |= JS_FLAG_PARENTHESIZED;
      return first;
    }
  node = js_node_new (self->arena, JS_NODE_SEQUENCE, start);
  node->child[0] = first;
  node->flags |= JS_FLAG_PARENTHESIZED;
  return js_parse_finish (self, node);
}

static JsNode *
template_piece (JsParser *self, gboolean tagged)
{
  JsNode *piece = js_parse_node (self, JS_NODE_PIECE), *raw = js_parse_node (self, JS_NODE_STRING);

  if (self->token.kind != JS_TOKEN_TEMPLATE)
    {
      js_parse_unexpected (self);
      self->token.tail = TRUE;
    }
  else if (self->token.text == NULL && !tagged)
    js_parse_fail (self, self->token.wrong_start, self->token.wrong_end, self->token.complaint);
  piece->text = self->token.text;
  raw->text = self->token.raw;
  piece->child[0] = raw;
  raw->height = 1;
  raw->end = self->token.end;
  js_node_finish (piece, self->token.end);
  return piece;
}

/* From a TEMPLATE token. */
JsNode *
js_parse_template (JsParser *self, gboolean tagged)
{
  JsNode *node = js_parse_node (self, JS_NODE_TEMPLATE);
  JsNode **pieces = &node->child[0], **values = &node->child[1], *value;
  gboolean no_in = self->no_in;

  self->no_in = FALSE;
  js_parse_append (&pieces, template_piece (self, tagged));
  while (!self->token.tail && !js_parse_is (self, JS_TOKEN_END))
    {
      js_parse_next (self);
      value = js_parse_expression (self);
      js_parse_append (&values, value);
      if (js_parse_is (self, JS_TOKEN_RBRACE))
        js_lexer_template (&self->lexer, &self->token);
      else
        js_parse_fail (self, value->start, self->token.start, "Missing } in template expression");
      if (self->lexer.problem.message != NULL)
        self->token.kind = JS_TOKEN_END;
      js_parse_append (&pieces, template_piece (self, tagged));
    }
  self->no_in = no_in;
  js_parse_next (self);
  return js_parse_finish (self, node);
}

gboolean
js_parse_is_async_function (JsParser *self)
{
  JsToken peek;

  if (!js_parse_is_word (self, "async"))
    return FALSE;
  peek = js_parse_peek (self);
  return peek.kind == JS_TOKEN_FUNCTION && !peek.newline;
}

static JsNode *
identifier_primary (JsParser *self)
{
  JsNode *node;

  if (js_parse_is_async_function (self))
    return js_parse_function (self, 0);
  node = js_parse_identifier (self);
  if (self->function.no_arguments && js_text_is (node->text, "arguments"))
    js_parse_fail_node (
        self, node, "'arguments' is not allowed in class field initializer or static initialization block");
  return node;
}

static JsNode *
parse_super (JsParser *self)
{
  JsNode *node = plain_node (self, JS_NODE_SUPER);
  gboolean call = js_parse_is (self, JS_TOKEN_LPAREN);
  gboolean member = js_parse_is (self, JS_TOKEN_DOT) || js_parse_is (self, JS_TOKEN_LBRACKET);

  if (!(call && self->function.super_call) && !(member && self->function.super_property))
    js_parse_fail_node (self, node, "'super' keyword unexpected here");
  return node;
}

static JsNode *
parse_import (JsParser *self)
{
  JsToken peek = js_parse_peek (self);

  if (peek.kind == JS_TOKEN_LPAREN)
    js_parse_fail (self, self->token.start, self->token.end, "import () is not supported: a program is one file");
  else if (peek.kind == JS_TOKEN_DOT)
    js_parse_fail (self, self->token.start, self->token.end, "import.meta is not supported: a program is one file");
  else
    js_parse_fail (self, self->token.start, self->token.end, "import is not supported: a program is one file");
  return js_parse_node (self, JS_NODE_NULL);
}

JsNode *
js_parse_primary (JsParser *self)
{
  switch (self->token.kind)
    {
    case JS_TOKEN_IDENTIFIER:
      return identifier_primary (self);
    case JS_TOKEN_NUMBER:
      return number_node (self, JS_NODE_NUMBER, self->token.number);
    case JS_TOKEN_STRING:
      return text_node (self, JS_NODE_STRING);
    case JS_TOKEN_BIGINT:
      return text_node (self, JS_NODE_BIGINT);
    case JS_TOKEN_TRUE:
    case JS_TOKEN_FALSE:
      return number_node (self, JS_NODE_BOOLEAN, js_parse_is (self, JS_TOKEN_TRUE));
    case JS_TOKEN_NULL:
      return plain_node (self, JS_NODE_NULL);
    case JS_TOKEN_THIS:
      return plain_node (self, JS_NODE_THIS);
    case JS_TOKEN_SUPER:
      return parse_super (self);
    case JS_TOKEN_IMPORT:
      return parse_import (self);
    case JS_TOKEN_TEMPLATE:
      return js_parse_template (self, FALSE);
    case JS_TOKEN_DIVIDE:
    case JS_TOKEN_ASSIGN_DIVIDE:
      return parse_regex (self);
    case JS_TOKEN_LPAREN:
      return parse_group (self);
    case JS_TOKEN_LBRACKET:
      return js_parse_array (self);
    case JS_TOKEN_LBRACE:
      return js_parse_object (self);
    case JS_TOKEN_FUNCTION:
      return js_parse_function (self, 0);
    case JS_TOKEN_CLASS:
      return js_parse_class (self, 0);
    default:
      js_parse_unexpected (self);
      return js_parse_node (self, JS_NODE_NULL);
    }
}

static JsNode *
parse_argument (JsParser *self, gboolean cover)
{
  JsNode *node = js_parse_node (self, JS_NODE_SPREAD);

  if (!js_parse_take (self, JS_TOKEN_ELLIPSIS))
    return cover ? js_parse_assignment_cover (self) : js_parse_assignment (self);
  node->child[0] = cover ? js_parse_assignment_cover (self) : js_parse_assignment (self);
  return js_parse_finish (self, node);
}

/* From the parenthesis: the arguments become the list of @call, which is finished. */
JsNode *
js_parse_arguments (JsParser *self, JsNode *call)
{
  const JsNode *callee = call->child[0];
  gboolean cover = callee->kind == JS_NODE_IDENTIFIER && js_text_is (callee->text, "async"), no_in = self->no_in;
  JsNode **tail = &call->child[1];

  self->no_in = FALSE;
  if (call->kind == JS_NODE_CALL)
    call->at = self->last.kind == JS_TOKEN_IDENTIFIER || self->last.kind == JS_TOKEN_SUPER ? self->last.start
                                                                                           : self->token.start;
  js_parse_expect (self, JS_TOKEN_LPAREN);
  while (!js_parse_is (self, JS_TOKEN_RPAREN) && !js_parse_is (self, JS_TOKEN_END))
    {
      js_parse_append (&tail, parse_argument (self, cover));
      if (!js_parse_take (self, JS_TOKEN_COMMA) && !js_parse_is (self, JS_TOKEN_RPAREN)
          && (cover || !js_parse_refuse_await (self)))
        js_parse_fail_last (self, "missing ) after argument list");
    }
  js_parse_expect (self, JS_TOKEN_RPAREN);
  self->no_in = no_in;
  return js_parse_finish (self, call);
}

static JsNode *
new_target (JsParser *self, JsNode *node)
{
  JsNode *target = js_node_new (self->arena, JS_NODE_NEW_TARGET, node->start);

  js_parse_next (self);
  if (!js_parse_is_word (self, "target"))
    js_parse_unexpected (self);
  js_parse_next (self);
  if (!self->function.new_target)
    js_parse_fail (self, node->start, self->last_end, "new.target expression is not allowed here");
  return js_parse_finish (self, target);
}

static JsNode *member_of (JsParser *self, JsNode *object);

/* new X (…), new X, new new X: members bind to X, calls do not. */
static JsNode *
parse_new (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_NEW), *callee, *member;

  if (!js_parse_enter (self))
    {
      js_parse_leave (self);
      return node->child[0] = js_parse_node (self, JS_NODE_NULL);
    }
  js_parse_take (self, JS_TOKEN_NEW);
  if (js_parse_is (self, JS_TOKEN_DOT))
    {
      js_parse_leave (self);
      return new_target (self, node);
    }
  if (js_parse_is (self, JS_TOKEN_IMPORT))
    js_parse_fail (self, self->token.start, self->token.end, "Cannot use new with import");
  callee = js_parse_is (self, JS_TOKEN_NEW) ? parse_new (self) : js_parse_primary (self);
  while ((member = member_of (self, callee)) != NULL)
    callee = member;
  if (js_parse_is (self, JS_TOKEN_QUESTION_DOT))
    js_parse_fail (self, self->token.start, self->token.end, "Invalid optional chain from new expression");
  node->child[0] = callee;
  js_parse_leave (self);
  if (js_parse_is (self, JS_TOKEN_LPAREN))
    return js_parse_arguments (self, node);
  return js_parse_finish (self, node);
}

static JsNode *
parse_name_after_dot (JsParser *self)
{
  JsNode *node;

  if (js_parse_is (self, JS_TOKEN_PRIVATE_NAME))
    return js_parse_private (self, self->last.start);
  if (js_token_is_name (self->token.kind))
    return text_node (self, JS_NODE_STRING);
  node = js_parse_node (self, JS_NODE_STRING);
  node->text = js_arena_string (self->arena, "");
  js_parse_unexpected (self);
  return node;
}

static JsNode *
parse_index (JsParser *self, JsNode *object)
{
  JsNode *node = js_node_new (self->arena, JS_NODE_INDEX, object->start);
  gboolean no_in = self->no_in;

  self->no_in = FALSE;
  node->at = self->token.start;
  js_parse_expect (self, JS_TOKEN_LBRACKET);
  node->child[0] = object;
  node->child[1] = js_parse_expression (self);
  js_parse_expect (self, JS_TOKEN_RBRACKET);
  self->no_in = no_in;
  return js_parse_finish (self, node);
}

/* Whether a call or ?. comes before in the chain. */
static gboolean
is_after_call (const JsNode *object)
{
  while (object->kind == JS_NODE_INDEX && (object->flags & (JS_FLAG_PARENTHESIZED | JS_FLAG_OPTIONAL)) == 0)
    object = object->child[0];
  if (object->flags & JS_FLAG_PARENTHESIZED)
    return FALSE;
  return object->kind == JS_NODE_CALL || (object->flags & JS_FLAG_OPTIONAL) != 0
         || (object->kind == JS_NODE_MEMBER && object->at != object->child[1]->start);
}

/* After the dot: there are its errors in V8 when a call comes before, else at the name. */
static JsNode *
parse_member (JsParser *self, JsNode *object)
{
  JsNode *node = js_node_new (self->arena, JS_NODE_MEMBER, object->start);
  gboolean at_dot = self->last.kind == JS_TOKEN_QUESTION_DOT || is_after_call (object);

  node->at = self->last.start;
  node->child[0] = object;
  node->child[1] = parse_name_after_dot (self);
  if (!at_dot)
    node->at = node->child[1]->start;
  if (object->kind == JS_NODE_SUPER && node->child[1]->kind == JS_NODE_PRIVATE_NAME)
    js_parse_fail_node (self, node->child[1], "Unexpected private field");
  return js_parse_finish (self, node);
}

static JsNode *
parse_tagged (JsParser *self, JsNode *tag)
{
  JsNode *node = js_node_new (self->arena, JS_NODE_TAGGED, tag->start);

  node->at = self->token.start;
  node->child[0] = tag;
  node->child[1] = js_parse_template (self, TRUE);
  return js_parse_finish (self, node);
}

/* One more .name, [key] or template after @object; NULL when there is none. */
static JsNode *
member_of (JsParser *self, JsNode *object)
{
  if (js_parse_take (self, JS_TOKEN_DOT))
    return parse_member (self, object);
  if (js_parse_is (self, JS_TOKEN_LBRACKET))
    return parse_index (self, object);
  if (js_parse_is (self, JS_TOKEN_TEMPLATE))
    return parse_tagged (self, object);
  return NULL;
}

static JsNode *
call_of (JsParser *self, JsNode *callee)
{
  JsNode *node;

  if (!js_parse_is (self, JS_TOKEN_LPAREN))
    return NULL;
  node = js_node_new (self->arena, JS_NODE_CALL, callee->start);
  node->child[0] = callee;
  return js_parse_arguments (self, node);
}

/* ?.name, ?.[key], ?.(…) */
static JsNode *
optional_of (JsParser *self, JsNode *object)
{
  JsNode *node;

  if (!js_parse_take (self, JS_TOKEN_QUESTION_DOT))
    return NULL;
  if (js_parse_is (self, JS_TOKEN_TEMPLATE))
    js_parse_fail (self, self->token.start, self->token.end, "Invalid tagged template on optional chain");
  if (js_parse_is (self, JS_TOKEN_LBRACKET))
    node = parse_index (self, object);
  else if (js_parse_is (self, JS_TOKEN_LPAREN))
    node = call_of (self, object);
  else
    node = parse_member (self, object);
  node->flags |= JS_FLAG_OPTIONAL;
  return node;
}

static JsNode *
finish_chain (JsParser *self, JsNode *node)
{
  JsNode *chain = js_node_new (self->arena, JS_NODE_CHAIN, node->start);

  chain->child[0] = node;
  return js_parse_finish (self, chain);
}

JsNode *
js_parse_left_hand_side (JsParser *self)
{
  JsNode *node = js_parse_is (self, JS_TOKEN_NEW) ? parse_new (self) : js_parse_primary (self), *longer;
  gboolean chain = FALSE;

  /* An arrow function's parentheses end here: nothing goes on before the arrow. */
  for (;;)
    {
      if (chain && js_parse_is (self, JS_TOKEN_TEMPLATE))
        js_parse_fail (self, self->token.start, self->token.end, "Invalid tagged template on optional chain");
      if ((longer = member_of (self, node)) == NULL && (longer = call_of (self, node)) == NULL
          && (longer = optional_of (self, node)) != NULL)
        chain = TRUE;
      if (longer == NULL)
        break;
      node = longer;
    }
  return chain ? finish_chain (self, node) : node;
}
