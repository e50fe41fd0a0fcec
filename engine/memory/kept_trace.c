/* kept_trace.c - pages and writes in 32 bits each, and beside them their next uses
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/kept_trace.h"

#include "memory/future.h"
#include "memory/page_table.h"

#define PIECE 4096

struct _HpKeptTrace
{
  HpPageTable table;
  guint32 page_shift;
  GArray *references; /* guint32: page number from 0 << 1 | write */
  guint32 *next_uses; /* of each, when finished */
};

HpKeptTrace *
hp_kept_trace_new (guint32 page_bytes)
{
  HpKeptTrace *self;

  g_return_val_if_fail (page_bytes > 1 && (page_bytes & (page_bytes - 1)) == 0, NULL);

  self = g_new0 (HpKeptTrace, 1);
  hp_page_table_init (&self->table);
  self->page_shift = (guint32) g_bit_nth_lsf (page_bytes, -1);
  self->references = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

void
hp_kept_trace_free (HpKeptTrace *self)
{
  if (self == NULL)
    return;
  hp_page_table_clear (&self->table);
  g_array_unref (self->references);
  g_free (self->next_uses);
  g_free (self);
}

/* From 0; G_MAXUINT32 where there can be no more. */
static inline guint32
find_page (HpKeptTrace *self, guint64 number)
{
  guint32 page = hp_page_table_find (&self->table, number);

  if (G_LIKELY (page > 0))
    return page - 1;
  if (self->table.n_pages == HP_MISS_CURVE_MAX_PAGES)
    return G_MAXUINT32;
  hp_page_table_add (&self->table, number, self->table.n_pages + 1);
  return self->table.n_pages - 1;
}

gboolean
hp_kept_trace_add (HpKeptTrace *self, const guint64 *references, gsize n)
{
  guint before = self->references->len, len = before;
  guint32 *kept;
  gboolean good = TRUE;

  g_return_val_if_fail (self->next_uses == NULL, FALSE);

  if (n >= HP_NEVER_USED_AGAIN - before)
    return FALSE;
  g_array_set_size (self->references, before + (guint) n);
  kept = (guint32 *) self->references->data;
  for (gsize i = 0; good && i < n; i++)
    {
      guint32 write = hp_reference_writes (references[i]);
      guint32 page = find_page (self, references[i] >> self->page_shift);

      good = page != G_MAXUINT32;
      if (len > 0 && kept[len - 1] >> 1 == page)
        kept[len - 1] |= write;
      else if (good)
        kept[len++] = page << 1 | write;
    }
  g_array_set_size (self->references, len);
  return good;
}

void
hp_kept_trace_finish (HpKeptTrace *self)
{
  guint n = self->references->len;

  g_return_if_fail (self->next_uses == NULL);

  self->next_uses = g_new (guint32, n);
  for (guint i = 0; i < n; i++)
    self->next_uses[i] = g_array_index (self->references, guint32, i) >> 1;
  hp_future_find (self->next_uses, n, self->table.n_pages);
}

guint32
hp_kept_trace_n_pages (const HpKeptTrace *self)
{
  return self->table.n_pages;
}

gboolean
hp_kept_trace_replay (const HpKeptTrace *self, HpPager *pager, HpProgressFunc progress, gpointer user_data)
{
  guint n = self->references->len;
  guint64 piece[PIECE];

  g_return_val_if_fail (self->next_uses != NULL || n == 0, FALSE);

  hp_pager_set_future (pager, self->next_uses, n);
  for (guint begin = 0; begin < n; begin += PIECE)
    {
      guint n_piece = MIN (n - begin, PIECE);

      for (guint i = 0; i < n_piece; i++)
        {
          guint32 kept = g_array_index (self->references, guint32, begin + i);

          piece[i] = hp_reference ((guint64) (kept >> 1) << self->page_shift, kept & 1);
        }
      if (hp_pager_replay (pager, piece, n_piece, G_MAXUINT64) < n_piece)
        return FALSE;
      if (progress != NULL && !progress (user_data, (double) (begin + n_piece) / n))
        return FALSE;
    }
  return TRUE;
}

HpMissCurve *
hp_kept_trace_opt_curve (const HpKeptTrace *self, HpProgressFunc progress, gpointer user_data)
{
  g_return_val_if_fail (self->next_uses != NULL || self->references->len == 0, NULL);

  return hp_opt_curve ((const guint32 *) self->references->data,
                       self->next_uses,
                       self->references->len,
                       self->table.n_pages,
                       progress,
                       user_data);
}
