/* opt_curve.c - stack distances of OPT (Belady), by the priority stack of Mattson and others (1970)
 *
 * At place c of the stack is the page that c frames hold and c - 1 do not. A referenced page goes to the top. The page
 * that was there is carried down, and at each place stays whichever of it and the page found is used sooner, the other
 * is carried on, until the place is reached that the referenced page left. So pages move only where the next use is
 * later than that of the page carried; a tree of greatest next uses finds these places.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/miss_curve.h"

#define PIECE 65536
#define FANOUT_BITS 4
#define FANOUT (1u << FANOUT_BITS)
#define LEVELS 6 /* FANOUT^LEVELS is HP_MISS_CURVE_MAX_PAGES and 1 */

/* level[0][i] is the next use of the page at place i of the stack, from 0; level[k][i] the greatest of
 * level[k - 1][i * FANOUT …]; places above n_used have 0. */
typedef struct
{
  guint32 n_pages, n_used;
  guint32 *level[LEVELS + 1];
  guint32 *page_at; /* place → page */
  guint32 *place;   /* page → place */
} Stack;

static guint32
round_up (guint32 n)
{
  return (n + FANOUT - 1) / FANOUT;
}

static void
stack_init (Stack *self, guint32 n_pages)
{
  guint32 n = MAX (n_pages, 1);

  *self = (Stack){ .n_pages = n_pages, .page_at = g_new (guint32, n), .place = g_new (guint32, n) };
  for (guint k = 0; k <= LEVELS; k++)
    {
      self->level[k] = g_new0 (guint32, round_up (n) * FANOUT);
      n = round_up (n);
    }
}

static void
stack_clear (Stack *self)
{
  for (guint k = 0; k <= LEVELS; k++)
    g_free (self->level[k]);
  g_free (self->page_at);
  g_free (self->place);
}

static guint32
greatest (const guint32 *group)
{
  guint32 most = 0;

  for (guint i = 0; i < FANOUT; i++)
    most = MAX (most, group[i]);
  return most;
}

static inline void
put (Stack *self, guint32 place, guint32 page, guint32 next_use)
{
  self->page_at[place] = page;
  self->place[page] = place;
  self->level[0][place] = next_use;
  for (guint k = 1, i = place / FANOUT; k <= LEVELS; k++, i /= FANOUT)
    {
      guint32 most = greatest (self->level[k - 1] + i * FANOUT);

      if (self->level[k][i] == most)
        break;
      self->level[k][i] = most;
    }
}

/* The first place from @place on with a next use after @next_use, or @end where there is none before it. */
static inline guint32
find_later (const Stack *self, guint32 place, guint32 end, guint32 next_use)
{
  guint32 i = place;
  guint k = 0;

  while ((guint64) i << FANOUT_BITS * k < end)
    if (self->level[k][i] <= next_use)
      {
        /* Past it; and where a group ends, up. */
        for (i++; i % FANOUT == 0 && k < LEVELS; i /= FANOUT)
          k++;
      }
    else if (k == 0)
      return i;
    else
      {
        k--;
        i *= FANOUT;
      }
  return end;
}

/* The page at the top makes room: pages down to @end change places. */
static void
carry_down (Stack *self, guint32 end)
{
  guint32 page = self->page_at[0], next_use = self->level[0][0];

  for (guint32 place = find_later (self, 1, end, next_use); place < end;
       place = find_later (self, place + 1, end, next_use))
    {
      guint32 found = self->page_at[place], later = self->level[0][place];

      put (self, place, page, next_use);
      page = found;
      next_use = later;
    }
  put (self, end, page, next_use);
}

/* The stack distance of the reference, or 0 for the first to its page. */
static guint32
reference_page (Stack *self, guint32 page, guint32 next_use)
{
  gboolean first = page == self->n_used;
  guint32 place = first ? self->n_used++ : self->place[page];

  if (place > 0)
    carry_down (self, place);
  put (self, 0, page, next_use);
  return first ? 0 : place + 1;
}

HpMissCurve *
hp_opt_curve (const guint32 *references,
              const guint32 *next_uses,
              gsize n,
              guint32 n_pages,
              HpProgressFunc progress,
              gpointer user_data)
{
  g_autofree guint64 *n_at = g_new0 (guint64, (gsize) n_pages + 1);
  gboolean whole = TRUE;
  Stack stack;

  stack_init (&stack, n_pages);
  for (gsize i = 0; whole && i < n; i++)
    {
      n_at[reference_page (&stack, references[i] >> 1, next_uses[i])]++;
      if (i % PIECE == PIECE - 1 && progress != NULL)
        whole = progress (user_data, (double) i / n);
    }
  stack_clear (&stack);
  return whole ? hp_miss_curve_new (n_at, n_pages) : NULL;
}
