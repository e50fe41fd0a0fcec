/* young.c - chapter 3: young objects die in a scavenge, survivors are copied, then promoted
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "lesson.h"
#include <glib/gi18n-lib.h>

#define LOOP_1 "const line"
#define LOOP_2 "const text"

static const char *
describe_turn (guint turn)
{
  switch (turn)
    {
    case 2:
      return _ ("Another string of 216 bytes. When line takes over its reference, nothing refers to the string of the "
                "turn before: it became garbage after one turn.");
    case 3:
      return _ (
          "Most objects are like these lines: used for a moment, then forgotten. That is why V8 collects the small "
          "new space often, and everything else rarely.");
    case 8:
      return _ (
          "The loop goes on, and new lines fill to-space behind the point. They are of no use to anybody; the point "
          "must not be lost with them.");
    default:
      return _ ("Another line, another 216 bytes of to-space. The garbage in between costs nothing yet but its place.");
    }
}

static const char *
describe_full (Lesson *self)
{
  switch (hp_machine_counters (self->machine)->scavenges)
    {
    case 0:
      return _ ("To-space has no room for the next line, so a scavenge comes first. It begins with a flip: the halves "
                "change names, and all objects are in from-space now.");
    case 1:
      return _ ("To-space is full again, and the halves flip again. What lies below the age mark has survived once "
                "before; by "
                "V8's rule, what is still alive of it is promoted to old space now.");
    default:
      return _ (
          "To-space is full once more. user is old, so the scavenge does not look into it: only the remembered set "
          "tells that one of its slots leads into new space.");
    }
}

/* Under a policy that does otherwise than V8. */
static void
report_plainly (Lesson *self, guint copied, guint promoted)
{
  hp_lesson_step (self->telling,
                  LOOP_1,
                  _ ("Bytes copied inside new space by this scavenge: %u; bytes promoted to old space: %u."),
                  copied,
                  promoted);
}

static void
report_first (Lesson *self, guint copied)
{
  hp_lesson_step (
      self->telling,
      LOOP_1,
      _ ("The scavenge went from the stack along the references and copied what it reached into the empty half: "
         "%u bytes. The dead were not even looked at; their whole half is free again."),
      copied);
  hp_lesson_step (
      self->telling,
      LOOP_1,
      _ ("Many drawings let objects be born in to-space and copied to from-space. In V8 the names change before "
         "the copying: copies always go from from-space to to-space."));
  hp_lesson_step (self->telling,
                  LOOP_1,
                  _ ("The age mark now stands behind the survivors. At the next scavenge it tells who survived before, "
                     "without any counter in the objects."));
}

static void
report_second (Lesson *self, guint copied, guint promoted)
{
  hp_lesson_step (
      self->telling,
      LOOP_1,
      _ ("Copied for the first time: %u bytes; promoted to old space: %u bytes, with user among them. Many lessons "
         "promote at the first survival; V8 does at the second."),
      copied,
      promoted);
}

static void
report_third (Lesson *self)
{
  hp_lesson_step (
      self->telling,
      LOOP_2,
      _ ("The point survived although neither the stack nor any young object refers to it. Had user been dead, "
         "its slot would have kept the point alive all the same, until a full collection."));
}

static void
report_scavenge (Lesson *self)
{
  guint copied;
  guint promoted;

  if (!lesson_was_scavenged (self, &copied, &promoted))
    return;
  if (self->told.scavenges == 1 && promoted == 0)
    report_first (self, copied);
  else if (self->told.scavenges == 2 && copied > 0 && promoted > 0)
    report_second (self, copied, promoted);
  else if (self->told.scavenges <= 2)
    report_plainly (self, copied, promoted);
  else if (self->told.scavenges == 3)
    report_third (self);
}

/* One turn of a loop whose step was told already. */
static void
read_line (Lesson *self, guint turn)
{
  lesson_set_local (self, MAIN_I, hp_value_integer ((gint32) turn));
  lesson_set_local (self, MAIN_LINE, hp_value_ref (lesson_read_line (self)));
  report_scavenge (self);
}

static void
write_best (Lesson *self)
{
  HpRef point;

  hp_lesson_step (
      self->telling, "user.best =", _ ("A new object is young, wherever the reference to it is going to be stored."));
  point = hp_machine_allocate (self->machine, self->shapes.point, 0);
  lesson_write (self, point, POINT_X, hp_value_integer (3));
  lesson_write (self, point, POINT_Y, hp_value_integer (4));
  hp_lesson_step (
      self->telling,
      "user.best",
      _ ("An old object refers to a young one now. The write barrier notes the slot in the remembered set, so that "
         "no scavenge has to search all of old space for such references."));
  lesson_write (self, lesson_get_local (self, MAIN_USER), USER_BEST, hp_value_ref (point));
}

void
chapter_young (Lesson *self)
{
  hp_lesson_chapter (
      self->telling,
      _ ("Young objects die, survivors are copied, then promoted"),
      LOOP_1,
      _ ("New objects are put one behind the other into to-space, one half of new space: making one only moves "
         "a pointer. The other half, from-space, is empty."));
  read_line (self, 1);
  for (guint turn = 2; turn <= 7; turn++)
    {
      hp_lesson_step (
          self->telling, LOOP_1, lesson_is_new_space_full (self) ? describe_full (self) : describe_turn (turn));
      read_line (self, turn);
    }
  write_best (self);
  for (guint turn = 1; turn <= 3; turn++)
    {
      hp_lesson_step (
          self->telling, LOOP_2, lesson_is_new_space_full (self) ? describe_full (self) : describe_turn (turn + 7));
      read_line (self, turn);
    }
}
