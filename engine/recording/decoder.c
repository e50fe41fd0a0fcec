/* decoder.c - bytes, in pieces of any size, become a recording again; hostile bytes become an error
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/format.h"
#include "recording/recording.h"

#include <string.h>

struct _HpDecoder
{
  HpRecording *recording; /* borrowed */
  GByteArray *pending;    /* bytes of a header or block that is not complete */
  guint64 offset;         /* of the first pending byte in the stream */
  guint version;          /* 0: the header is still to come */
  GError *failure;        /* the first one; nothing is decoded after it */
};

/* A block that is being read. at ≤ n. */
typedef struct
{
  const guint8 *bytes;
  gsize n, at;
  guint64 offset; /* of byte 0 in the stream */
  guint version;  /* of the stream */
} Block;

HpDecoder *
hp_decoder_new (HpRecording *recording)
{
  HpDecoder *self = g_new0 (HpDecoder, 1);

  self->recording = recording;
  self->pending = g_byte_array_new ();
  return self;
}

void
hp_decoder_free (HpDecoder *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->pending);
  g_clear_error (&self->failure);
  g_free (self);
}

gboolean
hp_recording_recognises (const guint8 *head, gsize n)
{
  return n >= HP_FORMAT_HEADER_BYTES && memcmp (head, HP_FORMAT_MAGIC, HP_FORMAT_MAGIC_BYTES) == 0;
}

/* ---- fields of a block ------------------------------------------------------------------------------------------- */

static gboolean refuse (guint64 offset, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (guint64 offset, GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, HP_ERROR, HP_ERROR_INPUT, "recording, byte %" G_GUINT64_FORMAT ": %s", offset, reason);
  return FALSE;
}

static guint32
uint_at (const guint8 *bytes)
{
  guint32 little;

  memcpy (&little, bytes, sizeof little);
  return GUINT32_FROM_LE (little);
}

static gboolean
get_uint (Block *block, guint32 most, const char *what, guint32 *number, GError **error)
{
  if (block->n - block->at < 4)
    return refuse (block->offset + block->at, error, "the block ends where %s was expected", what);
  *number = uint_at (block->bytes + block->at);
  if (*number > most)
    return refuse (block->offset + block->at, error, "%s is %u, expected at most %u", what, *number, most);
  block->at += 4;
  return TRUE;
}

/* (out) @text: NULL where none was written, and that is allowed. */
static gboolean
get_text (Block *block, gboolean optional, const char *what, char **text, GError **error)
{
  guint32 length = 0;

  *text = NULL;
  if (!get_uint (block, G_MAXUINT32, what, &length, error))
    return FALSE;
  if (length == G_MAXUINT32 && optional)
    return TRUE;
  if (length > block->n - block->at)
    return refuse (block->offset + block->at, error, "%s of %u bytes passes the end of its block", what, length);
  if (!g_utf8_validate_len ((const char *) block->bytes + block->at, length, NULL))
    return refuse (block->offset + block->at, error, "%s is not UTF-8 text", what);
  *text = g_strndup ((const char *) block->bytes + block->at, length);
  block->at += length;
  return TRUE;
}

/* No names at all (NULL), or exactly @n. */
static gboolean
get_names (Block *block, guint32 n, const char *what, GPtrArray **names, GError **error)
{
  guint32 found;

  *names = NULL;
  if (!get_uint (block, n, what, &found, error))
    return FALSE;
  if (found == 0)
    return TRUE;
  if (found != n)
    return refuse (block->offset + block->at, error, "%u of %s, expected none or %u", found, what, n);
  *names = g_ptr_array_new_with_free_func (g_free);
  for (guint32 i = 0; i < n; i++)
    {
      char *name;

      if (!get_text (block, TRUE, what, &name, error))
        return FALSE;
      g_ptr_array_add (*names, name);
    }
  return TRUE;
}

/* ---- definitions ------------------------------------------------------------------------------------------------- */

static gboolean
decode_string (HpDefinitions *definitions, Block *block, guint32 *id, GError **error)
{
  g_autofree char *text = NULL;

  if (!get_text (block, FALSE, "a string", &text, error))
    return FALSE;
  *id = hp_definitions_add_string (definitions, text);
  return TRUE;
}

/* Version 1 knew strong references only. */
static gboolean
get_references (Block *block, HpShape *shape, GError **error)
{
  guint32 references = HP_REFERENCES_STRONG;

  if (block->version >= 2 && !get_uint (block, HP_N_REFERENCES - 1, "a shape's kind of references", &references, error))
    return FALSE;
  shape->references = references;
  return TRUE;
}

static gboolean
decode_shape (HpDefinitions *definitions, Block *block, guint32 *id, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) names = NULL;
  guint32 kind, tail;
  HpShape shape = { 0 };

  if (!get_text (block, FALSE, "a shape's name", &name, error)
      || !get_uint (block, HP_N_SHAPE_KINDS - 1, "a shape's kind", &kind, error)
      || !get_uint (block, HP_N_TAILS - 1, "a shape's tail", &tail, error) || !get_references (block, &shape, error)
      || !get_uint (block, 1u << 26, "a shape's header", &shape.header_words, error)
      || !get_uint (block, G_MAXUINT16, "a shape's slots", &shape.n_slots, error)
      || !get_names (block, shape.n_slots, "a shape's slot names", &names, error))
    return FALSE;
  if (shape.header_words < (tail == HP_TAIL_NONE ? 1 : 2))
    return refuse (block->offset, error, "shape “%s” has a header of %u words", name, shape.header_words);
  shape.name = name;
  shape.kind = kind;
  shape.tail = tail;
  shape.slot_names = names ? (const char *const *) names->pdata : NULL;
  if (!hp_shape_references_fit (&shape))
    return refuse (block->offset, error, "shape “%s” has no slots for references of kind %u", name, shape.references);
  *id = hp_definitions_add_shape (definitions, &shape);
  return TRUE;
}

static gboolean
decode_function (HpDefinitions *definitions, Block *block, guint32 *id, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) names = NULL;
  HpFunction function = { 0 };

  if (!get_text (block, FALSE, "a function's name", &name, error)
      || !get_uint (block, 1u << 26, "a function's overhead", &function.overhead_words, error)
      || !get_uint (block, G_MAXUINT16, "a function's parameters", &function.n_parameters, error)
      || !get_uint (block, G_MAXUINT16, "a function's locals", &function.n_locals, error)
      || !get_names (block, function.n_locals, "a function's local names", &names, error))
    return FALSE;
  if (function.n_parameters > function.n_locals)
    return refuse (block->offset, error, "function “%s” has more parameters than locals", name);
  function.name = name;
  function.local_names = names ? (const char *const *) names->pdata : NULL;
  *id = hp_definitions_add_function (definitions, &function);
  return TRUE;
}

static gboolean
decode_source (HpDefinitions *definitions, Block *block, guint32 *id, GError **error)
{
  g_autofree char *name = NULL, *text = NULL;

  if (!get_text (block, FALSE, "a source's name", &name, error)
      || !get_text (block, FALSE, "a source's text", &text, error))
    return FALSE;
  *id = hp_definitions_add_source (definitions, &(HpSource){ 0, name, text });
  return TRUE;
}

static gboolean
decode_page (HpDefinitions *definitions, Block *block, guint32 *id, GError **error)
{
  guint32 region = 0, low = 0, high = 0;

  if (!get_uint (block, HP_N_REGIONS - 1, "a page's region", &region, error)
      || !get_uint (block, G_MAXUINT32, "a page's number", &low, error)
      || !get_uint (block, G_MAXUINT32, "a page's number", &high, error))
    return FALSE;
  *id = hp_definitions_add_page (definitions, &(HpPage){ 0, region, (guint64) high << 32 | low });
  return TRUE;
}

static gboolean
decode_root (HpDefinitions *definitions, Block *block, guint32 *id, GError **error)
{
  g_autofree char *name = NULL;

  if (!get_text (block, FALSE, "a root's name", &name, error))
    return FALSE;
  *id = hp_definitions_add_root (definitions, &(HpRoot){ 0, name });
  return TRUE;
}

typedef gboolean (*DecodeDefinition) (HpDefinitions *definitions, Block *block, guint32 *id, GError **error);

static const DecodeDefinition DECODE_DEFINITION[HP_N_DEFINITION_KINDS] = {
  [HP_DEFINITION_STRING] = decode_string,     [HP_DEFINITION_SHAPE] = decode_shape,
  [HP_DEFINITION_FUNCTION] = decode_function, [HP_DEFINITION_SOURCE] = decode_source,
  [HP_DEFINITION_PAGE] = decode_page,         [HP_DEFINITION_ROOT] = decode_root,
};

static gboolean
decode_definition (HpDecoder *self, Block *block, GError **error)
{
  HpDefinitions *definitions = hp_recording_definitions (self->recording);
  guint32 kind, id, expected, added;

  if (!get_uint (block, HP_N_DEFINITION_KINDS - 1, "the kind of a definition", &kind, error))
    return FALSE;
  expected = hp_definitions_count (definitions, kind) + 1;
  if (!get_uint (block, (1u << 24) - 1, "the id of a definition", &id, error))
    return FALSE;
  if (id != expected)
    return refuse (block->offset, error, "definition %u of kind %u, expected number %u", id, kind, expected);
  if (!DECODE_DEFINITION[kind](definitions, block, &added, error))
    return FALSE;
  return added == id || refuse (block->offset, error, "definition %u of kind %u was made before", id, kind);
}

/* ---- facts, events, blocks --------------------------------------------------------------------------------------- */

static gboolean
decode_fact (HpDecoder *self, Block *block, GError **error)
{
  g_autofree char *key = NULL, *value = NULL;

  if (!get_text (block, FALSE, "a fact's key", &key, error)
      || !get_text (block, FALSE, "a fact's value", &value, error))
    return FALSE;
  hp_recording_set_fact (self->recording, key, value);
  return TRUE;
}

static gboolean
decode_events (HpDecoder *self, Block *block, GError **error)
{
  HpEvent events[256];
  gsize n;

  if (block->n % HP_EVENT_BYTES != 0)
    return refuse (block->offset, error, "%" G_GSIZE_FORMAT " bytes are no whole number of events", block->n);
  for (; block->at < block->n; block->at += n * HP_EVENT_BYTES)
    {
      n = MIN ((block->n - block->at) / HP_EVENT_BYTES, G_N_ELEMENTS (events));
      for (gsize i = 0; i < n; i++)
        {
          const guint8 *bytes = block->bytes + block->at + i * HP_EVENT_BYTES;

          events[i] = (HpEvent){ uint_at (bytes), uint_at (bytes + 4), uint_at (bytes + 8), uint_at (bytes + 12) };
        }
      if (!hp_recording_append (self->recording, events, n, error))
        {
          g_prefix_error (error, "recording, events from byte %" G_GUINT64_FORMAT ": ", block->offset + block->at);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
decode_block (HpDecoder *self, HpBlockType type, Block *block, GError **error)
{
  static gboolean (*const DECODE[]) (HpDecoder *, Block *, GError **) = {
    [HP_BLOCK_FACT] = decode_fact,
    [HP_BLOCK_DEFINITION] = decode_definition,
    [HP_BLOCK_EVENTS] = decode_events,
  };

  if (type < HP_BLOCK_FACT || type > HP_BLOCK_EVENTS)
    return refuse (block->offset - HP_BLOCK_HEADER_BYTES, error, "found a block of type %u, expected 1, 2 or 3", type);
  if (!DECODE[type](self, block, error))
    return FALSE;
  if (block->at < block->n)
    return refuse (block->offset + block->at,
                   error,
                   "%" G_GSIZE_FORMAT " bytes are left over where the block was expected to end",
                   block->n - block->at);
  return TRUE;
}

static gboolean
check_header (HpDecoder *self, GError **error)
{
  const guint8 *bytes = self->pending->data;

  if (memcmp (bytes, HP_FORMAT_MAGIC, HP_FORMAT_MAGIC_BYTES) != 0)
    return refuse (0, error, "this is no recording: it does not begin with “%s”", HP_FORMAT_MAGIC);
  if (bytes[HP_FORMAT_MAGIC_BYTES] < 1 || bytes[HP_FORMAT_MAGIC_BYTES] > HP_FORMAT_VERSION)
    return refuse (HP_FORMAT_MAGIC_BYTES,
                   error,
                   "the recording has format version %u; this program reads versions 1 to %u",
                   bytes[HP_FORMAT_MAGIC_BYTES],
                   HP_FORMAT_VERSION);
  self->version = bytes[HP_FORMAT_MAGIC_BYTES];
  return TRUE;
}

/* Decodes what is complete among the pending bytes; *@used counts them. */
static gboolean
decode_pending (HpDecoder *self, gsize *used, GError **error)
{
  gsize n = self->pending->len;

  if (self->version == 0)
    {
      if (n < HP_FORMAT_HEADER_BYTES)
        return TRUE;
      if (!check_header (self, error))
        return FALSE;
      *used = HP_FORMAT_HEADER_BYTES;
    }
  while (n - *used >= HP_BLOCK_HEADER_BYTES)
    {
      const guint8 *header = self->pending->data + *used;
      guint32 length = uint_at (header + 4);
      Block block = {
        header + HP_BLOCK_HEADER_BYTES, length, 0, self->offset + *used + HP_BLOCK_HEADER_BYTES, self->version
      };

      if (length > HP_BLOCK_MAX_BYTES)
        return refuse (block.offset - 4, error, "a block of %u bytes, expected at most %u", length, HP_BLOCK_MAX_BYTES);
      if (n - *used - HP_BLOCK_HEADER_BYTES < length)
        break;
      if (!decode_block (self, uint_at (header), &block, error))
        return FALSE;
      *used += HP_BLOCK_HEADER_BYTES + length;
    }
  return TRUE;
}

static gboolean
succeed_or_copy_failure (const HpDecoder *self, GError **error)
{
  if (self->failure != NULL && error != NULL)
    *error = g_error_copy (self->failure);
  return self->failure == NULL;
}

gboolean
hp_decoder_feed (HpDecoder *self, const guint8 *bytes, gsize n, GError **error)
{
  gsize used = 0;

  if (self->failure == NULL)
    {
      g_byte_array_append (self->pending, bytes, (guint) n);
      decode_pending (self, &used, &self->failure);
      g_byte_array_remove_range (self->pending, 0, (guint) used);
      self->offset += used;
    }
  return succeed_or_copy_failure (self, error);
}

gboolean
hp_decoder_finish (HpDecoder *self, GError **error)
{
  if (self->failure != NULL)
    return succeed_or_copy_failure (self, error);
  if (self->version == 0)
    return refuse (self->pending->len, error, "this is no recording: it ends after %u bytes", self->pending->len);
  if (self->pending->len > 0)
    return refuse (self->offset, error, "the recording ends inside a block that begins here");
  return TRUE;
}
