/* first-steps.c - the guided program keeps its promises: what each chapter tells really happens in it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/run.h"

#include <string.h>

#define N_CHAPTERS 4

/* A performed run: its machine, for the definitions, and its events. */
typedef struct
{
  HpHost *host;
  HpMachine *machine;
  GArray *events; /* of HpEvent */
} Performance;

static void
add_events (gpointer events, const HpEvent *added, gsize n)
{
  g_array_append_vals (events, added, (guint) n);
}

/* The plugins of the build, whatever is installed. */
static HpHost *
open_host (void)
{
  const char *folders[] = { g_getenv ("HEAPARIUM_PLUGIN_PATH"), NULL };

  g_assert_nonnull (folders[0]);
  return hp_host_new (folders);
}

static Performance
perform (const char *policy)
{
  Performance self = { open_host (), NULL, g_array_new (FALSE, FALSE, sizeof (HpEvent)) };
  HpListener listener = { .events = add_events, .self = self.events };
  HpRunOptions options = { .verify = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpRun) run = hp_run_new (self.host, "first-steps", &error);

  g_assert_no_error (error);
  if (policy != NULL)
    g_assert_true (hp_run_set_policy (run, policy, NULL));
  self.machine = hp_run_perform (run, &listener, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hp_machine_ending_message (self.machine), ==, NULL);
  g_assert_cmpint (hp_machine_ending (self.machine), ==, HP_ENDING_COMPLETED);
  return self;
}

static void
performance_clear (Performance *self)
{
  hp_machine_free (self->machine);
  hp_host_free (self->host);
  g_array_unref (self->events);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Performance, performance_clear)

static const HpEvent *
event_at (const Performance *self, guint i)
{
  return &g_array_index (self->events, HpEvent, i);
}

static const char *
string_of (const Performance *self, guint32 id)
{
  return hp_definitions_string (hp_machine_definitions (self->machine), id);
}

/* What happened in one chapter. */
typedef struct
{
  const char *title;
  guint events[HP_N_EVENT_TYPES];
  guint scavenges;
  guint full_collections;
  guint copies;
  guint promotions;
  guint moves_in_old_space;
  guint frees_in_old_space;
  guint major_faults_in_full_collections;
} Tally;

static void
count_move (Tally *tally, HpSpace from, HpSpace to)
{
  tally->copies += hp_space_is_young (from) && hp_space_is_young (to);
  tally->promotions += hp_space_is_young (from) && to == HP_SPACE_OLD;
  tally->moves_in_old_space += from == HP_SPACE_OLD && to == HP_SPACE_OLD;
}

/* @collection: the kind under way when @event came. */
static void
count_event (Tally *tally, const HpEvent *event, HpCollectionKind collection)
{
  guint32 detail = hp_event_detail (event);

  tally->events[hp_event_type (event)]++;
  switch (hp_event_type (event))
    {
    case HP_EVENT_COLLECTION_BEGIN:
      tally->scavenges += detail == HP_COLLECTION_YOUNG;
      tally->full_collections += detail == HP_COLLECTION_FULL;
      break;
    case HP_EVENT_MOVE:
      count_move (tally, HP_MOVE_FROM (detail), HP_MOVE_TO (detail));
      break;
    case HP_EVENT_FREE:
      tally->frees_in_old_space += detail == HP_SPACE_OLD;
      break;
    case HP_EVENT_FAULT:
      tally->major_faults_in_full_collections += collection == HP_COLLECTION_FULL && (detail & 0xff) == HP_FAULT_MAJOR;
      break;
    default:
      break;
    }
}

/* Tallies by chapter; [0] is what comes before the first. */
static void
tally_chapters (const Performance *self, Tally tallies[N_CHAPTERS + 1])
{
  HpCollectionKind collection = HP_COLLECTION_NONE;
  guint chapter = 0;

  for (guint i = 0; i < self->events->len; i++)
    {
      const HpEvent *event = event_at (self, i);

      if (hp_event_type (event) == HP_EVENT_CHAPTER)
        {
          g_assert_cmpuint (++chapter, <=, N_CHAPTERS);
          tallies[chapter].title = string_of (self, event->x);
        }
      if (hp_event_type (event) == HP_EVENT_COLLECTION_BEGIN)
        collection = hp_event_detail (event);
      count_event (&tallies[chapter], event, collection);
      if (hp_event_type (event) == HP_EVENT_COLLECTION_END)
        collection = HP_COLLECTION_NONE;
    }
}

static void
test_chapters (void)
{
  g_auto (Performance) performance = perform (NULL);
  Tally tallies[N_CHAPTERS + 1] = { 0 };

  tally_chapters (&performance, tallies);
  for (guint i = 2; i <= N_CHAPTERS; i++)
    g_assert_cmpstr (tallies[i].title, !=, tallies[i - 1].title);

  g_assert_cmpuint (tallies[1].events[HP_EVENT_CALL], ==, 3);
  g_assert_cmpuint (tallies[1].events[HP_EVENT_RETURN], ==, 2);
  g_assert_cmpuint (tallies[1].events[HP_EVENT_ALLOCATE], ==, 0);

  g_assert_cmpuint (tallies[2].events[HP_EVENT_ALLOCATE], ==, 8);
  g_assert_cmpuint (tallies[2].scavenges + tallies[2].full_collections, ==, 0);

  g_assert_cmpuint (tallies[3].scavenges, ==, 3);
  g_assert_cmpuint (tallies[3].full_collections, ==, 0);
  g_assert_cmpuint (tallies[3].events[HP_EVENT_FLIP], ==, 3);
  g_assert_cmpuint (
      tallies[3].copies, ==, 8 + 1 + 2); /* user's family, greeting and a line; a line; the point and a line */
  g_assert_cmpuint (tallies[3].promotions, ==, 7);
  g_assert_cmpuint (tallies[3].events[HP_EVENT_REMEMBER], ==, 1);

  g_assert_cmpuint (tallies[4].full_collections, ==, 3);
  g_assert_cmpuint (tallies[4].frees_in_old_space, >, 0);
  g_assert_cmpuint (tallies[4].moves_in_old_space, >, 0);
  g_assert_cmpuint (tallies[4].events[HP_EVENT_EVICT], >, 0);
  g_assert_cmpuint (tallies[4].major_faults_in_full_collections, >, 0);
}

/* Where chapter 2 ends, two locals refer to the first object, and its first slot to one that readers know as Alice. */
static void
test_two_references (void)
{
  g_auto (Performance) performance = perform (NULL);
  HpRef locals[8] = { 0 };
  guint depth = 0;
  guint chapter = 0;
  guint n = 0;
  HpRef name = HP_REF_NONE;
  const char *label = NULL;

  for (guint i = 0; chapter < 3; i++)
    {
      const HpEvent *event = event_at (&performance, i);
      HpEventType type = hp_event_type (event);
      guint32 detail = hp_event_detail (event);

      depth += type == HP_EVENT_CALL;
      depth -= type == HP_EVENT_RETURN;
      chapter += type == HP_EVENT_CHAPTER;
      if (type == HP_EVENT_LOCAL && depth == 1)
        locals[event->x] = HP_KINDS_NEW (detail) == HP_VALUE_REF ? event->z : HP_REF_NONE;
      if (type == HP_EVENT_SLOT && event->x == 1 && HP_SLOT_LOW_GET (detail) == 0)
        name = event->z;
      if (type == HP_EVENT_LABEL && event->x == 2)
        label = string_of (&performance, event->z);
    }
  for (guint i = 0; i < G_N_ELEMENTS (locals); i++)
    n += locals[i] == 1;
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (name, ==, 2);
  g_assert_cmpstr (label, ==, "Alice");
}

static void
check_explanation (const char *explanation)
{
  g_assert_nonnull (explanation);
  g_assert_true (g_utf8_validate (explanation, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (explanation, -1), >=, 40);
  g_assert_cmpint (g_utf8_strlen (explanation, -1), <=, 230);
  g_assert_true (strchr (".)", explanation[strlen (explanation) - 1]) != NULL);
}

/* At the end of each operation some sentence stands that was said for it. */
static void
test_every_operation_is_explained (void)
{
  g_auto (Performance) performance = perform (NULL);
  const char *explanation = NULL;
  guint n = 0;

  for (guint i = 0; i < performance.events->len; i++)
    {
      const HpEvent *event = event_at (&performance, i);

      if (hp_event_type (event) == HP_EVENT_EXPLAIN)
        explanation = string_of (&performance, event->x);
      if (hp_event_type (event) == HP_EVENT_OPERATION && n++ > 0)
        check_explanation (explanation);
    }
  g_assert_cmpuint (n, ==, hp_machine_counters (performance.machine)->operations);
  g_assert_cmpuint (n, >=, 100);
  g_assert_cmpuint (n, <=, 310);
}

/* In chapter 3 the sentence that stands while a scavenge begins says that to-space is full, and no other one says so.
 */
static void
test_scavenges_are_foretold (void)
{
  g_auto (Performance) performance = perform (NULL);
  const char *explanation = "";
  guint chapter = 0;
  guint n_told = 0;

  for (guint i = 0; chapter < 4; i++)
    {
      const HpEvent *event = event_at (&performance, i);
      HpEventType type = hp_event_type (event);

      chapter += type == HP_EVENT_CHAPTER;
      if (type == HP_EVENT_EXPLAIN)
        explanation = string_of (&performance, event->x);
      n_told += type == HP_EVENT_EXPLAIN && g_str_has_prefix (explanation, "To-space ");
      if (type == HP_EVENT_COLLECTION_BEGIN)
        g_assert_true (g_str_has_prefix (explanation, "To-space "));
    }
  g_assert_cmpuint (n_told, ==, 3);
}

/* A statement is a place in the text. */
static void
test_places (void)
{
  g_auto (Performance) performance = perform (NULL);
  const HpSource *source = hp_definitions_source (hp_machine_definitions (performance.machine), 1);
  g_auto (GStrv) lines = g_strsplit (source->text, "\n", -1);
  guint n = 0;

  g_assert_cmpuint (g_strv_length (lines), >=, 40);
  g_assert_cmpuint (g_strv_length (lines), <=, 60);
  for (guint i = 0; i < performance.events->len; i++)
    {
      const HpEvent *event = event_at (&performance, i);

      if (hp_event_type (event) != HP_EVENT_STATEMENT)
        continue;
      n++;
      g_assert_cmpuint (HP_LOCATION_LINE (event->x), >=, 1);
      g_assert_cmpuint (HP_LOCATION_LINE (event->x), <=, g_strv_length (lines));
      g_assert_cmpuint (HP_LOCATION_COLUMN (event->x), <=, strlen (lines[HP_LOCATION_LINE (event->x) - 1]));
    }
  g_assert_cmpuint (n, >=, 40);
}

static void
assert_same_events (const Performance *a, const Performance *b)
{
  g_assert_cmpmem (
      a->events->data, a->events->len * sizeof (HpEvent), b->events->data, b->events->len * sizeof (HpEvent));
}

static void
test_same_every_time (void)
{
  g_auto (Performance) once = perform (NULL);
  g_auto (Performance) again = perform (NULL);
  g_auto (Performance) by_default = perform ("default");

  assert_same_events (&once, &again);
  assert_same_events (&once, &by_default);
}

static guint
count_type (const Performance *self, HpEventType type)
{
  guint n = 0;

  for (guint i = 0; i < self->events->len; i++)
    n += hp_event_type (event_at (self, i)) == type;
  return n;
}

/* A policy changes what the collector does and what is said about it, never what the program does. */
static void
test_same_program_under_another_policy (void)
{
  g_auto (Performance) one = perform (NULL);
  g_auto (Performance) other = perform ("promote-at-n");

  for (guint type = HP_EVENT_CALL; type <= HP_EVENT_LABEL; type++)
    g_assert_cmpuint (count_type (&one, type), ==, count_type (&other, type));
  g_assert_cmpuint (hp_machine_counters (one.machine)->copied_bytes, >, 0);
  g_assert_cmpuint (hp_machine_counters (other.machine)->copied_bytes, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/first-steps/chapters", test_chapters);
  g_test_add_func ("/first-steps/two-references", test_two_references);
  g_test_add_func ("/first-steps/every-operation-is-explained", test_every_operation_is_explained);
  g_test_add_func ("/first-steps/scavenges-are-foretold", test_scavenges_are_foretold);
  g_test_add_func ("/first-steps/places", test_places);
  g_test_add_func ("/first-steps/same-every-time", test_same_every_time);
  g_test_add_func ("/first-steps/same-program-under-another-policy", test_same_program_under_another_policy);
  return g_test_run ();
}
