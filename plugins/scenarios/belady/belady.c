/* belady.c - one string of page references with three page frames and then with four: FIFO faults more with more RAM
 *
 * L. A. Belady, R. A. Nelson, G. S. Shedler: An anomaly in space-time characteristics of certain programs running in a
 * paging machine (1969).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "machine/lesson.h"
#include "plugin/plugin.h"

#include <glib/gi18n-lib.h>

#define PAGE_BYTES 256
#define FIRST_FRAMES 3
#define MORE_FRAMES 4

static const char source_text[] = "// The same references, with less and with more RAM.\n"
                                  "const order = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];\n"
                                  "\n"
                                  "function walk(base) {\n"
                                  "  for (const page of order) {\n"
                                  "    touch(base + page * 256);\n"
                                  "  }\n"
                                  "}\n"
                                  "\n"
                                  "limit(3 * 256);\n"
                                  "walk(0x0);\n"
                                  "limit(4 * 256);\n"
                                  "walk(0x1000);\n";

static const guint8 ORDER[] = { 1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5 };

/* Returns how many of the references were faults. */
static guint
walk (HpMachine *machine, HpLesson *lesson, guint64 base)
{
  guint n_faults = 0;

  hp_lesson_since (lesson);
  for (gsize i = 0; i < G_N_ELEMENTS (ORDER); i++)
    {
      HpCounters since;

      hp_lesson_step (
          lesson, "touch(", _ ("Reference %u of %u: page %u."), (guint) i + 1, (guint) sizeof ORDER, ORDER[i]);
      hp_machine_touch (machine, base + ORDER[i] * PAGE_BYTES, FALSE);
      since = hp_lesson_since (lesson);
      n_faults += (guint) (since.minor_faults + since.major_faults);
    }
  return n_faults;
}

static void
compare (HpLesson *lesson, guint first, guint more)
{
  if (more > first)
    hp_lesson_step (lesson,
                    "walk(0x1000)",
                    _ ("%u faults with 3 page frames, %u with 4: more RAM made it worse. FIFO does not keep what a "
                       "smaller RAM would have kept. Choose lru for “replacement”, and it cannot happen."),
                    first,
                    more);
  else
    hp_lesson_step (lesson,
                    "walk(0x1000)",
                    _ ("%u faults with 3 page frames, %u with 4. A policy whose larger RAM always holds what its "
                       "smaller RAM holds, as LRU and OPT, never gets worse. Choose fifo, and it does."),
                    first,
                    more);
}

static void
run (HpScenarioContext *context)
{
  HpMachine *machine = hp_scenario_context_machine (context);
  g_autoptr (HpLesson) lesson = hp_lesson_new (machine, "belady.js", source_text);
  guint first, more;

  hp_lesson_chapter (
      lesson,
      _ ("Three page frames"),
      "limit(3",
      _ ("RAM has room for three pages. When a fourth one is needed, the page that was loaded longest ago "
         "has to go: first in, first out."));
  hp_machine_limit_ram (machine, FIRST_FRAMES * PAGE_BYTES);
  first = walk (machine, lesson, 0);
  hp_lesson_chapter (lesson,
                     _ ("Four page frames"),
                     "limit(4",
                     _ ("%u of 12 references were faults. Now RAM gets a fourth page frame, and the same references "
                        "come again, in another file. One would expect fewer faults."),
                     first);
  hp_machine_limit_ram (machine, MORE_FRAMES * PAGE_BYTES);
  more = walk (machine, lesson, 0x1000);
  compare (lesson, first, more);
}

static const HpScenario scenario = {
  .struct_size = sizeof (HpScenario),
  .run = run,
};

HP_DEFINE_SCENARIO ("belady", scenario)
