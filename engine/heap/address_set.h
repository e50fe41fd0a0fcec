/* address_set.h - a set of simulated addresses: one bit a word of the address space that the heap has pages in
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "heap/heap.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 *cells;
  guint64 n_words; /* addresses below it can be members */
} HpAddressSet;

static inline void
hp_address_set_init (HpAddressSet *self, const HpHeap *heap)
{
  self->n_words = (guint64) heap->n_entries << heap->page_shift;
  self->cells = g_new0 (guint64, self->n_words / 64 + 1);
}

static inline void
hp_address_set_clear (HpAddressSet *self)
{
  g_clear_pointer (&self->cells, g_free);
}

static inline gboolean
hp_address_set_contains (const HpAddressSet *self, HpAddress address)
{
  return address < self->n_words && (self->cells[address / 64] >> (address % 64) & 1) != 0;
}

/** Whether @address is new. It must be below n_words. */
static inline gboolean
hp_address_set_add (HpAddressSet *self, HpAddress address)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (address % 64);
  guint64 *cell = &self->cells[address / 64];
  gboolean is_new = (*cell & bit) == 0;

  *cell |= bit;
  return is_new;
}

G_END_DECLS
