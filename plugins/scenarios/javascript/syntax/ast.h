/* ast.h - the syntax tree: nodes of one shape, as long as their kind has children
 *
 * A child is one node, perhaps none, or the first of a list (linked by next). A parent is higher than its children, and
 * no node is higher than JS_HIGHEST, so that whoever walks the tree may recurse.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "token.h"

G_BEGIN_DECLS

#define JS_HIGHEST 2500
#define JS_MOST_CHILDREN 4

typedef struct _JsBinding JsBinding;
typedef struct _JsScope JsScope;

/* name, what the printer calls it, its children: n one node, ? one or none, * a list.
 *
 *   expressions
 *     IDENTIFIER     text; binding
 *     NUMBER         number            BIGINT   text: digits, with 0x, 0o or 0b before them when written so
 *     STRING         text              BOOLEAN  number 0 or 1
 *     REGEX          text: pattern; a STRING of flags
 *     TEMPLATE       pieces, values: one piece more than values
 *     PIECE          text: cooked, NULL when its escapes are wrong (only tagged); a STRING, the raw text
 *     TAGGED         tag, TEMPLATE
 *     ARRAY          elements: expressions, HOLEs, SPREADs
 *     OBJECT         PROPERTYs, SPREADs
 *     PROPERTY       key (STRING, NUMBER, BIGINT or with COMPUTED any), value. GETTER, SETTER, METHOD: a FUNCTION.
 *                    SHORTHAND; PROTO: __proto__: value. In a pattern the value is a target, perhaps in a DEFAULT
 *     FUNCTION       name, parameters (targets, DEFAULTs, a REST), body (statements, or with EXPRESSION_BODY a value)
 *     CLASS          name, heritage, members
 *     MEMBER         object, STRING or PRIVATE_NAME    INDEX  object, key     (OPTIONAL: with ?.)
 *     CALL           callee, arguments (OPTIONAL)      NEW    callee, arguments
 *     CHAIN          the whole of a chain with ?.: what is undefined as soon as an OPTIONAL finds null or undefined
 *     SUPER          only as object of MEMBER and INDEX and callee of CALL
 *     UNARY, UPDATE (PREFIX), BINARY (left may be a PRIVATE_NAME with in), LOGICAL, ASSIGN: op
 *     YIELD          value (DELEGATE)   AWAIT  value
 *     SEQUENCE       values
 *   patterns
 *     ARRAY_PATTERN  targets, DEFAULTs, HOLEs, a REST    OBJECT_PATTERN  PROPERTYs, a REST
 *     DEFAULT        target, value                       REST            target
 *     a target is an IDENTIFIER, a pattern or, in an assignment, a MEMBER or INDEX
 *   members of classes (STATIC, COMPUTED)
 *     METHOD         key (may be a PRIVATE_NAME), FUNCTION (flags on it: CONSTRUCTOR, GETTER, SETTER)
 *     FIELD          key, FUNCTION or none: an EXPRESSION_BODY that gives the value, run with this = the object
 *     STATIC_BLOCK   FUNCTION, run with this = the class
 *   statements
 *     SCRIPT         statements; like a FUNCTION with the parameters of a module of Node
 *     VARIABLES      DECLARATORs; op: VAR, CONST, or IDENTIFIER for let
 *     DECLARATOR     target, value
 *     FUNCTION, CLASS with DECLARATION
 *     IF             test, then, otherwise          SWITCH   value, CASEs
 *     FOR            init, test, update, body       CASE     test (none: default), statements
 *     FOR_IN         VARIABLES or target, object, body (FOR_OF likewise; AWAIT)
 *     WHILE          test, body                     DO       body, test
 *     BREAK, CONTINUE  text: label or NULL          LABELED  text: label; statement
 *     TRY            block, CATCH, block            CATCH    target, BLOCK */
#define JS_NODES(X)                         \
  X (IDENTIFIER, "id", "")                  \
  X (NUMBER, "number", "")                  \
  X (BIGINT, "bigint", "")                  \
  X (STRING, "string", "")                  \
  X (BOOLEAN, "boolean", "")                \
  X (NULL, "null", "")                      \
  X (REGEX, "regex", "n")                   \
  X (TEMPLATE, "template", "**")            \
  X (PIECE, "piece", "n")                   \
  X (TAGGED, "tagged", "nn")                \
  X (THIS, "this", "")                      \
  X (SUPER, "super", "")                    \
  X (NEW_TARGET, "new.target", "")          \
  X (ARRAY, "array", "*")                   \
  X (HOLE, "hole", "")                      \
  X (SPREAD, "spread", "n")                 \
  X (OBJECT, "object", "*")                 \
  X (PROPERTY, "property", "nn")            \
  X (FUNCTION, "function", "?**")           \
  X (CLASS, "class", "??*")                 \
  X (METHOD, "method", "nn")                \
  X (FIELD, "field", "n?")                  \
  X (STATIC_BLOCK, "static-block", "n")     \
  X (PRIVATE_NAME, "private", "")           \
  X (MEMBER, "member", "nn")                \
  X (INDEX, "index", "nn")                  \
  X (CALL, "call", "n*")                    \
  X (NEW, "new", "n*")                      \
  X (CHAIN, "chain", "n")                   \
  X (UNARY, "unary", "n")                   \
  X (UPDATE, "update", "n")                 \
  X (BINARY, "binary", "nn")                \
  X (LOGICAL, "logical", "nn")              \
  X (ASSIGN, "assign", "nn")                \
  X (CONDITIONAL, "conditional", "nnn")     \
  X (SEQUENCE, "sequence", "*")             \
  X (YIELD, "yield", "?")                   \
  X (AWAIT, "await", "n")                   \
  X (ARRAY_PATTERN, "array-pattern", "*")   \
  X (OBJECT_PATTERN, "object-pattern", "*") \
  X (DEFAULT, "default", "nn")              \
  X (REST, "rest", "n")                     \
  X (SCRIPT, "script", "*")                 \
  X (VARIABLES, "variables", "*")           \
  X (DECLARATOR, "declarator", "n?")        \
  X (EXPRESSION, "expression", "n")         \
  X (BLOCK, "block", "*")                   \
  X (EMPTY, "empty", "")                    \
  X (IF, "if", "nn?")                       \
  X (FOR, "for", "???n")                    \
  X (FOR_IN, "for-in", "nnn")               \
  X (FOR_OF, "for-of", "nnn")               \
  X (WHILE, "while", "nn")                  \
  X (DO, "do", "nn")                        \
  X (RETURN, "return", "?")                 \
  X (THROW, "throw", "n")                   \
  X (BREAK, "break", "")                    \
  X (CONTINUE, "continue", "")              \
  X (LABELED, "labeled", "n")               \
  X (SWITCH, "switch", "n*")                \
  X (CASE, "case", "?*")                    \
  X (TRY, "try", "n??")                     \
  X (CATCH, "catch", "?n")                  \
  X (DEBUGGER, "debugger", "")

typedef enum
{
#define NODE_ENUM(name, text, children) JS_NODE_##name,
  JS_NODES (NODE_ENUM)
#undef NODE_ENUM
      JS_N_NODES
} JsNodeKind;

/* name, what the printer calls it */
#define JS_FLAGS(X)                      \
  X (ARROW, "arrow")                     \
  X (ASYNC, "async")                     \
  X (GENERATOR, "generator")             \
  X (IS_METHOD, "method")                \
  X (GETTER, "getter")                   \
  X (SETTER, "setter")                   \
  X (CONSTRUCTOR, "constructor")         \
  X (DERIVED, "derived")                 \
  X (INITIALIZER, "initializer")         \
  X (EXPRESSION_BODY, "expression-body") \
  X (DECLARATION, "declaration")         \
  X (STRICT, "strict")                   \
  X (STATIC, "static")                   \
  X (COMPUTED, "computed")               \
  X (SHORTHAND, "shorthand")             \
  X (PROTO, "proto")                     \
  X (OPTIONAL, "optional")               \
  X (PREFIX, "prefix")                   \
  X (DELEGATE, "delegate")               \
  X (IS_AWAIT, "await")                  \
  X (PARENTHESIZED, "parenthesized")     \
  X (TRAILING_COMMA, "trailing-comma")   \
  X (ESCAPED, "escaped")                 \
  X (CHECKED, "checked")                 \
  X (ASSIGNED, "assigned")               \
  X (HOISTED, "hoisted")

enum
{
#define FLAG_BIT(name, text) JS_FLAG_BIT_##name,
  JS_FLAGS (FLAG_BIT)
#undef FLAG_BIT
};

typedef enum
{
#define FLAG_ENUM(name, text) JS_FLAG_##name = 1 << JS_FLAG_BIT_##name,
  JS_FLAGS (FLAG_ENUM)
#undef FLAG_ENUM
} JsFlag;

typedef struct _JsNode JsNode;
struct _JsNode
{
  guint8 kind; /* JsNodeKind */
  guint8 op;   /* JsTokenKind */
  guint16 height;
  guint32 flags;      /* JsFlag */
  guint32 start, end; /* bytes of the source */
  guint32 at;         /* where its errors are: at the operator; of a call at the name or else the parenthesis */
  JsNode *next;       /* in a list */
  union
  {
    const JsText *text;
    double number;
  };
  union
  {
    JsBinding
        *binding;   /* IDENTIFIER, THIS, NEW_TARGET, SUPER: by scope analysis; NULL: a property of the global object */
    JsScope *scope; /* of a node that opens one */
  };
  JsNode *child[];
};

const char *js_node_children (JsNodeKind kind);
JsNode *js_node_new (JsArena *arena, JsNodeKind kind, guint32 start);
/** Where V8 says that the expression is. */
guint32 js_node_place (const JsNode *self);
gboolean js_node_finish (JsNode *self, guint32 end);
/** Whether it is a property whose key stands there: no rest, not computed. */
gboolean js_is_plain_property (const JsNode *node);
/** Where V8 reports that an object pattern has nothing to take apart: at its first key. */
guint32 js_pattern_place (const JsNode *pattern);
void js_node_print (const JsNode *self, GString *out);

G_END_DECLS
