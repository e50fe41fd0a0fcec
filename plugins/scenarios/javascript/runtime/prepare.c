/* prepare.c - what the runtime keeps with a code, made before its first call
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/interpreter.h"
#include "runtime/quick.h"

/* A frame holds 9 words at least: this, function and context, the place behind the last argument, and these (V8:
 * InterpreterFrameConstants: return address, frame pointer, bytecode array and offset, argument count, feedback). */
#define OVERHEAD_WORDS 5

/* `new` has a frame of its own below that of the constructor, with the arguments once more (V8:
 * Builtins::Generate_JSConstructStubGeneric; the words as measured with Node 20). */
#define CONSTRUCT_WORDS 20

static guint32
define_function (JsVm *vm, const JsCode *code, const char *prefix, guint overhead_words)
{
  g_autofree char *name = g_strconcat (prefix, *code->name != '\0' ? code->name : "(anonymous)", NULL);
  g_autofree const char **names = g_new0 (const char *, code->n_registers);
  g_autofree char *program = g_path_get_basename (vm->options.file);
  HpFunction function = { .name = code->id == 0 ? program : name,
                          .overhead_words = overhead_words,
                          .n_parameters = code->n_parameters + 3,
                          .n_locals = code->n_registers,
                          .local_names = names };

  for (guint i = 0; i < code->n_registers; i++)
    names[i] = code->register_names != NULL ? code->register_names[i] : NULL;
  names[0] = "this";
  names[JS_FUNCTION_REGISTER (code)] = "[function]";
  names[JS_CONTEXT_REGISTER (code)] = "[context]";
  return hp_machine_define_function (vm->machine, &function);
}

guint32
js_constructor_frame (JsVm *vm, JsCode *code)
{
  if (code->constructor == 0)
    code->constructor = define_function (vm, code, "new ", OVERHEAD_WORDS + CONSTRUCT_WORDS + code->n_parameters);
  return code->constructor;
}

/* The operand of a statement, an offset of the source, becomes the number of its place. */
static void
place_statements (JsVm *vm, JsCode *code)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 pc = 0; pc < code->n_words;)
    {
      JsBytecode bytecode = (JsBytecode) (code->words[pc] & 0xff);

      if (bytecode == JS_BYTECODE_STATEMENT)
        {
          guint32 line, column, place;
          js_source_position (vm->source, code->words[pc] >> 8, &line, &column);
          place = HP_LOCATION (line, column);
          code->words[pc] = (guint32) bytecode | places->len << 8;
          g_array_append_val (places, place);
        }
      pc += (guint32) MAX (1, strlen (js_bytecode_operands (bytecode)));
    }
  code->user_data = g_array_free (places, FALSE);
}

static void
prepare_constants (JsVm *vm, JsCode *code)
{
  for (guint i = 0; i < code->n_constants; i++)
    {
      JsConstant *constant = &code->constants[i];
      guint32 index;

      if (constant->kind != JS_CONSTANT_STRING)
        continue;
      constant->atom = js_atom (vm, constant->text->bytes, (gssize) constant->text->length);
      constant->value = js_text_is_index (constant->text->bytes, constant->text->length, &index);
    }
}

void
js_prepare_code (JsVm *vm, JsCode *code)
{
  code->function = define_function (vm, code, "", OVERHEAD_WORDS);
  place_statements (vm, code);
  prepare_constants (vm, code);
  if (code->caches == NULL)
    code->caches = g_new0 (JsCache, code->n_caches + 1);
}
