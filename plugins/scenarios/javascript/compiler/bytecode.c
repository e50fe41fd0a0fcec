/* bytecode.c - the operands of instructions, their places in the source, and lists of codes
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "compiler/compile.h"

const char *
js_bytecode_operands (JsBytecode bytecode)
{
  static const char *const OPERANDS[] = {
#define OPERANDS_OF(name, operands) operands,
    JS_BYTECODES (OPERANDS_OF)
#undef OPERANDS_OF
  };

  return OPERANDS[bytecode];
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
