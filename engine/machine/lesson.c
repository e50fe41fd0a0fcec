/* lesson.c - one step of a guided scenario
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/lesson.h"

#include <string.h>

struct _HpLesson
{
  HpMachine *machine;
  const char *source;
  guint32 source_id;
  char *text;      /* the explanation that stands; NULL: none yet */
  HpCounters told; /* as they were when last asked for */
};

HpLesson *
hp_lesson_new (HpMachine *machine, const char *name, const char *source)
{
  HpLesson *self;

  g_return_val_if_fail (machine != NULL && name != NULL && source != NULL, NULL);

  self = g_new0 (HpLesson, 1);
  self->machine = machine;
  self->source = source;
  self->source_id = hp_machine_define_source (machine, name, source);
  return self;
}

void
hp_lesson_free (HpLesson *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self);
}

void
hp_lesson_go_to (HpLesson *self, const char *code)
{
  const char *place = strstr (self->source, code);
  guint32 line = 1;
  guint32 column = 1;

  g_return_if_fail (place != NULL);

  for (const char *c = self->source; c < place; c++)
    {
      line += *c == '\n';
      column = *c == '\n' ? 1 : column + 1;
    }
  hp_machine_statement (self->machine, self->source_id, line, column);
}

static void
step (HpLesson *self, const char *code, const char *format, va_list arguments)
{
  char *text = g_strdup_vprintf (format, arguments);

  hp_lesson_go_to (self, code);
  if (g_strcmp0 (text, self->text) != 0)
    hp_machine_explain (self->machine, text);
  g_free (self->text);
  self->text = text;
}

void
hp_lesson_step (HpLesson *self, const char *code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  step (self, code, format, arguments);
  va_end (arguments);
}

/* The statement comes first: whoever jumps to the chapter finds its source line and sentence there already. */
void
hp_lesson_chapter (HpLesson *self, const char *title, const char *code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  step (self, code, format, arguments);
  va_end (arguments);
  hp_machine_chapter (self->machine, title);
}

HpCounters
hp_lesson_since (HpLesson *self)
{
  const HpCounters *now = hp_machine_counters (self->machine);
  HpCounters since = *now;

#define COUNT(member) since.member -= self->told.member
  COUNT (operations);
  COUNT (objects);
  COUNT (allocated_bytes);
  COUNT (scavenges);
  COUNT (mark_compacts);
  COUNT (copied_bytes);
  COUNT (promoted_bytes);
  COUNT (evacuated_bytes);
  COUNT (compacted_bytes);
  COUNT (freed_bytes);
  COUNT (minor_faults);
  COUNT (major_faults);
  COUNT (evictions);
  COUNT (dirty_evictions);
  COUNT (read_ahead);
  COUNT (unused_read_ahead);
  COUNT (time_ns);
  COUNT (pause_ns);
#undef COUNT
  self->told = *now;
  return since;
}
