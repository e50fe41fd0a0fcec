/* replay-properties.c - references in batches do exactly what they do one by one, under every policy
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#include "base/random.h"
#include "memory/future.h"

#define N_REFERENCES 4000u
#define LARGE 9000u

typedef struct
{
  GArray *events;
  Fixture fixture;
} Side;

static void
hear (gpointer events, const HpEvent *heard, gsize n)
{
  g_array_append_vals (events, heard, (guint) n);
}

static void
side_init (Side *self, guint32 n_frames, guint32 read_ahead, const HpReplacementPolicy *policy)
{
  self->events = g_array_new (FALSE, FALSE, sizeof (HpEvent));
  fixture_init_reading (&self->fixture, n_frames, read_ahead, policy, &(HpListener){ NULL, hear, self->events });
}

static void
side_clear (Side *self)
{
  fixture_clear (&self->fixture);
  g_array_unref (self->events);
}

/* Pages of a small set, of a large one, and the same again; every fifth access writes. */
static guint64 *
make_references (HpRandom *random)
{
  guint64 *references = g_new (guint64, N_REFERENCES);
  guint32 few = 1 + hp_random_below (random, 20), many = few + hp_random_below (random, 400);
  guint32 page = 0;

  for (guint i = 0; i < N_REFERENCES; i++)
    {
      guint32 choice = hp_random_below (random, 10);

      if (choice >= 3)
        page = hp_random_below (random, choice >= 9 ? many : few);
      references[i] = hp_reference ((guint64) page * PAGE_BYTES + hp_random_below (random, PAGE_BYTES),
                                    hp_random_below (random, 5) == 0);
    }
  return references;
}

static void
touch_all (Fixture *self, const guint64 *references, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_assert_true (hp_pager_touch (self->pager, references[i], hp_reference_writes (references[i])));
}

/* In pieces of any length, with single touches and pages going away in between. */
static void
perform_both (Side *one, Side *many, const guint64 *references, HpRandom *random)
{
  for (gsize i = 0, n; i < N_REFERENCES; i += n)
    {
      n = hp_random_below (random, 1500);
      n = MIN (n, N_REFERENCES - i);
      touch_all (&one->fixture, references + i, n);
      if (hp_random_below (random, 4) == 0)
        touch_all (&many->fixture, references + i, n);
      else
        g_assert_cmpuint (hp_pager_replay (many->fixture.pager, references + i, n, G_MAXUINT64), ==, n);
      if (hp_random_below (random, 3) > 0)
        continue;
      hp_pager_unmap (one->fixture.pager, 0, 5 * PAGE_BYTES);
      hp_pager_unmap (many->fixture.pager, 0, 5 * PAGE_BYTES);
    }
}

static void
assert_equal (Side *one, Side *many)
{
  Side *sides[] = { one, many };

  for (int k = 0; k < 2; k++)
    {
      hp_clock_flush (&sides[k]->fixture.clock);
      hp_emitter_flush (sides[k]->fixture.clock.emitter);
    }
  g_assert_cmpmem (&one->fixture.counters, sizeof (HpCounters), &many->fixture.counters, sizeof (HpCounters));
  g_assert_cmpmem (
      one->events->data, one->events->len * sizeof (HpEvent), many->events->data, many->events->len * sizeof (HpEvent));
}

/* More pages than fit into the processor's cache are looked for in another way. */
static void
make_large (Side *one, Side *many)
{
  g_autofree guint64 *references = g_new (guint64, LARGE);

  for (guint i = 0; i < LARGE; i++)
    references[i] = hp_reference ((guint64) i * PAGE_BYTES, i % 3 == 0);
  touch_all (&one->fixture, references, LARGE);
  g_assert_cmpuint (hp_pager_replay (many->fixture.pager, references, LARGE, G_MAXUINT64), ==, LARGE);
}

/* For a policy that asks: both sides know when @references come. */
static HpFuture *
foresee (Side *one, Side *many, const guint64 *references)
{
  HpFuture *future = hp_future_new (PAGE_BYTES);
  const guint32 *next_uses;
  gsize n;

  g_assert_true (hp_future_add (future, references, N_REFERENCES));
  next_uses = hp_future_finish (future, &n);
  hp_pager_set_future (one->fixture.pager, next_uses, n);
  hp_pager_set_future (many->fixture.pager, next_uses, n);
  return future;
}

static void
test_equal (gconstpointer policy)
{
  for (guint64 seed = 1; seed <= 60; seed++)
    {
      g_autofree guint64 *references = NULL;
      g_autoptr (HpFuture) future = NULL;
      HpRandom random;
      Side one, many;
      guint32 n_frames, read_ahead;

      hp_random_seed (&random, seed);
      references = make_references (&random);
      n_frames = 1 + hp_random_below (&random, 100);
      read_ahead = seed % 3 == 0 ? 8 : 1;
      side_init (&one, n_frames, read_ahead, policy);
      side_init (&many, n_frames, read_ahead, policy);
      if (seed % 10 == 0)
        make_large (&one, &many);
      future = foresee (&one, &many, references);
      perform_both (&one, &many, references, &random);
      assert_equal (&one, &many);
      g_assert_cmpuint (many.events->len, >, 0);
      side_clear (&one);
      side_clear (&many);
    }
}

/* ---- stopping at faults ------------------------------------------------------------------------------------------ */

/* Pages 0 1 2 0 1 2 …: three faults, and no other. */
static void
test_most_faults (void)
{
  guint64 references[30];
  Fixture f;

  for (guint i = 0; i < 30; i++)
    references[i] = hp_reference (i % 3 * PAGE_BYTES, FALSE);
  fixture_init (&f, 3, NULL, NULL);
  g_assert_cmpuint (hp_pager_replay (f.pager, references, 30, 0), ==, 0);
  g_assert_cmpuint (hp_pager_replay (f.pager, references, 30, 2), ==, 2);
  g_assert_cmpuint (f.counters.minor_faults, ==, 2);
  g_assert_cmpuint (hp_pager_replay (f.pager, references, 2, 1), ==, 2);
  g_assert_cmpuint (hp_pager_replay (f.pager, references + 2, 28, 1), ==, 1);
  g_assert_cmpuint (hp_pager_replay (f.pager, references + 3, 27, 1), ==, 27);
  g_assert_cmpuint (f.counters.minor_faults, ==, 3);
  fixture_clear (&f);
}

/* ---- the future -------------------------------------------------------------------------------------------------- */

/* Compares what it is told of the future with the references, and evicts at random. */
typedef struct
{
  guint64 n_told;
  guint32 expected[N_REFERENCES];
} Prophet;

static Prophet prophet;

static void
assert_told (const HpReplacementContext *context, gsize n)
{
  const guint32 *next_uses = hp_replacement_next_uses (context);

  if (prophet.n_told + n > N_REFERENCES)
    g_assert_null (next_uses);
  else
    g_assert_cmpmem (next_uses, n * sizeof (guint32), prophet.expected + prophet.n_told, n * sizeof (guint32));
  prophet.n_told += n;
}

static void
prophet_hits (gpointer self, HpReplacementContext *context, const guint32 *frames, gsize n)
{
  assert_told (context, n);
}

static void
prophet_insert (gpointer self, HpReplacementContext *context, guint32 frame, guint32 page)
{
  assert_told (context, 1);
}

static guint32
prophet_victim (gpointer self, HpReplacementContext *context, guint32 page)
{
  g_assert_null (hp_replacement_next_uses (context));
  return hp_replacement_random (context, hp_replacement_n_frames (context));
}

static const HpReplacementPolicy PROPHET = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "prophet",
  .needs_future = TRUE,
  .insert = prophet_insert,
  .hits = prophet_hits,
  .victim = prophet_victim,
};

static void
look_ahead (const guint64 *references)
{
  prophet.n_told = 0;
  for (gsize i = 0; i < N_REFERENCES; i++)
    {
      gsize j = i + 1;

      while (j < N_REFERENCES && references[j] / PAGE_BYTES != references[i] / PAGE_BYTES)
        j++;
      prophet.expected[i] = j < N_REFERENCES ? (guint32) j : HP_NEVER_USED_AGAIN;
    }
}

static void
test_future (void)
{
  for (guint64 seed = 1; seed <= 10; seed++)
    {
      g_autoptr (HpFuture) future = hp_future_new (PAGE_BYTES);
      g_autofree guint64 *references = NULL;
      const guint32 *next_uses;
      HpRandom random;
      Fixture f;
      gsize n;

      hp_random_seed (&random, seed);
      references = make_references (&random);
      look_ahead (references);
      fixture_init (&f, 1 + hp_random_below (&random, 60), &PROPHET, NULL);
      g_assert_true (hp_future_add (future, references, 1000));
      g_assert_true (hp_future_add (future, references + 1000, N_REFERENCES - 1000));
      next_uses = hp_future_finish (future, &n);
      g_assert_cmpuint (n, ==, N_REFERENCES);
      hp_pager_set_future (f.pager, next_uses, n);
      hp_pager_replay (f.pager, references, 1500, G_MAXUINT64);
      touch_all (&f, references + 1500, 700);
      hp_pager_replay (f.pager, references + 2200, N_REFERENCES - 2200, G_MAXUINT64);
      hp_pager_replay (f.pager, references, 100, G_MAXUINT64);
      hp_pager_set_future (f.pager, NULL, 0);
      g_assert_cmpuint (prophet.n_told, ==, N_REFERENCES + 100);
      fixture_clear (&f);
    }
}

int
main (int argc, char **argv)
{
  const HpReplacementPolicy *const *policies;
  gsize n;

  g_test_init (&argc, &argv, NULL);
  policies = hp_replacement_policies (&n);
  for (gsize p = 0; p < n; p++)
    {
      g_autofree char *equal = g_strdup_printf ("/replay/equal/%s", policies[p]->id);

      g_test_add_data_func (equal, policies[p], test_equal);
    }
  g_test_add_func ("/replay/most-faults", test_most_faults);
  g_test_add_func ("/replay/future", test_future);
  return g_test_run ();
}
