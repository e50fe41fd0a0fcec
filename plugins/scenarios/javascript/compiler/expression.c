/* expression.c - expressions: their value goes to the accumulator
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "compiler/compile.h"

#include <math.h>

/* ---- registers --------------------------------------------------------------------------------------------------- */

static gboolean
is_literal (const JsNode *node)
{
  return node->kind == JS_NODE_NUMBER || node->kind == JS_NODE_STRING || node->kind == JS_NODE_BOOLEAN
         || node->kind == JS_NODE_NULL;
}

/* Whether evaluating @later leaves all variables as they are. */
static gboolean
is_harmless (const JsNode *later)
{
  return later == NULL || later->kind == JS_NODE_IDENTIFIER || later->kind == JS_NODE_THIS || is_literal (later)
         || ((later->kind == JS_NODE_BINARY || later->kind == JS_NODE_INDEX) && is_harmless (later->child[0])
             && is_harmless (later->child[1]))
         || (later->kind == JS_NODE_MEMBER && is_harmless (later->child[0]));
}

guint
js_compile_temporary (JsCompiler *self, const JsNode *node)
{
  guint r;

  js_compile_expression (self, node);
  r = js_temporary (self);
  js_emit_1 (self, JS_BYTECODE_STAR, r);
  return r;
}

guint
js_compile_operand (JsCompiler *self, const JsNode *node, const JsNode *later)
{
  guint r = js_register_of (node);

  if (r == G_MAXUINT || (!is_harmless (later) && node->kind != JS_NODE_THIS))
    return js_compile_temporary (self, node);
  /* A name that comes after a register has its own place. */
  self->after_statement = 0;
  return r;
}

/* ---- simple ones ------------------------------------------------------------------------------------------------- */

static void
compile_number (JsCompiler *self, double number)
{
  if (number == (gint32) number && !(number == 0 && signbit (number)) && ABS (number) < 1 << 22)
    js_emit_1 (self, JS_BYTECODE_LDA_SMI, (guint32) (gint32) number & 0xffffff);
  else
    js_emit_1 (self,
               JS_BYTECODE_LDA_CONSTANT,
               js_constant (self, &(JsConstant){ .kind = JS_CONSTANT_NUMBER, .number = number }));
}

static gboolean
compile_global_constant (JsCompiler *self, const JsText *name)
{
  if (strcmp (name->bytes, "undefined") == 0)
    js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
  else if (strcmp (name->bytes, "NaN") == 0)
    compile_number (self, NAN);
  else if (strcmp (name->bytes, "Infinity") == 0)
    compile_number (self, INFINITY);
  else
    return FALSE;
  return TRUE;
}

static void
compile_identifier (JsCompiler *self, const JsNode *node)
{
  if (node->binding != NULL)
    {
      if (node->flags & JS_FLAG_CHECKED)
        js_place_name (self, node->start);
      js_load_binding (self, node->binding, (node->flags & JS_FLAG_CHECKED) != 0);
      return;
    }
  if (compile_global_constant (self, node->text))
    return;
  js_place_name (self, node->start);
  js_emit_2 (self, JS_BYTECODE_LDA_GLOBAL, js_constant_text (self, node->text), js_cache (self));
}

void
js_compile_this (JsCompiler *self, const JsNode *node)
{
  if (node->binding == NULL)
    js_emit_1 (self, JS_BYTECODE_LDAR, 0);
  else
    js_load_binding (self, node->binding, (node->flags & JS_FLAG_CHECKED) != 0);
}

static void
compile_sequence (JsCompiler *self, const JsNode *node)
{
  for (const JsNode *value = node->child[0]; value != NULL; value = value->next)
    {
      if (value != node->child[0])
        js_place_statement (self, value);
      js_compile_expression (self, value);
    }
}

static void
compile_conditional (JsCompiler *self, const JsNode *node)
{
  JsLabel *otherwise = js_label (), *end = js_label ();

  js_compile_condition (self, node->child[0], FALSE, otherwise);
  js_compile_expression (self, node->child[1]);
  js_jump (self, JS_BYTECODE_JUMP, end);
  js_label_here (self, otherwise);
  js_compile_expression (self, node->child[2]);
  js_label_here (self, end);
}

static void
compile_chain (JsCompiler *self, const JsNode *node)
{
  JsLabel *nothing = js_label (), *end = js_label ();

  js_compile_chain_part (self, node->child[0], nothing);
  js_jump (self, JS_BYTECODE_JUMP, end);
  js_label_here (self, nothing);
  js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
  js_label_here (self, end);
}

static void
compile_regex (JsCompiler *self, const JsNode *node)
{
  js_place (self, node->start);
  js_emit_2 (self,
             JS_BYTECODE_CREATE_REGEX,
             js_constant_text (self, node->text),
             js_constant_text (self, node->child[0]->text));
}

static void
compile_literal (JsCompiler *self, const JsNode *node)
{
  switch (node->kind)
    {
    case JS_NODE_NUMBER:
      compile_number (self, node->number);
      break;
    case JS_NODE_STRING:
      js_emit_1 (self, JS_BYTECODE_LDA_CONSTANT, js_constant_text (self, node->text));
      break;
    case JS_NODE_BIGINT:
      js_emit_1 (self,
                 JS_BYTECODE_LDA_CONSTANT,
                 js_constant (self, &(JsConstant){ .kind = JS_CONSTANT_BIGINT, .text = node->text }));
      break;
    case JS_NODE_BOOLEAN:
      js_emit (self, node->number != 0 ? JS_BYTECODE_LDA_TRUE : JS_BYTECODE_LDA_FALSE);
      break;
    default:
      js_emit (self, JS_BYTECODE_LDA_NULL);
    }
}

static void
compile_value (JsCompiler *self, const JsNode *node)
{
  switch (node->kind)
    {
    case JS_NODE_IDENTIFIER:
      compile_identifier (self, node);
      break;
    case JS_NODE_THIS:
      js_compile_this (self, node);
      break;
    case JS_NODE_NEW_TARGET:
      js_load_binding (self, node->binding, FALSE);
      break;
    case JS_NODE_REGEX:
      compile_regex (self, node);
      break;
    case JS_NODE_TEMPLATE:
      js_compile_template (self, node);
      break;
    case JS_NODE_TAGGED:
      js_compile_tagged (self, node);
      break;
    case JS_NODE_ARRAY:
      js_place (self, node->start);
      js_compile_array (self, node->child[0]);
      break;
    case JS_NODE_OBJECT:
      js_compile_object (self, node);
      break;
    case JS_NODE_FUNCTION:
      js_compile_function_value (self, node, NULL);
      break;
    case JS_NODE_CLASS:
      js_compile_class (self, node, NULL);
      break;
    default:
      compile_literal (self, node);
    }
}

void
js_compile_expression (JsCompiler *self, const JsNode *node)
{
  guint top = self->top;

  switch (node->kind)
    {
    case JS_NODE_MEMBER:
    case JS_NODE_INDEX:
      js_compile_member (self, node, NULL);
      break;
    case JS_NODE_CALL:
    case JS_NODE_NEW:
      js_compile_call (self, node, NULL);
      break;
    case JS_NODE_CHAIN:
      compile_chain (self, node);
      break;
    case JS_NODE_UNARY:
    case JS_NODE_BINARY:
    case JS_NODE_LOGICAL:
      js_compile_operator (self, node);
      break;
    case JS_NODE_UPDATE:
      js_compile_update (self, node);
      break;
    case JS_NODE_ASSIGN:
      js_compile_assignment (self, node);
      break;
    case JS_NODE_CONDITIONAL:
      compile_conditional (self, node);
      break;
    case JS_NODE_SEQUENCE:
      compile_sequence (self, node);
      break;
    case JS_NODE_YIELD:
      js_compile_yield (self, node);
      break;
    case JS_NODE_AWAIT:
      js_compile_expression (self, node->child[0]);
      js_place (self, node->start);
      js_compile_await (self);
      break;
    default:
      compile_value (self, node);
    }
  js_release (self, top);
}

void
js_compile_named (JsCompiler *self, const JsNode *node, const JsText *name)
{
  if (node->kind == JS_NODE_FUNCTION && node->child[0] == NULL)
    js_compile_function_value (self, node, name);
  else if (node->kind == JS_NODE_CLASS && node->child[0] == NULL)
    js_compile_class (self, node, name);
  else
    js_compile_expression (self, node);
}

/* ---- members ----------------------------------------------------------------------------------------------------- */

void
js_load_private (JsCompiler *self, const JsNode *name)
{
  js_load_binding (self, name->binding, FALSE);
}

/* super.name: the home object and this in two temporaries. */
static void
compile_super_member (JsCompiler *self, const JsNode *node)
{
  guint home = js_temporaries (self, 2);

  js_load_binding (self, node->child[0]->binding, FALSE);
  js_emit_1 (self, JS_BYTECODE_STAR, home);
  js_compile_this (self, node);
  js_emit_1 (self, JS_BYTECODE_STAR, home + 1);
  js_compile_expression (self, node->child[1]);
  js_place (self, node->child[1]->start);
  js_emit_2 (self, JS_BYTECODE_GET_SUPER, home, home + 1);
}

/* The object of a member is in @r already. */
static void
compile_member_of (JsCompiler *self, const JsNode *node, guint r)
{
  const JsNode *key = node->child[1];

  if (node->kind == JS_NODE_INDEX)
    {
      js_compile_expression (self, key);
      js_place (self, node->at);
      js_emit_2 (self, JS_BYTECODE_GET_KEYED, r, js_cache (self));
    }
  else if (key->kind == JS_NODE_PRIVATE_NAME)
    {
      guint name = js_temporary (self);
      js_load_private (self, key);
      js_emit_1 (self, JS_BYTECODE_STAR, name);
      js_place (self, node->at);
      js_emit_2 (self, JS_BYTECODE_GET_PRIVATE, r, name);
    }
  else
    {
      js_place (self, node->at);
      js_emit_3 (self, JS_BYTECODE_GET_NAMED, r, js_constant_text (self, key->text), js_cache (self));
    }
}

/* In a chain: where @node is OPTIONAL and A is null or undefined, all is undefined. */
static void
leave_chain (JsCompiler *self, const JsNode *node, JsLabel *chain)
{
  if (node->flags & JS_FLAG_OPTIONAL)
    js_jump (self, JS_BYTECODE_JUMP_IF_NULLISH, chain);
}

void
js_compile_chain_part (JsCompiler *self, const JsNode *node, JsLabel *chain)
{
  if (chain != NULL && (node->kind == JS_NODE_MEMBER || node->kind == JS_NODE_INDEX))
    js_compile_member (self, node, chain);
  else if (chain != NULL && node->kind == JS_NODE_CALL)
    js_compile_call (self, node, chain);
  else
    js_compile_expression (self, node);
}

void
js_compile_member (JsCompiler *self, const JsNode *node, JsLabel *chain)
{
  const JsNode *object = node->child[0];
  guint r;

  if (object->kind == JS_NODE_SUPER)
    {
      compile_super_member (self, node);
      return;
    }
  r = chain == NULL ? js_register_of (object) : G_MAXUINT;
  if (r != G_MAXUINT && (node->kind == JS_NODE_MEMBER || is_harmless (node->child[1])))
    {
      compile_member_of (self, node, r);
      return;
    }
  js_compile_chain_part (self, object, chain);
  leave_chain (self, node, chain);
  r = js_temporary (self);
  js_emit_1 (self, JS_BYTECODE_STAR, r);
  compile_member_of (self, node, r);
}

/* ---- calls ------------------------------------------------------------------------------------------------------- */

static gboolean
has_spread (const JsNode *first)
{
  for (; first != NULL; first = first->next)
    if (first->kind == JS_NODE_SPREAD)
      return TRUE;
  return FALSE;
}

/* Arguments in temporaries one after another: their number. */
static guint
compile_arguments (JsCompiler *self, const JsNode *first)
{
  guint n = 0;

  for (; first != NULL; first = first->next, n++)
    js_compile_temporary (self, first);
  return n;
}

/* All arguments as an array in a temporary. */
static guint
compile_spread (JsCompiler *self, const JsNode *first)
{
  guint r;

  js_compile_array (self, first);
  r = js_temporary (self);
  js_emit_1 (self, JS_BYTECODE_STAR, r);
  return r;
}

/* Callee and receiver in two temporaries. */
guint
js_compile_method (JsCompiler *self, const JsNode *callee, JsLabel *chain)
{
  guint r = js_temporaries (self, 2), top = self->top;

  if (callee->child[0]->kind == JS_NODE_SUPER)
    {
      compile_super_member (self, callee);
      js_emit_1 (self, JS_BYTECODE_STAR, r);
      js_compile_this (self, callee);
      js_emit_1 (self, JS_BYTECODE_STAR, r + 1);
    }
  else
    {
      js_compile_chain_part (self, callee->child[0], chain);
      if (chain != NULL)
        leave_chain (self, callee, chain);
      js_emit_1 (self, JS_BYTECODE_STAR, r + 1);
      compile_member_of (self, callee, r + 1);
      js_emit_1 (self, JS_BYTECODE_STAR, r);
    }
  js_release (self, top);
  return r;
}

static void
compile_method_call (JsCompiler *self, const JsNode *node, JsLabel *chain)
{
  guint r = js_compile_method (self, node->child[0], chain), n;

  if (node->flags & JS_FLAG_OPTIONAL)
    {
      js_emit_1 (self, JS_BYTECODE_LDAR, r);
      leave_chain (self, node, chain);
    }
  if (has_spread (node->child[1]))
    {
      n = compile_spread (self, node->child[1]);
      js_place (self, node->at);
      js_emit_3 (self, JS_BYTECODE_CALL_SPREAD, r, r + 1, n);
      return;
    }
  n = compile_arguments (self, node->child[1]);
  js_place (self, node->at);
  js_emit_3 (self, JS_BYTECODE_CALL_METHOD, r, r + 1, n);
}

static void
compile_plain_call (JsCompiler *self, const JsNode *node, JsLabel *chain)
{
  guint r = js_temporary (self), n;

  js_compile_chain_part (self, node->child[0], chain);
  if (chain != NULL)
    leave_chain (self, node, chain);
  js_emit_1 (self, JS_BYTECODE_STAR, r);
  if (has_spread (node->child[1]))
    {
      guint receiver = js_temporary (self);
      js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
      js_emit_1 (self, JS_BYTECODE_STAR, receiver);
      n = compile_spread (self, node->child[1]);
      js_place (self, node->at);
      js_emit_3 (self, JS_BYTECODE_CALL_SPREAD, r, receiver, n);
      return;
    }
  n = compile_arguments (self, node->child[1]);
  js_place (self, node->at);
  js_emit_3 (self, JS_BYTECODE_CALL, r, r + 1, n);
}

static void
compile_new (JsCompiler *self, const JsNode *node)
{
  guint r = js_compile_temporary (self, node->child[0]), n;

  if (has_spread (node->child[1]))
    {
      n = compile_spread (self, node->child[1]);
      js_place (self, node->start);
      js_emit_2 (self, JS_BYTECODE_NEW_SPREAD, r, n);
      return;
    }
  n = compile_arguments (self, node->child[1]);
  js_place (self, node->start);
  js_emit_3 (self, JS_BYTECODE_NEW, r, r + 1, n);
}

/* super (…): what it gives becomes this, once; then the fields of the class. */
static void
compile_super_call (JsCompiler *self, const JsNode *node)
{
  guint class = js_temporary (self), n, this;

  js_load_binding (self, node->child[0]->binding, FALSE);
  js_emit_1 (self, JS_BYTECODE_STAR, class);
  if (has_spread (node->child[1]))
    {
      n = compile_spread (self, node->child[1]);
      js_place (self, node->start);
      js_emit_2 (self, JS_BYTECODE_SUPER_CALL_SPREAD, class, n);
    }
  else
    {
      n = compile_arguments (self, node->child[1]);
      js_place (self, node->start);
      js_emit_3 (self, JS_BYTECODE_SUPER_CALL, class, class + 1, n);
    }
  this = js_temporary (self);
  js_emit_1 (self, JS_BYTECODE_STAR, this);
  js_load_binding (self, node->binding, FALSE);
  js_emit (self, JS_BYTECODE_CHECK_NOT_THIS);
  js_emit_1 (self, JS_BYTECODE_LDAR, this);
  js_initialise (self, node->binding);
  js_emit_2 (self, JS_BYTECODE_RUN_FIELDS, class, this);
  js_emit_1 (self, JS_BYTECODE_LDAR, this);
}

void
js_compile_call (JsCompiler *self, const JsNode *node, JsLabel *chain)
{
  const JsNode *callee = node->child[0];
  const char *inferred = self->inferred;
  guint top = self->top;

  self->inferred = NULL;
  if (node->kind == JS_NODE_NEW)
    compile_new (self, node);
  else if (callee->kind == JS_NODE_SUPER)
    compile_super_call (self, node);
  else if (callee->kind == JS_NODE_MEMBER || callee->kind == JS_NODE_INDEX)
    compile_method_call (self, node, chain);
  else if (callee->kind == JS_NODE_CHAIN
           && (callee->child[0]->kind == JS_NODE_MEMBER || callee->child[0]->kind == JS_NODE_INDEX))
    {
      /* (a?.b) (): the receiver is kept in parentheses, too. */
      JsLabel *nothing = js_label (), *end = js_label ();
      guint r = js_compile_method (self, callee->child[0], nothing), n;
      js_jump (self, JS_BYTECODE_JUMP, end);
      js_label_here (self, nothing);
      js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
      js_emit_1 (self, JS_BYTECODE_STAR, r);
      js_label_here (self, end);
      n = compile_arguments (self, node->child[1]);
      js_place (self, node->start);
      js_emit_3 (self, JS_BYTECODE_CALL_METHOD, r, r + 1, n);
    }
  else
    compile_plain_call (self, node, chain);
  js_release (self, top);
  self->inferred = inferred;
}
