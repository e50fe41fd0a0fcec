/* lesson.c - the source text, the shapes and functions it needs, and the operations of a lesson
 *
 * Sizes are V8's without pointer compression: a literal of k properties is 24 + 8 k bytes, an array 32 and a store of
 * 16 + 8 n, a one-byte string 16 + n rounded up to a word.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "lesson.h"
#include <string.h>

#define LINE_LENGTH 200 /* an object of 216 bytes, as the sentences say */

static const char source_text[] = "// First steps: what memory does while a program runs.\n"
                                  "\n"
                                  "function calculateTotal(a, b) {\n"
                                  "  const tax = 2;\n"
                                  "  return (a + b) * tax;\n"
                                  "}\n"
                                  "\n"
                                  "function greet(who) {\n"
                                  "  return \"Hi \" + who.name;\n"
                                  "}\n"
                                  "\n"
                                  "let cache;\n"
                                  "\n"
                                  "function main() {\n"
                                  "  // 1. A call puts a frame on the stack.\n"
                                  "  let total = calculateTotal(3, 4);\n"
                                  "  total = calculateTotal(10, 20);\n"
                                  "\n"
                                  "  // 2. Objects live in the heap.\n"
                                  "  const user = {\n"
                                  "    name: \"Alice\",\n"
                                  "    hobbies: [\"chess\", \"music\"],\n"
                                  "    best: null,\n"
                                  "  };\n"
                                  "  const friend = user;\n"
                                  "  friend.hobbies[1] = \"go\";\n"
                                  "  const greeting = greet(user);\n"
                                  "\n"
                                  "  // 3. Young objects die young.\n"
                                  "  for (let i = 1; i <= 7; i++) {\n"
                                  "    const line = readLine();\n"
                                  "  }\n"
                                  "  user.best = { x: 3, y: 4 };\n"
                                  "  for (let i = 1; i <= 3; i++) {\n"
                                  "    const text = readLine();\n"
                                  "  }\n"
                                  "\n"
                                  "  // 4. The old generation, RAM and swap.\n"
                                  "  cache = new Array(10);\n"
                                  "  for (let i = 0; i < 10; i++) {\n"
                                  "    cache[i] = { text: readLine() };\n"
                                  "  }\n"
                                  "  gc(); // everything becomes old\n"
                                  "  for (let i = 0; i < 10; i++) {\n"
                                  "    if (i % 4 !== 0) cache[i] = null;\n"
                                  "  }\n"
                                  "  gc(); // mark and sweep\n"
                                  "  gc(); // compact\n"
                                  "  console.log(greeting, total);\n"
                                  "}\n"
                                  "\n"
                                  "main();\n";

static void
define_functions (Lesson *self)
{
  static const char *const main_locals[MAIN_N_LOCALS] = { "total", "user", "friend", "greeting", "i", "line", NULL };
  static const char *const total_locals[] = { "a", "b", "tax" };
  static const char *const greet_locals[] = { "who" };

  self->functions.main = hp_machine_define_function (
      self->machine,
      &(HpFunction){ .name = "main", .overhead_words = 4, .n_locals = MAIN_N_LOCALS, .local_names = main_locals });
  self->functions.calculate_total = hp_machine_define_function (self->machine,
                                                                &(HpFunction){ .name = "calculateTotal",
                                                                               .overhead_words = 4,
                                                                               .n_parameters = 2,
                                                                               .n_locals = G_N_ELEMENTS (total_locals),
                                                                               .local_names = total_locals });
  self->functions.greet = hp_machine_define_function (self->machine,
                                                      &(HpFunction){ .name = "greet",
                                                                     .overhead_words = 4,
                                                                     .n_parameters = 1,
                                                                     .n_locals = G_N_ELEMENTS (greet_locals),
                                                                     .local_names = greet_locals });
}

/* Map, properties and elements come before the properties of a literal. */
static guint32
define_literal (Lesson *self, const char *name, guint32 n_slots, const char *const *slot_names)
{
  return hp_machine_define_shape (
      self->machine,
      &(HpShape){
          .name = name, .kind = HP_SHAPE_OBJECT, .header_words = 3, .n_slots = n_slots, .slot_names = slot_names });
}

static void
define_shapes (Lesson *self)
{
  static const char *const user_slots[] = { "name", "hobbies", "best" };
  static const char *const point_slots[] = { "x", "y" };
  static const char *const entry_slots[] = { "text" };
  static const char *const array_slots[] = { "elements", "length" };

  self->shapes.user = define_literal (self, "User", G_N_ELEMENTS (user_slots), user_slots);
  self->shapes.point = define_literal (self, "Point", G_N_ELEMENTS (point_slots), point_slots);
  self->shapes.entry = define_literal (self, "Entry", G_N_ELEMENTS (entry_slots), entry_slots);
  self->shapes.array = hp_machine_define_shape (self->machine,
                                                &(HpShape){ .name = "Array",
                                                            .kind = HP_SHAPE_ARRAY,
                                                            .header_words = 2,
                                                            .n_slots = G_N_ELEMENTS (array_slots),
                                                            .slot_names = array_slots });
  self->shapes.elements = hp_machine_define_shape (
      self->machine,
      &(HpShape){ .name = "elements", .kind = HP_SHAPE_ELEMENTS, .tail = HP_TAIL_SLOTS, .header_words = 2 });
  self->shapes.string = hp_machine_define_shape (
      self->machine, &(HpShape){ .name = "string", .kind = HP_SHAPE_STRING, .tail = HP_TAIL_BYTES, .header_words = 2 });
}

void
lesson_init (Lesson *self, HpMachine *machine)
{
  *self = (Lesson){ .machine = machine };
  self->telling = hp_lesson_new (machine, "first-steps.js", source_text);
  define_functions (self);
  define_shapes (self);
  self->cache = hp_machine_define_root (machine, "cache");
}

void
lesson_clear (Lesson *self)
{
  g_clear_pointer (&self->telling, hp_lesson_free);
}

void
lesson_call (Lesson *self, guint32 function)
{
  if (!hp_machine_call (self->machine, function))
    hp_machine_fail_stack_overflow (self->machine);
}

void
lesson_set_local (Lesson *self, guint32 local, HpValue value)
{
  hp_machine_set_local (self->machine, local, value);
}

HpRef
lesson_get_local (Lesson *self, guint32 local)
{
  return hp_value_get_ref (hp_machine_get_local (self->machine, local));
}

void
lesson_write (Lesson *self, HpRef host, guint32 slot, HpValue value)
{
  hp_machine_write (self->machine, host, slot, value);
}

HpRef
lesson_read (Lesson *self, HpRef host, guint32 slot)
{
  return hp_value_get_ref (hp_machine_read (self->machine, host, slot));
}

HpRef
lesson_string (Lesson *self, const char *characters)
{
  HpRef string = hp_machine_allocate (self->machine, self->shapes.string, (guint32) strlen (characters));

  hp_machine_label (self->machine, string, characters);
  return string;
}

HpRef
lesson_read_line (Lesson *self)
{
  HpRef string = hp_machine_allocate (self->machine, self->shapes.string, LINE_LENGTH);
  char label[32];

  g_snprintf (label, sizeof label, "line %u", ++self->n_lines);
  hp_machine_label (self->machine, string, label);
  return string;
}

/* New space starts with halves of this size; it has not grown before the lesson asks. A number below 1,024 is V8's way
 * to give megabytes. */
static guint64
half_of_new_space (Lesson *self)
{
  gint64 size = hp_settings_get_integer (hp_machine_settings (self->machine), "min-semi-space-size");

  return (guint64) (size < 1024 ? size << 20 : size);
}

gboolean
lesson_is_new_space_full (Lesson *self)
{
  const HpCounters *counters = hp_machine_counters (self->machine);
  guint64 used = counters->used_bytes[HP_SPACE_SEMI_A] + counters->used_bytes[HP_SPACE_SEMI_B];

  return used + 16 + LINE_LENGTH > half_of_new_space (self);
}

gboolean
lesson_was_scavenged (Lesson *self, guint *copied, guint *promoted)
{
  const HpCounters *now = hp_machine_counters (self->machine);
  gboolean is_more = now->scavenges > self->told.scavenges;

  *copied = (guint) (now->copied_bytes - self->told.copied_bytes);
  *promoted = (guint) (now->promoted_bytes - self->told.promoted_bytes);
  self->told = *now;
  return is_more;
}
