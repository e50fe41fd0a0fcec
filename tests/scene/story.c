/* story.c - recordings for tests of views
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "story.h"

#include "machine/random_program.h"

#include <string.h>

typedef struct
{
  HpMachine *machine;
  guint32 user, array, elements, string, number, function, map;
  guint32 main, visit, cache;
} Story;

enum
{
  MAIN_USER,
  MAIN_FRIEND,
  MAIN_COUNT,
  MAIN_TEMPORARY,
  MAIN_N_LOCALS
};

static void
define_shapes (Story *self)
{
  static const char *const user[] = { "name", "tags", "age" };
  static const char *const array[] = { "elements", "length" };
  HpMachine *machine = self->machine;

  self->user = hp_machine_define_shape (
      machine,
      &(HpShape){ .name = "User", .kind = HP_SHAPE_OBJECT, .header_words = 3, .n_slots = 3, .slot_names = user });
  self->array = hp_machine_define_shape (
      machine,
      &(HpShape){ .name = "Array", .kind = HP_SHAPE_ARRAY, .header_words = 2, .n_slots = 2, .slot_names = array });
  self->elements = hp_machine_define_shape (
      machine, &(HpShape){ .name = "elements", .kind = HP_SHAPE_ELEMENTS, .tail = HP_TAIL_SLOTS, .header_words = 2 });
  self->string = hp_machine_define_shape (
      machine, &(HpShape){ .name = "string", .kind = HP_SHAPE_STRING, .tail = HP_TAIL_BYTES, .header_words = 2 });
  self->number = hp_machine_define_shape (machine,
                                          &(HpShape){ .name = "number", .kind = HP_SHAPE_NUMBER, .header_words = 2 });
  self->function = hp_machine_define_shape (
      machine, &(HpShape){ .name = "closure", .kind = HP_SHAPE_FUNCTION, .header_words = 6, .n_slots = 1 });
  self->map = hp_machine_define_shape (
      machine, &(HpShape){ .name = "Map", .kind = HP_SHAPE_COLLECTION, .header_words = 3, .n_slots = 1 });
}

static void
define_functions (Story *self)
{
  static const char *const main_locals[MAIN_N_LOCALS] = { "user", "friend", "count", NULL };
  static const char *const visit_locals[] = { "who" };

  self->main = hp_machine_define_function (
      self->machine,
      &(HpFunction){ .name = "main", .overhead_words = 4, .n_locals = MAIN_N_LOCALS, .local_names = main_locals });
  self->visit = hp_machine_define_function (
      self->machine,
      &(HpFunction){
          .name = "visit", .overhead_words = 4, .n_parameters = 1, .n_locals = 1, .local_names = visit_locals });
  self->cache = hp_machine_define_root (self->machine, "cache");
}

static HpValue
make_string (Story *self, const char *characters)
{
  HpRef ref = hp_machine_allocate (self->machine, self->string, (guint32) strlen (characters));

  hp_machine_label (self->machine, ref, characters);
  return hp_value_ref (ref);
}

static void
make_user (Story *self)
{
  HpMachine *machine = self->machine;
  HpRef user = hp_machine_allocate (machine, self->user, 0);
  HpRef array;

  hp_machine_set_local (machine, MAIN_USER, hp_value_ref (user));
  hp_machine_write (machine, user, 0, make_string (self, "Ada"));
  array = hp_machine_allocate (machine, self->array, 0);
  hp_machine_write (machine, user, 1, hp_value_ref (array));
  hp_machine_write (machine, array, 1, hp_value_integer (2));
  hp_machine_write (machine, array, 0, hp_value_ref (hp_machine_allocate (machine, self->elements, 2)));
  hp_machine_write (machine, user, 2, hp_value_integer (36));
  hp_machine_set_local (machine, MAIN_FRIEND, hp_value_ref (user));
  hp_machine_set_local (machine, MAIN_COUNT, hp_value_integer (1));
}

static void
fill_cache (Story *self)
{
  HpMachine *machine = self->machine;
  HpRef elements = hp_machine_allocate (machine, self->elements, 8);

  hp_machine_set_root (machine, self->cache, hp_value_ref (elements));
  for (guint i = 0; i < 8; i++)
    {
      guint32 shapes[] = { self->number, self->function, self->map, self->user };
      HpRef ref = hp_machine_allocate (machine, shapes[i % 4], 0);

      hp_machine_write (machine, elements, i, hp_value_ref (ref));
      hp_machine_set_local (machine, MAIN_TEMPORARY, make_string (self, "a line of a file that is read and dropped"));
      for (guint k = 0; k < 4; k++)
        make_string (self, "another line of that file, longer than the first one and dropped at once, as most are");
    }
  for (guint i = 0; i < 8; i += 3)
    hp_machine_write (machine, elements, i, hp_value_ref (HP_REF_NONE));
}

static void
tell (Story *self)
{
  HpMachine *machine = self->machine;

  hp_machine_chapter (machine, "A user, a cache & what is left of them");
  hp_machine_call (machine, self->main);
  make_user (self);
  hp_machine_call (machine, self->visit);
  hp_machine_set_local (machine, 0, hp_value_ref (1));
  hp_machine_return (machine);
  fill_cache (self);
  hp_machine_write (
      machine, hp_value_get_ref (hp_machine_get_local (machine, MAIN_USER)), 0, make_string (self, "Bob"));
  hp_machine_collect (machine, HP_COLLECTION_YOUNG);
  fill_cache (self);
  hp_machine_collect (machine, HP_COLLECTION_FULL);
  hp_machine_write (
      machine, hp_value_get_ref (hp_machine_get_local (machine, MAIN_USER)), 0, make_string (self, "Eve"));
  hp_machine_collect (machine, HP_COLLECTION_FULL);
  hp_machine_return (machine);
}

static HpMachine *
machine_new (const char *preset, HpRecording *recording)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSettings) settings = hp_machine_settings_new (preset, &error);
  HpListener listener = hp_recording_listener (recording);
  HpMachine *machine;

  g_assert_no_error (error);
  machine = hp_machine_new (settings, NULL, &listener, &error);
  g_assert_no_error (error);
  return machine;
}

HpRecording *
story_record (void)
{
  HpRecording *recording = hp_recording_new ();
  g_autoptr (HpMachine) machine = machine_new ("classroom", recording);
  Story story = { .machine = machine };

  define_shapes (&story);
  define_functions (&story);
  tell (&story);
  hp_machine_finish (machine);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_COMPLETED);
  return recording;
}

static HpRef
allocate_in (HpMachine *machine, guint32 root, guint32 shape, guint32 length)
{
  HpRef ref = hp_machine_allocate (machine, shape, length);

  hp_machine_set_root (machine, root, hp_value_ref (ref));
  return ref;
}

/* An old WeakRef and an old table that refer to young objects, and a young WeakRef. */
static void
tell_of_weak_things (HpMachine *machine, const guint32 *shapes)
{
  static const char *const NAMES[] = { "ref", "notes", "user", "young" };
  guint32 roots[G_N_ELEMENTS (NAMES)];
  HpRef ref, table, user;

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    roots[i] = hp_machine_define_root (machine, NAMES[i]);
  hp_machine_chapter (machine, "Weak references");
  ref = allocate_in (machine, roots[0], shapes[0], 0);
  table = allocate_in (machine, roots[1], shapes[1], 4);
  hp_machine_collect (machine, HP_COLLECTION_FULL);
  user = allocate_in (machine, roots[2], shapes[2], 0);
  hp_machine_write (machine, allocate_in (machine, roots[3], shapes[0], 0), 0, hp_value_ref (user));
  hp_machine_write (machine, table, 0, hp_value_ref (user));
  hp_machine_write (machine, table, 1, hp_value_ref (hp_machine_allocate (machine, shapes[2], 0)));
  hp_machine_write (machine, ref, 0, hp_value_ref (hp_machine_allocate (machine, shapes[2], 0)));
  hp_machine_end_job (machine);
}

HpRecording *
story_record_weak (void)
{
  static const char *const target[] = { "target" };
  static const HpShape SHAPES[] = {
    { .name = "WeakRef", .header_words = 3, .n_slots = 1, .slot_names = target, .references = HP_REFERENCES_WEAK },
    { .name = "table",
      .kind = HP_SHAPE_ELEMENTS,
      .tail = HP_TAIL_SLOTS,
      .header_words = 2,
      .references = HP_REFERENCES_EPHEMERONS },
    { .name = "User", .kind = HP_SHAPE_OBJECT, .header_words = 3, .n_slots = 1 },
  };
  HpRecording *recording = hp_recording_new ();
  g_autoptr (HpMachine) machine = machine_new ("classroom", recording);
  guint32 shapes[G_N_ELEMENTS (SHAPES)];

  for (guint i = 0; i < G_N_ELEMENTS (SHAPES); i++)
    shapes[i] = hp_machine_define_shape (machine, &SHAPES[i]);
  tell_of_weak_things (machine, shapes);
  hp_machine_finish (machine);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_COMPLETED);
  return recording;
}

HpRecording *
story_record_random (const char *preset, guint64 seed, guint n_steps)
{
  HpRecording *recording = hp_recording_new ();
  g_autoptr (HpMachine) machine = machine_new (preset, recording);
  g_autoptr (HpRandomProgram) program = hp_random_program_new (seed, n_steps);

  hp_random_program_run (program, machine, NULL, NULL, NULL);
  hp_machine_finish (machine);
  return recording;
}

HpRecording *
story_record_trace (guint n_pages)
{
  HpRecording *recording = hp_recording_new ();
  g_autoptr (HpMachine) machine = machine_new ("node-20", recording);
  HpRandom random;

  hp_random_seed (&random, 1);
  for (guint i = 0; i < 4 * n_pages; i++)
    hp_machine_touch (machine, 0x400000 + (guint64) hp_random_below (&random, n_pages) * 4096, i % 3 == 0);
  hp_machine_finish (machine);
  return recording;
}
