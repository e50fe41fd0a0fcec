/* lexer.c - from a source to tokens: blanks, comments, names and punctuators (literals are in literal.c)
 *
 * Rules: ECMAScript 2022, chapter 12. Messages: Node 20's.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "lexer.h"

#include <stdarg.h>
#include <string.h>

/* Bytes after which the next line is narration of its own. */
#define LONGEST_NARRATION 4096

void
js_lexer_init (JsLexer *self, const JsSource *source, JsArena *arena)
{
  *self = (JsLexer){ .source = source, .arena = arena };
  self->comments = g_array_new (FALSE, FALSE, sizeof (JsComment));
  self->buffer = g_string_new (NULL);
}

void
js_lexer_clear (JsLexer *self)
{
  g_clear_pointer (&self->comments, g_array_unref);
  g_clear_pointer (&self->problem.message, g_free);
  if (self->buffer != NULL)
    g_string_free (self->buffer, TRUE);
  self->buffer = NULL;
}

/* Keeps the first problem. From then on every token is JS_TOKEN_END, so that the parser comes to its end by itself. */
void
js_lexer_fail (JsLexer *self, guint32 start, guint32 end, const char *format, ...)
{
  va_list arguments;

  if (self->problem.message != NULL)
    return;
  va_start (arguments, format);
  self->problem.message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  self->problem.start = start;
  self->problem.end = end;
}

gboolean
js_lexer_is_name_start (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalpha ((char) c) || c == '$' || c == '_';
  return g_unichar_isalpha (c) || g_unichar_type (c) == G_UNICODE_LETTER_NUMBER || c == 0x2118 || c == 0x212e
         || c == 0x1885 || c == 0x1886 || c == 0x309b || c == 0x309c;
}

gboolean
js_lexer_is_name_part (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char) c) || c == '$' || c == '_';
  if (js_lexer_is_name_start (c) || c == 0x200c || c == 0x200d || c == 0xb7 || c == 0x387 || c == 0x19da
      || (c >= 0x1369 && c <= 0x1371))
    return TRUE;
  switch (g_unichar_type (c))
    {
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_CONNECT_PUNCTUATION:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
wrong_escape (JsWrong *wrong, guint32 start, guint32 end, const char *message)
{
  *wrong = (JsWrong){ .start = start, .end = end, .message = message };
  return FALSE;
}

/* {: the digits up to }; at most 0x10ffff. */
static gboolean
braced_escape (const char *text, guint32 *at, gunichar *c, JsWrong *wrong)
{
  guint32 i = *at + 1;
  gunichar value = 0;

  for (; g_ascii_isxdigit (text[i]); i++)
    {
      value = value * 16 + (gunichar) g_ascii_xdigit_value (text[i]);
      if (value > 0x10ffff)
        return wrong_escape (wrong, *at - 2, i + 1, "Undefined Unicode code-point");
    }
  if (text[i] != '}' || i == *at + 1)
    return wrong_escape (wrong, i, i + 1, "Invalid Unicode escape sequence");
  *at = i + 1;
  *c = value;
  return TRUE;
}

/* The digits after \u, at @at. FALSE, with the reason, when they are wrong. */
gboolean
js_lexer_unicode_escape (JsLexer *self, guint32 *at, gunichar *c, JsWrong *wrong)
{
  const char *text = self->source->text;
  gunichar value = 0;

  if (text[*at] == '{')
    return braced_escape (text, at, c, wrong);
  for (guint i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (text[*at + i]))
        return wrong_escape (wrong, *at - 2, *at + 4, "Invalid Unicode escape sequence");
      value = value * 16 + (gunichar) g_ascii_xdigit_value (text[*at + i]);
    }
  *at += 4;
  *c = value;
  return TRUE;
}

static guint
blank_length (const char *text)
{
  gunichar c;

  if (*text == ' ' || *text == '\t' || *text == '\v' || *text == '\f')
    return 1;
  if ((guchar) *text < 0x80)
    return 0;
  c = g_utf8_get_char (text);
  if (c == 0xfeff || g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR)
    return (guint) (g_utf8_next_char (text) - text);
  return 0;
}

static gboolean
stands_alone (const char *text, guint32 at)
{
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'))
    at--;
  return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

/* Narration on its own line goes on from the line before, if that is narration of its own line too. */
static gboolean
goes_on (const JsLexer *self, const JsComment *comment)
{
  const char *text = self->source->text;
  const JsComment *before;
  guint32 at;

  if (self->comments->len == 0 || comment->kind != JS_COMMENT_NARRATION || !comment->alone)
    return FALSE;
  before = &g_array_index (self->comments, JsComment, self->comments->len - 1);
  if (before->kind != JS_COMMENT_NARRATION || !before->alone || before->text->length > LONGEST_NARRATION)
    return FALSE;
  at = before->end + (text[before->end] == '\r' && text[before->end + 1] == '\n' ? 2 : 1);
  while (at < comment->start && (text[at] == ' ' || text[at] == '\t'))
    at++;
  return at == comment->start;
}

static void
go_on (JsLexer *self, guint32 end, const char *words)
{
  JsComment *before = &g_array_index (self->comments, JsComment, self->comments->len - 1);
  g_autofree char *joined = g_strconcat (before->text->bytes, " ", words, NULL);

  before->text = js_arena_string (self->arena, joined);
  before->end = end;
}

static void
keep_comment (JsLexer *self, guint32 start, guint32 end)
{
  const char *text = self->source->text;
  char mark = text[start + 2];
  g_autofree char *words = NULL;
  JsComment comment = { .start = start, .end = end };

  if (start < self->heard || start + 2 >= end || (mark != ':' && mark != '!'))
    return;
  self->heard = end;
  words = g_strstrip (g_strndup (text + start + 3, end - start - 3));
  comment.kind = mark == ':' ? JS_COMMENT_NARRATION : JS_COMMENT_INSTRUCTION;
  comment.alone = stands_alone (text, start);
  if (goes_on (self, &comment))
    {
      go_on (self, end, words);
      return;
    }
  comment.text = js_arena_string (self->arena, words);
  g_array_append_val (self->comments, comment);
}

static void
skip_line (JsLexer *self)
{
  const char *text = self->source->text;
  guint32 start = self->at;

  while (text[self->at] != 0 && js_line_terminator (text + self->at) == 0)
    self->at++;
  if (text[start] == '/')
    keep_comment (self, start, self->at);
}

static void
skip_block (JsLexer *self, gboolean *newline)
{
  const char *text = self->source->text;
  guint32 start = self->at;

  for (self->at += 2; text[self->at] != 0; self->at++)
    {
      if (text[self->at] == '*' && text[self->at + 1] == '/')
        {
          self->at += 2;
          return;
        }
      *newline = *newline || js_line_terminator (text + self->at) > 0;
    }
  js_lexer_fail (self, start, self->at, "Invalid or unexpected token");
}

static gboolean
starts_html_comment (const char *here, gboolean newline)
{
  return strncmp (here, "<!--", 4) == 0 || (newline && strncmp (here, "-->", 3) == 0);
}

static void
skip_blanks (JsLexer *self, gboolean *newline)
{
  const char *text = self->source->text;
  guint bytes;

  if (self->at == 0 && text[0] == '#' && text[1] == '!')
    skip_line (self);
  for (;;)
    {
      const char *here = text + self->at;

      if ((bytes = js_line_terminator (here)) > 0)
        *newline = TRUE;
      else
        bytes = blank_length (here);
      self->at += bytes;
      if (bytes > 0)
        continue;
      if (here[0] == '/' && here[1] == '/')
        skip_line (self);
      else if (here[0] == '/' && here[1] == '*')
        skip_block (self, newline);
      else
        break;
    }
  if (starts_html_comment (text + self->at, *newline || self->at == 0))
    js_lexer_fail (self, self->at, self->at + 3, "HTML-like comments are not supported; write // or /* */");
}

/* The rest of a name that holds an escape or a character beyond ASCII, which begins at @start. */
static const JsText *
slow_name (JsLexer *self, guint32 start, gboolean *escaped)
{
  const char *text = self->source->text;
  guint32 at = start;
  JsWrong wrong;

  g_string_truncate (self->buffer, 0);
  for (;;)
    {
      guint32 next = at;
      gunichar c = g_utf8_get_char (text + at);

      if (c == '\\')
        {
          next += 2;
          *escaped = TRUE;
          if (text[at + 1] != 'u')
            js_lexer_fail (self, start, at + 1, "Invalid or unexpected token");
          else if (!js_lexer_unicode_escape (self, &next, &c, &wrong))
            js_lexer_fail (self, wrong.start, wrong.end, "%s", wrong.message);
          if (self->problem.message != NULL)
            break;
        }
      else
        next += (guint32) (g_utf8_next_char (text + at) - (text + at));
      if (at == start ? !js_lexer_is_name_start (c) : !js_lexer_is_name_part (c))
        {
          if (text[at] == '\\')
            js_lexer_fail (self, start, next, "Invalid or unexpected token");
          break;
        }
      g_string_append_unichar (self->buffer, c);
      at = next;
    }
  self->at = at;
  return js_arena_text (self->arena, self->buffer->str, self->buffer->len);
}

static const JsText *
read_name (JsLexer *self, gboolean *escaped)
{
  const char *text = self->source->text;
  guint32 start = self->at, at = start;

  while ((guchar) text[at] < 0x80 && js_lexer_is_name_part ((guchar) text[at]))
    at++;
  if (text[at] == '\\' || (guchar) text[at] >= 0x80)
    return slow_name (self, start, escaped);
  self->at = at;
  return js_arena_text (self->arena, text + start, at - start);
}

static void
name_token (JsLexer *self, JsToken *token)
{
  token->text = read_name (self, &token->escaped);
  token->kind = js_token_keyword (token->text->bytes, token->text->length);
}

static void
private_token (JsLexer *self, JsToken *token)
{
  const char *here = self->source->text + self->at + 1;
  g_autofree char *name = NULL;

  if (*here != '\\' && !js_lexer_is_name_start (g_utf8_get_char (here)))
    {
      js_lexer_fail (self, self->at, self->at + 1, "Invalid or unexpected token");
      return;
    }
  self->at++;
  name = g_strconcat ("#", read_name (self, &token->escaped)->bytes, NULL);
  token->text = js_arena_string (self->arena, name);
  token->kind = JS_TOKEN_PRIVATE_NAME;
}

/* The longest punctuator at the place. */
static void
punctuator (JsLexer *self, JsToken *token)
{
  const char *here = self->source->text + self->at;
  gsize best = 0;

  for (JsTokenKind kind = JS_TOKEN_LBRACE; kind <= JS_TOKEN_ASSIGN_POWER; kind++)
    {
      const char *text = js_token_text (kind);
      gsize length;

      if (text[0] != here[0])
        continue;
      length = strlen (text);
      if (length <= best || strncmp (text, here, length) != 0)
        continue;
      if (kind == JS_TOKEN_QUESTION_DOT && g_ascii_isdigit (here[2]))
        continue;
      best = length;
      token->kind = kind;
    }
  if (best == 0)
    js_lexer_fail (self, self->at, self->at + 1, "Invalid or unexpected token");
  self->at += (guint32) best;
}

static void
read_token (JsLexer *self, JsToken *token)
{
  const char *here = self->source->text + self->at;

  if (*here == 0)
    token->kind = JS_TOKEN_END;
  else if (g_ascii_isdigit (*here) || (*here == '.' && g_ascii_isdigit (here[1])))
    js_lexer_number (self, token);
  else if (*here == '"' || *here == '\'')
    js_lexer_string (self, token);
  else if (*here == '`')
    js_lexer_template (self, token);
  else if (*here == '#')
    private_token (self, token);
  else if (*here == '\\' || js_lexer_is_name_start (g_utf8_get_char (here)))
    name_token (self, token);
  else
    punctuator (self, token);
}

/* Reads the token after the place and moves behind it. */
void
js_lexer_next (JsLexer *self, JsToken *token)
{
  *token = (JsToken){ .kind = JS_TOKEN_END };
  skip_blanks (self, &token->newline);
  token->start = self->at;
  if (self->problem.message == NULL)
    read_token (self, token);
  if (self->problem.message != NULL)
    token->kind = JS_TOKEN_END;
  token->end = self->at;
}
