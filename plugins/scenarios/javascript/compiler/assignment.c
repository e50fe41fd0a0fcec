/* assignment.c - storing values: names, members, patterns
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "compiler/compile.h"

/* ---- references -------------------------------------------------------------------------------------------------- */

typedef enum
{
  REFERENCE_NAME,
  REFERENCE_NAMED,
  REFERENCE_KEYED,
  REFERENCE_PRIVATE,
  REFERENCE_SUPER,
} ReferenceKind;

/* A target whose object and key are evaluated: they are in registers. */
typedef struct
{
  ReferenceKind kind;
  const JsNode *node;
  guint object, key, receiver;
  guint32 at; /* where errors of the store are */
} Reference;

static guint
hold (JsCompiler *self)
{
  guint r = js_temporary (self);

  js_emit_1 (self, JS_BYTECODE_STAR, r);
  return r;
}

static Reference
refer_to_super (JsCompiler *self, const JsNode *node)
{
  Reference reference = { REFERENCE_SUPER, node, 0, 0, 0, node->child[1]->start };

  js_load_binding (self, node->child[0]->binding, FALSE);
  reference.object = hold (self);
  js_compile_this (self, node);
  reference.receiver = hold (self);
  js_compile_expression (self, node->child[1]);
  reference.key = hold (self);
  return reference;
}

/* @later: what is evaluated between this and the store. */
static Reference
refer (JsCompiler *self, const JsNode *node, const JsNode *later)
{
  Reference reference = { REFERENCE_NAME, node, 0, 0, 0, node->start };

  if (node->kind != JS_NODE_MEMBER && node->kind != JS_NODE_INDEX)
    return reference;
  if (node->child[0]->kind == JS_NODE_SUPER)
    return refer_to_super (self, node);
  reference.at = node->child[1]->start;
  if (node->kind == JS_NODE_INDEX)
    {
      reference.kind = REFERENCE_KEYED;
      reference.object = js_register_of (node->child[0]) != G_MAXUINT && js_register_of (node->child[1]) != G_MAXUINT
                             ? js_compile_operand (self, node->child[0], later)
                             : js_compile_temporary (self, node->child[0]);
      reference.key = js_compile_operand (self, node->child[1], later);
      return reference;
    }
  reference.object = js_compile_operand (self, node->child[0], later);
  reference.kind = node->child[1]->kind == JS_NODE_PRIVATE_NAME ? REFERENCE_PRIVATE : REFERENCE_NAMED;
  if (reference.kind == REFERENCE_PRIVATE)
    {
      js_load_private (self, node->child[1]);
      reference.key = hold (self);
    }
  return reference;
}

static void
load (JsCompiler *self, const Reference *reference)
{
  const JsNode *node = reference->node;

  switch (reference->kind)
    {
    case REFERENCE_NAME:
      js_compile_expression (self, node);
      break;
    case REFERENCE_NAMED:
      js_emit_3 (self,
                 JS_BYTECODE_GET_NAMED,
                 reference->object,
                 js_constant_text (self, node->child[1]->text),
                 js_cache (self));
      break;
    case REFERENCE_KEYED:
      js_emit_1 (self, JS_BYTECODE_LDAR, reference->key);
      js_emit_2 (self, JS_BYTECODE_GET_KEYED, reference->object, js_cache (self));
      break;
    case REFERENCE_PRIVATE:
      js_place (self, node->child[1]->start);
      js_emit_2 (self, JS_BYTECODE_GET_PRIVATE, reference->object, reference->key);
      break;
    default:
      js_emit_1 (self, JS_BYTECODE_LDAR, reference->key);
      js_place (self, node->child[1]->start);
      js_emit_2 (self, JS_BYTECODE_GET_SUPER, reference->object, reference->receiver);
    }
}

static void
store_name (JsCompiler *self, const JsNode *node, guint32 at, gboolean declares)
{
  if (node->binding == NULL)
    {
      js_place (self, at);
      js_emit_2 (self, JS_BYTECODE_STA_GLOBAL, js_constant_text (self, node->text), js_cache (self));
    }
  else if (declares)
    js_initialise (self, node->binding);
  else
    {
      js_place (self, at);
      js_assign_binding (self, node->binding, (node->flags & JS_FLAG_CHECKED) != 0);
    }
}

/* A stays. */
static void
store (JsCompiler *self, const Reference *reference, gboolean declares)
{
  const JsNode *node = reference->node;

  if (reference->kind != REFERENCE_NAME)
    js_place (self, reference->at);
  switch (reference->kind)
    {
    case REFERENCE_NAME:
      store_name (self, node, reference->at, declares);
      break;
    case REFERENCE_NAMED:
      js_emit_3 (self,
                 JS_BYTECODE_SET_NAMED,
                 reference->object,
                 js_constant_text (self, node->child[1]->text),
                 js_cache (self));
      break;
    case REFERENCE_KEYED:
      js_emit_3 (self, JS_BYTECODE_SET_KEYED, reference->object, reference->key, js_cache (self));
      break;
    case REFERENCE_PRIVATE:
      js_emit_2 (self, JS_BYTECODE_SET_PRIVATE, reference->object, reference->key);
      break;
    default:
      js_emit_3 (self, JS_BYTECODE_SET_SUPER, reference->object, reference->receiver, reference->key);
    }
}

/* ---- assignment and update --------------------------------------------------------------------------------------- */

static gboolean
is_pattern (const JsNode *target)
{
  return target->kind == JS_NODE_ARRAY_PATTERN || target->kind == JS_NODE_OBJECT_PATTERN;
}

static void
compile_logical_assignment (JsCompiler *self, const JsNode *node, const Reference *reference)
{
  const JsNode *target = node->child[0];
  JsLabel *end = js_label ();

  load (self, reference);
  js_jump (self,
           node->op == JS_TOKEN_ASSIGN_AND  ? JS_BYTECODE_JUMP_IF_FALSE
           : node->op == JS_TOKEN_ASSIGN_OR ? JS_BYTECODE_JUMP_IF_TRUE
                                            : JS_BYTECODE_JUMP_IF_NOT_NULLISH,
           end);
  js_compile_named (self, node->child[1], target->kind == JS_NODE_IDENTIFIER ? target->text : NULL);
  store (self, reference, FALSE);
  js_label_here (self, end);
}

static void
compile_compound (JsCompiler *self, const JsNode *node, const Reference *reference)
{
  guint r;

  if (reference->kind == REFERENCE_NAME)
    {
      r = js_compile_operand (self, node->child[0], node->child[1]);
      js_compile_binary_with (self, js_token_operator (node->op), r, node->child[1], node->at);
    }
  else
    {
      load (self, reference);
      r = hold (self);
      js_compile_binary_with (self, js_token_operator (node->op), r, node->child[1], node->at);
    }
  store (self, reference, FALSE);
}

static void
append_target (const JsNode *target, GString *out)
{
  const char *text = NULL;

  if (target->kind == JS_NODE_IDENTIFIER)
    text = target->text->bytes;
  else if (target->kind == JS_NODE_MEMBER || target->kind == JS_NODE_INDEX)
    {
      const JsNode *key = target->child[1];
      append_target (target->child[0], out);
      text = target->kind == JS_NODE_MEMBER || key->kind == JS_NODE_STRING ? key->text->bytes : "<computed>";
    }
  if (text != NULL && strcmp (text, "prototype") != 0)
    g_string_append_printf (out, "%s%s", out->len > 0 ? "." : "", text);
}

const char *
js_infer_name (JsCompiler *self, const JsNode *target)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_target (target, text);
  return text->len > 0 ? js_arena_string (self->unit->arena, text->str)->bytes : NULL;
}

void
js_compile_assignment (JsCompiler *self, const JsNode *node)
{
  const JsNode *target = node->child[0], *value = node->child[1];
  const char *outer = self->inferred;
  Reference reference;

  if (is_pattern (target))
    {
      guint r;
      js_compile_expression (self, value);
      r = hold (self);
      js_compile_store (self, target, FALSE);
      js_emit_1 (self, JS_BYTECODE_LDAR, r);
      return;
    }
  reference = refer (self, target, value);
  reference.at = node->at;
  self->inferred = js_infer_name (self, target);
  if (node->op == JS_TOKEN_ASSIGN)
    {
      js_compile_named (self, value, target->kind == JS_NODE_IDENTIFIER ? target->text : NULL);
      store (self, &reference, FALSE);
    }
  else if (node->op == JS_TOKEN_ASSIGN_AND || node->op == JS_TOKEN_ASSIGN_OR || node->op == JS_TOKEN_ASSIGN_COALESCE)
    compile_logical_assignment (self, node, &reference);
  else
    compile_compound (self, node, &reference);
  self->inferred = outer;
}

void
js_compile_update (JsCompiler *self, const JsNode *node)
{
  Reference reference = refer (self, node->child[0], NULL);
  JsBytecode bytecode = node->op == JS_TOKEN_INCREMENT ? JS_BYTECODE_INC : JS_BYTECODE_DEC;
  guint old;

  reference.at = node->at;
  load (self, &reference);
  if ((node->flags & JS_FLAG_PREFIX) || self->value_unused == node)
    {
      js_emit (self, bytecode);
      store (self, &reference, FALSE);
      return;
    }
  js_emit (self, JS_BYTECODE_TO_NUMERIC);
  old = hold (self);
  js_emit (self, bytecode);
  store (self, &reference, FALSE);
  js_emit_1 (self, JS_BYTECODE_LDAR, old);
}

/* ---- patterns ---------------------------------------------------------------------------------------------------- */

/* A, or where it is undefined the default value. */
static void
compile_default (JsCompiler *self, const JsNode *value, const JsNode *target)
{
  JsLabel *given = js_label ();

  js_jump (self, JS_BYTECODE_JUMP_IF_NOT_UNDEFINED, given);
  js_compile_named (self, value, target->kind == JS_NODE_IDENTIFIER ? target->text : NULL);
  js_label_here (self, given);
}

/* The object and key of a member come before the value it is assigned. */
static Reference
prepare_target (JsCompiler *self, const JsNode *target)
{
  if (target->kind == JS_NODE_DEFAULT || target->kind == JS_NODE_REST)
    target = target->child[0];
  return refer (self, target, target);
}

static void
store_prepared (JsCompiler *self, const Reference *reference, const JsNode *target, gboolean declares)
{
  if (target->kind == JS_NODE_DEFAULT)
    {
      compile_default (self, target->child[1], target->child[0]);
      target = target->child[0];
    }
  else if (target->kind == JS_NODE_REST)
    target = target->child[0];
  if (is_pattern (target))
    js_compile_store (self, target, declares);
  else
    store (self, reference, declares);
}

/* The iterator in @r and @r + 1; @r + 2 is true when it is done. */
static void
store_elements (JsCompiler *self, const JsNode *first, guint r, gboolean declares)
{
  for (const JsNode *target = first; target != NULL; target = target->next)
    {
      guint top = self->top;
      Reference reference = { REFERENCE_NAME, NULL, 0, 0, 0, 0 };

      if (target->kind != JS_NODE_HOLE)
        reference = prepare_target (self, target);
      js_place (self, target->start);
      js_emit_1 (self, target->kind == JS_NODE_REST ? JS_BYTECODE_ITERATOR_REST : JS_BYTECODE_ITERATOR_STEP, r);
      if (target->kind != JS_NODE_HOLE)
        store_prepared (self, &reference, target, declares);
      js_release (self, top);
    }
}

/* A stays. */
void
js_close_unless_done (JsCompiler *self, guint r, gboolean is_throwing)
{
  JsLabel *done = js_label ();
  guint value = hold (self);

  js_emit_1 (self, JS_BYTECODE_LDAR, r + 2);
  js_jump (self, JS_BYTECODE_JUMP_IF_TRUE, done);
  js_emit_2 (self, JS_BYTECODE_ITERATOR_CLOSE, r, is_throwing);
  js_label_here (self, done);
  js_emit_1 (self, JS_BYTECODE_LDAR, value);
  js_release (self, value);
}

static void
store_array (JsCompiler *self, const JsNode *pattern, gboolean declares)
{
  guint r = js_temporaries (self, 4), context = r + 3;
  guint32 start, after;
  JsLabel *end = js_label ();
  JsControl control = { .r = r, .is_pattern = TRUE };

  js_emit_1 (self, JS_BYTECODE_GET_ITERATOR, r);
  js_emit (self, JS_BYTECODE_LDA_FALSE);
  js_emit_1 (self, JS_BYTECODE_STAR, r + 2);
  js_emit_2 (self, JS_BYTECODE_MOV, JS_CONTEXT_REGISTER (self->code), context);
  js_control_begin (self, &control, JS_CONTROL_ITERATOR);
  start = js_here (self);
  store_elements (self, pattern->child[0], r, declares);
  after = js_here (self);
  js_control_end (self, &control);
  js_close_unless_done (self, r, FALSE);
  js_jump (self, JS_BYTECODE_JUMP, end);
  /* An exception closes it, too. */
  js_handler (self, start, after, js_here (self));
  js_emit_2 (self, JS_BYTECODE_MOV, context, JS_CONTEXT_REGISTER (self->code));
  js_close_unless_done (self, r, TRUE);
  js_emit (self, JS_BYTECODE_RETHROW);
  js_closings_here (self, &control, context);
  js_label_here (self, end);
}

/* The keys that were taken, in registers one after another, for what is left. */
static guint
count_properties (const JsNode *first)
{
  guint n = 0;

  for (; first != NULL && first->kind != JS_NODE_REST; first = first->next)
    n++;
  return n;
}

static void
get_property (JsCompiler *self, const JsNode *property, guint object, guint key)
{
  const JsNode *name = property->child[0];

  if (name->kind == JS_NODE_STRING && !(property->flags & JS_FLAG_COMPUTED))
    {
      js_place (self, name->start);
      js_emit_3 (self, JS_BYTECODE_GET_NAMED, object, js_constant_text (self, name->text), js_cache (self));
      return;
    }
  js_emit_1 (self, JS_BYTECODE_LDAR, key);
  js_place (self, name->start);
  js_emit_2 (self, JS_BYTECODE_GET_KEYED, object, js_cache (self));
}

static void
store_object (JsCompiler *self, const JsNode *pattern, gboolean declares)
{
  guint n = count_properties (pattern->child[0]), object = hold (self), keys = js_temporaries (self, n), i = 0;

  for (const JsNode *property = pattern->child[0]; property != NULL; property = property->next, i++)
    {
      guint top = self->top;
      Reference reference;

      if (property->kind == JS_NODE_REST)
        {
          reference = prepare_target (self, property);
          js_emit_3 (self, JS_BYTECODE_COPY_REST, object, keys, n);
          store_prepared (self, &reference, property, declares);
        }
      else
        {
          js_compile_key (self, property->child[0], (property->flags & JS_FLAG_COMPUTED) != 0);
          js_emit_1 (self, JS_BYTECODE_STAR, keys + i);
          reference = prepare_target (self, property->child[1]);
          get_property (self, property, object, keys + i);
          store_prepared (self, &reference, property->child[1], declares);
        }
      js_release (self, top);
    }
}

void
js_compile_store (JsCompiler *self, const JsNode *target, gboolean declares)
{
  guint top = self->top;

  if (target->kind == JS_NODE_ARRAY_PATTERN)
    store_array (self, target, declares);
  else if (target->kind == JS_NODE_OBJECT_PATTERN)
    {
      js_place (self, js_pattern_place (target));
      js_emit (self, JS_BYTECODE_TO_OBJECT_COERCIBLE);
      store_object (self, target, declares);
    }
  else if (target->kind == JS_NODE_DEFAULT)
    {
      compile_default (self, target->child[1], target->child[0]);
      js_compile_store (self, target->child[0], declares);
    }
  else if (target->kind == JS_NODE_IDENTIFIER)
    store_name (self, target, target->start, declares);
  else
    {
      guint value = hold (self);
      Reference reference = refer (self, target, NULL);
      js_emit_1 (self, JS_BYTECODE_LDAR, value);
      store (self, &reference, declares);
    }
  js_release (self, top);
}
