/* stack.c - chapter 1: a call puts a frame on the stack and takes it away
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "lesson.h"
#include <glib/gi18n-lib.h>

enum
{
  TOTAL_A,
  TOTAL_B,
  TOTAL_TAX
};

static void
call_calculate_total (Lesson *self, gint32 a, gint32 b)
{
  lesson_call (self, self->functions.calculate_total);
  lesson_set_local (self, TOTAL_A, hp_value_integer (a));
  lesson_set_local (self, TOTAL_B, hp_value_integer (b));
}

static void
first_total (Lesson *self)
{
  hp_lesson_step (
      self->telling,
      "calculateTotal(3, 4)",
      _ ("The call puts a second frame on top of the first one. The arguments 3 and 4 go into it: whole numbers "
         "of up to 32 bits (V8 calls them Smis) lie right in the frame."));
  call_calculate_total (self, 3, 4);
  hp_lesson_step (
      self->telling,
      "const tax",
      _ ("tax is a local variable, so its place is in the frame too. Were it 0.2, which is no Smi, the frame "
         "would hold only a reference to a number in the heap."));
  lesson_set_local (self, TOTAL_TAX, hp_value_integer (2));
  hp_lesson_step (
      self->telling,
      "return (a + b) * tax",
      _ ("(3 + 4) * 2 is 14. return hands 14 back in a register of the processor and takes the frame away; a, b "
         "and tax are gone with it, and there is nothing to collect."));
  hp_machine_return (self->machine);
  hp_lesson_step (self->telling,
                  "let total",
                  _ ("The result is stored in total: a place in the frame of main, which waited below."));
  lesson_set_local (self, MAIN_TOTAL, hp_value_integer (14));
}

static void
second_total (Lesson *self)
{
  hp_lesson_step (
      self->telling,
      "calculateTotal(10, 20)",
      _ ("The same function is called again, and its new frame lies exactly where the last one lay: calling and "
         "returning only move the end of the stack."));
  call_calculate_total (self, 10, 20);
  hp_lesson_step (
      self->telling, "const tax", _ ("Each call has its own a, b and tax. Nothing is left from the call before."));
  lesson_set_local (self, TOTAL_TAX, hp_value_integer (2));
  hp_lesson_step (self->telling,
                  "return (a + b) * tax",
                  _ ("The frame goes away again. A stack has no fixed size, as is often said, but a limit (984 KB in "
                     "Node.js): only calls nested too deeply ever meet it."));
  hp_machine_return (self->machine);
  hp_lesson_step (
      self->telling,
      "total = calculateTotal(10, 20)",
      _ ("60 takes the place of 14 in total. A Smi needs no memory besides the local itself, so no garbage is "
         "left behind."));
  lesson_set_local (self, MAIN_TOTAL, hp_value_integer (60));
}

void
chapter_stack (Lesson *self)
{
  hp_lesson_chapter (self->telling,
                     _ ("A call puts a frame on the stack and takes it away"),
                     "main();",
                     _ ("main is called: a frame for it is put on the empty stack, with a place for each of its local "
                        "variables. They hold nothing yet."));
  lesson_call (self, self->functions.main);
  first_total (self);
  second_total (self);
}
