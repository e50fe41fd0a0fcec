/* resolve_class.c - what names mean in classes and methods: private names, this, new.target and super
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "resolve.h"

/* Made when it is used. */
static Binding *
demand (Resolver *self, Scope *scope, Binding **binding, JsBindingKind kind)
{
  if (*binding == NULL)
    *binding = js_resolver_new (self, scope, kind, NULL, NULL);
  js_resolver_uses (self, *binding, G_MAXUINT32);
  return *binding;
}

/* NULL: this is where the function's own frame has it. */
static JsBinding *
receiver_binding (Resolver *self)
{
  const Scope *function = js_resolver_function (self);
  Scope *receiver = function->receiver;
  Binding *binding;

  receiver->base.reads_this = TRUE;
  if (receiver == function && !receiver->derived)
    return NULL;
  binding = demand (self, receiver, &receiver->this_binding, JS_BINDING_THIS);
  binding->base.checked = receiver->derived;
  return &binding->base;
}

/* this and new.target */
void
js_resolve_this (Resolver *self, JsNode *node)
{
  Scope *receiver = js_resolver_function (self)->receiver;

  if (node->kind == JS_NODE_NEW_TARGET)
    {
      node->binding = (JsBinding *) demand (self, receiver, &receiver->new_target, JS_BINDING_NEW_TARGET);
      return;
    }
  node->binding = receiver_binding (self);
  if (receiver->derived)
    node->flags |= JS_FLAG_CHECKED;
}

/* super.name, super[key] and super (…): the home object, and on the node itself what this is. */
void
js_resolve_super (Resolver *self, JsNode *node)
{
  JsNode *super = node->child[0];
  Scope *receiver = js_resolver_function (self)->receiver, *home = receiver->home;

  if (super->kind != JS_NODE_SUPER)
    return;
  g_return_if_fail (home != NULL);
  node->binding = receiver_binding (self);
  if (receiver->derived)
    node->flags |= JS_FLAG_CHECKED;
  if (node->kind == JS_NODE_CALL || receiver->is_static)
    super->binding = (JsBinding *) demand (self, home, &home->static_home, JS_BINDING_STATIC_HOME);
  else
    super->binding = (JsBinding *) demand (self, home, &home->home_binding, JS_BINDING_HOME);
}

static gboolean
is_method (const JsNode *property)
{
  return property->kind == JS_NODE_PROPERTY && (property->flags & JS_FLAG_IS_METHOD) != 0;
}

void
js_resolve_object (Resolver *self, JsNode *node)
{
  JsNode *first = node->child[0];
  Scope *scope;

  while (first != NULL && !is_method (first))
    first = first->next;
  if (first == NULL)
    {
      js_resolve_list (self, node->child[0]);
      return;
    }
  scope = js_resolver_open (self, JS_SCOPE_OBJECT, node);

  for (JsNode *property = node->child[0]; property != NULL; property = property->next)
    {
      if (!is_method (property))
        {
          js_resolve (self, property);
          continue;
        }
      js_resolve (self, property->child[0]);
      js_resolve_function (self, property->child[1], node->start, scope, FALSE);
    }
  js_resolver_close (self);
}

/* A getter and a setter share their name. */
static void
declare_private (Resolver *self, const JsNode *member)
{
  const JsText *key = member->child[0]->text;
  Binding *binding = js_resolver_find_in (self, key, self->scope);

  if (binding == NULL)
    {
      binding = js_resolver_new (
          self, self->scope, JS_BINDING_PRIVATE, js_arena_string (self->arena, key->bytes + 1), member);
      binding->key = key;
      js_resolver_push (self, binding);
      js_resolver_list (binding);
    }
  member->child[0]->binding = &binding->base;
  if ((member->flags & JS_FLAG_STATIC) == 0)
    binding->base.captured = TRUE;
}

/* What the function that initialises an instance needs of a member: its computed key, or the closure of a private
 * method. */
static void
declare_member (Resolver *self, JsNode *member)
{
  Binding *binding;

  if (member->kind == JS_NODE_STATIC_BLOCK)
    return;
  if (member->child[0]->kind == JS_NODE_PRIVATE_NAME)
    declare_private (self, member);
  if ((member->flags & JS_FLAG_STATIC) != 0
      || !(member->kind == JS_NODE_FIELD ? (member->flags & JS_FLAG_COMPUTED) != 0
                                         : member->child[0]->kind == JS_NODE_PRIVATE_NAME))
    return;
  binding = js_resolver_new (self, self->scope, JS_BINDING_MEMBER, NULL, member);
  binding->base.captured = TRUE;
  js_resolver_list (binding);
  member->binding = &binding->base;
}

static void
resolve_member (Resolver *self, JsNode *member, Scope *scope)
{
  JsNode *class_node = scope->base.node, *function = member->child[member->kind == JS_NODE_STATIC_BLOCK ? 0 : 1];
  gboolean is_static = member->kind == JS_NODE_STATIC_BLOCK || (member->flags & JS_FLAG_STATIC) != 0;

  if (member->flags & JS_FLAG_COMPUTED)
    js_resolve (self, member->child[0]);
  /* Nothing calls a member before the class is there. */
  if (function != NULL)
    js_resolve_function (self, function, class_node->end, scope, is_static);
}

void
js_resolve_class (Resolver *self, JsNode *node)
{
  JsNode *name = node->child[0];
  Binding *outer = NULL, *inner;
  Scope *scope;

  if (name != NULL && (node->flags & JS_FLAG_DECLARATION) != 0)
    outer = js_resolver_find (self, name->text);
  scope = js_resolver_open (self, JS_SCOPE_CLASS, node);
  scope->base.strict = TRUE;
  if (name != NULL)
    {
      inner = js_resolver_new (self, scope, JS_BINDING_CLASS_SELF, name->text, name);
      inner->initialised = node->end;
      js_resolver_push (self, inner);
      name->binding = (JsBinding *) outer;
    }
  for (JsNode *member = node->child[2]; member != NULL; member = member->next)
    declare_member (self, member);
  if (node->child[1] != NULL)
    js_resolve (self, node->child[1]);
  for (JsNode *member = node->child[2]; member != NULL; member = member->next)
    resolve_member (self, member, scope);
  js_resolver_close (self);
}
