/* bytecode.c - what instructions are called, and code as text
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "compiler/compile.h"

static const struct
{
  const char *name, *operands;
} BYTECODES[] = {
#define BYTECODE_ROW(name, operands) { #name, operands },
  JS_BYTECODES (BYTECODE_ROW)
#undef BYTECODE_ROW
};

const char *
js_bytecode_operands (JsBytecode bytecode)
{
  return BYTECODES[bytecode].operands;
}

const char *
js_bytecode_name (JsBytecode bytecode)
{
  return BYTECODES[bytecode].name;
}

guint32
js_code_position (const JsCode *self, guint32 pc)
{
  guint first = 0, after = self->n_positions;

  if (pc == JS_PC_ENTRY)
    return self->entry;
  while (first < after)
    {
      guint middle = (first + after) / 2;

      if (self->positions[middle].pc <= pc)
        first = middle + 1;
      else
        after = middle;
    }
  if (first > 0)
    return self->positions[first - 1].offset;
  return self->node->kind == JS_NODE_FUNCTION ? self->node->at : self->start;
}

static void
print_constant (const JsConstant *constant, GString *out)
{
  switch (constant->kind)
    {
    case JS_CONSTANT_NUMBER:
      g_string_append_printf (out, "%.17g", constant->number);
      break;
    case JS_CONSTANT_STRING:
    case JS_CONSTANT_BIGINT:
      g_string_append_printf (out, "\"%s\"", constant->text->bytes);
      break;
    case JS_CONSTANT_FUNCTION:
      g_string_append_printf (out, "<%s>", constant->code->name);
      break;
    case JS_CONSTANT_LITERAL:
      g_string_append_c (out, '{');
      for (guint i = 0; i < constant->literal->n; i++)
        g_string_append_printf (out, "%s%s", i > 0 ? " " : "", constant->literal->keys[i]->bytes);
      g_string_append_c (out, '}');
      break;
    case JS_CONSTANT_SCOPE:
      g_string_append_printf (out, "<context %u>", constant->scope->n_captured);
      break;
    default:
      g_string_append (out, "<template>");
    }
}

static void
print_operand (const JsCode *self, char letter, gint64 operand, GString *out)
{
  g_string_append_c (out, ' ');
  if (letter == 'r')
    g_string_append_printf (out, "r%" G_GINT64_FORMAT, operand);
  else if (letter == 'k')
    print_constant (&self->constants[operand], out);
  else if (letter == 'l')
    g_string_append_printf (out, "@%" G_GINT64_FORMAT, operand);
  else if (letter != 'c')
    g_string_append_printf (out, "%" G_GINT64_FORMAT, operand);
  else
    g_string_truncate (out, out->len - 1);
}

void
js_code_print (const JsCode *self, GString *out)
{
  g_string_append_printf (
      out, "%s: %u parameters, %u registers\n", *self->name ? self->name : "-", self->n_parameters, self->n_registers);
  for (guint32 pc = 0; pc < self->n_words;)
    {
      JsBytecode bytecode = (JsBytecode) (self->words[pc] & 0xff);
      const char *operands = js_bytecode_operands (bytecode);

      g_string_append_printf (out, "%4u %s", pc, js_bytecode_name (bytecode));
      for (guint i = 0; operands[i] != '\0'; i++)
        print_operand (self,
                       operands[i],
                       i > 0                ? (gint64) (gint32) self->words[pc + i]
                       : operands[i] == 'i' ? (gint64) ((gint32) self->words[pc] >> 8)
                                            : (gint64) (self->words[pc] >> 8),
                       out);
      g_string_append_c (out, '\n');
      pc += (guint32) MAX (1, strlen (operands));
    }
  for (guint i = 0; i < self->n_handlers; i++)
    g_string_append_printf (
        out, "     try @%u @%u: @%u\n", self->handlers[i].start, self->handlers[i].end, self->handlers[i].handler);
}

static void
free_code (gpointer data)
{
  JsCode *self = data;

  for (guint i = 0; i < self->n_constants; i++)
    if (self->constants[i].kind == JS_CONSTANT_LITERAL)
      {
        g_free (self->constants[i].literal->keys);
        g_free (self->constants[i].literal->values);
        g_free (self->constants[i].literal);
      }
  for (guint i = 0; self->register_names != NULL && i < self->n_registers; i++)
    g_free (self->register_names[i]);
  g_free (self->register_names);
  g_free (self->name);
  g_free (self->words);
  g_free (self->constants);
  g_free (self->handlers);
  g_free (self->positions);
  g_free (self->caches);
  g_free (self->user_data);
  g_free (self);
}

GPtrArray *
js_code_list_new (void)
{
  return g_ptr_array_new_with_free_func (free_code);
}

void
js_compiled_free (JsCompiled *self)
{
  g_ptr_array_unref (self->codes);
  g_free (self);
}
