/* pager-properties.c - random accesses under every policy: the events fold to the pager's own state after each of them
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#include "base/random.h"
#include "memory/future.h"

#define MOST_PAGES 64
#define FIRST_ADDRESS 0x10000u

/* Everything events tell about pages, folded here in the plainest way, by page id. */
typedef struct
{
  gboolean mapped[MOST_PAGES + 1];
  guint32 region[MOST_PAGES + 1];
  guint32 frame[MOST_PAGES + 1];
  guint32 flags[MOST_PAGES + 1];
  gboolean used[MOST_PAGES]; /* by frame */
  HpCounters counters;
} Fold;

static void
fold_fault (Fold *self, guint32 detail, guint32 page, guint32 frame)
{
  g_assert_true (self->mapped[page]);
  g_assert_cmpuint (self->frame[page], ==, HP_NO_FRAME);
  g_assert_false (self->used[frame]);
  g_assert_cmpuint (detail >> 16, ==, self->flags[page]);
  if (self->flags[page] & HP_PAGE_ON_DISK)
    {
      g_assert_cmpuint (detail & 0xff, !=, HP_FAULT_MINOR);
      g_assert_cmpint ((detail & 0xff) == HP_FAULT_AHEAD, ==, (detail >> 8 & HP_PAGE_AHEAD) != 0);
      ++*((detail & 0xff) == HP_FAULT_MAJOR ? &self->counters.major_faults : &self->counters.read_ahead);
      self->counters.swapped_pages--;
    }
  else
    {
      g_assert_cmpuint (detail & 0xff, ==, HP_FAULT_MINOR);
      self->counters.minor_faults++;
    }
  self->counters.resident_pages++;
  self->frame[page] = frame;
  self->flags[page] = detail >> 8 & 0xff;
  self->used[frame] = TRUE;
}

static void
fold_evict (Fold *self, guint32 detail, guint32 page, guint32 frame)
{
  g_assert_cmpuint (self->frame[page], ==, frame);
  g_assert_cmpuint (detail >> 8, ==, self->flags[page]);
  self->counters.evictions++;
  self->counters.dirty_evictions += (self->flags[page] & HP_PAGE_DIRTY) != 0;
  self->counters.unused_read_ahead += (self->flags[page] & HP_PAGE_AHEAD) != 0;
  self->counters.swapped_pages += (detail & HP_PAGE_ON_DISK) != 0;
  self->counters.resident_pages--;
  self->frame[page] = HP_NO_FRAME;
  self->flags[page] = detail & 0xff;
  self->used[frame] = FALSE;
}

static void
fold_unmap (Fold *self, guint32 detail, guint32 page, guint32 frame)
{
  g_assert_true (self->mapped[page]);
  g_assert_cmpuint (detail & 0xff, ==, self->flags[page]);
  g_assert_cmpuint (detail >> 8, ==, self->region[page]);
  g_assert_cmpuint (self->frame[page], ==, frame);
  if (frame != HP_NO_FRAME)
    {
      self->used[frame] = FALSE;
      self->counters.resident_pages--;
    }
  else
    self->counters.swapped_pages -= (self->flags[page] & HP_PAGE_ON_DISK) != 0;
  self->mapped[page] = FALSE;
  self->frame[page] = HP_NO_FRAME;
  self->flags[page] = 0;
}

static void
fold_map (Fold *self, guint32 region, guint32 page)
{
  g_assert_false (self->mapped[page]);
  self->mapped[page] = TRUE;
  self->region[page] = region;
  self->frame[page] = HP_NO_FRAME;
}

/* Only changes are told: the old flags are the true ones, and the new ones differ. */
static void
fold_access (Fold *self, guint32 detail, guint32 page)
{
  g_assert_cmpuint (self->frame[page], !=, HP_NO_FRAME);
  g_assert_cmpuint (detail >> 8, ==, self->flags[page]);
  g_assert_cmpuint (detail >> 8, !=, detail & 0xff);
  self->flags[page] = detail & 0xff;
}

static void
hear (gpointer self, const HpEvent *events, gsize n)
{
  Fold *fold = self;

  for (gsize i = 0; i < n; i++)
    {
      guint32 detail = hp_event_detail (&events[i]), x = events[i].x, y = events[i].y;

      switch (hp_event_type (&events[i]))
        {
        case HP_EVENT_MAP:
          fold_map (fold, detail, x);
          break;
        case HP_EVENT_UNMAP:
          fold_unmap (fold, detail, x, y);
          break;
        case HP_EVENT_FAULT:
          fold_fault (fold, detail, x, y);
          break;
        case HP_EVENT_EVICT:
          fold_evict (fold, detail, x, y);
          break;
        case HP_EVENT_ACCESS:
          fold_access (fold, detail, x);
          break;
        case HP_EVENT_TIME:
          fold->counters.time_ns += x;
          fold->counters.waiting_ns += y;
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

/* The whole state, and the equations of pager.h and counters.h. */
static void
assert_state (Fixture *f, const Fold *fold)
{
  guint32 n_pages = hp_pager_n_pages (f->pager), n_resident = 0, n_swapped = 0, n_used = 0;

  g_assert_cmpmem (&f->counters, sizeof f->counters, &fold->counters, sizeof fold->counters);
  for (guint32 page = 1; page <= n_pages; page++)
    {
      gboolean mapped = hp_pager_page_is_mapped (f->pager, page);
      guint32 frame = hp_pager_page_frame (f->pager, page), flags = hp_pager_page_flags (f->pager, page);

      g_assert_cmpint (mapped, ==, fold->mapped[page]);
      g_assert_cmpuint (frame, ==, fold->frame[page]);
      g_assert_cmpuint (flags, ==, fold->flags[page]);
      n_resident += frame != HP_NO_FRAME;
      n_swapped += frame == HP_NO_FRAME && (flags & HP_PAGE_ON_DISK) != 0;
    }
  for (guint32 frame = 0; frame < hp_pager_n_frames (f->pager); frame++)
    n_used += fold->used[frame];
  g_assert_cmpuint (n_used, ==, n_resident);
  g_assert_cmpuint (n_resident, ==, f->counters.resident_pages);
  g_assert_cmpuint (n_swapped, ==, f->counters.swapped_pages);
  g_assert_cmpuint (f->counters.minor_faults + f->counters.major_faults + f->counters.read_ahead,
                    >=,
                    n_resident + f->counters.evictions);
}

/* Mostly accesses near the last one, as programs do; now and then a range is mapped or goes away. */
static void
do_something (HpRandom *random, HpPager *pager, guint32 *where)
{
  guint32 choice = hp_random_below (random, 100);
  guint64 address;

  *where = choice < 40 ? *where : hp_random_below (random, MOST_PAGES);
  address = FIRST_ADDRESS + (guint64) *where * PAGE_BYTES;
  if (choice < 90)
    hp_pager_touch (pager, address + hp_random_below (random, PAGE_BYTES), hp_random_below (random, 3) == 0);
  else if (choice < 95)
    hp_pager_unmap (pager, address, (1 + hp_random_below (random, MOST_PAGES - *where)) * (guint64) PAGE_BYTES);
  else
    hp_pager_map (pager, hp_random_below (random, HP_N_REGIONS), address, PAGE_BYTES);
}

static void
test_random (gconstpointer id)
{
  for (guint64 seed = 1; seed <= 40; seed++)
    {
      Fold fold = { 0 };
      HpListener listener = { NULL, hear, &fold };
      HpRandom random;
      Fixture f;
      guint32 where = 0;

      hp_random_seed (&random, seed);
      fixture_init_reading (&f,
                            1 + hp_random_below (&random, MOST_PAGES),
                            1u << hp_random_below (&random, 5),
                            hp_replacement_policy_find (id),
                            &listener);
      for (guint i = 0; i < 1000; i++)
        {
          do_something (&random, f.pager, &where);
          hp_clock_flush (&f.clock);
          hp_emitter_flush (f.clock.emitter);
          assert_state (&f, &fold);
        }
      g_assert_cmpuint (f.counters.minor_faults, >, 0);
      fixture_clear (&f);
    }
}

/* Listening changes nothing: the same accesses count the same without a listener. */
static void
test_unheard (gconstpointer id)
{
  Fold fold = { 0 };
  HpListener listener = { NULL, hear, &fold };
  HpRandom random[2];
  Fixture f[2];
  guint32 where[2] = { 0, 0 };

  for (int k = 0; k < 2; k++)
    {
      hp_random_seed (&random[k], 7);
      fixture_init_reading (&f[k], 20, 4, hp_replacement_policy_find (id), k == 0 ? &listener : NULL);
      for (guint i = 0; i < 5000; i++)
        do_something (&random[k], f[k].pager, &where[k]);
      hp_clock_flush (&f[k].clock);
    }
  g_assert_cmpmem (&f[0].counters, sizeof f[0].counters, &f[1].counters, sizeof f[1].counters);
  g_assert_cmpuint (f[0].counters.dirty_evictions, >, 0);
  g_assert_cmpuint (f[0].counters.read_ahead, >, f[0].counters.unused_read_ahead);
  g_assert_cmpuint (f[0].counters.unused_read_ahead, >, 0);
  fixture_clear (&f[0]);
  fixture_clear (&f[1]);
}

/* ---- how policies compare ------------------------------------------------------------------------------------------
 */

#define N_REFERENCES 20000
#define N_HOT 24

/* Half of the references stay near a place that wanders, a third goes to a few hot pages, the others anywhere. */
static GArray *
random_trace (guint64 seed)
{
  GArray *trace = g_array_new (FALSE, FALSE, sizeof (guint64));
  HpRandom random;
  guint32 place = 0;

  hp_random_seed (&random, seed);
  for (guint i = 0; i < N_REFERENCES; i++)
    {
      guint32 choice = hp_random_below (&random, 100);
      guint32 page = choice < 50 ? place + hp_random_below (&random, 6)
                                 : hp_random_below (&random, choice < 85 ? N_HOT : 200);
      guint64 reference = hp_reference ((guint64) page * PAGE_BYTES, hp_random_below (&random, 4) == 0);

      place = hp_random_below (&random, 40) == 0 ? hp_random_below (&random, 190) : place;
      g_array_append_val (trace, reference);
    }
  return trace;
}

static guint64
count_faults (GArray *trace, const guint32 *next_uses, const char *policy, guint32 n_frames)
{
  guint64 faults;
  Fixture f;

  fixture_init (&f, n_frames, hp_replacement_policy_find (policy), NULL);
  hp_pager_set_future (f.pager, next_uses, trace->len);
  g_assert_cmpuint (hp_pager_replay (f.pager, (const guint64 *) trace->data, trace->len, G_MAXUINT64), ==, trace->len);
  faults = f.counters.minor_faults + f.counters.major_faults;
  g_assert_cmpuint (f.counters.evictions + f.counters.resident_pages, ==, faults);
  fixture_clear (&f);
  return faults;
}

/* distinct pages <= OPT <= any other <= references; LRU and OPT are never worse with more RAM. */
static void
test_order (void)
{
  gsize n, n_policies;
  const HpReplacementPolicy *const *policies = hp_replacement_policies (&n_policies);

  for (guint64 seed = 1; seed <= 6; seed++)
    {
      g_autoptr (GArray) trace = random_trace (seed);
      g_autoptr (HpFuture) future = hp_future_new (PAGE_BYTES);
      guint64 lru = G_MAXUINT64, opt = G_MAXUINT64, n_distinct;
      const guint32 *next_uses;

      hp_future_add (future, (const guint64 *) trace->data, trace->len);
      next_uses = hp_future_finish (future, &n);
      n_distinct = count_faults (trace, next_uses, "fifo", 300);
      for (guint32 n_frames = 1; n_frames <= 256; n_frames = n_frames * 3 / 2 + 1)
        {
          guint64 best = count_faults (trace, next_uses, "opt", n_frames);
          guint64 recent = count_faults (trace, next_uses, "lru", n_frames);

          g_assert_cmpuint (best, >=, n_distinct);
          g_assert_cmpuint (best, <=, opt);
          g_assert_cmpuint (recent, <=, lru);
          for (gsize p = 0; p < n_policies; p++)
            {
              guint64 faults = count_faults (trace, next_uses, policies[p]->id, n_frames);

              g_assert_cmpuint (faults, >=, best);
              g_assert_cmpuint (faults, <=, trace->len);
            }
          opt = best;
          lru = recent;
        }
    }
}

int
main (int argc, char **argv)
{
  gsize n;
  const HpReplacementPolicy *const *policies = hp_replacement_policies (&n);

  g_test_init (&argc, &argv, NULL);
  for (gsize p = 0; p < n; p++)
    {
      const char *id = policies[p]->id;
      g_autofree char *random = g_strdup_printf ("/pager/random/%s", id);
      g_autofree char *unheard = g_strdup_printf ("/pager/unheard/%s", id);

      g_test_add_data_func (random, id, test_random);
      g_test_add_data_func (unheard, id, test_unheard);
    }
  g_test_add_func ("/pager/order", test_order);
  return g_test_run ();
}
