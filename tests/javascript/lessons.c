/* lessons.c - tests of the bundled lessons: each ends as it should, with all its marks, collections and explanations,
 * and after the repair of a leak less is alive
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/run.h"

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
  guint64 live_bytes;
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
  const HpCounters *counters;

  g_assert_no_error (error);
  machine = hp_run_perform (run, &listener, &options, NULL, &error);
  g_assert_no_error (error);
  counters = hp_machine_counters (machine);
  told.ending = hp_machine_ending (machine);
  told.message = g_strdup (hp_machine_ending_message (machine));
  told.live_bytes = counters->live_bytes;
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

  /* The library is not all there yet. */
  if (told.message != NULL && g_str_has_suffix (told.message, " is not defined"))
    {
      g_test_skip (told.message);
      told_clear (&told);
      return;
    }
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

static void
test_repaired (gconstpointer data)
{
  const char *leak = data;
  g_autofree char *repaired = g_strconcat (leak, "-repaired", NULL);
  Told before = perform (leak), after = perform (repaired);

  g_assert_cmpuint (after.live_bytes, <, before.live_bytes);
  g_test_message ("%s: %" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT, leak, before.live_bytes, after.live_bytes);
  told_clear (&before);
  told_clear (&after);
}

int
main (int argc, char **argv)
{
  const char *folders[] = { g_getenv ("HEAPARIUM_PLUGIN_PATH"), NULL };
  static const char *const LEAKS[] = { "leak-listener", "leak-timer", "leak-global", "leak-cache", "leak-closure" };
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
      g_autofree char *path = g_strconcat ("/javascript/repaired/", LEAKS[i], NULL);

      g_test_add_data_func (path, LEAKS[i], test_repaired);
    }
  status = g_test_run ();
  hp_host_free (host);
  return status;
}
