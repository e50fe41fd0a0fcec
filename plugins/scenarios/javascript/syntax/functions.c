/* functions.c - functions of every form: declarations, expressions, methods, arrows, initializers
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "parse.h"

static JsFunctionState
enter_function (JsParser *self, guint32 flags)
{
  JsFunctionState outer = self->function;

  self->function = (JsFunctionState){ .strict = outer.strict };
  self->function.async = (flags & JS_FLAG_ASYNC) != 0;
  self->function.generator = (flags & JS_FLAG_GENERATOR) != 0;
  self->function.new_target = TRUE;
  self->function.super_property = (flags & (JS_FLAG_IS_METHOD | JS_FLAG_INITIALIZER)) != 0;
  self->function.super_call = (flags & JS_FLAG_CONSTRUCTOR) != 0 && (flags & JS_FLAG_DERIVED) != 0;
  return outer;
}

static void
leave_function (JsParser *self, const JsFunctionState *outer)
{
  g_clear_pointer (&self->function.labels, g_ptr_array_unref);
  self->function = *outer;
}

static JsNode *
parse_rest_parameter (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_REST);

  js_parse_next (self);
  node->child[0] = js_parse_binding_target (self);
  if (js_parse_is (self, JS_TOKEN_ASSIGN))
    js_parse_fail (self, self->token.start, self->token.end, "Rest parameter may not have a default initializer");
  else if (!js_parse_is (self, JS_TOKEN_RPAREN))
    js_parse_fail (self, self->token.start, self->token.end, "Rest parameter must be last formal parameter");
  return js_parse_finish (self, node);
}

static void
parse_parameters (JsParser *self, JsNode *function)
{
  JsNode **tail = &function->child[1];
  gboolean no_in = self->no_in;

  self->no_in = FALSE;
  self->function.in_parameters = TRUE;
  function->at = self->token.start;
  js_parse_expect (self, JS_TOKEN_LPAREN);
  while (!js_parse_is (self, JS_TOKEN_RPAREN) && !js_parse_is (self, JS_TOKEN_END))
    {
      if (js_parse_is (self, JS_TOKEN_ELLIPSIS))
        js_parse_append (&tail, parse_rest_parameter (self));
      else
        js_parse_append (&tail, js_parse_binding_element (self));
      if (!js_parse_is (self, JS_TOKEN_RPAREN) && !js_parse_take (self, JS_TOKEN_COMMA))
        js_parse_unexpected (self);
    }
  js_parse_expect (self, JS_TOKEN_RPAREN);
  self->function.in_parameters = FALSE;
  self->no_in = no_in;
}

static gboolean
has_simple_parameters (const JsNode *function)
{
  for (const JsNode *node = function->child[1]; node != NULL; node = node->next)
    {
      if (node->kind != JS_NODE_IDENTIFIER)
        return FALSE;
    }
  return TRUE;
}

/* A body with "use strict" makes the names before it strict too. */
static void
check_names (JsParser *self, const JsNode *function)
{
  JsToken token = { .kind = JS_TOKEN_IDENTIFIER };

  for (const JsNode *node = function->child[1]; node != NULL; node = node->next)
    {
      if (node->kind != JS_NODE_IDENTIFIER)
        continue;
      js_parse_check_bound (self, node);
      token.text = node->text;
      if (!js_parse_is_identifier (self, &token))
        js_parse_fail_node (self, node, "Unexpected strict mode reserved word");
    }
  if (function->child[0] == NULL)
    return;
  js_parse_check_bound (self, function->child[0]);
  token.text = function->child[0]->text;
  if (!js_parse_is_identifier (self, &token))
    js_parse_fail_node (self, function->child[0], "Unexpected strict mode reserved word");
}

static void
parse_function_body (JsParser *self, JsNode *function)
{
  gboolean no_in = self->no_in, strict = self->function.strict;

  self->no_in = FALSE;
  js_parse_expect (self, JS_TOKEN_LBRACE);
  function->child[2] = js_parse_directives (self, has_simple_parameters (function), &self->function.strict);
  if (self->function.strict)
    function->flags |= JS_FLAG_STRICT;
  if (self->function.strict && !strict)
    check_names (self, function);
  self->no_in = no_in;
  if (!js_parse_is (self, JS_TOKEN_RBRACE))
    js_parse_unexpected (self);
}

/* Behind the parameters. */
static void
check_accessor (JsParser *self, const JsNode *function)
{
  const JsNode *first = function->child[1];
  const char *message = NULL;

  if ((function->flags & JS_FLAG_GETTER) != 0 && first != NULL)
    message = "Getter must not have any formal parameters.";
  else if ((function->flags & JS_FLAG_SETTER) != 0 && (first == NULL || first->next != NULL))
    message = "Setter must have exactly one formal parameter.";
  else if ((function->flags & JS_FLAG_SETTER) != 0 && first->kind == JS_NODE_REST)
    message = "Setter function argument must not be a rest parameter";
  if (message != NULL)
    js_parse_fail (self, function->at, self->last_end, message);
}

/* Parameters and body, in a state of their own. The closing brace is read in the outer state. */
static JsNode *
finish_function (JsParser *self, JsNode *function, guint32 flags)
{
  JsFunctionState outer = enter_function (self, flags);

  function->flags |= flags;
  parse_parameters (self, function);
  check_accessor (self, function);
  parse_function_body (self, function);
  leave_function (self, &outer);
  js_parse_take (self, JS_TOKEN_RBRACE);
  return js_parse_finish (self, function);
}

/* From async or function. A declaration's name belongs to the code around, an expression's to the function. */
JsNode *
js_parse_function (JsParser *self, guint32 flags)
{
  JsNode *function = js_parse_node (self, JS_NODE_FUNCTION);
  JsFunctionState outer;

  if (js_parse_is_word (self, "async"))
    {
      flags |= JS_FLAG_ASYNC;
      js_parse_next (self);
    }
  js_parse_expect (self, JS_TOKEN_FUNCTION);
  if (js_parse_take (self, JS_TOKEN_TIMES))
    flags |= JS_FLAG_GENERATOR;
  if ((flags & JS_FLAG_DECLARATION) != 0 && js_parse_is (self, JS_TOKEN_LPAREN))
    js_parse_fail_last (self, "Function statements require a function name");
  if ((flags & JS_FLAG_DECLARATION) != 0)
    function->child[0] = js_parse_binding_identifier (self);
  else if (!js_parse_is (self, JS_TOKEN_LPAREN))
    {
      outer = self->function;
      self->function.async = (flags & JS_FLAG_ASYNC) != 0;
      self->function.generator = (flags & JS_FLAG_GENERATOR) != 0;
      function->child[0] = js_parse_binding_identifier (self);
      self->function = outer;
    }
  return finish_function (self, function, flags);
}

JsNode *
js_parse_method (JsParser *self, guint32 start, guint32 flags)
{
  JsNode *function = js_node_new (self->arena, JS_NODE_FUNCTION, start);

  finish_function (self, function, flags | JS_FLAG_IS_METHOD);
  return function;
}

static JsNode *
to_parameter (JsParser *self, JsNode *node)
{
  JsNode *target = node;

  if (node->kind == JS_NODE_SPREAD)
    node->kind = JS_NODE_REST;
  else if (node->kind == JS_NODE_ASSIGN && node->op == JS_TOKEN_ASSIGN && (node->flags & JS_FLAG_PARENTHESIZED) == 0)
    {
      node->kind = JS_NODE_DEFAULT;
      node->op = JS_TOKEN_END;
    }
  if (node->kind == JS_NODE_REST || node->kind == JS_NODE_DEFAULT)
    target = node->child[0];
  if ((target->kind == JS_NODE_ARRAY || target->kind == JS_NODE_OBJECT) && (target->flags & JS_FLAG_PARENTHESIZED) == 0)
    js_parse_to_pattern (self, target, TRUE);
  else if (target->kind == JS_NODE_ARRAY_PATTERN || target->kind == JS_NODE_OBJECT_PATTERN)
    return node;
  else if (target->kind != JS_NODE_IDENTIFIER || (target->flags & JS_FLAG_PARENTHESIZED) != 0)
    js_parse_fail_node (self, target, "Invalid destructuring assignment target");
  else
    js_parse_check_bound (self, target);
  return node;
}

static void
parse_arrow_body (JsParser *self, JsNode *arrow)
{
  if (js_parse_is (self, JS_TOKEN_LBRACE))
    {
      parse_function_body (self, arrow);
      return;
    }
  arrow->flags |= JS_FLAG_EXPRESSION_BODY | (self->function.strict ? JS_FLAG_STRICT : 0);
  arrow->child[2] = js_parse_assignment (self);
}

/* From the arrow; @parameters are a list of values that become parameters. */
JsNode *
js_parse_arrow (JsParser *self, guint32 start, JsNode *parameters, guint32 flags)
{
  JsNode *arrow = js_node_new (self->arena, JS_NODE_FUNCTION, start);
  JsFunctionState outer = self->function;

  if (self->token.newline && js_parse_is (self, JS_TOKEN_ARROW))
    js_parse_unexpected (self);
  arrow->flags = flags | JS_FLAG_ARROW;
  arrow->child[1] = parameters;
  for (JsNode *node = parameters; node != NULL; node = node->next)
    {
      if (node->kind == JS_NODE_SPREAD && node->next != NULL)
        js_parse_fail_node (self, node, "Rest parameter must be last formal parameter");
      to_parameter (self, node);
    }
  js_parse_expect (self, JS_TOKEN_ARROW);
  self->function.async = (flags & JS_FLAG_ASYNC) != 0;
  self->function.generator = FALSE;
  self->function.in_parameters = self->function.in_static_block = FALSE;
  self->function.loops = self->function.breakables = 0;
  self->function.labels = NULL;
  self->function.in_script = FALSE;
  parse_arrow_body (self, arrow);
  leave_function (self, &outer);
  if ((arrow->flags & JS_FLAG_EXPRESSION_BODY) == 0)
    js_parse_take (self, JS_TOKEN_RBRACE);
  return js_parse_finish (self, arrow);
}

/* The value of a field, or with @block the body of a static block, as a function without parameters. */
JsNode *
js_parse_initializer (JsParser *self, gboolean block)
{
  JsNode *function = js_parse_node (self, JS_NODE_FUNCTION), **tail = &function->child[2];
  JsFunctionState outer = enter_function (self, JS_FLAG_INITIALIZER);

  function->flags = JS_FLAG_INITIALIZER | JS_FLAG_STRICT;
  self->function.no_arguments = TRUE;
  if (block)
    {
      self->function.in_static_block = TRUE;
      js_parse_expect (self, JS_TOKEN_LBRACE);
      while (!js_parse_is (self, JS_TOKEN_RBRACE) && !js_parse_is (self, JS_TOKEN_END))
        js_parse_append (&tail, js_parse_list_item (self));
    }
  else
    {
      function->flags |= JS_FLAG_EXPRESSION_BODY;
      function->child[2] = js_parse_assignment (self);
    }
  leave_function (self, &outer);
  if (block)
    js_parse_expect (self, JS_TOKEN_RBRACE);
  return js_parse_finish (self, function);
}
