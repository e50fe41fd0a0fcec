/* file.c - recordings as files
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/input.h"
#include "recording/recording.h"

#define PIECE_BYTES (1u << 20)

HpRecording *
hp_recording_load (const char *path, GError **error)
{
  g_autoptr (GInputStream) stream = hp_input_open (path, error);
  g_autoptr (HpRecording) recording = hp_recording_new ();
  g_autoptr (HpDecoder) decoder = hp_decoder_new (recording);
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  gssize n;

  if (stream == NULL)
    return NULL;
  while ((n = g_input_stream_read (stream, piece, PIECE_BYTES, NULL, error)) > 0)
    if (!hp_decoder_feed (decoder, piece, (gsize) n, error))
      {
        g_prefix_error (error, "%s: ", path);
        return NULL;
      }
  if (n < 0)
    return NULL;
  if (!hp_decoder_finish (decoder, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  return g_steal_pointer (&recording);
}

typedef struct
{
  GOutputStream *stream;
  GError *error;
} Sink;

static gboolean
write_to_sink (gpointer user_data, const guint8 *bytes, gsize n)
{
  Sink *sink = user_data;

  return g_output_stream_write_all (sink->stream, bytes, n, NULL, NULL, &sink->error);
}

static void
encode (const HpRecording *self, HpEncoder *encoder)
{
  HpListener listener = hp_encoder_listener (encoder);
  const HpDefinitions *definitions = hp_moment_definitions (hp_recording_head (self));
  g_autofree const char **keys = hp_recording_list_facts (self);
  guint64 n = hp_recording_length (self);

  for (guint i = 0; keys[i] != NULL; i++)
    hp_encoder_fact (encoder, keys[i], hp_recording_get_fact (self, keys[i]));
  for (guint kind = 0; kind < HP_N_DEFINITION_KINDS; kind++)
    for (guint32 id = 1; id <= hp_definitions_count (definitions, kind); id++)
      listener.define (listener.self, definitions, kind, id);
  for (guint64 i = 0; i < n; i += HP_EMITTER_BATCH)
    listener.events (listener.self, hp_recording_event (self, i), MIN (n - i, HP_EMITTER_BATCH));
}

gboolean
hp_recording_save (const HpRecording *self, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
  Sink sink = { G_OUTPUT_STREAM (stream), NULL };
  HpEncoder *encoder;

  if (stream == NULL)
    return FALSE;
  encoder = hp_encoder_new (write_to_sink, &sink);
  encode (self, encoder);
  hp_encoder_free (encoder);
  if (sink.error != NULL)
    {
      g_autoptr (GCancellable) never = g_cancellable_new ();

      g_cancellable_cancel (never); /* so that closing leaves the file that was there */
      g_output_stream_close (sink.stream, never, NULL);
      g_propagate_prefixed_error (error, sink.error, "%s: ", path);
      return FALSE;
    }
  return g_output_stream_close (sink.stream, NULL, error);
}
