/* weak-things.c - a guided program in three chapters: a weak reference, a finalizer, a weak map
 *
 * Sizes are V8's without pointer compression: WeakRef 32 bytes, FinalizationRegistry 80 and each of its cells 72,
 * WeakMap 32 and its table of four entries 104. The operations do not depend on what the collector does, so that
 * policies can be compared on them; only what the program prints does.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "machine/lesson.h"
#include "plugin/plugin.h"

#include <glib/gi18n-lib.h>

static const char source_text[] = "// Weak things: references that keep nothing alive.\n"
                                  "\n"
                                  "let ref, user;\n"
                                  "const registry = new FinalizationRegistry(report);\n"
                                  "const notes = new WeakMap();\n"
                                  "\n"
                                  "function report(what) {\n"
                                  "  console.log(what, \"is gone\");\n"
                                  "}\n"
                                  "\n"
                                  "function load() {\n"
                                  "  const image = { width: 640 };\n"
                                  "  ref = new WeakRef(image);\n"
                                  "  registry.register(image, \"image\");\n"
                                  "}\n"
                                  "\n"
                                  "// 1. A weak reference\n"
                                  "load();\n"
                                  "await turn(); // the event loop's turn: a new job\n"
                                  "gc({ type: \"minor\" }); // first\n"
                                  "gc({ type: \"minor\" }); // second\n"
                                  "console.log(ref.deref()?.width);\n"
                                  "gc(); // in the same job\n"
                                  "\n"
                                  "// 2. A finalizer\n"
                                  "await turn(); // another job\n"
                                  "gc(); // in another job\n"
                                  "console.log(ref.deref());\n"
                                  "await turn(); // report runs\n"
                                  "\n"
                                  "// 3. A weak map\n"
                                  "user = { age: 36 };\n"
                                  "notes.set(user, { text: 7 });\n"
                                  "await turn(); // the last job\n"
                                  "gc(); // with user\n"
                                  "user = null;\n"
                                  "gc(); // without\n";

enum
{
  ROOT_REF,
  ROOT_USER,
  ROOT_REGISTRY,
  ROOT_NOTES,
  N_ROOTS
};

enum
{
  SHAPE_LITERAL, /* of one property */
  SHAPE_STRING,
  SHAPE_WEAK_REF,
  SHAPE_REGISTRY,
  SHAPE_CELL,
  SHAPE_WEAK_MAP,
  SHAPE_TABLE,
  N_SHAPES
};

enum
{
  CELL_TARGET,
  CELL_HOLDINGS
};

enum
{
  TABLE_KEY = 3, /* of the first entry, behind elements, deleted and capacity */
  TABLE_VALUE
};

#define TABLE_LENGTH 8

typedef struct
{
  HpMachine *machine;
  HpLesson *telling;
  guint32 load;
  guint32 shapes[N_SHAPES], roots[N_ROOTS];
} Lesson;

/* ---- definitions ------------------------------------------------------------------------------------------------- */

static void
define_shapes (Lesson *self)
{
  static const char *const property[] = { "value" }, *const target[] = { "target" };
  static const char *const registry[] = { "active_cells" };
  static const char *const cell[] = { "target", "holdings" };
  static const char *const map[] = { "table" }, *const table[] = { "elements", "deleted", "capacity" };
  static const HpShape SHAPES[N_SHAPES] = {
    [SHAPE_LITERAL] = { 0, "Object", HP_SHAPE_OBJECT, HP_TAIL_NONE, 3, 1, property, HP_REFERENCES_STRONG },
    [SHAPE_STRING] = { 0, "string", HP_SHAPE_STRING, HP_TAIL_BYTES, 2, 0, NULL, HP_REFERENCES_STRONG },
    [SHAPE_WEAK_REF] = { 0, "WeakRef", HP_SHAPE_OTHER, HP_TAIL_NONE, 3, 1, target, HP_REFERENCES_WEAK },
    [SHAPE_REGISTRY] = { 0, "Registry", HP_SHAPE_COLLECTION, HP_TAIL_NONE, 9, 1, registry, HP_REFERENCES_STRONG },
    [SHAPE_CELL] = { 0, "WeakCell", HP_SHAPE_OTHER, HP_TAIL_NONE, 7, 2, cell, HP_REFERENCES_FINALIZED },
    [SHAPE_WEAK_MAP] = { 0, "WeakMap", HP_SHAPE_COLLECTION, HP_TAIL_NONE, 3, 1, map, HP_REFERENCES_STRONG },
    [SHAPE_TABLE] = { 0, "table", HP_SHAPE_ELEMENTS, HP_TAIL_SLOTS, 2, 3, table, HP_REFERENCES_EPHEMERONS },
  };

  for (guint i = 0; i < N_SHAPES; i++)
    self->shapes[i] = hp_machine_define_shape (self->machine, &SHAPES[i]);
}

static void
lesson_init (Lesson *self, HpMachine *machine)
{
  static const char *const ROOTS[N_ROOTS] = { "ref", "user", "registry", "notes" };
  static const char *const locals[] = { "image" };

  *self = (Lesson){ .machine = machine };
  self->telling = hp_lesson_new (machine, "weak-things.js", source_text);
  self->load = hp_machine_define_function (
      machine, &(HpFunction){ .name = "load", .overhead_words = 4, .n_locals = 1, .local_names = locals });
  define_shapes (self);
  for (guint i = 0; i < N_ROOTS; i++)
    self->roots[i] = hp_machine_define_root (machine, ROOTS[i]);
}

/* ---- telling ----------------------------------------------------------------------------------------------------- */

static HpRef
allocate (Lesson *self, guint shape, guint32 length, const char *label)
{
  HpRef ref = hp_machine_allocate (self->machine, self->shapes[shape], length);

  if (label != NULL)
    hp_machine_label (self->machine, ref, label);
  return ref;
}

static HpRef
get (Lesson *self, guint root)
{
  return hp_value_get_ref (hp_machine_get_root (self->machine, self->roots[root]));
}

static void
set (Lesson *self, guint root, HpRef ref)
{
  hp_machine_set_root (self->machine, self->roots[root], hp_value_ref (ref));
}

static void
print_deref (Lesson *self)
{
  HpValue target = hp_machine_deref (self->machine, get (self, ROOT_REF));

  hp_machine_print (self->machine, hp_value_get_ref (target) != HP_REF_NONE ? "640" : "undefined");
}

/* ---- the program ------------------------------------------------------------------------------------------------- */

static void
set_up (Lesson *self)
{
  HpRef table;

  hp_lesson_step (
      self->telling,
      "const registry",
      _ ("A FinalizationRegistry will tell when an object is gone, and a WeakMap will hold notes about objects."));
  set (self, ROOT_REGISTRY, allocate (self, SHAPE_REGISTRY, 0, NULL));
  set (self, ROOT_NOTES, allocate (self, SHAPE_WEAK_MAP, 0, NULL));
  table = allocate (self, SHAPE_TABLE, TABLE_LENGTH, NULL);
  hp_machine_write (self->machine, get (self, ROOT_NOTES), 0, hp_value_ref (table));
}

static void
register_image (Lesson *self, HpRef image)
{
  HpRef cell;

  hp_lesson_step (
      self->telling,
      "registry.register",
      _ ("The registry makes a cell whose target is the image, weakly, and whose holdings say what to report."));
  cell = allocate (self, SHAPE_CELL, 0, NULL);
  hp_machine_write (self->machine, cell, CELL_TARGET, hp_value_ref (image));
  hp_machine_write (self->machine, get (self, ROOT_REGISTRY), 0, hp_value_ref (cell));
  hp_machine_write (self->machine, cell, CELL_HOLDINGS, hp_value_ref (allocate (self, SHAPE_STRING, 5, "image")));
}

static void
load (Lesson *self)
{
  HpRef image, ref;

  if (!hp_machine_call (self->machine, self->load))
    {
      hp_machine_fail_stack_overflow (self->machine);
      return;
    }
  hp_lesson_step (
      self->telling, "const image", _ ("The image is an ordinary object. So far one local variable refers to it."));
  image = allocate (self, SHAPE_LITERAL, 0, "image");
  hp_machine_set_local (self->machine, 0, hp_value_ref (image));
  hp_machine_write (self->machine, image, 0, hp_value_integer (640));
  hp_lesson_step (
      self->telling,
      "ref = new",
      _ ("A WeakRef refers to the image without keeping it alive: the dotted arrow. Only until this job is over the "
         "machine itself keeps the image, in kept[0], so that code that has just made a WeakRef is not surprised."));
  ref = allocate (self, SHAPE_WEAK_REF, 0, NULL);
  set (self, ROOT_REF, ref);
  hp_machine_write (self->machine, ref, 0, hp_value_ref (image));
  register_image (self, image);
  hp_machine_return (self->machine);
}

static void
chapter_weak_ref (Lesson *self)
{
  hp_lesson_chapter (self->telling,
                     _ ("1. A weak reference"),
                     "load();\n",
                     _ ("load () makes an image and keeps no strong reference."));
  load (self);
  hp_lesson_step (self->telling,
                  "await turn(); // the event",
                  _ ("The job is over, and kept[0] lets go. Nothing but weak references lead to the image now."));
  hp_machine_end_job (self->machine);
  hp_lesson_step (
      self->telling,
      "gc({ type: \"minor\" }); // first",
      _ ("A scavenge treats weak references as strong: it is meant to be quick, and leaves such questions to the full "
         "collection. The image is copied like everything else."));
  hp_machine_collect (self->machine, HP_COLLECTION_YOUNG);
  hp_lesson_step (self->telling,
                  "gc({ type: \"minor\" }); // second",
                  _ ("The second scavenge promotes the image to old space, although nothing needs it."));
  hp_machine_collect (self->machine, HP_COLLECTION_YOUNG);
  hp_lesson_step (
      self->telling,
      "console.log(ref.deref()?.width)",
      _ ("deref () still finds the image. Whoever got it must be able to work with it, so the machine keeps it "
         "again, until the end of this job."));
  print_deref (self);
  hp_lesson_step (self->telling,
                  "gc(); // in the same job",
                  _ ("Hence even a full collection in the same job cannot clear the WeakRef."));
  hp_machine_collect (self->machine, HP_COLLECTION_FULL);
}

static void
run_finalizers (Lesson *self)
{
  HpRef cell;

  hp_lesson_step (
      self->telling,
      "await turn(); // report runs",
      _ ("Finalizers run in a job of their own, some time later: never during a collection, and never in a loop that "
         "does not let the event loop have its turn."));
  hp_machine_end_job (self->machine);
  cell = hp_machine_take_finalized (self->machine);
  hp_lesson_step (
      self->telling,
      "console.log(what",
      _ ("The registry takes the cell from the queue and hands its holdings to report (). The image itself is gone "
         "and cannot come back."));
  if (cell == HP_REF_NONE)
    return;
  hp_machine_read (self->machine, cell, CELL_HOLDINGS);
  hp_machine_print (self->machine, "image is gone");
}

static void
chapter_finalizer (Lesson *self)
{
  hp_lesson_chapter (self->telling,
                     _ ("2. A finalizer"),
                     "await turn(); // another job",
                     _ ("A new job begins, and what deref () gave out may die."));
  hp_machine_end_job (self->machine);
  hp_lesson_step (
      self->telling,
      "gc(); // in another job",
      _ ("The full collection marks from the roots and does not follow weak slots. The image stays white: so the "
         "WeakRef is cleared, and the registry's cell is queued for cleanup."));
  hp_machine_collect (self->machine, HP_COLLECTION_FULL);
  hp_lesson_step (self->telling, "console.log(ref.deref());", _ ("deref () gives undefined now."));
  print_deref (self);
  run_finalizers (self);
  hp_machine_write (self->machine, get (self, ROOT_REGISTRY), 0, hp_value_undefined ());
}

static void
add_note (Lesson *self)
{
  HpRef note = allocate (self, SHAPE_LITERAL, 0, "note");
  HpRef table = hp_value_get_ref (hp_machine_read (self->machine, get (self, ROOT_NOTES), 0));

  hp_machine_write (self->machine, note, 0, hp_value_integer (7));
  hp_machine_write (self->machine, table, TABLE_KEY, hp_value_ref (get (self, ROOT_USER)));
  hp_machine_write (self->machine, table, TABLE_VALUE, hp_value_ref (note));
}

static void
chapter_weak_map (Lesson *self)
{
  HpRef user;

  hp_lesson_chapter (
      self->telling, _ ("3. A weak map"), "user = { age", _ ("A user that a global variable refers to."));
  user = allocate (self, SHAPE_LITERAL, 0, "user");
  set (self, ROOT_USER, user);
  hp_machine_write (self->machine, user, 0, hp_value_integer (36));
  hp_lesson_step (
      self->telling,
      "notes.set",
      _ ("An entry of a WeakMap is an ephemeron: it does not keep its key alive, and keeps its value alive only as "
         "long as the key is. Only the entry refers to the note."));
  add_note (self);
  hp_lesson_step (self->telling, "await turn(); // the last job", _ ("Another turn of the event loop."));
  hp_machine_end_job (self->machine);
  hp_lesson_step (
      self->telling,
      "gc(); // with user",
      _ ("The marker comes to the table, but not through its keys. It finds the user through the global variable; "
         "then the key is alive, and so the note is marked through the table."));
  hp_machine_collect (self->machine, HP_COLLECTION_FULL);
  hp_lesson_step (
      self->telling, "user = null", _ ("The last strong reference to the user goes. The note is doomed with it."));
  set (self, ROOT_USER, HP_REF_NONE);
  hp_lesson_step (
      self->telling,
      "gc(); // without",
      _ ("The key is not marked, so nobody marks the value: both die in one collection, and the entry is cleared. A "
         "Map would have kept them for ever."));
  hp_machine_collect (self->machine, HP_COLLECTION_FULL);
}

static void
run (HpScenarioContext *context)
{
  Lesson lesson;

  lesson_init (&lesson, hp_scenario_context_machine (context));
  set_up (&lesson);
  chapter_weak_ref (&lesson);
  chapter_finalizer (&lesson);
  chapter_weak_map (&lesson);
  hp_machine_explain (lesson.machine, _ ("The program is done: of all it made, only the empty containers are left."));
  hp_lesson_free (lesson.telling);
}

static const HpScenario scenario = {
  .struct_size = sizeof (HpScenario),
  .run = run,
};

HP_DEFINE_SCENARIO ("weak-things", scenario)
