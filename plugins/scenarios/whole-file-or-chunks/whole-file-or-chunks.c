/* whole-file-or-chunks.c - the same data loaded at once, and read in chunks: faults, peak and time side by side
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "machine/lesson.h"
#include "plugin/plugin.h"

#include <glib/gi18n-lib.h>

#define PAGE_BYTES 256
#define FILE_BYTES (32 * PAGE_BYTES)
#define CHUNK_BYTES 240 /* a regular object of 256 bytes */

static const char source_text[] = "// Adding up a file of 8 KB.\n"
                                  "function whole() {\n"
                                  "  const bytes = fs.readFileSync(\"numbers\");\n"
                                  "  return bytes.reduce(add);\n"
                                  "}\n"
                                  "\n"
                                  "async function inChunks() {\n"
                                  "  let sum = 0;\n"
                                  "  for await (const chunk of fs.createReadStream(\"numbers\"))\n"
                                  "    sum += chunk.reduce(add);\n"
                                  "  return sum;\n"
                                  "}\n"
                                  "\n"
                                  "whole();\n"
                                  "await inChunks();\n";

typedef struct
{
  HpMachine *machine;
  HpLesson *lesson;
  guint32 bytes, whole, in_chunks; /* a shape, two functions */
  guint64 peak;                    /* bytes of objects in the heap at most, in the present way */
} Program;

static void
program_init (Program *self, HpMachine *machine, HpLesson *lesson)
{
  static const char *const whole[] = { "bytes" }, *const in_chunks[] = { "chunk" };
  HpShape shape = { .name = "Buffer", .kind = HP_SHAPE_OTHER, .tail = HP_TAIL_BYTES, .header_words = 2 };

  *self = (Program){ .machine = machine, .lesson = lesson };
  self->bytes = hp_machine_define_shape (machine, &shape);
  self->whole = hp_machine_define_function (
      machine, &(HpFunction){ .name = "whole", .overhead_words = 4, .n_locals = 1, .local_names = whole });
  self->in_chunks = hp_machine_define_function (
      machine, &(HpFunction){ .name = "inChunks", .overhead_words = 4, .n_locals = 1, .local_names = in_chunks });
}

/* The file's next @n bytes come into a new buffer, which the only local holds: making it writes all of it. */
static HpRef
read_bytes (Program *self, guint32 n)
{
  HpRef buffer = hp_machine_allocate (self->machine, self->bytes, n);

  hp_machine_set_local (self->machine, 0, hp_value_ref (buffer));
  self->peak = MAX (self->peak, hp_machine_counters (self->machine)->live_bytes);
  return buffer;
}

static void
add_up (Program *self, HpRef buffer, guint32 n)
{
  for (guint32 at = 0; at < n; at += PAGE_BYTES)
    hp_machine_access (self->machine, buffer, at, MIN (PAGE_BYTES, n - at), FALSE);
}

static void
read_whole (Program *self)
{
  HpRef buffer;

  hp_machine_call (self->machine, self->whole);
  hp_lesson_step (self->lesson,
                  "const bytes",
                  _ ("One buffer for the whole file: %u pages. RAM has room for half of them, so the first ones go to "
                     "swap while the last ones are still being read."),
                  FILE_BYTES / PAGE_BYTES);
  buffer = read_bytes (self, FILE_BYTES);
  hp_lesson_step (self->lesson,
                  "return bytes",
                  _ ("Adding up begins at the front, which has just been written to swap. Each page comes back from "
                     "there, and pushes out one that will be needed later."));
  add_up (self, buffer, FILE_BYTES);
  hp_machine_return (self->machine);
}

static void
read_in_chunks (Program *self)
{
  hp_machine_call (self->machine, self->in_chunks);
  for (guint32 at = 0; at < FILE_BYTES; at += CHUNK_BYTES)
    {
      guint32 n = MIN (CHUNK_BYTES, FILE_BYTES - at);
      HpRef chunk;

      hp_lesson_step (self->lesson,
                      "for await",
                      _ ("Each chunk is a small buffer. It is added up while it is still in RAM, and then it is "
                         "garbage: a scavenge costs next to nothing, and the same pages serve again."));
      chunk = read_bytes (self, n);
      hp_lesson_go_to (self->lesson, "sum += chunk");
      add_up (self, chunk, n);
      hp_machine_set_local (self->machine, 0, hp_value_undefined ());
    }
  hp_machine_return (self->machine);
}

static HpCounters
measure (Program *self, void (*read) (Program *), guint64 *peak)
{
  HpCounters counters;

  self->peak = 0;
  hp_lesson_since (self->lesson);
  read (self);
  counters = hp_lesson_since (self->lesson);
  *peak = self->peak;
  return counters;
}

static void
run (HpScenarioContext *context)
{
  HpMachine *machine = hp_scenario_context_machine (context);
  g_autoptr (HpLesson) lesson = hp_lesson_new (machine, "whole-file-or-chunks.js", source_text);
  HpCounters whole, chunks;
  guint64 whole_peak, chunks_peak;
  Program program;

  program_init (&program, machine, lesson);
  hp_lesson_chapter (lesson, _ ("The whole file"), "whole();\n", _ ("First the file is read at once."));
  whole = measure (&program, read_whole, &whole_peak);
  hp_lesson_step (
      lesson, "await inChunks", _ ("What is left of the first way is collected, so that both begin alike."));
  hp_machine_end_job (machine);
  hp_machine_collect (machine, HP_COLLECTION_FULL);
  hp_lesson_chapter (lesson, _ ("In chunks"), "await inChunks", _ ("Now the same file as a stream of chunks."));
  chunks = measure (&program, read_in_chunks, &chunks_peak);
  hp_lesson_step (lesson,
                  "await inChunks",
                  _ ("Whole: %u faults, %u of them from swap, at most %u bytes, %.1f ms. In chunks: %u faults, %u from "
                     "swap, at most %u bytes, %.1f ms."),
                  (guint) (whole.minor_faults + whole.major_faults),
                  (guint) whole.major_faults,
                  (guint) whole_peak,
                  (double) whole.time_ns / 1e6,
                  (guint) (chunks.minor_faults + chunks.major_faults),
                  (guint) chunks.major_faults,
                  (guint) chunks_peak,
                  (double) chunks.time_ns / 1e6);
}

static const HpScenario scenario = {
  .struct_size = sizeof (HpScenario),
  .run = run,
};

HP_DEFINE_SCENARIO ("whole-file-or-chunks", scenario)
