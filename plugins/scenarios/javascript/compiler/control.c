/* control.c - ways out: break, continue, return, and what lies between: finally, iterators, contexts
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "compiler/compile.h"

/* How a finally block was entered: as a number in a register. */
enum
{
  ENTERED_NORMALLY = 0,
  ENTERED_THROWING = 1,
  ENTERED_BY_EXIT = 2, /* and more: exits[n - 2] */
};

void
js_control_begin (JsCompiler *self, JsControl *control, JsControlKind kind)
{
  control->kind = kind;
  control->outer = self->control;
  control->n_contexts = self->contexts->len;
  self->control = control;
}

void
js_control_end (JsCompiler *self, JsControl *control)
{
  self->control = control->outer;
}

/* ---- exits ------------------------------------------------------------------------------------------------------- */

static void
set_way (JsCompiler *self, guint r, gint32 way)
{
  js_emit_1 (self, JS_BYTECODE_LDA_SMI, (guint32) way);
  js_emit_1 (self, JS_BYTECODE_STAR, r);
}

/* The finally block comes first, and then goes on with this exit. */
static void
exit_by_finally (JsCompiler *self, JsControl *finally, JsControl *target, gboolean is_continue)
{
  JsExit exit = { target, is_continue };

  js_pop_contexts (self, finally->n_contexts);
  js_emit_1 (self, JS_BYTECODE_STAR, finally->r + 1);
  g_array_append_val (finally->exits, exit);
  set_way (self, finally->r, (gint32) finally->exits->len - 1 + ENTERED_BY_EXIT);
  js_jump (self, JS_BYTECODE_JUMP, finally->entry);
}

static void
close_on_exit (JsCompiler *self, JsControl *control)
{
  guint32 start = js_here (self), end;

  if (control->is_pattern)
    js_close_unless_done (self, control->r, FALSE);
  else
    js_close_iterator (self, control->r, control->is_async, FALSE);
  end = js_here (self);
  if (control->closings == NULL)
    control->closings = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (control->closings, start);
  g_array_append_val (control->closings, end);
}

/* Behind all that @control protects: what closing it at exits threw goes on from here. */
void
js_closings_here (JsCompiler *self, JsControl *control, guint context)
{
  if (control->closings == NULL)
    return;
  for (guint i = 0; i < control->closings->len; i += 2)
    js_handler_first (self,
                      g_array_index (control->closings, guint32, i),
                      g_array_index (control->closings, guint32, i + 1),
                      js_here (self));
  js_emit_2 (self, JS_BYTECODE_MOV, context, JS_CONTEXT_REGISTER (self->code));
  js_emit (self, JS_BYTECODE_RETHROW);
  g_clear_pointer (&control->closings, g_array_unref);
}

/* The context register goes back with those that are left, but what is compiled behind is inside of them still. */
void
js_compile_exit (JsCompiler *self, JsControl *target, gboolean is_continue)
{
  JsControl *saved = self->control;
  guint n_contexts = self->contexts->len;

  for (JsControl *control = saved; control != target; control = control->outer)
    {
      if (control->kind == JS_CONTROL_FINALLY)
        {
          exit_by_finally (self, control, target, is_continue);
          return;
        }
      /* A loop's own iterator is closed where its breaks come together. */
      if (control->kind == JS_CONTROL_ITERATOR)
        {
          self->control = control->outer;
          close_on_exit (self, control);
          self->control = saved;
        }
    }
  if (target == NULL)
    {
      js_emit (self, JS_BYTECODE_RETURN);
      return;
    }
  for (guint i = n_contexts; i > target->n_contexts; i--)
    js_emit (self, JS_BYTECODE_POP_CONTEXT);
  js_jump (self, JS_BYTECODE_JUMP, is_continue ? target->continues : target->breaks);
}

static gboolean
has_label (const JsControl *control, const JsText *label)
{
  return control->labels != NULL && g_ptr_array_find ((GPtrArray *) control->labels, label, NULL);
}

void
js_compile_jump (JsCompiler *self, const JsNode *node)
{
  gboolean is_continue = node->kind == JS_NODE_CONTINUE;
  JsControl *control = self->control;

  for (; control != NULL; control = control->outer)
    {
      if (is_continue && control->kind != JS_CONTROL_LOOP)
        continue;
      if (node->text != NULL ? has_label (control, node->text)
                             : control->kind == JS_CONTROL_LOOP || control->kind == JS_CONTROL_SWITCH)
        break;
    }
  g_return_if_fail (control != NULL);
  js_compile_exit (self, control, is_continue);
}

/* ---- try --------------------------------------------------------------------------------------------------------- */

static void
compile_catch (JsCompiler *self, const JsNode *node)
{
  js_enter_scope (self, node->scope);
  if (node->child[0] != NULL)
    js_compile_store (self, node->child[0], TRUE);
  js_compile_statement (self, node->child[1]);
  js_leave_scope (self, node->scope);
}

static void
compile_try_catch (JsCompiler *self, const JsNode *node, guint context)
{
  JsLabel *end = js_label ();
  guint32 start = js_here (self);

  js_compile_statement (self, node->child[0]);
  js_jump (self, JS_BYTECODE_JUMP, end);
  if (node->child[1] != NULL)
    {
      js_handler (self, start, js_here (self), js_here (self));
      js_emit_2 (self, JS_BYTECODE_MOV, context, JS_CONTEXT_REGISTER (self->code));
      compile_catch (self, node->child[1]);
    }
  js_label_here (self, end);
}

/* Behind the block: on, or where those who came through it were going. */
static void
dispatch (JsCompiler *self, const JsControl *finally)
{
  JsLabel *end = js_label (), *thrown = js_label ();

  js_jump_smi (self, finally->r, ENTERED_NORMALLY, end);
  js_jump_smi (self, finally->r, ENTERED_THROWING, thrown);
  for (guint i = 0; i < finally->exits->len; i++)
    {
      const JsExit *exit = &g_array_index (finally->exits, JsExit, i);
      JsLabel *here = js_label (), *next = js_label ();

      js_jump_smi (self, finally->r, (gint32) i + ENTERED_BY_EXIT, here);
      js_jump (self, JS_BYTECODE_JUMP, next);
      js_label_here (self, here);
      js_emit_1 (self, JS_BYTECODE_LDAR, finally->r + 1);
      js_compile_exit (self, exit->target, exit->is_continue);
      js_label_here (self, next);
    }
  js_label_here (self, thrown);
  js_emit_1 (self, JS_BYTECODE_LDAR, finally->r + 1);
  js_emit (self, JS_BYTECODE_RETHROW);
  js_label_here (self, end);
}

static void
compile_try_finally (JsCompiler *self, const JsNode *node, guint context)
{
  JsControl finally = { .r = js_temporaries (self, 2),
                        .entry = js_label (),
                        .exits = g_array_new (FALSE, FALSE, sizeof (JsExit)) };
  guint32 start = js_here (self);

  js_control_begin (self, &finally, JS_CONTROL_FINALLY);
  compile_try_catch (self, node, context);
  js_control_end (self, &finally);
  set_way (self, finally.r, ENTERED_NORMALLY);
  js_jump (self, JS_BYTECODE_JUMP, finally.entry);
  js_handler (self, start, js_here (self), js_here (self));
  js_emit_1 (self, JS_BYTECODE_STAR, finally.r + 1);
  set_way (self, finally.r, ENTERED_THROWING);
  js_emit_2 (self, JS_BYTECODE_MOV, context, JS_CONTEXT_REGISTER (self->code));
  js_label_here (self, finally.entry);
  js_compile_statement (self, node->child[2]);
  dispatch (self, &finally);
  js_emit_2 (self, JS_BYTECODE_CLEAR, finally.r, 2);
  g_array_unref (finally.exits);
}

void
js_compile_try (JsCompiler *self, const JsNode *node)
{
  guint top = self->top, context = js_temporary (self);

  js_emit_2 (self, JS_BYTECODE_MOV, JS_CONTEXT_REGISTER (self->code), context);
  if (node->child[2] != NULL)
    compile_try_finally (self, node, context);
  else
    compile_try_catch (self, node, context);
  js_emit_2 (self, JS_BYTECODE_CLEAR, context, 1);
  js_release (self, top);
}
