/* operators.c - expressions with operators: from a comma down to a unary operator
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "parse.h"

#define POWER_PRECEDENCE 12

/* Notes a place that is wrong unless the literal around it turns out to be a pattern. */
void
js_parse_cover (JsParser *self, guint32 start, guint32 end, const char *complaint)
{
  if (self->cover != 0)
    return;
  self->cover = start + 1;
  self->cover_end = end;
  self->cover_complaint = complaint;
}

JsNode *
js_parse_expression (JsParser *self)
{
  JsNode *sequence = js_parse_node (self, JS_NODE_SEQUENCE), *first = js_parse_assignment (self), **tail;

  if (!js_parse_is (self, JS_TOKEN_COMMA))
    return first;
  sequence->child[0] = first;
  tail = &first->next;
  while (js_parse_take (self, JS_TOKEN_COMMA))
    js_parse_append (&tail, js_parse_assignment (self));
  return js_parse_finish (self, sequence);
}

/* A value; a literal in it that only a pattern may be is an error. */
JsNode *
js_parse_assignment (JsParser *self)
{
  guint32 before = self->cover;
  JsNode *node;

  self->cover = 0;
  node = js_parse_assignment_cover (self);
  if (self->cover != 0)
    js_parse_fail (self, self->cover - 1, self->cover_end, self->cover_complaint);
  self->cover = before;
  return node;
}

static JsNode *
parse_yield (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_YIELD);

  if (self->function.in_parameters)
    js_parse_fail (self, self->token.start, self->token.end, "Yield expression not allowed in formal parameter");
  js_parse_next (self);
  if (self->token.newline)
    return js_parse_finish (self, node);
  if (js_parse_take (self, JS_TOKEN_TIMES))
    node->flags |= JS_FLAG_DELEGATE;
  switch (self->token.kind)
    {
    case JS_TOKEN_END:
    case JS_TOKEN_SEMICOLON:
    case JS_TOKEN_RBRACE:
    case JS_TOKEN_RPAREN:
    case JS_TOKEN_RBRACKET:
    case JS_TOKEN_COLON:
    case JS_TOKEN_COMMA:
    case JS_TOKEN_IN:
      if (node->flags & JS_FLAG_DELEGATE)
        js_parse_unexpected (self);
      break;
    default:
      node->child[0] = js_parse_assignment (self);
    }
  return js_parse_finish (self, node);
}

static JsNode *
parse_conditional (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_CONDITIONAL), *test = js_parse_binary (self);
  gboolean no_in = self->no_in;

  if (!js_parse_take (self, JS_TOKEN_QUESTION))
    return test;
  node->child[0] = test;
  self->no_in = FALSE;
  node->child[1] = js_parse_assignment (self);
  self->no_in = no_in;
  js_parse_expect (self, JS_TOKEN_COLON);
  node->child[2] = js_parse_assignment (self);
  return js_parse_finish (self, node);
}

/* x => …, async x => …: one bare parameter. NULL, with nothing read, when there is something else. */
static JsNode *
parse_bare_arrow (JsParser *self)
{
  guint32 start = self->token.start, flags = 0;
  JsToken peek;

  if (self->token.kind != JS_TOKEN_IDENTIFIER)
    return NULL;
  peek = js_parse_peek (self);
  if (js_parse_is_word (self, "async") && !peek.newline && peek.kind == JS_TOKEN_IDENTIFIER)
    {
      js_parse_next (self);
      if (js_parse_peek (self).kind != JS_TOKEN_ARROW)
        js_parse_unexpected (self);
      else if (js_parse_is_word (self, "await"))
        js_parse_fail (
            self, self->token.start, self->token.end, "'await' is not a valid identifier name in an async function");
      flags = JS_FLAG_ASYNC;
    }
  else if (peek.kind != JS_TOKEN_ARROW || peek.newline || !js_parse_is_identifier (self, &self->token))
    return NULL;
  return js_parse_arrow (self, start, js_parse_binding_identifier (self), flags);
}

/* Whether what was read from @start are the parentheses of an arrow function: (a, b) or async (a, b). */
static gboolean
is_arrow_head (JsParser *self, const JsNode *left, guint32 start)
{
  if (!js_parse_is (self, JS_TOKEN_ARROW))
    return FALSE;
  if (self->group_end == self->last_end && self->group_start == start)
    return TRUE;
  return left->kind == JS_NODE_CALL && left->start == start && (left->flags & JS_FLAG_PARENTHESIZED) == 0
         && left->child[0]->kind == JS_NODE_IDENTIFIER && js_text_is (left->child[0]->text, "async")
         && (left->child[0]->flags & JS_FLAG_ESCAPED) == 0 && (left->flags & JS_FLAG_OPTIONAL) == 0;
}

static JsNode *
finish_arrow (JsParser *self, JsNode *left, guint32 start, guint32 before)
{
  gboolean async = self->group_end != self->last_end || self->group_start != start;

  self->cover = before;
  return js_parse_arrow (self, start, async ? left->child[1] : self->group, async ? JS_FLAG_ASYNC : 0);
}

/* Before an arrow that follows what cannot be parameters. */
static void
check_parameters (JsParser *self, const JsNode *left)
{
  guint32 place = js_node_place (left);

  if (left->kind != JS_NODE_IDENTIFIER && (left->flags & JS_FLAG_PARENTHESIZED) == 0)
    js_parse_fail (self, place, MAX (self->last.start, place + 1), "Malformed arrow function parameter list");
}

static JsNode *
assignment_target (JsParser *self, JsNode *left, JsTokenKind op, guint32 start)
{
  gboolean literal = left->kind == JS_NODE_ARRAY || left->kind == JS_NODE_OBJECT;

  if (op == JS_TOKEN_ASSIGN && literal && (left->flags & JS_FLAG_PARENTHESIZED) == 0)
    return js_parse_to_pattern (self, left, FALSE);
  if (left->kind != JS_NODE_IDENTIFIER && left->kind != JS_NODE_MEMBER && left->kind != JS_NODE_INDEX)
    js_parse_fail (self, start, self->last_end, "Invalid left-hand side in assignment");
  else
    js_parse_is_simple_target (self, left, "");
  return left;
}

static JsNode *
finish_assignment (JsParser *self, JsNode *left, guint32 before, guint32 start)
{
  JsNode *node = js_node_new (self->arena, JS_NODE_ASSIGN, left->start);

  node->op = (guint8) self->token.kind;
  node->at = self->token.start;
  node->child[0] = assignment_target (self, left, self->token.kind, start);
  if (node->child[0]->kind == JS_NODE_ARRAY_PATTERN || node->child[0]->kind == JS_NODE_OBJECT_PATTERN)
    self->cover = before;
  js_parse_next (self);
  node->child[1] = js_parse_assignment (self);
  return js_parse_finish (self, node);
}

static JsNode *
assignment_inside (JsParser *self)
{
  guint32 before = self->cover, start = self->token.start;
  JsNode *left;

  if (self->function.generator && js_parse_is_word (self, "yield"))
    return parse_yield (self);
  left = parse_bare_arrow (self);
  if (left != NULL)
    return left;
  self->cover = 0;
  left = parse_conditional (self);
  if (is_arrow_head (self, left, start))
    return finish_arrow (self, left, start, before);
  if (js_parse_is (self, JS_TOKEN_ARROW))
    check_parameters (self, left);
  if (js_token_is_assignment (self->token.kind))
    left = finish_assignment (self, left, before, start);
  if (self->cover == 0)
    self->cover = before;
  return left;
}

/* A value, or what may become a pattern. */
JsNode *
js_parse_assignment_cover (JsParser *self)
{
  JsNode *node;

  if (js_parse_enter (self))
    node = assignment_inside (self);
  else
    node = js_parse_node (self, JS_NODE_NULL);
  js_parse_leave (self);
  return node;
}

static JsNode *parse_unary (JsParser *self);

static JsNode *
parse_await (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_AWAIT);

  if (self->function.in_parameters)
    js_parse_fail (
        self, self->token.start, self->token.end, "Illegal await-expression in formal parameters of async function");
  js_parse_next (self);
  node->child[0] = parse_unary (self);
  return js_parse_finish (self, node);
}

static void
check_delete (JsParser *self, const JsNode *node)
{
  const JsNode *operand = node->child[0];

  if (self->function.strict && operand->kind == JS_NODE_IDENTIFIER)
    js_parse_fail_last (self, "Delete of an unqualified identifier in strict mode.");
  if (operand->kind == JS_NODE_CHAIN)
    operand = operand->child[0];
  if (operand->kind == JS_NODE_MEMBER && operand->child[1]->kind == JS_NODE_PRIVATE_NAME)
    js_parse_fail_last (self, "Private fields can not be deleted");
}

static JsNode *
parse_prefix (JsParser *self)
{
  JsTokenKind op = self->token.kind;
  gboolean update = op == JS_TOKEN_INCREMENT || op == JS_TOKEN_DECREMENT;
  JsNode *node = js_parse_node (self, update ? JS_NODE_UPDATE : JS_NODE_UNARY);

  node->op = (guint8) op;
  js_parse_take (self, op);
  node->child[0] = parse_unary (self);
  if (update)
    {
      node->flags |= JS_FLAG_PREFIX;
      js_parse_is_simple_target (self, node->child[0], "Invalid left-hand side expression in prefix operation");
    }
  if (op == JS_TOKEN_DELETE)
    check_delete (self, node);
  js_parse_finish (self, node);
  if (!update && js_parse_is (self, JS_TOKEN_POWER))
    js_parse_fail (self,
                   node->start,
                   self->token.end,
                   "Unary operator used immediately before exponentiation expression. Parenthesis must be used to "
                   "disambiguate operator precedence");
  return node;
}

static JsNode *
parse_postfix (JsParser *self)
{
  JsNode *operand = js_parse_left_hand_side (self), *node;

  if (self->token.newline || (!js_parse_is (self, JS_TOKEN_INCREMENT) && !js_parse_is (self, JS_TOKEN_DECREMENT)))
    return operand;
  js_parse_is_simple_target (self, operand, "Invalid left-hand side expression in postfix operation");
  node = js_node_new (self->arena, JS_NODE_UPDATE, operand->start);
  node->op = (guint8) self->token.kind;
  node->at = self->token.start;
  node->child[0] = operand;
  js_parse_next (self);
  return js_parse_finish (self, node);
}

static JsNode *
unary_inside (JsParser *self)
{
  switch (self->token.kind)
    {
    case JS_TOKEN_NOT:
    case JS_TOKEN_TILDE:
    case JS_TOKEN_PLUS:
    case JS_TOKEN_MINUS:
    case JS_TOKEN_INCREMENT:
    case JS_TOKEN_DECREMENT:
    case JS_TOKEN_TYPEOF:
    case JS_TOKEN_VOID:
    case JS_TOKEN_DELETE:
      return parse_prefix (self);
    default:
      if (self->function.async && js_parse_is_word (self, "await"))
        return parse_await (self);
      return parse_postfix (self);
    }
}

static JsNode *
parse_unary (JsParser *self)
{
  JsNode *node;

  if (js_parse_enter (self))
    node = unary_inside (self);
  else
    node = js_parse_node (self, JS_NODE_NULL);
  js_parse_leave (self);
  return node;
}

/* #name in object */
static JsNode *
parse_operand (JsParser *self)
{
  JsToken name = self->token;
  JsNode *node;

  if (!js_parse_is (self, JS_TOKEN_PRIVATE_NAME))
    return parse_unary (self);
  node = js_parse_private (self, name.start);
  if (!js_parse_is (self, JS_TOKEN_IN) || self->no_in)
    js_parse_unexpected_token (self, &name);
  return node;
}

static gboolean
is_logical (JsTokenKind op)
{
  return op == JS_TOKEN_OR || op == JS_TOKEN_AND || op == JS_TOKEN_COALESCE;
}

/* ?? does not mix with || and && unless there are parentheses. */
static gboolean
mixes (JsTokenKind op, const JsNode *operand)
{
  if (operand->kind != JS_NODE_LOGICAL || (operand->flags & JS_FLAG_PARENTHESIZED) != 0)
    return FALSE;
  return (op == JS_TOKEN_COALESCE) != (operand->op == JS_TOKEN_COALESCE);
}

static void
check_mixed (JsParser *self, const JsNode *node)
{
  const JsNode *wrong = mixes (node->op, node->child[0]) ? node : NULL;

  if (wrong == NULL && mixes (node->op, node->child[1]))
    for (wrong = node->child[1]; mixes (node->op, wrong->child[0]);)
      wrong = wrong->child[0];
  if (wrong != NULL)
    js_lexer_fail (&self->lexer,
                   wrong->at,
                   wrong->at + (guint32) strlen (js_token_text (wrong->op)),
                   "Unexpected token '%s'",
                   js_token_text (wrong->op));
}

static guint
precedence_here (const JsParser *self)
{
  if (self->no_in && self->token.kind == JS_TOKEN_IN)
    return 0;
  return js_token_precedence (self->token.kind);
}

/* An operand and the operators that bind at least as tightly as @least. */
static JsNode *
parse_operators (JsParser *self, guint least)
{
  JsNode *left, *node;
  guint precedence;

  left = js_parse_enter (self) ? parse_operand (self) : js_parse_node (self, JS_NODE_NULL);
  while ((precedence = precedence_here (self)) >= least && precedence > 0)
    {
      JsToken op = self->token;

      node = js_node_new (self->arena, is_logical (op.kind) ? JS_NODE_LOGICAL : JS_NODE_BINARY, left->start);
      node->op = (guint8) op.kind;
      node->at = op.start;
      node->child[0] = left;
      js_parse_take (self, op.kind);
      node->child[1] = parse_operators (self, precedence == POWER_PRECEDENCE ? precedence : precedence + 1);
      if (is_logical (op.kind))
        check_mixed (self, node);
      left = js_parse_finish (self, node);
    }
  js_parse_leave (self);
  return left;
}

JsNode *
js_parse_binary (JsParser *self)
{
  return parse_operators (self, 1);
}
