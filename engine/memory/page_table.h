/* page_table.h - from page numbers to dense page ids
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 number;
  guint32 page; /* 0: the slot is free */
} HpPageSlot;

/**
 * HpPageTable: open addressing with linear probing
 *
 * Nothing is ever removed: a page keeps its id for good, so the memo of the last page found stays true. At most half of
 * the slots are used. Between a quarter and a half of a program's references go to the page of the one before.
 */
typedef struct
{
  guint64 last_number; /* G_MAXUINT64, which no page has: nothing found yet */
  guint32 last_page;
  guint32 n_pages;
  guint32 shift; /* 64 - log2 of the number of slots */
  HpPageSlot *slots;
} HpPageTable;

void hp_page_table_init (HpPageTable *self);
void hp_page_table_clear (HpPageTable *self);
/** @number is not in the table yet; @page is above 0. */
void hp_page_table_add (HpPageTable *self, guint64 number, guint32 page);

/** Where looking for @number begins. Multiplying spreads neighbours over the whole table. */
static inline guint64
hp_page_table_home (const HpPageTable *self, guint64 number)
{
  return number * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> self->shift;
}

/** @number will be looked for soon. */
static inline void
hp_page_table_prefetch (const HpPageTable *self, guint64 number)
{
  __builtin_prefetch (&self->slots[hp_page_table_home (self, number)]);
}

/** The slot of @number, or the free one where it would go. */
static inline HpPageSlot *
hp_page_table_probe (const HpPageTable *self, guint64 number)
{
  guint64 mask = G_MAXUINT64 >> self->shift;
  guint64 i = hp_page_table_home (self, number);

  while (self->slots[i].number != number && self->slots[i].page != 0)
    i = (i + 1) & mask;
  return &self->slots[i];
}

/** The id of page @number, or 0. */
static inline guint32
hp_page_table_find (HpPageTable *self, guint64 number)
{
  if (number != self->last_number)
    {
      const HpPageSlot *slot = hp_page_table_probe (self, number);

      if (slot->page == 0)
        return 0;
      self->last_number = number;
      self->last_page = slot->page;
    }
  return self->last_page;
}

G_END_DECLS
