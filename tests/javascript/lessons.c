/* lessons.c - tests of the bundled lessons: each ends as it should, with all its marks, collections and explanations;
 * those that leak do, and those that are repaired do not
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/run.h"
#include "recording/recording.h"

#include <string.h>

static HpHost *host;

/* What a run told. */
typedef struct
{
  const HpDefinitions *definitions;
  GHashTable *marks; /* names of marks and chapters */
  guint n_collections;
  guint n_explanations;
  HpEnding ending;
  char *message;
} Told;

static void
on_define (gpointer user_data, const HpDefinitions *definitions, HpDefinitionKind kind, guint32 id)
{
  Told *self = user_data;

  self->definitions = definitions;
}

static void
on_events (gpointer user_data, const HpEvent *events, gsize n)
{
  Told *self = user_data;

  for (gsize i = 0; i < n; i++)
    switch (hp_event_type (&events[i]))
      {
      case HP_EVENT_MARK:
      case HP_EVENT_CHAPTER:
        g_hash_table_add (self->marks, g_strdup (hp_definitions_string (self->definitions, events[i].x)));
        break;
      case HP_EVENT_COLLECTION_BEGIN:
        self->n_collections++;
        break;
      case HP_EVENT_EXPLAIN:
        self->n_explanations += events[i].x != 0;
        break;
      default:
        break;
      }
}

static Told
perform (const char *id)
{
  Told told = { .marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  HpListener listener = { on_define, on_events, &told };
  HpRunOptions options = { .verify = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpRun) run = hp_run_new (host, id, &error);
  g_autoptr (HpMachine) machine = NULL;

  g_assert_no_error (error);
  machine = hp_run_perform (run, &listener, &options, NULL, &error);
  g_assert_no_error (error);
  told.ending = hp_machine_ending (machine);
  told.message = g_strdup (hp_machine_ending_message (machine));
  return told;
}

static void
told_clear (Told *self)
{
  g_hash_table_unref (self->marks);
  g_free (self->message);
}

/* The instructions in the text of a lesson happened. */
static void
assert_followed (const Told *told, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_collections = 0, n_explanations = 0;

  for (char **line = lines; *line != NULL; line++)
    {
      const char *words = g_strstrip (*line);
      g_auto (GStrv) parts = g_strsplit (words, "\"", 3);

      n_explanations += g_str_has_prefix (words, "//:");
      n_collections += g_str_has_prefix (words, "//! collect");
      if ((g_str_has_prefix (words, "//! mark ") || g_str_has_prefix (words, "//! chapter "))
          && !g_hash_table_contains (told->marks, parts[1]))
        g_error ("“%s” did not happen", parts[1]);
    }
  g_assert_cmpuint (told->n_collections, >=, n_collections);
  g_assert_cmpuint (n_explanations, >, 0);
  g_assert_cmpuint (told->n_explanations, >, 0);
}

static void
test_lesson (gconstpointer data)
{
  const HpManifest *manifest = data;
  g_autoptr (HpSettings) settings = hp_manifest_settings_new (manifest);
  g_autofree char *text = NULL;
  Told told = perform (manifest->id);

  if (strcmp (manifest->id, "out-of-memory") == 0)
    g_assert_cmpint (told.ending, ==, HP_ENDING_OUT_OF_MEMORY);
  else
    {
      g_assert_cmpstr (told.message, ==, NULL);
      g_assert_cmpint (told.ending, ==, HP_ENDING_COMPLETED);
    }
  g_assert_true (g_file_get_contents (hp_settings_get_text (settings, "file"), &text, NULL, NULL));
  assert_followed (&told, text);
  told_clear (&told);
}

/* Bytes of all objects that are not freed. */
static guint64
bytes_at (HpRecording *recording, HpMoment *moment, guint64 step)
{
  hp_recording_seek (recording, moment, step);
  return hp_moment_counters (moment)->live_bytes;
}

/* How many bytes the lesson keeps: what its last full collection left, less what was there before its first chapter. */
static guint64
kept_by (const char *id)
{
  g_autoptr (HpRecording) recording = hp_recording_new ();
  HpListener listener = hp_recording_listener (recording);
  HpRunOptions options = { .verify = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpRun) run = hp_run_new (host, id, &error);
  g_autoptr (HpMachine) machine = NULL;
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));
  const HpCollectionRecord *last;
  guint64 before, after;

  g_assert_no_error (error);
  machine = hp_run_perform (run, &listener, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_COMPLETED);
  last = hp_recording_collection (recording, hp_recording_n_collections (recording) - 1);
  g_assert_cmpint (last->kind, ==, HP_COLLECTION_FULL);
  g_assert_true (hp_recording_place (recording, 0)->is_chapter);
  before = bytes_at (recording, moment, hp_recording_place (recording, 0)->step);
  after = bytes_at (recording, moment, last->end);
  g_test_message ("%s: %" G_GUINT64_FORMAT " bytes, then %" G_GUINT64_FORMAT, id, before, after);
  return after > before ? after - before : 0;
}

/* A lesson whose leaky version keeps at least @leaks bytes after its last collection, and whose repaired version keeps
 * at most @keeps: what it needs. */
typedef struct
{
  const char *id;
  guint64 leaks, keeps;
} Leak;

static void
test_repaired (gconstpointer data)
{
  const Leak *leak = data;
  g_autofree char *repaired = g_strconcat (leak->id, "-repaired", NULL);

  g_assert_cmpuint (kept_by (leak->id), >=, leak->leaks);
  g_assert_cmpuint (kept_by (repaired), <=, leak->keeps);
}

int
main (int argc, char **argv)
{
  const char *folders[] = { g_getenv ("HEAPARIUM_PLUGIN_PATH"), NULL };
  /* 30 views with 20 rows each, 20 reports of 30 lines, 40 rows, 80 pages with 16 slots each, 20 times 40 data; and
   * what is needed: the functions of the library that were used, 8 pages, 20 names. */
  static const Leak LEAKS[] = {
    { "leak-listener", 3500, 2000 }, { "leak-timer", 3500, 700 },    { "leak-global", 1500, 700 },
    { "leak-cache", 4500, 2000 },    { "leak-closure", 3500, 2000 },
  };
  int status;

  g_test_init (&argc, &argv, NULL);
  host = hp_host_new (folders);
  for (guint i = 0; i < hp_host_n_entries (host); i++)
    {
      const HpManifest *manifest = hp_host_entry (host, i).manifest;
      g_autofree char *path = manifest != NULL ? g_strconcat ("/javascript/lessons/", manifest->id, NULL) : NULL;

      if (manifest != NULL && g_strcmp0 (manifest->of, "javascript") == 0)
        g_test_add_data_func (path, manifest, test_lesson);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (LEAKS); i++)
    {
      g_autofree char *path = g_strconcat ("/javascript/repaired/", LEAKS[i].id, NULL);

      g_test_add_data_func (path, &LEAKS[i], test_repaired);
    }
  status = g_test_run ();
  hp_host_free (host);
  return status;
}
