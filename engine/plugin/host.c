/* host.c - finds plugins by their manifests and keeps account of what is usable and what was refused
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plugin/host.h"
#include "plugin/lesson.h"
#include "plugin/module.h"
#include "plugin/suggest.h"

#include "config.h"

#include <gmodule.h>
#include <string.h>

#define MANIFEST_ENDING ".plugin"
#define DEEPEST 4          /* folders in folders; a link that leads back into itself ends here */
#define MOST_ENTRIES 1000u /* somebody pointed the path at a whole disk */

/* Invariant: no two entries without a refusal have the same kind and id. */
typedef struct
{
  char *path;
  HpManifest *manifest; /* nullable */
  char *refusal;        /* nullable */
  HpPlugin *plugin;     /* NULL until loaded */
} Entry;

struct _HpHost
{
  GPtrArray *entries; /* of Entry, in the order found */
};

static void
entry_free (Entry *entry)
{
  g_free (entry->path);
  hp_manifest_free (entry->manifest);
  g_free (entry->refusal);
  hp_module_plugin_free (entry->plugin);
  g_free (entry);
}

/* The usable entry of a kind and id, or NULL. */
static Entry *
find_usable (const HpHost *self, HpPluginKind kind, const char *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->refusal == NULL && entry->manifest->kind == kind && strcmp (entry->manifest->id, id) == 0)
        return entry;
    }
  return NULL;
}

/* ---- searching -------------------------------------------------------------------------------------------------- */

/* Whether it has been read, and its numbers are ours: those of a lesson are its scenario's, found later. */
static gboolean
is_sound (const HpManifest *manifest, GError **error)
{
  return manifest != NULL && (manifest->of != NULL || hp_module_check_numbers (manifest->abi, manifest->api, error));
}

static void
add_manifest (HpHost *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  Entry *entry = g_new0 (Entry, 1);
  const Entry *earlier;

  entry->path = g_strdup (path);
  entry->manifest = hp_manifest_load (path, &error);
  if (is_sound (entry->manifest, &error))
    {
      earlier = find_usable (self, entry->manifest->kind, entry->manifest->id);
      if (earlier != NULL)
        entry->refusal = g_strdup_printf ("it is shadowed by %s", earlier->path);
    }
  else
    entry->refusal = g_strdup (error->message);
  g_ptr_array_add (self->entries, entry);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_sorted (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GDir *dir = g_dir_open (folder, 0, NULL);

  if (dir == NULL)
    return names;
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (names, g_strdup (name));
  g_dir_close (dir);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
search (HpHost *self, const char *folder, guint depth)
{
  g_autoptr (GPtrArray) names = list_sorted (folder);

  for (guint i = 0; i < names->len && self->entries->len < MOST_ENTRIES; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, MANIFEST_ENDING) && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        add_manifest (self, path);
      else if (depth < DEEPEST && g_file_test (path, G_FILE_TEST_IS_DIR))
        search (self, path, depth + 1);
    }
}

static char **
usual_folders (void)
{
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "heaparium", "plugins", NULL);
  const char *variable = g_getenv ("HEAPARIUM_PLUGIN_PATH");
  g_auto (GStrv) further = g_strsplit (variable ? variable : "", G_SEARCHPATH_SEPARATOR_S, -1);

  g_strv_builder_add (folders, own);
  g_strv_builder_add (folders, HP_PLUGIN_DIR);
  for (guint i = 0; further[i] != NULL; i++)
    if (*further[i] != '\0')
      g_strv_builder_add (folders, further[i]);
  return g_strv_builder_end (folders);
}

static HpHost *
new_empty (void)
{
  HpHost *self = g_new0 (HpHost, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  return self;
}

static void
search_folders (HpHost *self, const char *const *folders)
{
  g_autoptr (GHashTable) searched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const char *const *folder = folders; *folder != NULL; folder++)
    {
      char *path = g_canonicalize_filename (*folder, NULL);

      if (g_hash_table_add (searched, path))
        search (self, path, 0);
    }
}

static void
search_usual_folders (HpHost *self)
{
  g_auto (GStrv) usual = usual_folders ();

  search_folders (self, (const char *const *) usual);
}

/* Once all manifests are read, each lesson gets what its scenario has. */
static void
adopt_lessons (HpHost *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);
      g_autoptr (GError) error = NULL;
      const Entry *of;

      if (entry->refusal != NULL || entry->manifest->of == NULL)
        continue;
      of = find_usable (self, entry->manifest->kind, entry->manifest->of);
      if (!hp_lesson_adopt (entry->manifest, of != NULL ? of->manifest : NULL, &error))
        entry->refusal = g_strdup (error->message);
    }
}

HpHost *
hp_host_new (const char *const *folders)
{
  HpHost *self = new_empty ();

  if (folders != NULL)
    search_folders (self, folders);
  else
    search_usual_folders (self);
  adopt_lessons (self);
  return self;
}

/* The manifest of a module stands beside it and has its name. */
static char *
manifest_of (const char *path)
{
  gsize n = strlen (path);

  if (!g_str_has_suffix (path, "." G_MODULE_SUFFIX))
    return g_strdup (path);
  return g_strdup_printf ("%.*s" MANIFEST_ENDING, (int) (n - strlen ("." G_MODULE_SUFFIX)), path);
}

HpHost *
hp_host_new_with (const char *path, const HpManifest **manifest, GError **error)
{
  g_autoptr (HpHost) self = new_empty ();
  g_autoptr (HpManifest) readable = NULL;
  g_autofree char *of_module = NULL;
  const Entry *first;

  g_return_val_if_fail (path != NULL && manifest != NULL, NULL);

  of_module = manifest_of (path);
  readable = hp_manifest_load (of_module, error);
  if (readable == NULL)
    return NULL;
  add_manifest (self, of_module);
  search_usual_folders (self);
  adopt_lessons (self);
  first = g_ptr_array_index (self->entries, 0);
  if (first->refusal != NULL)
    {
      g_set_error (error, HP_ERROR, HP_ERROR_PLUGIN, "%s: %s", of_module, first->refusal);
      return NULL;
    }
  *manifest = first->manifest;
  return g_steal_pointer (&self);
}

void
hp_host_free (HpHost *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/* ---- asking ----------------------------------------------------------------------------------------------------- */

guint
hp_host_n_entries (const HpHost *self)
{
  return self->entries->len;
}

HpPluginEntry
hp_host_entry (const HpHost *self, guint i)
{
  const Entry *entry;

  g_return_val_if_fail (i < self->entries->len, (HpPluginEntry){ 0 });

  entry = g_ptr_array_index (self->entries, i);
  return (HpPluginEntry){ entry->path, entry->manifest, entry->refusal };
}

/* Why there is no usable plugin of @kind called @id. */
static void
explain_missing (const HpHost *self, HpPluginKind kind, const char *id, GError **error)
{
  g_autoptr (GPtrArray) usable = g_ptr_array_new ();
  g_autofree char *listed = NULL;
  const char *word = hp_plugin_kind_name (kind);
  const char *meant;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);
      const HpManifest *manifest = entry->manifest;

      if (manifest == NULL || manifest->kind != kind)
        continue;
      if (entry->refusal == NULL)
        g_ptr_array_add (usable, manifest->id);
      else if (strcmp (manifest->id, id) == 0)
        {
          g_set_error (error, HP_ERROR, HP_ERROR_PLUGIN, "the %s “%s” was refused: %s", word, id, entry->refusal);
          return;
        }
    }
  g_ptr_array_add (usable, NULL);
  meant = hp_suggest (id, (const char *const *) usable->pdata);
  listed = g_strjoinv (", ", (char **) usable->pdata);
  if (meant != NULL)
    g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, "no %s “%s”; did you mean “%s”?", word, id, meant);
  else if (*listed != '\0')
    g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, "no %s “%s”; there are: %s", word, id, listed);
  else
    g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, "no %s “%s”: no %s was found at all", word, id, word);
}

const HpManifest *
hp_host_find (HpHost *self, HpPluginKind kind, const char *id, GError **error)
{
  const Entry *entry;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  entry = find_usable (self, kind, id);
  if (entry != NULL)
    return entry->manifest;
  explain_missing (self, kind, id, error);
  return NULL;
}

const HpPlugin *
hp_host_load (HpHost *self, const HpManifest *manifest, GError **error)
{
  Entry *entry;
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (self != NULL && manifest != NULL, NULL);

  entry = find_usable (self, manifest->kind, manifest->id);
  if (entry == NULL || entry->manifest != manifest)
    {
      explain_missing (self, manifest->kind, manifest->id, error);
      return NULL;
    }
  if (entry->plugin == NULL)
    entry->plugin = hp_module_load (manifest, &reason);
  if (entry->plugin != NULL)
    return entry->plugin;
  entry->refusal = g_strdup (reason->message);
  explain_missing (self, manifest->kind, manifest->id, error);
  return NULL;
}
