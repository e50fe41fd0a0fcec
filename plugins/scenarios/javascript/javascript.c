/* javascript.c - the plugin's door: a JavaScript program runs on the simulated machine
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

static gboolean
is_name_character (guint8 c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '$' || c >= 0x80;
}

/* What programs begin with: a word of the language, or a name that something is done with. */
static gboolean
begins_statement (const char *text)
{
  static const char *const WORDS[] = { "async", "await",    "class",  "const", "debugger", "delete", "do",
                                       "for",   "function", "if",     "let",   "new",      "return", "switch",
                                       "throw", "try",      "typeof", "var",   "void",     "while",  NULL };
  gsize n = 0;
  g_autofree char *word = NULL;

  while (is_name_character ((guint8) text[n]))
    n++;
  word = g_strndup (text, n);
  text += n + strspn (text + n, " \t");
  return n > 0 && !g_ascii_isdigit (*word)
         && (g_strv_contains (WORDS, word) || (*text != '\0' && strchr ("(.=[;+-?`", *text) != NULL));
}

/* Text that begins as programs do: with a comment, a string, a bracket, a statement. */
static gboolean
recognises (const guint8 *head, gsize n)
{
  static const char *const OTHERS[] = { "{\"snapshot\"", "==", "Memory" };
  g_autofree char *copy = g_strndup ((const char *) head, n);
  const char *text = copy + (g_str_has_prefix (copy, "\xef\xbb\xbf") ? 3 : 0);

  if (memchr (head, 0, n) != NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (OTHERS); i++)
    if (g_str_has_prefix (text, OTHERS[i]))
      return FALSE;
  text += strspn (text, " \t\r\n");
  if (*text == '[') /* an array, but no line of a log of collections: [1234:0x55…] */
    return text[1 + strspn (text + 1, "0123456789")] != ':';
  return g_str_has_prefix (text, "//") || g_str_has_prefix (text, "/*") || g_str_has_prefix (text, "#!")
         || (*text != '\0' && strchr ("'\"`({!", *text) != NULL) || begins_statement (text);
}

static GBytes *
read_standard_input (GError **error)
{
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GOutputStream) spool = g_memory_output_stream_new_resizable ();
  g_autoptr (GFile) file = g_file_new_for_path ("/dev/stdin");

  input = G_INPUT_STREAM (g_file_read (file, NULL, error));
  if (input == NULL || g_output_stream_splice (spool, input, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, error) < 0)
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (spool));
}

static GBytes *
read_program (const char *path, GError **error)
{
  char *text;
  gsize n;

  if (g_str_equal (path, "-"))
    return read_standard_input (error);
  return g_file_get_contents (path, &text, &n, error) ? g_bytes_new_take (text, n) : NULL;
}

static void
run_program (HpScenarioContext *context, const char *name, GBytes *program)
{
  HpMachine *machine = hp_scenario_context_machine (context);
  g_autoptr (GError) error = NULL;
  gsize n;
  const char *bytes = g_bytes_get_data (program, &n);
  g_autoptr (JsSource) source = js_source_new (name, bytes, n, &error);
  JsVmOptions options = { .file = (char *) name,
                          .arguments = hp_scenario_context_arguments (context),
                          .seed = (guint64) hp_settings_get_integer (hp_scenario_context_settings (context),
                                                                     "random") };
  g_autoptr (JsVm) vm = NULL;

  if (source == NULL)
    {
      hp_machine_fail (machine, "%s", error->message);
      return;
    }
  vm = js_vm_new (machine, &options);
  js_vm_run (vm, source);
}

static void
run (HpScenarioContext *context)
{
  const char *path = hp_settings_get_text (hp_scenario_context_settings (context), "file");
  HpMachine *machine = hp_scenario_context_machine (context);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) program = NULL;
  g_autofree char *name = NULL;

  if (*path == '\0')
    {
      hp_machine_fail (machine, _ ("No program was given: set “file” to one."));
      return;
    }
  program = read_program (path, &error);
  if (program == NULL)
    {
      hp_machine_fail (machine, "%s", error->message);
      return;
    }
  name = g_str_equal (path, "-") ? g_strdup ("[stdin]") : g_canonicalize_filename (path, NULL);
  run_program (context, name, program);
}

/* "//! set KEY=VALUE"; other instructions are for the run. FALSE with @error. */
static gboolean
set_by_comment (const JsSource *source, const JsComment *comment, HpSetSetting set, gpointer user_data, GError **error)
{
  g_autofree char *instruction = g_strstrip (g_strdup (comment->text->bytes));
  char *text = instruction + strlen ("set "), *equals;
  g_autoptr (GError) reason = NULL;
  guint line, column;

  if (comment->kind != JS_COMMENT_INSTRUCTION || !g_str_has_prefix (instruction, "set "))
    return TRUE;
  text = g_strchug (text);
  equals = strchr (text, '=');
  js_source_position (source, comment->start, &line, &column);
  if (equals == NULL || equals == text)
    {
      g_set_error (error, HP_ERROR, HP_ERROR_INPUT, _ ("%s:%u: set %s: expected KEY=VALUE"), source->name, line, text);
      return FALSE;
    }
  *equals = '\0';
  if (set (user_data, g_strchomp (text), g_strchug (equals + 1), &reason))
    return TRUE;
  g_set_error (error, HP_ERROR, HP_ERROR_INPUT, "%s:%u: %s", source->name, line, reason->message);
  return FALSE;
}

/* What is on standard input can be read only once: it cannot set anything. */
static gboolean
set_by_file (const char *path, HpSetSetting set, gpointer user_data, GError **error)
{
  g_autoptr (GBytes) bytes = *path != '\0' && !g_str_equal (path, "-") ? read_program (path, NULL) : NULL;
  g_autoptr (JsSource) source = NULL;
  g_autoptr (JsProgram) program = NULL;
  gsize n = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &n) : NULL;

  if (text == NULL || g_strstr_len (text, (gssize) n, "//!") == NULL)
    return TRUE;
  source = js_source_new (path, text, n, NULL);
  program = source != NULL ? js_program_new (source, NULL) : NULL;
  for (guint i = 0; program != NULL && i < program->comments->len; i++)
    if (!set_by_comment (source, &g_array_index (program->comments, JsComment, i), set, user_data, error))
      return FALSE;
  return TRUE;
}

static const HpScenario scenario = {
  .struct_size = sizeof (HpScenario),
  .recognises = recognises,
  .run = run,
  .set = set_by_file,
};

HP_DEFINE_SCENARIO ("javascript", scenario)
