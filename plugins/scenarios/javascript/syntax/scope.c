/* scope.c - scopes and their bindings: opening, declaring, finding, and which of them live in a context
 *
 * Rules: ECMAScript 2022, chapters 9 and 14; contexts as V8 has them (src/ast/scopes.cc).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scope.h"

#include "resolve.h"

#include <stdarg.h>

Scope *
js_resolver_open (Resolver *self, JsScopeKind kind, JsNode *node)
{
  Scope *scope = js_arena_alloc (self->arena, sizeof (Scope));

  scope->base.kind = (guint8) kind;
  scope->base.node = node;
  scope->base.outer = (JsScope *) self->scope;
  scope->base.function = kind == JS_SCOPE_FUNCTION ? &scope->base : scope->base.outer->function;
  scope->base.strict = self->scope != NULL && self->scope->base.strict;
  scope->pushed = self->pushed->len;
  if (kind == JS_SCOPE_FUNCTION)
    {
      scope->depth = self->functions->len;
      g_ptr_array_add (self->functions, scope);
    }
  node->scope = &scope->base;
  self->scope = scope;
  return scope;
}

static void
number_slots (Scope *scope)
{
  for (JsBinding *binding = scope->base.first; binding != NULL; binding = binding->next)
    {
      if (binding->captured)
        binding->index = (gint) scope->base.n_captured++;
    }
}

/* Its names mean again what they meant before. */
void
js_resolver_close (Resolver *self)
{
  Scope *scope = self->scope;

  while (self->pushed->len > scope->pushed)
    {
      Binding *binding = g_ptr_array_steal_index (self->pushed, self->pushed->len - 1);

      if (binding->shadowed != NULL)
        g_hash_table_insert (self->names, (gpointer) binding->key, binding->shadowed);
      else
        g_hash_table_remove (self->names, binding->key);
    }
  number_slots (scope);
  if (scope->base.kind == JS_SCOPE_FUNCTION)
    g_ptr_array_set_size (self->functions, (int) self->functions->len - 1);
  else if (scope->base.first == NULL)
    scope->base.node->scope = NULL;
  self->scope = (Scope *) scope->base.outer;
}

Scope *
js_resolver_function (const Resolver *self)
{
  return (Scope *) self->scope->base.function;
}

void
js_resolver_fail (Resolver *self, guint32 start, guint32 end, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  if (self->failed)
    return;
  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  js_source_set_error (self->source, start, end, message, self->error);
  self->failed = TRUE;
}

/* What @key means here; NULL: it is declared nowhere. */
Binding *
js_resolver_find (const Resolver *self, const JsText *key)
{
  return g_hash_table_lookup (self->names, key);
}

/* What @key means in @scope itself, which is open. */
Binding *
js_resolver_find_in (const Resolver *self, const JsText *key, const Scope *scope)
{
  Binding *binding = js_resolver_find (self, key);

  while (binding != NULL && binding->base.scope != &scope->base)
    binding = binding->shadowed;
  return binding;
}

/* A binding that is not found by its name and not among the scope's yet. */
Binding *
js_resolver_new (Resolver *self, Scope *scope, JsBindingKind kind, const JsText *name, const JsNode *node)
{
  Binding *binding = js_arena_alloc (self->arena, sizeof (Binding));

  binding->base.name = binding->key = name;
  binding->base.kind = (guint8) kind;
  binding->base.index = binding->base.parameter = -1;
  binding->base.scope = &scope->base;
  binding->base.declaration = node;
  return binding;
}

void
js_resolver_push (Resolver *self, Binding *binding)
{
  binding->shadowed = js_resolver_find (self, binding->key);
  g_hash_table_insert (self->names, (gpointer) binding->key, binding);
  g_ptr_array_add (self->pushed, binding);
}

void
js_resolver_list (Binding *binding)
{
  JsScope *scope = binding->base.scope;

  if (binding->listed)
    return;
  binding->listed = TRUE;
  if (scope->last != NULL)
    scope->last->next = &binding->base;
  else
    scope->first = &binding->base;
  scope->last = &binding->base;
}

/* In the current scope, without asking whether it may. */
Binding *
js_resolver_declare (Resolver *self, JsBindingKind kind, const JsText *name, const JsNode *node)
{
  Binding *binding = js_resolver_new (self, self->scope, kind, name, node);

  js_resolver_push (self, binding);
  js_resolver_list (binding);
  return binding;
}

/* The hole may be found by code at @at: before the declaration, or in a function that is made before it was reached. */
static gboolean
may_find_hole (const Resolver *self, const Binding *binding, guint32 at)
{
  const Scope *scope = (const Scope *) binding->base.scope, *function = (const Scope *) scope->base.function;

  if (binding->initialised == 0 || at == G_MAXUINT32)
    return FALSE;
  if (function != js_resolver_function (self))
    at = ((const Scope *) g_ptr_array_index (self->functions, function->depth + 1))->created;
  return scope->nonlinear || at < binding->initialised;
}

/* Notes a use at @at in the current function; at G_MAXUINT32 when it is the declaration itself. Returns whether it has
 * to be checked. */
gboolean
js_resolver_uses (Resolver *self, Binding *binding, guint32 at)
{
  gboolean hole = may_find_hole (self, binding, at);

  js_resolver_list (binding);
  binding->base.used = TRUE;
  binding->base.captured = binding->base.captured || binding->base.scope->function != self->scope->base.function;
  binding->base.checked = binding->base.checked || hole;
  return hole;
}

gboolean
js_scope_analyse (const JsSource *source, JsArena *arena, JsNode *script, GError **error)
{
  Resolver self = { .source = source, .arena = arena, .error = error };

  self.arguments = js_arena_string (arena, "arguments");
  self.names = g_hash_table_new (NULL, NULL);
  self.hoisted = g_hash_table_new (NULL, NULL);
  self.pushed = g_ptr_array_new ();
  self.targets = g_ptr_array_new ();
  self.functions = g_ptr_array_new ();
  js_resolve (&self, script);
  g_hash_table_unref (self.names);
  g_hash_table_unref (self.hoisted);
  g_ptr_array_unref (self.pushed);
  g_ptr_array_unref (self.targets);
  g_ptr_array_unref (self.functions);
  return !self.failed;
}
