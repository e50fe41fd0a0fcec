/* packed.c - fuzz target: packed traces, read as they come out of the decompressor, in large and in small pieces
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/decompressor.h"
#include "memory/lackey.h"

#include <stdint.h>

/* A few bytes can be packed so that they become gigabytes. */
#define MOST_BYTES (256 * 1024)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

typedef struct
{
  guint64 n, sum;
} Heard;

static void
hear (gpointer user_data, const HpLackeyReference *references, gsize n)
{
  Heard *heard = user_data;

  for (gsize i = 0; i < n; i++)
    heard->sum = heard->sum * 31 + references[i].address + references[i].size + references[i].access;
  heard->n += n;
}

/* How many bytes came out before an end or an error. */
static gsize
unpack (const uint8_t *data, size_t size, gsize piece, Heard *heard)
{
  g_autoptr (HpDecompressor) decompressor = hp_decompressor_new_for (data, size);
  g_autoptr (HpLackeyReader) reader = hp_lackey_reader_new ("fuzz", hear, heard);
  g_autoptr (GInputStream) packed = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *bytes = g_malloc (piece);
  gsize n_bytes = 0;
  gssize n = 0;

  if (decompressor == NULL)
    return 0;
  stream = g_converter_input_stream_new (packed, G_CONVERTER (decompressor));
  hp_lackey_reader_tolerate (reader);
  while (n_bytes < MOST_BYTES
         && (n = g_input_stream_read (stream, bytes, MIN (piece, MOST_BYTES - n_bytes), NULL, &error)) > 0)
    {
      g_assert_true (hp_lackey_reader_feed (reader, bytes, (gsize) n, NULL));
      n_bytes += (gsize) n;
    }
  g_assert_true ((n < 0) == (error != NULL));
  return n_bytes;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Heard large = { 0 }, small = { 0 };
  gsize n_large = unpack (data, size, 65536, &large), n_small = unpack (data, size, 1000, &small);

  /* What is damaged may be noticed sooner or later, but what comes out before is the same. */
  if (n_large == n_small)
    {
      g_assert_cmpuint (large.n, ==, small.n);
      g_assert_cmpuint (large.sum, ==, small.sum);
    }
  return 0;
}
