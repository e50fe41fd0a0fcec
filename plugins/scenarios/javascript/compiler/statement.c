/* statement.c - statements and declarations
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "compiler/compile.h"

/* ---- what the person sees ---------------------------------------------------------------------------------------- */

void
js_begin_statement (JsCompiler *self, guint32 start)
{
  js_emit_1 (self, JS_BYTECODE_STATEMENT, start & 0xffffff);
  if (self->to_say != 0)
    js_emit_1 (self, JS_BYTECODE_COMMENT, self->to_say - 1);
  else if (self->unit->has_narration)
    js_emit_1 (self, JS_BYTECODE_COMMENT, JS_COMMENT_SILENCE);
  self->to_say = 0;
}

/* The narration that no statement followed is a place of its own. */
static void
say_now (JsCompiler *self)
{
  if (self->to_say != 0)
    js_begin_statement (self, g_array_index (self->unit->comments, JsComment, self->to_say - 1).start);
}

static void
speak_one (JsCompiler *self, guint i, JsSpeech speech)
{
  const JsComment *comment = &g_array_index (self->unit->comments, JsComment, i);

  if (speech == JS_SPEECH_WITHIN || !comment->alone)
    {
      js_emit_1 (self, JS_BYTECODE_COMMENT, i);
      return;
    }
  if (comment->kind == JS_COMMENT_NARRATION)
    {
      say_now (self);
      self->to_say = i + 1;
      return;
    }
  /* What a person wants to see happen is a place to stop at. */
  if (strstr (comment->text->bytes, "collect") != NULL)
    js_begin_statement (self, comment->start);
  js_emit_1 (self, JS_BYTECODE_COMMENT, i);
}

void
js_speak (JsCompiler *self, guint32 until, JsSpeech speech)
{
  const GArray *comments = self->unit->comments;

  for (guint i = 0; comments != NULL && i < comments->len; i++)
    {
      const JsComment *comment = &g_array_index (comments, JsComment, i);
      if (comment->start >= self->comment_at && comment->start < until
          && g_hash_table_add (self->unit->spoken, GUINT_TO_POINTER (i)))
        speak_one (self, i, speech);
    }
  if (speech == JS_SPEECH_LAST)
    say_now (self);
  self->comment_at = MAX (self->comment_at, until);
}

static void
begin_statement (JsCompiler *self, const JsNode *node)
{
  gboolean has_place = node->kind != JS_NODE_CLASS && node->kind != JS_NODE_VARIABLES;

  if (has_place)
    js_place (self, node->start);
  js_begin_statement (self, node->start);
  if (!has_place)
    self->after_statement = 0;
  self->statement_top = self->top;
}

/* What a statement left in temporaries would keep objects alive. */
static void
clear_temporaries (JsCompiler *self)
{
  if (self->statement_top > self->top)
    js_emit_2 (self, JS_BYTECODE_CLEAR, self->top, self->statement_top - self->top);
  self->statement_top = self->top;
}

/* ---- declarations ------------------------------------------------------------------------------------------------ */

static void
compile_declarator (JsCompiler *self, const JsNode *declarator, gboolean is_var)
{
  const JsNode *target = declarator->child[0], *value = declarator->child[1];
  gboolean is_name = target->kind == JS_NODE_IDENTIFIER;

  if (value == NULL && is_var)
    return;
  if (value == NULL)
    js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
  else
    {
      js_place (self, value->start);
      self->after_statement = js_here (self);
      self->inferred = js_infer_name (self, target);
      js_compile_named (self, value, is_name ? target->text : NULL);
      self->inferred = NULL;
    }
  if (value != NULL && !is_name)
    js_place (self, value->start);
  js_compile_store (self, target, !is_var || (is_name && target->binding != NULL));
}

static void
compile_variables (JsCompiler *self, const JsNode *node)
{
  for (const JsNode *declarator = node->child[0]; declarator != NULL; declarator = declarator->next)
    compile_declarator (self, declarator, node->op == JS_TOKEN_VAR);
}

void
js_hoist_functions (JsCompiler *self, JsScope *scope)
{
  for (const JsBinding *binding = scope != NULL ? scope->first : NULL; binding != NULL; binding = binding->next)
    if (binding->kind == JS_BINDING_FUNCTION)
      {
        js_compile_function_value (self, binding->declaration, binding->name);
        js_initialise (self, binding);
      }
}

/* A function in a block of sloppy code is a var, too, from here on. */
static void
compile_function_declaration (JsCompiler *self, const JsNode *node)
{
  const JsBinding *binding = node->child[0]->binding;

  if (binding == NULL || binding->other == NULL)
    return;
  js_load_binding (self, binding, FALSE);
  js_initialise (self, binding->other);
}

static void
compile_class_declaration (JsCompiler *self, const JsNode *node)
{
  guint top = self->top;

  js_compile_class (self, node, NULL);
  js_release (self, top);
  if (node->child[0]->binding != NULL)
    js_initialise (self, node->child[0]->binding);
}

/* ---- blocks ------------------------------------------------------------------------------------------------------ */

static void
compile_block (JsCompiler *self, const JsNode *node)
{
  js_enter_scope (self, node->scope);
  js_hoist_functions (self, node->scope);
  js_compile_statements (self, node->child[0]);
  js_leave_scope (self, node->scope);
}

static void
compile_if (JsCompiler *self, const JsNode *node)
{
  JsLabel *otherwise = js_label (), *end;

  js_compile_condition (self, node->child[0], FALSE, otherwise);
  clear_temporaries (self);
  js_compile_statement (self, node->child[1]);
  if (node->child[2] == NULL)
    {
      js_label_here (self, otherwise);
      return;
    }
  end = js_label ();
  js_jump (self, JS_BYTECODE_JUMP, end);
  js_label_here (self, otherwise);
  js_compile_statement (self, node->child[2]);
  js_label_here (self, end);
}

static void
compile_cases (JsCompiler *self, const JsNode *node, guint value)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  JsLabel *otherwise = NULL, *end = js_label ();
  JsControl control = { .breaks = end };
  guint i = 0;

  js_control_begin (self, &control, JS_CONTROL_SWITCH);
  for (const JsNode *clause = node->child[1]; clause != NULL; clause = clause->next)
    {
      JsLabel *label = js_label ();
      g_ptr_array_add (labels, label);
      if (clause->child[0] == NULL)
        {
          otherwise = label;
          continue;
        }
      js_compile_expression (self, clause->child[0]);
      js_emit_1 (self, JS_BYTECODE_TEST_SAME, value);
      js_jump (self, JS_BYTECODE_JUMP_IF_TRUE, label);
    }
  js_jump (self, JS_BYTECODE_JUMP, otherwise != NULL ? otherwise : end);
  for (const JsNode *clause = node->child[1]; clause != NULL; clause = clause->next)
    {
      js_label_here (self, g_ptr_array_index (labels, i++));
      js_compile_statements (self, clause->child[1]);
    }
  js_label_here (self, end);
  js_control_end (self, &control);
}

static void
compile_switch (JsCompiler *self, const JsNode *node)
{
  guint top = self->top, value = js_compile_temporary (self, node->child[0]);

  js_enter_scope (self, node->scope);
  js_hoist_functions (self, node->scope);
  compile_cases (self, node, value);
  js_leave_scope (self, node->scope);
  js_release (self, top);
}

static void
compile_return (JsCompiler *self, const JsNode *node)
{
  if (node->child[0] != NULL)
    js_compile_expression (self, node->child[0]);
  else
    js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
  if ((self->code->flags & (JS_FLAG_ASYNC | JS_FLAG_GENERATOR)) == (JS_FLAG_ASYNC | JS_FLAG_GENERATOR))
    js_compile_await (self);
  js_compile_exit (self, NULL, FALSE);
}

static void
compile_expression_statement (JsCompiler *self, const JsNode *node)
{
  self->value_unused = node->child[0];
  js_compile_expression (self, node->child[0]);
  self->value_unused = NULL;
}

/* ---- all --------------------------------------------------------------------------------------------------------- */

static void
compile_simple (JsCompiler *self, const JsNode *node)
{
  begin_statement (self, node);
  switch (node->kind)
    {
    case JS_NODE_VARIABLES:
      compile_variables (self, node);
      break;
    case JS_NODE_EXPRESSION:
      compile_expression_statement (self, node);
      break;
    case JS_NODE_CLASS:
      compile_class_declaration (self, node);
      break;
    case JS_NODE_RETURN:
      compile_return (self, node);
      return;
    case JS_NODE_THROW:
      js_compile_expression (self, node->child[0]);
      js_place (self, node->start);
      js_emit (self, JS_BYTECODE_THROW);
      return;
    case JS_NODE_BREAK:
    case JS_NODE_CONTINUE:
      js_compile_jump (self, node);
      return;
    case JS_NODE_IF:
      compile_if (self, node);
      return;
    case JS_NODE_SWITCH:
      compile_switch (self, node);
      return;
    default:
      break;
    }
  clear_temporaries (self);
}

void
js_compile_statement (JsCompiler *self, const JsNode *node)
{
  JsSpeech at_end = JS_SPEECH_LAST;

  js_speak (self, node->start, node->kind == JS_NODE_FUNCTION ? JS_SPEECH_LAST : JS_SPEECH_BEFORE);
  switch (node->kind)
    {
    case JS_NODE_FUNCTION:
      compile_function_declaration (self, node);
      break;
    case JS_NODE_BLOCK:
      compile_block (self, node);
      break;
    case JS_NODE_EMPTY:
    case JS_NODE_DEBUGGER:
      break;
    case JS_NODE_FOR:
    case JS_NODE_FOR_IN:
    case JS_NODE_FOR_OF:
    case JS_NODE_WHILE:
    case JS_NODE_DO:
    case JS_NODE_LABELED:
      js_compile_loop (self, node);
      break;
    case JS_NODE_TRY:
      js_compile_try (self, node);
      break;
    default:
      compile_simple (self, node);
      at_end = JS_SPEECH_WITHIN;
    }
  js_speak (self, node->end, at_end);
}

void
js_compile_statements (JsCompiler *self, const JsNode *first)
{
  for (; first != NULL; first = first->next)
    js_compile_statement (self, first);
}
