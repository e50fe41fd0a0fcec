/* lackey.c - a hand-written reader: 150 million lines and more a second, and no line it does not judge
 *
 * Only whole lines are parsed, so that the digit loops need no other bound than the line's end; eight digits at once
 * are read where so much follows. What a piece leaves over waits in a short buffer for the rest of its line; a line
 * that outgrows the buffer cannot be a reference.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/lackey.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ADDRESS_DIGITS 16
#define SIZE_DIGITS 9
/* More than any reference has: leading zeros do not count as digits to be skipped. */
#define PENDING_BYTES 256
/* "I  " and eight digits, which may be read from anywhere in front of a line's end. */
#define FAST_BYTES 11
/* So much without a single reference, and it is no trace. */
#define MOST_BYTES_BEFORE_REFERENCE (64 * 1024 * 1024)

struct _HpLackeyReader
{
  char *name;
  HpLackeyFunc function;
  gpointer user_data;
  guint64 n_lines, n_references;
  guint64 n_others, n_foreign;
  guint64 n_bytes; /* fed */
  guint64 foreign_line;
  char *foreign_text; /* (nullable) */
  gboolean tolerant;
  gboolean failed;
  gboolean skipping; /* inside a long line that is no reference: nothing of it matters until its end */
  gsize n_pending;
  guint8 pending[PENDING_BYTES]; /* the beginning of a line that is not whole yet */
  gsize n_batch;
  HpLackeyReference batch[HP_LACKEY_BATCH];
};

HpLackeyReader *
hp_lackey_reader_new (const char *name, HpLackeyFunc function, gpointer user_data)
{
  HpLackeyReader *self = g_new0 (HpLackeyReader, 1);

  self->name = g_strdup (name);
  self->function = function;
  self->user_data = user_data;
  return self;
}

void
hp_lackey_reader_free (HpLackeyReader *self)
{
  if (self == NULL)
    return;
  g_free (self->foreign_text);
  g_free (self->name);
  g_free (self);
}

void
hp_lackey_reader_tolerate (HpLackeyReader *self)
{
  self->tolerant = TRUE;
}

guint64
hp_lackey_reader_n_lines (const HpLackeyReader *self)
{
  return self->n_lines;
}

guint64
hp_lackey_reader_n_other_lines (const HpLackeyReader *self)
{
  return self->n_others;
}

guint64
hp_lackey_reader_n_foreign_lines (const HpLackeyReader *self, guint64 *line, const char **text)
{
  *line = self->foreign_line;
  *text = self->foreign_text;
  return self->n_foreign;
}

static void
hand_out (HpLackeyReader *self)
{
  if (self->n_batch > 0)
    self->function (self->user_data, self->batch, self->n_batch);
  self->n_references += self->n_batch;
  self->n_batch = 0;
}

/* ---- one line --------------------------------------------------------------------------------------------------- */

/* 1 + the value of a hexadecimal digit, 0 for all other bytes. */
static const guint8 DIGITS[256] = {
  ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
  ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* "I  ", " L ", " S " or " M ". @line may be as short as its LF. */
static inline gboolean
has_access (const guint8 *line)
{
  if (line[0] == ' ')
    return (line[1] == 'L' || line[1] == 'S' || line[1] == 'M') && line[2] == ' ';
  return line[0] == 'I' && line[1] == ' ' && line[2] == ' ';
}

#define EACH(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

/* The value of eight characters, the first in the lowest byte, where all are digits as lackey writes them, 0-9a-f:
 * each is 0x30 + 0…9 or 0x60 + 1…6. */
static inline gboolean
parse_eight (guint64 text, guint64 *number)
{
  guint64 letters = text >> 6 & EACH (1);
  guint64 low = text & EACH (0x0f);
  guint64 wrong = (text & EACH (0xf0)) ^ (EACH (0x30) + letters * 0x30);

  wrong |= (low + EACH (6) + letters * 3) & EACH (0x10);
  wrong |= letters & ~(low + EACH (0x0f)) >> 4;
  low = GUINT64_SWAP_LE_BE (low + letters * 9);
  low = (low | low >> 4) & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff);
  low = (low | low >> 8) & G_GUINT64_CONSTANT (0x0000ffff0000ffff);
  *number = (low | low >> 16) & G_MAXUINT32;
  return wrong == 0;
}

/* Behind the digits; NULL when there are none or too many. @fast: at least eight bytes may be read. */
static inline const guint8 *
parse_address (const guint8 *text, gboolean fast, guint64 *address)
{
  const guint8 *c = text;
  guint64 number = 0, eight;

  if (fast)
    {
      memcpy (&eight, text, sizeof eight);
      if (G_LIKELY (parse_eight (GUINT64_FROM_LE (eight), &number)))
        c += sizeof eight;
      else
        number = 0;
    }
  for (; DIGITS[*c] != 0; c++)
    number = number << 4 | (DIGITS[*c] - 1u);
  *address = number;
  return c > text && c - text <= ADDRESS_DIGITS ? c : NULL;
}

/* The same; NULL for 0 too. */
static inline const guint8 *
parse_size (const guint8 *text, guint32 *size)
{
  const guint8 *c = text;
  guint32 number = 0;

  for (; (guint8) (*c - '0') < 10; c++)
    number = number * 10 + (*c - '0');
  *size = number;
  return number > 0 && c - text <= SIZE_DIGITS ? c : NULL;
}

/* Behind the line's LF; NULL when it is no reference. There must be an LF before @end: it stops every loop. */
static inline const guint8 *
parse_reference (const guint8 *line, const guint8 *end, HpLackeyReference *reference)
{
  const guint8 *c;

  if (!has_access (line))
    return NULL;
  reference->access = line[0] == 'I' ? 'I' : line[1];
  c = parse_address (line + 3, end - line >= FAST_BYTES, &reference->address);
  if (c == NULL || *c != ',')
    return NULL;
  if (G_LIKELY ((guint8) (c[1] - '1') < 9 && c[2] == '\n'))
    {
      reference->size = c[1] - '0';
      return c + 3;
    }
  c = parse_size (c + 1, &reference->size);
  if (c == NULL)
    return NULL;
  c += *c == '\r';
  return *c == '\n' ? c + 1 : NULL;
}

/* Valgrind's own words: "==123== text", and with other marks what its options make it say. */
static gboolean
is_valgrinds (const guint8 *line, gsize n)
{
  gsize i = 2;

  if (n < 2 || line[0] != line[1] || strchr ("=-*", line[0]) == NULL || line[0] == '\0')
    return FALSE;
  while (i < n && g_ascii_isdigit (line[i]))
    i++;
  return i > 2 && i + 1 < n && line[i] == line[0] && line[i + 1] == line[0];
}

/* ---- what is wrong with a line ---------------------------------------------------------------------------------- */

/* The beginning of @text, until its line ends, as far as it can be shown; never empty. */
static char *
show (const guint8 *text, gsize n)
{
  const guint8 *lf = memchr (text, '\n', n);
  gsize length = lf != NULL ? (gsize) (lf - text) : n, end = 0;
  g_autofree char *shown = NULL;

  if (length > 0 && text[length - 1] == '\r')
    length--;
  while (end < MIN (length, 40) && text[end] >= 0x20 && text[end] < 0x7f)
    end++;
  if (length == 0)
    return g_strdup (_ ("the end of the line"));
  if (end == 0)
    return g_strdup_printf (_ ("the byte 0x%02x"), text[0]);
  shown = g_strndup ((const char *) text, end);
  return g_strdup_printf (end < length ? "“%s…”" : "“%s”", shown);
}

/* @found: (transfer full) */
static gboolean
fail (HpLackeyReader *self, char *found, const char *expected, GError **error)
{
  g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_lines + 1);

  hand_out (self);
  self->failed = TRUE;
  g_set_error (
      error, HP_ERROR, HP_ERROR_INPUT, _ ("%s: line %s: found %s, expected %s"), self->name, line, found, expected);
  g_free (found);
  return FALSE;
}

/* Says which part of the line is the first that is wrong. @line: @n bytes, with or without its LF, without a '\0' in
 * any part that was accepted. */
static gboolean
fail_line (HpLackeyReader *self, const guint8 *line, gsize n, GError **error)
{
  guint8 text[PENDING_BYTES + 1];
  gsize copied = MIN (n, PENDING_BYTES);
  const guint8 *c;
  HpLackeyReference reference;

  memcpy (text, line, copied);
  text[copied] = '\n';
  if (!has_access (text))
    return fail (self,
                 show (line, n),
                 _ ("a reference like “ L 1ffeffe7d0,8” or one of Valgrind's own lines like “==123==”"),
                 error);
  c = parse_address (text + 3, FALSE, &reference.address);
  if (c == NULL)
    return fail (
        self, show (text + 3, copied - MIN (copied, 3)), _ ("an address of 1 to 16 hexadecimal digits"), error);
  if (*c != ',')
    return fail (self, show (c, (gsize) (text + copied - c)), _ ("a comma and a size behind the address"), error);
  return fail (self,
               show (c + 1, (gsize) (text + copied - (c + 1))),
               _ ("a size in bytes from 1 to 999999999, and then the end of the line"),
               error);
}

/* ---- lines out of pieces ---------------------------------------------------------------------------------------- */

/* The line under way is neither a reference nor Valgrind's own; @n bytes of it. */
static gboolean
meet_foreign_line (HpLackeyReader *self, const guint8 *line, gsize n, GError **error)
{
  if (!self->tolerant)
    return fail_line (self, line, n, error);
  if (self->n_foreign++ > 0)
    return TRUE;
  self->foreign_line = self->n_lines + 1;
  self->foreign_text = show (line, n);
  return TRUE;
}

/* A whole line that is no reference, of @n bytes with its LF. */
static gboolean
take_other_line (HpLackeyReader *self, const guint8 *line, gsize n, GError **error)
{
  if (line[0] != '\n' && !(line[0] == '\r' && line[1] == '\n') && !is_valgrinds (line, n)
      && !meet_foreign_line (self, line, n, error))
    return FALSE;
  self->n_lines++;
  self->n_others++;
  return TRUE;
}

/* Whole lines: the last of the @n bytes is an LF. */
static gboolean
take_lines (HpLackeyReader *self, const guint8 *lines, gsize n, GError **error)
{
  const guint8 *end = lines + n;

  while (lines < end)
    {
      const guint8 *next = parse_reference (lines, end, &self->batch[self->n_batch]);

      if (G_LIKELY (next != NULL))
        {
          self->n_lines++;
          if (++self->n_batch == HP_LACKEY_BATCH)
            hand_out (self);
        }
      else
        {
          next = (const guint8 *) memchr (lines, '\n', (gsize) (end - lines)) + 1;
          if (!take_other_line (self, lines, (gsize) (next - lines), error))
            return FALSE;
        }
      lines = next;
    }
  return TRUE;
}

/* Keeps @n bytes without an LF for later. A line that does not fit is skipped or refused. */
static gboolean
keep_rest (HpLackeyReader *self, const guint8 *bytes, gsize n, GError **error)
{
  gsize room = PENDING_BYTES - self->n_pending;

  if (self->skipping || n == 0)
    return TRUE;
  memcpy (self->pending + self->n_pending, bytes, MIN (n, room));
  self->n_pending += MIN (n, room);
  if (n < room)
    return TRUE;
  if (!is_valgrinds (self->pending, self->n_pending)
      && !meet_foreign_line (self, self->pending, self->n_pending, error))
    return FALSE;
  self->skipping = TRUE;
  self->n_pending = 0;
  return TRUE;
}

/* Ends the line that began in an earlier piece, with @n bytes up to and with its LF. */
static gboolean
end_pending_line (HpLackeyReader *self, const guint8 *bytes, gsize n, GError **error)
{
  gsize pending;

  if (!keep_rest (self, bytes, n, error))
    return FALSE;
  pending = self->n_pending;
  self->n_pending = 0;
  if (!self->skipping)
    return take_lines (self, self->pending, pending, error);
  self->skipping = FALSE;
  self->n_lines++;
  self->n_others++;
  return TRUE;
}

static gboolean
fail_without_references (HpLackeyReader *self, const char *where, GError **error)
{
  return fail (self, g_strdup (where), _ ("a trace by “valgrind --tool=lackey --trace-mem=yes”"), error);
}

gboolean
hp_lackey_reader_feed (HpLackeyReader *self, const guint8 *bytes, gsize n, GError **error)
{
  const guint8 *last_lf = n > 0 ? memrchr (bytes, '\n', n) : NULL;
  gsize whole = last_lf != NULL ? (gsize) (last_lf + 1 - bytes) : 0, first = 0;

  g_return_val_if_fail (!self->failed, FALSE);

  if (whole > 0 && (self->n_pending > 0 || self->skipping))
    {
      first = (gsize) ((const guint8 *) memchr (bytes, '\n', whole) + 1 - bytes);
      if (!end_pending_line (self, bytes, first, error))
        return FALSE;
    }
  if (!take_lines (self, bytes + first, whole - first, error))
    return FALSE;
  hand_out (self);
  self->n_bytes += n;
  if (self->tolerant && self->n_references == 0 && self->n_bytes > MOST_BYTES_BEFORE_REFERENCE)
    return fail_without_references (self, _ ("no reference in 64 MB"), error);
  return keep_rest (self, bytes + whole, n - whole, error);
}

gboolean
hp_lackey_reader_finish (HpLackeyReader *self, GError **error)
{
  g_return_val_if_fail (!self->failed, FALSE);

  if (self->n_pending > 0 || self->skipping)
    return fail (self,
                 g_strdup (_ ("the end of the file in the middle of the line")),
                 _ ("the rest of it: the file was cut off"),
                 error);
  if (self->n_references == 0)
    return fail_without_references (self, _ ("the end of the file and no reference before it"), error);
  return TRUE;
}

/* ---- recognising ------------------------------------------------------------------------------------------------ */

/* "I  0401ab70," as far as the @n bytes go. */
static gboolean
begins_like_reference (const guint8 *line, gsize n)
{
  gsize i = 3;

  if (n < 4 || !has_access (line))
    return FALSE;
  while (i < n && DIGITS[line[i]] != 0)
    i++;
  return i > 3 && (i == n || line[i] == ',');
}

gboolean
hp_lackey_recognises (const guint8 *head, gsize n)
{
  gboolean named = FALSE;

  while (n > 0)
    {
      const guint8 *lf = memchr (head, '\n', n);
      gsize length = lf != NULL ? (gsize) (lf + 1 - head) : n;

      if (is_valgrinds (head, length))
        named = named || g_strstr_len ((const char *) head, (gssize) length, " Lackey,") != NULL;
      else if (head[0] != '\n' && head[0] != '\r')
        return begins_like_reference (head, length);
      head += length;
      n -= length;
    }
  return named;
}
