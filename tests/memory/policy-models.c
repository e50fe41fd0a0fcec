/* policy-models.c - each replacement policy does, reference by reference, what a model of it does that anybody can
 * check
 *
 * The models search plain lists and know nothing of the engine. They are written from the policies' descriptions (the
 * papers, data/docs/replacement.md), so that a slip would have to be made twice in the same way.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#include "base/random.h"
#include "memory/future.h"

#define MOST_PAGES 160u
#define N_REFERENCES 3000u
#define NOBODY G_MAXUINT

/* Pages, oldest first. */
typedef struct
{
  guint pages[2 * MOST_PAGES];
  guint n;
} List;

typedef struct
{
  guint n_frames;
  const guint *trace;
  guint now; /* place in the trace */
  List lists[4];
  guint hand, hole;                                               /* places in a list */
  gboolean bits[MOST_PAGES];                                      /* by page, as the others */
  guint counts[MOST_PAGES], stamps[MOST_PAGES], ages[MOST_PAGES]; /* of whatever the model counts */
  guint stamp, oldest, youngest;                                  /* of generations */
  double p;                                                       /* of ARC */
  gboolean is_again;                                              /* the page that comes in was a ghost */
} Model;

static gboolean
list_has (const List *self, guint page)
{
  for (guint i = 0; i < self->n; i++)
    if (self->pages[i] == page)
      return TRUE;
  return FALSE;
}

static guint
list_remove_at (List *self, guint place)
{
  guint page = self->pages[place];

  memmove (self->pages + place, self->pages + place + 1, (--self->n - place) * sizeof (guint));
  return page;
}

static gboolean
list_remove (List *self, guint page)
{
  for (guint i = 0; i < self->n; i++)
    if (self->pages[i] == page)
      {
        list_remove_at (self, i);
        return TRUE;
      }
  return FALSE;
}

static void
list_add (List *self, guint page)
{
  g_assert_cmpuint (self->n, <, G_N_ELEMENTS (self->pages));
  self->pages[self->n++] = page;
}

/* What goes without being a victim leaves the lists of pages in RAM. */
static void
forget (Model *self, guint page)
{
  if (!list_remove (&self->lists[0], page))
    list_remove (&self->lists[1], page);
}

/* ---- FIFO, LRU --------------------------------------------------------------------------------------------------- */

static void
fifo_load (Model *self, guint page)
{
  list_add (&self->lists[0], page);
}

static guint
fifo_evict (Model *self, guint page)
{
  return list_remove_at (&self->lists[0], 0);
}

static void
lru_hit (Model *self, guint page)
{
  list_remove (&self->lists[0], page);
  list_add (&self->lists[0], page);
}

/* ---- CLOCK: the list is the ring --------------------------------------------------------------------------------- */

static void
ring_load (Model *self, guint page)
{
  if (self->lists[0].n < self->n_frames)
    list_add (&self->lists[0], page);
  else
    self->lists[0].pages[self->hole] = page;
}

static void
clock0_load (Model *self, guint page)
{
  ring_load (self, page);
  self->bits[page] = FALSE;
}

static void
clock1_load (Model *self, guint page)
{
  ring_load (self, page);
  self->bits[page] = TRUE;
}

static void
set_bit (Model *self, guint page)
{
  self->bits[page] = TRUE;
}

static guint
clock_evict (Model *self, guint page)
{
  for (;; self->hand = (self->hand + 1) % self->n_frames)
    {
      page = self->lists[0].pages[self->hand];
      if (!self->bits[page])
        break;
      self->bits[page] = FALSE;
    }
  self->hole = self->hand;
  self->hand = (self->hand + 1) % self->n_frames;
  return page;
}

/* ---- LFU, OPT ---------------------------------------------------------------------------------------------------- */

static void
lfu_hit (Model *self, guint page)
{
  self->counts[page]++;
  self->stamps[page] = self->now;
}

static void
lfu_load (Model *self, guint page)
{
  list_add (&self->lists[0], page);
  self->counts[page] = 0;
  lfu_hit (self, page);
}

static guint
lfu_evict (Model *self, guint page)
{
  const List *list = &self->lists[0];

  page = list->pages[0];
  for (guint i = 1; i < list->n; i++)
    {
      guint other = list->pages[i];

      if (self->counts[other] < self->counts[page]
          || (self->counts[other] == self->counts[page] && self->stamps[other] < self->stamps[page]))
        page = other;
    }
  list_remove (&self->lists[0], page);
  return page;
}

static guint
next_use (const Model *self, guint page)
{
  guint i = self->now;

  while (i < N_REFERENCES && self->trace[i] != page)
    i++;
  return i;
}

static guint
opt_evict (Model *self, guint page)
{
  guint place = 0;

  for (guint i = 1; i < self->lists[0].n; i++)
    if (next_use (self, self->lists[0].pages[i]) > next_use (self, self->lists[0].pages[place]))
      place = i;
  return list_remove_at (&self->lists[0], place);
}

/* ---- ARC --------------------------------------------------------------------------------------------------------- */

enum
{
  T1,
  T2,
  B1,
  B2
};

static void
arc_hit (Model *self, guint page)
{
  if (!list_remove (&self->lists[T1], page))
    list_remove (&self->lists[T2], page);
  list_add (&self->lists[T2], page);
}

/* A ghost that comes back leaves its list; B2 is told apart. */
static gboolean
arc_adapt (Model *self, guint page)
{
  double n_b1 = self->lists[B1].n, n_b2 = self->lists[B2].n;
  gboolean was_in_b2 = list_remove (&self->lists[B2], page);

  if (was_in_b2)
    self->p = MAX (0, self->p - MAX (1, n_b1 / n_b2));
  else if (list_remove (&self->lists[B1], page))
    self->p = MIN (self->n_frames, self->p + MAX (1, n_b2 / n_b1));
  else
    return FALSE;
  self->is_again = TRUE;
  return was_in_b2;
}

/* Where a frame was free nobody was asked to evict; and T1 and B1 have no more than RAM even so. */
static void
arc_load (Model *self, guint page)
{
  arc_adapt (self, page);
  list_add (&self->lists[self->is_again ? T2 : T1], page);
  self->is_again = FALSE;
  while (self->lists[T1].n + self->lists[B1].n > self->n_frames)
    list_remove_at (&self->lists[B1], 0);
}

static guint
arc_replace (Model *self, gboolean was_in_b2)
{
  guint n = self->lists[T1].n;
  int from = n > 0 && (n > self->p || (n == self->p && was_in_b2)) ? T1 : T2;
  guint page = list_remove_at (&self->lists[from], 0);

  list_add (&self->lists[from == T1 ? B1 : B2], page);
  return page;
}

static guint
arc_evict (Model *self, guint page)
{
  const List *lists = self->lists;
  guint n_all = lists[T1].n + lists[T2].n + lists[B1].n + lists[B2].n;

  if (list_has (&lists[B1], page) || list_has (&lists[B2], page))
    return arc_replace (self, arc_adapt (self, page));
  if (lists[T1].n + lists[B1].n == self->n_frames)
    {
      if (lists[T1].n == self->n_frames)
        return list_remove_at (&self->lists[T1], 0);
      list_remove_at (&self->lists[B1], 0);
    }
  else if (n_all == 2 * self->n_frames)
    list_remove_at (&self->lists[B2], 0);
  return arc_replace (self, FALSE);
}

/* ---- SIEVE ------------------------------------------------------------------------------------------------------- */

static void
sieve_load (Model *self, guint page)
{
  list_add (&self->lists[0], page);
  self->bits[page] = FALSE;
}

static guint
sieve_evict (Model *self, guint page)
{
  List *queue = &self->lists[0];

  for (; self->bits[queue->pages[self->hand]]; self->hand = (self->hand + 1) % queue->n)
    self->bits[queue->pages[self->hand]] = FALSE;
  page = list_remove_at (queue, self->hand);
  self->hand = self->hand < queue->n ? self->hand : 0;
  return page;
}

static void
sieve_forget (Model *self, guint page)
{
  guint place = 0;

  while (self->lists[0].pages[place] != page)
    place++;
  list_remove_at (&self->lists[0], place);
  self->hand -= place < self->hand;
  self->hand = self->hand < self->lists[0].n ? self->hand : 0;
}

/* ---- S3-FIFO: Algorithm 1 of the paper ----------------------------------------------------------------------------
 */

enum
{
  SMALL,
  MAIN,
  GHOST
};

static void
s3_hit (Model *self, guint page)
{
  self->counts[page] = MIN (self->counts[page] + 1, 3);
}

static void
s3_load (Model *self, guint page)
{
  self->counts[page] = 0;
  list_add (&self->lists[list_remove (&self->lists[GHOST], page) ? MAIN : SMALL], page);
}

static guint
s3_evict_main (Model *self)
{
  for (;;)
    {
      guint page = list_remove_at (&self->lists[MAIN], 0);

      if (self->counts[page] == 0)
        return page;
      self->counts[page]--;
      list_add (&self->lists[MAIN], page);
    }
}

static guint
s3_evict_small (Model *self, guint n_main)
{
  guint page = list_remove_at (&self->lists[SMALL], 0);

  if (self->counts[page] > 1)
    {
      self->counts[page] = 0;
      list_add (&self->lists[MAIN], page);
      return NOBODY;
    }
  list_add (&self->lists[GHOST], page);
  if (self->lists[GHOST].n > n_main)
    list_remove_at (&self->lists[GHOST], 0);
  return page;
}

static guint
s3_evict (Model *self, guint page)
{
  guint n_small = MAX (1, self->n_frames / 10);
  guint n_main = MAX (1, self->n_frames - n_small);

  for (page = NOBODY; page == NOBODY;)
    page = self->lists[SMALL].n >= n_small || self->lists[MAIN].n == 0 ? s3_evict_small (self, n_main)
                                                                       : s3_evict_main (self);
  return page;
}

/* ---- two lists --------------------------------------------------------------------------------------------------- */

enum
{
  INACTIVE,
  ACTIVE
};

static guint
two_list_evict (Model *self, guint page)
{
  List *inactive = &self->lists[INACTIVE], *active = &self->lists[ACTIVE];

  for (;;)
    {
      for (; active->n > inactive->n; self->bits[page] = FALSE)
        list_add (inactive, page = list_remove_at (active, 0));
      page = list_remove_at (inactive, 0);
      if (!self->bits[page])
        return page;
      self->bits[page] = FALSE;
      list_add (active, page);
    }
}

/* ---- generations: pages by number, in the ring of page frames -----------------------------------------------------
 */

static void
make_young (Model *self, guint page)
{
  self->bits[page] = FALSE;
  self->ages[page] = self->youngest;
  self->stamps[page] = ++self->stamp;
}

static void
generations_load (Model *self, guint page)
{
  ring_load (self, page);
  make_young (self, page);
  self->bits[page] = TRUE;
}

static void
walk (Model *self)
{
  self->youngest++;
  for (guint i = 0; i < self->n_frames; i++)
    if (self->bits[self->lists[0].pages[i]])
      make_young (self, self->lists[0].pages[i]);
}

/* The place of the page that came into the oldest generation first. */
static guint
find_oldest (const Model *self)
{
  guint place = NOBODY;

  for (guint i = 0; i < self->n_frames; i++)
    {
      guint page = self->lists[0].pages[i];

      if (self->ages[page] == self->oldest
          && (place == NOBODY || self->stamps[page] < self->stamps[self->lists[0].pages[place]]))
        place = i;
    }
  return place;
}

static guint
generations_evict (Model *self, guint page)
{
  for (;;)
    {
      if (self->youngest < self->oldest + 2)
        walk (self);
      self->hole = find_oldest (self);
      if (self->hole == NOBODY)
        self->oldest++;
      else if (!self->bits[page = self->lists[0].pages[self->hole]])
        return page;
      else
        make_young (self, page);
    }
}

/* ---- the comparison ---------------------------------------------------------------------------------------------- */

static const struct
{
  const char *id;
  void (*load) (Model *self, guint page);
  void (*hit) (Model *self, guint page);
  guint (*evict) (Model *self, guint page); /* takes out whom @page is for */
  void (*forget) (Model *self, guint page); /* NULL: the model knows nothing of frames that are given back */
} MODELS[] = {
  { "fifo", fifo_load, NULL, fifo_evict, forget },
  { "clock0", clock0_load, set_bit, clock_evict, NULL },
  { "clock1", clock1_load, set_bit, clock_evict, NULL },
  { "lru", fifo_load, lru_hit, fifo_evict, forget },
  { "lfu", lfu_load, lfu_hit, lfu_evict, forget },
  { "arc", arc_load, arc_hit, arc_evict, forget },
  { "opt", fifo_load, NULL, opt_evict, forget },
  { "sieve", sieve_load, set_bit, sieve_evict, sieve_forget },
  { "s3-fifo", s3_load, s3_hit, s3_evict, forget },
  { "two-list", sieve_load, set_bit, two_list_evict, forget },
  { "mglru", generations_load, set_bit, generations_evict, NULL },
};

/* Loops longer and shorter than RAM, places that wander, pages hotter and colder: each for a while. */
static void
make_trace (guint *trace, HpRandom *random)
{
  guint kind = 0, first = 0, span = 1;

  for (guint i = 0; i < N_REFERENCES; i++)
    {
      if (i == 0 || hp_random_below (random, 100) == 0)
        {
          kind = hp_random_below (random, 3);
          first = hp_random_below (random, MOST_PAGES);
          span = 1 + hp_random_below (random, 60);
        }
      if (kind == 0)
        trace[i] = (first + i % span) % MOST_PAGES;
      else if (kind == 1)
        trace[i] = (first + hp_random_below (random, span)) % MOST_PAGES;
      else
        trace[i] = hp_random_below (random, 1 + hp_random_below (random, MOST_PAGES));
    }
}

static const guint32 *
tell_future (HpFuture *future, const guint *trace)
{
  gsize n;

  for (guint i = 0; i < N_REFERENCES; i++)
    hp_future_add (future, &(guint64){ hp_reference ((guint64) trace[i] * PAGE_BYTES, FALSE) }, 1);
  return hp_future_finish (future, &n);
}

typedef struct
{
  gboolean resident[MOST_PAGES], dirty[MOST_PAGES];
  guint n_resident;
  guint64 n_faults, n_dirty;
} Tally;

static void
evict (Tally *self, guint which, Model *model, guint page)
{
  guint victim = MODELS[which].evict (model, page);

  g_assert_true (self->resident[victim]);
  self->n_resident--;
  self->n_dirty += self->dirty[victim];
  self->dirty[victim] = self->resident[victim] = FALSE;
}

static void
refer (Tally *self, guint which, Model *model, guint page, gboolean writes)
{
  if (!self->resident[page])
    {
      self->n_faults++;
      if (self->n_resident == model->n_frames)
        evict (self, which, model, page);
      MODELS[which].load (model, page);
      self->resident[page] = TRUE;
      self->n_resident++;
    }
  else if (MODELS[which].hit != NULL)
    MODELS[which].hit (model, page);
  self->dirty[page] |= writes;
}

/* Some pages side by side are unmapped, in RAM or not. */
static void
unmap (Tally *self, guint which, Model *model, HpPager *pager, HpRandom *random)
{
  guint first = hp_random_below (random, MOST_PAGES - 8), n = 1 + hp_random_below (random, 8);

  for (guint page = first; page < first + n; page++)
    if (self->resident[page])
      {
        MODELS[which].forget (model, page);
        self->resident[page] = self->dirty[page] = FALSE;
        self->n_resident--;
      }
  hp_pager_unmap (pager, (guint64) first * PAGE_BYTES, n * (guint64) PAGE_BYTES);
}

/* After each reference: as many faults, as many pages evicted dirty. The order of OPT's pages that are never used again
 * is nobody's rule, so it is asked for faults alone. */
static void
compare (guint which, const guint *trace, gboolean with_unmapping, Model *model, Fixture *f, HpRandom *random)
{
  gboolean is_optimal = g_str_equal (MODELS[which].id, "opt");
  Tally tally = { 0 };

  for (model->now = 0; model->now < N_REFERENCES; model->now++)
    {
      guint page = trace[model->now];
      gboolean writes = hp_random_below (random, 3) == 0;

      if (with_unmapping && hp_random_below (random, 30) == 0)
        unmap (&tally, which, model, f->pager, random);
      refer (&tally, which, model, page, writes);
      hp_pager_touch (f->pager, (guint64) page * PAGE_BYTES, writes);
      g_assert_cmpuint (f->counters.minor_faults + f->counters.major_faults, ==, tally.n_faults);
      if (!is_optimal)
        g_assert_cmpuint (f->counters.dirty_evictions, ==, tally.n_dirty);
    }
}

static void
try_model (guint which, guint64 seed, gboolean with_unmapping)
{
  g_autoptr (HpFuture) future = hp_future_new (PAGE_BYTES);
  guint trace[N_REFERENCES];
  Model model = { .trace = trace, .youngest = 1 };
  HpRandom random;
  Fixture f;

  hp_random_seed (&random, seed);
  make_trace (trace, &random);
  model.n_frames = seed <= 4 ? (guint) seed : 1 + hp_random_below (&random, 100);
  fixture_init (&f, model.n_frames, hp_replacement_policy_find (MODELS[which].id), NULL);
  hp_pager_set_future (f.pager, tell_future (future, trace), N_REFERENCES);
  compare (which, trace, with_unmapping, &model, &f, &random);
  g_assert_cmpuint (f.counters.evictions, >, 0);
  fixture_clear (&f);
}

static void
test_model (gconstpointer which)
{
  for (guint64 seed = 1; seed <= 60; seed++)
    {
      try_model (GPOINTER_TO_UINT (which), seed, FALSE);
      if (MODELS[GPOINTER_TO_UINT (which)].forget != NULL)
        try_model (GPOINTER_TO_UINT (which), seed, TRUE);
    }
}

/* ---- random: all that can be said of it ---------------------------------------------------------------------------
 */

#define N_CHANCES 400000u

static guint64
count_random (guint64 seed)
{
  HpRandom random;
  guint64 faults;
  Fixture f;

  hp_random_seed (&random, seed);
  fixture_init (&f, 60, hp_replacement_policy_find ("random"), NULL);
  for (guint i = 0; i < N_CHANCES; i++)
    hp_pager_touch (f.pager, hp_random_below (&random, 100) * (guint64) PAGE_BYTES, FALSE);
  faults = f.counters.minor_faults + f.counters.major_faults;
  fixture_clear (&f);
  return faults;
}

/* 60 of 100 pages that are used alike: 40 % faults, whoever is evicted. A loop of 61 pages: not all of them, as LRU. */
static void
test_random (void)
{
  Fixture f;

  g_assert_cmpuint (count_random (5), ==, count_random (5));
  g_assert_cmpuint (count_random (5), >, N_CHANCES / 1000 * 396);
  g_assert_cmpuint (count_random (5), <, N_CHANCES / 1000 * 404);
  fixture_init (&f, 60, hp_replacement_policy_find ("random"), NULL);
  for (guint i = 0; i < 61 * 1000; i++)
    hp_pager_touch (f.pager, i % 61 * (guint64) PAGE_BYTES, FALSE);
  g_assert_cmpuint (f.counters.evictions, >, 1000);
  g_assert_cmpuint (f.counters.evictions, <, 5000);
  fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  gsize n;

  g_test_init (&argc, &argv, NULL);
  hp_replacement_policies (&n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (MODELS) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (MODELS); i++)
    {
      g_autofree char *path = g_strdup_printf ("/policy/model/%s", MODELS[i].id);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_model);
    }
  g_test_add_func ("/policy/random", test_random);
  return g_test_run ();
}
