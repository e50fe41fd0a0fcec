/* token.h - the tokens of ECMAScript 2022
 *
 * Words that are keywords only in some places (let, static, async, await, yield, of, get, set) are identifiers here;
 * the parser looks at their text.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "arena.h"

G_BEGIN_DECLS

/* name, text; the groups are in an order that js_token_is_…() and the parser rely on */
#define JS_TOKENS(X)                \
  X (END, "end")                    \
  X (IDENTIFIER, "identifier")      \
  X (PRIVATE_NAME, "private name")  \
  X (NUMBER, "number")              \
  X (BIGINT, "bigint")              \
  X (STRING, "string")              \
  X (TEMPLATE, "template")          \
  X (REGEX, "regex")                \
  X (LBRACE, "{")                   \
  X (RBRACE, "}")                   \
  X (LPAREN, "(")                   \
  X (RPAREN, ")")                   \
  X (LBRACKET, "[")                 \
  X (RBRACKET, "]")                 \
  X (DOT, ".")                      \
  X (ELLIPSIS, "...")               \
  X (SEMICOLON, ";")                \
  X (COMMA, ",")                    \
  X (QUESTION, "?")                 \
  X (QUESTION_DOT, "?.")            \
  X (COLON, ":")                    \
  X (ARROW, "=>")                   \
  X (NOT, "!")                      \
  X (TILDE, "~")                    \
  X (INCREMENT, "++")               \
  X (DECREMENT, "--")               \
  X (COALESCE, "??")                \
  X (OR, "||")                      \
  X (AND, "&&")                     \
  X (BIT_OR, "|")                   \
  X (BIT_XOR, "^")                  \
  X (BIT_AND, "&")                  \
  X (EQUAL, "==")                   \
  X (NOT_EQUAL, "!=")               \
  X (SAME, "===")                   \
  X (NOT_SAME, "!==")               \
  X (LESS, "<")                     \
  X (GREATER, ">")                  \
  X (LESS_EQUAL, "<=")              \
  X (GREATER_EQUAL, ">=")           \
  X (SHIFT_LEFT, "<<")              \
  X (SHIFT_RIGHT, ">>")             \
  X (SHIFT_UNSIGNED, ">>>")         \
  X (PLUS, "+")                     \
  X (MINUS, "-")                    \
  X (TIMES, "*")                    \
  X (DIVIDE, "/")                   \
  X (MODULO, "%")                   \
  X (POWER, "**")                   \
  X (ASSIGN, "=")                   \
  X (ASSIGN_COALESCE, "?\?=")       \
  X (ASSIGN_OR, "||=")              \
  X (ASSIGN_AND, "&&=")             \
  X (ASSIGN_BIT_OR, "|=")           \
  X (ASSIGN_BIT_XOR, "^=")          \
  X (ASSIGN_BIT_AND, "&=")          \
  X (ASSIGN_SHIFT_LEFT, "<<=")      \
  X (ASSIGN_SHIFT_RIGHT, ">>=")     \
  X (ASSIGN_SHIFT_UNSIGNED, ">>>=") \
  X (ASSIGN_PLUS, "+=")             \
  X (ASSIGN_MINUS, "-=")            \
  X (ASSIGN_TIMES, "*=")            \
  X (ASSIGN_DIVIDE, "/=")           \
  X (ASSIGN_MODULO, "%=")           \
  X (ASSIGN_POWER, "**=")           \
  X (BREAK, "break")                \
  X (CASE, "case")                  \
  X (CATCH, "catch")                \
  X (CLASS, "class")                \
  X (CONST, "const")                \
  X (CONTINUE, "continue")          \
  X (DEBUGGER, "debugger")          \
  X (DEFAULT, "default")            \
  X (DELETE, "delete")              \
  X (DO, "do")                      \
  X (ELSE, "else")                  \
  X (ENUM, "enum")                  \
  X (EXPORT, "export")              \
  X (EXTENDS, "extends")            \
  X (FALSE, "false")                \
  X (FINALLY, "finally")            \
  X (FOR, "for")                    \
  X (FUNCTION, "function")          \
  X (IF, "if")                      \
  X (IMPORT, "import")              \
  X (IN, "in")                      \
  X (INSTANCEOF, "instanceof")      \
  X (NEW, "new")                    \
  X (NULL, "null")                  \
  X (RETURN, "return")              \
  X (SUPER, "super")                \
  X (SWITCH, "switch")              \
  X (THIS, "this")                  \
  X (THROW, "throw")                \
  X (TRUE, "true")                  \
  X (TRY, "try")                    \
  X (TYPEOF, "typeof")              \
  X (VAR, "var")                    \
  X (VOID, "void")                  \
  X (WHILE, "while")                \
  X (WITH, "with")

typedef enum
{
#define TOKEN_ENUM(name, text) JS_TOKEN_##name,
  JS_TOKENS (TOKEN_ENUM)
#undef TOKEN_ENUM
      JS_N_TOKENS
} JsTokenKind;

typedef struct
{
  JsTokenKind kind;
  guint32 start, end;             /* bytes of the source */
  gboolean newline;               /* a line ended between the token before and this one */
  gboolean escaped;               /* an identifier or keyword written with \u, a string with any escape */
  gboolean tail;                  /* TEMPLATE: ends the literal, not a ${ */
  guint32 octal;                  /* where a legacy octal number or escape is, plus one */
  const char *complaint;          /* TEMPLATE: why it has no cooked text */
  guint32 wrong_start, wrong_end; /* and where */
  const JsText *text; /* a name, a string's value, a number as written, a regular expression's pattern; NULL: TEMPLATE
                         whose escapes are wrong */
  const JsText *raw;  /* TEMPLATE: its raw text; REGEX: its flags */
  double number;
} JsToken;

const char *js_token_text (JsTokenKind kind);
JsTokenKind js_token_keyword (const char *word, gsize length);
gboolean js_token_is_name (JsTokenKind kind);
gboolean js_token_is_assignment (JsTokenKind kind);
JsTokenKind js_token_operator (JsTokenKind assignment);
guint js_token_precedence (JsTokenKind kind);

G_END_DECLS
