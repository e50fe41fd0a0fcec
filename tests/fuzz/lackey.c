/* lackey.c - fuzz target: traces, whole and in two pieces, must give the same references and the same verdict
 *
 * A tolerant reader must make of the whole what a strict one makes of each line by itself.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/lackey.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

typedef struct
{
  guint64 n, sum;
} Heard;

static void
hear (gpointer user_data, const HpLackeyReference *references, gsize n)
{
  Heard *heard = user_data;

  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpuint (references[i].size, >, 0);
      heard->sum = heard->sum * 31 + references[i].address + references[i].size + references[i].access;
    }
  heard->n += n;
}

/* What a reader makes of the data cut at @cut: the error's text, or how many lines there are. */
static char *
read_pieces (const uint8_t *data, size_t size, size_t cut, Heard *heard)
{
  g_autoptr (HpLackeyReader) reader = hp_lackey_reader_new ("fuzz", hear, heard);
  g_autoptr (GError) error = NULL;

  if (hp_lackey_reader_feed (reader, data, cut, &error)
      && hp_lackey_reader_feed (reader, data + cut, size - cut, &error) && hp_lackey_reader_finish (reader, &error))
    return g_strdup_printf ("%" G_GUINT64_FORMAT " lines", hp_lackey_reader_n_lines (reader));
  g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return g_strdup (error->message);
}

/* Each whole line by itself. Returns how many are no references. */
static guint64
read_lines (const uint8_t *data, size_t size, Heard *heard)
{
  const uint8_t *lf;
  guint64 others = 0;

  for (; size > 0 && (lf = memchr (data, '\n', size)) != NULL; size -= (size_t) (lf + 1 - data), data = lf + 1)
    {
      g_autoptr (HpLackeyReader) reader = hp_lackey_reader_new ("fuzz", hear, heard);
      guint64 before = heard->n;

      hp_lackey_reader_feed (reader, data, (size_t) (lf + 1 - data), NULL);
      others += heard->n == before;
    }
  return others;
}

static void
try_tolerance (const uint8_t *data, size_t size, size_t cut)
{
  Heard whole = { 0 }, lines = { 0 };
  g_autoptr (HpLackeyReader) reader = hp_lackey_reader_new ("fuzz", hear, &whole);
  guint64 others = read_lines (data, size, &lines), line;
  const char *text;

  hp_lackey_reader_tolerate (reader);
  g_assert_true (hp_lackey_reader_feed (reader, data, cut, NULL));
  g_assert_true (hp_lackey_reader_feed (reader, data + cut, size - cut, NULL));
  g_assert_cmpuint (whole.n, ==, lines.n);
  g_assert_cmpuint (whole.sum, ==, lines.sum);
  g_assert_cmpuint (hp_lackey_reader_n_other_lines (reader), ==, others);
  hp_lackey_reader_n_foreign_lines (reader, &line, &text);
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Heard whole = { 0 }, pieces = { 0 };
  g_autofree char *verdict = read_pieces (data, size, size, &whole);
  size_t cut = size > 0 ? data[size / 2] % size : 0;
  g_autofree char *other_verdict = read_pieces (data, size, cut, &pieces);

  hp_lackey_recognises (data, MIN (size, 4096));
  g_assert_cmpstr (verdict, ==, other_verdict);
  g_assert_cmpuint (whole.n, ==, pieces.n);
  g_assert_cmpuint (whole.sum, ==, pieces.sum);
  try_tolerance (data, size, cut);
  return 0;
}
