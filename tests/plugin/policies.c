/* policies.c - the bundled policies do what they promise, loaded as modules and run on fixed programs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "machine/machine.h"
#include "plugin/host.h"

/* The plugins of the build, whatever is installed. */
static HpHost *
open_host (void)
{
  const char *folders[] = { g_getenv ("HEAPARIUM_PLUGIN_PATH"), NULL };

  g_assert_nonnull (folders[0]);
  return hp_host_new (folders);
}

static const HpPlugin *
load (HpHost *host, const char *id, HpSettings **settings)
{
  const HpManifest *manifest = hp_host_find (host, HP_PLUGIN_POLICY, id, NULL);
  const HpPlugin *plugin;

  g_assert_nonnull (manifest);
  plugin = hp_host_load (host, manifest, NULL);
  g_assert_nonnull (plugin);
  *settings = hp_manifest_settings_new (manifest);
  return plugin;
}

static HpMachine *
new_machine (const HpGcPolicy *policy, const HpSettings *policy_settings, const HpListener *listener)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("classroom", &error);
  HpMachine *machine = hp_machine_new (
      settings, &(HpPolicies){ .gc = policy, .settings = policy_settings }, listener, &error);

  g_assert_no_error (error);
  hp_machine_set_verify (machine, TRUE);
  return machine;
}

/* One object of 16 bytes that a root holds, and then @n scavenges. */
static void
survive (HpMachine *machine, guint n)
{
  guint32 shape = hp_machine_define_shape (machine, &(HpShape){ .name = "Cell", .header_words = 1, .n_slots = 1 });
  guint32 root = hp_machine_define_root (machine, "cell");

  hp_machine_set_root (machine, root, hp_value_ref (hp_machine_allocate (machine, shape, 0)));
  for (guint i = 0; i < n; i++)
    hp_machine_collect (machine, HP_COLLECTION_YOUNG);
  hp_machine_finish (machine);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_COMPLETED);
}

/* A survivor is copied survivals - 1 times inside new space, promoted once, and then left alone. */
static void
test_promote_at_n (void)
{
  g_autoptr (HpHost) host = open_host ();
  g_autoptr (HpSettings) settings = NULL;
  const HpPlugin *plugin = load (host, "promote-at-n", &settings);

  for (guint survivals = 1; survivals <= 15; survivals++)
    for (guint n = 0; n <= 17; n++)
      {
        g_autofree char *text = g_strdup_printf ("%u", survivals);
        g_autoptr (HpMachine) machine = NULL;
        const HpCounters *counters;

        g_assert_true (hp_settings_set (settings, "survivals", text, NULL));
        machine = new_machine (plugin->policy, settings, NULL);
        survive (machine, n);
        counters = hp_machine_counters (machine);
        g_assert_cmpuint (counters->scavenges, ==, n);
        g_assert_cmpuint (counters->copied_bytes, ==, 16 * MIN (n, survivals - 1));
        g_assert_cmpuint (counters->promoted_bytes, ==, n >= survivals ? 16 : 0);
      }
}

static void
add_events (gpointer bytes, const HpEvent *events, gsize n)
{
  g_byte_array_append (bytes, (const guint8 *) events, (guint) (n * sizeof *events));
}

/* The policy without an opinion gives the very events of no policy. */
static void
test_default_is_v8 (void)
{
  g_autoptr (HpHost) host = open_host ();
  g_autoptr (HpSettings) settings = NULL;
  const HpPlugin *plugin = load (host, "default", &settings);
  g_autoptr (GByteArray) with = g_byte_array_new ();
  g_autoptr (GByteArray) without = g_byte_array_new ();
  g_autoptr (HpMachine)
      machine = new_machine (plugin->policy, settings, &(HpListener){ .events = add_events, .self = with });
  g_autoptr (HpMachine) bare = new_machine (NULL, NULL, &(HpListener){ .events = add_events, .self = without });

  survive (machine, 3);
  survive (bare, 3);
  g_assert_cmpuint (hp_machine_counters (machine)->copied_bytes, ==, 16);
  g_assert_cmpuint (hp_machine_counters (machine)->promoted_bytes, ==, 16);
  g_assert_cmpmem (with->data, with->len, without->data, without->len);
}

/* ---- whole collectors, on programs small enough to count ----------------------------------------------------------
 */

/* Pairs of 24 bytes: a map word and two slots. */
typedef struct
{
  HpHost *host;
  HpSettings *settings;
  HpMachine *machine;
  guint32 pair, root;
} Bench;

static Bench
open_bench (const char *id, const char *setting, const char *value, const HpListener *listener)
{
  Bench self = { .host = open_host () };
  const HpPlugin *plugin = load (self.host, id, &self.settings);

  if (setting != NULL)
    g_assert_true (hp_settings_set (self.settings, setting, value, NULL));
  self.machine = new_machine (plugin->policy, self.settings, listener);
  self.pair = hp_machine_define_shape (self.machine, &(HpShape){ .name = "Pair", .header_words = 1, .n_slots = 2 });
  self.root = hp_machine_define_root (self.machine, "root");
  return self;
}

/* The run was sound; returns how many bytes were freed. */
static guint64
close_bench (Bench *self)
{
  guint64 freed;

  hp_machine_finish (self->machine);
  g_assert_cmpstr (hp_machine_ending_message (self->machine), ==, NULL);
  g_assert_cmpuint (hp_machine_count_policy_faults (self->machine), ==, 0);
  freed = hp_machine_counters (self->machine)->freed_bytes;
  hp_machine_free (self->machine);
  hp_settings_free (self->settings);
  hp_host_free (self->host);
  return freed;
}

/* A list of @n pairs that the root holds, the newest first; a pair that nothing holds follows each. */
static void
make_list (Bench *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      HpRef pair = hp_machine_allocate (self->machine, self->pair, 0);

      hp_machine_write (self->machine, pair, 0, hp_machine_get_root (self->machine, self->root));
      hp_machine_set_root (self->machine, self->root, hp_value_ref (pair));
      hp_machine_allocate (self->machine, self->pair, 0);
    }
  hp_machine_allocate (self->machine, self->pair, 0); /* the accumulator is a root */
}

/* Every policy that collects itself frees what nothing holds: n pairs of n. */
static void
test_frees_the_dead (void)
{
  static const char *const IDS[] = { "semi-space", "mark-sweep", "mark-compact", "mark-region", "reference-counting" };

  for (guint i = 0; i < G_N_ELEMENTS (IDS); i++)
    {
      Bench bench = open_bench (IDS[i], NULL, NULL, NULL);

      make_list (&bench, 10);
      hp_machine_collect (bench.machine, HP_COLLECTION_FULL);
      g_assert_cmpuint (close_bench (&bench), ==, 10 * 24);
    }
}

typedef struct
{
  HpRef refs[64];
  HpAddress addresses[64];
  guint n;
} Moves;

static void
note_moves (gpointer data, const HpEvent *events, gsize n)
{
  Moves *moves = data;

  for (gsize i = 0; i < n; i++)
    if (hp_event_type (&events[i]) == HP_EVENT_MOVE && moves->n < G_N_ELEMENTS (moves->refs))
      {
        moves->refs[moves->n] = events[i].x;
        moves->addresses[moves->n++] = events[i].z;
      }
}

/* Pairs 1, 3, 5 … 19 live, and 21 is the accumulator: they lie together afterwards, in the order they had. */
static void
test_sliding_keeps_order (void)
{
  Moves moves = { .n = 0 };
  Bench bench = open_bench ("mark-compact", NULL, NULL, &(HpListener){ .events = note_moves, .self = &moves });

  make_list (&bench, 10);
  hp_machine_collect (bench.machine, HP_COLLECTION_FULL);
  g_assert_cmpuint (close_bench (&bench), ==, 10 * 24);
  g_assert_cmpuint (moves.n, ==, 10); /* pair 1 stays */
  for (guint i = 0; i < moves.n; i++)
    {
      g_assert_cmpuint (moves.refs[i], ==, 2 * i + 3);
      g_assert_cmpuint (moves.addresses[i], ==, moves.addresses[0] + 3 * i);
    }
}

/* Breadth first: a root with two children, and theirs. Refs 1; 2, 3; 4, 5, 6, 7. */
static void
test_cheney_copies_breadth_first (void)
{
  Moves moves = { .n = 0 };
  Bench bench = open_bench ("semi-space", NULL, NULL, &(HpListener){ .events = note_moves, .self = &moves });

  hp_machine_set_root (bench.machine, bench.root, hp_value_ref (hp_machine_allocate (bench.machine, bench.pair, 0)));
  for (HpRef ref = 2; ref <= 7; ref++)
    hp_machine_write (
        bench.machine, ref / 2, ref % 2, hp_value_ref (hp_machine_allocate (bench.machine, bench.pair, 0)));
  hp_machine_read (bench.machine, 1, 0); /* the accumulator is pair 2: copied first, as the stack and it come first */
  hp_machine_collect (bench.machine, HP_COLLECTION_FULL);
  g_assert_cmpuint (close_bench (&bench), ==, 0);
  g_assert_cmpuint (moves.n, ==, 7);
  for (guint i = 0; i < 7; i++)
    g_assert_cmpuint (moves.refs[i], ==, ((const HpRef[]){ 2, 1, 4, 5, 3, 6, 7 })[i]);
}

static void
note_allocations (gpointer data, const HpEvent *events, gsize n)
{
  HpAddress *addresses = data;

  for (gsize i = 0; i < n; i++)
    if (hp_event_type (&events[i]) == HP_EVENT_ALLOCATE && events[i].x < 64)
      addresses[events[i].x] = events[i].y;
}

/* Between the living there are holes of three words, less than a line of 16: the next pair begins on the first free
 * line behind all 21, which fill 63 words. */
static void
test_holes_below_a_line_stay_unused (void)
{
  HpAddress addresses[64] = { 0 };
  Bench bench = open_bench ("mark-region", NULL, NULL, &(HpListener){ .events = note_allocations, .self = addresses });

  make_list (&bench, 10);
  hp_machine_collect (bench.machine, HP_COLLECTION_FULL);
  hp_machine_allocate (bench.machine, bench.pair, 0);
  g_assert_cmpuint (close_bench (&bench), ==, 10 * 24);
  g_assert_cmpuint (addresses[21] - addresses[1], ==, 60);
  g_assert_cmpuint (addresses[22] - addresses[1], ==, 64);
}

/* A dead ring of three pairs goes by trial deletion alone. */
static void
test_rings_need_trial_deletion (void)
{
  for (guint cycles = 0; cycles < 2; cycles++)
    {
      Bench bench = open_bench ("reference-counting", "cycles", cycles ? "true" : "false", NULL);

      hp_machine_set_root (
          bench.machine, bench.root, hp_value_ref (hp_machine_allocate (bench.machine, bench.pair, 0)));
      for (HpRef ref = 2; ref <= 3; ref++)
        hp_machine_write (bench.machine, ref - 1, 0, hp_value_ref (hp_machine_allocate (bench.machine, bench.pair, 0)));
      hp_machine_write (bench.machine, 3, 0, hp_value_ref (1));
      hp_machine_set_root (bench.machine, bench.root, HP_VALUE_NOTHING);
      hp_machine_allocate (bench.machine, bench.pair, 0);
      hp_machine_collect (bench.machine, HP_COLLECTION_YOUNG);
      g_assert_cmpuint (hp_machine_counters (bench.machine)->freed_bytes, ==, 0);
      hp_machine_collect (bench.machine, HP_COLLECTION_FULL);
      g_assert_cmpuint (close_bench (&bench), ==, cycles * 3 * 24);
    }
}

/* Without collections a run ends when the spaces are full. */
static void
test_never_collects (void)
{
  Bench bench = open_bench ("never", NULL, NULL, NULL);
  const HpCounters *counters = hp_machine_counters (bench.machine);

  while (hp_machine_allocate (bench.machine, bench.pair, 0) != HP_REF_NONE)
    ;
  g_assert_cmpint (hp_machine_ending (bench.machine), ==, HP_ENDING_OUT_OF_MEMORY);
  g_assert_cmpuint (counters->scavenges + counters->mark_compacts, ==, 0);
  g_assert_cmpuint (counters->freed_bytes, ==, 0);
  hp_machine_free (bench.machine);
  hp_settings_free (bench.settings);
  hp_host_free (bench.host);
}

/* A full collection before each of 21 allocations, and what died is gone at the next. */
static void
test_eager_collects_always (void)
{
  Bench bench = open_bench ("eager", NULL, NULL, NULL);

  make_list (&bench, 10);
  g_assert_cmpuint (hp_machine_counters (bench.machine)->mark_compacts, ==, 21);
  g_assert_cmpuint (hp_machine_counters (bench.machine)->scavenges, ==, 0);
  close_bench (&bench);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policies/promote-at-n", test_promote_at_n);
  g_test_add_func ("/policies/default-is-v8", test_default_is_v8);
  g_test_add_func ("/policies/frees-the-dead", test_frees_the_dead);
  g_test_add_func ("/policies/sliding-keeps-order", test_sliding_keeps_order);
  g_test_add_func ("/policies/cheney-copies-breadth-first", test_cheney_copies_breadth_first);
  g_test_add_func ("/policies/holes-below-a-line-stay-unused", test_holes_below_a_line_stay_unused);
  g_test_add_func ("/policies/rings-need-trial-deletion", test_rings_need_trial_deletion);
  g_test_add_func ("/policies/never-collects", test_never_collects);
  g_test_add_func ("/policies/eager-collects-always", test_eager_collects_always);
  return g_test_run ();
}
