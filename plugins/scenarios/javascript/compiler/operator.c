/* operator.c - unary, binary and logical operators, and conditions
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "compiler/compile.h"

/* The bytecode of a binary operator, and its form with a Smi; 0: none. */
static const struct
{
  JsTokenKind token;
  JsBytecode bytecode, with_smi;
} BINARY[] = {
  { JS_TOKEN_PLUS, JS_BYTECODE_ADD, JS_BYTECODE_ADD_SMI },
  { JS_TOKEN_MINUS, JS_BYTECODE_SUB, JS_BYTECODE_SUB_SMI },
  { JS_TOKEN_TIMES, JS_BYTECODE_MUL, JS_BYTECODE_MUL_SMI },
  { JS_TOKEN_DIVIDE, JS_BYTECODE_DIV, JS_BYTECODE_DIV_SMI },
  { JS_TOKEN_MODULO, JS_BYTECODE_MOD, JS_BYTECODE_MOD_SMI },
  { JS_TOKEN_POWER, JS_BYTECODE_EXP, 0 },
  { JS_TOKEN_BIT_OR, JS_BYTECODE_BIT_OR, JS_BYTECODE_BIT_OR_SMI },
  { JS_TOKEN_BIT_XOR, JS_BYTECODE_BIT_XOR, 0 },
  { JS_TOKEN_BIT_AND, JS_BYTECODE_BIT_AND, JS_BYTECODE_BIT_AND_SMI },
  { JS_TOKEN_SHIFT_LEFT, JS_BYTECODE_SHIFT_LEFT, JS_BYTECODE_SHIFT_LEFT_SMI },
  { JS_TOKEN_SHIFT_RIGHT, JS_BYTECODE_SHIFT_RIGHT, JS_BYTECODE_SHIFT_RIGHT_SMI },
  { JS_TOKEN_SHIFT_UNSIGNED, JS_BYTECODE_SHIFT_UNSIGNED, 0 },
  { JS_TOKEN_EQUAL, JS_BYTECODE_TEST_EQUAL, 0 },
  { JS_TOKEN_NOT_EQUAL, JS_BYTECODE_TEST_EQUAL, 0 },
  { JS_TOKEN_SAME, JS_BYTECODE_TEST_SAME, JS_BYTECODE_TEST_SAME_SMI },
  { JS_TOKEN_NOT_SAME, JS_BYTECODE_TEST_SAME, JS_BYTECODE_TEST_SAME_SMI },
  { JS_TOKEN_LESS, JS_BYTECODE_TEST_LESS, JS_BYTECODE_TEST_LESS_SMI },
  { JS_TOKEN_GREATER, JS_BYTECODE_TEST_GREATER, JS_BYTECODE_TEST_GREATER_SMI },
  { JS_TOKEN_LESS_EQUAL, JS_BYTECODE_TEST_LESS_EQUAL, 0 },
  { JS_TOKEN_GREATER_EQUAL, JS_BYTECODE_TEST_GREATER_EQUAL, 0 },
  { JS_TOKEN_IN, JS_BYTECODE_TEST_IN, 0 },
  { JS_TOKEN_INSTANCEOF, JS_BYTECODE_TEST_INSTANCEOF, 0 },
};

static guint
find_binary (guint op)
{
  for (guint i = 0; i < G_N_ELEMENTS (BINARY); i++)
    if (BINARY[i].token == op)
      return i;
  g_return_val_if_reached (0);
}

gboolean
js_is_small (const JsNode *node, guint32 *operand)
{
  if (node->kind != JS_NODE_NUMBER || node->number != (gint32) node->number || ABS (node->number) >= 1 << 22
      || (node->number == 0 && 1 / node->number < 0))
    return FALSE;
  *operand = (guint32) (gint32) node->number & 0xffffff;
  return TRUE;
}

/* left @op right, where left is in @r, or A where right is a small number. */
void
js_compile_binary_with (JsCompiler *self, guint op, guint r, const JsNode *right, guint32 position)
{
  guint i = find_binary (op);
  guint32 small;

  if (BINARY[i].with_smi != 0 && js_is_small (right, &small))
    {
      js_emit_1 (self, JS_BYTECODE_LDAR, r);
      js_place (self, position);
      js_emit_1 (self, BINARY[i].with_smi, small);
      return;
    }
  js_compile_expression (self, right);
  js_place (self, position);
  js_emit_1 (self, BINARY[i].bytecode, r);
}

static void
compile_binary (JsCompiler *self, const JsNode *node)
{
  const JsNode *left = node->child[0], *right = node->child[1];
  guint i = find_binary (node->op);
  guint32 small;

  if (left->kind == JS_NODE_PRIVATE_NAME)
    {
      guint object = js_compile_temporary (self, right);
      js_load_private (self, left);
      js_emit_1 (self, JS_BYTECODE_HAS_PRIVATE, object);
      return;
    }
  if (BINARY[i].with_smi != 0 && js_is_small (right, &small))
    {
      js_compile_expression (self, left);
      js_place (self, node->at);
      js_emit_1 (self, BINARY[i].with_smi, small);
    }
  else
    {
      guint r = js_compile_operand (self, left, right);
      js_compile_expression (self, right);
      js_place (self, node->at);
      js_emit_1 (self, BINARY[i].bytecode, r);
    }
  if (node->op == JS_TOKEN_NOT_EQUAL || node->op == JS_TOKEN_NOT_SAME)
    js_emit (self, JS_BYTECODE_NOT);
}

static void
compile_logical (JsCompiler *self, const JsNode *node)
{
  JsLabel *end = js_label ();

  js_compile_expression (self, node->child[0]);
  js_jump (self,
           node->op == JS_TOKEN_AND  ? JS_BYTECODE_JUMP_IF_FALSE
           : node->op == JS_TOKEN_OR ? JS_BYTECODE_JUMP_IF_TRUE
                                     : JS_BYTECODE_JUMP_IF_NOT_NULLISH,
           end);
  js_compile_expression (self, node->child[1]);
  js_label_here (self, end);
}

/* ---- unary ------------------------------------------------------------------------------------------------------- */

static void
compile_delete_of (JsCompiler *self, const JsNode *target, JsLabel *chain)
{
  guint r;

  js_compile_chain_part (self, target->child[0], chain);
  if (target->flags & JS_FLAG_OPTIONAL)
    js_jump (self, JS_BYTECODE_JUMP_IF_NULLISH, chain);
  r = js_temporary (self);
  js_emit_1 (self, JS_BYTECODE_STAR, r);
  if (target->kind == JS_NODE_MEMBER)
    {
      js_emit_2 (self, JS_BYTECODE_DELETE_NAMED, r, js_constant_text (self, target->child[1]->text));
      return;
    }
  js_compile_expression (self, target->child[1]);
  js_emit_1 (self, JS_BYTECODE_DELETE_KEYED, r);
}

static void
compile_delete (JsCompiler *self, const JsNode *target)
{
  if (target->kind == JS_NODE_MEMBER || target->kind == JS_NODE_INDEX)
    compile_delete_of (self, target, NULL);
  else if (target->kind == JS_NODE_CHAIN)
    {
      JsLabel *nothing = js_label (), *end = js_label ();
      compile_delete_of (self, target->child[0], nothing);
      js_jump (self, JS_BYTECODE_JUMP, end);
      js_label_here (self, nothing);
      js_emit (self, JS_BYTECODE_LDA_TRUE);
      js_label_here (self, end);
    }
  else if (target->kind == JS_NODE_IDENTIFIER && target->binding == NULL)
    {
      /* A property of the global object. */
      guint r = js_temporary (self);
      js_emit_2 (self,
                 JS_BYTECODE_LDA_GLOBAL,
                 js_constant_text (self, js_arena_string (self->unit->arena, "globalThis")),
                 js_cache (self));
      js_emit_1 (self, JS_BYTECODE_STAR, r);
      js_emit_2 (self, JS_BYTECODE_DELETE_NAMED, r, js_constant_text (self, target->text));
    }
  else
    {
      js_compile_expression (self, target);
      js_emit (self, target->kind == JS_NODE_IDENTIFIER ? JS_BYTECODE_LDA_FALSE : JS_BYTECODE_LDA_TRUE);
    }
}

static void
compile_typeof (JsCompiler *self, const JsNode *value)
{
  if (value->kind == JS_NODE_IDENTIFIER && value->binding == NULL && strcmp (value->text->bytes, "undefined") != 0)
    js_emit_2 (self, JS_BYTECODE_LDA_GLOBAL_TYPEOF, js_constant_text (self, value->text), js_cache (self));
  else
    js_compile_expression (self, value);
  js_emit (self, JS_BYTECODE_TYPEOF);
}

static void
compile_minus (JsCompiler *self, const JsNode *node)
{
  const JsNode *value = node->child[0];
  guint32 small;

  if (js_is_small (value, &small) && small != 0)
    js_emit_1 (self, JS_BYTECODE_LDA_SMI, (guint32) (-(gint32) value->number) & 0xffffff);
  else
    {
      js_compile_expression (self, value);
      js_place (self, node->start);
      js_emit (self, JS_BYTECODE_NEGATE);
    }
}

static void
compile_unary (JsCompiler *self, const JsNode *node)
{
  const JsNode *value = node->child[0];

  if (node->op == JS_TOKEN_DELETE)
    compile_delete (self, value);
  else if (node->op == JS_TOKEN_TYPEOF)
    compile_typeof (self, value);
  else if (node->op == JS_TOKEN_MINUS)
    compile_minus (self, node);
  else
    {
      js_compile_expression (self, value);
      js_place (self, node->start);
      js_emit (self,
               node->op == JS_TOKEN_NOT     ? JS_BYTECODE_NOT
               : node->op == JS_TOKEN_TILDE ? JS_BYTECODE_BIT_NOT
               : node->op == JS_TOKEN_VOID  ? JS_BYTECODE_LDA_UNDEFINED
                                            : JS_BYTECODE_TO_NUMBER);
    }
}

void
js_compile_operator (JsCompiler *self, const JsNode *node)
{
  if (node->kind == JS_NODE_UNARY)
    compile_unary (self, node);
  else if (node->kind == JS_NODE_LOGICAL)
    compile_logical (self, node);
  else
    compile_binary (self, node);
}

/* ---- conditions -------------------------------------------------------------------------------------------------- */

/* a && b: where it is to be left when false, either may do so; when true, both must be. */
static void
compile_and_or (JsCompiler *self, const JsNode *node, gboolean when, JsLabel *label)
{
  gboolean either = (node->op == JS_TOKEN_OR) == when;
  JsLabel *skip;

  if (either)
    {
      js_compile_condition (self, node->child[0], when, label);
      js_compile_condition (self, node->child[1], when, label);
      return;
    }
  skip = js_label ();
  js_compile_condition (self, node->child[0], !when, skip);
  js_compile_condition (self, node->child[1], when, label);
  js_label_here (self, skip);
}

void
js_compile_condition (JsCompiler *self, const JsNode *node, gboolean when, JsLabel *label)
{
  if (node->kind == JS_NODE_UNARY && node->op == JS_TOKEN_NOT)
    js_compile_condition (self, node->child[0], !when, label);
  else if (node->kind == JS_NODE_LOGICAL && node->op != JS_TOKEN_COALESCE)
    compile_and_or (self, node, when, label);
  else
    {
      js_compile_expression (self, node);
      js_jump (self, when ? JS_BYTECODE_JUMP_IF_TRUE : JS_BYTECODE_JUMP_IF_FALSE, label);
    }
}
