/* builder.c - instructions, constants and registers of the function that is being compiled
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "compiler/compile.h"

/* Jumps have 24 bits. */
#define MOST_WORDS 16000000u

void
js_complain (JsCompiler *self, const char *format, guint most)
{
  if (self->unit->complaint != NULL)
    return;
  self->unit->complaint = g_strdup_printf (format, most);
  self->unit->complaint_at = self->code->start;
}

guint32
js_here (const JsCompiler *self)
{
  return self->words->len;
}

guint32
js_emit_1 (JsCompiler *self, JsBytecode bytecode, guint32 a)
{
  guint32 word = (guint32) bytecode | a << 8;

  if (self->words->len >= MOST_WORDS)
    js_complain (self, "A function is too large (only %u words of bytecode allowed)", MOST_WORDS);
  else
    g_array_append_val (self->words, word);
  if (bytecode == JS_BYTECODE_STATEMENT)
    self->after_statement = self->words->len;
  return self->words->len - 1;
}

guint32
js_emit (JsCompiler *self, JsBytecode bytecode)
{
  return js_emit_1 (self, bytecode, 0);
}

guint32
js_emit_2 (JsCompiler *self, JsBytecode bytecode, guint32 a, guint32 b)
{
  guint32 at = js_emit_1 (self, bytecode, a);

  g_array_append_val (self->words, b);
  return at;
}

guint32
js_emit_3 (JsCompiler *self, JsBytecode bytecode, guint32 a, guint32 b, guint32 c)
{
  guint32 at = js_emit_2 (self, bytecode, a, b);

  g_array_append_val (self->words, c);
  return at;
}

void
js_place (JsCompiler *self, guint32 offset)
{
  JsPosition position = { js_here (self), offset };
  JsPosition *last = self->positions->len > 0 ? &g_array_index (self->positions, JsPosition, self->positions->len - 1)
                                              : NULL;

  if (last != NULL && last->pc == position.pc)
    last->offset = offset;
  else if (last == NULL || last->offset != offset)
    g_array_append_val (self->positions, position);
}

void
js_place_statement (JsCompiler *self, const JsNode *node)
{
  js_place (self, js_node_place (node));
  self->after_statement = js_here (self);
}

/* A name that is the first thing that a statement needs has the statement's place, as in V8. */
void
js_place_name (JsCompiler *self, guint32 offset)
{
  if (self->after_statement == 0 || js_here (self) != self->after_statement)
    js_place (self, offset);
}

guint32
js_cache (JsCompiler *self)
{
  return self->code->n_caches++;
}

guint32
js_constant (JsCompiler *self, const JsConstant *constant)
{
  g_array_append_vals (self->constants, constant, 1);
  return self->constants->len - 1;
}

/* Equal texts of a program are one pointer. */
guint32
js_constant_text (JsCompiler *self, const JsText *text)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->shared, text));

  if (found == 0)
    {
      found = js_constant (self, &(JsConstant){ .kind = JS_CONSTANT_STRING, .text = text }) + 1;
      g_hash_table_insert (self->shared, (gpointer) text, GUINT_TO_POINTER (found));
    }
  return found - 1;
}

/* ---- registers --------------------------------------------------------------------------------------------------- */

guint
js_temporaries (JsCompiler *self, guint n)
{
  guint r = self->top;

  if (r + n > JS_MOST_REGISTERS)
    {
      js_complain (self, "A function has too many variables and values (only %u allowed)", JS_MOST_REGISTERS);
      return r;
    }
  self->top += n;
  self->most = MAX (self->most, self->top);
  self->statement_top = MAX (self->statement_top, self->top);
  return r;
}

guint
js_temporary (JsCompiler *self)
{
  return js_temporaries (self, 1);
}

void
js_release (JsCompiler *self, guint r)
{
  self->top = r;
}

/* ---- jumps ------------------------------------------------------------------------------------------------------- */

JsLabel *
js_label (void)
{
  return g_array_new (FALSE, FALSE, sizeof (guint32));
}

/* The label is a first operand, in the bytecode's word. */
void
js_jump (JsCompiler *self, JsBytecode bytecode, JsLabel *label)
{
  guint32 at = js_emit (self, bytecode);

  g_array_append_val (label, at);
}

void
js_jump_smi (JsCompiler *self, guint32 r, gint32 smi, JsLabel *label)
{
  guint32 at = js_emit_3 (self, JS_BYTECODE_JUMP_IF_SMI, 0, r, (guint32) smi);

  g_array_append_val (label, at);
}

/* The label is the second operand: a word of its own. */
void
js_jump_register (JsCompiler *self, JsBytecode bytecode, guint32 r, JsLabel *label)
{
  guint32 at = js_emit_2 (self, bytecode, r, 0) + 1;

  g_array_append_val (label, at);
}

static gboolean
begins_instruction (const JsCompiler *self, guint32 at)
{
  /* A second operand is 0 until its label is known; no jump is bytecode 0. */
  return g_array_index (self->words, guint32, at) != 0;
}

void
js_label_here (JsCompiler *self, JsLabel *label)
{
  guint32 here = js_here (self);

  for (guint i = 0; i < label->len; i++)
    {
      guint32 at = g_array_index (label, guint32, i);
      guint32 *word = &g_array_index (self->words, guint32, at);

      if (at < self->words->len)
        *word = begins_instruction (self, at) ? *word | here << 8 : here;
    }
  g_array_unref (label);
}

void
js_handler (JsCompiler *self, guint32 start, guint32 end, guint32 handler)
{
  JsHandler row = { start, end, handler };

  if (start < end)
    g_array_append_val (self->handlers, row);
}

/* For a part of what others handle, who are there already. */
void
js_handler_first (JsCompiler *self, guint32 start, guint32 end, guint32 handler)
{
  JsHandler row = { start, end, handler };

  g_array_prepend_val (self->handlers, row);
}
