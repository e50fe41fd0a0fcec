/* bench-pager.c - references a second through the pager under each policy, beside a loop that does nothing else; from
 * lackey's text to counts; and what memory that takes
 *
 * Times are of the processor, since others may use it. Of each thing the fastest of some turns counts. "hits" is a
 * trace of a real program where there is one (HEAPARIUM_SHARED_DATA, or ../shared/data), with 200 page frames; "misses"
 * goes to a million pages at random, with 100,000. The future that OPT needs is found before the clock is started, on
 * both sides.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"
#include "tight.h"

#include "base/input.h"
#include "base/random.h"
#include "bench.h"
#include "memory/future.h"
#include "memory/lackey.h"
#include "memory/miss_curve.h"
#include "memory/page_table.h"
#include "memory/kept_trace.h"

#include <sys/resource.h>

#define TURNS 3
#define N_LINES 1000000
#define LONG_RUN 64 /* times that many lines */
#define PIECE_BYTES (256 * 1024)

typedef struct
{
  const char *name;
  guint32 n_frames;
  GArray *references; /* guint64: hp_reference() */
  GArray *pages;      /* guint32: their pages, from 0 */
  HpFuture *future;
  TightTrace tight;
} Workload;

/* ---- workloads -------------------------------------------------------------------------------------------------- */

static void
keep (gpointer user_data, const HpLackeyReference *references, gsize n)
{
  guint64 packed[HP_LACKEY_BATCH];

  for (gsize i = 0; i < n; i++)
    packed[i] = hp_reference (references[i].address, hp_lackey_reference_writes (&references[i]));
  g_array_append_vals (user_data, packed, (guint) n);
}

static gboolean
read_real_trace (GArray *references)
{
  const char *shared = g_getenv ("HEAPARIUM_SHARED_DATA");
  g_autofree char *path = g_build_filename (
      shared ? shared : "../shared/data", "traces", "python-sort.lackey.xz", NULL);
  g_autoptr (GInputStream) stream = hp_input_open (path, NULL);
  g_autoptr (HpLackeyReader) reader = hp_lackey_reader_new (path, keep, references);
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  gssize n = 0;

  while (stream != NULL && (n = g_input_stream_read (stream, piece, PIECE_BYTES, NULL, NULL)) > 0)
    if (!hp_lackey_reader_feed (reader, piece, (gsize) n, NULL))
      return FALSE;
  return stream != NULL && n == 0;
}

/* Half of the references go to the page of the one before; of the others most to a few pages, which change slowly. */
static void
make_hits (GArray *references)
{
  HpRandom random;
  guint32 page = 0;

  hp_random_seed (&random, 1);
  for (guint i = 0; i < 12000000; i++)
    {
      guint32 choice = hp_random_below (&random, 1000);
      guint64 reference;

      if (choice == 0)
        page = hp_random_below (&random, 1000);
      else if (choice < 500)
        page = (i / 1000000 * 50 + hp_random_below (&random, 120)) % 1000;
      reference = hp_reference ((guint64) page * PAGE_BYTES, choice % 8 == 0);
      g_array_append_val (references, reference);
    }
}

static void
make_misses (GArray *references)
{
  HpRandom random;

  hp_random_seed (&random, 1);
  for (guint i = 0; i < 4000000; i++)
    {
      guint64 reference = hp_reference ((guint64) hp_random_below (&random, 1000000) * PAGE_BYTES, i % 4 == 0);

      g_array_append_val (references, reference);
    }
}

static guint32
number_pages (const GArray *references, GArray *pages)
{
  HpPageTable table;
  guint32 n_pages;

  hp_page_table_init (&table);
  for (guint i = 0; i < references->len; i++)
    {
      guint64 number = g_array_index (references, guint64, i) / PAGE_BYTES;
      guint32 page = hp_page_table_find (&table, number);

      if (page == 0)
        hp_page_table_add (&table, number, page = table.n_pages + 1);
      page--;
      g_array_append_val (pages, page);
    }
  n_pages = table.n_pages;
  hp_page_table_clear (&table);
  return n_pages;
}

static void
workload_init (Workload *self, const char *name, guint32 n_frames, GArray *references)
{
  gsize n;

  *self = (Workload){ .name = name, .n_frames = n_frames, .references = references };
  self->pages = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->tight.n_pages = number_pages (references, self->pages);
  self->tight.n_frames = n_frames;
  self->tight.n = references->len;
  self->tight.pages = (const guint32 *) self->pages->data;
  self->future = hp_future_new (PAGE_BYTES);
  hp_future_add (self->future, (const guint64 *) references->data, references->len);
  self->tight.next_uses = hp_future_finish (self->future, &n);
}

static void
workload_clear (Workload *self)
{
  g_array_unref (self->references);
  g_array_unref (self->pages);
  hp_future_free (self->future);
}

/* ---- policies --------------------------------------------------------------------------------------------------- */

static const struct
{
  const char *policy;
  guint64 (*run) (const TightTrace *trace);
} TIGHT[] = { { "fifo", tight_fifo }, { "clock0", tight_clock0 }, { "lru", tight_lru },
              { "lfu", tight_lfu },   { "arc", tight_arc },       { "opt", tight_opt } };

/* Seconds; @faults: what it counted. */
static double
run_pager (const Workload *self, const HpReplacementPolicy *policy, guint64 *faults)
{
  double begin, seconds;
  Fixture f;

  fixture_init (&f, self->n_frames, policy, NULL);
  if (policy->needs_future)
    hp_pager_set_future (f.pager, self->tight.next_uses, self->tight.n);
  begin = bench_cpu_seconds ();
  hp_pager_replay (f.pager, (const guint64 *) self->references->data, self->references->len, G_MAXUINT64);
  seconds = bench_cpu_seconds () - begin;
  *faults = f.counters.minor_faults + f.counters.major_faults;
  fixture_clear (&f);
  return seconds;
}

static double
run_tight (const Workload *self, const char *policy, guint64 *faults)
{
  double begin = bench_cpu_seconds ();

  for (gsize i = 0; i < G_N_ELEMENTS (TIGHT); i++)
    if (g_str_equal (TIGHT[i].policy, policy))
      {
        *faults = TIGHT[i].run (&self->tight);
        return bench_cpu_seconds () - begin;
      }
  return 0;
}

static void
print_speed (const Workload *self, const char *how, const char *policy, double seconds)
{
  g_autofree char *name = g_strdup_printf ("%s-%s-%s", how, self->name, policy);

  bench_print (name, (double) self->tight.n / seconds / 1e6, "M references/s");
}

static void
measure_policy (const Workload *self, const HpReplacementPolicy *policy)
{
  g_autofree char *ratio = g_strdup_printf ("share-%s-%s", self->name, policy->id);
  double best = G_MAXDOUBLE, best_tight = G_MAXDOUBLE;
  guint64 faults = 0, tight_faults;

  for (guint turn = 0; turn < TURNS; turn++)
    {
      double pager = run_pager (self, policy, &faults);
      double tight;

      tight_faults = faults;
      tight = run_tight (self, policy->id, &tight_faults);
      /* Who is fast must be right too. */
      g_assert_cmpuint (tight_faults, ==, faults);
      best = MIN (best, pager);
      best_tight = MIN (best_tight, tight);
    }
  print_speed (self, "pager", policy->id, best);
  if (best_tight == 0)
    return;
  print_speed (self, "tight", policy->id, best_tight);
  bench_print (ratio, 100 * best_tight / best, "% of the tight loop");
}

static void
measure_curves (const Workload *self)
{
  const guint64 *references = (const guint64 *) self->references->data;
  g_autoptr (HpLruStack) lru = hp_lru_stack_new (PAGE_BYTES);
  g_autoptr (HpMissCurve) curve = NULL;
  double begin = bench_cpu_seconds ();

  hp_lru_stack_add (lru, references, self->references->len);
  curve = hp_lru_stack_finish (lru);
  print_speed (self, "curve", "lru", bench_cpu_seconds () - begin);
}

/* OPT's stack is made for traces with some locality. */
static void
measure_opt_curve (const Workload *self)
{
  g_autoptr (HpKeptTrace) trace = hp_kept_trace_new (PAGE_BYTES);
  g_autoptr (HpMissCurve) curve = NULL;
  double begin = bench_cpu_seconds ();

  hp_kept_trace_add (trace, (const guint64 *) self->references->data, self->references->len);
  hp_kept_trace_finish (trace);
  curve = hp_kept_trace_opt_curve (trace, NULL, NULL);
  print_speed (self, "curve", "opt", bench_cpu_seconds () - begin);
}

static void
measure_workload (Workload *self)
{
  gsize n_policies;
  const HpReplacementPolicy *const *policies = hp_replacement_policies (&n_policies);

  for (gsize i = 0; i < n_policies; i++)
    measure_policy (self, policies[i]);
  measure_curves (self);
}

/* ---- text ------------------------------------------------------------------------------------------------------- */

static void
add_up (gpointer user_data, const HpLackeyReference *references, gsize n)
{
  for (gsize i = 0; i < n; i++)
    *(guint64 *) user_data += references[i].address + references[i].size;
}

static void
count_faults (gpointer user_data, const HpLackeyReference *references, gsize n)
{
  guint64 packed[HP_LACKEY_BATCH];

  for (gsize i = 0; i < n; i++)
    packed[i] = hp_reference (references[i].address, hp_lackey_reference_writes (&references[i]));
  hp_pager_replay (user_data, packed, n, G_MAXUINT64);
}

/* In pieces, as from a file. */
static double
feed (const GString *text, guint rounds, HpLackeyFunc function, gpointer user_data)
{
  g_autoptr (HpLackeyReader) reader = hp_lackey_reader_new ("bench", function, user_data);
  double begin = bench_cpu_seconds ();

  for (guint round = 0; round < rounds; round++)
    for (gsize at = 0; at < text->len; at += PIECE_BYTES)
      hp_lackey_reader_feed (reader, (const guint8 *) text->str + at, MIN (PIECE_BYTES, text->len - at), NULL);
  return bench_cpu_seconds () - begin;
}

/* As a program's: most are instructions. */
static GString *
make_text (void)
{
  GString *text = g_string_new (NULL);
  HpRandom random;

  hp_random_seed (&random, 1);
  for (guint i = 0; i < N_LINES; i++)
    {
      guint32 choice = hp_random_below (&random, 8);
      guint64 address = choice < 6 ? 0x400000 + i % 100000 : G_GUINT64_CONSTANT (0x1ffeff0000) + i % 50000;

      g_string_append_printf (text,
                              "%s %08" G_GINT64_MODIFIER "x,%u\n",
                              choice < 6    ? "I "
                              : choice == 6 ? " L"
                                            : " S",
                              address,
                              choice + 1);
    }
  return text;
}

static double
peak_megabytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_maxrss / 1024;
}

static void
measure_text (void)
{
  GString *text = make_text ();
  double lines = (double) N_LINES * LONG_RUN / 1e6, seconds, begin, peak;
  guint64 sum = 0, tight_sum = 0;
  Fixture f;

  seconds = feed (text, LONG_RUN, add_up, &sum);
  bench_print ("lackey-reader", lines / seconds, "M lines/s");
  begin = bench_cpu_seconds ();
  for (guint round = 0; round < LONG_RUN; round++)
    tight_sum += tight_parse ((const guint8 *) text->str, text->len);
  bench_print ("lackey-tight", lines / (bench_cpu_seconds () - begin), "M lines/s");
  g_assert_cmpuint (sum, ==, tight_sum);

  fixture_init (&f, 20, hp_replacement_policy_find ("lru"), NULL);
  feed (text, 1, count_faults, f.pager);
  peak = peak_megabytes ();
  seconds = feed (text, LONG_RUN, count_faults, f.pager);
  bench_print ("lackey-to-faults-lru", lines / seconds, "M lines/s");
  bench_print ("memory-after-1M-lines", peak, "MB");
  bench_print ("memory-after-65M-lines", peak_megabytes (), "MB");
  fixture_clear (&f);
  g_string_free (text, TRUE);
}

int
main (void)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (guint64));
  GArray *misses = g_array_new (FALSE, FALSE, sizeof (guint64));
  Workload workload;

  measure_text ();
  if (!read_real_trace (hits))
    {
      g_array_set_size (hits, 0);
      make_hits (hits);
    }
  workload_init (&workload, "hits", 200, hits);
  measure_workload (&workload);
  measure_opt_curve (&workload);
  workload_clear (&workload);

  make_misses (misses);
  workload_init (&workload, "misses", 100000, misses);
  measure_workload (&workload);
  workload_clear (&workload);
  return 0;
}
