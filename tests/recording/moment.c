/* moment.c - tests of folding: forwards, backwards, hostile events, and the questions a moment answers
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "random_events.h"

#include <string.h>

#define SEEDS 4
#define EVENTS 2000

static void
assert_equal (const HpMoment *a, const HpMoment *b)
{
  g_autofree char *why = NULL;

  if (!hp_moment_equal (a, b, &why))
    g_error ("at step %" G_GUINT64_FORMAT ": %s", hp_moment_step (a), why);
}

static void
apply (HpMoment *moment, const HpRecording *recording)
{
  g_autoptr (GError) error = NULL;

  hp_moment_apply (moment, hp_recording_event (recording, hp_moment_step (moment)), &error);
  g_assert_no_error (error);
}

static HpMoment *
new_moment (HpRecording *recording)
{
  return hp_moment_new (hp_recording_definitions (recording));
}

/* ---- folding ----------------------------------------------------------------------------------------------------- */

static void
test_every_type_is_made (void)
{
  g_autoptr (HpRecording) recording = random_events_new (1, EVENTS);
  guint counts[HP_N_EVENT_TYPES] = { 0 };

  for (guint64 i = 0; i < hp_recording_length (recording); i++)
    counts[hp_event_type (hp_recording_event (recording, i))]++;
  for (guint type = HP_EVENT_NONE + 1; type < HP_N_EVENT_TYPES; type++)
    if (counts[type] == 0)
      g_error ("no event of type %s", hp_event_type_name (type));
}

/* Copies kept on the way forward are what the moment becomes again on the way back, and a fold from nothing agrees with
 * them: so copies do not change either. */
static void
test_forwards_and_backwards (void)
{
  for (guint64 seed = 1; seed <= SEEDS; seed++)
    {
      g_autoptr (HpRecording) recording = random_events_new (seed, EVENTS);
      g_autoptr (HpMoment) moment = new_moment (recording), fresh = new_moment (recording);
      g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_moment_free);

      while (hp_moment_step (moment) < hp_recording_length (recording))
        {
          g_ptr_array_add (copies, hp_moment_copy (moment));
          apply (moment, recording);
        }
      g_assert_true (hp_moment_is_ended (moment));
      assert_equal (moment, hp_recording_head (recording));
      while (hp_moment_step (moment) > 0)
        {
          hp_moment_revert (moment, hp_recording_event (recording, hp_moment_step (moment) - 1));
          assert_equal (moment, g_ptr_array_index (copies, hp_moment_step (moment)));
        }
      for (guint i = 0; i < copies->len; i++)
        {
          assert_equal (fresh, g_ptr_array_index (copies, i));
          apply (fresh, recording);
        }
    }
}

/* After a walk back, other events may follow than those that were taken back. */
static void
test_another_future (void)
{
  g_autoptr (HpRecording) one = random_events_new_recording (), other = random_events_new_recording ();
  g_autoptr (HpMoment) moment = NULL;

  random_events_append (one, 11, 500);
  for (guint64 i = 0; i < 500; i++)
    g_assert_true (hp_recording_append (other, hp_recording_event (one, i), 1, NULL));
  random_events_append (one, 12, 2500);
  random_events_append (other, 13, 2500);
  moment = new_moment (other);
  for (guint64 i = 0; i < hp_recording_length (one); i++)
    apply (moment, one);
  while (hp_moment_step (moment) > 500)
    hp_moment_revert (moment, hp_recording_event (one, hp_moment_step (moment) - 1));
  while (hp_moment_step (moment) < hp_recording_length (other))
    apply (moment, other);
  assert_equal (moment, hp_recording_head (other));
}

/* ---- hostile events ---------------------------------------------------------------------------------------------- */

static const guint32 HOSTILE[] = { 0, 1, 2, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff };

static HpEvent
corrupt (HpEvent event, guint how)
{
  guint32 *const fields[] = { &event.head, &event.x, &event.y, &event.z };
  guint32 *field = fields[how % G_N_ELEMENTS (fields)];

  how /= 4;
  if (how < G_N_ELEMENTS (HOSTILE))
    *field = field == &event.head ? (event.head & 0xff) | HOSTILE[how] << 8 : HOSTILE[how];
  else if (how == G_N_ELEMENTS (HOSTILE))
    *field += field == &event.head ? 1u << 8 : 1;
  else
    *field ^= field == &event.head ? 1u << 16 : 1u << 8;
  return event;
}

#define N_CORRUPTIONS (4 * (G_N_ELEMENTS (HOSTILE) + 2))

/* An event that does not fit leaves the moment as it was and says where it stood; one that does can be taken back. */
static gboolean
try_corruption (HpMoment *moment, const HpMoment *before, const HpEvent *event, guint how)
{
  HpEvent events[2] = { { 0 }, corrupt (*event, how) };
  g_autoptr (GError) error = NULL;
  g_autofree char *prefix = g_strdup_printf ("event %" G_GUINT64_FORMAT " (", hp_moment_step (before));

  if (hp_moment_step (before) > 0)
    events[0] = event[-1];
  if (hp_moment_apply (moment, &events[1], &error))
    {
      g_assert_no_error (error);
      hp_moment_revert (moment, &events[1]);
    }
  else
    {
      g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
      g_assert_true (g_str_has_prefix (error->message, prefix));
    }
  assert_equal (moment, before);
  return error != NULL;
}

static void
test_hostile_events (void)
{
  static const HpEventType HARMLESS[] = { HP_EVENT_OPERATION, HP_EVENT_TIME, HP_EVENT_FLIP };
  g_autoptr (HpRecording) recording = random_events_new (21, EVENTS);
  g_autoptr (HpMoment) moment = new_moment (recording);
  guint refused[HP_N_EVENT_TYPES] = { 0 }, tried[HP_N_EVENT_TYPES] = { 0 };

  for (guint64 i = 0; i < hp_recording_length (recording); i++)
    {
      const HpEvent *event = hp_recording_event (recording, i);
      g_autoptr (HpMoment) before = hp_moment_copy (moment);

      for (guint how = 0; how < N_CORRUPTIONS; how++, tried[hp_event_type (event)]++)
        refused[hp_event_type (event)] += try_corruption (moment, before, event, how);
      apply (moment, recording);
    }
  for (guint i = 0; i < G_N_ELEMENTS (HARMLESS); i++)
    refused[HARMLESS[i]] = tried[HARMLESS[i]];
  for (guint type = HP_EVENT_NONE + 1; type < HP_N_EVENT_TYPES; type++)
    g_assert_cmpuint (refused[type] * 10, >=, tried[type]); /* at least a field of each type is checked */
}

/* A story of a few events, and then one that is refused for exactly one reason. */
typedef struct
{
  const char *name;
  HpEvent story[8]; /* to the first of type 0 */
  HpEvent hostile;
  const char *reason;
} Refusal;

#define E(type, detail, x, y, z)                        \
  {                                                     \
    (guint32) (type) | (guint32) (detail) << 8, x, y, z \
  }
#define PAGE E (HP_EVENT_HEAP_PAGE_ADD, HP_SPACE_OLD, 1024, 1024, 992)
#define USER(ref, address) E (HP_EVENT_ALLOCATE, 1, ref, address, HP_PLACE (5, HP_SPACE_OLD, FALSE))
#define MAIN E (HP_EVENT_CALL, 1, 0, 0, 0)
#define INT_TO_LOCAL E (HP_EVENT_LOCAL, HP_KINDS (HP_VALUE_EMPTY, HP_VALUE_INTEGER), 1, 0, 7)

static const Refusal REFUSALS[] = {
  { "no-type", { { 0 } }, { 0 }, "event 0 (none): type 0 is not one of 1 to 44" },
  { "unknown-type", { { 0 } }, { 200, 0, 0, 0 }, "event 0 (unknown): type 200 is not one of 1 to 44" },
  { "after-the-end",
    { E (HP_EVENT_END, 0, 0, 0, 0) },
    E (HP_EVENT_FLIP, 0, 0, 0, 0),
    "event 1 (flip): stands after the end of the run" },
  { "no-page", { { 0 } }, USER (1, 1056), "event 0 (allocate): 5 words at 1056 lie in no heap page of old" },
  { "page-header", { PAGE }, USER (1, 1055), "event 1 (allocate): 5 words at 1055 lie in no heap page of old" },
  { "past-the-page", { PAGE }, USER (1, 2044), "event 1 (allocate): 5 words at 2044 lie in no heap page of old" },
  { "other-space",
    { E (HP_EVENT_HEAP_PAGE_ADD, HP_SPACE_LARGE, 1024, 1024, 992) },
    USER (1, 1056),
    "event 1 (allocate): 5 words at 1056 lie in no heap page of old" },
  { "same-address",
    { PAGE, USER (1, 1056) },
    USER (2, 1056),
    "event 2 (allocate): 5 words at 1056 would cover object 1" },
  { "inside-another",
    { PAGE, USER (1, 1056) },
    USER (2, 1060),
    "event 2 (allocate): address 1060 lies inside object 1" },
  { "over-another",
    { PAGE, USER (1, 1060) },
    USER (2, 1056),
    "event 2 (allocate): 5 words at 1056 would cover object 1" },
  { "refs-not-dense", { PAGE, USER (1, 1056) }, USER (3, 1061), "event 2 (allocate): object 3, expected 2" },
  { "size-of-shape",
    { PAGE },
    E (HP_EVENT_ALLOCATE, 1, 1, 1056, HP_PLACE (6, HP_SPACE_OLD, FALSE)),
    "event 1 (allocate): 6 words are no size for shape “User”" },
  { "freed-twice",
    { PAGE, USER (1, 1056), E (HP_EVENT_FREE, HP_SPACE_OLD, 1, 1056, 0) },
    E (HP_EVENT_FREE, HP_SPACE_OLD, 1, 1056, 0),
    "event 3 (free): object 1 is not allocated" },
  { "moved-onto-another",
    { PAGE, USER (1, 1056), USER (2, 1061) },
    E (HP_EVENT_MOVE, HP_MOVE_SPACES (HP_SPACE_OLD, HP_SPACE_OLD), 2, 1061, 1058),
    "event 3 (move): address 1058 lies inside object 1" },
  { "page-with-object",
    { PAGE, USER (1, 1056) },
    E (HP_EVENT_HEAP_PAGE_REMOVE, HP_SPACE_OLD, 1024, 1024, 992),
    "event 2 (heap-page-remove): the page at 1024 still holds an object" },
  { "pages-overlap",
    { PAGE },
    E (HP_EVENT_HEAP_PAGE_ADD, HP_SPACE_OLD, 2047, 10, 10),
    "event 1 (heap-page-add): overlaps the page at 1024" },
  { "page-outside-memory",
    { { 0 } },
    E (HP_EVENT_HEAP_PAGE_ADD, HP_SPACE_OLD, 0xfffffff0, 0x20, 0x10),
    "event 0 (heap-page-add): 32 words at 4294967280, 16 of them usable, are no page" },
  { "frame-holds-values",
    { MAIN, INT_TO_LOCAL },
    E (HP_EVENT_RETURN, 1, 0, 0, 0),
    "event 2 (return): the frame still holds values" },
  { "no-such-local",
    { MAIN },
    E (HP_EVENT_LOCAL, HP_KINDS (0, HP_VALUE_INTEGER), 3, 0, 7),
    "event 1 (local): local 3: the newest frame has 3" },
  { "ref-of-nothing",
    { MAIN },
    E (HP_EVENT_LOCAL, HP_KINDS (0, HP_VALUE_REF), 1, 0, 1),
    "event 1 (local): kind 5 with 1 is no value" },
  { "frame-taken",
    { E (HP_EVENT_MAP, 0, 1, 0, 0), E (HP_EVENT_MAP, 0, 2, 0, 0), E (HP_EVENT_FAULT, 0, 1, 3, 0) },
    E (HP_EVENT_FAULT, 0, 2, 3, 0),
    "event 3 (fault): frame 3 holds page 1" },
  { "collection-in-collection",
    { E (HP_EVENT_COLLECTION_BEGIN, HP_COLLECTION_YOUNG, 1, 0, 0) },
    E (HP_EVENT_COLLECTION_BEGIN, HP_COLLECTION_FULL, 2, 0, 0),
    "event 1 (collection-begin): collection 1 is still under way" },
  { "marking-was-on",
    { E (HP_EVENT_MARKING, HP_MARKING_ACTIVE, 0, 0, 0) },
    E (HP_EVENT_MARKING, HP_MARKING_COMPLETE, 0, 0, 0),
    "event 1 (marking): from 0 to 2, but marking is 1" },
  { "no-such-marking",
    { { 0 } },
    E (HP_EVENT_MARKING, HP_N_MARKINGS, 0, 0, 0),
    "event 0 (marking): from 0 to 3, but marking is 0" },
  { "decided-before",
    { E (HP_EVENT_PRETENURE, HP_PRETENURE_TENURE, 1, 100, 85) },
    E (HP_EVENT_PRETENURE, HP_PRETENURE_DONT_TENURE, 1, 100, 84),
    "event 1 (pretenure): from 0 to 1, but the decision is 3" },
  { "more-found-than-created",
    { { 0 } },
    E (HP_EVENT_PRETENURE, HP_PRETENURE_TENURE, 1, 100, 101),
    "event 0 (pretenure): 101 objects found of 100 created" },
  { "site-without-name",
    { { 0 } },
    E (HP_EVENT_PRETENURE, HP_PRETENURE_TENURE, 99, 100, 85),
    "event 0 (pretenure): string 99 is not defined" },
};

static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (HpRecording) recording = random_events_new_recording ();
  g_autoptr (GError) error = NULL;
  guint n = 0;

  while (refusal->story[n].head != 0)
    n++;
  hp_recording_append (recording, refusal->story, n, &error);
  g_assert_no_error (error);
  g_assert_false (hp_recording_append (recording, &refusal->hostile, 1, &error));
  g_assert_cmpstr (error->message, ==, refusal->reason);
  g_assert_cmpuint (hp_recording_length (recording), ==, n);
}

/* Sixteen bytes may claim a gigabyte; they get none of it, and no time. */
static void
test_huge_claims (void)
{
  g_autoptr (HpRecording) recording = random_events_new_recording ();
  const HpFunction wide = { 0, "abyss", 4, 0, G_MAXUINT16, NULL };
  guint32 function = hp_definitions_add_function (hp_recording_definitions (recording), &wide);
  g_autoptr (HpMoment) moment = new_moment (recording);
  HpEvent page = hp_event (HP_EVENT_HEAP_PAGE_ADD, HP_SPACE_LARGE, 8, 0xfffffff0, 0xfffffff0);
  HpEvent root = hp_event (HP_EVENT_ROOT, HP_KINDS (0, HP_VALUE_REF), 1, 0, 1);
  gint64 start = g_get_monotonic_time ();
  guint32 n = 0, calls = 0;

  g_assert_true (hp_moment_apply (moment, &page, NULL));
  for (HpEvent event; n < 100; n++)
    {
      event = hp_event (HP_EVENT_ALLOCATE, 3, n + 1, 8 + n * 0x7ffffff, HP_PLACE (0x7ffffff, HP_SPACE_LARGE, FALSE));
      if (!hp_moment_apply (moment, &event, NULL))
        break;
    }
  g_assert_cmpuint (n, ==, 32); /* the 33rd passes the end of memory */
  g_assert_true (hp_moment_apply (moment, &root, NULL));
  g_assert_true (hp_reachable_has (hp_moment_reachable (moment), 1));
  for (HpEvent event = hp_event (HP_EVENT_CALL, function, 0, 0, 0); hp_moment_apply (moment, &event, NULL);)
    calls++;
  g_assert_cmpuint (calls, ==, (1u << 24) / G_MAXUINT16);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

/* ---- questions --------------------------------------------------------------------------------------------------- */

static void
reach (const HpMoment *moment, HpValue value, gboolean *reached)
{
  HpRef ref = hp_value_get_ref (value);

  if (ref == HP_REF_NONE || reached[ref] || hp_moment_object (moment, ref)->status != HP_OBJECT_ALLOCATED)
    return;
  reached[ref] = TRUE;
  for (guint32 i = 0; i < hp_moment_n_slots (moment, ref); i++)
    if (hp_moment_slot_strength (moment, ref, i) == HP_SLOT_STRONG)
      reach (moment, hp_moment_slot (moment, ref, i), reached);
}

/* Values whose key is reached, or is no object. Returns whether one was not reached before. */
static gboolean
reach_values (const HpMoment *moment, HpRef table, gboolean *reached)
{
  gboolean progress = FALSE;

  for (guint32 i = 1; i < hp_moment_n_slots (moment, table); i++)
    {
      HpRef key = hp_value_get_ref (hp_moment_slot (moment, table, i - 1));
      HpValue value = hp_moment_slot (moment, table, i);
      HpRef ref = hp_value_get_ref (value);

      if (hp_moment_slot_strength (moment, table, i) != HP_SLOT_VALUE || ref == HP_REF_NONE || reached[ref]
          || (key != HP_REF_NONE && !reached[key]))
        continue;
      reach (moment, value, reached);
      progress |= reached[ref];
    }
  return progress;
}

static void
assert_reachable (HpMoment *moment)
{
  guint32 n = hp_moment_n_objects (moment);
  g_autofree gboolean *reached = g_new0 (gboolean, n + 1);
  const guint8 *bits = hp_moment_reachable (moment);
  gboolean progress = TRUE;

  for (guint32 root = 1; root <= 3; root++)
    reach (moment, hp_moment_root (moment, root), reached);
  for (guint32 slot = 0; slot < hp_moment_n_stack_slots (moment); slot++)
    reach (moment, hp_moment_stack_slot (moment, slot), reached);
  while (progress)
    {
      progress = FALSE;
      for (HpRef ref = 1; ref <= n; ref++)
        progress |= reached[ref] && reach_values (moment, ref, reached);
    }
  for (HpRef ref = 1; ref <= n; ref++)
    g_assert_cmpint (hp_reachable_has (bits, ref), ==, reached[ref]);
}

static guint
count_holders (const HpMoment *moment, HpRef ref)
{
  guint n = 0;

  for (guint32 root = 1; root <= 3; root++)
    n += hp_value_get_ref (hp_moment_root (moment, root)) == ref;
  for (guint32 slot = 0; slot < hp_moment_n_stack_slots (moment); slot++)
    n += hp_value_get_ref (hp_moment_stack_slot (moment, slot)) == ref;
  for (HpRef host = 1; host <= hp_moment_n_objects (moment); host++)
    for (guint32 i = 0; i < hp_moment_n_slots (moment, host); i++)
      n += hp_moment_object (moment, host)->status == HP_OBJECT_ALLOCATED
           && hp_value_get_ref (hp_moment_slot (moment, host, i)) == ref;
  return n;
}

static gboolean
holds (const HpMoment *moment, const HpHolder *holder, HpRef ref)
{
  switch (holder->kind)
    {
    case HP_HOLDER_ROOT:
      return hp_value_get_ref (hp_moment_root (moment, holder->holder)) == ref;
    case HP_HOLDER_STACK:
      return hp_value_get_ref (hp_moment_stack_slot (moment, holder->holder)) == ref;
    default:
      return hp_value_get_ref (hp_moment_slot (moment, holder->holder, holder->index)) == ref;
    }
}

static void
assert_holders (const HpMoment *moment, HpRef ref)
{
  g_autoptr (GArray) all = hp_moment_holders (moment, ref, G_MAXUINT);
  g_autoptr (GArray) two = hp_moment_holders (moment, ref, 2);

  g_assert_cmpuint (all->len, ==, count_holders (moment, ref));
  g_assert_cmpuint (two->len, ==, MIN (all->len, 2));
  for (guint i = 0; i < all->len; i++)
    g_assert_true (holds (moment, &g_array_index (all, HpHolder, i), ref));
}

/* Walking each heap page meets each allocated object once, in the order of addresses. */
static void
assert_addresses (const HpMoment *moment)
{
  guint met = 0, allocated = 0;

  for (guint32 i = 0; i < hp_moment_n_heap_pages (moment); i++)
    {
      const HpHeapPageState *page = hp_moment_heap_page (moment, i);
      HpAddress at = page->address, end = page->address + page->size_words;

      for (HpRef ref; (ref = hp_moment_next_object (moment, at, end)) != HP_REF_NONE; met++)
        {
          const HpObjectState *object = hp_moment_object (moment, ref);

          g_assert_cmpuint (object->address, >=, at);
          g_assert_cmpuint (hp_moment_object_at (moment, object->address), ==, ref);
          at = object->address + object->size_words;
          g_assert_cmpuint (at, <=, end);
        }
    }
  for (HpRef ref = 1; ref <= hp_moment_n_objects (moment); ref++)
    allocated += hp_moment_object (moment, ref)->status == HP_OBJECT_ALLOCATED;
  g_assert_cmpuint (met, ==, allocated);
}

static void
test_questions (void)
{
  for (guint64 seed = 31; seed < 31 + SEEDS; seed++)
    {
      g_autoptr (HpRecording) recording = random_events_new (seed, EVENTS);
      g_autoptr (HpMoment) moment = new_moment (recording);

      while (hp_moment_step (moment) < hp_recording_length (recording))
        {
          apply (moment, recording);
          if (hp_moment_step (moment) % 500 != 0)
            continue;
          assert_reachable (moment);
          assert_addresses (moment);
          for (HpRef ref = 1; ref <= MIN (hp_moment_n_objects (moment), 20); ref++)
            assert_holders (moment, ref);
        }
    }
}

static void
add_event (HpRecording *recording, HpEvent event)
{
  g_autoptr (GError) error = NULL;

  hp_recording_append (recording, &event, 1, &error);
  g_assert_no_error (error);
}

static void
add_link (HpRecording *recording, HpRef host, HpRef target)
{
  add_event (recording, hp_event (HP_EVENT_SLOT, HP_KINDS (HP_VALUE_EMPTY, HP_VALUE_REF), host, 0, target));
}

/* Objects 1 and 2 hold each other and nothing holds them; 3 and all after it are one long list held by a root. */
static void
test_reachable_by_hand (void)
{
  enum
  {
    N = 100000
  };
  g_autoptr (HpRecording) recording = random_events_new_recording ();
  HpEvent root = hp_event (HP_EVENT_ROOT, HP_KINDS (HP_VALUE_EMPTY, HP_VALUE_REF), 1, 0, 3);
  g_autoptr (HpMoment) moment = NULL;

  add_event (recording, hp_event (HP_EVENT_HEAP_PAGE_ADD, HP_SPACE_OLD, 8, N * 5 + 64, N * 5 + 64));
  for (HpRef ref = 1; ref <= N; ref++)
    {
      add_event (recording, hp_event (HP_EVENT_ALLOCATE, 1, ref, 8 + 5 * ref, HP_PLACE (5, HP_SPACE_OLD, FALSE)));
      if (ref == 2)
        add_link (recording, 2, 1);
      if (ref == 2 || ref > 3)
        add_link (recording, ref - 1, ref);
    }
  add_event (recording, root);
  moment = hp_moment_copy (hp_recording_head (recording));
  g_assert_false (hp_reachable_has (hp_moment_reachable (moment), 1));
  g_assert_false (hp_reachable_has (hp_moment_reachable (moment), 2));
  g_assert_true (hp_reachable_has (hp_moment_reachable (moment), 3));
  g_assert_true (hp_reachable_has (hp_moment_reachable (moment), N));
  hp_moment_revert (moment, &root);
  g_assert_false (hp_reachable_has (hp_moment_reachable (moment), 3));
}

/* ---- words ------------------------------------------------------------------------------------------------------- */

static void
test_describe (void)
{
  static const HpEvent STORY[] = {
    PAGE,
    MAIN,
    USER (1, 1056),
    E (HP_EVENT_ALLOCATE, 2, 2, 1061, HP_PLACE (3, HP_SPACE_OLD, FALSE)),
    E (HP_EVENT_LABEL, 0, 2, 0, 1),
    E (HP_EVENT_SLOT, HP_KINDS (0, HP_VALUE_REF), 1, 0, 2),
    E (HP_EVENT_LOCAL, HP_KINDS (0, HP_VALUE_REF), 1, 0, 1),
    E (HP_EVENT_ROOT, HP_KINDS (0, HP_VALUE_BOOLEAN), 2, 0, 1),
    USER (3, 1064),
    E (HP_EVENT_STATEMENT, 1, HP_LOCATION (2, 5), 0, 0),
  };
  g_autoptr (HpRecording) recording = random_events_new_recording ();
  g_autoptr (HpMoment) moment = NULL;
  g_autofree char *text = NULL;

  g_assert_true (hp_recording_append (recording, STORY, G_N_ELEMENTS (STORY), NULL));
  moment = hp_moment_copy (hp_recording_head (recording));
  text = hp_moment_describe (moment);
  g_assert_cmpstr (text,
                   ==,
                   "Step 10 · story.js:2\n"
                   "\n"
                   "Stack, 1 frame, newest first\n"
                   "  main\n"
                   "    a                —\n"
                   "    user             User #1\n"
                   "\n"
                   "Roots\n"
                   "    first            —\n"
                   "    second           true\n"
                   "    third            —\n"
                   "\n"
                   "Old space: 104 bytes in 1 heap page\n"
                   "  0x00002100    40 B  User #1  { name: “text 0” #2, friend: — }\n"
                   "  0x00002128    24 B  “text 0” #2\n"
                   "  0x00002140    40 B  User #3  { name: —, friend: — }  garbage\n"
                   "\n"
                   "Pages: 0 in RAM, 0 on disk only; faults so far: 0 minor, 0 major\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moment/every-type-is-made", test_every_type_is_made);
  g_test_add_func ("/moment/forwards-and-backwards", test_forwards_and_backwards);
  g_test_add_func ("/moment/another-future", test_another_future);
  g_test_add_func ("/moment/hostile-events", test_hostile_events);
  for (guint i = 0; i < G_N_ELEMENTS (REFUSALS); i++)
    {
      g_autofree char *path = g_strdup_printf ("/moment/refusal/%s", REFUSALS[i].name);

      g_test_add_data_func (path, &REFUSALS[i], test_refusal);
    }
  g_test_add_func ("/moment/huge-claims", test_huge_claims);
  g_test_add_func ("/moment/questions", test_questions);
  g_test_add_func ("/moment/reachable-by-hand", test_reachable_by_hand);
  g_test_add_func ("/moment/describe", test_describe);
  return g_test_run ();
}
