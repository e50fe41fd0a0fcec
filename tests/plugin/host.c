/* host.c - tests of the plugin host: what is found, in which order, and the exact words about what is refused
 *
 * Each test makes a folder of its own; modules are links to those that the build made (fixtures/entry.c).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plugin/host.h"
#include "scene/view.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define HEAD "[Plugin]\nId=probe\nKind=scenario\nName=Probe\nABI=4\n"

/* module.c relies on it, and cannot include the header of a higher room. */
G_STATIC_ASSERT (sizeof (HpView) == 4 * sizeof (gpointer));
G_STATIC_ASSERT (G_STRUCT_OFFSET (HpView, build) == 3 * sizeof (gpointer));

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("heaparium-test-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
}

static void
remove_tree (const char *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);

  for (const char *name = dir ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
put (const Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
put_module (const Fixture *fixture, const char *module, const char *name)
{
  g_autofree char *file = g_strconcat (module, ".so", NULL);
  g_autofree char *target = g_test_build_filename (G_TEST_BUILT, "plugin", file, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static HpHost *
open_host (const Fixture *fixture)
{
  return hp_host_new ((const char *const[]){ fixture->folder, NULL });
}

/* Loading the one plugin of the folder fails with @reason, in which %s is the folder. */
static void
assert_load_refused (const Fixture *fixture, const char *reason)
{
  g_autoptr (HpHost) host = open_host (fixture);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = g_strsplit (reason, "%s", -1);
  g_autofree char *why = g_strjoinv (fixture->folder, parts);
  g_autofree char *expected = g_strdup_printf ("the scenario “probe” was refused: %s", why);
  const HpManifest *manifest = hp_host_find (host, HP_PLUGIN_SCENARIO, "probe", &error);

  g_assert_no_error (error);
  for (guint again = 0; again < 2; again++)
    {
      g_assert_null (hp_host_load (host, manifest, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_PLUGIN);
      g_assert_cmpstr (error->message, ==, expected);
      g_clear_error (&error);
    }
  g_assert_cmpstr (hp_host_entry (host, 0).refusal, ==, why);
  g_assert_null (hp_host_find (host, HP_PLUGIN_SCENARIO, "probe", &error));
  g_assert_cmpstr (error->message, ==, expected);
}

static const struct
{
  const char *module;
  const char *reason;
} FLAWED[] = {
  { "wrong-abi", "it is built for plugin ABI 99; this Heaparium has ABI 4" },
  { "new-api", "it needs plugin API 99; this Heaparium has API 1" },
  { "no-symbol", "its module %s/probe.so has no symbol hp_plugin_entry" },
  { "size-0", "the struct_size of its entry is 0" },
  { "size-huge", "the struct_size of its entry is 1099511627776, expected 64" },
  { "other-kind", "its module says it is a policy and its manifest a scenario" },
  { "no-kind", "its module says it is a thing of an unknown kind and its manifest a scenario" },
  { "wrong-pointer", "it says it is a scenario and exports a policy" },
  { "two-pointers", "it says it is a scenario and exports a policy" },
  { "no-pointer", "it says it is a scenario and exports none" },
  { "no-run", "its scenario lacks a function that every scenario needs" },
  { "short-scenario", "its scenario lacks a function that every scenario needs" },
  { "scenario-0", "the struct_size of its scenario is 0, expected 32 or less" },
  { "scenario-huge", "the struct_size of its scenario is 4096, expected 32 or less" },
};

static void
test_flawed_module (Fixture *fixture, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  put (fixture, "probe.plugin", HEAD);
  put_module (fixture, FLAWED[i].module, "probe.so");
  assert_load_refused (fixture, FLAWED[i].reason);
}

static void
test_other_id (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpHost) host = NULL;

  put (fixture, "a.plugin", "[Plugin]\nId=somebody\nKind=scenario\nName=A\nABI=4\nModule=probe.so\n");
  put_module (fixture, "sound", "probe.so");
  host = open_host (fixture);
  g_assert_null (hp_host_load (host, hp_host_find (host, HP_PLUGIN_SCENARIO, "somebody", NULL), &error));
  g_assert_cmpstr (error->message,
                   ==,
                   "the scenario “somebody” was refused: its module calls itself “probe” and its manifest “somebody”");
}

#define LESSON "[Plugin]\nId=lesson\nKind=scenario\nName=L\nOf=probe\nFile=lesson.js\n"

/* A scenario of another's module, with a file of its own, wherever the two stand. */
static void
test_lesson (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpHost) host = NULL;
  g_autoptr (HpSettings) settings = NULL;
  g_autofree char *file = g_build_filename (fixture->folder, "a", "lesson.js", NULL);
  const HpManifest *lesson;

  put (fixture, "a/lesson.plugin", LESSON "View=graph\n");
  put (fixture,
       "b/probe.plugin",
       HEAD "Preset=classroom\nView=map\n[Setting file]\nType=file\n[Setting n]\nType=integer\nDefault=7\n");
  put_module (fixture, "sound", "b/probe.so");
  host = open_host (fixture);
  lesson = hp_host_find (host, HP_PLUGIN_SCENARIO, "lesson", NULL);
  g_assert_nonnull (hp_host_load (host, lesson, NULL));
  g_assert_cmpstr (lesson->preset, ==, "classroom");
  g_assert_cmpstr (lesson->view, ==, "graph");
  settings = hp_manifest_settings_new (lesson);
  g_assert_cmpstr (hp_settings_get_text (settings, "file"), ==, file);
  g_assert_cmpint (hp_settings_get_integer (settings, "n"), ==, 7);
}

static void
test_lesson_of_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpHost) host = NULL;

  put (fixture, "lesson.plugin", LESSON);
  put (fixture, "probe.plugin", HEAD);
  host = open_host (fixture);
  g_assert_null (hp_host_find (host, HP_PLUGIN_SCENARIO, "lesson", &error));
  g_assert_cmpstr (error->message,
                   ==,
                   "the scenario “lesson” was refused: it is of the scenario “probe”, and no scenario of that name "
                   "reads files");
}

static void
test_missing_module (Fixture *fixture, gconstpointer data)
{
  put (fixture, "probe.plugin", HEAD);
  assert_load_refused (fixture, "its module %s/probe.so is missing");
}

static void
test_not_a_module (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (4096, 'x');

  put (fixture, "probe.plugin", HEAD);
  put (fixture, "probe.so", text);
  assert_load_refused (fixture, "its module cannot be loaded: %s/probe.so: invalid ELF header");
}

static void
test_sound (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpHost) host = NULL;
  g_autoptr (GError) error = NULL;
  const HpManifest *manifest;
  const HpPlugin *plugin;

  put (fixture, "probe.plugin", HEAD);
  put_module (fixture, "sound", "probe.so");
  host = open_host (fixture);
  manifest = hp_host_find (host, HP_PLUGIN_SCENARIO, "probe", &error);
  plugin = hp_host_load (host, manifest, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plugin->id, ==, "probe");
  g_assert_nonnull (plugin->scenario->run);
  g_assert_null (plugin->scenario->recognises);
  g_assert_true (hp_host_load (host, manifest, &error) == plugin);
}

/* An older plugin's shorter vtable: what it does not know is NULL, whatever lies behind it in its memory. */
static void
test_short_vtable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpHost) host = NULL;
  g_autoptr (GError) error = NULL;
  const HpPlugin *plugin;

  put (fixture, "probe.plugin", "[Plugin]\nId=probe\nKind=policy\nName=P\nABI=4\n");
  put_module (fixture, "short-policy", "probe.so");
  host = open_host (fixture);
  plugin = hp_host_load (host, hp_host_find (host, HP_PLUGIN_POLICY, "probe", NULL), &error);
  g_assert_no_error (error);
  g_assert_nonnull (plugin->policy->destroy);
  g_assert_null (plugin->policy->collect_now);
  g_assert_null (plugin->policy->evacuate_page);
}

static void
assert_entry (HpHost *host, guint i, const Fixture *fixture, const char *name, const char *refusal)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_auto (GStrv) parts = refusal ? g_strsplit (refusal, "%s", -1) : NULL;
  g_autofree char *expected = parts ? g_strjoinv (fixture->folder, parts) : NULL;
  HpPluginEntry entry = hp_host_entry (host, i);

  g_assert_cmpstr (entry.path, ==, path);
  g_assert_cmpstr (entry.refusal, ==, expected);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpHost) host = NULL;

  put (fixture, "b/z.plugin", HEAD);
  put (fixture, "b/deep/q.plugin", "[Plugin]\nId=probe\nKind=policy\nName=Another kind\nABI=4\n");
  put (fixture, "c.plugin", "[Plugin]\nId=probe\nKind=scenario\nName=Later\nABI=4\n");
  put (fixture, "a.plugin", "[Plugin]\nId=probe\nKind=scenario\nName=Old\nABI=1\n");
  put (fixture, "new.plugin", "[Plugin]\nId=new\nKind=scenario\nName=New\nABI=4\nAPI=7\n");
  put (fixture, "bad.plugin", "[Plugin]\nId=BAD\n");
  put (fixture, "notes.txt", "no manifest");
  host = open_host (fixture);
  g_assert_cmpuint (hp_host_n_entries (host), ==, 6);
  assert_entry (host, 0, fixture, "a.plugin", "it is built for plugin ABI 1; this Heaparium has ABI 4");
  assert_entry (host, 1, fixture, "b/deep/q.plugin", NULL);
  assert_entry (host, 2, fixture, "b/z.plugin", NULL);
  assert_entry (
      host, 3, fixture, "bad.plugin", "%s/bad.plugin: [Plugin] Id: found “BAD”, expected 1 to 64 of a–z, 0–9 and -");
  assert_entry (host, 4, fixture, "c.plugin", "it is shadowed by %s/b/z.plugin");
  assert_entry (host, 5, fixture, "new.plugin", "it needs plugin API 7; this Heaparium has API 1");
  g_assert_null (hp_host_entry (host, 3).manifest);
  g_assert_cmpstr (hp_host_find (host, HP_PLUGIN_SCENARIO, "probe", NULL)->name, ==, "Probe");
}

static void
assert_not_found (HpHost *host, const char *id, HpError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_host_find (host, HP_PLUGIN_SCENARIO, id, &error));
  g_assert_error (error, HP_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_close_ids (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpHost) host = NULL;

  put (fixture, "a.plugin", "[Plugin]\nId=first-steps\nKind=scenario\nName=A\nABI=4\n");
  put (fixture, "b.plugin", "[Plugin]\nId=memory-trace\nKind=scenario\nName=B\nABI=4\n");
  put (fixture, "c.plugin", "[Plugin]\nId=third\nKind=view\nName=C\nABI=4\n");
  put (fixture, "d.plugin", "[Plugin]\nId=old\nKind=scenario\nName=D\nABI=9\n");
  host = open_host (fixture);
  assert_not_found (host, "first-step", HP_ERROR_NOT_FOUND, "no scenario “first-step”; did you mean “first-steps”?");
  assert_not_found (host, "frist-stesp", HP_ERROR_NOT_FOUND, "no scenario “frist-stesp”; did you mean “first-steps”?");
  assert_not_found (host, "mem", HP_ERROR_NOT_FOUND, "no scenario “mem”; did you mean “memory-trace”?");
  assert_not_found (host, "third", HP_ERROR_NOT_FOUND, "no scenario “third”; there are: first-steps, memory-trace");
  assert_not_found (host,
                    "old",
                    HP_ERROR_PLUGIN,
                    "the scenario “old” was refused: it is built for plugin ABI 9; this Heaparium has ABI 4");
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpHost) host = hp_host_new ((const char *const[]){ fixture->folder, "/no/such/folder", NULL });

  g_assert_cmpuint (hp_host_n_entries (host), ==, 0);
  assert_not_found (host, "x", HP_ERROR_NOT_FOUND, "no scenario “x”: no scenario was found at all");
}

/* A link that leads back into its own folder ends, and a folder named twice is searched once. */
static void
test_circle (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "z", NULL);
  g_autoptr (HpHost) host = NULL;

  put (fixture, "a.plugin", HEAD);
  host = hp_host_new ((const char *const[]){ fixture->folder, fixture->folder, NULL });
  g_assert_cmpuint (hp_host_n_entries (host), ==, 1);
  g_clear_pointer (&host, hp_host_free);

  g_assert_cmpint (symlink (fixture->folder, link), ==, 0);
  host = open_host (fixture);
  g_assert_cmpuint (hp_host_n_entries (host), ==, 5);
  assert_entry (host, 0, fixture, "a.plugin", NULL);
  assert_entry (host, 1, fixture, "z/a.plugin", "it is shadowed by %s/a.plugin");
}

static void
test_usual_folders (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strconcat ("::", fixture->folder, "/second:", fixture->folder, "/third", NULL);
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "heaparium", "plugins", NULL);
  g_autoptr (HpHost) host = NULL;
  Fixture home = { own };

  put (&home, "mine.plugin", HEAD "Description=home\n");
  put (fixture, "second/a.plugin", HEAD);
  put (fixture, "third/b.plugin", "[Plugin]\nId=third\nKind=view\nName=T\nABI=4\n");
  g_setenv ("HEAPARIUM_PLUGIN_PATH", path, TRUE);
  host = hp_host_new (NULL);
  g_assert_cmpstr (hp_host_find (host, HP_PLUGIN_SCENARIO, "probe", NULL)->description, ==, "home");
  g_assert_nonnull (hp_host_find (host, HP_PLUGIN_VIEW, "third", NULL));
  assert_entry (host, 0, &home, "mine.plugin", NULL);
  remove_tree (own);
}

#define ADD(name, function, data) g_test_add ("/host/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (FLAWED); i++)
    {
      g_autofree char *path = g_strconcat ("/host/flawed/", FLAWED[i].module, NULL);

      g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_flawed_module, tear_down);
    }
  ADD ("other-id", test_other_id, NULL);
  ADD ("lesson", test_lesson, NULL);
  ADD ("lesson-of-nothing", test_lesson_of_nothing, NULL);
  ADD ("missing-module", test_missing_module, NULL);
  ADD ("not-a-module", test_not_a_module, NULL);
  ADD ("sound", test_sound, NULL);
  ADD ("short-vtable", test_short_vtable, NULL);
  ADD ("order", test_order, NULL);
  ADD ("close-ids", test_close_ids, NULL);
  ADD ("nothing", test_nothing, NULL);
  ADD ("circle", test_circle, NULL);
  ADD ("usual-folders", test_usual_folders, NULL);
  return g_test_run ();
}
