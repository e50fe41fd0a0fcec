/* events.c - tests of event packing, the emitter, definitions, the clock and random numbers
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/clock.h"
#include "base/random.h"

typedef struct
{
  GArray *events;
  guint batches;
  guint definitions;
} Heard;

static void
hear_events (gpointer self, const HpEvent *events, gsize n)
{
  Heard *heard = self;

  g_array_append_vals (heard->events, events, (guint) n);
  heard->batches++;
}

static void
hear_definition (gpointer self, const HpDefinitions *definitions, HpDefinitionKind kind, guint32 id)
{
  Heard *heard = self;

  g_assert_cmpuint (id, ==, hp_definitions_count (definitions, kind));
  heard->definitions++;
}

static void
test_emitter (void)
{
  Heard heard = { g_array_new (FALSE, FALSE, sizeof (HpEvent)), 0, 0 };
  HpListener listener = { hear_definition, hear_events, &heard };
  HpEmitter *emitter = hp_emitter_new (&listener);

  for (guint32 i = 0; i < HP_EMITTER_BATCH + 5; i++)
    hp_emit (emitter, HP_EVENT_MARK, 0, i, 0, 0);
  g_assert_cmpuint (heard.events->len, ==, HP_EMITTER_BATCH);
  hp_emit_slot (emitter, HP_EVENT_SLOT, HP_KINDS (HP_VALUE_EMPTY, HP_VALUE_REF), 0x12345, 7, 0, 9);
  hp_emitter_flush (emitter);
  g_assert_cmpuint (heard.batches, ==, 2);
  g_assert_cmpuint (heard.events->len, ==, HP_EMITTER_BATCH + 7);
  for (guint32 i = 0; i < HP_EMITTER_BATCH + 5; i++)
    g_assert_cmpuint (g_array_index (heard.events, HpEvent, i).x, ==, i);

  {
    const HpEvent *high = &g_array_index (heard.events, HpEvent, HP_EMITTER_BATCH + 5);

    g_assert_cmpint (hp_event_type (high), ==, HP_EVENT_SLOT_HIGH);
    g_assert_cmpuint (high->x << 16 | HP_SLOT_LOW_GET (hp_event_detail (high + 1)), ==, 0x12345);
    g_assert_cmpint (HP_KINDS_NEW (hp_event_detail (high + 1)), ==, HP_VALUE_REF);
    g_assert_cmpint (HP_KINDS_OLD (hp_event_detail (high + 1)), ==, HP_VALUE_EMPTY);
  }
  hp_emitter_free (emitter);
  g_array_unref (heard.events);
}

static void
test_silence (void)
{
  HpEmitter *emitter = hp_emitter_new (NULL);

  hp_emit (emitter, HP_EVENT_MARK, 0, 1, 0, 0);
  g_assert_cmpuint (emitter->n, ==, 0);
  g_assert_cmpuint (hp_emitter_define_string (emitter, "a"), ==, 1);
  hp_emitter_free (emitter);
}

static void
test_clock_splits_long_waits (void)
{
  Heard heard = { g_array_new (FALSE, FALSE, sizeof (HpEvent)), 0, 0 };
  HpListener listener = { NULL, hear_events, &heard };
  HpEmitter *emitter = hp_emitter_new (&listener);
  HpCounters counters = { 0 };
  HpClock clock = { emitter, &counters, 0 };
  guint64 told = 0;

  hp_clock_advance (&clock, G_GUINT64_CONSTANT (10000000000));
  hp_clock_flush (&clock);
  hp_clock_flush (&clock);
  hp_emitter_flush (emitter);
  for (guint i = 0; i < heard.events->len; i++)
    told += g_array_index (heard.events, HpEvent, i).x;
  g_assert_cmpuint (heard.events->len, ==, 3);
  g_assert_cmpuint (told, ==, G_GUINT64_CONSTANT (10000000000));
  g_assert_cmpuint (counters.time_ns, ==, told);
  hp_emitter_free (emitter);
  g_array_unref (heard.events);
}

/* 10 s, of them 6 waiting, in pieces of 4.3 s: each has its share, and nothing is lost. All waiting stays all. */
static void
test_clock_splits_waiting (void)
{
  Heard heard = { g_array_new (FALSE, FALSE, sizeof (HpEvent)), 0, 0 };
  HpListener listener = { hear_definition, hear_events, &heard };
  HpCounters counters = { 0 };
  HpClock clock = { .emitter = hp_emitter_new (&listener), .counters = &counters };
  const guint32 most = G_MAXUINT32, rest = (guint32) (G_GUINT64_CONSTANT (10000000000) - 2 * (guint64) most);
  const guint32 expected[][2] = { { most, (guint32) (most * 0.6) },
                                  { most, (guint32) (most * 0.6) },
                                  { rest, (guint32) (G_GUINT64_CONSTANT (6000000000) - 2 * (guint64) (most * 0.6)) },
                                  { most, most },
                                  { 5, 5 } };

  hp_clock_advance (&clock, G_GUINT64_CONSTANT (4000000000));
  hp_clock_wait (&clock, G_GUINT64_CONSTANT (6000000000));
  hp_clock_flush (&clock);
  hp_clock_wait (&clock, G_GUINT64_CONSTANT (4294967300));
  hp_clock_flush (&clock);
  hp_emitter_flush (clock.emitter);
  g_assert_cmpuint (counters.waiting_ns, ==, G_GUINT64_CONSTANT (10294967300));
  g_assert_cmpuint (heard.events->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < heard.events->len; i++)
    {
      g_assert_cmpuint (g_array_index (heard.events, HpEvent, i).x, ==, expected[i][0]);
      g_assert_cmpuint (g_array_index (heard.events, HpEvent, i).y, ==, expected[i][1]);
    }
  hp_emitter_free (clock.emitter);
  g_array_unref (heard.events);
}

static void
test_definitions (void)
{
  static const char *const SLOTS[] = { "name", "hobbies" };
  static const char *const LOCALS[] = { "a", "b", NULL };
  HpShape shape = { 0, "User", HP_SHAPE_OBJECT, HP_TAIL_NONE, 3, 2, SLOTS };
  HpShape string = { 0, "string", HP_SHAPE_STRING, HP_TAIL_BYTES, 2, 0, NULL };
  HpFunction function = { 0, "add", 4, 2, 3, LOCALS };
  g_autoptr (HpDefinitions) definitions = hp_definitions_new ();

  g_assert_cmpuint (hp_definitions_add_shape (definitions, &shape), ==, 1);
  g_assert_cmpuint (hp_definitions_add_shape (definitions, &string), ==, 2);
  g_assert_cmpuint (hp_definitions_add_function (definitions, &function), ==, 1);
  g_assert_cmpuint (hp_definitions_add_string (definitions, "x"), ==, 1);
  g_assert_cmpuint (hp_definitions_add_string (definitions, "y"), ==, 2);
  g_assert_cmpuint (hp_definitions_add_string (definitions, "x"), ==, 1);
  g_assert_cmpstr (hp_definitions_shape (definitions, 1)->slot_names[1], ==, "hobbies");
  g_assert_cmpuint (hp_definitions_shape (definitions, 2)->id, ==, 2);
  g_assert_null (hp_definitions_function (definitions, 1)->local_names[2]);
  g_assert_null (hp_definitions_shape (definitions, 3));
  g_assert_null (hp_definitions_shape (definitions, 0));
}

/* V8's sizes for Node 20: v8-facts section 7. */
static void
test_shape_sizes (void)
{
  HpShape number = { 0, "number", HP_SHAPE_NUMBER, HP_TAIL_NONE, 2, 0, NULL };
  HpShape elements = { 0, "FixedArray", HP_SHAPE_ELEMENTS, HP_TAIL_SLOTS, 2, 0, NULL };
  HpShape string = { 0, "string", HP_SHAPE_STRING, HP_TAIL_BYTES, 2, 0, NULL };
  HpShape marker = { 0, "marker", HP_SHAPE_OTHER, HP_TAIL_NONE, 1, 0, NULL };

  g_assert_cmpuint (hp_shape_size_words (&number, 0) * HP_WORD_BYTES, ==, 16);
  g_assert_cmpuint (hp_shape_size_words (&elements, 17) * HP_WORD_BYTES, ==, 16 + 8 * 17);
  g_assert_cmpuint (hp_shape_count_slots (&elements, 2 + 17), ==, 17);
  g_assert_cmpuint (hp_shape_size_words (&string, 2) * HP_WORD_BYTES, ==, 24);
  g_assert_cmpuint (hp_shape_size_words (&string, 8) * HP_WORD_BYTES, ==, 24);
  g_assert_cmpuint (hp_shape_size_words (&string, 9) * HP_WORD_BYTES, ==, 32);
  g_assert_cmpuint (hp_shape_count_slots (&string, 4), ==, 0);
  g_assert_cmpuint (hp_shape_size_words (&marker, 0) * HP_WORD_BYTES, ==, 16);
}

static void
test_random_is_the_same_everywhere (void)
{
  HpRandom a, b;
  guint counts[6] = { 0 };

  hp_random_seed (&a, 1);
  hp_random_seed (&b, 2);
  g_assert_cmpuint (hp_random_next (&a), !=, hp_random_next (&b));
  hp_random_seed (&b, 1);
  hp_random_next (&b);
  for (guint i = 0; i < 60000; i++)
    {
      guint32 drawn = hp_random_below (&a, 6);

      g_assert_cmpuint (drawn, ==, hp_random_below (&b, 6));
      g_assert_cmpuint (drawn, <, 6);
      counts[drawn]++;
    }
  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (ABS ((int) counts[i] - 10000), <, 500);
}

static void
test_names (void)
{
  for (int type = 0; type < HP_N_EVENT_TYPES; type++)
    g_assert_nonnull (hp_event_type_name (type));
  g_assert_null (hp_event_type_name (HP_N_EVENT_TYPES));
  for (int operation = 0; operation < HP_N_OPERATIONS; operation++)
    g_assert_nonnull (hp_operation_name (operation));
  for (int phase = 0; phase < HP_N_PHASES; phase++)
    g_assert_nonnull (hp_phase_name (phase));
  for (int space = 0; space < HP_N_SPACES; space++)
    g_assert_nonnull (hp_space_name (space));
  for (int ending = 0; ending < HP_N_ENDINGS; ending++)
    g_assert_nonnull (hp_ending_name (ending));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/events/emitter", test_emitter);
  g_test_add_func ("/events/silence", test_silence);
  g_test_add_func ("/events/clock-splits-long-waits", test_clock_splits_long_waits);
  g_test_add_func ("/events/clock-splits-waiting", test_clock_splits_waiting);
  g_test_add_func ("/events/definitions", test_definitions);
  g_test_add_func ("/events/shape-sizes", test_shape_sizes);
  g_test_add_func ("/events/random", test_random_is_the_same_everywhere);
  g_test_add_func ("/events/names", test_names);
  return g_test_run ();
}
