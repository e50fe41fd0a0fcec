/* source.c - one JavaScript file: checked UTF-8, its lines, and errors that show the place
 *
 * An error looks as Node prints it: file:line, the line, carets below the place, an empty line, the message. Of a long
 * line only the surroundings of the place are shown.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "source.h"

#include "base/error.h"

#include <string.h>

/* Bytes of a line shown before and after the place of an error. */
#define SHOWN_BEFORE 400
#define SHOWN_AFTER 200

#define BLOCK_BYTES 256u

guint
js_line_terminator (const char *text)
{
  const guchar *bytes = (const guchar *) text;

  if (bytes[0] == '\n')
    return 1;
  if (bytes[0] == '\r')
    return bytes[1] == '\n' ? 2 : 1;
  if (bytes[0] == 0xe2 && bytes[1] == 0x80 && (bytes[2] == 0xa8 || bytes[2] == 0xa9))
    return 3;
  return 0;
}

static guint
line_of_byte (const char *bytes, gsize offset)
{
  guint line = 1;

  for (gsize i = 0; i < offset; i++)
    line += bytes[i] == '\n';
  return line;
}

static gboolean
is_utf16 (const char *bytes, gsize length)
{
  const guchar *b = (const guchar *) bytes;

  if (length < 2)
    return FALSE;
  return (b[0] == 0xff && b[1] == 0xfe) || (b[0] == 0xfe && b[1] == 0xff)
         || (length >= 4
             && ((b[0] != 0 && b[1] == 0 && b[2] != 0 && b[3] == 0) || (b[0] == 0 && b[1] != 0 && b[2] == 0)));
}

static gboolean
check_bytes (const char *name, const char *bytes, gsize length, GError **error)
{
  const char *nul = length > 0 ? memchr (bytes, 0, length) : NULL, *end;

  if (length > JS_SOURCE_LONGEST)
    g_set_error (error,
                 HP_ERROR,
                 HP_ERROR_INPUT,
                 "%s: %" G_GSIZE_FORMAT " bytes; at most %d are read",
                 name,
                 length,
                 JS_SOURCE_LONGEST);
  else if (is_utf16 (bytes, length))
    g_set_error (error, HP_ERROR, HP_ERROR_INPUT, "%s: this is UTF-16; save it as UTF-8", name);
  else if (nul != NULL)
    g_set_error (error,
                 HP_ERROR,
                 HP_ERROR_INPUT,
                 "%s:%u: a NUL byte; JavaScript is expected in UTF-8",
                 name,
                 line_of_byte (bytes, (gsize) (nul - bytes)));
  else if (!g_utf8_validate (bytes, (gssize) length, &end))
    g_set_error (error,
                 HP_ERROR,
                 HP_ERROR_INPUT,
                 "%s:%u: byte 0x%02x is not UTF-8",
                 name,
                 line_of_byte (bytes, (gsize) (end - bytes)),
                 (guchar) *end);
  else
    return TRUE;
  return FALSE;
}

static void
find_lines (JsSource *self)
{
  guint32 start = 0;

  g_array_append_val (self->lines, start);
  for (guint32 i = 0; i < self->length;)
    {
      guint bytes = js_line_terminator (self->text + i);

      i += MAX (bytes, 1);
      if (bytes > 0)
        g_array_append_val (self->lines, i);
    }
}

/* As UTF-16 counts; each character by its first byte. */
static guint32
count_units (const JsSource *self, guint32 start, guint32 end)
{
  const guchar *bytes = (const guchar *) self->text;
  guint32 units = 0;

  for (guint32 i = start; i < end; i++)
    units += ((bytes[i] & 0xc0) != 0x80) + (bytes[i] >= 0xf0);
  return units;
}

static void
count_blocks (JsSource *self)
{
  guint32 units = 0;

  for (guint32 start = 0; start <= self->length; start += BLOCK_BYTES)
    {
      g_array_append_val (self->units, units);
      units += count_units (self, start, MIN (start + BLOCK_BYTES, self->length));
    }
}

static guint32
units_before (const JsSource *self, guint32 offset)
{
  guint32 block = offset / BLOCK_BYTES;

  return g_array_index (self->units, guint32, block) + count_units (self, block * BLOCK_BYTES, offset);
}

/* A copy of @length bytes, checked. Fails with the file's name and line when they are not UTF-8, hold a NUL, or are too
 * many. */
JsSource *
js_source_new (const char *name, const char *bytes, gsize length, GError **error)
{
  JsSource *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (bytes != NULL || length == 0, NULL);
  if (!check_bytes (name, bytes, length, error))
    return NULL;
  if (length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      bytes += 3;
      length -= 3;
    }
  self = g_new0 (JsSource, 1);
  self->name = g_strdup (name);
  self->text = g_strndup (length > 0 ? bytes : "", length);
  self->length = (guint32) length;
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->units = g_array_new (FALSE, FALSE, sizeof (guint32));
  find_lines (self);
  count_blocks (self);
  return self;
}

void
js_source_free (JsSource *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->text);
  g_array_unref (self->lines);
  g_array_unref (self->units);
  g_free (self);
}

static guint32
line_start (const JsSource *self, guint line)
{
  return g_array_index (self->lines, guint32, line - 1);
}

/* The line that holds @offset, from 1. */
static guint
find_line (const JsSource *self, guint32 offset)
{
  guint low = 1, high = self->lines->len;

  while (low < high)
    {
      guint middle = (low + high + 1) / 2;

      if (line_start (self, middle) <= offset)
        low = middle;
      else
        high = middle - 1;
    }
  return low;
}

/* Line and column, both from 1; the column counts units of UTF-16, as Node's. */
void
js_source_position (const JsSource *self, guint32 offset, guint *line, guint *column)
{
  offset = MIN (offset, self->length);
  *line = find_line (self, offset);
  if (column != NULL)
    *column = units_before (self, offset) - units_before (self, line_start (self, *line)) + 1;
}

static guint32
line_end (const JsSource *self, guint32 offset)
{
  while (offset < self->length && js_line_terminator (self->text + offset) == 0)
    offset++;
  return offset;
}

static guint32
character_at (const JsSource *self, guint32 offset)
{
  while (offset > 0 && ((guchar) self->text[offset] & 0xc0) == 0x80)
    offset--;
  return offset;
}

/* Spaces, or the line's own tabs, up to the place, then a caret for each unit of it; none at the end of all. */
static void
append_carets (GString *out, const char *from, const char *start, const char *end)
{
  for (; from < start; from = g_utf8_next_char (from))
    g_string_append (out, *from == '\t' ? "\t" : (guchar) *from >= 0xf0 ? "  " : " ");
  if (*start == '\0')
    return;
  do
    {
      g_string_append (out, (guchar) *start >= 0xf0 ? "^^" : "^");
      start = g_utf8_next_char (start);
    }
  while (start < end);
}

/* Fails with @message at the bytes from @start to @end: with carets if all of them are on one line, as in Node. */
void
js_source_set_error (const JsSource *self, guint32 start, guint32 end, const char *message, GError **error)
{
  g_autoptr (GString) carets = g_string_new (NULL);
  guint line;
  guint32 from, to;

  start = MIN (start, self->length);
  js_source_position (self, start, &line, NULL);
  from = line_start (self, line);
  if (start - from > SHOWN_BEFORE)
    from = character_at (self, start - SHOWN_BEFORE);
  to = line_end (self, start);
  if (to - start > SHOWN_AFTER)
    to = character_at (self, start + SHOWN_AFTER);
  if (end <= line_end (self, start))
    {
      append_carets (carets, self->text + from, self->text + start, self->text + MIN (end, to));
      g_string_append_c (carets, '\n');
    }
  g_set_error (error,
               HP_ERROR,
               HP_ERROR_INPUT,
               "%s:%u\n%.*s\n%s\nSyntaxError: %s",
               self->name,
               line,
               (int) (to - from),
               self->text + from,
               carets->str,
               message);
}
