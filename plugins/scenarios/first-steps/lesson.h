/* lesson.h - the program that first-steps performs, and what its chapters share
 *
 * In a step the program reaches a place in its source, a sentence or two say what happens there (HpLesson), and then
 * the operations of that place are done.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "machine/lesson.h"
#include "plugin/plugin.h"

/** Locals of main (), in the order of its frame. */
enum
{
  MAIN_TOTAL,
  MAIN_USER,
  MAIN_FRIEND,
  MAIN_GREETING,
  MAIN_I,
  MAIN_LINE,
  MAIN_TEMPORARY,
  MAIN_N_LOCALS
};

enum
{
  USER_NAME,
  USER_HOBBIES,
  USER_BEST
};

enum
{
  ARRAY_ELEMENTS,
  ARRAY_LENGTH
};

enum
{
  POINT_X,
  POINT_Y
};

enum
{
  ENTRY_TEXT
};

typedef struct
{
  HpMachine *machine;
  HpLesson *telling; /* owned */
  struct
  {
    guint32 main, calculate_total, greet;
  } functions;
  struct
  {
    guint32 user, array, elements, string, point, entry;
  } shapes;
  guint32 cache;   /* the global variable, a root */
  guint n_lines;   /* read so far */
  HpCounters told; /* the machine's counters when a chapter last spoke about them */
} Lesson;

/** Define everything that the program names. */
void lesson_init (Lesson *self, HpMachine *machine);
void lesson_clear (Lesson *self);

void lesson_call (Lesson *self, guint32 function);
void lesson_set_local (Lesson *self, guint32 local, HpValue value);
HpRef lesson_get_local (Lesson *self, guint32 local);
void lesson_write (Lesson *self, HpRef host, guint32 slot, HpValue value);
HpRef lesson_read (Lesson *self, HpRef host, guint32 slot);
HpRef lesson_string (Lesson *self, const char *characters);
/** Host's next line of input: a string of 200 characters. */
HpRef lesson_read_line (Lesson *self);
/** Whether reading a line has to wait for a scavenge, by V8's rules. */
gboolean lesson_is_new_space_full (Lesson *self);
/** Whether a scavenge took place since this was last asked; @copied and @promoted are its bytes. */
gboolean lesson_was_scavenged (Lesson *self, guint *copied, guint *promoted);

void chapter_stack (Lesson *self);
void chapter_heap (Lesson *self);
void chapter_young (Lesson *self);
void chapter_old (Lesson *self);
