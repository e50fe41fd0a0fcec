/* tight.c - FIFO, CLOCK, LRU, LFU and OPT, and reading lackey's text, with nothing around them
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "tight.h"

#include <string.h>

/* ---- rings ------------------------------------------------------------------------------------------------------ */

guint64
tight_fifo (const TightTrace *trace)
{
  g_autofree guint8 *resident = g_new0 (guint8, trace->n_pages);
  g_autofree guint32 *ring = g_new0 (guint32, trace->n_frames);
  guint32 hand = 0;
  guint64 faults = 0;

  for (gsize i = 0; i < trace->n; i++)
    {
      guint32 page = trace->pages[i];

      if (G_LIKELY (resident[page]))
        continue;
      if (faults++ >= trace->n_frames)
        resident[ring[hand]] = 0;
      resident[page] = 1;
      ring[hand] = page;
      hand = hand + 1 == trace->n_frames ? 0 : hand + 1;
    }
  return faults;
}

guint64
tight_clock0 (const TightTrace *trace)
{
  enum
  {
    ABSENT,
    RESIDENT,
    REFERENCED
  };
  g_autofree guint8 *state = g_new0 (guint8, trace->n_pages);
  g_autofree guint32 *ring = g_new0 (guint32, trace->n_frames);
  guint32 hand = 0;
  guint64 faults = 0;

  for (gsize i = 0; i < trace->n; i++)
    {
      guint32 page = trace->pages[i];

      if (G_LIKELY (state[page] != ABSENT))
        {
          state[page] = REFERENCED;
          continue;
        }
      if (faults++ >= trace->n_frames)
        {
          for (; state[ring[hand]] == REFERENCED; hand = hand + 1 == trace->n_frames ? 0 : hand + 1)
            state[ring[hand]] = RESIDENT;
          state[ring[hand]] = ABSENT;
        }
      state[page] = RESIDENT;
      ring[hand] = page;
      hand = hand + 1 == trace->n_frames ? 0 : hand + 1;
    }
  return faults;
}

/* ---- a list ----------------------------------------------------------------------------------------------------- */

typedef struct
{
  guint32 before, after;
} Link;

static inline void
unlink_page (Link *links, guint32 page)
{
  links[links[page].before].after = links[page].after;
  links[links[page].after].before = links[page].before;
}

/* @list is its own first link; its newest page comes after it. */
static inline void
link_newest (Link *links, guint32 list, guint32 page)
{
  links[page] = (Link){ list, links[list].after };
  links[links[list].after].before = page;
  links[list].after = page;
}

guint64
tight_lru (const TightTrace *trace)
{
  g_autofree Link *links = g_new0 (Link, trace->n_pages + 1);
  g_autofree guint8 *resident = g_new0 (guint8, trace->n_pages);
  guint32 list = trace->n_pages;
  guint64 faults = 0;

  links[list] = (Link){ list, list };
  for (gsize i = 0; i < trace->n; i++)
    {
      guint32 page = trace->pages[i];

      if (links[list].after == page)
        continue;
      if (G_LIKELY (resident[page]))
        unlink_page (links, page);
      else
        {
          if (faults++ >= trace->n_frames)
            {
              guint32 victim = links[list].before;

              unlink_page (links, victim);
              resident[victim] = 0;
            }
          resident[page] = 1;
        }
      link_newest (links, list, page);
    }
  return faults;
}

/* ---- heaps ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  guint64 key;
  guint32 page;
} Item;

/* The least key at the top; the item at @i moves down to its place. */
static inline void
sink (Item *heap, guint32 n, guint32 i)
{
  Item item = heap[i];

  for (guint32 child; (child = 2 * i + 1) < n; i = child)
    {
      child += child + 1 < n && heap[child + 1].key < heap[child].key;
      if (item.key <= heap[child].key)
        break;
      heap[i] = heap[child];
    }
  heap[i] = item;
}

static inline void
rise (Item *heap, guint32 i)
{
  Item item = heap[i];

  for (guint32 parent; i > 0 && heap[parent = (i - 1) / 2].key > item.key; i = parent)
    heap[i] = heap[parent];
  heap[i] = item;
}

/* Keys only grow while a page is resident: the heap may have old ones, which are looked at when they get to the top. */
guint64
tight_lfu (const TightTrace *trace)
{
  g_autofree guint64 *keys = g_new0 (guint64, trace->n_pages);
  g_autofree Item *heap = g_new (Item, trace->n_frames);
  guint32 n_heap = 0;
  guint64 faults = 0;

  for (gsize i = 0; i < trace->n; i++)
    {
      guint32 page = trace->pages[i];

      /* How often in the upper half, when in the lower. */
      if (G_LIKELY (keys[page] != 0))
        {
          keys[page] = ((keys[page] >> 32) + 1) << 32 | i;
          continue;
        }
      faults++;
      keys[page] = G_GUINT64_CONSTANT (1) << 32 | i;
      if (n_heap < trace->n_frames)
        {
          heap[n_heap] = (Item){ keys[page], page };
          rise (heap, n_heap++);
          continue;
        }
      for (; heap[0].key != keys[heap[0].page]; sink (heap, n_heap, 0))
        heap[0].key = keys[heap[0].page];
      keys[heap[0].page] = 0;
      heap[0] = (Item){ keys[page], page };
      sink (heap, n_heap, 0);
    }
  return faults;
}

/* The farthest next use at the top. It only becomes later while a page is resident, so that an item rises. */
static inline void
opt_rise (guint32 *heap, guint32 *places, const guint32 *uses, guint32 i)
{
  guint32 page = heap[i];

  for (guint32 parent; i > 0 && uses[heap[parent = (i - 1) / 2]] < uses[page]; i = parent)
    places[heap[i] = heap[parent]] = i;
  places[heap[i] = page] = i;
}

static inline void
opt_sink (guint32 *heap, guint32 *places, const guint32 *uses, guint32 n)
{
  guint32 i = 0, page = heap[0];

  for (guint32 child; (child = 2 * i + 1) < n; i = child)
    {
      child += child + 1 < n && uses[heap[child + 1]] > uses[heap[child]];
      if (uses[page] >= uses[heap[child]])
        break;
      places[heap[i] = heap[child]] = i;
    }
  places[heap[i] = page] = i;
}

guint64
tight_opt (const TightTrace *trace)
{
  g_autofree guint32 *uses = g_new0 (guint32, trace->n_pages);
  g_autofree guint32 *places = g_new (guint32, trace->n_pages);
  g_autofree guint32 *heap = g_new (guint32, trace->n_frames);
  guint32 n_heap = 0;
  guint64 faults = 0;

  memset (places, 0xff, trace->n_pages * sizeof *places);
  for (gsize i = 0; i < trace->n; i++)
    {
      guint32 page = trace->pages[i], place = places[page];

      uses[page] = trace->next_uses[i];
      if (G_LIKELY (place != G_MAXUINT32))
        {
          /* Nothing is evicted before the next reference: when it is to the same page, that one will do. */
          if (trace->next_uses[i] != i + 1)
            opt_rise (heap, places, uses, place);
          continue;
        }
      if (faults++ < trace->n_frames)
        {
          heap[n_heap] = page;
          opt_rise (heap, places, uses, n_heap++);
          continue;
        }
      places[heap[0]] = G_MAXUINT32;
      heap[0] = page;
      opt_sink (heap, places, uses, n_heap);
    }
  return faults;
}

/* ---- ARC -------------------------------------------------------------------------------------------------------- */

enum
{
  NOWHERE,
  T1, /* in RAM, referenced once lately */
  T2, /* in RAM, referenced more often */
  B1, /* ghosts of those */
  B2,
  N_LISTS
};

typedef struct
{
  Link *links; /* of pages, and of the lists behind them */
  guint8 *where;
  guint32 n_pages;
  guint32 length[N_LISTS];
  double target; /* of T1's length */
} Arc;

static inline void
arc_leave (Arc *self, guint32 page)
{
  unlink_page (self->links, page);
  self->length[self->where[page]]--;
  self->where[page] = NOWHERE;
}

static inline void
arc_join (Arc *self, guint32 page, guint list)
{
  link_newest (self->links, self->n_pages + list, page);
  self->length[list]++;
  self->where[page] = (guint8) list;
}

static inline guint32
arc_oldest (const Arc *self, guint list)
{
  return self->links[self->n_pages + list].before;
}

static inline void
arc_replace (Arc *self, gboolean was_in_b2)
{
  gboolean from_t1 = self->length[T1] > 0
                     && (self->length[T1] > self->target || (was_in_b2 && self->length[T1] == self->target));
  guint32 victim = arc_oldest (self, from_t1 ? T1 : T2);

  arc_leave (self, victim);
  arc_join (self, victim, from_t1 ? B1 : B2);
}

static void
arc_return (Arc *self, guint32 page, guint32 c)
{
  double b1 = self->length[B1], b2 = self->length[B2];
  gboolean was_in_b2 = self->where[page] == B2;

  self->target = was_in_b2 ? MAX (0, self->target - MAX (1, b1 / b2)) : MIN (c, self->target + MAX (1, b2 / b1));
  arc_leave (self, page);
  /* Frames are full whenever there are ghosts. */
  arc_replace (self, was_in_b2);
  arc_join (self, page, T2);
}

static void
arc_enter (Arc *self, guint32 page, guint32 c)
{
  guint32 t1 = self->length[T1], b1 = self->length[B1], all = t1 + b1 + self->length[T2] + self->length[B2];

  if (t1 + b1 == c)
    {
      arc_leave (self, arc_oldest (self, t1 < c ? B1 : T1));
      if (t1 < c)
        arc_replace (self, FALSE);
    }
  else if (all >= c)
    {
      if (all == 2 * c)
        arc_leave (self, arc_oldest (self, B2));
      arc_replace (self, FALSE);
    }
  arc_join (self, page, T1);
}

guint64
tight_arc (const TightTrace *trace)
{
  g_autofree Link *links = g_new0 (Link, trace->n_pages + N_LISTS);
  g_autofree guint8 *where = g_new0 (guint8, trace->n_pages);
  Arc arc = { .links = links, .where = where, .n_pages = trace->n_pages };
  guint64 faults = 0;

  for (guint32 list = trace->n_pages; list < trace->n_pages + N_LISTS; list++)
    links[list] = (Link){ list, list };
  for (gsize i = 0; i < trace->n; i++)
    {
      guint32 page = trace->pages[i];
      guint list = where[page];

      if (links[trace->n_pages + T2].after == page)
        continue;
      if (G_LIKELY (list == T1 || list == T2))
        {
          arc_leave (&arc, page);
          arc_join (&arc, page, T2);
          continue;
        }
      faults++;
      (list == NOWHERE ? arc_enter : arc_return) (&arc, page, trace->n_frames);
    }
  return faults;
}

/* ---- text ------------------------------------------------------------------------------------------------------- */

guint64
tight_parse (const guint8 *text, gsize n)
{
  const guint8 *end = text + n;
  guint64 sum = 0;

  while (text < end)
    {
      guint64 address = 0, size = 0;

      for (text += 3; *text != ','; text++)
        address = address << 4 | ((*text & 15) + (*text >> 6) * 9u);
      for (text++; *text != '\n'; text++)
        size = size * 10 + (*text - '0');
      sum += address + size;
      text++;
    }
  return sum;
}
