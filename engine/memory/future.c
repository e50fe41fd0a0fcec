/* future.c - next uses, found from the end of the trace to its beginning
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/future.h"

#include "memory/page_table.h"

/* While references are added, uses[i] is the id of the i-th reference's page; afterwards its next use. */
struct _HpFuture
{
  HpPageTable table;
  guint32 page_shift;
  GArray *uses; /* guint32 */
};

HpFuture *
hp_future_new (guint32 page_bytes)
{
  HpFuture *self;

  g_return_val_if_fail (page_bytes > 0 && (page_bytes & (page_bytes - 1)) == 0, NULL);

  self = g_new0 (HpFuture, 1);
  hp_page_table_init (&self->table);
  self->page_shift = (guint32) g_bit_nth_lsf (page_bytes, -1);
  self->uses = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

void
hp_future_free (HpFuture *self)
{
  if (self == NULL)
    return;
  hp_page_table_clear (&self->table);
  g_array_unref (self->uses);
  g_free (self);
}

gboolean
hp_future_add (HpFuture *self, const guint64 *references, gsize n)
{
  guint32 *pages;
  guint before = self->uses->len;

  if (n > HP_FUTURE_MAX - before)
    return FALSE;
  g_array_set_size (self->uses, before + (guint) n);
  pages = &g_array_index (self->uses, guint32, before);
  for (gsize i = 0; i < n; i++)
    {
      guint64 number = references[i] >> self->page_shift;

      pages[i] = hp_page_table_find (&self->table, number);
      if (pages[i] != 0)
        continue;
      pages[i] = self->table.n_pages + 1;
      hp_page_table_add (&self->table, number, pages[i]);
    }
  return TRUE;
}

void
hp_future_find (guint32 *pages, gsize n, guint32 n_pages)
{
  g_autofree guint32 *soonest = g_new (guint32, n_pages);

  for (guint32 page = 0; page < n_pages; page++)
    soonest[page] = HP_NEVER_USED_AGAIN;
  for (gsize i = n; i-- > 0;)
    {
      guint32 page = pages[i];

      pages[i] = soonest[page];
      soonest[page] = (guint32) i;
    }
}

const guint32 *
hp_future_finish (HpFuture *self, gsize *n)
{
  guint32 *uses = (guint32 *) self->uses->data;

  *n = self->uses->len;
  hp_future_find (uses, *n, self->table.n_pages + 1);
  return uses;
}
