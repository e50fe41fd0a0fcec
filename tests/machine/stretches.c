/* stretches.c - a trace told in stretches ends where the trace told in full ends, and is the same inside the window
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/random.h"
#include "machine/machine_private.h"
#include "recording/recording.h"

#include <string.h>

#define SEEDS 40
#define N_REFERENCES 30000
#define N_PIECE 4000

/* A trace with things in between, so that stretches end for every reason there is. */
typedef struct
{
  guint64 seed;
  guint32 n_pages, n_frames;
  gboolean with_heap;
  gboolean many;
  guint64 start, length; /* of the window */
  guint64 event_limit;
} Trace;

static HpSettings *
make_settings (const Trace *trace)
{
  gsize n;
  const HpReplacementPolicy *const *policies = hp_replacement_policies (&n);
  const HpReplacementPolicy *policy = policies[trace->seed % n];
  HpSettings *settings = hp_machine_settings_new ("node-20", NULL);
  g_autofree char *ram = g_strdup_printf ("%uK", trace->n_frames * 4);
  g_autofree char *start = g_strdup_printf ("%" G_GUINT64_FORMAT, trace->start);
  g_autofree char *length = g_strdup_printf ("%" G_GUINT64_FORMAT, trace->length);

  g_assert_true (hp_settings_set (settings, "ram", ram, NULL));
  g_assert_true (hp_settings_set (settings, "pager", trace->with_heap ? "true" : "false", NULL));
  g_assert_true (hp_settings_set (settings, "replacement", policy->needs_future ? "lru" : policy->id, NULL));
  g_assert_true (hp_settings_set (settings, "read-ahead", trace->seed % 3 == 0 ? "8" : "1", NULL));
  g_assert_true (hp_settings_set (settings, "detail-start", start, NULL));
  g_assert_true (hp_settings_set (settings, "detail-length", length, NULL));
  g_assert_true (hp_settings_set (settings, "read-ahead", trace->seed % 3 == 1 ? "8" : "1", NULL));
  return settings;
}

static HpMachine *
make_machine (const Trace *trace, HpRecording *recording)
{
  g_autoptr (HpSettings) settings = make_settings (trace);
  HpListener listener = hp_recording_listener (recording);
  HpMachine *machine = hp_machine_new (settings, NULL, &listener, NULL);

  g_assert_nonnull (machine);
  hp_machine_set_event_limit (machine, trace->event_limit);
  return machine;
}

/* ---- fold = machine ---------------------------------------------------------------------------------------------- */

static void
compare_pages (const HpPager *pager, const HpMoment *moment)
{
  g_assert_cmpuint (hp_moment_n_pages (moment), ==, hp_pager_n_pages (pager));
  for (guint32 id = 1; id <= hp_pager_n_pages (pager); id++)
    {
      HpPageState state = hp_moment_page (moment, id);

      g_assert_cmpint (state.mapped, ==, hp_pager_page_is_mapped (pager, id));
      g_assert_cmpuint (state.frame, ==, hp_pager_page_frame (pager, id));
      g_assert_cmpuint (state.flags, ==, hp_pager_page_flags (pager, id));
    }
}

/* What only the next event brings: the time that is not yet flushed, and touches that changed nothing. */
static void
compare (HpMachine *machine, const HpRecording *recording)
{
  const HpMoment *head = hp_recording_head (recording);
  HpCounters counters;

  hp_clock_flush (&machine->clock);
  hp_machine_flush (machine);
  counters = *hp_machine_counters (machine);
  counters.longest_pause_ns = 0;
  counters.operations -= machine->n_quiet_touches;
  g_assert_cmpmem (&counters, sizeof counters, hp_moment_counters (head), sizeof counters);
  if (machine->trace_pager != NULL)
    compare_pages (machine->trace_pager, head);
}

/* ---- the trace --------------------------------------------------------------------------------------------------- */

static void
do_something_else (HpMachine *machine, HpRandom *random, const HpRecording *recording, guint32 shape)
{
  g_autofree char *text = g_strdup_printf ("text %u", hp_random_below (random, 5));

  switch (hp_random_below (random, 6))
    {
    case 0:
      hp_machine_mark (machine, text);
      break;
    case 1:
      hp_machine_allocate (machine, shape, 0);
      break;
    case 2:
      hp_machine_wait (machine, hp_random_below (random, 1000000));
      break;
    case 3:
      hp_machine_tell_stretch (machine);
      compare (machine, recording);
      break;
    default:
      hp_machine_explain (machine, text);
      break;
    }
}

/* In pieces, or one by one. */
static void
touch (HpMachine *machine, const guint64 *references, guint n, gboolean many)
{
  for (guint i = 0; i < n; i++)
    if (!many)
      hp_machine_touch (machine, references[i], hp_reference_writes (references[i]));
    else
      i += (guint) hp_machine_touch_many (machine, references + i, n - i, 1 + i % 50) - 1;
}

static void
replay (const Trace *trace, HpMachine *machine, const HpRecording *recording)
{
  static const HpShape SHAPE = { 0, "Pair", HP_SHAPE_OBJECT, HP_TAIL_NONE, 3, 2, NULL };
  guint32 shape = hp_machine_define_shape (machine, &SHAPE);
  guint64 piece[N_PIECE];
  guint n_piece = 0;
  HpRandom random;

  hp_random_seed (&random, trace->seed);
  for (guint i = 0; i < N_REFERENCES; i++)
    {
      guint32 choice = hp_random_below (&random, 2000);
      guint32 n = choice % 3 == 0 ? trace->n_pages : MAX (trace->n_pages / 8, 1);
      guint64 address = ((guint64) hp_random_below (&random, n) << 12) + (G_GUINT64_CONSTANT (1) << 44);

      piece[n_piece++] = hp_reference (address, choice % 5 == 0);
      if (choice > 0 && n_piece < N_PIECE && i + 1 < N_REFERENCES)
        continue;
      touch (machine, piece, n_piece, trace->many);
      n_piece = 0;
      do_something_else (machine, &random, recording, shape);
    }
  hp_machine_finish (machine);
}

static void
check_both_ways (HpRecording *recording)
{
  HpDefinitions *definitions = hp_recording_definitions (recording);
  g_autoptr (HpMoment) moment = hp_moment_new (definitions);
  g_autoptr (HpMoment) nothing = hp_moment_new (definitions);
  g_autofree char *why = NULL;

  for (guint64 i = 0; i < hp_recording_length (recording); i++)
    g_assert_true (hp_moment_apply (moment, hp_recording_event (recording, i), NULL));
  g_assert_true (hp_moment_equal (moment, hp_recording_head (recording), &why));
  for (guint64 i = hp_recording_length (recording); i-- > 0;)
    hp_moment_revert (moment, hp_recording_event (recording, i));
  g_assert_true (hp_moment_equal (moment, nothing, &why));
}

/* ---- against the trace told in full ------------------------------------------------------------------------------ */

/* Events of pages that belong to operations @begin … @end - 1, as bytes. */
static GByteArray *
collect (const HpRecording *recording, guint64 begin, guint64 end)
{
  GByteArray *bytes = g_byte_array_new ();
  guint64 operations = 0;

  for (guint64 i = 0; i < hp_recording_length (recording); i++)
    {
      const HpEvent *event = hp_recording_event (recording, i);

      if (hp_event_type (event) == HP_EVENT_OPERATION)
        operations += 1 + (guint64) event->x;
      else if (hp_event_type (event) == HP_EVENT_COUNT && hp_event_detail (event) == HP_COUNT_OPERATIONS)
        operations += hp_event_amount (event);
      else if (hp_event_type (event) >= HP_EVENT_MAP && hp_event_type (event) <= HP_EVENT_EVICT && operations > begin
               && operations <= end)
        g_byte_array_append (bytes, (const guint8 *) event, sizeof *event);
    }
  return bytes;
}

static guint64
count_stretches (const HpRecording *recording)
{
  guint64 n = 0;

  for (guint64 i = 0; i < hp_recording_length (recording); i++)
    n += hp_event_type (hp_recording_event (recording, i)) == HP_EVENT_OPERATION
         && hp_event_detail (hp_recording_event (recording, i)) == HP_OPERATION_STRETCH;
  return n;
}

static Trace
random_trace (guint64 seed)
{
  HpRandom random;
  Trace trace = { .seed = seed };

  hp_random_seed (&random, seed * 77);
  trace.n_pages = 1 + hp_random_below (&random, seed % 3 == 0 ? 2000 : 60);
  trace.n_frames = 1 + hp_random_below (&random, trace.n_pages);
  trace.with_heap = seed % 4 == 1;
  trace.many = seed % 2 == 0;
  trace.start = hp_random_below (&random, N_REFERENCES);
  trace.length = seed % 5 == 0 ? 0 : hp_random_below (&random, N_REFERENCES / 2);
  return trace;
}

/* The state and all counters at the end are the same, and so is each event of a page inside the window. */
static void
test_same (void)
{
  for (guint64 seed = 1; seed <= SEEDS; seed++)
    {
      Trace trace = random_trace (seed), full = trace;
      g_autoptr (HpRecording) a = hp_recording_new ();
      g_autoptr (HpRecording) b = hp_recording_new ();
      g_autoptr (HpMachine) machine = make_machine (&trace, a);
      g_autoptr (HpMachine) full_machine = NULL;
      g_autoptr (GByteArray) told = NULL;
      g_autoptr (GByteArray) expected = NULL;

      full.start = 0;
      full.length = G_MAXINT32;
      full.many = FALSE;
      full_machine = make_machine (&full, b);
      replay (&trace, machine, a);
      replay (&full, full_machine, b);
      compare (machine, a);
      compare (full_machine, b);
      compare_pages (full_machine->trace_pager, hp_recording_head (a));
      g_assert_cmpmem (hp_moment_counters (hp_recording_head (a)),
                       sizeof (HpCounters),
                       hp_moment_counters (hp_recording_head (b)),
                       sizeof (HpCounters));
      g_assert_cmpstr (
          hp_moment_explanation (hp_recording_head (a)), ==, hp_moment_explanation (hp_recording_head (b)));
      told = collect (a, trace.start, trace.start + trace.length);
      expected = collect (b, trace.start, trace.start + trace.length);
      g_assert_cmpmem (told->data, told->len, expected->data, expected->len);
      g_assert_cmpuint (count_stretches (a), >, 0);
      g_assert_cmpuint (count_stretches (b), ==, 0);
      check_both_ways (a);
    }
}

/* A stretch is 64 references long for each event of the one before, but no more than a quarter of all before it, and
 * 1,024 at least. */
static void
test_lengths (void)
{
  Trace trace = { .seed = 4, .n_pages = 1000, .n_frames = 100 };
  g_autoptr (HpRecording) recording = hp_recording_new ();
  g_autoptr (HpMachine) machine = make_machine (&trace, recording);
  guint64 last = 0, n_before = 0;
  guint n = 0, n_by_events = 0, n_by_quarter = 0;

  for (guint i = 0; i < 400000; i++)
    hp_machine_touch (machine, (guint64) (i * 7919u % 1000) << 12, i % 3 == 0);
  hp_machine_finish (machine);
  for (guint64 i = 0; i < hp_recording_length (recording); i++)
    {
      const HpEvent *event = hp_recording_event (recording, i);
      guint64 by_events = n > 0 ? (i - last) * 64 : 0, expected = MAX (1024, MIN (by_events, n_before / 4));

      if (hp_event_type (event) != HP_EVENT_OPERATION)
        continue;
      last = i;
      n++;
      if (n_before + expected < 400000)
        g_assert_cmpuint (event->x + 1, ==, expected);
      n_by_events += expected == by_events;
      n_by_quarter += expected == n_before / 4;
      n_before += event->x + 1;
    }
  g_assert_cmpuint (n_before, ==, 400000);
  g_assert_cmpuint (n_by_events, >, 10);
  g_assert_cmpuint (n_by_quarter, >, 10);
}

/* Where the window makes too many events the rest of it is summarised, and the whole trace is there. */
static void
test_event_limit (void)
{
  Trace trace = { .seed = 3, .n_pages = 500, .n_frames = 50, .length = N_REFERENCES, .event_limit = 20000 };
  g_autoptr (HpRecording) recording = hp_recording_new ();
  g_autoptr (HpMachine) machine = make_machine (&trace, recording);

  replay (&trace, machine, recording);
  compare (machine, recording);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_COMPLETED);
  g_assert_cmpuint (hp_recording_length (recording), >, 10000);
  g_assert_cmpuint (hp_recording_length (recording), <, 20000);
  g_assert_cmpuint (hp_machine_counters (machine)->operations, >, N_REFERENCES);
}

/* Cancelled in the middle of a stretch: it is told as far as it came. */
static void
test_cancelled (void)
{
  Trace trace = { .seed = 1, .n_frames = 5 };
  g_autoptr (HpRecording) recording = hp_recording_new ();
  g_autoptr (HpMachine) machine = make_machine (&trace, recording);

  for (guint i = 0; i < 3000; i++)
    {
      if (i == 1500)
        hp_machine_cancel (machine);
      hp_machine_touch (machine, (guint64) (i % 7) << 12, FALSE);
    }
  hp_machine_finish (machine);
  compare (machine, recording);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_CANCELLED);
  g_assert_cmpuint (count_stretches (recording), ==, 2);
  g_assert_cmpuint (hp_moment_counters (hp_recording_head (recording))->operations, ==, 1500);
}

/* ---- a policy that is wrong -------------------------------------------------------------------------------------- */

static guint32
take_none (gpointer self, HpReplacementContext *context, guint32 page)
{
  return G_MAXUINT32;
}

static const HpReplacementPolicy WRONG = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "wrong",
  .victim = take_none,
};

/* It is told once a stretch, however often it happens. */
static void
test_policy_fault (void)
{
  Trace trace = { .n_frames = 2 };
  g_autoptr (HpSettings) settings = make_settings (&trace);
  g_autoptr (HpRecording) recording = hp_recording_new ();
  HpListener listener = hp_recording_listener (recording);
  g_autoptr (HpMachine) machine = hp_machine_new (settings, &(HpPolicies){ .replacement = &WRONG }, &listener, NULL);
  guint64 n_faults = 0;

  for (guint i = 0; i < 5000; i++)
    hp_machine_touch (machine, (guint64) (i % 5) << 12, FALSE);
  hp_machine_finish (machine);
  for (guint64 i = 0; i < hp_recording_length (recording); i++)
    n_faults += hp_event_type (hp_recording_event (recording, i)) == HP_EVENT_POLICY_FAULT;
  g_assert_cmpuint (hp_machine_counters (machine)->evictions, >, 3000);
  g_assert_cmpuint (count_stretches (recording), ==, 5);
  g_assert_cmpuint (n_faults, ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/machine/stretches/same", test_same);
  g_test_add_func ("/machine/stretches/lengths", test_lengths);
  g_test_add_func ("/machine/stretches/event-limit", test_event_limit);
  g_test_add_func ("/machine/stretches/cancelled", test_cancelled);
  g_test_add_func ("/machine/stretches/policy-fault", test_policy_fault);
  return g_test_run ();
}
