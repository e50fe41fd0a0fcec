/* lexer.h - from a source to tokens, one at a time, at any place
 *
 * The lexer keeps no state but its place: the parser looks ahead by reading a token and setting the place back. A slash
 * is read as an operator; where the grammar wants a value the parser has the token read again as a regular expression,
 * and likewise a brace that goes on with a template.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "source.h"
#include "token.h"

G_BEGIN_DECLS

/* A comment that speaks to the person or the machine. */
typedef enum
{
  JS_COMMENT_NARRATION,   /* //: text; what follows on the next lines alone is the same text */
  JS_COMMENT_INSTRUCTION, /* //! instruction */
} JsCommentKind;

typedef struct
{
  JsCommentKind kind;
  guint32 start, end;
  gboolean alone; /* nothing but blanks before it on its line */
  const JsText *text;
} JsComment;

/* What is wrong with an escape, and where; nothing while message is NULL. */
typedef struct
{
  guint32 start, end;
  const char *message;
} JsWrong;

/* The first thing that is wrong; none while message is NULL. */
typedef struct
{
  guint32 start, end;
  char *message;
} JsProblem;

typedef struct
{
  const JsSource *source;
  JsArena *arena;
  guint32 at;
  guint32 heard;    /* comments before this are in the list */
  GArray *comments; /* of JsComment, in order */
  JsProblem problem;
  GString *buffer;
} JsLexer;

void js_lexer_init (JsLexer *self, const JsSource *source, JsArena *arena);
void js_lexer_clear (JsLexer *self);
void js_lexer_next (JsLexer *self, JsToken *token);
void js_lexer_regex (JsLexer *self, JsToken *token);
void js_lexer_template (JsLexer *self, JsToken *token);
void js_lexer_fail (JsLexer *self, guint32 start, guint32 end, const char *format, ...) G_GNUC_PRINTF (4, 5);

/* For lexer.c and literal.c. */
gboolean js_lexer_is_name_start (gunichar c);
gboolean js_lexer_is_name_part (gunichar c);
gboolean js_lexer_unicode_escape (JsLexer *self, guint32 *at, gunichar *c, JsWrong *wrong);
void js_lexer_number (JsLexer *self, JsToken *token);
void js_lexer_string (JsLexer *self, JsToken *token);

G_END_DECLS
