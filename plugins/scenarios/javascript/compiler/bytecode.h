/* bytecode.h - what the compiler makes of a function and the interpreter runs
 *
 * An accumulator machine with registers, as V8's Ignition (src/interpreter/bytecodes.h). The registers of a function
 * are the locals of its stack frame on the simulated machine, in this order:
 *
 *   0                  this (the hole in a derived constructor, until super () was called)
 *   1 … n_parameters   its parameters, undefined where no argument was given
 *   JS_FUNCTION_REGISTER (code), JS_CONTEXT_REGISTER (code)   the closure; its context, or that of the current block
 *   then               locals, and temporaries as a stack; the hole at the start
 *
 * The first word of an instruction is its bytecode in the low 8 bits and its first operand in the 24 above (for Smis
 * with its sign); each other operand is a word of its own. Operands by letter:
 *
 *   r  a register          i  a Smi                  l  the index of a word of the code: where to jump
 *   k  a constant          n  a count or number      c  an inline cache: an index below n_caches, used once
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "syntax/scope.h"

G_BEGIN_DECLS

/* name, operands; in words: A is the accumulator */
#define JS_BYTECODES(X)                                                                                              \
  X (LDA_UNDEFINED, "")                                                                                              \
  X (LDA_NULL, "")                                                                                                   \
  X (LDA_TRUE, "")                                                                                                   \
  X (LDA_FALSE, "")                                                                                                  \
  X (LDA_HOLE, "")                                                                                                   \
  X (LDA_SMI, "i")      /* 24 bits; larger numbers are constants */                                                  \
  X (LDA_CONSTANT, "k") /* NUMBER, STRING or BIGINT */                                                               \
  X (LDAR, "r")                                                                                                      \
  X (STAR, "r")                                                                                                      \
  X (MOV, "rr")         /* second := first; A stays */                                                               \
  X (LDA_CONTEXT, "nn") /* contexts outwards from the current one, slot */                                           \
  X (STA_CONTEXT, "nn")                                                                                              \
  X (LDA_GLOBAL, "kc")        /* ReferenceError when there is none */                                                \
  X (LDA_GLOBAL_TYPEOF, "kc") /* undefined when there is none */                                                     \
  X (STA_GLOBAL, "kc")        /* strict code: ReferenceError when there is none */                                   \
  X (CHECK_HOLE, "k")         /* A is the hole: ReferenceError, `Cannot access 'x' before initialization` */         \
  X (CHECK_THIS, "")          /* A is the hole: super () was not called */                                           \
  X (CHECK_NOT_THIS, "")      /* A is not the hole: super () was called twice */                                     \
  X (THROW_CONST, "k")        /* TypeError: Assignment to constant variable. */                                      \
  X (GET_NAMED, "rkc")        /* A := object.name */                                                                 \
  X (SET_NAMED, "rkc")        /* object.name = A; strict by the code's flag */                                       \
  X (GET_KEYED, "rc")         /* A := object[A] */                                                                   \
  X (SET_KEYED, "rrc")        /* object[key] = A */                                                                  \
  X (DELETE_NAMED, "rk")                                                                                             \
  X (DELETE_KEYED, "r") /* delete object[A] */                                                                       \
  X (GET_SUPER, "rr")   /* A := (home object's prototype)[A] with this: home, this */                                \
  X (SET_SUPER, "rrr")  /* home, this, key; value A */                                                               \
  X (GET_PRIVATE, "rr") /* object, private name; TypeError where it has none */                                      \
  X (SET_PRIVATE, "rr")                                                                                              \
  X (ADD_PRIVATE, "rrn")        /* object, private name, value A, 1: name A; TypeError where it has one */           \
  X (ADD_PRIVATE_METHOD, "rrn") /* the same, not writable; n: 0 method, 1 getter, 2 setter */                        \
  X (HAS_PRIVATE, "r")          /* private name in A */                                                              \
  X (CREATE_PRIVATE_NAME, "k")  /* A := a new private symbol #k */                                                   \
  X (ADD, "r")                  /* A := register + A; and so on */                                                   \
  X (SUB, "r")                                                                                                       \
  X (MUL, "r")                                                                                                       \
  X (DIV, "r")                                                                                                       \
  X (MOD, "r")                                                                                                       \
  X (EXP, "r")                                                                                                       \
  X (BIT_OR, "r")                                                                                                    \
  X (BIT_XOR, "r")                                                                                                   \
  X (BIT_AND, "r")                                                                                                   \
  X (SHIFT_LEFT, "r")                                                                                                \
  X (SHIFT_RIGHT, "r")                                                                                               \
  X (SHIFT_UNSIGNED, "r")                                                                                            \
  X (ADD_SMI, "i") /* A := A + i */                                                                                  \
  X (SUB_SMI, "i")                                                                                                   \
  X (MUL_SMI, "i")                                                                                                   \
  X (DIV_SMI, "i")                                                                                                   \
  X (MOD_SMI, "i")                                                                                                   \
  X (BIT_OR_SMI, "i")                                                                                                \
  X (BIT_AND_SMI, "i")                                                                                               \
  X (SHIFT_LEFT_SMI, "i")                                                                                            \
  X (SHIFT_RIGHT_SMI, "i")                                                                                           \
  X (INC, "")                                                                                                        \
  X (DEC, "")                                                                                                        \
  X (NEGATE, "")                                                                                                     \
  X (BIT_NOT, "")                                                                                                    \
  X (TO_NUMERIC, "")          /* number or bigint */                                                                 \
  X (TO_NUMBER, "")           /* unary plus: a bigint is a TypeError */                                              \
  X (TO_STRING, "")           /* in templates: a symbol is a TypeError */                                            \
  X (TO_KEY, "")              /* a computed key: string, symbol or number */                                         \
  X (TO_OBJECT_COERCIBLE, "") /* destructuring: null and undefined are a TypeError */                                \
  X (NOT, "")                                                                                                        \
  X (TYPEOF, "")                                                                                                     \
  X (TEST_EQUAL, "r") /* A := register == A; and so on */                                                            \
  X (TEST_SAME, "r")                                                                                                 \
  X (TEST_LESS, "r")                                                                                                 \
  X (TEST_GREATER, "r")                                                                                              \
  X (TEST_LESS_EQUAL, "r")                                                                                           \
  X (TEST_GREATER_EQUAL, "r")                                                                                        \
  X (TEST_LESS_SMI, "i") /* A := A < i */                                                                            \
  X (TEST_GREATER_SMI, "i")                                                                                          \
  X (TEST_SAME_SMI, "i")                                                                                             \
  X (TEST_IN, "r")                                                                                                   \
  X (TEST_INSTANCEOF, "r")                                                                                           \
  X (JUMP, "l")                                                                                                      \
  X (JUMP_LOOP, "l")    /* backwards; where endless loops are cancelled */                                           \
  X (JUMP_IF_TRUE, "l") /* of ToBoolean (A); A stays */                                                              \
  X (JUMP_IF_FALSE, "l")                                                                                             \
  X (JUMP_IF_NULLISH, "l")                                                                                           \
  X (JUMP_IF_NOT_NULLISH, "l")                                                                                       \
  X (JUMP_IF_UNDEFINED, "l")                                                                                         \
  X (JUMP_IF_NOT_UNDEFINED, "l")                                                                                     \
  X (JUMP_IF_SMI, "lri")      /* the register holds just this Smi: for finally and resumed generators */             \
  X (CALL, "rrn")             /* callee, first argument, how many; this is undefined */                              \
  X (CALL_METHOD, "rrn")      /* callee, receiver, how many arguments; they follow the receiver */                   \
  X (CALL_SPREAD, "rrr")      /* callee, receiver, array of arguments */                                             \
  X (NEW, "rrn")              /* constructor, first argument, how many */                                            \
  X (NEW_SPREAD, "rr")        /* constructor, array of arguments */                                                  \
  X (SUPER_CALL, "rrn")       /* class whose super is called, first argument, how many. A := this */                 \
  X (SUPER_CALL_SPREAD, "rr") /* class, array of arguments */                                                        \
  X (RETURN, "")                                                                                                     \
  X (THROW, "")                                                                                                      \
  X (RETHROW, "")             /* what was thrown before, at the place where it was */                                \
  X (CREATE_CLOSURE, "k")     /* FUNCTION */                                                                         \
  X (CREATE_OBJECT, "kc")     /* LITERAL: with all its keys; those without a constant are undefined yet */           \
  X (CREATE_EMPTY_OBJECT, "") /* {} */                                                                               \
  X (INIT_NAMED, "rkc")       /* define an own enumerable property, as literals do; the key may be there */          \
  X (INIT_KEYED, "rrn")       /* object, key, 1: name the function A after the key (2 get, 3 set) */                 \
  X (INIT_PROTO, "r")         /* __proto__: A */                                                                     \
  X (DEFINE_METHOD, "rr")     /* object, key: as INIT_KEYED, not enumerable, A named after the key */                \
  X (DEFINE_GETTER, "rrn")    /* object, key, enumerable */                                                          \
  X (DEFINE_SETTER, "rrn")                                                                                           \
  X (COPY_PROPERTIES, "r")        /* {...A} into object */                                                           \
  X (COPY_REST, "rrn")            /* A := a copy of object without the keys in n registers from the second on */     \
  X (CREATE_ARRAY, "nnc")         /* so many holes to be filled; 1: with doubles, none of them something else */     \
  X (INIT_ELEMENT, "rn")          /* array[n] = A */                                                                 \
  X (APPEND, "r")                 /* A, perhaps the hole, to array */                                                \
  X (APPEND_SPREAD, "r")          /* all that A iterates over */                                                     \
  X (CREATE_REGEX, "kk")          /* pattern, flags */                                                               \
  X (CREATE_TEMPLATE_OBJECT, "k") /* TEMPLATE: made once */                                                          \
  X (CREATE_ARGUMENTS, "")        /* before anything else of the function, as CREATE_REST and LDA_NEW_TARGET */      \
  X (CREATE_REST, "n")            /* of the arguments from n on */                                                   \
  X (LDA_NEW_TARGET, "")                                                                                             \
  X (PUSH_CONTEXT, "k") /* SCOPE: a new context whose slots are holes is the current one */                          \
  X (POP_CONTEXT, "")                                                                                                \
  X (CLONE_CONTEXT, "")   /* the next iteration's, with the same values */                                           \
  X (CREATE_CLASS, "krr") /* FUNCTION of its constructor; heritage or the hole; constructor there, prototype next */ \
  X (SET_FIELDS, "r")     /* A: the function that initialises an instance of class r, called with it as this */      \
  X (RUN_FIELDS, "rr")    /* class, instance */                                                                      \
  X (GET_ITERATOR, "r")   /* of A: iterator there, its next method in the next register */                           \
  X (GET_ASYNC_ITERATOR, "r")                                                                                        \
  X (FOR_OF_NEXT, "rl")  /* A := next value, or jump */                                                              \
  X (ITERATOR_STEP, "r") /* destructuring: A := next value; undefined and r+2 := true where done (or it throws) */   \
  X (ITERATOR_REST, "r") /* A := array of what is left; r+2 := true */                                               \
  X (ITERATOR_CALL_NEXT, "r")   /* A := next () (of an async iterator: to be awaited) */                             \
  X (ITERATOR_RESULT, "l")      /* A is a result object: jump where done (A := its value), else A := its value */    \
  X (ITERATOR_CLOSE, "rn")      /* call return (); 1: an exception is on its way, so errors here are lost */         \
  X (ITERATOR_CLOSE_START, "r") /* async: A := return (), to be awaited, or undefined */                             \
  X (ITERATOR_CLOSED, "")       /* what that promised: TypeError unless A is an object */                            \
  X (FOR_IN_PREPARE, "r")       /* of A: object, keys, index in three registers */                                   \
  X (FOR_IN_NEXT, "rl")         /* A := next key, or jump */                                                         \
  X (CREATE_GENERATOR, "r")     /* of a generator or async function, after parameters: the object there. A generator \
                                   function returns it at once and goes on behind this when first resumed; an async  \
                                   function goes on */                                                               \
  X (YIELD, "r")        /* give A; when resumed A is what was sent and r how: 0 next, 2 return (throw throws) */     \
  X (YIELD_RESULT, "r") /* the same with A, a result object, as it is: yield* */                                     \
  X (AWAIT, "")         /* A := what the promise A comes to */                                                       \
  X (DELEGATE, "rr")    /* yield*: iterator and its next in two registers, how it was resumed: 0 next, 1 throw, 2    \
                           return. A := what that method gives for A; without a method return the second becomes 3   \
                           and A stays */                                                                            \
  X (STATEMENT, "n")    /* the source offset */                                                                      \
  X (COMMENT, "n")      /* comment n of the program speaks, or SILENCE */                                            \
  X (CLEAR, "rn")       /* so many temporaries from there on hold no reference any more */

/** The number of no comment: what was said before holds no longer. */
#define JS_COMMENT_SILENCE 0xffffffu

typedef enum
{
#define BYTECODE_ENUM(name, operands) JS_BYTECODE_##name,
  JS_BYTECODES (BYTECODE_ENUM)
#undef BYTECODE_ENUM
      JS_N_BYTECODES
} JsBytecode;

/* The operands' letters. */
const char *js_bytecode_operands (JsBytecode bytecode);

typedef struct _JsCode JsCode;

typedef enum
{
  JS_CONSTANT_NUMBER,
  JS_CONSTANT_STRING,   /* also names and keys */
  JS_CONSTANT_BIGINT,   /* text */
  JS_CONSTANT_FUNCTION, /* code */
  JS_CONSTANT_SCOPE,
  JS_CONSTANT_LITERAL,
  JS_CONSTANT_TEMPLATE, /* node: the TEMPLATE */
} JsConstantKind;

/* An object literal's keys, in order, and what they start with: a NUMBER, STRING, BOOLEAN or NULL node; NULL: undefined
 * until INIT_NAMED. Only keys that are no array indices. */
typedef struct
{
  guint n;
  const JsText **keys;
  const JsNode **values;
} JsLiteral;

typedef struct
{
  JsConstantKind kind;
  union
  {
    double number;
    const JsText *text;
    JsCode *code;
    const JsScope *scope;
    JsLiteral *literal;
    const JsNode *node;
  };
  gpointer atom; /* the runtime's: what it made of the constant */
  guint32 value; /* the runtime's: where it keeps it */
} JsConstant;

/* Where an exception goes that is thrown at start <= pc < end: the innermost is the first one in the list that fits. A
 * is the exception then; the compiler restores the context register. */
typedef struct
{
  guint32 start, end, handler;
} JsHandler;

typedef struct
{
  guint32 pc;     /* from this instruction on */
  guint32 offset; /* of the source */
} JsPosition;

/* An inline cache: owned by the runtime, zero at the start. */
typedef struct
{
  guint32 shape, new_shape, slot, holder;
} JsCache;

struct _JsCode
{
  guint32 id;           /* in JsCompiled.codes */
  char *name;           /* "" where it has none; "get x" for accessors as V8's function names are */
  const char *inferred; /* what it was assigned to where it has no name: "a.b"; NULL: nothing */
  const JsNode *node;
  guint32 flags;      /* JsFlag of the FUNCTION node; of a class's constructor with JS_FLAG_CONSTRUCTOR */
  guint32 start, end; /* the source text of toString () */
  gboolean strict;
  guint n_parameters; /* registers of parameters */
  guint length;       /* the property: parameters before the first default or rest */
  guint n_registers;
  char **register_names;    /* n_registers; NULL: a temporary */
  guint n_expected;         /* properties that a constructor gives to this */
  guint generator_register; /* 0: none */
  guint32 *words;
  guint n_words;
  JsConstant *constants;
  guint n_constants;
  JsHandler *handlers;
  guint n_handlers;
  JsPosition *positions; /* in order of pc */
  guint n_positions;
  guint32 entry; /* where an overflow of the stack at its call is, of the source */
  guint n_caches;
  JsCache *caches;     /* the runtime's; of n_caches */
  guint32 function;    /* the runtime's: the machine's function id, 0 before its first call */
  guint32 constructor; /* the same where it is called by new, 0 before that */
  guint32 shared;      /* the runtime's: its SharedFunctionInfo, 0 before its first closure */
  gpointer user_data;  /* the runtime's */
};

#define JS_FUNCTION_REGISTER(code) ((code)->n_parameters + 1)
#define JS_CONTEXT_REGISTER(code) ((code)->n_parameters + 2)

/* The pc of a function that was called and did not begin. */
#define JS_PC_ENTRY G_MAXUINT32

/** Where the instruction at @pc, or before it, stands in the source. */
guint32 js_code_position (const JsCode *self, guint32 pc);

/* All functions of a program; the first is the module's. */
typedef struct
{
  GPtrArray *codes; /* of JsCode, owned */
} JsCompiled;

/**
 * @script: with its names resolved; borrowed with @arena and @comments (of JsComment; nullable), must outlive the
 *   result. NULL with @error where something is too large.
 */
JsCompiled *js_compile (const JsSource *source, JsArena *arena, JsNode *script, GArray *comments, GError **error);
void js_compiled_free (JsCompiled *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JsCompiled, js_compiled_free)

G_END_DECLS
