/* source.h - one JavaScript file: checked UTF-8, its lines, and errors that show the place
 *
 * Offsets are bytes from the first character after a byte order mark. A line ends as ECMAScript says: LF, CR, CR LF,
 * U+2028 or U+2029.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytecodes name places of the source in 24 bits. */
#define JS_SOURCE_LONGEST (16 * 1024 * 1024 - 1)

typedef struct
{
  char *name;
  char *text; /* ends in a NUL that is not counted; holds no other */
  guint32 length;
  GArray *lines; /* of guint32: where each line starts; the first is 0 */
  GArray *units; /* of guint32: UTF-16 units of the text before each block of bytes, so that lines may be long */
} JsSource;

JsSource *js_source_new (const char *name, const char *bytes, gsize length, GError **error);
void js_source_free (JsSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JsSource, js_source_free)

void js_source_position (const JsSource *self, guint32 offset, guint *line, guint *column);
void js_source_set_error (const JsSource *self, guint32 start, guint32 end, const char *message, GError **error);

/* The bytes of the line terminator at @text, or 0. */
guint js_line_terminator (const char *text);

G_END_DECLS
