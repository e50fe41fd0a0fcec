/* heap.c - chapter 2: an object lives in the heap and the stack holds only a reference
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "lesson.h"
#include <glib/gi18n-lib.h>

enum
{
  GREET_WHO
};

/* user.hobbies = ["chess", "music"] */
static void
make_hobbies (Lesson *self, HpRef user)
{
  HpRef hobbies;
  HpRef elements;

  hp_lesson_step (
      self->telling,
      "hobbies: ",
      _ ("An array is two objects: the Array itself with its length, and a store for its elements, which is "
         "replaced by a larger one when the array grows."));
  hobbies = hp_machine_allocate (self->machine, self->shapes.array, 0);
  lesson_write (self, user, USER_HOBBIES, hp_value_ref (hobbies));
  lesson_write (self, hobbies, ARRAY_LENGTH, hp_value_integer (2));
  elements = hp_machine_allocate (self->machine, self->shapes.elements, 2);
  lesson_write (self, hobbies, ARRAY_ELEMENTS, hp_value_ref (elements));
  hp_lesson_step (
      self->telling,
      "\"chess\"",
      _ ("The store holds references as well: each of the two strings is an object of its own. From user it "
         "takes three steps to reach one."));
  lesson_write (self, elements, 0, hp_value_ref (lesson_string (self, "chess")));
  lesson_write (self, elements, 1, hp_value_ref (lesson_string (self, "music")));
}

static void
make_user (Lesson *self)
{
  HpRef user;

  hp_lesson_chapter (
      self->telling,
      _ ("An object lives in the heap, the stack holds a reference"),
      "const user",
      _ ("{ … } makes an object of 48 bytes in the heap: three words of V8's own and one for each of the "
         "three properties. The frame of main gets only its address: a reference."));
  user = hp_machine_allocate (self->machine, self->shapes.user, 0);
  lesson_set_local (self, MAIN_USER, hp_value_ref (user));
  hp_lesson_step (
      self->telling,
      "name: \"Alice\"",
      _ ("The usual lesson puts strings on the stack, as primitive values. In V8 every string is an object in the "
         "heap, and the property name holds a reference to it."));
  lesson_write (self, user, USER_NAME, hp_value_ref (lesson_string (self, "Alice")));
  make_hobbies (self, user);
  hp_lesson_step (
      self->telling,
      "best: null",
      _ ("null takes no memory of its own: there is just one, made before the program starts. (V8 makes the "
         "strings of a literal beforehand too; here you could watch them come.)"));
  lesson_write (self, user, USER_BEST, hp_value_ref (HP_REF_NONE));
}

static void
share_user (Lesson *self)
{
  HpRef elements;

  hp_lesson_step (
      self->telling,
      "const friend",
      _ ("Assigning an object copies the reference, not the object: user and friend are two locals that refer to "
         "one User."));
  lesson_set_local (self, MAIN_FRIEND, hp_value_ref (lesson_get_local (self, MAIN_USER)));
  hp_lesson_step (self->telling,
                  "friend.hobbies[1]",
                  _ ("The path to the slot leads from friend through the array to its store. Whoever asks user for its "
                     "hobbies takes the same path, so the change will be seen there too."));
  elements = lesson_read (self, lesson_read (self, lesson_get_local (self, MAIN_FRIEND), USER_HOBBIES), ARRAY_ELEMENTS);
  hp_lesson_step (
      self->telling,
      "= \"go\"",
      _ ("The slot refers to \"go\" now and nothing refers to \"music\" any more. That makes it garbage; but its "
         "memory stays taken until a collection."));
  lesson_write (self, elements, 1, hp_value_ref (lesson_string (self, "go")));
}

static void
greet_user (Lesson *self)
{
  HpRef user = lesson_get_local (self, MAIN_USER);
  HpRef greeting;

  hp_lesson_step (
      self->telling,
      "greet(user)",
      _ ("An argument is passed the same way: who, in the new frame, is a third reference to the one User."));
  lesson_call (self, self->functions.greet);
  lesson_set_local (self, GREET_WHO, hp_value_ref (user));
  hp_lesson_step (
      self->telling,
      "\"Hi \" + who.name",
      _ ("+ makes a new string in the heap and copies the characters. (From 13 characters on V8 saves the copying: "
         "the new string then only refers to the two parts.)"));
  lesson_read (self, lesson_get_local (self, GREET_WHO), USER_NAME);
  greeting = lesson_string (self, "Hi Alice");
  hp_lesson_step (
      self->telling,
      "return \"Hi \"",
      _ ("The frame of greet goes away, and the reference who with it. The User stays: an object lives as long as "
         "something that lives refers to it."));
  hp_machine_return (self->machine);
  hp_lesson_step (self->telling, "const greeting", _ ("The frame of main takes over the reference to the new string."));
  lesson_set_local (self, MAIN_GREETING, hp_value_ref (greeting));
}

void
chapter_heap (Lesson *self)
{
  make_user (self);
  share_user (self);
  greet_user (self);
}
