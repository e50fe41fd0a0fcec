/* declare.c - what the declarations of a scope bind, found when the scope is entered
 *
 * Rules: ECMAScript 2022, chapter 8.2 (names that statements declare) and annex B.3.2 (functions in blocks of sloppy
 * code are vars too). Messages: Node 20's.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "resolve.h"

static void
collect (GPtrArray *names, JsNode *target)
{
  switch ((JsNodeKind) target->kind)
    {
    case JS_NODE_IDENTIFIER:
      g_ptr_array_add (names, target);
      return;
    case JS_NODE_DEFAULT:
    case JS_NODE_REST:
      collect (names, target->child[0]);
      return;
    case JS_NODE_PROPERTY:
      collect (names, target->child[1]);
      return;
    case JS_NODE_ARRAY_PATTERN:
    case JS_NODE_OBJECT_PATTERN:
      for (JsNode *node = target->child[0]; node != NULL; node = node->next)
        collect (names, node);
      return;
    default:
      return;
    }
}

/* The identifiers that @target binds go to self->targets. */
void
js_resolver_names (Resolver *self, JsNode *target)
{
  g_ptr_array_set_size (self->targets, 0);
  collect (self->targets, target);
}

static gboolean
is_function (const JsNode *node)
{
  return node->kind == JS_NODE_FUNCTION && (node->flags & JS_FLAG_DECLARATION) != 0;
}

static gboolean
is_plain_function (const JsNode *node)
{
  return is_function (node) && (node->flags & (JS_FLAG_ASYNC | JS_FLAG_GENERATOR)) == 0;
}

static gboolean
is_class (const JsNode *node)
{
  return node->kind == JS_NODE_CLASS && (node->flags & JS_FLAG_DECLARATION) != 0;
}

static gboolean
is_lexical (const JsNode *node)
{
  return node->kind == JS_NODE_VARIABLES && node->op != JS_TOKEN_VAR;
}

/* The later of two declarations is wrong. @node is an identifier, a FUNCTION or a CLASS. */
static void
fail_declared (Resolver *self, const Binding *before, const JsNode *node)
{
  const JsNode *other = before->base.declaration;

  if (other != NULL && other->start > node->start)
    node = other;
  js_resolver_fail (self,
                    node->start,
                    node->kind == JS_NODE_CLASS ? node->end : node->start + 1,
                    "Identifier '%s' has already been declared",
                    before->base.name->bytes);
}

/* Parameters of a module and what is there by itself may be hidden by any declaration. */
static gboolean
may_be_hidden (const Binding *binding)
{
  switch ((JsBindingKind) binding->base.kind)
    {
    case JS_BINDING_SELF:
    case JS_BINDING_ARGUMENTS:
      return TRUE;
    case JS_BINDING_PARAMETER:
      return binding->base.scope->node->kind == JS_NODE_SCRIPT;
    default:
      return FALSE;
    }
}

/* The body of a catch must not declare its parameter's names. */
static gboolean
is_catch_parameter (const Resolver *self, const Binding *binding)
{
  return binding->base.kind == JS_BINDING_CATCH && binding->base.scope->node->child[1] == self->scope->base.node;
}

static Binding *
declare_lexical (Resolver *self, JsBindingKind kind, const JsText *name, const JsNode *node)
{
  Binding *before = js_resolver_find (self, name);

  if (before != NULL && before->base.scope == &self->scope->base && !may_be_hidden (before))
    {
      fail_declared (self, before, node);
      return before;
    }
  if (before != NULL && is_catch_parameter (self, before))
    js_resolver_fail (self, node->start, node->end, "Identifier '%s' has already been declared", name->bytes);
  return js_resolver_declare (self, kind, name, node);
}

void
js_declare_target (Resolver *self, JsBindingKind kind, JsNode *target, guint32 initialised)
{
  js_resolver_names (self, target);
  for (guint i = 0; i < self->targets->len; i++)
    {
      const JsNode *name = g_ptr_array_index (self->targets, i);

      declare_lexical (self, kind, name->text, name)->initialised = initialised;
    }
}

static void
declare_lets (Resolver *self, const JsNode *variables)
{
  for (JsNode *declarator = variables->child[0]; declarator != NULL; declarator = declarator->next)
    {
      const JsNode *value = declarator->child[1];
      /* Making a function runs nothing. */
      guint32 initialised = value != NULL && value->kind == JS_NODE_FUNCTION ? value->start : declarator->end;

      js_declare_target (
          self, variables->op == JS_TOKEN_CONST ? JS_BINDING_CONST : JS_BINDING_LET, declarator->child[0], initialised);
    }
}

static void
declare_class (Resolver *self, const JsNode *node)
{
  declare_lexical (self, JS_BINDING_CLASS, node->child[0]->text, node)->initialised = node->end;
}

/* A function at the top of a body: as a var that has its value from the start. */
static void
declare_top_function (Resolver *self, const JsNode *node)
{
  const JsText *name = node->child[0]->text;
  Binding *before = js_resolver_find_in (self, name, self->scope);

  if (before == NULL || (before->base.kind != JS_BINDING_PARAMETER && may_be_hidden (before))
      || (before->base.kind == JS_BINDING_PARAMETER && before->base.captured))
    js_resolver_declare (self, JS_BINDING_FUNCTION, name, node);
  else
    {
      before->base.kind = JS_BINDING_FUNCTION;
      before->base.declaration = node;
      before->initialised = 0;
    }
}

/* The functions, classes, lets and consts at the top of a function, whose vars are declared. */
void
js_declare_body (Resolver *self, JsNode *body)
{
  for (const JsNode *node = body; node != NULL; node = node->next)
    {
      if (is_function (node))
        declare_top_function (self, node);
    }
  js_declare_block (self, body);
}

static void
declare_block_function (Resolver *self, const JsNode *node)
{
  const JsText *name = node->child[0]->text;
  Binding *before = js_resolver_find (self, name), *var = NULL;
  gboolean again = before != NULL && before->base.scope == &self->scope->base && !self->scope->base.strict
                   && before->base.kind == JS_BINDING_FUNCTION && is_plain_function (node)
                   && is_plain_function (before->base.declaration);

  if (node->flags & JS_FLAG_HOISTED)
    var = js_resolver_find_in (self, name, js_resolver_function (self));
  if (again)
    before->base.declaration = node;
  else
    before = declare_lexical (self, JS_BINDING_FUNCTION, name, node);
  before->base.other = (JsBinding *) var;
}

/* The names of a list of statements; more lists may follow in the same scope. */
void
js_declare_block (Resolver *self, JsNode *statements)
{
  gboolean top = self->scope->base.kind == JS_SCOPE_FUNCTION;

  for (JsNode *node = statements; node != NULL; node = node->next)
    {
      if (is_lexical (node))
        declare_lets (self, node);
      else if (is_class (node))
        declare_class (self, node);
      else if (!top && is_function (node))
        declare_block_function (self, node);
    }
}

static void
declare_parameter (Resolver *self, const JsNode *function, const JsNode *name, gint place, guint32 initialised)
{
  Binding *before = js_resolver_find (self, name->text);
  gboolean strict = self->scope->base.strict || !self->scope->simple
                    || (function->flags & (JS_FLAG_ARROW | JS_FLAG_IS_METHOD)) != 0;

  if (before == NULL || before->base.scope != &self->scope->base || before->base.kind != JS_BINDING_PARAMETER)
    before = js_resolver_declare (self, JS_BINDING_PARAMETER, name->text, name);
  else if (strict)
    js_resolver_fail (self, name->start, name->end, "Duplicate parameter name not allowed in this context");
  before->base.parameter = place;
  before->initialised = initialised;
}

void
js_declare_parameters (Resolver *self, JsNode *function)
{
  gint place = 0;

  self->scope->simple = TRUE;
  for (const JsNode *node = function->child[1]; node != NULL; node = node->next)
    self->scope->simple = self->scope->simple && node->kind == JS_NODE_IDENTIFIER;
  for (JsNode *node = function->child[1]; node != NULL; node = node->next, place++)
    {
      const JsNode *target = node->kind == JS_NODE_DEFAULT ? node->child[0] : node;

      js_resolver_names (self, node);
      for (guint i = 0; i < self->targets->len; i++)
        declare_parameter (self,
                           function,
                           g_ptr_array_index (self->targets, i),
                           target->kind == JS_NODE_IDENTIFIER ? place : -1,
                           self->scope->simple ? 0 : node->end);
    }
}
