/* arena.c - memory of one parse, freed at once; texts in it are interned, so that equal texts are one pointer
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "arena.h"

#include <string.h>

#define BLOCK_SIZE (64 * 1024 - 32)

/* Invariant: used <= size; everything from used on is zero. */
typedef struct _Block Block;
struct _Block
{
  Block *before;
  gsize used, size;
  guint64 bytes[];
};

struct _JsArena
{
  Block *block;
  GHashTable *texts; /* set of JsText */
};

static guint
text_hash (gconstpointer data)
{
  const JsText *text = data;
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < text->length; i++)
    hash = (hash ^ (guchar) text->bytes[i]) * 16777619u;
  return hash;
}

static gboolean
text_equal (gconstpointer a, gconstpointer b)
{
  const JsText *one = a, *other = b;

  return one->length == other->length && memcmp (one->bytes, other->bytes, one->length) == 0;
}

JsArena *
js_arena_new (void)
{
  JsArena *self = g_new0 (JsArena, 1);

  self->texts = g_hash_table_new (text_hash, text_equal);
  return self;
}

void
js_arena_free (JsArena *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->texts);
  for (Block *block = self->block, *before; block != NULL; block = before)
    {
      before = block->before;
      g_free (block);
    }
  g_free (self);
}

static void
add_block (JsArena *self, gsize size)
{
  Block *block = g_malloc0 (sizeof (Block) + size);

  block->before = self->block;
  block->size = size;
  self->block = block;
}

/* @size bytes of zeros, aligned to eight. */
gpointer
js_arena_alloc (JsArena *self, gsize size)
{
  gpointer memory;

  size = (size + 7) & ~(gsize) 7;
  if (self->block == NULL || self->block->size - self->block->used < size)
    add_block (self, MAX (size, BLOCK_SIZE));
  memory = (char *) self->block->bytes + self->block->used;
  self->block->used += size;
  return memory;
}

/* (transfer none): the one text of these bytes. */
const JsText *
js_arena_text (JsArena *self, const char *bytes, gsize length)
{
  JsText key = { bytes, length };
  JsText *text = g_hash_table_lookup (self->texts, &key);
  char *copy;

  if (text != NULL)
    return text;
  text = js_arena_alloc (self, sizeof (JsText) + length + 1);
  copy = (char *) (text + 1);
  memcpy (copy, bytes, length);
  text->bytes = copy;
  text->length = length;
  g_hash_table_add (self->texts, text);
  return text;
}

const JsText *
js_arena_string (JsArena *self, const char *string)
{
  return js_arena_text (self, string, strlen (string));
}
