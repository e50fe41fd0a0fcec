/* explanations.c - tests of what is said beside the picture while a small JavaScript program runs, statement by
 * statement, and of the steps from expression to expression
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/run.h"
#include "recording/recording.h"

#include <glib/gstdio.h>

static const char PROGRAM[] = "//: A user has a name.\n"
                              "const user = { name: 'Alice', age: 30, hobbies: ['chess', 'reading'] };\n"
                              "let count = 1;\n"
                              "const half = count / 2;\n"
                              "user.age = 31;\n"
                              "user.hobbies.push ('running');\n"
                              "user.hobbies = null;\n"
                              "//! collect young\n"
                              "function twice(n) {\n"
                              "  //: n lies in the frame.\n"
                              "  return n * 2;\n"
                              "}\n"
                              "count = twice(4);\n"
                              "\n"
                              "const visits = new Map ();\n"
                              "visits.set ('page', count);\n"
                              "console.log (visits.get ('page'));\n"
                              "//: The last word.\n";

/* A line, what the program says about it, and what the machine says that happened. */
typedef struct
{
  guint line;
  const char *explanation;
  const char *sentence;
} Said;

static const Said SAID[] = {
  { 0, NULL, "explained.js is called: a frame for it is put on top of the stack" },
  { 2, "A user has a name.", "`user` refers to an object {name, age, hobbies} of 48 bytes in new space (#%u)" },
  { 3, NULL, "`count` is now 1" },
  { 4, NULL, "`half` refers to the number 0.5 of 16 bytes in new space (#%u)" },
  { 5, NULL, "`user.age` is now 31" },
  { 6, NULL, "`user.hobbies[2]` refers to the string “running” of 24 bytes in old space (#%u)" },
  { 7, NULL, "`user.hobbies` is now null" },
  { 8, NULL, "Collection 1 is done; the program stood still for 0.040 ms" },
  { 13, NULL, "twice is called: a frame for it is put on top of the stack" },
  { 11, "n lies in the frame.", "twice returns: its frame is taken off the stack; `count` is now 8" },
  { 15, NULL, "`visits` refers to an object Map of 32 bytes in new space (#%u)" },
  { 16, NULL, "`visits.table.value 0` is now 8" },
  { 17, NULL, "The program prints “8”" },
  { 18, "The last word.", "explained.js returns: its frame is taken off the stack. The program is complete" },
};

static HpRecording *
record (HpHost *host, const char *path)
{
  HpRecording *recording = hp_recording_new ();
  HpListener listener = hp_recording_listener (recording);
  HpRunOptions options = { .verify = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpRun) run = hp_run_new (host, path, &error);
  g_autoptr (HpMachine) machine = NULL;

  g_assert_no_error (error);
  machine = hp_run_perform (run, &listener, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_COMPLETED);
  return recording;
}

/* Numbers of objects stand for themselves. (transfer full) */
static char *
without_numbers (const char *sentence)
{
  g_autoptr (GRegex) number = g_regex_new ("#[0-9]+", 0, 0, NULL);

  return g_regex_replace_literal (number, sentence, -1, 0, "#%u", 0, NULL);
}

static void
test_statements (gconstpointer data)
{
  g_autoptr (HpRecording) recording = record ((HpHost *) data, "explained.js");
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));
  guint64 step = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (SAID); i++)
    {
      g_autofree char *sentence = NULL, *plain = NULL;

      step = hp_recording_next (recording, step, HP_GRAIN_STATEMENT);
      hp_recording_seek (recording, moment, step);
      sentence = hp_recording_explain (recording, moment, HP_GRAIN_STATEMENT);
      plain = without_numbers (sentence);
      g_assert_cmpuint (HP_LOCATION_LINE (hp_moment_location (moment)), ==, SAID[i].line);
      g_assert_cmpstr (hp_moment_explanation (moment), ==, SAID[i].explanation);
      g_assert_cmpstr (plain, ==, SAID[i].sentence);
    }
  g_assert_cmpuint (step, ==, hp_recording_length (recording));
}

/* ---- expressions ------------------------------------------------------------------------------------------------- */

static const char EXPRESSIONS[] = "function add(a, b) { return { sum: a + b }; }\n"
                                  "const sums = [add(1, 2), add(3, 4)].map((x) => x.sum);\n"
                                  "console.log(sums);\n";

static void
test_expressions (gconstpointer data)
{
  static const char WANTED[] = "2:1 2:14 2:15 1:22 1:29 2:26 1:22 1:29 2:41 2:37 2:48 2:48 3:1 3:9 ";
  g_autoptr (HpRecording) recording = record ((HpHost *) data, "expressions.js");
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));
  g_autoptr (GString) places = g_string_new (NULL);
  guint64 step = 0, length = hp_recording_length (recording);

  /* From one expression to the next; the place that each leaves is where the last one was. */
  while ((step = hp_recording_next (recording, step, HP_GRAIN_EXPRESSION)) < length)
    {
      guint32 location;
      hp_recording_seek (recording, moment, hp_recording_next (recording, step, HP_GRAIN_EXPRESSION));
      location = hp_moment_location (moment);
      g_string_append_printf (places, "%u:%u ", HP_LOCATION_LINE (location), HP_LOCATION_COLUMN (location));
    }
  g_assert_cmpstr (places->str, ==, WANTED);
}

/* Each statement is an expression, each operation of a statement is within one; and back the same way. */
static void
test_steps_nest (gconstpointer data)
{
  g_autoptr (HpRecording) recording = record ((HpHost *) data, "expressions.js");
  guint64 step = 0, length = hp_recording_length (recording);
  guint n_statements = 0, n_expressions = 0;

  while (step < length)
    {
      guint64 next = hp_recording_next (recording, step, HP_GRAIN_STATEMENT), at = step;

      while (at < next)
        {
          guint64 before = at;
          at = hp_recording_next (recording, at, HP_GRAIN_EXPRESSION);
          g_assert_cmpuint (at, <=, next);
          g_assert_cmpuint (
              at == length ? before : hp_recording_previous (recording, at, HP_GRAIN_EXPRESSION), ==, before);
          n_expressions++;
        }
      step = next;
      n_statements++;
    }
  g_assert_cmpuint (n_statements, <, n_expressions);
}

int
main (int argc, char **argv)
{
  const char *folders[] = { g_getenv ("HEAPARIUM_PLUGIN_PATH"), NULL };
  g_autofree char *folder = g_dir_make_tmp ("heaparium-XXXXXX", NULL);
  HpHost *host;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  g_assert_true (g_file_set_contents ("explained.js", PROGRAM, -1, NULL));
  g_assert_true (g_file_set_contents ("expressions.js", EXPRESSIONS, -1, NULL));
  host = hp_host_new (folders);
  g_test_add_data_func ("/javascript/explanations/statements", host, test_statements);
  g_test_add_data_func ("/javascript/explanations/expressions", host, test_expressions);
  g_test_add_data_func ("/javascript/explanations/steps-nest", host, test_steps_nest);
  status = g_test_run ();
  hp_host_free (host);
  g_remove ("explained.js");
  g_remove ("expressions.js");
  g_rmdir (folder);
  return status;
}
