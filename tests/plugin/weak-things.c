/* weak-things.c - the guided program about weak references: what is cleared at which moment
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/run.h"
#include "recording/recording.h"

enum
{
  REGISTRY = 1,
  NOTES,
  TABLE,
  IMAGE,
  WEAK_REF,
  CELL,
  STRING,
  USER,
  NOTE
};

typedef struct
{
  HpHost *host;
  HpMachine *machine;
  HpRecording *recording;
  HpMoment *moment;
} Fixture;

static void
fixture_init (Fixture *self, const char *policy)
{
  const char *folders[] = { g_getenv ("HEAPARIUM_PLUGIN_PATH"), NULL };
  HpRunOptions options = { .verify = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpRun) run = NULL;
  HpListener listener;

  self->host = hp_host_new (folders);
  self->recording = hp_recording_new ();
  listener = hp_recording_listener (self->recording);
  run = hp_run_new (self->host, "weak-things", &error);
  g_assert_no_error (error);
  if (policy != NULL)
    g_assert_true (hp_run_set_policy (run, policy, NULL));
  self->machine = hp_run_perform (run, &listener, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hp_machine_ending_message (self->machine), ==, NULL);
  self->moment = hp_moment_new (hp_recording_definitions (self->recording));
}

static void
fixture_clear (Fixture *self)
{
  hp_moment_free (self->moment);
  hp_recording_free (self->recording);
  hp_machine_free (self->machine);
  hp_host_free (self->host);
}

/* After collection @i, counted from 0. */
static void
seek_after (Fixture *self, guint i, HpCollectionKind kind)
{
  const HpCollectionRecord *collection = hp_recording_collection (self->recording, i);

  g_assert_cmpuint (collection->kind, ==, kind);
  hp_recording_seek (self->recording, self->moment, collection->end);
}

static gboolean
lives (const Fixture *self, HpRef ref)
{
  return hp_moment_object (self->moment, ref)->status == HP_OBJECT_ALLOCATED;
}

/* An object that is dead may be freed only when its page is swept. */
static void
assert_dead (const Fixture *self, HpRef ref)
{
  g_assert_false (hp_reachable_has (hp_moment_reachable (self->moment), ref));
}

static HpValue
slot (const Fixture *self, HpRef ref, guint32 index)
{
  return hp_moment_slot (self->moment, ref, index);
}

static void
test_weak_ref (void)
{
  Fixture self;

  fixture_init (&self, NULL);
  g_assert_cmpuint (hp_recording_n_collections (self.recording), ==, 6);
  for (guint i = 0; i < 2; i++)
    {
      seek_after (&self, i, HP_COLLECTION_YOUNG);
      g_assert_cmpuint (slot (&self, WEAK_REF, 0).payload, ==, IMAGE);
      g_assert_true (lives (&self, IMAGE));
      assert_dead (&self, IMAGE);
      g_assert_cmpuint (hp_moment_object (self.moment, IMAGE)->age, ==, i + 1);
    }
  g_assert_cmpuint (hp_moment_object (self.moment, IMAGE)->space, ==, HP_SPACE_OLD);
  seek_after (&self, 2, HP_COLLECTION_FULL);
  g_assert_cmpuint (slot (&self, WEAK_REF, 0).payload, ==, IMAGE);
  g_assert_true (hp_reachable_has (hp_moment_reachable (self.moment), IMAGE)); /* kept[0] */
  seek_after (&self, 3, HP_COLLECTION_FULL);
  g_assert_cmpuint (slot (&self, WEAK_REF, 0).kind, ==, HP_VALUE_UNDEFINED);
  fixture_clear (&self);
}

static void
test_finalizer (void)
{
  Fixture self;
  guint32 cleanup;

  fixture_init (&self, NULL);
  seek_after (&self, 2, HP_COLLECTION_FULL);
  g_assert_cmpuint (slot (&self, CELL, 0).payload, ==, IMAGE);
  seek_after (&self, 3, HP_COLLECTION_FULL);
  g_assert_cmpuint (slot (&self, CELL, 0).kind, ==, HP_VALUE_UNDEFINED);
  g_assert_cmpuint (slot (&self, CELL, 1).payload, ==, STRING);
  cleanup = hp_definitions_count (hp_moment_definitions (self.moment), HP_DEFINITION_ROOT);
  g_assert_cmpstr (hp_definitions_root (hp_moment_definitions (self.moment), cleanup)->name, ==, "cleanup[0]");
  g_assert_cmpuint (hp_moment_root (self.moment, cleanup).payload, ==, CELL);
  seek_after (&self, 4, HP_COLLECTION_FULL);
  g_assert_cmpuint (hp_moment_root (self.moment, cleanup).kind, ==, HP_VALUE_EMPTY);
  assert_dead (&self, CELL);
  assert_dead (&self, STRING);
  fixture_clear (&self);
}

static void
test_weak_map (void)
{
  Fixture self;

  fixture_init (&self, NULL);
  seek_after (&self, 4, HP_COLLECTION_FULL);
  g_assert_cmpuint (slot (&self, TABLE, 3).payload, ==, USER);
  g_assert_cmpuint (slot (&self, TABLE, 4).payload, ==, NOTE);
  g_assert_true (hp_reachable_has (hp_moment_reachable (self.moment), NOTE));
  hp_recording_seek (self.recording, self.moment, hp_recording_collection (self.recording, 5)->begin);
  g_assert_cmpuint (slot (&self, TABLE, 4).payload, ==, NOTE);
  assert_dead (&self, USER);
  assert_dead (&self, NOTE);
  seek_after (&self, 5, HP_COLLECTION_FULL);
  g_assert_cmpuint (slot (&self, TABLE, 3).kind, ==, HP_VALUE_EMPTY);
  g_assert_cmpuint (slot (&self, TABLE, 4).kind, ==, HP_VALUE_EMPTY);
  fixture_clear (&self);
}

/* What the program prints, and that it makes the same objects whatever the policy. */
static void
test_prints (void)
{
  static const char *const LINES[] = { "640", "undefined", "image is gone" };
  Fixture self;
  guint n = 0;

  fixture_init (&self, NULL);
  for (guint64 i = 0; i < hp_recording_length (self.recording); i++)
    {
      const HpEvent *event = hp_recording_event (self.recording, i);

      if (hp_event_type (event) != HP_EVENT_PRINT)
        continue;
      g_assert_cmpuint (n, <, G_N_ELEMENTS (LINES));
      g_assert_cmpstr (hp_definitions_string (hp_recording_definitions (self.recording), event->x), ==, LINES[n++]);
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (LINES));
  g_assert_cmpuint (hp_machine_counters (self.machine)->allocated_bytes, ==, 440);
  fixture_clear (&self);
  fixture_init (&self, "promote-at-n");
  g_assert_cmpuint (hp_machine_counters (self.machine)->allocated_bytes, ==, 440);
  fixture_clear (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/weak-things/weak-ref", test_weak_ref);
  g_test_add_func ("/weak-things/finalizer", test_finalizer);
  g_test_add_func ("/weak-things/weak-map", test_weak_map);
  g_test_add_func ("/weak-things/prints", test_prints);
  return g_test_run ();
}
