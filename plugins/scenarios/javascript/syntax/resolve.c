/* resolve.c - what each name of a tree means: the walk over statements, expressions and functions
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "resolve.h"

#include <string.h>

void
js_resolve_list (Resolver *self, JsNode *first)
{
  for (JsNode *node = first; node != NULL; node = node->next)
    js_resolve (self, node);
}

static void
resolve_children (Resolver *self, JsNode *node)
{
  guint n = (guint) strlen (js_node_children (node->kind));

  for (guint i = 0; i < n; i++)
    js_resolve_list (self, node->child[i]);
}

static Binding *
resolve_identifier (Resolver *self, JsNode *node)
{
  Binding *binding = js_resolver_find (self, node->text);

  node->binding = (JsBinding *) binding;
  if (binding != NULL && js_resolver_uses (self, binding, node->start))
    node->flags |= JS_FLAG_CHECKED;
  return binding;
}

/* A name that is declared where it stands: not checked. */
static void
resolve_declared (Resolver *self, JsNode *node)
{
  Binding *binding = js_resolver_find (self, node->text);

  g_return_if_fail (binding != NULL);
  node->binding = &binding->base;
  js_resolver_uses (self, binding, G_MAXUINT32);
}

static void
resolve_assigned (Resolver *self, JsNode *node)
{
  Binding *binding = resolve_identifier (self, node);

  node->flags |= JS_FLAG_ASSIGNED;
  if (binding != NULL)
    binding->base.assigned = TRUE;
}

typedef void (*ResolveName) (Resolver *self, JsNode *node);

/* The names that a target holds by @resolve; values in it as anywhere. */
static void
resolve_target (Resolver *self, JsNode *target, ResolveName resolve)
{
  switch ((JsNodeKind) target->kind)
    {
    case JS_NODE_IDENTIFIER:
      resolve (self, target);
      return;
    case JS_NODE_DEFAULT:
      resolve_target (self, target->child[0], resolve);
      js_resolve (self, target->child[1]);
      return;
    case JS_NODE_REST:
      resolve_target (self, target->child[0], resolve);
      return;
    case JS_NODE_PROPERTY:
      js_resolve (self, target->child[0]);
      resolve_target (self, target->child[1], resolve);
      return;
    case JS_NODE_ARRAY_PATTERN:
    case JS_NODE_OBJECT_PATTERN:
      for (JsNode *node = target->child[0]; node != NULL; node = node->next)
        resolve_target (self, node, resolve);
      return;
    default:
      js_resolve (self, target);
    }
}

static gboolean
is_plain_catch (const Binding *binding)
{
  return binding->base.kind == JS_BINDING_CATCH && binding->base.declaration == binding->base.scope->node->child[0];
}

/* A var passes the blocks around it, which must not declare its name; its value goes to the parameter of a catch. */
static void
resolve_var (Resolver *self, JsNode *node)
{
  const JsScope *function = self->scope->base.function;

  for (const Binding *binding = js_resolver_find (self, node->text); binding != NULL && binding->base.scope != function;
       binding = binding->shadowed)
    {
      if (!is_plain_catch (binding))
        js_resolver_fail (
            self, node->start, node->start + 1, "Identifier '%s' has already been declared", node->text->bytes);
    }
  resolve_declared (self, node);
}

static void
resolve_variables (Resolver *self, JsNode *node, gboolean each)
{
  gboolean is_var = node->op == JS_TOKEN_VAR;

  for (JsNode *declarator = node->child[0]; declarator != NULL; declarator = declarator->next)
    {
      resolve_target (self, declarator->child[0], is_var ? resolve_var : resolve_declared);
      if (is_var && (each || declarator->child[1] != NULL))
        {
          js_resolver_names (self, declarator->child[0]);
          for (guint i = 0; i < self->targets->len; i++)
            ((JsNode *) g_ptr_array_index (self->targets, i))->binding->assigned = TRUE;
        }
      if (declarator->child[1] != NULL)
        js_resolve (self, declarator->child[1]);
    }
}

static gboolean
declares (const JsNode *first)
{
  for (const JsNode *node = first; node != NULL; node = node->next)
    {
      if (node->kind == JS_NODE_FUNCTION || node->kind == JS_NODE_CLASS
          || (node->kind == JS_NODE_VARIABLES && node->op != JS_TOKEN_VAR))
        return TRUE;
    }
  return FALSE;
}

static void
resolve_block (Resolver *self, JsNode *node)
{
  gboolean scope = declares (node->child[0]);

  if (scope)
    {
      js_resolver_open (self, JS_SCOPE_BLOCK, node);
      js_declare_block (self, node->child[0]);
    }
  js_resolve_list (self, node->child[0]);
  if (scope)
    js_resolver_close (self);
}

static void
resolve_switch (Resolver *self, JsNode *node)
{
  js_resolve (self, node->child[0]);
  js_resolver_open (self, JS_SCOPE_BLOCK, node)->nonlinear = TRUE;
  for (JsNode *clause = node->child[1]; clause != NULL; clause = clause->next)
    js_declare_block (self, clause->child[1]);
  js_resolve_list (self, node->child[1]);
  js_resolver_close (self);
}

static void
resolve_catch (Resolver *self, JsNode *node)
{
  JsNode *target = node->child[0];

  js_resolver_open (self, JS_SCOPE_BLOCK, node);
  if (target != NULL)
    {
      js_declare_target (self, JS_BINDING_CATCH, target, target->kind == JS_NODE_IDENTIFIER ? 0 : target->end);
      resolve_target (self, target, resolve_declared);
    }
  js_resolve (self, node->child[1]);
  js_resolver_close (self);
}

static gboolean
is_lexical_head (const JsNode *head)
{
  return head != NULL && head->kind == JS_NODE_VARIABLES && head->op != JS_TOKEN_VAR;
}

static void
resolve_for (Resolver *self, JsNode *node)
{
  gboolean scope = is_lexical_head (node->child[0]);

  if (scope)
    {
      js_resolver_open (self, JS_SCOPE_LOOP, node);
      js_declare_block (self, node->child[0]);
    }
  resolve_children (self, node);
  if (scope)
    js_resolver_close (self);
}

static void
resolve_for_each (Resolver *self, JsNode *node)
{
  JsNode *head = node->child[0];
  gboolean scope = is_lexical_head (head);

  if (scope)
    {
      js_resolver_open (self, JS_SCOPE_LOOP, node);
      js_declare_target (self,
                         head->op == JS_TOKEN_CONST ? JS_BINDING_CONST : JS_BINDING_LET,
                         head->child[0]->child[0],
                         node->child[1]->end);
    }
  js_resolve (self, node->child[1]);
  if (head->kind == JS_NODE_VARIABLES)
    resolve_variables (self, head, TRUE);
  else
    resolve_target (self, head, resolve_assigned);
  js_resolve (self, node->child[2]);
  if (scope)
    js_resolver_close (self);
}

static void
resolve_assignment (Resolver *self, JsNode *node)
{
  resolve_target (self, node->child[0], resolve_assigned);
  if (node->kind == JS_NODE_ASSIGN)
    js_resolve (self, node->child[1]);
}

/* A binding of the function itself, as its name, that another declaration may hide. */
static void
push_unlisted (Resolver *self, JsBindingKind kind, const JsText *name, const JsNode *node)
{
  js_resolver_push (self, js_resolver_new (self, self->scope, kind, name, node));
}

static void
open_function (Resolver *self, JsNode *function, guint32 created)
{
  Scope *scope = js_resolver_open (self, JS_SCOPE_FUNCTION, function);
  gboolean arrow = (function->flags & JS_FLAG_ARROW) != 0;

  scope->created = created;
  scope->base.strict = (function->flags & JS_FLAG_STRICT) != 0;
  scope->receiver = arrow ? ((Scope *) scope->base.outer->function)->receiver : scope;
  scope->derived = (function->flags & JS_FLAG_DERIVED) != 0;
  scope->simple = TRUE;
  if (!arrow && (function->flags & JS_FLAG_INITIALIZER) == 0)
    push_unlisted (self, JS_BINDING_ARGUMENTS, self->arguments, NULL);
}

/* Sloppy arguments and the parameters are the same values, so that both live in the context. */
static void
map_arguments (Resolver *self)
{
  Scope *scope = self->scope;
  gboolean used = FALSE, parameters = FALSE;

  scope->base.sloppy_arguments = !scope->base.strict && scope->simple;
  if (!scope->base.sloppy_arguments)
    return;
  for (const JsBinding *binding = scope->base.first; binding != NULL; binding = binding->next)
    {
      used = used || binding->kind == JS_BINDING_ARGUMENTS;
      parameters = parameters || binding->parameter >= 0;
    }
  if (!used || !parameters)
    return;
  scope->base.mapped_arguments = TRUE;
  for (JsBinding *binding = scope->base.first; binding != NULL; binding = binding->next)
    binding->captured = binding->captured || binding->parameter >= 0;
}

static void
resolve_function_inside (Resolver *self, JsNode *function)
{
  JsNode *body = function->child[2];

  js_declare_parameters (self, function);
  for (JsNode *node = function->child[1]; node != NULL; node = node->next)
    resolve_target (self, node, resolve_declared);
  if ((function->flags & JS_FLAG_EXPRESSION_BODY) == 0)
    {
      js_declare_vars (self, body);
      js_declare_body (self, body);
    }
  js_resolve_list (self, body);
  map_arguments (self);
}

/* @created: no closure of it is made before this place. @home: the class or object that it is a member of. */
void
js_resolve_function (Resolver *self, JsNode *function, guint32 created, Scope *home, gboolean is_static)
{
  JsNode *name = function->child[0];

  open_function (self, function, created);
  self->scope->home = home;
  self->scope->is_static = is_static;
  if (name != NULL && (function->flags & JS_FLAG_DECLARATION) == 0)
    push_unlisted (self, JS_BINDING_SELF, name->text, name);
  resolve_function_inside (self, function);
  js_resolver_close (self);
}

/* Where the closures of the functions that the current scope declares are made: when it is entered. */
static guint32
scope_entered (const Resolver *self)
{
  const JsNode *node = self->scope->base.node;

  if (node->kind == JS_NODE_FUNCTION && node->child[2] != NULL)
    return node->child[2]->start;
  return node->start;
}

static void
resolve_function (Resolver *self, JsNode *node)
{
  guint32 created = node->start;

  if (node->flags & JS_FLAG_DECLARATION)
    {
      created = scope_entered (self);
      resolve_declared (self, node->child[0]);
    }
  js_resolve_function (self, node, created, NULL, FALSE);
}

/* The function around the statements of a file, as Node calls it. */
static void
resolve_script (Resolver *self, JsNode *node)
{
  static const char *const PARAMETERS[] = { "exports", "require", "module", "__filename", "__dirname" };

  open_function (self, node, 0);
  for (guint i = 0; i < G_N_ELEMENTS (PARAMETERS); i++)
    {
      const JsText *name = js_arena_string (self->arena, PARAMETERS[i]);

      js_resolver_declare (self, JS_BINDING_PARAMETER, name, NULL)->base.parameter = (gint) i;
    }
  js_declare_vars (self, node->child[0]);
  js_declare_body (self, node->child[0]);
  js_resolve_list (self, node->child[0]);
  map_arguments (self);
  js_resolver_close (self);
}

void
js_resolve (Resolver *self, JsNode *node)
{
  if (self->failed)
    return;
  switch ((JsNodeKind) node->kind)
    {
    case JS_NODE_SCRIPT:
      resolve_script (self, node);
      return;
    case JS_NODE_FUNCTION:
      resolve_function (self, node);
      return;
    case JS_NODE_CLASS:
      js_resolve_class (self, node);
      return;
    case JS_NODE_OBJECT:
      js_resolve_object (self, node);
      return;
    case JS_NODE_BLOCK:
      resolve_block (self, node);
      return;
    case JS_NODE_SWITCH:
      resolve_switch (self, node);
      return;
    case JS_NODE_CATCH:
      resolve_catch (self, node);
      return;
    case JS_NODE_FOR:
      resolve_for (self, node);
      return;
    case JS_NODE_FOR_IN:
    case JS_NODE_FOR_OF:
      resolve_for_each (self, node);
      return;
    case JS_NODE_VARIABLES:
      resolve_variables (self, node, FALSE);
      return;
    case JS_NODE_IDENTIFIER:
      resolve_identifier (self, node);
      js_refuse_global (self, node);
      return;
    case JS_NODE_PRIVATE_NAME:
      resolve_identifier (self, node);
      return;
    case JS_NODE_ASSIGN:
    case JS_NODE_UPDATE:
      resolve_assignment (self, node);
      return;
    case JS_NODE_THIS:
    case JS_NODE_NEW_TARGET:
      js_resolve_this (self, node);
      return;
    case JS_NODE_MEMBER:
    case JS_NODE_INDEX:
      js_resolve_super (self, node);
      resolve_children (self, node);
      js_refuse_member (self, node);
      return;
    case JS_NODE_CALL:
      js_resolve_super (self, node);
      resolve_children (self, node);
      js_refuse_call (self, node);
      return;
    case JS_NODE_NEW:
      resolve_children (self, node);
      js_refuse_call (self, node);
      return;
    default:
      resolve_children (self, node);
    }
}
