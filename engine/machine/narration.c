/* narration.c - definitions, and what a scenario says about its program: statements, chapters, explanations, labels
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/machine_private.h"
#include "machine/quick.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- definitions ------------------------------------------------------------------------------------------------- */

static gboolean
is_sound_shape (const HpShape *shape)
{
  return shape->header_words >= (shape->tail == HP_TAIL_NONE ? 1 : 2) && shape->header_words <= G_MAXUINT16
         && shape->n_slots <= G_MAXUINT16 && (guint) shape->kind < HP_N_SHAPE_KINDS && (guint) shape->tail < HP_N_TAILS
         && hp_shape_references_fit (shape);
}

guint32
hp_machine_define_shape (HpMachine *self, const HpShape *shape)
{
  HpShape copy = *shape;

  if (hp_machine_attends (self, HP_ATTENTION_ENDED))
    return 0;
  if (hp_definitions_count (self->emitter->definitions, HP_DEFINITION_SHAPE) >= HP_MAX_SHAPES)
    {
      hp_machine_fail (self, _ ("too many shapes of objects: only %u allowed"), HP_MAX_SHAPES);
      return 0;
    }
  if (!is_sound_shape (shape))
    {
      hp_machine_fail (self, _ ("shape “%s”: its numbers are out of range"), shape->name ? shape->name : "");
      return 0;
    }
  if (copy.name == NULL)
    copy.name = "";
  copy.id = hp_emitter_define_shape (self->emitter, &copy);
  hp_heap_define_shape (self->heap, &copy);
  return copy.id;
}

guint32
hp_machine_define_function (HpMachine *self, const HpFunction *function)
{
  HpFunction copy = *function;
  HpCallee callee;

  if (hp_machine_attends (self, HP_ATTENTION_ENDED))
    return 0;
  if (copy.n_locals > G_MAXUINT16 || copy.n_parameters > copy.n_locals)
    {
      hp_machine_fail (self, _ ("function “%s”: its numbers are out of range"), copy.name ? copy.name : "");
      return 0;
    }
  if (copy.name == NULL)
    copy.name = "";
  copy.id = hp_emitter_define_function (self->emitter, &copy);
  callee = (HpCallee){ hp_stack_frame_words (&copy), copy.n_locals, copy.n_parameters };
  g_array_append_val (self->callees, callee);
  return copy.id;
}

guint32
hp_machine_define_source (HpMachine *self, const char *name, const char *text)
{
  HpSource source = { 0, name ? name : "", text ? text : "" };

  if (hp_machine_attends (self, HP_ATTENTION_ENDED))
    return 0;
  self->n_sources = hp_emitter_define_source (self->emitter, &source);
  return self->n_sources;
}

guint32
hp_machine_define_root (HpMachine *self, const char *name)
{
  HpRoot root = { 0, name ? name : "" };
  guint32 id;

  if (hp_machine_attends (self, HP_ATTENTION_ENDED))
    return 0;
  id = hp_emitter_define_root (self->emitter, &root);
  hp_roots_define (&self->heap->roots, id);
  return id;
}

guint32
hp_machine_define_site (HpMachine *self, const char *name)
{
  HpAllocationSite site = { 0 };

  if (hp_machine_attends (self, HP_ATTENTION_ENDED))
    return 0;
  site.name = hp_emitter_define_string (self->emitter, name ? name : "");
  for (guint32 i = 0; i < self->collector->sites->len; i++)
    if (g_array_index (self->collector->sites, HpAllocationSite, i).name == site.name)
      return i + 1;
  g_array_append_val (self->collector->sites, site);
  return self->collector->sites->len;
}

/* ---- narration --------------------------------------------------------------------------------------------------- */

/* Texts may come from files: they are made valid UTF-8. 0 for no text. */
static guint32
define_text (HpMachine *self, const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL || *text == '\0' || !self->emitter->listening)
    return 0;
  if (g_utf8_validate (text, -1, NULL))
    return hp_emitter_define_string (self->emitter, text);
  valid = g_utf8_make_valid (text, -1);
  return hp_emitter_define_string (self->emitter, valid);
}

static void
tell (HpMachine *self, HpEventType type, guint32 *current, const char *text)
{
  guint32 id = define_text (self, text);

  hp_emit (self->emitter, type, 0, id, *current, 0);
  *current = id;
}

static void
narrate (HpMachine *self, HpEventType type, guint32 *current, const char *text)
{
  if (hp_machine_begin (self, HP_OPERATION_NOTE))
    tell (self, type, current, text);
}

void
hp_machine_tell_explanation (HpMachine *self, const char *text)
{
  tell (self, HP_EVENT_EXPLAIN, &self->explanation, text);
}

void
hp_machine_chapter (HpMachine *self, const char *title)
{
  narrate (self, HP_EVENT_CHAPTER, &self->chapter, title);
}

void
hp_machine_explain (HpMachine *self, const char *text)
{
  if (!hp_machine_explain_stretch (self, text))
    narrate (self, HP_EVENT_EXPLAIN, &self->explanation, text);
}

static gboolean
remark (HpMachine *self, HpEventType type, const char *text)
{
  if (!hp_machine_begin (self, HP_OPERATION_NOTE))
    return FALSE;
  hp_emit (self->emitter, type, 0, define_text (self, text), 0, 0);
  return TRUE;
}

void
hp_machine_mark (HpMachine *self, const char *name)
{
  remark (self, HP_EVENT_MARK, name);
}

void
hp_machine_print (HpMachine *self, const char *line)
{
  if (!remark (self, HP_EVENT_PRINT, line))
    return;
  hp_machine_hand_on_output (self, HP_STREAM_OUTPUT, line, line != NULL ? strlen (line) : 0);
  hp_machine_hand_on_output (self, HP_STREAM_OUTPUT, "\n", 1);
}

static G_GNUC_NO_INLINE void
go_to (HpMachine *self, guint32 source, guint32 location)
{
  if (!hp_machine_begin (self, HP_OPERATION_STATEMENT))
    return;
  if (source > self->n_sources)
    {
      hp_machine_fail (self, _ ("statement: there is no source %u"), source);
      return;
    }
  hp_emit (self->emitter, HP_EVENT_STATEMENT, source, location, self->location, self->source);
  self->source = source;
  self->location = location;
}

void
hp_machine_expression (HpMachine *self, guint32 line, guint32 column)
{
  guint32 location = HP_LOCATION (line, column);

  if (!hp_machine_check (self) || !self->emitter->listening || self->source == 0 || location == self->location)
    return;
  hp_emit (self->emitter, HP_EVENT_STATEMENT, self->source, location, self->location, self->source);
  self->location = location;
}

void
hp_machine_statement (HpMachine *self, guint32 source, guint32 line, guint32 column)
{
  guint32 location = HP_LOCATION (line, column);

  if (!hp_quick_statement (self, source, location))
    go_to (self, source, location);
}

void
hp_machine_label (HpMachine *self, HpRef ref, const char *text)
{
  guint32 id;

  if (!hp_machine_check (self))
    return;
  if (hp_heap_address_of (self->heap, ref) == 0)
    {
      hp_machine_fail (self, _ ("label: there is no object %u"), ref);
      return;
    }
  if (!self->emitter->listening)
    return;
  id = define_text (self, text);
  hp_emit (self->emitter,
           HP_EVENT_LABEL,
           0,
           ref,
           GPOINTER_TO_UINT (g_hash_table_lookup (self->labels, GUINT_TO_POINTER (ref))),
           id);
  g_hash_table_insert (self->labels, GUINT_TO_POINTER (ref), GUINT_TO_POINTER (id));
}
