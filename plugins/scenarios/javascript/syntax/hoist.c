/* hoist.c - the vars of a function, wherever they stand in it, and the functions in blocks that are vars too
 *
 * Rules: ECMAScript 2022, chapter 8.2.6 (names of vars) and annex B.3.2: in sloppy code a function in a block is a var
 * as well, unless that would clash with a let, const or class around, or with a parameter.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "resolve.h"

static Binding *
declare_var (Resolver *self, const JsText *name, const JsNode *node)
{
  Binding *before = js_resolver_find_in (self, name, self->scope), *var;

  if (before != NULL && before->base.kind == JS_BINDING_ARGUMENTS)
    js_resolver_list (before);
  else if (before != NULL && before->base.kind == JS_BINDING_PARAMETER && before->base.captured && !self->scope->simple)
    {
      /* A function among the parameters does not see the body's var, which begins with the parameter's value. */
      var = js_resolver_declare (self, JS_BINDING_VAR, name, node);
      var->base.other = &before->base;
      return var;
    }
  if (before == NULL || before->base.kind == JS_BINDING_SELF)
    return js_resolver_declare (self, JS_BINDING_VAR, name, node);
  return before;
}

static void
hoist_variables (Resolver *self, JsNode *node)
{
  if (node->op != JS_TOKEN_VAR)
    return;
  for (JsNode *declarator = node->child[0]; declarator != NULL; declarator = declarator->next)
    {
      js_resolver_names (self, declarator->child[0]);
      for (guint i = 0; i < self->targets->len; i++)
        {
          const JsNode *name = g_ptr_array_index (self->targets, i);

          declare_var (self, name->text, name);
        }
    }
}

static guint
count (const Resolver *self, const JsText *name)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->hoisted, name));
}

static void
add_name (Resolver *self, const JsText *name, gint step)
{
  gint n = (gint) count (self, name) + step;

  if (n == 0)
    g_hash_table_remove (self->hoisted, name);
  else
    g_hash_table_insert (self->hoisted, (gpointer) name, GINT_TO_POINTER (n));
}

static void
add_target (Resolver *self, JsNode *target, gint step)
{
  js_resolver_names (self, target);
  for (guint i = 0; i < self->targets->len; i++)
    add_name (self, ((const JsNode *) g_ptr_array_index (self->targets, i))->text, step);
}

/* The names that a statement declares in the block that it stands in. */
static void
add_statement (Resolver *self, JsNode *node, gint step, gboolean top)
{
  if (node->kind == JS_NODE_VARIABLES && node->op != JS_TOKEN_VAR)
    {
      for (JsNode *declarator = node->child[0]; declarator != NULL; declarator = declarator->next)
        add_target (self, declarator->child[0], step);
    }
  else if (node->kind == JS_NODE_CLASS || (node->kind == JS_NODE_FUNCTION && !top))
    add_name (self, node->child[0]->text, step);
}

static void
add_list (Resolver *self, JsNode *first, gint step, gboolean top)
{
  for (JsNode *node = first; node != NULL && !self->scope->base.strict; node = node->next)
    add_statement (self, node, step, top);
}

static void
hoist_function (Resolver *self, JsNode *node)
{
  const JsText *name;
  Binding *before;

  if (node->kind != JS_NODE_FUNCTION || (node->flags & (JS_FLAG_ASYNC | JS_FLAG_GENERATOR)) != 0
      || self->scope->base.strict)
    return;
  name = node->child[0]->text;
  before = js_resolver_find_in (self, name, self->scope);
  if (count (self, name) > 0 || name == self->arguments
      || (before != NULL && before->base.kind == JS_BINDING_PARAMETER && before->base.scope->outer != NULL))
    return;
  declare_var (self, name, node);
  node->flags |= JS_FLAG_HOISTED;
}

static void hoist (Resolver *self, JsNode *node);

static void
hoist_list (Resolver *self, JsNode *first)
{
  for (JsNode *node = first; node != NULL; node = node->next)
    hoist (self, node);
}

static void
hoist_block (Resolver *self, JsNode *first)
{
  for (JsNode *node = first; node != NULL; node = node->next)
    hoist_function (self, node);
  add_list (self, first, 1, FALSE);
  hoist_list (self, first);
  add_list (self, first, -1, FALSE);
}

static void
hoist_switch (Resolver *self, JsNode *node)
{
  JsNode *first = node->child[1];

  for (const JsNode *clause = first; clause != NULL; clause = clause->next)
    {
      for (JsNode *statement = clause->child[1]; statement != NULL; statement = statement->next)
        hoist_function (self, statement);
    }
  for (const JsNode *clause = first; clause != NULL; clause = clause->next)
    add_list (self, clause->child[1], 1, FALSE);
  for (const JsNode *clause = first; clause != NULL; clause = clause->next)
    hoist_list (self, clause->child[1]);
  for (const JsNode *clause = first; clause != NULL; clause = clause->next)
    add_list (self, clause->child[1], -1, FALSE);
}

static void
hoist_loop (Resolver *self, JsNode *node)
{
  JsNode *head = node->child[0], *body = node->child[node->kind == JS_NODE_FOR ? 3 : 2];

  if (head == NULL || head->kind != JS_NODE_VARIABLES)
    {
      hoist (self, body);
      return;
    }
  hoist_variables (self, head);
  add_statement (self, head, 1, FALSE);
  hoist (self, body);
  add_statement (self, head, -1, FALSE);
}

static void
hoist_catch (Resolver *self, JsNode *node)
{
  JsNode *target = node->child[0];
  gboolean pattern = target != NULL && target->kind != JS_NODE_IDENTIFIER;

  if (pattern)
    add_target (self, target, 1);
  hoist (self, node->child[1]);
  if (pattern)
    add_target (self, target, -1);
}

static void
hoist (Resolver *self, JsNode *node)
{
  switch ((JsNodeKind) node->kind)
    {
    case JS_NODE_VARIABLES:
      hoist_variables (self, node);
      return;
    case JS_NODE_BLOCK:
      hoist_block (self, node->child[0]);
      return;
    case JS_NODE_FOR:
    case JS_NODE_FOR_IN:
    case JS_NODE_FOR_OF:
      hoist_loop (self, node);
      return;
    case JS_NODE_CATCH:
      hoist_catch (self, node);
      return;
    case JS_NODE_SWITCH:
      hoist_switch (self, node);
      return;
    case JS_NODE_IF:
    case JS_NODE_TRY:
    case JS_NODE_WHILE:
    case JS_NODE_DO:
    case JS_NODE_LABELED:
      for (guint i = 0; js_node_children (node->kind)[i] != 0; i++)
        {
          if (node->child[i] != NULL)
            hoist (self, node->child[i]);
        }
      return;
    default:
      return;
    }
}

/* Of a function whose parameters are declared. */
void
js_declare_vars (Resolver *self, JsNode *body)
{
  add_list (self, body, 1, TRUE);
  hoist_list (self, body);
  add_list (self, body, -1, TRUE);
}
