/* machine.c - presets, settings, endings: what a scenario can and cannot do
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/parameters.h"

#include <string.h>

static HpMachine *
make_machine (const char *preset, const HpListener *listener)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new (preset, NULL);

  return hp_machine_new (settings, NULL, listener, NULL);
}

static void
append_events (gpointer data, const HpEvent *events, gsize n)
{
  g_array_append_vals (data, events, (guint) n);
}

/* ---- settings
 * ---------------------------------------------------------------------------------------------------------- */

static void
test_presets (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSettings) classroom = hp_machine_settings_new ("classroom", NULL);
  g_autoptr (HpSettings) node = hp_machine_settings_new ("node-20", NULL);
  gsize n = 0;

  g_assert_cmpstr (hp_machine_parameters (&n)[0].name, ==, "preset");
  g_assert_cmpuint (hp_settings_count (classroom), ==, n);
  g_assert_cmpint (hp_settings_get_integer (classroom, "heap-page-size"), ==, 1024);
  g_assert_cmpint (hp_settings_get_integer (node, "heap-page-size"), ==, 262144);
  g_assert_cmpint (hp_settings_get_integer (node, "max-semi-space-size"), ==, 16 << 20);
  g_assert_cmpstr (hp_settings_get_text (node, "preset"), ==, "node-20");
  g_assert_false (hp_settings_is_changed (node, "heap-page-size"));
  g_assert_null (hp_machine_settings_new ("node-2", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "preset: found “node-2”, expected one of classroom|node-20|node-24");
}

/* The setting `replacement` offers each built-in policy, in the order of their table. */
static void
test_replacement_choices (void)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  gsize n_parameters, n_policies;
  const HpParameter *row = hp_machine_parameters (&n_parameters);
  const HpReplacementPolicy *const *policies = hp_replacement_policies (&n_policies);

  while (!g_str_equal (row->name, "replacement"))
    row++;
  for (gsize i = 0; i < n_policies; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? "|" : "", policies[i]->id);
  g_assert_cmpstr (row->choices, ==, ids->str);
}

/* What V8 gives itself in containers: maximum of the old generation, one half of new space, and both halves and as much
 * for large objects on top. In units of half a megabyte. */
static void
test_physical_memory (void)
{
  static const struct
  {
    const char *memory;
    guint64 old, semi, limit;
  } ROWS[] = {
    { "256M", 512, 2, 518 },     { "512M", 512, 2, 518 },      { "768M", 768, 8, 792 },     { "1G", 1024, 8, 1048 },
    { "1536M", 1536, 16, 1584 }, { "2G", 2048, 16, 2096 },     { "2049M", 2049, 32, 2145 }, { "4G", 4096, 32, 4192 },
    { "15G", 4096, 32, 4192 },   { "15872M", 8192, 32, 8288 }, { "16G", 8192, 32, 8288 },   { "64G", 8192, 32, 8288 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (HpSettings) settings = hp_machine_settings_new ("node-20", NULL);
      HpMachineConfig config;

      g_assert_true (hp_settings_set (settings, "physical-memory", ROWS[i].memory, NULL));
      g_assert_true (hp_machine_config_read (&config, settings, NULL));
      g_assert_cmpuint (config.heap.max_old_bytes, ==, ROWS[i].old << 19);
      g_assert_cmpuint (config.gc.max_semi_bytes, ==, ROWS[i].semi << 19);
      g_assert_cmpuint (config.heap.max_old_bytes + 3 * config.gc.max_semi_bytes, ==, ROWS[i].limit << 19);
    }
}

static void
test_heap_sizes (void)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("node-24", NULL);
  HpMachineConfig config;

  g_assert_true (hp_machine_config_read (&config, settings, NULL));
  g_assert_cmpuint (config.gc.max_semi_bytes, ==, 64 << 20);
  g_assert_true (hp_settings_set (settings, "max-heap-size", "512", NULL));
  g_assert_true (hp_machine_config_read (&config, settings, NULL));
  g_assert_cmpuint (config.heap.max_old_bytes >> 20, ==, 500);
  g_assert_cmpuint (config.gc.max_semi_bytes, ==, 4 << 20);
  /* What is given holds. */
  g_assert_true (hp_settings_set (settings, "max-heap-size", "0", NULL));
  g_assert_true (hp_settings_set (settings, "physical-memory", "512M", NULL));
  g_assert_true (hp_settings_set (settings, "max-old-space-size", "300", NULL));
  g_assert_true (hp_settings_set (settings, "max-semi-space-size", "3", NULL));
  g_assert_true (hp_machine_config_read (&config, settings, NULL));
  g_assert_cmpuint (config.heap.max_old_bytes, ==, 300 << 20);
  g_assert_cmpuint (config.gc.max_semi_bytes, ==, 4 << 20);
}

static void
assert_refused (const char *name, const char *value, const char *message)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("classroom", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (hp_settings_set (settings, name, value, NULL));
  g_assert_null (hp_machine_new (settings, NULL, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_contradictions (void)
{
  assert_refused ("page-size", "300", "page-size: found 300, expected a power of two");
  assert_refused ("heap-page-size", "3000", "heap-page-size: found 3000, expected a power of two");
  assert_refused ("max-regular-object-size",
                  "2K",
                  "heap-page-size: found 1024, expected at least 2048, which is page-header and "
                  "max-regular-object-size");
  assert_refused ("min-semi-space-size",
                  "4K",
                  "max-semi-space-size: found 2048, expected at least 4096, which is min-semi-space-size");
  assert_refused ("ram", "128", "ram: found 128, expected at least 256, which is page-size");
}

/* ---- endings
 * ----------------------------------------------------------------------------------------------------------- */

typedef struct
{
  HpMachine *machine;
  guint32 pair, root, function;
  HpRef live, dead;
} Scene;

static void
init (Scene *self)
{
  HpShape pair = { .name = "Pair", .header_words = 1, .n_slots = 2 };
  HpFunction function = { .name = "f", .overhead_words = 9, .n_parameters = 1, .n_locals = 2 };

  self->machine = make_machine ("classroom", NULL);
  self->pair = hp_machine_define_shape (self->machine, &pair);
  self->root = hp_machine_define_root (self->machine, "root");
  self->function = hp_machine_define_function (self->machine, &function);
  self->dead = hp_machine_allocate (self->machine, self->pair, 0);
  self->live = hp_machine_allocate (self->machine, self->pair, 0);
  hp_machine_set_root (self->machine, self->root, hp_value_ref (self->live));
  hp_machine_collect (self->machine, HP_COLLECTION_YOUNG);
}

static void
expect_error (Scene *self, const char *message)
{
  g_assert_false (hp_machine_is_running (self->machine));
  g_assert_cmpint (hp_machine_ending (self->machine), ==, HP_ENDING_SCENARIO_ERROR);
  g_assert_cmpstr (hp_machine_ending_message (self->machine), ==, message);
  /* every operation does nothing from here on */
  g_assert_cmpuint (hp_machine_allocate (self->machine, self->pair, 0), ==, HP_REF_NONE);
  g_assert_false (hp_machine_call (self->machine, self->function));
  hp_machine_return (self->machine);
  hp_machine_collect (self->machine, HP_COLLECTION_FULL);
  hp_machine_finish (self->machine);
  g_assert_cmpstr (hp_machine_ending_message (self->machine), ==, message);
  hp_machine_free (self->machine);
}

#define TEST_ERROR(statement, message) \
  G_STMT_START                         \
  {                                    \
    Scene scene;                       \
    HpMachine *m;                      \
    init (&scene);                     \
    m = scene.machine;                 \
    statement;                         \
    expect_error (&scene, message);    \
  }                                    \
  G_STMT_END

static gboolean
call_with_ref (HpMachine *machine, guint32 function, HpRef ref)
{
  const HpValue argument = hp_value_ref (ref);

  return hp_machine_call_with (machine, function, &argument, 1);
}

static void
test_errors (void)
{
  TEST_ERROR (hp_machine_return (m), "return: the call stack is empty");
  TEST_ERROR (hp_machine_set_local (m, 0, hp_value_undefined ()), "set local: the call stack is empty");
  TEST_ERROR (hp_machine_call (m, 2), "call: there is no function 2");
  TEST_ERROR (hp_machine_call_with (m, scene.function, (HpValue[2]){ 0 }, 2),
              "call: function 1 has 1 parameters, not 2");
  TEST_ERROR (call_with_ref (m, scene.function, scene.dead),
              "call: object 1 was collected; nothing referred to it any more");
  TEST_ERROR (hp_machine_call (m, scene.function);
              hp_machine_get_local (m, 2), "get local: the frame has no local 2, only 2");
  TEST_ERROR (hp_machine_set_root (m, 9, hp_value_undefined ()), "set root: there is no root 9");
  TEST_ERROR (hp_machine_allocate (m, 7, 0), "allocate: there is no shape 7");
  TEST_ERROR (hp_machine_read (m, scene.dead, 0), "read: object 1 was collected; nothing referred to it any more");
  TEST_ERROR (hp_machine_write (m, 99, 0, hp_value_undefined ()), "write: object 99 was not allocated yet");
  TEST_ERROR (hp_machine_write (m, 0, 0, hp_value_undefined ()), "write: no object was named");
  TEST_ERROR (hp_machine_write (m, scene.live, 2, hp_value_undefined ()), "write: object 2 has no slot 2, only 2");
  TEST_ERROR (hp_machine_write (m, scene.live, 0, hp_value_ref (scene.dead)),
              "write: object 1 was collected; nothing referred to it any more");
  TEST_ERROR (hp_machine_write (m, scene.live, 0, ((HpValue){ 9, 0 })), "write: there is no kind of value 9");
  TEST_ERROR (hp_machine_label (m, scene.dead, "x"), "label: there is no object 1");
  TEST_ERROR (hp_machine_collect (m, HP_COLLECTION_NONE), "collect: there is no kind of collection 0");
  TEST_ERROR (hp_machine_statement (m, 1, 1, 1), "statement: there is no source 1");
  TEST_ERROR (hp_machine_fail (m, "line %d: bad", 3), "line 3: bad");
  TEST_ERROR (hp_machine_define_shape (m, &(HpShape){ .name = "Bad" }), "shape “Bad”: its numbers are out of range");
}

/* Arguments lie in the first locals of the new frame, whatever was there before, and the other locals are empty. */
static void
check_arguments (HpMachine *machine, guint32 function, guint32 n)
{
  const HpValue arguments[] = { hp_value_integer (-7), hp_value_boolean (TRUE), hp_value_undefined () };
  guint64 operations = hp_machine_counters (machine)->operations;

  g_assert_true (hp_machine_call_with (machine, function, arguments, n));
  g_assert_cmpuint (hp_machine_counters (machine)->operations, ==, operations + 1);
  for (guint32 i = 0; i < 4; i++)
    {
      g_assert_true (hp_value_equal (hp_machine_get_local (machine, i), i < n ? arguments[i] : HP_VALUE_NOTHING));
      hp_machine_set_local (machine, i, hp_value_integer (99));
    }
  hp_machine_return (machine);
}

static void
test_arguments (void)
{
  const HpFunction wide = { .name = "g", .overhead_words = 5, .n_parameters = 3, .n_locals = 4 };

  for (guint told = 0; told < 2; told++)
    {
      g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (HpEvent));
      HpListener listener = { .events = append_events, .self = events };
      HpMachine *machine = make_machine ("classroom", told ? &listener : NULL);
      guint32 function = hp_machine_define_function (machine, &wide);

      for (guint32 n = 0; n <= 3; n++)
        check_arguments (machine, function, n);
      g_assert_true (hp_machine_is_running (machine));
      hp_machine_free (machine);
    }
}

static void
test_stack_overflow (void)
{
  Scene scene;
  guint n = 0;

  init (&scene);
  while (hp_machine_call (scene.machine, scene.function))
    n++;
  g_assert_cmpuint (n, ==, 2048 / 8 / 11);
  g_assert_true (hp_machine_is_running (scene.machine)); /* it is an exception, not the end */
  hp_machine_fail_stack_overflow (scene.machine);
  g_assert_cmpint (hp_machine_ending (scene.machine), ==, HP_ENDING_STACK_OVERFLOW);
  hp_machine_free (scene.machine);
}

static void
test_cancel (void)
{
  Scene scene;

  init (&scene);
  hp_machine_cancel (scene.machine);
  g_assert_false (hp_machine_is_running (scene.machine));
  g_assert_cmpuint (hp_machine_allocate (scene.machine, scene.pair, 0), ==, HP_REF_NONE);
  hp_machine_finish (scene.machine);
  g_assert_cmpint (hp_machine_ending (scene.machine), ==, HP_ENDING_CANCELLED);
  hp_machine_free (scene.machine);
}

static void
test_event_limit (void)
{
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (HpEvent));
  g_autoptr (HpMachine) machine = make_machine ("classroom", &(HpListener){ NULL, append_events, events });

  hp_machine_set_event_limit (machine, 1000);
  while (hp_machine_is_running (machine))
    hp_machine_mark (machine, "again");
  hp_machine_finish (machine);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_EVENT_LIMIT);
  g_assert_cmpuint (events->len, >=, 1000);
  g_assert_cmpuint (events->len, <, 1010);
  g_assert_cmpint (hp_event_type (&g_array_index (events, HpEvent, events->len - 1)), ==, HP_EVENT_END);
}

/* ---- memory traces
 * ------------------------------------------------------------------------------------------------------ */

/* Ten pages three times over in 64 page frames: ten faults, and 20 touches that leave no event but are counted. */
static void
test_touches (void)
{
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (HpEvent));
  g_autoptr (HpMachine) machine = make_machine ("node-20", &(HpListener){ NULL, append_events, events });
  guint64 told = 0, faults = 0;

  for (guint i = 0; i < 30; i++)
    hp_machine_touch (machine, (guint64) (i % 10) << 12, FALSE);
  hp_machine_finish (machine);
  for (guint i = 0; i < events->len; i++)
    {
      const HpEvent *event = &g_array_index (events, HpEvent, i);

      if (hp_event_type (event) == HP_EVENT_OPERATION)
        told += 1 + event->x;
      faults += hp_event_type (event) == HP_EVENT_FAULT;
    }
  g_assert_cmpuint (faults, ==, 10);
  g_assert_cmpuint (hp_machine_counters (machine)->minor_faults, ==, 10);
  g_assert_cmpuint (hp_machine_counters (machine)->operations, ==, 30);
  g_assert_cmpuint (told, ==, 30);
}

static void
insert_nothing (gpointer self, HpReplacementContext *context, guint32 frame, guint32 page)
{
}

static guint32
evict_newest (gpointer self, HpReplacementContext *context, guint32 page)
{
  return hp_replacement_n_frames (context) - 1;
}

/* Pages 0, 1, 2, 0, 1, 2 in two frames: who always empties the last one keeps page 0, and misses the rest each time. */
static void
test_replacement_of_a_policy (void)
{
  static const HpReplacementPolicy NEWEST = {
    .struct_size = sizeof NEWEST, .id = "newest", .insert = insert_nothing, .victim = evict_newest
  };
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("node-20", NULL);
  g_autoptr (HpMachine) usual = NULL;
  g_autoptr (HpMachine) machine = NULL;

  g_assert_true (hp_settings_set (settings, "ram", "8K", NULL));
  usual = hp_machine_new (settings, NULL, NULL, NULL);
  machine = hp_machine_new (settings, &(HpPolicies){ .replacement = &NEWEST }, NULL, NULL);
  for (guint i = 0; i < 6; i++)
    {
      hp_machine_touch (usual, (guint64) (i % 3) << 12, FALSE);
      hp_machine_touch (machine, (guint64) (i % 3) << 12, FALSE);
    }
  g_assert_cmpuint (hp_machine_counters (usual)->evictions, ==, 4);
  g_assert_cmpuint (hp_machine_counters (machine)->evictions, ==, 3);
}

/* ---- objects with contents, sites, stores ------------------------------------------------------------------------ */

typedef struct
{
  guint n_objects;
  GString *stores;
} Told;

static Told told;

static gpointer
create_told (HpGcContext *context)
{
  return &told;
}

static void
count_object (gpointer self, HpGcContext *context, HpRef object)
{
  g_assert_cmpuint (object, ==, ++told.n_objects);
}

static void
note_store (gpointer self, HpGcContext *context, HpRef host, guint32 slot, HpRef before, HpRef after)
{
  g_string_append_printf (told.stores, "%u.%u:%u>%u ", host, slot, before, after);
}

/* The program is the same whether a policy wants to know of it or not: the quick way and the slow one. */
static void
perform_stores (const HpGcPolicy *policy, HpCounters *counters)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("node-20", NULL);
  g_autoptr (HpMachine) machine = hp_machine_new (settings, &(HpPolicies){ .gc = policy }, NULL, NULL);
  guint32 pair = hp_machine_define_shape (machine, &(HpShape){ .name = "Pair", .header_words = 3, .n_slots = 2 });
  guint32 site = hp_machine_define_site (machine, "new Pair ()");
  guint32 root = hp_machine_define_root (machine, "root");
  HpRef first = hp_machine_allocate (machine, pair, 0);
  HpRef second;

  hp_machine_set_root (machine, root, hp_value_ref (first));
  second = hp_machine_allocate_with (machine, pair, 0, (HpValue[]){ hp_value_integer (7), hp_value_ref (first) }, 2);
  hp_machine_write (machine, first, 0, hp_value_ref (second));
  g_assert_cmpuint (hp_machine_allocate_at (machine, pair, 0, site), ==, 3);
  hp_machine_write (machine, first, 0, hp_value_ref (first));
  hp_machine_write (machine, first, 0, hp_value_undefined ());
  g_assert_true (hp_value_equal (hp_machine_read (machine, second, 0), hp_value_integer (7)));
  g_assert_true (hp_value_equal (hp_machine_read (machine, second, 1), hp_value_ref (first)));
  hp_machine_finish (machine);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_COMPLETED);
  *counters = *hp_machine_counters (machine);
}

static void
test_stores_are_told (void)
{
  HpGcPolicy policy = {
    .struct_size = sizeof policy, .create = create_told, .allocated = count_object, .stored = note_store
  };
  HpCounters quick, slow;

  told = (Told){ 0, g_string_new (NULL) };
  perform_stores (NULL, &quick);
  perform_stores (&policy, &slow);
  g_assert_cmpuint (told.n_objects, ==, 3);
  g_assert_cmpstr (told.stores->str, ==, "2.0:0>0 2.1:0>1 1.0:0>2 1.0:2>1 1.0:1>0 ");
  g_assert_cmpmem (&quick, sizeof quick, &slow, sizeof slow);
  g_assert_cmpuint (quick.operations, ==, 9);
  g_assert_cmpuint (quick.allocated_bytes, ==, 3 * 40);
  g_string_free (told.stores, TRUE);
}

/* What is wrong with an object's contents or place ends the run, told or not. */
static void
test_contents_are_checked (void)
{
  for (guint flaw = 0; flaw < 4; flaw++)
    {
      static const char *const MESSAGES[] = { "allocate: object 1 has no slot 2, only 2",
                                              "allocate: object 9 was not allocated yet",
                                              "allocate: there is no kind of value 6",
                                              "allocate: there is no allocation site 1" };
      g_autoptr (HpMachine) machine = make_machine ("node-20", NULL);
      guint32 pair = hp_machine_define_shape (machine, &(HpShape){ .name = "Pair", .header_words = 3, .n_slots = 2 });
      HpValue values[3] = { hp_value_integer (1),
                            flaw == 1   ? hp_value_ref (9)
                            : flaw == 2 ? (HpValue){ HP_N_VALUE_KINDS, 0 }
                                        : hp_value_integer (2),
                            hp_value_integer (3) };

      if (flaw == 3)
        hp_machine_allocate_at (machine, pair, 0, 1);
      else
        hp_machine_allocate_with (machine, pair, 0, values, flaw == 0 ? 3 : 2);
      g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_SCENARIO_ERROR);
      g_assert_cmpstr (hp_machine_ending_message (machine), ==, MESSAGES[flaw]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/machine/presets", test_presets);
  g_test_add_func ("/machine/replacement-choices", test_replacement_choices);
  g_test_add_func ("/machine/physical-memory", test_physical_memory);
  g_test_add_func ("/machine/heap-sizes", test_heap_sizes);
  g_test_add_func ("/machine/contradictions", test_contradictions);
  g_test_add_func ("/machine/errors", test_errors);
  g_test_add_func ("/machine/arguments", test_arguments);
  g_test_add_func ("/machine/stack-overflow", test_stack_overflow);
  g_test_add_func ("/machine/cancel", test_cancel);
  g_test_add_func ("/machine/event-limit", test_event_limit);
  g_test_add_func ("/machine/touches", test_touches);
  g_test_add_func ("/machine/stores-are-told", test_stores_are_told);
  g_test_add_func ("/machine/contents-are-checked", test_contents_are_checked);
  g_test_add_func ("/machine/replacement-of-a-policy", test_replacement_of_a_policy);
  return g_test_run ();
}
