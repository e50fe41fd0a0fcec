/* first-steps.c - a guided program in four chapters: stack, heap, young generation, old generation
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "lesson.h"
#include <glib/gi18n-lib.h>

static void
run (HpScenarioContext *context)
{
  Lesson lesson;

  lesson_init (&lesson, hp_scenario_context_machine (context));
  hp_machine_explain (lesson.machine, _ ("The program is about to start: stack and heap are empty."));
  chapter_stack (&lesson);
  chapter_heap (&lesson);
  chapter_young (&lesson);
  chapter_old (&lesson);
  lesson_clear (&lesson);
}

static const HpScenario scenario = {
  .struct_size = sizeof (HpScenario),
  .run = run,
};

HP_DEFINE_SCENARIO ("first-steps", scenario)
