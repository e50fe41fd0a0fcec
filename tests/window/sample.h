/* sample.h - a small recording for tests of the window, made by the real machine
 *
 *   main () calls make (); two Users are made, the second of which is kept by a local and refers to a third; then a
 *   scavenge frees the first, and a full collection follows.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "machine/machine.h"
#include "recording/recording.h"

#define SAMPLE_DROPPED ((HpRef) 1)
#define SAMPLE_KEPT ((HpRef) 2)
#define SAMPLE_FRIEND ((HpRef) 3)

typedef struct
{
  guint32 source;
  guint32 main_function;
  guint32 user;
} SampleIds;

static inline SampleIds
sample_define (HpMachine *machine)
{
  static const char *const slots[] = { "name", "friend" };
  static const char *const locals[] = { "first", "kept" };
  HpShape user = { .name = "User", .kind = HP_SHAPE_OBJECT, .header_words = 1, .n_slots = 2, .slot_names = slots };
  HpFunction function = { .name = "main", .overhead_words = 4, .n_locals = 2, .local_names = locals };
  SampleIds ids;

  ids.source = hp_machine_define_source (machine, "sample.js", "let first = new User ()\nfirst = null\ngc ()\n");
  ids.main_function = hp_machine_define_function (machine, &function);
  ids.user = hp_machine_define_shape (machine, &user);
  return ids;
}

static inline void
sample_perform (HpMachine *machine)
{
  SampleIds ids = sample_define (machine);

  hp_machine_chapter (machine, "Objects");
  hp_machine_explain (machine, "An object is made.");
  hp_machine_call (machine, ids.main_function);
  hp_machine_statement (machine, ids.source, 1, 1);
  hp_machine_set_local (machine, 0, hp_value_ref (hp_machine_allocate (machine, ids.user, 0)));
  hp_machine_statement (machine, ids.source, 2, 1);
  hp_machine_set_local (machine, 1, hp_value_ref (hp_machine_allocate (machine, ids.user, 0)));
  hp_machine_label (machine, SAMPLE_KEPT, "Alice");
  hp_machine_write (machine, SAMPLE_KEPT, 1, hp_value_ref (hp_machine_allocate (machine, ids.user, 0)));
  hp_machine_set_local (machine, 0, hp_value_undefined ());
  hp_machine_chapter (machine, "Collections");
  hp_machine_statement (machine, ids.source, 3, 1);
  hp_machine_collect (machine, HP_COLLECTION_YOUNG);
  hp_machine_collect (machine, HP_COLLECTION_FULL);
}

/* (transfer full) */
static inline HpRecording *
sample_recording (void)
{
  HpRecording *recording = hp_recording_new ();
  HpListener listener = hp_recording_listener (recording);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("classroom", &error);
  HpMachine *machine;

  g_assert_no_error (error);
  machine = hp_machine_new (settings, NULL, &listener, &error);
  g_assert_no_error (error);
  sample_perform (machine);
  hp_machine_finish (machine);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_COMPLETED);
  hp_machine_free (machine);
  return recording;
}

/* The last step at which @ref is allocated and not yet freed. */
static inline guint64
sample_last_step_of (const HpRecording *recording, HpRef ref)
{
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions ((HpRecording *) recording));
  guint64 last = 0;

  for (guint64 step = 0; step <= hp_recording_length (recording); step++)
    {
      const HpObjectState *object;

      hp_recording_seek (recording, moment, step);
      object = hp_moment_object (moment, ref);
      if (object && object->status == HP_OBJECT_ALLOCATED)
        last = step;
    }
  return last;
}
