/* loop.c - loops and labels
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "compiler/compile.h"

/* A statement of its own, of which @place is the first thing. */
static void
mark_at (JsCompiler *self, const JsNode *node, guint32 place)
{
  js_place (self, place);
  js_begin_statement (self, node->start);
}

/* The next value for the variable or target. */
static void
mark_next (JsCompiler *self, const JsNode *head)
{
  mark_at (self, head, head->kind == JS_NODE_VARIABLES ? head->child[0]->start : head->start);
}

static void
mark (JsCompiler *self, const JsNode *node)
{
  mark_at (self, node, js_node_place (node));
}

static void
jump_back (JsCompiler *self, guint32 to)
{
  js_emit_1 (self, JS_BYTECODE_JUMP_LOOP, to);
}

static JsControl
loop_control (const GPtrArray *labels)
{
  return (JsControl){ .labels = labels, .breaks = js_label (), .continues = js_label () };
}

/* ---- while, do, for ---------------------------------------------------------------------------------------------- */

static void
compile_while (JsCompiler *self, const JsNode *node, const GPtrArray *labels)
{
  JsControl control = loop_control (labels);
  guint32 start = js_here (self);

  js_control_begin (self, &control, JS_CONTROL_LOOP);
  mark (self, node->child[0]);
  js_compile_condition (self, node->child[0], FALSE, control.breaks);
  js_compile_statement (self, node->child[1]);
  js_label_here (self, control.continues);
  jump_back (self, start);
  js_label_here (self, control.breaks);
  js_control_end (self, &control);
}

static void
compile_do (JsCompiler *self, const JsNode *node, const GPtrArray *labels)
{
  JsControl control = loop_control (labels);
  guint32 start = js_here (self);

  js_control_begin (self, &control, JS_CONTROL_LOOP);
  js_compile_statement (self, node->child[0]);
  js_label_here (self, control.continues);
  mark (self, node->child[1]);
  js_compile_condition (self, node->child[1], FALSE, control.breaks);
  jump_back (self, start);
  js_label_here (self, control.breaks);
  js_control_end (self, &control);
}

static void
compile_for (JsCompiler *self, const JsNode *node, const GPtrArray *labels)
{
  const JsNode *init = node->child[0], *test = node->child[1], *update = node->child[2];
  JsControl control = loop_control (labels);
  guint32 start;

  js_enter_scope (self, node->scope);
  if (init != NULL && init->kind == JS_NODE_VARIABLES)
    js_compile_statement (self, init);
  else if (init != NULL)
    {
      mark (self, init);
      js_compile_expression (self, init);
    }
  js_control_begin (self, &control, JS_CONTROL_LOOP);
  start = js_here (self);
  if (test != NULL)
    {
      mark (self, test);
      js_compile_condition (self, test, FALSE, control.breaks);
    }
  else if (update == NULL)
    mark (self, node); /* each turn has a step, so that for (;;); reaches limits of steps */
  js_compile_statement (self, node->child[3]);
  js_label_here (self, control.continues);
  if (node->scope != NULL && node->scope->n_captured > 0)
    js_emit (self, JS_BYTECODE_CLONE_CONTEXT);
  if (update != NULL)
    {
      mark (self, update);
      self->value_unused = update;
      js_compile_expression (self, update);
      self->value_unused = NULL;
    }
  jump_back (self, start);
  js_label_here (self, control.breaks);
  js_control_end (self, &control);
  js_leave_scope (self, node->scope);
}

/* ---- for-in, for-of ---------------------------------------------------------------------------------------------- */

/* A is the next value: it goes to the variable or target. */
static void
store_next (JsCompiler *self, const JsNode *head)
{
  if (head->kind != JS_NODE_VARIABLES)
    js_compile_store (self, head, FALSE);
  else
    js_compile_store (self, head->child[0]->child[0], TRUE);
}

/* The object that is iterated over sees the variables of the loop, uninitialised. */
static void
compile_subject (JsCompiler *self, const JsNode *node)
{
  js_enter_scope (self, node->scope);
  js_compile_expression (self, node->child[1]);
  js_leave_scope (self, node->scope);
  js_place (self, node->child[1]->start);
}

static void
compile_body (JsCompiler *self, const JsNode *node)
{
  guint value = js_temporary (self);

  js_emit_1 (self, JS_BYTECODE_STAR, value);
  js_enter_scope (self, node->scope);
  js_emit_1 (self, JS_BYTECODE_LDAR, value);
  store_next (self, node->child[0]);
  js_emit_2 (self, JS_BYTECODE_CLEAR, value, 1);
  js_compile_statement (self, node->child[2]);
  js_leave_scope (self, node->scope);
  js_release (self, value);
}

static void
compile_for_in (JsCompiler *self, const JsNode *node, const GPtrArray *labels)
{
  guint top = self->top, r = js_temporaries (self, 3);
  JsControl control = loop_control (labels);
  guint32 start;

  mark_at (self, node, js_node_place (node->child[1]));
  compile_subject (self, node);
  js_emit_1 (self, JS_BYTECODE_FOR_IN_PREPARE, r);
  js_control_begin (self, &control, JS_CONTROL_LOOP);
  start = js_here (self);
  mark_next (self, node->child[0]);
  js_jump_register (self, JS_BYTECODE_FOR_IN_NEXT, r, control.breaks);
  compile_body (self, node);
  js_label_here (self, control.continues);
  jump_back (self, start);
  js_label_here (self, control.breaks);
  js_control_end (self, &control);
  js_emit_2 (self, JS_BYTECODE_CLEAR, r, 3);
  js_release (self, top);
}

void
js_close_iterator (JsCompiler *self, guint r, gboolean is_async, gboolean is_throwing)
{
  guint value;
  JsLabel *none;

  if (!is_async)
    {
      js_emit_2 (self, JS_BYTECODE_ITERATOR_CLOSE, r, is_throwing);
      return;
    }
  value = js_temporary (self);
  none = js_label ();
  js_emit_1 (self, JS_BYTECODE_STAR, value);
  js_emit_1 (self, JS_BYTECODE_ITERATOR_CLOSE_START, r);
  js_jump (self, JS_BYTECODE_JUMP_IF_UNDEFINED, none);
  js_compile_await (self);
  if (!is_throwing)
    js_emit (self, JS_BYTECODE_ITERATOR_CLOSED);
  js_label_here (self, none);
  js_emit_1 (self, JS_BYTECODE_LDAR, value);
  js_release (self, value);
}

/* What the body throws closes the iterator; errors in doing so are lost. */
static void
close_when_thrown (JsCompiler *self, guint r, guint context, gboolean is_async)
{
  guint exception = js_temporary (self);
  guint32 start;
  JsLabel *on = js_label ();

  js_emit_1 (self, JS_BYTECODE_STAR, exception);
  js_emit_2 (self, JS_BYTECODE_MOV, context, JS_CONTEXT_REGISTER (self->code));
  start = js_here (self);
  js_close_iterator (self, r, is_async, TRUE);
  js_jump (self, JS_BYTECODE_JUMP, on);
  js_handler (self, start, js_here (self), js_here (self));
  js_label_here (self, on);
  js_emit_2 (self, JS_BYTECODE_MOV, context, JS_CONTEXT_REGISTER (self->code));
  js_emit_1 (self, JS_BYTECODE_LDAR, exception);
  js_emit (self, JS_BYTECODE_RETHROW);
  js_release (self, exception);
}

static void
next_value (JsCompiler *self, guint r, gboolean is_async, JsLabel *end)
{
  if (!is_async)
    {
      js_jump_register (self, JS_BYTECODE_FOR_OF_NEXT, r, end);
      return;
    }
  js_emit_1 (self, JS_BYTECODE_ITERATOR_CALL_NEXT, r);
  js_compile_await (self);
  js_jump (self, JS_BYTECODE_ITERATOR_RESULT, end);
}

static void
compile_for_of (JsCompiler *self, const JsNode *node, const GPtrArray *labels)
{
  gboolean async = (node->flags & JS_FLAG_IS_AWAIT) != 0;
  guint top = self->top, r = js_temporaries (self, 3), context = r + 2;
  JsControl control = loop_control (labels), iterator = { .r = r, .is_async = async };
  JsLabel *end = js_label (), *done = js_label ();
  guint32 start, body, after;

  mark_at (self, node, js_node_place (node->child[1]));
  compile_subject (self, node);
  js_emit_1 (self, async ? JS_BYTECODE_GET_ASYNC_ITERATOR : JS_BYTECODE_GET_ITERATOR, r);
  js_emit_2 (self, JS_BYTECODE_MOV, JS_CONTEXT_REGISTER (self->code), context);
  js_control_begin (self, &iterator, JS_CONTROL_ITERATOR);
  js_control_begin (self, &control, JS_CONTROL_LOOP);
  start = js_here (self);
  mark_next (self, node->child[0]);
  next_value (self, r, async, end);
  body = js_here (self);
  compile_body (self, node);
  after = js_here (self);
  js_label_here (self, control.continues);
  jump_back (self, start);
  js_control_end (self, &control);
  js_control_end (self, &iterator);
  js_handler (self, body, after, js_here (self));
  close_when_thrown (self, r, context, async);
  js_closings_here (self, &iterator, context);
  js_label_here (self, control.breaks);
  js_close_iterator (self, r, async, FALSE);
  js_jump (self, JS_BYTECODE_JUMP, done);
  js_label_here (self, end);
  js_label_here (self, done);
  js_emit_2 (self, JS_BYTECODE_CLEAR, r, 3);
  js_release (self, top);
}

/* ---- labels ------------------------------------------------------------------------------------------------------ */

static void
compile_labeled (JsCompiler *self, const JsNode *node, GPtrArray *labels)
{
  JsControl control = { .labels = labels };

  control.breaks = js_label ();
  js_control_begin (self, &control, JS_CONTROL_LABEL);
  js_compile_statement (self, node);
  js_label_here (self, control.breaks);
  js_control_end (self, &control);
}

void
js_compile_loop (JsCompiler *self, const JsNode *node)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (; node->kind == JS_NODE_LABELED; node = node->child[0])
    g_ptr_array_add (labels, (gpointer) node->text);
  switch (node->kind)
    {
    case JS_NODE_WHILE:
      compile_while (self, node, labels);
      break;
    case JS_NODE_DO:
      compile_do (self, node, labels);
      break;
    case JS_NODE_FOR:
      compile_for (self, node, labels);
      break;
    case JS_NODE_FOR_IN:
      compile_for_in (self, node, labels);
      break;
    case JS_NODE_FOR_OF:
      compile_for_of (self, node, labels);
      break;
    default:
      compile_labeled (self, node, labels);
    }
}
