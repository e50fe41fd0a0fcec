/* objects.c - array and object literals, which may turn out to be patterns
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "parse.h"

static JsNode *
parse_spread (JsParser *self)
{
  JsNode *node = js_parse_node (self, JS_NODE_SPREAD);

  js_parse_next (self);
  node->child[0] = js_parse_assignment_cover (self);
  if (js_parse_is (self, JS_TOKEN_COMMA))
    node->flags |= JS_FLAG_TRAILING_COMMA;
  return js_parse_finish (self, node);
}

static JsNode *
parse_element (JsParser *self)
{
  JsNode *node;

  if (js_parse_is (self, JS_TOKEN_ELLIPSIS))
    return parse_spread (self);
  if (!js_parse_is (self, JS_TOKEN_COMMA))
    return js_parse_assignment_cover (self);
  node = js_parse_node (self, JS_NODE_HOLE);
  js_node_finish (node, self->token.start);
  return node;
}

JsNode *
js_parse_array (JsParser *self)
{
  JsNode *array = js_parse_node (self, JS_NODE_ARRAY), **tail = &array->child[0];
  gboolean no_in = self->no_in;

  self->no_in = FALSE;
  js_parse_next (self);
  while (!js_parse_is (self, JS_TOKEN_RBRACKET) && !js_parse_is (self, JS_TOKEN_END))
    {
      js_parse_append (&tail, parse_element (self));
      if (!js_parse_is (self, JS_TOKEN_RBRACKET))
        js_parse_expect (self, JS_TOKEN_COMMA);
    }
  js_parse_expect (self, JS_TOKEN_RBRACKET);
  self->no_in = no_in;
  return js_parse_finish (self, array);
}

/* {a} and, as a pattern, {a = 1}: @key is the STRING that was read from @token. */
static JsNode *
parse_shorthand (JsParser *self, JsNode *property, const JsToken *token)
{
  JsNode *name = js_node_new (self->arena, JS_NODE_IDENTIFIER, token->start), *value;

  property->flags |= JS_FLAG_SHORTHAND;
  name->text = token->text;
  js_node_finish (name, token->end);
  if (!js_parse_is_identifier (self, token))
    js_parse_unexpected_token (self, token);
  if (self->function.no_arguments && js_text_is (name->text, "arguments"))
    js_parse_fail_node (
        self, name, "'arguments' is not allowed in class field initializer or static initialization block");
  if (!js_parse_is (self, JS_TOKEN_ASSIGN))
    return name;
  js_parse_next (self);
  value = js_node_new (self->arena, JS_NODE_DEFAULT, name->start);
  value->child[0] = name;
  value->child[1] = js_parse_assignment (self);
  js_parse_cover (self, name->start, self->last_end, "Invalid shorthand property initializer");
  return js_parse_finish (self, value);
}

/* Whether the word before @peek is the modifier of a method rather than its name. */
static gboolean
is_modifier (const JsToken *peek)
{
  switch (peek->kind)
    {
    case JS_TOKEN_LPAREN:
    case JS_TOKEN_COMMA:
    case JS_TOKEN_COLON:
    case JS_TOKEN_RBRACE:
    case JS_TOKEN_ASSIGN:
    case JS_TOKEN_END:
      return FALSE;
    default:
      return TRUE;
    }
}

/* get, set, async and * before the name of a method. */
static guint32
method_flags (JsParser *self)
{
  JsToken peek;
  guint32 flags = 0;

  if (js_parse_is_word (self, "get") || js_parse_is_word (self, "set") || js_parse_is_word (self, "async"))
    {
      peek = js_parse_peek (self);
      if (is_modifier (&peek) && !(js_parse_is_word (self, "async") && peek.newline))
        {
          flags = js_parse_is_word (self, "get")   ? JS_FLAG_GETTER
                  : js_parse_is_word (self, "set") ? JS_FLAG_SETTER
                                                   : JS_FLAG_ASYNC;
          js_parse_next (self);
        }
    }
  if ((flags & (JS_FLAG_GETTER | JS_FLAG_SETTER)) == 0 && js_parse_take (self, JS_TOKEN_TIMES))
    flags |= JS_FLAG_GENERATOR;
  return flags;
}

static JsNode *
finish_property (JsParser *self, JsNode *property, const JsToken *key, guint32 flags)
{
  property->flags |= flags & (JS_FLAG_GETTER | JS_FLAG_SETTER | JS_FLAG_COMPUTED);
  if ((flags & ~(guint32) JS_FLAG_COMPUTED) != 0 || js_parse_is (self, JS_TOKEN_LPAREN))
    {
      property->flags |= JS_FLAG_IS_METHOD;
      property->child[1] = js_parse_method (self, property->start, flags & ~(guint32) JS_FLAG_COMPUTED);
    }
  else if (js_parse_take (self, JS_TOKEN_COLON))
    {
      if ((flags & JS_FLAG_COMPUTED) == 0 && property->child[0]->kind == JS_NODE_STRING
          && js_text_is (property->child[0]->text, "__proto__"))
        property->flags |= JS_FLAG_PROTO;
      property->child[1] = js_parse_assignment_cover (self);
    }
  else if (key->kind == JS_TOKEN_IDENTIFIER)
    property->child[1] = parse_shorthand (self, property, key);
  else if (!js_parse_is (self, JS_TOKEN_RBRACE) && !js_parse_is (self, JS_TOKEN_COMMA)
           && !js_parse_is (self, JS_TOKEN_ASSIGN) && !js_parse_is (self, JS_TOKEN_END))
    {
      property->child[1] = js_parse_node (self, JS_NODE_NULL);
      js_parse_unexpected (self);
    }
  else
    {
      JsToken wrong = *key;

      wrong.start = self->last.start;
      wrong.end = self->last.end;
      property->child[1] = js_parse_node (self, JS_NODE_NULL);
      js_parse_unexpected_token (self, self->lexer.problem.message == NULL ? &wrong : &self->token);
    }
  return js_parse_finish (self, property);
}

static JsNode *
parse_property (JsParser *self)
{
  JsNode *property;
  guint32 flags;
  JsToken key;

  if (js_parse_is (self, JS_TOKEN_ELLIPSIS))
    return parse_spread (self);
  property = js_parse_node (self, JS_NODE_PROPERTY);
  flags = method_flags (self);
  key = self->token;
  property->child[0] = js_parse_key (self, &flags);
  return finish_property (self, property, &key, flags);
}

JsNode *
js_parse_object (JsParser *self)
{
  JsNode *object = js_parse_node (self, JS_NODE_OBJECT), **tail = &object->child[0], *property;
  gboolean proto = FALSE, no_in = self->no_in;

  self->no_in = FALSE;
  js_parse_next (self);
  while (!js_parse_is (self, JS_TOKEN_RBRACE) && !js_parse_is (self, JS_TOKEN_END))
    {
      property = parse_property (self);
      js_parse_append (&tail, property);
      if (property->kind == JS_NODE_PROPERTY && (property->flags & JS_FLAG_PROTO) != 0)
        {
          if (proto)
            js_parse_cover (self,
                            property->start,
                            property->child[0]->end,
                            "Duplicate __proto__ fields are not allowed in object literals");
          proto = TRUE;
        }
      if (!js_parse_is (self, JS_TOKEN_RBRACE))
        js_parse_expect (self, JS_TOKEN_COMMA);
    }
  js_parse_expect (self, JS_TOKEN_RBRACE);
  self->no_in = no_in;
  return js_parse_finish (self, object);
}
