/* lru_stack.c - stack distances of LRU: how many other pages were referenced since
 *
 * Time is a row of slots; each page marks the slot of its last reference, so that the distance of a page is the number
 * of marks behind its own. Marks are counted by bits within a block of slots, and by a Fenwick tree over blocks. When
 * the slots are used up, the marks move together at the beginning. After F. Olken, "Efficient methods for calculating
 * the success function of fixed space replacement policies", LBL-12370, 1981, with a flat row instead of a search tree.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/miss_curve.h"

#include "memory/page_table.h"

#include <string.h>

#define PIECE 64
#define NEAR_PAGES 8192
#define WORD_SLOTS 64
#define BLOCK_WORDS 8
#define BLOCK_SLOTS (WORD_SLOTS * BLOCK_WORDS)
#define FIRST_SLOTS (8u * BLOCK_SLOTS)
#define CLEAN G_MAXUINT32

typedef struct
{
  guint32 slot;       /* where its mark is */
  guint32 dirty_from; /* it is dirty where there are so many frames or more and it is resident; CLEAN: nowhere */
} Page;

/*
 * marks has exactly one bit for each page, at its slot, and sees[slot] is that page.
 * tree is the Fenwick tree of the number of marks in each block; element i covers the blocks i - (i & -i) … i - 1.
 */
struct _HpLruStack
{
  HpPageTable table;
  guint32 page_shift;
  guint32 n_slots, next_slot;
  guint64 *marks;
  guint32 *sees;
  guint32 *tree;
  GArray *pages;      /* Page, by number from 0 */
  GArray *n_at;       /* guint64: references by their distance; element 0: first touches */
  GArray *dirty_diff; /* gint64: dirty evictions with c frames, less those with c - 1 */
};

static void
allocate_slots (HpLruStack *self, guint32 n_slots)
{
  self->n_slots = n_slots;
  self->next_slot = 0;
  self->marks = g_new0 (guint64, n_slots / WORD_SLOTS);
  self->sees = g_new (guint32, n_slots);
  self->tree = g_new0 (guint32, n_slots / BLOCK_SLOTS + 1);
}

static void
free_slots (HpLruStack *self)
{
  g_free (self->marks);
  g_free (self->sees);
  g_free (self->tree);
}

HpLruStack *
hp_lru_stack_new (guint32 page_bytes)
{
  HpLruStack *self;

  g_return_val_if_fail (page_bytes > 1 && (page_bytes & (page_bytes - 1)) == 0, NULL);

  self = g_new0 (HpLruStack, 1);
  hp_page_table_init (&self->table);
  self->page_shift = (guint32) g_bit_nth_lsf (page_bytes, -1);
  allocate_slots (self, FIRST_SLOTS);
  self->pages = g_array_new (FALSE, FALSE, sizeof (Page));
  self->n_at = g_array_new (FALSE, TRUE, sizeof (guint64));
  self->dirty_diff = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_array_set_size (self->n_at, 1);
  g_array_set_size (self->dirty_diff, 2);
  return self;
}

void
hp_lru_stack_free (HpLruStack *self)
{
  if (self == NULL)
    return;
  hp_page_table_clear (&self->table);
  free_slots (self);
  g_array_unref (self->pages);
  g_array_unref (self->n_at);
  g_array_unref (self->dirty_diff);
  g_free (self);
}

/* ---- marks ------------------------------------------------------------------------------------------------------ */

static inline guint32
count_bits (guint64 word)
{
  word -= word >> 1 & G_GUINT64_CONSTANT (0x5555555555555555);
  word = (word & G_GUINT64_CONSTANT (0x3333333333333333)) + (word >> 2 & G_GUINT64_CONSTANT (0x3333333333333333));
  word = (word + (word >> 4)) & G_GUINT64_CONSTANT (0x0f0f0f0f0f0f0f0f);
  return (guint32) (word * G_GUINT64_CONSTANT (0x0101010101010101) >> 56);
}

static inline void
add_to_block (HpLruStack *self, guint32 block, guint32 difference)
{
  guint32 n_blocks = self->n_slots / BLOCK_SLOTS;

  for (guint32 i = block + 1; i <= n_blocks; i += i & -i)
    self->tree[i] += difference;
}

static inline guint32
count_to_block (const HpLruStack *self, guint32 block)
{
  guint32 n = 0;

  for (guint32 i = block + 1; i > 0; i &= i - 1)
    n += self->tree[i];
  return n;
}

/* Marks behind @slot, and 1. */
static inline guint32
measure (const HpLruStack *self, guint32 slot)
{
  guint32 word = slot / WORD_SLOTS, block = slot / BLOCK_SLOTS;
  guint32 last_word = MIN (block * BLOCK_WORDS + BLOCK_WORDS, (self->next_slot + WORD_SLOTS - 1) / WORD_SLOTS);
  guint32 n = 1 + count_bits (self->marks[word] >> 1 >> slot % WORD_SLOTS);

  while (++word < last_word)
    n += count_bits (self->marks[word]);
  if ((self->next_slot - 1) / BLOCK_SLOTS > block)
    n += self->table.n_pages - count_to_block (self, block);
  return n;
}

static inline void
put_mark (HpLruStack *self, guint32 slot, guint32 page)
{
  self->marks[slot / WORD_SLOTS] |= G_GUINT64_CONSTANT (1) << slot % WORD_SLOTS;
  self->sees[slot] = page;
  g_array_index (self->pages, Page, page).slot = slot;
}

/* Three of four slots are free then. */
static G_GNUC_NO_INLINE void
move_together (HpLruStack *self)
{
  HpLruStack old = *self;
  guint32 n_slots = FIRST_SLOTS;

  while (n_slots / 4 < self->table.n_pages)
    n_slots *= 2;
  allocate_slots (self, n_slots);
  for (guint32 word = 0; word < old.n_slots / WORD_SLOTS; word++)
    for (guint64 rest = old.marks[word]; rest != 0; rest &= rest - 1)
      {
        guint32 slot = self->next_slot++;

        put_mark (self, slot, old.sees[word * WORD_SLOTS + (guint32) __builtin_ctzll (rest)]);
        add_to_block (self, slot / BLOCK_SLOTS, 1);
      }
  free_slots (&old);
}

/* ---- references ------------------------------------------------------------------------------------------------- */

static void
add_page (HpLruStack *self, guint64 number, gboolean write)
{
  guint32 page = self->pages->len;
  Page state = { self->next_slot, write ? 1 : CLEAN };

  g_array_append_val (self->pages, state);
  g_array_set_size (self->n_at, page + 2);
  g_array_set_size (self->dirty_diff, page + 3);
  hp_page_table_add (&self->table, number, page + 1);
  add_to_block (self, self->next_slot / BLOCK_SLOTS, 1);
  put_mark (self, self->next_slot++, page);
  g_array_index (self->n_at, guint64, 0)++;
}

/* With less than @distance frames the page has left RAM, and where it was dirty, it was written back. */
static inline void
leave (GArray *dirty_diff, const Page *page, guint32 distance)
{
  if (page->dirty_from >= distance)
    return;
  g_array_index (dirty_diff, gint64, page->dirty_from)++;
  g_array_index (dirty_diff, gint64, distance)--;
}

static inline void
reference_page (HpLruStack *self, guint32 page, gboolean write)
{
  Page *state = &g_array_index (self->pages, Page, page);
  guint32 slot = state->slot, distance = measure (self, slot);

  g_array_index (self->n_at, guint64, distance)++;
  if (distance > 1)
    {
      leave (self->dirty_diff, state, distance);
      state->dirty_from = MAX (state->dirty_from, distance);
      self->marks[slot / WORD_SLOTS] &= ~(G_GUINT64_CONSTANT (1) << slot % WORD_SLOTS);
      if (slot / BLOCK_SLOTS != self->next_slot / BLOCK_SLOTS)
        {
          add_to_block (self, slot / BLOCK_SLOTS, G_MAXUINT32);
          add_to_block (self, self->next_slot / BLOCK_SLOTS, 1);
        }
      put_mark (self, self->next_slot++, page);
    }
  if (write)
    state->dirty_from = 1;
}

static gboolean
take (HpLruStack *self, guint64 reference, guint32 page)
{
  guint64 number = reference >> self->page_shift;

  if (G_UNLIKELY (self->next_slot == self->n_slots))
    move_together (self);
  if (G_UNLIKELY (page == 0))
    page = hp_page_table_find (&self->table, number);
  if (G_LIKELY (page > 0))
    reference_page (self, page - 1, hp_reference_writes (reference));
  else if (self->pages->len < HP_MISS_CURVE_MAX_PAGES)
    add_page (self, number, hp_reference_writes (reference));
  else
    return FALSE;
  return TRUE;
}

/* 0 for those not known yet. Of many pages, what is not in the processor's cache is asked for in time; with few, that
 * would cost more than it gains. */
static void
find_pages (HpLruStack *self, const guint64 *references, gsize n, guint32 *pages)
{
  const Page *states = (const Page *) self->pages->data;

  if (self->pages->len <= NEAR_PAGES)
    {
      memset (pages, 0, n * sizeof *pages);
      return;
    }
  for (gsize i = 0; i < n; i++)
    hp_page_table_prefetch (&self->table, references[i] >> self->page_shift);
  for (gsize i = 0; i < n; i++)
    {
      pages[i] = hp_page_table_find (&self->table, references[i] >> self->page_shift);
      if (pages[i] != 0)
        __builtin_prefetch (&states[pages[i] - 1]);
    }
}

gboolean
hp_lru_stack_add (HpLruStack *self, const guint64 *references, gsize n)
{
  guint32 pages[PIECE];

  for (gsize begin = 0; begin < n; begin += PIECE)
    {
      gsize n_piece = MIN (n - begin, PIECE);

      find_pages (self, references + begin, n_piece, pages);
      for (gsize i = 0; i < n_piece; i++)
        if (!take (self, references[begin + i], pages[i]))
          return FALSE;
    }
  return TRUE;
}

/* ---- the curve -------------------------------------------------------------------------------------------------- */

HpMissCurve *
hp_miss_curve_new (const guint64 *n_at, guint32 n_pages)
{
  HpMissCurve *self = g_new0 (HpMissCurve, 1);

  self->n_pages = n_pages;
  self->faults = g_new (guint64, (gsize) n_pages + 1);
  self->faults[n_pages] = n_at[0];
  for (guint32 c = n_pages; c > 0; c--)
    self->faults[c - 1] = self->faults[c] + n_at[c];
  return self;
}

void
hp_miss_curve_free (HpMissCurve *self)
{
  if (self == NULL)
    return;
  g_free (self->faults);
  g_free (self->dirty_evictions);
  g_free (self);
}

/* (transfer full): of n_pages + 1 */
static guint64 *
add_up_dirty_evictions (const HpLruStack *self)
{
  guint32 n_pages = self->table.n_pages;
  guint64 *dirty = g_new0 (guint64, n_pages + 1);
  g_autoptr (GArray) differences = g_array_copy (self->dirty_diff);

  for (guint32 page = 0; page < n_pages; page++)
    {
      const Page *state = &g_array_index (self->pages, Page, page);

      leave (differences, state, measure (self, state->slot));
    }
  for (guint32 c = 1; c <= n_pages; c++)
    dirty[c] = dirty[c - 1] + (guint64) g_array_index (differences, gint64, c);
  return dirty;
}

HpMissCurve *
hp_lru_stack_finish (const HpLruStack *self)
{
  HpMissCurve *curve = hp_miss_curve_new ((const guint64 *) self->n_at->data, self->table.n_pages);

  curve->dirty_evictions = add_up_dirty_evictions (self);
  return curve;
}
