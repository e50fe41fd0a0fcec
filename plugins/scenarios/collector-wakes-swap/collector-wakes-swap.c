/* collector-wakes-swap.c - an old generation that sleeps in swap, a scavenge that lets it, and a full collection that
 * does not
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "machine/lesson.h"
#include "plugin/plugin.h"

#include <glib/gi18n-lib.h>

#define N_RECORDS 56
#define RECORD_SLOTS 16
#define N_LINES 30
#define LINE_BYTES 100

static const char source_text[] = "// A cache that nobody asks, and a program that works.\n"
                                  "let cache = null;\n"
                                  "\n"
                                  "for (let i = 0; i < 56; i++)\n"
                                  "  cache = { before: cache, ...record() };\n"
                                  "gc(); // all is in RAM or was a moment ago\n"
                                  "\n"
                                  "for (let i = 0; i < 30; i++)\n"
                                  "  line = readLine();\n"
                                  "gc({ type: \"minor\" });\n"
                                  "\n"
                                  "gc(); // the cache sleeps in swap\n"
                                  "\n"
                                  "line = readLine(); // again\n";

typedef struct
{
  HpMachine *machine;
  HpLesson *lesson;
  guint32 record, string, cache, line; /* two shapes, two roots */
} Program;

static void
program_init (Program *self, HpMachine *machine, HpLesson *lesson)
{
  *self = (Program){ .machine = machine, .lesson = lesson };
  self->record = hp_machine_define_shape (
      machine, &(HpShape){ .name = "Record", .kind = HP_SHAPE_OBJECT, .tail = HP_TAIL_SLOTS, .header_words = 2 });
  self->string = hp_machine_define_shape (
      machine, &(HpShape){ .name = "string", .kind = HP_SHAPE_STRING, .tail = HP_TAIL_BYTES, .header_words = 2 });
  self->cache = hp_machine_define_root (machine, "cache");
  self->line = hp_machine_define_root (machine, "line");
}

static void
fill_cache (Program *self)
{
  for (guint i = 0; i < N_RECORDS; i++)
    {
      HpValue before = hp_machine_get_root (self->machine, self->cache);
      HpRef record;

      hp_lesson_step (self->lesson, "cache = { before", _ ("A chain of %u records: what a cache holds."), N_RECORDS);
      record = hp_machine_allocate (self->machine, self->record, RECORD_SLOTS);
      hp_machine_write (self->machine, record, 0, before);
      hp_machine_set_root (self->machine, self->cache, hp_value_ref (record));
    }
}

static void
read_line (Program *self)
{
  HpRef string = hp_machine_allocate (self->machine, self->string, LINE_BYTES);

  hp_machine_set_root (self->machine, self->line, hp_value_ref (string));
  hp_machine_access (self->machine, string, 0, LINE_BYTES, TRUE);
}

static HpCounters
collect (Program *self, HpCollectionKind kind)
{
  hp_lesson_since (self->lesson);
  hp_machine_collect (self->machine, kind);
  return hp_lesson_since (self->lesson);
}

static void
chapter_asleep (Program *self)
{
  HpCounters since;

  hp_lesson_chapter (self->lesson,
                     _ ("The cache falls asleep"),
                     "line = readLine();\n",
                     _ ("The program goes on with other things. Its pages are used again and again; those of the cache "
                        "are not, and leave RAM when room is needed."));
  for (guint i = 0; i < N_LINES; i++)
    read_line (self);
  since = collect (self, HP_COLLECTION_YOUNG);
  hp_lesson_step (
      self->lesson,
      "gc({ type",
      _ ("A scavenge looks at new space and at the remembered slots only; faults from swap: %u. It lets the "
         "sleeping cache lie."),
      (guint) since.major_faults);
}

static void
chapter_awake (Program *self)
{
  HpCounters since;

  hp_lesson_chapter (self->lesson,
                     _ ("The collector wakes it"),
                     "gc(); // the cache",
                     _ ("Marking has to look at every live object, wherever it is. Watch the pages come back one after "
                        "the other, and push out those that the program works with."));
  since = collect (self, HP_COLLECTION_FULL);
  hp_lesson_step (
      self->lesson,
      "gc(); // the cache",
      _ ("Faults from swap in this one pause: %u; it took %.1f ms. Keep --max-old-space-size well below the RAM of the "
         "machine: a heap that lies partly in swap is woken by each full collection."),
      (guint) since.major_faults,
      (double) since.pause_ns / 1e6);
  hp_lesson_since (self->lesson);
  for (guint i = 0; i < N_LINES; i++)
    read_line (self);
  since = hp_lesson_since (self->lesson);
  hp_lesson_step (self->lesson,
                  "line = readLine(); // again",
                  _ ("And what the program works with had to make room. Faults until all of it was back: %u."),
                  (guint) (since.minor_faults + since.major_faults));
}

static void
run (HpScenarioContext *context)
{
  HpMachine *machine = hp_scenario_context_machine (context);
  g_autoptr (HpLesson) lesson = hp_lesson_new (machine, "collector-wakes-swap.js", source_text);
  Program program;

  program_init (&program, machine, lesson);
  hp_machine_chapter (machine, _ ("A cache"));
  fill_cache (&program);
  hp_lesson_step (lesson, "gc(); // all", _ ("A full collection moves the cache to old space, where it will stay."));
  collect (&program, HP_COLLECTION_FULL);
  chapter_asleep (&program);
  chapter_awake (&program);
}

static const HpScenario scenario = {
  .struct_size = sizeof (HpScenario),
  .run = run,
};

HP_DEFINE_SCENARIO ("collector-wakes-swap", scenario)
