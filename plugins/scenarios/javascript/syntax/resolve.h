/* resolve.h - what the files of scope analysis share
 *
 * The tree is walked once. All names of a scope are declared when it is entered, so that a name means the binding that
 * was declared last: names maps each to it, and each binding knows the one that it hides.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "lexer.h"
#include "scope.h"

G_BEGIN_DECLS

typedef struct _Binding Binding;
struct _Binding
{
  JsBinding base;
  Binding *shadowed;
  const JsText *key;   /* what it is found by: of a private name with its # */
  guint32 initialised; /* uses before this place of the source may find the hole */
  gboolean listed;     /* among the scope's; those that are made when used are not, until then */
};

typedef struct _Scope Scope;
struct _Scope
{
  JsScope base;
  guint pushed;       /* names that were declared before it */
  gboolean nonlinear; /* a switch: code may be skipped */

  /* of functions */
  guint depth;
  guint32 created;  /* no closure of it is made before this place */
  Scope *receiver;  /* the function whose this it sees: itself unless it is an arrow function */
  Scope *home;      /* the class or object that it is a member of */
  gboolean simple;  /* parameters without values, patterns and rest */
  gboolean derived; /* the constructor of a derived class */
  gboolean is_static;
  Binding *this_binding, *new_target;

  /* of classes and objects */
  Binding *home_binding, *static_home;
};

typedef struct
{
  const JsSource *source;
  JsArena *arena;
  const JsText *arguments;
  GHashTable *names;    /* JsText -> Binding that it means here */
  GPtrArray *pushed;    /* Bindings in names, the newest last */
  GPtrArray *targets;   /* identifiers of the last js_resolver_names () */
  GHashTable *hoisted;  /* JsText -> how many blocks around declare it, while the vars of a function are looked for */
  GPtrArray *functions; /* Scopes of the functions around, by depth */
  Scope *scope;
  GError **error;
  gboolean failed;
} Resolver;

/* scope.c */
Scope *js_resolver_open (Resolver *self, JsScopeKind kind, JsNode *node);
void js_resolver_close (Resolver *self);
Scope *js_resolver_function (const Resolver *self);
void js_resolver_fail (Resolver *self, guint32 start, guint32 end, const char *format, ...) G_GNUC_PRINTF (4, 5);
Binding *js_resolver_find (const Resolver *self, const JsText *key);
Binding *js_resolver_find_in (const Resolver *self, const JsText *key, const Scope *scope);
Binding *js_resolver_new (Resolver *self, Scope *scope, JsBindingKind kind, const JsText *name, const JsNode *node);
void js_resolver_push (Resolver *self, Binding *binding);
void js_resolver_list (Binding *binding);
Binding *js_resolver_declare (Resolver *self, JsBindingKind kind, const JsText *name, const JsNode *node);
gboolean js_resolver_uses (Resolver *self, Binding *binding, guint32 at);

/* declare.c */
void js_resolver_names (Resolver *self, JsNode *target);
void js_declare_parameters (Resolver *self, JsNode *function);
void js_declare_vars (Resolver *self, JsNode *body);
void js_declare_body (Resolver *self, JsNode *body);
void js_declare_block (Resolver *self, JsNode *statements);
void js_declare_target (Resolver *self, JsBindingKind kind, JsNode *target, guint32 initialised);

/* resolve.c, resolve_class.c */
void js_resolve (Resolver *self, JsNode *node);
void js_resolve_list (Resolver *self, JsNode *first);
void js_resolve_function (Resolver *self, JsNode *function, guint32 created, Scope *home, gboolean is_static);
void js_resolve_class (Resolver *self, JsNode *node);
void js_resolve_object (Resolver *self, JsNode *node);
void js_resolve_this (Resolver *self, JsNode *node);
void js_resolve_super (Resolver *self, JsNode *node);

/* refused.c */
void js_refuse_global (Resolver *self, const JsNode *node);
void js_refuse_member (Resolver *self, const JsNode *node);
void js_refuse_call (Resolver *self, const JsNode *node);

G_END_DECLS
