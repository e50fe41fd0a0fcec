/* lackey.c - tests of the trace reader: what it hands out, and what it says about each kind of bad line
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/lackey.h"

#include <string.h>

typedef struct
{
  GArray *references; /* NULL: only count them */
  guint64 n;
} Heard;

static void
hear (gpointer user_data, const HpLackeyReference *references, gsize n)
{
  Heard *heard = user_data;

  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <=, HP_LACKEY_BATCH);
  heard->n += n;
  if (heard->references != NULL)
    g_array_append_vals (heard->references, references, (guint) n);
}

/* Feeds @text in pieces of @piece bytes. Returns the error's message or NULL. */
static char *
read_text (const char *text, gsize n, gsize piece, Heard *heard)
{
  g_autoptr (HpLackeyReader) reader = hp_lackey_reader_new ("a.lackey", hear, heard);
  g_autoptr (GError) error = NULL;
  gboolean good = TRUE;

  for (gsize at = 0; good && at < n; at += piece)
    good = hp_lackey_reader_feed (reader, (const guint8 *) text + at, MIN (piece, n - at), &error);
  if (good && hp_lackey_reader_finish (reader, &error))
    return NULL;
  g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
  g_assert_null (strchr (error->message, '\n'));
  return g_strdup (error->message);
}

static const char TRACE[] = "==26576== Lackey, an example Valgrind tool\n"
                            "==26576== Command: ls -lR\n"
                            "\n"
                            "I  0401ab70,3\n"
                            " S 1fff000698,8\r\n"
                            " L 1,16\n"
                            "--26576-- words with -v\n"
                            " M ffffffffff600FFE,999999999\n"
                            "\r\n"
                            "**26576** words by the program\n"
                            "==26576==\n"
                            " L 1ffc,8\n";

static const HpLackeyReference EXPECTED[] = {
  { 0x0401ab70, 3, 'I' }, { 0x1fff000698, 8, 'S' },
  { 1, 16, 'L' },         { G_GUINT64_CONSTANT (0xffffffffff600ffe), 999999999, 'M' },
  { 0x1ffc, 8, 'L' },
};

/* Wherever the text is cut, the references are the same. */
static void
test_references (void)
{
  for (gsize piece = 1; piece <= sizeof TRACE; piece++)
    {
      Heard heard = { g_array_new (FALSE, FALSE, sizeof (HpLackeyReference)), 0 };

      g_assert_null (read_text (TRACE, sizeof TRACE - 1, piece, &heard));
      g_assert_cmpuint (heard.references->len, ==, G_N_ELEMENTS (EXPECTED));
      g_assert_cmpmem (heard.references->data, sizeof EXPECTED, EXPECTED, sizeof EXPECTED);
      g_array_unref (heard.references);
    }
  g_assert_false (hp_lackey_reference_writes (&EXPECTED[0]));
  g_assert_true (hp_lackey_reference_writes (&EXPECTED[1]));
  g_assert_false (hp_lackey_reference_writes (&EXPECTED[2]));
  g_assert_true (hp_lackey_reference_writes (&EXPECTED[3]));
}

#define WANTED_LINE "a reference like “ L 1ffeffe7d0,8” or one of Valgrind's own lines like “==123==”"
#define WANTED_ADDRESS "an address of 1 to 16 hexadecimal digits"
#define WANTED_SIZE "a size in bytes from 1 to 999999999, and then the end of the line"

static const struct
{
  const char *text;
  guint n; /* references before the bad line */
  const char *message;
} BAD[] = {
  { "",
    0,
    "line 1: found the end of the file and no reference before it, expected a trace by “valgrind --tool=lackey "
    "--trace-mem=yes”" },
  { "==1== Lackey, x\n\n",
    0,
    "line 3: found the end of the file and no reference before it, expected a trace by "
    "“valgrind --tool=lackey --trace-mem=yes”" },
  { "I  0401ab70,3\n S 1fff0006",
    1,
    "line 2: found the end of the file in the middle of the line, expected the rest of "
    "it: the file was cut off" },
  { "I  0401ab70,3",
    0,
    "line 1: found the end of the file in the middle of the line, expected the rest of it: the file "
    "was cut off" },
  { " L 10,8\n==1== ended",
    1,
    "line 2: found the end of the file in the middle of the line, expected the rest of it: "
    "the file was cut off" },
  { "\x7f"
    "ELF\n",
    0,
    "line 1: found the byte 0x7f, expected " WANTED_LINE },
  { " L 10,8\n\n\x89PNG\r\n\x1a\n", 1, "line 3: found the byte 0x89, expected " WANTED_LINE },
  { " L 10,8\ntotal 48\n", 1, "line 2: found “total 48”, expected " WANTED_LINE },
  { "==x== 1\n", 0, "line 1: found “==x== 1”, expected " WANTED_LINE },
  { "==12=\n", 0, "line 1: found “==12=”, expected " WANTED_LINE },
  { "I 0401ab70,3\n", 0, "line 1: found “I 0401ab70,3”, expected " WANTED_LINE },
  { "L 10,8\n", 0, "line 1: found “L 10,8”, expected " WANTED_LINE },
  { " L\n", 0, "line 1: found “ L”, expected " WANTED_LINE },
  { "I  0x10,3\n", 0, "line 1: found “x10,3”, expected a comma and a size behind the address" },
  { "I  10\n", 0, "line 1: found the end of the line, expected a comma and a size behind the address" },
  { "I  ,3\n", 0, "line 1: found “,3”, expected " WANTED_ADDRESS },
  { "I  \n", 0, "line 1: found the end of the line, expected " WANTED_ADDRESS },
  { " L -10,3\n", 0, "line 1: found “-10,3”, expected " WANTED_ADDRESS },
  { " L 10000000000000000,3\n", 0, "line 1: found “10000000000000000,3”, expected " WANTED_ADDRESS },
  { " L 10,8\n S 10,-8\n", 1, "line 2: found “-8”, expected " WANTED_SIZE },
  { " S 10,0\n", 0, "line 1: found “0”, expected " WANTED_SIZE },
  { " S 10,\r\n", 0, "line 1: found the end of the line, expected " WANTED_SIZE },
  { " S 10,1000000000\n", 0, "line 1: found “1000000000”, expected " WANTED_SIZE },
  { " S 10,8 \n", 0, "line 1: found “8 ”, expected " WANTED_SIZE },
  { " S 10,8\r\r\n", 0, "line 1: found “8…”, expected " WANTED_SIZE },
};

static void
test_bad_lines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (BAD); i++)
    for (gsize piece = 1; piece <= 64; piece += 7)
      {
        Heard heard = { NULL, 0 };
        g_autofree char *message = read_text (BAD[i].text, strlen (BAD[i].text), piece, &heard);
        g_autofree char *expected = g_strconcat ("a.lackey: ", BAD[i].message, NULL);

        g_assert_cmpstr (message, ==, expected);
        g_assert_cmpuint (heard.n, ==, BAD[i].n);
      }
}

/* A hundred megabytes without an end of line: refused after the first piece, and never held in memory. */
static void
test_endless_line (void)
{
  gsize n = 1024 * 1024;
  g_autofree guint8 *piece = g_malloc (n);
  Heard heard = { NULL, 0 };
  g_autoptr (HpLackeyReader) reader = hp_lackey_reader_new ("a.lackey", hear, &heard);
  g_autoptr (HpLackeyReader) patient = hp_lackey_reader_new ("a.lackey", hear, &heard);
  g_autoptr (GError) error = NULL;

  memset (piece, '7', n);
  memcpy (piece, " L 10,8\n S ", 11);
  g_assert_false (hp_lackey_reader_feed (reader, piece, n, &error));
  g_assert_cmpstr (error->message,
                   ==,
                   "a.lackey: line 2: found “7777777777777777777777777777777777777777…”, expected " WANTED_ADDRESS);
  g_assert_cmpuint (heard.n, ==, 1);

  memcpy (piece, "==12== aaa", 10);
  for (int i = 0; i < 100; i++)
    {
      g_assert_true (hp_lackey_reader_feed (patient, piece, n, NULL));
      memset (piece, 'a', 10);
    }
  g_assert_true (hp_lackey_reader_feed (patient, (const guint8 *) "\n L 20,8\n", 9, NULL));
  g_assert_true (hp_lackey_reader_finish (patient, NULL));
  g_assert_cmpuint (heard.n, ==, 2);
  g_assert_cmpuint (hp_lackey_reader_n_lines (patient), ==, 2);
}

/* Each place of an address with each of all bytes: 22 are digits. */
static void
test_digits (void)
{
  for (guint place = 0; place < 10; place++)
    for (guint byte = 0; byte < 256; byte++)
      {
        char text[] = " L 0123456789,8\n L 1,1\n";
        gboolean digit = g_ascii_isxdigit (byte);
        Heard heard = { g_array_new (FALSE, FALSE, sizeof (HpLackeyReference)), 0 };
        g_autofree char *message = NULL;

        text[3 + place] = (char) byte;
        message = read_text (text, strlen (" L 0123456789,8\n L 1,1\n"), sizeof text, &heard);
        g_assert_cmpint (message == NULL, ==, digit);
        if (digit)
          g_assert_cmpuint (g_array_index (heard.references, HpLackeyReference, 0).address,
                            ==,
                            g_ascii_strtoull (text + 3, NULL, 16));
        g_array_unref (heard.references);
      }
}

/* ---- tolerance -------------------------------------------------------------------------------------------------- */

static const char MIXED[] = "==1== Lackey\n"
                            "total 48\n"
                            " L 10,8\n"
                            "\n"
                            "I  am a program that says something\r\n"
                            "no newline L 20,8\n"
                            " S 20,0\n"
                            "\x7f\x00\xff\n"
                            " M 30,8\r\n";

static HpLackeyReader *
read_tolerantly (const char *text, gsize n, gsize piece, Heard *heard)
{
  HpLackeyReader *reader = hp_lackey_reader_new ("a.lackey", hear, heard);

  hp_lackey_reader_tolerate (reader);
  for (gsize at = 0; at < n; at += piece)
    g_assert_true (hp_lackey_reader_feed (reader, (const guint8 *) text + at, MIN (piece, n - at), NULL));
  return reader;
}

/* What a program printed between the references is skipped and counted, wherever the text is cut. */
static void
test_tolerance (void)
{
  for (gsize piece = 1; piece <= sizeof MIXED; piece++)
    {
      Heard heard = { NULL, 0 };
      g_autoptr (HpLackeyReader) reader = read_tolerantly (MIXED, sizeof MIXED - 1, piece, &heard);
      const char *text;
      guint64 line;

      g_assert_true (hp_lackey_reader_finish (reader, NULL));
      g_assert_cmpuint (heard.n, ==, 2);
      g_assert_cmpuint (hp_lackey_reader_n_lines (reader), ==, 9);
      g_assert_cmpuint (hp_lackey_reader_n_other_lines (reader), ==, 7);
      g_assert_cmpuint (hp_lackey_reader_n_foreign_lines (reader, &line, &text), ==, 5);
      g_assert_cmpuint (line, ==, 2);
      g_assert_cmpstr (text, ==, "“total 48”");
    }
}

/* A line without an end is skipped as it comes; 64 MB without one reference are no trace. */
static void
test_tolerance_has_limits (void)
{
  gsize n = 1024 * 1024;
  g_autofree guint8 *piece = g_malloc (n);
  Heard heard = { NULL, 0 };
  g_autoptr (HpLackeyReader) reader = read_tolerantly (" L 10,8\nab", 10, 10, &heard);
  g_autoptr (HpLackeyReader) patient = read_tolerantly ("", 0, 1, &heard);
  g_autoptr (GError) error = NULL;
  int fed = 0;

  memset (piece, 'x', n);
  for (int i = 0; i < 100; i++)
    g_assert_true (hp_lackey_reader_feed (reader, piece, n, NULL));
  g_assert_true (hp_lackey_reader_feed (reader, (const guint8 *) "\n L 20,8\n L 2", 13, NULL));
  g_assert_false (hp_lackey_reader_finish (reader, &error));
  g_assert_cmpstr (error->message,
                   ==,
                   "a.lackey: line 4: found the end of the file in the middle of the line, expected the rest of it: "
                   "the file was cut off");
  g_assert_cmpuint (heard.n, ==, 2);
  g_assert_cmpuint (hp_lackey_reader_n_other_lines (reader), ==, 1);
  g_clear_error (&error);

  while (hp_lackey_reader_feed (patient, piece, n, &error))
    fed++;
  g_assert_cmpint (fed, ==, 64);
  g_assert_cmpstr (error->message,
                   ==,
                   "a.lackey: line 1: found no reference in 64 MB, expected a trace by “valgrind --tool=lackey "
                   "--trace-mem=yes”");
}

static gboolean
recognises (const char *head)
{
  return hp_lackey_recognises ((const guint8 *) head, strlen (head));
}

static void
test_recognises (void)
{
  g_assert_true (recognises (TRACE));
  g_assert_true (recognises ("I  0401ab70,3\n"));
  g_assert_true (recognises ("\r\n M 04,3\r\n"));
  g_assert_true (recognises (" L 04"));
  g_assert_true (recognises ("I  0401ab70,-3\n"));
  g_assert_true (recognises ("==1== Lackey, an example Valgrind tool\n"));
  g_assert_false (recognises ("==1== Memcheck, a memory error detector\n"));
  g_assert_false (recognises (""));
  g_assert_false (recognises ("I  am not a trace\n"));
  g_assert_false (recognises ("\x7f"
                              "ELF"));
  g_assert_false (recognises ("let x = 1;\n L 10,8\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lackey/references", test_references);
  g_test_add_func ("/lackey/bad-lines", test_bad_lines);
  g_test_add_func ("/lackey/endless-line", test_endless_line);
  g_test_add_func ("/lackey/digits", test_digits);
  g_test_add_func ("/lackey/tolerance", test_tolerance);
  g_test_add_func ("/lackey/tolerance-has-limits", test_tolerance_has_limits);
  g_test_add_func ("/lackey/recognises", test_recognises);
  return g_test_run ();
}
