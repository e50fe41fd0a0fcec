/* format.c - tests of the bytes of recordings: there and back, cut off, and hostile
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "random_events.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static gboolean
keep (gpointer bytes, const guint8 *more, gsize n)
{
  g_byte_array_append (bytes, more, (guint) n);
  return TRUE;
}

/* As a run writes them: each definition when it is made, events in between. */
static GByteArray *
encode (HpRecording *recording)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (HpEncoder) encoder = hp_encoder_new (keep, bytes);
  HpListener listener = hp_encoder_listener (encoder);
  const HpDefinitions *definitions = hp_recording_definitions (recording);
  g_autofree const char **keys = hp_recording_list_facts (recording);
  guint64 n = hp_recording_length (recording);

  for (guint i = 0; keys[i] != NULL; i++)
    hp_encoder_fact (encoder, keys[i], hp_recording_get_fact (recording, keys[i]));
  for (HpDefinitionKind kind = 0; kind < HP_N_DEFINITION_KINDS; kind++)
    for (guint32 id = 1; id <= hp_definitions_count (definitions, kind); id++)
      listener.define (listener.self, definitions, kind, id);
  for (guint64 i = 0; i < n; i += 100)
    listener.events (listener.self, hp_recording_event (recording, i), MIN (n - i, 100));
  hp_encoder_flush (encoder);
  return bytes;
}

static HpRecording *
new_recording (guint64 seed, guint64 n)
{
  HpRecording *recording = random_events_new (seed, n);

  hp_recording_set_fact (recording, "scenario", "random");
  hp_recording_set_fact (recording, "set.größe", "");
  return recording;
}

/* ---- there and back ---------------------------------------------------------------------------------------------- */

static void
decode (HpRecording *recording, const guint8 *bytes, gsize n, gsize piece)
{
  g_autoptr (HpDecoder) decoder = hp_decoder_new (recording);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < n; i += piece)
    {
      hp_decoder_feed (decoder, bytes + i, MIN (piece, n - i), &error);
      g_assert_no_error (error);
    }
  hp_decoder_finish (decoder, &error);
  g_assert_no_error (error);
}

static void
assert_same_definitions (HpRecording *a, HpRecording *b)
{
  const HpDefinitions *one = hp_recording_definitions (a), *two = hp_recording_definitions (b);

  for (HpDefinitionKind kind = 0; kind < HP_N_DEFINITION_KINDS; kind++)
    g_assert_cmpuint (hp_definitions_count (one, kind), ==, hp_definitions_count (two, kind));
  g_assert_cmpstr (hp_definitions_shape (two, 1)->slot_names[1], ==, "friend");
  g_assert_null (hp_definitions_shape (two, 4)->slot_names);
  g_assert_cmpuint (hp_definitions_shape (two, 2)->tail, ==, HP_TAIL_BYTES);
  for (HpReferences references = HP_REFERENCES_STRONG; references < HP_N_REFERENCES; references++)
    g_assert_cmpuint (hp_definitions_shape (two, 4 + references)->references, ==, references);
  g_assert_cmpstr (hp_definitions_function (two, 1)->local_names[1], ==, "user");
  g_assert_null (hp_definitions_function (two, 1)->local_names[2]);
  g_assert_cmpstr (hp_definitions_source (two, 1)->text, ==, "let a\nlet b\n");
  g_assert_cmpuint (hp_definitions_page (two, 3)->number, ==, hp_definitions_page (one, 3)->number);
  g_assert_cmpstr (hp_definitions_root (two, 2)->name, ==, "second");
}

static void
test_there_and_back (void)
{
  static const gsize PIECES[] = { 1, 2, 3, 7, 16, 17, 1000, 65536, G_MAXSIZE };
  g_autoptr (HpRecording) recording = new_recording (91, 3000);
  g_autoptr (GByteArray) bytes = encode (recording);

  for (guint i = 0; i < G_N_ELEMENTS (PIECES); i++)
    {
      g_autoptr (HpRecording) again = hp_recording_new ();
      g_autoptr (GByteArray) bytes_again = NULL;

      decode (again, bytes->data, bytes->len, MIN (PIECES[i], bytes->len));
      assert_same_definitions (recording, again);
      g_assert_cmpuint (hp_recording_length (again), ==, hp_recording_length (recording));
      for (guint64 k = 0; k < hp_recording_length (again); k++)
        g_assert_cmpmem (
            hp_recording_event (again, k), sizeof (HpEvent), hp_recording_event (recording, k), sizeof (HpEvent));
      bytes_again = encode (again);
      g_assert_cmpmem (bytes->data, bytes->len, bytes_again->data, bytes_again->len);
    }
}

static void
test_files (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "heaparium-test-format.recording", NULL);
  g_autoptr (HpRecording) recording = new_recording (92, 3000), again = NULL, none = NULL;
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (GError) error = NULL;
  gsize n, m;

  g_assert_true (hp_recording_save (recording, path, NULL));
  g_assert_true (g_file_get_contents (path, &first, &n, NULL));
  g_assert_true (hp_recording_recognises ((guint8 *) first, n));
  again = hp_recording_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hp_recording_get_fact (again, "set.größe"), ==, "");
  g_assert_true (hp_recording_save (again, path, NULL));
  g_assert_true (g_file_get_contents (path, &second, &m, NULL));
  g_assert_cmpmem (first, n, second, m);
  g_assert_true (g_file_set_contents (path, first, (gssize) n - 1, NULL));
  none = hp_recording_load (path, &error);
  g_assert_null (none);
  g_assert_nonnull (strstr (error->message, path));
  g_unlink (path);
}

/* File names and names of plugins may be no UTF-8; the recording is, so that it can be read again. */
static void
test_texts_become_utf_8 (void)
{
  g_autoptr (HpRecording) recording = hp_recording_new (), again = hp_recording_new ();
  g_autoptr (GByteArray) bytes = NULL;

  hp_recording_set_fact (recording, "set.file", "/tmp/\377.trace");
  hp_definitions_add_root (hp_recording_definitions (recording), &(HpRoot){ 0, "\300" });
  bytes = encode (recording);
  decode (again, bytes->data, bytes->len, bytes->len);
  g_assert_cmpstr (hp_recording_get_fact (again, "set.file"), ==, "/tmp/\357\277\275.trace");
  g_assert_cmpstr (hp_definitions_root (hp_recording_definitions (again), 1)->name, ==, "\357\277\275");
}

/* A stream of version 1, whose shapes have no kind of references: they are strong. */
static void
test_version_1 (void)
{
  static const guint8 BYTES[] = "HEAPARIUM\1\2\0\0\0\41\0\0\0"
                                "\1\0\0\0\1\0\0\0\1\0\0\0A\6\0\0\0\2\0\0\0\3\0\0\0\0\0\0\0\0\0\0\0";
  g_autoptr (HpRecording) recording = hp_recording_new ();
  const HpShape *shape;

  decode (recording, BYTES, sizeof BYTES - 1, 5);
  shape = hp_definitions_shape (hp_recording_definitions (recording), 1);
  g_assert_cmpstr (shape->name, ==, "A");
  g_assert_cmpuint (shape->kind, ==, HP_SHAPE_CONTEXT);
  g_assert_cmpuint (shape->tail, ==, HP_TAIL_BYTES);
  g_assert_cmpuint (shape->header_words, ==, 3);
  g_assert_cmpuint (shape->references, ==, HP_REFERENCES_STRONG);
}

/* Version 2 has the kind of references, and none of the events of stretches. */
static void
test_version_2 (void)
{
  static const guint8 BYTES[] = "HEAPARIUM\2\2\0\0\0\45\0\0\0"
                                "\1\0\0\0\1\0\0\0\1\0\0\0W\5\0\0\0\0\0\0\0\1\0\0\0\3\0\0\0\1\0\0\0\0\0\0\0"
                                "\3\0\0\0\20\0\0\0\1\10\0\0\2\0\0\0\0\0\0\0\0\0\0\0";
  g_autoptr (HpRecording) recording = hp_recording_new ();

  decode (recording, BYTES, sizeof BYTES - 1, 7);
  g_assert_cmpuint (hp_definitions_shape (hp_recording_definitions (recording), 1)->references, ==, HP_REFERENCES_WEAK);
  g_assert_cmpuint (hp_recording_length (recording), ==, 1);
  g_assert_cmpuint (hp_moment_counters (hp_recording_head (recording))->operations, ==, 3);
}

/* ---- the encoder ------------------------------------------------------------------------------------------------- */

typedef struct
{
  guint calls;
  guint most;
  gsize largest;
} Pipe;

static gboolean
write_to_pipe (gpointer data, const guint8 *bytes, gsize n)
{
  Pipe *pipe = data;

  pipe->calls++;
  pipe->largest = MAX (pipe->largest, n);
  return pipe->calls < pipe->most;
}

/* Writes are few and large, and there are none after one that failed. */
static void
test_encoder_writes (void)
{
  static HpEvent events[4096];
  Pipe pipe = { 0, 10, 0 };
  HpEncoder *encoder = hp_encoder_new (write_to_pipe, &pipe);
  HpListener listener = hp_encoder_listener (encoder);

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    events[i] = hp_event (HP_EVENT_FLIP, 0, 0, 0, 0);
  for (guint i = 0; i < 160; i++)
    listener.events (listener.self, events, 100);
  g_assert_cmpuint (pipe.calls, ==, 160 * 1608 / 65536);
  g_assert_cmpuint (pipe.largest, <, 65536 + 1608);
  g_assert_true (hp_encoder_flush (encoder));
  g_assert_cmpuint (pipe.calls, ==, 4);
  for (guint i = 0; i < 100; i++)
    listener.events (listener.self, events, G_N_ELEMENTS (events));
  g_assert_cmpuint (pipe.calls, ==, 10);
  g_assert_false (hp_encoder_flush (encoder));
  hp_encoder_free (encoder);
  g_assert_cmpuint (pipe.calls, ==, 10);
}

/* ---- cut off ----------------------------------------------------------------------------------------------------- */

static guint32
uint_at (const guint8 *bytes)
{
  return bytes[0] | (guint32) bytes[1] << 8 | (guint32) bytes[2] << 16 | (guint32) bytes[3] << 24;
}

/* Cut off anywhere, a recording is good up to there; only where a block ends is it also whole. */
static void
test_cut_off (void)
{
  g_autoptr (HpRecording) recording = new_recording (93, 250);
  g_autoptr (GByteArray) bytes = encode (recording);
  guint64 block_end = 10;

  for (guint n = 0; n <= bytes->len; n++)
    {
      g_autoptr (HpRecording) part = hp_recording_new ();
      g_autoptr (HpDecoder) decoder = hp_decoder_new (part);
      g_autoptr (GError) error = NULL;

      g_assert_true (hp_decoder_feed (decoder, bytes->data, n, &error));
      g_assert_cmpint (hp_decoder_finish (decoder, &error), ==, n == block_end);
      g_assert_cmpint (error != NULL, ==, n != block_end);
      if (n == block_end && n < bytes->len)
        block_end += 8 + uint_at (bytes->data + n + 4);
      if (n == bytes->len)
        g_assert_cmpuint (hp_recording_length (part), ==, hp_recording_length (recording));
    }
}

/* ---- hostile ----------------------------------------------------------------------------------------------------- */

#define HEADER "HEAPARIUM\4"
#define BLOCK(type, length) type "\0\0\0" length "\0\0\0"
#define N(number) number "\0\0\0"
/* Shape 1 without a name and without slots. */
#define SHAPE(tail, references, header_words) \
  BLOCK ("\2", "\44")                         \
  N ("\1") N ("\1") N ("\0") N ("\0") N (tail) N (references) N (header_words) N ("\0") N ("\0")

typedef struct
{
  const char *name;
  const char *bytes;
  gsize n;
  const char *message;
} Hostile;

#define H(name, bytes, message)            \
  {                                        \
    name, bytes, sizeof bytes - 1, message \
  }

static const Hostile HOSTILE[] = {
  H ("other-file",
     "#!/usr/bin/env node",
     "recording, byte 0: this is no recording: it does not begin with “HEAPARIUM”"),
  H ("newer",
     "HEAPARIUM\5",
     "recording, byte 9: the recording has format version 5; this program reads versions 1 to 4"),
  H ("version-0",
     "HEAPARIUM\0",
     "recording, byte 9: the recording has format version 0; this program reads versions 1 to 4"),
  H ("empty", "", "recording, byte 0: this is no recording: it ends after 0 bytes"),
  H ("block-type", HEADER BLOCK ("\7", "\0"), "recording, byte 10: found a block of type 7, expected 1, 2 or 3"),
  H ("block-type-0", HEADER BLOCK ("\0", "\0"), "recording, byte 10: found a block of type 0, expected 1, 2 or 3"),
  H ("block-size",
     HEADER "\3\0\0\0\1\0\0\4",
     "recording, byte 14: a block of 67108865 bytes, expected at most 67108864"),
  H ("half-an-event",
     HEADER BLOCK ("\3", "\10") "12345678",
     "recording, byte 18: 8 bytes are no whole number of events"),
  H ("event",
     HEADER BLOCK ("\3", "\20") "\310\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
     "recording, events from byte 18: event 0 (unknown): type 200 is not one of 1 to 44"),
  H ("fact-ends", HEADER BLOCK ("\1", "\2") "ab", "recording, byte 18: the block ends where a fact's key was expected"),
  H ("text-too-long",
     HEADER BLOCK ("\1", "\10") "\5\0\0\0abcd",
     "recording, byte 22: a fact's key of 5 bytes passes the end of its block"),
  H ("no-text",
     HEADER BLOCK ("\1", "\4") "\377\377\377\377",
     "recording, byte 22: a fact's key of 4294967295 bytes passes the end of its block"),
  H ("not-utf-8", HEADER BLOCK ("\1", "\5") "\1\0\0\0\377", "recording, byte 22: a fact's key is not UTF-8 text"),
  H ("bytes-left",
     HEADER BLOCK ("\1", "\13") "\1\0\0\0a\0\0\0\0!!",
     "recording, byte 27: 2 bytes are left over where the block was expected to end"),
  H ("kind",
     HEADER BLOCK ("\2", "\4") "\6\0\0\0",
     "recording, byte 18: the kind of a definition is 6, expected at most 5"),
  H ("id",
     HEADER BLOCK ("\2", "\10") "\0\0\0\0\2\0\0\0",
     "recording, byte 18: definition 2 of kind 0, expected number 1"),
  H ("string-twice",
     HEADER BLOCK ("\2", "\15") "\0\0\0\0\1\0\0\0\1\0\0\0a" BLOCK ("\2", "\15") "\0\0\0\0\2\0\0\0\1\0\0\0a",
     "recording, byte 39: definition 2 of kind 0 was made before"),
  H ("no-header-words", HEADER SHAPE ("\0", "\0", "\0"), "recording, byte 18: shape “” has a header of 0 words"),
  H ("references",
     HEADER SHAPE ("\0", "\4", "\1"),
     "recording, byte 38: a shape's kind of references is 4, expected at most 3"),
  H ("weak-without-slots",
     HEADER SHAPE ("\0", "\1", "\1"),
     "recording, byte 18: shape “” has no slots for references of kind 1"),
  H ("ephemerons-of-bytes",
     HEADER SHAPE ("\2", "\3", "\2"),
     "recording, byte 18: shape “” has no slots for references of kind 3"),
  H ("parameters",
     HEADER BLOCK ("\2", "\34") "\2\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0",
     "recording, byte 18: function “” has more parameters than locals"),
  H ("names",
     HEADER BLOCK ("\2", "\34") "\2\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\3\0\0\0\2\0\0\0",
     "recording, byte 46: 2 of a function's local names, expected none or 3"),
};

static void
test_hostile (gconstpointer data)
{
  const Hostile *hostile = data;

  for (gsize piece = 1; piece <= hostile->n + 1; piece += MAX (hostile->n, 1))
    {
      g_autoptr (HpRecording) recording = hp_recording_new ();
      g_autoptr (HpDecoder) decoder = hp_decoder_new (recording);
      g_autoptr (GError) error = NULL;
      gboolean sound = TRUE;

      for (gsize i = 0; i < hostile->n && sound; i += piece)
        sound = hp_decoder_feed (decoder, (const guint8 *) hostile->bytes + i, MIN (piece, hostile->n - i), &error);
      if (sound)
        sound = hp_decoder_finish (decoder, &error);
      g_assert_false (sound);
      g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
      g_assert_cmpstr (error->message, ==, hostile->message);
    }
}

/* After an error nothing more is read, and what came before it stays. */
static void
test_after_an_error (void)
{
  static const guint8 GOOD[] = HEADER BLOCK ("\3", "\20") "\26\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
  static const guint8 BAD[] = BLOCK ("\3", "\40") "\26\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                                  "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
  g_autoptr (HpRecording) recording = hp_recording_new ();
  g_autoptr (HpDecoder) decoder = hp_decoder_new (recording);

  g_assert_true (hp_decoder_feed (decoder, GOOD, sizeof GOOD - 1, NULL));
  g_assert_cmpuint (hp_recording_length (recording), ==, 1);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (hp_decoder_feed (decoder, BAD, sizeof BAD - 1, &error));
      g_assert_cmpstr (
          error->message, ==, "recording, events from byte 42: event 2 (none): type 0 is not one of 1 to 44");
      g_assert_cmpuint (hp_recording_length (recording), ==, 2);
    }
  g_assert_false (hp_decoder_finish (decoder, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/there-and-back", test_there_and_back);
  g_test_add_func ("/format/files", test_files);
  g_test_add_func ("/format/texts-become-utf-8", test_texts_become_utf_8);
  g_test_add_func ("/format/version-1", test_version_1);
  g_test_add_func ("/format/version-2", test_version_2);
  g_test_add_func ("/format/encoder-writes", test_encoder_writes);
  g_test_add_func ("/format/cut-off", test_cut_off);
  for (guint i = 0; i < G_N_ELEMENTS (HOSTILE); i++)
    {
      g_autofree char *path = g_strdup_printf ("/format/hostile/%s", HOSTILE[i].name);

      g_test_add_data_func (path, &HOSTILE[i], test_hostile);
    }
  g_test_add_func ("/format/after-an-error", test_after_an_error);
  return g_test_run ();
}
