/* encoder.c - a listener that writes what it hears as bytes
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/format.h"
#include "recording/recording.h"

#include <string.h>

#define BUFFER_BYTES (64u << 10)

struct _HpEncoder
{
  HpEncoderWrite write;
  gpointer user_data;
  GByteArray *buffer;
  gboolean broken; /* the reader went away: nothing is written any more */
};

HpEncoder *
hp_encoder_new (HpEncoderWrite write, gpointer user_data)
{
  HpEncoder *self = g_new0 (HpEncoder, 1);
  static const guint8 VERSION = HP_FORMAT_VERSION;

  self->write = write;
  self->user_data = user_data;
  self->buffer = g_byte_array_sized_new (2 * BUFFER_BYTES);
  g_byte_array_append (self->buffer, (const guint8 *) HP_FORMAT_MAGIC, HP_FORMAT_MAGIC_BYTES);
  g_byte_array_append (self->buffer, &VERSION, 1);
  return self;
}

gboolean
hp_encoder_flush (HpEncoder *self)
{
  if (!self->broken && self->buffer->len > 0)
    self->broken = !self->write (self->user_data, self->buffer->data, self->buffer->len);
  g_byte_array_set_size (self->buffer, 0);
  return !self->broken;
}

void
hp_encoder_free (HpEncoder *self)
{
  if (self == NULL)
    return;
  hp_encoder_flush (self);
  g_byte_array_unref (self->buffer);
  g_free (self);
}

/* ---- what blocks are made of ------------------------------------------------------------------------------------- */

static void
put_uint (GByteArray *bytes, guint32 number)
{
  guint32 little = GUINT32_TO_LE (number);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

/* A length of G_MAXUINT32 stands for "no text". File names and the names that plugins give may be no UTF-8: they are
 * made so, for a reader refuses anything else. */
static void
put_text (GByteArray *bytes, const char *text)
{
  g_autofree char *valid = text == NULL || g_utf8_validate (text, -1, NULL) ? NULL : g_utf8_make_valid (text, -1);
  const char *written = valid ? valid : text;
  guint32 length = written ? (guint32) strlen (written) : G_MAXUINT32;

  put_uint (bytes, length);
  if (written != NULL)
    g_byte_array_append (bytes, (const guint8 *) written, length);
}

static void
put_names (GByteArray *bytes, const char *const *names, guint32 n)
{
  put_uint (bytes, names ? n : 0);
  for (guint32 i = 0; names != NULL && i < n; i++)
    put_text (bytes, names[i]);
}

/* The length is known when the block is complete. */
static guint
begin_block (HpEncoder *self, HpBlockType type)
{
  guint start = self->buffer->len;

  put_uint (self->buffer, type);
  put_uint (self->buffer, 0);
  return start;
}

static void
end_block (HpEncoder *self, guint start)
{
  guint32 length = GUINT32_TO_LE (self->buffer->len - start - HP_BLOCK_HEADER_BYTES);

  memcpy (self->buffer->data + start + 4, &length, sizeof length);
  if (self->buffer->len >= BUFFER_BYTES)
    hp_encoder_flush (self);
}

/* ---- facts, definitions, events ---------------------------------------------------------------------------------- */

void
hp_encoder_fact (HpEncoder *self, const char *key, const char *value)
{
  guint start = begin_block (self, HP_BLOCK_FACT);

  put_text (self->buffer, key);
  put_text (self->buffer, value);
  end_block (self, start);
}

static void
put_shape (GByteArray *bytes, const HpShape *shape)
{
  put_text (bytes, shape->name);
  put_uint (bytes, shape->kind);
  put_uint (bytes, shape->tail);
  put_uint (bytes, shape->references);
  put_uint (bytes, shape->header_words);
  put_uint (bytes, shape->n_slots);
  put_names (bytes, shape->slot_names, shape->n_slots);
}

static void
put_function (GByteArray *bytes, const HpFunction *function)
{
  put_text (bytes, function->name);
  put_uint (bytes, function->overhead_words);
  put_uint (bytes, function->n_parameters);
  put_uint (bytes, function->n_locals);
  put_names (bytes, function->local_names, function->n_locals);
}

static void
put_page (GByteArray *bytes, const HpPage *page)
{
  put_uint (bytes, page->region);
  put_uint (bytes, (guint32) page->number);
  put_uint (bytes, (guint32) (page->number >> 32));
}

static void
put_definition (GByteArray *bytes, const HpDefinitions *definitions, HpDefinitionKind kind, guint32 id)
{
  switch (kind)
    {
    case HP_DEFINITION_STRING:
      put_text (bytes, hp_definitions_string (definitions, id));
      break;
    case HP_DEFINITION_SHAPE:
      put_shape (bytes, hp_definitions_shape (definitions, id));
      break;
    case HP_DEFINITION_FUNCTION:
      put_function (bytes, hp_definitions_function (definitions, id));
      break;
    case HP_DEFINITION_SOURCE:
      put_text (bytes, hp_definitions_source (definitions, id)->name);
      put_text (bytes, hp_definitions_source (definitions, id)->text);
      break;
    case HP_DEFINITION_PAGE:
      put_page (bytes, hp_definitions_page (definitions, id));
      break;
    case HP_DEFINITION_ROOT:
      put_text (bytes, hp_definitions_root (definitions, id)->name);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
hear_definition (gpointer user_data, const HpDefinitions *definitions, HpDefinitionKind kind, guint32 id)
{
  HpEncoder *self = user_data;
  guint start = begin_block (self, HP_BLOCK_DEFINITION);

  put_uint (self->buffer, kind);
  put_uint (self->buffer, id);
  put_definition (self->buffer, definitions, kind, id);
  end_block (self, start);
}

static void
hear_events (gpointer user_data, const HpEvent *events, gsize n)
{
  HpEncoder *self = user_data;
  guint start = begin_block (self, HP_BLOCK_EVENTS);

  for (gsize i = 0; i < n; i++)
    {
      guint32 words[4] = { GUINT32_TO_LE (events[i].head),
                           GUINT32_TO_LE (events[i].x),
                           GUINT32_TO_LE (events[i].y),
                           GUINT32_TO_LE (events[i].z) };

      g_byte_array_append (self->buffer, (const guint8 *) words, sizeof words);
    }
  end_block (self, start);
}

HpListener
hp_encoder_listener (HpEncoder *self)
{
  return (HpListener){ hear_definition, hear_events, self };
}
