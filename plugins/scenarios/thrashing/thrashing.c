/* thrashing.c - a working set that grows, page by page, past what RAM holds
 *
 * P. J. Denning: The working set model for program behavior (1968).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "machine/lesson.h"
#include "plugin/plugin.h"

#include <glib/gi18n-lib.h>

#define PAGE_BYTES 256
#define FIRST_PAGES 8
#define LAST_PAGES 22
#define STEP 2
#define ROUNDS 3 /* through a working set of one size; the first of them may load new pages */

static const char source_text[] = "// A loop that works on a little more each time.\n"
                                  "const data = new Uint8Array(22 * 256);\n"
                                  "\n"
                                  "function work(pages) {\n"
                                  "  for (let round = 0; round < 3; round++)\n"
                                  "    for (let page = 0; page < pages; page++)\n"
                                  "      data[page * 256]++;\n"
                                  "}\n"
                                  "\n"
                                  "for (let pages = 8; pages <= 22; pages += 2)\n"
                                  "  work(pages);\n";

typedef struct
{
  HpMachine *machine;
  HpLesson *lesson;
  HpRef data;
} Program;

static void
make_data (Program *self)
{
  HpShape shape = { .name = "Uint8Array", .kind = HP_SHAPE_OTHER, .tail = HP_TAIL_BYTES, .header_words = 2 };
  guint32 id = hp_machine_define_shape (self->machine, &shape);
  guint32 root = hp_machine_define_root (self->machine, "data");

  hp_lesson_chapter (self->lesson,
                     _ ("Enough RAM"),
                     "const data",
                     _ ("An array of %u pages. Memory of its own costs nothing until it is touched."),
                     LAST_PAGES);
  self->data = hp_machine_allocate (self->machine, id, LAST_PAGES * PAGE_BYTES);
  hp_machine_set_root (self->machine, root, hp_value_ref (self->data));
  hp_machine_label (self->machine, self->data, "data");
}

/* Returns the faults of the last round. */
static guint
work (Program *self, guint n_pages)
{
  HpCounters round_counters = { 0 };

  for (guint round = 1; round <= ROUNDS; round++)
    {
      hp_lesson_since (self->lesson);
      for (guint page = 0; page < n_pages; page++)
        {
          hp_lesson_step (self->lesson,
                          "data[page",
                          _ ("The working set is %u pages. Round %u of %u goes through all of them."),
                          n_pages,
                          round,
                          ROUNDS);
          hp_machine_access (self->machine, self->data, page * PAGE_BYTES, 1, TRUE);
        }
      round_counters = hp_lesson_since (self->lesson);
    }
  return (guint) (round_counters.minor_faults + round_counters.major_faults);
}

static void
report (Program *self, guint n_pages, guint faults, gboolean was_calm)
{
  if (faults == 0)
    hp_lesson_step (self->lesson, "work(pages)", _ ("%u pages fit into RAM: the last round had no fault."), n_pages);
  else if (was_calm)
    hp_lesson_chapter (
        self->lesson,
        _ ("Thrashing"),
        "work(pages)",
        _ ("With %u pages the working set no longer fits, and %u of %u accesses of the last round were "
           "faults. It does not get a little slower: under LRU the page that goes is always the one needed next."),
        n_pages,
        faults,
        n_pages);
  else
    hp_lesson_step (self->lesson,
                    "work(pages)",
                    _ ("%u pages: %u faults in the last round. The machine spends its time on swap instead of on the "
                       "program: it thrashes. Only a smaller working set or more RAM helps."),
                    n_pages,
                    faults);
}

static void
run (HpScenarioContext *context)
{
  HpMachine *machine = hp_scenario_context_machine (context);
  g_autoptr (HpLesson) lesson = hp_lesson_new (machine, "thrashing.js", source_text);
  Program program = { machine, lesson, HP_REF_NONE };
  gboolean is_calm = TRUE;

  make_data (&program);
  for (guint n_pages = FIRST_PAGES; n_pages <= LAST_PAGES; n_pages += STEP)
    {
      guint faults = work (&program, n_pages);

      report (&program, n_pages, faults, is_calm);
      is_calm = faults == 0;
    }
}

static const HpScenario scenario = {
  .struct_size = sizeof (HpScenario),
  .run = run,
};

HP_DEFINE_SCENARIO ("thrashing", scenario)
