/* scope.h - where names are declared, and which of them outlive their frame
 *
 * A scope has a heap context exactly when one of its bindings is used by an inner function; then all captured bindings
 * of the scope share that context, as in V8 (src/ast/scopes.cc): what one closure holds, all hold.
 *
 * Nodes that open a scope have it in node->scope, or NULL when it would be empty: SCRIPT, FUNCTION, BLOCK, FOR, FOR_IN,
 * FOR_OF, SWITCH, CATCH, CLASS, and an OBJECT whose methods say super. A name that is declared nowhere has no binding:
 * it is a property of the global object.
 *
 * Bindings on nodes: IDENTIFIER (in declarations too), PRIVATE_NAME; THIS (NULL: the frame's own), NEW_TARGET; SUPER:
 * the home object, and then the MEMBER, INDEX or CALL that it is of has the binding of this (NULL: the frame's own);
 * FIELD and METHOD: their MEMBER binding. A node has CHECKED when it may find the hole, ASSIGNED when it is assigned
 * (not where it is declared). A function's own name, arguments and a class's inner name are among the bindings only
 * when they are used.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "ast.h"
#include "source.h"

G_BEGIN_DECLS

typedef enum
{
  JS_SCOPE_FUNCTION, /* parameters, vars and the top of the body; of SCRIPT: the module's function */
  JS_SCOPE_BLOCK,    /* BLOCK, SWITCH, CATCH (its parameter; the body is a BLOCK of its own) */
  JS_SCOPE_LOOP,     /* FOR with let, FOR_IN, FOR_OF: a new context for each iteration */
  JS_SCOPE_CLASS,    /* the class's own name, private names, home objects, keys of computed fields */
  JS_SCOPE_OBJECT,   /* the home object of methods that say super */
} JsScopeKind;

typedef enum
{
  JS_BINDING_VAR,
  JS_BINDING_LET,
  JS_BINDING_CONST,
  JS_BINDING_FUNCTION,  /* a declaration: initialised when its scope is entered */
  JS_BINDING_CLASS,     /* the outer name (like let) */
  JS_BINDING_PARAMETER, /* simple or bound by a pattern; index: its place when it is an identifier of its own */
  JS_BINDING_CATCH,
  JS_BINDING_SELF,        /* the name of a function expression inside it: the closure; assigning does nothing (strict:
                             TypeError) */
  JS_BINDING_CLASS_SELF,  /* the name of a class inside it: const */
  JS_BINDING_ARGUMENTS,   /* made when used */
  JS_BINDING_THIS,        /* made when an arrow uses it, and in derived constructors (checked: super () comes first) */
  JS_BINDING_NEW_TARGET,  /* made when used */
  JS_BINDING_HOME,        /* the object that methods with super stand in: a class's prototype, or an object literal */
  JS_BINDING_STATIC_HOME, /* the class itself, for super in static members and for super () */
  JS_BINDING_PRIVATE,     /* #name: name without the # */
  JS_BINDING_MEMBER,      /* of a FIELD or METHOD, which has it: what an instance's initialisation needs of the class's
                             definition: the computed key of a field, the closure of a private method */
} JsBindingKind;

struct _JsBinding
{
  const JsText *name; /* NULL for those that have none */
  guint8 kind;        /* JsBindingKind */
  gboolean captured;  /* lives in its scope's context, in slot @index there */
  gboolean checked;   /* some use may come before the initialisation: it begins as the hole */
  gboolean assigned;  /* after its initialisation */
  gboolean used;      /* somewhere */
  gint index;         /* captured: its slot in the context, from 0; else the compiler's register */
  gint parameter;     /* a parameter's place from 0, or -1 */
  JsScope *scope;
  const JsNode
      *declaration; /* FUNCTION: the FUNCTION node; PRIVATE: its METHOD or FIELD; else the identifier, or NULL */
  JsBinding *other; /* or NULL. Of a function in a block: the var of its name, which gets its value where the
                       declaration stands (annex B.3.2). Of a var: the parameter of its name, with whose value it
                       begins */
  JsBinding *next;  /* of the scope, in order of declaration */
};

struct _JsScope
{
  guint8 kind; /* JsScopeKind */
  gboolean strict;
  gboolean sloppy_arguments; /* sloppy, with simple parameters: arguments.callee is there */
  gboolean reads_this;       /* of a function, its own, be it in an arrow */
  gboolean mapped_arguments; /* sloppy, with simple parameters, and uses arguments: these are captured, then */
  guint n_captured;          /* slots of its context; 0: no context */
  JsScope *outer;            /* NULL for the script's */
  JsScope *function;         /* the scope of the function it is in: itself, perhaps */
  JsNode *node;
  JsBinding *first, *last;
};

/** Resolve the names of @script, whose nodes live in @arena. FALSE with an error in Node's words. */
gboolean js_scope_analyse (const JsSource *source, JsArena *arena, JsNode *script, GError **error);

G_END_DECLS
