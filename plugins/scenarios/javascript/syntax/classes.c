/* classes.c - classes, their members and private names
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "parse.h"

/* How a private name was declared: a getter and a setter may share one. */
typedef enum
{
  PRIVATE_OTHER = 1,
  PRIVATE_GETTER = 2,
  PRIVATE_SETTER = 4,
  PRIVATE_STATIC = 8,
} PrivateKind;

static void
declare_private (JsParser *self, const JsNode *key, guint32 flags)
{
  GHashTable *declared = self->class_state->declared;
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (declared, key->text)), kind;

  kind = flags & JS_FLAG_GETTER ? PRIVATE_GETTER : flags & JS_FLAG_SETTER ? PRIVATE_SETTER : PRIVATE_OTHER;
  if (flags & JS_FLAG_STATIC)
    kind |= PRIVATE_STATIC;
  if (js_text_is (key->text, "#constructor"))
    js_parse_fail_node (self, key, "Classes may not have a field named 'constructor'");
  if (before != 0
      && (((before | kind) & PRIVATE_OTHER) || (before & kind & ~PRIVATE_STATIC) || ((before ^ kind) & PRIVATE_STATIC)))
    js_lexer_fail (&self->lexer, key->start, key->end, "Identifier '%s' has already been declared", key->text->bytes);
  g_hash_table_insert (declared, (gpointer) key->text, GUINT_TO_POINTER (before | kind));
}

static void
enter_class (JsParser *self, JsClassState *state)
{
  state->outer = self->class_state;
  state->declared = g_hash_table_new (NULL, NULL);
  state->used = g_array_new (FALSE, FALSE, sizeof (JsToken));
  self->class_state = state;
}

/* A name that this class does not declare may be one of the class around. */
static void
leave_class (JsParser *self, JsClassState *state)
{
  self->class_state = state->outer;
  for (guint i = 0; i < state->used->len; i++)
    {
      const JsToken *use = &g_array_index (state->used, JsToken, i);

      if (g_hash_table_contains (state->declared, use->text))
        continue;
      if (state->outer != NULL)
        g_array_append_val (state->outer->used, *use);
      else
        js_lexer_fail (&self->lexer,
                       use->start,
                       use->end,
                       "Private field '%s' must be declared in an enclosing class",
                       use->text->bytes);
    }
  if (self->lexer.problem.message != NULL)
    self->token.kind = JS_TOKEN_END;
  g_hash_table_unref (state->declared);
  g_array_unref (state->used);
}

/* Whether the word before @peek is a modifier of a member rather than its name. */
static gboolean
is_modifier (const JsToken *peek)
{
  switch (peek->kind)
    {
    case JS_TOKEN_LPAREN:
    case JS_TOKEN_ASSIGN:
    case JS_TOKEN_SEMICOLON:
    case JS_TOKEN_RBRACE:
    case JS_TOKEN_END:
      return FALSE;
    default:
      return TRUE;
    }
}

static gboolean
take_modifier (JsParser *self, const char *word, gboolean same_line)
{
  JsToken peek;

  if (!js_parse_is_word (self, word))
    return FALSE;
  peek = js_parse_peek (self);
  if (!is_modifier (&peek) || (same_line && peek.newline))
    return FALSE;
  js_parse_next (self);
  return TRUE;
}

/* *start: of the text of a method, which `static` is no part of. */
static guint32
member_flags (JsParser *self, guint32 *start)
{
  guint32 flags = 0;

  if (take_modifier (self, "static", FALSE))
    flags |= JS_FLAG_STATIC;
  *start = self->token.start;
  if (take_modifier (self, "async", TRUE))
    flags |= JS_FLAG_ASYNC;
  else if (take_modifier (self, "get", FALSE))
    flags |= JS_FLAG_GETTER;
  else if (take_modifier (self, "set", FALSE))
    flags |= JS_FLAG_SETTER;
  if ((flags & (JS_FLAG_GETTER | JS_FLAG_SETTER)) == 0 && js_parse_take (self, JS_TOKEN_TIMES))
    flags |= JS_FLAG_GENERATOR;
  return flags;
}

static JsNode *
parse_member_key (JsParser *self, guint32 *flags)
{
  JsNode *node;

  if (!js_parse_is (self, JS_TOKEN_PRIVATE_NAME))
    return js_parse_key (self, flags);
  node = js_parse_node (self, JS_NODE_PRIVATE_NAME);
  node->text = self->token.text;
  js_parse_next (self);
  js_parse_finish (self, node);
  declare_private (self, node, *flags);
  return node;
}

static gboolean
key_is (const JsNode *key, guint32 flags, const char *name)
{
  return key->kind == JS_NODE_STRING && (flags & JS_FLAG_COMPUTED) == 0 && js_text_is (key->text, name);
}

static void
check_constructor (JsParser *self, const JsNode *key, guint32 flags, gboolean *had_constructor)
{
  if (*had_constructor)
    js_parse_fail_node (self, key, "A class may only have one constructor");
  if (flags & (JS_FLAG_GETTER | JS_FLAG_SETTER))
    js_parse_fail_node (self, key, "Class constructor may not be an accessor");
  if (flags & JS_FLAG_ASYNC)
    js_parse_fail_node (self, key, "Class constructor may not be an async method");
  if (flags & JS_FLAG_GENERATOR)
    js_parse_fail_node (self, key, "Class constructor may not be a generator");
  *had_constructor = TRUE;
}

static JsNode *
parse_class_method (
    JsParser *self, JsNode *member, guint32 start, guint32 flags, gboolean derived, gboolean *had_constructor)
{
  JsNode *key = member->child[0];
  guint32 function = flags & ~(guint32) (JS_FLAG_STATIC | JS_FLAG_COMPUTED);

  member->kind = JS_NODE_METHOD;
  if ((flags & JS_FLAG_STATIC) != 0 && key_is (key, flags, "prototype"))
    js_parse_fail_node (self, key, "Classes may not have a static property named 'prototype'");
  if ((flags & JS_FLAG_STATIC) == 0 && key_is (key, flags, "constructor"))
    {
      check_constructor (self, key, flags, had_constructor);
      function |= JS_FLAG_CONSTRUCTOR | (derived ? JS_FLAG_DERIVED : 0);
    }
  member->child[1] = js_parse_method (self, start, function);
  return js_parse_finish (self, member);
}

static JsNode *
parse_field (JsParser *self, JsNode *member, guint32 flags)
{
  const JsNode *key = member->child[0];

  if (key_is (key, flags, "constructor"))
    js_parse_fail_node (self, key, "Classes may not have a field named 'constructor'");
  if ((flags & JS_FLAG_STATIC) != 0 && key_is (key, flags, "prototype"))
    js_parse_fail_node (self, key, "Classes may not have a static property named 'prototype'");
  if (js_parse_take (self, JS_TOKEN_ASSIGN))
    member->child[1] = js_parse_initializer (self, FALSE);
  js_parse_finish (self, member);
  js_parse_semicolon (self);
  return member;
}

static gboolean
is_static_block (JsParser *self)
{
  return js_parse_is_word (self, "static") && js_parse_peek (self).kind == JS_TOKEN_LBRACE;
}

static JsNode *
parse_class_member (JsParser *self, gboolean derived, gboolean *had_constructor)
{
  JsNode *member;
  guint32 flags, start;

  if (is_static_block (self))
    {
      member = js_parse_node (self, JS_NODE_STATIC_BLOCK);
      js_parse_next (self);
      member->child[0] = js_parse_initializer (self, TRUE);
      return js_parse_finish (self, member);
    }
  member = js_parse_node (self, JS_NODE_FIELD);
  flags = member_flags (self, &start);
  member->child[0] = parse_member_key (self, &flags);
  member->flags = flags & (JS_FLAG_STATIC | JS_FLAG_COMPUTED);
  if (js_parse_is (self, JS_TOKEN_LPAREN)
      || (flags & (JS_FLAG_ASYNC | JS_FLAG_GENERATOR | JS_FLAG_GETTER | JS_FLAG_SETTER)) != 0)
    return parse_class_method (self, member, start, flags, derived, had_constructor);
  return parse_field (self, member, flags);
}

static void
parse_members (JsParser *self, JsNode *node)
{
  JsNode **tail = &node->child[2];
  gboolean had_constructor = FALSE;

  js_parse_expect (self, JS_TOKEN_LBRACE);
  while (!js_parse_is (self, JS_TOKEN_RBRACE) && !js_parse_is (self, JS_TOKEN_END))
    {
      if (!js_parse_take (self, JS_TOKEN_SEMICOLON))
        js_parse_append (&tail, parse_class_member (self, node->child[1] != NULL, &had_constructor));
    }
}

/* From class. All of it is strict code. */
JsNode *
js_parse_class (JsParser *self, guint32 flags)
{
  JsNode *node = js_parse_node (self, JS_NODE_CLASS);
  gboolean strict = self->function.strict, no_in = self->no_in;
  JsClassState state;

  js_parse_take (self, JS_TOKEN_CLASS);
  node->flags = flags;
  self->function.strict = TRUE;
  self->no_in = FALSE;
  if ((flags & JS_FLAG_DECLARATION) != 0 || self->token.kind == JS_TOKEN_IDENTIFIER)
    node->child[0] = js_parse_binding_identifier (self);
  enter_class (self, &state);
  if (js_parse_take (self, JS_TOKEN_EXTENDS))
    node->child[1] = js_parse_left_hand_side (self);
  parse_members (self, node);
  self->function.strict = strict;
  self->no_in = no_in;
  js_parse_expect (self, JS_TOKEN_RBRACE);
  leave_class (self, &state);
  return js_parse_finish (self, node);
}
