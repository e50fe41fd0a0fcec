/* compile.h - what the files of the compiler share: the function that is being compiled
 *
 * js_compile_expression () leaves a value in the accumulator A. What must outlive another expression goes to a
 * temporary register; temporaries are a stack above the function's locals.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "compiler/bytecode.h"
#include "syntax/lexer.h"

G_BEGIN_DECLS

/* The machine's stack counts a frame's words in 16 bits. */
#define JS_MOST_REGISTERS 60000u

/* The whole program. */
typedef struct
{
  const JsSource *source;
  JsArena *arena;
  GPtrArray *codes; /* of JsCode */
  GArray *comments; /* of JsComment, in order; borrowed */
  gboolean has_narration;
  GHashTable *spoken; /* places in @comments that have their instruction */
  char *complaint;    /* the first thing that is too large */
  guint32 complaint_at;
} JsUnit;

typedef struct _JsControl JsControl;

/* The function that is being compiled. */
typedef struct _JsCompiler JsCompiler;
struct _JsCompiler
{
  JsUnit *unit;
  JsCompiler *outer;
  guint outer_contexts; /* contexts of the outer function when the closure is made */
  JsCode *code;
  GArray *words, *handlers, *positions;
  guint32 after_statement;    /* where the last STATEMENT ends */
  GArray *constants;          /* of JsConstant */
  GHashTable *shared;         /* texts and numbers -> constant + 1 */
  GPtrArray *names;           /* of registers; NULL: temporaries */
  guint n_locals;             /* registers below the temporaries */
  guint top;                  /* the first free temporary */
  guint most;                 /* the highest top so far */
  guint statement_top;        /* the highest top since the statement began */
  GPtrArray *contexts;        /* of JsScope: those that have a context here, outermost first */
  JsControl *control;         /* what jumps leave, innermost */
  const char *inferred;       /* what the next function without a name is assigned to; NULL: nothing */
  const JsNode *value_unused; /* an expression whose value nobody wants */
  guint rest;                 /* register of the rest parameter's array */
  guint to_say;               /* 1 + the number of the narration for the next statement; 0: none */
  guint32 comment_at;         /* comments before this place in the source were spoken */
};

/* ---- builder.c: instructions, constants, registers --------------------------------------------------------------- */

guint32 js_emit (JsCompiler *self, JsBytecode bytecode);
guint32 js_emit_1 (JsCompiler *self, JsBytecode bytecode, guint32 a);
guint32 js_emit_2 (JsCompiler *self, JsBytecode bytecode, guint32 a, guint32 b);
guint32 js_emit_3 (JsCompiler *self, JsBytecode bytecode, guint32 a, guint32 b, guint32 c);
/** What follows stands at this place of the source. */
void js_place (JsCompiler *self, guint32 offset);
/** An expression that stands like a statement. */
void js_place_statement (JsCompiler *self, const JsNode *node);
void js_place_name (JsCompiler *self, guint32 offset);
guint32 js_here (const JsCompiler *self);
guint32 js_cache (JsCompiler *self);
guint32 js_constant_text (JsCompiler *self, const JsText *text);
guint32 js_constant (JsCompiler *self, const JsConstant *constant);
guint js_temporary (JsCompiler *self);
guint js_temporaries (JsCompiler *self, guint n);
/** Give back all temporaries from @r on. */
void js_release (JsCompiler *self, guint r);

/* Jumps forward: a list of instructions that go to a place not known yet. */
typedef GArray JsLabel;
JsLabel *js_label (void);
/** Its operand @operand is the label: 0, the first, or 1. */
void js_jump (JsCompiler *self, JsBytecode bytecode, JsLabel *label);
void js_jump_register (JsCompiler *self, JsBytecode bytecode, guint32 r, JsLabel *label);
void js_jump_smi (JsCompiler *self, guint32 r, gint32 smi, JsLabel *label);
/** Here is where it leads; frees it. */
void js_label_here (JsCompiler *self, JsLabel *label);
void js_handler_first (JsCompiler *self, guint32 start, guint32 end, guint32 handler);
void js_handler (JsCompiler *self, guint32 start, guint32 end, guint32 handler);
void js_complain (JsCompiler *self, const char *format, guint most) G_GNUC_PRINTF (2, 0);

/* ---- variable.c: bindings and scopes ----------------------------------------------------------------------------- */

void js_enter_scope (JsCompiler *self, JsScope *scope);
void js_leave_scope (JsCompiler *self, JsScope *scope);
/** Registers for all bindings of the scopes in @node that have no context. */
void js_allocate_locals (JsCompiler *self, const JsNode *node);
void js_allocate_scope (JsCompiler *self, JsScope *scope);
void js_load_binding (JsCompiler *self, const JsBinding *binding, gboolean checked);
/** The first value of @binding: A, which stays. */
void js_initialise (JsCompiler *self, const JsBinding *binding);
/** Another value: A. */
void js_assign_binding (JsCompiler *self, const JsBinding *binding, gboolean checked);
/** The register of a variable that can be read at once; or G_MAXUINT. */
guint js_register_of (const JsNode *node);
JsBinding *js_find_binding (JsScope *scope, JsBindingKind kind);
void js_pop_contexts (JsCompiler *self, guint n_left);

/* ---- expressions ------------------------------------------------------------------------------------------------- */

void js_compile_expression (JsCompiler *self, const JsNode *node);
/** The value in a register, perhaps a variable's own where @later cannot change it. */
guint js_compile_operand (JsCompiler *self, const JsNode *node, const JsNode *later);
/** The value in a new temporary. */
guint js_compile_temporary (JsCompiler *self, const JsNode *node);
/** An expression whose value is @name'd, when it is an anonymous function or class. */
void js_compile_named (JsCompiler *self, const JsNode *node, const JsText *name);
/** Jump where the value is true, or false. */
void js_compile_condition (JsCompiler *self, const JsNode *node, gboolean when, JsLabel *label);
/** Whether @node is a number that is an operand of a bytecode. */
gboolean js_is_small (const JsNode *node, guint32 *operand);
/** The operator @op on register @r and @right, into A. */
void js_compile_binary_with (JsCompiler *self, guint op, guint r, const JsNode *right, guint32 position);
void js_compile_operator (JsCompiler *self, const JsNode *node);
void js_compile_call (JsCompiler *self, const JsNode *node, JsLabel *chain);
void js_compile_member (JsCompiler *self, const JsNode *node, JsLabel *chain);
void js_compile_chain_part (JsCompiler *self, const JsNode *node, JsLabel *chain);
void js_compile_this (JsCompiler *self, const JsNode *node);
gboolean js_is_anonymous (const JsNode *value);
guint js_compile_method (JsCompiler *self, const JsNode *callee, JsLabel *chain);
void js_load_private (JsCompiler *self, const JsNode *name);
void js_compile_object (JsCompiler *self, const JsNode *node);
void js_compile_array (JsCompiler *self, const JsNode *first);
void js_compile_template (JsCompiler *self, const JsNode *node);
void js_compile_tagged (JsCompiler *self, const JsNode *node);
/** The key of a PROPERTY, FIELD or METHOD into A. */
void js_compile_key (JsCompiler *self, const JsNode *key, gboolean computed);
/** What a function without a name is called that is assigned to @target: "a.b"; NULL: nothing (V8: FuncNameInferrer).
 */
const char *js_infer_name (JsCompiler *self, const JsNode *target);
void js_compile_assignment (JsCompiler *self, const JsNode *node);
void js_compile_update (JsCompiler *self, const JsNode *node);
/** Store A in a target: a name, member or pattern. @declares: it is initialised. */
void js_compile_store (JsCompiler *self, const JsNode *target, gboolean declares);
void js_compile_function_value (JsCompiler *self, const JsNode *node, const JsText *name);
void js_compile_class (JsCompiler *self, const JsNode *node, const JsText *name);
void js_compile_yield (JsCompiler *self, const JsNode *node);
void js_compile_await (JsCompiler *self);

/* ---- functions --------------------------------------------------------------------------------------------------- */

JsCompiler *js_compiler_new (JsUnit *unit, JsCompiler *outer, const JsNode *node, const char *name);
JsCode *js_compiler_finish (JsCompiler *self);
JsCode *js_compile_function (JsCompiler *outer, const JsNode *node, const char *name);
void js_create_closure (JsCompiler *self, JsCode *code);

/* ---- statements -------------------------------------------------------------------------------------------------- */

/** How comments that speak stand to the statement that is compiled. */
typedef enum
{
  JS_SPEECH_BEFORE, /* it follows: the narration is said at it, the instructions before are places of their own */
  JS_SPEECH_WITHIN, /* they stand in it */
  JS_SPEECH_LAST,   /* no statement follows */
} JsSpeech;

/** The comments before @until, each once: those of an inner function are its own. */
void js_speak (JsCompiler *self, guint32 until, JsSpeech speech);
/** A statement, or another place where a person stops, and what the comment before it says. */
void js_begin_statement (JsCompiler *self, guint32 start);
void js_compile_statement (JsCompiler *self, const JsNode *node);
void js_compile_statements (JsCompiler *self, const JsNode *first);
/** The functions that are declared in @scope get their closures. */
void js_hoist_functions (JsCompiler *self, JsScope *scope);
void js_compile_loop (JsCompiler *self, const JsNode *node);
void js_compile_try (JsCompiler *self, const JsNode *node);

typedef enum
{
  JS_CONTROL_LOOP,
  JS_CONTROL_SWITCH,
  JS_CONTROL_LABEL,    /* of another statement */
  JS_CONTROL_FINALLY,  /* its block has to be gone through */
  JS_CONTROL_ITERATOR, /* to be closed on the way out */
} JsControlKind;

struct _JsControl
{
  JsControlKind kind;
  JsControl *outer;
  guint n_contexts;            /* when it began */
  const GPtrArray *labels;     /* of JsText: names of the statement, NULL: none */
  JsLabel *breaks, *continues; /* continues: of loops */
  guint r;                     /* ITERATOR: its registers; FINALLY: which way, and the value */
  gboolean is_async;
  gboolean is_pattern; /* ITERATOR: it is closed unless the register after its two is true */
  GArray *closings; /* ITERATOR: of pairs of guint32: where exits close it: what that throws does not close it again */
  JsLabel *entry;   /* FINALLY: its block */
  GArray *exits;    /* FINALLY: of JsExit: ways that go on behind the block */
};

typedef struct
{
  JsControl *target; /* NULL: return */
  gboolean is_continue;
} JsExit;

void js_control_begin (JsCompiler *self, JsControl *control, JsControlKind kind);
void js_control_end (JsCompiler *self, JsControl *control);
/** Leave for @target, through what lies between. */
void js_compile_exit (JsCompiler *self, JsControl *target, gboolean is_continue);
void js_compile_jump (JsCompiler *self, const JsNode *node);
void js_close_unless_done (JsCompiler *self, guint r, gboolean is_throwing);
void js_closings_here (JsCompiler *self, JsControl *control, guint context);
void js_close_iterator (JsCompiler *self, guint r, gboolean is_async, gboolean is_throwing);

GPtrArray *js_code_list_new (void);

G_END_DECLS
