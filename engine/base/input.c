/* input.c - opens files and standard input, and names them in every error
 *
 * file or pipe → buffer, to look at the first bytes → decompressor, where they ask for one → HpInput
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/input.h"

#include "base/decompressor.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#define BUFFER_BYTES (64 * 1024)

/* The stream that is handed out: errors of those below gain the path. */
#define HP_TYPE_INPUT (hp_input_get_type ())
G_DECLARE_FINAL_TYPE (HpInput, hp_input, HP, INPUT, GFilterInputStream)

struct _HpInput
{
  GFilterInputStream parent_instance;
  char *path;
  GSeekable *file; /* (nullable): below everything else, where it has a size; borrowed */
  goffset file_bytes;
};

G_DEFINE_FINAL_TYPE (HpInput, hp_input, G_TYPE_FILTER_INPUT_STREAM)

static gssize
hp_input_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  HpInput *self = HP_INPUT (stream);
  g_autoptr (GError) reason = NULL;
  gssize n = g_input_stream_read (G_FILTER_INPUT_STREAM (stream)->base_stream, buffer, count, cancellable, &reason);

  if (n < 0)
    g_set_error (error, HP_ERROR, HP_ERROR_INPUT, "%s: %s", self->path, reason->message);
  return n;
}

static gssize
hp_input_skip (GInputStream *stream, gsize count, GCancellable *cancellable, GError **error)
{
  guint8 unwanted[4096];

  return hp_input_read (stream, unwanted, MIN (count, sizeof unwanted), cancellable, error);
}

static void
hp_input_finalize (GObject *object)
{
  g_free (HP_INPUT (object)->path);
  G_OBJECT_CLASS (hp_input_parent_class)->finalize (object);
}

static void
hp_input_class_init (HpInputClass *class)
{
  G_OBJECT_CLASS (class)->finalize = hp_input_finalize;
  G_INPUT_STREAM_CLASS (class)->read_fn = hp_input_read;
  G_INPUT_STREAM_CLASS (class)->skip = hp_input_skip;
}

static void
hp_input_init (HpInput *self)
{
}

double
hp_input_progress (GInputStream *stream)
{
  HpInput *self = HP_INPUT (stream);

  return self->file != NULL ? MIN (1.0, (double) g_seekable_tell (self->file) / (double) self->file_bytes) : -1;
}

static void
measure_file (HpInput *self, GInputStream *stream)
{
  g_autoptr (GFileInfo) info = NULL;

  if (!G_IS_FILE_INPUT_STREAM (stream) || !g_seekable_can_seek (G_SEEKABLE (stream)))
    return;
  info = g_file_input_stream_query_info (G_FILE_INPUT_STREAM (stream), G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);
  if (info == NULL || g_file_info_get_size (info) == 0)
    return;
  self->file = G_SEEKABLE (stream);
  self->file_bytes = g_file_info_get_size (info);
}

static GInputStream *
open_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) reason = NULL;
  GInputStream *stream = G_INPUT_STREAM (g_file_read (file, NULL, &reason));

  if (stream != NULL)
    return stream;
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("%s: there is no such file"), path);
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    g_set_error (error, HP_ERROR, HP_ERROR_INPUT, _ ("%s: found a folder, expected a file"), path);
  else
    g_set_error (error, HP_ERROR, HP_ERROR_FAILED, "%s: %s", path, reason->message);
  return NULL;
}

/* Looks at the first bytes without taking them. A pipe may give them one by one. */
static gboolean
fill_head (GBufferedInputStream *buffered, const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  gssize n = 1;

  while (n > 0 && g_buffered_input_stream_get_available (buffered) < HP_DECOMPRESSOR_HEAD_BYTES)
    n = g_buffered_input_stream_fill (buffered, -1, NULL, &reason);
  if (n >= 0)
    return TRUE;
  g_set_error (error, HP_ERROR, HP_ERROR_INPUT, "%s: %s", path, reason->message);
  return FALSE;
}

/* Decompressed. @stream: (out): what is at the bottom */
static GInputStream *
open_plain (const char *path, GInputStream **stream, GError **error)
{
  g_autoptr (GInputStream) buffered = NULL;
  g_autoptr (HpDecompressor) decompressor = NULL;
  const guint8 *head;
  gsize n;

  *stream = g_str_equal (path, "-") ? g_unix_input_stream_new (STDIN_FILENO, FALSE) : open_file (path, error);
  if (*stream == NULL)
    return NULL;
  buffered = g_buffered_input_stream_new_sized (*stream, BUFFER_BYTES);
  if (!fill_head (G_BUFFERED_INPUT_STREAM (buffered), path, error))
    return NULL;
  head = g_buffered_input_stream_peek_buffer (G_BUFFERED_INPUT_STREAM (buffered), &n);
  decompressor = hp_decompressor_new_for (head, n);
  if (decompressor != NULL)
    {
      GInputStream *plain = g_converter_input_stream_new (buffered, G_CONVERTER (decompressor));

      g_object_unref (buffered);
      buffered = plain;
    }
  return g_steal_pointer (&buffered);
}

static GInputStream *
name_input (const char *path, GInputStream *plain)
{
  HpInput *self = g_object_new (HP_TYPE_INPUT, "base-stream", plain, NULL);

  self->path = g_strdup (g_str_equal (path, "-") ? _ ("standard input") : path);
  return G_INPUT_STREAM (self);
}

/* Standard input, where somebody looked at its beginning and nobody has taken it yet. */
static GInputStream *peeked;

GInputStream *
hp_input_open (const char *path, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GInputStream) plain = NULL;
  GInputStream *self;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_str_equal (path, "-") && peeked != NULL)
    return g_steal_pointer (&peeked);
  plain = open_plain (path, &stream, error);
  if (plain == NULL)
    return NULL;
  self = name_input (path, plain);
  measure_file (HP_INPUT (self), stream);
  return self;
}

static gboolean
peek_standard_input (guint8 *head, gsize *n, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GInputStream) plain = open_plain ("-", &stream, error);
  g_autoptr (GInputStream) buffered = NULL;
  gssize n_read = 1;

  if (plain == NULL)
    return FALSE;
  buffered = g_buffered_input_stream_new_sized (plain, BUFFER_BYTES);
  while (n_read > 0 && g_buffered_input_stream_get_available (G_BUFFERED_INPUT_STREAM (buffered)) < *n)
    n_read = g_buffered_input_stream_fill (G_BUFFERED_INPUT_STREAM (buffered), -1, NULL, NULL);
  *n = g_buffered_input_stream_peek (G_BUFFERED_INPUT_STREAM (buffered), head, 0, *n);
  peeked = name_input ("-", buffered);
  return TRUE;
}

gboolean
hp_input_peek (const char *path, guint8 *head, gsize *n, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) reason = NULL;
  gsize most = *n;

  if (g_str_equal (path, "-"))
    return peek_standard_input (head, n, error);
  *n = 0;
  stream = hp_input_open (path, &reason);
  /* A file that is damaged further on has a head all the same. */
  if (stream != NULL && (g_input_stream_read_all (stream, head, most, n, NULL, &reason) || *n > 0))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}
