/* proc_text.c - the parsers of /proc/PID/stat, status, smaps_rollup, maps and pagemap
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "process/proc_text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LONGEST_FOUND 40 /* bytes of what was found that a message shows */
#define LONGEST_NAME 21  /* the kernel's have 15; each byte that is no text becomes three */

typedef struct
{
  const char *text;
  gsize n;
} Piece;

/* ---- pieces of text --------------------------------------------------------------------------------------------- */

/* Up to @most bytes of @piece as one line of valid UTF-8. (transfer full) */
static char *
printable (Piece piece, gsize most)
{
  char *line = g_utf8_make_valid (piece.n > 0 ? piece.text : "", (gssize) MIN (piece.n, most));

  for (char *c = line; *c != '\0'; c++)
    if ((guchar) *c < 0x20 || *c == 0x7f)
      *c = '?';
  return line;
}

static gboolean
refuse (const char *file, const char *field, Piece found, const char *expected, GError **error)
{
  g_autofree char *line = printable (found, LONGEST_FOUND);

  g_set_error (error, HP_ERROR, HP_ERROR_INPUT, _ ("%s, %s: found “%s”, expected %s"), file, field, line, expected);
  return FALSE;
}

/* Cuts the first line off @rest. FALSE at the end. */
static gboolean
next_line (Piece *rest, Piece *line)
{
  const char *end;

  if (rest->n == 0)
    return FALSE;
  end = memchr (rest->text, '\n', rest->n);
  line->text = rest->text;
  line->n = end != NULL ? (gsize) (end - rest->text) : rest->n;
  rest->text += MIN (line->n + 1, rest->n);
  rest->n -= MIN (line->n + 1, rest->n);
  return TRUE;
}

/* Cuts the first word off @rest, with the blanks before it. Empty at the end. */
static Piece
next_word (Piece *rest)
{
  Piece word;

  while (rest->n > 0 && (*rest->text == ' ' || *rest->text == '\t'))
    rest->text++, rest->n--;
  word.text = rest->text;
  while (rest->n > 0 && *rest->text != ' ' && *rest->text != '\t' && *rest->text != '\n')
    rest->text++, rest->n--;
  word.n = (gsize) (rest->text - word.text);
  return word;
}

static gboolean
is_word (Piece piece, const char *word)
{
  return piece.n == strlen (word) && memcmp (piece.text, word, piece.n) == 0;
}

/* The whole of @piece as a number. FALSE where it is none, or too large for 64 bits. */
static gboolean
read_number (Piece piece, guint base, guint64 *number)
{
  guint64 sum = 0;

  for (gsize i = 0; i < piece.n; i++)
    {
      int digit = g_ascii_xdigit_value (piece.text[i]);

      if (digit < 0 || digit >= (int) base || sum > (G_MAXUINT64 - (guint) digit) / base)
        return FALSE;
      sum = sum * base + (guint) digit;
    }
  *number = sum;
  return piece.n > 0;
}

static gboolean
read_count (const char *file, const char *field, Piece piece, guint64 *number, GError **error)
{
  return read_number (piece, 10, number) || refuse (file, field, piece, _ ("a whole number"), error);
}

/* ---- stat ------------------------------------------------------------------------------------------------------- */

/* The fields after the name that are wanted, by their number in proc(5). */
static gboolean
keep_field (HpProcStat *stat, guint field, const char *file, Piece word, GError **error)
{
  switch (field)
    {
    case 3:
      stat->state = word.n == 1 ? *word.text : '\0';
      return word.n == 1 || refuse (file, "state", word, _ ("one letter"), error);
    case 10:
      return read_count (file, "minflt", word, &stat->minor_faults, error);
    case 12:
      return read_count (file, "majflt", word, &stat->major_faults, error);
    case 20:
      return read_count (file, "num_threads", word, &stat->threads, error);
    case 22:
      return read_count (file, "starttime", word, &stat->start_time, error);
    case 23:
      return read_count (file, "vsize", word, &stat->virtual_bytes, error);
    default:
      return TRUE;
    }
}

gboolean
hp_proc_parse_stat (const char *text, gsize n, const char *name, HpProcStat *stat, GError **error)
{
  Piece whole = { text, n };
  const char *open = n > 0 ? memchr (text, '(', n) : NULL;
  const char *close = n > 0 ? memrchr (text, ')', n) : NULL;
  g_autofree char *comm = NULL;
  Piece rest;

  g_return_val_if_fail (text != NULL || n == 0, FALSE);
  g_return_val_if_fail (stat != NULL, FALSE);

  memset (stat, 0, sizeof *stat);
  if (open == NULL || close == NULL || close < open)
    return refuse (name, "comm", whole, _ ("a name in parentheses"), error);
  comm = printable ((Piece){ open + 1, (gsize) (close - open - 1) }, LONGEST_NAME);
  G_STATIC_ASSERT (3 * LONGEST_NAME < sizeof stat->name);
  g_strlcpy (stat->name, comm, sizeof stat->name);
  rest = (Piece){ close + 1, n - (gsize) (close + 1 - text) };
  for (guint field = 3; field <= 23; field++)
    if (!keep_field (stat, field, name, next_word (&rest), error))
      return FALSE;
  return TRUE;
}

gboolean
hp_proc_stat_is_over (const HpProcStat *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->state == 'Z' || self->state == 'X' || self->state == 'x';
}

/* ---- “Key: number kB” ------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *key;
  HpProcessAmount amount;
} Row;

/* Cuts “Key:” off @line. FALSE where there is no colon. */
static gboolean
cut_key (Piece *line, Piece *key)
{
  const char *colon = memchr (line->text, ':', line->n);

  if (colon == NULL)
    return FALSE;
  key->text = line->text;
  key->n = (gsize) (colon - line->text);
  line->text = colon + 1;
  line->n -= key->n + 1;
  return TRUE;
}

static gboolean
read_size (const char *file, const Row *row, Piece value, HpProcessSample *sample, GError **error)
{
  Piece found = value;
  Piece number = next_word (&value);
  Piece unit = next_word (&value);
  guint64 size;

  if (!read_number (number, 10, &size) || size > G_MAXUINT64 / 1024 || !is_word (unit, "kB"))
    return refuse (file, row->key, found, _ ("a number of kB"), error);
  hp_process_sample_set (sample, row->amount, size * 1024);
  return TRUE;
}

/* The row of @rows, ended by one without key, that says what @key means. */
static const Row *
find_row (const Row *rows, Piece key)
{
  for (; rows->key != NULL; rows++)
    if (is_word (key, rows->key))
      return rows;
  return NULL;
}

static const Row STATUS_ROWS[] = {
  { "VmSize", HP_PROCESS_VIRTUAL }, { "VmRSS", HP_PROCESS_RESIDENT },  { "RssAnon", HP_PROCESS_ANONYMOUS },
  { "RssFile", HP_PROCESS_FILE },   { "RssShmem", HP_PROCESS_SHARED }, { "VmSwap", HP_PROCESS_SWAP },
  { NULL, HP_N_PROCESS_AMOUNTS },
};

/* Real, effective, saved and file system user. */
static gboolean
read_user (const char *file, Piece value, guint64 *user_id, GError **error)
{
  next_word (&value);
  return read_count (file, "Uid", next_word (&value), user_id, error);
}

gboolean
hp_proc_parse_status (const char *text,
                      gsize n,
                      const char *name,
                      HpProcessSample *sample,
                      guint64 *user_id,
                      gboolean *has_memory,
                      GError **error)
{
  Piece rest = { text, n }, line, key;
  gboolean has_user = FALSE;

  g_return_val_if_fail (text != NULL || n == 0, FALSE);
  g_return_val_if_fail (sample != NULL && user_id != NULL && has_memory != NULL, FALSE);

  while (next_line (&rest, &line))
    {
      const Row *row;

      if (!cut_key (&line, &key))
        continue;
      row = find_row (STATUS_ROWS, key);
      if (row != NULL && !read_size (name, row, line, sample, error))
        return FALSE;
      if (!is_word (key, "Uid"))
        continue;
      has_user = TRUE;
      if (!read_user (name, line, user_id, error))
        return FALSE;
    }
  *has_memory = hp_process_sample_knows (sample, HP_PROCESS_RESIDENT);
  return has_user || refuse (name, "Uid", (Piece){ "", 0 }, _ ("four users"), error);
}

static const Row ROLLUP_ROWS[] = {
  { "Rss", HP_PROCESS_RESIDENT }, { "Pss", HP_PROCESS_PROPORTIONAL }, { "Anonymous", HP_PROCESS_ANONYMOUS },
  { "Swap", HP_PROCESS_SWAP },    { NULL, HP_N_PROCESS_AMOUNTS },
};

/* The kernel's running counters lag behind by a few pages for each thread; what was counted now holds. */
static void
let_parts_add_up (HpProcessSample *sample)
{
  guint64 *bytes = sample->bytes;
  guint64 rest = bytes[HP_PROCESS_RESIDENT];

  bytes[HP_PROCESS_ANONYMOUS] = MIN (bytes[HP_PROCESS_ANONYMOUS], rest);
  rest -= bytes[HP_PROCESS_ANONYMOUS];
  hp_process_sample_set (sample, HP_PROCESS_SHARED, MIN (bytes[HP_PROCESS_SHARED], rest));
  hp_process_sample_set (sample, HP_PROCESS_FILE, rest - bytes[HP_PROCESS_SHARED]);
}

gboolean
hp_proc_parse_rollup (const char *text, gsize n, const char *name, HpProcessSample *sample, GError **error)
{
  HpProcessSample rollup = { 0 };
  Piece rest = { text, n }, line, key;

  g_return_val_if_fail (text != NULL || n == 0, FALSE);
  g_return_val_if_fail (sample != NULL, FALSE);

  while (next_line (&rest, &line))
    {
      const Row *row = cut_key (&line, &key) ? find_row (ROLLUP_ROWS, key) : NULL;

      if (row != NULL && !read_size (name, row, line, &rollup, error))
        return FALSE;
    }
  for (const Row *row = ROLLUP_ROWS; row->key != NULL; row++)
    if (!hp_process_sample_knows (&rollup, row->amount))
      return refuse (name, row->key, (Piece){ "", 0 }, _ ("a number of kB"), error);
  for (const Row *row = ROLLUP_ROWS; row->key != NULL; row++)
    hp_process_sample_set (sample, row->amount, rollup.bytes[row->amount]);
  let_parts_add_up (sample);
  return TRUE;
}

/* ---- maps ------------------------------------------------------------------------------------------------------- */

/* What a program keeps its data in: nothing of a file, its own, writable. The kernel names the heap of brk() and what
 * the program named itself (prctl PR_SET_VMA_ANON_NAME, “[anon:…]”). */
static gboolean
is_heap (Piece mode, Piece inode, Piece path)
{
  if (mode.n != 4 || mode.text[1] != 'w' || mode.text[3] != 'p' || !is_word (inode, "0"))
    return FALSE;
  return path.n == 0 || is_word (path, "[heap]") || (path.n > 6 && memcmp (path.text, "[anon:", 6) == 0);
}

static gboolean
read_range (const char *file, Piece word, HpProcRange *range, GError **error)
{
  const char *dash = memchr (word.text, '-', word.n);
  gsize n = dash != NULL ? (gsize) (dash - word.text) : 0;

  if (dash != NULL && read_number ((Piece){ word.text, n }, 16, &range->start)
      && read_number ((Piece){ dash + 1, word.n - n - 1 }, 16, &range->end) && range->start < range->end)
    return TRUE;
  return refuse (file, "address", word, _ ("two addresses, the lower one first"), error);
}

/* The kernel goes from mapping to mapping while the process may change them: one that grew meanwhile is told twice. */
static void
keep_range (GArray *ranges, HpProcRange range, guint64 last)
{
  range.start = MAX (range.start, last);
  if (range.start < range.end)
    g_array_append_val (ranges, range);
}

gboolean
hp_proc_parse_maps (const char *text, gsize n, const char *name, GArray *ranges, GError **error)
{
  Piece rest = { text, n }, line;
  guint64 last = 0;

  g_return_val_if_fail (text != NULL || n == 0, FALSE);
  g_return_val_if_fail (ranges != NULL, FALSE);

  while (next_line (&rest, &line))
    {
      Piece mode, inode;
      HpProcRange range;

      if (!read_range (name, next_word (&line), &range, error))
        return FALSE;
      mode = next_word (&line);
      next_word (&line); /* offset */
      next_word (&line); /* device */
      inode = next_word (&line);
      if (is_heap (mode, inode, next_word (&line)))
        keep_range (ranges, range, last);
      last = MAX (last, range.end);
    }
  return TRUE;
}

/* ---- pagemap ---------------------------------------------------------------------------------------------------- */

gsize
hp_proc_count_pages (const guint64 *entries, gsize n)
{
  gsize count = 0;

  g_return_val_if_fail (entries != NULL || n == 0, 0);

  for (gsize i = 0; i < n; i++)
    count += entries[i] >> 62 != 0;
  return count;
}
