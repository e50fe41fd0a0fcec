/* loops.c - loops, labels and jumps
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "parse.h"

static JsNode *
parse_loop_body (JsParser *self)
{
  JsNode *body;

  self->function.loops++;
  self->function.breakables++;
  body = js_parse_sub_statement (self);
  self->function.loops--;
  self->function.breakables--;
  return body;
}

static JsNode *
parse_condition (JsParser *self)
{
  JsNode *test;

  js_parse_expect (self, JS_TOKEN_LPAREN);
  test = js_parse_expression (self);
  js_parse_expect (self, JS_TOKEN_RPAREN);
  return test;
}

JsNode *
js_parse_while (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_WHILE);

  js_parse_take (self, JS_TOKEN_WHILE);
  node->child[0] = parse_condition (self);
  node->child[1] = parse_loop_body (self);
  return js_parse_finish (self, node);
}

JsNode *
js_parse_do (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_DO);

  js_parse_take (self, JS_TOKEN_DO);
  node->child[0] = parse_loop_body (self);
  js_parse_expect (self, JS_TOKEN_WHILE);
  node->child[1] = parse_condition (self);
  js_parse_take (self, JS_TOKEN_SEMICOLON);
  return js_parse_finish (self, node);
}

/* What stands before in, of or the first semicolon. */
static JsNode *
parse_for_head (JsParser *self)
{
  guint32 before = self->cover;
  JsNode *head;

  if (js_parse_is (self, JS_TOKEN_SEMICOLON))
    return NULL;
  self->no_in = TRUE;
  if (js_parse_is (self, JS_TOKEN_VAR) || js_parse_is (self, JS_TOKEN_CONST) || js_parse_is_let (self))
    head = js_parse_variables (self, TRUE);
  else
    {
      self->cover = 0;
      head = js_parse_assignment_cover (self);
      if (self->cover != 0 && !js_parse_is_word (self, "of") && !js_parse_is (self, JS_TOKEN_IN))
        js_parse_fail (self, self->cover - 1, self->cover_end, self->cover_complaint);
      self->cover = before;
    }
  self->no_in = FALSE;
  return head;
}

static void
check_each_variables (JsParser *self, const JsNode *head, const char *loop)
{
  const JsNode *declarator = head->child[0];

  if (declarator->next != NULL)
    js_lexer_fail (&self->lexer,
                   declarator->start,
                   head->end,
                   "Invalid left-hand side in %s loop: Must have a single binding.",
                   loop);
  else if (declarator->child[1] != NULL)
    js_lexer_fail (
        &self->lexer, declarator->start, head->end, "%s loop variable declaration may not have an initializer.", loop);
}

static JsNode *
each_target (JsParser *self, JsNode *head, const char *loop)
{
  if (head->kind == JS_NODE_VARIABLES)
    check_each_variables (self, head, loop);
  else if ((head->kind == JS_NODE_ARRAY || head->kind == JS_NODE_OBJECT) && (head->flags & JS_FLAG_PARENTHESIZED) == 0)
    return js_parse_to_pattern (self, head, FALSE);
  else
    js_parse_is_simple_target (self, head, "Invalid left-hand side in for-loop");
  return head;
}

static JsNode *
parse_for_each (JsParser *self, JsNode *node, JsNode *head)
{
  gboolean of = node->kind == JS_NODE_FOR_OF;

  node->child[0] = each_target (self, head, of ? "for-of" : "for-in");
  js_parse_next (self);
  node->child[1] = of ? js_parse_assignment (self) : js_parse_expression (self);
  js_parse_expect (self, JS_TOKEN_RPAREN);
  node->child[2] = parse_loop_body (self);
  return js_parse_finish (self, node);
}

/* In a for with semicolons, const and patterns need their values. */
static void
check_initialized (JsParser *self, const JsNode *head)
{
  if (head == NULL || head->kind != JS_NODE_VARIABLES)
    return;
  for (const JsNode *node = head->child[0]; node != NULL; node = node->next)
    {
      if (node->child[1] != NULL)
        continue;
      if (node->child[0]->kind != JS_NODE_IDENTIFIER)
        js_parse_fail_node (self, node->child[0], "Missing initializer in destructuring declaration");
      else if (head->op == JS_TOKEN_CONST)
        js_parse_fail_node (self, node->child[0], "Missing initializer in const declaration");
    }
}

static JsNode *
parse_for_steps (JsParser *self, JsNode *node, JsNode *head)
{
  JsNode *sequence, **tail;

  if (head != NULL && head->kind != JS_NODE_VARIABLES && js_parse_is (self, JS_TOKEN_COMMA))
    {
      sequence = js_node_new (self->arena, JS_NODE_SEQUENCE, head->start);
      sequence->child[0] = head;
      tail = &head->next;
      while (js_parse_take (self, JS_TOKEN_COMMA))
        js_parse_append (&tail, js_parse_assignment (self));
      head = js_parse_finish (self, sequence);
    }
  check_initialized (self, head);
  node->child[0] = head;
  js_parse_expect (self, JS_TOKEN_SEMICOLON);
  if (!js_parse_is (self, JS_TOKEN_SEMICOLON))
    node->child[1] = js_parse_expression (self);
  js_parse_expect (self, JS_TOKEN_SEMICOLON);
  if (!js_parse_is (self, JS_TOKEN_RPAREN))
    node->child[2] = js_parse_expression (self);
  js_parse_expect (self, JS_TOKEN_RPAREN);
  node->child[3] = parse_loop_body (self);
  return js_parse_finish (self, node);
}

JsNode *
js_parse_for (JsParser *self)
{
  guint32 start = self->token.start, flags = 0;
  JsNode *head, *node;

  js_parse_take (self, JS_TOKEN_FOR);
  if (!self->function.async && js_parse_is_word (self, "await"))
    js_parse_fail (self,
                   self->token.start,
                   self->token.end,
                   self->function.in_script ? "await outside of async functions is not supported"
                                            : "Unexpected reserved word");
  if (self->function.async && js_parse_is_word (self, "await"))
    {
      flags = JS_FLAG_IS_AWAIT;
      js_parse_next (self);
    }
  js_parse_expect (self, JS_TOKEN_LPAREN);
  head = parse_for_head (self);
  if (head != NULL && js_parse_is_word (self, "of"))
    node = js_node_new (self->arena, JS_NODE_FOR_OF, start);
  else if (head != NULL && js_parse_is (self, JS_TOKEN_IN) && flags == 0)
    node = js_node_new (self->arena, JS_NODE_FOR_IN, start);
  else if (flags != 0)
    {
      js_parse_unexpected (self);
      return js_node_new (self->arena, JS_NODE_EMPTY, start);
    }
  else
    return parse_for_steps (self, js_node_new (self->arena, JS_NODE_FOR, start), head);
  node->flags = flags;
  return parse_for_each (self, node, head);
}

static const JsLabel *
find_label (const JsParser *self, const JsText *name)
{
  GPtrArray *labels = self->function.labels;

  for (guint i = 0; labels != NULL && i < labels->len; i++)
    {
      const JsLabel *label = g_ptr_array_index (labels, i);

      if (label->name == name)
        return label;
    }
  return NULL;
}

static void
check_label (JsParser *self, const JsToken *token, gboolean is_continue)
{
  const JsLabel *label = find_label (self, token->text);

  if (label == NULL)
    js_lexer_fail (&self->lexer, token->start, token->end, "Undefined label '%s'", token->text->bytes);
  else if (is_continue && !label->loop)
    js_lexer_fail (&self->lexer,
                   token->start,
                   token->end,
                   "Illegal continue statement: '%s' does not denote an iteration statement",
                   token->text->bytes);
}

/* break and continue */
JsNode *
js_parse_jump (JsParser *self)
{
  gboolean is_continue = js_parse_is (self, JS_TOKEN_CONTINUE);
  JsNode *node = js_parse_node (self, is_continue ? JS_NODE_CONTINUE : JS_NODE_BREAK);

  js_parse_take (self, self->token.kind);
  if (self->token.kind == JS_TOKEN_IDENTIFIER && !self->token.newline)
    {
      check_label (self, &self->token, is_continue);
      node->text = self->token.text;
      js_parse_next (self);
    }
  else if (is_continue && self->function.loops == 0)
    js_parse_fail (self, node->start, self->last_end, "Illegal continue statement: no surrounding iteration statement");
  else if (!is_continue && self->function.breakables == 0)
    js_parse_fail (self, node->start, self->last_end, "Illegal break statement");
  js_parse_finish (self, node);
  js_parse_semicolon (self);
  return node;
}

/* Whether a loop follows, perhaps after more labels. */
static gboolean
labels_loop (JsParser *self)
{
  guint32 at = self->lexer.at;
  JsToken token = self->token;

  while (token.kind == JS_TOKEN_IDENTIFIER && self->lexer.problem.message == NULL)
    {
      js_lexer_next (&self->lexer, &token);
      if (token.kind != JS_TOKEN_COLON)
        break;
      js_lexer_next (&self->lexer, &token);
    }
  if (self->lexer.problem.message == NULL)
    self->lexer.at = at;
  return token.kind == JS_TOKEN_FOR || token.kind == JS_TOKEN_WHILE || token.kind == JS_TOKEN_DO;
}

JsNode *
js_parse_labeled (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_LABELED);
  JsLabel label = { .name = self->token.text };

  if (find_label (self, label.name) != NULL)
    js_lexer_fail (
        &self->lexer, self->token.start, self->token.end, "Label '%s' has already been declared", label.name->bytes);
  node->text = label.name;
  js_parse_next (self);
  js_parse_expect (self, JS_TOKEN_COLON);
  label.loop = labels_loop (self);
  if (self->function.labels == NULL)
    self->function.labels = g_ptr_array_new ();
  g_ptr_array_add (self->function.labels, &label);
  node->child[0] = js_parse_sub_statement (self);
  g_ptr_array_set_size (self->function.labels, (int) self->function.labels->len - 1);
  return js_parse_finish (self, node);
}
