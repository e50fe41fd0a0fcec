/* variable.c - where variables are: registers, contexts, the global object
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "compiler/compile.h"

/* ---- registers for locals ---------------------------------------------------------------------------------------- */

static const char *
binding_name (const JsBinding *binding)
{
  if (binding->name != NULL)
    return binding->name->bytes;
  return binding->kind == JS_BINDING_THIS         ? "this"
         : binding->kind == JS_BINDING_NEW_TARGET ? "new.target"
         : binding->kind == JS_BINDING_ARGUMENTS  ? "arguments"
                                                  : NULL;
}

void
js_allocate_scope (JsCompiler *self, JsScope *scope)
{
  for (JsBinding *binding = scope->first; binding != NULL; binding = binding->next)
    {
      if (binding->captured)
        continue;
      if (binding->kind == JS_BINDING_PARAMETER && binding->parameter >= 0 && !binding->checked)
        {
          binding->index = binding->parameter + 1;
          continue;
        }
      binding->index = (gint) js_temporary (self);
      g_ptr_array_set_size (self->names, (gint) self->top);
      self->names->pdata[binding->index] = (gpointer) binding_name (binding);
    }
}

static JsScope *
scope_of (const JsNode *node)
{
  switch (node->kind)
    {
    case JS_NODE_BLOCK:
    case JS_NODE_FOR:
    case JS_NODE_FOR_IN:
    case JS_NODE_FOR_OF:
    case JS_NODE_SWITCH:
    case JS_NODE_CATCH:
    case JS_NODE_CLASS:
    case JS_NODE_OBJECT:
      return node->scope;
    default:
      return NULL;
    }
}

void
js_allocate_locals (JsCompiler *self, const JsNode *node)
{
  const char *children = js_node_children ((JsNodeKind) node->kind);
  JsScope *scope = scope_of (node);

  if (scope != NULL)
    js_allocate_scope (self, scope);
  if (node->kind == JS_NODE_FUNCTION)
    return;
  for (guint i = 0; children[i] != '\0'; i++)
    for (const JsNode *child = node->child[i]; child != NULL; child = children[i] == '*' ? child->next : NULL)
      js_allocate_locals (self, child);
}

/* ---- scopes ------------------------------------------------------------------------------------------------------ */

/* What may be found before its initialisation begins as the hole, each time. */
static void
make_holes (JsCompiler *self, const JsScope *scope)
{
  gboolean loaded = FALSE;

  for (const JsBinding *binding = scope->first; binding != NULL; binding = binding->next)
    if (binding->checked && !binding->captured && binding->kind != JS_BINDING_THIS)
      {
        if (!loaded)
          js_emit (self, JS_BYTECODE_LDA_HOLE);
        loaded = TRUE;
        js_emit_1 (self, JS_BYTECODE_STAR, (guint32) binding->index);
      }
}

void
js_enter_scope (JsCompiler *self, JsScope *scope)
{
  if (scope == NULL)
    return;
  if (scope->n_captured > 0)
    {
      js_emit_1 (self,
                 JS_BYTECODE_PUSH_CONTEXT,
                 js_constant (self, &(JsConstant){ .kind = JS_CONSTANT_SCOPE, .scope = scope }));
      g_ptr_array_add (self->contexts, scope);
    }
  make_holes (self, scope);
}

void
js_leave_scope (JsCompiler *self, JsScope *scope)
{
  if (scope == NULL || scope->n_captured == 0)
    return;
  js_emit (self, JS_BYTECODE_POP_CONTEXT);
  g_ptr_array_set_size (self->contexts, (gint) self->contexts->len - 1);
}

void
js_pop_contexts (JsCompiler *self, guint n_left)
{
  for (guint i = self->contexts->len; i > n_left; i--)
    js_emit (self, JS_BYTECODE_POP_CONTEXT);
}

/* How many contexts outwards that of @scope is. */
static guint
context_depth (const JsCompiler *self, const JsScope *scope)
{
  guint depth = 0, n = self->contexts->len;

  for (;;)
    {
      for (guint i = n; i > 0; i--, depth++)
        if (g_ptr_array_index (self->contexts, i - 1) == scope)
          return depth;
      n = self->outer_contexts;
      self = self->outer;
      g_return_val_if_fail (self != NULL, 0);
    }
}

JsBinding *
js_find_binding (JsScope *scope, JsBindingKind kind)
{
  JsBinding *binding = scope != NULL ? scope->first : NULL;

  while (binding != NULL && binding->kind != kind)
    binding = binding->next;
  return binding;
}

/* ---- reading and writing ----------------------------------------------------------------------------------------- */

static void
load (JsCompiler *self, const JsBinding *binding)
{
  if (binding->captured)
    js_emit_2 (self, JS_BYTECODE_LDA_CONTEXT, context_depth (self, binding->scope), (guint32) binding->index);
  else
    js_emit_1 (self, JS_BYTECODE_LDAR, (guint32) binding->index);
}

static void
check (JsCompiler *self, const JsBinding *binding)
{
  if (binding->kind == JS_BINDING_THIS)
    js_emit (self, JS_BYTECODE_CHECK_THIS);
  else
    js_emit_1 (self, JS_BYTECODE_CHECK_HOLE, js_constant_text (self, binding->name));
}

void
js_load_binding (JsCompiler *self, const JsBinding *binding, gboolean checked)
{
  load (self, binding);
  if (checked)
    check (self, binding);
}

void
js_initialise (JsCompiler *self, const JsBinding *binding)
{
  if (binding->captured)
    js_emit_2 (self, JS_BYTECODE_STA_CONTEXT, context_depth (self, binding->scope), (guint32) binding->index);
  else
    js_emit_1 (self, JS_BYTECODE_STAR, (guint32) binding->index);
}

static gboolean
is_constant (const JsBinding *binding)
{
  return binding->kind == JS_BINDING_CONST || binding->kind == JS_BINDING_CLASS_SELF;
}

void
js_assign_binding (JsCompiler *self, const JsBinding *binding, gboolean checked)
{
  if (checked)
    {
      guint value = js_temporary (self);
      js_emit_1 (self, JS_BYTECODE_STAR, value);
      js_load_binding (self, binding, TRUE);
      js_emit_1 (self, JS_BYTECODE_LDAR, value);
      js_release (self, value);
    }
  if (is_constant (binding) || (binding->kind == JS_BINDING_SELF && self->code->strict))
    js_emit_1 (self, JS_BYTECODE_THROW_CONST, js_constant_text (self, binding->name));
  else if (binding->kind != JS_BINDING_SELF)
    js_initialise (self, binding);
}

guint
js_register_of (const JsNode *node)
{
  const JsBinding *binding = node->kind == JS_NODE_IDENTIFIER ? node->binding : NULL;

  if (node->kind == JS_NODE_THIS && node->binding == NULL)
    return 0;
  if (binding == NULL || binding->captured || (node->flags & JS_FLAG_CHECKED))
    return G_MAXUINT;
  return (guint) binding->index;
}
