/* patterns.c - targets of declarations and assignments: read as such, or made from a literal that turned out to be one
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "parse.h"

/* A name or member that can be assigned; otherwise fails with @message. */
gboolean
js_parse_is_simple_target (JsParser *self, const JsNode *node, const char *message)
{
  if (node->kind == JS_NODE_IDENTIFIER)
    {
      js_parse_check_bound (self, node);
      return TRUE;
    }
  if (node->kind == JS_NODE_MEMBER || node->kind == JS_NODE_INDEX)
    return TRUE;
  js_parse_fail_node (self, node, message);
  return FALSE;
}

/* What is made of a literal while it becomes a pattern: names only (@binding), or whatever can be assigned. */
static JsNode *
to_target (JsParser *self, JsNode *node, gboolean binding)
{
  gboolean parenthesized = (node->flags & JS_FLAG_PARENTHESIZED) != 0;

  if (node->kind == JS_NODE_ARRAY_PATTERN || node->kind == JS_NODE_OBJECT_PATTERN)
    return node;
  if ((node->kind == JS_NODE_ARRAY || node->kind == JS_NODE_OBJECT) && !parenthesized)
    return js_parse_to_pattern (self, node, binding);
  if (!binding)
    js_parse_is_simple_target (self, node, "Invalid destructuring assignment target");
  else if (node->kind != JS_NODE_IDENTIFIER || parenthesized)
    js_parse_fail_node (self,
                        node,
                        node->kind == JS_NODE_MEMBER || node->kind == JS_NODE_INDEX
                            ? "Illegal property in declaration context"
                            : "Invalid destructuring assignment target");
  else
    js_parse_check_bound (self, node);
  return node;
}

/* a = 1 becomes a DEFAULT. */
static JsNode *
to_element (JsParser *self, JsNode *node, gboolean binding)
{
  if (node->kind == JS_NODE_ASSIGN && node->op == JS_TOKEN_ASSIGN && (node->flags & JS_FLAG_PARENTHESIZED) == 0)
    {
      node->kind = JS_NODE_DEFAULT;
      node->op = JS_TOKEN_END;
    }
  if (node->kind != JS_NODE_DEFAULT)
    return to_target (self, node, binding);
  node->child[0] = to_target (self, node->child[0], binding);
  return node;
}

static JsNode *
to_rest (JsParser *self, JsNode *node, gboolean binding, gboolean object)
{
  const JsNode *target = node->child[0];

  if (node->next != NULL || (node->flags & JS_FLAG_TRAILING_COMMA) != 0)
    {
      guint32 end = node->end;

      while (object && end < self->lexer.source->length && self->lexer.source->text[end] != ',')
        end++;
      js_parse_fail (
          self, object ? end : node->start, object ? end + 1 : node->end, "Rest element must be last element");
    }
  if (object && target->kind != JS_NODE_IDENTIFIER
      && (binding || target->kind == JS_NODE_ARRAY || target->kind == JS_NODE_OBJECT))
    js_parse_fail_node (self,
                        target,
                        binding ? "`...` must be followed by an identifier in declaration contexts"
                                : "`...` must be followed by an assignable reference in assignment contexts");
  node->kind = JS_NODE_REST;
  node->child[0] = to_target (self, node->child[0], binding);
  return node;
}

static void
to_property (JsParser *self, JsNode *node, gboolean binding)
{
  if ((node->flags & JS_FLAG_IS_METHOD) != 0)
    js_parse_fail_node (self, node->child[0], "Invalid destructuring assignment target");
  node->flags &= ~(guint32) JS_FLAG_PROTO;
  node->child[1] = to_element (self, node->child[1], binding);
}

/* Makes an ARRAY or OBJECT a pattern, in place. */
JsNode *
js_parse_to_pattern (JsParser *self, JsNode *node, gboolean binding)
{
  gboolean object = node->kind == JS_NODE_OBJECT;

  node->kind = object ? JS_NODE_OBJECT_PATTERN : JS_NODE_ARRAY_PATTERN;
  for (JsNode *element = node->child[0]; element != NULL; element = element->next)
    {
      if (element->kind == JS_NODE_SPREAD)
        to_rest (self, element, binding, object);
      else if (object)
        to_property (self, element, binding);
      else if (element->kind != JS_NODE_HOLE)
        to_element (self, element, binding);
    }
  return node;
}

static JsNode *
parse_rest (JsParser *self, gboolean object)
{
  JsNode *node = js_parse_node (self, JS_NODE_REST);

  js_parse_next (self);
  if (object && self->token.kind != JS_TOKEN_IDENTIFIER)
    js_parse_fail (
        self, self->token.start, self->token.end, "`...` must be followed by an identifier in declaration contexts");
  node->child[0] = js_parse_binding_target (self);
  if (js_parse_is (self, JS_TOKEN_COMMA) && object)
    js_parse_fail_last (self, "Rest element must be last element");
  else if (js_parse_is (self, JS_TOKEN_COMMA))
    js_parse_fail_node (self, js_parse_finish (self, node), "Rest element must be last element");
  return js_parse_finish (self, node);
}

static JsNode *
parse_array_element (JsParser *self)
{
  JsNode *node;

  if (js_parse_is (self, JS_TOKEN_ELLIPSIS))
    return parse_rest (self, FALSE);
  if (!js_parse_is (self, JS_TOKEN_COMMA))
    return js_parse_binding_element (self);
  node = js_parse_node (self, JS_NODE_HOLE);
  js_node_finish (node, self->token.start);
  return node;
}

static JsNode *
with_default (JsParser *self, JsNode *target)
{
  JsNode *node = js_node_new (self->arena, JS_NODE_DEFAULT, target->start);
  gboolean no_in = self->no_in;

  if (!js_parse_take (self, JS_TOKEN_ASSIGN))
    return target;
  self->no_in = FALSE;
  node->child[0] = target;
  node->child[1] = js_parse_assignment (self);
  self->no_in = no_in;
  return js_parse_finish (self, node);
}

static JsNode *
parse_bound_property (JsParser *self)
{
  JsNode *property = js_parse_node (self, JS_NODE_PROPERTY), *name;
  guint32 flags = 0;
  JsToken key = self->token;

  if (js_parse_is (self, JS_TOKEN_ELLIPSIS))
    return parse_rest (self, TRUE);
  property->child[0] = js_parse_key (self, &flags);
  property->flags |= flags;
  if (js_parse_take (self, JS_TOKEN_COLON))
    property->child[1] = js_parse_binding_element (self);
  else
    {
      property->flags |= JS_FLAG_SHORTHAND;
      name = js_node_new (self->arena, JS_NODE_IDENTIFIER, key.start);
      name->text = key.text;
      js_node_finish (name, key.end);
      if (!js_parse_is_identifier (self, &key))
        js_parse_unexpected_token (self, &key);
      js_parse_check_bound (self, name);
      property->child[1] = with_default (self, name);
    }
  return js_parse_finish (self, property);
}

static JsNode *
parse_pattern (JsParser *self, JsNodeKind kind, JsTokenKind close)
{
  JsNode *node = js_parse_node (self, kind), **tail = &node->child[0];

  js_parse_next (self);
  while (!js_parse_is (self, close) && !js_parse_is (self, JS_TOKEN_END))
    {
      js_parse_append (&tail, kind == JS_NODE_ARRAY_PATTERN ? parse_array_element (self) : parse_bound_property (self));
      if (!js_parse_is (self, close))
        js_parse_expect (self, JS_TOKEN_COMMA);
    }
  js_parse_expect (self, close);
  return js_parse_finish (self, node);
}

/* What a declaration or parameter binds: a name or a pattern of names. */
JsNode *
js_parse_binding_target (JsParser *self)
{
  JsNode *node;

  if (!js_parse_enter (self))
    node = js_parse_node (self, JS_NODE_NULL);
  else if (js_parse_is (self, JS_TOKEN_LBRACKET))
    node = parse_pattern (self, JS_NODE_ARRAY_PATTERN, JS_TOKEN_RBRACKET);
  else if (js_parse_is (self, JS_TOKEN_LBRACE))
    node = parse_pattern (self, JS_NODE_OBJECT_PATTERN, JS_TOKEN_RBRACE);
  else
    node = js_parse_binding_identifier (self);
  js_parse_leave (self);
  return node;
}

JsNode *
js_parse_binding_element (JsParser *self)
{
  return with_default (self, js_parse_binding_target (self));
}
