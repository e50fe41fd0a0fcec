/* token.c - the tokens of ECMAScript 2022
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "token.h"

#include <string.h>

static const char *const TEXTS[] = {
#define TOKEN_TEXT(name, text) text,
  JS_TOKENS (TOKEN_TEXT)
#undef TOKEN_TEXT
};

const char *
js_token_text (JsTokenKind kind)
{
  g_return_val_if_fail (kind < JS_N_TOKENS, NULL);
  return TEXTS[kind];
}

/* The keyword spelled @word, or JS_TOKEN_IDENTIFIER. */
JsTokenKind
js_token_keyword (const char *word, gsize length)
{
  if (length < 2 || length > 10)
    return JS_TOKEN_IDENTIFIER;
  for (JsTokenKind kind = JS_TOKEN_BREAK; kind <= JS_TOKEN_WITH; kind++)
    {
      if (TEXTS[kind][0] == word[0] && strlen (TEXTS[kind]) == length && memcmp (TEXTS[kind], word, length) == 0)
        return kind;
    }
  return JS_TOKEN_IDENTIFIER;
}

/* Whether it can stand after a dot: an identifier or any keyword. */
gboolean
js_token_is_name (JsTokenKind kind)
{
  return kind == JS_TOKEN_IDENTIFIER || kind >= JS_TOKEN_BREAK;
}

gboolean
js_token_is_assignment (JsTokenKind kind)
{
  return kind >= JS_TOKEN_ASSIGN && kind <= JS_TOKEN_ASSIGN_POWER;
}

/* The operator of a compound assignment: `+` of `+=`. */
JsTokenKind
js_token_operator (JsTokenKind assignment)
{
  static const JsTokenKind OPERATORS[] = {
    JS_TOKEN_COALESCE, JS_TOKEN_OR,         JS_TOKEN_AND,         JS_TOKEN_BIT_OR,         JS_TOKEN_BIT_XOR,
    JS_TOKEN_BIT_AND,  JS_TOKEN_SHIFT_LEFT, JS_TOKEN_SHIFT_RIGHT, JS_TOKEN_SHIFT_UNSIGNED, JS_TOKEN_PLUS,
    JS_TOKEN_MINUS,    JS_TOKEN_TIMES,      JS_TOKEN_DIVIDE,      JS_TOKEN_MODULO,         JS_TOKEN_POWER,
  };

  g_return_val_if_fail (assignment > JS_TOKEN_ASSIGN && assignment <= JS_TOKEN_ASSIGN_POWER, JS_TOKEN_END);
  return OPERATORS[assignment - JS_TOKEN_ASSIGN_COALESCE];
}

/* How tightly a binary operator binds: 1 (??) to 12 (**); 0: not a binary operator. */
guint
js_token_precedence (JsTokenKind kind)
{
  static const guint8 PRECEDENCES[JS_N_TOKENS] = {
    [JS_TOKEN_COALESCE] = 1,
    [JS_TOKEN_OR] = 2,
    [JS_TOKEN_AND] = 3,
    [JS_TOKEN_BIT_OR] = 4,
    [JS_TOKEN_BIT_XOR] = 5,
    [JS_TOKEN_BIT_AND] = 6,
    [JS_TOKEN_EQUAL] = 7,
    [JS_TOKEN_NOT_EQUAL] = 7,
    [JS_TOKEN_SAME] = 7,
    [JS_TOKEN_NOT_SAME] = 7,
    [JS_TOKEN_LESS] = 8,
    [JS_TOKEN_GREATER] = 8,
    [JS_TOKEN_LESS_EQUAL] = 8,
    [JS_TOKEN_GREATER_EQUAL] = 8,
    [JS_TOKEN_IN] = 8,
    [JS_TOKEN_INSTANCEOF] = 8,
    [JS_TOKEN_SHIFT_LEFT] = 9,
    [JS_TOKEN_SHIFT_RIGHT] = 9,
    [JS_TOKEN_SHIFT_UNSIGNED] = 9,
    [JS_TOKEN_PLUS] = 10,
    [JS_TOKEN_MINUS] = 10,
    [JS_TOKEN_TIMES] = 11,
    [JS_TOKEN_DIVIDE] = 11,
    [JS_TOKEN_MODULO] = 11,
    [JS_TOKEN_POWER] = 12,
  };

  return PRECEDENCES[kind];
}
