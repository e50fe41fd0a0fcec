/* statements.c - statements and declarations but loops and jumps
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "parse.h"

#include <string.h>

/* let starts a declaration where a name or pattern follows. */
gboolean
js_parse_is_let (JsParser *self)
{
  JsToken peek;

  if (!js_parse_is_word (self, "let"))
    return FALSE;
  peek = js_parse_peek (self);
  return peek.kind == JS_TOKEN_IDENTIFIER || peek.kind == JS_TOKEN_LBRACKET || peek.kind == JS_TOKEN_LBRACE;
}

static void
check_let_names (JsParser *self, const JsNode *target)
{
  if (target->kind == JS_NODE_IDENTIFIER && js_text_is (target->text, "let"))
    js_parse_fail_node (self, target, "let is disallowed as a lexically bound name");
}

static JsNode *
parse_declarator (JsParser *self, guint8 op, gboolean in_for)
{
  JsNode *node = js_parse_node (self, JS_NODE_DECLARATOR);

  node->child[0] = js_parse_binding_target (self);
  if (op != JS_TOKEN_VAR)
    check_let_names (self, node->child[0]);
  if (js_parse_take (self, JS_TOKEN_ASSIGN))
    node->child[1] = js_parse_assignment (self);
  else if (!in_for && node->child[0]->kind != JS_NODE_IDENTIFIER)
    js_parse_fail_node (self, node->child[0], "Missing initializer in destructuring declaration");
  else if (!in_for && op == JS_TOKEN_CONST)
    js_parse_fail_node (self, node->child[0], "Missing initializer in const declaration");
  return js_parse_finish (self, node);
}

/* From var, let or const, without the semicolon. */
JsNode *
js_parse_variables (JsParser *self, gboolean in_for)
{
  JsNode *node = js_parse_node (self, JS_NODE_VARIABLES), **tail = &node->child[0];

  node->op = (guint8) self->token.kind;
  js_parse_take (self, self->token.kind);
  do
    js_parse_append (&tail, parse_declarator (self, node->op, in_for));
  while (js_parse_take (self, JS_TOKEN_COMMA));
  return js_parse_finish (self, node);
}

JsNode *
js_parse_block (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_BLOCK), **tail = &node->child[0];

  js_parse_expect (self, JS_TOKEN_LBRACE);
  while (!js_parse_is (self, JS_TOKEN_RBRACE) && !js_parse_is (self, JS_TOKEN_END))
    js_parse_append (&tail, js_parse_list_item (self));
  js_parse_expect (self, JS_TOKEN_RBRACE);
  return js_parse_finish (self, node);
}

/* Sloppy code may have a function there, as if in a block. */
static JsNode *
parse_branch (JsParser *self)
{
  JsNode *block;

  if (!js_parse_is (self, JS_TOKEN_FUNCTION) || self->function.strict)
    return js_parse_sub_statement (self);
  block = js_parse_node (self, JS_NODE_BLOCK);
  block->child[0] = js_parse_function (self, JS_FLAG_DECLARATION);
  return js_parse_finish (self, block);
}

static JsNode *
parse_if (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_IF);

  js_parse_take (self, JS_TOKEN_IF);
  js_parse_expect (self, JS_TOKEN_LPAREN);
  node->child[0] = js_parse_expression (self);
  js_parse_expect (self, JS_TOKEN_RPAREN);
  node->child[1] = parse_branch (self);
  if (js_parse_take (self, JS_TOKEN_ELSE))
    node->child[2] = parse_branch (self);
  return js_parse_finish (self, node);
}

static JsNode *
parse_case (JsParser *self, gboolean *had_default)
{
  JsNode *node = js_parse_node (self, JS_NODE_CASE), **tail = &node->child[1];

  if (js_parse_take (self, JS_TOKEN_CASE))
    node->child[0] = js_parse_expression (self);
  else
    {
      if (*had_default)
        js_parse_fail (self, self->token.start, self->token.end, "More than one default clause in switch statement");
      *had_default = TRUE;
      js_parse_expect (self, JS_TOKEN_DEFAULT);
    }
  js_parse_expect (self, JS_TOKEN_COLON);
  while (!js_parse_is (self, JS_TOKEN_CASE) && !js_parse_is (self, JS_TOKEN_DEFAULT)
         && !js_parse_is (self, JS_TOKEN_RBRACE) && !js_parse_is (self, JS_TOKEN_END))
    js_parse_append (&tail, js_parse_list_item (self));
  return js_parse_finish (self, node);
}

static JsNode *
parse_switch (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_SWITCH), **tail = &node->child[1];
  gboolean had_default = FALSE;

  js_parse_take (self, JS_TOKEN_SWITCH);
  js_parse_expect (self, JS_TOKEN_LPAREN);
  node->child[0] = js_parse_expression (self);
  js_parse_expect (self, JS_TOKEN_RPAREN);
  js_parse_expect (self, JS_TOKEN_LBRACE);
  self->function.breakables++;
  while (!js_parse_is (self, JS_TOKEN_RBRACE) && !js_parse_is (self, JS_TOKEN_END))
    js_parse_append (&tail, parse_case (self, &had_default));
  self->function.breakables--;
  js_parse_expect (self, JS_TOKEN_RBRACE);
  return js_parse_finish (self, node);
}

static JsNode *
parse_catch (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_CATCH);

  js_parse_take (self, JS_TOKEN_CATCH);
  if (js_parse_take (self, JS_TOKEN_LPAREN))
    {
      node->child[0] = js_parse_binding_target (self);
      js_parse_expect (self, JS_TOKEN_RPAREN);
    }
  node->child[1] = js_parse_block (self);
  return js_parse_finish (self, node);
}

static JsNode *
parse_try (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_TRY);

  js_parse_take (self, JS_TOKEN_TRY);
  node->child[0] = js_parse_block (self);
  if (js_parse_is (self, JS_TOKEN_CATCH))
    node->child[1] = parse_catch (self);
  if (js_parse_take (self, JS_TOKEN_FINALLY))
    node->child[2] = js_parse_block (self);
  if (node->child[1] == NULL && node->child[2] == NULL)
    js_parse_fail_last (self, "Missing catch or finally after try");
  return js_parse_finish (self, node);
}

static JsNode *
parse_return (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_RETURN);

  if (self->function.no_arguments && self->function.in_static_block)
    js_parse_fail (self, self->token.start, self->token.end, "Illegal return statement");
  js_parse_take (self, JS_TOKEN_RETURN);
  if (!self->token.newline && !js_parse_is (self, JS_TOKEN_SEMICOLON) && !js_parse_is (self, JS_TOKEN_RBRACE)
      && !js_parse_is (self, JS_TOKEN_END))
    node->child[0] = js_parse_expression (self);
  js_parse_finish (self, node);
  js_parse_semicolon (self);
  return node;
}

static JsNode *
parse_throw (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_THROW);

  js_parse_take (self, JS_TOKEN_THROW);
  if (self->token.newline)
    js_parse_fail_last (self, "Illegal newline after throw");
  node->child[0] = js_parse_expression (self);
  js_parse_finish (self, node);
  js_parse_semicolon (self);
  return node;
}

static JsNode *
parse_expression_statement (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_EXPRESSION);

  if (self->token.kind == JS_TOKEN_IDENTIFIER && js_parse_peek (self).kind == JS_TOKEN_COLON
      && js_parse_is_identifier (self, &self->token))
    return js_parse_labeled (self);
  node->child[0] = js_parse_expression (self);
  js_parse_finish (self, node);
  js_parse_semicolon (self);
  return node;
}

static JsNode *
parse_simple (JsParser *self, JsNodeKind kind)
{
  JsNode *node = js_parse_node (self, kind);

  js_parse_take (self, self->token.kind);
  js_parse_finish (self, node);
  if (kind == JS_NODE_DEBUGGER)
    js_parse_semicolon (self);
  return node;
}

static JsNode *
refuse (JsParser *self, const char *message)
{
  js_parse_fail (self, self->token.start, self->token.end, message);
  return js_parse_node (self, JS_NODE_EMPTY);
}

static JsNode *
parse_var_statement (JsParser *self)
{
  JsNode *node = js_parse_variables (self, FALSE);

  js_parse_semicolon (self);
  return node;
}

static JsNode *
statement_inside (JsParser *self)
{
  switch (self->token.kind)
    {
    case JS_TOKEN_LBRACE:
      return js_parse_block (self);
    case JS_TOKEN_SEMICOLON:
      return parse_simple (self, JS_NODE_EMPTY);
    case JS_TOKEN_VAR:
      return parse_var_statement (self);
    case JS_TOKEN_IF:
      return parse_if (self);
    case JS_TOKEN_FOR:
      return js_parse_for (self);
    case JS_TOKEN_WHILE:
      return js_parse_while (self);
    case JS_TOKEN_DO:
      return js_parse_do (self);
    case JS_TOKEN_BREAK:
    case JS_TOKEN_CONTINUE:
      return js_parse_jump (self);
    case JS_TOKEN_RETURN:
      return parse_return (self);
    case JS_TOKEN_THROW:
      return parse_throw (self);
    case JS_TOKEN_SWITCH:
      return parse_switch (self);
    case JS_TOKEN_TRY:
      return parse_try (self);
    case JS_TOKEN_WITH:
      return refuse (self,
                     self->function.strict ? "Strict mode code may not include a with statement"
                                           : "with statements are not supported");
    case JS_TOKEN_EXPORT:
      return refuse (self, "export is not supported: a program is one file");
    case JS_TOKEN_DEBUGGER:
      return parse_simple (self, JS_NODE_DEBUGGER);
    default:
      return parse_expression_statement (self);
    }
}

JsNode *
js_parse_statement (JsParser *self)
{
  JsNode *node;

  if (js_parse_enter (self))
    node = statement_inside (self);
  else
    node = js_parse_node (self, JS_NODE_EMPTY);
  js_parse_leave (self);
  return node;
}

/* A statement or a declaration. */
JsNode *
js_parse_list_item (JsParser *self)
{
  if (js_parse_is (self, JS_TOKEN_FUNCTION) || js_parse_is_async_function (self))
    return js_parse_function (self, JS_FLAG_DECLARATION);
  if (js_parse_is (self, JS_TOKEN_CLASS))
    return js_parse_class (self, JS_FLAG_DECLARATION);
  if (js_parse_is (self, JS_TOKEN_CONST) || js_parse_is_let (self))
    return parse_var_statement (self);
  return js_parse_statement (self);
}

/* The statement of an if, a loop or a label, which no declaration can be. */
JsNode *
js_parse_sub_statement (JsParser *self)
{
  if (js_parse_is_let (self))
    js_parse_fail (
        self, self->token.start, self->token.end, "Lexical declaration cannot appear in a single-statement context");
  else if (js_parse_is (self, JS_TOKEN_CONST) || js_parse_is (self, JS_TOKEN_CLASS))
    js_parse_unexpected (self);
  else if (js_parse_is_async_function (self))
    js_parse_fail (self,
                   self->token.start,
                   self->token.end,
                   "Async functions can only be declared at the top level or inside a block.");
  else if (js_parse_is (self, JS_TOKEN_FUNCTION))
    js_parse_fail (self,
                   self->token.start,
                   self->token.end,
                   self->function.strict
                       ? "In strict mode code, functions can only be declared at top level or inside a block."
                       : "In non-strict mode code, functions can only be declared at top level, inside a block, or as "
                         "the body of an if statement.");
  return js_parse_statement (self);
}

/* Statements up to a brace or the end; "use strict" among the strings at their head makes them strict. */
JsNode *
js_parse_directives (JsParser *self, gboolean simple, gboolean *strict)
{
  JsNode *first = NULL, **tail = &first;
  gboolean head = TRUE;

  while (!js_parse_is (self, JS_TOKEN_RBRACE) && !js_parse_is (self, JS_TOKEN_END))
    {
      JsToken token = self->token;
      JsNode *node = js_parse_list_item (self);

      js_parse_append (&tail, node);
      head = head && token.kind == JS_TOKEN_STRING && node->kind == JS_NODE_EXPRESSION
             && node->child[0]->kind == JS_NODE_STRING && (node->child[0]->flags & JS_FLAG_PARENTHESIZED) == 0;
      if (!head || token.escaped || !js_text_is (token.text, "use strict"))
        continue;
      if (!simple)
        js_parse_fail (
            self, token.start, token.end, "Illegal 'use strict' directive in function with non-simple parameter list");
      *strict = TRUE;
    }
  return first;
}
