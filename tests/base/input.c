/* input.c - tests of reading files: every compressed form, and each of its cuts
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/input.h"

#include <glib/gstdio.h>
#include <lzma.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#define TEXT_BYTES 300000

typedef GBytes *(*Compress) (GBytes *text);

static GBytes *
compress_xz (GBytes *text)
{
  gsize n, used = 0;
  const guint8 *data = g_bytes_get_data (text, &n);
  gsize bound = lzma_stream_buffer_bound (n);
  guint8 *out = g_malloc (bound);

  g_assert_cmpint (lzma_easy_buffer_encode (1, LZMA_CHECK_CRC64, NULL, data, n, out, &used, bound), ==, LZMA_OK);
  return g_bytes_new_take (out, used);
}

static GBytes *
compress_zstd (GBytes *text)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (text, &n);
  gsize bound = ZSTD_compressBound (n);
  guint8 *out = g_malloc (bound);
  ZSTD_CCtx *context = ZSTD_createCCtx ();
  gsize used;

  ZSTD_CCtx_setParameter (context, ZSTD_c_checksumFlag, 1);
  used = ZSTD_compress2 (context, out, bound, data, n);
  ZSTD_freeCCtx (context);
  g_assert_false (ZSTD_isError (used));
  return g_bytes_new_take (out, used);
}

static GBytes *
compress_gzip (GBytes *text)
{
  g_autoptr (GConverter) gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, gzip);
  gsize n;
  const guint8 *data = g_bytes_get_data (text, &n);

  g_assert_true (g_output_stream_write_all (out, data, n, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (out, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static const struct
{
  const char *name;
  Compress compress;
} FORMATS[] = { { "xz", compress_xz }, { "zstd", compress_zstd }, { "gzip", compress_gzip } };

static char *scratch; /* a file's path, written anew by each test */

static GBytes *
make_text (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; text->len < TEXT_BYTES; i++)
    g_string_append_printf (text, " L %08x,%u\n", i * 2654435761u, i % 8 + 1);
  return g_string_free_to_bytes (text);
}

static void
write_scratch (const void *data, gsize n)
{
  g_assert_true (g_file_set_contents (scratch, data, (gssize) n, NULL));
}

/* All that can be read; @error as the last read left it. */
static GBytes *
read_stream (GInputStream *stream, GError **error)
{
  GByteArray *all = g_byte_array_new ();
  guint8 piece[4099];
  gssize n;

  while ((n = g_input_stream_read (stream, piece, sizeof piece, NULL, error)) > 0)
    g_byte_array_append (all, piece, (guint) n);
  return g_byte_array_free_to_bytes (all);
}

static GBytes *
read_scratch (GError **error)
{
  g_autoptr (GInputStream) stream = hp_input_open (scratch, error);

  return stream != NULL ? read_stream (stream, error) : g_bytes_new (NULL, 0);
}

static void
assert_scratch_holds (GBytes *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) found = read_scratch (&error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (found, text));
}

static void
test_plain (void)
{
  g_autoptr (GBytes) text = make_text ();
  static const char *const SHORT[] = { "",
                                       "a",
                                       "\x1f",
                                       "\x28\xb5\x2f",
                                       "\xfd"
                                       "7zXZ" };

  write_scratch (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  assert_scratch_holds (text);
  for (gsize i = 0; i < G_N_ELEMENTS (SHORT); i++)
    {
      g_autoptr (GBytes) few = g_bytes_new_static (SHORT[i], strlen (SHORT[i]));

      write_scratch (SHORT[i], strlen (SHORT[i]));
      assert_scratch_holds (few);
    }
}

static void
test_compressed (gconstpointer compress)
{
  g_autoptr (GBytes) text = make_text ();
  g_autoptr (GBytes) packed = ((Compress) compress) (text);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) packed_nothing = ((Compress) compress) (nothing);

  write_scratch (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  assert_scratch_holds (text);
  write_scratch (g_bytes_get_data (packed_nothing, NULL), g_bytes_get_size (packed_nothing));
  assert_scratch_holds (nothing);
}

/* Two streams one behind the other are the two texts one behind the other. */
static void
test_concatenated (gconstpointer compress)
{
  g_autoptr (GBytes) text = make_text ();
  g_autoptr (GBytes) packed = ((Compress) compress) (text);
  g_autoptr (GByteArray) twice_packed = g_byte_array_new ();
  g_autoptr (GByteArray) twice = g_byte_array_new ();
  g_autoptr (GBytes) expected = NULL;

  for (int i = 0; i < 2; i++)
    {
      g_byte_array_append (twice_packed, g_bytes_get_data (packed, NULL), (guint) g_bytes_get_size (packed));
      g_byte_array_append (twice, g_bytes_get_data (text, NULL), (guint) g_bytes_get_size (text));
    }
  write_scratch (twice_packed->data, twice_packed->len);
  expected = g_bytes_new (twice->data, twice->len);
  assert_scratch_holds (expected);
}

static void
assert_scratch_fails (const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) found = read_scratch (&error);

  g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
  g_assert_true (g_str_has_prefix (error->message, scratch));
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not hold “%s”", error->message, words);
}

/* Wherever the file is cut behind its mark, reading fails and says so; the same with one byte more behind its end. */
static void
test_cut (gconstpointer compress)
{
  g_autoptr (GBytes) text = g_bytes_new_static (" L 1ffeffe7d0,8\n S 1ffeffe7d8,8\nI  0401ab70,3\n", 45);
  g_autoptr (GBytes) packed = ((Compress) compress) (text);
  gsize n;
  const guint8 *data = g_bytes_get_data (packed, &n);

  for (gsize cut = 6; cut < n; cut++)
    {
      write_scratch (data, cut);
      assert_scratch_fails ("ends early");
    }
}

static void
test_damaged (gconstpointer compress)
{
  g_autoptr (GBytes) text = make_text ();
  g_autoptr (GBytes) packed = ((Compress) compress) (text);
  gsize n;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (packed, &n), g_bytes_get_size (packed));

  n = g_bytes_get_size (packed);
  data[n / 2] ^= 0x10;
  data[n / 2 + 1] ^= 0xff;
  write_scratch (data, n);
  assert_scratch_fails ("is damaged");
}

static void
test_standard_input (void)
{
  g_autoptr (GBytes) text = make_text ();
  g_autoptr (GBytes) packed = compress_xz (text);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) found = NULL;
  g_autoptr (GError) error = NULL;
  int saved = dup (STDIN_FILENO);
  FILE *file;

  write_scratch (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed) - 1);
  file = g_fopen (scratch, "rb");
  dup2 (fileno (file), STDIN_FILENO);
  stream = hp_input_open ("-", &error);
  g_assert_no_error (error);
  found = read_stream (stream, &error);
  dup2 (saved, STDIN_FILENO);
  fclose (file);
  close (saved);

  g_assert_true (g_bytes_equal (found, text));
  g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
  g_assert_cmpstr (error->message, ==, "standard input: the xz data ends early");
}

static void
test_cannot_open (void)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) folder = NULL;

  g_assert_null (hp_input_open ("/nowhere/at/all", &missing));
  g_assert_error (missing, HP_ERROR, HP_ERROR_NOT_FOUND);
  g_assert_cmpstr (missing->message, ==, "/nowhere/at/all: there is no such file");
  g_assert_null (hp_input_open ("/", &folder));
  g_assert_error (folder, HP_ERROR, HP_ERROR_INPUT);
  g_assert_cmpstr (folder->message, ==, "/: found a folder, expected a file");
}

static void
add_for_each_format (const char *name, GTestDataFunc function)
{
  for (gsize i = 0; i < G_N_ELEMENTS (FORMATS); i++)
    {
      g_autofree char *path = g_strdup_printf ("/input/%s/%s", FORMATS[i].name, name);

      g_test_add_data_func (path, FORMATS[i].compress, function);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("heaparium-XXXXXX", NULL);
  int status;

  g_test_init (&argc, &argv, NULL);
  scratch = g_build_filename (folder, "input", NULL);
  g_test_add_func ("/input/plain", test_plain);
  add_for_each_format ("whole", test_compressed);
  add_for_each_format ("concatenated", test_concatenated);
  add_for_each_format ("cut", test_cut);
  add_for_each_format ("damaged", test_damaged);
  g_test_add_func ("/input/standard-input", test_standard_input);
  g_test_add_func ("/input/cannot-open", test_cannot_open);
  status = g_test_run ();
  g_unlink (scratch);
  g_rmdir (folder);
  g_free (scratch);
  return status;
}
