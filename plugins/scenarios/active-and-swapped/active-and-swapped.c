/* active-and-swapped.c - a small record in use beside a large log that nobody reads: what stays in RAM and what does
 * not
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "machine/lesson.h"
#include "plugin/plugin.h"

#include <glib/gi18n-lib.h>

#define N_ENTRIES 24
#define ENTRY_BYTES 200
#define N_REQUESTS 24 /* each reads the user and appends nothing but its own young garbage */

enum
{
  USER_NAME,
  USER_VISITS,
  USER_N_SLOTS
};

static const char source_text[] = "// One user works, a long log lies idle.\n"
                                  "const accessLog = [];\n"
                                  "const user = { name: \"Ada\", visits: 0 };\n"
                                  "\n"
                                  "for (let i = 0; i < 24; i++)\n"
                                  "  accessLog.push(readLine());\n"
                                  "\n"
                                  "for (let i = 0; i < 24; i++)\n"
                                  "  handle(user);\n"
                                  "\n"
                                  "function handle(user) {\n"
                                  "  user.visits++;\n"
                                  "  const page = `Hello ${user.name}`;\n"
                                  "}\n"
                                  "\n"
                                  "console.log(accessLog[7]);\n";

typedef struct
{
  HpMachine *machine;
  HpLesson *lesson;
  struct
  {
    guint32 user, log, string;
  } shapes;
  struct
  {
    guint32 user, log, page;
  } roots;
} Program;

static void
program_init (Program *self, HpMachine *machine, HpLesson *lesson)
{
  static const char *const slots[] = { "name", "visits" };

  *self = (Program){ .machine = machine, .lesson = lesson };
  self->shapes.user = hp_machine_define_shape (
      machine,
      &(HpShape){
          .name = "User", .kind = HP_SHAPE_OBJECT, .header_words = 3, .n_slots = USER_N_SLOTS, .slot_names = slots });
  self->shapes.log = hp_machine_define_shape (
      machine, &(HpShape){ .name = "Array", .kind = HP_SHAPE_ELEMENTS, .tail = HP_TAIL_SLOTS, .header_words = 2 });
  self->shapes.string = hp_machine_define_shape (
      machine, &(HpShape){ .name = "string", .kind = HP_SHAPE_STRING, .tail = HP_TAIL_BYTES, .header_words = 2 });
  self->roots.user = hp_machine_define_root (machine, "user");
  self->roots.log = hp_machine_define_root (machine, "accessLog");
  self->roots.page = hp_machine_define_root (machine, "page");
}

static HpRef
make_string (Program *self, guint32 n, const char *label)
{
  HpRef string = hp_machine_allocate (self->machine, self->shapes.string, n);

  hp_machine_label (self->machine, string, label);
  hp_machine_access (self->machine, string, 0, n, TRUE);
  return string;
}

static HpRef
get (Program *self, guint32 root)
{
  return hp_value_get_ref (hp_machine_get_root (self->machine, root));
}

static void
make_user (Program *self)
{
  HpRef user;

  hp_lesson_step (self->lesson, "const user", _ ("The user is a small object and a string: half a page together."));
  user = hp_machine_allocate (self->machine, self->shapes.user, 0);
  hp_machine_set_root (self->machine, self->roots.user, hp_value_ref (user));
  hp_machine_label (self->machine, user, "user");
  hp_machine_write (self->machine, user, USER_VISITS, hp_value_integer (0));
  hp_machine_write (
      self->machine, get (self, self->roots.user), USER_NAME, hp_value_ref (make_string (self, 3, "Ada")));
}

static void
fill_log (Program *self)
{
  HpRef log;

  hp_lesson_step (self->lesson, "const accessLog", _ ("The log will get %u lines."), N_ENTRIES);
  log = hp_machine_allocate (self->machine, self->shapes.log, N_ENTRIES);
  hp_machine_set_root (self->machine, self->roots.log, hp_value_ref (log));
  hp_machine_label (self->machine, log, "accessLog");
  make_user (self);
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      char label[32];

      g_snprintf (label, sizeof label, "line %u", i + 1);
      hp_lesson_step (self->lesson,
                      "accessLog.push",
                      _ ("Each line takes most of a page, and together they are twice as large as RAM. What was not "
                         "used for longest goes to swap: the oldest lines."));
      hp_machine_write (
          self->machine, get (self, self->roots.log), i, hp_value_ref (make_string (self, ENTRY_BYTES, label)));
    }
}

static void
handle_requests (Program *self)
{
  HpCounters since;

  hp_lesson_since (self->lesson);
  for (guint i = 0; i < N_REQUESTS; i++)
    {
      HpRef user = get (self, self->roots.user);

      hp_lesson_step (self->lesson, "user.visits++", _ ("Each request uses the user, so its pages stay in RAM."));
      hp_machine_write (self->machine, user, USER_VISITS, hp_value_integer ((gint32) i + 1));
      hp_machine_read (self->machine, user, USER_NAME);
      hp_lesson_go_to (self->lesson, "const page");
      hp_machine_set_root (self->machine, self->roots.page, hp_value_ref (make_string (self, 40, "page")));
    }
  since = hp_lesson_since (self->lesson);
  hp_lesson_step (
      self->lesson,
      "handle(user);\n\n",
      _ ("Requests: %u; faults from swap: %u. The program does not notice that most of its heap is not in RAM; "
         "pages in swap: %u."),
      N_REQUESTS,
      (guint) since.major_faults,
      (guint) since.swapped_pages);
}

static void
read_log (Program *self)
{
  HpRef line;
  HpCounters since;

  hp_lesson_step (self->lesson,
                  "console.log",
                  _ ("Somebody asks for an old line. The reference to it leads to a page that is in swap: the "
                     "program waits until it is read, a thousand times as long as for RAM."));
  hp_lesson_since (self->lesson);
  line = hp_value_get_ref (hp_machine_read (self->machine, get (self, self->roots.log), 7));
  hp_machine_access (self->machine, line, 0, ENTRY_BYTES, FALSE);
  hp_machine_print (self->machine, "line 8");
  since = hp_lesson_since (self->lesson);
  hp_lesson_step (
      self->lesson,
      "console.log",
      _ ("Faults from swap: %u, and as many pages had to make room. heapUsed tells nothing of all this: it counts "
         "objects, wherever they are. RSS counts what is in RAM."),
      (guint) since.major_faults);
}

static void
run (HpScenarioContext *context)
{
  HpMachine *machine = hp_scenario_context_machine (context);
  g_autoptr (HpLesson) lesson = hp_lesson_new (machine, "active-and-swapped.js", source_text);
  Program program;

  program_init (&program, machine, lesson);
  hp_machine_chapter (machine, _ ("A log larger than RAM"));
  fill_log (&program);
  hp_machine_chapter (machine, _ ("Only the user is used"));
  handle_requests (&program);
  hp_machine_chapter (machine, _ ("Somebody reads the log"));
  read_log (&program);
}

static const HpScenario scenario = {
  .struct_size = sizeof (HpScenario),
  .run = run,
};

HP_DEFINE_SCENARIO ("active-and-swapped", scenario)
