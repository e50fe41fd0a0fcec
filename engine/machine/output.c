/* output.c - what a program writes on its two streams, and how it ends itself
 *
 * Bytes go on at once to who runs the machine; whoever records gets them by the line.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/machine_private.h"

/* A line is told in parts of at most so many bytes. */
#define LONGEST_LINE (64 * 1024)

void
hp_machine_init_output (HpMachine *self)
{
  for (guint i = 0; i < HP_N_STREAMS; i++)
    self->lines[i] = g_string_new (NULL);
}

void
hp_machine_clear_output (HpMachine *self)
{
  for (guint i = 0; i < HP_N_STREAMS; i++)
    g_string_free (self->lines[i], TRUE);
}

static void
tell_line (HpMachine *self, GString *line)
{
  g_autofree char *valid = g_utf8_make_valid (line->str, (gssize) line->len);
  guint32 id = *valid != '\0' ? hp_emitter_define_string (self->emitter, valid) : 0;

  hp_emit (self->emitter, HP_EVENT_PRINT, 0, id, 0, 0);
  g_string_truncate (line, 0);
}

void
hp_machine_tell_unfinished_lines (HpMachine *self)
{
  for (guint i = 0; i < HP_N_STREAMS; i++)
    if (self->lines[i]->len > 0)
      tell_line (self, self->lines[i]);
}

/* A character of several bytes stays whole where a line is cut. */
static gboolean
may_cut (char next)
{
  return (next & 0xc0) != 0x80;
}

static void
tell_lines (HpMachine *self, HpStream stream, const char *bytes, gsize n)
{
  GString *line = self->lines[stream];

  for (gsize i = 0; i < n; i++)
    if (bytes[i] == '\n')
      tell_line (self, line);
    else
      {
        if (line->len >= LONGEST_LINE && may_cut (bytes[i]))
          tell_line (self, line);
        g_string_append_c (line, bytes[i]);
      }
}

void
hp_machine_hand_on_output (HpMachine *self, HpStream stream, const char *bytes, gsize n)
{
  if (self->output != NULL && n > 0)
    self->output (self->output_data, stream, bytes, n);
}

void
hp_machine_write_output (HpMachine *self, HpStream stream, const char *bytes, gsize n)
{
  g_return_if_fail ((guint) stream < HP_N_STREAMS);

  if (!hp_machine_begin (self, HP_OPERATION_NOTE))
    return;
  hp_machine_hand_on_output (self, stream, bytes, n);
  if (self->emitter->listening)
    tell_lines (self, stream, bytes, n);
}

void
hp_machine_set_output (HpMachine *self, HpOutput output, gpointer user_data)
{
  self->output = output;
  self->output_data = user_data;
}

void
hp_machine_set_trace_output (HpMachine *self, HpTraceOutput output, gpointer user_data)
{
  self->collector->trace.told = output;
  self->collector->trace.told_data = user_data;
}

void
hp_machine_exit (HpMachine *self, guint8 status, const char *message)
{
  if (!hp_machine_check (self))
    return;
  self->has_exited = TRUE;
  self->exit_status = status;
  hp_machine_end (self, message != NULL ? HP_ENDING_SCENARIO_ERROR : HP_ENDING_COMPLETED, message);
}

gboolean
hp_machine_has_exited (const HpMachine *self, guint8 *status)
{
  if (status != NULL)
    *status = self->exit_status;
  return self->has_exited;
}
