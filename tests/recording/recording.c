/* recording.c - tests of seeking, of the places to jump to, of series and of explanations
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "random_events.h"

#include <string.h>

static void
assert_equal (const HpMoment *a, const HpMoment *b)
{
  g_autofree char *why = NULL;

  if (!hp_moment_equal (a, b, &why))
    g_error ("at step %" G_GUINT64_FORMAT ": %s", hp_moment_step (a), why);
}

/* ---- seeking ----------------------------------------------------------------------------------------------------- */

/* The moments at each @every steps, folded without any keyframe. */
static GPtrArray *
fold_all (HpRecording *recording, guint64 every)
{
  GPtrArray *moments = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_moment_free);
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));

  for (guint64 step = 0; step <= hp_recording_length (recording); step++)
    {
      if (step % every == 0)
        g_ptr_array_add (moments, hp_moment_copy (moment));
      if (step < hp_recording_length (recording))
        g_assert_true (hp_moment_apply (moment, hp_recording_event (recording, step), NULL));
    }
  return moments;
}

static void
assert_seeks (HpRecording *recording, guint64 every, guint n)
{
  g_autoptr (GPtrArray) moments = fold_all (recording, every);
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));
  HpRandom random;

  hp_random_seed (&random, 5);
  for (guint i = 0; i < n; i++)
    {
      guint at = hp_random_below (&random, moments->len);

      hp_recording_seek (recording, moment, at * every);
      assert_equal (moment, g_ptr_array_index (moments, at));
    }
  hp_recording_seek (recording, moment, hp_recording_length (recording));
  assert_equal (moment, hp_recording_head (recording));
  hp_recording_seek (recording, moment, 0);
  assert_equal (moment, g_ptr_array_index (moments, 0));
}

static void
test_seek (void)
{
  g_autoptr (HpRecording) recording = random_events_new (41, 30000);

  assert_seeks (recording, 97, 300);
}

/* So many events that keyframes were thinned out. */
static void
test_seek_far (void)
{
  g_autoptr (HpRecording) recording = random_events_new_recording ();
  HpEvent events[4096];

  random_events_append (recording, 42, 20000);
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    events[i] = hp_event (i % 2 ? HP_EVENT_FLIP : HP_EVENT_TIME, 0, i, 0, 0);
  for (guint i = 0; i < 140; i++)
    {
      g_assert_true (hp_recording_append (recording, events, G_N_ELEMENTS (events), NULL));
      random_events_append (recording, 43 + i, 100);
    }
  assert_seeks (recording, 10007, 100);
}

/* What another moment does in the meantime, and appending, leaves a moment alone. */
static void
test_moments_are_independent (void)
{
  g_autoptr (HpRecording) recording = random_events_new_recording ();
  g_autoptr (HpMoment) one = NULL, other = NULL, kept = NULL;

  random_events_append (recording, 51, 10000);
  one = hp_moment_new (hp_recording_definitions (recording));
  other = hp_moment_new (hp_recording_definitions (recording));
  hp_recording_seek (recording, one, 7000);
  kept = hp_moment_copy (one);
  hp_recording_seek (recording, other, 9000);
  hp_recording_seek (recording, other, 6000);
  random_events_append (recording, 52, 10000);
  assert_equal (one, kept);
  hp_recording_seek (recording, one, 15000);
  hp_recording_seek (recording, one, 7000);
  assert_equal (one, kept);
}

/* ---- places to jump to ------------------------------------------------------------------------------------------- */

/* Whether event @i is of a stretch: the operation it belongs to is one. */
static gboolean
is_of_stretch (const HpRecording *recording, guint64 i)
{
  do
    if (hp_event_type (hp_recording_event (recording, i)) == HP_EVENT_OPERATION)
      return hp_event_detail (hp_recording_event (recording, i)) == HP_OPERATION_STRETCH;
  while (i-- > 0);
  return FALSE;
}

static gboolean
is_fault (const HpEvent *event)
{
  if (hp_event_type (event) == HP_EVENT_COUNT)
    return hp_event_detail (event) <= HP_COUNT_MAJOR_FAULTS;
  return hp_event_type (event) == HP_EVENT_FAULT && (hp_event_detail (event) & 0xff) != HP_FAULT_AHEAD;
}

/* Event @i - 1 is the last of a stretch with a page fault. */
static gboolean
ends_faulty_stretch (const HpRecording *recording, guint64 i)
{
  const HpEvent *after = hp_recording_event (recording, i);

  if (hp_event_type (after) != HP_EVENT_OPERATION)
    return FALSE;
  while (i-- > 0 && hp_event_type (hp_recording_event (recording, i)) != HP_EVENT_OPERATION)
    if (is_fault (hp_recording_event (recording, i)))
      return TRUE;
  return FALSE;
}

/* Whether @step is a stop of @grain, told from the events alone. */
static gboolean
is_stop (const HpRecording *recording, guint64 step, HpGrain grain)
{
  const HpEvent *before = step > 0 ? hp_recording_event (recording, step - 1) : NULL;
  const HpEvent *after = step < hp_recording_length (recording) ? hp_recording_event (recording, step) : NULL;
  HpEventType past = before ? hp_event_type (before) : HP_EVENT_NONE;

  if (step == 0 || after == NULL)
    return TRUE;
  switch (grain)
    {
    case HP_GRAIN_EVENT:
      if (is_of_stretch (recording, step - 1))
        return hp_event_type (after) == HP_EVENT_OPERATION;
      return past != HP_EVENT_TIME && past != HP_EVENT_OPERATION && past != HP_EVENT_SLOT_HIGH;
    case HP_GRAIN_OPERATION:
      return hp_event_type (after) == HP_EVENT_OPERATION;
    case HP_GRAIN_STATEMENT:
      return hp_event_type (after) == HP_EVENT_OPERATION && hp_event_detail (after) == HP_OPERATION_STATEMENT;
    case HP_GRAIN_EXPRESSION:
      return is_stop (recording, step, HP_GRAIN_STATEMENT)
             || (hp_event_type (after) == HP_EVENT_STATEMENT && past != HP_EVENT_OPERATION);
    case HP_GRAIN_COLLECTION:
      return past == HP_EVENT_COLLECTION_BEGIN || past == HP_EVENT_COLLECTION_END;
    case HP_GRAIN_FAULT:
      return is_of_stretch (recording, step - 1) ? ends_faulty_stretch (recording, step) : is_fault (before);
    default:
      return past == HP_EVENT_CHAPTER && before->x != 0;
    }
}

static void
assert_stops (const HpRecording *recording, HpGrain grain)
{
  guint64 n = hp_recording_length (recording), last = 0, next = n;

  for (guint64 step = 0; step <= n; step++)
    {
      g_assert_cmpuint (hp_recording_previous (recording, step, grain), ==, last);
      if (is_stop (recording, step, grain))
        last = step;
    }
  for (guint64 step = n + 1; step-- > 0;)
    {
      g_assert_cmpuint (hp_recording_next (recording, step, grain), ==, next);
      if (is_stop (recording, step, grain))
        next = step;
    }
}

static void
test_stops (void)
{
  g_autoptr (HpRecording) recording = random_events_new (61, 20000);
  g_autoptr (HpRecording) empty = hp_recording_new ();

  for (HpGrain grain = 0; grain < HP_N_GRAINS; grain++)
    {
      assert_stops (recording, grain);
      assert_stops (empty, grain);
    }
}

static void
test_collections (void)
{
  g_autoptr (HpRecording) recording = random_events_new (62, 20000);
  const HpCollectionRecord *record = NULL;
  guint n = 0;
  guint64 longest = 0;

  g_assert_null (hp_recording_collection_at (recording, 0));
  for (guint64 step = 1; step <= hp_recording_length (recording); step++)
    {
      const HpEvent *event = hp_recording_event (recording, step - 1);

      if (hp_event_type (event) == HP_EVENT_COLLECTION_BEGIN)
        {
          record = hp_recording_collection (recording, n++);
          g_assert_cmpuint (record->begin, ==, step);
          g_assert_cmpuint (record->ordinal, ==, n);
          g_assert_cmpuint (record->kind, ==, hp_event_detail (event));
          g_assert_cmpuint (record->reason, ==, event->y);
        }
      g_assert_true (hp_recording_collection_at (recording, step) == record);
      if (hp_event_type (event) == HP_EVENT_COLLECTION_END)
        {
          g_assert_cmpuint (record->end, ==, step);
          g_assert_cmpuint (record->pause_ns, ==, event->y);
          longest = MAX (longest, event->y);
          record = NULL;
        }
    }
  g_assert_cmpuint (n, >, 100);
  g_assert_cmpuint (hp_recording_n_collections (recording), ==, n);
  g_assert_cmpuint (hp_recording_longest_pause (recording), ==, longest);
}

static void
test_places (void)
{
  g_autoptr (HpRecording) recording = random_events_new (63, 20000);
  guint n = 0;

  for (guint64 step = 1; step <= hp_recording_length (recording); step++)
    {
      const HpEvent *event = hp_recording_event (recording, step - 1);
      gboolean is_chapter = hp_event_type (event) == HP_EVENT_CHAPTER;
      const HpPlace *place;

      if ((!is_chapter && hp_event_type (event) != HP_EVENT_MARK) || event->x == 0)
        continue;
      place = hp_recording_place (recording, n++);
      g_assert_cmpuint (place->step, ==, step);
      g_assert_cmpuint (place->text, ==, event->x);
      g_assert_cmpint (place->is_chapter, ==, is_chapter);
    }
  g_assert_cmpuint (n, >, 100);
  g_assert_cmpuint (hp_recording_n_places (recording), ==, n);
}

/* ---- series ------------------------------------------------------------------------------------------------------ */

static double
value_of (const HpMoment *moment, HpSeries series)
{
  const HpCounters *counters = hp_moment_counters (moment);
  const guint64 *used = counters->used_bytes;

  switch (series)
    {
    case HP_SERIES_NEW_BYTES:
      return (double) (used[HP_SPACE_SEMI_A] + used[HP_SPACE_SEMI_B] + used[HP_SPACE_NEW_LARGE]);
    case HP_SERIES_OLD_BYTES:
      return (double) (used[HP_SPACE_OLD] + used[HP_SPACE_LARGE]);
    case HP_SERIES_STACK_SLOTS:
      return hp_moment_n_stack_slots (moment);
    case HP_SERIES_RESIDENT_PAGES:
      return (double) counters->resident_pages;
    case HP_SERIES_TIME:
      return (double) counters->time_ns;
    case HP_SERIES_WAITING:
      return (double) counters->waiting_ns;
    default:
      return (double) (counters->minor_faults + counters->major_faults);
    }
}

static gboolean
is_inside_stretch (const HpRecording *recording, guint64 step)
{
  return step > 0 && step < hp_recording_length (recording) && is_of_stretch (recording, step - 1)
         && hp_event_type (hp_recording_event (recording, step)) != HP_EVENT_OPERATION;
}

static void
assert_samples (const HpRecording *recording, HpSeries series, const double *values, guint n)
{
  g_autofree double *lowest = g_new (double, n), *highest = g_new (double, n);
  guint64 length = hp_recording_length (recording);

  hp_recording_sample (recording, series, n, lowest, highest);
  for (guint64 part = 0; part < n; part++)
    {
      double low = G_MAXDOUBLE, high = 0;

      guint64 first = length * part / n, last = length * (part + 1) / n;

      while (is_inside_stretch (recording, first))
        first--;
      while (is_inside_stretch (recording, last))
        last++;
      for (guint64 step = first; step <= last; step++)
        {
          low = MIN (low, values[step]);
          high = MAX (high, values[step]);
        }
      g_assert_cmpfloat (lowest[part], ==, low);
      g_assert_cmpfloat (highest[part], ==, high);
    }
}

static void
assert_all_samples (HpRecording *recording)
{
  static const guint PARTS[] = { 1, 2, 7, 100, 1500, 5000 };
  guint64 n = hp_recording_length (recording);
  g_autofree double *values = g_new (double, n + 1);

  for (HpSeries series = 0; series < HP_N_SERIES; series++)
    {
      g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));

      for (guint64 step = 0; step <= n; step++)
        {
          values[step] = value_of (moment, series);
          if (step < n)
            g_assert_true (hp_moment_apply (moment, hp_recording_event (recording, step), NULL));
        }
      for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
        assert_samples (recording, series, values, PARTS[i]);
    }
}

static void
test_samples (void)
{
  static const guint LENGTHS[] = { 0, 1, 62, 63, 64, 65, 128, 4095, 4096, 4097, 20000 };

  for (guint i = 0; i < G_N_ELEMENTS (LENGTHS); i++)
    {
      g_autoptr (HpRecording) recording = random_events_new_recording ();

      random_events_append (recording, 71, LENGTHS[i]);
      assert_all_samples (recording);
    }
}

/* Looking back step by step, at the times of all moments. */
static void
assert_waiting (const HpRecording *recording, GArray *times, GArray *waits, guint64 step, guint64 span)
{
  guint64 now = g_array_index (times, guint64, step), begin = step, passed, waiting;

  while (begin > 0 && now - g_array_index (times, guint64, begin) < span)
    begin--;
  hp_recording_measure_waiting (recording, step, span, &passed, &waiting);
  g_assert_cmpuint (passed, ==, now - g_array_index (times, guint64, begin));
  g_assert_cmpuint (waiting, ==, g_array_index (waits, guint64, step) - g_array_index (waits, guint64, begin));
}

static void
test_waiting (void)
{
  g_autoptr (HpRecording) recording = random_events_new (73, 10000);
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint64 n = hp_recording_length (recording);

  for (guint64 step = 0; step <= n; step++)
    {
      g_array_append_val (times, hp_moment_counters (moment)->time_ns);
      g_array_append_val (waits, hp_moment_counters (moment)->waiting_ns);
      if (step < n)
        g_assert_true (hp_moment_apply (moment, hp_recording_event (recording, step), NULL));
    }
  g_assert_cmpuint (g_array_index (waits, guint64, n), >, 0);
  for (guint64 step = 0; step <= n; step += step < 200 ? 1 : 37)
    for (guint64 span = 1; span < G_GUINT64_CONSTANT (1) << 42; span *= 64)
      assert_waiting (recording, times, waits, step, span);
}

/* ---- words ------------------------------------------------------------------------------------------------------- */

/* Every step has a sentence at every grain. */
static void
test_every_step_is_explained (void)
{
  g_autoptr (HpRecording) recording = random_events_new (81, 5000);
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));

  for (guint64 step = 0; step <= hp_recording_length (recording); step++)
    for (HpGrain grain = 0; grain < HP_N_GRAINS; grain++)
      {
        g_autofree char *sentence = NULL;

        hp_recording_seek (recording, moment, step);
        sentence = hp_recording_explain (recording, moment, grain);
        g_assert_true (g_utf8_validate (sentence, -1, NULL));
        g_assert_cmpuint (strlen (sentence), >, 3);
        g_assert_null (strstr (sentence, "(null)"));
      }
}

#define E(type, detail, x, y, z)                        \
  {                                                     \
    (guint32) (type) | (guint32) (detail) << 8, x, y, z \
  }
#define OLD_VALUE(kind) HP_KINDS (HP_VALUE_EMPTY, kind)

/* Events, and the sentence of each; NULL: it is none for itself. */
static const struct
{
  HpEvent event;
  const char *sentence;
} STORY[] = {
  { E (HP_EVENT_HEAP_PAGE_ADD, HP_SPACE_SEMI_A, 1024, 1024, 992), "A heap page joins to-space" },
  { E (HP_EVENT_HEAP_PAGE_ADD, HP_SPACE_SEMI_B, 2048, 1024, 992), "A heap page joins from-space" },
  { E (HP_EVENT_HEAP_PAGE_ADD, HP_SPACE_OLD, 4096, 1024, 992), "A heap page joins old space" },
  { E (HP_EVENT_OPERATION, HP_OPERATION_CALL, 0, 0, 0), NULL },
  { E (HP_EVENT_CALL, 1, 0, 0, 0), "main is called: a frame for it is put on top of the stack" },
  { E (HP_EVENT_OPERATION, HP_OPERATION_STATEMENT, 0, 0, 0), NULL },
  { E (HP_EVENT_STATEMENT, 1, HP_LOCATION (2, 1), 0, 0), "Line 2 of story.js runs: `let b`" },
  { E (HP_EVENT_OPERATION, HP_OPERATION_ALLOCATE, 0, 0, 0), NULL },
  { E (HP_EVENT_ALLOCATE, 1, 1, 1056, HP_PLACE (5, HP_SPACE_SEMI_A, FALSE)),
    "User #1 is allocated: 40 bytes in to-space" },
  { E (HP_EVENT_OPERATION, HP_OPERATION_SET_LOCAL, 0, 0, 0), NULL },
  { E (HP_EVENT_LOCAL, OLD_VALUE (HP_VALUE_REF), 1, 0, 1),
    "`user` refers to an object User of 40 bytes in new space (#1)" },
  { E (HP_EVENT_OPERATION, HP_OPERATION_WRITE, 0, 0, 0), NULL },
  { E (HP_EVENT_SLOT, OLD_VALUE (HP_VALUE_INTEGER), 1, 0, 42), "`user.name` is now 42" },
  { E (HP_EVENT_OPERATION, HP_OPERATION_NOTE, 0, 0, 0), NULL },
  { E (HP_EVENT_LABEL, 0, 1, 0, 1), "This object is known as text 0 #1" },
  { E (HP_EVENT_OPERATION, HP_OPERATION_NOTE, 0, 0, 0), NULL },
  { E (HP_EVENT_PRINT, 0, 3, 0, 0), "The program prints “text 2”" },
  { E (HP_EVENT_OPERATION, HP_OPERATION_COLLECT, 0, 0, 0), NULL },
  { E (HP_EVENT_COLLECTION_BEGIN, HP_COLLECTION_YOUNG, 1, 2, 0),
    "Collection 1 begins, a scavenge of new space: text 1" },
  { E (HP_EVENT_FLIP, 0, 0, 0, 0), "The halves of new space change names: what was to-space is from-space now" },
  { E (HP_EVENT_VISIT, HP_VISIT_STACK, 1, 1, 0), "The collector finds text 0 #1 on the stack" },
  { E (HP_EVENT_MOVE, HP_MOVE_SPACES (HP_SPACE_SEMI_A, HP_SPACE_SEMI_B) | HP_MOVE_AGES, 1, 1056, 2080),
    "text 0 #1 survives its first collection: it is copied from from-space to to-space" },
  { E (HP_EVENT_COLLECTION_END, HP_COLLECTION_YOUNG, 1, 1500000, 0),
    "Collection 1 is done; the program stood still for 1.500 ms" },
  { E (HP_EVENT_MOVE, HP_MOVE_SPACES (HP_SPACE_SEMI_B, HP_SPACE_OLD) | HP_MOVE_AGES, 1, 2080, 4128),
    "text 0 #1 survived 2 collections and is promoted from to-space to old space" },
  { E (HP_EVENT_MAP, HP_REGION_TRACE, 5, 0, 0),
    "Page 0x1004 becomes part of the address space; it has no page frame yet" },
  { E (HP_EVENT_FAULT, HP_FAULT_MAJOR | HP_PAGE_ON_DISK << 8, 5, 4, 0),
    "Page 0x1004 is not in RAM: it is read from disk into page frame 4 (major fault)" },
  { E (HP_EVENT_EVICT, HP_PAGE_ON_DISK | HP_PAGE_ON_DISK << 8, 5, 4, 0),
    "Page 0x1004 is the victim: it is clean, its copy on disk is still good, so it just gives up page frame 4" },
  { E (HP_EVENT_FAULT, HP_FAULT_AHEAD | (HP_PAGE_ON_DISK | HP_PAGE_AHEAD) << 8 | HP_PAGE_ON_DISK << 16, 5, 4, 0),
    "Page 0x1004 comes into page frame 4 along with a neighbour that is read from disk (read-ahead)" },
  { E (HP_EVENT_EVICT, HP_PAGE_ON_DISK | (HP_PAGE_ON_DISK | HP_PAGE_AHEAD) << 8, 5, 4, 0),
    "Page 0x1004 is the victim: it was read ahead and never used, so it just gives up page frame 4" },
  { E (HP_EVENT_LIMIT, HP_LIMIT_OLD, 0, 1024, 0),
    "The next full collection starts when the old generation reaches 8.0\302\240KiB" },
  { E (HP_EVENT_ALLOCATE, 7, 2, 4133, HP_PLACE (5, HP_SPACE_OLD, FALSE)),
    "EphemeronHashTable #2 is allocated: 40 bytes in old space" },
  { E (HP_EVENT_SLOT, OLD_VALUE (HP_VALUE_REF) | HP_SLOT_LOW (1), 2, 0, 1),
    "EphemeronHashTable #2[key 0] refers to an object text 0 of 40 bytes in old space (#1)" },
  { E (HP_EVENT_ALLOCATE, 6, 3, 4138, HP_PLACE (5, HP_SPACE_OLD, FALSE)),
    "WeakCell #3 is allocated: 40 bytes in old space" },
  { E (HP_EVENT_SLOT, OLD_VALUE (HP_VALUE_REF), 3, 0, 1),
    "WeakCell #3[0] refers to an object text 0 of 40 bytes in old space (#1)" },
  { E (HP_EVENT_MARKING, HP_MARKING_ACTIVE, 0, 0, 0),
    "Incremental marking begins: from now on the marker works in small steps while the program runs" },
  { E (HP_EVENT_MARKING, HP_MARKING_COMPLETE | HP_MARKING_ACTIVE << 8, 0, 0, 0),
    "Incremental marking has marked all it found: a full collection can finish soon" },
  { E (HP_EVENT_PRETENURE, HP_PRETENURE_TENURE, 3, 100, 85),
    "85 of 100 objects made at text 2 survived: new ones go to old space at once" },
  { E (HP_EVENT_COLLECTION_BEGIN, HP_COLLECTION_FULL, 2, 2, 0),
    "Collection 2 begins, a full one (mark, sweep, compact): text 1" },
  { E (HP_EVENT_VISIT, HP_VISIT_SLOT | HP_SLOT_LOW (2), 2, 1, 0),
    "The collector finds text 0 #1 through EphemeronHashTable #2[value 0], since the key is alive" },
  { E (HP_EVENT_PHASE, HP_PHASE_WEAK, 0, 0, 0), "Weak references to dead objects are cleared" },
  { E (HP_EVENT_VISIT, HP_VISIT_SLOT | HP_SLOT_LOW (1), 2, 1, 0),
    "The collector finds text 0 #1 dead, in EphemeronHashTable #2[key 0]" },
  { E (HP_EVENT_SLOT, HP_KINDS (HP_VALUE_REF, HP_VALUE_EMPTY) | HP_SLOT_LOW (1), 2, 1, 0),
    "EphemeronHashTable #2[key 0] is cleared: the key is dead, and its entry leaves the table" },
  { E (HP_EVENT_SLOT, HP_KINDS (HP_VALUE_REF, HP_VALUE_UNDEFINED), 3, 1, 0),
    "WeakCell #3[0] is cleared: what it weakly referred to is dead" },
  { E (HP_EVENT_ROOT, OLD_VALUE (HP_VALUE_REF), 1, 0, 3), "WeakCell #3 is queued for cleanup, since its target died" },
};

static void
test_sentences (void)
{
  g_autoptr (HpRecording) recording = random_events_new_recording ();
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));

  for (guint i = 0; i < G_N_ELEMENTS (STORY); i++)
    {
      g_autoptr (GError) error = NULL;

      hp_recording_append (recording, &STORY[i].event, 1, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (STORY); i++)
    {
      g_autofree char *sentence = NULL;

      if (STORY[i].sentence == NULL)
        continue;
      hp_recording_seek (recording, moment, i + 1);
      sentence = hp_recording_explain (recording, moment, HP_GRAIN_EVENT);
      g_assert_cmpstr (sentence, ==, STORY[i].sentence);
    }
}

/* Two stretches, a note, a stretch: two summaries, each step in them told by its stretch. */
static void
test_stretches (void)
{
  static const HpEvent EVENTS[] = {
    E (HP_EVENT_MAP, HP_REGION_TRACE, 5, 0, 0),
    E (HP_EVENT_OPERATION, HP_OPERATION_STRETCH, 4095, 0, 0),
    E (HP_EVENT_FAULT, HP_FAULT_MINOR | HP_PAGE_DIRTY << 8, 5, 4, 0),
    E (HP_EVENT_COUNT, HP_COUNT_MINOR_FAULTS, 189, 0, 0),
    E (HP_EVENT_COUNT, HP_COUNT_MAJOR_FAULTS, 120, 0, 0),
    E (HP_EVENT_COUNT, HP_COUNT_DIRTY_EVICTIONS, 95, 0, 0),
    E (HP_EVENT_TIME, 0, 1000, 0, 0),
    E (HP_EVENT_OPERATION, HP_OPERATION_STRETCH, 1023, 0, 0),
    E (HP_EVENT_EVICT, HP_PAGE_ON_DISK | HP_PAGE_DIRTY << 8, 5, 4, 0),
    E (HP_EVENT_ACCESS, HP_PAGE_ON_DISK << 8, 5, 0, 0),
    E (HP_EVENT_OPERATION, HP_OPERATION_NOTE, 0, 0, 0),
    E (HP_EVENT_MARK, 0, 1, 0, 0),
    E (HP_EVENT_OPERATION, HP_OPERATION_STRETCH, 0, 0, 0),
    E (HP_EVENT_COUNT, HP_COUNT_MAJOR_FAULTS, 1, 0, 0),
    E (HP_EVENT_POLICY_FAULT, 0, 1, 0, 0),
  };
  static const struct
  {
    guint64 step;
    const char *sentence;
  } SENTENCES[] = {
    { 3, "4096 references together: 310 faults, 120 of them major, 95 pages written back" },
    { 7, "4096 references together: 310 faults, 120 of them major, 95 pages written back" },
    { 10, "1024 references together: no fault, all pages were in RAM, 1 page written back" },
    { 12, "This place is called “text 0”" },
    { 15, "1 reference: 1 fault, 1 of them major, and the policy gave wrong answers, which were put right" },
  };
  g_autoptr (HpRecording) recording = random_events_new_recording ();
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));

  g_assert_true (hp_recording_append (recording, EVENTS, G_N_ELEMENTS (EVENTS), NULL));
  g_assert_cmpuint (hp_recording_n_summaries (recording), ==, 2);
  g_assert_cmpuint (hp_recording_summary (recording, 0).begin, ==, 1);
  g_assert_cmpuint (hp_recording_summary (recording, 0).end, ==, 10);
  g_assert_cmpuint (hp_recording_summary (recording, 1).begin, ==, 12);
  g_assert_cmpuint (hp_recording_summary (recording, 1).end, ==, 15);
  for (guint64 step = 0; step <= G_N_ELEMENTS (EVENTS); step++)
    g_assert_cmpint (hp_recording_is_summarised (recording, step), ==, (step > 1 && step <= 10) || step > 12);
  for (guint i = 0; i < G_N_ELEMENTS (SENTENCES); i++)
    {
      g_autofree char *sentence = NULL;

      hp_recording_seek (recording, moment, SENTENCES[i].step);
      sentence = hp_recording_explain (recording, moment, i % 2 ? HP_GRAIN_EVENT : HP_GRAIN_OPERATION);
      g_assert_cmpstr (sentence, ==, SENTENCES[i].sentence);
    }
  g_assert_cmpuint (hp_moment_counters (hp_recording_head (recording))->major_faults, ==, 121);
}

/* An operation is told by what it is about, with the collection that it had to wait for. */
static void
test_sentences_of_operations (void)
{
  static const struct
  {
    guint64 step;
    const char *sentence;
  } OPERATIONS[] = {
    { 0, "Nothing has happened yet" },
    { 3, "The machine is made ready" },
    { 5, "main is called: a frame for it is put on top of the stack" },
    { 7, "Line 2 of story.js runs: `let b`" },
    { 9, "User #1 is allocated: 40 bytes in to-space" },
    { 11, "`user` refers to an object User of 40 bytes in new space (#1)" },
    { 13, "`user.name` is now 42" },
    { 15, "This object is known as text 0 #1" },
    { 17, "The program prints “text 2”" },
    { 28, "Collection 1 begins, a scavenge of new space: text 1" },
  };
  g_autoptr (HpRecording) recording = random_events_new_recording ();
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));

  for (guint i = 0; i < G_N_ELEMENTS (STORY); i++)
    g_assert_true (hp_recording_append (recording, &STORY[i].event, 1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (OPERATIONS); i++)
    {
      g_autofree char *sentence = NULL;

      hp_recording_seek (recording, moment, OPERATIONS[i].step);
      sentence = hp_recording_explain (recording, moment, HP_GRAIN_OPERATION);
      g_assert_cmpstr (sentence, ==, OPERATIONS[i].sentence);
    }
}

/* ---- facts ------------------------------------------------------------------------------------------------------- */

static void
test_facts (void)
{
  g_autoptr (HpRecording) recording = hp_recording_new ();
  g_autofree const char **keys = NULL;

  hp_recording_set_fact (recording, "scenario", "first-steps");
  hp_recording_set_fact (recording, "policy", "default");
  hp_recording_set_fact (recording, "scenario", "trees");
  keys = hp_recording_list_facts (recording);
  g_assert_cmpstr (keys[0], ==, "scenario");
  g_assert_cmpstr (keys[1], ==, "policy");
  g_assert_null (keys[2]);
  g_assert_cmpstr (hp_recording_get_fact (recording, "scenario"), ==, "trees");
  g_assert_null (hp_recording_get_fact (recording, "view"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording/seek", test_seek);
  g_test_add_func ("/recording/seek-far", test_seek_far);
  g_test_add_func ("/recording/moments-are-independent", test_moments_are_independent);
  g_test_add_func ("/recording/stops", test_stops);
  g_test_add_func ("/recording/collections", test_collections);
  g_test_add_func ("/recording/places", test_places);
  g_test_add_func ("/recording/samples", test_samples);
  g_test_add_func ("/recording/waiting", test_waiting);
  g_test_add_func ("/recording/every-step-is-explained", test_every_step_is_explained);
  g_test_add_func ("/recording/sentences", test_sentences);
  g_test_add_func ("/recording/stretches", test_stretches);
  g_test_add_func ("/recording/sentences-of-operations", test_sentences_of_operations);
  g_test_add_func ("/recording/facts", test_facts);
  return g_test_run ();
}
