/* page_table.c - growing the table of page numbers
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/page_table.h"

#include "memory/huge_pages.h"

#define FIRST_BITS 8

void
hp_page_table_init (HpPageTable *self)
{
  *self = (HpPageTable){ .last_number = G_MAXUINT64, .shift = 64 - FIRST_BITS };
  self->slots = g_new0 (HpPageSlot, (gsize) 1 << FIRST_BITS);
}

void
hp_page_table_clear (HpPageTable *self)
{
  g_clear_pointer (&self->slots, g_free);
}

static void
grow (HpPageTable *self)
{
  HpPageSlot *old = self->slots;
  gsize n_old = (gsize) 1 << (64 - self->shift);

  self->shift--;
  self->slots = g_new0 (HpPageSlot, n_old * 2);
  hp_prefer_huge_pages (self->slots, n_old * 2 * sizeof *self->slots);
  for (gsize i = 0; i < n_old; i++)
    if (old[i].page != 0)
      *hp_page_table_probe (self, old[i].number) = old[i];
  g_free (old);
}

void
hp_page_table_add (HpPageTable *self, guint64 number, guint32 page)
{
  HpPageSlot *slot;

  if (self->n_pages >= (gsize) 1 << (63 - self->shift))
    grow (self);
  slot = hp_page_table_probe (self, number);
  g_assert (slot->page == 0);
  *slot = (HpPageSlot){ number, page };
  self->n_pages++;
}
