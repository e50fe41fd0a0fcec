/* arena.h - memory of one parse, freed at once; texts in it are interned, so that equal texts are one pointer
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* UTF-8, except that an escape may have made a lone surrogate (three bytes, as WTF-8 has it) or a NUL. */
typedef struct
{
  const char *bytes; /* ends in a NUL that is not counted */
  gsize length;
} JsText;

typedef struct _JsArena JsArena;

JsArena *js_arena_new (void);
void js_arena_free (JsArena *self);
gpointer js_arena_alloc (JsArena *self, gsize size);
const JsText *js_arena_text (JsArena *self, const char *bytes, gsize length);
const JsText *js_arena_string (JsArena *self, const char *string);

G_END_DECLS
