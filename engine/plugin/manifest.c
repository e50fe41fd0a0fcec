/* manifest.c - reads NAME.plugin, the key file that tells what a plugin is before any of its code is loaded
 *
 * Whatever is wrong is told with the file, the group and the key, what was found and what was expected. Keys and groups
 * that are not known are refused too: a mistyped key would otherwise be a setting silently left at nothing.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/machine.h"
#include "plugin/host.h"
#include "plugin/suggest.h"

#include <float.h>
#include <gio/gio.h>

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#define MOST_BYTES (64 * 1024)
#define MOST_SETTINGS 64
#define LONGEST_ID 64
#define LONGEST_FILE_NAME 255
#define LARGEST_WHOLE 9007199254740992.0 /* 2^53: HpSettings keeps numbers as doubles */
#define SETTING_GROUP "Setting "
#define MACHINE_GROUP "Machine"

static const char *const KIND_NAMES[HP_N_PLUGIN_KINDS + 1] = { "scenario", "policy", "view", NULL };

static const char *const TYPE_NAMES[HP_N_PARAMETER_TYPES + 1] = { "boolean", "integer", "bytes", "number",
                                                                  "choice",  "text",    "file",  NULL };

static const char *const PLUGIN_KEYS[] = { "Id",     "Kind", "Name",  "Description", "Authors", "ABI", "API",  "Module",
                                           "Preset", "View", "Order", "Files",       "Program", "Of",  "File", NULL };

static const char *const SETTING_KEYS[] = { "Type", "Default", "Unit", "Min", "Max", "Choices", "Help", NULL };

typedef struct
{
  GKeyFile *keys;
  const char *path; /* for messages */
  const char *group;
  GError **error;
} Reader;

const char *
hp_plugin_kind_name (HpPluginKind kind)
{
  return (guint) kind < HP_N_PLUGIN_KINDS ? KIND_NAMES[kind] : NULL;
}

const char *
hp_parameter_type_name (HpParameterType type)
{
  return (guint) type < HP_N_PARAMETER_TYPES ? TYPE_NAMES[type] : NULL;
}

/* At most @most characters of @text on one line: what a hostile file holds may be long and strange. */
static char *
clip (const char *text, glong most)
{
  g_autofree char *head = g_utf8_strlen (text, -1) > most ? g_utf8_substring (text, 0, most) : NULL;
  char *clipped = head != NULL ? g_strconcat (head, "…", NULL) : g_strdup (text);

  for (char *c = clipped; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  return clipped;
}

static gboolean fail (const Reader *reader, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (const Reader *reader, const char *format, ...)
{
  g_autofree char *message = NULL;
  g_autofree char *clipped = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  clipped = clip (message, 400);
  g_set_error (reader->error, HP_ERROR, HP_ERROR_INPUT, "%s: %s", reader->path, clipped);
  return FALSE;
}

static gboolean refuse (const Reader *reader, const char *key, const char *found, const char *expected, ...)
    G_GNUC_PRINTF (4, 5);

/* @found: NULL when the key is missing. */
static gboolean
refuse (const Reader *reader, const char *key, const char *found, const char *expected, ...)
{
  g_autofree char *wanted = NULL;
  g_autofree char *clipped = found ? clip (found, 60) : NULL;
  va_list arguments;

  va_start (arguments, expected);
  wanted = g_strdup_vprintf (expected, arguments);
  va_end (arguments);
  if (found == NULL)
    return fail (reader, "[%s] %s is missing, expected %s", reader->group, key, wanted);
  return fail (reader, "[%s] %s: found “%s”, expected %s", reader->group, key, clipped, wanted);
}

/* ---- values ----------------------------------------------------------------------------------------------------- */

/* The text of @key, NULL where it is missing. The text is valid: the file is UTF-8; a bad escape stands as it is. */
static char *
read_text (const Reader *reader, const char *key)
{
  g_autofree char *raw = g_key_file_get_value (reader->keys, reader->group, key, NULL);
  char *text = g_key_file_get_string (reader->keys, reader->group, key, NULL);

  return text != NULL ? text : g_steal_pointer (&raw);
}

/* The same in the person's language: from the manifest, or from Heaparium's own catalogue. */
static char *
read_localised (const Reader *reader, const char *key)
{
  g_autofree char *text = g_key_file_get_locale_string (reader->keys, reader->group, key, NULL, NULL);

  if (text == NULL)
    return read_text (reader, key);
  return g_strdup (*text != '\0' ? g_dgettext (GETTEXT_PACKAGE, text) : "");
}

static gboolean
is_id (const char *text)
{
  gsize n = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-");

  return n > 0 && n <= LONGEST_ID && text[n] == '\0';
}

static gboolean
read_id (const Reader *reader, const char *key, gboolean required, char **id)
{
  *id = read_text (reader, key);
  if (*id == NULL ? !required : is_id (*id))
    return TRUE;
  return refuse (reader, key, *id, "1 to %d of a–z, 0–9 and -", LONGEST_ID);
}

/* Index of the text of @key in @names, whose last is NULL. */
static gboolean
read_choice (const Reader *reader, const char *key, const char *const *names, guint *choice)
{
  g_autofree char *text = read_text (reader, key);
  g_autofree char *listed = NULL;

  for (*choice = 0; text != NULL && names[*choice] != NULL; ++*choice)
    if (strcmp (names[*choice], text) == 0)
      return TRUE;
  listed = g_strjoinv (", ", (char **) names);
  return refuse (reader, key, text, "one of %s", listed);
}

static gboolean
read_count (const Reader *reader, const char *key, gboolean required, guint32 *count)
{
  g_autofree char *text = read_text (reader, key);
  guint64 number = 0;

  if (text == NULL && !required)
    return TRUE;
  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &number, NULL))
    return refuse (reader, key, text, "a whole number from 1");
  *count = (guint32) number;
  return TRUE;
}

static gboolean
check_file_name (const Reader *reader, const char *key, const char *name)
{
  for (const char *c = name; *c != '\0'; c++)
    if (*c == G_DIR_SEPARATOR || g_ascii_iscntrl (*c))
      return refuse (reader, key, name, "a file name without folder");
  if (*name == '\0' || *name == '.' || strlen (name) > LONGEST_FILE_NAME)
    return refuse (reader, key, name, "a file name that does not begin with a dot");
  return TRUE;
}

static gboolean
read_module (const Reader *reader, HpManifest *manifest)
{
  char *name = read_text (reader, "Module");

  manifest->module = name != NULL ? name : g_strconcat (manifest->id, "." G_MODULE_SUFFIX, NULL);
  return check_file_name (reader, "Module", manifest->module);
}

/* A scenario of another's module has no numbers and no settings of its own. */
static gboolean
read_lesson (const Reader *reader, HpManifest *manifest)
{
  gboolean is_lesson = g_key_file_has_key (reader->keys, reader->group, "Of", NULL);

  if (!read_id (reader, "Of", FALSE, &manifest->of) || !read_count (reader, "ABI", !is_lesson, &manifest->abi)
      || !read_count (reader, "API", FALSE, &manifest->api))
    return FALSE;
  manifest->file = read_text (reader, "File");
  if (!is_lesson)
    return manifest->file == NULL ? TRUE : refuse (reader, "File", manifest->file, "no such key without Of");
  if (manifest->file == NULL)
    return refuse (reader, "File", NULL, "the name of a file beside the manifest");
  return check_file_name (reader, "File", manifest->file);
}

static gboolean
read_program (const Reader *reader, HpManifest *manifest)
{
  g_autofree char *text = read_text (reader, "Program");

  manifest->files = g_key_file_get_string_list (reader->keys, reader->group, "Files", NULL, NULL);
  for (char **ending = manifest->files; ending != NULL && *ending != NULL; ending++)
    if (**ending != '.' || strlen (*ending) < 2)
      return refuse (reader, "Files", *ending, "endings of file names, such as .js, separated by ;");
  manifest->is_program = g_strcmp0 (text, "true") == 0;
  if (text != NULL && !manifest->is_program && strcmp (text, "false") != 0)
    return refuse (reader, "Program", text, "true or false");
  return TRUE;
}

/* Every key is one of @known; keys of translations, such as Name[de], count as their own. */
static gboolean
check_keys (const Reader *reader, const char *const *known)
{
  g_auto (GStrv) keys = g_key_file_get_keys (reader->keys, reader->group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *key = g_strndup (keys[i], strcspn (keys[i], "["));
      g_autofree char *found = clip (key, 60);
      g_autofree char *listed = g_strjoinv (", ", (char **) known);
      const char *meant = hp_suggest (key, known);

      if (g_strv_contains (known, key))
        continue;
      if (meant != NULL)
        return fail (reader, "[%s] found the unknown key “%s”; did you mean %s?", reader->group, found, meant);
      return fail (reader, "[%s] found the unknown key “%s”, expected one of %s", reader->group, found, listed);
    }
  return TRUE;
}

/* ---- [Plugin] --------------------------------------------------------------------------------------------------- */

static gboolean
read_plugin_group (const Reader *reader, HpManifest *manifest)
{
  guint kind;

  if (!g_key_file_has_group (reader->keys, reader->group))
    return fail (reader, "the group [%s] is missing", reader->group);
  manifest->api = 1;
  manifest->order = HP_USUAL_ORDER;
  if (!check_keys (reader, PLUGIN_KEYS) || !read_id (reader, "Id", TRUE, &manifest->id)
      || !read_choice (reader, "Kind", KIND_NAMES, &kind) || !read_lesson (reader, manifest)
      || !read_module (reader, manifest) || !read_id (reader, "Preset", FALSE, &manifest->preset)
      || !read_id (reader, "View", FALSE, &manifest->view) || !read_count (reader, "Order", FALSE, &manifest->order)
      || !read_program (reader, manifest))
    return FALSE;
  manifest->kind = (HpPluginKind) kind;
  manifest->name = read_localised (reader, "Name");
  if (manifest->name == NULL || *manifest->name == '\0')
    return refuse (reader, "Name", manifest->name, "a short name for people");
  manifest->description = read_localised (reader, "Description");
  if (manifest->description == NULL)
    manifest->description = g_strdup ("");
  manifest->authors = g_key_file_get_string_list (reader->keys, reader->group, "Authors", NULL, NULL);
  if (manifest->authors == NULL)
    manifest->authors = g_new0 (char *, 1);
  return TRUE;
}

/* ---- [Setting NAME] --------------------------------------------------------------------------------------------- */

/* Whether @text is a value of @row, told by the one judge of that, hp_settings_set(). @row->fallback must be one. */
static HpSettings *
judge (const Reader *reader, const HpParameter *row, const char *text)
{
  g_autoptr (HpSettings) settings = hp_settings_new (row, 1);
  g_autoptr (GError) reason = NULL;

  if (hp_settings_set (settings, row->name, text, &reason))
    return g_steal_pointer (&settings);
  fail (reader, "[%s] %s", reader->group, reason->message);
  return NULL;
}

static gboolean
read_bound (const Reader *reader, const char *key, HpParameterType type, double *bound)
{
  double most = type == HP_PARAMETER_NUMBER ? DBL_MAX : LARGEST_WHOLE;
  HpParameter row = { .name = key, .type = type, .fallback = "0", .min = -most, .max = most };
  g_autofree char *text = read_text (reader, key);
  g_autoptr (HpSettings) settings = NULL;

  if (text == NULL)
    return TRUE;
  settings = judge (reader, &row, text);
  if (settings == NULL)
    return FALSE;
  *bound = type == HP_PARAMETER_NUMBER ? hp_settings_get_number (settings, key)
                                       : (double) hp_settings_get_integer (settings, key);
  return TRUE;
}

/* Without Min and Max a number is 0 or more. */
static gboolean
read_bounds (const Reader *reader, HpParameter *row)
{
  g_autofree char *min = read_text (reader, "Min");
  g_autofree char *max = read_text (reader, "Max");
  gboolean is_number = row->type == HP_PARAMETER_INTEGER || row->type == HP_PARAMETER_BYTES
                       || row->type == HP_PARAMETER_NUMBER;

  if (!is_number && (min != NULL || max != NULL))
    return refuse (reader, min ? "Min" : "Max", min ? min : max, "no such key for the type %s", TYPE_NAMES[row->type]);
  if (!is_number)
    return TRUE;
  row->max = LARGEST_WHOLE;
  if (!read_bound (reader, "Min", row->type, &row->min) || !read_bound (reader, "Max", row->type, &row->max))
    return FALSE;
  if (row->min > row->max)
    return refuse (reader, "Max", max ? max : "9007199254740992", "at least Min (%.15g)", row->min);
  return TRUE;
}

static gboolean
read_choices (const Reader *reader, HpParameter *row)
{
  g_autofree char *text = read_text (reader, "Choices");
  g_auto (GStrv) choices = NULL;

  if (row->type != HP_PARAMETER_CHOICE)
    return text == NULL ? TRUE : refuse (reader, "Choices", text, "no such key for the type %s", TYPE_NAMES[row->type]);
  choices = text ? g_strsplit (text, "|", -1) : NULL;
  for (guint i = 0; choices != NULL && choices[i] != NULL; i++)
    if (*choices[i] == '\0')
      return refuse (reader, "Choices", text, "words separated by |");
  if (text == NULL || *text == '\0')
    return refuse (reader, "Choices", text, "words separated by |");
  row->choices = g_steal_pointer (&text);
  return TRUE;
}

/* A value that surely is one of @row: what a judge needs to begin with. */
static char *
certain_value (const HpParameter *row)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  switch (row->type)
    {
    case HP_PARAMETER_BOOLEAN:
      return g_strdup ("false");
    case HP_PARAMETER_INTEGER:
    case HP_PARAMETER_BYTES:
    case HP_PARAMETER_NUMBER:
      return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, row->min));
    case HP_PARAMETER_CHOICE:
      return g_strndup (row->choices, strcspn (row->choices, "|"));
    default:
      return g_strdup ("");
    }
}

static gboolean
read_default (const Reader *reader, HpParameter *row)
{
  g_autofree char *text = read_text (reader, "Default");
  g_autofree char *certain = certain_value (row);
  HpParameter trial = *row;
  g_autoptr (HpSettings) settings = NULL;

  if (text == NULL && row->type != HP_PARAMETER_TEXT && row->type != HP_PARAMETER_FILE)
    return refuse (reader, "Default", NULL, "a value of the type %s", TYPE_NAMES[row->type]);
  trial.name = "Default";
  trial.fallback = certain;
  settings = judge (reader, &trial, text ? text : "");
  row->fallback = text ? g_steal_pointer (&text) : g_strdup ("");
  return settings != NULL;
}

static gboolean
read_setting (const Reader *reader, HpParameter *row)
{
  const char *name = reader->group + strlen (SETTING_GROUP);
  guint type;

  if (!is_id (name))
    {
      g_autofree char *found = clip (name, 60);

      return fail (reader, "[Setting …]: found the name “%s”, expected 1 to %d of a–z, 0–9 and -", found, LONGEST_ID);
    }
  row->name = g_strdup (name);
  if (!check_keys (reader, SETTING_KEYS) || !read_choice (reader, "Type", TYPE_NAMES, &type))
    return FALSE;
  row->type = (HpParameterType) type;
  row->unit = read_localised (reader, "Unit");
  row->help = read_localised (reader, "Help");
  if (row->help == NULL)
    row->help = g_strdup ("");
  return read_bounds (reader, row) && read_choices (reader, row) && read_default (reader, row);
}

/* Names and values; the machine itself judges them when its settings are made. */
static gboolean
read_machine (const Reader *reader, HpManifest *manifest)
{
  g_auto (GStrv) keys = g_key_file_get_keys (reader->keys, reader->group, NULL, NULL);
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_ptr_array_add (pairs, g_strdup (keys[i]));
      g_ptr_array_add (pairs, read_text (reader, keys[i]));
      if (!is_id (keys[i]) || g_ptr_array_index (pairs, pairs->len - 1) == NULL)
        return refuse (reader, keys[i], "no text", "the name of a setting of the machine and its value");
    }
  g_ptr_array_add (pairs, NULL);
  manifest->machine = g_strdupv ((char **) pairs->pdata);
  return TRUE;
}

/* All groups but [Plugin] and [Machine] are settings, in the order of the file. */
static gboolean
read_setting_groups (const Reader *reader, HpManifest *manifest)
{
  gsize n;
  g_auto (GStrv) groups = g_key_file_get_groups (reader->keys, &n);

  manifest->parameters = g_new0 (HpParameter, n);
  for (gsize i = 0; i < n; i++)
    {
      Reader inner = { reader->keys, reader->path, groups[i], reader->error };

      if (strcmp (groups[i], reader->group) == 0)
        continue;
      if (strcmp (groups[i], MACHINE_GROUP) == 0)
        {
          if (!read_machine (&inner, manifest))
            return FALSE;
          continue;
        }
      if (manifest->of != NULL)
        return fail (reader, "[%s]: a scenario with Of has the settings of that one", groups[i]);
      if (!g_str_has_prefix (groups[i], SETTING_GROUP) || manifest->n_parameters == MOST_SETTINGS)
        {
          g_autofree char *found = clip (groups[i], 60);

          return fail (reader,
                       "found the group [%s], expected [Plugin], [Machine] and at most %d of [Setting NAME]",
                       found,
                       MOST_SETTINGS);
        }
      if (!read_setting (&inner, &manifest->parameters[manifest->n_parameters++]))
        return FALSE;
    }
  return TRUE;
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

static gboolean
check_bytes (const Reader *reader, const char *text, gsize n)
{
  const char *end;
  guint line = 1;

  if (n > MOST_BYTES)
    return fail (reader, "found more than 64 KiB, expected a short key file");
  if (g_utf8_validate (text, (gssize) n, &end))
    return TRUE;
  for (const char *c = text; c < end; c++)
    line += *c == '\n';
  return fail (reader, "line %u: found the byte 0x%02x, expected UTF-8 text", line, (guint) (guchar) *end);
}

HpManifest *
hp_manifest_parse (const char *text, gsize n, const char *path, GError **error)
{
  g_autoptr (HpManifest) manifest = g_new0 (HpManifest, 1);
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GError) reason = NULL;
  Reader reader = { keys, path, "Plugin", error };

  g_return_val_if_fail ((text != NULL || n == 0) && path != NULL, NULL);

  if (n > 0 && !check_bytes (&reader, text, n))
    return NULL;
  if (n > 0 && !g_key_file_load_from_data (keys, text, n, G_KEY_FILE_NONE, &reason))
    {
      fail (&reader, "%s", reason->message);
      return NULL;
    }
  manifest->folder = g_path_get_dirname (path);
  if (!read_plugin_group (&reader, manifest) || !read_setting_groups (&reader, manifest))
    return NULL;
  return g_steal_pointer (&manifest);
}

HpManifest *
hp_manifest_load (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *text = g_malloc (MOST_BYTES + 1);
  gsize n;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), text, MOST_BYTES + 1, &n, NULL, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  return hp_manifest_parse (text, n, path, error);
}

void
hp_manifest_free (HpManifest *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < self->n_parameters; i++)
    {
      const HpParameter *row = &self->parameters[i];
      const char *const texts[] = { row->name, row->unit, row->fallback, row->choices, row->help };

      for (gsize k = 0; k < G_N_ELEMENTS (texts); k++)
        g_free ((gpointer) texts[k]);
    }
  g_free (self->parameters);
  g_free (self->id);
  g_free (self->name);
  g_free (self->description);
  g_strfreev (self->authors);
  g_free (self->module);
  g_free (self->folder);
  g_free (self->preset);
  g_free (self->view);
  g_strfreev (self->machine);
  g_strfreev (self->files);
  g_free (self->of);
  g_free (self->file);
  g_free (self);
}

HpSettings *
hp_manifest_settings_new (const HpManifest *manifest)
{
  g_return_val_if_fail (manifest != NULL, NULL);

  return hp_settings_new (manifest->parameters, manifest->n_parameters);
}

/* The machine's default preset, where the scenario asks for none. */
static const char *
usual_preset (void)
{
  gsize n;

  return hp_machine_parameters (&n)->fallback;
}

HpSettings *
hp_manifest_machine_settings_new (const HpManifest *manifest, const char *preset, GError **error)
{
  const char *own = manifest != NULL && manifest->preset != NULL ? manifest->preset : usual_preset ();
  g_autoptr (HpSettings) settings = hp_machine_settings_new (preset != NULL ? preset : own, error);

  if (settings == NULL)
    return NULL;
  if (manifest == NULL || manifest->machine == NULL || strcmp (hp_settings_get_text (settings, "preset"), own) != 0)
    return g_steal_pointer (&settings);
  for (char **pair = manifest->machine; *pair != NULL; pair += 2)
    if (hp_settings_find (settings, pair[0]) == NULL)
      {
        g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, "[Machine] there is no setting “%s”", pair[0]);
        return NULL;
      }
    else if (!hp_settings_set_default (settings, pair[0], pair[1], error))
      {
        g_prefix_error (error, "[Machine] ");
        return NULL;
      }
  return g_steal_pointer (&settings);
}

gboolean
hp_manifest_has_file (const HpManifest *manifest)
{
  for (gsize i = 0; i < manifest->n_parameters; i++)
    if (manifest->parameters[i].type == HP_PARAMETER_FILE && strcmp (manifest->parameters[i].name, "file") == 0)
      return TRUE;
  return FALSE;
}
